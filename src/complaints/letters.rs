//! Letters of a case. What a letter says is a typed [`Letter`], which exists only behind the identity firewall: the one
//! way to it asks for the [`Screen`] of its recipient and passes every name and text through it. The words are the deployment's
//! (`config/letters/<language>.toml`); together they make a [`Sheet`], which is kept as it was issued.
//!
//! Is not: the way by which a letter leaves, nor its look on paper.

mod document;
mod package;
mod texts;

use serde::{Deserialize, Serialize};

pub use package::{Enclosed, LetterPackage, LetterStatement, fitting};
pub use texts::LetterTexts;

use crate::firewall::{Recipient, Screen};
use crate::intake::EvidenceKind;
use crate::investigation::LetterKind;
use crate::words::{Finding, OutcomeKind};

impl LetterKind {
    /// Whom such a letter is for.
    pub fn recipient(self) -> Recipient {
        match self {
            Self::Acknowledgement
            | Self::InformationRequest
            | Self::Result
            | Self::NonAcceptance
            | Self::Extension => Recipient::Complainant,
            // The institution complained of: what it is told must never say more than the accused may know.
            Self::EvidenceRequest | Self::PreserveRequest => Recipient::Accused,
            Self::Forwarding | Self::Package => Recipient::Authority,
        }
    }
}

/// A point in a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterPoint {
    pub words: String,
    pub institution: Option<String>,
    pub finding: Option<Finding>,
    /// Name of the standard of proof, in the letter's language.
    pub standard: Option<String>,
    pub outcome_kind: Option<OutcomeKind>,
    pub outcome: Option<String>,
    /// The complainant added it after a dialogue.
    pub added: bool,
}

/// A piece of evidence in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterEvidence {
    pub kind: EvidenceKind,
    pub what: String,
    /// Until when it is asked for, or must be kept, as a day.
    pub due: Option<String>,
}

/// All that the house could put into a letter, before the firewall. Nothing is printed from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Material {
    /// Tag of the reader's language.
    pub language: String,
    /// Who writes; none: the house's own name in the letter's language.
    pub sender: Option<String>,
    /// Who is written to, where it is not the complainant.
    pub institution: Option<String>,
    pub authority: Option<String>,
    pub complainant: Option<String>,
    /// Number by which the complainant is reached.
    pub contact: Option<String>,
    pub number: String,
    /// Days, written out.
    pub date: String,
    pub received: String,
    pub due: Option<String>,
    /// What somebody wrote for this letter.
    pub words: Option<String>,
    pub points: Vec<LetterPoint>,
    pub evidence: Vec<LetterEvidence>,
    /// The appeal route, as it is told.
    pub route: Option<String>,
    /// Where to go instead.
    pub advice: Option<String>,
    /// What goes to the authority besides.
    pub package: Option<LetterPackage>,
}

/// A letter: facts that its recipient may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    kind: LetterKind,
    facts: Material,
}

impl Letter {
    /// What of the material may reach the recipient of such a letter. Whom it is for is the kind's to say: `screen` makes
    /// the screen for the recipient it is asked for.
    ///
    /// # Errors
    /// Those of `screen`.
    pub fn new<E>(
        kind: LetterKind,
        material: Material,
        screen: impl FnOnce(Recipient) -> Result<Screen, E>,
    ) -> Result<Self, E> {
        let screen = screen(kind.recipient())?;
        let told = |text: Option<String>| text.map(|text| screen.text(&text));
        let point = |point: LetterPoint| LetterPoint {
            words: screen.text(&point.words),
            outcome: told(point.outcome),
            institution: told(point.institution),
            ..point
        };
        let facts = Material {
            // One that is not listed stands as it was told.
            institution: told(material.institution),
            complainant: screen.name(material.complainant.as_deref()).map(str::to_owned),
            contact: screen.contact(material.contact.as_deref()).map(str::to_owned),
            package: material.package.map(|package| package.behind(&screen)),
            words: told(material.words),
            points: material.points.into_iter().map(point).collect(),
            evidence: material
                .evidence
                .into_iter()
                .map(|one| LetterEvidence { what: screen.text(&one.what), ..one })
                .collect(),
            route: told(material.route),
            advice: told(material.advice),
            ..material
        };
        Ok(Self { kind, facts })
    }

    /// The kind of letter.
    pub fn kind(&self) -> LetterKind {
        self.kind
    }

    /// The letter in words; none where the language has none.
    pub fn sheet(&self, texts: &LetterTexts) -> Option<Sheet> {
        let tongue = texts.tongue(&self.facts.language)?;
        let template = tongue.letter(self.kind)?;
        let facts = &self.facts;
        let to = match self.kind.recipient() {
            Recipient::Complainant => {
                facts.complainant.clone().unwrap_or_else(|| tongue.words.complainant.clone())
            }
            Recipient::Authority => facts.authority.clone().unwrap_or_else(|| tongue.words.authority.clone()),
            _ => facts.institution.clone().unwrap_or_else(|| tongue.words.institution.clone()),
        };
        let sender = self.sender(tongue).to_owned();
        let reference = format!("{} {}", tongue.words.reference, facts.number);
        let blocks = template.text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
        Some(Sheet {
            language: tongue.language.clone(),
            sender,
            address: self.address(&to, tongue),
            date: facts.date.clone(),
            subject: self.fill(&template.subject, tongue).unwrap_or_else(|| template.subject.clone()),
            greeting: tongue.words.greeting.replace("{to}", &to),
            pieces: blocks.flat_map(|block| self.pieces(block, tongue)).collect(),
            regards: tongue.words.regards.clone(),
            page: tongue.words.page.clone(),
            reference,
        })
    }

    /// The line's, the owner's, or the house's.
    fn sender<'a>(&'a self, tongue: &'a texts::Tongue) -> &'a str {
        self.facts.sender.as_deref().unwrap_or(&tongue.words.sender)
    }

    fn address(&self, to: &str, tongue: &texts::Tongue) -> Vec<String> {
        match self.kind.recipient() {
            Recipient::Accused => vec![to.to_owned(), tongue.words.complaint_office.clone()],
            _ => vec![to.to_owned()],
        }
    }

    /// A paragraph, or one with what it announces: a sentence and, in the line below, what is left out together with it.
    fn pieces(&self, block: &str, tongue: &texts::Tongue) -> Vec<Piece> {
        let announced =
            block.split_once('\n').filter(|(_, what)| what.starts_with('{') && what.ends_with('}'));
        let Some((sentence, what)) = announced else { return Vec::from_iter(self.piece(block, tongue)) };
        let both = self.piece(sentence, tongue).zip(self.piece(what, tongue));
        both.map_or_else(Vec::new, |(sentence, what)| vec![sentence, what])
    }

    /// A paragraph; one that lacks what it is about is left out.
    fn piece(&self, block: &str, tongue: &texts::Tongue) -> Option<Piece> {
        match block {
            "{points}" => list(self.facts.points.iter().map(|point| point_line(point, tongue, false))),
            "{findings}" => list(self.facts.points.iter().map(|point| point_line(point, tongue, true))),
            "{evidence}" => list(self.facts.evidence.iter().map(|one| evidence_line(one, tongue))),
            "{words}" => self.facts.words.clone().filter(|text| !text.is_empty()).map(Piece::Quote),
            "{route}" => self.facts.route.clone().map(Piece::Quote),
            "{advice}" => self.facts.advice.clone().map(Piece::Quote),
            block => match self.facts.package.as_ref().and_then(|package| package.piece(block, tongue)) {
                Some(piece) => piece,
                None => self.fill(block, tongue).map(Piece::Text),
            },
        }
    }

    /// The text with its values; none where one of them is missing.
    fn fill(&self, text: &str, tongue: &texts::Tongue) -> Option<String> {
        let facts = &self.facts;
        let values = [
            ("{number}", Some(facts.number.as_str())),
            ("{received}", Some(facts.received.as_str())),
            ("{date}", Some(facts.date.as_str())),
            ("{due}", facts.due.as_deref()),
            ("{complainant}", facts.complainant.as_deref()),
            ("{contact}", facts.contact.as_deref()),
            ("{reason}", facts.package.as_ref().map(|package| package.reason(tongue))),
            ("{held}", facts.package.as_ref().and_then(|package| package.held.as_deref())),
            ("{institution}", facts.institution.as_deref()),
            ("{authority}", facts.authority.as_deref()),
            ("{sender}", Some(self.sender(tongue))),
        ];
        values.into_iter().filter(|(name, _)| text.contains(name)).try_fold(
            text.to_owned(),
            |text, (name, value)| {
                value.filter(|value| !value.is_empty()).map(|value| text.replace(name, value))
            },
        )
    }
}

fn list(lines: impl Iterator<Item = String>) -> Option<Piece> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then_some(Piece::List(lines))
}

fn point_line(point: &LetterPoint, tongue: &texts::Tongue, found: bool) -> String {
    let words = &tongue.words;
    let site = point.institution.as_deref().map(|site| format!("{site}: ")).unwrap_or_default();
    let mut line = format!("{site}{}", point.words);
    if point.added {
        line.push_str(&format!(" ({})", words.added));
    }
    if !found {
        return line;
    }
    let finding = point.finding.and_then(|code| words.finding.get(&code));
    let kind = point.outcome_kind.and_then(|code| words.outcome.get(&code));
    for (name, value) in [(&words.found, finding), (&words.standard, point.standard.as_ref())] {
        if let Some(value) = value {
            line.push_str(&format!("\n{name}: {value}"));
        }
    }
    if let Some((kind, outcome)) = kind.zip(point.outcome.as_ref()) {
        line.push_str(&format!("\n{kind}: {outcome}"));
    }
    line
}

fn evidence_line(one: &LetterEvidence, tongue: &texts::Tongue) -> String {
    let kind = tongue.words.evidence.get(&one.kind).map_or_else(|| one.kind.to_string(), Clone::clone);
    let what = if one.what.trim().is_empty() { kind } else { format!("{kind}: {}", one.what) };
    match &one.due {
        Some(due) => format!("{what} ({} {due})", tongue.words.until),
        None => what,
    }
}

/// A piece of a letter's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Text(String),
    /// Words that somebody wrote.
    Quote(String),
    List(Vec<String>),
}

/// A letter as it is issued: nothing in it is looked up again later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub language: String,
    pub sender: String,
    pub address: Vec<String>,
    /// The case, to be quoted in a reply.
    pub reference: String,
    pub date: String,
    pub subject: String,
    pub greeting: String,
    pub pieces: Vec<Piece>,
    pub regards: String,
    /// The word for a page, before its number.
    pub page: String,
}

impl Sheet {
    /// The letter as plain text, as a mail carries it; the hash of an issued letter is that of this text.
    pub fn text(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Quote(text) => text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
            Piece::List(lines) => lines
                .iter()
                .map(|line| format!("- {}", line.replace('\n', "\n  ")))
                .collect::<Vec<_>>()
                .join("\n"),
        };
        let mut blocks = vec![
            self.sender.clone(),
            self.address.join("\n"),
            format!("{}\n{}", self.date, self.reference),
            self.subject.clone(),
            self.greeting.clone(),
        ];
        blocks.extend(self.pieces.iter().map(piece));
        blocks.push(format!("{}\n{}", self.regards, self.sender));
        blocks.join("\n\n") + "\n"
    }
}

#[cfg(test)]
#[path = "letters/tests.rs"]
mod tests;
