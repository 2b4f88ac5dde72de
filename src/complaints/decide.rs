//! The rules: may this actor do this to this case now, and what changes if he may.

use domain::Role;

use crate::case::{Action, Actor, CaseView, Change, DispatchView, FollowUp, PointAnswer};
use crate::closing::{Missing, missing_to_close};
use crate::dispatch::Proposal;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus as Status, DispatchState, ReopenCause, Satisfaction, Strength};

type Decision = Result<Vec<Change>, Refusal>;

/// Decides on an action. The changes are to be carried out together, in their order.
pub fn decide(case: &CaseView, action: &Action, actor: &Actor) -> Decision {
    match action {
        Action::Classify { point, category } => classify(case, actor, point, category),
        Action::Dispatch { department, proposal, override_reason } => {
            dispatch(case, actor, department, proposal.as_ref(), override_reason.as_deref())
        }
        Action::Redispatch { department, reason, designated } => {
            redispatch(case, actor, department, reason, *designated)
        }
        Action::SignFor => {
            own(case, actor)?;
            at(case, &[Status::Dispatched])?;
            Ok(vec![Change::SignedFor, status(Status::Signed)])
        }
        Action::Return { reason, remark } => {
            returnable(case, actor)?;
            said(remark)?;
            Ok(vec![Change::Returned { reason: *reason, remark: remark.clone() }, status(Status::Returned)])
        }
        Action::LogStep { kind, note } => {
            own(case, actor)?;
            at(case, &[Status::Signed, Status::InProgress])?;
            said(note)?;
            Ok(with_status(case, Change::StepLogged { step: *kind, note: note.clone() }, Status::InProgress))
        }
        Action::Answer { points } => answer(case, actor, points),
        Action::SendBack { reason } => {
            role(actor, &[Role::Supervisor])?;
            at(case, &[Status::Answered])?;
            said(reason)?;
            Ok(vec![Change::SentBack { reason: reason.clone() }, status(Status::InProgress)])
        }
        Action::FeedBack { .. }
        | Action::WaiveFeedback { .. }
        | Action::GiveRouteNotice { .. }
        | Action::WaiveRouteNotice { .. }
        | Action::WaiveFollowUp { .. } => tell(case, action, actor),
        Action::FinishFollowUp { contacted, solved, satisfaction } => {
            finish_follow_up(case, actor, *contacted, *solved, *satisfaction)
        }
        Action::FollowUpUnreached => follow_up_unreached(case, actor),
        Action::Close => close(case, actor),
        Action::Reopen { cause, remark } => {
            role(actor, &[Role::Agent, Role::Supervisor])?;
            at(case, &[Status::FedBack, Status::Solved, Status::Closed, Status::ClosedUnreached])?;
            said(remark)?;
            Ok(reopened(*cause, remark))
        }
    }
}

fn classify(case: &CaseView, actor: &Actor, point: &domain::PointId, category: &str) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    let early = [Status::Received, Status::Recorded, Status::Classified, Status::Returned, Status::Reopened];
    // A supervisor may correct a category as long as the case is open: reports count by it.
    if !early.contains(&case.status) && (actor.role != Role::Supervisor || case.status.is_closed()) {
        return Err(RefusalCode::WrongStatus.into());
    }
    if category.trim().is_empty() {
        return Err(RefusalCode::NoCategory.into());
    }
    if case.points.iter().all(|known| known.id != *point) {
        return Err(RefusalCode::NoSuchPoint.into());
    }
    let mut changes = vec![Change::PointClassified { point: point.clone(), category: category.to_owned() }];
    let complete = case.points.iter().all(|known| known.id == *point || !known.category.is_empty());
    if complete && matches!(case.status, Status::Received | Status::Recorded) {
        changes.push(status(Status::Classified));
    }
    Ok(changes)
}

fn dispatch(
    case: &CaseView,
    actor: &Actor,
    department: &str,
    proposal: Option<&Proposal>,
    override_reason: Option<&str>,
) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    if case.points.is_empty() || case.points.iter().any(|point| point.category.is_empty()) {
        return Err(Refusal::incomplete(vec![Missing::Category]));
    }
    at(case, &[Status::Classified])?;
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

fn redispatch(case: &CaseView, actor: &Actor, department: &str, reason: &str, designated: bool) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    let again = [Status::Returned, Status::Reopened];
    // Taking a case away from a department that has not returned it is the supervisor's ruling.
    let taken_away = [Status::Dispatched, Status::Signed, Status::InProgress];
    let ruling = actor.role == Role::Supervisor && taken_away.contains(&case.status);
    if !again.contains(&case.status) && !ruling {
        return Err(RefusalCode::WrongStatus.into());
    }
    if designated && actor.role != Role::Supervisor {
        return Err(RefusalCode::WrongRole.into());
    }
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

fn returnable(case: &CaseView, actor: &Actor) -> Result<(), Refusal> {
    let dispatch = own(case, actor)?;
    if case.status == Status::Answered || dispatch.state == DispatchState::Answered {
        return Err(RefusalCode::AlreadyAnswered.into());
    }
    at(case, &[Status::Dispatched, Status::Signed, Status::InProgress])?;
    if dispatch.designated {
        return Err(RefusalCode::DesignatedNotReturnable.into());
    }
    if dispatch.strength == Strength::Mandatory {
        return Err(RefusalCode::MandatoryNotReturnable.into());
    }
    Ok(())
}

fn answer(case: &CaseView, actor: &Actor, answers: &[PointAnswer]) -> Decision {
    own(case, actor)?;
    at(case, &[Status::Signed, Status::InProgress])?;
    if answers.iter().any(|answer| case.points.iter().all(|point| point.id != answer.point)) {
        return Err(RefusalCode::NoSuchPoint.into());
    }
    let answered = |point: &domain::PointId| answers.iter().find(|answer| answer.point == *point);
    let mut missing = Vec::new();
    if case.request_type.needs_finding() && case.steps == 0 {
        missing.push(Missing::InvestigationStep);
    }
    if case.points.iter().any(|point| answered(&point.id).is_none()) {
        missing.push(Missing::Finding);
    }
    if answers.iter().any(|answer| answer.outcome.trim().is_empty()) {
        missing.push(Missing::Outcome);
    }
    if !missing.is_empty() {
        return Err(Refusal::incomplete(missing));
    }
    let mut changes: Vec<Change> = answers.iter().cloned().map(Change::PointAnswered).collect();
    changes.extend([Change::Answered, status(Status::Answered)]);
    Ok(changes)
}

/// Feedback, notice and what is waived of them: all by the hotline's own people, after the answer.
fn tell(case: &CaseView, action: &Action, actor: &Actor) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    let told = [Status::Answered, Status::FedBack, Status::Solved];
    let to_fed_back = |change, follow_up: bool| {
        let mut changes = vec![change];
        if follow_up && case.follow_up == FollowUp::None {
            changes.push(Change::FollowUpDue);
        }
        changes.push(status(Status::FedBack));
        changes
    };
    match action {
        Action::FeedBack { channel, follow_up_wanted } => {
            at(case, &[Status::Answered])?;
            Ok(to_fed_back(Change::FedBack { channel: *channel }, *follow_up_wanted))
        }
        Action::WaiveFeedback { reason } => {
            at(case, &[Status::Answered])?;
            said(reason)?;
            Ok(to_fed_back(Change::FeedbackWaived { reason: reason.clone() }, false))
        }
        Action::GiveRouteNotice { route } => {
            at(case, &told)?;
            said(route)?;
            Ok(vec![Change::RouteNoticeGiven { route: route.clone() }])
        }
        Action::WaiveRouteNotice { reason } => {
            at(case, &told)?;
            said(reason)?;
            Ok(vec![Change::RouteNoticeWaived { reason: reason.clone() }])
        }
        Action::WaiveFollowUp { reason } => {
            at(case, &told)?;
            said(reason)?;
            Ok(vec![Change::FollowUpWaived { reason: reason.clone() }])
        }
        _ => Err(RefusalCode::WrongStatus.into()),
    }
}

fn finish_follow_up(
    case: &CaseView,
    actor: &Actor,
    contacted: Option<bool>,
    solved: Option<bool>,
    satisfaction: Option<Satisfaction>,
) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    at(case, &[Status::FedBack, Status::Solved, Status::Closed, Status::ClosedUnreached])?;
    let mut changes = vec![Change::FollowUpDone { contacted, solved, satisfaction }];
    // "Solved" outweighs a bad mark; a bad mark without an answer to the question counts as not solved.
    let negative =
        solved == Some(false) || (solved.is_none() && satisfaction.is_some_and(Satisfaction::is_bad));
    if negative {
        changes.extend(reopened(ReopenCause::NotSolved, ""));
    } else if !case.status.is_closed() {
        let after = CaseView { follow_up: FollowUp::Reached, ..case.clone() };
        changes.extend(if missing_to_close(&after).is_empty() {
            closed(Status::Closed)
        } else {
            vec![status(Status::Solved)]
        });
    }
    Ok(changes)
}

fn follow_up_unreached(case: &CaseView, actor: &Actor) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    at(case, &[Status::FedBack, Status::Solved])?;
    let mut changes = vec![Change::FollowUpUnreached];
    let after = CaseView { follow_up: FollowUp::Unreached, ..case.clone() };
    if missing_to_close(&after).is_empty() {
        changes.extend(closed(Status::ClosedUnreached));
    }
    Ok(changes)
}

fn close(case: &CaseView, actor: &Actor) -> Decision {
    role(actor, &[Role::Agent, Role::Supervisor])?;
    if case.status.is_closed() {
        return Err(RefusalCode::WrongStatus.into());
    }
    let missing = missing_to_close(case);
    if !missing.is_empty() {
        return Err(Refusal::incomplete(missing));
    }
    at(case, &[Status::FedBack, Status::Solved])?;
    Ok(closed(if case.follow_up == FollowUp::Unreached { Status::ClosedUnreached } else { Status::Closed }))
}

fn status(status: Status) -> Change {
    Change::Status { status }
}

fn with_status(case: &CaseView, change: Change, next: Status) -> Vec<Change> {
    if case.status == next { vec![change] } else { vec![change, status(next)] }
}

fn closed(how: Status) -> Vec<Change> {
    vec![Change::Closed, status(how)]
}

fn reopened(cause: ReopenCause, remark: &str) -> Vec<Change> {
    vec![Change::Reopened { cause, remark: remark.to_owned() }, status(Status::Reopened)]
}

fn at(case: &CaseView, allowed: &[Status]) -> Result<(), Refusal> {
    if allowed.contains(&case.status) { Ok(()) } else { Err(RefusalCode::WrongStatus.into()) }
}

fn role(actor: &Actor, allowed: &[Role]) -> Result<(), Refusal> {
    if allowed.contains(&actor.role) { Ok(()) } else { Err(RefusalCode::WrongRole.into()) }
}

/// The current dispatch, if the actor is a handler of its department.
fn own<'a>(case: &'a CaseView, actor: &Actor) -> Result<&'a DispatchView, Refusal> {
    role(actor, &[Role::Handler])?;
    let dispatch = case.dispatch.as_ref().ok_or(RefusalCode::WrongStatus)?;
    if actor.department.as_deref() == Some(dispatch.department.as_str()) {
        Ok(dispatch)
    } else {
        Err(RefusalCode::NotYourDepartment.into())
    }
}

fn named(department: &str) -> Result<(), Refusal> {
    if department.trim().is_empty() { Err(RefusalCode::NoDepartment.into()) } else { Ok(()) }
}

fn said(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(RefusalCode::NeedsReason.into()) } else { Ok(()) }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
