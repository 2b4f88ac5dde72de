//! Hooks of mod_httapi to events. Parameters come in the query (GET), in a form (POST) or, with a recording, as
//! parts of a multipart body.
//!
//! The address of the last `action` is asked for everything that follows, the end of the call included: any address
//! may be told `exiting=true`, and then tells of the end.

use std::borrow::Cow;

use callflow::{Event, Recording};
use domain::Caller;

use super::multipart::{self, File};
use super::sound::Sound;
use super::{causes, names};
use crate::form::Form;
use crate::hook::{self, Content, Hook, Malformed, Method};
use crate::incoming::{
    Direction, Incoming, Kind, RecordingReport, RecordingStatus, Route, StatusReport, Upload,
};
use crate::status::CallStatus;

/// Longest destination, in characters: SIP addresses stay below 255.
const LONGEST_TO: usize = 254;
/// More keys than any gather of ours asks for.
const MOST_DIGITS: usize = 64;

/// Reads a hook that came to `route`. Check its credentials first.
pub fn parse(hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
    let Told { form, recording } = Told::of(hook)?;
    let provider_call_id = call_id(form.get("session_id"), "session_id")?;
    let ended = (form.get("exiting") == Some("true")).then(|| causes::end_of(&form));
    let kind = match route {
        Route::First if ended.is_none() => Kind::Start,
        Route::Step { none, fetched } => match step(&form, recording.as_ref(), (none, fetched), ended)? {
            Some(event) => Kind::Step(with_key(event, ended_by(hook)?)),
            None => status(&form, ended)?,
        },
        Route::Recording if recording.is_some() => recorded(&provider_call_id, recording.as_ref()),
        Route::First | Route::Status | Route::Recording => status(&form, ended)?,
    };
    let parent = Form::parse(hook::query(hook.url).as_bytes())?;
    let parent = parent.get(names::PARENT).map(|id| call_id(Some(id), "parent")).transpose()?;
    Ok(Incoming {
        provider_call_id: provider_call_id.ok_or(Malformed::Missing("session_id"))?,
        parent_call_id: parent.flatten(),
        from: Caller::parse(form.get("Caller-Caller-ID-Number").unwrap_or("")),
        to: destination(&form)?,
        direction: direction(&form),
        status: Some(ended.unwrap_or(CallStatus::InProgress)),
        answered_by: None,
        kind,
        upload: recording.map(|recording| recording.upload),
    })
}

/// The parameters, and the recording that came with them.
struct Told<'h> {
    form: Cow<'h, Form<'h>>,
    recording: Option<Uploaded>,
}

/// An uploaded recording, and what was heard in it.
struct Uploaded {
    upload: Upload,
    seconds: u32,
}

impl<'h> Told<'h> {
    fn of(hook: &'h Hook<'_>) -> Result<Self, Malformed> {
        match (hook.method, hook.content) {
            (Method::Get, _) | (Method::Post, Content::Form) => {
                Ok(Self { form: Cow::Borrowed(&hook.form), recording: None })
            }
            (Method::Post, Content::Json) => Err(Malformed::WrongContentType),
            (Method::Post, Content::Multipart) => {
                let parts = multipart::read((hook.headers)("content-type"), hook.body)?;
                let recording = match &parts.files[..] {
                    [] => None,
                    [file] => heard(file)?,
                    _ => return Err(Malformed::Bad { field: "multipart body", why: "more than one file" }),
                };
                Ok(Self { form: Cow::Owned(Form::from_pairs(parts.fields)), recording })
            }
        }
    }
}

/// The recording, unless nobody spoke: a switch uploads silence too.
fn heard(file: &File<'_>) -> Result<Option<Uploaded>, Malformed> {
    if file.bytes.is_empty() {
        return Ok(None);
    }
    let sound = Sound::read(file.bytes);
    let sound = sound.ok_or(Malformed::Bad { field: "recording", why: "not a WAV file of 16 bits" })?;
    if sound.is_silent() {
        return Ok(None);
    }
    let seconds = sound.seconds();
    let (name, media_type) = (file.name.to_owned(), "audio/wav".to_owned());
    Ok(Some(Uploaded { upload: Upload { name, media_type, bytes: file.bytes.to_vec() }, seconds }))
}

/// The key whose address a recording came to.
fn ended_by(hook: &Hook<'_>) -> Result<Option<char>, Malformed> {
    let query = Form::parse(hook::query(hook.url).as_bytes())?;
    let key = query.get(names::ENDED_BY).and_then(|key| key.chars().next());
    Ok(key.filter(|key| "0123456789*#".contains(*key)))
}

/// The end of a recording, with its key; a key before anything was said is told as one.
fn with_key(event: Event, by: Option<char>) -> Event {
    match (event, by) {
        (Event::Recorded(recording), _) => Event::Recorded(Recording { ended_by: by, ..recording }),
        (Event::NoInput, Some(key)) => Event::Digits(key.to_string()),
        (event, _) => event,
    }
}

fn call_id(id: Option<&str>, field: &'static str) -> Result<Option<String>, Malformed> {
    let Some(id) = id.filter(|id| !id.is_empty()) else { return Ok(None) };
    let fine = id.len() <= Incoming::LONGEST_ID
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if fine { Ok(Some(id.to_owned())) } else { Err(Malformed::Bad { field, why: "not a call id" }) }
}

fn destination(form: &Form<'_>) -> Result<String, Malformed> {
    let to = form.get("Caller-Destination-Number").unwrap_or("");
    if to.chars().count() > LONGEST_TO || to.chars().any(char::is_control) {
        let why = "longer than 254 characters, or not a number or address";
        return Err(Malformed::Bad { field: "Caller-Destination-Number", why });
    }
    Ok(to.to_owned())
}

fn direction(form: &Form<'_>) -> Direction {
    match form.get("Caller-Direction") {
        Some("outbound") => Direction::Outbound,
        _ => Direction::Inbound,
    }
}

/// What happened at a step, or nothing where the hook only tells that the call is over.
fn step(
    form: &Form<'_>,
    recording: Option<&Uploaded>,
    (none, fetched): (bool, bool),
    ended: Option<CallStatus>,
) -> Result<Option<Event>, Malformed> {
    if let Some(keys) = keys(form)? {
        return Ok(Some(Event::Digits(keys)));
    }
    if let Some(recording) = recording.filter(|recording| recording.upload.name == names::MESSAGE) {
        // Whoever keeps the upload fills in where it is kept.
        let seconds = recording.seconds;
        return Ok(Some(Event::Recorded(Recording {
            url: String::new(),
            seconds,
            hung_up: ended.is_some(),
            ended_by: None,
        })));
    }
    if let Some(disposition) = form.get(names::DISPOSITION) {
        return Ok(Some(Event::Dialled(causes::outcome_of(disposition))));
    }
    Ok(match (ended, fetched, none) {
        (Some(_), ..) => None,
        (None, true, _) => Some(Event::Fetched),
        // Silence tells nothing; neither does what is played without asking for keys.
        (None, false, _) => Some(Event::NoInput),
    })
}

/// Keys that were pressed; an entry that holds nothing but its terminator is none.
fn keys(form: &Form<'_>) -> Result<Option<String>, Malformed> {
    if form.get("input_type") != Some("dtmf") {
        return Ok(None);
    }
    match form.get(names::KEYS).filter(|keys| !keys.is_empty()) {
        None => Ok(None),
        Some(keys)
            if keys.len() <= MOST_DIGITS && keys.bytes().all(|key| b"0123456789*#ABCD".contains(&key)) =>
        {
            Ok(Some(keys.to_owned()))
        }
        Some(_) => Err(Malformed::Bad { field: names::KEYS, why: "at most 64 of 0-9, *, #, A-D" }),
    }
}

fn status(form: &Form<'_>, ended: Option<CallStatus>) -> Result<Kind, Malformed> {
    let seconds = form.get("variable_billsec").filter(|_| ended.is_some()).map(str::parse).transpose();
    let why = "not a whole number";
    Ok(Kind::Status(StatusReport {
        status: ended.unwrap_or(CallStatus::InProgress),
        sequence: None,
        duration_seconds: seconds.map_err(|_| Malformed::Bad { field: "variable_billsec", why })?,
        at: None,
        idempotency_token: None,
    }))
}

fn recorded(call: &Option<String>, recording: Option<&Uploaded>) -> Kind {
    Kind::Recording(RecordingReport {
        recording_id: call.clone().unwrap_or_default(),
        url: None,
        seconds: recording.map(|recording| recording.seconds),
        status: RecordingStatus::Completed,
    })
}

#[cfg(test)]
mod tests;
