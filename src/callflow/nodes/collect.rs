//! `collect`: the caller keys in digits, which are kept under a name and may be read back.

use crate::Event;
use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::{Value, Values};
use crate::walk::{Go, Keys, Wait, Walk};

/// Waiting for the digits, then for "1 is right, 2 asks again".
const DIGITS: u8 = 0;
const CONFIRM: u8 = 1;

#[derive(Debug, Clone)]
pub(crate) struct Collect {
    prompt: Words,
    min: u8,
    max: u8,
    finish_key: char,
    hold: String,
    confirm: Option<Words>,
    next: Link,
    patience: Patience,
}

impl Collect {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        // One digit alone would leave no way to tell "0, a person" from the digit 0.
        let (min, max) = (fields.small("min", None, 2, 32), fields.small("max", None, 2, 32));
        if max < min {
            fields.report(
                fields.line(),
                "wrong-value",
                format!("max = {max} is below min = {min}"),
                "let max be min or more",
            );
        }
        let (hold, line) = fields.text("hold");
        if hold == crate::nodes::LOOKED_UP {
            fields.report(
                line,
                "wrong-value",
                format!("`{hold}` is the engine's own name"),
                "choose another name",
            );
        }
        Self {
            prompt: fields.words("prompt"),
            min,
            max,
            finish_key: fields.key("finish_key").map_or('#', |(key, _)| key),
            hold,
            confirm: fields.words_or_none("confirm"),
            next: fields.link("next"),
            patience: Patience::read(fields),
        }
    }

    /// Name under which the digits are kept.
    pub(crate) fn hold(&self) -> &str {
        &self.hold
    }

    fn digits<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, keyed: &str) -> Go<'s> {
        let fits = (usize::from(self.min)..=usize::from(self.max)).contains(&keyed.len())
            && keyed.bytes().all(|b| b.is_ascii_digit());
        if !fits {
            return walk
                .not_understood(&self.patience, wait)
                .map_or_else(|go| go, |wait| self.ask(walk, wait));
        }
        walk.state.held.insert(self.hold.clone(), keyed.to_owned());
        match self.confirm {
            Some(_) => self.ask(walk, Wait::stage(CONFIRM)),
            None => Go::To(&self.next),
        }
    }
}

impl Kind for Collect {
    fn exits(&self) -> Vec<Exit<'_>> {
        let [silence, invalid] = Exit::of_patience(&self.patience);
        vec![Exit::new(&self.next, How::Input), silence, invalid]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        let mut spoken = vec![Spoken::plain(&self.prompt).offering([self.finish_key])];
        spoken.extend(self.confirm.iter().map(|words| Spoken::with(words, &["value"]).offering(['1', '2'])));
        spoken
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, self.max)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        if let (CONFIRM, Some(words)) = (wait.stage, &self.confirm) {
            let keyed = walk.state.held.get(&self.hold).cloned().unwrap_or_default();
            let prompt = walk.prompt(words, vec![("value".to_owned(), Value::Digits(keyed))]);
            return walk.gather(prompt, Keys::One, self.patience.timeout, wait);
        }
        let prompt = walk.prompt(&self.prompt, Values::new());
        walk.gather(
            prompt,
            Keys::UpTo(self.max, self.finish_key),
            self.patience.timeout,
            Wait { stage: DIGITS, ..wait },
        )
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        let again = match (event, wait.stage) {
            (Event::Digits(keyed), DIGITS) => return self.digits(walk, wait, keyed),
            (Event::Digits(key), _) if key == "1" => return Go::To(&self.next),
            (Event::Digits(key), _) if key == "2" => return self.ask(walk, Wait::stage(DIGITS)),
            (Event::Digits(_), _) => walk.not_understood(&self.patience, wait),
            (Event::NoInput, _) => walk.nothing_heard(&self.patience, wait),
            _ => return unexpected(self, walk, wait, event),
        };
        again.map_or_else(|go| go, |wait| self.ask(walk, wait))
    }

    fn keys(&self) -> Vec<(char, u32)> {
        self.confirm.iter().flat_map(|words| [('1', words.line), ('2', words.line)]).collect()
    }
}
