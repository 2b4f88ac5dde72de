//! `callback`: the caller is promised a call and keeps the place in the queue.
//!
//! The number a call comes from is never read out; one that was just keyed in is.

use domain::Caller;

use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::{Value, Values};
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Effect, Event};

/// "On this number or another?", then the other number, then its read-back.
const WHICH: u8 = 0;
const NUMBER: u8 = 1;
const READ_BACK: u8 = 2;

/// Where the keyed number is kept until it is confirmed.
const KEYED: &str = "callback_number";

#[derive(Debug, Clone)]
pub(crate) struct Callback {
    prompt: Words,
    ask_number: Words,
    read_back: Words,
    promised: Words,
    min: u8,
    max: u8,
    next: Link,
    patience: Patience,
}

impl Callback {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            prompt: fields.words("prompt"),
            ask_number: fields.words("ask_number"),
            read_back: fields.words("read_back"),
            promised: fields.words("promised"),
            min: fields.small("min", Some(5), 3, 15),
            max: fields.small("max", Some(15), 3, 15),
            next: fields.link("next"),
            patience: Patience::read(fields),
        }
    }

    fn promise<'s>(&'s self, walk: &mut Walk<'s>, number: Option<String>) -> Go<'s> {
        // From here on the promise holds the place, not the call.
        walk.state.queue = None;
        walk.effect(Effect::PromiseCallback { number });
        walk.say(&self.promised, Values::new());
        Go::To(&self.next)
    }

    fn digits<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, keyed: &str) -> Go<'s> {
        let fits = (usize::from(self.min)..=usize::from(self.max)).contains(&keyed.len())
            && keyed.bytes().all(|b| b.is_ascii_digit());
        match (wait.stage, keyed) {
            (WHICH, "1") => self.promise(walk, None),
            (WHICH, "2") => self.ask(walk, Wait::stage(NUMBER)),
            (NUMBER, _) if fits => {
                walk.state.held.insert(KEYED.to_owned(), keyed.to_owned());
                self.ask(walk, Wait::stage(READ_BACK))
            }
            (READ_BACK, "1") => {
                let number = walk.state.held.remove(KEYED);
                self.promise(walk, number)
            }
            (READ_BACK, "2") => self.ask(walk, Wait::stage(NUMBER)),
            _ => walk.not_understood(&self.patience, wait).map_or_else(|go| go, |wait| self.ask(walk, wait)),
        }
    }
}

impl Kind for Callback {
    fn exits(&self) -> Vec<Exit<'_>> {
        let [silence, invalid] = Exit::of_patience(&self.patience);
        vec![Exit::new(&self.next, How::Input), silence, invalid]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        vec![
            Spoken::plain(&self.prompt).offering(['1', '2']),
            Spoken::plain(&self.ask_number).offering(['#']),
            Spoken::with(&self.read_back, &["number"]).offering(['1', '2']),
            Spoken::plain(&self.promised),
        ]
    }

    fn keys(&self) -> Vec<(char, u32)> {
        vec![('1', self.prompt.line), ('2', self.prompt.line)]
    }

    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        let known = matches!(walk.state.caller, Caller::Known(_));
        self.ask(walk, Wait::stage(if known { WHICH } else { NUMBER }))
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, self.max)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let keyed = walk.state.held.get(KEYED).cloned();
        match (wait.stage, keyed) {
            (WHICH, _) => {
                let prompt = walk.prompt(&self.prompt, Values::new());
                walk.gather(prompt, Keys::One, self.patience.timeout, wait)
            }
            (READ_BACK, Some(keyed)) => {
                let prompt = walk.prompt(&self.read_back, vec![("number".to_owned(), Value::Digits(keyed))]);
                walk.gather(prompt, Keys::One, self.patience.timeout, wait)
            }
            _ => {
                let prompt = walk.prompt(&self.ask_number, Values::new());
                walk.gather(
                    prompt,
                    Keys::UpTo(self.max, '#'),
                    self.patience.timeout,
                    Wait { stage: NUMBER, ..wait },
                )
            }
        }
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        match event {
            Event::Digits(keyed) => self.digits(walk, wait, keyed),
            Event::NoInput => {
                walk.nothing_heard(&self.patience, wait).map_or_else(|go| go, |wait| self.ask(walk, wait))
            }
            _ => unexpected(self, walk, wait, event),
        }
    }
}
