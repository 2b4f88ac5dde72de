//! Waiting for somebody outside: the clock is paused, with the reason; and the dialogue, which is such a wait.

use super::{Decision, back, said, status, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::refusal::RefusalCode;
use crate::words::CaseStatus as Status;
use clocks::PauseReason;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Suspend { reason, remark } => said(remark).map(|()| {
            vec![Change::Suspended { reason: *reason, remark: remark.clone() }, status(Status::Suspended)]
        }),
        Action::Resume { remark } => written(remark, RefusalCode::NeedsWords)
            .and_then(|()| Ok(vec![Change::Resumed { remark: remark.clone() }, back(case)?])),
        Action::AskComplainant { what, due_at } => written(what, RefusalCode::NeedsWords).map(|()| {
            vec![
                Change::InformationAsked { what: what.clone(), due_at: *due_at },
                Change::Suspended { reason: PauseReason::AwaitingComplainant, remark: what.clone() },
                status(Status::Suspended),
            ]
        }),
        Action::ComplainantGave { what } => gave(case, what),
        Action::EnterDialogue { dialogue } if case.dialogues == 0 => {
            Ok(vec![Change::EnteredDialogue { dialogue: dialogue.clone() }, status(Status::InDialogue)])
        }
        Action::EnterDialogue { .. } => Err(RefusalCode::SecondDialogue.into()),
        Action::LeaveDialogue { outcome, held } => written(outcome, RefusalCode::NeedsWords).and_then(|()| {
            Ok(vec![Change::LeftDialogue { outcome: outcome.clone(), held: *held }, back(case)?])
        }),
        _ => return None,
    })
}

fn gave(case: &CaseView, what: &str) -> Decision {
    if case.information_asked.is_none() {
        return Err(RefusalCode::NothingAsked.into());
    }
    written(what, RefusalCode::NeedsWords)?;
    Ok(vec![
        Change::InformationGiven { what: what.to_owned() },
        Change::Resumed { remark: what.to_owned() },
        back(case)?,
    ])
}
