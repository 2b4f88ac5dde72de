//! `record`: the caller leaves a message.
//!
//! A telephone that records tells no key but the one that ends it. So the prompt is spoken in a short gather first, and
//! then 0 and the emergency key end the recording: they lead where they lead everywhere, and what was said is kept.

use crate::Event;
use crate::fields::Fields;
use crate::model::{Link, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Effect, Recording};

/// The prompt is being spoken; then the tape runs.
const PROMPT: u8 = 0;
const RUNNING: u8 = 1;

/// Seconds between the end of the prompt and the beep.
const PAUSE: u32 = 2;

#[derive(Debug, Clone)]
pub(crate) struct Record {
    prompt: Words,
    purpose: String,
    max_seconds: u32,
    silence_seconds: u32,
    tries: u8,
    next: Link,
    no_input: Link,
    /// Where callers are led whose provider takes no messages.
    without_recording: Option<Link>,
}

impl Record {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            prompt: fields.words("prompt"),
            purpose: fields.text("purpose").0,
            max_seconds: fields.number("max_seconds", Some(120), 5, 600),
            silence_seconds: fields.number("silence_seconds", Some(5), 2, 30),
            tries: fields.small("tries", Some(2), 1, 9),
            next: fields.link("next"),
            no_input: fields.link("no_input"),
            without_recording: fields.link_or_none("without_recording"),
        }
    }

    /// Whether callers go on elsewhere where nothing can be recorded.
    pub(crate) fn has_substitute(&self) -> bool {
        self.without_recording.is_some()
    }

    fn recorded<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, recording: &Recording) -> Go<'s> {
        if recording.seconds > 0 {
            walk.effect(Effect::TakeMessage { purpose: self.purpose.clone(), recording: recording.clone() });
        }
        let lead = recording.ended_by.and_then(|key| walk.script.settings.lead(key));
        match (recording.hung_up, lead, recording.seconds) {
            (true, ..) => walk.hang_up(),
            (false, Some(link), _) => Go::To(link),
            (false, None, 0) => self.silent(walk, wait),
            (false, None, _) => Go::To(&self.next),
        }
    }

    fn silent<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let words = &walk.script.settings.nothing_heard;
        let again = walk.again(self.tries, wait, words, &self.no_input);
        again.map_or_else(|go| go, |wait| self.ask(walk, Wait { stage: PROMPT, ..wait }))
    }
}

impl Kind for Record {
    fn exits(&self) -> Vec<Exit<'_>> {
        let mut exits = vec![
            Exit::new(&self.next, How::Input),
            Exit::new(&self.no_input, How::Silence).after(self.tries),
        ];
        exits.extend(self.without_recording.iter().map(|link| Exit::new(link, How::AtOnce)));
        exits
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        vec![Spoken::plain(&self.prompt)]
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::Gather { seconds: PAUSE, digits: 1 }, Asks::Record { seconds: self.max_seconds }]
    }

    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        match &self.without_recording {
            Some(link) if !walk.facts.records => Go::To(link),
            _ => self.ask(walk, Wait::default()),
        }
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let prompt = walk.prompt(&self.prompt, Values::new());
        walk.gather(prompt, Keys::One, PAUSE, Wait { stage: PROMPT, ..wait })
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        match (event, wait.stage) {
            (Event::NoInput | Event::Digits(_), PROMPT) => {
                walk.record(self.max_seconds, self.silence_seconds, Wait { stage: RUNNING, ..wait })
            }
            // A provider may report the recording late, when the way out was already taken.
            (Event::Recorded(recording), _) => self.recorded(walk, wait, recording),
            (Event::NoInput | Event::Digits(_), _) => self.silent(walk, wait),
            _ => unexpected(self, walk, wait, event),
        }
    }
}
