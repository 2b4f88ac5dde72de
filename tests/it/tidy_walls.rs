//! The walls of the house: who may know whom, and what must not be found in a room.
//!
//! Cargo keeps most walls, because a room can only use what its manifest lists; here the manifests
//! themselves are held against the plan, so that a new arrow is a change of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{files, folders, root, text};

/// Rooms that decide: values in, values out.
const DECISIONS: [&str; 9] =
    ["domain", "callflow", "queueing", "complaints", "clocks", "callbacks", "classify", "figures", "dialect"];

/// Room → the rooms that it may know.
const ARROWS: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("clocks", &["domain"]),
    ("callflow", &["domain", "clocks"]),
    ("queueing", &["domain"]),
    ("classify", &["domain"]),
    ("figures", &["domain"]),
    ("complaints", &["domain", "clocks"]),
    ("callbacks", &["domain", "clocks"]),
    ("dialect", &["domain", "callflow"]),
    ("journal", &[]),
    ("store", &["domain", "callflow", "queueing", "complaints", "callbacks", "figures"]),
    (
        "switchboard",
        &[
            "domain",
            "callflow",
            "queueing",
            "complaints",
            "clocks",
            "callbacks",
            "classify",
            "figures",
            "dialect",
            "journal",
            "store",
        ],
    ),
    ("softswitch", &["domain", "dialect"]),
    ("web", &["domain", "dialect", "switchboard"]),
];

/// What no decision may touch: the clock, chance, the disk, the network, other threads.
const OUTER_WORLD: [&str; 12] = [
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "std::fs",
    "std::env",
    "std::net",
    "std::thread",
    "thread::spawn",
    "async fn",
    "tokio",
    "rand::",
];

/// What no decision may be built upon.
const OUTER_CRATES: [&str; 14] = [
    "tokio",
    "axum",
    "hyper",
    "hyper-util",
    "reqwest",
    "rusqlite",
    "postgres",
    "refinery",
    "getrandom",
    "rand",
    "uuid",
    "tracing",
    "anyhow",
    "futures-util",
];

/// Names in a manifest's `[dependencies]`.
fn dependencies(room: &str) -> BTreeSet<String> {
    let manifest: toml::Table = text(&format!("src/{room}/Cargo.toml")).parse().unwrap();
    let table = manifest.get("dependencies").and_then(|table| table.as_table());
    table.map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

/// Code lines of a file before its tests, with their numbers; comments do not count.
fn code(path: &str) -> Vec<(usize, String)> {
    let text = text(path);
    let lines = text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect()
}

/// Files of a room without those that only tests use.
fn room_files(room: &str) -> Vec<String> {
    let for_tests =
        |path: &str| path.ends_with("tests.rs") || path.ends_with("/testing.rs") || path.contains("/tests/");
    files(&format!("src/{room}"), &["rs"]).into_iter().filter(|path| !for_tests(path)).collect()
}

fn find(rooms: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in rooms.iter().flat_map(|room| room_files(room)) {
        for (at, line) in code(&path) {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{path}:{at}: {word}"));
            }
        }
    }
    found
}

#[test]
fn every_room_has_its_arrows_written_down() {
    let planned: BTreeSet<String> = ARROWS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(planned, folders("src"));
}

#[test]
fn no_room_knows_more_rooms_than_planned() {
    let rooms = folders("src");
    let planned: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for room in &rooms {
        for known in dependencies(room).iter().filter(|name| rooms.contains(*name)) {
            if !planned[room.as_str()].contains(&known.as_str()) {
                wrong.push(format!("src/{room}/Cargo.toml: {room} must not know {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn decisions_are_built_on_nothing_that_reaches_out() {
    let mut wrong = Vec::new();
    for room in DECISIONS {
        for name in dependencies(room).iter().filter(|name| OUTER_CRATES.contains(&name.as_str())) {
            wrong.push(format!("src/{room}/Cargo.toml: {name}"));
        }
    }
    assert!(wrong.is_empty(), "decisions take values and give values:\n{}", wrong.join("\n"));
}

#[test]
fn decisions_touch_neither_clock_nor_chance_nor_disk() {
    let wrong = find(&DECISIONS, &OUTER_WORLD);
    assert!(wrong.is_empty(), "hand it in as a value:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_clock_port_reads_the_clock() {
    let wrong = find(&["switchboard", "store"], &["SystemTime::now", "Utc::now", "Local::now"]);
    assert!(wrong.is_empty(), "ask the clock port:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_store_speaks_sql() {
    let words = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "rusqlite", "postgres::"];
    let others: Vec<String> = folders("src").into_iter().filter(|room| room != "store").collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let wrong = find(&others, &words);
    assert!(wrong.is_empty(), "queries live in src/store:\n{}", wrong.join("\n"));
}

#[test]
fn the_web_never_sees_a_transaction_and_the_switchboard_never_a_request() {
    let mut wrong = find(&["web"], &["store::", "Tx<", "&mut Tx"]);
    wrong.extend(find(&["switchboard"], &["axum", "http::Request", "HeaderMap"]));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_manifest_takes_its_versions_and_lints_from_the_root() {
    let mut wrong = Vec::new();
    for room in folders("src") {
        let path = format!("src/{room}/Cargo.toml");
        let manifest = text(&path);
        for line in ["version.workspace = true", "[lints]\nworkspace = true", "path = \"lib.rs\""] {
            if !manifest.contains(line) {
                wrong.push(format!("{path}: lacks {line:?}"));
            }
        }
        if manifest.lines().any(|line| line.contains("version = \"")) {
            wrong.push(format!("{path}: versions stand in the root Cargo.toml"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(root().join("Cargo.lock").exists(), "the lock file is part of the repository");
}
