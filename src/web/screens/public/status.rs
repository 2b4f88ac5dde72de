//! `/status`: how a case is going, by number and PIN; adding to it, and reminding us of it. Number and PIN travel in
//! forms, never in addresses.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use switchboard::public::{Asker, Progress};

use super::{complaint_about, text};
use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "public/status_ask.html")]
struct Ask {
    page: Page,
    number: String,
    refused: Option<(String, Vec<String>)>,
}

#[derive(Template)]
#[template(path = "public/status.html")]
struct Status {
    page: Page,
    number: String,
    pin: String,
    status: String,
    waits: String,
    waits_for_you: bool,
    /// What we asked for.
    asked: Option<String>,
    due: Option<String>,
    moments: Vec<(String, String)>,
    may_remind: bool,
    longest: usize,
    kinds: Vec<(&'static str, String)>,
    accept: String,
    most_bytes: String,
    /// What was just done.
    done: Option<String>,
    refused: Option<(String, Vec<String>)>,
}

type Pairs = Form<Vec<(String, String)>>;
type From = axum::Extension<Asker>;

/// The question for number and PIN.
pub async fn ask(page: Page) -> Result<Response> {
    html(&Ask { page, number: String::new(), refused: None })
}

/// The answer.
pub async fn show(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): From,
    Form(pairs): Pairs,
) -> Result<Response> {
    answer(&app, page, &asker, &pairs, None).await
}

/// Adds words to the case.
pub async fn add(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): From,
    Form(pairs): Pairs,
) -> Result<Response> {
    let (number, pin) = (text(&pairs, "number"), text(&pairs, "pin"));
    let added = app.switchboard.add_words(&number, &pin, &text(&pairs, "words"), &asker).await;
    answer(&app, page, &asker, &pairs, Some(("public-added", added.map(drop)))).await
}

/// Reminds us of the case.
pub async fn remind(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): From,
    Form(pairs): Pairs,
) -> Result<Response> {
    let (number, pin) = (text(&pairs, "number"), text(&pairs, "pin"));
    let words = Some(text(&pairs, "words")).filter(|words| !words.is_empty());
    let words = words.unwrap_or_else(|| page.t("public-remind-words"));
    let reminded = app.switchboard.remind(&number, &pin, &words, &asker).await;
    answer(&app, page, &asker, &pairs, Some(("public-reminded", reminded.map(drop)))).await
}

/// What was done before the page is shown: the words for it, and how it went.
type Before = Option<(&'static str, switchboard::Result<()>)>;

/// The page of the case, or the question again where number and PIN do not belong together.
pub(super) async fn answer(
    app: &App,
    page: Page,
    asker: &Asker,
    pairs: &[(String, String)],
    before: Before,
) -> Result<Response> {
    let (number, pin) = (text(pairs, "number"), text(pairs, "pin"));
    match app.switchboard.progress(&number, &pin, asker).await.map_err(Error::from) {
        Ok(progress) => {
            let (mut done, mut refused, mut status) = (None, None, axum::http::StatusCode::OK);
            match before {
                Some((word, Ok(()))) => done = Some(page.t(word)),
                Some((_, Err(error))) => {
                    let error = Error::from(error);
                    status = error.status();
                    refused = Some(complaint_about(&page, error)?);
                }
                None => {}
            }
            let view = view(app, page, progress, pin, (done, refused));
            Ok((status, html(&view)?).into_response())
        }
        Err(error) => {
            let status = error.status();
            let refused = Some(complaint_about(&page, error)?);
            Ok((status, html(&Ask { page, number, refused })?).into_response())
        }
    }
}

/// What was just done, and why it was not.
type Outcome = (Option<String>, Option<(String, Vec<String>)>);

fn view(app: &App, page: Page, progress: Progress, pin: String, (done, refused): Outcome) -> Status {
    let house = app.switchboard.house();
    let time = |at| page.time_in(&at, progress.zone);
    Status {
        status: page.tc("public-status", progress.status),
        waits: page.tc("public-waits", progress.waits_for),
        waits_for_you: progress.waits_for.as_str() == "complainant",
        due: progress.due_at.map(time),
        asked: progress.asked,
        moments: progress
            .moments
            .iter()
            .map(|(kind, at)| (time(*at), page.tc("public-moment", kind)))
            .collect(),
        may_remind: progress.may_remind,
        longest: house.doors.web.longest_text(),
        kinds: super::upload::kinds(&page),
        accept: super::upload::accept(house),
        most_bytes: super::upload::most(house),
        number: progress.number.to_string(),
        pin,
        done,
        refused,
        page,
    }
}
