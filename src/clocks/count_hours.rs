//! The count of hours: on the clock, or in office hours only.

use chrono::NaiveDate;
use domain::Timestamp;

use crate::due::{CountedDay, DayReason, Due, reason, start_of};
use crate::law::Unit;
use crate::reckoning::{LONGEST_WALK, Reckoning};
use crate::running::{Open, Running};

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

impl Reckoning<'_> {
    pub(crate) fn hours(self, start: Timestamp) -> Due {
        let limit = i64::from(self.law.count) * HOUR;
        let (due_at, days) = self.run(start, i64::from(self.units()) * HOUR, limit);
        Due {
            law: self.law.id.clone(),
            due_at,
            day: due_at.service_day(self.zone),
            provisional: self.law.needs_calendar() && days.iter().any(|day| !day.published),
            extended_by: self.ledger.extended_by(self.law),
            paused: self.paused(due_at),
            days,
            citation: self.law.citation.clone(),
        }
    }

    /// The moment at which the clock has run for `wanted` milliseconds, and the days on the way; what comes after
    /// `limit` milliseconds was granted.
    pub(crate) fn run(self, start: Timestamp, wanted: i64, limit: i64) -> (Timestamp, Vec<CountedDay>) {
        let running = self.running();
        let first = start.service_day(self.zone);
        // A night that began the evening before still runs.
        let eve = first.pred_opt().unwrap_or(first);
        let (mut left, mut at, mut days) = (wanted, start, Vec::new());
        for date in eve.iter_days().take(LONGEST_WALK) {
            let before = left;
            for (from, until) in running.on(date, at.max(start)) {
                let counted = left.min(until.0 - from.0);
                left -= counted;
                at = Timestamp(from.0 + counted);
                if left == 0 {
                    break;
                }
            }
            let counted = before - left;
            if date >= first || counted > 0 {
                days.push(self.day_of_hours(date, date == first, counted, wanted - before >= limit));
            }
            if left == 0 {
                break;
            }
        }
        (at, days)
    }

    pub(crate) fn running(&self) -> Running<'_> {
        let open = match self.law.unit {
            Unit::Hour => Open::Always,
            _ => Open::office(self.law.office(self.calendar)),
        };
        Running { open, calendar: self.calendar, zone: self.zone, still: self.still() }
    }

    fn day_of_hours(self, date: NaiveDate, first: bool, counted: i64, extended: bool) -> CountedDay {
        CountedDay {
            date,
            ordinal: None,
            seconds: Some(u32::try_from(counted / 1000).unwrap_or(u32::MAX)),
            reason: self.reason_of_hours(date, first, counted),
            extended: extended && counted > 0,
            published: self.calendar.is_published(date),
        }
    }

    fn reason_of_hours(self, date: NaiveDate, first: bool, counted: i64) -> DayReason {
        let of_calendar = reason(self.calendar.kind(date));
        if counted > 0 {
            return if self.law.unit == Unit::Hour { DayReason::CalendarDay } else { of_calendar };
        }
        let off = matches!(of_calendar, DayReason::Weekend | DayReason::Holiday(_));
        if self.law.unit == Unit::WorkingHour && off {
            return of_calendar;
        }
        let decrees = self.suspending();
        if let Some(decree) = decrees.iter().find(|decree| decree.from <= date && date <= decree.to) {
            return DayReason::Suspended { decree: decree.id.clone(), citation: decree.citation.clone() };
        }
        let next = date.succ_opt().unwrap_or(date);
        let (begins, ends) = (start_of(date, self.zone), start_of(next, self.zone));
        let touches = |pause: &&crate::Pause| {
            self.law.pauses.contains(&pause.reason)
                && pause.from < ends
                && begins < pause.until.unwrap_or(self.as_of)
        };
        match self.ledger.pauses.iter().find(touches) {
            Some(pause) => DayReason::Paused(pause.reason),
            None if first => DayReason::StartDay,
            None => DayReason::Closed,
        }
    }
}
