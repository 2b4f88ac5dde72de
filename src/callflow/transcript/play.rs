//! Plays a golden call through the engine and compares what was said with what is written.

use std::sync::Arc;

use domain::Timestamp;

use super::{Input, Scenario, effect_line, question_line, trouble_line, verb_lines};
use crate::coverage::Seen;
use crate::walk::interruptible;
use crate::{CallState, Event, Facts, Place, Script, Turn, Verb, begin, step};

/// What the engine answered to each part of a golden call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// Our lines, part by part, in the order of [`Scenario::parts`].
    pub ours: Vec<Vec<String>>,
    /// What each document told the provider to do; the house's answers are part of the document they delayed.
    pub documents: Vec<Vec<Verb>>,
    /// Ways that were walked and prompts that were spoken.
    pub seen: Seen,
}

/// A golden call that cannot be played to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct PlayFault {
    pub line: u32,
    pub message: String,
}

/// One part where the engine said something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub line: u32,
    /// The line at the margin that it is the answer to.
    pub after: String,
    /// `- written` and `+ said`, without what both have in common at head and tail.
    pub lines: Vec<String>,
}

/// Plays `scenario`. Between every two turns the state is written and read back, as it is in a real call.
pub fn play(script: &Script, scenario: &Scenario) -> Result<Transcript, PlayFault> {
    let facts = Facts {
        now: Timestamp::from(scenario.header.at.and_utc()),
        local: scenario.header.at,
        next_open: scenario.header.next_open,
        open: scenario.header.open,
        records: scenario.header.records,
        remembered: scenario.header.remembered.clone(),
        numbers: Arc::new(scenario.header.numbers.clone()),
    };
    let mut transcript = Transcript { ours: Vec::new(), documents: Vec::new(), seen: Seen::default() };
    let mut unanswered = Vec::new();
    let mut standing: Option<Turn> = None;
    let (mut gone, mut last_line) = (false, 1);
    for part in &scenario.parts {
        let fault = |message: &str| PlayFault { line: part.line, message: message.to_owned() };
        last_line = part.line;
        if gone {
            return Err(fault("the caller has hung up before this"));
        }
        let turn = match (&part.input, standing.take()) {
            (Input::HangUp, _) => {
                gone = true;
                transcript.ours.push(Vec::new());
                continue;
            }
            (Input::Begin, _) => begin(script, scenario.header.caller.clone(), script.line(), &facts),
            (Input::Event(_), None) => return Err(fault("nothing has begun yet")),
            (Input::Event(event), Some(before)) => {
                in_turn(&before, event).map_err(fault)?;
                step(script, carried(&before.state).map_err(fault)?, event, &facts)
            }
        };
        transcript.ours.push(our_lines(&turn, script));
        unanswered.extend(turn.verbs.iter().cloned());
        if turn.question.is_none() {
            transcript.documents.push(interruptible(std::mem::take(&mut unanswered)));
        }
        transcript.seen.edges.extend(turn.walked.iter().cloned());
        transcript.seen.prompts.extend(turn.spoken.iter().cloned());
        standing = Some(turn);
    }
    match standing {
        Some(turn) if turn.state.place != Place::Ended => {
            let message =
                "the caller is still waiting at the end: write what comes next, or `hang up`".to_owned();
            Err(PlayFault { line: last_line, message })
        }
        _ => Ok(transcript),
    }
}

/// Whether `event` can come now: an answer to a question and nothing else, nothing after the end.
fn in_turn(before: &Turn, event: &Event) -> Result<(), &'static str> {
    match (&before.question, event) {
        (Some(_), Event::Answer(_)) => Ok(()),
        (Some(_), _) => Err("the house was asked something: write `answer …` first"),
        (None, Event::Answer(_)) => Err("nobody asked the house anything"),
        (None, _) if before.state.place == Place::Ended => Err("the call has ended before this"),
        (None, _) => Ok(()),
    }
}

/// The state as it comes back in the next hook.
fn carried(state: &CallState) -> Result<CallState, &'static str> {
    let written = serde_json::to_string(state).map_err(|_| "the state cannot be written")?;
    let read: CallState = serde_json::from_str(&written).map_err(|_| "the state cannot be read back")?;
    if read == *state { Ok(read) } else { Err("the state changed on its way through the address") }
}

fn our_lines(turn: &Turn, script: &Script) -> Vec<String> {
    let mut lines: Vec<String> = turn.troubles.iter().map(trouble_line).collect();
    lines.extend(turn.effects.iter().map(effect_line));
    lines.extend(turn.verbs.iter().flat_map(|verb| verb_lines(verb, script.default_language())));
    lines.extend(turn.question.as_ref().map(question_line));
    lines
}

/// Where `transcript` says something else than `scenario` has written.
pub fn compare(scenario: &Scenario, transcript: &Transcript) -> Vec<Difference> {
    let pairs = scenario.parts.iter().zip(&transcript.ours);
    let differing = pairs.filter(|(part, said)| part.expected != **said);
    let difference = differing.map(|(part, said)| Difference {
        line: part.line,
        after: part.text.clone(),
        lines: unlike(&part.expected, said),
    });
    difference.collect()
}

fn unlike(written: &[String], said: &[String]) -> Vec<String> {
    let head = written.iter().zip(said).take_while(|(a, b)| a == b).count();
    let (written, said) = (written.get(head..).unwrap_or_default(), said.get(head..).unwrap_or_default());
    let tail = written.iter().rev().zip(said.iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = written.iter().take(written.len() - tail).map(|line| format!("- {line}"));
    let new = said.iter().take(said.len() - tail).map(|line| format!("+ {line}"));
    gone.chain(new).collect()
}

/// The golden call as its file should read, with what the engine says now.
pub fn rewrite(scenario: &Scenario, transcript: &Transcript) -> String {
    let mut text = String::new();
    let mut line = |indent: &str, words: &str| {
        text.push_str(indent);
        text.push_str(words);
        text.push('\n');
    };
    for (part, said) in scenario.parts.iter().zip(&transcript.ours) {
        part.comments.iter().for_each(|comment| line("", comment));
        line("", &part.text);
        if part.input == Input::Begin {
            scenario
                .header
                .numbers
                .iter()
                .for_each(|(name, number)| line("", &format!("number {name} = {}", number.as_str())));
        }
        said.iter().for_each(|words| line("  ", words));
    }
    scenario.epilogue.iter().for_each(|comment| line("", comment));
    text
}
