//! From the record to a department: category, dispatch, arbitration, ruling.

use super::{Decision, named, said, status, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::closing::Missing;
use crate::dispatch::Proposal;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus as Status, Strength};
use domain::Role;

pub(super) fn decide(case: &CaseView, action: &Action, actor: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Dispatch { department, proposal, override_reason } => {
            dispatch(case, actor, department, proposal.as_ref(), override_reason.as_deref())
        }
        Action::Redispatch { department, reason } => pass_on(case, department, reason, false),
        Action::Designate { department, reason } => pass_on(case, department, reason, true),
        Action::Arbitrate { remark } => arbitrate(remark),
        Action::HandOver { to } => hand_over(to),
        _ => return None,
    })
}

/// The refusal of a dispatch while a point has no category.
pub(super) fn unclassified(case: &CaseView) -> Option<Refusal> {
    let lacking = case.points.is_empty() || case.points.iter().any(|point| point.category.is_empty());
    lacking.then(|| Refusal::incomplete(vec![Missing::Category]))
}

fn dispatch(
    case: &CaseView,
    actor: &Actor,
    department: &str,
    proposal: Option<&Proposal>,
    override_reason: Option<&str>,
) -> Decision {
    unclassified(case).map_or(Ok(()), Err)?;
    named(department)?;
    let reason = override_reason.map(str::trim).filter(|reason| !reason.is_empty());
    let overridden = proposal.is_some_and(|proposal| proposal.department != department);
    if overridden {
        if proposal.is_some_and(|proposal| proposal.strength == Strength::Mandatory)
            && actor.role != Role::Supervisor
        {
            return Err(RefusalCode::MandatoryRule.into());
        }
        if reason.is_none() {
            return Err(RefusalCode::NeedsReason.into());
        }
    }
    let followed = proposal.filter(|_| !overridden);
    Ok(vec![
        Change::Dispatched {
            department: department.to_owned(),
            rule: proposal.map(|proposal| proposal.rule.clone()),
            strength: followed.map_or(Strength::Default, |proposal| proposal.strength),
            designated: false,
            reason: reason.map(str::to_owned),
        },
        status(Status::Dispatched),
    ])
}

fn pass_on(case: &CaseView, department: &str, reason: &str, designated: bool) -> Decision {
    unclassified(case).map_or(Ok(()), Err)?;
    named(department)?;
    said(reason)?;
    Ok(vec![
        Change::Dispatched {
            department: department.to_owned(),
            rule: None,
            strength: Strength::Default,
            designated,
            reason: Some(reason.to_owned()),
        },
        status(Status::Dispatched),
    ])
}

fn arbitrate(remark: &str) -> Decision {
    written(remark, RefusalCode::NeedsWords)?;
    Ok(vec![Change::ArbitrationOpened { remark: remark.to_owned() }, status(Status::Arbitration)])
}

fn hand_over(to: &domain::PersonId) -> Decision {
    written(to.as_str(), RefusalCode::NoPerson)?;
    Ok(vec![Change::HandedOver { to: to.clone() }])
}
