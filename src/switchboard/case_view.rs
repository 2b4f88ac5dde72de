//! A case as the rules see it: its history, folded by the rules themselves.

use complaints::{CaseView, Change, Opening};
use store::Tx;
use store::case_events::CaseEvent;
use store::cases::Case;
use store::points::Point;

use crate::Result;
use crate::case_work::{request_type_of, status_of};

/// Loads it.
pub(crate) fn load(tx: &mut Tx<'_>, case: &Case) -> Result<CaseView> {
    let points = store::points::of_case(tx, &case.id)?;
    view(case, &points, &store::case_events::of_case(tx, &case.id)?)
}

/// Folds what was read, oldest first. Lines that are no change of the rules say nothing here.
pub(crate) fn view(case: &Case, points: &[Point], events: &[CaseEvent]) -> Result<CaseView> {
    let mut changes = events.iter().filter_map(|event| serde_json::from_str::<Change>(&event.detail).ok());
    let first = changes.next();
    if let Some(Change::Opened(opening)) = first {
        return Ok(fold(&opening, changes));
    }
    // A case that was stored without a first line begins with its rows.
    let opening = Opening {
        status: status_of(case)?,
        request_type: request_type_of(case)?,
        points: points.iter().map(|point| (point.id.clone(), point.category.clone())).collect(),
        receiver: Some(case.created_by.clone()),
        audit: false,
        split_from: None,
    };
    Ok(fold(&opening, first.into_iter().chain(changes)))
}

fn fold(opening: &Opening, changes: impl Iterator<Item = Change>) -> CaseView {
    let mut view = CaseView::opened(opening);
    changes.for_each(|change| view.apply(&change));
    view
}
