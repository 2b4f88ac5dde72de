//! One case: facts, points, time limits, history, and what can be done.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{CaseId, CaseNumber};
use serde::Deserialize;
use switchboard::House;
use switchboard::case_file::CaseFile;

use super::case_clocks::{self, ClockView};
use super::case_conflict::{self, Conflict};
use super::case_course::{self, CourseForm};
use super::case_forms::{Choices, Forms};
use super::case_history::{self, HistoryLine, Picture};
use super::case_investigation::{self, Investigation};
use super::case_points::{self, Panel};
use super::case_standing::{self, Standing};
use super::{case_words, recordings};
use crate::auth::CaseDesk;
use crate::page::{Page, html};
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    page: Page,
    number: String,
    version: i64,
    status: String,
    request_type: String,
    severity: String,
    urgent: bool,
    confidential: bool,
    hidden: bool,
    reopened: i64,
    received: String,
    line: String,
    language: String,
    complainant: Option<String>,
    /// Masked, or in full once revealed.
    phone: Option<String>,
    revealed: bool,
    department: Option<String>,
    /// Only for those who talk with the complainant.
    pin: Option<String>,
    panel: Panel,
    /// Limits that are still to be kept, and those that are over.
    clocks: Vec<ClockView>,
    clocks_over: Vec<ClockView>,
    /// Where the dialogue stands and what is next, where the profile has dialogues.
    dialogue: Option<(String, Vec<String>)>,
    /// Whom a supervisor may keep out: id and name; nobody for others.
    colleagues: Vec<(String, String)>,
    /// Limits that do not run yet.
    unstarted: Vec<String>,
    weekdays: Vec<String>,
    clock_log: Vec<String>,
    steps: Vec<StepView>,
    history: Vec<HistoryLine>,
    picture: Picture,
    proposed: Option<ProposedView>,
    missing: Vec<String>,
    callbacks: Vec<(String, String)>,
    recordings: Vec<recordings::Row>,
    /// Whether this person may hold recordings against erasure.
    may_hold: bool,
    forms: Forms,
    choices: Choices,
    /// What else may be done now.
    course: Vec<CourseForm>,
    /// What is needed in few cases only.
    rare: Vec<CourseForm>,
    /// Notes when the patient died, where that counts.
    death: Option<CourseForm>,
    investigation: Investigation,
    /// Who answers for it, what it waits for, who helps, what it is joined with.
    standing: Standing,
    /// Somebody else saved first: both texts.
    conflict: Option<Conflict>,
    /// Why what was asked was not done, and what is missing.
    refused: Option<(String, Vec<String>)>,
}

struct StepView {
    at: String,
    who: String,
    kind: String,
    note: String,
}

struct ProposedView {
    code: String,
    name: String,
    mandatory: bool,
    citation: String,
}

/// A reason as typed.
#[derive(Deserialize)]
pub struct TypedReason {
    reason: String,
}

/// The case with this number, for who may know of it.
pub(super) async fn find(at: &CaseDesk, number: &str) -> Result<CaseId> {
    let number = CaseNumber::parse(number).map_err(|_| Error::NotFound)?;
    Ok(at.desk.case_by_number(&number).await?)
}

/// The page.
pub async fn show(at: CaseDesk, Path(number): Path<String>) -> Result<Response> {
    let id = find(&at, &number).await?;
    let file = at.desk.case_file(&id).await?;
    let at = at.of_line(&file.case.line);
    html(&view(&at, &file, None))
}

/// The page with the full telephone number, for a reason that is kept.
pub async fn reveal(
    at: CaseDesk,
    Path(number): Path<String>,
    Form(typed): Form<TypedReason>,
) -> Result<Response> {
    let id = find(&at, &number).await?;
    let phone = at.desk.reveal_phone(&id, &typed.reason).await?;
    let file = at.desk.case_file(&id).await?;
    let at = at.of_line(&file.case.line);
    html(&view(&at, &file, Some(phone.as_str())))
}

/// The case in the address of a form, whatever else stands there.
#[derive(Deserialize)]
pub struct OfCase {
    number: String,
}

/// Where a form of the case was refused, the case itself is the answer: with the reason, and what is missing.
pub async fn refused_here(
    at: CaseDesk,
    Path(OfCase { number }): Path<OfCase>,
    request: Request,
    next: Next,
) -> Response {
    let (request, typed) = match case_conflict::keep(request).await {
        Ok(kept) => kept,
        Err(error) => return error.into_response(),
    };
    let response = next.run(request).await;
    let error = response.extensions().get::<Error>().filter(|error| error.can_be_mended()).cloned();
    let Some(error) = error.filter(|_| !at.page.wants_problem()) else { return response };
    // A case that has left one's sight meanwhile has no page any more.
    let Ok(id) = find(&at, &number).await else { return response };
    let Ok(file) = at.desk.case_file(&id).await else { return response };
    let at = at.of_line(&file.case.line);
    let conflict = typed
        .filter(|_| matches!(error, Error::Conflict(_)))
        .map(|typed| case_conflict::conflict(&at, &file, typed));
    let page = CasePage { refused: Some(error.told(&at.page)), conflict, ..view(&at, &file, None) };
    html(&page).map_or(response, |page| (error.status(), page).into_response())
}

fn view(at: &CaseDesk, file: &CaseFile, revealed: Option<&str>) -> CasePage {
    let (house, page, now) = (at.desk.house(), &at.page, at.desk.now());
    let (case, role) = (&file.case, at.desk.person().role);
    let masked = case.phone.as_ref().map(|phone| revealed.map_or_else(|| phone.masked(), str::to_owned));
    let (clocks, clocks_over) =
        case_clocks::clocks(house, page, file, now).into_iter().partition(|clock| clock.running);
    let (rare, course) = case_course::forms(at, file).into_iter().partition(|form| form.rare);
    CasePage {
        number: case.number.to_string(),
        version: case.version,
        status: page.tc("case-status", &case.status),
        request_type: page.tc("report-request-type", &case.request_type),
        severity: case.severity.to_string(),
        urgent: case.urgent,
        confidential: case.confidential,
        hidden: file.hidden,
        reopened: case.reopened,
        received: page.time(&case.received_at),
        line: case.line.clone(),
        language: page.t(&format!("language-{}", case.language)),
        complainant: case.complainant.clone().filter(|_| !file.hidden),
        phone: masked.filter(|_| !file.hidden),
        revealed: revealed.is_some(),
        department: case.department.as_deref().map(|code| case_words::department(house, page, code)),
        pin: (role != domain::Role::Handler).then(|| case.pin.clone()),
        panel: case_points::panel(at, file),
        clocks,
        clocks_over,
        dialogue: dialogue(house, page, file),
        colleagues: if role == domain::Role::Supervisor {
            file.names.iter().map(|(id, name)| (id.clone(), name.clone())).collect()
        } else {
            Vec::new()
        },
        unstarted: case_clocks::unstarted(page, file),
        weekdays: case_clocks::weekdays(page),
        clock_log: case_clocks::log(house, page, &file.clock_log),
        steps: steps(page, file),
        history: case_history::lines(house, page, file),
        picture: case_history::picture(page, file, now),
        proposed: proposed(house, page, file),
        missing: file.missing.iter().map(|missing| page.tc("missing", missing)).collect(),
        callbacks: callbacks(page, file),
        recordings: recordings::of_case(page, file),
        may_hold: role == domain::Role::Supervisor,
        forms: Forms::of(role, file),
        choices: Choices::of(house, page, file),
        course,
        rare,
        death: case_course::death(at, file),
        investigation: case_investigation::investigation(at, file),
        standing: case_standing::standing(house, page, file),
        conflict: None,
        refused: None,
        page: at.page.clone(),
    }
}

fn steps(page: &Page, file: &CaseFile) -> Vec<StepView> {
    let view = |step: &switchboard::case_file::InvestigationStep| StepView {
        at: page.time(&step.at),
        who: file.names.get(step.actor.as_str()).cloned().unwrap_or_default(),
        kind: page.tc("step", &step.kind),
        note: step.note.clone(),
    };
    file.steps.iter().map(view).collect()
}

/// Stage and tasks of the dialogue of a complaint; nothing where there is none to have.
fn dialogue(house: &House, page: &Page, file: &CaseFile) -> Option<(String, Vec<String>)> {
    house.dialogues.get(&file.case.profile)?;
    if file.case.request_type != "complaint" {
        return None;
    }
    let row = file.dialogue.as_ref();
    let stage =
        row.map_or_else(|| page.t("dialogue-stage-not-asked"), |row| page.tc("dialogue-stage", &row.stage));
    let tasks = row.map(|row| row.tasks.iter().map(|task| page.tc("dialogue-task", task)).collect());
    Some((stage, tasks.unwrap_or_default()))
}

fn proposed(house: &House, page: &Page, file: &CaseFile) -> Option<ProposedView> {
    let proposal = &file.proposed.as_ref()?.proposal;
    Some(ProposedView {
        code: proposal.department.clone(),
        name: case_words::department(house, page, &proposal.department),
        mandatory: proposal.strength == switchboard::case_file::Strength::Mandatory,
        citation: domain::directory::name_in(&proposal.remarks, page.lang()).to_owned(),
    })
}

/// Id and description of each callback of the case.
fn callbacks(page: &Page, file: &CaseFile) -> Vec<(String, String)> {
    let words = |callback: &switchboard::callbacks::Callback| {
        let purpose = page.tc("callback-purpose", &callback.purpose);
        let state = page.tc("callback-state", &callback.state);
        (callback.id.to_string(), format!("{purpose} · {state} · {}", page.time(&callback.due_at)))
    };
    file.callbacks.iter().map(words).collect()
}
