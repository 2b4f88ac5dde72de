//! The reports against vectors, and their columns against each other.

use chrono::NaiveDate;
use domain::Timestamp;
use proptest::prelude::*;

use crate::measure::{Measure, Side, fold};
use crate::{
    AttemptRow, CallbackRow, Cell, DispatchRow, Frame, Period, QueueRow, Ratio, callback, grouping, targets,
    telephone, transfer,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// One week of UTC days, seen at its end.
fn frame() -> Frame {
    let day = |day| NaiveDate::from_ymd_opt(1970, 1, day).unwrap();
    let period = Period { from: day(1), to: day(7) };
    Frame::new(period, chrono_tz::UTC, Timestamp(7 * DAY), targets::sample())
}

fn cell<R>(measures: &[Measure<R>], cells: &[Cell], id: &str) -> Cell {
    let place = measures.iter().position(|measure| measure.id == id).unwrap();
    cells[place].clone()
}

fn count<R>(measures: &[Measure<R>], cells: &[Cell], id: &str) -> u64 {
    match cell(measures, cells, id) {
        Cell::Count(count) => count,
        other => panic!("{id} is {other:?}"),
    }
}

fn share(numerator: u64, denominator: u64) -> Cell {
    Cell::Ratio(Ratio { numerator, denominator })
}

fn caller(wait: i64, answered: bool) -> QueueRow {
    let entered = Timestamp(HOUR);
    let end = entered.plus_seconds(wait);
    QueueRow {
        entry_id: "e".to_owned(),
        call_id: "c".to_owned(),
        visit: 0,
        line: "12320".to_owned(),
        queue: "agents".to_owned(),
        phone: None,
        entered_at: entered,
        answered_at: answered.then_some(end),
        ended_at: Some(end),
        outcome: Some(if answered { "answered" } else { "abandoned" }.to_owned()),
    }
}

#[test]
fn a_call_with_two_conversations_is_one_caller() {
    let again = QueueRow { visit: 1, ..caller(90, false) };
    let rows = [
        caller(10, true),
        again.clone(),
        caller(10, true),
        QueueRow { outcome: None, ended_at: None, ..again },
    ];
    let measures = telephone::measures();
    let (_, cells) = fold(&measures, &rows, &frame(), |_| String::new());
    let expected = [
        ("offered", 2),
        ("answered", 2),
        ("abandoned", 0),
        ("unserved", 0),
        ("waiting", 0),
        ("asked-again", 2),
    ];
    for (id, number) in expected {
        assert_eq!(count(&measures, &cells, id), number, "{id}");
    }
    assert_eq!(cell(&measures, &cells, "longest-wait"), Cell::Seconds(Some(10)));
}

/// domain notes §7.4: one day, five truths.
#[test]
fn five_formulas_of_one_day() {
    let many = |count: usize, wait, answered| std::iter::repeat_n(caller(wait, answered), count);
    let rows: Vec<_> = many(860, 20, true)
        .chain(many(140, 21, true))
        .chain(many(10, 5, false))
        .chain(many(10, 20, false))
        .chain(many(40, 60, false))
        .collect();
    let measures = telephone::measures();
    let (_, cells) = fold(&measures, &rows, &frame(), |_| String::new());
    let expected = [
        ("service-level-1", 880, 1060, "83.0%"),
        ("service-level-2", 860, 1000, "86.0%"),
        ("service-level-3", 860, 1060, "81.1%"),
        ("service-level-4", 860, 1040, "82.7%"),
        ("service-level-5", 860, 1050, "81.9%"),
    ];
    for (id, numerator, denominator, text) in expected {
        let ratio = Ratio { numerator, denominator };
        assert_eq!(cell(&measures, &cells, id), Cell::Ratio(ratio), "{id}");
        assert_eq!(ratio.percent('.').as_deref(), Some(text), "{id}");
    }
    assert_eq!(cell(&measures, &cells, "connect-rate"), share(1000, 1060));
    assert_eq!(cell(&measures, &cells, "abandoned-rate"), share(50, 1060));
    assert_eq!(cell(&measures, &cells, "longest-wait"), Cell::Seconds(Some(60)));
}

#[test]
fn an_empty_day_has_no_rates() {
    let measures = telephone::measures();
    let (groups, cells) = fold(&measures, &[], &frame(), |_| String::new());
    assert!(groups.is_empty());
    for (measure, cell) in measures.iter().zip(cells) {
        match cell {
            Cell::Ratio(ratio) => assert_eq!(ratio.share(), None, "{}", measure.id),
            Cell::Count(count) => assert_eq!(count, 0, "{}", measure.id),
            Cell::Seconds(seconds) => assert_eq!(seconds, None, "{}", measure.id),
            other => panic!("{other:?}"),
        }
    }
}

fn dispatch(department: &str) -> DispatchRow {
    DispatchRow {
        dispatch_id: "d".to_owned(),
        case_id: "c".to_owned(),
        case_number: "00000013".to_owned(),
        ordinal: 1,
        sent_on: false,
        line: "12320".to_owned(),
        department: department.to_owned(),
        institution: None,
        category: Some("fees".to_owned()),
        request_type: "complaint".to_owned(),
        severity: 2,
        urgent: false,
        received_at: Timestamp(0),
        sent_at: Timestamp(HOUR),
        sign_due_at: Some(Timestamp(5 * HOUR)),
        due_at: Some(Timestamp(5 * DAY)),
        state: "sent".to_owned(),
        signed_at: None,
        returned_at: None,
        return_reason: None,
        answered_at: None,
        closed_at: None,
        route_notice_at: None,
        reopened: 0,
        satisfaction: None,
    }
}

/// Six dispatches of two units, every fate once.
#[test]
fn a_week_of_dispatches() {
    let signed = |hours: i64| Some(Timestamp(hours * HOUR));
    let rows = [
        DispatchRow {
            signed_at: signed(2),
            answered_at: Some(Timestamp(HOUR + 2 * DAY)),
            closed_at: Some(Timestamp(3 * DAY)),
            route_notice_at: Some(Timestamp(3 * DAY)),
            satisfaction: Some(3),
            ..dispatch("a")
        },
        DispatchRow {
            signed_at: signed(6),
            answered_at: Some(Timestamp(HOUR + 6 * DAY)),
            reopened: 1,
            satisfaction: Some(2),
            ..dispatch("a")
        },
        DispatchRow { returned_at: signed(3), sent_on: true, ..dispatch("a") },
        DispatchRow {
            ordinal: 2,
            sent_at: Timestamp(6 * HOUR),
            due_at: Some(Timestamp(9 * DAY)),
            ..dispatch("b")
        },
        DispatchRow { signed_at: signed(2), urgent: true, ..dispatch("b") },
        DispatchRow { state: "superseded".to_owned(), sent_on: true, severity: 3, ..dispatch("b") },
    ];
    let frame = frame();
    let measures = transfer::measures();
    let (groups, cells) = fold(&measures, &rows, &frame, |row| grouping::dispatch(row, "department", &frame));
    assert_eq!(groups.iter().map(|group| group.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let counts = [
        ("dispatched", 6),
        ("signed", 3),
        ("done-on-time", 1),
        ("done-late", 1),
        ("returned", 1),
        ("returned-sent-on", 1),
        ("taken-back", 1),
        ("open", 2),
        ("open-overdue", 1),
        ("by-redispatch", 1),
        ("reopened", 1),
    ];
    for (id, expected) in counts {
        assert_eq!(count(&measures, &cells, id), expected, "{id}");
    }
    let shares = [
        ("dispatch-on-time", share(5, 5)),
        ("sign-on-time", share(2, 6)),
        ("return-rate", share(1, 6)),
        ("first-dispatch-accuracy", share(2, 5)),
        ("completion-on-time", share(1, 3)),
        ("reopen-rate", share(1, 2)),
        ("route-notice-rate", share(1, 1)),
        ("unit-satisfaction", share(1, 2)),
        ("median-days", Cell::Tenths(Some(20))),
    ];
    for (id, expected) in shares {
        assert_eq!(cell(&measures, &cells, id), expected, "{id}");
    }
    assert_eq!(cell(&measures, &groups[1].cells, "unit-satisfaction"), share(0, 0));
}

#[test]
fn an_urgent_case_has_one_hour_to_be_sent() {
    let late = DispatchRow { urgent: true, sent_at: Timestamp(HOUR + 1000), ..dispatch("a") };
    let measures = transfer::measures();
    let (_, cells) = fold(&measures, &[late], &frame(), |_| String::new());
    assert_eq!(cell(&measures, &cells, "dispatch-on-time"), share(0, 1));
}

fn attempt(ordinal: i64, hour: i64, outcome: &str) -> AttemptRow {
    AttemptRow {
        callback_id: "k".to_owned(),
        purpose: "satisfaction".to_owned(),
        ordinal,
        dialled_at: Some(Timestamp(hour * HOUR)),
        outcome: Some(outcome.to_owned()),
    }
}

fn due_callback() -> CallbackRow {
    CallbackRow {
        callback_id: "k".to_owned(),
        purpose: "satisfaction".to_owned(),
        line: "12320".to_owned(),
        case_id: None,
        case_number: None,
        department: None,
        phone: "***0001".to_owned(),
        promised_at: Timestamp(0),
        due_at: Timestamp(DAY),
        state: "due".to_owned(),
        outcome: None,
        solved: None,
        satisfaction: None,
        done_at: None,
        attempts: Vec::new(),
    }
}

proptest::proptest! {
    /// Every promise of the period stands in exactly one column of each of the two ways to tell it.
    #[test]
    fn every_promise_is_told_once(
        due_at in 0..9 * DAY,
        dialled in proptest::option::of(0_i64..200),
        done in proptest::option::of(0..9 * DAY),
        state in proptest::sample::select(vec!["due", "dialling", "done", "parked", "cancelled"]),
        outcome in proptest::option::of(proptest::sample::select(vec!["reached", "reached_inbound", "no_answer"])),
    ) {
        let attempts = dialled.map(|hour| attempt(1, hour, "no_answer")).into_iter().collect();
        let (state, outcome) = (state.to_owned(), outcome.map(str::to_owned));
        let row = CallbackRow { due_at: Timestamp(due_at), done_at: done.map(Timestamp), state, outcome, attempts, ..due_callback() };
        let measures = callback::measures();
        let (_, cells) = fold(&measures, &[row], &frame(), |_| String::new());
        let sum = |ids: &[&str]| ids.iter().map(|id| count(&measures, &cells, id)).sum::<u64>();
        let due = sum(&["callbacks-due"]);
        proptest::prop_assert_eq!(sum(&["reached", "not-reached", "cancelled", "callbacks-open"]), due);
        proptest::prop_assert_eq!(sum(&["kept", "kept-late", "called-off", "broken", "not-yet-due"]), due);
    }
}

#[test]
fn a_week_of_callbacks() {
    let done = |outcome: &str| CallbackRow {
        state: "done".to_owned(),
        outcome: Some(outcome.to_owned()),
        done_at: Some(Timestamp(2 * DAY)),
        ..due_callback()
    };
    let rows = [
        CallbackRow {
            solved: Some(true),
            satisfaction: Some(5),
            attempts: vec![attempt(1, 9, "no_answer"), attempt(2, 15, "reached")],
            ..done("reached")
        },
        CallbackRow { solved: Some(false), attempts: vec![attempt(1, 30, "reached")], ..done("reached") },
        CallbackRow { attempts: vec![attempt(1, 19, "no_answer")], ..done("no_answer") },
        due_callback(),
        CallbackRow { due_at: Timestamp(8 * DAY), ..due_callback() },
        // Needless before the limit, and only afterwards.
        CallbackRow { state: "cancelled".to_owned(), done_at: Some(Timestamp(DAY)), ..due_callback() },
        CallbackRow { state: "cancelled".to_owned(), done_at: Some(Timestamp(DAY + 1)), ..due_callback() },
        // The person rang in before we did.
        CallbackRow { done_at: Some(Timestamp(HOUR)), ..done("reached_inbound") },
    ];
    let frame = frame();
    let measures = callback::measures();
    let (_, cells) = fold(&measures, &rows, &frame, |row| grouping::callback(row, "purpose", &frame));
    let counts = [
        ("callbacks-due", 7),
        ("reached", 3),
        ("not-reached", 1),
        ("cancelled", 2),
        ("callbacks-open", 1),
        ("kept", 2),
        ("kept-late", 1),
        ("called-off", 2),
        ("broken", 2),
        ("not-yet-due", 0),
    ];
    for (id, expected) in counts {
        assert_eq!(count(&measures, &cells, id), expected, "{id}");
    }
    let others = [
        ("tries-per-success", Cell::Tenths(Some(15))),
        ("reach-rate", share(3, 7)),
        ("callback-on-time", share(2, 5)),
        ("resolution-rate", share(1, 2)),
        ("satisfaction-rate", share(1, 1)),
    ];
    for (id, expected) in others {
        assert_eq!(cell(&measures, &cells, id), expected, "{id}");
    }
    assert_eq!(rows.iter().filter(|row| callback::unreachable(row, &frame)).count(), 1);
    let parts: Vec<_> =
        rows.iter().flat_map(|row| &row.attempts).map(|attempt| attempt.day_part(&frame)).collect();
    assert_eq!(parts, ["morning", "afternoon", "morning", "evening"]);
}

fn any_dispatch() -> impl Strategy<Value = DispatchRow> {
    let moment = || prop::option::of(-DAY..9 * DAY);
    (-DAY..9 * DAY, moment(), moment(), moment(), any::<bool>(), 0i64..3).prop_map(
        |(sent, due, answered, returned, superseded, reopened)| DispatchRow {
            sent_at: Timestamp(sent),
            due_at: due.map(Timestamp),
            answered_at: answered.map(Timestamp),
            returned_at: returned.map(Timestamp),
            state: if superseded { "superseded" } else { "sent" }.to_owned(),
            reopened,
            ..dispatch(if sent % 2 == 0 { "a" } else { "b" })
        },
    )
}

proptest! {
    #[test]
    fn the_columns_balance_and_the_units_add_up(rows in prop::collection::vec(any_dispatch(), 0..40)) {
        let frame = frame();
        let measures = transfer::measures();
        let (groups, all) = fold(&measures, &rows, &frame, |row| row.department.clone());
        for cells in groups.iter().map(|group| &group.cells).chain([&all]) {
            let value = |id| count(&measures, cells, id);
            let fates = ["done-on-time", "done-late", "returned", "taken-back", "open"];
            let sum: u64 = fates.iter().map(|id| value(id)).sum();
            prop_assert_eq!(sum, value("dispatched"));
            prop_assert!(value("open-overdue") <= value("open"));
        }
        for (place, measure) in measures.iter().enumerate() {
            if let Cell::Count(total) = all[place] {
                let units: u64 = groups.iter().map(|group| count(&measures, &group.cells, measure.id)).sum();
                prop_assert_eq!(units, total, "{}", measure.id);
                let behind = rows.iter().filter(|row| measure.rests_on(row, Side::Counted, &frame)).count();
                prop_assert_eq!(behind as u64, total, "{}", measure.id);
            }
            if let Cell::Ratio(ratio) = all[place] {
                prop_assert!(ratio.numerator <= ratio.denominator);
            }
        }
    }
}
