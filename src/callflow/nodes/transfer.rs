//! `transfer`: put the caller through to a telephone outside the queue.
//!
//! What is announced before is spoken in a short gather, so that 0 and the emergency key work meanwhile. An emergency
//! waits for nothing.

use domain::PhoneNumber;

use crate::fields::Fields;
use crate::model::{Link, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Value;
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{DialOutcome, Effect, Event};

/// It is ringing, or there is talk; before that, it is announced.
const DIALLING: u8 = 0;
const ANNOUNCED: u8 = 1;

/// Seconds between the end of the announcement and the ringing.
const PAUSE: u32 = 1;

#[derive(Debug, Clone)]
pub(crate) struct Transfer {
    prompt: Option<Words>,
    to: To,
    /// Line that says whom to ring.
    to_line: u32,
    pub(crate) emergency: bool,
    timeout: u32,
    pub(crate) next: Link,
    failed: Link,
}

/// Whom to ring.
#[derive(Debug, Clone)]
enum To {
    Number(PhoneNumber),
    /// A name among the numbers of the facts: `config:NAME`, `department:CODE` or `office:CODE`.
    Named(String),
}

/// What a name of a telephone may begin with.
const NAMED: [&str; 3] = ["config:", "department:", "office:"];

impl Transfer {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let (to, line) = fields.text("to");
        let named =
            NAMED.iter().any(|register| to.strip_prefix(register).is_some_and(|name| !name.is_empty()));
        let number = PhoneNumber::parse(&to);
        if !named && number.is_err() && !to.is_empty() {
            let remedy = "write a number, \"config:NAME\", \"department:CODE\" or \"office:CODE\"";
            fields.report(line, "wrong-value", format!("\"{to}\" cannot be dialled"), remedy);
        }
        Self {
            prompt: fields.words_or_none("prompt"),
            to: number.map_or(To::Named(to), To::Number),
            to_line: line,
            emergency: fields.flag("emergency"),
            timeout: fields.number("timeout", Some(30), 10, 120),
            next: fields.link("next"),
            failed: fields.link("failed"),
        }
    }
}

impl Transfer {
    /// The telephone that the script itself writes out, and the line that does.
    pub(crate) fn written(&self) -> Option<(&PhoneNumber, u32)> {
        match &self.to {
            To::Number(number) => Some((number, self.to_line)),
            To::Named(_) => None,
        }
    }

    fn number(&self, walk: &Walk<'_>) -> Option<PhoneNumber> {
        match &self.to {
            To::Number(number) => Some(number.clone()),
            To::Named(name) => walk.facts.numbers.get(name).cloned(),
        }
    }
}

impl Kind for Transfer {
    fn exits(&self) -> Vec<Exit<'_>> {
        // `failed` may come at once, when the house knows no number by that name.
        vec![Exit::new(&self.next, How::Ended), Exit::new(&self.failed, How::AtOnce)]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        self.prompt.iter().map(|prompt| Spoken::with(prompt, &["number"])).collect()
    }

    fn listens(&self) -> bool {
        self.prompt.is_some() && !self.emergency
    }

    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        if self.emergency {
            walk.effect(Effect::Emergency);
        }
        let Some((number, prompt)) = self.number(walk).zip(self.prompt.as_ref()) else {
            return self.ask(walk, Wait::default());
        };
        let told = vec![("number".to_owned(), Value::number(&number))];
        if self.emergency {
            walk.say(prompt, told);
            return self.ask(walk, Wait::default());
        }
        let prompt = walk.prompt(prompt, told);
        walk.gather(prompt, Keys::One, PAUSE, Wait::stage(ANNOUNCED))
    }

    fn repeat<'s>(&'s self, walk: &mut Walk<'s>, _: Wait) -> Go<'s> {
        self.enter(walk)
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::Ring { seconds: self.timeout }]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        match (self.number(walk), &self.to) {
            (Some(number), _) => walk.dial(number, self.timeout, Wait { stage: DIALLING, ..wait }),
            (None, To::Named(name)) => {
                walk.trouble("unknown-number", name);
                Go::To(&self.failed)
            }
            (None, To::Number(_)) => Go::To(&self.failed),
        }
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        match event {
            // Any key but those of the whole script ends the announcement.
            Event::NoInput | Event::Digits(_) if wait.stage == ANNOUNCED => self.ask(walk, wait),
            Event::Dialled(DialOutcome::Completed) => Go::To(&self.next),
            // The way out behind the dial: whatever became of it, nobody is talking.
            Event::Dialled(_) | Event::NoInput => Go::To(&self.failed),
            _ => unexpected(self, walk, wait, event),
        }
    }
}
