//! Whatever happens in a call, in any order: the engine answers, and a person is one key away.

use domain::{OfferId, PhoneNumber};
use proptest::prelude::*;

use super::{caller, facts, full, plain};
use crate::nodes::Action;
use crate::{
    Answer, CallState, DialOutcome, Effect, Event, Facts, Place, Recording, Script, Turn, Verb, begin, step,
};

pub(super) fn any_event() -> impl Strategy<Value = Event> {
    let outcome =
        prop_oneof![Just(DialOutcome::Completed), Just(DialOutcome::Busy), Just(DialOutcome::Failed)];
    let key = prop::option::of(prop::sample::select(vec!['0', '9', '#', '5']));
    let recording = (0_u32..3, any::<bool>(), key).prop_map(|(seconds, hung_up, ended_by)| Recording {
        url: "u".to_owned(),
        seconds,
        hung_up,
        ended_by,
    });
    prop_oneof![
        6 => "[0-9*#]".prop_map(Event::Digits),
        3 => "[0-9]{2,20}".prop_map(Event::Digits),
        1 => ".{1,4}".prop_map(Event::Digits),
        3 => Just(Event::NoInput),
        2 => recording.prop_map(Event::Recorded),
        2 => outcome.prop_map(Event::Dialled),
        1 => Just(Event::Fetched),
        3 => any_answer().prop_map(Event::Answer),
        1 => Just(Event::Started { caller: caller(), dialled: "1".to_owned() }),
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let ring = Answer::Ring {
        offer: OfferId::new("o"),
        phone: PhoneNumber::parse("8001").unwrap(),
        timeout_seconds: 20,
    };
    let waiting = (any::<u32>(), any::<Option<u32>>(), any::<bool>());
    prop_oneof![
        waiting.prop_map(|(position, estimate_seconds, callback_offered)| Answer::Waiting {
            position,
            estimate_seconds,
            callback_offered
        }),
        Just(ring),
        Just(Answer::NobodyThere),
        Just(Answer::Served),
        Just(Answer::Left),
        "(received|lost)".prop_map(|status| Answer::Progress { status }),
        Just(Answer::NoSuchCase),
        Just(Answer::TooManyTries),
        Just(Answer::Down),
    ]
}

/// What must hold for every turn.
pub(super) fn holds(script: &Script, turn: &Turn, facts: &Facts) {
    let last = turn.verbs.last();
    let ends = matches!(
        last,
        Some(Verb::Gather { .. } | Verb::Record { .. } | Verb::Dial { .. } | Verb::Next | Verb::Hangup)
    );
    assert!(ends || turn.question.is_some(), "{turn:?}");
    let early = turn.verbs.iter().rev().skip(1).filter(|verb| !matches!(verb, Verb::Say(_))).count();
    assert_eq!(early, 0, "only speech may stand before the end: {turn:?}");
    let deaf = turn.verbs.windows(2).any(|two| matches!(two, [Verb::Say(_), Verb::Gather { .. }]));
    assert!(!deaf, "no key works while this is spoken: {turn:?}");
    assert!(turn.walked.len() <= 100);
    let written = serde_json::to_string(&turn.state).unwrap();
    assert_eq!(serde_json::from_str::<CallState>(&written).unwrap(), turn.state);
    if let (Some(Verb::Gather { .. }), Place::At { .. }) = (last, &turn.state.place) {
        person_at_0(script, turn, facts);
    }
}

/// One key leads to where a person answers, another to help.
fn person_at_0(script: &Script, turn: &Turn, facts: &Facts) {
    let next = step(script, turn.state.clone(), &Event::Digits("0".to_owned()), facts);
    let (Place::At { node, .. } | Place::Asking { node, .. }) = &next.state.place else { panic!("{next:?}") };
    let action = &script.nodes[node].action;
    assert!(
        matches!(action, Action::Enqueue(_) | Action::Transfer(_)),
        "0 led to {node} from {:?}",
        turn.state.place
    );
    if let Some(emergency) = &script.settings.emergency {
        let next = step(script, turn.state.clone(), &Event::Digits(emergency.key.to_string()), facts);
        assert!(next.effects.contains(&Effect::Emergency), "no help from {:?}", turn.state.place);
        assert!(matches!(next.verbs.last(), Some(Verb::Dial { .. })));
    }
}

proptest! {
    #[test]
    fn any_sequence_of_events_is_answered(events in prop::collection::vec(any_event(), 0..30), open: bool) {
        for script in [full(), plain()] {
            let facts = facts(open);
            let mut turn = begin(&script, caller(), "1", &facts);
            holds(&script, &turn, &facts);
            for event in &events {
                turn = step(&script, turn.state.clone(), event, &facts);
                holds(&script, &turn, &facts);
                // The same event at the same state is answered in the same words: a repeated hook is harmless.
                let state = turn.state.clone();
                prop_assert_eq!(step(&script, state.clone(), event, &facts), step(&script, state, event, &facts));
            }
        }
    }
}
