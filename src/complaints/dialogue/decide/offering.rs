//! From the question to the owner's desk: yes or no, which points, who runs it, since when.

use domain::{PointId, Timestamp};

use super::{Code, Decision, Desk, ensure, refusal, said};
use crate::dialogue::change::{DialogueChange as Change, Wishes};
use crate::dialogue::rules::Owner;
use crate::dialogue::words::{Motive, Stage};
use crate::dialogue::{Dialogue, DialogueAction as Action, Eligibility, PointFacts, verdict};

pub(super) fn decide(at: &Desk<'_>, action: &Action) -> Decision {
    match action {
        Action::Answer { accepted, motive, wishes } => answer(at, *accepted, *motive, wishes),
        Action::Clarify { point, topic, payer } => {
            at.for_complainant()?;
            known_point(at, point)?;
            ensure(topic.is_some() || payer.is_some(), Code::NothingSaid)?;
            use Stage as S;
            at.stage(&[
                S::NotAsked,
                S::NotWanted,
                S::Unclear,
                S::NotPossible,
                S::Accepted,
                S::Received,
                S::Invited,
            ])?;
            let change =
                Change::DialoguePointClarified { point: point.clone(), topic: *topic, payer: *payer };
            assessed(at, vec![change])
        }
        Action::TellAlternative => {
            at.for_complainant()?;
            let untold = |verdict: &crate::dialogue::Verdict| match verdict.eligibility {
                Eligibility::Not(ground) if !at.dialogue.alternative_told.contains(&verdict.point) => {
                    Some((verdict.point.clone(), ground))
                }
                _ => None,
            };
            let points: Vec<_> = at.dialogue.verdicts.iter().filter_map(untold).collect();
            ensure(!points.is_empty(), Code::NothingToTell)?;
            Ok(vec![Change::DialogueAlternativeTold { points }])
        }
        Action::ChangeOwner { owner, reason } => change_owner(at, owner, reason),
        Action::RecordReceipt { at: received } => receive(at, *received),
        Action::ChangeWishes { wishes } => {
            at.for_complainant()?;
            use Stage as S;
            at.stage(&[S::NotAsked, S::Unclear, S::Accepted, S::Received, S::Invited])?;
            Ok(vec![Change::DialogueWished { wishes: wishes.clone() }])
        }
        _ => Err(refusal(Code::WrongStage)),
    }
}

fn known_point(at: &Desk<'_>, point: &PointId) -> Result<(), super::DialogueRefusal> {
    ensure(at.facts.points.iter().any(|known| known.id == *point), Code::NoSuchPoint)
}

/// One complaint, one dialogue: once the answer led to an owner, there is no second asking.
fn answer(at: &Desk<'_>, accepted: bool, motive: Option<Motive>, wishes: &Wishes) -> Decision {
    at.for_complainant()?;
    let open = [Stage::NotAsked, Stage::NotWanted, Stage::Unclear, Stage::NotPossible];
    ensure(open.contains(&at.dialogue.stage) && !at.dialogue.declined, Code::SecondDialogue)?;
    let change = Change::DialogueAnswered { accepted, motive, wishes: wishes.clone() };
    assessed(at, vec![change])
}

/// The verdict on every point after `changes`, and the owner where one is needed now.
fn assessed(at: &Desk<'_>, mut changes: Vec<Change>) -> Decision {
    let mut after = at.dialogue.clone();
    for change in &changes {
        after.apply(change);
    }
    let seen = Desk { dialogue: &after, facts: at.facts, rules: at.rules, actor: at.actor };
    let points = seen.points();
    let verdicts: Vec<_> = points.iter().map(verdict).collect();
    let eligible: Vec<&PointFacts> = points
        .iter()
        .zip(&verdicts)
        .filter_map(|(point, verdict)| (verdict.eligibility == Eligibility::Eligible).then_some(point))
        .collect();
    let change = Change::DialogueAssessed { verdicts: verdicts.clone() };
    after.apply(&change);
    changes.push(change);
    if after.stage == Stage::Accepted && at.dialogue.stage != Stage::Accepted {
        changes.push(handed_over(at, &eligible)?);
    }
    Ok(changes)
}

/// The owner gets it. Until the receipt is recorded the four weeks are counted from now, so that nothing can lie about.
fn handed_over(at: &Desk<'_>, eligible: &[&PointFacts]) -> Result<Change, super::DialogueRefusal> {
    let owner = at.rules.owner(eligible).ok_or(refusal(Code::NeedsOwner))?;
    let deadline = (at.facts.reckon)(&at.rules.law, at.facts.now).ok_or(refusal(Code::NoLaw))?;
    Ok(Change::DialogueOwned { owner, reason: None, deadline: Some(deadline) })
}

fn change_owner(at: &Desk<'_>, owner: &Owner, reason: &str) -> Decision {
    ensure(at.actor.role == domain::Role::Supervisor, Code::WrongRole)?;
    ensure(at.dialogue.stage.is_running() && at.dialogue.stage != Stage::Held, Code::WrongStage)?;
    said(reason, Code::NeedsReason)?;
    ensure(!owner.code.is_empty() && !owner.department.is_empty(), Code::NeedsOwner)?;
    let reason = Some(reason.trim().to_owned());
    Ok(vec![Change::DialogueOwned { owner: owner.clone(), reason, deadline: None }])
}

fn receive(at: &Desk<'_>, received: Timestamp) -> Decision {
    at.for_complainant()?;
    at.stage(&[Stage::Accepted])?;
    at.has_been(received, at.facts.complaint_received)?;
    let deadline = (at.facts.reckon)(&at.rules.law, received).ok_or(refusal(Code::NoLaw))?;
    Ok(vec![Change::DialogueReceived { at: received, deadline }])
}

/// Whether the eligible points have all lost their site.
pub(super) fn nobody_left(after: &Dialogue, sites: &[&PointFacts]) -> bool {
    sites.iter().all(|point| {
        let site = point.institution.as_deref().unwrap_or_default();
        after.refused_sites.contains(site)
    })
}
