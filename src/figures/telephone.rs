//! The telephone figures: who asked for a person, who was answered, how long it took.
//!
//! A call is one caller, however often it asks for a person; what it asks again after a conversation is counted apart.
//! Clock basis: the moment of entering the queue. Five formulas of the service level are in use and give five
//! answers for the same day, so all five are shown, each with its formula.

use domain::Timestamp;

use crate::Frame;
use crate::measure::{How, Measure};

/// One caller who asked for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    pub entry_id: String,
    pub call_id: String,
    /// Conversations that the call had before: 0 for whoever asked the first time.
    pub visit: u32,
    pub line: String,
    pub queue: String,
    /// Hidden but for its last digits; `None`: withheld.
    pub phone: Option<String>,
    pub entered_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// answered, abandoned, moved_to_callback, nobody_there; `None`: still waiting or just answered.
    pub outcome: Option<String>,
}

impl QueueRow {
    /// Seconds until answered, gone, or now.
    pub fn wait(&self, frame: &Frame) -> i64 {
        self.answered_at.or(self.ended_at).unwrap_or(frame.as_of).seconds_since(self.entered_at)
    }

    /// Whether nobody has answered and the caller has not gone.
    pub fn is_waiting(&self) -> bool {
        self.answered_at.is_none() && self.ended_at.is_none()
    }
}

/// A call counts once, by its first visit: it comes again only after a conversation.
fn offered(row: &QueueRow, frame: &Frame) -> bool {
    frame.covers(row.entered_at) && row.visit == 0
}
fn asked_again(row: &QueueRow, frame: &Frame) -> bool {
    frame.covers(row.entered_at) && row.visit > 0
}
fn answered(row: &QueueRow, frame: &Frame) -> bool {
    offered(row, frame) && row.answered_at.is_some()
}
fn ended_as(row: &QueueRow, frame: &Frame, outcome: &str) -> bool {
    offered(row, frame) && row.answered_at.is_none() && row.outcome.as_deref() == Some(outcome)
}
fn abandoned(row: &QueueRow, frame: &Frame) -> bool {
    ended_as(row, frame, "abandoned")
}
fn moved(row: &QueueRow, frame: &Frame) -> bool {
    ended_as(row, frame, "moved_to_callback")
}
fn waiting(row: &QueueRow, frame: &Frame) -> bool {
    offered(row, frame) && row.is_waiting()
}
/// Everything else that ended without an answer: nobody there, out of hours, house error.
fn unserved(row: &QueueRow, frame: &Frame) -> bool {
    offered(row, frame)
        && !answered(row, frame)
        && !abandoned(row, frame)
        && !moved(row, frame)
        && !waiting(row, frame)
}
fn within_level(row: &QueueRow, frame: &Frame) -> bool {
    row.wait(frame) <= frame.targets.telephone.service_level_seconds
}
fn quick(row: &QueueRow, frame: &Frame) -> bool {
    answered(row, frame) && row.wait(frame) <= frame.targets.telephone.answer_seconds
}
fn answered_within(row: &QueueRow, frame: &Frame) -> bool {
    answered(row, frame) && within_level(row, frame)
}
fn answered_or_abandoned(row: &QueueRow, frame: &Frame) -> bool {
    answered(row, frame) || abandoned(row, frame)
}
fn either_within(row: &QueueRow, frame: &Frame) -> bool {
    answered_or_abandoned(row, frame) && within_level(row, frame)
}
fn answered_or_abandoned_after(row: &QueueRow, frame: &Frame) -> bool {
    answered(row, frame) || (abandoned(row, frame) && !within_level(row, frame))
}
fn abandoned_for_good(row: &QueueRow, frame: &Frame) -> bool {
    abandoned(row, frame) && row.wait(frame) > frame.targets.telephone.short_abandon_seconds
}
fn answered_or_abandoned_for_good(row: &QueueRow, frame: &Frame) -> bool {
    answered(row, frame) || abandoned_for_good(row, frame)
}
fn wait_of_answered(row: &QueueRow, frame: &Frame) -> Option<i64> {
    answered(row, frame).then(|| row.wait(frame))
}
fn wait_of_all(row: &QueueRow, frame: &Frame) -> Option<i64> {
    offered(row, frame).then(|| row.wait(frame))
}

/// The columns. `offered` = `answered` + `abandoned` + `moved-to-callback` + `unserved` + `waiting`.
pub fn measures() -> Vec<Measure<QueueRow>> {
    let count = |id, test| Measure { id, how: How::Count(test) };
    let share = |id, of, among| Measure { id, how: How::Share { of, among } };
    vec![
        count("offered", offered),
        count("answered", answered),
        count("abandoned", abandoned),
        count("moved-to-callback", moved),
        count("unserved", unserved),
        count("waiting", waiting),
        count("asked-again", asked_again),
        share("connect-rate", answered, offered),
        share("quick-rate", quick, answered),
        share("service-level-1", either_within, answered_or_abandoned),
        share("service-level-2", answered_within, answered),
        share("service-level-3", answered_within, answered_or_abandoned),
        share("service-level-4", answered_within, answered_or_abandoned_after),
        share("service-level-5", answered_within, answered_or_abandoned_for_good),
        share("abandoned-rate", abandoned_for_good, offered),
        Measure { id: "mean-wait", how: How::MeanSeconds(wait_of_answered) },
        Measure { id: "median-wait", how: How::PercentileSeconds(wait_of_answered, 50) },
        Measure { id: "p90-wait", how: How::PercentileSeconds(wait_of_answered, 90) },
        Measure { id: "longest-wait", how: How::LongestSeconds(wait_of_all) },
    ]
}
