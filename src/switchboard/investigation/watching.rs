//! What outlives a case: corrective actions that are still to be checked, and what was learned.

use domain::{CaseNumber, Timestamp};
pub use store::corrections::Correction as PlannedCorrection;
pub use store::learning::Note;

use crate::Result;
use crate::rights::{Desk, Supervisor};

/// Most rows of each list.
const MOST: i64 = 500;

/// The supervisor's lists.
#[derive(Debug, Clone)]
pub struct FollowThrough {
    /// Corrective actions that are still to be checked, with the numbers of their cases; what is due first stands first.
    pub corrections: Vec<(PlannedCorrection, CaseNumber)>,
    /// Notes of the filter, newest first.
    pub notes: Vec<Note>,
    pub now: Timestamp,
}

impl FollowThrough {
    /// How many checks are overdue.
    pub fn overdue(&self) -> usize {
        let late = |check_at: Option<Timestamp>| check_at.is_some_and(|at| at < self.now);
        self.corrections.iter().filter(|(one, _)| late(one.check_at)).count()
    }
}

impl Desk<Supervisor> {
    /// What is to be checked, and what was learned about an institution and in a category; none named: in all.
    pub async fn follow_through(
        &self,
        institution: Option<String>,
        category: Option<String>,
    ) -> Result<FollowThrough> {
        let (now, person) = (self.now(), self.person().id.clone());
        self.board
            .store
            .read(move |tx| -> Result<FollowThrough> {
                let mut corrections = Vec::new();
                for (one, number) in store::corrections::to_check(tx, MOST)? {
                    if !store::conflicts::blocked(tx, &person, &one.case)? {
                        corrections.push((one, number));
                    }
                }
                let notes = store::learning::list(tx, institution.as_deref(), category.as_deref(), MOST)?;
                Ok(FollowThrough { corrections, notes, now })
            })
            .await
    }

    /// How many corrective actions should have been checked by now.
    pub async fn overdue_checks(&self) -> Result<i64> {
        let now = self.now();
        Ok(self.board.store.read(move |tx| store::corrections::overdue(tx, now)).await?)
    }
}
