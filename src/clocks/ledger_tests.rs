//! Tests of what happens to a clock: pauses, extensions, decrees, co-handlers, warnings.

use chrono_tz::Tz;

use super::*;
use crate::calendar::tests::{china, day, denmark};
use crate::{Calendar, DayReason, Decrees, Due, Laws, Reckoning, inside_lead};

const SHANGHAI: Tz = chrono_tz::Asia::Shanghai;
const COPENHAGEN: Tz = chrono_tz::Europe::Copenhagen;
const NOW: &str = "2026-12-31T00:00:00Z";

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn law_of(id: &str) -> Law {
    let laws = Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap();
    laws.get(id, None, day("2026-03-01")).unwrap().clone()
}

fn decrees() -> Decrees {
    Decrees::parse(include_str!("../../config/decrees.toml"), "decrees.toml").unwrap()
}

fn pause(from: &str, until: Option<&str>, reason: PauseReason) -> Pause {
    Pause { from: at(from), until: until.map(at), reason }
}

fn paused(pauses: &[Pause]) -> Ledger {
    Ledger { pauses: pauses.to_vec(), ..Ledger::default() }
}

fn due_with(law: &Law, ledger: &Ledger, start: &str) -> Due {
    Reckoning::new(law, &china(), SHANGHAI).with(ledger, at(NOW)).due(at(start))
}

fn extension(duty: Duty, units: u32) -> Extension {
    Extension {
        duty,
        units,
        at: at("2026-03-03T09:00:00+08:00"),
        approved_by: "p".to_owned(),
        reason: "r".to_owned(),
        told_at: None,
    }
}

const COMPLAINANT: PauseReason = PauseReason::AwaitingComplainant;

/// Received on Monday 2 March 2026, due on Monday 9 March.
const MONDAY: &str = "2026-03-02T10:00:00+08:00";

#[test]
fn a_day_counts_where_the_clock_runs_when_it_ends() {
    let law = law_of("cn-order3-single");
    for (from, until, last) in [
        ("2026-03-04T12:00:00+08:00", "2026-03-06T12:00:00+08:00", "2026-03-11"),
        ("2026-03-04T09:00:00+08:00", "2026-03-04T17:00:00+08:00", "2026-03-09"),
        ("2026-03-04T00:00:00+08:00", "2026-03-05T00:00:00+08:00", "2026-03-10"),
        // Over the weekend nothing is gained: those days did not count.
        ("2026-03-07T00:00:00+08:00", "2026-03-09T00:00:00+08:00", "2026-03-09"),
        // On the last day, and after it.
        ("2026-03-09T23:59:59+08:00", "2026-03-10T09:00:00+08:00", "2026-03-10"),
        ("2026-03-10T00:00:00+08:00", "2026-03-12T09:00:00+08:00", "2026-03-09"),
        // Before the start.
        ("2026-02-01T00:00:00+08:00", "2026-03-02T09:00:00+08:00", "2026-03-09"),
    ] {
        let due = due_with(&law, &paused(&[pause(from, Some(until), COMPLAINANT)]), MONDAY);
        assert_eq!(due.day.to_string(), last, "paused from {from} to {until}");
        assert!(!due.paused);
    }
}

#[test]
fn overlapping_pauses_are_counted_once() {
    let two = paused(&[
        pause("2026-03-03T12:00:00+08:00", Some("2026-03-05T12:00:00+08:00"), COMPLAINANT),
        pause("2026-03-04T12:00:00+08:00", Some("2026-03-06T12:00:00+08:00"), PauseReason::Appraisal),
    ]);
    let due = due_with(&law_of("cn-order3-single"), &two, MONDAY);
    assert_eq!(due.day.to_string(), "2026-03-12");
    let reasons: Vec<_> = due.days.iter().filter(|day| matches!(day.reason, DayReason::Paused(_))).collect();
    assert_eq!(reasons.len(), 3);
    assert_eq!(reasons[2].reason, DayReason::Paused(PauseReason::Appraisal));
}

#[test]
fn an_open_pause_gives_the_earliest_day_and_says_so() {
    let ledger = paused(&[pause("2026-03-04T12:00:00+08:00", None, COMPLAINANT)]);
    let law = law_of("cn-order3-single");
    let when = |now: &str| {
        let due = Reckoning::new(&law, &china(), SHANGHAI).with(&ledger, at(now)).due(at(MONDAY));
        (due.day.to_string(), due.paused)
    };
    assert_eq!(when("2026-03-04T18:00:00+08:00"), ("2026-03-09".to_owned(), true));
    assert_eq!(when("2026-03-06T18:00:00+08:00"), ("2026-03-11".to_owned(), true));
    // A pause that began after the limit was over does not make it undone.
    let late = paused(&[pause("2026-03-10T12:00:00+08:00", None, COMPLAINANT)]);
    let due = due_with(&law, &late, MONDAY);
    assert_eq!((due.day.to_string().as_str(), due.paused), ("2026-03-09", false));
}

#[test]
fn only_what_the_law_names_holds_it_still() {
    let ledger =
        paused(&[pause("2026-03-04T12:00:00+08:00", Some("2026-03-06T12:00:00+08:00"), PauseReason::Agreed)]);
    assert_eq!(due_with(&law_of("cn-order3-single"), &ledger, MONDAY).day.to_string(), "2026-03-09");
}

#[test]
fn mediation_does_not_count_the_appraisal() {
    let ledger = paused(&[pause(
        "2026-03-09T09:00:00+08:00",
        Some("2026-03-16T09:00:00+08:00"),
        PauseReason::Appraisal,
    )]);
    let (plain, with) = (
        due_with(&law_of("cn-mediation"), &Ledger::default(), MONDAY),
        due_with(&law_of("cn-mediation"), &ledger, MONDAY),
    );
    assert_eq!((plain.day.to_string().as_str(), with.day.to_string().as_str()), ("2026-04-14", "2026-04-21"));
}

#[test]
fn pausing_and_resuming_is_total() {
    let mut ledger = Ledger::default();
    ledger.resume(at(MONDAY));
    ledger.pause(at(MONDAY), COMPLAINANT);
    ledger.pause(at(MONDAY).plus_seconds(60), COMPLAINANT);
    assert_eq!(ledger.pauses.len(), 1);
    assert!(ledger.open_pause().is_some());
    ledger.resume(at(MONDAY).plus_seconds(-60));
    assert_eq!((ledger.open_pause(), ledger.pauses[0].until), (None, Some(at(MONDAY))));
    let text = toml::to_string(&ledger).unwrap();
    assert_eq!(toml::from_str::<Ledger>(&text).unwrap(), ledger);
}

#[test]
fn an_extension_adds_units_and_marks_its_days() {
    let mut ledger = Ledger::default();
    ledger.extend(extension(Duty::AnswerJoint, 2));
    ledger.extend(extension(Duty::Sign, 9));
    let due = due_with(&law_of("cn-order3-single"), &ledger, MONDAY);
    assert_eq!((due.day.to_string().as_str(), due.extended_by), ("2026-03-11", 2), "of the same family only");
    let extended: Vec<_> = due.days.iter().filter(|day| day.extended).map(|day| day.ordinal).collect();
    assert_eq!(extended, [Some(6), Some(7)]);
}

#[test]
fn a_frozen_body_makes_the_autopsy_seven_days() {
    let mut ledger = Ledger::default();
    ledger.extend(extension(Duty::Autopsy, 120));
    let due = due_with(&law_of("cn-autopsy"), &ledger, "2026-02-14T22:00:00+08:00");
    assert_eq!(due.due_at, at("2026-02-21T22:00:00+08:00"));
}

#[test]
fn extensions_have_a_cap() {
    let (law, now, due_at) = (law_of("cn-shandong-answer"), at(MONDAY), at(MONDAY).plus_seconds(86_400));
    let mut ledger = Ledger::default();
    let ask = |ledger: &Ledger, units, now| may_extend(&law, ledger, units, due_at, now);
    assert_eq!(ask(&ledger, 10, now), Ok(()));
    assert_eq!(ask(&ledger, 11, now), Err(ExtensionRefusal::TooMuch));
    assert_eq!(ask(&ledger, 0, now), Err(ExtensionRefusal::NoUnits));
    assert_eq!(ask(&ledger, 1, due_at.plus_seconds(1)), Err(ExtensionRefusal::TooLate));
    ledger.extend(extension(Duty::Answer, 3));
    assert_eq!(ask(&ledger, 1, now), Err(ExtensionRefusal::TooOften));
    let sign = law_of("cn-sign");
    assert_eq!(may_extend(&sign, &ledger, 1, due_at, now), Err(ExtensionRefusal::NotForeseen));
}

#[test]
fn the_danish_order_of_2020_suspends_the_dialogue() {
    let (law, decrees) = (law_of("dk-dialogue"), decrees());
    let when = |start: &str| {
        let due = Reckoning::new(&law, &denmark(), COPENHAGEN).under(&decrees).due(at(start));
        assert_eq!(due.counted().count(), 28);
        due
    };
    assert_eq!(when("2020-02-01T12:00:00+01:00").day.to_string(), "2020-02-29");
    // 16 days before the order, 12 after it.
    let held = when("2020-03-01T12:00:00+01:00");
    assert_eq!(held.day.to_string(), "2020-07-12");
    let suspended = held.skipped().filter(|day| {
        matches!(&day.reason, DayReason::Suspended { decree, citation } if decree == "dk-covid-2020" && citation.contains("COVID-19"))
    });
    assert_eq!(suspended.count(), 105);
    assert_eq!(when("2020-04-15T12:00:00+02:00").day.to_string(), "2020-07-28");
    assert_eq!(when("2020-07-01T12:00:00+02:00").day.to_string(), "2020-07-29");
    // It concerns this law and no other.
    let answer = law_of("dk-answer");
    let denmark = denmark();
    let reckoning = Reckoning::new(&answer, &denmark, COPENHAGEN);
    let start = at("2020-04-15T12:00:00+02:00");
    assert_eq!(reckoning.under(&decrees).due(start), reckoning.due(start));
}

#[test]
fn faulty_decrees_name_the_line() {
    let good = "[[decree]]\nid = \"d\"\nnames = {}\ncitation = \"c\"\nfrom = \"2020-01-02\"\nto = \"2020-02-01\"\nlaws = [\"x\"]\n";
    for (text, what) in [
        (good.replace("2020-02-01", "2020-01-01"), "holds from"),
        (good.replace("2020-02-01", "2040-01-01"), "holds from"),
        (good.replace("laws = [\"x\"]", "laws = []"), "suspends nothing"),
        (good.replace("laws = [\"x\"]", "duties = [\"anser\"]"), "unknown variant"),
        (format!("{good}{good}"), "stands twice"),
    ] {
        let fault = Decrees::parse(&text, "decrees.toml").unwrap_err();
        assert!(fault.what.contains(what) && fault.line > 0, "{fault}");
    }
    assert_eq!(Decrees::parse(good, "decrees.toml").unwrap().all().len(), 1);
}

#[test]
fn a_co_handler_leaves_the_lead_its_share() {
    let (china, lead_law, own_law) = (china(), law_of("cn-order3-single"), law_of("cn-co-handle"));
    let lead_clock = Reckoning::new(&lead_law, &china, SHANGHAI);
    let lead = lead_clock.due(at(MONDAY));
    let latest = lead_clock.share(at(MONDAY), &lead, 100 - own_law.leave_percent);
    let own = |start: &str| {
        let own = Reckoning::new(&own_law, &china, SHANGHAI).due(at(start));
        inside_lead(own, latest, SHANGHAI)
    };
    // Asked early, its own three days hold; asked late, a fifth of the lead's office hours stays free.
    assert_eq!(own("2026-03-02T11:00:00+08:00").due_at, at("2026-03-05T23:59:59+08:00"));
    assert_eq!(own("2026-03-05T11:00:00+08:00").due_at, latest);
    assert_eq!(latest, at("2026-03-06T16:18:00+08:00"));
    assert!(own("2026-03-05T11:00:00+08:00").days.iter().all(|counted| counted.date <= day("2026-03-06")));
}

#[test]
fn warnings_come_in_office_hours_at_shares_of_working_time() {
    let (china, law) = (china(), law_of("cn-order3-single"));
    let clock = Reckoning::new(&law, &china, SHANGHAI);
    let start = at("2026-02-13T18:00:00+08:00");
    let due = clock.due(start);
    let warnings: Vec<_> = clock
        .warnings(start, &due)
        .iter()
        .map(|warning| (warning.percent, warning.at.rfc3339(SHANGHAI)))
        .collect();
    // Counted are 14 February and 24 to 27 February, seven and a half hours each.
    let expected = [
        (50, "2026-02-25T13:45:00+08:00"),
        (80, "2026-02-26T17:30:00+08:00"),
        (100, "2026-02-27T17:30:00+08:00"),
    ];
    assert_eq!(warnings, expected.map(|(percent, at)| (percent, at.to_owned())));
}

#[test]
fn warnings_of_an_hourly_limit_run_day_and_night() {
    let (china, law) = (china(), law_of("cn-autopsy"));
    let clock = Reckoning::new(&law, &china, SHANGHAI);
    let start = at("2026-02-14T22:00:00+08:00");
    let at_hours: Vec<_> = clock
        .warnings(start, &clock.due(start))
        .iter()
        .map(|warning| (warning.at.0 - start.0) / 3_600_000)
        .collect();
    assert_eq!(at_hours, [12, 24, 36, 48]);
}

#[test]
fn without_office_hours_a_working_day_is_the_whole_day() {
    let text = "id = \"x\"\nzone = \"Asia/Shanghai\"\nweekend = [\"saturday\", \"sunday\"]";
    let calendar = Calendar::parse(text, "x.toml").unwrap();
    let law = Law { warn_at: vec![50], ..law_of("cn-order3-single") };
    let clock = Reckoning::new(&law, &calendar, SHANGHAI);
    let start = at("2026-03-02T00:00:00+08:00");
    let warning = clock.warnings(start, &clock.due(start))[0];
    assert_eq!(warning.at, at("2026-03-05T00:00:00+08:00"));
}
