//! Requests and replies, as `lib/routes/api/accounts.js` of the platform's API server takes and gives them.

use domain::{Secret, Timestamp};

use super::*;
use crate::CallStatus;

fn account() -> Account {
    Account { id: "ed649e33-e771".to_owned(), token: Secret::new("key") }
}

fn call(to: &str) -> NewCall {
    NewCall {
        to: to.to_owned(),
        from: "+8612320".to_owned(),
        url: "https://h.example/voice/j/12320/callback?d=1".to_owned(),
        status_url: Some("https://h.example/voice/j/12320/status".to_owned()),
        timeout_seconds: 30,
        most_seconds: Some(3_600),
        detect_machine: true,
        wanted_id: Some("ours".to_owned()),
    }
}

fn json_of(request: RestRequest) -> Value {
    match request.body {
        Body::Json(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_call_names_its_own_hooks() {
    let request = place_call(&account(), &call("+4512345678"), 30);
    assert_eq!((request.method, request.path.as_str()), ("POST", "/v1/Accounts/ed649e33-e771/Calls"));
    assert!(matches!(&request.authorisation, Authorisation::Bearer(key) if key.reveal() == "key"));
    assert_eq!(
        json_of(request),
        json!({
            "from": "+8612320",
            "to": { "type": "phone", "number": "+4512345678" },
            "call_hook": { "url": "https://h.example/voice/j/12320/callback?d=1", "method": "POST" },
            "call_status_hook": { "url": "https://h.example/voice/j/12320/status", "method": "POST" },
            "timeout": 30,
            "timeLimit": 3600,
            "speech_synthesis_vendor": "microsoft",
            "speech_synthesis_language": "en-GB",
            "speech_synthesis_voice": "en-GB-SoniaNeural",
            "speech_recognizer_vendor": "microsoft",
            "speech_recognizer_language": "en-GB",
        })
    );
    let bare = NewCall { status_url: None, most_seconds: None, ..call("sip:8001@desk.example") };
    let order = json_of(place_call(&account(), &bare, 5));
    assert_eq!(order["to"], json!({ "type": "sip", "sipUri": "sip:8001@desk.example" }));
    assert!(order.get("call_status_hook").is_none() && order.get("timeLimit").is_none());
}

#[test]
fn a_live_call_is_fetched_and_ended() {
    let request = redirect_call(&account(), "c5a4/f1", "https://h.example/step?t=1&fetched=1");
    assert_eq!(
        (request.method, request.path.as_str()),
        ("POST", "/v1/Accounts/ed649e33-e771/Calls/c5a4%2Ff1")
    );
    let hook = json!({ "url": "https://h.example/step?t=1&fetched=1", "method": "POST" });
    assert_eq!(json_of(request), json!({ "call_hook": hook }));
    assert_eq!(json_of(end_call(&account(), "c5a4")), json!({ "call_status": "completed" }));
}

#[test]
fn replies_tell_what_happened() {
    let placed = |id: &str| Ok(PlacedCall { provider_call_id: id.to_owned(), status: None });
    assert_eq!(read_reply(201, br#"{"sid":"2531329f-fb09"}"#), placed("2531329f-fb09"));
    assert_eq!(read_reply(202, b"Accepted"), placed(""));
    assert_eq!(read_reply(201, b"Created"), Err(RestError::Unclear { http_status: 201 }));
    assert_eq!(read_reply(500, b"Internal Server Error"), Err(RestError::Unclear { http_status: 500 }));
    assert_eq!(read_reply(302, b""), Err(RestError::Unclear { http_status: 302 }));
    let fault =
        |status, msg: &str| read_reply(status, json!({ "msg": msg }).to_string().as_bytes()).unwrap_err();
    let message = |text: &str| text.to_owned();
    let busy = "no available feature servers at this time";
    assert_eq!(fault(480, busy), RestError::Busy { message: message(busy) });
    assert_eq!(fault(429, "slow"), RestError::Busy { message: message("slow") });
    assert_eq!(fault(401, "bad"), RestError::NotAuthorised { message: message("bad") });
    assert_eq!(read_reply(404, b"Not Found"), Err(RestError::CallGone { message: message("HTTP 404") }));
    let gone = "call session is gone for call_sid c5a4";
    assert_eq!(fault(422, gone), RestError::CallGone { message: message(gone) });
    let bad = "missing from parameter";
    assert_eq!(fault(400, bad), RestError::Refused { http_status: 400, code: 0, message: message(bad) });
    assert!(matches!(fault(422, "current call state is incompatible"), RestError::Refused { .. }));
}

#[test]
fn calls_that_we_placed_are_listed() {
    let filter = CallFilter {
        to: "+4512345678".to_owned(),
        from: "+86 12320".to_owned(),
        since: Timestamp(0),
        wanted_id: None,
    };
    let request = list_calls(&account(), &filter);
    assert_eq!((request.method, request.body), ("GET", Body::Nothing));
    let path = "/v1/Accounts/ed649e33-e771/Calls?direction=outbound&from=%2B86%2012320&to=%2B4512345678";
    assert_eq!(request.path, path);
    let body = json!([
        { "call_sid": "a", "direction": "outbound", "to": "+4512345678", "call_status": "early-media", "sip_status": 183 },
        { "call_sid": "b", "direction": "inbound", "to": "12320", "call_status": "in-progress" },
        { "call_sid": "c" },
    ]);
    let told = read_list(200, body.to_string().as_bytes()).unwrap();
    let ids: Vec<&str> = told.iter().map(|call| call.provider_call_id.as_str()).collect();
    assert_eq!((ids, told[0].status), (vec!["a", "c"], Some(CallStatus::Ringing)));
    assert_eq!((told[0].to.as_str(), told[0].placed_at), ("+4512345678", None));
    assert_eq!(read_list(200, b"{}"), Err(RestError::Unclear { http_status: 200 }));
    assert!(matches!(read_list(401, b""), Err(RestError::NotAuthorised { .. })));
}
