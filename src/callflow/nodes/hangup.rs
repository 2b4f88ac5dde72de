//! `hangup`: say goodbye and end the call.
//!
//! The goodbye is spoken in a short gather: whoever has one more question, or needs help after all, is still heard.
//! `plain = true` says it and hangs up.

use crate::Event;
use crate::fields::Fields;
use crate::model::Words;
use crate::nodes::{Asks, Exit, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};

/// Seconds between the goodbye and the end.
const PAUSE: u32 = 2;

#[derive(Debug, Clone)]
pub(crate) struct Hangup {
    prompt: Option<Words>,
    plain: bool,
}

impl Hangup {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self { prompt: fields.words_or_none("prompt"), plain: fields.flag("plain") }
    }
}

impl Kind for Hangup {
    fn exits(&self) -> Vec<Exit<'_>> {
        Vec::new()
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        self.prompt.iter().map(Spoken::plain).collect()
    }

    fn asks(&self) -> Vec<Asks> {
        if self.listens() { vec![Asks::Gather { seconds: PAUSE, digits: 1 }] } else { Vec::new() }
    }

    fn listens(&self) -> bool {
        self.prompt.is_some() && !self.plain
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let Some(prompt) = &self.prompt else { return walk.hang_up() };
        if self.plain {
            walk.say(prompt, Values::new());
            return walk.hang_up();
        }
        let prompt = walk.prompt(prompt, Values::new());
        walk.gather(prompt, Keys::One, PAUSE, wait)
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        match event {
            // A key that means nothing here is no reason to stay.
            Event::NoInput | Event::Digits(_) => walk.hang_up(),
            _ => unexpected(self, walk, wait, event),
        }
    }
}
