//! Letters of a case on paper: A4, ready to print or to keep as PDF. What was issued is shown as it was issued.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use switchboard::feedback::Channel;
use switchboard::investigation::LetterKind;
use switchboard::investigation::letters::{LetterOrder, Piece, Sheet, Way};

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
    /// None: a preview.
    issued: Option<Issued>,
}

struct Issued {
    /// When, by which way, as a line for the file.
    how: String,
    sha256: String,
}

/// A letter as it was issued.
pub async fn show(at: CaseDesk, Path((number, letter)): Path<(String, String)>) -> Result<Response> {
    let id = find(&at, &number).await?;
    let line = at.desk.line_of_case(&id).await?;
    let at = at.of_line(&line);
    let (row, sheet) = at.desk.letter(&id, &letter).await?;
    let how = format!("{} · {}", at.page.time(&row.issued_at), at.page.tc("channel", &row.channel));
    let issued = Some(Issued { how, sha256: row.sha256 });
    html(&LetterPage { page: at.page, number, sheet, issued })
}

/// One as it would go out; nothing is kept of it.
pub async fn preview(
    at: CaseDesk,
    Path(number): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let line = at.desk.line_of_case(&id).await?;
    let at = at.of_line(&line);
    let order = order(&at, &Typed::of(&fields))?;
    let sheet = at.desk.draft_letter(&id, order).await?;
    html(&LetterPage { page: at.page, number, sheet, issued: None })
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
    let way = match &*typed.text("channel") {
        MAILED => Way::Mailed,
        channel => Way::ByHand(channel.parse::<Channel>().map_err(|_| unreadable("letter-channel"))?),
    };
    let order = order(&at, &typed)?;
    let letter = at.desk.issue_letter(&id, version, order, way).await?;
    Ok(at.page.done(&format!("/cases/{number}/letters/{letter}")))
}

/// What stands for mailing by the house among the ways that a person can choose.
pub(super) const MAILED: &str = "house_mail";

fn order(at: &CaseDesk, typed: &Typed<'_>) -> Result<LetterOrder> {
    let unreadable = |_| Error::Unreadable(at.page.t("letter-kind"));
    let kind: LetterKind = typed.text("kind").parse().map_err(unreadable)?;
    Ok(LetterOrder {
        kind,
        words: typed.text("words"),
        due_at: typed.end_of(at, "date")?,
        institution: Some(typed.text("institution")).filter(|code| !code.is_empty()),
    })
}
