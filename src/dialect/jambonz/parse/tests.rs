//! Hooks as the feature server writes them (`lib/session/call-info.js`, `lib/tasks/*.js` and the callback schemas of
//! `@jambonz/schema`).

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const STEP: Route = Route::Step { none: false, fetched: false };
const SILENT: Route = Route::Step { none: true, fetched: false };
const URL: &str = "https://h.example/voice/j/12320/step?t=T1";

fn call(more: Value) -> Value {
    let mut call = json!({
        "call_sid": "c5a4f1f6-2b7e-4b2e-9d0e-6d3b1c1f7a10",
        "direction": "inbound",
        "from": "+8613800138000",
        "to": "12320",
        "call_id": "5f1c@10.0.0.1",
        "sip_status": 200,
        "sip_reason": "OK",
        "call_status": "in-progress",
        "account_sid": "ed649e33-e771-403a-8c99-1780eabbc803",
        "trace_id": "aa1dd4c1e8ba3a4c",
        "application_sid": "0e0681b0-d49f-4fb8-b973-b5a3c6758de1",
        "fs_sip_address": "10.0.0.2:5060",
        "originating_sip_ip": "203.0.113.7",
        "sip": { "headers": { "from": "<sip:+8613800138000@h>" }, "method": "INVITE" },
    });
    for (name, value) in more.as_object().unwrap() {
        call[name] = value.clone();
    }
    call
}

fn post(url: &str, body: &str, route: Route) -> Result<Incoming, Malformed> {
    let headers = |name: &str| (name == "content-type").then_some("application/json");
    parse(&Hook::new("POST", url, &headers, body.as_bytes())?, route)
}

fn told(more: Value, route: Route) -> Result<Incoming, Malformed> {
    post(URL, &call(more).to_string(), route)
}

fn event(more: Value, route: Route) -> Event {
    match told(more, route).unwrap().kind {
        Kind::Step(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_call_tells_who_calls_whom() {
    let more =
        json!({ "call_status": "trying", "sip_status": 100, "caller_name": "王", "parent_call_sid": null });
    let incoming = told(more, Route::First).unwrap();
    assert_eq!(incoming.provider_call_id, "c5a4f1f6-2b7e-4b2e-9d0e-6d3b1c1f7a10");
    assert_eq!(incoming.from.number().unwrap().as_str(), "+8613800138000");
    assert_eq!((incoming.to.as_str(), incoming.direction), ("12320", Direction::Inbound));
    assert_eq!((incoming.kind, incoming.status), (Kind::Start, Some(CallStatus::Initiated)));
    let ours = json!({ "direction": "outbound", "from": "anonymous", "to": "sip:8001@desk.example" });
    let incoming = told(ours, Route::First).unwrap();
    assert_eq!((incoming.from, incoming.direction), (Caller::Withheld, Direction::Outbound));
    let ended = told(json!({ "call_status": "completed", "duration": 3 }), Route::First).unwrap();
    assert!(matches!(ended.kind, Kind::Status(StatusReport { duration_seconds: Some(3), .. })));
}

#[test]
fn a_gather_tells_keys_or_silence() {
    let digits = |digits: Value| event(json!({ "digits": digits, "reason": "dtmfDetected" }), STEP);
    assert_eq!(digits(json!("4711")), Event::Digits("4711".into()));
    assert_eq!(digits(json!("*0")), Event::Digits("*0".into()));
    assert_eq!(digits(json!(4711)), Event::Digits("4711".into()));
    for silent in [
        json!({ "reason": "timeout" }),
        json!({ "reason": "dtmfDetected", "digits": "" }),
        json!({ "reason": "speechDetected", "speech": { "alternatives": [{ "transcript": "hello" }] } }),
        json!({ "reason": "error", "details": { "code": 1 } }),
        json!({ "reason": "stt-low-confidence" }),
    ] {
        assert_eq!(event(silent.clone(), STEP), Event::NoInput, "{silent}");
    }
    assert_eq!(event(json!({}), SILENT), Event::NoInput);
    assert_eq!(event(json!({}), Route::Step { none: false, fetched: true }), Event::Fetched);
    for bad in
        [json!("12a"), json!("1 2"), json!("1".repeat(65)), json!(["1"]), json!({}), json!(true), json!(1.5)]
    {
        let malformed = told(json!({ "digits": bad, "reason": "dtmfDetected" }), STEP).unwrap_err();
        assert_eq!(malformed.http_status(), 400, "{bad}");
    }
}

#[test]
fn silence_between_two_voices_is_no_event() {
    let more = format!("{URL}&more=1");
    let silent = call(json!({ "reason": "timeout" })).to_string();
    let Kind::Status(report) = post(&more, &silent, STEP).unwrap().kind else { panic!("not a status") };
    assert_eq!(report.status, CallStatus::InProgress);
    let keyed = call(json!({ "reason": "dtmfDetected", "digits": "2" })).to_string();
    assert_eq!(post(&more, &keyed, STEP).unwrap().kind, Kind::Step(Event::Digits("2".into())));
}

#[test]
fn a_dial_tells_how_it_ended() {
    use DialOutcome::{Busy, Completed, Failed, NoAnswer};
    for (word, outcome) in [
        ("completed", Completed),
        ("busy", Busy),
        ("no-answer", NoAnswer),
        ("ringing", NoAnswer),
        ("early-media", NoAnswer),
        ("trying", NoAnswer),
        ("failed", Failed),
        ("in-progress", Failed),
        ("???", Failed),
    ] {
        let dialled = json!({ "dial_call_status": word, "dial_sip_status": 200, "dial_call_sid": "b-1" });
        assert_eq!(event(dialled, STEP), Event::Dialled(outcome), "{word}");
    }
    assert_eq!(event(json!({}), STEP), Event::Dialled(Failed), "a call that could not be created");
}

#[test]
fn statuses_have_our_words() {
    for (word, status) in [
        ("queued", CallStatus::Queued),
        ("trying", CallStatus::Initiated),
        ("ringing", CallStatus::Ringing),
        ("early-media", CallStatus::Ringing),
        ("in-progress", CallStatus::InProgress),
        ("completed", CallStatus::Completed),
        ("failed", CallStatus::Failed),
        ("busy", CallStatus::Busy),
        ("no-answer", CallStatus::NoAnswer),
    ] {
        let incoming = told(json!({ "call_status": word, "duration": "41" }), Route::Status).unwrap();
        let Kind::Status(report) = incoming.kind else { panic!("{:?}", incoming.kind) };
        let duration = status.is_end().then_some(41);
        assert_eq!((report.status, report.duration_seconds), (status, duration), "{word}");
    }
    let leg = json!({ "direction": "outbound", "parent_call_sid": "a-1", "call_status": "ringing" });
    assert_eq!(told(leg, Route::Status).unwrap().parent_call_id.as_deref(), Some("a-1"));
    let machine = json!({ "type": "amd_machine_detected", "reason": "long greeting" });
    assert_eq!(told(machine, Route::Status).unwrap().answered_by, Some(AnsweredBy::MachineStart));
    for bad in [
        json!({ "call_status": "sleeping" }),
        json!({ "call_status": null }),
        json!({ "call_status": "completed", "duration": "long" }),
        json!({ "call_status": "completed", "duration": -1 }),
        json!({ "call_status": ["completed"] }),
        json!({ "parent_call_sid": "a\nb" }),
    ] {
        assert_eq!(told(bad.clone(), Route::Status).unwrap_err().http_status(), 400, "{bad}");
    }
    assert_eq!(told(json!({}), Route::Recording).unwrap_err().http_status(), 400);
}

#[test]
fn a_get_carries_the_same_fields() {
    let url = format!("{URL}&call_sid=a-1&from=%2B4512345678&to=12320&digits=1&digits=2&reason=dtmfDetected");
    let incoming = parse(&Hook::new("GET", &url, &|_| None, b"").unwrap(), STEP).unwrap();
    assert_eq!(incoming.kind, Kind::Step(Event::Digits("1".into())));
    assert_eq!(incoming.from.number().unwrap().as_str(), "+4512345678");
}

#[test]
fn malformed_hooks_are_refused() {
    let status = |kind: &'static str, body: &[u8]| {
        let headers = move |name: &str| (name == "content-type").then_some(kind);
        Hook::new("POST", URL, &headers, body)
            .and_then(|hook| parse(&hook, STEP))
            .map_or_else(|malformed| malformed.http_status(), |_| 200)
    };
    let json = "application/json; charset=utf-8";
    assert_eq!(status(json, br#"{"call_sid":"a","reason":"timeout"}"#), 200);
    assert_eq!(status("application/x-www-form-urlencoded", b"call_sid=a"), 415);
    assert_eq!(status("multipart/form-data; boundary=b", b"--b--"), 415);
    assert_eq!(status("text/plain", b"{}"), 415);
    let long = format!(r#"{{"call_sid":"a","to":"{}"}}"#, "1".repeat(255));
    let wide =
        format!(r#"{{"call_sid":"a"{}}}"#, (0..400).map(|at| format!(r#","x{at}":1"#)).collect::<String>());
    let deep = format!(r#"{{"call_sid":"a","sip":{}1{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
    for bad in [
        "",
        "null",
        "[]",
        "\"a\"",
        "1",
        "{",
        r#"{"call_sid":"a""#,
        "{}",
        r#"{"call_sid":null}"#,
        r#"{"call_sid":""}"#,
        r#"{"call_sid":"a b"}"#,
        r#"{"call_sid":{"a":1}}"#,
        r#"{"call_sid":"a","to":"\n"}"#,
        r#"{"call_sid":"a"}{"call_sid":"b"}"#,
        r#"call_sid=a"#,
        &long,
        &wide,
        &deep,
    ] {
        assert_eq!(status(json, bad.as_bytes()), 400, "{}", &bad[..bad.len().min(60)]);
    }
    assert_eq!(status(json, b"{\"call_sid\":\"a\",\"from\":\"\xff\"}"), 400);
    assert_eq!(status(json, &[b' '; Hook::MOST_BYTES + 1]), 413);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(completed|timeout|dtmfDetected|1|#|a|sip:x@y|\\+45|\\n){0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Value::from))
}

proptest! {
    #[test]
    fn any_json_is_answered_without_panic(
        fields in prop::collection::hash_map(
            "call_sid|call_status|digits|reason|dial_call_status|duration|from|to|direction|type|parent_call_sid",
            any_value(), 0..8),
        none: bool, fetched: bool, more: bool,
    ) {
        let body = serde_json::to_string(&fields).unwrap();
        let url = format!("{URL}{}", if more { "&more=1" } else { "" });
        for route in [Route::First, Route::Step { none, fetched }, Route::Status, Route::Recording] {
            if let Ok(incoming) = post(&url, &body, route) {
                prop_assert!(!incoming.provider_call_id.is_empty());
                if let Kind::Step(Event::Digits(keys)) = incoming.kind {
                    prop_assert!(!keys.is_empty() && keys.bytes().all(|key| b"0123456789*#ABCD".contains(&key)));
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_answered_without_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let headers = |name: &str| (name == "content-type").then_some("application/json");
        if let Ok(hook) = Hook::new("POST", URL, &headers, &body) {
            let _ = parse(&hook, STEP);
        }
    }
}
