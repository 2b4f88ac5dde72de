//! What the law counts from and the hotline learns later: a death, and what became of its autopsy.

use super::{Decision, said};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;

pub(super) fn decide(_: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    match action {
        Action::NoteDeath { at } => Some(Ok(vec![Change::DeathNoted { at: *at }])),
        Action::SettleAutopsy { outcome, remark } => {
            let settled =
                |()| vec![Change::AutopsySettled { outcome: *outcome, remark: remark.trim().to_owned() }];
            Some(said(remark).map(settled))
        }
        _ => None,
    }
}
