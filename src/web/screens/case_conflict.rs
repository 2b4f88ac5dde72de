//! Two people saved at once: what the first one saved beside what the second one typed. Nothing typed is lost, and the
//! second one chooses.

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use switchboard::case_file::CaseFile;

use super::case_history::{self, HistoryLine};
use crate::auth::CaseDesk;
use crate::{Error, Result};

/// Longest form that is kept.
const LONGEST: usize = 256 * 1024;

/// What was typed, and where it was to go.
pub(super) struct TypedForm {
    address: String,
    fields: Vec<(String, String)>,
}

/// Both sides.
pub(super) struct Conflict {
    /// What was saved since the page was shown.
    pub(super) theirs: Vec<HistoryLine>,
    pub(super) address: String,
    pub(super) mine: Vec<MineView>,
}

/// One field as typed.
pub(super) struct MineView {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) text: String,
    /// Words, that can be written anew here; a code goes along as it is.
    pub(super) words: bool,
}

/// Reads the form and hands the request on as it was.
pub(super) async fn keep(request: Request) -> Result<(Request, Option<TypedForm>)> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| Error::TooLong)?;
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let typed = Form::<Vec<(String, String)>>::from_request(copy, &()).await.ok();
    let address = parts.uri.path().to_owned();
    let typed = typed.map(|Form(fields)| TypedForm { address, fields });
    Ok((Request::from_parts(parts, Body::from(bytes)), typed))
}

/// Lays both sides beside each other.
pub(super) fn conflict(at: &CaseDesk, file: &CaseFile, typed: TypedForm) -> Conflict {
    let version = typed.fields.iter().find(|(name, _)| name == "version");
    let seen: i64 = version.and_then(|(_, text)| text.parse().ok()).unwrap_or(file.case.version);
    let own = ["csrf", "version"];
    let label = |name: &str| {
        let stem = name.split('-').next().unwrap_or(name).replace('_', "-");
        at.page.known("course-field", &stem).unwrap_or_else(|| name.to_owned())
    };
    let mine =
        typed.fields.into_iter().filter(|(name, text)| !own.contains(&name.as_str()) && !text.is_empty());
    Conflict {
        theirs: case_history::since(at.desk.house(), &at.page, file, file.case.version - seen),
        address: typed.address,
        mine: mine
            .map(|(name, text)| MineView {
                label: label(&name),
                words: name.starts_with("outcome-") || WORDS.contains(&name.as_str()),
                name,
                text,
            })
            .collect(),
    }
}

/// Fields in which people write sentences.
const WORDS: [&str; 9] =
    ["reason", "remark", "note", "words", "statement", "audit", "explanation", "advice", "without_report"];
