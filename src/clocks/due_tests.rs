//! Tests of the count of days: the vectors of the laws, and properties that hold for every law.

use chrono::{Datelike, Weekday};
use domain::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::calendar::tests::{china, day, denmark};
use crate::{Duty, Laws, WhenOff};

const SHANGHAI: Tz = chrono_tz::Asia::Shanghai;
const COPENHAGEN: Tz = chrono_tz::Europe::Copenhagen;

fn laws() -> Laws {
    Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap()
}

fn law(id: &str) -> Law {
    laws().get(id, None, day("2026-01-01")).unwrap().clone()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Received on the first day; due after 1, 2, 5, 10 and 15 working days.
#[test]
fn chinese_working_days() {
    let table = [
        ("2026-02-13", ["2026-02-14", "2026-02-24", "2026-02-27", "2026-03-05", "2026-03-12"]),
        ("2026-04-30", ["2026-05-06", "2026-05-07", "2026-05-11", "2026-05-18", "2026-05-25"]),
        ("2026-09-18", ["2026-09-20", "2026-09-21", "2026-09-24", "2026-10-09", "2026-10-15"]),
        ("2026-09-30", ["2026-10-08", "2026-10-09", "2026-10-13", "2026-10-20", "2026-10-27"]),
    ];
    for (received, expected) in table {
        for (count, last) in [1, 2, 5, 10, 15].into_iter().zip(expected) {
            let law = Law { count, ..law("cn-order3-single") };
            for time in ["00:00:00", "09:30:00", "23:59:59"] {
                let due = due(&law, at(&format!("{received}T{time}+08:00")), &china(), SHANGHAI);
                assert_eq!(due.day.to_string(), last, "{count} working days after {received}");
                assert_eq!(due.due_at, at(&format!("{last}T23:59:59+08:00")));
                assert!(!due.provisional);
            }
        }
    }
}

#[test]
fn beyond_the_published_year_a_deadline_is_provisional() {
    let start = at("2026-12-29T10:00:00+08:00");
    let five = due(&law("cn-order3-single"), start, &china(), SHANGHAI);
    assert_eq!((five.day.to_string().as_str(), five.provisional), ("2027-01-05", true));
    assert!(due(&law("cn-order3-multi"), start, &china(), SHANGHAI).provisional);
    for (count, last) in [(1, "2026-12-30"), (2, "2026-12-31")] {
        let short = due(&Law { count, ..law("cn-order3-single") }, start, &china(), SHANGHAI);
        assert_eq!((short.day.to_string().as_str(), short.provisional), (last, false));
    }
}

#[test]
fn every_day_has_its_reason() {
    let due = due(&law("cn-order3-single"), at("2026-02-13T09:00:00+08:00"), &china(), SHANGHAI);
    let counted: Vec<_> =
        due.counted().map(|day| (day.date.to_string(), day.ordinal.unwrap(), day.reason.clone())).collect();
    assert_eq!(counted[0], ("2026-02-14".to_owned(), 1, DayReason::MakeUpWorkday));
    assert_eq!(counted[1], ("2026-02-24".to_owned(), 2, DayReason::WorkingDay));
    assert_eq!(counted.len(), 5);
    assert_eq!(due.days[0].reason, DayReason::StartDay);
    assert_eq!(due.skipped().filter(|day| matches!(day.reason, DayReason::Holiday(_))).count(), 9);
}

#[test]
fn four_danish_weeks_are_28_days() {
    let dialogue = law("dk-dialogue");
    for (received, last) in [("2026-02-02", "2026-03-02"), ("2026-03-06", "2026-04-03")] {
        let due = due(&dialogue, at(&format!("{received}T12:00:00+01:00")), &denmark(), COPENHAGEN);
        assert_eq!((due.day.to_string().as_str(), due.counted().count(), due.provisional), (last, 28, false));
    }
    // A tenant may let a last day off move on: Good Friday 2026 to the Tuesday after Easter.
    let moving = Law { when_off: WhenOff::NextWorkingDay, ..dialogue };
    let due = due(&moving, at("2026-03-06T12:00:00+01:00"), &denmark(), COPENHAGEN);
    assert_eq!((due.day.to_string().as_str(), due.counted().count()), ("2026-04-07", 28));
}

#[test]
fn the_last_day_ends_with_the_local_day_also_when_the_clock_changes() {
    let week = Law { count: 1, ..law("dk-dialogue") };
    for (start, end) in [
        ("2026-03-22T08:00:00+01:00", "2026-03-29T23:59:59+02:00"),
        ("2026-10-18T08:00:00+02:00", "2026-10-25T23:59:59+01:00"),
    ] {
        assert_eq!(due(&week, at(start), &denmark(), COPENHAGEN).due_at, at(end));
    }
    let skipped = at_local(day("2026-03-29"), NaiveTime::from_hms_opt(2, 30, 0).unwrap(), COPENHAGEN);
    assert_eq!(skipped, at("2026-03-29T03:00:00+02:00"));
    let twice = at_local(day("2026-10-25"), NaiveTime::from_hms_opt(2, 30, 0).unwrap(), COPENHAGEN);
    assert_eq!(twice, at("2026-10-25T02:30:00+02:00"));
}

#[test]
fn hours_run_day_and_night() {
    let due = due(&law("cn-autopsy"), at("2026-02-14T22:00:00+08:00"), &china(), SHANGHAI);
    assert_eq!(due.due_at, at("2026-02-16T22:00:00+08:00"));
}

#[test]
fn each_profile_finds_the_law_of_a_duty() {
    let (laws, today) = (laws(), day("2026-01-01"));
    let id = |duty, profile| laws.for_duty(duty, profile, today).map(|law| law.id.as_str());
    assert_eq!(id(Duty::Answer, "cn-gov"), Some("cn-order3-single"));
    assert_eq!(id(Duty::AnswerJoint, "cn-gov"), Some("cn-order3-multi"));
    assert_eq!(id(Duty::Dialogue, "dk"), Some("dk-dialogue"));
    assert_eq!(id(Duty::Dialogue, "cn-gov"), None);
    assert_eq!(id(Duty::FollowUp, "elsewhere"), Some("generic-follow-up"));
    assert!(laws.get("cn-order3-single", None, day("2019-04-09")).is_none(), "not yet in force");
    assert!(laws.get("cn-order3-single", Some("dk"), today).is_none());
    for law in laws.all() {
        assert!(["zh-CN", "en", "da"].iter().all(|language| law.names.contains_key(*language)), "{}", law.id);
    }
}

#[test]
fn faulty_laws_name_the_line() {
    let good = include_str!("../../config/laws.toml");
    let first = good.split("[[law]]").nth(1).unwrap();
    let entry = format!("[[law]]{first}");
    for (text, line, what) in [
        (entry.replace("count = 5", "count = 0"), 1, "has count 0"),
        (entry.replace("\"working_day\"", "\"workday\""), 5, "unknown variant"),
        (format!("{entry}{entry}"), 13, "stands twice"),
        (entry.replace("duty", "dutty"), 4, "unknown field"),
    ] {
        let fault = Laws::parse(&text, "laws.toml").unwrap_err();
        assert!(fault.what.contains(what) && fault.line == line, "{fault}");
    }
}

/// The same count done the slow way: step one day at a time and ask the plain lists of the notices.
fn slowly(start: NaiveDate, count: u32) -> NaiveDate {
    const MADE_UP: [&str; 11] = [
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ];
    const OFF: [(&str, &str); 13] = [
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ];
    let (mut date, mut left) = (start, count);
    while left > 0 {
        date = date.succ_opt().unwrap();
        let text = date.to_string();
        let off = OFF.iter().any(|(from, to)| (*from..=*to).contains(&text.as_str()));
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if MADE_UP.contains(&text.as_str()) || (!off && !weekend) {
            left -= 1;
        }
    }
    date
}

static CHINA: std::sync::OnceLock<Calendar> = std::sync::OnceLock::new();
static SINGLE: std::sync::OnceLock<Law> = std::sync::OnceLock::new();

proptest! {
    #[test]
    fn agrees_with_the_slow_count(offset in 0i64..720, minute in 0i64..1440, count in 1u32..40) {
        let start = day("2025-01-01") + TimeDelta::days(offset);
        let moment = start_of(start, SHANGHAI).plus_seconds(minute * 60);
        let china = CHINA.get_or_init(china);
        let law = Law { count, ..SINGLE.get_or_init(|| law("cn-order3-single")).clone() };
        let due = due(&law, moment, china, SHANGHAI);
        prop_assert_eq!(due.day, slowly(start, count));
        prop_assert_eq!(due.counted().count(), count as usize);
        prop_assert!(due.counted().all(|day| china.is_working(day.date)));
        prop_assert_eq!(due.provisional, due.day > day("2026-12-31"));
    }
}
