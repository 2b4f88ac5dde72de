//! What callers hear when something is broken.

use std::convert::Infallible;
use std::sync::Arc;

use domain::Language;

use super::{caller, facts, full, full_sources, plain};
use crate::transcript::verb_lines;
use crate::{Answer, CallState, Edge, Event, Facts, Place, Turn, Verb, apology, begin, check, settle, step};

fn heard(turn: &Turn) -> Vec<String> {
    let english = Language::parse("en").unwrap();
    turn.verbs.iter().flat_map(|verb| verb_lines(verb, &english)).collect()
}

fn codes(turn: &Turn) -> Vec<&str> {
    turn.troubles.iter().map(|trouble| trouble.code.as_str()).collect()
}

fn at(node: &str) -> CallState {
    let mut state = begin(&full(), caller(), "12320", &facts(true)).state;
    state.place = Place::At { node: node.to_owned(), stage: 0, tries: 0 };
    state
}

#[test]
fn a_node_that_is_gone_leads_to_a_person() {
    let turn = step(&full(), at("gone"), &Event::Digits("1".to_owned()), &facts(true));
    assert_eq!(codes(&turn), ["unknown-node"]);
    assert_eq!(heard(&turn), ["say Sorry.", "say One moment."]);
    assert!(turn.question.is_some());
}

#[test]
fn an_event_that_cannot_be_meant_asks_again() {
    let turn = step(&full(), at("main"), &Event::Answer(Answer::Served), &facts(true));
    assert_eq!(codes(&turn), ["unexpected-event"]);
    assert_eq!(heard(&turn), ["say Press 1 to 8.", "gather 1 key, 8 s"]);
    let late = step(&full(), at("main"), &Event::Fetched, &facts(true));
    assert_eq!((codes(&late), heard(&late)), (vec![], heard(&turn)));
}

#[test]
fn a_status_without_words_leads_to_a_person() {
    let mut state = at("progress");
    state.place = Place::Asking { node: "progress".to_owned(), stage: 1, tries: 0 };
    let turn =
        step(&full(), state, &Event::Answer(Answer::Progress { status: "lost".to_owned() }), &facts(true));
    assert_eq!(codes(&turn), ["unknown-status"]);
    assert_eq!(heard(&turn), ["say Sorry.", "say One moment."]);
}

#[test]
fn after_the_end_there_is_only_the_end() {
    let state = CallState { place: Place::Ended, ..at("main") };
    assert_eq!(step(&full(), state, &Event::NoInput, &facts(true)).verbs, [Verb::Hangup]);
}

#[test]
fn a_call_without_end_is_led_to_the_fallback_number() {
    let state = CallState { turns: CallState::MOST_TURNS, ..at("main") };
    let turn = step(&full(), state, &Event::NoInput, &facts(true));
    assert_eq!(codes(&turn), ["too-many-turns"]);
    assert_eq!(heard(&turn), ["say Call 1 2 3 4 5.", "dial 12345, 60 s"]);
}

#[test]
fn a_circle_is_left_for_a_person_and_an_unreachable_person_for_the_fallback() {
    let mut sources = full_sources();
    sources.files[0].text = sources.files[0]
        .text
        .replace("next = \"hours\"", "next = \"welcome\"")
        .replace("closed = \"voicemail\"", "closed = \"welcome\"");
    let (script, found) = check(&sources);
    assert!(found.iter().any(|diagnostic| diagnostic.code == "loop-without-input"));
    let turn = begin(&script.unwrap(), caller(), "12320", &facts(true));
    assert_eq!((codes(&turn), turn.walked.len()), (vec!["too-many-nodes"], 81));
    assert_eq!(heard(&turn).last().map(String::as_str), Some("say One moment."));

    sources.files[0].text = sources.files[0].text.replace("person = \"agent\"", "person = \"welcome\"");
    let turn = begin(&check(&sources).0.unwrap(), caller(), "12320", &facts(true));
    assert_eq!((codes(&turn), turn.walked.len()), (vec!["too-many-nodes"; 2], 100));
    assert_eq!(heard(&turn).last().map(String::as_str), Some("dial 12345, 60 s"));
    let nobody = Facts { numbers: Arc::default(), ..facts(true) };
    let turn = begin(&check(&sources).0.unwrap(), caller(), "12320", &nobody);
    assert_eq!(heard(&turn).last().map(String::as_str), Some("hangup"));
}

#[test]
fn questions_are_settled_within_one_hook() {
    let turn = step(&full(), at("main"), &Event::Digits("1".to_owned()), &facts(true));
    let mut asked = 0;
    let settled = settle(&full(), turn, &facts(true), |_| {
        asked += 1;
        Ok::<_, Infallible>(Answer::NobodyThere)
    });
    let settled = settled.unwrap();
    assert_eq!(
        (asked, settled.question.clone(), settled.walked.clone()),
        (1, None, vec![Edge::new("main", "1", "agent"), Edge::new("agent", "nobody", "voicemail")])
    );
    assert_eq!(heard(&settled), ["say One moment.", "say Speak after the tone.", "gather 1 key, 2 s"]);
    let turn = step(&full(), at("main"), &Event::Digits("1".to_owned()), &facts(true));
    assert_eq!(settle(&full(), turn, &facts(true), |_| Err("broken")).unwrap_err(), "broken");
}

#[test]
fn the_apology_needs_no_state() {
    let danish = Language::parse("da").unwrap();
    let fallback = domain::PhoneNumber::parse("+4572330500").unwrap();
    let verbs = apology(&plain(), None, Some(&fallback));
    let lines: Vec<String> = verbs.iter().flat_map(|verb| verb_lines(verb, &danish)).collect();
    assert_eq!(lines, ["say Ring 4 5, 7 2, 3 3, 0 5, 0 0.", "dial +4572330500, 60 s"]);
    let verbs = apology(&full(), Some(&danish), None);
    assert!(matches!(verbs.as_slice(), [Verb::Say(_), Verb::Hangup]));
}
