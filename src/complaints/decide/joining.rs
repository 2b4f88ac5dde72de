//! Cases that belong together: link, merge and its undoing, split.

use domain::{CaseId, PointId};

use super::{Decision, back, said, status, written};
use crate::action::{Action, Actor};
use crate::case::CaseView;
use crate::change::{CARRIED, Change, FieldChoice};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::CaseStatus as Status;

pub(super) fn decide(case: &CaseView, action: &Action, _: &Actor) -> Option<Decision> {
    Some(match action {
        Action::Link { to, relation } => other(to).and_then(|()| {
            if case.linked.iter().any(|(known, _)| known == to) {
                return Err(RefusalCode::AlreadyTogether.into());
            }
            Ok(vec![Change::Linked { to: to.clone(), relation: *relation }])
        }),
        Action::Merge { into, choices } => other(into).and_then(|()| {
            // A case that holds others is let go of first: numbers lead on one step only.
            if !case.absorbed.is_empty() {
                return Err(RefusalCode::AlreadyTogether.into());
            }
            carried(case, choices)?;
            let merged = Change::Merged { into: into.clone(), choices: choices.clone() };
            Ok(vec![merged, status(Status::Merged)])
        }),
        Action::Absorb { from, choices } => other(from).and_then(|()| {
            if case.absorbed.iter().any(|(held, _)| held == from) {
                return Err(RefusalCode::AlreadyTogether.into());
            }
            Ok(vec![Change::Absorbed { from: from.clone(), choices: choices.clone() }])
        }),
        Action::Unmerge { reason } => {
            said(reason).and_then(|()| Ok(vec![Change::Unmerged { reason: reason.clone() }, back(case)?]))
        }
        Action::Release { from } => other(from).and_then(|()| {
            if case.absorbed.iter().all(|(held, _)| held != from) {
                return Err(RefusalCode::NotTogether.into());
            }
            Ok(vec![Change::Released { from: from.clone() }])
        }),
        Action::Split { points, to, reason } => split(case, points, to, reason),
        _ => return None,
    })
}

fn other(case: &CaseId) -> Result<(), Refusal> {
    written(case.as_str(), RefusalCode::NoOtherCase)
}

/// What is carried along is a point of this case, once.
fn carried(case: &CaseView, choices: &[FieldChoice]) -> Result<(), Refusal> {
    let chosen: Vec<_> = choices.iter().filter(|choice| choice.field == CARRIED).collect();
    let of_case = |choice: &&FieldChoice| {
        case.points.iter().any(|point| Some(point.id.as_str()) == choice.before.as_deref())
    };
    let once =
        |choice: &&FieldChoice| chosen.iter().filter(|other| other.before == choice.before).count() == 1;
    match chosen.iter().all(|choice| of_case(choice) && once(choice)) {
        true => Ok(()),
        false => Err(RefusalCode::NoSuchPoint.into()),
    }
}

fn split(case: &CaseView, points: &[PointId], to: &CaseId, reason: &str) -> Decision {
    other(to)?;
    if points.is_empty() {
        return Err(RefusalCode::NoPoints.into());
    }
    if points.iter().any(|leaving| case.points.iter().all(|point| point.id != *leaving)) {
        return Err(RefusalCode::NoSuchPoint.into());
    }
    if case.points.iter().all(|point| points.contains(&point.id)) {
        return Err(RefusalCode::LastPoint.into());
    }
    said(reason)?;
    Ok(vec![Change::PointsSplit { points: points.to_vec(), to: to.clone(), reason: reason.to_owned() }])
}
