//! Phrases for talks that are hard (`config/phrases.toml`): what an agent can say to somebody who is upset, silent or in
//! danger, in the caller's language and the agent's own, and whom to call where there is danger. They serve the caller;
//! no situation is a ground for refusing a call.

use chrono::NaiveDate;
use domain::directory::Names;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

use super::search::Query;
use super::unwritten;

/// What the talk is like.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    pub code: String,
    pub names: Names,
    /// Other words that it is found by, in any language: what callers say, what agents call it.
    #[serde(default)]
    pub found_by: Vec<String>,
    /// Somebody may come to harm: every phrase says whom to call.
    #[serde(default)]
    pub danger: bool,
}

/// Whom to call where there is danger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The number; without one it is the emergency number of the line.
    #[serde(default)]
    pub number: Option<String>,
    pub names: Names,
}

/// One phrase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub code: String,
    pub situation: String,
    /// Only for lines of this profile; none: for all.
    #[serde(default)]
    pub profile: Option<String>,
    /// What is said, word for word.
    pub texts: Names,
    /// What the agent does besides.
    #[serde(default)]
    pub acts: Names,
    #[serde(default)]
    pub help: Vec<Help>,
    /// Where it comes from, or "house rule".
    pub citation: String,
    pub valid_from: NaiveDate,
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

impl Phrase {
    /// Whether it is said on lines of `profile` on `day`.
    pub fn fits(&self, profile: &str, day: NaiveDate) -> bool {
        self.profile.as_deref().is_none_or(|own| own == profile)
            && self.valid_from <= day
            && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// Every phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases {
    situations: Vec<Situation>,
    phrases: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    situation: Vec<Spanned<Situation>>,
    #[serde(default)]
    phrase: Vec<Spanned<Phrase>>,
}

/// What is wrong with an entry, and what to do about it.
type Wrong = (String, &'static str);

impl Phrases {
    /// Longest phrase, in characters: it is said in one breath.
    pub const LONGEST: usize = 240;

    /// Reads the phrases.
    pub fn parse(text: &str, file: &str) -> Result<Self, Fault> {
        let source = DataFile::new(text, file);
        let entries: File = source.read()?;
        let mut all = Self::default();
        let mut begins = Vec::new();
        for entry in entries.situation {
            let at = entry.span().start;
            let situation = entry.into_inner();
            if let Some((what, remedy)) = all.wrong_situation(&situation) {
                return Err(source.fault(at, what, remedy));
            }
            begins.push(at);
            all.situations.push(situation);
        }
        for entry in entries.phrase {
            let at = entry.span().start;
            let phrase = entry.into_inner();
            if let Some((what, remedy)) = all.wrong_phrase(&phrase) {
                return Err(source.fault(at, what, remedy));
            }
            all.phrases.push(phrase);
        }
        for (situation, at) in all.situations.iter().zip(begins) {
            if all.phrases.iter().all(|phrase| phrase.situation != situation.code) {
                let what = format!("situation {} has no phrase", situation.code);
                return Err(source.fault(at, what, "write a [[phrase]] for it, or take the situation out"));
            }
        }
        Ok(all)
    }

    fn wrong_situation(&self, new: &Situation) -> Option<Wrong> {
        let code = &new.code;
        if self.situation(code).is_some() {
            return Some((format!("situation {code} stands twice"), "give each situation its own code"));
        }
        let tag = unwritten(&new.names)?;
        Some((format!("situation {code} has no name in {tag}"), "write names in zh-CN, en and da"))
    }

    fn wrong_phrase(&self, new: &Phrase) -> Option<Wrong> {
        let code = &new.code;
        let Some(situation) = self.situation(&new.situation) else {
            let what = format!("phrase {code} is for the situation {}, which is not there", new.situation);
            return Some((what, "name the code of a [[situation]] that stands above"));
        };
        if self.phrases.iter().any(|other| other.code == *code) {
            return Some((format!("phrase {code} stands twice"), "give each phrase its own code"));
        }
        if let Some(tag) = unwritten(&new.texts) {
            return Some((format!("phrase {code} has no text in {tag}"), "write texts in zh-CN, en and da"));
        }
        if let Some(tag) = unwritten(&new.acts).filter(|_| !new.acts.is_empty()) {
            let what = format!("phrase {code} does not say in {tag} what the agent does");
            return Some((what, "write acts in zh-CN, en and da, or leave them out"));
        }
        if new.texts.values().any(|text| text.chars().count() > Self::LONGEST) {
            let what = format!("phrase {code} is longer than {} characters: nobody says that", Self::LONGEST);
            return Some((what, "make two phrases of it, or a shorter one"));
        }
        if new.citation.trim().is_empty() {
            let remedy = "write in `citation` where it comes from, or \"house rule\"";
            return Some((format!("phrase {code} names no source"), remedy));
        }
        if new.valid_to.is_some_and(|to| to < new.valid_from) {
            let remedy = "let valid_to be valid_from or a later day";
            return Some((format!("phrase {code} ends before it begins"), remedy));
        }
        if situation.danger && new.help.is_empty() {
            let what = format!("phrase {code} is for danger and does not say whom to call");
            return Some((
                what,
                "write `help`: a number with names, or names alone for the line's emergency number",
            ));
        }
        let callable =
            |number: &String| number.len() >= 3 && number.bytes().all(|sign| sign.is_ascii_digit());
        let bad = new.help.iter().filter_map(|help| help.number.as_ref()).find(|number| !callable(number));
        if let Some(number) = bad {
            let what = format!("phrase {code}: {number:?} is no number that can be called");
            return Some((what, "write the digits as they are dialled, as \"112\""));
        }
        let nameless = new.help.iter().find_map(|help| unwritten(&help.names));
        let tag = nameless?;
        Some((
            format!("phrase {code} does not say in {tag} who is called"),
            "write names in zh-CN, en and da",
        ))
    }

    /// The situation with this code.
    pub fn situation(&self, code: &str) -> Option<&Situation> {
        self.situations.iter().find(|situation| situation.code == code)
    }

    /// The phrases of a profile that hold on `day` and fit what was typed, with the situation of each; the best first, and
    /// in the order of the file where none is better.
    pub fn find(&self, profile: &str, day: NaiveDate, query: &Query) -> Vec<(&Situation, &Phrase)> {
        let mut found: Vec<(u32, &Situation, &Phrase)> = Vec::new();
        for phrase in self.phrases.iter().filter(|phrase| phrase.fits(profile, day)) {
            let Some(situation) = self.situation(&phrase.situation) else { continue };
            let names = situation.names.values().chain(&situation.found_by).map(|name| (3, name.as_str()));
            let words = phrase.texts.values().chain(phrase.acts.values()).map(|text| (1, text.as_str()));
            if let Some(weight) = query.weigh(names.chain(words)) {
                found.push((weight, situation, phrase));
            }
        }
        found.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
        found.into_iter().map(|(_, situation, phrase)| (situation, phrase)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../config/phrases.toml");

    fn shipped() -> Phrases {
        Phrases::parse(FILE, "phrases.toml").unwrap()
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
    }

    #[test]
    fn every_situation_has_a_phrase_in_every_profile() {
        let phrases = shipped();
        for profile in ["cn-gov", "dk", "generic"] {
            let found = phrases.find(profile, day(), &Query::new(""));
            for situation in [
                "upset",
                "shouting",
                "threat-others",
                "threat-self",
                "grief",
                "silence",
                "insults",
                "hanging-up",
                "director",
            ] {
                let fits = |(one, _): &&(&Situation, &Phrase)| one.code == situation;
                assert!(found.iter().any(|one| fits(&one)), "{profile}: {situation}");
            }
        }
    }

    #[test]
    fn danger_leads_to_the_numbers_of_the_profile_and_to_the_lines_own_elsewhere() {
        let phrases = shipped();
        let numbers = |profile: &str, situation: &str| -> Vec<String> {
            let found = phrases.find(profile, day(), &Query::new(""));
            let of = found.iter().filter(|(one, _)| one.code == situation);
            of.flat_map(|(_, phrase)| phrase.help.iter())
                .map(|help| help.number.clone().unwrap_or_else(|| "line".to_owned()))
                .collect()
        };
        assert_eq!(numbers("cn-gov", "threat-self"), ["120", "110", "12356"]);
        assert_eq!(numbers("cn-gov", "threat-others"), ["110"]);
        assert_eq!(numbers("dk", "threat-self"), ["112", "70201201"]);
        assert_eq!(numbers("dk", "threat-others"), ["112", "114"]);
        assert_eq!(numbers("generic", "threat-self"), ["line"]);
        assert_eq!(numbers("generic", "threat-others"), ["line"]);
    }

    #[test]
    fn phrases_are_found_by_situation_and_by_words_in_any_language() {
        let phrases = shipped();
        let first = |profile: &str, typed: &str| {
            let found = phrases.find(profile, day(), &Query::new(typed));
            found.first().map(|(situation, _)| situation.code.clone()).unwrap_or_default()
        };
        assert_eq!(first("cn-gov", "院长"), "director");
        assert_eq!(first("cn-gov", "不想活"), "threat-self");
        assert_eq!(first("dk", "tavshed"), "silence");
        assert_eq!(first("generic", "shout"), "shouting");
        assert_eq!(first("generic", "nobody ever says zyx"), "");
    }

    #[test]
    fn a_phrase_holds_from_its_first_day_to_its_last() {
        let text = FILE.replacen(
            "valid_from = \"2026-01-01\"",
            "valid_from = \"2026-01-01\"\nvalid_to = \"2026-03-01\"",
            1,
        );
        let phrases = Phrases::parse(&text, "phrases.toml").unwrap();
        let count = |day: &str| phrases.find("cn-gov", day.parse().unwrap(), &Query::new("")).len();
        assert_eq!(count("2026-03-01"), count("2026-03-02") + 1);
        assert_eq!(count("2025-12-31"), 0);
    }

    const SOUND: &str = r#"
[[situation]]
code = "danger"
danger = true
names = { zh-CN = "险", en = "Danger", da = "Fare" }
[[phrase]]
code = "one"
situation = "danger"
citation = "house rule"
valid_from = "2026-01-01"
texts = { zh-CN = "请离开", en = "Leave", da = "Gå" }
help = [{ number = "112", names = { zh-CN = "急", en = "Help", da = "Hjælp" } }]
"#;

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_a_remedy() {
        assert!(Phrases::parse(SOUND, "p").is_ok());
        let twice = SOUND.split_once("[[phrase]]").unwrap().1;
        let long = "x".repeat(Phrases::LONGEST + 1);
        for (text, line, what) in [
            (SOUND.replace("da = \"Fare\"", "da = \"\""), 2, "situation danger has no name in da"),
            (SOUND.replace("da = \"Gå\"", "da = \" \""), 6, "phrase one has no text in da"),
            (SOUND.replace("situation = \"danger\"", "situation = \"other\""), 6, "for the situation other"),
            (format!("{SOUND}[[phrase]]{twice}"), 13, "phrase one stands twice"),
            (SOUND.replace("Leave", &long), 6, "longer than 240"),
            (SOUND.replace("house rule", " "), 6, "names no source"),
            (SOUND.replace("\"2026-01-01\"", "\"2026-01-02\"\nvalid_to = \"2026-01-01\""), 6, "ends before"),
            (SOUND.replace("\"112\"", "\"the police\""), 6, "is no number"),
            (SOUND.replace("da = \"Hjælp\"", "da = \"\""), 6, "in da who is called"),
            (SOUND.split_once("help =").unwrap().0.to_owned(), 6, "does not say whom to call"),
            (SOUND.split_once("[[phrase]]").unwrap().0.to_owned(), 2, "has no phrase"),
            (SOUND.replace("citation", "cite"), 9, "unknown field"),
        ] {
            let fault = Phrases::parse(&text, "p").unwrap_err();
            assert!(fault.what.contains(what), "{fault}");
            assert_eq!(fault.line, line, "{fault}");
            assert!(!fault.remedy.is_empty());
        }
    }
}
