//! Tests of opening hours: split shifts, nights, holidays, make-up workdays.

use super::*;
use crate::calendar::tests::{china, denmark};

fn hours(text: &str) -> OpeningHours {
    toml::from_str(text).unwrap()
}

fn open(hours: &OpeningHours, calendar: &Calendar, moment: &str) -> bool {
    is_open(hours, calendar, Timestamp::parse(moment).unwrap(), calendar.zone)
}

const OFFICE: &str = r#"
monday = [["08:00", "12:00"], ["13:30", "17:30"]]
friday = [["08:00", "12:00"]]
"#;

#[test]
fn split_shifts_weekends_and_holidays() {
    let (office, china) = (hours(OFFICE), china());
    for (moment, expected) in [
        ("2026-03-02T07:59:59+08:00", false),
        ("2026-03-02T08:00:00+08:00", true),
        ("2026-03-02T12:00:00+08:00", false),
        ("2026-03-02T13:30:00+08:00", true),
        ("2026-03-02T17:30:00+08:00", false),
        ("2026-03-03T09:00:00+08:00", false),
        ("2026-03-06T09:00:00+08:00", true),
        ("2026-02-16T09:00:00+08:00", false),
        ("2026-02-14T16:00:00+08:00", true),
        ("2026-02-21T09:00:00+08:00", false),
    ] {
        assert_eq!(open(&office, &china, moment), expected, "{moment}");
    }
}

#[test]
fn a_night_runs_into_the_next_day() {
    let night = hours("monday = [[\"22:00\", \"02:00\"]]\nholiday = [[\"10:00\", \"24:00\"]]");
    let denmark = denmark();
    for (moment, expected) in [
        ("2026-03-02T23:00:00+01:00", true),
        ("2026-03-03T01:59:00+01:00", true),
        ("2026-03-03T02:00:00+01:00", false),
        ("2026-03-02T01:00:00+01:00", false),
        ("2026-04-03T23:59:59+02:00", true),
        ("2026-04-06T22:30:00+02:00", true),
        ("2026-04-07T01:00:00+02:00", false),
    ] {
        assert_eq!(open(&night, &denmark, moment), expected, "{moment}");
    }
}

#[test]
fn round_the_clock_is_always() {
    let always = hours("always = true");
    assert!(open(&always, &china(), "2026-02-16T03:00:00+08:00"));
    assert!(!always.never_opens() && hours("").never_opens());
}

#[test]
fn wrong_times_are_refused_with_a_hint() {
    for text in [
        "monday = [[\"8:00\", \"12:00\"]]",
        "monday = [[\"08:00\", \"25:00\"]]",
        "monday = [[\"08:00\", \"08:00\"]]",
        "monday = [[\"24:00\", \"02:00\"]]",
    ] {
        let error = toml::from_str::<OpeningHours>(text).unwrap_err().to_string();
        assert!(error.contains("is not a part of a day"), "{error}");
    }
    assert!(toml::from_str::<OpeningHours>("mondag = []").is_err());
}

#[test]
fn spans_are_written_as_they_are_read() {
    for (from, until) in [("08:00", "12:00"), ("22:00", "02:00"), ("10:00", "24:00")] {
        let span = DaySpan::parse(from, until).unwrap();
        assert_eq!(<[String; 2]>::from(span), [from.to_owned(), until.to_owned()]);
    }
}

#[test]
fn the_next_opening_is_found_over_breaks_nights_and_holidays() {
    let (office, china) = (hours(OFFICE), china());
    for (moment, expected) in [
        ("2026-03-02T07:00:00+08:00", "2026-03-02T08:00:00"),
        ("2026-03-02T12:30:00+08:00", "2026-03-02T13:30:00"),
        ("2026-03-02T18:00:00+08:00", "2026-03-06T08:00:00"),
        // Over the Spring Festival of 2026 to its first Friday; then the make-up Saturday has Monday's hours.
        ("2026-02-15T09:00:00+08:00", "2026-02-27T08:00:00"),
        ("2026-02-27T18:00:00+08:00", "2026-02-28T08:00:00"),
    ] {
        let now = Timestamp::parse(moment).unwrap();
        let found = next_open(&office, &china, now, china.zone).map(|at| at.format("%FT%T").to_string());
        assert_eq!(found.as_deref(), Some(expected), "{moment}");
    }
    let now = Timestamp::parse("2026-03-02T09:00:00+08:00").unwrap();
    assert_eq!(next_open(&office, &china, now, china.zone), None, "it is open");
    assert_eq!(next_open(&hours(""), &china, now, china.zone), None, "it never opens");
}
