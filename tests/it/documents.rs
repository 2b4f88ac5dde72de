//! The documents of every dialect and profile, for every kind of node, in every language: written down, so that a
//! change in what callers' providers are told is seen by whoever makes it.
//!
//! `UPDATE_DOCUMENTS=1 cargo test --test it documents` writes `tests/documents` anew; look at the difference.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use callflow::{Script, SourceFile, Sources, Verb, transcript};
use dialect::{Dialect, Links};
use domain::Language;
use switchboard::call_control::Scene;

use crate::tidy;

/// Kinds of nodes, and how a caller comes to them. What a scene before it has shown is not shown again.
pub(crate) const SCENES: [(&str, &str); 15] = [
    ("say, branch and menu", "open\nhang up"),
    ("menu, nothing pressed", "open\nwait\npress 5\nhang up"),
    ("collect", "open\npress 2\npress 4711\npress 1\nwait"),
    ("lookup", "open\npress 3\npress 00000013\npress 1234\nanswer progress received\nhang up"),
    ("language", "open\npress 4\nhang up"),
    ("survey", "open\npress 5\npress 1\npress 4\nwait"),
    ("transfer", "open\npress 6\nwait\ndialled completed\nwait"),
    ("transfer, nobody answers", "open\npress 6\nwait\ndialled no-answer\nanswer waiting 1 60s\nhang up"),
    ("transfer, emergency", "open\npress 9\ndialled completed\nwait"),
    ("record", "closed\nwait\nrecord 14s\nwait"),
    ("record, silence", "closed\nwait\nrecord 0s\nhang up"),
    ("enqueue", "open\npress 1\nanswer waiting 2 180s callback\nwait\nanswer waiting 1 60s\nhang up"),
    (
        "enqueue, offered",
        "open\npress 1\nanswer waiting 1\nfetched\nanswer ring sip:8001@desk.example\nhang up",
    ),
    (
        "callback",
        "open\npress 1\nanswer waiting 2 180s callback\npress 1\npress 2\npress 97648010\npress 1\nwait",
    ),
    ("hangup", "open\npress 8\nwait"),
];

/// What happens instead where no message can be taken, by what is shown.
const INSTEAD_OF_A_MESSAGE: [(&str, &str); 2] = [
    ("record, where nothing can be recorded", "closed\nwait\npress 1\nwait"),
    (
        "record, another number where nothing can be recorded",
        "closed\npress 2\npress 97648010\npress 1\nwait",
    ),
];

/// The scenes that a provider may come to.
fn scenes(records: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let instead = INSTEAD_OF_A_MESSAGE.into_iter().filter(move |_| !records);
    SCENES.into_iter().filter(move |(kind, _)| records || !kind.starts_with("record")).chain(instead)
}

pub(crate) const LANGUAGES: [&str; 3] = ["zh-CN", "en", "da"];

pub(crate) fn script() -> Script {
    let folder = "tests/documents/script";
    let files = tidy::files(folder, &["toml", "ftl"]);
    let named =
        |path: &String| SourceFile::new(path.trim_start_matches("tests/documents/"), tidy::text(path));
    let sources = Sources { files: files.iter().map(named).collect(), audio: Vec::new() };
    callflow::check(&sources).0.expect("the script of the documents is sound")
}

/// What is told to the provider in a scene, document by document.
pub(crate) fn play(script: &Script, language: &str, scene: &str, records: bool) -> Vec<Vec<Verb>> {
    let (hours, happens) = scene.split_once('\n').unwrap();
    let numbers = "number office:north = 97648010\nnumber fallback = 12345";
    let call = format!("call +4570102030, 2026-03-03 09:30, {hours}\n{numbers}\n{happens}");
    let mut scenario = transcript::read(&call).unwrap_or_else(|fault| panic!("{scene}: {fault}"));
    scenario.header.remembered = Some(Language::parse(language).unwrap());
    scenario.header.records = records;
    let played = transcript::play(script, &scenario).unwrap_or_else(|fault| panic!("{scene}: {fault}"));
    let trouble = played.ours.iter().flatten().find(|line| line.starts_with("trouble "));
    assert_eq!(trouble, None, "{scene}: a scene goes the way that a caller goes");
    played.documents
}

fn links(dialect: &dyn Dialect) -> [String; 5] {
    let root = if dialect.absolute_links() { "https://hotline.example" } else { "" };
    let base = format!("{root}/voice/p/12320");
    [
        format!("{base}/step?t=T1"),
        format!("{base}/step?t=T1&none=1"),
        format!("{base}/recording"),
        format!("{base}/status"),
        base,
    ]
}

pub(crate) fn render(dialect: &dyn Dialect, verbs: &[Verb]) -> String {
    let [action, way_out, recording, status, audio] = links(dialect);
    let links = Links {
        action: &action,
        way_out: &way_out,
        recording_status: Some(&recording),
        dial_status: Some(&status),
        machine_status: None,
        audio: Some(&audio),
        caller_id: Some("+8612320"),
        again: None,
        part: 0,
    };
    dialect.render(verbs, &links)
}

/// One tag or entry a line, for people and their differences; nothing else is changed.
fn legible(document: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(document) {
        Ok(value) => serde_json::to_string_pretty(&value).unwrap(),
        Err(_) => document.replace("><", ">\n<"),
    }
}

/// Every scene in one language.
fn told(dialect: &dyn Dialect, script: &Script, language: &str) -> String {
    let mut text = format!("# {} · {language}\n", dialect.abilities().profile);
    let mut shown = BTreeSet::new();
    let records = dialect.abilities().takes_messages();
    for (kind, scene) in scenes(records) {
        write!(text, "\n## {kind}\n").unwrap();
        for verbs in play(script, language, scene, records) {
            let document = render(dialect, &verbs);
            if shown.insert(document.clone()) {
                write!(text, "\n{}\n", legible(&document)).unwrap();
            }
        }
    }
    if dialect.abilities().control.has_rooms {
        for (kind, scene) in led(language) {
            let document = render(dialect, &scene);
            write!(text, "\n## {kind}\n\n{}\n", legible(&document)).unwrap();
        }
    }
    text
}

/// What calls are told that an agent leads about: no script asks for a room.
fn led(language: &str) -> [(&'static str, Vec<Verb>); 2] {
    let language = Language::parse(language).unwrap();
    let word = web::hooks::please_wait(language.as_str());
    let hold = Scene::Hold { room: "hotline-a-held".to_owned(), language: Some(language) };
    let room = Scene::Room { room: "hotline-a".to_owned() };
    [("a caller who is held", hold.verbs(word)), ("a room of calls", room.verbs(None))]
}

pub(crate) fn every_profile() -> Vec<(String, &'static dyn Dialect)> {
    let profiles = |(name, profiles): (&'static str, &'static [&'static str])| {
        profiles.iter().map(move |profile| {
            (format!("{name}-{profile}"), dialect::by_name(name, profile).expect("it is among the names"))
        })
    };
    dialect::NAMES.into_iter().flat_map(profiles).collect()
}

#[test]
fn every_document_is_as_it_was_written_down() {
    let script = script();
    let update = std::env::var_os("UPDATE_DOCUMENTS").is_some();
    let mut differing = Vec::new();
    for (name, dialect) in every_profile() {
        for language in LANGUAGES {
            let path = format!("tests/documents/{name}/{language}.txt");
            let (place, told) = (tidy::root().join(&path), told(dialect, &script, language));
            if update {
                std::fs::create_dir_all(place.parent().unwrap_or(Path::new("."))).unwrap();
                std::fs::write(&place, &told).unwrap();
            }
            let written = std::fs::read_to_string(&place).unwrap_or_default();
            let at = written.lines().zip(told.lines()).position(|(written, told)| written != told);
            if written != told {
                let at = at.unwrap_or_else(|| written.lines().count().min(told.lines().count()));
                let [written, told] =
                    [&written, &told].map(|text| text.lines().nth(at).unwrap_or("nothing").to_owned());
                differing.push(format!("{path}:{}\n  written: {written}\n  told:    {told}", at + 1));
            }
        }
    }
    let advice = "if that is meant, run UPDATE_DOCUMENTS=1 cargo test --test it documents";
    assert!(differing.is_empty(), "{}\n{advice}", differing.join("\n"));
}

#[test]
fn every_kind_of_node_is_shown() {
    let script = tidy::text("tests/documents/script/script.toml");
    for path in tidy::files("src/callflow/nodes", &["rs"]) {
        let kind = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        if kind != "mod" && !kind.ends_with("tests") {
            assert!(SCENES.iter().any(|(shown, _)| shown.contains(&kind)), "no scene shows {kind}");
            assert!(script.contains(&format!("kind = \"{kind}\"")), "the script has no {kind}");
        }
    }
}

#[test]
fn every_document_fits_and_leads_where_its_dialect_may_go() {
    let script = script();
    for (name, dialect) in every_profile() {
        let (mut documents, records) = (0, dialect.abilities().takes_messages());
        for (language, (kind, scene)) in
            LANGUAGES.iter().flat_map(|language| scenes(records).map(move |scene| (language, scene)))
        {
            for verbs in play(&script, language, scene, records) {
                let document = render(dialect, &verbs);
                documents += 1;
                assert!(document.len() <= dialect.abilities().most_document_bytes, "{name} {kind}");
                let relative = document.contains("\"/voice/") || document.contains(">/voice/");
                assert!(!(relative && dialect.absolute_links()), "{name} {kind}: {document}");
            }
        }
        println!("{name}: {documents} documents");
    }
}
