//! Recordings: their sound under an address of our own, the legal hold, and the controls on the desk.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use domain::RecordingId;
use domain::directory::name_in;
use serde::Deserialize;
use switchboard::case_file::CaseFile;
use switchboard::recordings::Recording;
use switchboard::recordings::control::{RecordingDesk, Standing};
use switchboard::recordings::policy::{Before, PauseReason};

use crate::auth::{AgentDesk, CaseDesk, SupervisorDesk};
use crate::page::Page;
use crate::{Error, Result, ranges};

/// The controls, while a conversation is in hand.
#[derive(Template)]
#[template(path = "recording_desk.html")]
struct Controls<'a> {
    page: &'a Page,
    /// recording, paused or not.
    phase: &'static str,
    /// What runs, in words.
    purpose: String,
    purposes: Vec<PurposeView>,
    /// What the caller is told or asked, and by which rule.
    text: String,
    citation: String,
    /// Whether the caller must agree; else it is enough to tell.
    asks: bool,
    reasons: Vec<(String, String)>,
}

struct PurposeView {
    code: String,
    name: String,
    /// Why it is not recorded; empty where it may be.
    why: String,
}

/// One recording in a list.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) when: String,
    pub(super) purpose: String,
    pub(super) length: String,
    /// What became of the sound.
    pub(super) state: String,
    pub(super) troubled: bool,
    pub(super) sound_address: String,
    pub(super) heard_address: String,
    pub(super) may_hear: bool,
    pub(super) listenings: i64,
    /// Why it is held; none where it is not.
    pub(super) held: Option<String>,
    pub(super) erased: bool,
}

/// What is to be done about the conversation in hand.
#[derive(Deserialize)]
pub struct Wish {
    to: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    reason: String,
}

/// How much was played.
#[derive(Deserialize)]
pub struct Played {
    seconds: u32,
}

/// Why it is held.
#[derive(Deserialize)]
pub struct Hold {
    reason: String,
}

/// The sound, or the part of it that the player asks for.
pub async fn sound(at: CaseDesk, Path(id): Path<String>, headers: HeaderMap) -> Result<Response> {
    let heard = at.desk.hear_recording(&RecordingId::new(id)).await?;
    Ok(ranges::answer(&headers, heard.sound.media_type, heard.sound.bytes))
}

/// The player tells how much of it was played.
pub async fn heard(at: CaseDesk, Path(id): Path<String>, Form(played): Form<Played>) -> Result<Response> {
    at.desk.heard_seconds(&RecordingId::new(id), played.seconds).await?;
    Ok(at.page.done("/"))
}

/// Holds it against erasure.
pub async fn hold(at: SupervisorDesk, Path(id): Path<String>, Form(hold): Form<Hold>) -> Result<Response> {
    at.desk.hold_recording(&RecordingId::new(id), &hold.reason).await?;
    Ok(at.page.done(at.page.came_from().unwrap_or("/cases")))
}

/// Ends the hold.
pub async fn release(at: SupervisorDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.release_recording(&RecordingId::new(id)).await?;
    Ok(at.page.done(at.page.came_from().unwrap_or("/cases")))
}

/// The controls as they stand.
pub async fn controls(at: AgentDesk) -> Result<Response> {
    Ok(Html(render(&at).await?).into_response())
}

/// What the caller said, or what is to happen to the recording.
pub async fn control(at: AgentDesk, Form(wish): Form<Wish>) -> Result<Response> {
    match wish.to.as_str() {
        "told" | "given" | "refused" | "withdrawn" => at.desk.note_consent(&wish.purpose, &wish.to).await?,
        "start" => at.desk.start_recording(&wish.purpose).await?,
        "pause" => at.desk.pause_recording(&wish.reason).await?,
        "resume" => at.desk.resume_recording().await?,
        "stop" => at.desk.stop_recording().await?,
        other => return Err(Error::Unreadable(other.to_owned())),
    }
    Ok(at.page.done("/desk"))
}

/// The controls as a fragment; empty while no conversation is in hand.
pub(super) async fn render(at: &AgentDesk) -> Result<String> {
    let Some(desk) = at.desk.recording_desk().await? else { return Ok(String::new()) };
    let reasons = at.desk.house().recording_rules.pause_reasons();
    Ok(view(&at.page, &desk, reasons).render()?)
}

fn view<'a>(page: &'a Page, desk: &RecordingDesk, reasons: &[PauseReason]) -> Controls<'a> {
    let (phase, purpose, purposes) = match &desk.standing {
        Standing::Recording(purpose) => ("recording", purpose.clone(), Vec::new()),
        Standing::Paused(purpose) => ("paused", purpose.clone(), Vec::new()),
        Standing::Not(purposes) => ("not", String::new(), purposes.clone()),
    };
    let each = |(code, may): (String, std::result::Result<(), _>)| PurposeView {
        name: page.tc("recording-purpose", &code),
        why: may
            .err()
            .map(|why: switchboard::recordings::policy::WhyNot| page.tc("recording-why", why.as_str()))
            .unwrap_or_default(),
        code,
    };
    let rule = desk.rule.as_ref();
    Controls {
        page,
        phase,
        purpose,
        purposes: purposes.into_iter().map(each).collect(),
        text: rule.map(|rule| name_in(&rule.text, page.lang()).to_owned()).unwrap_or_default(),
        citation: rule.map(|rule| rule.citation.clone()).unwrap_or_default(),
        asks: rule.is_none_or(|rule| rule.before == Before::Agreed),
        reasons: reasons
            .iter()
            .map(|reason| (reason.code.clone(), name_in(&reason.names, page.lang()).to_owned()))
            .collect(),
    }
}

/// The recordings of a case in words.
pub(super) fn of_case(page: &Page, file: &CaseFile) -> Vec<Row> {
    let row = |file: &switchboard::recordings::RecordingFile| {
        let recording = &file.recording;
        Row {
            id: recording.id.to_string(),
            when: page.time(&recording.created_at),
            purpose: page.tc("recording-purpose", &recording.purpose),
            length: recording.seconds.map(super::messages::length).unwrap_or_default(),
            state: state(page, recording),
            troubled: recording.fault.is_some(),
            sound_address: format!("/recordings/{}/sound", recording.id),
            heard_address: format!("/recordings/{}/heard", recording.id),
            may_hear: file.may_hear && !matches!(recording.state.as_str(), "erased" | "absent"),
            listenings: i64::try_from(file.listenings).unwrap_or(i64::MAX),
            held: recording.held_at.is_some().then(|| recording.held_why.clone().unwrap_or_default()),
            erased: recording.state == "erased",
        }
    };
    file.recordings.iter().map(row).collect()
}

/// What became of the sound, where it is not simply there.
pub(super) fn state(page: &Page, recording: &Recording) -> String {
    match (recording.fault.as_deref(), recording.state.as_str()) {
        (Some(fault), _) => page.tc("recording-fault", fault),
        (None, "kept") => String::new(),
        (None, state) => page.tc("recording-state", state),
    }
}
