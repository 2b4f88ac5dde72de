//! What a script is held to beside its own soundness: limits and lists of words, read from
//! `config/script_profiles.toml`, each limit with its source.

use std::collections::BTreeMap;

use domain::{DataFile, Fault};
use serde::Deserialize;

use crate::diagnostic::Severity;

/// All profiles, and what they share.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    pub speech: Speech,
    /// Words that sell something, by primary language.
    #[serde(default)]
    pub advertising: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub personal: Personal,
    #[serde(rename = "profile")]
    pub profiles: BTreeMap<String, Profile>,
}

/// How long words take to speak.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    pub sentence_pause_seconds: f64,
    pub comma_pause_seconds: f64,
    /// By primary language; `other` for all that are not named.
    pub pace: BTreeMap<String, Pace>,
}

/// How fast a language is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    pub unit: Unit,
    pub per_second: f64,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Letters and digits one by one, as Chinese is spoken.
    Characters,
    /// Words, each with the digits it may be made of.
    Words,
}

/// Names of variables that stand for a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    pub names: Vec<String>,
}

/// One profile, as `cn-gov`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Names by language.
    pub names: BTreeMap<String, String>,
    /// Menus one behind the other, the choice of a language counted.
    pub menu_depth: Option<Limit>,
    /// Keys of one menu's own.
    pub menu_options: Option<Limit>,
    /// Words of a node that offers a choice.
    pub menu_seconds: Option<Limit>,
    /// Words of any other prompt.
    pub prompt_seconds: Option<Limit>,
    /// From the beginning of the call to the people.
    pub seconds_to_person: Option<Limit>,
    pub advertising: Option<Rule>,
    pub personal: Option<Rule>,
    pub emergency: Option<Emergency>,
    pub destinations: Option<Destinations>,
}

/// The most that is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub most: u32,
    pub severity: Severity,
    pub source: String,
}

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub severity: Severity,
    pub source: String,
}

/// The emergency key: there, and named first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    pub severity: Severity,
    pub source: String,
    /// Whether a script may do without.
    #[serde(default)]
    pub optional: bool,
}

/// Which telephones a script may write out. Names such as `config:emergency` are not held against it: what
/// stands behind them is the operator's own configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destinations {
    pub severity: Severity,
    pub source: String,
    /// Patterns: `?` is one digit, `*` at the end is any number of them.
    pub allow: Vec<String>,
    /// Patterns that are refused although `allow` has them.
    #[serde(default)]
    pub refuse: Vec<String>,
}

impl Profiles {
    /// Reads the file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let file = DataFile::new(text, file);
        let read: Self = file.read()?;
        let slow = read.speech.pace.values().any(|pace| pace.per_second.is_nan() || pace.per_second <= 0.0);
        if slow || !read.speech.pace.contains_key(Speech::OTHER) {
            let at = text.find("[speech").unwrap_or_default();
            let remedy = "give every pace more than 0 per_second, and add [speech.pace.other]";
            return Err(file.fault(at, "the pace of speech cannot be reckoned with", remedy));
        }
        Ok(read)
    }

    /// Names of all profiles.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }
}

impl Destinations {
    /// Whether a script may have `number` dialled.
    pub(super) fn allow(&self, number: &str) -> bool {
        let among = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, number));
        among(&self.allow) && !among(&self.refuse)
    }
}

fn fits(pattern: &str, number: &str) -> bool {
    let (pattern, open) = pattern.strip_suffix('*').map_or((pattern, false), |start| (start, true));
    let mut digits = number.chars();
    let all = pattern.chars().all(|wanted| {
        digits.next().is_some_and(|digit| wanted == digit || (wanted == '?' && digit.is_ascii_digit()))
    });
    all && (open || digits.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_can_be_read_and_every_limit_has_a_source() {
        let text = include_str!("../../../config/script_profiles.toml");
        let profiles = Profiles::parse(text, "script_profiles.toml").unwrap();
        assert_eq!(profiles.names().collect::<Vec<_>>(), ["cn-gov", "dk", "generic"]);
        let tables = text.split("\n[profile.").skip(1).filter(|table| table.contains("severity"));
        let without: Vec<&str> = tables.filter(|table| !table.contains("\nsource = \"")).collect();
        assert_eq!(without, [""; 0]);
        for profile in profiles.profiles.values() {
            assert!(["zh-CN", "en", "da"].iter().all(|language| profile.names.contains_key(*language)));
        }
    }

    #[test]
    fn a_pace_of_nothing_is_refused() {
        let text = "[speech]\nsentence_pause_seconds = 0.5\ncomma_pause_seconds = 0.2\n\
                    [speech.pace.other]\nunit = \"words\"\nper_second = 0.0\n[profile]\n";
        assert!(Profiles::parse(text, "p.toml").unwrap_err().to_string().starts_with("p.toml:1: "));
    }

    #[test]
    fn patterns_are_held_against_numbers() {
        for (pattern, number, fit) in [
            ("*", "sip:a@b", true),
            ("112", "112", true),
            ("112", "1120", false),
            ("12???", "12320", true),
            ("12???", "1232", false),
            ("+45*", "+4572330500", true),
            ("00*", "72330500", false),
        ] {
            assert_eq!(fits(pattern, number), fit, "{pattern} {number}");
        }
    }
}
