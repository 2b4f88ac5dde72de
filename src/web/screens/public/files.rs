//! `/hand-in`: files to a case, by a link that was sent, by the code that was told on the telephone, or from the page
//! of the case by number and PIN.

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use switchboard::attachments::Attachment;
use switchboard::public::Asker;

use super::{complaint_about, text, upload};
use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "public/hand_in.html")]
struct HandIn {
    page: Page,
    /// Where the form goes.
    action: String,
    /// The case, where the link tells; else number and code are asked for.
    number: Option<String>,
    /// How many more files may come.
    left: i64,
    kinds: Vec<(&'static str, String)>,
    accept: String,
    most_bytes: String,
    /// What became of the file that just came.
    done: Option<String>,
    refused: Option<(String, Vec<String>)>,
}

type From = axum::Extension<Asker>;

/// The form of a link.
pub async fn by_link(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result<Response> {
    let leave = app.switchboard.leave_by_link(&token).await?;
    let shown = (Some(leave.number.to_string()), leave.left);
    html(&view(&app, page, format!("/hand-in/{token}"), shown))
}

/// The form for a code.
pub async fn by_code(State(app): State<App>, page: Page) -> Result<Response> {
    html(&view(&app, page, "/hand-in".to_owned(), (None, 1)))
}

/// Takes a file by link.
pub async fn take_by_link(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    form: Multipart,
) -> Result<Response> {
    let leave = async |_: Vec<(String, String)>| Ok(app.switchboard.leave_by_link(&token).await?);
    let taken = upload::take(&app, form, leave).await;
    // A link that has ended has no form to show again.
    let leave = app.switchboard.leave_by_link(&token).await?;
    let shown = (Some(leave.number.to_string()), leave.left);
    answer(view(&app, page, format!("/hand-in/{token}"), shown), taken)
}

/// Takes a file by number and code.
pub async fn take_by_code(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): From,
    form: Multipart,
) -> Result<Response> {
    let leave = async |pairs: Vec<(String, String)>| {
        let (number, code) = (text(&pairs, "number"), text(&pairs, "code"));
        Ok(app.switchboard.leave_by_code(&number, &code, &asker).await?)
    };
    let taken = upload::take(&app, form, leave).await;
    answer(view(&app, page, "/hand-in".to_owned(), (None, 1)), taken)
}

/// Takes a file by number and PIN, and shows the page of the case again.
pub async fn take_by_pin(
    State(app): State<App>,
    page: Page,
    axum::Extension(asker): From,
    form: Multipart,
) -> Result<Response> {
    let mut known = Vec::new();
    let leave = async |pairs: Vec<(String, String)>| {
        let (number, pin) = (text(&pairs, "number"), text(&pairs, "pin"));
        known.clone_from(&pairs);
        Ok(app.switchboard.leave_by_pin(&number, &pin, &asker).await?)
    };
    let taken = upload::take(&app, form, leave).await;
    let before = match taken {
        Ok(file) => Some((word(&file), Ok(()))),
        Err(Error::Refused { code, missing }) => {
            Some(("public-file-kept", Err(switchboard::Error::Refused { code, missing })))
        }
        Err(other) => return Err(other),
    };
    super::status::answer(&app, page, &asker, &known, before).await
}

/// How a file that came is spoken of.
fn word(file: &Attachment) -> &'static str {
    if file.state == "kept" { "public-file-kept" } else { "public-file-quarantined" }
}

fn answer(mut view: HandIn, taken: Result<Attachment>) -> Result<Response> {
    match taken {
        Ok(file) => {
            view.done = Some(format!("{} {}", file.name, view.page.t(word(&file))));
            html(&view)
        }
        Err(error) => {
            let status = error.status();
            view.refused = Some(complaint_about(&view.page, error)?);
            Ok((status, html(&view)?).into_response())
        }
    }
}

fn view(app: &App, page: Page, action: String, (number, left): (Option<String>, usize)) -> HandIn {
    let house = app.switchboard.house();
    HandIn {
        kinds: upload::kinds(&page),
        accept: upload::accept(house),
        most_bytes: upload::most(house),
        action,
        number,
        left: i64::try_from(left).unwrap_or(i64::MAX),
        done: None,
        refused: None,
        page,
    }
}
