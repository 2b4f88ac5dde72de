//! The engine: one event in, one turn out. The visible loop of `run` is all there is to the walking.

use std::collections::BTreeMap;

use domain::{Caller, Language, PhoneNumber};

use crate::model::{Link, Script};
use crate::nodes::Kind;
use crate::prompts::{Value, Values};
use crate::walk::{Go, Wait, Walk, interruptible};
use crate::{Answer, CallState, Edge, Event, Facts, Place, Question, Turn, Verb};

/// Nodes that one turn may enter before the walk counts as running in circles …
const MOST_NODES: u32 = 80;
/// … and as many more for the way to a person after that.
const MOST_NODES_TO_A_PERSON: u32 = 20;
/// Questions that the house may be asked within one hook.
const MOST_QUESTIONS: u32 = 8;

/// The first turn of a call.
pub fn begin(script: &Script, caller: Caller, dialled: &str, facts: &Facts) -> Turn {
    // The number that was dialled is the newer wish.
    let language = script.settings.language_of(dialled).or(facts.remembered.as_ref());
    let language = language.filter(|language| script.prompts.speaks(language));
    let state = CallState {
        version: script.version.clone(),
        language: language.unwrap_or_else(|| script.default_language()).clone(),
        caller,
        turns: 0,
        place: Place::Ended,
        queue: None,
        served: 0,
        held: BTreeMap::from([("dialled".to_owned(), dialled.to_owned())]),
    };
    let mut walk = Walk::new(script, facts, state);
    run(&mut walk, Go::To(&script.settings.start));
    walk.turn()
}

/// The answer to one event. Cannot fail: what should not happen becomes a trouble, and the caller is led on.
pub fn step(script: &Script, mut state: CallState, event: &Event, facts: &Facts) -> Turn {
    state.turns = state.turns.saturating_add(1);
    let place = state.place.clone();
    let mut walk = Walk::new(script, facts, state);
    let (node, wait, asking) = match &place {
        Place::At { node, stage, tries } => (node, Wait { stage: *stage, tries: *tries }, false),
        Place::Asking { node, stage, tries } => (node, Wait { stage: *stage, tries: *tries }, true),
        Place::Ended => {
            walk.hang_up();
            return walk.turn();
        }
    };
    if walk.state.turns > CallState::MOST_TURNS {
        walk.trouble("too-many-turns", "");
        walk.give_up();
        return walk.turn();
    }
    if walk.state.version != script.version {
        walk.trouble("other-version", walk.state.version.clone());
    }
    let go = match script.nodes.get(node) {
        None => Go::Fail("unknown-node", node.clone()),
        Some(node) => {
            walk.here = Some(node);
            let kind = node.action.kind();
            match global(script, kind, event) {
                _ if asking != matches!(event, Event::Answer(_)) => {
                    crate::nodes::unexpected(kind, &mut walk, wait, event)
                }
                Some(Global::Repeat) => {
                    walk.stay(Edge::REPEAT);
                    kind.repeat(&mut walk, wait)
                }
                // Who waits at the person's node already is not sent to the end of it.
                Some(Global::Lead(link)) if link.node == node.name => {
                    walk.stay(&link.way);
                    kind.repeat(&mut walk, wait)
                }
                Some(Global::Lead(link)) => Go::To(link),
                None => kind.resume(&mut walk, wait, event),
            }
        }
    };
    run(&mut walk, go);
    walk.turn()
}

/// What a key of the whole script does.
enum Global<'s> {
    Lead(&'s Link),
    Repeat,
}

/// The key of the whole script that was pressed alone, unless the node has a use for it.
fn global<'s>(script: &'s Script, kind: &dyn Kind, event: &Event) -> Option<Global<'s>> {
    let Event::Digits(keys) = event else { return None };
    let mut keys = keys.chars();
    let (Some(key), None) = (keys.next(), keys.next()) else { return None };
    if !kind.listens() || kind.keys().iter().any(|(bound, _)| *bound == key) {
        return None;
    }
    let settings = &script.settings;
    let repeat = || settings.repeat_key.filter(|(repeat, _)| *repeat == key).map(|_| Global::Repeat);
    settings.lead(key).map(Global::Lead).or_else(repeat)
}

/// Walks from node to node until one waits. The first failure leads to a person, with an apology; a second
/// one, or a person who cannot be reached, ends in the line's last resort.
fn run<'s>(walk: &mut Walk<'s>, mut go: Go<'s>) {
    let settings = &walk.script.settings;
    let (mut entered, mut failed, mut broken) = (0, false, false);
    loop {
        let most = if failed { MOST_NODES + MOST_NODES_TO_A_PERSON } else { MOST_NODES };
        go = match go {
            Go::Wait => return,
            Go::To(_) if entered >= most => Go::Fail("too-many-nodes", String::new()),
            Go::To(link) => match walk.script.nodes.get(&link.node) {
                None => Go::Fail("unknown-node", link.node.clone()),
                Some(node) => {
                    entered += 1;
                    let way = if std::mem::take(&mut broken) { Edge::TROUBLE } else { &link.way };
                    walk.arrive(way, node);
                    node.action.kind().enter(walk)
                }
            },
            Go::Fail(code, detail) => {
                walk.trouble(code, detail);
                if failed {
                    walk.give_up();
                    return;
                }
                (failed, broken) = (true, true);
                walk.say(&settings.apology, Values::new());
                Go::To(&settings.person)
            }
        };
    }
}

/// Lets the house answer the questions of `turn` until it is complete, and joins what was said and decided
/// on the way. The house's own failure ends it.
pub fn settle<E>(
    script: &Script,
    mut turn: Turn,
    facts: &Facts,
    mut answer: impl FnMut(&Question) -> Result<Answer, E>,
) -> Result<Turn, E> {
    for _ in 0..MOST_QUESTIONS {
        let Some(question) = turn.question.take() else { return Ok(turn) };
        let event = Event::Answer(answer(&question)?);
        let next = step(script, turn.state.clone(), &event, facts);
        turn = join(turn, next);
    }
    if turn.question.take().is_some() {
        let mut walk = Walk::new(script, facts, turn.state.clone());
        walk.trouble("too-many-questions", "");
        walk.give_up();
        turn = join(turn, walk.turn());
    }
    Ok(turn)
}

fn join(mut turn: Turn, next: Turn) -> Turn {
    turn.verbs.extend(next.verbs);
    turn.verbs = interruptible(turn.verbs);
    turn.effects.extend(next.effects);
    turn.troubles.extend(next.troubles);
    turn.walked.extend(next.walked);
    turn.spoken.extend(next.spoken);
    Turn { state: next.state, question: next.question, ..turn }
}

/// What a caller hears when the house cannot think: a sentence with the line's fallback number, which is
/// then dialled; without such a number, an apology. Needs no state.
pub fn apology(script: &Script, language: Option<&Language>, fallback: Option<&PhoneNumber>) -> Vec<Verb> {
    let language = language.unwrap_or_else(|| script.default_language());
    let (words, values) = match fallback {
        Some(number) => (&script.settings.unavailable, vec![("number".to_owned(), Value::number(number))]),
        None => (&script.settings.apology, Values::new()),
    };
    let said = script.prompts.say(language, &words.id, || values).map(Verb::Say);
    let then = fallback.map_or(Verb::Hangup, |to| Verb::Dial { to: to.clone(), timeout_seconds: 60 });
    said.into_iter().chain([then]).collect()
}
