//! Whatever passes the checker, and whatever happens in its calls: each ends at a person, with a message taken or with
//! a goodbye, and never goes on for long without the caller.
//!
//! `PROPTEST_CASES` asks for more calls than the 20,000 of every run.

use std::cell::Cell;
use std::sync::Arc;

use domain::PhoneNumber;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::any_call::holds;
use super::scribe::{self, Dice};
use super::{caller, facts};
use crate::{
    Answer, DialOutcome, Effect, Event, Facts, Place, Question, Recording, Script, SourceFile, Sources, Turn,
    Verb, begin, check, step,
};

/// Nodes that may be entered without the caller.
const MOST_IN_SILENCE: usize = 20;
/// Hooks of a caller who has fallen silent: 20 nodes, three tries each, three waits in a node.
const MOST_HOOKS: usize = 200;
/// Calls of every run, when nobody asks for more: three quarters on random scripts, the others on the shipped lines.
const CALLS: u32 = 20_000;
/// Calls of one random script.
const CALLS_A_SCRIPT: u32 = 3;

/// `PROPTEST_CASES`, which stands at 256 when nobody asks for more, multiplies them.
fn calls() -> u32 {
    (CALLS / 256).max(1).saturating_mul(Config::default().cases).max(8)
}

/// What a call has come to so far.
#[derive(Debug, Default, Clone, Copy)]
struct Outcome {
    person: bool,
    message: bool,
    words: bool,
    /// The caller hung up while speaking.
    gone: bool,
}

impl Outcome {
    fn take(&mut self, event: Option<&Event>, turn: &Turn) {
        let dialled = turn.verbs.iter().any(|verb| matches!(verb, Verb::Dial { .. }));
        let served = matches!(event, Some(Event::Answer(Answer::Served | Answer::Left) | Event::Dialled(_)));
        self.person |= dialled || served;
        let kept =
            |effect: &Effect| matches!(effect, Effect::TakeMessage { .. } | Effect::PromiseCallback { .. });
        self.message |= turn.effects.iter().any(kept);
        // What was said while keys could be pressed counts for the end that follows it at the same node.
        if turn.verbs != [Verb::Hangup] || !turn.walked.is_empty() {
            self.words = turn.verbs.iter().any(|verb| match verb {
                Verb::Say(_) => true,
                Verb::Gather { prompts, .. } => !prompts.is_empty(),
                _ => false,
            });
        }
        self.gone = matches!(event, Some(Event::Recorded(Recording { hung_up: true, .. })));
    }

    fn is_good(self) -> bool {
        self.person || self.message || self.words || self.gone
    }
}

fn has_ended(turn: &Turn) -> bool {
    turn.state.place == Place::Ended && turn.question.is_none()
}

/// What happens next when the caller does nothing and nobody is there.
fn silence(turn: &Turn, dice: &mut Dice, noise: bool) -> Event {
    match (&turn.question, turn.verbs.last()) {
        (Some(Question::Queue { .. }), _) => Event::Answer(Answer::NobodyThere),
        (Some(Question::AfterDial { .. }), _) => {
            Event::Answer(if dice.throw(2) == 0 { Answer::NobodyThere } else { Answer::Served })
        }
        (Some(Question::Lookup { .. }), _) => Event::Answer(match dice.throw(3) {
            0 => Answer::NoSuchCase,
            1 => Answer::TooManyTries,
            _ => Answer::Progress { status: "received".to_owned() },
        }),
        (None, Some(Verb::Dial { .. })) => {
            Event::Dialled(if dice.throw(2) == 0 { DialOutcome::NoAnswer } else { DialOutcome::Completed })
        }
        (None, Some(Verb::Record { .. })) => {
            let seconds = u32::from(noise && dice.throw(2) == 1) * 9;
            Event::Recorded(Recording { url: "u".to_owned(), seconds, ..recording() })
        }
        _ => Event::NoInput,
    }
}

fn recording() -> Recording {
    Recording { url: String::new(), seconds: 0, hung_up: false, ended_by: None }
}

/// Whether something else than silence led on: a conversation, a message, a case number keyed in before.
fn is_news(event: &Event) -> bool {
    match event {
        Event::Recorded(recording) => recording.seconds > 0,
        Event::Dialled(outcome) => *outcome == DialOutcome::Completed,
        Event::Answer(answer) => !matches!(answer, Answer::NobodyThere),
        _ => false,
    }
}

/// One call: so many events at random, then silence until it ends.
fn any_call(script: &Script, facts: &Facts, events: usize, seed: u64) {
    let dice = &mut Dice::new(seed, u32::MAX);
    // Whether a person is one key away is looked at once in a call: it takes two steps more.
    let looked_at = dice.throw(events.max(1));
    let mut outcome = Outcome::default();
    let mut turn = begin(script, caller(), "1", facts);
    outcome.take(None, &turn);
    for at in 0..events {
        if at == looked_at {
            holds(script, &turn, facts);
        }
        if has_ended(&turn) {
            break;
        }
        let event = scribe::event(dice);
        turn = step(script, turn.state.clone(), &event, facts);
        outcome.take(Some(&event), &turn);
        assert!(turn.walked.len() <= MOST_IN_SILENCE + 2, "{:?}", turn.walked);
    }
    // An impossible event may have broken off the middle of something: silence begins with the next node.
    let (mut entered, mut hooks) = (0, 0);
    while !has_ended(&turn) {
        hooks += 1;
        // Noise may count as a message once; then the line is dead.
        let noise = hooks == 1;
        assert!(hooks <= MOST_HOOKS, "a silent caller never comes to an end: {:?}", turn.state);
        let event = silence(&turn, dice, noise);
        turn = step(script, turn.state.clone(), &event, facts);
        outcome.take(Some(&event), &turn);
        let moved = turn.walked.iter().filter(|edge| !edge.stays()).count();
        entered = if is_news(&event) { moved } else { entered + moved };
        assert!(entered <= MOST_IN_SILENCE, "{entered} nodes without the caller: {:?}", turn.walked);
    }
    assert!(outcome.is_good(), "a call ended without a person, a message or a word: {outcome:?} {turn:?}");
}

#[test]
fn every_script_that_passes_leads_every_call_to_a_good_end() {
    let cases = calls() / 4;
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let (passed, refused, called) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    let outcome = runner.run(&(any::<u64>(), 0_u32..260, 0_usize..12), |(seed, throws, events)| {
        let sources = scribe::script(Dice::new(seed, throws));
        let (Some(script), found) = check(&sources) else {
            panic!("a random script cannot be read: {:?}\n{}", check(&sources).1, sources.files[0].text)
        };
        let count = if found.is_empty() { &passed } else { &refused };
        count.set(count.get() + 1);
        for luck in (0..CALLS_A_SCRIPT).filter(|_| found.is_empty()) {
            called.set(called.get() + 1);
            let facts = Facts { records: luck != 2, ..facts(luck != 1) };
            any_call(&script, &facts, events, seed ^ u64::from(luck));
        }
        Ok(())
    });
    println!("{} random scripts passed with {} calls, {} refused", passed.get(), called.get(), refused.get());
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
    assert!(passed.get() > cases / 2, "too few random scripts pass to show anything");
}

/// The text of a shipped line.
macro_rules! shipped {
    ($line:literal: $($file:literal),+) => {{
        let file = |name: &str, text: &str| SourceFile::new(format!("{}/{name}", $line), text);
        let files = vec![$(file($file, include_str!(concat!("../../../ivr-scripts/", $line, "/", $file)))),+];
        crate::load(&Sources { files, audio: Vec::new() }).unwrap()
    }};
}

#[test]
fn every_call_of_the_shipped_lines_comes_to_a_good_end() {
    let cases = calls() / 8;
    let facts = |open| {
        let mut facts = facts(open);
        let names = ["config:emergency", "office:nordjylland", "office:midtjylland", "office:stpk"];
        let numbers = names.map(|name| (name.to_owned(), PhoneNumber::parse("8002").unwrap()));
        facts.numbers = Arc::new(
            facts.numbers.iter().map(|(name, to)| (name.clone(), to.clone())).chain(numbers).collect(),
        );
        facts
    };
    let lines = [
        shipped!("12320": "script.toml", "prompts/zh-CN.ftl", "prompts/en.ftl"),
        shipped!("dialog": "script.toml", "prompts/da.ftl"),
    ];
    for script in lines {
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&(any::<u64>(), 0_usize..30, any::<bool>()), |(seed, events, open)| {
            any_call(&script, &facts(open), events, seed);
            Ok(())
        });
        println!("{cases} random calls of {script:?}");
        if let Err(fault) = outcome {
            panic!("{fault}");
        }
    }
}
