//! What each action of an investigation needs. Who may do it, and while the case stands where, the table of the
//! lifecycle says.

use super::action::InvestigationAction as Act;
use super::change::{
    Correction, InvestigationChange as Done, NewEvidence, Preserve, Receipt, Statement, Support,
};
use super::view::EvidenceView;
use super::words::{Preservation, Reader, Side};
use crate::case::CaseView;
use crate::change::Change;
use crate::closing::Missing;
use crate::decide::{said, written};
use crate::intake::{EvidenceKind, EvidenceStatus};
use crate::refusal::{Refusal, RefusalCode as Code};

type Decision = Result<Done, Refusal>;

/// Decides on an action.
pub(crate) fn decide(case: &CaseView, action: &Act) -> Result<Vec<Change>, Refusal> {
    let done =
        match action {
            Act::RecordStatement(statement) => record(statement),
            Act::WaiveStatement { side, reason } => {
                said(reason).map(|()| Done::StatementWaived { side: *side, reason: reason.clone() })
            }
            Act::OfferReply { side, about, due_at } => offer(case, *side, about)
                .map(|()| Done::ReplyOffered { side: *side, about: about.clone(), due_at: *due_at }),
            Act::SupportFinding { point, support } => support_finding(case, action, support)
                .map(|()| Done::FindingSupported { point: point.clone(), support: support.clone() }),
            Act::PlanCorrection(plan) => correction(case, plan),
            Act::CheckCorrection { correction, result, remark, again_at } => {
                check(case, correction).map(|()| Done::CorrectionChecked {
                    correction: correction.clone(),
                    result: *result,
                    remark: remark.clone(),
                    again_at: *again_at,
                })
            }
            Act::NoteLearning(note) => {
                written(&note.words, Code::NeedsWords).map(|()| Done::LearningNoted(note.clone()))
            }
            Act::IssueLetter(letter) => Ok(Done::LetterIssued(letter.clone())),
            Act::AcknowledgeLetter { letter, remark } => {
                let known = &case.investigation;
                let issued = known.letters.iter().any(|one| one.letter == *letter);
                let open = !known.acknowledged.iter().any(|(one, _)| one == letter);
                match (issued, open) {
                    (true, true) => {
                        Ok(Done::LetterAcknowledged { letter: letter.clone(), remark: remark.clone() })
                    }
                    _ => Err(Code::NoSuchLetter.into()),
                }
            }
            Act::NameEvidence(entry) => name(case, entry),
            action => on_entry(case, action),
        };
    done.map(|done| vec![Change::Investigation(done)])
}

fn name(case: &CaseView, entry: &NewEvidence) -> Decision {
    if case.investigation.entry(&entry.evidence).is_some() {
        return Err(Code::EvidenceKnown.into());
    }
    if entry.evidence_kind == EvidenceKind::Other {
        written(&entry.what, Code::NeedsWords)?;
    }
    if entry.state == EvidenceStatus::NotAvailable {
        said(&entry.why)?;
    }
    readable(&entry.readers)?;
    Ok(Done::EvidenceNamed(entry.clone()))
}

fn on_entry(case: &CaseView, action: &Act) -> Decision {
    match action {
        Act::RequestEvidence { evidence, of, due_at } => {
            not_held(known(case, evidence)?)?;
            written(of, Code::NeedsWords)?;
            Ok(Done::EvidenceRequested { evidence: evidence.clone(), of: of.clone(), due_at: *due_at })
        }
        Act::ReceiveEvidence { evidence, receipt } => receive(known(case, evidence)?, receipt),
        Act::MissEvidence { evidence, why } => {
            not_held(known(case, evidence)?)?;
            said(why)?;
            Ok(Done::EvidenceMissed { evidence: evidence.clone(), why: why.clone() })
        }
        Act::ShareEvidence { evidence, readers } => {
            known(case, evidence)?;
            readable(readers)?;
            Ok(Done::EvidenceShared { evidence: evidence.clone(), readers: readers.clone() })
        }
        Act::AskPreservation { evidence, preserve } => ask(known(case, evidence)?, preserve),
        Act::TellPreservation { evidence, kept, remark } => {
            let asked = known(case, evidence)?.preserve.as_ref();
            asked.filter(|one| one.state == Preservation::Asked).ok_or(Code::NothingToPreserve)?;
            if !kept {
                said(remark)?;
            }
            Ok(Done::PreservationTold { evidence: evidence.clone(), kept: *kept, remark: remark.clone() })
        }
        _ => Err(Code::WrongStatus.into()),
    }
}

/// A file may be tied later to what came on paper or was held by whoever called; never one file over another.
fn receive(entry: &EvidenceView, receipt: &Receipt) -> Decision {
    let tied = entry.attachment.is_some() || entry.recording.is_some() || entry.sha256.is_some();
    let brings = receipt.attachment.is_some() || receipt.recording.is_some() || receipt.sha256.is_some();
    if entry.state == EvidenceStatus::Held && (tied || !brings) {
        return Err(Code::EvidenceHeld.into());
    }
    Ok(Done::EvidenceReceived { evidence: entry.id.clone(), receipt: receipt.clone() })
}

fn ask(entry: &EvidenceView, preserve: &Preserve) -> Decision {
    not_held(entry)?;
    if entry.is_at_risk() {
        return Err(Code::PreservationAsked.into());
    }
    Ok(Done::PreservationAsked { evidence: entry.id.clone(), preserve: preserve.clone() })
}

fn record(statement: &Statement) -> Decision {
    written(&statement.statement, Code::NeedsWords)?;
    written(&statement.heard_by, Code::NeedsWords)?;
    Ok(Done::StatementRecorded(statement.clone()))
}

/// A reply answers what the other side said: there must be something.
fn offer(case: &CaseView, side: Side, about: &str) -> Result<(), Refusal> {
    let other = case.investigation.statements.iter().any(|one| one.side == side.other());
    if !other {
        return Err(Code::NothingToReplyTo.into());
    }
    written(about, Code::NeedsWords)
}

fn support_finding(case: &CaseView, action: &Act, support: &Support) -> Result<(), Refusal> {
    let Act::SupportFinding { point, .. } = action else { return Err(Code::NoSuchPoint.into()) };
    let point = case.points.iter().find(|known| known.id == *point).ok_or(Code::NoSuchPoint)?;
    if point.finding.is_none() {
        return Err(Refusal::incomplete(vec![Missing::Finding]));
    }
    let nothing = support.evidence.is_empty() && support.without.trim().is_empty();
    let missing: Vec<Missing> =
        [(support.standard.trim().is_empty(), Missing::Standard), (nothing, Missing::EvidenceReference)]
            .into_iter()
            .filter_map(|(lacks, missing)| lacks.then_some(missing))
            .collect();
    if !missing.is_empty() {
        return Err(Refusal::incomplete(missing));
    }
    for id in &support.evidence {
        if known(case, id)?.state != EvidenceStatus::Held {
            return Err(Code::EvidenceNotHeld.into());
        }
    }
    Ok(())
}

fn correction(case: &CaseView, plan: &Correction) -> Decision {
    written(&plan.what, Code::NeedsWords)?;
    written(&plan.owner, Code::NeedsWords)?;
    if plan.check_at < plan.due_at {
        return Err(Code::CheckBeforeDue.into());
    }
    if case.investigation.correction(&plan.correction).is_some() {
        return Err(Code::NoSuchCorrection.into());
    }
    let of_case = |id: &domain::PointId| case.points.iter().any(|known| known.id == *id);
    if plan.point.as_ref().is_some_and(|id| !of_case(id)) {
        return Err(Code::NoSuchPoint.into());
    }
    Ok(Done::CorrectionPlanned(plan.clone()))
}

fn check(case: &CaseView, id: &str) -> Result<(), Refusal> {
    let open = case.investigation.correction(id).ok_or(Code::NoSuchCorrection)?.check_at;
    open.map(drop).ok_or_else(|| Code::CorrectionChecked.into())
}

fn known<'a>(case: &'a CaseView, id: &str) -> Result<&'a EvidenceView, Refusal> {
    case.investigation.entry(id).ok_or_else(|| Code::NoSuchEvidence.into())
}

fn not_held(entry: &EvidenceView) -> Result<(), Refusal> {
    if entry.state == EvidenceStatus::Held { Err(Code::EvidenceHeld.into()) } else { Ok(()) }
}

/// Somebody must be able to read it, and a supervisor always is.
fn readable(readers: &[Reader]) -> Result<(), Refusal> {
    if readers.contains(&Reader::Supervisor) { Ok(()) } else { Err(Code::NoReader.into()) }
}
