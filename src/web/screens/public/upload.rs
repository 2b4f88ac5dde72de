//! A file on its way in: read from the form piece by piece, as it comes from the browser. Fields that belong to it
//! stand before it in the form.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use switchboard::House;
use switchboard::attachments::{Attachment, Leave};
use switchboard::public::EvidenceKind;

use crate::page::Page;
use crate::{App, Error, Result};

/// Longest text field beside a file, in bytes.
const LONGEST_FIELD: usize = 200;
/// Most fields before the file.
const MOST_FIELDS: usize = 10;

/// The next part of the form: a short text, or the file.
enum Part<'a> {
    Text(String, String),
    File(Box<Field<'a>>),
    End,
}

async fn part(form: &mut Multipart) -> Result<Part<'_>> {
    let Some(mut field) = form.next_field().await.map_err(broken)? else { return Ok(Part::End) };
    let name = field.name().unwrap_or_default().to_owned();
    if name == "file" {
        return Ok(Part::File(Box::new(field)));
    }
    let mut value = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        value.extend_from_slice(&piece);
        if value.len() > LONGEST_FIELD {
            return Err(Error::TooLong);
        }
    }
    Ok(Part::Text(name, String::from_utf8_lossy(&value).trim().to_owned()))
}

/// Takes the one file of a form. `leave` is asked with the fields that came before it whether it may come.
pub(super) async fn take<F>(app: &App, mut form: Multipart, leave: F) -> Result<Attachment>
where
    F: AsyncFnOnce(Vec<(String, String)>) -> Result<Leave>,
{
    let mut pairs = Vec::new();
    for _ in 0..MOST_FIELDS {
        match part(&mut form).await? {
            Part::Text(name, value) => pairs.push((name, value)),
            Part::End => return Err(nothing()),
            Part::File(field) => {
                let kind = super::text(&pairs, "kind");
                let leave = leave(pairs).await?;
                return keep(app, &leave, *field, &kind).await;
            }
        }
    }
    Err(Error::TooLong)
}

async fn keep(app: &App, leave: &Leave, mut field: Field<'_>, kind: &str) -> Result<Attachment> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut incoming = app.switchboard.take_in(leave)?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => incoming.push(&app.switchboard, &piece).await?,
            Ok(None) => break,
            Err(error) => {
                incoming.drop_it(&app.switchboard).await;
                return Err(broken(error));
            }
        }
    }
    Ok(incoming.finish(&app.switchboard, &name, kind).await?)
}

fn nothing() -> Error {
    Error::Refused { code: "refused-file-none".to_owned(), missing: Vec::new() }
}

fn broken(error: MultipartError) -> Error {
    tracing::debug!(%error, "a form with a file broke off");
    Error::Unreadable("file".to_owned())
}

/// Kinds of evidence, as a form offers them.
pub(super) fn kinds(page: &Page) -> Vec<(&'static str, String)> {
    EvidenceKind::ALL.iter().map(|kind| (kind.as_str(), page.tc("intake-evidence", kind))).collect()
}

/// What a browser offers first to choose from.
pub(super) fn accept(house: &House) -> String {
    house.doors.files.endings().iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

/// The longest file, in words.
pub(super) fn most(house: &House) -> String {
    format!("{} MB", house.doors.files.limits.most_bytes / (1024 * 1024))
}
