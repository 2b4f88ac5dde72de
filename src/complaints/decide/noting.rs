//! Moments from which the law counts and which the hotline learns later.

use super::Decision;
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;

pub(super) fn decide(_: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    match action {
        Action::NoteDeath { at } => Some(Ok(vec![Change::DeathNoted { at: *at }])),
        _ => None,
    }
}
