//! Ladders of attempts, as data (`config/callback_ladders.toml`): per purpose and outcome, when to try again.

use clocks::OpeningHours;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

use crate::machine::MessageRule;
use crate::words::{AttemptOutcome, DayPart, Purpose};

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Wait {
    /// Minutes by the clock (`15m`, `2h`).
    Minutes(u32),
    /// Days of the calendar: from the beginning of that day (`1d`).
    Days(u32),
}

impl TryFrom<String> for Wait {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is not a wait; write 15m, 2h or 1d");
        let unit = text.chars().last().ok_or_else(wrong)?;
        let number: u32 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
        match unit {
            'm' if number <= 10_000 => Ok(Self::Minutes(number)),
            'h' if number <= 1_000 => Ok(Self::Minutes(number * 60)),
            'd' if number <= 60 => Ok(Self::Days(number)),
            _ => Err(wrong()),
        }
    }
}

/// One rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub after: Wait,
    #[serde(default = "any")]
    pub part: DayPart,
}

fn any() -> DayPart {
    DayPart::Any
}

/// What to do after an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterOutcome {
    pub outcome: AttemptOutcome,
    /// For the first, second, third time; the last one repeats.
    pub steps: Vec<Step>,
    /// After so many on one day the next attempt waits for the next day.
    #[serde(default)]
    pub most_per_day: Option<u32>,
}

/// The ladder of a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub purpose: Purpose,
    /// When the first attempt is made.
    pub first: Step,
    /// So many times a telephone may ring in vain.
    pub most_dials: u32,
    /// So many failures of the provider in a row before a person looks at it.
    pub most_failures: u32,
    /// Whether a message may be left on an answering machine.
    pub message: MessageRule,
    /// Wait after a failure of the provider.
    pub after_failure: Wait,
    pub rule: Vec<AfterOutcome>,
}

/// Ladders, and the hours in which a profile calls people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ladders {
    ladders: Vec<Ladder>,
    hours: Vec<CallingHours>,
}

/// Hours in which people of a profile are called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallingHours {
    #[serde(default)]
    profile: Option<String>,
    citation: String,
    hours: OpeningHours,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ladder: Vec<Spanned<Ladder>>,
    #[serde(default)]
    calling_hours: Vec<Spanned<CallingHours>>,
}

impl Ladders {
    /// Reads the file. Every purpose must have its ladder: a callback without one would never be made.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut read = Self::default();
        for entry in entries.ladder {
            let at = entry.span().start;
            let ladder = entry.into_inner();
            if read.ladders.iter().any(|other| other.purpose == ladder.purpose) {
                return Err(source.fault(
                    at,
                    format!("purpose {} stands twice", ladder.purpose),
                    "keep one of them",
                ));
            }
            if ladder.most_dials == 0 || ladder.rule.iter().any(|rule| rule.steps.is_empty()) {
                let what = format!("ladder {} has a limit of 0 or a rule without steps", ladder.purpose);
                return Err(source.fault(
                    at,
                    what,
                    "write at least one dial and one step; leave a rule out to stop there",
                ));
            }
            read.ladders.push(ladder);
        }
        for entry in entries.calling_hours {
            let at = entry.span().start;
            let hours = entry.into_inner();
            if hours.hours.never_opens() {
                return Err(source.fault(
                    at,
                    "calling hours that never open",
                    "write hours for at least one weekday",
                ));
            }
            read.hours.push(hours);
        }
        if let Some(purpose) = Purpose::ALL.iter().find(|purpose| read.ladder(**purpose).is_none()) {
            return Err(source.fault(
                text.len(),
                format!("no ladder for {purpose}"),
                "add a [[ladder]] with this purpose",
            ));
        }
        if read.hours.iter().all(|hours| hours.profile.is_some()) {
            return Err(source.fault(
                text.len(),
                "no calling hours for all profiles",
                "add [[calling_hours]] without a profile",
            ));
        }
        Ok(read)
    }

    /// The ladder of a purpose.
    pub fn ladder(&self, purpose: Purpose) -> Option<&Ladder> {
        self.ladders.iter().find(|ladder| ladder.purpose == purpose)
    }

    /// When people of `profile` may be called.
    pub fn calling_hours(&self, profile: &str) -> Option<&OpeningHours> {
        let of = |wanted: Option<&str>| self.hours.iter().find(|hours| hours.profile.as_deref() == wanted);
        of(Some(profile)).or_else(|| of(None)).map(|hours| &hours.hours)
    }
}
