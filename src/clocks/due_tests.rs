//! Tests of the count: the vectors of the laws.

use domain::Timestamp;

use super::*;
use crate::calendar::tests::{china, day, denmark};
use crate::{Laws, WhenOff};

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

/// Worked by hand from the notice for 2024, in which a weekend is worked on both sides of a holiday.
#[test]
fn chinese_working_days_of_2024() {
    for (received, count, last) in [
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-02", 5, "2024-02-08"),
        ("2024-04-26", 1, "2024-04-28"),
        ("2024-04-30", 5, "2024-05-10"),
        ("2024-04-30", 6, "2024-05-11"),
        ("2024-09-13", 2, "2024-09-18"),
        ("2024-09-27", 5, "2024-10-10"),
        ("2024-10-11", 1, "2024-10-12"),
    ] {
        let law = Law { count, ..law("cn-order3-single") };
        let due = due(&law, at(&format!("{received}T10:00:00+08:00")), &china(), SHANGHAI);
        assert_eq!(due.day.to_string(), last, "{count} working days after {received}");
    }
}

#[test]
fn years_run_to_the_same_day() {
    for (known, last) in [("2024-02-29", "2026-02-28"), ("2024-06-05", "2026-06-05")] {
        let due = due(&law("dk-limitation-known"), at(&format!("{known}T12:00:00Z")), &denmark(), COPENHAGEN);
        assert_eq!(due.day.to_string(), last);
    }
}

#[test]
fn hours_run_day_and_night() {
    let due = due(&law("cn-autopsy"), at("2026-02-14T22:00:00+08:00"), &china(), SHANGHAI);
    assert_eq!(due.due_at, at("2026-02-16T22:00:00+08:00"));
}

#[test]
fn the_first_of_two_doors_governs_and_both_are_kept() {
    let start = at("2026-02-13T09:00:00+08:00");
    let single = due(&law("cn-order3-single"), start, &china(), SHANGHAI);
    let jinan = due(&law("cn-jinan-reply"), at("2026-02-09T09:00:00+08:00"), &china(), SHANGHAI);
    let both = [single.clone(), jinan.clone()];
    assert_eq!(governing(&both), Some(&jinan));
    assert_eq!(
        (jinan.day.to_string().as_str(), single.day.to_string().as_str()),
        ("2026-02-14", "2026-02-27")
    );
}

#[test]
fn lateness_is_counted_in_working_days_that_have_begun() {
    let due_at = at("2026-02-13T23:59:59+08:00");
    for (now, late) in [
        ("2026-02-14T00:00:00+08:00", 1),
        ("2026-02-20T12:00:00+08:00", 1),
        ("2026-02-24T00:00:00+08:00", 2),
        ("2026-02-10T00:00:00+08:00", 0),
    ] {
        assert_eq!(working_days_late(due_at, at(now), &china(), SHANGHAI), late, "{now}");
    }
}
