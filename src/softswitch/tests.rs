//! The whole switch over real HTTP, against a small service that checks every signature.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use dialect::{Account, Form, Hook};
use domain::Secret;

use crate::{Line, Outside, Phase, Setup, Switch, Telephone, router};

pub(crate) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

type Seen = Arc<Mutex<Vec<(String, BTreeMap<String, String>, String)>>>;

/// A service with one document per path; it keeps every hook it was sent.
#[derive(Clone)]
struct Service {
    documents: Arc<BTreeMap<&'static str, &'static str>>,
    seen: Seen,
    token: &'static str,
    base: String,
}

async fn answer(State(service): State<Service>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let url = format!("{}{}", service.base, uri);
    let look = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let hook = Hook::new("POST", &url, &look, &body).unwrap();
    if dialect::twiml::signature::verify(&hook, &[Secret::new(service.token)]).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let fields =
        hook.form.pairs().iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let token = look("i-twilio-idempotency-token").unwrap_or("").to_owned();
    service.seen.lock().unwrap().push((uri.to_string(), fields, token));
    if let Some(to) = uri.path().strip_prefix("/moved") {
        let place = if to.is_empty() { "/moved".to_owned() } else { to.to_owned() };
        return (StatusCode::FOUND, [("location", place)]).into_response();
    }
    match service.documents.get(uri.path()) {
        Some(inner) => {
            ([("content-type", "text/xml")], format!("<Response>{inner}</Response>")).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(crate) struct World {
    pub(crate) switch: Switch,
    pub(crate) base: String,
    pub(crate) service: String,
    seen: Seen,
    pub(crate) http: reqwest::Client,
}

/// Starts service and switch on real sockets.
pub(crate) async fn world(documents: &[(&'static str, &'static str)], token: &'static str) -> World {
    world_with(documents, token, |_| ()).await
}

pub(crate) async fn world_with(
    documents: &[(&'static str, &'static str)],
    token: &'static str,
    change: impl FnOnce(&mut Setup),
) -> World {
    let listen = || async { tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap() };
    let (for_service, for_switch) = (listen().await, listen().await);
    let service_base = format!("http://{}", for_service.local_addr().unwrap());
    let base = format!("http://{}", for_switch.local_addr().unwrap());
    let seen = Seen::default();
    let service = Service {
        documents: Arc::new(documents.iter().copied().collect()),
        seen: Arc::clone(&seen),
        token: "12345",
        base: service_base.clone(),
    };
    let app = Router::new().fallback(answer).with_state(service);
    tokio::spawn(async move { axum::serve(for_service, app).await.unwrap() });
    let at_once = Outside::Answers { after_ms: 0, talks_ms: 0 };
    let mut setup = Setup {
        base_url: base.clone(),
        account: Account { id: ACCOUNT.into(), token: Secret::new(token) },
        lines: vec![Line {
            number: "12320".into(),
            voice_url: format!("{service_base}/voice"),
            status_url: Some(format!("{service_base}/status")),
            fallback_url: Some(format!("{service_base}/fallback")),
        }],
        extensions: vec!["8001".into(), "8002".into()],
        outside: [("110".to_owned(), Outside::Busy), ("119".to_owned(), Outside::Unreachable)].into(),
        anyone: at_once,
        ice_servers: Vec::new(),
        desk_secret: None,
        own_numbers: true,
    };
    change(&mut setup);
    let switch = Switch::new(setup).unwrap();
    let doors = router(switch.clone());
    tokio::spawn(async move { axum::serve(for_switch, doors).await.unwrap() });
    World { switch, base, service: service_base, seen, http: crate::wire::phone_client().unwrap() }
}

impl World {
    pub(crate) fn hooks(&self, path: &str) -> Vec<BTreeMap<String, String>> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|(uri, _, _)| uri.starts_with(path)).map(|(_, fields, _)| fields.clone()).collect()
    }

    pub(crate) async fn phone(&self, number: &str) -> Telephone {
        Telephone::register(&self.base, number).await.unwrap()
    }

    pub(crate) async fn rest(
        &self,
        path: &str,
        pairs: &[(&'static str, &str)],
        token: &str,
    ) -> (u16, serde_json::Value) {
        let body = Form::from_pairs(pairs.iter().copied()).encode();
        let address = format!("{}/2010-04-01/Accounts/{ACCOUNT}/{path}", self.base);
        let sent = self.http.post(address).basic_auth(ACCOUNT, Some(token)).body(body).send().await.unwrap();
        (sent.status().as_u16(), sent.json().await.unwrap())
    }
}

pub(crate) const MENU: &str = "<Gather action='/step?t=1' numDigits='1'><Say language='cmn-CN'>您好,请按 1</Say></Gather>\
    <Redirect>/step?t=1&amp;none=1</Redirect>";

#[tokio::test]
async fn a_call_walks_a_menu_and_every_hook_is_signed() {
    let world = world(&[("/voice", MENU), ("/step", "<Say>Goodbye</Say>"), ("/status", "")], "12345").await;
    let mut phone = world.phone("13800138000").await;
    assert_eq!(phone.dial("12320").await.unwrap(), &Phase::Gather);
    assert_eq!(phone.last_words(), "您好,请按 1");
    assert_eq!(phone.press("1").await.unwrap(), &Phase::Idle);
    assert_eq!(
        phone.transcript(),
        "calling 12320
answered
[zh-CN] 您好,请按 1
(keys, at most 1)
pressed 1
[en-US] Goodbye
ended: finished
"
    );
    let first = &world.hooks("/voice")[0];
    assert_eq!((first["From"].as_str(), first["To"].as_str()), ("13800138000", "12320"));
    assert_eq!((first["CallStatus"].as_str(), first["Direction"].as_str()), ("ringing", "inbound"));
    assert!(
        first["CallSid"].starts_with("CA") && first["CallSid"].len() == 34 && first.len() >= 25,
        "{first:?}"
    );
    assert_eq!(world.hooks("/step?t=1")[0]["Digits"], "1");
    let told: Vec<_> = world
        .hooks("/status")
        .iter()
        .map(|hook| format!("{} {}", hook["SequenceNumber"], hook["CallStatus"]))
        .collect();
    assert_eq!(told, ["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
}

#[tokio::test]
async fn silence_falls_through_at_once_and_status_tokens_differ() {
    let world = world(&[("/voice", MENU), ("/step", "<Hangup/>"), ("/status", "")], "12345").await;
    let mut phone = world.phone("13800138000").await;
    phone.dial_withheld("12320").await.unwrap();
    assert_eq!(phone.wait().await.unwrap(), &Phase::Idle);
    let step = &world.hooks("/step?t=1&none=1")[0];
    assert!(!step.contains_key("Digits"));
    assert_eq!(step["From"], "anonymous");
    let seen = world.seen.lock().unwrap();
    let tokens: std::collections::BTreeSet<_> = seen.iter().map(|(_, _, token)| token).collect();
    assert_eq!(tokens.len(), seen.len());
}

#[tokio::test]
async fn a_service_with_another_token_refuses_and_the_caller_hears_an_apology() {
    let world = world(&[("/voice", MENU)], "not the token").await;
    let mut phone = world.phone("13800138000").await;
    assert_eq!(phone.dial("12320").await.unwrap(), &Phase::Idle);
    assert!(world.seen.lock().unwrap().is_empty());
    assert!(phone.transcript().contains("application error"), "{}", phone.transcript());
    assert!(phone.transcript().contains("HTTP 403"), "{}", phone.transcript());
}

#[tokio::test]
async fn a_recording_can_be_fetched_with_the_account_only() {
    let record =
        "<Record action='/kept' recordingStatusCallback='/recording' maxLength='60'/><Say>Nothing</Say>";
    let world = world(
        &[("/voice", record), ("/kept", "<Say>Thanks</Say>"), ("/recording", ""), ("/status", "")],
        "12345",
    )
    .await;
    let mut phone = world.phone("13800138000").await;
    assert_eq!(phone.dial("12320").await.unwrap(), &Phase::Record);
    phone.record(7).await.unwrap();
    let kept = &world.hooks("/kept")[0];
    assert_eq!(kept["RecordingDuration"], "7");
    assert_eq!(world.hooks("/recording")[0]["RecordingUrl"], kept["RecordingUrl"]);
    let stranger = world.http.get(&kept["RecordingUrl"]).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
    let ours = world.http.get(&kept["RecordingUrl"]).basic_auth(ACCOUNT, Some("12345")).send().await.unwrap();
    assert_eq!(ours.bytes().await.unwrap().len(), 44 + 7 * 8_000);
    // Saying nothing, and leaving while recording.
    phone.dial("12320").await.unwrap();
    phone.wait().await.unwrap();
    assert_eq!(phone.last_words(), "Nothing");
    phone.dial("12320").await.unwrap();
    phone.record_and_leave(3).await.unwrap();
    assert_eq!(world.hooks("/kept")[1]["Digits"], "hangup");
}

#[tokio::test]
async fn a_caller_is_put_through_to_a_desk_telephone() {
    let dial = "<Dial action='/after' timeout='20'><Number>8001</Number></Dial>";
    let world = world(&[("/voice", dial), ("/after", "<Say>Goodbye</Say>"), ("/status", "")], "12345").await;
    let (mut caller, mut desk) = (world.phone("13800138000").await, world.phone("8001").await);
    caller.dial("12320").await.unwrap();
    desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    desk.answer().await.unwrap();
    caller.until(|phase| matches!(phase, Phase::Connected { .. })).await.unwrap();
    caller.say("My father waited nine hours.").await.unwrap();
    desk.hang_up().await.unwrap();
    caller.until(|phase| *phase == Phase::Idle).await.unwrap();
    assert!(desk.transcript().contains("voice: My father waited nine hours."), "{}", desk.transcript());
    let after = &world.hooks("/after")[0];
    assert_eq!((after["DialCallStatus"].as_str(), after["DialBridged"].as_str()), ("completed", "true"));
    assert_eq!(caller.last_words(), "Goodbye");
}

#[tokio::test]
async fn who_does_not_answer_is_reported() {
    let dial = "<Dial action='/after' timeout='20'><Number>8002</Number></Dial>";
    let busy = "<Dial action='/after' timeout='20'>110</Dial>";
    let nowhere = "<Dial action='/after' timeout='20'>119</Dial>";
    for (document, expected) in [(dial, "no-answer"), (busy, "busy"), (nowhere, "failed")] {
        let world = world(&[("/voice", document), ("/after", "<Hangup/>"), ("/status", "")], "12345").await;
        let (mut caller, mut desk) = (world.phone("13800138000").await, world.phone("8002").await);
        caller.dial("12320").await.unwrap();
        if expected == "no-answer" {
            desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
            caller.wait().await.unwrap();
            desk.until(|phase| *phase == Phase::Idle).await.unwrap();
        }
        caller.until(|phase| *phase == Phase::Idle).await.unwrap();
        assert_eq!(world.hooks("/after")[0]["DialCallStatus"], expected);
    }
}

#[tokio::test]
async fn the_rest_side_fetches_and_ends_live_calls() {
    let world = world(
        &[("/voice", MENU), ("/offer", "<Gather action='/x'><Say>An agent</Say></Gather>"), ("/status", "")],
        "12345",
    )
    .await;
    let mut phone = world.phone("13800138000").await;
    phone.dial("12320").await.unwrap();
    let call = format!("Calls/{}.json", world.hooks("/voice")[0]["CallSid"]);
    let offer = format!("{}/offer", world.service);
    let (status, body) = world.rest(&call, &[("Url", &offer)], "12345").await;
    assert_eq!((status, body["status"].as_str()), (200, Some("in-progress")));
    phone.until_heard("An agent").await.unwrap();
    assert_eq!(world.rest(&call, &[("Status", "completed")], "12345").await.0, 200);
    phone.until(|phase| *phase == Phase::Idle).await.unwrap();
    let (status, body) = world.rest(&call, &[("Url", &offer)], "12345").await;
    assert_eq!((status, body["code"].as_u64()), (400, Some(21_220)));
    assert_eq!(world.rest(&call, &[], "wrong").await.1["code"], 20_003);
    assert_eq!(world.rest("Calls/CA0.json", &[], "12345").await.1["code"], 20_404);
}

#[tokio::test]
async fn a_call_placed_through_the_rest_side_rings_a_desk_and_then_the_citizen() {
    let whisper = "<Say>Follow-up call</Say><Dial action='/attempt'>13900139000</Dial>";
    let world = world(&[("/whisper", whisper), ("/attempt", "<Hangup/>"), ("/status", "")], "12345").await;
    let (mut desk, mut citizen) = (world.phone("8001").await, world.phone("13900139000").await);
    let (url, told) = (format!("{}/whisper", world.service), format!("{}/status", world.service));
    let wish = [("To", "8001"), ("From", "12320"), ("Url", url.as_str()), ("StatusCallback", told.as_str())];
    let (status, body) = world.rest("Calls.json", &wish, "12345").await;
    assert_eq!((status, body["direction"].as_str()), (201, Some("outbound-api")));
    desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    desk.answer().await.unwrap();
    citizen.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    citizen.answer().await.unwrap();
    desk.until(|phase| matches!(phase, Phase::Connected { .. })).await.unwrap();
    citizen.hang_up().await.unwrap();
    desk.until(|phase| *phase == Phase::Idle).await.unwrap();
    assert_eq!(world.hooks("/attempt")[0]["DialCallStatus"], "completed");
    let told = world.hooks("/status");
    assert_eq!(
        (told.len(), told[0]["CallStatus"].as_str()),
        (1, "completed"),
        "completed only, unless asked for more"
    );
    let (status, body) = world.rest("Calls.json", &[("From", "12320"), ("Url", &url)], "12345").await;
    assert_eq!((status, body["code"].as_u64()), (400, Some(21_201)));
}

#[tokio::test]
async fn a_telephone_belongs_to_who_registered_last() {
    let world = world(&[("/voice", MENU), ("/status", "")], "12345").await;
    let mut first = world.phone("8001").await;
    let mut second = world.phone("8001").await;
    let gone = first.dial("12320").await.unwrap_err().to_string();
    assert!(gone.contains("taken its number"), "{gone}");
    let nobody = second.dial("99999").await.unwrap_err().to_string();
    assert!(nobody.contains("lines that can be called: 12320"), "{nobody}");
    assert!(Telephone::register(&world.base, "12320").await.is_err(), "a line's number is no telephone");
    assert!(second.press("1").await.unwrap_err().to_string().contains("no call"));
}

#[tokio::test]
async fn in_real_time_a_key_interrupts_the_prompt_and_events_stream() {
    let world = world(&[("/voice", MENU), ("/step", "<Say>Goodbye</Say>"), ("/status", "")], "12345").await;
    let address = format!("{}/switch/phones/13700137000", world.base);
    let registered: serde_json::Value = world.http.put(&address).send().await.unwrap().json().await.unwrap();
    let key = registered["key"].as_str().unwrap().to_owned();
    let post = async |what: &str, body: serde_json::Value| {
        world.http.post(format!("{address}/{what}?key={key}")).json(&body).send().await.unwrap().status()
    };
    assert_eq!(post("call", serde_json::json!({ "to": "12320" })).await, 200);
    let mut stream = world.http.get(format!("{address}/events?key={key}")).send().await.unwrap();
    let mut text = String::new();
    while !text.contains("\"say\"") {
        text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
    }
    assert_eq!(post("order", serde_json::json!({ "order": "press", "keys": "1" })).await, 204);
    while !text.contains("Goodbye") {
        text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
    }
    assert!(!text.contains("\"what\":\"gather\""), "the key came before the prompt had ended: {text}");
    assert_eq!(world.hooks("/step")[0]["Digits"], "1");
    assert_eq!(post("order", serde_json::json!({ "order": "heard" })).await, 204);
    while !text.contains("\"what\":\"ended\"") {
        text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
    }
    let stranger = world.http.get(format!("{address}?key=guess")).send().await.unwrap();
    assert_eq!(stranger.status(), 410);
    assert_eq!(post("order", serde_json::json!({ "order": "press", "keys": "x" })).await, 400);
}

#[tokio::test]
async fn a_desk_telephone_is_found_by_its_sip_address() {
    let dial = "<Dial action='/after'><Sip>sip:8001@desk.example;transport=tls</Sip></Dial>";
    let world = world(&[("/voice", dial), ("/after", "<Hangup/>"), ("/status", "")], "12345").await;
    let (mut caller, mut desk) = (world.phone("13800138000").await, world.phone("8001").await);
    caller.dial("12320").await.unwrap();
    desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    caller.hang_up().await.unwrap();
    desk.until(|phase| *phase == Phase::Idle).await.unwrap();
    assert!(desk.transcript().ends_with("ended: canceled\n"), "{}", desk.transcript());
    assert!(world.hooks("/after").is_empty(), "nobody is left to be told what comes next");
}

/// A switch on the open network: desks have a secret, and nobody else has a number.
async fn guarded() -> World {
    world_with(&[("/voice", MENU), ("/status", "")], "12345", |setup| {
        setup.desk_secret = Some(Secret::new("of the desks"));
        setup.own_numbers = false;
    })
    .await
}

#[tokio::test]
async fn the_telephone_of_a_desk_is_taken_with_a_permit_only() {
    let world = guarded().await;
    for stranger in ["8001", "+8001"] {
        let refused = Telephone::register(&world.base, stranger).await.err().unwrap().to_string();
        assert!(refused.contains("logged in"), "{refused}");
    }
    let permit = |secret: &str, extension: &str| crate::permit(&Secret::new(secret), extension);
    for (permit, taken) in [
        (permit("of the desks", "8001"), true),
        (permit("of the desks", "8002"), false),
        (permit("guessed", "8001"), false),
    ] {
        assert_eq!(Telephone::register_desk(&world.base, "8001", permit).await.is_ok(), taken);
    }
}

#[tokio::test]
async fn strangers_call_without_a_number_and_are_not_rung() {
    let world = guarded().await;
    let mut stranger = world.phone("13900139000").await;
    stranger.dial("12320").await.unwrap();
    assert_eq!(world.hooks("/voice")[0]["From"], "anonymous");
    stranger.hang_up().await.unwrap();
    let url = format!("{}/voice", world.service);
    let wish = [("To", "13900139000"), ("From", "12320"), ("Url", url.as_str())];
    assert_eq!(world.rest("Calls.json", &wish, "12345").await.0, 201);
    stranger.listen(std::time::Duration::ZERO).await.unwrap();
    assert!(!stranger.transcript().contains("ringing"), "{}", stranger.transcript());
}

/// A caller who is connected with the desk 8001.
async fn connected() -> (World, Telephone, Telephone) {
    let dial = "<Dial action='/after'><Number>8001</Number></Dial>";
    let world = world(&[("/voice", dial), ("/after", "<Say>Goodbye</Say>"), ("/status", "")], "12345").await;
    let (mut caller, mut desk) = (world.phone("13800138000").await, world.phone("8001").await);
    caller.dial("12320").await.unwrap();
    desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    desk.answer().await.unwrap();
    caller.until(|phase| matches!(phase, Phase::Connected { .. })).await.unwrap();
    (world, caller, desk)
}

fn with(number: &str) -> impl Fn(&Phase) -> bool {
    move |phase| matches!(phase, Phase::Connected { with } if with == number)
}

#[tokio::test]
async fn a_colleague_is_asked_then_three_talk_then_the_caller_is_handed_over() {
    let (world, mut caller, mut desk) = connected().await;
    let mut colleague = world.phone("8002").await;
    desk.hold(true).await.unwrap();
    desk.invite("8002").await.unwrap();
    colleague.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    colleague.answer().await.unwrap();
    desk.until(with("13800138000, 8002")).await.unwrap();
    assert!(caller.until(with("8001, 8002")).await.is_ok());
    assert!(caller.transcript().ends_with("on hold\n"), "{}", caller.transcript());
    desk.hold(false).await.unwrap();
    colleague.say("Now I hear both.").await.unwrap();
    caller.until(with("8001, 8002")).await.unwrap();
    for phone in [&mut caller, &mut desk] {
        phone.listen(std::time::Duration::ZERO).await.unwrap();
        assert!(phone.transcript().contains("voice: Now I hear both."), "{}", phone.transcript());
    }
    desk.hang_up().await.unwrap();
    caller.until(with("8002")).await.unwrap();
    colleague.until(with("13800138000")).await.unwrap();
    assert!(world.hooks("/after").is_empty(), "the conversation goes on");
    colleague.hang_up().await.unwrap();
    caller.until(|phase| *phase == Phase::Idle).await.unwrap();
    assert_eq!(world.hooks("/after")[0]["DialCallStatus"], "completed");
}

#[tokio::test]
async fn a_caller_who_is_handed_on_and_not_taken_comes_back() {
    let (world, mut caller, mut desk) = connected().await;
    let mut colleague = world.phone("8002").await;
    desk.invite("8002").await.unwrap();
    colleague.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    desk.hang_up().await.unwrap();
    caller.until(|phase| matches!(phase, Phase::Connecting { to } if to == "8002")).await.unwrap();
    colleague.hang_up().await.unwrap();
    desk.until(|phase| matches!(phase, Phase::Ringing { .. })).await.unwrap();
    desk.answer().await.unwrap();
    caller.until(with("8001")).await.unwrap();
    assert!(caller.transcript().contains("8002 did not come: busy"), "{}", caller.transcript());
    caller.hang_up().await.unwrap();
    desk.until(|phase| *phase == Phase::Idle).await.unwrap();
}

#[tokio::test]
async fn only_desks_bring_others_in_and_only_telephones() {
    let (_world, mut caller, mut desk) = connected().await;
    let refused = caller.invite("8002").await.unwrap_err().to_string();
    assert!(refused.contains("only desks"), "{refused}");
    for nobody in ["12320", "8001", "sip:x@y", "1", ""] {
        assert!(desk.invite(nobody).await.is_err(), "{nobody}");
    }
    caller.hang_up().await.unwrap();
}
