//! What we would ask of a provider and how we sign, told to programs of others: `tests/conformance` holds it against a
//! provider's own description and library.

use dialect::twiml::signature;
use dialect::{Account, Body, CallFilter, Dialect, Form, NewCall, RecordOrder, RestRequest};
use domain::{Secret, Timestamp};
use serde_json::{Value, json};

/// An account and ids in the shape that the provider gives them.
const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const CALL: &str = "CA0123456789abcdef0123456789abcdef";
const RECORDING: &str = "RE0123456789abcdef0123456789abcdef";

/// Addresses and fields on which signers differ.
const SIGNED: [(&str, &[(&str, &str)]); 9] = [
    ("https://mycompany.com/myapp.php?foo=1&bar=2", &[("CallSid", "CA1"), ("From", "+14158675309")]),
    ("https://mycompany.com:8443/myapp.php?foo=1", &[("Digits", "1234")]),
    ("http://127.0.0.1:12320/voice/p/l", &[("Digits", "")]),
    ("https://h.example/v?foo=hello%20world&bar=test%2Bvalue", &[("b", "2"), ("a", "1")]),
    ("https://h.example//v?type=it+counts&type=twice", &[]),
    ("https://h.example/v", &[("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]),
    ("https://h.example/v", &[("Sid", "CA123"), ("SidAccount", "AC123")]),
    ("https://h.example/v?a%C3%B1o=2023", &[("Special", "unicode: ñáéíóú 济南 🙂 & @#$%^*()")]),
    ("https://h.example/v", &[("callSid", "lower"), ("CallSid", "mixed"), ("CALLSID", "caps")]),
];

/// Every request of the dialect, by what it is for.
fn requests(dialect: &dyn Dialect) -> Vec<(&'static str, RestRequest)> {
    let account = Account { id: ACCOUNT.into(), token: Secret::new("t") };
    let bare = NewCall {
        to: "+4570102030".into(),
        from: "+15551234567".into(),
        url: "https://hotline.example/voice/p/12320/callback?t=T1".into(),
        status_url: None,
        timeout_seconds: 30,
        most_seconds: None,
        detect_machine: false,
        wanted_id: None,
    };
    let whole = NewCall {
        status_url: Some("https://hotline.example/voice/p/12320/callback?t=T2".into()),
        most_seconds: Some(7_200),
        detect_machine: true,
        ..bare.clone()
    };
    let filter = CallFilter {
        to: "+4570102030".into(),
        from: "+15551234567".into(),
        since: Timestamp(1_772_530_200_000),
        wanted_id: None,
    };
    let told = Some("https://hotline.example/voice/p/12320/recording".to_owned());
    let recording_id = || RECORDING.to_owned();
    let orders = [
        ("record", RecordOrder::Start { told: None }),
        ("record and tell", RecordOrder::Start { told }),
        ("pause the recording", RecordOrder::Pause { recording_id: recording_id() }),
        ("resume the recording", RecordOrder::Resume { recording_id: recording_id() }),
        ("stop the recording", RecordOrder::Stop { recording_id: recording_id() }),
    ];
    let redirect = dialect.redirect_call(&account, CALL, "https://hotline.example/voice/p/12320/step?t=T3");
    let mut all = vec![
        ("place a call", dialect.place_call(&account, &bare)),
        ("place a call with everything", dialect.place_call(&account, &whole)),
        ("redirect a call", redirect),
        ("end a call", dialect.end_call(&account, CALL)),
    ];
    all.extend(
        orders
            .iter()
            .filter_map(|(purpose, order)| Some((*purpose, dialect.record_call(&account, CALL, order)?))),
    );
    all.extend(dialect.list_calls(&account, &filter).map(|request| ("list calls", request)));
    all
}

fn told(purpose: &str, request: &RestRequest) -> Value {
    let fields = match &request.body {
        Body::Form(fields) => fields.clone(),
        Body::Nothing => Vec::new(),
        other => panic!("{purpose}: {other:?}"),
    };
    json!({ "purpose": purpose, "method": request.method, "path": request.path, "fields": fields })
}

fn signed(url: &str, fields: &[(&str, &str)]) -> Value {
    let token = "a secret of the signatures";
    let form = Form::from_pairs(fields.iter().copied());
    let signature = signature::sign(url, &form, &Secret::new(token));
    json!({ "url": url, "fields": fields, "token": token, "signature": signature })
}

#[test]
fn requests_and_signatures_are_told_to_others() {
    let dialect = dialect::by_name("twiml", "twilio").unwrap();
    let requests: Vec<Value> =
        requests(dialect).iter().map(|(purpose, request)| told(purpose, request)).collect();
    let signatures: Vec<Value> = SIGNED.iter().map(|(url, fields)| signed(url, fields)).collect();
    assert_eq!(requests.len(), 10, "Twilio can do everything that the trait knows: {requests:#?}");
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/conformance.json");
    let text = json!({ "requests": requests, "signatures": signatures });
    std::fs::write(path, serde_json::to_string_pretty(&text).unwrap()).unwrap();
    println!("{} requests and {} signatures in {path}", requests.len(), signatures.len());
}
