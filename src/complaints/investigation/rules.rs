//! Standards of proof, and what is overwritten how fast (`config/evidence.toml`). Both are the profile's; none stands
//! in code.

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault, Timestamp};
use serde::Deserialize;
use toml::Spanned;

use super::change::Preserve;
use crate::intake::EvidenceKind;

/// A standard by which a finding is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Stable name; stands in the history.
    pub code: String,
    #[serde(default)]
    pub profile: Option<String>,
    pub names: Names,
    pub citation: String,
    /// First day on which it holds.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it holds.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

/// A kind of evidence that somebody's machine overwrites.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreserveRule {
    pub kinds: Vec<EvidenceKind>,
    #[serde(default)]
    pub profile: Option<String>,
    /// Hours, by night and on holidays too, within which whoever has it must say that it is kept: machines rest at no
    /// hour.
    pub confirm_hours: i64,
    /// Days after which it may be gone, counted from the complaint's receipt at the earliest that is known of it.
    pub kept_days: i64,
    pub citation: String,
}

impl PreserveRule {
    /// The request that goes out at `now`. `happened_at`: when the event was; the receipt of the complaint where it is
    /// not known.
    pub fn request(&self, now: Timestamp, happened_at: Timestamp) -> Preserve {
        Preserve {
            due_at: now.plus_seconds(self.confirm_hours * 60 * 60),
            overwritten_at: Some(happened_at.plus_seconds(self.kept_days * 24 * 60 * 60)),
        }
    }
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceRules {
    standards: Vec<Standard>,
    preserve: Vec<PreserveRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    standard: Vec<Spanned<Standard>>,
    #[serde(default)]
    preserve: Vec<Spanned<PreserveRule>>,
}

impl EvidenceRules {
    /// Reads the table.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut rules = Self::default();
        for entry in entries.standard {
            let at = entry.span().start;
            let standard = entry.into_inner();
            let overlaps = |other: &Standard| other.code == standard.code && overlap(other, &standard);
            if rules.standards.iter().any(overlaps) {
                let what = format!("standard {} stands twice at the same time", standard.code);
                return Err(source.fault(at, what, "give each its own code, or days that do not overlap"));
            }
            rules.standards.push(standard);
        }
        for entry in entries.preserve {
            let at = entry.span().start;
            let rule = entry.into_inner();
            if rule.confirm_hours <= 0 || rule.kept_days <= 0 || rule.kinds.is_empty() {
                let what = "a request to preserve names no kind, or no time";
                return Err(source.fault(
                    at,
                    what,
                    "write `kinds`, and positive `confirm_hours` and `kept_days`",
                ));
            }
            rules.preserve.push(rule);
        }
        Ok(rules)
    }

    /// The standards of a profile that hold on a day, in the order of the file.
    pub fn standards(&self, profile: &str, day: NaiveDate) -> impl Iterator<Item = &Standard> {
        self.standards.iter().filter(move |standard| {
            of(standard.profile.as_deref(), profile)
                && standard.valid_from.is_none_or(|from| from <= day)
                && standard.valid_to.is_none_or(|until| day <= until)
        })
    }

    /// The standard with this code, whenever it held: what was found by it stays readable.
    pub fn standard(&self, code: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.code == code)
    }

    /// The rule for a kind of evidence; the profile's own stands above the general one.
    pub fn preserve(&self, profile: &str, kind: EvidenceKind) -> Option<&PreserveRule> {
        let fitting = self
            .preserve
            .iter()
            .filter(|rule| of(rule.profile.as_deref(), profile) && rule.kinds.contains(&kind));
        fitting.min_by_key(|rule| rule.profile.is_none())
    }
}

fn of(own: Option<&str>, profile: &str) -> bool {
    own.is_none_or(|name| name == profile)
}

fn overlap(one: &Standard, other: &Standard) -> bool {
    let profiles = match (&one.profile, &other.profile) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let before = |end: Option<NaiveDate>, begin: Option<NaiveDate>| {
        end.zip(begin).is_some_and(|(end, begin)| end < begin)
    };
    profiles && !before(one.valid_to, other.valid_from) && !before(other.valid_to, one.valid_from)
}
