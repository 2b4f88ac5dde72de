//! The transfer report (转办): what became of the dispatches that were sent in the period.
//!
//! Clock basis: the cohort of dispatches by the day they were sent; what is open or overdue is so as of the
//! report's moment. Only on-time completion looks at another cohort: what fell due in the period.

use domain::Timestamp;

use crate::Frame;
use crate::measure::{How, Measure};

/// One dispatch with what the report needs of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchRow {
    pub dispatch_id: String,
    pub case_id: String,
    pub case_number: String,
    /// 1 for the first dispatch of the case.
    pub ordinal: i64,
    /// Whether the case was dispatched again after this one.
    pub sent_on: bool,
    pub line: String,
    /// Code of the unit it was sent to.
    pub department: String,
    /// Codes of the case's first point.
    pub institution: Option<String>,
    pub category: Option<String>,
    pub request_type: String,
    pub severity: i64,
    pub urgent: bool,
    pub received_at: Timestamp,
    pub sent_at: Timestamp,
    pub sign_due_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    /// The stored state: sent, signed, returned, answered, superseded.
    pub state: String,
    pub signed_at: Option<Timestamp>,
    pub returned_at: Option<Timestamp>,
    pub return_reason: Option<String>,
    pub answered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub route_notice_at: Option<Timestamp>,
    /// How often the case was reopened.
    pub reopened: i64,
    /// Score (1–5) given at the last follow-up callback of the case.
    pub satisfaction: Option<i64>,
}

/// What became of a dispatch; every dispatch has exactly one fate, so that the columns balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    DoneOnTime,
    DoneLate,
    Returned,
    /// Replaced by another dispatch before it was answered or returned.
    TakenBack,
    Open,
    OpenOverdue,
}

impl DispatchRow {
    /// What became of it, as of the frame's moment. Without a due time nothing is late.
    pub fn fate(&self, frame: &Frame) -> Fate {
        let after_due = |moment: Timestamp| self.due_at.is_some_and(|due| moment > due);
        match (self.answered_at, self.returned_at) {
            (Some(answered), _) if after_due(answered) => Fate::DoneLate,
            (Some(_), _) => Fate::DoneOnTime,
            (None, Some(_)) => Fate::Returned,
            (None, None) if self.state == "superseded" => Fate::TakenBack,
            (None, None) if after_due(frame.as_of) => Fate::OpenOverdue,
            (None, None) => Fate::Open,
        }
    }

    /// Minutes within which the case had to be on its way.
    fn dispatch_minutes(&self, frame: &Frame) -> i64 {
        let targets = &frame.targets.dispatch;
        if self.urgent {
            targets.urgent_minutes
        } else if self.severity >= targets.severe_from {
            targets.severe_minutes
        } else {
            targets.ordinary_minutes
        }
    }
}

fn sent(row: &DispatchRow, frame: &Frame) -> bool {
    frame.covers(row.sent_at)
}
fn first(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.ordinal == 1
}
fn redispatch(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.ordinal > 1
}
fn dispatched_on_time(row: &DispatchRow, frame: &Frame) -> bool {
    row.sent_at <= row.received_at.plus_seconds(60 * row.dispatch_minutes(frame))
}
fn signed(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.signed_at.is_some()
}
fn has_sign_limit(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.sign_due_at.is_some()
}
fn signed_on_time(row: &DispatchRow, _: &Frame) -> bool {
    row.signed_at.zip(row.sign_due_at).is_some_and(|(signed, due)| signed <= due)
}
fn returned(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.fate(frame) == Fate::Returned
}
fn returned_and_sent_on(row: &DispatchRow, frame: &Frame) -> bool {
    returned(row, frame) && row.sent_on
}
fn taken_back(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.fate(frame) == Fate::TakenBack
}
fn done_on_time(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.fate(frame) == Fate::DoneOnTime
}
fn done_late(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.fate(frame) == Fate::DoneLate
}
fn done(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.answered_at.is_some()
}
fn open(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && matches!(row.fate(frame), Fate::Open | Fate::OpenOverdue)
}
fn open_overdue(row: &DispatchRow, frame: &Frame) -> bool {
    sent(row, frame) && row.fate(frame) == Fate::OpenOverdue
}
/// The unit's to complete, and the limit lay in the period.
fn fell_due(row: &DispatchRow, frame: &Frame) -> bool {
    row.due_at.is_some_and(|due| frame.covers(due) && (due <= frame.as_of || row.answered_at.is_some()))
        && !matches!(row.fate(frame), Fate::Returned | Fate::TakenBack)
}
fn completed_in_time(row: &DispatchRow, frame: &Frame) -> bool {
    row.fate(frame) == Fate::DoneOnTime
}
fn settled_by_first(row: &DispatchRow, _: &Frame) -> bool {
    row.answered_at.is_some() && !row.sent_on
}
fn was_closed(row: &DispatchRow, frame: &Frame) -> bool {
    done(row, frame) && (row.closed_at.is_some() || row.reopened > 0)
}
fn is_closed(row: &DispatchRow, frame: &Frame) -> bool {
    done(row, frame) && row.closed_at.is_some()
}
fn reopened(row: &DispatchRow, frame: &Frame) -> bool {
    done(row, frame) && row.reopened > 0
}
fn route_notice(row: &DispatchRow, _: &Frame) -> bool {
    row.route_notice_at.is_some()
}
fn rated(row: &DispatchRow, frame: &Frame) -> bool {
    done(row, frame) && row.satisfaction.is_some()
}
fn satisfied(row: &DispatchRow, frame: &Frame) -> bool {
    row.satisfaction.is_some_and(|score| score >= frame.targets.callback.satisfied_from)
}
fn seconds_to_answer(row: &DispatchRow, frame: &Frame) -> Option<i64> {
    row.answered_at.filter(|_| sent(row, frame)).map(|answered| answered.seconds_since(row.sent_at))
}

/// The columns, in the order they are shown. `dispatched` = `done-on-time` + `done-late` + `returned` +
/// `taken-back` + `open`.
pub fn measures() -> Vec<Measure<DispatchRow>> {
    let count = |id, test| Measure { id, how: How::Count(test) };
    let share = |id, of, among| Measure { id, how: How::Share { of, among } };
    vec![
        count("dispatched", sent),
        count("signed", signed),
        count("done-on-time", done_on_time),
        count("done-late", done_late),
        count("returned", returned),
        count("returned-sent-on", returned_and_sent_on),
        count("taken-back", taken_back),
        count("open", open),
        count("open-overdue", open_overdue),
        count("by-redispatch", redispatch),
        count("reopened", reopened),
        Measure { id: "median-days", how: How::MedianDays(seconds_to_answer) },
        share("dispatch-on-time", dispatched_on_time, first),
        share("sign-on-time", signed_on_time, has_sign_limit),
        share("return-rate", returned, sent),
        share("first-dispatch-accuracy", settled_by_first, first),
        share("completion-on-time", completed_in_time, fell_due),
        share("reopen-rate", reopened, was_closed),
        share("route-notice-rate", route_notice, is_closed),
        share("unit-satisfaction", satisfied, rated),
    ]
}
