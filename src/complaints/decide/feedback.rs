//! Audit, feedback, notice and follow-up: by the hotline's own people, after the answer.

use super::{Decision, said, status, written};
use crate::action::{Action, Actor};
use crate::case::{CaseView, FollowUp};
use crate::change::Change;
use crate::closing::{Missing, missing_to_close};
use crate::decide::ending::{closed, reopened};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus as Status, ReopenCause, Satisfaction};

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::SendBack { reason } => said(reason)
            .map(|()| vec![Change::SentBack { reason: reason.clone() }, status(Status::InProgress)]),
        Action::Audit { remark } => written(remark, RefusalCode::NeedsWords)
            .map(|()| vec![Change::Audited { remark: remark.clone() }, status(Status::Audited)]),
        Action::FeedBack { channel, follow_up_wanted } => {
            tell(case, Change::FedBack { channel: *channel }, *follow_up_wanted)
        }
        Action::WaiveFeedback { reason } => {
            said(reason).and_then(|()| tell(case, Change::FeedbackWaived { reason: reason.clone() }, false))
        }
        Action::GiveRouteNotice { route } => {
            said(route).map(|()| vec![Change::RouteNoticeGiven { route: route.clone() }])
        }
        Action::WaiveRouteNotice { reason } => {
            said(reason).map(|()| vec![Change::RouteNoticeWaived { reason: reason.clone() }])
        }
        Action::WaiveFollowUp { reason } => {
            said(reason).map(|()| vec![Change::FollowUpWaived { reason: reason.clone() }])
        }
        Action::FinishFollowUp { contacted, solved, satisfaction } => {
            Ok(finish(case, *contacted, *solved, *satisfaction))
        }
        Action::FollowUpUnreached => Ok(unreached(case)),
        _ => return None,
    })
}

fn tell(case: &CaseView, told: Change, follow_up: bool) -> Decision {
    if case.audit_required && !case.audited {
        return Err(Refusal::incomplete(vec![Missing::Audit]));
    }
    let mut changes = vec![told];
    if follow_up && case.follow_up == FollowUp::None {
        changes.push(Change::FollowUpDue);
    }
    changes.push(status(Status::FedBack));
    Ok(changes)
}

fn finish(
    case: &CaseView,
    contacted: Option<bool>,
    solved: Option<bool>,
    satisfaction: Option<Satisfaction>,
) -> Vec<Change> {
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
    changes
}

fn unreached(case: &CaseView) -> Vec<Change> {
    let mut changes = vec![Change::FollowUpUnreached];
    let after = CaseView { follow_up: FollowUp::Unreached, ..case.clone() };
    if missing_to_close(&after).is_empty() {
        changes.extend(closed(Status::ClosedUnreached));
    }
    changes
}
