//! The files of a case: handed out to who may see them, and asked for from the complainant.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use switchboard::attachments::{Attachment, SeenFile, UploadLink};

use super::case;
use crate::auth::CaseDesk;
use crate::page::{Page, html};
use crate::{App, Result};

/// A file leaves in pieces of so many bytes.
const PIECE: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "case_files.html")]
struct Files {
    page: Page,
    number: String,
    rows: Vec<Row>,
    /// Whether this person decides who sees a file, and may ask for some.
    hotline: bool,
    /// A link and a code that were just made.
    asked: Option<(UploadLink, String)>,
}

struct Row {
    id: String,
    name: String,
    kind: String,
    size: String,
    giver: String,
    when: String,
    sight: String,
    shown: bool,
    may_open: bool,
}

/// The page.
pub async fn show(at: CaseDesk, Path(number): Path<String>) -> Result<Response> {
    list(&at, &number, None).await
}

/// Makes a link and a code by which the complainant may hand in files.
pub async fn ask(at: CaseDesk, Path(number): Path<String>) -> Result<Response> {
    let id = case::find(&at, &number).await?;
    let link = at.desk.upload_link(&id).await?;
    list(&at, &number, Some(link)).await
}

/// Shows a file to the department.
pub async fn reveal(at: CaseDesk, Path((number, id)): Path<(String, String)>) -> Result<Response> {
    at.desk.show_file(&id, true).await?;
    Ok(at.page.done(&format!("/cases/{number}/files")))
}

/// Keeps a file with the hotline.
pub async fn hide(at: CaseDesk, Path((number, id)): Path<(String, String)>) -> Result<Response> {
    at.desk.show_file(&id, false).await?;
    Ok(at.page.done(&format!("/cases/{number}/files")))
}

/// The file itself, to be saved: a browser never opens it as a page of ours.
pub async fn download(
    at: CaseDesk,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response> {
    let file = at.desk.open_file(&id).await?;
    let name = percent_encoded(&file.name);
    let sandbox = HeaderName::from_static("x-download-options");
    let headers = [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (header::CONTENT_LENGTH, file.bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (sandbox, "noopen".to_owned()),
    ];
    Ok((headers, Body::from_stream(pieces(app, file))).into_response())
}

fn pieces(app: App, file: Attachment) -> impl futures_util::Stream<Item = Result<Vec<u8>>> {
    stream::try_unfold((app, file, 0_u64), |(app, file, start)| async move {
        let piece = app.switchboard.file_piece(&file, start, PIECE).await?;
        let next = start + piece.len() as u64;
        Ok((!piece.is_empty()).then_some((piece, (app, file, next))))
    })
}

/// Every byte that is no plain letter or digit, as RFC 5987 wants it.
fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    name.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

async fn list(at: &CaseDesk, number: &str, asked: Option<UploadLink>) -> Result<Response> {
    let id = case::find(at, number).await?;
    let rows = at.desk.files(&id).await?.iter().map(|seen| row(&at.page, seen)).collect();
    let hotline = at.desk.person().role != domain::Role::Handler;
    let asked = asked.map(|link| {
        let until = at.page.time(&link.until);
        (link, until)
    });
    html(&Files { rows, hotline, asked, number: number.to_owned(), page: at.page.clone() })
}

fn row(page: &Page, SeenFile { file, may_open }: &SeenFile) -> Row {
    Row {
        id: file.id.clone(),
        name: file.name.clone(),
        kind: page.tc("intake-evidence", &file.kind),
        size: format!("{} kB", file.bytes.div_euclid(1024) + 1),
        giver: page.tc("files-giver", &file.giver),
        when: page.time(&file.at),
        sight: page.tc("files-sight", &file.sight),
        shown: file.sight == "department",
        may_open: *may_open,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_cannot_end_the_header() {
        assert_eq!(super::percent_encoded("发票 1.pdf"), "%E5%8F%91%E7%A5%A8%201.pdf");
        assert_eq!(super::percent_encoded("a\r\nb\"'.pdf"), "a%0D%0Ab%22%27.pdf");
    }
}
