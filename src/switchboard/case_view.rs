//! A case as the rules see it: rows of now, and what its history says of the current round.

use complaints::{CaseView, Change, DispatchState, DispatchView, FollowUp, PointView, Strength};
use store::Tx;
use store::case_events::CaseEvent;
use store::cases::Case;
use store::dispatches::Dispatch;
use store::points::Point;

use crate::case_work::{request_type_of, status_of};
use crate::{Error, Result};

/// What the history says of the current round; a reopened case begins a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) steps: u32,
    pub(crate) fed_back: bool,
    pub(crate) route_noticed: bool,
    pub(crate) follow_up: FollowUp,
    /// The last dispatch was a ruling.
    pub(crate) designated: bool,
}

impl Round {
    const FRESH: Self = Self {
        steps: 0,
        fed_back: false,
        route_noticed: false,
        follow_up: FollowUp::None,
        designated: false,
    };

    /// Folds a history, oldest first. Lines that are no change of the rules say nothing here.
    pub(crate) fn of(events: &[CaseEvent]) -> Self {
        let changes = events.iter().filter_map(|event| serde_json::from_str::<Change>(&event.detail).ok());
        changes.fold(Self::FRESH, |round, change| round.after(&change))
    }

    fn after(mut self, change: &Change) -> Self {
        match change {
            Change::Reopened { .. } => return Self::FRESH,
            Change::StepLogged { .. } => self.steps += 1,
            Change::FedBack { .. } | Change::FeedbackWaived { .. } => self.fed_back = true,
            Change::RouteNoticeGiven { .. } | Change::RouteNoticeWaived { .. } => self.route_noticed = true,
            Change::FollowUpDue => self.follow_up = FollowUp::Scheduled,
            Change::FollowUpWaived { .. } => self.follow_up = FollowUp::Waived,
            Change::FollowUpDone { .. } => self.follow_up = FollowUp::Reached,
            Change::FollowUpUnreached => self.follow_up = FollowUp::Unreached,
            Change::Dispatched { designated, .. } => self.designated = *designated,
            _ => {}
        }
        self
    }
}

/// Loads it.
pub(crate) fn load(tx: &mut Tx<'_>, case: &Case) -> Result<CaseView> {
    let points = store::points::of_case(tx, &case.id)?;
    let last = store::dispatches::latest(tx, &case.id)?;
    let round = Round::of(&store::case_events::of_case(tx, &case.id)?);
    view(case, &points, last.as_ref(), &round)
}

/// Puts together what was read.
pub(crate) fn view(
    case: &Case,
    points: &[Point],
    last: Option<&Dispatch>,
    round: &Round,
) -> Result<CaseView> {
    Ok(CaseView {
        status: status_of(case)?,
        request_type: request_type_of(case)?,
        points: points.iter().map(point_view).collect::<Result<_>>()?,
        dispatch: last.map(|last| dispatch_view(last, round.designated)).transpose()?,
        steps: round.steps,
        fed_back: round.fed_back,
        route_noticed: round.route_noticed,
        follow_up: round.follow_up,
    })
}

fn point_view(point: &Point) -> Result<PointView> {
    Ok(PointView {
        id: point.id.clone(),
        category: point.category.clone(),
        finding: point.finding.as_deref().map(read).transpose()?,
        outcome_kind: point.outcome_kind.as_deref().map(read).transpose()?,
    })
}

fn dispatch_view(dispatch: &Dispatch, designated: bool) -> Result<DispatchView> {
    Ok(DispatchView {
        department: dispatch.department.clone(),
        strength: read::<Strength>(&dispatch.strength)?,
        state: read::<DispatchState>(&dispatch.state)?,
        designated,
    })
}

/// A stored code, read; one this version does not know is a broken row.
fn read<T: std::str::FromStr<Err = domain::code::UnknownCode>>(text: &str) -> Result<T> {
    text.parse().map_err(|error: domain::code::UnknownCode| Error::Unavailable(error.to_string()))
}
