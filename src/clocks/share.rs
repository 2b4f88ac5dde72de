//! Shares of a limit in working time: when to warn, and when a co-handler's part must be there.

use domain::Timestamp;

use crate::due::Due;
use crate::law::Unit;
use crate::reckoning::Reckoning;
use crate::running::{Open, Running, Span};

/// A warning before a limit is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The share of the working time that has passed, in percent.
    pub percent: u8,
    /// When it is given: always in office hours, unless the limit itself runs day and night.
    pub at: Timestamp,
}

impl Reckoning<'_> {
    /// The warnings of a limit that began at `start`, the first one first.
    pub fn warnings(self, start: Timestamp, due: &Due) -> Vec<Warning> {
        let at = |percent: &u8| Warning { percent: *percent, at: self.share(start, due, *percent) };
        self.law.warn_at.iter().map(at).collect()
    }

    /// The moment at which `percent` of the working time between `start` and the limit has passed. The whole is
    /// the end of the last office hours in time, so that nobody is warned at midnight.
    pub fn share(self, start: Timestamp, due: &Due, percent: u8) -> Timestamp {
        let percent = i64::from(percent.min(100));
        let open = match self.law.unit {
            Unit::Hour => Open::Always,
            _ => Open::office(self.law.office(self.calendar)),
        };
        let running = Running { open, calendar: self.calendar, zone: self.zone, still: self.still() };
        // The last whole second of a day stands for its end.
        let in_hours = matches!(self.law.unit, Unit::Hour | Unit::WorkingHour);
        let end = if in_hours { due.due_at } else { due.due_at.plus_seconds(1) };
        let parts = within(&running, start, end);
        let total: i64 = parts.iter().map(|(from, until)| until.0 - from.0).sum();
        if total == 0 {
            return Timestamp(start.0 + (due.due_at.0 - start.0).max(0) / 100 * percent);
        }
        let mut left = total / 100 * percent + total % 100 * percent / 100;
        for (from, until) in &parts {
            let length = until.0 - from.0;
            if left <= length {
                return Timestamp(from.0 + left).min(due.due_at);
            }
            left -= length;
        }
        due.due_at
    }
}

/// The running time between two moments.
fn within(running: &Running<'_>, start: Timestamp, end: Timestamp) -> Vec<Span> {
    let (first, last) = (start.service_day(running.zone), end.service_day(running.zone));
    let eve = first.pred_opt().unwrap_or(first);
    let mut parts: Vec<Span> = Vec::new();
    for date in eve.iter_days().take_while(|date| *date <= last) {
        let after = parts.last().map_or(start, |(_, until)| *until);
        let of_day = running.on(date, after).into_iter();
        parts.extend(of_day.map(|(from, until)| (from, until.min(end))).filter(|(from, until)| from < until));
    }
    parts
}
