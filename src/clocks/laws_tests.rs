//! Tests of the file of laws: which law holds for whom, faults with their line.

use domain::RequestType;

use super::*;
use crate::calendar::tests::{china, day, denmark};

fn laws() -> Laws {
    Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap()
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
        (entry.replacen("count = 5", "count = 0", 1), 1, "has count 0"),
        (entry.replace("\"working_day\"", "\"workday\""), 5, "unknown variant"),
        (format!("{entry}{entry}"), 1 + entry.lines().count(), "stands twice"),
        (entry.replace("duty", "dutty"), 4, "unknown field"),
    ] {
        let fault = Laws::parse(&text, "laws.toml").unwrap_err();
        assert!(fault.what.contains(what) && fault.line == line, "{fault}");
    }
}

#[test]
fn a_place_and_a_request_type_have_their_own_limits() {
    let (laws, today) = (laws(), day("2026-06-01"));
    let of = |locality, request_type| {
        let whose = Whose { profile: "cn-gov", locality, request_type };
        laws.limit(Duty::Answer, whose, today).map(|law| (law.id.as_str(), law.count))
    };
    assert_eq!(of(None, Some(RequestType::Complaint)), Some(("cn-order3-single", 5)));
    assert_eq!(of(Some("sichuan"), Some(RequestType::Inquiry)), Some(("cn-sichuan-inquiry", 3)));
    assert_eq!(of(Some("sichuan"), Some(RequestType::Suggestion)), Some(("cn-sichuan-help", 7)));
    assert_eq!(of(Some("sichuan"), Some(RequestType::Complaint)), Some(("cn-sichuan-complaint", 15)));
    assert_eq!(
        of(Some("sichuan"), Some(RequestType::Praise)),
        Some(("cn-order3-single", 5)),
        "none of its own"
    );
    assert_eq!(of(Some("shandong"), None), Some(("cn-shandong-answer", 5)));
    let before =
        Whose { profile: "cn-gov", locality: Some("sichuan"), request_type: Some(RequestType::Help) };
    let of_2025 = laws.limit(Duty::Answer, before, day("2025-12-31")).map(|law| law.id.as_str());
    assert_eq!(of_2025, Some("cn-order3-single"), "the place's law was not yet in force");
}

#[test]
fn the_shipped_limits_are_those_of_their_sources() {
    let (laws, today) = (laws(), day("2026-06-01"));
    let written = |id: &str| {
        let law = laws.get(id, None, today).unwrap_or_else(|| panic!("{id}"));
        (law.count, law.unit.as_str(), law.start.as_str(), law.extension.as_ref().map(|rule| rule.count))
    };
    for (id, expected) in [
        ("cn-order3-single", (5, "working_day", "received", Some(5))),
        ("cn-order3-multi", (10, "working_day", "received", Some(5))),
        ("cn-autopsy", (48, "hour", "death", Some(120))),
        ("cn-mediation", (30, "working_day", "accepted", Some(30))),
        ("cn-dispatch-urgent", (1, "hour", "received", None)),
        ("cn-dispatch-pressing", (2, "hour", "received", None)),
        ("cn-dispatch-day", (24, "hour", "received", None)),
        ("cn-jinan-reply", (5, "working_day", "dispatched", None)),
        ("cn-shandong-answer", (5, "working_day", "signed_for", Some(10))),
        ("cn-petition-notify", (15, "calendar_day", "received", None)),
        ("cn-petition-handle", (60, "calendar_day", "accepted", Some(30))),
        ("cn-samr-accept", (7, "working_day", "received", None)),
        ("cn-samr-mediation", (45, "working_day", "accepted", None)),
        ("cn-samr-report-result", (5, "working_day", "accepted", None)),
        ("dk-dialogue", (4, "week", "region_received", None)),
        ("dk-limitation-known", (2, "year", "known", None)),
        ("dk-limitation-absolute", (5, "year", "happened", None)),
    ] {
        assert_eq!(written(id), expected, "{id}");
    }
}

#[test]
fn bands_of_lateness_are_data() {
    let laws = laws();
    let code = |late| laws.band(late).map(|band| band.code.as_str());
    assert_eq!(
        [0, 3, 4, 10, 11, 21, 500].map(code).map(Option::unwrap_or_default),
        ["days", "days", "week", "week", "month", "long", "long"]
    );
    for text in [
        "[[overdue_band]]\ncode = \"a\"\nnames = {}\nfrom_working_days = 1",
        "[[overdue_band]]\ncode = \"a\"\nnames = {}\nfrom_working_days = 0\n[[overdue_band]]\ncode = \"b\"\nnames = {}\nfrom_working_days = 0",
    ] {
        assert!(Laws::parse(text, "laws.toml").unwrap_err().what.contains("begins at"));
    }
}

#[test]
fn laws_and_calendars_fit_together() {
    let mut calendars = Calendars::default();
    calendars.add(china());
    calendars.add(denmark());
    let faults = laws().check_against(&calendars);
    assert!(
        !faults.is_empty() && faults.iter().all(|fault| fault.contains("no calendar \"weekdays\"")),
        "{faults:?}"
    );
    let bare = "id = \"bare\"\nzone = \"UTC\"\nweekend = []";
    calendars.add(crate::Calendar::parse(bare, "bare.toml").unwrap());
    let entry = "[[law]]\nid = \"x\"\nnames = {}\nduty = \"answer\"\nunit = \"working_hour\"\ncount = 4\nstart = \"received\"\ncalendar = \"bare\"\ncitation = \"c\"\n";
    let hourless = Laws::parse(entry, "laws.toml").unwrap().check_against(&calendars);
    assert!(hourless[0].contains("counts working hours, but there are none"), "{hourless:?}");
    for (extra, what) in [
        ("warn_at = [0]", "warns at 0 percent"),
        ("leave_percent = 95", "leaves 95 percent"),
        ("hours = {}", "never open"),
        ("extension = { count = 0, approvers = [\"supervisor\"] }", "extended by 0"),
        ("extension = { count = 3, approvers = [] }", "nobody may extend"),
    ] {
        let fault = Laws::parse(&format!("{entry}{extra}"), "laws.toml").unwrap_err();
        assert!(fault.what.contains(what), "{fault}");
    }
}
