//! The reckoning: one law, its calendar, and everything that holds the clock still or lengthens it.

use chrono_tz::Tz;
use domain::Timestamp;

use crate::calendar::Calendar;
use crate::decree::{self, Decree, Decrees};
use crate::due::{Due, start_of};
use crate::law::{Law, Unit};
use crate::ledger::{Ledger, joined};

/// Longest walk, in days: far beyond every limit with every pause, so that a count ends whatever it is handed.
pub(crate) const LONGEST_WALK: usize = 100_000;

static NOTHING: Ledger = Ledger { pauses: Vec::new(), extensions: Vec::new() };

/// How a limit is counted. `Reckoning::new(law, calendar, zone).with(&ledger, now).under(&decrees).due(start)`.
#[derive(Debug, Clone, Copy)]
pub struct Reckoning<'a> {
    pub(crate) law: &'a Law,
    pub(crate) calendar: &'a Calendar,
    pub(crate) zone: Tz,
    pub(crate) ledger: &'a Ledger,
    /// Where an open pause is taken to end.
    pub(crate) as_of: Timestamp,
    pub(crate) decrees: &'a Decrees,
}

impl<'a> Reckoning<'a> {
    /// Counts `law` by `calendar`; days begin and end in `zone`.
    pub fn new(law: &'a Law, calendar: &'a Calendar, zone: Tz) -> Self {
        Self { law, calendar, zone, ledger: &NOTHING, as_of: Timestamp(0), decrees: &decree::NONE }
    }

    /// With what happened to the case. `as_of`: where a pause that is still open is taken to end, now as a rule.
    #[must_use]
    pub fn with(self, ledger: &'a Ledger, as_of: Timestamp) -> Self {
        Self { ledger, as_of, ..self }
    }

    /// Under the suspensions in force.
    #[must_use]
    pub fn under(self, decrees: &'a Decrees) -> Self {
        Self { decrees, ..self }
    }

    /// When it falls due for an event at `start`.
    ///
    /// A day counts where the clock runs when it ends: a pause from Wednesday noon to Friday noon passes over
    /// Wednesday and Thursday. Hours are counted to the millisecond.
    pub fn due(self, start: Timestamp) -> Due {
        match self.law.unit {
            Unit::Hour | Unit::WorkingHour => self.hours(start),
            Unit::WorkingDay | Unit::CalendarDay | Unit::Week | Unit::Year => self.days(start),
        }
    }

    /// Units of the law with those granted on top.
    pub(crate) fn units(self) -> u32 {
        self.law.count.saturating_add(self.ledger.extended_by(self.law))
    }

    /// Whether a pause that this law knows is open, and began before the limit was over.
    pub(crate) fn paused(self, due_at: Timestamp) -> bool {
        let open = |pause: &&crate::Pause| pause.until.is_none() && self.law.pauses.contains(&pause.reason);
        self.ledger.pauses.iter().filter(open).any(|pause| pause.from <= due_at)
    }

    /// The decrees that suspend this law.
    pub(crate) fn suspending(self) -> Vec<&'a Decree> {
        self.decrees.on(self.law)
    }

    /// The times in which the clock stands still, by pause or by decree, in order and not touching.
    pub(crate) fn still(self) -> Vec<(Timestamp, Timestamp)> {
        let mut spans = self.ledger.still(self.law, self.as_of);
        for decree in self.suspending() {
            let until = decree.to.succ_opt().map_or(Timestamp(i64::MAX), |next| start_of(next, self.zone));
            spans.push((start_of(decree.from, self.zone), until));
        }
        spans.sort_unstable();
        joined(spans)
    }
}
