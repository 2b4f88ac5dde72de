//! The rules of recording (`config/recording.toml`): whether a conversation may be recorded, by what the caller said;
//! how often a sound is asked for; why a recording is paused.

use domain::directory::Names;
use domain::{ConsentId, DataFile, Fault};
use serde::Deserialize;
use store::consents::Consent;

/// What a conversation may be recorded for.
pub const PURPOSES: [&str; 2] = ["documentation", "training"];

/// The rules, read once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordingRules {
    fetch: Fetch,
    #[serde(default)]
    pause: Vec<PauseReason>,
    #[serde(default)]
    rule: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fetch {
    /// Seconds before each try.
    wait_seconds: Vec<i64>,
}

/// Why a recording may be paused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseReason {
    pub code: String,
    pub names: Names,
}

/// What must have happened before a conversation is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// The caller has been told, with the purpose, and has not objected.
    Told,
    /// The caller has agreed, for this purpose.
    Agreed,
}

/// The rule of one profile; without a profile it holds for all that have none of their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(default)]
    pub profile: Option<String>,
    pub before: Before,
    pub purposes: Vec<String>,
    /// Name of the wording, kept with every answer.
    pub text_version: String,
    /// What the caller is told or asked.
    pub text: Names,
    pub citation: String,
}

/// Why a conversation is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// No rule of the profile allows this purpose.
    NoRule,
    /// An emergency call is never recorded by the desk.
    Emergency,
    /// The caller has not been told yet.
    NotTold,
    /// The caller has not been asked yet.
    NotAsked,
    /// The caller does not want it.
    Refused,
    /// The caller agreed first and took it back.
    Withdrawn,
}

impl WhyNot {
    /// The tail of its message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoRule => "no-rule",
            Self::Emergency => "emergency",
            Self::NotTold => "not-told",
            Self::NotAsked => "not-asked",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl RecordingRules {
    /// Reads the rules.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let rules: Self = source.read()?;
        let fault = |what: &str, remedy: &str| {
            Err(source.fault(text.find("[fetch]").unwrap_or(0), what.to_owned(), remedy.to_owned()))
        };
        let waits = &rules.fetch.wait_seconds;
        if waits.is_empty() || waits.iter().any(|wait| !(0..=604_800).contains(wait)) {
            return fault(
                "fetch.wait_seconds cannot be used",
                "give at least one wait, each 0 to 604800 seconds",
            );
        }
        if let Some(rule) = rules.rule.iter().find(|rule| !rule.purposes.iter().all(|one| is_purpose(one))) {
            let what = format!("a rule allows {}", rule.purposes.join(", "));
            return fault(&what, "the purposes are documentation and training");
        }
        Ok(rules)
    }

    /// The rule of a profile.
    pub fn rule(&self, profile: &str) -> Option<&Rule> {
        let own = self.rule.iter().find(|rule| rule.profile.as_deref() == Some(profile));
        own.or_else(|| self.rule.iter().find(|rule| rule.profile.is_none()))
    }

    /// Why a recording may be paused, in the order of the list.
    pub fn pause_reasons(&self) -> &[PauseReason] {
        &self.pause
    }

    /// Seconds from the promise of a sound to the first try.
    pub fn first_wait(&self) -> i64 {
        self.fetch.wait_seconds.first().copied().unwrap_or_default()
    }

    /// Seconds before the next try, after so many; nothing: given up.
    pub fn wait_after(&self, tries: u32) -> Option<i64> {
        usize::try_from(tries).ok().and_then(|tries| self.fetch.wait_seconds.get(tries)).copied()
    }

    /// Seconds after which a recording that the provider began and never told of again is given up: all waits.
    pub fn patience(&self) -> i64 {
        self.fetch.wait_seconds.iter().sum()
    }
}

fn is_purpose(word: &str) -> bool {
    PURPOSES.contains(&word)
}

/// Whether a conversation may be recorded for `purpose`: the answer that allows it, or why not. `said` is all that
/// the caller said, oldest first.
pub fn may_record(
    rule: Option<&Rule>,
    purpose: &str,
    said: &[Consent],
    emergency: bool,
) -> Result<ConsentId, WhyNot> {
    let rule = rule.filter(|rule| rule.purposes.iter().any(|one| one == purpose)).ok_or(WhyNot::NoRule)?;
    if emergency {
        return Err(WhyNot::Emergency);
    }
    let last = said.iter().rev().find(|one| one.purpose == purpose);
    match (last.map(|last| (last.answer.as_str(), &last.id)), rule.before) {
        (Some(("given", id)), _) | (Some(("told", id)), Before::Told) => Ok(id.clone()),
        (Some(("refused", _)), _) => Err(WhyNot::Refused),
        (Some(("withdrawn", _)), _) => Err(WhyNot::Withdrawn),
        (_, Before::Told) => Err(WhyNot::NotTold),
        (_, Before::Agreed) => Err(WhyNot::NotAsked),
    }
}

#[cfg(test)]
mod tests {
    use domain::{CallId, Timestamp};

    use super::*;

    fn shipped() -> RecordingRules {
        RecordingRules::parse(include_str!("../../../config/recording.toml"), "recording.toml").unwrap()
    }

    fn said(purpose: &str, answer: &str) -> Consent {
        Consent {
            id: ConsentId::new(answer),
            call: CallId::new("c"),
            purpose: purpose.to_owned(),
            answer: answer.to_owned(),
            text_version: "1".to_owned(),
            how: "voice".to_owned(),
            at: Timestamp(0),
            recorded_by: None,
        }
    }

    /// The standing of a caller who said all of `answers` about documentation, in that order.
    fn standing(profile: &str, answers: &[&str]) -> Result<String, WhyNot> {
        let said: Vec<Consent> = answers.iter().map(|answer| said("documentation", answer)).collect();
        let allowed = may_record(shipped().rule(profile), "documentation", &said, false);
        allowed.map(|id| id.to_string())
    }

    #[test]
    fn in_denmark_nothing_is_recorded_unless_agreed_for_that_purpose() {
        assert_eq!(standing("dk", &[]), Err(WhyNot::NotAsked));
        assert_eq!(standing("dk", &["told"]), Err(WhyNot::NotAsked), "to be told is not to agree");
        assert_eq!(standing("dk", &["given"]), Ok("given".to_owned()));
        assert_eq!(standing("dk", &["refused"]), Err(WhyNot::Refused));
        assert_eq!(standing("dk", &["given", "withdrawn"]), Err(WhyNot::Withdrawn));
        assert_eq!(standing("dk", &["refused", "given"]), Ok("given".to_owned()));
        let other = [said("training", "given")];
        assert_eq!(may_record(shipped().rule("dk"), "documentation", &other, false), Err(WhyNot::NotAsked));
    }

    #[test]
    fn in_china_the_caller_is_told_and_may_object() {
        assert_eq!(standing("cn-gov", &[]), Err(WhyNot::NotTold));
        assert_eq!(standing("cn-gov", &["told"]), Ok("told".to_owned()));
        assert_eq!(standing("cn-gov", &["told", "refused"]), Err(WhyNot::Refused));
    }

    #[test]
    fn a_profile_without_a_rule_of_its_own_has_to_ask() {
        assert_eq!(standing("generic", &[]), Err(WhyNot::NotAsked));
        assert_eq!(standing("generic", &["given"]), Ok("given".to_owned()));
        let said = [said("marketing", "given")];
        assert_eq!(may_record(shipped().rule("dk"), "marketing", &said, false), Err(WhyNot::NoRule));
        assert_eq!(may_record(None, "training", &said, false), Err(WhyNot::NoRule));
    }

    #[test]
    fn an_emergency_is_never_recorded() {
        let said = [said("documentation", "given")];
        assert_eq!(may_record(shipped().rule("dk"), "documentation", &said, true), Err(WhyNot::Emergency));
    }

    #[test]
    fn the_waits_grow_and_end() {
        let rules = shipped();
        let waits: Vec<i64> = (0..).map_while(|tries| rules.wait_after(tries)).collect();
        assert_eq!(waits.first(), Some(&rules.first_wait()));
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert_eq!(rules.wait_after(u32::try_from(waits.len()).unwrap()), None);
        assert_eq!(rules.patience(), waits.iter().sum::<i64>());
    }

    #[test]
    fn a_faulty_table_is_refused_with_its_line() {
        for (text, part) in [
            ("[fetch]\nwait_seconds = []\n", "recording.toml:1: fetch.wait_seconds"),
            ("[fetch]\nwait_seconds = [-1]\n", "wait_seconds"),
            (
                "[fetch]\nwait_seconds = [1]\n[[rule]]\nbefore = 'agreed'\npurposes = ['sale']\ntext_version = '1'\ntext = { en = 'May we?' }\ncitation = 'none'\n",
                "a rule allows sale",
            ),
            ("[fetch]\nwait_seconds = [1]\nagain = 2\n", "recording.toml:3"),
        ] {
            let fault = RecordingRules::parse(text, "recording.toml").unwrap_err().to_string();
            assert!(fault.contains(part), "{fault}");
        }
    }
}
