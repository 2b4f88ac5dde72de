//! The bodies of the fuzz targets (`fuzz/`) on stable: real inputs, changed here and there, and bytes without any sense.
//!
//! `FUZZ_CASES=100000 cargo test --release --test it fuzz_bodies -- --nocapture` runs each for longer.

#[path = "../../fuzz/bodies.rs"]
mod bodies;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::tidy;

/// Cases per body where nobody asks for more.
const CASES: u64 = 1_000;

/// Bytes that parsers stumble over.
const STUMBLES: [&[u8]; 16] = [
    b"\0",
    b"%",
    b"%00",
    b"%FF",
    b"&",
    b"=",
    b"+",
    b"<![CDATA[",
    b"&#0;",
    b"\"",
    b"\r\n--",
    b"{",
    b"[[",
    b"\xff",
    "界".as_bytes(),
    b"99999999999999999999",
];

/// One input, changed at up to eight places: a byte, a piece cut out, doubled or taken from another.
fn changed(dice: &mut SmallRng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[dice.random_range(0..seeds.len())].clone();
    for _ in 0..dice.random_range(0..8) {
        let at = dice.random_range(0..=bytes.len());
        let end = (at + dice.random_range(0..24)).min(bytes.len());
        match dice.random_range(0..6) {
            0 if at < bytes.len() => bytes[at] = dice.random(),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
            3 => {
                bytes.splice(at..end, STUMBLES[dice.random_range(0..STUMBLES.len())].to_vec()).for_each(drop)
            }
            4 => bytes.truncate(at),
            _ => {
                let other = &seeds[dice.random_range(0..seeds.len())];
                let from = dice.random_range(0..=other.len());
                let to = (from + dice.random_range(0..64)).min(other.len());
                bytes.splice(at..end, other[from..to].to_vec()).for_each(drop);
            }
        }
    }
    bytes
}

fn senseless(dice: &mut SmallRng) -> Vec<u8> {
    (0..dice.random_range(0..300)).map(|_| dice.random()).collect()
}

/// Runs the body on every seed as it is, then on changed ones and on senseless bytes, always the same ones. A panic
/// names the case.
fn run(name: &str, body: fn(&[u8]), seeds: &[Vec<u8>]) {
    assert!(!seeds.is_empty(), "{name} has nothing to begin with");
    seeds.iter().for_each(|seed| body(seed));
    let cases = std::env::var("FUZZ_CASES").ok().map_or(CASES, |text| text.parse().unwrap());
    let began = std::time::Instant::now();
    for case in 0..cases {
        let mut dice = SmallRng::seed_from_u64(case);
        let bytes = if case % 8 == 0 { senseless(&mut dice) } else { changed(&mut dice, seeds) };
        let held = std::panic::catch_unwind(|| body(&bytes));
        assert!(held.is_ok(), "{name}, case {case}: {:?}", String::from_utf8_lossy(&bytes));
    }
    println!("{name}: {} seeds, {cases} cases, {:.1} s", seeds.len(), began.elapsed().as_secs_f32());
}

/// The blocks between empty lines of the documents that are written down.
fn documents(folder: &str) -> Vec<Vec<u8>> {
    let files = tidy::files(&format!("tests/documents/{folder}"), &["txt"]);
    let blocks = files.iter().flat_map(|path| {
        let text = tidy::text(path);
        text.split("\n\n").map(|block| block.as_bytes().to_vec()).collect::<Vec<_>>()
    });
    blocks.collect()
}

/// Head and body of everything that a real switch sent.
fn captures() -> Vec<(String, Vec<u8>)> {
    let files = tidy::files("tests/httapi-captures", &["request"]);
    let read = files.iter().map(|path| std::fs::read(tidy::root().join(path)).unwrap());
    let halves = read.filter_map(|bytes| {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        Some((String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end + 4..].to_vec()))
    });
    halves.collect()
}

fn forms() -> Vec<Vec<u8>> {
    let mut forms: Vec<Vec<u8>> = [
        "CallSid=CA0123456789abcdef0123456789abcdef&From=%2B4570102030&To=12320&CallStatus=in-progress&Digits=1%23",
        "CallSid=v3%3Aabc&From=anonymous&To=sip%3A8001%40desk.example&RecordingUrl=https%3A%2F%2Fa%2Fb&RecordingDuration=12",
        "CallSid=1&CallStatus=completed&DialCallStatus=no-answer&SequenceNumber=3&Timestamp=Tue%2C+03+Mar+2026+09%3A30%3A00+%2B0000",
        "session_id=1d3c&hostname=s&Caller-Direction=inbound&Caller-Caller-ID-Number=%2B266696687&digits=1&exiting=true",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    forms.extend(captures().into_iter().map(|(_, body)| body).filter(|body| body.len() < 4_096));
    forms
}

#[test]
fn any_form() {
    run("form", bodies::form, &forms());
}

#[test]
fn any_document() {
    let mut seeds = documents("twiml-twilio");
    seeds.extend(documents("twiml-somleng"));
    run("document", bodies::document, &seeds);
}

#[test]
fn any_script() {
    let folders =
        tidy::folders("tests/faulty-scripts").into_iter().map(|name| format!("tests/faulty-scripts/{name}"));
    let folders = folders.chain(["tests/documents/script", "tests/conformance/script"].map(str::to_owned));
    let seeds = folders.map(|folder| {
        let text = |name: &str| std::fs::read(tidy::root().join(&folder).join(name)).unwrap_or_default();
        let names = ["script.toml", "prompts/en.ftl", "prompts/da.ftl", "prompts/zh-CN.ftl"];
        names.map(text).join(&bodies::BETWEEN)
    });
    let calls = tidy::files("ivr-scripts", &["call"]);
    let calls = calls.iter().map(|path| tidy::text(path).into_bytes());
    run("script", bodies::script, &seeds.chain(calls).collect::<Vec<_>>());
}

#[test]
fn any_signature() {
    let headers = [
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "t=1772530200,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
        "Basic aG90bGluZTpzM2NyZXQ=",
        "h4oBj5xJ1Yh1hN0oS0m1bWw2gXkz2k1Ff4l9m8s7d6f5g4h3j2k1l0q9w8e7r6t5y4u3i2o1p0a9s8d7f6g5hA==",
    ];
    let queries = [
        "",
        "foo=1&bar=2",
        "bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
        "a=%C3%B1&a",
    ];
    let bodies = forms();
    let seeds = headers.iter().flat_map(|header| queries.iter().map(move |query| (header, query)));
    let seeds = seeds.zip(bodies.iter().cycle());
    let seeds = seeds
        .map(|((header, query), body)| [header.as_bytes(), query.as_bytes(), body].join(&bodies::BETWEEN));
    run("signature", bodies::signature, &seeds.collect::<Vec<_>>());
}

#[test]
fn any_upload() {
    let kind = |head: &str| {
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-type:"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let sent = captures().into_iter().filter_map(|(head, body)| Some((kind(&head)?, body)));
    let uploads = sent.filter(|(kind, _)| kind.starts_with("multipart/"));
    // The sound itself is of no interest to the reader.
    let short =
        uploads.map(|(kind, body)| [kind.as_bytes(), &body[..body.len().min(4_096)]].join(&bodies::BETWEEN));
    let made = b"multipart/form-data; boundary=b\0--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
    run("multipart", bodies::multipart, &short.chain([made.to_vec()]).collect::<Vec<_>>());
}

#[test]
fn any_json() {
    let seeds = [
        r#"{"call_sid":"a","direction":"inbound","from":"+4570102030","to":"12320","call_status":"trying","sip_status":100}"#,
        r#"{"call_sid":"a","digits":"1#","reason":"dtmfDetected","speech":{"alternatives":[{"transcript":"x"}]}}"#,
        r#"{"call_sid":"a","dial_call_sid":"b","dial_call_status":"no-answer","duration":12,"queue_time":null}"#,
        "[]",
    ];
    run("json", bodies::json, &seeds.map(|text| text.as_bytes().to_vec()));
}
