//! The words of letters (`config/letters/<language>.toml`).

use std::collections::BTreeMap;

use domain::{DataFile, Fault};
use serde::Deserialize;

use crate::dialogue::ForwardReason;
use crate::intake::EvidenceKind;
use crate::investigation::{LetterKind, Side};
use crate::words::{Finding, OutcomeKind};

/// The languages that every letter must be there in.
const LANGUAGES: [&str; 3] = ["zh-CN", "en", "da"];
/// What may stand in braces.
const KNOWN: [&str; 22] = [
    "number",
    "received",
    "date",
    "due",
    "complainant",
    "institution",
    "authority",
    "sender",
    "points",
    "findings",
    "evidence",
    "words",
    "route",
    "advice",
    "contact",
    "reason",
    "held",
    "no_dialogue",
    "minutes",
    "statements",
    "enclosed",
    "separately",
];

/// Words that stand in every letter of a language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) sender: String,
    pub(super) reference: String,
    /// With `{to}`.
    pub(super) greeting: String,
    pub(super) regards: String,
    pub(super) page: String,
    /// Who is written to where no name may stand there.
    pub(super) complainant: String,
    pub(super) institution: String,
    pub(super) authority: String,
    pub(super) complaint_office: String,
    pub(super) found: String,
    pub(super) standard: String,
    pub(super) until: String,
    /// A day, with `{year}`, `{month}` and `{day}`.
    pub(super) day: String,
    /// What stands behind a point that was added after a dialogue.
    pub(super) added: String,
    /// What the authority is told where no dialogue took place.
    pub(super) no_dialogue: String,
    pub(super) forward: BTreeMap<ForwardReason, String>,
    pub(super) side: BTreeMap<Side, String>,
    pub(super) finding: BTreeMap<Finding, String>,
    pub(super) outcome: BTreeMap<OutcomeKind, String>,
    pub(super) evidence: BTreeMap<EvidenceKind, String>,
}

/// One letter: paragraphs with an empty line between them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    pub(super) subject: String,
    pub(super) text: String,
}

/// One language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tongue {
    pub(super) language: String,
    pub(super) words: Words,
    letter: BTreeMap<LetterKind, Template>,
}

impl Tongue {
    pub(super) fn letter(&self, kind: LetterKind) -> Option<&Template> {
        self.letter.get(&kind)
    }
}

/// Every language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterTexts(Vec<Tongue>);

impl LetterTexts {
    /// Reads the files: text and name of each.
    pub fn parse(files: &[(String, String)]) -> Result<Self, Fault> {
        let mut tongues: Vec<Tongue> = Vec::new();
        for (text, file) in files {
            let source = DataFile::new(text, file);
            let tongue: Tongue = source.read()?;
            if let Some(what) = lacking(&tongue) {
                return Err(source.fault(
                    0,
                    what,
                    "give every letter and every word, with the known names in braces",
                ));
            }
            tongues.push(tongue);
        }
        for language in LANGUAGES {
            if tongues.iter().all(|tongue| tongue.language != language) {
                let source = DataFile::new("", "letters");
                let what = format!("there are no letters in {language}");
                return Err(source.fault(0, what, "restore the file from the repository"));
            }
        }
        Ok(Self(tongues))
    }

    /// The words of a language, else those of English.
    pub(super) fn tongue(&self, language: &str) -> Option<&Tongue> {
        let of = |tag: &str| self.0.iter().find(|tongue| tongue.language == tag);
        of(language).or_else(|| of("en"))
    }

    /// The house's own name in a language.
    pub fn sender(&self, language: &str) -> &str {
        self.tongue(language).map_or("", |tongue| &tongue.words.sender)
    }

    /// A day as letters of a language write it.
    pub fn day(&self, language: &str, (year, month, day): (i32, u32, u32)) -> String {
        let pattern =
            self.tongue(language).map_or("{year}-{month}-{day}", |tongue| tongue.words.day.as_str());
        let two = |number: u32| format!("{number:02}");
        pattern
            .replace("{year}", &year.to_string())
            .replace("{month}", &two(month))
            .replace("{day}", &two(day))
    }
}

fn lacking(tongue: &Tongue) -> Option<String> {
    let words = &tongue.words;
    let kinds = LetterKind::ALL.iter().all(|kind| tongue.letter.contains_key(kind));
    let codes = Finding::ALL.iter().all(|code| words.finding.contains_key(code))
        && OutcomeKind::ALL.iter().all(|code| words.outcome.contains_key(code))
        && ForwardReason::ALL.iter().all(|code| words.forward.contains_key(code))
        && Side::ALL.iter().all(|code| words.side.contains_key(code))
        && EvidenceKind::ALL.iter().all(|code| words.evidence.contains_key(code));
    if !kinds || !codes {
        return Some(format!(
            "a letter, finding, outcome, side, reason to forward or kind of evidence is missing in {}",
            tongue.language
        ));
    }
    let texts = tongue.letter.values().flat_map(|letter| [&letter.subject, &letter.text]);
    let named =
        texts.flat_map(|text| text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()));
    let strange = named.into_iter().find(|name| !KNOWN.contains(name));
    strange.map(|name| format!("{{{name}}} is nothing that a letter can tell"))
}
