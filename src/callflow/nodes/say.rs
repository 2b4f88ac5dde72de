//! `say`: speak a prompt and go on.

use crate::fields::Fields;
use crate::model::{Link, Words};
use crate::nodes::{Exit, How, Kind, Spoken};
use crate::prompts::Values;
use crate::walk::{Go, Wait, Walk};

#[derive(Debug, Clone)]
pub(crate) struct Say {
    prompt: Words,
    next: Link,
}

impl Say {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self { prompt: fields.words("prompt"), next: fields.link("next") }
    }
}

impl Kind for Say {
    fn exits(&self) -> Vec<Exit<'_>> {
        vec![Exit::new(&self.next, How::AtOnce)]
    }

    fn spoken(&self) -> Vec<Spoken> {
        vec![Spoken::plain(&self.prompt)]
    }

    fn listens(&self) -> bool {
        false
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        walk.say(&self.prompt, Values::new());
        Go::To(&self.next)
    }
}
