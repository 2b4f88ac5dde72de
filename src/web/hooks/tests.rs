//! The providers' door: who is let in, who is not, and what is heard when the house fails.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use dialect::Form;
use dialect::twiml::signature;
use domain::Secret;
use http_body_util::BodyExt;
use switchboard::Switchboard;
use switchboard::testing::{HandClock, NotedCarrier, board};
use tower::ServiceExt;

use super::Peer;
use crate::{App, router};

pub(super) const BASE: &str = "http://127.0.0.1:12320";
pub(super) const TOKEN: &str = "12345";
pub(super) const FIRST: &str = "/voice/twilio/12320";

pub(super) struct House {
    router: Router,
    pub(super) board: Switchboard,
    pub(super) store: store::Store,
    _fresh: store::testing::Fresh,
}

pub(super) fn house() -> House {
    let fresh = store::testing::Fresh::sqlite();
    let store = fresh.open();
    let clock = HandClock::at("2026-03-03T10:00:00+08:00");
    let board = board(store.clone(), clock, Arc::new(NotedCarrier::default()));
    let proxy: IpAddr = "10.0.0.1".parse().unwrap();
    let app = App::new(board.clone(), false).trusting(move |peer| peer == proxy);
    let app = app.admitting(|provider, peer| provider != "twilio" || !peer.to_string().starts_with("203."));
    House { router: router(app), board, store, _fresh: fresh }
}

pub(super) fn form(more: &[(&'static str, &'static str)]) -> Form<'static> {
    let mut pairs =
        vec![("CallSid", "CA1"), ("From", "+8613800138000"), ("To", "12320"), ("CallStatus", "ringing")];
    pairs.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    pairs.extend(more);
    Form::from_pairs(pairs)
}

pub(super) fn signed(base: &str, target: &str, form: &Form<'_>) -> Request<Body> {
    let signature = signature::sign(&format!("{base}{target}"), form, &Secret::new(TOKEN));
    Request::post(target)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-twilio-signature", signature)
        .body(Body::from(form.encode()))
        .unwrap()
}

impl House {
    pub(super) async fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, kind.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
    }

    pub(super) async fn status(&self, request: Request<Body>) -> u16 {
        self.ask(request).await.0.as_u16()
    }

    async fn rows(&self) -> u32 {
        self.board.pulse().await.unwrap().calls_open
    }
}

pub(super) fn action(document: &str) -> String {
    document.split("action=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn a_signed_hook_is_answered_with_a_document_and_leads_on() {
    let house = house();
    let (status, kind, body) = house.ask(signed(BASE, FIRST, &form(&[]))).await;
    assert_eq!((status.as_u16(), kind.as_str()), (200, "text/xml; charset=utf-8"));
    let next = action(&body);
    assert!(next.starts_with("/voice/twilio/12320/step?t="), "{next}");
    assert!(!next.contains("138"), "a number stands in an address: {next}");
    let (status, _, body) = house.ask(signed(BASE, &next, &form(&[("Digits", "1")]))).await;
    assert!(status.is_success() && body.contains("<Gather"), "{body}");
    let (status, _, body) = house.ask(signed(BASE, &format!("{next}&none=1"), &form(&[]))).await;
    // The way out of the same turn: it has been answered, so the answer is the same.
    assert!(status.is_success() && body.contains("<Gather"), "{body}");
}

#[tokio::test]
async fn a_get_carries_its_fields_in_the_address() {
    let house = house();
    let target = format!("{FIRST}?{}", form(&[]).encode());
    let empty = Form::from_pairs(Vec::<(&str, &str)>::new());
    let signature = signature::sign(&format!("{BASE}{target}"), &empty, &Secret::new(TOKEN));
    let request = Request::get(&target).header("x-twilio-signature", signature).body(Body::empty()).unwrap();
    assert_eq!(house.status(request).await, 200);
}

#[tokio::test]
async fn whatever_is_not_right_is_refused_and_changes_nothing() {
    let house = house();
    let good = || signed(BASE, FIRST, &form(&[]));
    let with = |change: fn(&mut Request<Body>)| {
        let mut request = good();
        change(&mut request);
        request
    };
    for (what, expected, request) in [
        ("no signature", 403, with(|r| drop(r.headers_mut().remove("x-twilio-signature")))),
        ("another body", 403, with(|r| *r.body_mut() = Body::from("CallSid=CA2&From=1&To=2"))),
        ("another address", 403, with(|r| *r.uri_mut() = format!("{FIRST}?x=1").parse().unwrap())),
        ("another host", 403, signed("https://elsewhere.example", FIRST, &form(&[]))),
        ("no such provider", 404, signed(BASE, "/voice/nobody/12320", &form(&[]))),
        ("no such line", 404, signed(BASE, "/voice/twilio/99999", &form(&[]))),
        ("no call id", 400, signed(BASE, FIRST, &form(&[("CallSid", "")]))),
        ("a call id that is none", 400, signed(BASE, FIRST, &form(&[("CallSid", "a b'")]))),
        ("nothing that happened", 400, signed(BASE, "/voice/twilio/12320/step?t=x", &form(&[]))),
        ("a forged token", 403, signed(BASE, "/voice/twilio/12320/step?t=x", &form(&[("Digits", "1")]))),
        ("no token", 403, signed(BASE, "/voice/twilio/12320/step", &form(&[("Digits", "1")]))),
        ("another method", 405, with(|r| *r.method_mut() = axum::http::Method::PUT)),
        ("XML", 415, with(|r| drop(r.headers_mut().insert("content-type", "text/xml".parse().unwrap())))),
        ("too long", 413, with(|r| *r.body_mut() = Body::from("a".repeat(64 * 1024 + 1)))),
        ("no status", 400, signed(BASE, "/voice/twilio/12320/status", &form(&[("CallStatus", "x")]))),
    ] {
        assert_eq!(house.status(request).await, expected, "{what}");
        assert_eq!(house.rows().await, 0, "{what} was stored");
    }
}

/// The fields of the published signature vectors (`dialect/twiml/signature/tests.rs` holds the vectors themselves),
/// sent to our own door: signed they get in, and every tampered copy gets 403.
#[tokio::test]
async fn every_field_of_the_vectors_gets_in_signed_and_403_when_tampered_with() {
    let house = house();
    let fields: [&[(&'static str, &'static str)]; 7] = [
        &[("Digits", "1234"), ("Caller", "+14158675309")],
        &[
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
        ],
        &[("ReasonConferenceEnded", "test"), ("Reason", "Participant")],
        &[("Message", "Hello & goodbye! @#$%^*()"), ("Special", "unicode: ñáéíóú")],
        &[("Digits", ""), ("EmptyParam", "")],
        &[("Zebra", "last"), ("Alpha", "first"), ("Beta", "second")],
        &[("callSid", "lowercase"), ("CALLSID", "allcaps")],
    ];
    for more in fields {
        let fields = form(more);
        assert_eq!(house.status(signed(BASE, FIRST, &fields)).await, 200, "{more:?}");
        let body = fields.encode();
        for at in (0..body.len()).filter(|at| body.as_bytes()[*at].is_ascii_alphanumeric()) {
            let mut bytes = body.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            let mut request = signed(BASE, FIRST, &fields);
            *request.body_mut() = Body::from(bytes.clone());
            let status = house.status(request).await;
            // A byte within an escape may make text that cannot be read at all: 400, before any signature counts.
            let readable = Form::parse(&bytes).is_ok();
            assert_eq!(status, if readable { 403 } else { 400 }, "byte {at} of {body}");
        }
    }
}

#[tokio::test]
async fn only_a_trusted_proxy_is_believed_about_the_host() {
    let house = house();
    let through = |peer: &str| {
        let mut request = signed("https://hotline.example", FIRST, &form(&[]));
        request.headers_mut().insert("x-forwarded-proto", "https".parse().unwrap());
        request.headers_mut().insert("x-forwarded-host", "hotline.example".parse().unwrap());
        request.extensions_mut().insert(Peer(format!("{peer}:4000").parse().unwrap()));
        request
    };
    assert_eq!(house.status(through("10.0.0.2")).await, 403);
    assert_eq!(house.status(through("10.0.0.1")).await, 200);
}

#[tokio::test]
async fn a_provider_asks_from_its_networks_only() {
    let house = house();
    let asked = |peer: &str, through: Option<&'static str>| {
        let mut request = signed(BASE, FIRST, &form(&[]));
        request.extensions_mut().insert(Peer(format!("{peer}:4000").parse().unwrap()));
        if let Some(through) = through {
            request.headers_mut().insert("x-forwarded-for", through.parse().unwrap());
        }
        request
    };
    assert_eq!(house.status(asked("192.0.2.7", None)).await, 200);
    assert_eq!(house.status(asked("203.0.113.7", None)).await, 403);
    // A trusted proxy tells whom it had it from; what a stranger adds in front, or says himself, counts nothing.
    assert_eq!(house.status(asked("10.0.0.1", Some("203.0.113.7"))).await, 403);
    assert_eq!(house.status(asked("10.0.0.1", Some("192.0.2.7, 203.0.113.7"))).await, 403);
    assert_eq!(house.status(asked("10.0.0.1", Some("203.0.113.7, 192.0.2.7"))).await, 200);
    assert_eq!(house.status(asked("203.0.113.7", Some("192.0.2.7"))).await, 403);
}

#[tokio::test]
async fn statuses_and_recordings_are_acknowledged() {
    let house = house();
    let ended = form(&[("CallStatus", "completed"), ("CallDuration", "61")]);
    let (status, kind, _) = house.ask(signed(BASE, "/voice/twilio/12320/status", &ended)).await;
    assert_eq!((status.as_u16(), kind.as_str()), (200, "text/xml; charset=utf-8"));
    let sound =
        [("RecordingSid", "RE1"), ("RecordingStatus", "completed"), ("RecordingUrl", "https://s.example/1")];
    assert_eq!(house.status(signed(BASE, "/voice/twilio/12320/recording", &form(&sound))).await, 200);
}

#[tokio::test]
async fn the_caller_hears_the_fallback_number_when_the_store_is_down() {
    let house = house();
    assert_eq!(house.status(signed(BASE, FIRST, &form(&[]))).await, 200);
    let store = house.store.clone();
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    let (status, kind, body) = house.ask(signed(BASE, FIRST, &form(&[("CallSid", "CA2")]))).await;
    assert_eq!((status.as_u16(), kind.as_str()), (200, "text/xml; charset=utf-8"));
    assert!(body.contains("1 2 3 4 5") && body.contains(">12345</Number>"), "{body}");
    let (_, _, over) =
        house.ask(signed(BASE, &action(&body), &form(&[("DialCallStatus", "completed")]))).await;
    assert!(over.contains("<Hangup/>"), "{over}");
    let (_, _, asked) = house.ask(signed(BASE, "/voice/twilio/12320/fallback", &form(&[]))).await;
    assert_eq!(asked, body);
    // What only reports is to be sent again.
    let ended = form(&[("CallStatus", "completed")]);
    assert_eq!(house.status(signed(BASE, "/voice/twilio/12320/status", &ended)).await, 503);
}
