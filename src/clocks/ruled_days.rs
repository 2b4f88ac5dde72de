//! The kind of each day, worked out once for a calendar: asking its rules anew for every day of every count took most
//! of a count's time.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::calendar::{YearlyDay, YearlyRule};
use crate::easter::easter_sunday;

/// Years that are worked out where a calendar has yearly rules; before and after them the rules are asked.
const FIRST: i32 = 2000;
const LAST: i32 = 2060;

/// What a day is, without its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Working,
    Weekend,
    MakeUp,
    /// A day off by notice.
    Off,
    /// By the yearly rule of this place in the list.
    Ruled(u8),
}

/// The days from the first on. Empty: nothing was worked out.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct RuledDays {
    first: NaiveDate,
    kinds: Vec<Known>,
}

impl fmt::Debug for RuledDays {
    /// What was worked out follows from the rest of the calendar.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} days from {}", self.kinds.len(), self.first)
    }
}

impl RuledDays {
    /// Works them out for the years of rules, or else of the notices (`first` to `last`). A calendar with more rules
    /// than a table can name is asked each time.
    pub(crate) fn of(weekend: &[Weekday], rules: &[YearlyRule], noticed: Option<(i32, i32)>) -> Self {
        let years = if rules.is_empty() { noticed } else { Some((FIRST, LAST)) };
        let fits = years.filter(|_| rules.len() <= usize::from(u8::MAX));
        let begin = fits.and_then(|(first, last)| Some((NaiveDate::from_ymd_opt(first, 1, 1)?, last)));
        let Some((first, last)) = begin else { return Self::default() };
        let days = first.iter_days().take_while(|date| date.year() <= last);
        let plain = |date: NaiveDate| {
            if weekend.contains(&date.weekday()) { Known::Weekend } else { Known::Working }
        };
        let mut table = Self { first, kinds: days.map(plain).collect() };
        // The first rule of the list names a day that several name; a feast may lie in another year than its Easter.
        for (place, rule) in (0..=u8::MAX).zip(rules).rev() {
            for year in FIRST - 1..=LAST + 1 {
                if let Some(date) = day_of(rule, year) {
                    table.set(date, Known::Ruled(place));
                }
            }
        }
        table
    }

    /// A notice beats the rules.
    pub(crate) fn set(&mut self, date: NaiveDate, known: Known) {
        if let Some(kind) = self.place(date).and_then(|place| self.kinds.get_mut(place)) {
            *kind = known;
        }
    }

    pub(crate) fn get(&self, date: NaiveDate) -> Option<Known> {
        self.place(date).and_then(|place| self.kinds.get(place)).copied()
    }

    fn place(&self, date: NaiveDate) -> Option<usize> {
        usize::try_from(date.num_days_from_ce() - self.first.num_days_from_ce()).ok()
    }
}

/// The day of a rule in a year, where it holds then.
pub(crate) fn day_of(rule: &YearlyRule, year: i32) -> Option<NaiveDate> {
    let in_force =
        rule.from_year.is_none_or(|first| first <= year) && rule.until_year.is_none_or(|last| year <= last);
    let date = match rule.on {
        YearlyDay::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
        YearlyDay::Easter(after) => {
            easter_sunday(year).and_then(|easter| easter.checked_add_signed(chrono::TimeDelta::days(after)))
        }
    };
    date.filter(|_| in_force)
}
