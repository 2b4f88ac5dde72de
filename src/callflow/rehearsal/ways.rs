//! Every way that a call walks is one of the script's.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::any_call::any_event;
use super::{caller, facts, full, plain};
use crate::{Edge, Event, Script, begin, edges, step};

fn of_node<'e>(edges: &'e BTreeSet<Edge>, node: &str) -> Vec<(&'e str, &'e str)> {
    edges.iter().filter(|edge| edge.from == node).map(|edge| (edge.way.as_str(), edge.to.as_str())).collect()
}

#[test]
fn the_ways_of_a_menu_are_its_keys_the_keys_of_the_script_and_its_ladder() {
    let all = edges(&full());
    assert_eq!(of_node(&all, ""), [("start", "welcome")]);
    let main = of_node(&all, "main");
    for way in [
        ("1", "agent"),
        ("person", "agent"),
        ("emergency", "emergency"),
        ("repeat", "main"),
        ("no-input", "main"),
        ("invalid", "main"),
    ] {
        assert!(main.contains(&way), "{way:?} in {main:?}");
    }
    assert_eq!(main.iter().filter(|(way, _)| *way == "invalid").count(), 2, "asked again, then led on");
    assert_eq!(of_node(&all, "hours"), [("closed", "voicemail"), ("open", "main")]);
}

#[test]
fn a_key_of_the_nodes_own_is_no_key_of_the_whole_script() {
    let all = edges(&full());
    let agent = of_node(&all, "agent");
    assert!(agent.contains(&("person", "agent")), "0 says the place again: {agent:?}");
    assert!(!of_node(&all, "emergency").iter().any(|(way, _)| *way == "emergency"), "nobody listens there");
}

fn all_meant(script: &Script, all: &BTreeSet<Edge>, walked: &[Edge]) -> Result<(), TestCaseError> {
    for edge in walked.iter().filter(|edge| edge.way != Edge::TROUBLE) {
        prop_assert!(all.contains(edge), "{edge:?} is no way of {script:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_way_that_is_walked_is_a_way_of_the_script(
        events in prop::collection::vec(any_event(), 0..40), open: bool
    ) {
        for script in [full(), plain()] {
            let (all, facts) = (edges(&script), facts(open));
            let mut turn = begin(&script, caller(), "1", &facts);
            all_meant(&script, &all, &turn.walked)?;
            prop_assert_eq!(turn.walked.first().map(|edge| edge.from.as_str()), Some(""));
            for event in &events {
                let before = turn.state.place.clone();
                turn = step(&script, turn.state.clone(), event, &facts);
                all_meant(&script, &all, &turn.walked)?;
                // A chain: each way begins where the one before it ended.
                let joined = turn.walked.windows(2).all(|two| matches!(two, [a, b] if a.to == b.from));
                prop_assert!(joined, "{:?}", turn.walked);
                if let (Some(first), crate::Place::At { node, .. }) = (turn.walked.first(), before) {
                    prop_assert_eq!(&first.from, &node);
                }
            }
        }
    }
}

#[test]
fn trouble_is_told_as_such() {
    let script = full();
    let mut state = begin(&script, caller(), "1", &facts(true)).state;
    state.place = crate::Place::At { node: "gone".to_owned(), stage: 0, tries: 0 };
    let turn = step(&script, state, &Event::NoInput, &facts(true));
    assert_eq!(turn.walked, [Edge::new("", Edge::TROUBLE, "agent")]);
}
