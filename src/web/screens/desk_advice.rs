//! What an agent looks up while talking: a panel of the desk that is folded until its key is pressed. What is typed
//! travels in a form, never in an address.

use askama::Template;
use axum::Form;
use axum::response::Response;
use domain::directory::name_in;
use domain::{IntakeId, PhoneNumber};
use serde::Deserialize;
use switchboard::Line;
use switchboard::knowledge::{FoundArticle, Phrase, Situation};

use super::article_view::{self, BlockView};
use crate::auth::AgentDesk;
use crate::page::{Page, html};
use crate::{Result, words};

/// More characters than these are not looked for.
pub(super) const LONGEST_SEARCH: usize = 100;

/// What is looked for, and beside which record.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    intake: String,
    #[serde(default)]
    words: String,
}

/// Which article was told.
#[derive(Deserialize)]
pub struct Told {
    intake: String,
    article: String,
}

#[derive(Template)]
#[template(path = "desk_advice.html")]
struct View {
    page: Page,
    /// The record beside which it is looked up; empty without one.
    intake: String,
    phrases: Vec<PhraseRow>,
    articles: Vec<ArticleRow>,
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

struct ArticleRow {
    code: String,
    title: String,
    suggested: bool,
    told: bool,
    /// The text, and in which language: the caller's where a call is in hand.
    blocks: Vec<BlockView>,
    text_in: String,
    /// The same in the agent's language, where that is another one.
    own: Option<Vec<BlockView>>,
    citation: String,
    version: u32,
    since: String,
}

/// What fits the words, anew with every letter.
pub async fn look_up(at: AgentDesk, Form(asked): Form<Asked>) -> Result<Response> {
    let intake = Some(asked.intake.clone()).filter(|id| !id.is_empty()).map(IntakeId::new);
    let words: String = asked.words.chars().take(LONGEST_SEARCH).collect();
    let found = at.desk.look_up(intake.as_ref(), &words).await?;
    let spoken = found.spoken.as_ref().and_then(|language| words::tongue(language.as_str()));
    let spoken = spoken.map_or_else(|| at.page.clone(), |tongue| at.page.in_tongue(tongue));
    let emergency = found.line.map(|line| &line.emergency);
    let phrases = found.phrases.iter();
    let phrases =
        phrases.map(|(situation, phrase)| row(&at.page, spoken.lang(), emergency, situation, phrase));
    let articles = found.articles.iter().map(|one| article_row(&at, &spoken, found.line, one));
    html(&View {
        phrases: phrases.collect(),
        articles: articles.collect(),
        intake: asked.intake,
        page: at.page.clone(),
    })
}

/// Notes that the caller was told an article.
pub async fn told(at: AgentDesk, Form(told): Form<Told>) -> Result<Response> {
    at.desk.article_told(&IntakeId::new(told.intake.clone()), &told.article).await?;
    let intake: String = form_urlencoded::byte_serialize(told.intake.as_bytes()).collect();
    Ok(at.page.done(&format!("/desk?intake={intake}")))
}

fn article_row(at: &AgentDesk, spoken: &Page, line: Option<&Line>, found: &FoundArticle<'_>) -> ArticleRow {
    let (page, house, article) = (&at.page, at.desk.house(), found.article);
    let profile = line.map_or("", |line| line.profile.as_str());
    let day = at.desk.now().service_day(line.map_or(chrono_tz::UTC, |line| line.zone));
    let text = |page: &Page| article_view::body(page, house, (profile, day), article);
    ArticleRow {
        code: article.code.clone(),
        title: article.title(page.lang()).to_owned(),
        suggested: found.suggested,
        told: found.told,
        blocks: text(spoken),
        text_in: spoken.lang().to_owned(),
        own: (spoken.lang() != page.lang()).then(|| text(page)),
        citation: article.citation.clone(),
        version: article.version,
        since: page.date(article.valid_from),
    }
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
