//! A business calendar: weekends, days off, and the weekend days that are worked to make up for them (调休).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use domain::directory::Names;
use domain::{DataFile, Fault};

use crate::calendar_file;
use crate::hours::OpeningHours;
use crate::ruled_days::{self, Known, RuledDays};

/// What kind of day a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// An ordinary working day.
    Working,
    /// A weekend day that is worked because the notice says so.
    MakeUp,
    /// A weekend day.
    Weekend,
    /// A public holiday, with its name.
    Holiday(&'a Names),
    /// No public holiday, but offices are shut by custom or agreement.
    Closing(&'a Names),
}

impl DayKind<'_> {
    /// Whether offices work on such a day.
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// A holiday that returns every year by rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearlyRule {
    pub names: Names,
    pub on: YearlyDay,
    /// Whether it is a closing day by custom and no public holiday.
    pub closing: bool,
    /// First year it holds.
    pub from_year: Option<i32>,
    /// Last year it holds.
    pub until_year: Option<i32>,
}

/// The day of a yearly rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearlyDay {
    /// Month and day.
    Fixed(u32, u32),
    /// Days after Easter Sunday, negative before it.
    Easter(i64),
}

/// A business calendar with its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The name that laws and lines refer to, as `china`.
    pub id: String,
    /// The zone in which its days begin and end.
    pub zone: Tz,
    pub(crate) weekend: Vec<Weekday>,
    pub(crate) off: BTreeMap<NaiveDate, Names>,
    pub(crate) made_up: BTreeMap<NaiveDate, Names>,
    pub(crate) rules: Vec<YearlyRule>,
    /// What follows from the four above, day by day.
    pub(crate) ruled: RuledDays,
    /// Last day for which the authority has published the holidays; later days are guesses.
    pub published_until: Option<NaiveDate>,
    /// Office hours, for limits in working hours and for the time of day of warnings.
    pub hours: Option<OpeningHours>,
    /// Month and day from which next year's notice is missed where it is not there.
    pub expected_by: (u32, u32),
    /// The notices or acts it was taken from.
    pub citations: Vec<String>,
}

impl Calendar {
    /// Reads a calendar file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        calendar_file::parse(DataFile::new(text, file))
    }

    /// What kind of day `date` is. A day made up beats a day off, a day off beats the weekend.
    pub fn kind(&self, date: NaiveDate) -> DayKind<'_> {
        match self.ruled.get(date) {
            Some(Known::Working) => DayKind::Working,
            Some(Known::Weekend) => DayKind::Weekend,
            Some(Known::MakeUp) => DayKind::MakeUp,
            Some(Known::Ruled(place)) => self.rules.get(usize::from(place)).map_or(DayKind::Working, by_rule),
            Some(Known::Off) | None => self.asked(date),
        }
    }

    /// The same, asked of notices, rules and weekend.
    pub(crate) fn asked(&self, date: NaiveDate) -> DayKind<'_> {
        if self.made_up.contains_key(&date) {
            return DayKind::MakeUp;
        }
        if let Some(names) = self.off.get(&date) {
            return DayKind::Holiday(names);
        }
        // A feast counted from Easter may lie in the year before or after its own.
        let holds = |rule: &&YearlyRule| {
            (-1..=1).any(|other| ruled_days::day_of(rule, date.year() + other) == Some(date))
        };
        if let Some(rule) = self.rules.iter().find(holds) {
            return by_rule(rule);
        }
        if self.weekend.contains(&date.weekday()) { DayKind::Weekend } else { DayKind::Working }
    }

    /// Works out what follows from weekend, notices and rules; to be done after they change.
    pub(crate) fn work_out(&mut self) {
        let noticed = || self.off.keys().chain(self.made_up.keys()).map(Datelike::year);
        let years = noticed().min().zip(noticed().max());
        self.ruled = RuledDays::of(&self.weekend, &self.rules, years);
        self.off.keys().for_each(|date| self.ruled.set(*date, Known::Off));
        self.made_up.keys().for_each(|date| self.ruled.set(*date, Known::MakeUp));
    }

    /// Whether offices work on `date`.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.kind(date).is_working()
    }

    /// Whether `date` lies in the part that the authority has published.
    pub fn is_published(&self, date: NaiveDate) -> bool {
        self.published_until.is_none_or(|last| date <= last)
    }

    /// The year whose days off are missed on `today`: next year's, once its notice should be out, or this year's.
    pub fn missing_year(&self, today: NaiveDate) -> Option<i32> {
        let last = self.published_until?;
        let year = today.year();
        let covers = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31).is_none_or(|end| end <= last);
        if !covers(year) {
            return Some(year);
        }
        ((today.month(), today.day()) >= self.expected_by && !covers(year + 1)).then_some(year + 1)
    }

    /// The first working day on or after `date`.
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days().take(366).find(|day| self.is_working(*day)).unwrap_or(date)
    }

    /// The names of all its days.
    pub fn all_names(&self) -> impl Iterator<Item = &Names> {
        let ruled = self.rules.iter().map(|rule| &rule.names);
        self.off.values().chain(self.made_up.values()).chain(ruled)
    }
}

fn by_rule(rule: &YearlyRule) -> DayKind<'_> {
    if rule.closing { DayKind::Closing(&rule.names) } else { DayKind::Holiday(&rule.names) }
}

/// All calendars, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendars(BTreeMap<String, Calendar>);

impl Calendars {
    /// Adds a calendar; one of the same id is replaced.
    pub fn add(&mut self, calendar: Calendar) {
        self.0.insert(calendar.id.clone(), calendar);
    }

    /// The calendar with this id.
    pub fn get(&self, id: &str) -> Option<&Calendar> {
        self.0.get(id)
    }

    /// Every calendar, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Calendar> {
        self.0.values()
    }

    /// Ids in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
pub(crate) mod tests;
