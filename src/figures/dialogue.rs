//! The dialogue report: who wanted one, what came of it, and how long things took.
//!
//! Clock basis: the cohort of complainants by the day they answered the offer. Every offer has exactly one fate, so that
//! the columns balance; what runs is so as of the report's moment.

use domain::Timestamp;

use crate::measure::{How, Measure};
use crate::table::Cell;
use crate::{Frame, Ratio};

/// One complaint whose complainant answered whether a dialogue is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogueRow {
    pub case_id: String,
    pub case_number: String,
    pub line: String,
    /// The stored stage.
    pub stage: String,
    pub accepted: bool,
    /// At least one point qualifies.
    pub eligible: bool,
    /// One code per point: `eligible`, `other_track`, `unclear`, or the ground against it.
    pub verdicts: Vec<String>,
    pub motive: Option<String>,
    /// `region` or `site`.
    pub owner_kind: Option<String>,
    /// Code of the regional office.
    pub region: Option<String>,
    pub department: Option<String>,
    pub answered_at: Timestamp,
    /// When the owner had it.
    pub received_at: Option<Timestamp>,
    /// First invitation, first talk on the telephone about it, or the dialogue itself.
    pub contacted_at: Option<Timestamp>,
    /// The end of the four weeks.
    pub due_at: Option<Timestamp>,
    pub held_at: Option<Timestamp>,
    pub form: Option<String>,
    pub companion: Option<String>,
    pub companion_came: bool,
    pub site_refused: bool,
    /// Learning notes.
    pub learned: i64,
    /// What the complainant decided after it; none: it did not take place, or the decision is still to come.
    pub decided: Option<String>,
    pub forward_reason: Option<String>,
    pub to_forward_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
}

/// Stages in which a dialogue may still take place.
const BEFORE: [&str; 4] = ["accepted", "received", "invited", "unclear"];
/// Reasons for forwarding that nobody decided: the time was over.
const BY_ITSELF: [&str; 2] = ["undecided", "overrun"];

impl DialogueRow {
    fn both(&self) -> bool {
        self.accepted && self.eligible
    }

    fn is(&self, decided: &[&str]) -> bool {
        self.decided.as_deref().is_some_and(|code| decided.contains(&code))
    }

    fn may_still_come(&self) -> bool {
        self.held_at.is_none() && BEFORE.contains(&self.stage.as_str())
    }
}

type Row = DialogueRow;

fn offered(row: &Row, frame: &Frame) -> bool {
    frame.covers(row.answered_at)
}
fn accepted(row: &Row, frame: &Frame) -> bool {
    offered(row, frame) && row.accepted
}
fn eligible(row: &Row, frame: &Frame) -> bool {
    offered(row, frame) && row.eligible
}
fn both(row: &Row, frame: &Frame) -> bool {
    offered(row, frame) && row.both()
}
fn not_wanted(row: &Row, frame: &Frame) -> bool {
    offered(row, frame) && !row.accepted
}
fn not_eligible(row: &Row, frame: &Frame) -> bool {
    accepted(row, frame) && !row.eligible
}
fn held(row: &Row, frame: &Frame) -> bool {
    both(row, frame) && row.held_at.is_some()
}
fn open(row: &Row, frame: &Frame) -> bool {
    both(row, frame) && row.may_still_come()
}
fn not_held(row: &Row, frame: &Frame) -> bool {
    both(row, frame) && row.held_at.is_none() && !row.may_still_come()
}
/// Its four weeks are over, or it ended before.
fn settled(row: &Row, frame: &Frame) -> bool {
    let over = row.due_at.is_some_and(|due| due < frame.as_of);
    both(row, frame) && (over || !row.may_still_come())
}
fn in_time(row: &Row, _: &Frame) -> bool {
    row.held_at.is_some_and(|held| row.due_at.is_none_or(|due| held <= due))
}
fn received(row: &Row, frame: &Frame) -> bool {
    both(row, frame) && row.received_at.is_some() && (row.contacted_at.is_some() || late_by_now(row, frame))
}
fn late_by_now(row: &Row, frame: &Frame) -> bool {
    !row.may_still_come() || contact_due(row, frame).is_some_and(|due| due < frame.as_of)
}
fn contact_due(row: &Row, frame: &Frame) -> Option<Timestamp> {
    row.received_at.map(|received| received.plus_seconds(86_400 * frame.targets.dialogue.contact_days))
}
fn contacted_in_time(row: &Row, frame: &Frame) -> bool {
    row.contacted_at.zip(contact_due(row, frame)).is_some_and(|(contacted, due)| contacted <= due)
}
fn meeting(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.form.as_deref() == Some("meeting")
}
fn telephone(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.form.as_deref() == Some("telephone")
}
fn came_along(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.companion_came
}
fn relative(row: &Row, frame: &Frame) -> bool {
    came_along(row, frame) && row.companion.as_deref() == Some("relative")
}
fn friend(row: &Row, frame: &Frame) -> bool {
    came_along(row, frame) && row.companion.as_deref() == Some("friend")
}
fn volunteer(row: &Row, frame: &Frame) -> bool {
    came_along(row, frame) && row.companion.as_deref() == Some("volunteer")
}
fn refused(row: &Row, frame: &Frame) -> bool {
    both(row, frame) && row.site_refused
}
fn decided(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.decided.is_some()
}
fn undecided_yet(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.decided.is_none()
}
fn withdrawn(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.is(&["withdrawn", "satisfied"])
}
fn maintained(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.is(&["maintained"])
}
fn extended(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.is(&["extended", "extended_and_dropped"])
}
fn dropped(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.is(&["dropped", "extended_and_dropped"])
}
fn undecided(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.is(&["undecided"])
}
fn by_itself(row: &Row, frame: &Frame) -> bool {
    offered(row, frame) && row.forward_reason.as_deref().is_some_and(|reason| BY_ITSELF.contains(&reason))
}
fn learned(row: &Row, frame: &Frame) -> bool {
    held(row, frame) && row.learned > 0
}
fn forwarding(row: &Row, frame: &Frame) -> Option<i64> {
    let span = row.to_forward_at.zip(row.sent_at).filter(|_| offered(row, frame));
    span.map(|(to_forward, sent)| sent.seconds_since(to_forward))
}

/// The columns, in the order they are shown. `dialogues-offered` = `dialogue-not-wanted` + `dialogue-not-eligible` +
/// `dialogue-open` + `dialogue-held` + `dialogue-not-held`.
pub fn measures() -> Vec<Measure<DialogueRow>> {
    let count = |id, test| Measure { id, how: How::Count(test) };
    let share = |id, of, among| Measure { id, how: How::Share { of, among } };
    vec![
        count("dialogues-offered", offered),
        count("dialogue-not-wanted", not_wanted),
        count("dialogue-not-eligible", not_eligible),
        count("dialogue-open", open),
        count("dialogue-held", held),
        count("dialogue-not-held", not_held),
        count("dialogue-meeting", meeting),
        count("dialogue-telephone", telephone),
        count("dialogue-with-relative", relative),
        count("dialogue-with-friend", friend),
        count("dialogue-with-volunteer", volunteer),
        count("dialogue-site-refused", refused),
        count("dialogue-withdrawn", withdrawn),
        count("dialogue-maintained", maintained),
        count("dialogue-extended", extended),
        count("dialogue-dropped", dropped),
        count("dialogue-undecided", undecided),
        count("dialogue-decision-awaited", undecided_yet),
        count("dialogue-forwarded-by-itself", by_itself),
        Measure { id: "dialogue-forwarding-days", how: How::MedianDays(forwarding) },
        share("dialogue-uptake", accepted, offered),
        share("dialogue-eligible-rate", eligible, offered),
        share("dialogue-contact-rate", contacted_in_time, received),
        share("dialogue-in-time", in_time, settled),
        share("dialogue-companion-rate", came_along, held),
        share("dialogue-withdrawal-rate", withdrawn, decided),
        share("dialogue-learning-rate", learned, held),
    ]
}

/// Columns of the table of verdicts.
pub const OF_VERDICTS: [(&str, bool); 2] = [("verdict-points", false), ("verdict-share", true)];

/// How many points of the rows got a verdict, and their share of all points that were judged.
pub fn verdict_cells(rows: &[DialogueRow], code: Option<&str>, least: u64) -> Vec<Cell> {
    let all = || rows.iter().flat_map(|row| &row.verdicts);
    let found = all().filter(|verdict| code.is_none_or(|code| *verdict == code)).count() as u64;
    let share = Cell::Ratio(Ratio { numerator: found, denominator: all().count() as u64 });
    vec![Cell::Count(found), few(share, least)]
}

/// A share of fewer than `least` is no percentage: one more or less would move it by too much.
pub fn few(cell: Cell, least: u64) -> Cell {
    match cell {
        Cell::Ratio(ratio) if ratio.denominator > 0 && ratio.denominator < least => Cell::FewOf(ratio),
        other => other,
    }
}

#[cfg(test)]
#[path = "dialogue_tests.rs"]
mod tests;
