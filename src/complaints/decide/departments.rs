//! What the lead and its co-handlers do: sign for the case, return it, find out, report, answer.

use super::{Decision, named, said, status, written};
use crate::action::{Action, Actor, PointAnswer};
use crate::case::{CaseView, CoHandlerView};
use crate::change::Change;
use crate::closing::Missing;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus as Status, CoHandlerState, ReturnReason, Strength};

pub(super) fn decide(case: &CaseView, action: &Action, actor: &Actor) -> Option<Decision> {
    Some(match action {
        Action::SignFor => Ok(vec![Change::SignedFor, status(Status::Signed)]),
        Action::Return { reason, remark } => give_back(case, *reason, remark),
        Action::LogStep { kind, note } => written(note, RefusalCode::NeedsReason).map(|()| {
            let logged = Change::StepLogged { step: *kind, note: note.clone() };
            match case.status {
                Status::InProgress => vec![logged],
                _ => vec![logged, status(Status::InProgress)],
            }
        }),
        Action::Answer { points, without_report } => answer(case, points, without_report.as_deref()),
        Action::AddCoHandler { department, task, due_at } => add(case, department, task)
            .map(|()| (department.clone(), task.clone(), *due_at))
            .map(|(department, task, due_at)| vec![Change::CoHandlerAdded { department, task, due_at }]),
        Action::CoHandlerSign => co_handler(case, actor).and_then(|one| match one.state {
            CoHandlerState::Asked => Ok(vec![Change::CoHandlerSigned { department: one.department.clone() }]),
            _ => Err(RefusalCode::CoHandlerSigned.into()),
        }),
        Action::CoHandlerReport { report } => co_handler(case, actor).and_then(|one| {
            if one.state == CoHandlerState::Asked {
                return Err(RefusalCode::CoHandlerNotSigned.into());
            }
            written(report, RefusalCode::NeedsWords)?;
            let department = one.department.clone();
            Ok(vec![Change::CoHandlerReported { department, report: report.clone() }])
        }),
        Action::DropCoHandler { department, reason } => said(reason).and_then(|()| {
            case.co_handler(department).ok_or(RefusalCode::NoSuchCoHandler)?;
            Ok(vec![Change::CoHandlerDropped { department: department.clone(), reason: reason.clone() }])
        }),
        _ => return None,
    })
}

fn give_back(case: &CaseView, reason: ReturnReason, remark: &str) -> Decision {
    if let Some(dispatch) = &case.dispatch {
        if dispatch.designated {
            return Err(RefusalCode::DesignatedNotReturnable.into());
        }
        if dispatch.strength == Strength::Mandatory {
            return Err(RefusalCode::MandatoryNotReturnable.into());
        }
    }
    said(remark)?;
    Ok(vec![Change::Returned { reason, remark: remark.to_owned() }, status(Status::Returned)])
}

fn answer(case: &CaseView, answers: &[PointAnswer], without_report: Option<&str>) -> Decision {
    if answers.iter().any(|answer| case.points.iter().all(|point| point.id != answer.point)) {
        return Err(RefusalCode::NoSuchPoint.into());
    }
    let excused = without_report.map(str::trim).filter(|reason| !reason.is_empty());
    let out = case.co_handlers.iter().any(|one| one.state != CoHandlerState::Reported);
    let unanswered = case.points.iter().any(|point| answers.iter().all(|answer| answer.point != point.id));
    let missing: Vec<Missing> = [
        (case.request_type.needs_finding() && case.steps == 0, Missing::InvestigationStep),
        (unanswered, Missing::Finding),
        (answers.iter().any(|answer| answer.outcome.trim().is_empty()), Missing::Outcome),
        (out && excused.is_none(), Missing::CoHandlerReport),
    ]
    .into_iter()
    .filter_map(|(lacking, missing)| lacking.then_some(missing))
    .collect();
    if !missing.is_empty() {
        return Err(Refusal::incomplete(missing));
    }
    let mut changes: Vec<Change> = answers.iter().cloned().map(Change::PointAnswered).collect();
    let without_report = excused.filter(|_| out).map(str::to_owned);
    changes.extend([Change::Answered { without_report }, status(Status::Answered)]);
    Ok(changes)
}

fn add(case: &CaseView, department: &str, task: &str) -> Result<(), Refusal> {
    named(department)?;
    if case.dispatch.as_ref().is_some_and(|lead| lead.department == department) {
        return Err(RefusalCode::LeadIsNoCoHandler.into());
    }
    if case.co_handler(department).is_some() {
        return Err(RefusalCode::AlreadyCoHandler.into());
    }
    written(task, RefusalCode::NeedsWords)
}

fn co_handler<'a>(case: &'a CaseView, actor: &Actor) -> Result<&'a CoHandlerView, Refusal> {
    let own = actor.department.as_deref().and_then(|department| case.co_handler(department));
    own.ok_or_else(|| RefusalCode::NotYourDepartment.into())
}
