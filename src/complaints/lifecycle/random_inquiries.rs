//! What random actors try in an investigation, well said and badly said, and what must hold of it afterwards.

use domain::{PointId, Timestamp};

use crate::action::Action;
use crate::case::{CaseView, PointView};
use crate::intake::{EvidenceKind, EvidenceStatus};
use crate::investigation::*;
use crate::words::Channel;

fn words() -> String {
    "because".to_owned()
}

fn named(id: &str, state: EvidenceStatus, preserve: bool) -> InvestigationAction {
    InvestigationAction::NameEvidence(NewEvidence {
        evidence: id.to_owned(),
        evidence_kind: EvidenceKind::Footage,
        what: words(),
        state,
        why: String::new(),
        holder: Side::Institution,
        readers: Side::Institution.readers(),
        preserve: preserve.then_some(Preserve { due_at: Timestamp(1), overwritten_at: None }),
    })
}

fn evidence() -> Vec<InvestigationAction> {
    let id = || "e1".to_owned();
    let receipt = |sha256: Option<&str>| Receipt {
        at: Timestamp(2),
        sha256: sha256.map(str::to_owned),
        attachment: None,
        recording: None,
        note: String::new(),
    };
    vec![
        named("e1", EvidenceStatus::Promised, true),
        named("e2", EvidenceStatus::Held, false),
        named("e2", EvidenceStatus::NotAvailable, false),
        InvestigationAction::RequestEvidence { evidence: id(), of: words(), due_at: Timestamp(9) },
        InvestigationAction::RequestEvidence { evidence: "e9".into(), of: words(), due_at: Timestamp(9) },
        InvestigationAction::ReceiveEvidence { evidence: id(), receipt: receipt(Some("ab")) },
        InvestigationAction::MissEvidence { evidence: id(), why: words() },
        InvestigationAction::ShareEvidence { evidence: id(), readers: vec![Reader::Supervisor] },
        InvestigationAction::ShareEvidence { evidence: id(), readers: Vec::new() },
        InvestigationAction::AskPreservation {
            evidence: id(),
            preserve: Preserve { due_at: Timestamp(1), overwritten_at: None },
        },
        InvestigationAction::TellPreservation { evidence: id(), kept: true, remark: String::new() },
        InvestigationAction::TellPreservation { evidence: id(), kept: false, remark: words() },
    ]
}

fn sides() -> Vec<InvestigationAction> {
    let mut all = Vec::new();
    for side in Side::ALL {
        let (side, statement) = (*side, words());
        all.push(InvestigationAction::RecordStatement(Statement {
            side,
            at: Timestamp(3),
            heard_by: words(),
            form: StatementForm::Phone,
            statement,
            reply: false,
        }));
        all.push(InvestigationAction::WaiveStatement { side, reason: words() });
    }
    all.push(InvestigationAction::OfferReply {
        side: Side::Institution,
        about: words(),
        due_at: Timestamp(9),
    });
    all
}

fn findings() -> Vec<InvestigationAction> {
    let support = |point: &str, standard: &str, evidence: &[&str], without: &str| {
        let evidence = evidence.iter().map(|id| (*id).to_owned()).collect();
        let support = Support { standard: standard.to_owned(), evidence, without: without.to_owned() };
        InvestigationAction::SupportFinding { point: PointId::new(point), support }
    };
    vec![
        support("p1", "high-probability", &[], "admitted"),
        support("p2", "high-probability", &["e2"], ""),
        support("p2", "high-probability", &[], "admitted"),
        support("p1", "", &["e2"], ""),
        support("p1", "high-probability", &[], ""),
    ]
}

fn afterwards() -> Vec<InvestigationAction> {
    let id = || "k1".to_owned();
    let check = |result, again_at| {
        let (correction, remark) = (id(), words());
        InvestigationAction::CheckCorrection { correction, result, remark, again_at }
    };
    vec![
        InvestigationAction::PlanCorrection(Correction {
            correction: id(),
            point: None,
            what: words(),
            owner: words(),
            due_at: Timestamp(5),
            check_at: Timestamp(6),
        }),
        check(CheckResult::Partly, Some(Timestamp(7))),
        check(CheckResult::Done, None),
        InvestigationAction::NoteLearning(LearningNote {
            learning: "l1".into(),
            rule_gap: String::new(),
            point: None,
            words: words(),
        }),
        InvestigationAction::IssueLetter(IssuedLetter {
            letter: "b1".into(),
            letter_kind: LetterKind::Acknowledgement,
            channel: Channel::Letter,
            sha256: "ab".into(),
        }),
        InvestigationAction::AcknowledgeLetter { letter: "b1".into(), remark: words() },
    ]
}

/// All of it.
pub(super) fn all() -> Vec<Action> {
    [evidence(), sides(), findings(), afterwards()].concat().into_iter().map(Action::Investigate).collect()
}

/// Where a finding is needed: each has a standard and evidence, or says why none, and both sides were heard or somebody
/// said why not.
pub(super) fn grounded(view: &CaseView) -> bool {
    let investigation = &view.investigation;
    let rests = |point: &PointView| {
        investigation.support_of(&point.id).is_some_and(|support| {
            let held = |id: &String| investigation.entry(id).is_some();
            !support.standard.is_empty()
                && (!support.without.is_empty()
                    || (!support.evidence.is_empty() && support.evidence.iter().all(held)))
        })
    };
    !view.request_type.needs_finding()
        || (view.points.iter().all(rests) && Side::ALL.iter().all(|side| investigation.is_heard(*side)))
}

/// Nothing that was written into the register, or is to be put right, goes away.
pub(super) fn lost(before: &CaseView, after: &CaseView) -> bool {
    let entries = before.investigation.evidence.iter();
    let plans = before.investigation.corrections.iter();
    entries.map(|entry| &entry.id).any(|id| after.investigation.entry(id).is_none())
        || plans.map(|one| &one.plan.correction).any(|id| after.investigation.correction(id).is_none())
}
