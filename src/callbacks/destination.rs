//! Whom we may call, and how often, as data (`config/destinations.toml`): against toll fraud, and so that nobody is
//! rung by a keyed-in joke. Numbers and counts in, a verdict out.

use domain::{DataFile, Fault, PhoneNumber};
use serde::Deserialize;
use toml::Spanned;

/// Digits of the longest extension of an agent.
const EXTENSION_DIGITS: usize = 5;
/// Numbers of so many digits, written without a country, are short numbers: none of them is a subscriber's.
const SHORT_DIGITS: usize = 6;

/// Why a call is not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denied {
    /// An emergency number.
    Emergency,
    /// A short number that is not listed.
    Short,
    /// Another country.
    Abroad,
    /// A prefix that is denied: premium rate, satellite, …
    Prefix,
    /// No prefix allows it, or no number looks like that.
    NotAllowed,
    /// The house has placed too many calls within the hour.
    HouseHour,
    /// The line has.
    LineHour,
    /// This number has been dialled too often within the day.
    NumberDay,
}

impl Denied {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Emergency,
        Self::Short,
        Self::Abroad,
        Self::Prefix,
        Self::NotAllowed,
        Self::HouseHour,
        Self::LineHour,
        Self::NumberDay,
    ];

    /// The word for it in the audit trail, in metrics and in message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Short => "short",
            Self::Abroad => "abroad",
            Self::Prefix => "prefix",
            Self::NotAllowed => "not-allowed",
            Self::HouseHour => "house-hour",
            Self::LineHour => "line-hour",
            Self::NumberDay => "number-day",
        }
    }

    /// Whether it is a bound on how often, which time lifts again.
    pub fn is_cap(self) -> bool {
        matches!(self, Self::HouseHour | Self::LineHour | Self::NumberDay)
    }
}

/// Bounds on the calls we place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    /// Calls of the whole house within an hour.
    pub per_hour: u32,
    /// Calls of one line within an hour.
    pub per_hour_of_line: u32,
    /// How often one number is dialled within 24 hours.
    pub per_number_per_day: u32,
    /// Longest call, in seconds.
    pub most_seconds: u32,
}

/// Calls placed so far, this one not among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placed {
    pub in_hour: u32,
    pub in_hour_of_line: u32,
    pub to_number_in_day: u32,
}

impl Caps {
    /// The bound that one call more would break.
    pub fn verdict(&self, placed: Placed) -> Result<(), Denied> {
        if placed.to_number_in_day >= self.per_number_per_day {
            Err(Denied::NumberDay)
        } else if placed.in_hour_of_line >= self.per_hour_of_line {
            Err(Denied::LineHour)
        } else if placed.in_hour >= self.per_hour {
            Err(Denied::HouseHour)
        } else {
            Ok(())
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeniedPrefix {
    prefix: String,
    /// Read by people; whoever writes the table must say it.
    why: String,
}

/// The numbers of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(default)]
    profile: Option<String>,
    #[serde(default)]
    country: Option<String>,
    exit: String,
    #[serde(default)]
    trunk: String,
    lengths: (usize, usize),
    allowed: Vec<String>,
    #[serde(default)]
    denied: Vec<DeniedPrefix>,
    emergency: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    abroad: Vec<String>,
    citation: String,
}

/// Whom each profile may call, and the bounds of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destinations {
    rules: Vec<Rule>,
    pub caps: Caps,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    caps: Spanned<Caps>,
    #[serde(default)]
    rule: Vec<Spanned<Rule>>,
}

impl Destinations {
    /// Reads the file. A rule without a profile must be there: what is not ruled must not be free.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let at = entries.caps.span().start;
        let caps = entries.caps.into_inner();
        if [caps.per_hour, caps.per_hour_of_line, caps.per_number_per_day, caps.most_seconds].contains(&0) {
            return Err(source.fault(at, "a bound of 0 in [caps]", "write at least 1"));
        }
        let mut rules: Vec<Rule> = Vec::new();
        for entry in entries.rule {
            let at = entry.span().start;
            let rule = entry.into_inner();
            if rules.iter().any(|other| other.profile == rule.profile) {
                return Err(source.fault(at, "two rules for one profile", "keep one of them"));
            }
            if let Some(wrong) = rule.wrong() {
                return Err(source.fault(at, wrong, "correct it as the comments of the shipped file say"));
            }
            rules.push(rule);
        }
        if rules.iter().all(|rule| rule.profile.is_some()) {
            let remedy = "add a [[rule]] without a profile; allowed = [] closes it";
            return Err(source.fault(text.len(), "no rule for all other profiles", remedy));
        }
        Ok(Self { rules, caps })
    }

    fn rule(&self, profile: &str) -> Option<&Rule> {
        let of = |wanted: Option<&str>| self.rules.iter().find(|rule| rule.profile.as_deref() == wanted);
        of(Some(profile)).or_else(|| of(None))
    }

    /// Whether somebody's number may be called by a line of `profile`.
    pub fn may_call(&self, profile: &str, number: &PhoneNumber) -> Result<(), Denied> {
        self.rule(profile).ok_or(Denied::NotAllowed)?.verdict(number.as_str())
    }

    /// The same for the telephone of an agent, which may also be an extension or a SIP address.
    pub fn may_ring_desk(&self, profile: &str, number: &PhoneNumber) -> Result<(), Denied> {
        let rule = self.rule(profile).ok_or(Denied::NotAllowed)?;
        let number = number.as_str();
        if rule.emergency.iter().any(|emergency| emergency == number) {
            return Err(Denied::Emergency);
        }
        let extension = number.len() <= EXTENSION_DIGITS && !number.starts_with('+');
        if extension || is_sip(number) { Ok(()) } else { rule.verdict(number) }
    }
}

fn is_sip(number: &str) -> bool {
    number.starts_with("sip:") || number.starts_with("sips:")
}

impl Rule {
    fn wrong(&self) -> Option<String> {
        let code = |text: &str| text.strip_prefix('+').is_some_and(digits);
        let prefixes = self.allowed.iter().chain(self.denied.iter().map(|denied| &denied.prefix));
        let mut others = prefixes.chain(&self.emergency).chain(&self.short).chain([&self.exit, &self.trunk]);
        if let Some(country) = self.country.iter().chain(&self.abroad).find(|country| !code(country)) {
            return Some(format!("{country:?} is not the code of a country"));
        }
        if let Some(prefix) = others.find(|prefix| !prefix.is_empty() && !digits(prefix)) {
            return Some(format!("{prefix:?} holds something else than digits"));
        }
        if self.lengths.0 == 0 || self.lengths.0 > self.lengths.1 {
            return Some("lengths that no number has".to_owned());
        }
        self.citation.trim().is_empty().then(|| "a rule without a citation".to_owned())
    }

    fn verdict(&self, number: &str) -> Result<(), Denied> {
        if is_sip(number) {
            return Err(Denied::NotAllowed);
        }
        let dialled = number.strip_prefix('+').map_or_else(
            || {
                number
                    .strip_prefix(&self.exit)
                    .filter(|_| !self.exit.is_empty() && number.len() > SHORT_DIGITS)
            },
            Some,
        );
        let own = self.country.as_deref().map(|country| country.trim_start_matches('+'));
        let national = match dialled {
            Some(international) => match own.and_then(|own| international.strip_prefix(own)) {
                Some(national) => national,
                None => return self.foreign(international),
            },
            None => number,
        };
        // Emergency and short numbers have no country, but somebody may write one.
        if self.emergency.iter().any(|emergency| emergency == national) {
            return Err(Denied::Emergency);
        }
        if self.short.iter().any(|short| short == national) {
            return Ok(());
        }
        if national.len() <= SHORT_DIGITS {
            return Err(Denied::Short);
        }
        self.subscriber(national)
    }

    fn foreign(&self, international: &str) -> Result<(), Denied> {
        let listed = |country: &String| international.starts_with(country.trim_start_matches('+'));
        // The shortest number of another country has some seven digits with its code.
        let whole = international.len() > SHORT_DIGITS;
        if whole && self.abroad.iter().any(listed) { Ok(()) } else { Err(Denied::Abroad) }
    }

    fn subscriber(&self, national: &str) -> Result<(), Denied> {
        let significant = match national.strip_prefix(&self.trunk) {
            Some(rest) if !self.trunk.is_empty() => rest,
            _ => national,
        };
        if !(self.lengths.0..=self.lengths.1).contains(&significant.len()) {
            return Err(Denied::NotAllowed);
        }
        let longest = |prefixes: &mut dyn Iterator<Item = &str>| {
            prefixes.filter(|prefix| significant.starts_with(prefix)).map(str::len).max()
        };
        let allowed = longest(&mut self.allowed.iter().map(String::as_str));
        let denied = longest(&mut self.denied.iter().map(|denied| denied.prefix.as_str()));
        match (allowed, denied) {
            (None, None) => Err(Denied::NotAllowed),
            (allowed, Some(denied)) if allowed.is_none_or(|allowed| denied >= allowed) => Err(Denied::Prefix),
            _ => Ok(()),
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[path = "destination_tests.rs"]
mod tests;
