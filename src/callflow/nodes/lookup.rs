//! `lookup`: progress of a case by its number and PIN. What is said is a status, never anything personal.

use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Answer, Event, Question};

/// Waiting for the case number, then for its PIN.
const NUMBER: u8 = 0;
const PIN: u8 = 1;

/// Where the keyed case number is kept until the PIN comes; never spoken.
pub(crate) const LOOKED_UP: &str = "lookup";

/// A case number has eight digits or more, a PIN four or more.
const LONGEST_NUMBER: u8 = 19;
const LONGEST_PIN: u8 = 8;
const SHORTEST: usize = 4;

#[derive(Debug, Clone)]
pub(crate) struct Lookup {
    ask_number: Words,
    ask_pin: Words,
    status: Words,
    statuses: Vec<(String, u32)>,
    no_such_case: Words,
    next: Link,
    too_many: Link,
    patience: Patience,
}

impl Lookup {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            ask_number: fields.words("ask_number"),
            ask_pin: fields.words("ask_pin"),
            status: fields.words("status"),
            statuses: fields.texts("statuses"),
            no_such_case: fields.words("no_such_case"),
            next: fields.link("next"),
            too_many: fields.link("too_many"),
            patience: Patience::read(fields),
        }
    }

    fn status_prompt(&self, word: &str, line: u32) -> Words {
        Words { id: format!("{}-{word}", self.status.id), line }
    }

    fn keyed<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, keyed: &str) -> Go<'s> {
        if keyed.len() < SHORTEST || !keyed.bytes().all(|b| b.is_ascii_digit()) {
            return walk
                .not_understood(&self.patience, wait)
                .map_or_else(|go| go, |wait| self.ask(walk, wait));
        }
        if wait.stage == NUMBER {
            walk.state.held.insert(LOOKED_UP.to_owned(), keyed.to_owned());
            return self.ask(walk, Wait { stage: PIN, ..wait });
        }
        let case_number = walk.state.held.remove(LOOKED_UP).unwrap_or_default();
        walk.ask_house(Question::Lookup { case_number, pin: keyed.to_owned() }, wait)
    }

    fn answered<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, answer: &Answer) -> Go<'s> {
        match answer {
            Answer::Progress { status } => {
                if !self.statuses.iter().any(|(word, _)| word == status) {
                    return Go::Fail("unknown-status", status.clone());
                }
                walk.say(&self.status_prompt(status, self.status.line), Values::new());
                Go::To(&self.next)
            }
            Answer::NoSuchCase => {
                let again = walk.again(self.patience.tries, wait, &self.no_such_case, &self.patience.invalid);
                again.map_or_else(|go| go, |wait| self.ask(walk, Wait { stage: NUMBER, ..wait }))
            }
            Answer::TooManyTries => Go::To(&self.too_many),
            Answer::Down => walk.down(None),
            _ => Go::Fail("unexpected-answer", "lookup".to_owned()),
        }
    }
}

impl Kind for Lookup {
    fn exits(&self) -> Vec<Exit<'_>> {
        let [silence, invalid] = Exit::of_patience(&self.patience);
        vec![Exit::new(&self.next, How::Input), Exit::new(&self.too_many, How::Input), silence, invalid]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        let mut spoken = vec![
            Spoken::plain(&self.ask_number).offering(['#']),
            Spoken::plain(&self.ask_pin).offering(['#']),
            Spoken::plain(&self.no_such_case),
        ];
        spoken.extend(self.statuses.iter().map(|(word, line)| Spoken::made(self.status_prompt(word, *line))));
        spoken
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, LONGEST_NUMBER)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        // A PIN without the number it belongs to is of no use: the number was handed to the house already.
        let stage = if walk.state.held.contains_key(LOOKED_UP) { wait.stage } else { NUMBER };
        let wait = Wait { stage, ..wait };
        let (words, most) =
            if stage == PIN { (&self.ask_pin, LONGEST_PIN) } else { (&self.ask_number, LONGEST_NUMBER) };
        let prompt = walk.prompt(words, Values::new());
        walk.gather(prompt, Keys::UpTo(most, '#'), self.patience.timeout, wait)
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        match event {
            Event::Digits(keyed) => self.keyed(walk, wait, keyed),
            Event::NoInput => {
                walk.nothing_heard(&self.patience, wait).map_or_else(|go| go, |wait| self.ask(walk, wait))
            }
            Event::Answer(answer) => self.answered(walk, wait, answer),
            _ => unexpected(self, walk, wait, event),
        }
    }
}
