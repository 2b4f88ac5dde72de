//! Every golden call of the shipped lines a second time, over the wire: the bundled switch's telephone, signed hooks,
//! the listener, the router, the dialect, the switchboard and a real store. The caller hears the same words in the
//! same language and may key the same; the house answers of itself as the call says; and what the call says is kept
//! stands in the database.
//!
//! Read in this order: `service` (the house on a port), `group` (a golden call as hooks), `heard` (a telephone in the
//! words of a golden call), `backstage` (the house brought into its state), `record` (what was kept), `walk`.

mod backstage;
mod carrier;
mod group;
mod heard;
mod record;
mod service;
mod walk;

use std::collections::BTreeSet;

use callflow::{Answer, Event, transcript};

use crate::tidy;

/// Golden calls of a line, by their paths.
fn calls_of(line: &str) -> Vec<String> {
    tidy::files(&format!("ivr-scripts/{line}/scenarios"), &["call"])
}

/// A shipped script.
pub(crate) fn shipped_script(line: &str) -> callflow::Script {
    service::script(&format!("ivr-scripts/{line}"))
}

/// Calls that the engine alone plays: while the store is out of reach, which a house loses in tests of its own; and by a
/// provider that takes no messages, which the bundled switch does (`jambonz` shows one that does not).
fn not_over_this_wire(scenario: &transcript::Scenario) -> bool {
    let down =
        |input: &transcript::Input| matches!(input, transcript::Input::Event(Event::Answer(Answer::Down)));
    !scenario.header.records || scenario.parts.iter().any(|part| down(&part.input))
}

async fn play_all(line: &str) {
    let calls = calls_of(line);
    assert!(!calls.is_empty(), "ivr-scripts/{line} has no golden calls");
    let mut differing = Vec::new();
    let mut alone = 0;
    for path in &calls {
        let scenario = transcript::read(&tidy::text(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        if not_over_this_wire(&scenario) {
            alone += 1;
            continue;
        }
        if let Err((number, difference)) = walk::play(line, &scenario).await {
            differing.push(format!("{path}:{number}: differs over the wire\n{difference}"));
        }
    }
    let played = calls.len() - alone;
    println!("line {line}: {played} golden calls over the wire, {} differ", differing.len());
    println!("line {line}: {alone} are played by the engine alone");
    assert!(alone < played, "{line}");
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_of_12320_sound_the_same_over_the_wire() {
    play_all("12320").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_of_dialog_sound_the_same_over_the_wire() {
    play_all("dialog").await;
}

#[test]
fn every_shipped_line_has_golden_calls() {
    let lines = service::lines();
    let scripts = tidy::folders("ivr-scripts");
    assert_eq!(lines.keys().cloned().collect::<BTreeSet<_>>(), scripts);
    for line in scripts {
        assert!(!calls_of(&line).is_empty(), "{line}");
    }
}

#[test]
fn a_look_up_has_words_for_every_status_of_a_case() {
    let lifecycle: BTreeSet<&str> =
        complaints::CaseStatus::ALL.iter().map(|status| status.as_str()).collect();
    let mut lookups = 0;
    for line in tidy::folders("ivr-scripts") {
        let path = format!("ivr-scripts/{line}/script.toml");
        let script: toml::Table = tidy::text(&path).parse().unwrap();
        for (name, node) in script["node"].as_table().unwrap() {
            let Some(statuses) = node.get("statuses").and_then(toml::Value::as_array) else { continue };
            let told: BTreeSet<&str> = statuses.iter().map(|word| word.as_str().unwrap()).collect();
            assert_eq!(told, lifecycle, "{path}: node.{name}.statuses must be the words of a case's life");
            lookups += 1;
        }
    }
    assert!(lookups > 0, "no shipped script looks up a case");
}

#[test]
fn the_telephones_that_scripts_name_are_known_to_the_house() {
    let house = switchboard::testing::house();
    let mut known: BTreeSet<String> = ["config:emergency".to_owned(), "config:fallback".to_owned()].into();
    known.extend(house.directory.offices.iter().map(|office| format!("office:{}", office.code)));
    known.extend(house.directory.departments.iter().map(|one| format!("department:{}", one.code)));
    for line in tidy::folders("ivr-scripts") {
        let path = format!("ivr-scripts/{line}/script.toml");
        let script: toml::Table = tidy::text(&path).parse().unwrap();
        for (name, node) in script["node"].as_table().unwrap() {
            let to = node.get("to").and_then(toml::Value::as_str).filter(|to| to.contains(':'));
            assert!(
                to.is_none_or(|to| known.contains(to)),
                "{path}: node.{name}.to: nobody is called {to:?}"
            );
        }
    }
}

/// The comparison sees: each of these calls with one line falsified is found at that line's place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_falsified_call_is_found() {
    let falsified = [
        ("complaint-answered", "gather 1 key, 8 s", "gather 1 key, 9 s"),
        ("complaint-answered", "request_type = complaint", "request_type = report"),
        ("complaint-answered", "ring 8001", "waiting 2 60s callback"),
        ("complaint-answered", "rate satisfaction 1", "rate satisfaction 2"),
        ("inquiry-english", "language en", "language zh-CN"),
        ("inquiry-english", "say [en] Welcome", "say Welcome"),
        ("out-of-hours-message", "message, 42 s", "message, 41 s"),
        ("call-me-back-other-number", "callback 05317654321", "callback 05317654322"),
        ("emergency-no-answer", "waiting 1 120s callback", "waiting 1 120s"),
        ("progress", "say 承办部门正在调查核实。", "say 承办部门已经签收。"),
    ];
    for (call, right, wrong) in falsified {
        let text = tidy::text(&format!("ivr-scripts/12320/scenarios/{call}.call"));
        let number = place(&text, right).unwrap_or_else(|| panic!("{call} has no {right}"));
        let scenario = transcript::read(&text.replacen(right, wrong, 1)).unwrap();
        let (found, difference) = walk::play("12320", &scenario).await.expect_err(call);
        assert_eq!(found, number, "{call}: {wrong}: {difference}");
    }
}

/// The line of a file that a difference in the line with `words` is told at: the answer itself, or what happened
/// before it.
fn place(text: &str, words: &str) -> Option<u32> {
    let before = text.lines().take_while(|line| !line.contains(words)).count();
    let lines: Vec<&str> = text.lines().take(before + 1).collect();
    let told = |line: &&str| !line.starts_with([' ', '#']) && !line.starts_with("number ");
    let event =
        lines.iter().rposition(|line| told(line) && (line.contains(words) || !line.starts_with("answer ")));
    (before < text.lines().count()).then(|| event.and_then(|at| u32::try_from(at + 1).ok()))?
}
