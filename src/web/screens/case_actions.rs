//! What the forms of a case do. Each carries the version it was shown at; who comes second is told.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{CaseId, PersonId};
use serde::Deserialize;
use switchboard::case_file::CaseFile;
use switchboard::handling::PointAnswer;
use switchboard::investigation::GroundedAnswer;

use super::case::find;
use super::grounds;
use crate::auth::CaseDesk;
use crate::{Error, Result};

/// The fields of all forms; each uses its own.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    version: i64,
    department: String,
    reason: String,
    remark: String,
    note: String,
    kind: String,
    channel: String,
    route: String,
    category: String,
    point: i64,
    /// A ticked box sends a text.
    designated: Option<String>,
    waived: Option<String>,
}

type Said = Form<Typed>;

/// A code of a closed set; `field` is the message id of the field's name.
fn code<T: std::str::FromStr>(at: &CaseDesk, text: &str, field: &str) -> Result<T> {
    text.parse().map_err(|_| Error::Unreadable(at.page.t(field)))
}

fn done(at: &CaseDesk, number: &str) -> Response {
    at.page.done(&format!("/cases/{number}"))
}

/// Done, where the case may have left one's sight with it.
fn done_and_gone(at: &CaseDesk) -> Response {
    at.page.done("/cases")
}

/// Passes the case on.
pub async fn dispatch(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    at.desk.dispatch(&id, typed.version, &typed.department, Some(&typed.reason)).await?;
    Ok(done(&at, &number))
}

/// Passes it on again.
pub async fn redispatch(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    let designated = typed.designated.is_some();
    at.desk.redispatch(&id, typed.version, &typed.department, &typed.reason, designated).await?;
    Ok(done(&at, &number))
}

/// Signs for it.
pub async fn sign(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    at.desk.sign_for(&id, typed.version).await?;
    Ok(done(&at, &number))
}

/// Returns it.
pub async fn give_back(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    let reason = code(&at, &typed.reason, "case-return-reason")?;
    at.desk.return_case(&id, typed.version, reason, &typed.remark).await?;
    Ok(done_and_gone(&at))
}

/// Logs a step of the investigation.
pub async fn step(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    let kind = code(&at, &typed.kind, "case-step-kind")?;
    at.desk.log_step(&id, typed.version, kind, &typed.note).await?;
    Ok(done(&at, &number))
}

/// Answers every point: fields `finding-1`, `kind-1`, `outcome-1` and so on.
pub async fn answer(
    at: CaseDesk,
    Path(number): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let version = field(&fields, "version").parse().map_err(|_| Error::Unreadable("version".to_owned()))?;
    let file = at.desk.case_file(&id).await?;
    let answers = answers(&at, &file, &fields)?;
    let without = Some(field(&fields, "without_report").trim().to_owned()).filter(|text| !text.is_empty());
    let points: Vec<_> = file.points.iter().map(|point| (point.id.clone(), point.ordinal)).collect();
    let heard = (at.desk.now(), at.desk.person().name.as_str());
    let grounded = grounds::grounded(&at.page, &points, answers, &fields, heard)?;
    at.desk.answer_grounded(&id, version, GroundedAnswer { without_report: without, ..grounded }).await?;
    Ok(done(&at, &number))
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The points that were answered; one without a finding is left out, and the rules say that it is missing.
fn answers(at: &CaseDesk, file: &CaseFile, fields: &[(String, String)]) -> Result<Vec<PointAnswer>> {
    let mut answers = Vec::new();
    for point in &file.points {
        let of = |name: &str| field(fields, &format!("{name}-{}", point.ordinal));
        if of("finding").is_empty() || of("kind").is_empty() {
            continue;
        }
        answers.push(PointAnswer {
            point: point.id.clone(),
            finding: code(at, of("finding"), "case-answer-finding")?,
            outcome_kind: code(at, of("kind"), "case-answer-kind")?,
            outcome: of("outcome").trim().to_owned(),
        });
    }
    Ok(answers)
}

/// Sends an answer back to the department.
pub async fn send_back(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    at.desk.send_answer_back(&id, typed.version, &typed.reason).await?;
    Ok(done(&at, &number))
}

/// Logs that the complainant was told, or wants no reply.
pub async fn feedback(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    if typed.waived.is_some() {
        at.desk.waive_feedback(&id, typed.version, &typed.note).await?;
    } else {
        let channel = code(&at, &typed.channel, "case-feedback-channel")?;
        at.desk.feed_back(&id, typed.version, channel, &typed.note).await?;
    }
    Ok(done(&at, &number))
}

/// Logs which route was told, or why none.
pub async fn route(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    if typed.waived.is_some() {
        at.desk.waive_route_notice(&id, typed.version, &typed.note).await?;
    } else {
        let channel = code(&at, &typed.channel, "case-route-how")?;
        at.desk.give_route_notice(&id, typed.version, &typed.route, channel).await?;
    }
    Ok(done(&at, &number))
}

/// Closes the case.
pub async fn close(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    at.desk.close_case(&id, typed.version).await?;
    Ok(done(&at, &number))
}

/// Takes it up again.
pub async fn reopen(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id = find(&at, &number).await?;
    let cause = code(&at, &typed.kind, "case-reopen-cause")?;
    at.desk.reopen_case(&id, typed.version, cause, &typed.remark).await?;
    Ok(done(&at, &number))
}

/// Gives a point its category.
pub async fn classify(at: CaseDesk, Path(number): Path<String>, Form(typed): Said) -> Result<Response> {
    let id: CaseId = find(&at, &number).await?;
    let file = at.desk.case_file(&id).await?;
    let point = file.points.iter().find(|point| point.ordinal == typed.point).ok_or(Error::NotFound)?;
    at.desk.classify_point(&id, typed.version, &point.id, &typed.category).await?;
    Ok(done(&at, &number))
}

/// Who keeps out, and why.
#[derive(Deserialize)]
pub struct TypedRecusal {
    version: i64,
    /// Empty: oneself.
    #[serde(default)]
    person: String,
    reason: String,
}

/// Keeps somebody out of the case: oneself, or another.
pub async fn recuse(
    at: CaseDesk,
    Path(number): Path<String>,
    Form(typed): Form<TypedRecusal>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let own = at.desk.person().id.clone();
    let person = if typed.person.is_empty() { own.clone() } else { PersonId::new(typed.person) };
    at.desk.recuse(&id, typed.version, &person, &typed.reason).await?;
    // Whoever is out has no page of the case any more.
    Ok(at.page.done(&if person == own { "/cases".to_owned() } else { format!("/cases/{number}") }))
}
