//! The calls we owe: the work-list, and one callback with its attempts and forms.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::{CallbackId, Timestamp};
use serde::Deserialize;
use switchboard::callbacks::{Attempt, AttemptOutcome, Callback, CallbackFile, Concern, Purpose, TalkResult};

use super::{case_words, messages};
use crate::auth::AgentDesk;
use crate::page::{Page, html};
use crate::{Error, Result, words};

#[derive(Template)]
#[template(path = "callbacks.html", blocks = ["list"])]
struct Callbacks {
    page: Page,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    purpose: String,
    /// Who is called, where there is no case.
    who: String,
    /// Number of the case, or none for a queue callback.
    case: Option<String>,
    phone: String,
    when: String,
    promise: String,
    late: bool,
    attempts: i64,
    state: String,
    claimed: String,
    /// Somebody else has it, or a call is under way.
    taken: bool,
}

#[derive(Template)]
#[template(path = "callback.html")]
struct CallbackPage {
    page: Page,
    row: Row,
    wish: Option<String>,
    parked: Option<String>,
    attempts: Vec<AttemptView>,
    outcomes: Vec<(String, String)>,
    /// Level and name, best first.
    marks: Vec<(u8, String)>,
    open: bool,
    /// What the complainant said to messages.
    agreed: String,
    /// The message that may be left.
    message: Option<String>,
    /// Why none may be.
    no_message: Option<String>,
    /// An attempt is under way, or was taken for a conversation.
    may_be_machine: bool,
    under_way: bool,
    reached: bool,
    mine: bool,
    follow_up: bool,
    /// Number of the case whose dialogue it is about.
    dialogue: Option<String>,
    result: Option<String>,
    /// The messages it answers.
    messages: Vec<messages::Row>,
}

struct AttemptView {
    at: String,
    channel: String,
    outcome: String,
    note: String,
}

/// The fields of all forms; each uses its own.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    outcome: String,
    note: String,
    left: String,
    solved: String,
    satisfaction: String,
    reason: String,
}

/// The work-list.
pub async fn show(at: AgentDesk, headers: HeaderMap) -> Result<Response> {
    let open = at.desk.callbacks_open().await?;
    let view = Callbacks { rows: open.iter().map(|file| row(&at, file)).collect(), page: at.page.clone() };
    if headers.contains_key("x-fragment") { html(&view.as_list()) } else { html(&view) }
}

/// One callback.
pub async fn one(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let id = CallbackId::new(id);
    let (file, standing) = (at.desk.callback(&id).await?, at.desk.callback_message(&id).await?);
    let (page, callback) = (&at.page, &file.callback);
    let last = file.attempts.last().and_then(|last| last.outcome.as_deref());
    let reached = [AttemptOutcome::Reached.as_str(), AttemptOutcome::ReachedInbound.as_str()];
    html(&CallbackPage {
        wish: callback.wish.clone(),
        parked: (callback.state == "parked")
            .then(|| page.tc("parked", callback.outcome.as_deref().unwrap_or("no-rule"))),
        attempts: file.attempts.iter().map(|attempt| attempt_view(page, attempt)).collect(),
        outcomes: case_words::choices(page, "attempt", AttemptOutcome::ALL.iter().map(|one| one.as_str())),
        marks: marks(page),
        open: callback.done_at.is_none(),
        agreed: page.tc("callback-machine", agreed(standing.agreed)),
        message: standing.may.is_ok().then(|| words::message_to_machine(&standing.words)),
        no_message: standing.may.err().map(|why| page.tc("callback-machine-why", why.as_str())),
        may_be_machine: file.attempts.last().is_some_and(|last| {
            last.outcome.as_deref().is_none_or(|outcome| outcome == AttemptOutcome::Reached.as_str())
        }),
        under_way: file.attempts.iter().any(|attempt| attempt.outcome.is_none()),
        reached: last.is_some_and(|outcome| reached.contains(&outcome)),
        mine: callback.claimed_by.as_ref() == Some(&at.desk.person().id),
        follow_up: callback.purpose == Purpose::Satisfaction.as_str(),
        dialogue: about_dialogue(&file),
        result: callback.done_at.map(|_| result(page, callback)),
        messages: file.messages.iter().map(|message| messages::row(&at, message)).collect(),
        row: row(&at, &file),
        page: at.page.clone(),
    })
}

/// Number of the case, where the callback is about its dialogue.
fn about_dialogue(file: &CallbackFile) -> Option<String> {
    let purpose = file.callback.purpose.parse::<Purpose>().ok()?;
    let case = file.case.as_ref().filter(|_| purpose.concerns() == Concern::Dialogue)?;
    Some(case.number.to_string())
}

fn row(at: &AgentDesk, file: &CallbackFile) -> Row {
    let (page, now, callback) = (&page_of(at, file), at.desk.now(), &file.callback);
    let late = callback.done_at.is_none() && now > callback.due_at;
    let promise = if late { "callback-late" } else { "callback-due" };
    let other = file.claimed_by.as_ref().filter(|person| person.id != at.desk.person().id);
    Row {
        id: callback.id.to_string(),
        purpose: page.tc("callback-purpose", &callback.purpose),
        who: page.t(if file.messages.is_empty() {
            "callback-queue-caller"
        } else {
            "callback-message-caller"
        }),
        case: file.case.as_ref().map(|case| case.number.to_string()),
        phone: callback.phone.masked(),
        when: when(page, callback, now),
        promise: page.tv(promise, "moment", page.time(&callback.due_at)),
        late,
        attempts: callback.attempts,
        state: page.tc("callback-state", &callback.state),
        claimed: file
            .claimed_by
            .as_ref()
            .map(|person| page.tv("callback-claimed", "name", &person.name))
            .unwrap_or_default(),
        taken: other.is_some() || callback.state == "dialling",
    }
}

/// In the zone of the case's line.
fn page_of(at: &AgentDesk, file: &CallbackFile) -> Page {
    let line = file.case.as_ref().map_or("", |case| case.line.as_str());
    at.page.of_line(at.desk.house(), line)
}

fn when(page: &Page, callback: &Callback, now: Timestamp) -> String {
    match callback.next_at {
        Some(next) if next <= now => page.t("callback-now"),
        Some(next) => page.tv("callback-next", "moment", page.time(&next)),
        None => page.tc("callback-state", &callback.state),
    }
}

fn attempt_view(page: &Page, attempt: &Attempt) -> AttemptView {
    AttemptView {
        at: page.time(&attempt.dialled_at.unwrap_or(attempt.intended_at)),
        channel: page.tv("callback-attempt-by", "channel", &attempt.channel),
        outcome: page.tc("attempt", attempt.outcome.as_deref().unwrap_or("under-way")),
        note: attempt.note.clone().unwrap_or_default(),
    }
}

fn marks(page: &Page) -> Vec<(u8, String)> {
    let names = ["very-satisfied", "satisfied", "basically-satisfied", "dissatisfied", "very-dissatisfied"];
    (1..=5).rev().zip(names).map(|(level, name)| (level, page.tc("satisfaction", name))).collect()
}

/// What came of a callback that is done.
fn result(page: &Page, callback: &Callback) -> String {
    let mut parts = vec![page.tc("attempt", callback.outcome.as_deref().unwrap_or("under-way"))];
    if let Some(solved) = callback.solved {
        let answer = page.t(if solved { "callback-outcome-yes" } else { "callback-outcome-no" });
        parts.push(format!("{} {answer}", page.t("callback-outcome-solved")));
    }
    let mark = marks(page).into_iter().find(|(level, _)| Some(i64::from(*level)) == callback.satisfaction);
    parts.extend(mark.map(|(_, name)| name));
    parts.extend(callback.note.clone());
    parts.join(" · ")
}

fn done(at: &AgentDesk, id: &CallbackId) -> Response {
    at.page.done(&format!("/callbacks/{id}"))
}

/// Takes it on.
pub async fn claim(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let id = CallbackId::new(id);
    at.desk.claim_callback(&id).await?;
    Ok(done(&at, &id))
}

/// Hands it back.
pub async fn release(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.release_callback(&CallbackId::new(id)).await?;
    Ok(at.page.done("/callbacks"))
}

/// Calls now, the own telephone first.
pub async fn dial(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let id = CallbackId::new(id);
    at.desk.dial_callback(&id).await?;
    Ok(done(&at, &id))
}

/// Writes down how an attempt went.
pub async fn attempt(at: AgentDesk, Path(id): Path<String>, Form(typed): Form<Typed>) -> Result<Response> {
    let id = CallbackId::new(id);
    let outcome = typed.outcome.parse();
    let outcome = outcome.map_err(|_| Error::Unreadable(at.page.t("callback-attempt-outcome")))?;
    at.desk.log_attempt(&id, outcome, &typed.note).await?;
    Ok(done(&at, &id))
}

fn agreed(said: Option<bool>) -> &'static str {
    match said {
        Some(true) => "agreed",
        Some(false) => "declined",
        None => "not-asked",
    }
}

/// A machine answered; `left` says whether a message was left on it.
pub async fn machine(at: AgentDesk, Path(id): Path<String>, Form(typed): Form<Typed>) -> Result<Response> {
    let id = CallbackId::new(id);
    at.desk.met_machine(&id, typed.left == "yes").await?;
    Ok(done(&at, &id))
}

/// Records what was said.
pub async fn finish(at: AgentDesk, Path(id): Path<String>, Form(typed): Form<Typed>) -> Result<Response> {
    let id = CallbackId::new(id);
    let mark = Some(typed.satisfaction.as_str()).filter(|text| !text.is_empty()).map(str::parse).transpose();
    let talk = TalkResult {
        solved: match typed.solved.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        satisfaction: mark.map_err(|_| Error::Unreadable(at.page.t("callback-outcome-satisfaction")))?,
        note: typed.note,
    };
    at.desk.finish_callback(&id, talk).await?;
    Ok(done(&at, &id))
}

/// Ends a parked callback.
pub async fn give_up(at: AgentDesk, Path(id): Path<String>, Form(typed): Form<Typed>) -> Result<Response> {
    let id = CallbackId::new(id);
    at.desk.give_up_callback(&id, &typed.reason).await?;
    Ok(done(&at, &id))
}
