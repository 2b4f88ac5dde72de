//! The parts of a golden call as they go over the wire: what happened once, and all that we said to it. Questions and
//! answers of the house are no hooks; they happen in between.

use callflow::transcript::{Input, Part, Scenario};
use callflow::{Answer, Event};

/// One thing that happened, with the answers of the house that belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'s>(&'s [Part]);

/// All groups of a golden call, in order.
pub(super) fn groups(scenario: &Scenario) -> Vec<Group<'_>> {
    let is_answer = |part: &Part| matches!(part.input, Input::Event(Event::Answer(_)));
    scenario.parts.chunk_by(|_, next| is_answer(next)).map(Group).collect()
}

impl<'s> Group<'s> {
    /// Where it stands in the file.
    pub(super) fn line(&self) -> u32 {
        self.0[0].line
    }

    /// The line at the margin.
    pub(super) fn text(&self) -> &'s str {
        &self.0[0].text
    }

    pub(super) fn input(&self) -> &'s Input {
        &self.0[0].input
    }

    /// None: the call begins, or the caller hangs up.
    pub(super) fn event(&self) -> Option<&'s Event> {
        match self.input() {
            Input::Event(event) => Some(event),
            Input::Begin | Input::HangUp => None,
        }
    }

    /// Each question, and what the house answers.
    pub(super) fn answers(&self) -> impl Iterator<Item = (&'s str, &'s Answer)> {
        let asked = self.0.iter().filter_map(|part| part.expected.last()).map(String::as_str);
        let answers = self.0[1..].iter().filter_map(|part| match &part.input {
            Input::Event(Event::Answer(answer)) => Some(answer),
            _ => None,
        });
        asked.zip(answers)
    }

    /// Lines of the file where the answers stand, in the order of [`Group::answers`].
    pub(super) fn answer_lines(&self) -> impl Iterator<Item = u32> {
        self.0[1..].iter().map(|part| part.line)
    }

    /// What a caller can hear or do; nobody hears what is said to a caller who has hung up.
    pub(super) fn audible(&self) -> Vec<&'s str> {
        if matches!(self.event(), Some(Event::Recorded(recording)) if recording.hung_up) {
            return Vec::new();
        }
        self.lines().filter(|line| is_audible(line)).collect()
    }

    /// What the house has to keep.
    pub(super) fn effects(&self) -> Vec<&'s str> {
        self.lines().filter(|line| !is_audible(line) && !line.starts_with("ask ")).collect()
    }

    fn lines(&self) -> impl Iterator<Item = &'s str> {
        self.0.iter().flat_map(|part| part.expected.iter().map(String::as_str))
    }
}

fn is_audible(line: &str) -> bool {
    ["say ", "gather ", "record up ", "dial ", "next", "hangup"].iter().any(|word| line.starts_with(word))
}
