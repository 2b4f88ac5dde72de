//! More time: asked for by the department, granted by a supervisor, never beyond what the law allows in all.

use super::{Decision, said, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::Change;
use crate::refusal::RefusalCode;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Extend { units, reason, cap } => ask(case, *units, reason, *cap),
        Action::ApproveExtension { granted, remark } => rule(case, *granted, remark),
        _ => return None,
    })
}

fn ask(case: &CaseView, units: u32, reason: &str, cap: Option<u32>) -> Decision {
    if case.extension.asked.is_some() {
        return Err(RefusalCode::ExtensionPending.into());
    }
    let cap = cap.ok_or(RefusalCode::NoExtension)?;
    if units == 0 || case.extension.granted.saturating_add(units) > cap {
        return Err(RefusalCode::BeyondCap.into());
    }
    said(reason)?;
    Ok(vec![Change::ExtensionAsked { units, reason: reason.to_owned() }])
}

fn rule(case: &CaseView, granted: bool, remark: &str) -> Decision {
    let (units, reason) = case.extension.asked.clone().ok_or(RefusalCode::NoExtensionAsked)?;
    written(remark, RefusalCode::NeedsWords)?;
    let remark = remark.to_owned();
    Ok(vec![if granted {
        Change::Extended { units, reason, remark }
    } else {
        Change::ExtensionRefused { remark }
    }])
}
