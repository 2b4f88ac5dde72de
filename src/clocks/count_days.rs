//! The count of days: working days, calendar days, weeks, years.

use chrono::{Datelike, NaiveDate};
use domain::Timestamp;

use crate::calendar::DayKind;
use crate::decree::Decree;
use crate::due::{CountedDay, DayReason, Due, end_of, reason};
use crate::law::{Unit, WhenOff};
use crate::ledger::PauseReason;
use crate::reckoning::{LONGEST_WALK, Reckoning};

/// Days on which the clock stood still when they ended: from the first, up to and without the second.
type StillDays = (NaiveDate, NaiveDate, PauseReason);

impl Reckoning<'_> {
    pub(crate) fn days(self, start: Timestamp) -> Due {
        let first = start.service_day(self.zone);
        let days = self.walk(first);
        let day = days.last().map_or(first, |last| last.date);
        let due_at = end_of(day, self.zone);
        Due {
            law: self.law.id.clone(),
            due_at,
            day,
            provisional: self.law.needs_calendar() && days.iter().any(|day| !day.published),
            extended_by: self.ledger.extended_by(self.law),
            paused: self.paused(due_at),
            days,
            citation: self.law.citation.clone(),
        }
    }

    fn walk(self, first: NaiveDate) -> Vec<CountedDay> {
        let (limit, wanted) = (self.days_in(first, self.law.count), self.days_in(first, self.units()));
        let (still, decrees) = (self.still_days(), self.suspending());
        let mut days = Vec::with_capacity(wanted as usize + wanted as usize / 2 + 8);
        let mut reached = 0;
        for (index, date) in first.iter_days().take(LONGEST_WALK).enumerate() {
            let kind = self.calendar.kind(date);
            let held = self.held(date, kind, &still, &decrees);
            let starts = index == 0 && self.law.day_zero;
            let runs = !starts && held.is_none() && self.unit_counts(kind);
            let ordinal = (runs && reached < wanted).then_some(reached + 1);
            reached = ordinal.unwrap_or(reached);
            days.push(CountedDay {
                date,
                ordinal,
                seconds: None,
                reason: match held {
                    _ if starts => DayReason::StartDay,
                    Some(held) => held,
                    None if ordinal.is_some() && self.law.unit != Unit::WorkingDay => DayReason::CalendarDay,
                    None => reason(kind),
                },
                extended: ordinal.is_some_and(|ordinal| ordinal > limit),
                published: self.calendar.is_published(date),
            });
            let may_end = self.law.when_off == WhenOff::Stay || (kind.is_working() && runs);
            if reached == wanted && may_end {
                break;
            }
        }
        days
    }

    fn unit_counts(self, kind: DayKind<'_>) -> bool {
        self.law.unit != Unit::WorkingDay || kind.is_working()
    }

    /// Why a day that would count does not.
    fn held(
        self,
        date: NaiveDate,
        kind: DayKind<'_>,
        still: &[StillDays],
        decrees: &[&Decree],
    ) -> Option<DayReason> {
        if !self.unit_counts(kind) {
            return None;
        }
        if let Some(decree) = decrees.iter().find(|decree| decree.from <= date && date <= decree.to) {
            let (decree, citation) = (decree.id.clone(), decree.citation.clone());
            return Some(DayReason::Suspended { decree, citation });
        }
        let paused = still.iter().find(|(from, until, _)| *from <= date && date < *until);
        paused.map(|(_, _, reason)| DayReason::Paused(*reason))
    }

    fn still_days(self) -> Vec<StillDays> {
        let counts = self.ledger.pauses.iter().filter(|pause| self.law.pauses.contains(&pause.reason));
        let days = counts.map(|pause| {
            let until = pause.until.unwrap_or(self.as_of);
            (pause.from.service_day(self.zone), until.service_day(self.zone), pause.reason)
        });
        days.collect()
    }

    /// How many days make up `units` from `first` on.
    fn days_in(self, first: NaiveDate, units: u32) -> u32 {
        match self.law.unit {
            Unit::Week => units.saturating_mul(7),
            Unit::Year => u32::try_from((years_on(first, units) - first).num_days()).unwrap_or(0).max(1),
            _ => units,
        }
    }
}

/// The same day `years` later; 29 February becomes 28 February where there is none.
fn years_on(day: NaiveDate, years: u32) -> NaiveDate {
    let year = day.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    let same = day.with_year(year);
    same.or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(day)
}
