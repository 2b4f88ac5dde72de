//! Letters of a case on paper: A4, ready to print or to keep as PDF. What was issued is shown as it was issued.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use switchboard::feedback::Channel;
use switchboard::investigation::LetterKind;
use switchboard::investigation::letters::{LetterOrder, Piece, Sheet};

use super::case::find;
use super::case_course::Typed;
use crate::auth::CaseDesk;
use crate::page::{Page, html};
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "case_letter.html")]
struct LetterPage {
    page: Page,
    number: String,
    sheet: Sheet,
    sha256: String,
    /// When, by which way, as a line for the file.
    issued: String,
}

/// A letter as it was issued.
pub async fn show(at: CaseDesk, Path((number, letter)): Path<(String, String)>) -> Result<Response> {
    let id = find(&at, &number).await?;
    let line = at.desk.line_of_case(&id).await?;
    let at = at.of_line(&line);
    let (row, sheet) = at.desk.letter(&id, &letter).await?;
    let issued = format!("{} · {}", at.page.time(&row.issued_at), at.page.tc("channel", &row.channel));
    html(&LetterPage { page: at.page, number, sheet, sha256: row.sha256, issued })
}

/// Issues one.
pub async fn issue(
    at: CaseDesk,
    Path(number): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let line = at.desk.line_of_case(&id).await?;
    let at = at.of_line(&line);
    let typed = Typed::of(&fields);
    let version = typed.text("version").parse().map_err(|_| Error::Unreadable("version".to_owned()))?;
    let unreadable = |field: &str| Error::Unreadable(at.page.t(field));
    let kind: LetterKind = typed.text("kind").parse().map_err(|_| unreadable("letter-kind"))?;
    let channel: Channel = typed.text("channel").parse().map_err(|_| unreadable("letter-channel"))?;
    let order = LetterOrder {
        kind,
        words: typed.text("words"),
        due_at: typed.end_of(&at, "date")?,
        institution: Some(typed.text("institution")).filter(|code| !code.is_empty()),
    };
    let letter = at.desk.issue_letter(&id, version, order, channel).await?;
    Ok(at.page.done(&format!("/cases/{number}/letters/{letter}")))
}
