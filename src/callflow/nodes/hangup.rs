//! `hangup`: say goodbye and end the call.

use crate::fields::Fields;
use crate::model::Words;
use crate::nodes::{Exit, Kind, Spoken};
use crate::prompts::Values;
use crate::walk::{Go, Wait, Walk};

#[derive(Debug, Clone)]
pub(crate) struct Hangup {
    prompt: Option<Words>,
}

impl Hangup {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self { prompt: fields.words_or_none("prompt") }
    }
}

impl Kind for Hangup {
    fn exits(&self) -> Vec<Exit<'_>> {
        Vec::new()
    }

    fn spoken(&self) -> Vec<Spoken> {
        self.prompt.iter().map(Spoken::plain).collect()
    }

    fn listens(&self) -> bool {
        false
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        if let Some(prompt) = &self.prompt {
            walk.say(prompt, Values::new());
        }
        walk.hang_up()
    }
}
