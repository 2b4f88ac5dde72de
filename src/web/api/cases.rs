//! Complaints over the JSON API, for everybody: hand in, ask after by number and PIN, add to, remind.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Language, RequestType};
use serde::Deserialize;
use serde_json::{Value, json};
use switchboard::doors::Scope;
use switchboard::public::{Asker, Door, EvidenceKind, EvidenceStatus, WebComplaint};

use super::door::{read, shown};
use super::once::once;
use crate::screens::public::report::line_for;
use crate::{App, Error, Result};

/// A complaint as a program writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    request_type: RequestType,
    own_words: String,
    #[serde(default)]
    happened: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    persons: String,
    #[serde(default)]
    institution: String,
    #[serde(default)]
    desired: String,
    #[serde(default)]
    evidence: Vec<ToldEvidence>,
    #[serde(default)]
    anonymous: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    reply: bool,
    #[serde(default)]
    confidential: bool,
    #[serde(default)]
    category: Option<String>,
    language: Language,
    #[serde(default)]
    line: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldEvidence {
    kind: EvidenceKind,
    status: EvidenceStatus,
}

/// A case, and what is to be done to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    number: String,
    pin: String,
    #[serde(default)]
    text: String,
}

/// What stands in the history where a reminder came without words.
const NO_WORDS: &str = "—";

type From = axum::Extension<Asker>;

/// Takes a complaint.
pub(super) async fn hand_in(
    State(app): State<App>,
    axum::Extension(asker): From,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let client = shown(&app, &headers)?;
    if client.is_some_and(|client| !client.may(Scope::Report)) {
        return Err(Error::Forbidden);
    }
    let told: Told = read(&headers, &body)?;
    let who = client.map_or("api", |client| client.name.as_str());
    let work = async {
        let house = app.switchboard.house();
        let line = match &told.line {
            Some(name) => house.lines.get(name),
            None => line_for(house, told.language.as_str()),
        };
        let line = line.ok_or_else(|| Error::Unreadable("line".to_owned()))?;
        let door = Door {
            name: "api",
            client: client.map(|client| client.name.clone()),
            service: told.category.clone(),
            ..Door::default()
        };
        let complaint = complaint(&told, &line.name);
        let handed = app.switchboard.hand_in(complaint, door, &asker).await?;
        let zone = line.zone;
        let answer = json!({
            "number": handed.number,
            "pin": handed.pin,
            "id": handed.public_id,
            "received_at": handed.received_at.rfc3339(zone),
            "due_at": handed.due_at.map(|at| at.rfc3339(zone)),
        });
        Ok((StatusCode::CREATED, answer))
    };
    once(&app, &headers, (who, &[b"/api/v1/cases", &body]), work).await
}

fn complaint(told: &Told, line: &str) -> WebComplaint {
    WebComplaint {
        line: line.to_owned(),
        language: told.language.clone(),
        request_type: told.request_type,
        own_words: told.own_words.clone(),
        happened: told.happened.clone(),
        place: told.place.clone(),
        persons: told.persons.clone(),
        institution: told.institution.clone(),
        desired: told.desired.clone(),
        evidence: told.evidence.iter().map(|one| (one.kind, one.status)).collect(),
        anonymous: told.anonymous,
        name: told.name.clone(),
        phone: told.phone.clone(),
        reach: told.reach.clone(),
        reply: told.reply,
        confidential: told.confidential,
        suggested: told.category.clone(),
    }
}

/// How a case is going. Asked by POST, because the PIN has no place in an address.
pub(super) async fn status(
    State(app): State<App>,
    axum::Extension(asker): From,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let named: Named = read(&headers, &body)?;
    let progress = app.switchboard.progress(&named.number, &named.pin, &asker).await?;
    let time = |at: domain::Timestamp| at.rfc3339(progress.zone);
    let moments: Vec<Value> =
        progress.moments.iter().map(|(kind, at)| json!({ "kind": kind, "at": time(*at) })).collect();
    let answer = json!({
        "number": progress.number,
        "status": progress.status,
        "waits_for": progress.waits_for,
        "received_at": time(progress.received_at),
        "due_at": progress.due_at.map(time),
        "moments": moments,
        "may_remind": progress.may_remind,
        "asked": progress.asked,
    });
    Ok(axum::response::IntoResponse::into_response(axum::Json(answer)))
}

/// Adds words to a case.
pub(super) async fn add(
    State(app): State<App>,
    axum::Extension(asker): From,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let named: Named = read(&headers, &body)?;
    let work = async {
        let number = app.switchboard.add_words(&named.number, &named.pin, &named.text, &asker).await?;
        Ok((StatusCode::CREATED, json!({ "number": number })))
    };
    once(&app, &headers, ("api", &[b"/api/v1/cases/facts", &body]), work).await
}

/// Reminds us of a case.
pub(super) async fn remind(
    State(app): State<App>,
    axum::Extension(asker): From,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let named: Named = read(&headers, &body)?;
    let work = async {
        let words = if named.text.trim().is_empty() { NO_WORDS } else { named.text.trim() };
        let number = app.switchboard.remind(&named.number, &named.pin, words, &asker).await?;
        Ok((StatusCode::CREATED, json!({ "number": number })))
    };
    once(&app, &headers, ("api", &[b"/api/v1/cases/reminders", &body]), work).await
}
