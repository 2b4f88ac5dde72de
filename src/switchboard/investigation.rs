//! The investigation of a case: the evidence register, statements, what findings rest on, corrective actions, learning
//! notes. The rules decide; here is what they cannot know: which files the case has, which standard holds today, the
//! hour.

pub mod addressee;
pub mod letters;
pub(crate) mod register;
pub mod watching;

use complaints::firewall::Recipient;
pub use complaints::intake::{Evidence, EvidenceKind, EvidenceStatus};
pub use complaints::investigation::{
    CheckResult, Correction, CorrectionView, EvidenceView, InvestigationAction, InvestigationView,
    IssuedLetter, LearningNote, LetterKind, NewEvidence, Preservation, Preserve, Reader, Receipt, Side,
    Statement, StatementForm, Support,
};
use complaints::{Action, EvidenceRules, PointAnswer, StepKind};
use domain::{CaseId, PointId, RecordingId, Timestamp};
use serde_json::Value;

use crate::case_work::CaseWork;
use crate::rights::{CaseWorker, Desk};
use crate::{Error, Result, fresh_id, sight};

pub(crate) use register::{carry_out, open};

/// An answer with what it rests on: all of it is done, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroundedAnswer {
    pub points: Vec<PointAnswer>,
    /// Why co-handlers who have not reported are not waited for.
    pub without_report: Option<String>,
    /// What the two sides said, or why one was not heard.
    pub sides: Vec<InvestigationAction>,
    pub support: Vec<(PointId, Support)>,
}

impl Desk<CaseWorker> {
    /// Does one thing in the investigation of a case that the person saw at `version`.
    pub async fn inquire(&self, id: &CaseId, version: i64, action: InvestigationAction) -> Result<()> {
        self.work_on(id, version, move |hand| inquire(hand, action.clone())).await
    }

    /// Answers every point, with what was heard and what the findings rest on.
    pub async fn answer_grounded(&self, id: &CaseId, version: i64, answer: GroundedAnswer) -> Result<()> {
        self.work_on(id, version, move |hand| answer_with(hand, answer.clone(), &Value::Null)).await
    }
}

/// Answers in the middle of a transaction; `told` is written beside the answer.
pub(crate) fn answer_with(hand: &mut CaseWork<'_, '_>, answer: GroundedAnswer, told: &Value) -> Result<()> {
    for side in answer.sides {
        inquire(hand, side)?;
    }
    let (points, without_report) = (answer.points, answer.without_report);
    hand.act_saying(&Action::Answer { points, without_report }, told)?;
    for (point, support) in answer.support {
        inquire(hand, InvestigationAction::SupportFinding { point, support })?;
    }
    Ok(())
}

/// Logs a step in the middle of a transaction; `told` is written beside it. Footage that is asked for stands in the register
/// at once, and is asked to be preserved where it is overwritten; one that is open there already is not entered twice.
pub(crate) fn step_with(
    hand: &mut CaseWork<'_, '_>,
    kind: StepKind,
    note: String,
    told: &Value,
) -> Result<()> {
    hand.act_saying(&Action::LogStep { kind, note: note.clone() }, told)?;
    if kind != StepKind::FootageRequested {
        return Ok(());
    }
    let open = |entry: &EvidenceView| {
        let theirs = entry.kind == EvidenceKind::Footage && entry.holder == Side::Institution;
        theirs && entry.state == EvidenceStatus::Promised
    };
    if hand.view()?.investigation.evidence.iter().any(open) {
        return Ok(());
    }
    inquire(
        hand,
        InvestigationAction::NameEvidence(NewEvidence {
            evidence: String::new(),
            evidence_kind: EvidenceKind::Footage,
            what: note,
            state: EvidenceStatus::Promised,
            why: String::new(),
            holder: Side::Institution,
            readers: Vec::new(),
            preserve: None,
        }),
    )
}

fn inquire(hand: &mut CaseWork<'_, '_>, action: InvestigationAction) -> Result<()> {
    seen(hand, &action)?;
    let action = completed(hand, action)?;
    hand.act(&Action::Investigate(action))
}

/// An entry that one may not read is not there.
fn seen(hand: &mut CaseWork<'_, '_>, action: &InvestigationAction) -> Result<()> {
    let named = match action {
        InvestigationAction::RequestEvidence { evidence, .. }
        | InvestigationAction::ReceiveEvidence { evidence, .. }
        | InvestigationAction::MissEvidence { evidence, .. }
        | InvestigationAction::ShareEvidence { evidence, .. }
        | InvestigationAction::AskPreservation { evidence, .. }
        | InvestigationAction::TellPreservation { evidence, .. } => std::slice::from_ref(evidence),
        InvestigationAction::SupportFinding { support, .. } => support.evidence.as_slice(),
        _ => &[],
    };
    if named.is_empty() {
        return Ok(());
    }
    let Some(person) = hand.person else { return Ok(()) };
    let readers = sight::readers(hand.tx, hand.house, person, &hand.case.id)?;
    let view = hand.view()?;
    let hidden = |id: &String| view.investigation.entry(id).is_some_and(|entry| !entry.is_for(readers));
    if named.iter().any(hidden) { Err(Error::NotFound) } else { Ok(()) }
}

/// What stands with the house and not with who asks.
fn completed(hand: &mut CaseWork<'_, '_>, action: InvestigationAction) -> Result<InvestigationAction> {
    let now = hand.now;
    Ok(match action {
        InvestigationAction::NameEvidence(entry) => {
            InvestigationAction::NameEvidence(register::entered(hand, entry))
        }
        InvestigationAction::RequestEvidence { evidence, of, due_at } => {
            to_come(due_at, now)?;
            InvestigationAction::RequestEvidence { evidence, of, due_at }
        }
        InvestigationAction::ReceiveEvidence { evidence, receipt } => {
            let receipt = with_hash(hand, receipt)?;
            InvestigationAction::ReceiveEvidence { evidence, receipt }
        }
        InvestigationAction::AskPreservation { evidence, preserve } => {
            to_come(preserve.due_at, now)?;
            InvestigationAction::AskPreservation { evidence, preserve }
        }
        InvestigationAction::RecordStatement(statement) => {
            past(statement.at, now)?;
            InvestigationAction::RecordStatement(statement)
        }
        InvestigationAction::OfferReply { side, about, due_at } => {
            to_come(due_at, now)?;
            InvestigationAction::OfferReply { side, about, due_at }
        }
        InvestigationAction::SupportFinding { point, support } => {
            holds(hand, &support.standard)?;
            InvestigationAction::SupportFinding { point, support }
        }
        InvestigationAction::PlanCorrection(plan) => {
            to_come(plan.due_at, now)?;
            InvestigationAction::PlanCorrection(Correction { correction: fresh_id(), ..plan })
        }
        InvestigationAction::CheckCorrection { again_at: Some(again_at), .. } if again_at <= now => {
            return Err(Error::refused("refused-date-past"));
        }
        InvestigationAction::NoteLearning(note) => {
            // Whatever tells who complains or is treated stays out of it, whoever reads it later.
            let screen = sight::screen_for(hand.tx, Recipient::Public, &hand.case)?;
            let words = screen.text(note.words.trim());
            let rule_gap = screen.text(note.rule_gap.trim());
            InvestigationAction::NoteLearning(LearningNote { learning: fresh_id(), words, rule_gap, ..note })
        }
        other => other,
    })
}

fn to_come(at: Timestamp, now: Timestamp) -> Result<()> {
    if at > now { Ok(()) } else { Err(Error::refused("refused-date-past")) }
}

fn past(at: Timestamp, now: Timestamp) -> Result<()> {
    if at <= now { Ok(()) } else { Err(Error::refused("refused-date-to-come")) }
}

/// The standard must be one of the profile, and hold today. That one is missing, the rules say.
fn holds(hand: &CaseWork<'_, '_>, code: &str) -> Result<()> {
    if code.trim().is_empty() {
        return Ok(());
    }
    let zone = hand.house.zone_of(&hand.case.line);
    let rules: &EvidenceRules = &hand.house.evidence;
    let mut standards = rules.standards(&hand.case.profile, hand.now.service_day(zone));
    let known = standards.any(|standard| standard.code == code);
    if known { Ok(()) } else { Err(Error::refused("refused-standard-unknown")) }
}

/// The receipt with the hash of the file or recording, which must be one of the case.
fn with_hash(hand: &mut CaseWork<'_, '_>, mut receipt: Receipt) -> Result<Receipt> {
    past(receipt.at, hand.now)?;
    if let Some(id) = &receipt.attachment {
        let file = store::attachments::get(hand.tx, id)?;
        if file.case != hand.case.id {
            return Err(Error::NotFound);
        }
        receipt.sha256 = Some(file.sha256);
    }
    if let Some(id) = &receipt.recording {
        let id = RecordingId::new(id.as_str());
        let of_case = store::recordings::of_case(hand.tx, &hand.case.id)?;
        let row = of_case.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
        receipt.sha256 = row.sha256;
    }
    Ok(receipt)
}
