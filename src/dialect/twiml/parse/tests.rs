//! Recorded hooks and the events they stand for.

use proptest::prelude::*;

use super::*;

const STEP: Route = Route::Step { none: false, fetched: false };

fn read(route: Route, body: &str) -> Result<Incoming, Malformed> {
    let headers = |name: &str| match name {
        "content-type" => Some("application/x-www-form-urlencoded; charset=UTF-8"),
        "i-twilio-idempotency-token" => Some("8f1c0a52-0000-4000-8000-000000000001"),
        _ => None,
    };
    let hook = Hook::new("POST", "https://h.example/voice/twilio/12320", &headers, body.as_bytes())?;
    parse(&hook, route)
}

/// The fields that come with every hook of a call.
fn call(more: &str) -> String {
    format!(
        "AccountSid=AC0123456789abcdef0123456789abcdef&ApiVersion=2010-04-01&CallSid=CA0123456789abcdef0123456789abcdef\
         &Called=%2B8612320&Caller=%2B8613800138000&From=%2B8613800138000&To=%2B8612320&Direction=inbound\
         &FromCity=&FromCountry=CN&StirVerstat=TN-Validation-Passed-A&{more}"
    )
}

fn event(more: &str) -> Event {
    match read(STEP, &call(more)).unwrap().kind {
        Kind::Step(event) => event,
        other => panic!("not a step: {other:?}"),
    }
}

#[test]
fn a_first_hook_starts_a_call() {
    let incoming = read(Route::First, &call("CallStatus=ringing")).unwrap();
    assert_eq!(incoming.provider_call_id, "CA0123456789abcdef0123456789abcdef");
    assert_eq!(incoming.from.number().unwrap().as_str(), "+8613800138000");
    assert_eq!((incoming.to.as_str(), incoming.direction), ("+8612320", Direction::Inbound));
    assert_eq!((incoming.status, &incoming.kind), (Some(CallStatus::Ringing), &Kind::Start));
    assert!(matches!(incoming.started(), Event::Started { dialled, .. } if dialled == "+8612320"));
}

#[test]
fn a_leg_that_we_placed_is_outbound_and_knows_its_parent() {
    let body = "CallSid=c2b8f9a4-7e0c-4d5e-9b1a-0123456789ab&ParentCallSid=CA01&From=12320&To=sip:8001@h.example&Direction=outbound-dial";
    let incoming = read(Route::First, body).unwrap();
    assert_eq!((incoming.direction, incoming.parent_call_id.as_deref()), (Direction::Outbound, Some("CA01")));
}

#[test]
fn withheld_numbers_are_callers_too() {
    for from in ["anonymous", "%2B266696687", "Restricted", ""] {
        let incoming = read(Route::First, &format!("CallSid=CA1&From={from}&To=12320")).unwrap();
        assert_eq!(incoming.from, Caller::Withheld, "{from}");
    }
    assert_eq!(read(Route::First, "CallSid=CA1").unwrap().from, Caller::Withheld);
}

#[test]
fn telnyx_has_long_ids_and_tells_them_twice() {
    let id = "v3:9X2vxPDFY2RHSJ1EdMS0RHRksMTg7ldNxdjWbVr9zBjbGjGsSe-aiQ";
    let written = id.replace(':', "%3A");
    for fields in
        [format!("CallSid={written}&CallSidLegacy={written}"), format!("CallSidLegacy={written}&CallSid=")]
    {
        let body = format!("{fields}&ParentCallSidLegacy=v3:parent&From=+4512345678&To=12320");
        let incoming = read(Route::First, &body).unwrap();
        assert_eq!(incoming.provider_call_id, id);
        assert_eq!(incoming.parent_call_id.as_deref(), Some("v3:parent"));
    }
    let body = format!(
        "CallSid={written}&CallStatus=in-progress&SequenceNumber=2&CallDuration=15&Timestamp=2024-01-15T10:30:00Z"
    );
    let Kind::Status(report) = read(Route::Status, &body).unwrap().kind else { panic!("not a status") };
    assert_eq!((report.status, report.sequence), (CallStatus::InProgress, Some(2)));
    assert_eq!(report.at, Some(Timestamp::parse("2024-01-15T10:30:00Z").unwrap()));
}

#[test]
fn somleng_tells_only_the_end_of_a_call_and_counts_it_zero() {
    let body = "CallSid=c2b8f9a4-7e0c-4d5e-9b1a-0123456789ab&From=12330&To=13800138000&Direction=outbound-api\
                &CallStatus=no-answer&CallDuration=&SipResponseCode=480&SequenceNumber=0";
    let Kind::Status(report) = read(Route::Status, body).unwrap().kind else { panic!("not a status") };
    assert_eq!(
        (report.status, report.sequence, report.duration_seconds),
        (CallStatus::NoAnswer, Some(0), None)
    );
}

#[test]
fn it_is_told_who_answered() {
    for (word, known) in [
        ("human", Some(AnsweredBy::Human)),
        ("machine_start", Some(AnsweredBy::MachineStart)),
        ("machine_end_beep", Some(AnsweredBy::MachineEndBeep)),
        ("machine_end_silence", Some(AnsweredBy::MachineEndSilence)),
        ("machine_end_other", Some(AnsweredBy::MachineEndOther)),
        ("fax", Some(AnsweredBy::Fax)),
        ("unknown", Some(AnsweredBy::Unknown)),
        ("machine", Some(AnsweredBy::MachineStart)),
        ("not_sure", Some(AnsweredBy::Unknown)),
        ("", None),
        ("parrot", None),
    ] {
        let incoming = read(Route::First, &format!("CallSid=CA1&AnsweredBy={word}")).unwrap();
        assert_eq!(incoming.answered_by, known, "{word}");
    }
    assert_eq!(read(Route::First, "CallSid=CA1").unwrap().answered_by, None);
    assert!(AnsweredBy::MachineEndBeep.is_machine() && AnsweredBy::Fax.is_machine());
    assert!(!AnsweredBy::Human.is_machine() && !AnsweredBy::Unknown.is_machine());
}

#[test]
fn steps_stand_for_events() {
    let ended = |seconds, hung_up, ended_by| {
        Event::Recorded(Recording { url: "https://api.example/R/RE1".into(), seconds, hung_up, ended_by })
    };
    let recorded = |seconds, hung_up| ended(seconds, hung_up, None);
    for (fields, expected) in [
        ("Digits=1&msg=Gather+End&FinishedOnKey=", Event::Digits("1".into())),
        ("Digits=0123456789%2A%23&FinishedOnKey=%23", Event::Digits("0123456789*#".into())),
        ("Digits=", Event::NoInput),
        ("SpeechResult=hello&Confidence=0.9", Event::NoInput),
        (
            "RecordingUrl=https://api.example/R/RE1&RecordingDuration=14&Digits=%23",
            ended(14, false, Some('#')),
        ),
        ("RecordingUrl=https://api.example/R/RE1&RecordingDuration=9&Digits=9", ended(9, false, Some('9'))),
        ("RecordingUrl=https://api.example/R/RE1&RecordingDuration=9&Digits=", recorded(9, false)),
        ("RecordingUrl=&RecordingDuration=0&Digits=9", Event::Digits("9".into())),
        ("RecordingUrl=https://api.example/R/RE1&RecordingDuration=3&Digits=hangup", recorded(3, true)),
        ("RecordingUrl=https://api.example/R/RE1&CallStatus=completed", recorded(1, true)),
        ("RecordingUrl=https://api.example/R/RE1&RecordingDuration=0", recorded(0, false)),
        ("RecordingUrl=&RecordingDuration=0", Event::NoInput),
        ("RecordingDuration=0", Event::NoInput),
        ("Digits=hangup", Event::NoInput),
        (
            "DialCallStatus=completed&DialCallDuration=33&RecordingUrl=https://a/b",
            Event::Dialled(DialOutcome::Completed),
        ),
        ("DialCallStatus=answered", Event::Dialled(DialOutcome::Completed)),
        ("DialCallStatus=no-answer", Event::Dialled(DialOutcome::NoAnswer)),
        ("DialCallStatus=busy", Event::Dialled(DialOutcome::Busy)),
        ("DialCallStatus=canceled", Event::Dialled(DialOutcome::Canceled)),
        ("DialCallStatus=failed", Event::Dialled(DialOutcome::Failed)),
        ("DialCallStatus=something-new", Event::Dialled(DialOutcome::Failed)),
    ] {
        assert_eq!(event(fields), expected, "{fields}");
    }
}

#[test]
fn the_address_tells_no_input_and_fetched() {
    let kind =
        |none, fetched| read(Route::Step { none, fetched }, &call("CallStatus=in-progress")).unwrap().kind;
    assert_eq!(kind(true, false), Kind::Step(Event::NoInput));
    assert_eq!(kind(false, true), Kind::Step(Event::Fetched));
}

#[test]
fn a_status_hook_carries_count_time_and_token() {
    let fields = call(
        "CallStatus=completed&SequenceNumber=3&CallDuration=61&Duration=2&CallbackSource=call-progress-events\
         &Timestamp=Fri%2C+13+Feb+2026+01%3A00%3A00+%2B0000",
    );
    let Kind::Status(report) = read(Route::Status, &fields).unwrap().kind else { panic!("not a status") };
    assert_eq!(
        (report.status, report.sequence, report.duration_seconds),
        (CallStatus::Completed, Some(3), Some(61))
    );
    assert_eq!(report.at, Some(Timestamp::parse("2026-02-13T01:00:00Z").unwrap()));
    assert_eq!(report.idempotency_token.as_deref(), Some("8f1c0a52-0000-4000-8000-000000000001"));
}

#[test]
fn a_recording_hook_tells_how_the_recording_stands() {
    for (fields, status, url) in [
        (
            "RecordingStatus=completed&RecordingUrl=https://a/b&RecordingDuration=9",
            RecordingStatus::Completed,
            true,
        ),
        ("RecordingStatus=absent", RecordingStatus::Absent, false),
        ("RecordingUrl=https://a/b", RecordingStatus::Completed, true),
    ] {
        let body = call(&format!("RecordingSid=RE1&{fields}"));
        let Kind::Recording(report) = read(Route::Recording, &body).unwrap().kind else {
            panic!("not a recording")
        };
        assert_eq!((report.status, report.url.is_some()), (status, url), "{fields}");
    }
}

#[test]
fn what_makes_no_sense_gets_the_right_refusal() {
    let long = "x".repeat(129);
    let keys = "1".repeat(65);
    for (route, body) in [
        (Route::First, "From=1234".to_owned()),
        (Route::First, "CallSid=".to_owned()),
        (Route::First, format!("CallSid={long}")),
        (Route::First, "CallSid=a%2531".to_owned()),
        (Route::First, "CallSid=a%0Ab".to_owned()),
        (Route::First, "CallSid=CA1&To=a%00b".to_owned()),
        (STEP, "CallSid=CA1".to_owned()),
        (STEP, "CallSid=CA1&Digits=TIMEOUT".to_owned()),
        (STEP, format!("CallSid=CA1&Digits={keys}")),
        (STEP, "CallSid=CA1&RecordingUrl=javascript:alert(1)".to_owned()),
        (STEP, "CallSid=CA1&RecordingUrl=https://a/b&RecordingDuration=-1".to_owned()),
        (Route::Status, "CallSid=CA1".to_owned()),
        (Route::Status, "CallSid=CA1&CallStatus=exploded".to_owned()),
        (Route::Status, "CallSid=CA1&CallStatus=ringing&SequenceNumber=x".to_owned()),
        (Route::Recording, "CallSid=CA1&RecordingSid=RE1".to_owned()),
        (Route::Recording, "CallSid=CA1&RecordingStatus=completed".to_owned()),
    ] {
        let refused = read(route, &body).unwrap_err();
        assert_eq!(refused.http_status(), 400, "{body}: {refused}");
    }
    let headers = |name: &str| (name == "content-type").then_some("application/json");
    let hook = Hook::new("POST", "https://h.example/", &headers, b"{\"CallSid\":\"CA1\"}").unwrap();
    assert_eq!(parse(&hook, STEP).unwrap_err().http_status(), 415);
}

proptest! {
    #[test]
    fn no_hook_makes_it_panic(body in "[A-Za-z0-9=&%+#*]{0,200}", which in 0usize..5) {
        let routes = [Route::First, STEP, Route::Step { none: true, fetched: false }, Route::Status, Route::Recording];
        let _ = read(routes[which], &format!("CallSid=CA1&{body}"));
    }

    #[test]
    fn keys_arrive_as_they_were_pressed(keys in "[0-9*#]{1,64}") {
        let form = Form::from_pairs([("CallSid", "CA1"), ("Digits", keys.as_str())]).encode();
        prop_assert_eq!(read(STEP, &form).unwrap().kind, Kind::Step(Event::Digits(keys)));
    }
}
