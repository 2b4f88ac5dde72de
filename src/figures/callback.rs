//! The callback report (回访): what became of the callbacks that fell due in the period, and of every attempt.
//!
//! Clock basis: the cohort of callbacks by the moment they were due; what is open is so as of the report's
//! moment.

use chrono::Timelike;
use domain::Timestamp;

use crate::Frame;
use crate::measure::{How, Measure};

/// One callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackRow {
    pub callback_id: String,
    /// Code of its purpose.
    pub purpose: String,
    pub line: String,
    pub case_id: Option<String>,
    pub case_number: Option<String>,
    /// Unit that handled the case last.
    pub department: Option<String>,
    /// Hidden but for its last digits.
    pub phone: String,
    /// When the promise was made.
    pub promised_at: Timestamp,
    /// Until when it was promised.
    pub due_at: Timestamp,
    pub state: String,
    pub outcome: Option<String>,
    /// "Is it solved?", if answered.
    pub solved: Option<bool>,
    /// 1–5, if rated.
    pub satisfaction: Option<i64>,
    pub done_at: Option<Timestamp>,
    pub attempts: Vec<AttemptRow>,
}

/// One attempt, with its callback's purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    pub callback_id: String,
    pub purpose: String,
    /// 1 for the first.
    pub ordinal: i64,
    /// When it really rang; `None`: never dialled.
    pub dialled_at: Option<Timestamp>,
    pub outcome: Option<String>,
}

/// The outcomes that mean: the person was spoken to, even if only to decline.
pub const REACHED: [&str; 3] = ["reached", "reached_inbound", "refused"];

impl CallbackRow {
    /// The first moment it really rang.
    pub fn first_dial(&self) -> Option<Timestamp> {
        self.attempts.iter().filter_map(|attempt| attempt.dialled_at).min()
    }

    /// The last moment it really rang.
    pub fn last_dial(&self) -> Option<Timestamp> {
        self.attempts.iter().filter_map(|attempt| attempt.dialled_at).max()
    }

    fn was_reached(&self) -> bool {
        self.outcome.as_deref().is_some_and(|outcome| REACHED.contains(&outcome))
    }
}

impl AttemptRow {
    /// `morning`, `afternoon` or `evening` on the line's wall clock; `none` if it never rang.
    pub fn day_part(&self, frame: &Frame) -> &'static str {
        let Some(dialled) = self.dialled_at else { return "none" };
        let hour = dialled.local(frame.zone).hour();
        if hour < frame.targets.callback.afternoon_from {
            "morning"
        } else if hour < frame.targets.callback.evening_from {
            "afternoon"
        } else {
            "evening"
        }
    }
}

fn due(row: &CallbackRow, frame: &Frame) -> bool {
    frame.covers(row.due_at)
}
fn reached(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.was_reached()
}
fn ended(row: &CallbackRow) -> bool {
    row.done_at.is_some() || row.state == "done" || row.state == "cancelled"
}
fn not_reached(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && ended(row) && !row.was_reached() && row.state != "cancelled"
}
fn cancelled(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.state == "cancelled" && !row.was_reached()
}
fn open(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && !row.was_reached() && !ended(row)
}
fn kept(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.first_dial().is_some_and(|dialled| dialled <= row.due_at)
}
fn kept_late(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.first_dial().is_some_and(|dialled| dialled > row.due_at)
}
/// Ended before its limit without a call: nobody broke a word there. What ended after the limit was broken first.
fn needless(row: &CallbackRow) -> bool {
    row.first_dial().is_none() && ended(row) && row.done_at.is_some_and(|done| done <= row.due_at)
}
fn called_off(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && needless(row)
}
fn owed(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && !needless(row)
}
fn broken(row: &CallbackRow, frame: &Frame) -> bool {
    owed(row, frame) && row.first_dial().is_none() && row.due_at < frame.as_of
}
fn not_yet(row: &CallbackRow, frame: &Frame) -> bool {
    owed(row, frame) && row.first_dial().is_none() && row.due_at >= frame.as_of
}
fn answered_solved(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.solved.is_some()
}
fn solved(row: &CallbackRow, _: &Frame) -> bool {
    row.solved == Some(true)
}
fn rated(row: &CallbackRow, frame: &Frame) -> bool {
    due(row, frame) && row.satisfaction.is_some()
}
fn satisfied(row: &CallbackRow, frame: &Frame) -> bool {
    row.satisfaction.is_some_and(|score| score >= frame.targets.callback.satisfied_from)
}
/// Tries it took, in tenths, for those who were reached.
fn tries(row: &CallbackRow, frame: &Frame) -> Option<i64> {
    let dials = row.attempts.iter().filter(|attempt| attempt.dialled_at.is_some()).count();
    i64::try_from(dials).ok().filter(|dials| *dials > 0 && reached(row, frame))
}

/// The columns of the table by purpose. `callbacks-due` = `reached` + `not-reached` + `cancelled` +
/// `callbacks-open`, and also = `kept` + `kept-late` + `called-off` + `broken` + `not-yet-due`.
///
/// What was called off stays among the due, so that every promise of the period is told somewhere; "on time" is a share
/// of the calls that were owed ("first real dial inside the promised window / due"), and a call that the person had made
/// needless before its limit was owed no more. Counted in, an office would look the worse the sooner people ring in.
pub fn measures() -> Vec<Measure<CallbackRow>> {
    let count = |id, test| Measure { id, how: How::Count(test) };
    let share = |id, of, among| Measure { id, how: How::Share { of, among } };
    vec![
        count("callbacks-due", due),
        count("reached", reached),
        count("not-reached", not_reached),
        count("cancelled", cancelled),
        count("callbacks-open", open),
        count("kept", kept),
        count("kept-late", kept_late),
        count("called-off", called_off),
        count("broken", broken),
        count("not-yet-due", not_yet),
        Measure { id: "tries-per-success", how: How::MeanTenths(tries) },
        share("reach-rate", reached, due),
        share("callback-on-time", kept, owed),
        share("resolution-rate", solved, answered_solved),
        share("satisfaction-rate", satisfied, rated),
    ]
}

/// Whether the callback stands on the list of those who could not be reached.
pub fn unreachable(row: &CallbackRow, frame: &Frame) -> bool {
    not_reached(row, frame) && row.first_dial().is_some()
}

macro_rules! outcome_tests {
    ($($name:ident, $id:literal: $($code:literal)|+;)+) => {
        $(fn $name(row: &AttemptRow, _: &Frame) -> bool {
            matches!(row.outcome.as_deref(), $(Some($code))|+)
        })+
        /// The outcomes of attempts that have a column of their own.
        pub const OUTCOMES: &[&str] = &[$($($code),+),+];
        fn outcome_columns() -> Vec<Measure<AttemptRow>> {
            vec![$(Measure { id: $id, how: How::Count($name) }),+]
        }
    };
}

outcome_tests!(
    is_reached, "attempt-reached": "reached" | "reached_inbound";
    is_no_answer, "attempt-no-answer": "no_answer";
    is_busy, "attempt-busy": "busy";
    is_unreachable, "attempt-unreachable": "unreachable";
    is_machine, "attempt-machine": "machine" | "silent";
    is_message_left, "attempt-message-left": "message_left";
    is_wrong, "attempt-wrong-number": "wrong_number" | "invalid_number";
    is_refused, "attempt-refused": "refused";
);

fn any(_: &AttemptRow, _: &Frame) -> bool {
    true
}
fn dialled(row: &AttemptRow, _: &Frame) -> bool {
    row.dialled_at.is_some()
}
fn is_spoken_to(row: &AttemptRow, _: &Frame) -> bool {
    row.outcome.as_deref().is_some_and(|outcome| REACHED.contains(&outcome))
}
fn is_other(row: &AttemptRow, _: &Frame) -> bool {
    row.outcome.as_deref().is_none_or(|outcome| !OUTCOMES.contains(&outcome))
}

/// The columns of the table by purpose, attempt number and day-part.
pub fn attempt_measures() -> Vec<Measure<AttemptRow>> {
    let mut measures = vec![Measure { id: "attempts", how: How::Count(any) }];
    measures.extend(outcome_columns());
    measures.push(Measure { id: "attempt-other", how: How::Count(is_other) });
    let reach = How::Share { of: is_spoken_to, among: dialled };
    measures.push(Measure { id: "attempt-reach", how: reach });
    measures
}
