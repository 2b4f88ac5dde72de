//! An investigation as its changes make it.

use domain::{PointId, Timestamp};

use super::change::{
    Correction, InvestigationChange, IssuedLetter, LearningNote, NewEvidence, Preserve, Statement, Support,
};
use super::words::{CheckResult, Preservation, Reader, Side};
use crate::intake::{EvidenceKind, EvidenceStatus};

/// Somebody was asked for a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub of: String,
    pub due_at: Timestamp,
}

/// A request to preserve, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreserveView {
    pub due_at: Timestamp,
    pub overwritten_at: Option<Timestamp>,
    pub state: Preservation,
    pub remark: String,
}

impl PreserveView {
    fn asked(preserve: &Preserve) -> Self {
        Self {
            due_at: preserve.due_at,
            overwritten_at: preserve.overwritten_at,
            state: Preservation::Asked,
            remark: String::new(),
        }
    }

    /// Nobody has said in time that it is kept.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == Preservation::Asked && now > self.due_at
    }
}

/// One entry of the evidence register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    pub id: String,
    pub kind: EvidenceKind,
    pub what: String,
    pub state: EvidenceStatus,
    /// Why it is not available.
    pub why: String,
    pub holder: Side,
    pub readers: Vec<Reader>,
    /// Set while it was asked for and has not come.
    pub request: Option<Request>,
    pub received_at: Option<Timestamp>,
    pub sha256: Option<String>,
    pub attachment: Option<String>,
    pub recording: Option<String>,
    pub preserve: Option<PreserveView>,
}

impl EvidenceView {
    fn named(entry: &NewEvidence) -> Self {
        Self {
            id: entry.evidence.clone(),
            kind: entry.evidence_kind,
            what: entry.what.clone(),
            state: entry.state,
            why: entry.why.clone(),
            holder: entry.holder,
            readers: entry.readers.clone(),
            request: None,
            received_at: None,
            sha256: None,
            attachment: None,
            recording: None,
            preserve: entry.preserve.as_ref().map(PreserveView::asked),
        }
    }

    /// Asked to be preserved, and nobody has said whether it was.
    pub fn is_at_risk(&self) -> bool {
        self.preserve.as_ref().is_some_and(|one| one.state == Preservation::Asked)
            && self.state == EvidenceStatus::Promised
    }

    /// Whether one of these may read it.
    pub fn is_for(&self, readers: &[Reader]) -> bool {
        self.readers.iter().any(|reader| readers.contains(reader))
    }
}

/// A side was given the chance to reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyView {
    pub side: Side,
    pub about: String,
    pub due_at: Timestamp,
    /// It has replied, or somebody said why its reply is not waited for.
    pub settled: bool,
}

/// A corrective action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionView {
    pub plan: Correction,
    /// When it is looked at next; none once that is over.
    pub check_at: Option<Timestamp>,
    pub result: Option<CheckResult>,
    pub remark: String,
}

/// What an investigation has brought so far. All of it outlives a reopening but the support of findings, which falls
/// with the findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvestigationView {
    pub evidence: Vec<EvidenceView>,
    pub statements: Vec<Statement>,
    /// Sides that are not heard, and why.
    pub waived: Vec<(Side, String)>,
    pub replies: Vec<ReplyView>,
    pub support: Vec<(PointId, Support)>,
    pub corrections: Vec<CorrectionView>,
    pub learning: Vec<LearningNote>,
    pub letters: Vec<IssuedLetter>,
    /// Letters that came, by their ids, and what their readers said to it.
    pub acknowledged: Vec<(String, String)>,
}

impl InvestigationView {
    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&EvidenceView> {
        self.evidence.iter().find(|entry| entry.id == id)
    }

    /// On what the finding of a point rests.
    pub fn support_of(&self, point: &PointId) -> Option<&Support> {
        self.support.iter().find(|(known, _)| known == point).map(|(_, support)| support)
    }

    /// The corrective action with this id.
    pub fn correction(&self, id: &str) -> Option<&CorrectionView> {
        self.corrections.iter().find(|one| one.plan.correction == id)
    }

    /// Whether a side was heard, or somebody said why not.
    pub fn is_heard(&self, side: Side) -> bool {
        self.statements.iter().any(|one| one.side == side) || self.waived.iter().any(|(one, _)| *one == side)
    }

    /// The investigation after one more change.
    pub fn apply(&mut self, change: &InvestigationChange) {
        match change {
            InvestigationChange::EvidenceNamed(entry) => self.evidence.push(EvidenceView::named(entry)),
            InvestigationChange::StatementRecorded(statement) => {
                self.settle(statement.side);
                self.statements.push(statement.clone());
            }
            InvestigationChange::StatementWaived { side, reason } => {
                self.settle(*side);
                self.waived.push((*side, reason.clone()));
            }
            InvestigationChange::ReplyOffered { side, about, due_at } => {
                let (side, about, due_at) = (*side, about.clone(), *due_at);
                self.replies.push(ReplyView { side, about, due_at, settled: false });
            }
            InvestigationChange::FindingSupported { point, support } => {
                self.support.retain(|(known, _)| known != point);
                self.support.push((point.clone(), support.clone()));
            }
            InvestigationChange::CorrectionPlanned(plan) => self.corrections.push(CorrectionView {
                check_at: Some(plan.check_at),
                plan: plan.clone(),
                result: None,
                remark: String::new(),
            }),
            InvestigationChange::CorrectionChecked { correction, result, remark, again_at } => {
                for one in self.corrections.iter_mut().filter(|one| one.plan.correction == *correction) {
                    one.result = Some(*result);
                    one.remark.clone_from(remark);
                    one.check_at = *again_at;
                }
            }
            InvestigationChange::LearningNoted(note) => self.learning.push(note.clone()),
            InvestigationChange::LetterIssued(letter) => self.letters.push(letter.clone()),
            InvestigationChange::LetterAcknowledged { letter, remark } => {
                self.acknowledged.push((letter.clone(), remark.clone()));
            }
            change => self.apply_to_entry(change),
        }
    }

    fn apply_to_entry(&mut self, change: &InvestigationChange) {
        let Some(id) = change.evidence() else { return };
        let Some(entry) = self.evidence.iter_mut().find(|entry| entry.id == id) else { return };
        match change {
            InvestigationChange::EvidenceRequested { of, due_at, .. } => {
                entry.request = Some(Request { of: of.clone(), due_at: *due_at });
                entry.state = EvidenceStatus::Promised;
            }
            InvestigationChange::EvidenceReceived { receipt, .. } => {
                entry.state = EvidenceStatus::Held;
                entry.why.clear();
                entry.request = None;
                entry.received_at = Some(receipt.at);
                entry.sha256.clone_from(&receipt.sha256);
                entry.attachment.clone_from(&receipt.attachment);
                entry.recording.clone_from(&receipt.recording);
                // What is in our hands is not overwritten any more.
                if let Some(preserve) = &mut entry.preserve {
                    preserve.state = Preservation::Kept;
                }
            }
            InvestigationChange::EvidenceMissed { why, .. } => miss(entry, why),
            InvestigationChange::EvidenceShared { readers, .. } => entry.readers.clone_from(readers),
            InvestigationChange::PreservationAsked { preserve, .. } => {
                entry.preserve = Some(PreserveView::asked(preserve));
            }
            InvestigationChange::PreservationTold { kept, remark, .. } => {
                if let Some(preserve) = &mut entry.preserve {
                    preserve.state = if *kept { Preservation::Kept } else { Preservation::Lost };
                    preserve.remark.clone_from(remark);
                }
                if !kept {
                    miss(entry, remark);
                }
            }
            _ => {}
        }
    }

    fn settle(&mut self, side: Side) {
        self.replies.iter_mut().filter(|reply| reply.side == side).for_each(|reply| reply.settled = true);
    }
}

fn miss(entry: &mut EvidenceView, why: &str) {
    entry.state = EvidenceStatus::NotAvailable;
    why.clone_into(&mut entry.why);
    entry.request = None;
}
