//! The rules: may this actor do this to this case now, and what changes if he may. The table of the lifecycle says who
//! and from where; the files of this folder say what each action needs, one per concern.

mod acceptance;
mod departments;
mod ending;
mod extension;
mod feedback;
mod joining;
mod noting;
mod passing_on;
mod pause;
mod points;
mod pressing;

use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::investigation;
use crate::lifecycle;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::CaseStatus as Status;

type Decision = Result<Vec<Change>, Refusal>;

/// Decides on an action. The changes are to be carried out together, in their order.
pub fn decide(case: &CaseView, action: &Action, actor: &Actor) -> Decision {
    lifecycle::permit(case, action.kind(), actor).map_err(|refusal| tell_more(case, action, refusal))?;
    let decided = [
        passing_on::decide,
        points::decide,
        departments::decide,
        extension::decide,
        pause::decide,
        feedback::decide,
        ending::decide,
        acceptance::decide,
        pressing::decide,
        joining::decide,
        noting::decide,
        investigate,
    ]
    .into_iter()
    .find_map(|decide| decide(case, action, actor));
    // Every action belongs to one concern, as a test shows.
    decided.unwrap_or_else(|| Err(RefusalCode::WrongStatus.into()))
}

fn investigate(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    match action {
        Action::Investigate(action) => Some(investigation::decide(case, action)),
        _ => None,
    }
}

/// Where the case stands wrong for an action, what is missing tells more than the status.
fn tell_more(case: &CaseView, action: &Action, refusal: Refusal) -> Refusal {
    if refusal.code != RefusalCode::WrongStatus {
        return refusal;
    }
    match action {
        Action::Close if !case.status.is_closed() => ending::not_yet(case).unwrap_or(refusal),
        Action::Dispatch { .. } => passing_on::unclassified(case).unwrap_or(refusal),
        Action::Return { .. } if matches!(case.status, Status::Answered | Status::Audited) => {
            RefusalCode::AlreadyAnswered.into()
        }
        _ => refusal,
    }
}

fn status(status: Status) -> Change {
    Change::Status { status }
}

/// The status that the case left for a pause, the dialogue, or another case.
fn back(case: &CaseView) -> Result<Change, Refusal> {
    case.before.last().copied().map(status).ok_or_else(|| RefusalCode::WrongStatus.into())
}

fn named(department: &str) -> Result<(), Refusal> {
    written(department, RefusalCode::NoDepartment)
}

/// A reason is given.
pub(crate) fn said(reason: &str) -> Result<(), Refusal> {
    written(reason, RefusalCode::NeedsReason)
}

/// There are words.
pub(crate) fn written(text: &str, or: RefusalCode) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(or.into()) } else { Ok(()) }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
