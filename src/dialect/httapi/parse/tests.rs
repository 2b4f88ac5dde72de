//! Hooks as a real switch writes them, and as nobody should.

use callflow::{DialOutcome, Event, Recording};
use proptest::prelude::*;

use super::super::sound::tests::wav;
use super::*;

const ID: &str = "session_id=2429926e-50ac-4480-8d32-270d891a7cd4";
const CALLER: &str = "hostname=vm&Caller-Direction=inbound&Caller-Caller-ID-Name=%E5%BC%A0%E4%B8%89%20J%C3%B8rgen&\
    Caller-Caller-ID-Number=13800138000&Caller-Destination-Number=12320&Caller-Channel-Answered-Time=1795314396186695";
const STEP: Route = Route::Step { none: false, fetched: false };
const SILENCE: Route = Route::Step { none: true, fetched: false };

fn post(fields: &str, route: Route) -> Result<Incoming, Malformed> {
    let body = format!("{ID}&{CALLER}&url=http%3A//h/ivr&{fields}");
    let headers = |name: &str| (name == "content-type").then_some("application/x-www-form-urlencoded");
    let hook = Hook::new("POST", "https://h.example/voice/fs/12320?parent=", &headers, body.as_bytes())?;
    parse(&hook, route)
}

fn event(fields: &str, route: Route) -> Event {
    match post(fields, route).unwrap().kind {
        Kind::Step(event) => event,
        other => panic!("{fields}: {other:?}"),
    }
}

fn upload(fields: &[(&str, &str)], sound: &[u8], route: Route) -> Result<Incoming, Malformed> {
    upload_to("https://h.example/v", fields, sound, route)
}

fn upload_to(url: &str, fields: &[(&str, &str)], sound: &[u8], route: Route) -> Result<Incoming, Malformed> {
    let mut body = Vec::new();
    let all = [("session_id", "bda0c790"), ("Caller-Destination-Number", "12321")];
    for (name, value) in all.iter().chain(fields) {
        body.extend(
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head = "--b\r\nContent-Disposition: form-data; name=\"message\"; filename=\"x_message.wav\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n";
    body.extend(head.bytes());
    body.extend(sound);
    body.extend(b"\r\n--b--\r\n");
    let headers = |name: &str| (name == "content-type").then_some("multipart/form-data; boundary=b");
    parse(&Hook::new("POST", url, &headers, &body)?, route)
}

#[test]
fn a_new_call_tells_who_calls_whom() {
    let incoming = post("", Route::First).unwrap();
    assert_eq!(incoming.provider_call_id, "2429926e-50ac-4480-8d32-270d891a7cd4");
    assert_eq!(incoming.from.number().unwrap().as_str(), "13800138000");
    assert_eq!((incoming.to.as_str(), incoming.direction), ("12320", Direction::Inbound));
    assert_eq!((incoming.kind, incoming.status), (Kind::Start, Some(CallStatus::InProgress)));
    let url = format!(
        "https://h.example/voice/fs/12320?{ID}&Caller-Caller-ID-Number=anonymous&Caller-Direction=outbound"
    );
    let hook = Hook::new("GET", &url, &|_| None, b"").unwrap();
    let incoming = parse(&hook, Route::First).unwrap();
    assert_eq!((incoming.from, incoming.direction), (Caller::Withheld, Direction::Outbound));
}

#[test]
fn a_step_tells_keys_or_silence() {
    assert_eq!(event("digits=4711&input_type=dtmf", STEP), Event::Digits("4711".into()));
    assert_eq!(event("digits=%2A%23&input_type=dtmf", STEP), Event::Digits("*#".into()));
    // Pressed before the last voice was heard: the address was the silent one, the keys count.
    assert_eq!(event("digits=1&input_type=dtmf", SILENCE), Event::Digits("1".into()));
    for silent in ["", "digits=&input_type=dtmf", "digits=invalid&input_type=invalid", "digits=1"] {
        assert_eq!(event(silent, SILENCE), Event::NoInput, "{silent}");
        assert_eq!(event(silent, STEP), Event::NoInput, "{silent}");
    }
    assert_eq!(event("", Route::Step { none: false, fetched: true }), Event::Fetched);
    for bad in ["digits=12%0A&input_type=dtmf", "digits=zwei&input_type=dtmf"] {
        assert_eq!(post(bad, STEP).unwrap_err().http_status(), 400);
    }
    let long = format!("digits={}&input_type=dtmf", "1".repeat(65));
    assert_eq!(post(&long, STEP).unwrap_err().http_status(), 400);
}

#[test]
fn a_dial_tells_its_disposition_only() {
    let stale = "originate_disposition=USER_BUSY&DIALSTATUS=BUSY&bridge_hangup_cause=NORMAL_CLEARING";
    assert_eq!(event(stale, STEP), Event::Dialled(DialOutcome::Busy));
    let gone = "originate_disposition=SUCCESS&exiting=true&variable_billsec=3";
    assert_eq!(event(gone, STEP), Event::Dialled(DialOutcome::Completed));
    assert_eq!(post(gone, STEP).unwrap().status, Some(CallStatus::Completed));
}

#[test]
fn the_end_is_told_to_any_address() {
    for route in [Route::First, STEP, SILENCE, Route::Status, Route::Recording] {
        let incoming =
            post("exiting=true&variable_hangup_cause=NORMAL_CLEARING&variable_billsec=41", route).unwrap();
        let Kind::Status(report) = incoming.kind else { panic!("{route:?}: {:?}", incoming.kind) };
        assert_eq!((report.status, report.duration_seconds), (CallStatus::Completed, Some(41)));
        assert_eq!(incoming.status, Some(CallStatus::Completed));
    }
    assert_eq!(post("exiting=true&variable_billsec=long", STEP).unwrap_err().http_status(), 400);
}

#[test]
fn a_dialled_leg_tells_that_it_was_answered() {
    let url = "https://h.example/voice/fs/12320/status?parent=2429926e-50ac";
    let body = "session_id=leg-1&Caller-Direction=outbound";
    let incoming =
        parse(&Hook::new("POST", url, &|_| None, body.as_bytes()).unwrap(), Route::Status).unwrap();
    let Kind::Status(report) = incoming.kind else { panic!("{:?}", incoming.kind) };
    assert_eq!(
        (report.status, incoming.parent_call_id.as_deref()),
        (CallStatus::InProgress, Some("2429926e-50ac"))
    );
    let url = "https://h.example/status?parent=a%0Ab";
    assert!(parse(&Hook::new("POST", url, &|_| None, body.as_bytes()).unwrap(), Route::Status).is_err());
}

#[test]
fn a_recording_comes_with_the_hook() {
    let spoken = wav(&[800; 20_000]);
    let incoming = upload(&[], &spoken, STEP).unwrap();
    let recorded = Recording { url: String::new(), seconds: 3, hung_up: false, ended_by: None };
    assert_eq!(incoming.kind, Kind::Step(Event::Recorded(recorded.clone())));
    for (key, by) in [("%23", Some('#')), ("9", Some('9')), ("x", None)] {
        let url = format!("https://h.example/voice/fs/12320/step?t=a&key={key}");
        let told = upload_to(&url, &[], &spoken, STEP).unwrap().kind;
        assert_eq!(told, Kind::Step(Event::Recorded(Recording { ended_by: by, ..recorded.clone() })));
        let unsaid = upload_to(&url, &[], b"", STEP).unwrap().kind;
        let pressed = by.map_or(Event::NoInput, |key| Event::Digits(key.to_string()));
        assert_eq!(unsaid, Kind::Step(pressed), "a key before a word");
    }
    let kept = incoming.upload.unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.media_type.as_str(), kept.bytes),
        ("message", "audio/wav", spoken.clone())
    );
    let gone = upload(&[("exiting", "true")], &spoken, STEP).unwrap();
    assert_eq!(gone.kind, Kind::Step(Event::Recorded(Recording { hung_up: true, ..recorded })));
    assert_eq!(gone.status, Some(CallStatus::Completed));
    let late = upload(&[], &spoken, Route::Recording).unwrap();
    assert!(matches!(late.kind, Kind::Recording(_)) && late.upload.is_some());
}

#[test]
fn silence_is_no_message_and_other_files_are_refused() {
    for nothing in [&wav(&[3; 20_000])[..], b""] {
        let incoming = upload(&[], nothing, STEP).unwrap();
        assert_eq!((incoming.kind, incoming.upload), (Kind::Step(Event::NoInput), None));
        let gone = upload(&[("exiting", "true")], nothing, STEP).unwrap();
        assert!(matches!(gone.kind, Kind::Status(_)));
    }
    assert_eq!(upload(&[], b"<html>", STEP).unwrap_err().http_status(), 400);
}

#[test]
fn malformed_hooks_are_refused() {
    let status = |headers: &'static str, body: &[u8]| {
        let known = move |name: &str| (name == "content-type").then_some(headers);
        Hook::new("POST", "https://h.example/v", &known, body)
            .and_then(|hook| parse(&hook, STEP))
            .map_or_else(|error| error.http_status(), |_| 200)
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(status(form, b"session_id=a"), 200);
    assert_eq!(status(form, b""), 400);
    assert_eq!(status(form, b"session_id=a%20b"), 400);
    assert_eq!(status(form, b"session_id=%FF"), 400);
    assert_eq!(
        status(form, format!("session_id=a&Caller-Destination-Number={}", "1".repeat(255)).as_bytes()),
        400
    );
    assert_eq!(status(form, format!("session_id=a{}", "&x=1".repeat(400)).as_bytes()), 400);
    assert_eq!(status("application/json", b"{}"), 415);
    assert_eq!(status("multipart/form-data", b"--b--"), 415);
    assert_eq!(status("multipart/form-data; boundary=b", b"--c--"), 400);
}

proptest! {
    #[test]
    fn any_fields_are_answered_without_panic(
        body in "(session_id|exiting|digits|input_type|originate_disposition|variable_billsec|=|&|true|dtmf|1|%|\\+|a){0,60}",
        none: bool, fetched: bool,
    ) {
        for route in [Route::First, Route::Step { none, fetched }, Route::Status, Route::Recording] {
            let url = format!("https://h.example/v?{body}");
            let hooks = [
                Hook::new("POST", "https://h.example/v", &|_| None, body.as_bytes()),
                Hook::new("GET", &url, &|_| None, b""),
            ];
            for hook in hooks.into_iter().flatten() {
                let _ = parse(&hook, route);
            }
        }
    }
}
