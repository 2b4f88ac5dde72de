//! Hooks to events.
//!
//! What shapes them: a gather always comes back to its hook, with keys or without, so silence is told by what was
//! sent and not by the address; of several gathers in one document, all but the last say so in their address
//! ([`MORE`]), and their silence changes nothing.

use std::borrow::Cow;

use callflow::{DialOutcome, Event};
use domain::Caller;

use super::fields::Fields;
use crate::hook::{Hook, Malformed, query};
use crate::incoming::{AnsweredBy, Direction, Incoming, Kind, Route, StatusReport};
use crate::status::CallStatus;

/// Stands in the address of a gather that is followed by another one.
pub const MORE: &str = "more";
/// Longest number or address that is taken, in characters: SIP addresses stay below 255.
const LONGEST_TO: usize = 254;
/// More keys than any gather of ours asks for.
const MOST_DIGITS: usize = 64;

/// Reads a hook that came to `route`. Verify it first.
pub fn parse(hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
    let fields = Fields::of(hook)?;
    let provider_call_id = call_id(&fields, "call_sid")?.ok_or(Malformed::Missing("call_sid"))?;
    let from = fields.text("from")?;
    let to = fields.text("to")?.map(Cow::into_owned).unwrap_or_default();
    if to.chars().count() > LONGEST_TO || to.chars().any(char::is_control) {
        return Err(Malformed::Bad {
            field: "to",
            why: "longer than 254 characters, or not a number or address",
        });
    }
    let status = fields.text("call_status")?.as_deref().and_then(status_of);
    let kind = match route {
        // The end of a call that was told to the wrong address is its end all the same.
        Route::First if !status.is_some_and(CallStatus::is_end) => Kind::Start,
        Route::First | Route::Status => Kind::Status(report(&fields)?),
        Route::Step { none: true, .. } => Kind::Step(Event::NoInput),
        Route::Step { fetched: true, .. } => Kind::Step(Event::Fetched),
        Route::Step { .. } => step(&fields, has_more(hook), status)?,
        Route::Recording => {
            return Err(Malformed::Bad { field: "recording", why: "jambonz tells of no recordings" });
        }
    };
    Ok(Incoming {
        provider_call_id,
        parent_call_id: call_id(&fields, "parent_call_sid")?,
        from: Caller::parse(from.as_deref().unwrap_or("")),
        to,
        direction: match fields.text("direction")?.as_deref() {
            Some("outbound") => Direction::Outbound,
            _ => Direction::Inbound,
        },
        status,
        answered_by: fields.text("type").ok().flatten().as_deref().and_then(answered_by),
        kind,
        upload: None,
    })
}

/// Ids are UUIDs; only their alphabet is checked.
fn call_id(fields: &Fields, field: &'static str) -> Result<Option<String>, Malformed> {
    let Some(id) = fields.text(field)? else { return Ok(None) };
    let fine = id.len() <= Incoming::LONGEST_ID
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if fine { Ok(Some(id.into_owned())) } else { Err(Malformed::Bad { field, why: "not a call id" }) }
}

/// Our word for theirs.
pub(super) fn status_of(word: &str) -> Option<CallStatus> {
    match word {
        "trying" => Some(CallStatus::Initiated),
        "early-media" => Some(CallStatus::Ringing),
        other => CallStatus::parse(other),
    }
}

/// What a detector of machines heard, where somebody has set one up.
fn answered_by(word: &str) -> Option<AnsweredBy> {
    Some(match word {
        "amd_human_detected" => AnsweredBy::Human,
        "amd_machine_detected" => AnsweredBy::MachineStart,
        "amd_machine_stopped_speaking" => AnsweredBy::MachineEndSilence,
        "amd_tone_detected" => AnsweredBy::MachineEndBeep,
        "amd_no_speech_detected" | "amd_decision_timeout" | "amd_error" => AnsweredBy::Unknown,
        _ => return None,
    })
}

fn has_more(hook: &Hook<'_>) -> bool {
    query(hook.url).split('&').any(|pair| pair.split_once('=').is_some_and(|(name, _)| name == MORE))
}

/// The end of a gather or a dial.
fn step(fields: &Fields, more: bool, status: Option<CallStatus>) -> Result<Kind, Malformed> {
    if let Some(keys) = fields.text("digits")? {
        return Ok(Kind::Step(Event::Digits(keys_of(&keys)?)));
    }
    if let Some(word) = fields.text("dial_call_status")? {
        return Ok(Kind::Step(Event::Dialled(outcome_of(&word))));
    }
    match fields.text("reason")? {
        // The next gather of the same document is carried out; nothing has happened yet.
        Some(_) if more => Ok(Kind::Status(still(status.unwrap_or(CallStatus::InProgress)))),
        // `timeout`, `error`, or an entry that is nothing but its finishing key.
        Some(_) => Ok(Kind::Step(Event::NoInput)),
        // A dial that could not even be begun has no result.
        None => Ok(Kind::Step(Event::Dialled(DialOutcome::Failed))),
    }
}

fn keys_of(keys: &str) -> Result<String, Malformed> {
    if keys.len() <= MOST_DIGITS && keys.bytes().all(|key| b"0123456789*#ABCD".contains(&key)) {
        Ok(keys.to_owned())
    } else {
        Err(Malformed::Bad { field: "digits", why: "at most 64 of 0-9, *, #, A-D" })
    }
}

/// The last thing that is known of the dialled telephone: one that is still ringing when the time is up has not
/// answered.
fn outcome_of(word: &str) -> DialOutcome {
    match word {
        "completed" => DialOutcome::Completed,
        "busy" => DialOutcome::Busy,
        "no-answer" | "trying" | "ringing" | "early-media" | "queued" => DialOutcome::NoAnswer,
        _ => DialOutcome::Failed,
    }
}

fn report(fields: &Fields) -> Result<StatusReport, Malformed> {
    let Some(word) = fields.text("call_status")? else { return Err(Malformed::Missing("call_status")) };
    let status = status_of(&word).ok_or(Malformed::Bad { field: "call_status", why: "not a call status" })?;
    let duration = fields.number("duration")?;
    Ok(StatusReport { duration_seconds: duration.filter(|_| status.is_end()), ..still(status) })
}

fn still(status: CallStatus) -> StatusReport {
    StatusReport { status, sequence: None, duration_seconds: None, at: None, idempotency_token: None }
}

#[cfg(test)]
mod tests;
