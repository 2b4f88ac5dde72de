//! Not accepting a case: on a coded ground, with advice where to go, and open to review.

use super::{Decision, back, status, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::refusal::RefusalCode;
use crate::words::CaseStatus as Status;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::RefuseAcceptance { ground, advice } => refuse(ground, advice),
        Action::ReviewNonAcceptance { upheld, remark } => review(case, *upheld, remark),
        _ => return None,
    })
}

fn refuse(ground: &str, advice: &str) -> Decision {
    written(ground, RefusalCode::NoGround)?;
    written(advice, RefusalCode::NoAdvice)?;
    Ok(vec![
        Change::NotAccepted { ground: ground.to_owned(), advice: advice.to_owned() },
        status(Status::NotAccepted),
    ])
}

fn review(case: &CaseView, upheld: bool, remark: &str) -> Decision {
    written(remark, RefusalCode::NeedsWords)?;
    let mut changes = vec![Change::NonAcceptanceReviewed { upheld, remark: remark.to_owned() }];
    if !upheld {
        changes.push(back(case)?);
    }
    Ok(changes)
}
