//! The museum: deadline bugs that users of other systems met, each a test of its own with the thread it comes
//! from (`project#number` is `https://github.com/<project>/issues/<number>`).

use chrono_tz::Tz;
use domain::Timestamp;

use crate::calendar::tests::{china, day};
use crate::{
    Calendar, DayReason, Duty, Extension, Law, Laws, Ledger, OpeningHours, Pause, PauseReason, Reckoning,
    Unit, due,
};

const UTC: Tz = chrono_tz::UTC;
const SHANGHAI: Tz = chrono_tz::Asia::Shanghai;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(&format!("{text}:00Z")).unwrap()
}

fn shipped(id: &str) -> Law {
    let laws = Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap();
    laws.get(id, None, day("2026-03-01")).unwrap().clone()
}

fn working_hours(count: u32) -> Law {
    let pauses = vec![PauseReason::AwaitingComplainant];
    Law { unit: Unit::WorkingHour, count, pauses, ..shipped("cn-order3-single") }
}

/// A calendar in UTC with these office hours; a week without weekend, so that only the hours decide.
fn office(hours: &str) -> Calendar {
    let text = format!("id = \"x\"\nzone = \"UTC\"\nweekend = []\n[hours]\n{hours}");
    Calendar::parse(&text, "x.toml").unwrap()
}

/// The same hours from Monday to Friday.
fn weekdays(spans: &str) -> Calendar {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    office(&days.map(|day| format!("{day} = {spans}\n")).concat())
}

fn hours_due(count: u32, calendar: &Calendar, start: &str) -> String {
    due(&working_hours(count), at(start), calendar, UTC).due_at.utc().format("%FT%R").to_string()
}

fn pause(from: &str, until: &str) -> Ledger {
    let reason = PauseReason::AwaitingComplainant;
    Ledger { pauses: vec![Pause { from: at(from), until: Some(at(until)), reason }], ..Ledger::default() }
}

fn paused_due(law: &Law, calendar: &Calendar, ledger: &Ledger, start: &str) -> String {
    let due = Reckoning::new(law, calendar, UTC).with(ledger, at(start)).due(at(start));
    due.due_at.utc().format("%FT%R").to_string()
}

#[test]
fn zammad_3180_round_the_clock_loses_no_minute_at_midnight() {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let whole_days = office(&days.map(|day| format!("{day} = [[\"00:00\", \"24:00\"]]\n")).concat());
    for calendar in [whole_days, office("always = true")] {
        assert_eq!(hours_due(100, &calendar, "2026-03-02T22:30"), "2026-03-07T02:30");
    }
}

#[test]
fn zammad_390_only_days_of_the_notice_are_off() {
    // St. Martin and Volkstrauertag came with a feed and stretched four days to six.
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let calendar = office(&days.map(|day| format!("{day} = [[\"09:00\", \"21:00\"]]\n")).concat());
    assert_eq!(hours_due(48, &calendar, "2016-11-09T23:00"), "2016-11-13T21:00");
}

#[test]
fn zammad_4432_zammad_2157_otobo_2928_glpi_15569_nobody_is_warned_at_night_or_on_a_day_off() {
    let china = china();
    let hours = china.hours.as_ref().unwrap();
    for id in
        ["cn-order3-single", "cn-order3-multi", "cn-sign", "cn-reply", "cn-petition-handle", "cn-return"]
    {
        let law = Law { warn_at: (1..=20).map(|step| step * 5).collect(), ..shipped(id) };
        let clock = Reckoning::new(&law, &china, SHANGHAI);
        for start in ["2026-02-13T15:59", "2026-02-14T01:00", "2026-09-26T20:00", "2026-09-30T09:00"] {
            let limit = clock.due(at(start));
            for warning in clock.warnings(at(start), &limit) {
                // The end of the office hours still belongs to the office.
                let shortly_before = warning.at.plus_seconds(-1);
                let open = crate::is_open(hours, &china, warning.at, SHANGHAI)
                    || crate::is_open(hours, &china, shortly_before, SHANGHAI);
                assert!(open, "{id}: {} %, {}", warning.percent, warning.at.rfc3339(SHANGHAI));
                assert!(at(start) <= warning.at && warning.at <= limit.due_at);
            }
        }
    }
}

#[test]
fn zammad_418_a_limit_may_be_longer_than_99_hours() {
    assert_eq!(hours_due(2000, &office("always = true"), "2026-01-01T00:00"), "2026-03-25T08:00");
}

#[test]
fn osticket_5160_nothing_is_overdue_once_the_limit_moved_on() {
    let (law, china, now) = (shipped("cn-order3-single"), china(), at("2026-03-10T02:00"));
    let start = at("2026-03-02T02:00");
    let clock = Reckoning::new(&law, &china, SHANGHAI);
    assert!(clock.due(start).is_overdue(now));
    let mut ledger = Ledger::default();
    ledger.extend(Extension {
        duty: Duty::Answer,
        units: 5,
        at: now,
        approved_by: "p".to_owned(),
        reason: "r".to_owned(),
        told_at: None,
    });
    assert!(!clock.with(&ledger, now).due(start).is_overdue(now), "lateness is asked anew, never stored");
}

#[test]
fn osticket_5206_a_reopened_case_is_not_overdue_by_its_first_round() {
    let (law, china, now) = (shipped("cn-order3-single"), china(), at("2026-03-20T02:00"));
    assert!(due(&law, at("2026-03-02T02:00"), &china, SHANGHAI).is_overdue(now));
    assert!(!due(&law, at("2026-03-19T02:00"), &china, SHANGHAI).is_overdue(now));
}

#[test]
fn osticket_6739_a_week_without_monday_and_thursday_counts_right() {
    let tuesdays = office("tuesday = [[\"08:00\", \"17:00\"]]");
    assert_eq!(hours_due(9, &tuesdays, "2026-03-05T10:00"), "2026-03-10T17:00");
    assert_eq!(hours_due(10, &tuesdays, "2026-03-05T10:00"), "2026-03-17T09:00");
    assert_eq!(hours_due(1, &tuesdays, "2026-03-10T16:30"), "2026-03-17T08:30");
}

#[test]
fn osticket_5213_no_hours_are_taken_from_before_the_start() {
    let spans = "[[\"08:00\", \"17:00\"]]";
    let days =
        ["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| format!("{day} = {spans}\n"));
    let calendar = office(&format!("{}saturday = [[\"09:00\", \"13:00\"]]\n", days.concat()));
    assert_eq!(hours_due(24, &calendar, "2019-11-23T08:55"), "2019-11-27T10:00");
}

#[test]
fn osticket_4807_osticket_6847_chatwoot_14009_frappe_2212_the_lunch_break_is_not_counted() {
    let calendar = weekdays("[[\"08:00\", \"12:00\"], [\"13:30\", \"18:00\"]]");
    assert_eq!(hours_due(1, &calendar, "2026-03-02T12:30"), "2026-03-02T14:30", "came in during lunch");
    assert_eq!(hours_due(2, &calendar, "2026-03-02T11:00"), "2026-03-02T14:30");
    assert_eq!(hours_due(1, &calendar, "2026-03-02T11:00"), "2026-03-02T12:00", "ends with the morning");
}

#[test]
fn osticket_4807_hours_that_never_open_are_an_error_and_not_150_days() {
    let text = "id = \"x\"\nzone = \"UTC\"\nweekend = []\n[hours]\nmonday = []\n";
    let fault = Calendar::parse(text, "x.toml").unwrap_err();
    assert!(fault.what.contains("never open"), "{fault}");
    assert!(OpeningHours::default().never_opens());
}

#[test]
fn glpi_6902_glpi_15605_pauses_survive_a_change_of_law() {
    let china = china();
    let ledger = pause("2026-03-03T04:00", "2026-03-05T04:00");
    let (single, joint) = (shipped("cn-order3-single"), shipped("cn-order3-multi"));
    assert_eq!(paused_due(&single, &china, &ledger, "2026-03-02T02:00"), "2026-03-11T23:59");
    assert_eq!(paused_due(&joint, &china, &ledger, "2026-03-02T02:00"), "2026-03-18T23:59");
    // Under a law that knows no pauses none counts; the ledger keeps it, and back under the first it counts again.
    let strict = Law { pauses: Vec::new(), ..single.clone() };
    assert_eq!(paused_due(&strict, &china, &ledger, "2026-03-02T02:00"), "2026-03-09T23:59");
    assert_eq!(paused_due(&single, &china, &ledger, "2026-03-02T02:00"), "2026-03-11T23:59");
}

#[test]
fn glpi_10594_glpi_14937_a_weekend_in_the_pause_is_not_credited_twice() {
    let china = china();
    let day = Law { count: 1, ..shipped("cn-order3-single") };
    // Received on Thursday 5 March, waiting from Friday to Monday morning: due on Monday, not on Wednesday.
    let ledger = pause("2026-03-06T02:00", "2026-03-09T01:00");
    assert_eq!(paused_due(&day, &china, &ledger, "2026-03-05T02:00"), "2026-03-09T23:59");
}

#[test]
fn erpnext_49414_frappe_2449_a_pause_outside_office_hours_gives_nothing() {
    let calendar = weekdays("[[\"09:00\", \"17:00\"]]");
    let night = pause("2026-03-02T17:00", "2026-03-03T09:00");
    assert_eq!(paused_due(&working_hours(8), &calendar, &night, "2026-03-02T09:00"), "2026-03-02T17:00");
    let evening_and_morning = pause("2026-03-02T16:00", "2026-03-03T10:00");
    assert_eq!(
        paused_due(&working_hours(8), &calendar, &evening_and_morning, "2026-03-02T09:00"),
        "2026-03-03T11:00"
    );
}

#[test]
fn frappe_2075_a_case_of_a_day_off_begins_with_the_first_office_minute() {
    let calendar = weekdays("[[\"10:00\", \"18:00\"]]");
    assert_eq!(hours_due(1, &calendar, "2024-12-08T12:00"), "2024-12-09T11:00");
}

#[test]
fn chatwoot_13392_an_hour_on_friday_evening_ends_on_monday() {
    let calendar = weekdays("[[\"09:00\", \"17:00\"]]");
    assert_eq!(hours_due(1, &calendar, "2026-01-30T16:30"), "2026-02-02T09:30");
}

#[test]
fn freescout_3756_four_hours_from_four_end_at_noon() {
    assert_eq!(hours_due(4, &weekdays("[[\"09:00\", \"17:00\"]]"), "2024-02-01T16:00"), "2024-02-02T12:00");
}

#[test]
fn glpi_22678_a_warning_before_the_end_keeps_to_the_office_hours() {
    let calendar = weekdays("[[\"08:00\", \"18:00\"]]");
    let law = Law { warn_at: vec![75], ..working_hours(4) };
    let clock = Reckoning::new(&law, &calendar, UTC);
    for (start, end, warned) in [
        ("2026-01-12T10:00", "2026-01-12T14:00", "2026-01-12T13:00"),
        ("2026-01-12T17:00", "2026-01-13T11:00", "2026-01-13T10:00"),
    ] {
        let due = clock.due(at(start));
        assert_eq!((due.due_at, clock.warnings(at(start), &due)[0].at), (at(end), at(warned)));
    }
}

#[test]
fn glpi_15357_a_warning_days_before_the_end_is_not_at_the_end() {
    let (law, china) = (Law { warn_at: vec![50], count: 20, ..shipped("cn-order3-single") }, china());
    let clock = Reckoning::new(&law, &china, SHANGHAI);
    let (start, limit) = (at("2026-03-02T00:00"), clock.due(at("2026-03-02T00:00")));
    let warning = clock.warnings(start, &limit)[0];
    assert_eq!(warning.at.service_day(SHANGHAI), day("2026-03-16"));
    assert_eq!(limit.day, day("2026-03-30"));
}

#[test]
fn glpi_4206_not_accepted_and_not_finished_are_two_clocks() {
    let (sign, answer) = (shipped("cn-sign"), shipped("cn-order3-single"));
    assert_eq!((sign.duty, answer.duty), (Duty::Sign, Duty::Answer));
    let start = at("2026-03-02T02:00");
    assert!(due(&sign, start, &china(), SHANGHAI).due_at < due(&answer, start, &china(), SHANGHAI).due_at);
}

#[test]
fn glpi_15429_a_custom_calendar_does_not_end_a_limit_at_its_start() {
    let calendar = weekdays("[[\"09:00\", \"17:00\"]]");
    for hour in 0..24 {
        let start = format!("2026-03-07T{hour:02}:15");
        assert_eq!(hours_due(4, &calendar, &start), "2026-03-09T13:00", "{start}");
    }
}

#[test]
fn zammad_calendar_a_sunday_can_be_a_working_day() {
    let due = due(&shipped("cn-sign"), at("2026-09-18T02:00"), &china(), SHANGHAI);
    assert_eq!(due.day, day("2026-09-20"));
    assert_eq!(due.days.last().unwrap().reason, DayReason::MakeUpWorkday);
}
