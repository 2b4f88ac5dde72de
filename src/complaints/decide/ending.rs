//! The ways a case ends, and how it is taken up again.

use super::{Decision, said, status, written};
use crate::action::{Action, Actor};
use crate::case::{CaseView, FollowUp};
use crate::change::{Change, Withdrawal};
use crate::closing::missing_to_close;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::{CaseStatus as Status, Channel, ReopenCause};

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Close => close(case),
        Action::Reopen { cause, remark } => said(remark).map(|()| reopened(*cause, remark)),
        Action::Archive => Ok(vec![Change::Archived, status(Status::Archived)]),
        Action::Withdraw(withdrawal) => withdraw(withdrawal),
        Action::Forward { authority, package } => forward(authority, package),
        Action::AskTermination { reason } => ask_termination(case, reason),
        Action::Terminate { audit, explanation, channel } => terminate(case, audit, explanation, *channel),
        Action::RefuseTermination { reason } => asked(case)
            .and_then(|()| said(reason))
            .map(|()| vec![Change::TerminationRefused { reason: reason.clone() }]),
        _ => return None,
    })
}

/// The refusal of a close while something is missing.
pub(super) fn not_yet(case: &CaseView) -> Option<Refusal> {
    let missing = missing_to_close(case);
    (!missing.is_empty()).then(|| Refusal::incomplete(missing))
}

pub(super) fn closed(how: Status) -> Vec<Change> {
    vec![Change::Closed, status(how)]
}

pub(super) fn reopened(cause: ReopenCause, remark: &str) -> Vec<Change> {
    vec![Change::Reopened { cause, remark: remark.to_owned() }, status(Status::Reopened)]
}

fn close(case: &CaseView) -> Decision {
    not_yet(case).map_or(Ok(()), Err)?;
    Ok(closed(if case.follow_up == FollowUp::Unreached { Status::ClosedUnreached } else { Status::Closed }))
}

/// Silence is no withdrawal: there must be a statement, made by somebody who knew what it means.
fn withdraw(withdrawal: &Withdrawal) -> Decision {
    written(&withdrawal.statement, RefusalCode::NoStatement)?;
    if !withdrawal.informed {
        return Err(RefusalCode::NotInformed.into());
    }
    Ok(vec![Change::Withdrawn(withdrawal.clone()), status(Status::Withdrawn)])
}

fn forward(authority: &str, package: &str) -> Decision {
    written(authority, RefusalCode::NoAuthority)?;
    written(package, RefusalCode::NoPackage)?;
    Ok(vec![
        Change::Forwarded { authority: authority.to_owned(), package: package.to_owned() },
        status(Status::Forwarded),
    ])
}

fn ask_termination(case: &CaseView, reason: &str) -> Decision {
    if case.termination_asked.is_some() {
        return Err(RefusalCode::TerminationPending.into());
    }
    said(reason)?;
    Ok(vec![Change::TerminationAsked { reason: reason.to_owned() }])
}

fn asked(case: &CaseView) -> Result<(), Refusal> {
    case.termination_asked.as_ref().map(drop).ok_or_else(|| RefusalCode::NoTerminationAsked.into())
}

fn terminate(case: &CaseView, audit: &str, explanation: &str, channel: Channel) -> Decision {
    asked(case)?;
    written(audit, RefusalCode::NoAudit)?;
    written(explanation, RefusalCode::NoExplanation)?;
    Ok(vec![
        Change::Terminated { audit: audit.to_owned(), explanation: explanation.to_owned(), channel },
        status(Status::Terminated),
    ])
}
