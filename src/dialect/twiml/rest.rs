//! Our side of the REST interface: create, redirect and end calls.

use domain::Timestamp;
use serde::Deserialize;

use super::parse::moment;
use crate::outbound::{
    Account, Authorisation, Body, CallFilter, ListedCall, NewCall, PlacedCall, PlacedRecording, RecordOrder,
    RestError, RestRequest,
};
use crate::status::CallStatus;

/// `POST /2010-04-01/Accounts/{id}/Calls.json`. Not idempotent at the provider: record the intent first.
pub fn place_call(account: &Account, call: &NewCall) -> RestRequest {
    let mut form = vec![
        ("To", call.to.clone()),
        ("From", call.from.clone()),
        ("Url", call.url.clone()),
        ("Method", "POST".to_owned()),
        ("Timeout", call.timeout_seconds.clamp(5, 600).to_string()),
    ];
    if let Some(told) = &call.status_url {
        form.push(("StatusCallback", told.clone()));
        form.push(("StatusCallbackMethod", "POST".to_owned()));
        for event in ["initiated", "ringing", "answered", "completed"] {
            form.push(("StatusCallbackEvent", event.to_owned()));
        }
    }
    if let Some(most) = call.most_seconds {
        form.push(("TimeLimit", most.to_string()));
    }
    if call.detect_machine {
        form.push(("MachineDetection", "Enable".to_owned()));
    }
    request(account, "Calls.json", form)
}

/// Makes a live call fetch `url` at once.
pub fn redirect_call(account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
    let form = vec![("Url", url.to_owned()), ("Method", "POST".to_owned())];
    request(account, &format!("Calls/{}.json", segment(provider_call_id)), form)
}

/// Ends a live call.
pub fn end_call(account: &Account, provider_call_id: &str) -> RestRequest {
    let form = vec![("Status", CallStatus::Completed.as_str().to_owned())];
    request(account, &format!("Calls/{}.json", segment(provider_call_id)), form)
}

/// Recordings of a live call: `POST …/Calls/{id}/Recordings.json`, then updates of one recording.
pub fn record_call(account: &Account, provider_call_id: &str, order: &RecordOrder) -> RestRequest {
    let folder = format!("Calls/{}/Recordings", segment(provider_call_id));
    let update = |id: &str, form| request(account, &format!("{folder}/{}.json", segment(id)), form);
    let status = |word: &str| ("Status", word.to_owned());
    match order {
        RecordOrder::Start { told } => {
            let mut form = vec![("RecordingChannels", "dual".to_owned())];
            if let Some(told) = told {
                form.push(("RecordingStatusCallback", told.clone()));
                form.push(("RecordingStatusCallbackMethod", "POST".to_owned()));
            }
            request(account, &format!("{folder}.json"), form)
        }
        // Skipped, not silenced: what must not be heard leaves no gap that tells how long it was.
        RecordOrder::Pause { recording_id } => {
            update(recording_id, vec![status("paused"), ("PauseBehavior", "skip".to_owned())])
        }
        RecordOrder::Resume { recording_id } => update(recording_id, vec![status("in-progress")]),
        RecordOrder::Stop { recording_id } => update(recording_id, vec![status("stopped")]),
    }
}

/// `GET …/Calls.json`, of the day at the provider (GMT) that `since` falls on: the list knows only days.
pub fn list_calls(account: &Account, filter: &CallFilter) -> RestRequest {
    let text = |text: &str| segment(text);
    let day = filter.since.utc().format("%Y-%m-%d");
    let query = format!("To={}&From={}&StartTime%3E={day}&PageSize=50", text(&filter.to), text(&filter.from));
    let asked = request(account, &format!("Calls.json?{query}"), Vec::new());
    RestRequest { method: "GET", body: Body::Nothing, ..asked }
}

fn request(account: &Account, resource: &str, form: Vec<(&'static str, String)>) -> RestRequest {
    RestRequest {
        method: "POST",
        path: format!("/2010-04-01/Accounts/{}/{resource}", segment(&account.id)),
        body: Body::Form(form),
        authorisation: Authorisation::Basic { user: account.id.clone(), password: account.token.clone() },
    }
}

/// An id as one segment of a path; ids of some providers hold a colon or more.
fn segment(id: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(id, KEEP).to_string()
}

#[derive(Deserialize)]
struct Resource {
    sid: String,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Deserialize)]
struct List {
    calls: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    sid: String,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    date_created: Option<String>,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(default)]
    code: Option<u32>,
    #[serde(default)]
    message: Option<String>,
}

/// Reads the reply to any of the requests above.
pub fn read_reply(http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
    if (200..300).contains(&http_status) {
        let call: Resource = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
        let status = call.status.as_deref().and_then(CallStatus::parse);
        return Ok(PlacedCall { provider_call_id: call.sid, status });
    }
    Err(fault_of(http_status, body))
}

/// Reads the reply to [`record_call`].
pub fn read_recording(http_status: u16, body: &[u8]) -> Result<PlacedRecording, RestError> {
    if !(200..300).contains(&http_status) {
        return Err(fault_of(http_status, body));
    }
    let recording: Resource = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
    Ok(PlacedRecording { recording_id: Some(recording.sid) })
}

/// Reads the reply to [`list_calls`].
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

fn fault_of(http_status: u16, body: &[u8]) -> RestError {
    let fault = serde_json::from_slice(body).unwrap_or(Fault { code: None, message: None });
    let code = fault.code.unwrap_or(0);
    let message = fault.message.unwrap_or_else(|| format!("HTTP {http_status}"));
    match (http_status, code) {
        (429, _) | (_, 20_429) => RestError::Busy { message },
        (401 | 403, _) | (_, 20_003) => RestError::NotAuthorised { message },
        (404, _) | (_, 20_404 | 21_220) => RestError::CallGone { message },
        (400..=499, _) => RestError::Refused { http_status, code, message },
        _ => RestError::Unclear { http_status },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Secret;

    fn account() -> Account {
        Account { id: "AC1".into(), token: Secret::new("t") }
    }

    #[test]
    fn requests_have_the_providers_shape() {
        let call = NewCall {
            to: "+4512345678".into(),
            from: "12320".into(),
            url: "https://h.example/v?t=1".into(),
            status_url: Some("https://h.example/s".into()),
            timeout_seconds: 25,
            most_seconds: Some(7_200),
            detect_machine: true,
            wanted_id: None,
        };
        let placed = place_call(&account(), &call);
        assert_eq!((placed.method, placed.path.as_str()), ("POST", "/2010-04-01/Accounts/AC1/Calls.json"));
        let Authorisation::Basic { user, password } = &placed.authorisation else { panic!() };
        assert_eq!((user.as_str(), password.reveal()), ("AC1", "t"));
        let form = form_of(&placed);
        for field in [("Timeout", "25"), ("TimeLimit", "7200"), ("MachineDetection", "Enable")] {
            assert!(form.contains(&(field.0, field.1.into())), "{field:?}");
        }
        assert_eq!(form.iter().filter(|(name, _)| *name == "StatusCallbackEvent").count(), 4);
        let moved = redirect_call(&account(), "v3:a/b", "https://h.example/x");
        assert_eq!(moved.path, "/2010-04-01/Accounts/AC1/Calls/v3%3Aa%2Fb.json");
        assert_eq!(form_of(&end_call(&account(), "CA1")), [("Status", "completed".to_owned())]);
    }

    #[test]
    fn a_recording_is_started_paused_and_stopped() {
        let ask = |order: RecordOrder| record_call(&account(), "CA1", &order);
        let started = ask(RecordOrder::Start { told: Some("https://h.example/r".into()) });
        assert_eq!(started.path, "/2010-04-01/Accounts/AC1/Calls/CA1/Recordings.json");
        assert!(form_of(&started).contains(&("RecordingStatusCallback", "https://h.example/r".into())));
        let paused = ask(RecordOrder::Pause { recording_id: "RE1".into() });
        assert_eq!(paused.path, "/2010-04-01/Accounts/AC1/Calls/CA1/Recordings/RE1.json");
        let [status, behaviour] = form_of(&paused) else { panic!("{paused:?}") };
        assert_eq!((status.1.as_str(), behaviour.1.as_str()), ("paused", "skip"));
        let stopped = ask(RecordOrder::Stop { recording_id: "RE1".into() });
        assert_eq!(form_of(&stopped), [("Status", "stopped".to_owned())]);
        let read = read_recording(201, br#"{"sid":"RE1","status":"in-progress"}"#).unwrap();
        assert_eq!(read.recording_id.as_deref(), Some("RE1"));
    }

    #[test]
    fn calls_are_listed_by_day_and_read_with_their_moment() {
        let since = Timestamp(1_772_524_800_000);
        let filter = CallFilter { to: "+4512345678".into(), from: "12320".into(), since, wanted_id: None };
        let asked = list_calls(&account(), &filter);
        assert_eq!((asked.method, &asked.body), ("GET", &Body::Nothing));
        let query = "Calls.json?To=%2B4512345678&From=12320&StartTime%3E=2026-03-03&PageSize=50";
        assert_eq!(asked.path, format!("/2010-04-01/Accounts/AC1/{query}"));
        let body = br#"{"calls":[{"sid":"CA1","to":"+4512345678","status":"ringing",
            "date_created":"Tue, 03 Mar 2026 08:00:05 +0000"}]}"#;
        let listed = read_list(200, body).unwrap();
        assert_eq!(listed[0].placed_at, Some(Timestamp(since.0 + 5_000)));
        assert_eq!(read_list(502, b""), Err(RestError::Unclear { http_status: 502 }));
    }

    fn form_of(request: &RestRequest) -> &[(&'static str, String)] {
        let Body::Form(form) = &request.body else { panic!("{request:?}") };
        form
    }

    #[test]
    fn replies_tell_what_can_be_done_next() {
        let placed = read_reply(201, br#"{"sid":"CA1","status":"queued","duration":null}"#).unwrap();
        assert_eq!((placed.provider_call_id.as_str(), placed.status), ("CA1", Some(CallStatus::Queued)));
        let fault = |status, code| {
            read_reply(status, format!(r#"{{"code":{code},"message":"m","status":{status}}}"#).as_bytes())
                .unwrap_err()
        };
        assert!(matches!(fault(429, 20_429), RestError::Busy { .. }));
        assert!(matches!(fault(401, 20_003), RestError::NotAuthorised { .. }));
        assert!(matches!(fault(404, 20_404), RestError::CallGone { .. }));
        assert!(matches!(fault(400, 21_220), RestError::CallGone { .. }));
        assert!(matches!(fault(400, 21_211), RestError::Refused { code: 21_211, .. }));
        assert_eq!(read_reply(502, b"<html>"), Err(RestError::Unclear { http_status: 502 }));
        assert_eq!(read_reply(201, b"{}"), Err(RestError::Unclear { http_status: 201 }));
    }
}
