//! Tests of when a callback is tried again.

use clocks::{Calendar, Laws, OpeningHours};
use proptest::prelude::*;

use super::*;
use crate::{CallbackState, Inbound, Ladders, Purpose, Wish, schedule_follow_up, when_caller_rings_in};
use AttemptOutcome as Outcome;

fn china() -> Calendar {
    Calendar::parse(include_str!("../../config/calendars/china.toml"), "china.toml").unwrap()
}

fn denmark() -> Calendar {
    Calendar::parse(include_str!("../../config/calendars/denmark.toml"), "denmark.toml").unwrap()
}

fn ladders() -> Ladders {
    Ladders::parse(include_str!("../../config/callback_ladders.toml"), "callback_ladders.toml").unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A ladder that waits so long after no answer, every time.
fn waiting(after: &str) -> Ladder {
    let mut ladder = ladders().ladder(Purpose::Satisfaction).unwrap().clone();
    ladder.rule.retain(|rule| rule.outcome == Outcome::NoAnswer);
    ladder.rule[0].steps =
        vec![Step { after: Wait::try_from(after.to_owned()).unwrap(), part: DayPart::Any }];
    ladder
}

/// The same hours on every weekday.
fn daily(from: &str, until: &str) -> Window {
    let spans = vec![DaySpan::parse(from, until).unwrap()];
    let hours = OpeningHours {
        monday: spans.clone(),
        tuesday: spans.clone(),
        wednesday: spans.clone(),
        thursday: spans.clone(),
        friday: spans,
        ..OpeningHours::default()
    };
    Window { hours, wish: Wish::default() }
}

fn attempt(dialled: &str, outcome: Outcome) -> Attempt {
    let dialled = at(dialled);
    let rang = outcome.is_dial().then_some(dialled);
    Attempt { dialled_at: rang, ended_at: Some(dialled.plus_seconds(45)), outcome: Some(outcome) }
}

fn next(ladder: &Ladder, window: &Window, attempts: &[Attempt], now: &str) -> Next {
    let calendar = china();
    let plan = Plan { ladder, window, calendar: &calendar, zone: chrono_tz::Asia::Shanghai };
    next_attempt(&plan, at("2026-03-02T09:00:00+08:00"), attempts, at(now))
}

#[test]
fn a_retry_that_falls_outside_the_window_moves_to_its_next_opening() {
    let attempts = [attempt("2026-03-03T17:00:00+08:00", Outcome::NoAnswer)];
    let next = next(&waiting("2h"), &daily("10:00", "18:00"), &attempts, "2026-03-03T17:01:00+08:00");
    assert_eq!(next, Next::At(at("2026-03-04T10:00:00+08:00")));
}

#[test]
fn a_machine_with_a_message_on_it_is_called_again_as_one_without() {
    let (all, window) = (ladders(), daily("08:00", "20:00"));
    for purpose in Purpose::ALL {
        let ladder = all.ladder(*purpose).unwrap();
        let after = |outcomes: &[Outcome]| {
            let attempts: Vec<_> =
                outcomes.iter().map(|one| attempt("2026-03-03T10:00:00+08:00", *one)).collect();
            next(ladder, &window, &attempts, "2026-03-03T10:01:00+08:00")
        };
        assert!(matches!(after(&[Outcome::MessageLeft]), Next::At(_)), "{purpose}");
        assert_eq!(after(&[Outcome::MessageLeft]), after(&[Outcome::Machine]), "{purpose}");
        let both = after(&[Outcome::MessageLeft, Outcome::Machine]);
        assert_eq!(both, after(&[Outcome::Machine, Outcome::Machine]), "{purpose}");
    }
}

#[test]
fn the_wait_counts_from_the_real_dial_not_from_queueing() {
    // Queued at 09:00, but the provider dialled at 14:00.
    let attempts = [attempt("2026-03-03T14:00:00+08:00", Outcome::NoAnswer)];
    let next = next(&waiting("26h"), &daily("08:00", "20:00"), &attempts, "2026-03-03T14:01:00+08:00");
    assert_eq!(next, Next::At(at("2026-03-04T16:00:00+08:00")));
}

#[test]
fn when_no_window_is_left_it_is_parked_and_stays_so() {
    let mut window = daily("10:00", "18:00");
    window.wish.not_after = Some(at("2026-03-03T18:00:00+08:00"));
    let attempts = [attempt("2026-03-03T17:30:00+08:00", Outcome::NoAnswer)];
    for now in ["2026-03-03T17:31:00+08:00", "2026-03-05T12:00:00+08:00", "2026-09-01T12:00:00+08:00"] {
        assert_eq!(next(&waiting("2h"), &window, &attempts, now), Next::Parked(ParkReason::NoWindow));
    }
    let never = Window::default();
    assert_eq!(
        next(&waiting("2h"), &never, &[], "2026-03-03T17:31:00+08:00"),
        Next::Parked(ParkReason::NoWindow)
    );
}

#[test]
fn what_was_never_dialled_does_not_count() {
    let attempts = [
        attempt("2026-03-03T14:00:00+08:00", Outcome::NotDialled),
        attempt("2026-03-03T15:00:00+08:00", Outcome::Technical),
    ];
    assert_eq!(dials(&attempts), 0);
    let next = next(&waiting("2h"), &daily("08:00", "20:00"), &attempts, "2026-03-03T15:00:45+08:00");
    assert_eq!(next, Next::At(at("2026-03-03T15:05:45+08:00")));
}

#[test]
fn a_provider_that_keeps_failing_is_shown_to_a_person() {
    let mut attempts = vec![attempt("2026-03-03T14:00:00+08:00", Outcome::Technical); 5];
    assert_eq!(
        next(&waiting("2h"), &daily("08:00", "20:00"), &attempts, "2026-03-03T15:00:00+08:00"),
        Next::Parked(ParkReason::Technical)
    );
    attempts.insert(4, attempt("2026-03-03T14:00:00+08:00", Outcome::NoAnswer));
    assert!(matches!(
        next(&waiting("2h"), &daily("08:00", "20:00"), &attempts, "2026-03-03T15:00:00+08:00"),
        Next::At(_)
    ));
}

#[test]
fn answered_and_silent_is_not_tried_again_without_a_rule() {
    let attempts = [attempt("2026-03-03T14:00:00+08:00", Outcome::Silent)];
    let next = next(&waiting("2h"), &daily("08:00", "20:00"), &attempts, "2026-03-03T14:05:00+08:00");
    assert_eq!(next, Next::Parked(ParkReason::NoRule));
}

#[test]
fn a_window_may_run_over_midnight() {
    let night = daily("22:00", "02:00");
    let attempts = [attempt("2026-03-03T22:30:00+08:00", Outcome::NoAnswer)];
    let one = next(&waiting("2h"), &night, &attempts, "2026-03-03T22:31:00+08:00");
    assert_eq!(one, Next::At(at("2026-03-04T00:30:00+08:00")), "still the same night");
    let other = next(&waiting("4h"), &night, &attempts, "2026-03-03T22:31:00+08:00");
    assert_eq!(other, Next::At(at("2026-03-04T22:00:00+08:00")));
}

#[test]
fn a_caller_who_rings_in_is_talked_to_once() {
    assert_eq!(when_caller_rings_in(CallbackState::Due), Inbound::HoldAndShow);
    assert_eq!(when_caller_rings_in(CallbackState::Dialling), Inbound::EndTheAttempt);
    // The call that came in is written down as the attempt: while it lasts no second one begins, and it ends the ladder.
    let lasting = Attempt { dialled_at: None, ended_at: None, outcome: None };
    let window = daily("08:00", "20:00");
    assert_eq!(next(&waiting("2h"), &window, &[lasting], "2026-03-03T14:05:00+08:00"), Next::Ongoing);
    let settled = attempt("2026-03-03T14:00:00+08:00", Outcome::ReachedInbound);
    assert_eq!(next(&waiting("2h"), &window, &[settled], "2026-03-03T14:05:00+08:00"), Next::Done);
    assert_eq!(dials(&[settled]), 0);
}

#[test]
fn the_shipped_ladder_changes_the_half_of_the_day_and_then_ends() {
    let ladders = ladders();
    let (ladder, hours) =
        (ladders.ladder(Purpose::Satisfaction).unwrap(), ladders.calling_hours("cn-gov").unwrap().clone());
    let window = Window { hours, wish: Wish::default() };
    let mut attempts = Vec::new();
    let expected = [
        "2026-03-03T09:00:00+08:00",
        "2026-03-03T11:00:00+08:00",
        "2026-03-04T14:00:00+08:00",
        "2026-03-06T17:00:00+08:00",
    ];
    for moment in expected {
        assert_eq!(next(ladder, &window, &attempts, "2026-03-02T10:00:00+08:00"), Next::At(at(moment)));
        attempts.push(attempt(moment, Outcome::NoAnswer));
    }
    assert_eq!(next(ladder, &window, &attempts, "2026-03-06T17:01:00+08:00"), Next::Exhausted);
}

#[test]
fn busy_is_tried_twice_a_day_at_most() {
    let ladders = ladders();
    let window = daily("08:00", "20:00");
    let ladder = ladders.ladder(Purpose::GiveResult).unwrap();
    let one = attempt("2026-03-03T14:00:00+08:00", Outcome::Busy);
    let two = attempt("2026-03-03T14:15:00+08:00", Outcome::Busy);
    assert_eq!(
        next(ladder, &window, &[one], "2026-03-03T14:01:00+08:00"),
        Next::At(at("2026-03-03T14:15:00+08:00"))
    );
    assert_eq!(
        next(ladder, &window, &[one, two], "2026-03-03T14:16:00+08:00"),
        Next::At(at("2026-03-04T08:00:00+08:00"))
    );
}

#[test]
fn some_outcomes_end_or_park_at_once() {
    let window = daily("08:00", "20:00");
    for (outcome, expected) in [
        (Outcome::Reached, Next::Done),
        (Outcome::Refused, Next::Done),
        (Outcome::WrongNumber, Next::Parked(ParkReason::Number)),
        (Outcome::InvalidNumber, Next::Parked(ParkReason::Number)),
    ] {
        let attempts = [attempt("2026-03-03T14:00:00+08:00", outcome)];
        assert_eq!(next(&waiting("2h"), &window, &attempts, "2026-03-03T14:01:00+08:00"), expected);
    }
}

#[test]
fn the_persons_wish_cuts_the_window() {
    let mut window = daily("09:00", "20:00");
    window.wish.spans = vec![DaySpan::parse("18:00", "21:00").unwrap()];
    let first = Ladder { first: Step { after: Wait::Minutes(0), part: DayPart::Any }, ..waiting("2h") };
    assert_eq!(
        next(&first, &window, &[], "2026-03-06T20:30:00+08:00"),
        Next::At(at("2026-03-09T18:00:00+08:00")),
        "over the weekend"
    );
    window.wish.spans = vec![DaySpan::parse("06:00", "07:00").unwrap()];
    assert_eq!(next(&first, &window, &[], "2026-03-06T20:30:00+08:00"), Next::Parked(ParkReason::NoWindow));
}

#[test]
fn a_follow_up_after_friday_the_13th_is_due_on_the_make_up_saturday() {
    let laws = Laws::parse(include_str!("../../config/laws.toml"), "laws.toml").unwrap();
    let law = laws.get("cn-follow-up", Some("cn-gov"), "2026-02-13".parse().unwrap()).unwrap();
    let (ladders, calendar) = (ladders(), china());
    let window = Window { hours: ladders.calling_hours("cn-gov").unwrap().clone(), wish: Wish::default() };
    let ladder = ladders.ladder(Purpose::Satisfaction).unwrap();
    let plan = Plan { ladder, window: &window, calendar: &calendar, zone: chrono_tz::Asia::Shanghai };
    let scheduled = schedule_follow_up(law, at("2026-02-13T15:00:00+08:00"), &plan);
    assert_eq!(scheduled.due.day.to_string(), "2026-02-14");
    assert_eq!(scheduled.first, Next::At(at("2026-02-14T09:00:00+08:00")));
}

#[test]
fn a_window_opens_by_the_wall_clock_when_the_clock_changes() {
    let (ladder, calendar) = (waiting("1d"), denmark());
    let mut window = daily("08:00", "20:00");
    window.hours.sunday = window.hours.monday.clone();
    let plan =
        Plan { ladder: &ladder, window: &window, calendar: &calendar, zone: chrono_tz::Europe::Copenhagen };
    let attempts = [attempt("2026-10-24T12:00:00+02:00", Outcome::NoAnswer)];
    let next =
        next_attempt(&plan, at("2026-10-24T09:00:00+02:00"), &attempts, at("2026-10-24T12:01:00+02:00"));
    assert_eq!(next, Next::At(at("2026-10-25T08:00:00+01:00")));
}

#[test]
fn faulty_ladders_name_the_line() {
    let good = include_str!("../../config/callback_ladders.toml");
    for (wrong, what) in [
        (good.replace("purpose = \"recheck\"", "purpose = \"satisfaction\""), "stands twice"),
        (good.replace("\"30d\"", "\"30 days\""), "not a wait"),
        (good.replace("most_dials = 2", "most_dials = 0"), "limit of 0"),
        (good[..good.rfind("[[ladder]]").unwrap()].to_owned(), "no ladder for recheck"),
    ] {
        let fault = Ladders::parse(&wrong, "callback_ladders.toml").unwrap_err();
        assert!(fault.what.contains(what) && fault.line > 20, "{fault}");
    }
}

static CHINA: std::sync::OnceLock<Calendar> = std::sync::OnceLock::new();
static LADDERS: std::sync::OnceLock<Ladders> = std::sync::OnceLock::new();

proptest! {
    /// Whatever happened, the next attempt lies in the window, on a working day, and not in the past; and a ladder
    /// of unanswered attempts ends.
    #[test]
    fn every_attempt_lies_in_the_window_and_ladders_end(start in 0i64..300 * 86_400, outcomes in proptest::collection::vec(0usize..12, 40)) {
        let calendar = CHINA.get_or_init(china);
        let ladders = LADDERS.get_or_init(ladders);
        let ladder = ladders.ladder(Purpose::GiveResult).unwrap();
        let window = Window { hours: ladders.calling_hours("cn-gov").unwrap().clone(), wish: Wish::default() };
        let plan = Plan { ladder, window: &window, calendar, zone: chrono_tz::Asia::Shanghai };
        let promised = at("2026-01-05T00:00:00+08:00").plus_seconds(start);
        let (mut now, mut attempts, mut ended) = (promised, Vec::new(), false);
        for outcome in outcomes {
            let Next::At(moment) = next_attempt(&plan, promised, &attempts, now) else { ended = true; break };
            prop_assert!(moment >= now);
            prop_assert!(clocks::is_open(&window.hours, calendar, moment, plan.zone));
            prop_assert!(calendar.is_working(moment.service_day(plan.zone)));
            let outcome = Outcome::ALL[outcome];
            now = moment.plus_seconds(30);
            attempts.push(Attempt { dialled_at: outcome.is_dial().then_some(moment), ended_at: Some(now), outcome: Some(outcome) });
        }
        prop_assert!(ended, "forty attempts are never made");
        prop_assert!(dials(&attempts) <= 5);
    }
}
