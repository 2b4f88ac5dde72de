//! The file of laws: every limit, the default warnings, the bands of what is overdue.

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault, RequestType};
use serde::Deserialize;
use toml::Spanned;

use crate::calendar::Calendars;
use crate::law::{Duty, Law, Unit};

/// Every law of `config/laws.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Laws {
    laws: Vec<Law>,
    bands: Vec<OverdueBand>,
}

/// How late is how bad: a band of the list of what is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverdueBand {
    /// Stable name, as `week`.
    pub code: String,
    pub names: Names,
    /// It begins when so many working days have passed since the limit; the first begins at 0.
    pub from_working_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    warn_at: Vec<u8>,
    #[serde(default)]
    law: Vec<Spanned<Law>>,
    #[serde(default)]
    overdue_band: Vec<Spanned<OverdueBand>>,
}

/// For whom a law is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// As `cn-gov`.
    pub profile: &'a str,
    /// The place, as `sichuan`; its own laws beat those of the profile.
    pub locality: Option<&'a str>,
    /// What was asked; a law for one request type beats one for all.
    pub request_type: Option<RequestType>,
}

impl<'a> Whose<'a> {
    /// Everybody of a profile.
    pub fn profile(profile: &'a str) -> Self {
        Self { profile, locality: None, request_type: None }
    }
}

impl Laws {
    /// Longest limit accepted, in units: a slip of the pen should not make a deadline in the next century.
    const LARGEST: u32 = 5000;

    /// Reads the file of laws.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut laws: Vec<Law> = Vec::new();
        for entry in entries.law {
            let at = entry.span().start;
            let mut law = entry.into_inner();
            if law.warn_at.is_empty() {
                law.warn_at.clone_from(&entries.warn_at);
            }
            law.warn_at.sort_unstable();
            check(source, at, &law)?;
            if laws.iter().any(|other| overlap(other, &law)) {
                let remedy = "end the older one with valid_to the day before, or give one of them a profile of its own";
                return Err(source.fault(
                    at,
                    format!("law {} stands twice for the same days", law.id),
                    remedy,
                ));
            }
            laws.push(law);
        }
        Ok(Self { laws, bands: bands(source, entries.overdue_band)? })
    }

    /// What is wrong between the laws and the calendars, one a line: a calendar that is not there, office hours
    /// that never open.
    pub fn check_against(&self, calendars: &Calendars) -> Vec<String> {
        let mut faults = Vec::new();
        for law in &self.laws {
            let Some(calendar) = calendars.get(&law.calendar) else {
                let known = calendars.ids().collect::<Vec<_>>().join(", ");
                let (id, name) = (&law.id, &law.calendar);
                faults.push(format!("law {id}: there is no calendar {name:?}; write one of {known}"));
                continue;
            };
            let opens = law.office(calendar).is_some_and(|hours| !hours.never_opens());
            if law.unit == Unit::WorkingHour && !opens {
                faults.push(format!(
                    "law {}: counts working hours, but there are none; write [hours] in the calendar {} or `hours` in the law",
                    law.id, calendar.id
                ));
            }
        }
        faults
    }

    /// The law `id` as it stands on `day`; a version written for `profile` beats the one for all.
    pub fn get(&self, id: &str, profile: Option<&str>, day: NaiveDate) -> Option<&Law> {
        let fits = |law: &&Law| law.id == id && law.holds_on(day);
        let own = self
            .laws
            .iter()
            .filter(fits)
            .find(|law| profile.is_none_or(|profile| law.profile.as_deref() == Some(profile)));
        own.or_else(|| self.laws.iter().filter(fits).find(|law| law.profile.is_none()))
    }

    /// The law that sets the limit of `duty` for `profile` on `day`.
    pub fn for_duty(&self, duty: Duty, profile: &str, day: NaiveDate) -> Option<&Law> {
        self.limit(duty, Whose::profile(profile), day)
    }

    /// The law that sets the limit of `duty` on `day`: of the place before the profile's, of the profile before
    /// everybody's, of the request type before all types'; the first in the file among equals.
    pub fn limit(&self, duty: Duty, whose: Whose<'_>, day: NaiveDate) -> Option<&Law> {
        let fits = |law: &&Law| {
            law.duty == duty
                && law.holds_on(day)
                && law.profile.as_deref().is_none_or(|profile| profile == whose.profile)
                && law.locality.as_deref().is_none_or(|place| Some(place) == whose.locality)
                && (law.request_types.is_empty()
                    || whose.request_type.is_some_and(|kind| law.request_types.contains(&kind)))
        };
        let nearness =
            |law: &Law| (law.locality.is_some(), law.profile.is_some(), !law.request_types.is_empty());
        self.laws.iter().filter(fits).rev().max_by_key(|law| nearness(law))
    }

    /// Every law, in the order of the file.
    pub fn all(&self) -> &[Law] {
        &self.laws
    }

    /// The bands of what is overdue, the mildest first.
    pub fn bands(&self) -> &[OverdueBand] {
        &self.bands
    }

    /// The band of something that is `working_days` late.
    pub fn band(&self, working_days: u32) -> Option<&OverdueBand> {
        self.bands.iter().rev().find(|band| band.from_working_days <= working_days)
    }
}

fn check(source: DataFile<'_>, at: usize, law: &Law) -> Result<(), Fault> {
    let fault = |what: String, remedy: &str| Err(source.fault(at, what, remedy));
    let id = &law.id;
    if law.count == 0 || law.count > Laws::LARGEST {
        let remedy = format!("write a count from 1 to {}", Laws::LARGEST);
        return fault(format!("law {id} has count {}", law.count), &remedy);
    }
    if law.unit == Unit::Year && law.count > 100 {
        return fault(format!("law {id} has {} years", law.count), "write at most 100 years");
    }
    if let Some(wrong) = law.warn_at.iter().find(|percent| !(1..=100).contains(*percent)) {
        return fault(format!("law {id} warns at {wrong} percent"), "write shares from 1 to 100");
    }
    if law.leave_percent > 90 {
        let what = format!("law {id} leaves {} percent", law.leave_percent);
        return fault(what, "leave at most 90 percent of the lead's time");
    }
    if law.hours.as_ref().is_some_and(crate::OpeningHours::never_opens) {
        return fault(
            format!("law {id} has office hours that never open"),
            "write hours for one weekday at least",
        );
    }
    match &law.extension {
        Some(rule) if rule.count == 0 || rule.count > Laws::LARGEST || rule.times == 0 => {
            let what = format!("law {id} is extended by {} in {} steps", rule.count, rule.times);
            fault(what, "write count and times of at least 1, or leave `extension` out")
        }
        Some(rule) if rule.approvers.is_empty() => fault(
            format!("nobody may extend law {id}"),
            "name who approves it, as approvers = [\"supervisor\"]",
        ),
        _ => Ok(()),
    }
}

fn bands(source: DataFile<'_>, entries: Vec<Spanned<OverdueBand>>) -> Result<Vec<OverdueBand>, Fault> {
    let mut bands: Vec<OverdueBand> = Vec::new();
    for entry in entries {
        let at = entry.span().start;
        let band = entry.into_inner();
        let follows = bands
            .last()
            .map_or(band.from_working_days == 0, |last| last.from_working_days < band.from_working_days);
        if !follows {
            let what = format!("overdue band {} begins at {}", band.code, band.from_working_days);
            return Err(source.fault(
                at,
                what,
                "let the first begin at 0 and each later one after the one before",
            ));
        }
        bands.push(band);
    }
    Ok(bands)
}

fn overlap(one: &Law, other: &Law) -> bool {
    let starts_before_end = |a: &Law, b: &Law| match (a.valid_from, b.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    one.id == other.id
        && one.profile == other.profile
        && starts_before_end(one, other)
        && starts_before_end(other, one)
}

#[cfg(test)]
#[path = "laws_tests.rs"]
mod tests;
