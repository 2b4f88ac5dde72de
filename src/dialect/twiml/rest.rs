//! Our side of the REST interface: create, redirect, end, record and list calls.

use domain::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::parse::moment;
use crate::outbound::{
    Account, Authorisation, Body, CallFilter, ListedCall, NewCall, PlacedCall, PlacedRecording, RecordOrder,
    RestError, RestRequest,
};
use crate::status::CallStatus;

/// How a provider's REST side is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// What stands before the account in every path.
    pub root: &'static str,
    pub style: Style,
    /// Whether every field of Twilio's is understood; otherwise only numbers and addresses are sent.
    pub whole: bool,
}

/// How fields travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As a form to `….json`, with account and token.
    Twilio,
    /// With the token alone, a new call as JSON, everything else as a form. The account is written
    /// `ACCOUNT/APPLICATION`: calls are placed by an application of the account.
    Telnyx,
}

type Fields = Vec<(&'static str, String)>;

/// Shortest and longest whole call that is asked for, in seconds.
const CALL_SECONDS: (u32, u32) = (30, 14_400);

impl Rest {
    /// `POST …/Calls`. Not idempotent at the provider: record the intent first. It rings for `ring` seconds.
    pub fn place_call(&self, account: &Account, call: &NewCall, ring: u32) -> RestRequest {
        let mut fields =
            vec![("To", call.to.clone()), ("From", call.from.clone()), ("Url", call.url.clone())];
        fields.push((if self.style == Style::Telnyx { "UrlMethod" } else { "Method" }, "POST".to_owned()));
        if self.whole {
            fields.push(("Timeout", ring.to_string()));
        }
        if let Some(told) = &call.status_url {
            fields.push(("StatusCallback", told.clone()));
            fields.push(("StatusCallbackMethod", "POST".to_owned()));
            if self.whole {
                let events = ["initiated", "ringing", "answered", "completed"];
                fields.extend(events.map(|event| ("StatusCallbackEvent", event.to_owned())));
            }
        }
        if let Some(most) = call.most_seconds.filter(|_| self.whole) {
            fields.push(("TimeLimit", most.clamp(CALL_SECONDS.0, CALL_SECONDS.1).to_string()));
        }
        if call.detect_machine && self.whole {
            fields.push(("MachineDetection", "Enable".to_owned()));
        }
        if self.style == Style::Twilio {
            return self.post(account, &self.calls(), fields);
        }
        if let Some((_, application)) = account.id.split_once('/') {
            fields.push(("ApplicationSid", application.to_owned()));
        }
        RestRequest { body: Body::Json(object(fields)), ..self.post(account, &self.calls(), Vec::new()) }
    }

    /// Makes a live call fetch `url` at once.
    pub fn redirect_call(&self, account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
        let fields = vec![("Url", url.to_owned()), ("Method", "POST".to_owned())];
        self.post(account, &self.call(provider_call_id), fields)
    }

    /// Ends a live call.
    pub fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest {
        let fields = vec![("Status", CallStatus::Completed.as_str().to_owned())];
        self.post(account, &self.call(provider_call_id), fields)
    }

    /// Recordings of a live call: `POST …/Calls/{id}/Recordings.json`, then updates of one recording.
    pub fn record_call(&self, account: &Account, provider_call_id: &str, order: &RecordOrder) -> RestRequest {
        let folder = format!("Calls/{}/Recordings", segment(provider_call_id));
        let update = |id: &str, fields| self.post(account, &format!("{folder}/{}.json", segment(id)), fields);
        let status = |word: &str| ("Status", word.to_owned());
        match order {
            RecordOrder::Start { told } => {
                let mut fields = vec![("RecordingChannels", "dual".to_owned())];
                if let Some(told) = told {
                    fields.push(("RecordingStatusCallback", told.clone()));
                    fields.push(("RecordingStatusCallbackMethod", "POST".to_owned()));
                }
                self.post(account, &format!("{folder}.json"), fields)
            }
            RecordOrder::Pause { recording_id } => {
                let mut fields = vec![status("paused")];
                // Skipped, not silenced: what must not be heard leaves no gap that tells how long it was.
                if self.style == Style::Twilio {
                    fields.push(("PauseBehavior", "skip".to_owned()));
                }
                update(recording_id, fields)
            }
            RecordOrder::Resume { recording_id } => update(recording_id, vec![status("in-progress")]),
            RecordOrder::Stop { recording_id } => update(recording_id, vec![status("stopped")]),
        }
    }

    /// `GET …/Calls`, of the day at the provider (GMT) that `since` falls on: the list knows only days.
    pub fn list_calls(&self, account: &Account, filter: &CallFilter) -> RestRequest {
        let (to, from) = (segment(&filter.to), segment(&filter.from));
        let day = filter.since.utc().date_naive();
        let since = match self.style {
            Style::Twilio => format!("StartTime%3E={day}"),
            // Strictly after that day.
            Style::Telnyx => format!("StartTime_gt={}", day.pred_opt().unwrap_or(day)),
        };
        let path = format!("{}?To={to}&From={from}&{since}&PageSize=50", self.calls());
        RestRequest { method: "GET", body: Body::Nothing, ..self.post(account, &path, Vec::new()) }
    }

    fn calls(&self) -> String {
        format!("Calls{}", self.ending())
    }

    fn call(&self, id: &str) -> String {
        format!("Calls/{}{}", segment(id), self.ending())
    }

    fn ending(&self) -> &'static str {
        if self.style == Style::Twilio { ".json" } else { "" }
    }

    fn post(&self, account: &Account, resource: &str, fields: Fields) -> RestRequest {
        let (id, token) = (account.id.as_str(), account.token.clone());
        let (id, authorisation) = match self.style {
            Style::Twilio => (id, Authorisation::Basic { user: id.to_owned(), password: token }),
            Style::Telnyx => (id.split_once('/').map_or(id, |(id, _)| id), Authorisation::Bearer(token)),
        };
        let path = format!("{}{}/{resource}", self.root, segment(id));
        RestRequest { method: "POST", path, body: Body::Form(fields), authorisation }
    }
}

/// Fields as one object: seconds are numbers, repeated fields one text with spaces between.
fn object(fields: Fields) -> Value {
    let mut object = Map::new();
    for (name, text) in fields {
        let value = match (name, object.get(name).and_then(Value::as_str)) {
            ("Timeout" | "TimeLimit", _) => text.parse::<u32>().map_or(Value::Null, Value::from),
            (_, Some(before)) => format!("{before} {text}").into(),
            (_, None) => text.into(),
        };
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

/// An id as one segment of a path; ids of some providers hold a colon or more.
fn segment(id: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(id, KEEP).to_string()
}

#[derive(Deserialize)]
struct Resource {
    sid: Option<String>,
    /// Telnyx's name for the id of a call; elsewhere the call that a recording belongs to.
    call_sid: Option<String>,
    status: Option<String>,
}

#[derive(Deserialize)]
struct List {
    calls: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(alias = "call_sid")]
    sid: String,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    date_created: Option<String>,
}

/// Twilio tells one fault; Telnyx a list of them, their codes as text.
#[derive(Deserialize, Default)]
struct Fault {
    #[serde(default)]
    code: Option<u32>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    errors: Vec<OneFault>,
}

#[derive(Deserialize)]
struct OneFault {
    #[serde(default)]
    code: String,
    #[serde(default)]
    detail: String,
}

/// Reads the reply to any of the requests above.
pub fn read_reply(http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
    if (200..300).contains(&http_status) {
        let call: Resource = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
        let status = call.status.as_deref().and_then(CallStatus::parse);
        let provider_call_id = call.sid.or(call.call_sid).ok_or(RestError::Unclear { http_status })?;
        return Ok(PlacedCall { provider_call_id, status });
    }
    Err(fault_of(http_status, body))
}

/// Reads the reply to [`Rest::record_call`].
pub fn read_recording(http_status: u16, body: &[u8]) -> Result<PlacedRecording, RestError> {
    if !(200..300).contains(&http_status) {
        return Err(fault_of(http_status, body));
    }
    let recording: Resource = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
    Ok(PlacedRecording { recording_id: Some(recording.sid.ok_or(RestError::Unclear { http_status })?) })
}

/// Reads the reply to [`Rest::list_calls`].
pub fn read_list(http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
    if !(200..300).contains(&http_status) {
        return Err(fault_of(http_status, body));
    }
    let list: List = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
    Ok(list.calls.into_iter().map(Listed::read).collect())
}

impl Listed {
    fn read(self) -> ListedCall {
        let placed_at: Option<Timestamp> = self.date_created.as_deref().and_then(moment);
        let status = self.status.as_deref().and_then(CallStatus::parse);
        ListedCall { provider_call_id: self.sid, to: self.to.unwrap_or_default(), status, placed_at }
    }
}

/// Telnyx's code for a call that has ended already.
const ENDED: u32 = 90_018;

fn fault_of(http_status: u16, body: &[u8]) -> RestError {
    let fault: Fault = serde_json::from_slice(body).unwrap_or_default();
    let first = fault.errors.into_iter().next();
    let code = fault.code.or_else(|| first.as_ref()?.code.parse().ok()).unwrap_or(0);
    let message = fault.message.or_else(|| first.map(|fault| fault.detail));
    let message = message.unwrap_or_else(|| format!("HTTP {http_status}"));
    match (http_status, code) {
        (429, _) | (_, 20_429) => RestError::Busy { message },
        (401 | 403, _) | (_, 20_003) => RestError::NotAuthorised { message },
        (404, _) | (_, 20_404 | 21_220 | ENDED) => RestError::CallGone { message },
        (400..=499, _) => RestError::Refused { http_status, code, message },
        _ => RestError::Unclear { http_status },
    }
}

#[cfg(test)]
mod tests;
