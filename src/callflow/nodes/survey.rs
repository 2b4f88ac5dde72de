//! `survey`: questions answered by one key each. An answer counts at once; hanging up half way keeps it.

use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Effect, Event};

#[derive(Debug, Clone)]
pub(crate) struct Survey {
    prompt: Option<Words>,
    questions: Vec<Question>,
    next: Link,
    patience: Patience,
}

/// One question; the keys 1 to `to` answer it.
#[derive(Debug, Clone)]
struct Question {
    id: String,
    prompt: Words,
    to: u8,
}

impl Survey {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let questions = fields.tables("questions").into_iter().map(|mut table| {
            let question = Question {
                id: table.text("id").0,
                prompt: table.words("prompt"),
                to: table.small("to", None, 2, 8),
            };
            table.finish();
            question
        });
        Self {
            questions: questions.collect(),
            prompt: fields.words_or_none("prompt"),
            next: fields.link("next"),
            patience: Patience::read(fields),
        }
    }
}

impl Question {
    fn keys(&self) -> impl Iterator<Item = char> {
        ('1'..='8').take(usize::from(self.to))
    }

    fn score(&self, keyed: &str) -> Option<u8> {
        keyed.parse().ok().filter(|score| keyed.len() == 1 && (1..=self.to).contains(score))
    }
}

impl Kind for Survey {
    fn exits(&self) -> Vec<Exit<'_>> {
        let [silence, invalid] = Exit::of_patience(&self.patience);
        vec![Exit::new(&self.next, How::Input), silence, invalid]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        let questions =
            self.questions.iter().map(|question| Spoken::plain(&question.prompt).offering(question.keys()));
        self.prompt.iter().map(Spoken::plain).chain(questions).collect()
    }

    fn keys(&self) -> Vec<(char, u32)> {
        let longest = self.questions.iter().max_by_key(|question| question.to);
        longest
            .into_iter()
            .flat_map(|question| question.keys().map(|key| (key, question.prompt.line)))
            .collect()
    }

    fn enter<'s>(&'s self, walk: &mut Walk<'s>) -> Go<'s> {
        if let Some(prompt) = &self.prompt {
            walk.say(prompt, Values::new());
        }
        self.ask(walk, Wait::default())
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, 1)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let Some(question) = self.questions.get(usize::from(wait.stage)) else {
            return Go::To(&self.next);
        };
        let prompt = walk.prompt(&question.prompt, Values::new());
        walk.gather(prompt, Keys::One, self.patience.timeout, wait)
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        let question = self.questions.get(usize::from(wait.stage));
        let again = match event {
            Event::Digits(keyed) => {
                match question.and_then(|question| Some((question, question.score(keyed)?))) {
                    Some((question, score)) => {
                        walk.effect(Effect::Rate { question: question.id.clone(), score });
                        return self.ask(walk, Wait::stage(wait.stage.saturating_add(1)));
                    }
                    None => walk.not_understood(&self.patience, wait),
                }
            }
            Event::NoInput => walk.nothing_heard(&self.patience, wait),
            _ => return unexpected(self, walk, wait, event),
        };
        again.map_or_else(|go| go, |wait| self.ask(walk, wait))
    }
}
