//! `language`: the caller chooses a language; each offer is spoken by its own voice.

use std::collections::BTreeMap;

use domain::Language;

use crate::fields::Fields;
use crate::model::{Link, Patience, Words};
use crate::nodes::menu::single_key;
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};
use crate::{Effect, Event};

#[derive(Debug, Clone)]
pub(crate) struct ChooseLanguage {
    prompt: Words,
    options: BTreeMap<char, (Language, u32)>,
    next: Link,
    patience: Patience,
}

impl ChooseLanguage {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let mut options = BTreeMap::new();
        if let Some(mut table) = fields.table("keys") {
            for (name, _) in table.names() {
                let (tag, line) = table.text(&name);
                match (single_key(&name), Language::parse(&tag)) {
                    (Some(key), Ok(language)) => drop(options.insert(key, (language, line))),
                    (None, _) => table.report(
                        line,
                        "wrong-value",
                        format!("\"{name}\" is no telephone key"),
                        "write one of 0 to 9, * or #",
                    ),
                    (_, Err(error)) => {
                        table.report(line, "wrong-value", error.to_string(), "name a language of the script")
                    }
                }
            }
            table.finish();
        } else {
            fields.report(
                fields.line(),
                "missing-key",
                "a language node without keys".to_owned(),
                "add `keys = { 1 = \"…\" }`",
            );
        }
        Self {
            prompt: fields.words("prompt"),
            options,
            next: fields.link("next"),
            patience: Patience::read(fields),
        }
    }

    /// Languages offered, with the line of each.
    pub(crate) fn offered(&self) -> impl Iterator<Item = &(Language, u32)> {
        self.options.values()
    }
}

impl Kind for ChooseLanguage {
    fn exits(&self) -> Vec<Exit<'_>> {
        let [silence, invalid] = Exit::of_patience(&self.patience);
        vec![Exit::new(&self.next, How::Input), silence, invalid]
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        vec![Spoken::plain(&self.prompt).offering(self.options.keys().copied())]
    }

    fn keys(&self) -> Vec<(char, u32)> {
        self.options.iter().map(|(key, (_, line))| (*key, *line)).collect()
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, 1)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let mut prompts = Vec::new();
        for (language, _) in self.options.values() {
            prompts.extend(walk.prompt_in(language, &self.prompt, Values::new()));
        }
        walk.gather(prompts, Keys::One, self.patience.timeout, wait)
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        let again = match event {
            Event::Digits(keys) => match single_key(keys).and_then(|key| self.options.get(&key)) {
                Some((language, _)) => {
                    walk.state.language = language.clone();
                    walk.effect(Effect::SetLanguage(language.clone()));
                    return Go::To(&self.next);
                }
                None => walk.not_understood(&self.patience, wait),
            },
            Event::NoInput => walk.nothing_heard(&self.patience, wait),
            _ => return unexpected(self, walk, wait, event),
        };
        again.map_or_else(|go| go, |wait| self.ask(walk, wait))
    }
}
