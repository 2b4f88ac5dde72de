//! Requests in the shape of each provider, and what their replies mean.

use super::*;
use crate::Dialect;
use crate::twiml::Twiml;
use domain::Secret;

fn of(profile: &str) -> &'static Twiml {
    Twiml::of(profile).unwrap()
}

fn account() -> Account {
    Account { id: "AC1".into(), token: Secret::new("t") }
}

fn call() -> NewCall {
    NewCall {
        to: "+4512345678".into(),
        from: "12320".into(),
        url: "https://h.example/v?t=1".into(),
        status_url: Some("https://h.example/s".into()),
        timeout_seconds: 25,
        most_seconds: Some(7_200),
        detect_machine: true,
        wanted_id: None,
    }
}

fn form_of(request: &RestRequest) -> &[(&'static str, String)] {
    let Body::Form(form) = &request.body else { panic!("{request:?}") };
    form
}

#[test]
fn requests_have_the_providers_shape() {
    let placed = of("twilio").place_call(&account(), &call());
    assert_eq!((placed.method, placed.path.as_str()), ("POST", "/2010-04-01/Accounts/AC1/Calls.json"));
    let Authorisation::Basic { user, password } = &placed.authorisation else { panic!() };
    assert_eq!((user.as_str(), password.reveal()), ("AC1", "t"));
    let form = form_of(&placed);
    for field in
        [("Timeout", "25"), ("TimeLimit", "7200"), ("MachineDetection", "Enable"), ("Method", "POST")]
    {
        assert!(form.contains(&(field.0, field.1.into())), "{field:?}");
    }
    assert_eq!(form.iter().filter(|(name, _)| *name == "StatusCallbackEvent").count(), 4);
    let moved = of("twilio").redirect_call(&account(), "v3:a/b", "https://h.example/x");
    assert_eq!(moved.path, "/2010-04-01/Accounts/AC1/Calls/v3%3Aa%2Fb.json");
    assert_eq!(form_of(&of("twilio").end_call(&account(), "CA1")), [("Status", "completed".to_owned())]);
}

#[test]
fn signalwire_has_its_own_root() {
    let project = Account { id: "b3877c40-da60-4998".into(), token: Secret::new("PT1") };
    let placed = of("signalwire").place_call(&project, &call());
    assert_eq!(placed.path, "/api/laml/2010-04-01/Accounts/b3877c40-da60-4998/Calls.json");
    let Authorisation::Basic { user, password } = &placed.authorisation else { panic!() };
    assert_eq!((user.as_str(), password.reveal()), ("b3877c40-da60-4998", "PT1"));
    assert_eq!(form_of(&placed), form_of(&of("twilio").place_call(&project, &call())));
}

#[test]
fn telnyx_places_calls_in_json_and_changes_them_with_forms() {
    let account = Account { id: "61bf923e/1494404757140276705".into(), token: Secret::new("KEY1") };
    let placed = of("telnyx").place_call(&account, &NewCall { timeout_seconds: 300, ..call() });
    assert_eq!(placed.path, "/v2/texml/Accounts/61bf923e/Calls");
    assert!(matches!(&placed.authorisation, Authorisation::Bearer(token) if token.reveal() == "KEY1"));
    let wanted = serde_json::json!({
        "To": "+4512345678",
        "From": "12320",
        "Url": "https://h.example/v?t=1",
        "UrlMethod": "POST",
        "Timeout": 120,
        "TimeLimit": 7_200,
        "StatusCallback": "https://h.example/s",
        "StatusCallbackMethod": "POST",
        "StatusCallbackEvent": "initiated ringing answered completed",
        "MachineDetection": "Enable",
        "ApplicationSid": "1494404757140276705",
    });
    assert_eq!(placed.body, Body::Json(wanted));
    let ended = of("telnyx").end_call(&account, "v3:KBnLO0ZK3DhK");
    assert_eq!(ended.path, "/v2/texml/Accounts/61bf923e/Calls/v3%3AKBnLO0ZK3DhK");
    assert_eq!(form_of(&ended), [("Status", "completed".to_owned())]);
    let pause = RecordOrder::Pause { recording_id: "r1".into() };
    let paused = of("telnyx").record_call(&account, "v3:a", &pause).unwrap();
    assert_eq!(paused.path, "/v2/texml/Accounts/61bf923e/Calls/v3%3Aa/Recordings/r1.json");
    assert_eq!(form_of(&paused), [("Status", "paused".to_owned())]);
}

#[test]
fn somleng_is_sent_only_what_it_knows() {
    let placed = of("somleng").place_call(&account(), &call());
    let names: Vec<&str> = form_of(&placed).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["To", "From", "Url", "Method", "StatusCallback", "StatusCallbackMethod"]);
    assert!(of("somleng").record_call(&account(), "CA1", &RecordOrder::Start { told: None }).is_none());
    let filter = CallFilter { to: "1".into(), from: "2".into(), since: Timestamp(0), wanted_id: None };
    assert!(of("somleng").list_calls(&account(), &filter).is_none());
}

#[test]
fn a_recording_is_started_paused_and_stopped() {
    let ask = |order: RecordOrder| of("twilio").record_call(&account(), "CA1", &order).unwrap();
    let started = ask(RecordOrder::Start { told: Some("https://h.example/r".into()) });
    assert_eq!(started.path, "/2010-04-01/Accounts/AC1/Calls/CA1/Recordings.json");
    assert!(form_of(&started).contains(&("RecordingStatusCallback", "https://h.example/r".into())));
    let paused = ask(RecordOrder::Pause { recording_id: "RE1".into() });
    assert_eq!(paused.path, "/2010-04-01/Accounts/AC1/Calls/CA1/Recordings/RE1.json");
    let [status, behaviour] = form_of(&paused) else { panic!("{paused:?}") };
    assert_eq!((status.1.as_str(), behaviour.1.as_str()), ("paused", "skip"));
    let resumed = ask(RecordOrder::Resume { recording_id: "RE1".into() });
    assert_eq!(form_of(&resumed), [("Status", "in-progress".to_owned())]);
    let stopped = ask(RecordOrder::Stop { recording_id: "RE1".into() });
    assert_eq!(form_of(&stopped), [("Status", "stopped".to_owned())]);
    let read = read_recording(201, br#"{"sid":"RE1","status":"in-progress"}"#).unwrap();
    assert_eq!(read.recording_id.as_deref(), Some("RE1"));
    // As providers really answer: with the call that it belongs to.
    let whole =
        br#"{"account_sid":"AC1","call_sid":"CA1","sid":"RE1","status":"in-progress","duration":null}"#;
    assert_eq!(read_recording(201, whole).unwrap().recording_id.as_deref(), Some("RE1"));
    let unclear = read_recording(201, br#"{"call_sid":"CA1"}"#);
    assert!(matches!(unclear, Err(RestError::Unclear { .. })), "a call is no recording: {unclear:?}");
    let call = read_reply(201, br#"{"sid":"CA1","call_sid":"CA1","status":"queued"}"#).unwrap();
    assert_eq!(call.provider_call_id, "CA1");
}

#[test]
fn calls_are_listed_by_day_and_read_with_their_moment() {
    let since = Timestamp(1_772_524_800_000);
    let filter = CallFilter { to: "+4512345678".into(), from: "12320".into(), since, wanted_id: None };
    let asked = of("twilio").list_calls(&account(), &filter).unwrap();
    assert_eq!((asked.method, &asked.body), ("GET", &Body::Nothing));
    let query = "Calls.json?To=%2B4512345678&From=12320&StartTime%3E=2026-03-03&PageSize=50";
    assert_eq!(asked.path, format!("/2010-04-01/Accounts/AC1/{query}"));
    let asked = of("telnyx").list_calls(&account(), &filter).unwrap();
    let query = "Calls?To=%2B4512345678&From=12320&StartTime_gt=2026-03-02&PageSize=50";
    assert_eq!(asked.path, format!("/v2/texml/Accounts/AC1/{query}"));
    let body = br#"{"calls":[{"sid":"CA1","to":"+4512345678","status":"ringing",
        "date_created":"Tue, 03 Mar 2026 08:00:05 +0000"}]}"#;
    let listed = read_list(200, body).unwrap();
    assert_eq!(listed[0].placed_at, Some(Timestamp(since.0 + 5_000)));
    assert_eq!(read_list(502, b""), Err(RestError::Unclear { http_status: 502 }));
}

#[test]
fn replies_tell_what_can_be_done_next() {
    let placed = read_reply(201, br#"{"sid":"CA1","status":"queued","duration":null}"#).unwrap();
    assert_eq!((placed.provider_call_id.as_str(), placed.status), ("CA1", Some(CallStatus::Queued)));
    let telnyx = br#"{"call_sid":"v3:a","from":"+1","to":"+2","status":"queued"}"#;
    assert_eq!(read_reply(200, telnyx).unwrap().provider_call_id, "v3:a");
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

#[test]
fn telnyx_tells_its_faults_in_a_list() {
    let gone = br#"{"errors":[{"code":"90018","title":"Call has already ended","detail":"it is over"}]}"#;
    assert_eq!(read_reply(422, gone), Err(RestError::CallGone { message: "it is over".into() }));
    let refused = br#"{"errors":[{"code":"10015","detail":"not a number"}]}"#;
    let Err(RestError::Refused { code, message, .. }) = read_reply(422, refused) else { panic!() };
    assert_eq!((code, message.as_str()), (10_015, "not a number"));
}
