//! Letters about a dialogue, A4, in the language of who gets them: confirmation, invitation, the form for the decision,
//! and the letter that goes with the package. A letter is a value first; the sheet only sets it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::directory::name_in;
use switchboard::dialogue::{DialogueFile, Eligibility};

use super::dialogue::opened;
use super::{case_words, dialogue_view};
use crate::auth::CaseDesk;
use crate::page::{Page, html};
use crate::words::{Tongue, tongue};
use crate::{Error, Result};

/// A piece of a letter.
enum Piece {
    Text(String),
    /// Words that somebody wrote.
    Quote(String),
    List(Vec<String>),
    /// A box to tick, with lines to write on.
    Box(String, bool),
    /// A line to sign on.
    Signature(String),
}

#[derive(Template)]
#[template(path = "dialogue_letter.html")]
struct Letter {
    page: Page,
    lang: &'static str,
    /// Who writes.
    sender: String,
    to: String,
    date: String,
    subject: String,
    case: String,
    greeting: String,
    pieces: Vec<Piece>,
    regards: String,
}

/// The letter of this kind, where there is something to write it about.
pub async fn show(at: CaseDesk, Path((number, kind)): Path<(String, String)>) -> Result<Response> {
    let (at, file) = opened(at, &number).await?;
    let there = dialogue_view::letters(&at.page, &file).iter().any(|(known, _)| *known == kind);
    if !there {
        return Err(Error::NotFound);
    }
    html(&letter(&at, &file, &kind)?)
}

fn letter(at: &CaseDesk, file: &DialogueFile, kind: &str) -> Result<Letter> {
    let writer = Writer::new(at, file, kind).ok_or(Error::NotFound)?;
    let pieces = match kind {
        "confirmation" => writer.confirmation(),
        "invitation" => writer.invitation(),
        "decision" => writer.decision(),
        _ => writer.forwarding(),
    };
    let named = file.case.complainant.clone().filter(|_| !file.hidden);
    let to_complainant = named.unwrap_or_else(|| writer.say("dialogue-letter-complainant"));
    let authority =
        file.authority.as_ref().map(|office| name_in(&office.names, writer.tongue.tag).to_owned());
    let to = if kind == "forwarding" { authority.unwrap_or_default() } else { to_complainant };
    Ok(Letter {
        lang: writer.tongue.tag,
        sender: writer.owner(),
        date: at.page.date(at.desk.now().service_day(at.page.zone())),
        subject: writer.say(&format!("dialogue-letter-{kind}")),
        case: format!("{} {}", writer.say("dialogue-letter-case"), file.case.number),
        greeting: writer.with("dialogue-letter-greeting", &to),
        to,
        pieces,
        regards: writer.say("dialogue-letter-regards"),
        page: at.page.clone(),
    })
}

struct Writer<'a> {
    at: &'a CaseDesk,
    file: &'a DialogueFile,
    tongue: &'static Tongue,
}

impl<'a> Writer<'a> {
    /// The authority is written to in Danish, the complainant in his own language.
    fn new(at: &'a CaseDesk, file: &'a DialogueFile, kind: &str) -> Option<Self> {
        let language = if kind == "forwarding" { "da" } else { file.case.language.as_str() };
        let tongue = tongue(language).or_else(|| tongue("en"))?;
        Some(Self { at, file, tongue })
    }

    fn say(&self, id: &str) -> String {
        self.tongue.say(id, &[])
    }

    fn with(&self, id: &str, what: &str) -> String {
        self.tongue.say(id, &[("what", what.to_owned().into())])
    }

    fn text(&self, id: &str) -> Piece {
        Piece::Text(self.say(id))
    }

    fn code(&self, prefix: &str, code: &str) -> String {
        self.say(&format!("{prefix}-{}", code.replace('_', "-")))
    }

    fn day(&self, at: domain::Timestamp) -> String {
        at.local(self.at.page.zone()).format(self.tongue.day_format).to_string()
    }

    fn time(&self, at: domain::Timestamp) -> String {
        at.local(self.at.page.zone()).format(self.tongue.time_format).to_string()
    }

    /// Name of who runs the dialogue.
    fn owner(&self) -> String {
        let house = self.at.desk.house();
        let Some(owner) = &self.file.dialogue.owner else { return self.at.page.t("frame-name") };
        let institution = house.directory.institution(&owner.code).map(|one| &one.names);
        let names = institution.or_else(|| house.directory.office(&owner.code).map(|one| &one.names));
        names.map_or_else(
            || self.say("dialogue-owner-region"),
            |names| name_in(names, self.tongue.tag).to_owned(),
        )
    }

    fn last_day(&self) -> String {
        let deadline = self.file.dialogue.deadline.as_ref();
        deadline.map(|deadline| self.day(deadline.due_at)).unwrap_or_default()
    }

    fn confirmation(&self) -> Vec<Piece> {
        let mut pieces = vec![
            Piece::Text(self.with("dialogue-letter-confirmation-1", &self.owner())),
            Piece::Text(self.with("dialogue-letter-confirmation-2", &self.last_day())),
            self.text("dialogue-letter-confirmation-3"),
            self.text("dialogue-letter-confirmation-4"),
            self.text("dialogue-letter-confirmation-5"),
        ];
        let without =
            self.file.points.iter().filter(|point| matches!(point.eligibility, Eligibility::Not(_)));
        let reasons: Vec<String> = without
            .map(|point| format!("{} – {}", point.words, self.code("dialogue-why", point.eligibility.code())))
            .collect();
        if !reasons.is_empty() {
            pieces.push(self.text("dialogue-letter-no-dialogue"));
            pieces.push(Piece::List(reasons));
            pieces.push(self.text("dialogue-alternative"));
        }
        pieces
    }

    fn invitation(&self) -> Vec<Piece> {
        let Some(set) = &self.file.dialogue.appointment else { return Vec::new() };
        let when = format!("{}, {}", self.time(set.at), self.code("dialogue-form", set.form.as_str()));
        let people = set.participants.iter();
        let people =
            people.map(|one| format!("{} ({})", one.name, self.code("dialogue-role", one.role.as_str())));
        vec![
            Piece::Text(self.with("dialogue-letter-invitation-1", &when)),
            Piece::Text(self.with("dialogue-letter-invitation-2", &set.place)),
            self.text("dialogue-letter-invitation-3"),
            Piece::List(people.collect()),
            self.text("dialogue-letter-confirmation-4"),
            self.text("dialogue-letter-invitation-4"),
        ]
    }

    fn decision(&self) -> Vec<Piece> {
        let held = self.file.dialogue.held.as_ref().map(|held| self.day(held.at)).unwrap_or_default();
        let mut pieces = vec![
            Piece::Text(self.with("dialogue-letter-decision-1", &held)),
            Piece::Box(self.say("dialogue-letter-decision-2"), false),
            Piece::Box(self.say("dialogue-letter-decision-3"), false),
            Piece::Box(self.say("dialogue-letter-decision-4"), true),
        ];
        pieces.push(Piece::List(self.file.points.iter().map(|point| point.words.clone()).collect()));
        pieces.push(Piece::Box(self.say("dialogue-letter-decision-5"), true));
        pieces.push(Piece::Text(self.with("dialogue-letter-decision-6", &self.last_day())));
        pieces.push(Piece::Signature(self.say("dialogue-letter-decision-7")));
        pieces
    }

    fn forwarding(&self) -> Vec<Piece> {
        let Some(package) = &self.file.dialogue.package else { return Vec::new() };
        let house = self.at.desk.house();
        let reason = self.code("dialogue-forward", package.reason.as_str());
        let point = |point: &switchboard::dialogue::PackagePoint| {
            let site = point.institution.as_deref();
            let site = site.map(|code| format!("{}: ", case_words::institution(house, &self.at.page, code)));
            let state = self.code("dialogue-point", point.state.as_str());
            format!("{}{} ({state})", site.unwrap_or_default(), point.words)
        };
        let mut pieces = vec![
            Piece::Text(self.with("dialogue-letter-forwarding-1", &self.day(package.complaint_received))),
            Piece::Text(self.with("dialogue-letter-forwarding-2", &reason)),
            match package.held_at {
                Some(at) => Piece::Text(self.with("dialogue-letter-forwarding-3", &self.day(at))),
                None => self.text("dialogue-letter-forwarding-4"),
            },
            self.text("dialogue-letter-forwarding-5"),
            Piece::List(package.points.iter().map(point).collect()),
        ];
        if !package.statement.is_empty() {
            pieces.push(self.text("dialogue-letter-forwarding-6"));
            pieces.push(Piece::Quote(package.statement.clone()));
        }
        if let Some(minutes) = &package.minutes {
            pieces.push(self.text("dialogue-letter-forwarding-7"));
            pieces.push(Piece::Quote(minutes.clone()));
        }
        pieces
    }
}
