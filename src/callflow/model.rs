//! The script as a value: settings, nodes, prompts. [`crate::check()`] makes it, [`crate::step()`] walks it.

use std::collections::{BTreeMap, BTreeSet};

use domain::Language;

use crate::nodes::Action;
use crate::prompts::Prompts;

/// One line's script, ready to be walked.
pub struct Script {
    pub(crate) settings: Settings,
    pub(crate) nodes: BTreeMap<String, Node>,
    pub(crate) prompts: Prompts,
    pub(crate) version: String,
    /// Names that some branch decides on: only these notes travel with the call.
    pub(crate) branched_on: BTreeSet<String>,
}

/// The key that leads to a person from everywhere.
pub(crate) const PERSON: char = '0';

/// The `[script]` table.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) line: String,
    /// The first is the default.
    pub(crate) languages: Vec<Language>,
    /// Languages of numbers that were dialled, each with its line.
    pub(crate) dialled: BTreeMap<String, (Language, u32)>,
    pub(crate) profile: String,
    pub(crate) profile_line: u32,
    pub(crate) start: Link,
    pub(crate) person: Link,
    pub(crate) apology: Words,
    pub(crate) unavailable: Words,
    /// Where callers are led who need the house's records while they are out of reach; none: to the line's
    /// fallback number.
    pub(crate) down: Option<Link>,
    pub(crate) nothing_heard: Words,
    pub(crate) not_understood: Words,
    pub(crate) repeat_key: Option<(char, u32)>,
    pub(crate) emergency: Option<Emergency>,
}

impl Settings {
    /// Where a key of the whole script leads: to help in an emergency, or to a person.
    pub(crate) fn lead(&self, key: char) -> Option<&Link> {
        match &self.emergency {
            Some(emergency) if emergency.key == key => Some(&emergency.node),
            _ => (key == PERSON).then_some(&self.person),
        }
    }

    /// The language that callers of this number of the line are spoken to in, where it has one of its own.
    pub(crate) fn language_of(&self, dialled: &str) -> Option<&Language> {
        let dialled = bare(dialled);
        self.dialled.iter().find(|(number, _)| bare(number) == dialled).map(|(_, (language, _))| language)
    }
}

/// A number without its `+`, an address without what surrounds the number in it.
fn bare(number: &str) -> &str {
    let number = number.trim().trim_start_matches("sips:").trim_start_matches("sip:");
    number.split('@').next().unwrap_or(number).trim_start_matches('+')
}

/// The key that leads to help from every waiting node.
#[derive(Debug, Clone)]
pub(crate) struct Emergency {
    pub(crate) key: char,
    pub(crate) node: Link,
}

/// One `[node.NAME]`.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) line: u32,
    /// Kept with the call when the node is entered.
    pub(crate) note: BTreeMap<String, String>,
    pub(crate) action: Action,
}

/// A node that another one leads to, and the line that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// What takes a call along it: a key, the answer of a branch, or the word it has in the script, with `-` for `_`.
    pub(crate) way: String,
    pub(crate) node: String,
    pub(crate) line: u32,
}

impl Link {
    /// The same link under another way.
    pub(crate) fn by(self, way: impl Into<String>) -> Self {
        Self { way: way.into(), ..self }
    }
}

/// A prompt by its message id, and the line that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) id: String,
    pub(crate) line: u32,
}

/// How a waiting node treats silence and wrong keys.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    /// Seconds to the first key.
    pub(crate) timeout: u32,
    /// So many silences or wrong keys, then the ladder's next rung.
    pub(crate) tries: u8,
    pub(crate) no_input: Link,
    pub(crate) invalid: Link,
}

impl Script {
    /// Name of the line.
    pub fn line(&self) -> &str {
        &self.settings.line
    }

    /// Languages spoken, the default first.
    pub fn languages(&self) -> &[Language] {
        &self.settings.languages
    }

    /// `cn-gov`, `dk` or `generic`.
    pub fn profile(&self) -> &str {
        &self.settings.profile
    }

    /// Names the content; a call keeps the version it started with.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Names of all nodes, in order of the alphabet.
    pub fn node_names(&self) -> impl Iterator<Item = &str> {
        self.nodes.keys().map(String::as_str)
    }

    /// How many prompts each language has.
    pub fn prompt_count(&self) -> usize {
        self.prompts.count()
    }

    /// A file that calls of the line may be played, by its name below `audio/` (`zh-CN/welcome.wav`): what its folder
    /// holds, and the waiting tune.
    pub fn sound(&self, name: &str) -> Option<crate::AudioFile> {
        self.prompts.sound(name).cloned().or_else(|| crate::tune::named(name))
    }

    pub(crate) fn default_language(&self) -> &Language {
        self.prompts.default_language()
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Script({} {}, {} nodes)", self.settings.line, self.version, self.nodes.len())
    }
}
