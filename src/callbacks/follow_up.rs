//! The callback after a result: due by law, first tried in the window.

use clocks::{Due, Law, due};
use domain::Timestamp;

use crate::next::{Next, Plan, next_attempt};

/// A follow-up callback to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// The legal limit with its reckoning.
    pub due: Due,
    /// The first attempt, or why there is none.
    pub first: Next,
}

/// Schedules the callback for a result that was told at `result_at`.
pub fn schedule_follow_up(law: &Law, result_at: Timestamp, plan: &Plan<'_>) -> Scheduled {
    Scheduled {
        due: due(law, result_at, plan.calendar, plan.zone),
        first: next_attempt(plan, result_at, &[], result_at),
    }
}
