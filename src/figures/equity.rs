//! The equity report: what became of cases, by language, channel and region, so that a group that fares worse is seen.
//!
//! Clock basis: the cohort of cases by the day they were received; what is open is so as of the report's moment. Every case
//! has exactly one fate, so that the columns balance.

use domain::Timestamp;

use crate::Frame;
use crate::measure::{How, Measure};

/// One case with what the report needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EquityRow {
    pub case_number: String,
    pub line: String,
    /// Language the complainant is spoken to in, as `da`.
    pub language: String,
    /// `call`, `message`, `page`, `open311`, `api`; none where the house itself opened it, as by a split.
    pub channel: Option<String>,
    /// Code or name of the institution of the first point.
    pub institution: Option<String>,
    /// Region of that institution.
    pub region: Option<String>,
    pub category: Option<String>,
    pub request_type: String,
    /// The stored status.
    pub status: String,
    pub received_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// How often it was reopened.
    pub reopened: i64,
    /// Points that stand and have a finding.
    pub found: i64,
    /// Of these, upheld in whole or part.
    pub upheld: i64,
    /// "Is it solved?", if answered at a follow-up.
    pub solved: Option<bool>,
    /// Score (1–5), if given at a follow-up.
    pub satisfaction: Option<i64>,
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Refused,
    /// Withdrawn, terminated, merged, forwarded or put away without an answer.
    EndedOtherwise,
    Answered,
    Open,
}

impl EquityRow {
    /// What became of it, as of the moment the rows were read.
    pub fn fate(&self) -> Fate {
        match self.status.as_str() {
            "not_accepted" => Fate::Refused,
            "withdrawn" | "terminated" | "merged" | "forwarded" => Fate::EndedOtherwise,
            _ if self.answered_at.is_some() => Fate::Answered,
            _ if self.closed_at.is_some() || self.status == "archived" => Fate::EndedOtherwise,
            _ => Fate::Open,
        }
    }
}

type Row = EquityRow;

fn received(row: &Row, frame: &Frame) -> bool {
    frame.covers(row.received_at)
}
fn refused(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.fate() == Fate::Refused
}
fn ended_otherwise(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.fate() == Fate::EndedOtherwise
}
fn answered(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.fate() == Fate::Answered
}
fn open(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.fate() == Fate::Open
}
/// Answered, or its limit has passed without an answer.
fn had_its_time(row: &Row, frame: &Frame) -> bool {
    let passed = row.due_at.is_some_and(|due| due < frame.as_of);
    answered(row, frame) || (open(row, frame) && passed)
}
fn in_time(row: &Row, _: &Frame) -> bool {
    row.answered_at.is_some_and(|answered| row.due_at.is_none_or(|due| answered <= due))
}
fn judged(row: &Row, frame: &Frame) -> bool {
    answered(row, frame) && row.found > 0
}
fn upheld(row: &Row, _: &Frame) -> bool {
    row.upheld > 0
}
fn asked(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.solved.is_some()
}
fn solved(row: &Row, _: &Frame) -> bool {
    row.solved == Some(true)
}
fn rated(row: &Row, frame: &Frame) -> bool {
    received(row, frame) && row.satisfaction.is_some()
}
fn satisfied(row: &Row, frame: &Frame) -> bool {
    row.satisfaction.is_some_and(|score| score >= frame.targets.callback.satisfied_from)
}
fn came_back(row: &Row, _: &Frame) -> bool {
    row.reopened > 0
}
fn seconds_to_answer(row: &Row, frame: &Frame) -> Option<i64> {
    row.answered_at.filter(|_| answered(row, frame)).map(|answered| answered.seconds_since(row.received_at))
}

/// The columns, in the order they are shown. `cases-received` = `cases-refused` + `cases-ended-otherwise` +
/// `cases-answered` + `cases-open`.
pub fn measures() -> Vec<Measure<EquityRow>> {
    let count = |id, test| Measure { id, how: How::Count(test) };
    let share = |id, of, among| Measure { id, how: How::Share { of, among } };
    vec![
        count("cases-received", received),
        count("cases-refused", refused),
        count("cases-ended-otherwise", ended_otherwise),
        count("cases-answered", answered),
        count("cases-open", open),
        Measure { id: "answer-days", how: How::MedianDays(seconds_to_answer) },
        share("refused-rate", refused, received),
        share("answered-in-time-rate", in_time, had_its_time),
        share("upheld-rate", upheld, judged),
        share("asked-rate", asked, answered),
        share("found-solved-rate", solved, asked),
        share("found-satisfied-rate", satisfied, rated),
        share("came-back-rate", came_back, answered),
    ]
}

#[cfg(test)]
#[path = "equity_tests.rs"]
mod tests;
