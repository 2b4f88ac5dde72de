//! What an agent looks up while talking: a panel of the desk that is folded until its key is pressed. What is typed
//! travels in a form, never in an address.

use askama::Template;
use axum::Form;
use axum::response::Response;
use domain::directory::name_in;
use domain::{IntakeId, PhoneNumber};
use serde::Deserialize;
use switchboard::knowledge::{Phrase, Situation};

use crate::Result;
use crate::auth::AgentDesk;
use crate::page::{Page, html};

/// What is looked for, and beside which record.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    intake: String,
    #[serde(default)]
    words: String,
}

#[derive(Template)]
#[template(path = "desk_advice.html")]
struct Found {
    page: Page,
    phrases: Vec<PhraseRow>,
}

struct PhraseRow {
    code: String,
    situation: String,
    danger: bool,
    help: Vec<HelpRow>,
    /// What is said, and in which language: the caller's where a call is in hand.
    text: String,
    text_in: String,
    /// The same in the agent's language, where that is another one.
    own: Option<String>,
    act: String,
    citation: String,
}

struct HelpRow {
    number: String,
    name: String,
}

/// What fits the words, anew with every letter.
pub async fn look_up(at: AgentDesk, Form(asked): Form<Asked>) -> Result<Response> {
    let intake = Some(asked.intake).filter(|id| !id.is_empty()).map(IntakeId::new);
    let found = at.desk.look_up(intake.as_ref(), &asked.words).await?;
    let spoken = found.spoken.as_ref().map_or(at.page.lang(), |language| language.as_str());
    let phrases = found.phrases.iter();
    let phrases =
        phrases.map(|(situation, phrase)| row(&at.page, spoken, found.emergency, situation, phrase));
    html(&Found { phrases: phrases.collect(), page: at.page.clone() })
}

fn row(
    page: &Page,
    spoken: &str,
    emergency: Option<&PhoneNumber>,
    situation: &Situation,
    phrase: &Phrase,
) -> PhraseRow {
    let text_in = if phrase.texts.contains_key(spoken) { spoken } else { page.lang() };
    let help = phrase.help.iter().map(|help| HelpRow {
        number: help
            .number
            .clone()
            .or_else(|| emergency.map(|number| number.as_str().to_owned()))
            .unwrap_or_default(),
        name: name_in(&help.names, page.lang()).to_owned(),
    });
    PhraseRow {
        code: phrase.code.clone(),
        situation: name_in(&situation.names, page.lang()).to_owned(),
        danger: situation.danger,
        help: help.collect(),
        text: name_in(&phrase.texts, text_in).to_owned(),
        own: (text_in != page.lang()).then(|| name_in(&phrase.texts, page.lang()).to_owned()),
        text_in: text_in.to_owned(),
        act: phrase.acts.get(page.lang()).cloned().unwrap_or_default(),
        citation: phrase.citation.clone(),
    }
}
