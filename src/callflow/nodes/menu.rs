//! `menu`: one key chooses where to go on.

use std::collections::BTreeMap;

use crate::Event;
use crate::fields::{Fields, is_key};
use crate::model::{Link, Patience, Words};
use crate::nodes::{Asks, Exit, How, Kind, Spoken, unexpected};
use crate::prompts::Values;
use crate::walk::{Go, Keys, Wait, Walk};

#[derive(Debug, Clone)]
pub(crate) struct Menu {
    prompt: Words,
    options: BTreeMap<char, Choice>,
    patience: Patience,
}

/// What one key does.
#[derive(Debug, Clone)]
struct Choice {
    next: Link,
    note: BTreeMap<String, String>,
    line: u32,
}

impl Menu {
    pub(crate) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let (prompt, patience) = (fields.words("prompt"), Patience::read(fields));
        let options = fields.table("keys").map(read_options).unwrap_or_default();
        if options.is_empty() {
            fields.report(
                fields.line(),
                "missing-key",
                "a menu without keys".to_owned(),
                "add [node.NAME.keys] with `1 = \"…\"`",
            );
        }
        Self { prompt, options, patience }
    }

    /// Where 0 leads, if the menu binds it.
    pub(crate) fn zero(&self) -> Option<&Link> {
        self.options.get(&'0').map(|choice| &choice.next)
    }
}

fn read_options(mut keys: Fields<'_, '_>) -> BTreeMap<char, Choice> {
    let mut options = BTreeMap::new();
    for (name, line) in keys.names() {
        let choice = if keys.is_text(&name) {
            Some(Choice { next: keys.link(&name), note: BTreeMap::new(), line })
        } else {
            keys.table(&name).map(|mut choice| {
                let next = choice.link("next").by(name.as_str());
                let note = crate::parse::note(&mut choice);
                choice.finish();
                Choice { next, note, line }
            })
        };
        match (single_key(&name), choice) {
            (Some(key), Some(choice)) => drop(options.insert(key, choice)),
            (None, _) => keys.report(
                line,
                "wrong-value",
                format!("\"{name}\" is no telephone key"),
                "write one of 0 to 9, * or #",
            ),
            (_, None) => {}
        }
    }
    keys.finish();
    options
}

/// The telephone key that `name` is.
pub(crate) fn single_key(name: &str) -> Option<char> {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(key), None) if is_key(key) => Some(key),
        _ => None,
    }
}

impl Kind for Menu {
    fn exits(&self) -> Vec<Exit<'_>> {
        let mut exits: Vec<_> =
            self.options.values().map(|choice| Exit::new(&choice.next, How::Input)).collect();
        exits.extend(Exit::of_patience(&self.patience));
        exits
    }

    fn spoken(&self) -> Vec<Spoken<'_>> {
        vec![Spoken::plain(&self.prompt).offering(self.options.keys().copied())]
    }

    fn keys(&self) -> Vec<(char, u32)> {
        self.options.iter().map(|(key, choice)| (*key, choice.line)).collect()
    }

    fn asks(&self) -> Vec<Asks> {
        vec![Asks::keys(&self.patience, 1)]
    }

    fn ask<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait) -> Go<'s> {
        let prompt = walk.prompt(&self.prompt, Values::new());
        walk.gather(prompt, Keys::One, self.patience.timeout, wait)
    }

    fn resume<'s>(&'s self, walk: &mut Walk<'s>, wait: Wait, event: &Event) -> Go<'s> {
        let again = match event {
            Event::Digits(keys) => match single_key(keys).and_then(|key| self.options.get(&key)) {
                Some(choice) => {
                    walk.take_notes(&choice.note);
                    return Go::To(&choice.next);
                }
                None => walk.not_understood(&self.patience, wait),
            },
            Event::NoInput => walk.nothing_heard(&self.patience, wait),
            _ => return unexpected(self, walk, wait, event),
        };
        again.map_or_else(|go| go, |wait| self.ask(walk, wait))
    }
}
