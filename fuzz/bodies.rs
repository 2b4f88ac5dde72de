//! What must hold for any bytes, as plain functions: fuzz targets and property tests both run these. They panic where
//! it does not hold.

use callflow::{Diagnostic, SourceFile, Sources, transcript};
use dialect::httapi::multipart;
use dialect::twiml::{document, signature};
use dialect::{Credentials, Dialect, Form, Headers, Hook, Route};
use domain::{Secret, Timestamp};

/// Between the pieces of an input that stands for several texts.
pub(crate) const BETWEEN: u8 = 0;

const URL: &str = "https://hotline.example/voice/p/l/step?t=T1&Digits=1";
/// Nobody can guess it.
const SECRET: &str = "b7c1e0c5-4a47-4a0c-8f53-5c7c6b1f0d9e";
const ROUTES: [Route; 6] = [
    Route::First,
    Route::Step { none: false, fetched: false },
    Route::Step { none: true, fetched: false },
    Route::Step { none: false, fetched: true },
    Route::Status,
    Route::Recording,
];

fn dialects() -> impl Iterator<Item = &'static dyn Dialect> {
    let profiles = dialect::NAMES
        .iter()
        .flat_map(|(name, profiles)| profiles.iter().map(move |profile| (name, profile)));
    profiles.filter_map(|(name, profile)| dialect::by_name(name, profile))
}

/// A hook of that kind to every dialect and address: what it means names a call.
fn everywhere<'a>(url: &'a str, method: &str, headers: Headers<'a>, body: &'a [u8]) {
    let Ok(hook) = Hook::new(method, url, headers, body) else { return };
    for spoken in dialects() {
        for route in ROUTES {
            if let Ok(incoming) = spoken.parse(&hook, route) {
                assert!(!incoming.provider_call_id.is_empty(), "an event of no call");
            }
        }
    }
}

/// Fields are read back as they are written, and never more than the bound.
pub(crate) fn form(bytes: &[u8]) {
    if let Ok(form) = Form::parse(bytes) {
        assert!(form.pairs().len() <= Form::MOST_FIELDS);
        let written = form.encode();
        assert_eq!(Form::parse(written.as_bytes()).as_ref(), Ok(&form), "{written}");
    }
    everywhere(URL, "POST", &|_| None, bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        everywhere(&format!("https://hotline.example/voice?{text}"), "GET", &|_| None, b"");
    }
}

/// A document is read or refused with a code.
pub(crate) fn document(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(fault) = document::parse(text) {
        assert!(fault.code() > 0, "{fault}");
    }
}

/// `script.toml`, then the prompts of English, Danish and Chinese: found sound, or told what is wrong. The same bytes
/// as a golden call.
pub(crate) fn script(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let names = ["any/script.toml", "any/prompts/en.ftl", "any/prompts/da.ftl", "any/prompts/zh-CN.ftl"];
    let files = names.into_iter().zip(text.split(char::from(BETWEEN)));
    let files: Vec<SourceFile> = files.map(|(name, text)| SourceFile::new(name, text)).collect();
    let sources = Sources { files, audio: Vec::new() };
    let (script, found) = callflow::check(&sources);
    assert!(script.is_some() || found.iter().any(Diagnostic::is_fault), "neither a script nor a reason");
    if let Ok(scenario) = transcript::read(text)
        && let Some(script) = script.filter(|_| found.is_empty())
    {
        drop(transcript::play(&script, &scenario));
    }
}

/// Body, address and the value of every signature header: nobody is believed who does not know the secret.
pub(crate) fn signature(bytes: &[u8]) {
    let mut pieces = bytes.splitn(3, |byte| *byte == BETWEEN);
    let (header, query) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let body = pieces.next().unwrap_or_default();
    let (Ok(header), Ok(query)) = (std::str::from_utf8(header), std::str::from_utf8(query)) else { return };
    let url = format!("https://hotline.example/voice?{query}");
    let tokens = [Secret::new(SECRET)];
    let credentials = Credentials { tokens: &tokens, account: "account", now: Timestamp(1_772_530_200_000) };
    for content in
        ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=b"]
    {
        let headers = |name: &str| match name {
            "content-type" => Some(content),
            // Signed for now, so that only the signature can be wrong.
            "telnyx-timestamp" => Some("1772530200"),
            "x-twilio-signature" | "x-signalwire-signature" | "telnyx-signature-ed25519" => Some(header),
            "jambonz-signature" | "authorization" => Some(header),
            _ => None,
        };
        for method in ["GET", "POST"] {
            let Ok(hook) = Hook::new(method, &url, &headers, body) else { continue };
            for spoken in dialects() {
                assert!(
                    spoken.verify(&hook, &credentials).is_err(),
                    "{} is believed",
                    spoken.abilities().profile
                );
            }
        }
    }
    if let Ok(form) = Form::parse(body) {
        assert_eq!(signature::sign(&url, &form, &tokens[0]).len(), 28, "20 bytes in base64");
    }
}

/// A content type and a body: the parts are pieces of it. To every dialect, too.
pub(crate) fn multipart(bytes: &[u8]) {
    let mut pieces = bytes.splitn(2, |byte| *byte == BETWEEN);
    let (content, body) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    let Ok(content) = std::str::from_utf8(content) else { return };
    if let Ok(parts) = multipart::read(Some(content), body) {
        let fields: usize = parts.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        let files: usize = parts.files.iter().map(|file| file.bytes.len()).sum();
        assert!(fields + files <= body.len(), "more than was sent");
    }
    everywhere(URL, "POST", &|name| (name == "content-type").then_some(content), body);
}

/// A body of JSON to every dialect.
pub(crate) fn json(bytes: &[u8]) {
    everywhere(URL, "POST", &|name| (name == "content-type").then_some("application/json"), bytes);
}
