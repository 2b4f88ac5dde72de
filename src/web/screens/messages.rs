//! Messages that callers left: the inbox, taking one on, and its sound under an address of our own.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use domain::{ContactId, MessageId};
use switchboard::messages::{Inbox, MessageFile};
use switchboard::web_inbox::Waiting;

use super::desk::caller;
use super::recordings;
use crate::auth::AgentDesk;
use crate::page::{Page, html};
use crate::{App, Result, ranges};

#[derive(Template)]
#[template(path = "messages.html", blocks = ["list"])]
struct Messages {
    page: Page,
    /// Recordings that cannot be heard though they should.
    troubled: i64,
    sections: Vec<Section>,
    /// Complaints from the web that nobody has taken.
    web_reports: Vec<WebRow>,
}

/// A complaint from the web.
struct WebRow {
    contact: String,
    when: String,
    language: String,
    kind: String,
    /// The beginning of it.
    words: String,
    door: String,
}

/// Characters of a complaint that the list shows.
const BEGINNING: usize = 120;

/// Those that wait, or those that were taken.
struct Section {
    title: String,
    fresh: bool,
    rows: Vec<Row>,
}

/// One message in words; the desk and the callback show it, too.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) when: String,
    pub(super) line: String,
    pub(super) language: String,
    pub(super) caller: String,
    pub(super) length: String,
    /// What the menu knows of the request.
    pub(super) about: String,
    /// When the call back is due, or that there is nobody to call.
    pub(super) promise: String,
    /// The call back, to go there.
    pub(super) callback: Option<String>,
    pub(super) late: bool,
    pub(super) taken: String,
    /// The record that may be opened.
    pub(super) intake: Option<String>,
    pub(super) may_hear: bool,
    pub(super) sound_address: String,
    pub(super) heard_address: String,
    /// What became of the sound, where it is not simply there.
    pub(super) sound: String,
    pub(super) troubled: bool,
}

/// The inbox.
pub async fn show(at: AgentDesk, headers: HeaderMap) -> Result<Response> {
    let Inbox { waiting, taken, troubled } = at.desk.messages().await?;
    let section = |name: &str, fresh: bool, files: &[MessageFile]| Section {
        title: at.page.t(name),
        fresh,
        rows: files.iter().map(|file| row(&at, file)).collect(),
    };
    let mut sections = vec![section("messages-waiting", true, &waiting)];
    sections.extend((!taken.is_empty()).then(|| section("messages-taken", false, &taken)));
    let web_reports = at.desk.web_reports().await?.iter().map(|waiting| web_row(&at, waiting)).collect();
    let view = Messages { sections, troubled, web_reports, page: at.page.clone() };
    if headers.contains_key("x-fragment") { html(&view.as_list()) } else { html(&view) }
}

/// How many wait, for the bar.
pub async fn count(_: AgentDesk, State(app): State<App>) -> Result<Response> {
    Ok(Html(app.switchboard.messages_waiting().await?.to_string()).into_response())
}

/// Takes one on; its record comes up on the desk.
pub async fn take(at: AgentDesk, Path(id): Path<String>) -> Result<Response> {
    let intake = at.desk.take_message(&MessageId::new(id)).await?;
    Ok(at.page.done(&format!("/desk?intake={intake}")))
}

/// Takes a complaint from the web on; its case comes up.
pub async fn take_web(at: AgentDesk, Path(contact): Path<String>) -> Result<Response> {
    let number = at.desk.take_web_report(&ContactId::new(contact)).await?;
    Ok(at.page.done(&format!("/cases/{number}")))
}

fn web_row(at: &AgentDesk, waiting: &Waiting) -> WebRow {
    let page = &at.page.of_line(at.desk.house(), &waiting.case.line);
    WebRow {
        contact: waiting.report.contact.to_string(),
        when: page.time(&waiting.report.received_at),
        language: page.tc("language", &waiting.case.language),
        kind: page.tc("report-request-type", &waiting.case.request_type),
        words: waiting.own_words.chars().take(BEGINNING).collect(),
        door: page.tc("web-door", &waiting.report.door),
    }
}

/// The sound. Where the provider keeps it stays our secret.
pub async fn sound(at: AgentDesk, Path(id): Path<String>, headers: HeaderMap) -> Result<Response> {
    let heard = at.desk.hear_message(&MessageId::new(id)).await?;
    Ok(ranges::answer(&headers, heard.sound.media_type, heard.sound.bytes))
}

/// A message as the screens say it.
pub(super) fn row(at: &AgentDesk, file: &MessageFile) -> Row {
    let (call, sound) = (&file.call, file.sound.as_ref());
    let page = &at.page.of_line(at.desk.house(), &call.line);
    let gone = sound.is_some_and(|sound| matches!(sound.state.as_str(), "erased" | "absent"));
    let notes = file.notes.iter().map(|note| super::work::note(page, note).1);
    let open = file.callback.as_ref().filter(|callback| callback.done_at.is_none());
    let late = open.is_some_and(|callback| at.desk.now() > callback.due_at);
    let promise = match (&file.callback, open) {
        (_, Some(callback)) => {
            let words = if late { "callback-late" } else { "callback-due" };
            page.tv(words, "moment", page.time(&callback.due_at))
        }
        (Some(callback), None) => page.tc("callback-state", &callback.state),
        (None, _) => page.t("messages-no-number"),
    };
    Row {
        id: file.message.id.to_string(),
        when: page.time(&file.message.at),
        line: call.line.clone(),
        language: call.language.as_ref().map(|tag| page.tc("language", tag)).unwrap_or_default(),
        caller: caller(page, call.caller.number()),
        length: length(file.message.seconds),
        about: notes.collect::<Vec<_>>().join(" · "),
        promise,
        callback: file.callback.as_ref().map(|callback| callback.id.to_string()),
        late,
        taken: file
            .taken_by
            .as_ref()
            .map(|person| page.tv("messages-taken-by", "name", &person.name))
            .unwrap_or_default(),
        intake: file.intake.as_ref().map(ToString::to_string),
        may_hear: file.may_hear && !gone,
        sound_address: format!("/messages/{}/sound", file.message.id),
        heard_address: sound.map(|sound| format!("/recordings/{}/heard", sound.id)).unwrap_or_default(),
        sound: sound.map(|sound| recordings::state(page, sound)).unwrap_or_default(),
        troubled: sound.is_some_and(|sound| sound.fault.is_some()),
    }
}

/// Minutes and seconds.
pub(super) fn length(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_length_reads_like_a_tape() {
        assert_eq!([7, 60, 179].map(super::length), ["0:07", "1:00", "2:59"]);
    }
}
