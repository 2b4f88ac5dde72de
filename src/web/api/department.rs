//! A department's cases over the JSON API: listed, read, signed for, returned, investigated, answered by a program that
//! has the department's key. What it reads passes the same firewall as the page behind a link.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{CaseNumber, PointId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use switchboard::case_file::{CaseLine, Filter};
use switchboard::doors::Scope;
use switchboard::handling::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use switchboard::investigation::{
    GroundedAnswer, InvestigationAction, Side, Statement, StatementForm, Support,
};
use switchboard::one_time::Handover;
use switchboard::rights::{CaseWorker, Desk};

use super::door::{needed, read};
use super::once::once;
use crate::{App, Error, Result};

/// Which page of the list.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    version: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Return {
    version: i64,
    reason: ReturnReason,
    remark: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    version: i64,
    kind: StepKind,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    version: i64,
    points: Vec<AnsweredPoint>,
    #[serde(default)]
    statements: Vec<Heard>,
    #[serde(default)]
    not_heard: Vec<NotHeard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Heard {
    side: Side,
    form: StatementForm,
    statement: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotHeard {
    side: Side,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnsweredPoint {
    point: PointId,
    finding: Finding,
    outcome_kind: OutcomeKind,
    outcome: String,
    #[serde(default)]
    standard: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    without_evidence: String,
}

impl Answer {
    /// With the statements heard by `department` at `now`.
    fn grounded(&self, now: Timestamp, department: &str) -> GroundedAnswer {
        let points = self.points.iter().map(|point| PointAnswer {
            point: point.point.clone(),
            finding: point.finding,
            outcome_kind: point.outcome_kind,
            outcome: point.outcome.clone(),
        });
        let heard = self.statements.iter().map(|heard| {
            InvestigationAction::RecordStatement(Statement {
                side: heard.side,
                at: now,
                heard_by: department.to_owned(),
                form: heard.form,
                statement: heard.statement.clone(),
                reply: false,
            })
        });
        let not_heard = self
            .not_heard
            .iter()
            .map(|one| InvestigationAction::WaiveStatement { side: one.side, reason: one.reason.clone() });
        let given = |point: &&AnsweredPoint| {
            !(point.standard.is_empty() && point.evidence.is_empty() && point.without_evidence.is_empty())
        };
        let support = self.points.iter().filter(given).map(|point| {
            let support = Support {
                standard: point.standard.clone(),
                evidence: point.evidence.clone(),
                without: point.without_evidence.clone(),
            };
            (point.point.clone(), support)
        });
        GroundedAnswer {
            points: points.collect(),
            without_report: None,
            sides: heard.chain(not_heard).collect(),
            support: support.collect(),
        }
    }
}

/// The cases that are with the department.
pub(super) async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let client = needed(&app, &headers, Scope::Read)?;
    let desk = app.switchboard.desk_of(client, Scope::Read)?;
    let list = desk.case_list(Filter::default(), asked.page).await?;
    let cases: Vec<Value> = list.lines.iter().map(|line| brief(&app, line)).collect();
    Ok(axum::Json(json!({ "count": list.count, "page": list.page, "cases": cases })).into_response())
}

fn brief(app: &App, line: &CaseLine) -> Value {
    let case = &line.case;
    let zone = app.switchboard.house().lines.get(&case.line).map_or(app.zone, |line| line.zone);
    json!({
        "number": case.number,
        "request_type": case.request_type,
        "status": case.status,
        "urgent": case.urgent,
        "category": line.first_point.as_ref().map(|point| &point.category),
        "received_at": case.received_at.rfc3339(zone),
        "sign_by": line.dispatch.as_ref().and_then(|last| last.sign_due_at).map(|at| at.rfc3339(zone)),
        "answer_by": case.due_at.map(|at| at.rfc3339(zone)),
        "version": case.version,
    })
}

/// One case.
pub(super) async fn one(
    State(app): State<App>,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response> {
    let client = needed(&app, &headers, Scope::Read)?;
    let desk = app.switchboard.desk_of(client, Scope::Read)?;
    Ok(axum::Json(whole(&desk, &number).await?).into_response())
}

async fn whole(desk: &Desk<CaseWorker>, number: &str) -> Result<Value> {
    let number = CaseNumber::parse(number).map_err(|_| Error::NotFound)?;
    let (facts, version) = desk.handed_over(&number).await?;
    Ok(told(&facts, version))
}

fn told(facts: &Handover, version: i64) -> Value {
    let time = |at: domain::Timestamp| at.rfc3339(facts.zone);
    let points: Vec<Value> = facts
        .points
        .iter()
        .map(|point| {
            json!({
                "id": point.id,
                "ordinal": point.ordinal,
                "category": point.category,
                "institution": point.institution,
                "place": point.place,
                "persons": point.persons,
                "happened": point.happened,
                "own_words": point.own_words,
                "payer": point.payer,
                "harm": point.harm,
                "codes": point.codes.iter().map(|code| json!({
                    "axis": code.axis,
                    "code": code.code,
                    "system": code.system,
                    "version": code.version,
                })).collect::<Vec<_>>(),
                "elsewhere": point.elsewhere.iter().map(|mapped| json!({
                    "system": mapped.system,
                    "code": mapped.code,
                    "map_version": mapped.version,
                    "lossy": mapped.lossy,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let steps: Vec<Value> =
        facts.steps.iter().map(|(kind, note)| json!({ "kind": kind, "note": note })).collect();
    json!({
        "number": facts.number,
        "version": version,
        "request_type": facts.class,
        "status": facts.status,
        "received_at": time(facts.received_at),
        "sign_by": facts.sign_by.map(time),
        "answer_by": facts.answer_by.map(time),
        "complainant": facts.complainant,
        "phone": facts.phone,
        "desired": facts.desired,
        "evidence": facts.evidence,
        "register": facts.held.iter().map(|(id, kind, what)| json!({
            "id": id,
            "kind": kind,
            "what": what,
        })).collect::<Vec<_>>(),
        "standards": facts.standards.iter().map(|(code, name)| json!({
            "code": code,
            "name": name,
        })).collect::<Vec<_>>(),
        "not_heard": facts.unheard,
        "points": points,
        "steps": steps,
    })
}

/// Signs for a case.
pub(super) async fn sign(
    State(app): State<App>,
    headers: HeaderMap,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response> {
    let typed: Sign = read(&headers, &body)?;
    act(&app, &headers, (&number, "sign", &body), async |desk, id| desk.sign_for(id, typed.version).await)
        .await
}

/// Sends a case back to the hotline.
pub(super) async fn give_back(
    State(app): State<App>,
    headers: HeaderMap,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response> {
    let typed: Return = read(&headers, &body)?;
    act(&app, &headers, (&number, "return", &body), async |desk, id| {
        desk.return_case(id, typed.version, typed.reason, &typed.remark).await
    })
    .await
}

/// Logs a step of the investigation.
pub(super) async fn step(
    State(app): State<App>,
    headers: HeaderMap,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response> {
    let typed: Step = read(&headers, &body)?;
    act(&app, &headers, (&number, "steps", &body), async |desk, id| {
        desk.log_step(id, typed.version, typed.kind, &typed.note).await
    })
    .await
}

/// Answers every point, with what was heard and what the findings rest on.
pub(super) async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response> {
    let typed: Answer = read(&headers, &body)?;
    act(&app, &headers, (&number, "answer", &body), async |desk, id| {
        let answer = typed.grounded(desk.now(), &desk.person().name);
        desk.answer_grounded(id, typed.version, answer).await
    })
    .await
}

/// Does something to a case and tells how it stands then; after a return only its number.
async fn act(
    app: &App,
    headers: &HeaderMap,
    (number, what, body): (&str, &str, &[u8]),
    deed: impl AsyncFnOnce(&Desk<CaseWorker>, &domain::CaseId) -> switchboard::Result<()>,
) -> Result<Response> {
    let client = needed(app, headers, Scope::Handle)?;
    let desk = app.switchboard.desk_of(client, Scope::Handle)?;
    let work = async {
        let parsed = CaseNumber::parse(number).map_err(|_| Error::NotFound)?;
        let id = desk.case_by_number(&parsed).await?;
        deed(&desk, &id).await?;
        let now = match whole(&desk, number).await {
            Ok(case) => case,
            Err(Error::NotFound) => json!({ "number": parsed }),
            Err(error) => return Err(error),
        };
        Ok((StatusCode::OK, now))
    };
    once(app, headers, (&client.name, &[what.as_bytes(), number.as_bytes(), body]), work).await
}
