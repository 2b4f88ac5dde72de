//! Whatever bytes come to the door: an answer with the right status, and a log line that says which provider
//! and why, without a word of what was sent.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use dialect::Form;
use dialect::twiml::signature;
use domain::Secret;
use proptest::prelude::*;
use tracing_subscriber::fmt::MakeWriter;

use super::tests::{BASE, FIRST, House, TOKEN, form, house, signed};

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        tracing::subscriber::set_default(lines.with_writer(self.clone()).finish())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn post(target: &str, kind: &str, signature: &str, body: Vec<u8>) -> Request<Body> {
    let request = Request::post(target).header("content-type", kind);
    request.header("x-twilio-signature", signature).body(Body::from(body)).unwrap()
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A signed body of fields.
fn with(fields: &[(&str, &str)]) -> Request<Body> {
    let form = Form::from_pairs(fields.iter().copied());
    let signature = signature::sign(&format!("{BASE}{FIRST}"), &form, &Secret::new(TOKEN));
    post(FIRST, FORM, &signature, form.encode().into_bytes())
}

fn call(more: &[(&'static str, &'static str)]) -> Request<Body> {
    let mut fields =
        vec![("CallSid", "CA1"), ("From", "+8613800138000"), ("To", "12320"), ("CallStatus", "ringing")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    with(&fields)
}

#[tokio::test]
async fn each_kind_of_wrong_is_told_with_provider_and_reason_and_nothing_that_was_sent() {
    let house = house();
    let good = form(&[("CallerName", "CANARY Zhang")]);
    let body = good.encode().into_bytes();
    let thousand: Vec<(String, String)> =
        (0..1000).map(|n| (format!("CANARY{n}"), "CANARY".to_owned())).collect();
    let thousand: Vec<(&str, &str)> =
        thousand.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let right = signature::sign(&format!("{BASE}{FIRST}"), &good, &Secret::new(TOKEN));
    for (what, expected, why, request) in [
        ("no signature that fits", 403, "signature", post(FIRST, FORM, "CANARY", body.clone())),
        ("truncated", 403, "signature", post(FIRST, FORM, &right, body[..body.len() / 2].to_vec())),
        ("cut within an escape", 403, "signature", post(FIRST, FORM, &right, b"CallSid=CANARY%2".to_vec())),
        ("no text at all", 400, "UTF-8", post(FIRST, FORM, &right, b"From=%ff%feCANARY".to_vec())),
        ("another type", 415, "content type", post(FIRST, "text/xml", &right, b"<CANARY/>".to_vec())),
        (
            "another character set",
            415,
            "content type",
            post(FIRST, "application/x-www-form-urlencoded; charset=gb2312", &right, body.clone()),
        ),
        ("a thousand fields", 400, "fields", with(&thousand)),
        ("too long", 413, "64 KiB", post(FIRST, FORM, &right, b"CANARY".repeat(20_000))),
        ("no call id", 400, "CallSid", call(&[("CallSid", "")])),
        ("a call id that is none", 400, "CallSid", call(&[("CallSid", "CANARY'; --")])),
        ("no such provider", 404, "no such provider", signed(BASE, "/voice/CANARY/12320", &good)),
        ("no such line", 404, "no such provider", signed(BASE, "/voice/twilio/CANARY", &good)),
    ] {
        let log = Log::default();
        let status = {
            let _listening = log.listen();
            house.status(request).await
        };
        assert_eq!(status, expected, "{what}");
        let text = log.text();
        let line = text
            .lines()
            .find(|line| line.contains("turned away"))
            .unwrap_or_else(|| panic!("{what}: {text}"));
        assert!(line.contains("provider=") && line.contains("why=") && line.contains(why), "{what}: {line}");
        assert!(!text.contains("CANARY") && !text.contains("13800138000"), "{what}: {text}");
    }
    assert_eq!(house.board.pulse().await.unwrap().calls_open, 0);
}

/// The caller as it was stored of a call.
async fn caller_of(house: &House, call: &'static str) -> Option<String> {
    let read = move |tx: &mut store::Tx<'_>| {
        tx.value("SELECT caller FROM calls WHERE provider_call_id = $1", store::params![call])
    };
    house.store.read(read).await.unwrap()
}

#[tokio::test]
async fn odd_callers_are_answered_and_only_numbers_are_kept_as_numbers() {
    let house = house();
    for (call_id, from, kept) in [
        ("CA1", "anonymous", None),
        ("CA2", "+266696687", None),
        ("CA3", "", None),
        ("CA4", "Restricted", None),
        ("CA5", "sip:alice@example.com", Some("sip:alice@example.com")),
        ("CA6", "sip:<script>@example.com", None),
        ("CA7", "+86 138 0013 8000", Some("+8613800138000")),
        ("CA8", "%2B8613800138000", None),
        ("CA9", "'; DROP TABLE calls; --", None),
        ("CA10", "+1234567890123456789012345678901234567890", None),
        ("CA11", "\u{202e}13800138000\u{0}", None),
    ] {
        let log = Log::default();
        let status = {
            let _listening = log.listen();
            let hostile = "<Say>\u{0}\u{202e}CANARY</Say>";
            house
                .status(with(&[
                    ("CallSid", call_id),
                    ("From", from),
                    ("To", "12320"),
                    ("CallerName", hostile),
                ]))
                .await
        };
        assert_eq!(status, 200, "{from:?}");
        assert_eq!(caller_of(&house, call_id).await.as_deref(), kept, "{from:?}");
        let text = log.text();
        assert!(
            !text.contains("CANARY") && !text.contains("13800138000") && !text.contains("alice"),
            "{text}"
        );
    }
}

fn asked(house: &House, request: Request<Body>) -> u16 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(house.status(request))
}

/// What a door may answer: a document, or why not; never a fault of its own.
const ANSWERS: [u16; 6] = [200, 400, 403, 404, 413, 415];

#[test]
fn whatever_is_signed_is_answered() {
    let house = house();
    let names =
        "(CallSid|From|To|CallStatus|Digits|RecordingUrl|Direction|SequenceNumber|[A-Za-z%+&=]{0,12})";
    let field = (names, proptest::string::string_regex("(?s).{0,24}").unwrap());
    let fields = proptest::collection::vec(field, 0..12);
    let target = prop_oneof![
        Just("/voice/twilio/12320"),
        Just("/voice/twilio/12320/step?t=x"),
        Just("/voice/twilio/12320/status"),
        Just("/voice/twilio/12320/recording"),
        Just("/voice/twilio/12320/fallback"),
        Just("/voice/twilio/12320/callback?t=x"),
    ];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let done = runner.run(&(target, fields), |(target, fields)| {
        let form = Form::from_pairs(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let signature = signature::sign(&format!("{BASE}{target}"), &form, &Secret::new(TOKEN));
        let status = asked(&house, post(target, FORM, &signature, form.encode().into_bytes()));
        prop_assert!(ANSWERS.contains(&status), "{} for {:?}", status, fields);
        Ok(())
    });
    done.unwrap();
    println!("signed requests: 400, all answered as they should be");
}

#[test]
fn whatever_is_not_signed_changes_nothing() {
    let house = house();
    let body = proptest::collection::vec(any::<u8>(), 0..300);
    let kinds = prop_oneof![
        Just(FORM),
        Just("application/json"),
        Just("text/plain"),
        Just("multipart/form-data; boundary=x"),
        Just(""),
    ];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let done = runner.run(&(body, kinds, "[A-Za-z0-9+/=]{0,40}"), |(body, kind, signature)| {
        let status = asked(&house, post(FIRST, kind, &signature, body));
        prop_assert!([400, 403, 415].contains(&status), "{}", status);
        Ok(())
    });
    done.unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(house.board.pulse()).unwrap().calls_open, 0);
    println!("unsigned requests: 400, none changed anything");
}
