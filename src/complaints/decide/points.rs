//! The points of a complaint: classified, added, dropped, coded and coded anew. What the caller said of one is never
//! touched.

use domain::PointId;

use super::{Decision, said, status, written};
use crate::action::{Action, Actor};
use crate::case::{CaseView, PointView};
use crate::change::Change;
use crate::points::{CATEGORY, Code, NewPoint};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::CaseStatus as Status;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Classify { point, category, version } => classify(case, point, category, version),
        Action::AddPoint(new) => add(case, new),
        Action::DropPoint { point, reason } => take_off(case, point, reason),
        Action::Recode { point, codes, reason } => recode(case, point, codes, reason),
        _ => return None,
    })
}

fn standing<'a>(case: &'a CaseView, point: &PointId) -> Result<&'a PointView, Refusal> {
    case.points.iter().find(|known| known.id == *point).ok_or_else(|| RefusalCode::NoSuchPoint.into())
}

/// A case of which every point has its category stands classified; one of which not every point has, does not.
fn followed(case: &CaseView, mut changes: Vec<Change>) -> Decision {
    let mut after = case.clone();
    changes.iter().for_each(|change| after.apply(change));
    let complete = after.points.iter().all(|point| !point.category.is_empty());
    match case.status {
        Status::Received | Status::Recorded if complete => changes.push(status(Status::Classified)),
        Status::Classified if !complete => changes.push(status(Status::Recorded)),
        _ => {}
    }
    Ok(changes)
}

fn classify(case: &CaseView, point: &PointId, category: &str, version: &str) -> Decision {
    written(category, RefusalCode::NoCategory)?;
    if !standing(case, point)?.category.is_empty() {
        return Err(RefusalCode::AlreadyCoded.into());
    }
    let classified = Change::PointClassified {
        point: point.clone(),
        category: category.to_owned(),
        version: version.to_owned(),
        from: None,
        reason: None,
    };
    followed(case, vec![classified])
}

fn add(case: &CaseView, new: &NewPoint) -> Decision {
    written(&new.own_words, RefusalCode::NeedsWords)?;
    written(new.point.as_str(), RefusalCode::NoSuchPoint)?;
    if case.points.iter().chain(&case.dropped).any(|known| known.id == new.point) {
        return Err(RefusalCode::PointKnown.into());
    }
    // There is one dialogue in a complaint: what comes after it gets none of its own.
    let added = NewPoint { no_dialogue: new.no_dialogue || case.dialogues > 0, ..new.clone() };
    let mut changes = vec![Change::PointAdded(added)];
    let incomplete = new.category.is_empty() && case.status == Status::Classified;
    if incomplete {
        changes.push(status(Status::Recorded));
    }
    Ok(changes)
}

fn take_off(case: &CaseView, point: &PointId, reason: &str) -> Decision {
    standing(case, point)?;
    if case.points.len() == 1 {
        return Err(RefusalCode::LastStandingPoint.into());
    }
    said(reason)?;
    followed(case, vec![Change::PointDropped { point: point.clone(), reason: reason.to_owned() }])
}

fn recode(case: &CaseView, point: &PointId, codes: &[Code], reason: &str) -> Decision {
    let known = standing(case, point)?;
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    let mut changes = Vec::new();
    for code in codes {
        if code.axis == CATEGORY {
            written(&code.code, RefusalCode::NoCategory)?;
        }
        let from = had(known, &code.axis);
        if from.unwrap_or_default() == code.code {
            continue;
        }
        if from.is_some() && reason.is_none() {
            return Err(RefusalCode::NeedsReason.into());
        }
        changes.push(coded(point, code, from, reason));
    }
    if changes.is_empty() {
        return Err(RefusalCode::NothingChanged.into());
    }
    followed(case, changes)
}

/// The code that a point has on an axis.
fn had<'a>(point: &'a PointView, axis: &str) -> Option<&'a str> {
    let code = if axis == CATEGORY { Some(&point.category) } else { point.codes.get(axis) };
    code.map(String::as_str).filter(|code| !code.is_empty())
}

fn coded(point: &PointId, code: &Code, from: Option<&str>, reason: Option<&str>) -> Change {
    let (from, reason) = (from.map(str::to_owned), reason.map(str::to_owned));
    if code.axis == CATEGORY {
        return Change::PointClassified {
            point: point.clone(),
            category: code.code.clone(),
            version: code.version.clone(),
            from,
            reason,
        };
    }
    Change::PointCoded {
        point: point.clone(),
        axis: code.axis.clone(),
        code: code.code.clone(),
        system: code.system.clone(),
        version: code.version.clone(),
        from,
        reason,
    }
}

#[cfg(test)]
#[path = "points_tests.rs"]
mod tests;
