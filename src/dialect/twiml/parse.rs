//! Form hooks to events.

use callflow::{DialOutcome, Event, Recording};
use chrono::DateTime;
use domain::{Caller, Timestamp};

use crate::form::Form;
use crate::hook::{Content, Hook, Malformed, Method};
use crate::incoming::{
    AnsweredBy, Direction, Incoming, Kind, RecordingReport, RecordingStatus, Route, StatusReport,
};
use crate::status::CallStatus;

/// Longest `To` or address accepted, in characters: SIP addresses stay below 255, recording addresses
/// below 2,048.
const LONGEST_TO: usize = 254;
const LONGEST_URL: usize = 2_048;
/// More keys than any gather of ours asks for.
const MOST_DIGITS: usize = 64;

/// Reads a hook that came to `route`. Verify it first.
pub fn parse(hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
    if hook.method == Method::Post && hook.content != Content::Form {
        return Err(Malformed::WrongContentType);
    }
    let form = &hook.form;
    let provider_call_id = either(form, "CallSid", "CallSidLegacy")?.ok_or(Malformed::Missing("CallSid"))?;
    let to = form.get("To").unwrap_or("");
    if to.chars().count() > LONGEST_TO || to.chars().any(char::is_control) {
        return Err(Malformed::Bad {
            field: "To",
            why: "longer than 254 characters, or not a number or address",
        });
    }
    let kind = match route {
        Route::First => Kind::Start,
        Route::Step { none: true, .. } => Kind::Step(Event::NoInput),
        Route::Step { fetched: true, .. } => Kind::Step(Event::Fetched),
        Route::Step { .. } => Kind::Step(step(form)?),
        Route::Status => Kind::Status(status(hook)?),
        Route::Recording => Kind::Recording(recording(form)?),
    };
    Ok(Incoming {
        provider_call_id,
        parent_call_id: either(form, "ParentCallSid", "ParentCallSidLegacy")?,
        from: Caller::parse(form.get("From").unwrap_or("")),
        to: to.to_owned(),
        direction: direction(form),
        status: form.get("CallStatus").and_then(CallStatus::parse),
        answered_by: form.get("AnsweredBy").and_then(AnsweredBy::parse),
        kind,
        upload: None,
    })
}

/// Ids differ from provider to provider (`CA` and hex, UUIDs, `v3:…`), so only their alphabet is checked.
fn call_id(form: &Form<'_>, field: &'static str) -> Result<Option<String>, Malformed> {
    let Some(id) = form.get(field).filter(|id| !id.is_empty()) else { return Ok(None) };
    let fine = id.len() <= Incoming::LONGEST_ID
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:@~+=".contains(&byte));
    if fine { Ok(Some(id.to_owned())) } else { Err(Malformed::Bad { field, why: "not a call id" }) }
}

/// The first of two fields that is there: Telnyx tells ids twice.
fn either(form: &Form<'_>, field: &'static str, or: &'static str) -> Result<Option<String>, Malformed> {
    match call_id(form, field)? {
        Some(id) => Ok(Some(id)),
        None => call_id(form, or),
    }
}

fn direction(form: &Form<'_>) -> Direction {
    match form.get("Direction") {
        Some(word) if word.starts_with("outbound") => Direction::Outbound,
        _ => Direction::Inbound,
    }
}

fn step(form: &Form<'_>) -> Result<Event, Malformed> {
    let digits = form.get("Digits");
    if let Some(word) = form.get("DialCallStatus") {
        return Ok(Event::Dialled(dial_outcome(word)));
    }
    if let Some(url) = form.get("RecordingUrl").filter(|url| !url.is_empty()) {
        let over = form.get("CallStatus").and_then(CallStatus::parse).is_some_and(CallStatus::is_end);
        return Ok(Event::Recorded(Recording {
            url: web_address(url)?,
            // Not told: it is there, so it is not taken for silence.
            seconds: number(form, "RecordingDuration")?.unwrap_or(1),
            hung_up: digits == Some("hangup") || over,
            ended_by: digits.and_then(one_key),
        }));
    }
    match digits {
        // `hangup` without a recording: the caller left and said nothing.
        Some("" | "hangup") => Ok(Event::NoInput),
        Some(keys)
            if keys.len() <= MOST_DIGITS && keys.bytes().all(|key| b"0123456789*#ABCD".contains(&key)) =>
        {
            Ok(Event::Digits(keys.to_owned()))
        }
        Some(_) => Err(Malformed::Bad { field: "Digits", why: "at most 64 of 0-9, *, #, A-D" }),
        // Speech is never asked for, and a recording without an address is of nobody (SignalWire tells of it).
        None if ["SpeechResult", "RecordingUrl", "RecordingDuration"]
            .iter()
            .any(|told| form.get(told).is_some()) =>
        {
            Ok(Event::NoInput)
        }
        None => Err(Malformed::Nothing),
    }
}

/// The key that ended a recording.
fn one_key(digits: &str) -> Option<char> {
    let mut keys = digits.chars();
    let key = keys.next().filter(|key| "0123456789*#".contains(*key))?;
    keys.next().is_none().then_some(key)
}

fn dial_outcome(word: &str) -> DialOutcome {
    match word {
        "completed" | "answered" => DialOutcome::Completed,
        "busy" => DialOutcome::Busy,
        "no-answer" => DialOutcome::NoAnswer,
        "canceled" | "cancelled" => DialOutcome::Canceled,
        _ => DialOutcome::Failed,
    }
}

fn status(hook: &Hook<'_>) -> Result<StatusReport, Malformed> {
    let form = &hook.form;
    let word = form.get("CallStatus").ok_or(Malformed::Missing("CallStatus"))?;
    let token = (hook.headers)("i-twilio-idempotency-token").filter(|token| token.len() <= 128);
    Ok(StatusReport {
        status: CallStatus::parse(word)
            .ok_or(Malformed::Bad { field: "CallStatus", why: "not a call status" })?,
        sequence: number(form, "SequenceNumber")?,
        duration_seconds: number(form, "CallDuration")?,
        at: form.get("Timestamp").and_then(moment),
        idempotency_token: token.map(str::to_owned),
    })
}

fn recording(form: &Form<'_>) -> Result<RecordingReport, Malformed> {
    let url = form.get("RecordingUrl").filter(|url| !url.is_empty()).map(web_address).transpose()?;
    let status = match form.get("RecordingStatus") {
        Some("in-progress") => RecordingStatus::InProgress,
        Some("completed") => RecordingStatus::Completed,
        Some("absent") => RecordingStatus::Absent,
        Some("failed") => RecordingStatus::Failed,
        // Somleng tells the address only.
        None if url.is_some() => RecordingStatus::Completed,
        None => return Err(Malformed::Missing("RecordingStatus")),
        Some(_) => return Err(Malformed::Bad { field: "RecordingStatus", why: "not a recording status" }),
    };
    Ok(RecordingReport {
        recording_id: call_id(form, "RecordingSid")?.ok_or(Malformed::Missing("RecordingSid"))?,
        url,
        seconds: number(form, "RecordingDuration")?,
        status,
    })
}

fn web_address(text: &str) -> Result<String, Malformed> {
    let scheme = text.starts_with("https://") || text.starts_with("http://");
    if scheme && text.len() <= LONGEST_URL && text.chars().all(|c| !c.is_control() && !c.is_whitespace()) {
        Ok(text.to_owned())
    } else {
        Err(Malformed::Bad { field: "RecordingUrl", why: "not an http address of at most 2048 characters" })
    }
}

fn number(form: &Form<'_>, field: &'static str) -> Result<Option<u32>, Malformed> {
    match form.get(field) {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Malformed::Bad { field, why: "not a whole number" }),
    }
}

/// A moment as the provider writes it: RFC 2822, Telnyx RFC 3339.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let at = DateTime::parse_from_rfc2822(text).or_else(|_| DateTime::parse_from_rfc3339(text)).ok()?;
    Some(Timestamp(at.timestamp_millis()))
}

#[cfg(test)]
mod tests;
