//! Recorded prompts over HTTP: named in documents, served with their type, and nothing else is.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use dialect::Form;
use dialect::twiml::signature;
use domain::Secret;
use http_body_util::BodyExt;
use switchboard::Switchboard;
use switchboard::testing::{HandClock, NotedCarrier, house_with_sounds};
use tower::ServiceExt;

use crate::{App, router};

const BASE: &str = "http://127.0.0.1:12320";
const WELCOME: &str = "/voice/twilio/12320/audio/zh-CN/welcome.wav";

/// A tone of 440 Hz, as small as a WAV can be: eight bits, one channel, 8 kHz.
fn tone(samples: u32) -> Vec<u8> {
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + samples).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend(8_000_u32.to_le_bytes());
    wav.extend(8_000_u32.to_le_bytes());
    wav.extend(b"\x01\0\x08\0data");
    wav.extend(samples.to_le_bytes());
    // 440 Hz is a period of some 18 samples: a square wave will do.
    wav.extend((0..samples).map(|sample| if sample / 9 % 2 == 0 { 160 } else { 96 }));
    wav
}

fn service() -> (Router, store::testing::Fresh) {
    let fresh = store::testing::Fresh::sqlite();
    let sounds: [(&str, &[u8]); 3] = [
        ("zh-CN/welcome.wav", &tone(800)),
        ("zh-CN/goodbye.mp3", b"ID3"),
        ("en/no-such-prompt.wav", b"RIFF"),
    ];
    let house = house_with_sounds(&sounds);
    let clock = HandClock::at("2026-03-03T10:00:00+08:00");
    let board = Switchboard::new(fresh.open(), Arc::new(house), clock, Arc::new(NotedCarrier::default()));
    (router(App::new(board, false)), fresh)
}

async fn ask(router: &Router, request: Request<Body>) -> (Response<()>, Vec<u8>) {
    let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    (Response::from_parts(head, ()), body.collect().await.unwrap().to_bytes().to_vec())
}

fn get(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request =
        headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    request.body(Body::empty()).unwrap()
}

fn header<'r>(response: &'r Response<()>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_document_plays_what_is_recorded_and_speaks_the_rest() {
    let (router, _fresh) = service();
    let form = Form::from_pairs([
        ("CallSid", "CA1"),
        ("From", "+8613800138000"),
        ("To", "12320"),
        ("CallStatus", "ringing"),
    ]);
    let hook = |target: &str, form: &Form<'_>| {
        Request::post(target)
            .header("content-type", "application/x-www-form-urlencoded")
            .header(
                "x-twilio-signature",
                signature::sign(&format!("{BASE}{target}"), form, &Secret::new("12345")),
            )
            .body(Body::from(form.encode()))
            .unwrap()
    };
    let (_, first) = ask(&router, hook("/voice/twilio/12320", &form)).await;
    let first = String::from_utf8(first).unwrap();
    let next = first.split("action=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let keys =
        Form::from_pairs([("CallSid", "CA1"), ("From", "+8613800138000"), ("To", "12320"), ("Digits", "1")]);
    let (_, menu) = ask(&router, hook(&next, &keys)).await;
    let menu = String::from_utf8(menu).unwrap();
    assert!(menu.contains(&format!("<Play>{WELCOME}</Play>")), "{menu}");
    assert!(menu.contains("<Say "), "the menu itself is not recorded: {menu}");
}

#[tokio::test]
async fn a_recorded_file_is_served_with_its_type_to_get_and_head() {
    let (router, _fresh) = service();
    let (response, body) = ask(&router, get(WELCOME, &[])).await;
    assert_eq!((response.status(), header(&response, "content-type")), (StatusCode::OK, "audio/wav"));
    assert_eq!((body, header(&response, "cache-control")), (tone(800), "public, max-age=300"));
    let tag = header(&response, "etag").to_owned();
    let head = Request::head(WELCOME).body(Body::empty()).unwrap();
    let (response, body) = ask(&router, head).await;
    assert_eq!(
        (response.status(), header(&response, "content-length"), body.len()),
        (StatusCode::OK, "844", 0)
    );
    let (response, body) = ask(&router, get(WELCOME, &[("if-none-match", &tag)])).await;
    assert_eq!((response.status(), body.len()), (StatusCode::NOT_MODIFIED, 0));
    let (response, body) = ask(&router, get(WELCOME, &[("range", "bytes=0-3")])).await;
    assert_eq!(
        (response.status(), header(&response, "content-range")),
        (StatusCode::PARTIAL_CONTENT, "bytes 0-3/844")
    );
    assert_eq!(body, b"RIFF");
    let (response, _) = ask(&router, get(WELCOME, &[("range", "bytes=900-")])).await;
    assert_eq!(response.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let (response, _) = ask(&router, get("/voice/twilio/12320/audio/zh-CN/goodbye.mp3", &[])).await;
    assert_eq!(header(&response, "content-type"), "audio/mpeg");
}

#[tokio::test]
async fn nothing_but_the_files_of_the_script_is_served() {
    let (router, _fresh) = service();
    for path in [
        "/voice/twilio/12320/audio/zh-CN/main-menu.wav",
        "/voice/twilio/12320/audio/en/welcome.wav",
        "/voice/nobody/12320/audio/zh-CN/welcome.wav",
        "/voice/twilio/99999/audio/zh-CN/welcome.wav",
        "/voice/twilio/12320/audio/../script.toml",
        "/voice/twilio/12320/audio/..%2F..%2F12320/script.toml",
        "/voice/twilio/12320/audio/zh-CN/..%2F..%2Fscript.toml",
        "/voice/twilio/12320/audio/zh-CN/%2e%2e%2fscript.toml",
        "/voice/twilio/12320/audio/zh-CN/..%5c..%5cscript.toml",
        "/voice/twilio/12320/audio/%2Fetc/passwd",
        "/voice/twilio/12320/audio/zh-CN/welcome.wav%00.txt",
        "/voice/twilio/12320/audio/zh-CN/WELCOME.WAV",
        "/voice/twilio/12320/audio/zh-CN/",
        "/voice/twilio/12320/audio/zh-CN",
        "/voice/twilio/12320/audio/zh-CN/a/welcome.wav",
    ] {
        let (response, body) = ask(&router, get(path, &[])).await;
        let body = String::from_utf8_lossy(&body).into_owned();
        // Addresses without a file's name are the screens' to refuse; those want a log-in first.
        let away = [StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST, StatusCode::SEE_OTHER];
        assert!(away.contains(&response.status()), "{path}: {}", response.status());
        assert!(!body.contains("[script]") && !body.contains("root:"), "{path}: {body}");
    }
    let post = Request::post(WELCOME).body(Body::empty()).unwrap();
    assert_eq!(ask(&router, post).await.0.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_waiting_tune_is_served_like_a_recording() {
    let (router, _fresh) = service();
    let tune = "/voice/twilio/12320/audio/tune/12.wav";
    let (response, body) = ask(&router, get(tune, &[])).await;
    assert_eq!((response.status(), header(&response, "content-type")), (StatusCode::OK, "audio/wav"));
    assert!(body.len() == 192_044 && body.starts_with(b"RIFF"), "{}", body.len());
    let (response, body) = ask(&router, Request::head(tune).body(Body::empty()).unwrap()).await;
    assert_eq!((header(&response, "content-length"), body.len()), ("192044", 0));
    let (response, body) = ask(&router, get(tune, &[("range", "bytes=0-3")])).await;
    assert_eq!((response.status(), body.as_slice()), (StatusCode::PARTIAL_CONTENT, &b"RIFF"[..]));
    for nothing in ["9.wav", "21.wav", "012.wav", "12.mp3", "waiting.wav"] {
        let path = format!("/voice/twilio/12320/audio/tune/{nothing}");
        assert_eq!(ask(&router, get(&path, &[])).await.0.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
