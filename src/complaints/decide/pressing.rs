//! Pressing: the complainant's reminders (催办), the ladder of supervision, the hotline's order (督办). None of them
//! makes a new case.

use super::{Decision, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::refusal::RefusalCode;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Remind { words } => {
            written(words, RefusalCode::NeedsWords).map(|()| vec![Change::Reminded { words: words.clone() }])
        }
        Action::RecordSameMatter { told } => written(told, RefusalCode::NeedsWords)
            .map(|()| vec![Change::SameMatterTold { told: told.clone() }]),
        Action::Escalate { step, .. } if case.pressed.iter().any(|(taken, _)| taken == step) => {
            Err(RefusalCode::StepTaken.into())
        }
        Action::Escalate { step, pressure, told } => {
            Ok(vec![Change::Escalated { step: step.clone(), pressure: *pressure, told: told.clone() }])
        }
        Action::Supervise { order, due_at } => written(order, RefusalCode::NeedsWords)
            .map(|()| vec![Change::Supervised { order: order.clone(), due_at: *due_at }]),
        _ => return None,
    })
}
