//! The agent's desk: own state, the caller who rings, the record in hand. Everything on it is rendered from what
//! is stored; a reload loses nothing.

use askama::Template;
use axum::Form;
use axum::extract::{self, Path, Query};
use axum::response::Response;
use domain::{IntakeId, PhoneNumber};
use serde::Deserialize;
use switchboard::desk::{DeskView, InHand};

use super::{call_bar, recordings, work};
use crate::auth::AgentDesk;
use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "desk.html")]
struct Desk {
    page: Page,
    state: State,
    offer: Option<Offer>,
    drafts: Vec<Draft>,
    extension: String,
    /// With it the desk's telephone takes its extension.
    permit: String,
    /// The orders about the conversation; empty while this agent holds none.
    call_bar: String,
    /// The controls of the recording; empty while nobody is on the line.
    recording: String,
    /// The record in hand: its id and the rendered fragment.
    intake: String,
    work: String,
}

#[derive(Template)]
#[template(path = "desk.html", block = "state")]
struct StateFragment {
    page: Page,
    state: State,
}

#[derive(Template)]
#[template(path = "desk.html", block = "offer")]
struct OfferFragment {
    page: Page,
    offer: Option<Offer>,
}

#[derive(Template)]
#[template(path = "desk.html", block = "drafts")]
struct DraftsFragment {
    page: Page,
    drafts: Vec<Draft>,
}

struct State {
    code: &'static str,
    name: String,
    reason: String,
    since: i64,
    wrap_up_until: Option<i64>,
    waiting: usize,
    longest_since: Option<i64>,
    ready: usize,
    /// Which buttons do something now.
    may_rest: bool,
}

struct Offer {
    intake: String,
    caller: String,
    line: String,
    language: String,
    waiting_since: i64,
    ringing: bool,
    talking: bool,
}

struct Draft {
    intake: String,
    caller: String,
    saved: String,
}

/// Which record is to be shown.
#[derive(Deserialize)]
pub struct Asked {
    intake: Option<String>,
}

/// What an agent wants to do.
#[derive(Deserialize)]
pub struct Wish {
    to: String,
    #[serde(default)]
    reason: String,
}

/// The page.
pub async fn show(
    extract::State(app): extract::State<App>,
    at: AgentDesk,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let glance = at.desk.glance().await?;
    let in_hand = glance.in_hand.as_ref().map(|in_hand| in_hand.intake.clone());
    let shown = asked.intake.map(IntakeId::new).or_else(|| in_hand.clone());
    let work = match &shown {
        Some(id) => work::render(&at, id).await?,
        None => String::new(),
    };
    html(&Desk {
        call_bar: call_bar::render(&at).await?,
        recording: recordings::render(&at).await?,
        state: state_of(&at.page, &glance),
        offer: glance.in_hand.as_ref().map(|in_hand| offer_of(&at, &glance, in_hand)),
        drafts: drafts(&at, in_hand.as_ref()).await?,
        permit: at.desk.person().phone.as_ref().map(|own| (app.permits)(own.as_str())).unwrap_or_default(),
        extension: at.desk.person().phone.clone().map(String::from).unwrap_or_default(),
        intake: shown.map(|id| id.to_string()).unwrap_or_default(),
        work,
        page: at.page,
    })
}

/// The state bar anew.
pub async fn state(at: AgentDesk) -> Result<Response> {
    let glance = at.desk.glance().await?;
    html(&StateFragment { state: state_of(&at.page, &glance), page: at.page })
}

/// The caller who rings or talks, anew.
pub async fn offer(at: AgentDesk) -> Result<Response> {
    let glance = at.desk.glance().await?;
    let offer = glance.in_hand.as_ref().map(|in_hand| offer_of(&at, &glance, in_hand));
    html(&OfferFragment { offer, page: at.page })
}

/// The unfinished records anew.
pub async fn unfinished(at: AgentDesk) -> Result<Response> {
    let in_hand = at.desk.glance().await?.in_hand.map(|in_hand| in_hand.intake);
    html(&DraftsFragment { drafts: drafts(&at, in_hand.as_ref()).await?, page: at.page })
}

/// One record as the desk shows it.
pub async fn work(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let text = work::render(&at, &IntakeId::new(id)).await?;
    Ok(axum::response::IntoResponse::into_response(axum::response::Html(text)))
}

/// Ready, break, offline, or the caller who rings turned down.
pub async fn change_state(at: AgentDesk, Form(wish): Form<Wish>) -> Result<Response> {
    match wish.to.as_str() {
        "ready" => at.desk.go_ready().await?,
        "break" => at.desk.take_break(&wish.reason).await?,
        "offline" => at.desk.go_offline().await?,
        "decline" => at.desk.decline().await?,
        other => return Err(Error::Unreadable(other.to_owned())),
    }
    Ok(at.page.done("/desk"))
}

fn state_of(page: &Page, glance: &DeskView) -> State {
    let agent = &glance.agent;
    State {
        code: agent.state.as_str(),
        name: page.tc("desk-state", agent.state),
        reason: agent.reason.clone().unwrap_or_default(),
        since: agent.since.0,
        wrap_up_until: glance.wrap_up_until.map(|until| until.0),
        waiting: glance.waiting,
        longest_since: glance.longest_since.map(|since| since.0),
        ready: glance.ready,
        may_rest: !matches!(agent.state.as_str(), "ringing" | "talking"),
    }
}

fn offer_of(at: &AgentDesk, glance: &DeskView, in_hand: &InHand) -> Offer {
    let contact = &in_hand.contact;
    Offer {
        intake: in_hand.intake.to_string(),
        caller: caller(&at.page, contact.caller.as_ref()),
        line: contact.line.clone(),
        language: contact.language.as_ref().map(|tag| at.page.tc("language", tag)).unwrap_or_default(),
        waiting_since: contact.started_at.0,
        ringing: glance.agent.state.as_str() == "ringing",
        talking: glance.agent.state.as_str() == "talking",
    }
}

async fn drafts(at: &AgentDesk, in_hand: Option<&IntakeId>) -> Result<Vec<Draft>> {
    let open = at.desk.unfinished(in_hand).await?;
    let draft = |one: switchboard::intake::Unfinished| Draft {
        intake: one.draft.id.to_string(),
        caller: caller(&at.page, one.contact.caller.as_ref()),
        saved: at.page.of_line(at.desk.house(), &one.contact.line).time(&one.contact.started_at),
    };
    Ok(open.into_iter().map(draft).collect())
}

/// A caller's number, masked; a withheld one is nothing out of the ordinary.
pub(super) fn caller(page: &Page, number: Option<&PhoneNumber>) -> String {
    number.map_or_else(|| page.t("desk-withheld"), PhoneNumber::masked)
}
