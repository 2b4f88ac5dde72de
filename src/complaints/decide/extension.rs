//! More time: asked for by the department, granted by whom the law names, never beyond what it allows in all.

use super::{Decision, said, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::extendable::Extendable;
use crate::refusal::RefusalCode;

pub(super) fn decide(case: &CaseView, action: &Action, actor: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Extend { units, reason, clock } => ask(case, *units, reason, clock.as_deref()),
        Action::ApproveExtension { granted, remark, clock } => {
            rule(case, *granted, remark, clock.as_deref(), actor)
        }
        _ => return None,
    })
}

fn ask(case: &CaseView, units: u32, reason: &str, clock: Option<&Extendable>) -> Decision {
    if case.extension.asked.is_some() {
        return Err(RefusalCode::ExtensionPending.into());
    }
    clock.ok_or(RefusalCode::NoExtension)?.allows(units)?;
    said(reason)?;
    Ok(vec![Change::ExtensionAsked { units, reason: reason.to_owned() }])
}

fn rule(case: &CaseView, granted: bool, remark: &str, clock: Option<&Extendable>, actor: &Actor) -> Decision {
    let (units, reason) = case.extension.asked.clone().ok_or(RefusalCode::NoExtensionAsked)?;
    let clock = clock.ok_or(RefusalCode::NoExtension)?;
    if !clock.approved_by(actor.role) {
        return Err(RefusalCode::NotApprover.into());
    }
    written(remark, RefusalCode::NeedsWords)?;
    let remark = remark.to_owned();
    if !granted {
        return Ok(vec![Change::ExtensionRefused { remark }]);
    }
    // The law, or what was granted, may have changed since it was asked for.
    clock.allows(units)?;
    Ok(vec![Change::Extended { units, reason, remark }])
}

#[cfg(test)]
#[path = "extension_tests.rs"]
mod tests;
