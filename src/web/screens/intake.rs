//! What is done with an intake: saved on every change, taken over from the suggestion, finished with or without a
//! case.

use axum::Form;
use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::IntakeId;
use serde::Deserialize;
use serde_json::json;
use switchboard::intake::Intake;

use super::intake_form::{Sent, read};
use super::work;
use crate::auth::AgentDesk;
use crate::{Error, Result};

/// How the contact ended.
#[derive(Deserialize)]
pub struct Finish {
    #[serde(default)]
    code: String,
}

/// Where the case goes; empty means as proposed.
#[derive(Deserialize)]
pub struct OpenCase {
    #[serde(default)]
    department: String,
    #[serde(default)]
    reason: String,
}

/// The stored form, for a page that lost the race to save.
pub async fn stored(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let file = at.desk.intake(&IntakeId::new(id)).await?;
    let answers = work::form_of(&at, &file)?.answers();
    Ok(axum::Json(json!({ "version": file.draft.version, "fields": answers })).into_response())
}

/// Saves the form; with `do`, does something with it besides.
pub async fn save(at: AgentDesk, Path(id): Path<String>, body: Bytes) -> Result<Response> {
    let id = IntakeId::new(id);
    let sent = Sent::parse(&body);
    let version = sent.get("version").parse().map_err(|_| Error::Unreadable("version".to_owned()))?;
    let today = at.desk.now().service_day(at.page.zone());
    let mut intake = read(&sent, at.desk.house(), today)?;
    match sent.get("do") {
        "add_point" => intake.points.push(Default::default()),
        "take" => take_suggestions(&at, &mut intake),
        _ => {}
    }
    let saved = at.desk.save_intake(&id, version, intake).await?;
    if !at.page.wants_problem() {
        return Ok(at.page.done(&format!("/desk?intake={id}")));
    }
    let said = work::saved_words(&at.of_line(&saved.line).page, &saved.at);
    Ok(axum::Json(json!({ "version": saved.version, "said": said })).into_response())
}

/// What the rules say of the stored form, anew.
pub async fn side(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let file = at.desk.intake(&IntakeId::new(id)).await?;
    Ok(axum::response::Html(work::side_fragment(&at, &file)?).into_response())
}

/// Finishes without a case.
pub async fn finish(at: AgentDesk, Path(id): Path<String>, Form(finish): Form<Finish>) -> Result<Response> {
    at.desk.finish_without_case(&IntakeId::new(id), &finish.code).await?;
    Ok(at.page.done("/desk"))
}

/// Finishes as a case; the desk then shows what to tell the caller.
pub async fn open_case(at: AgentDesk, Path(id): Path<String>, Form(to): Form<OpenCase>) -> Result<Response> {
    let id = IntakeId::new(id);
    at.desk.finish_as_case(&id, Some(&to.department), Some(&to.reason)).await?;
    Ok(at.page.done(&format!("/desk?intake={id}")))
}

/// Number and PIN were told.
pub async fn told(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.number_told(&IntakeId::new(id)).await?;
    Ok(at.page.done("/desk"))
}

/// The agent takes over what the rules say: of every point its category and severity, of the first one the
/// request type, and urgency from any.
fn take_suggestions(at: &AgentDesk, intake: &mut Intake) {
    let found = at.desk.suggestions(intake);
    for (point, suggestion) in intake.points.iter_mut().zip(&found) {
        if let Some(suggestion) = suggestion {
            point.category = Some(suggestion.category.clone());
            point.severity = Some(suggestion.severity);
        }
    }
    if let Some(first) = found.iter().flatten().next() {
        intake.request_type = Some(first.request_type);
    }
    intake.urgent |= found.iter().flatten().any(|suggestion| suggestion.urgent);
}
