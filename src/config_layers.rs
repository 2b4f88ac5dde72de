//! The layers of the configuration: embedded defaults, a file, the environment, flags.
//!
//! Every layer is flattened to `path → value`, and each value remembers where it was written, so that a
//! complaint about it can name the file and the line. Later layers win, key by key. One exception: a file
//! that names any `[line.…]` or `[provider.…]` replaces the shipped ones, or nobody could run a single line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use toml::de::{DeTable, DeValue};

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file by the name shown to people, and a line counted from 1.
    File { name: String, line: usize },
    /// An environment variable.
    Variable(String),
    /// A command line flag, as `--listen`.
    Flag(&'static str),
    /// Nowhere: the key is missing.
    Nowhere,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, line } => write!(out, "{name}:{line}"),
            Self::Variable(name) => write!(out, "environment variable {name}"),
            Self::Flag(name) => write!(out, "flag {name}"),
            Self::Nowhere => out.write_str("configuration"),
        }
    }
}

/// A problem with the configuration: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) origin: Origin,
    pub(crate) text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.origin, self.text)
    }
}

/// A value as written. Variables and flags are always text; the reader converts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Bool(bool),
    List(Vec<String>),
    /// Something the configuration has no use for, by TOML's name of its type.
    Other(&'static str),
}

/// One value and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// All layers, merged.
#[derive(Debug, Default, Clone)]
pub(crate) struct Layers {
    leaves: BTreeMap<Vec<String>, Leaf>,
    pub(crate) problems: Vec<Problem>,
}

/// Sections whose second step is a name chosen by the operator.
const NAMED: [&str; 2] = ["line", "provider"];

impl Layers {
    /// Lays a TOML text over what is there. `name` is what people know the file by.
    pub(crate) fn file(&mut self, name: &str, text: &str) {
        let root = match DeTable::parse(text) {
            Ok(root) => root,
            Err(fault) => {
                let line = fault.span().map_or(1, |span| line_of(text, span.start));
                let said = fault.message().replace('\n', ", ");
                let text = format!("{said}; correct the TOML on this line");
                self.problems.push(Problem { origin: Origin::File { name: name.to_owned(), line }, text });
                return;
            }
        };
        let mut found = BTreeMap::new();
        flatten(name, text, root.get_ref(), &mut Vec::new(), &mut found);
        for section in NAMED {
            if found.keys().any(|path| path.first().is_some_and(|first| first == section)) {
                self.leaves.retain(|path, _| path.first().is_none_or(|first| first != section));
            }
        }
        self.leaves.extend(found);
    }

    /// Lays `HOTLINE_SECTION__KEY` variables over what is there. A name ending in `_FILE` gives the path of
    /// a file that holds the value, so that a secret need not stand in the environment.
    pub(crate) fn environment(&mut self, variables: impl Iterator<Item = (String, String)>) {
        let mut sorted: Vec<_> = variables.filter(|(name, _)| name.starts_with("HOTLINE_")).collect();
        sorted.sort();
        for (name, value) in sorted {
            let Some(rest) = name.strip_prefix("HOTLINE_").filter(|rest| rest.contains("__")) else {
                continue;
            };
            let origin = Origin::Variable(name.clone());
            let (rest, value) = match rest.strip_suffix("_FILE") {
                None => (rest, value),
                Some(stem) => match std::fs::read_to_string(&value) {
                    Ok(content) => (stem, content.trim_end_matches(['\r', '\n']).to_owned()),
                    Err(fault) => {
                        let text = format!("cannot read the file {value:?} ({fault}); name a readable file");
                        self.problems.push(Problem { origin, text });
                        continue;
                    }
                },
            };
            let path = self.spell(rest.split("__").map(str::to_lowercase).collect());
            self.leaves.insert(path, Leaf { value: Value::Text(value), origin });
        }
    }

    /// Lays one command line flag over what is there.
    pub(crate) fn flag(&mut self, flag: &'static str, path: &[&str], value: String) {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        self.leaves.insert(path, Leaf { value: Value::Text(value), origin: Origin::Flag(flag) });
    }

    /// The value at a path, taken out: what is left at the end is unknown.
    pub(crate) fn take(&mut self, path: &[&str]) -> Option<Leaf> {
        let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
        self.leaves.remove(&path)
    }

    /// Names used in a section such as `line`.
    pub(crate) fn names(&self, section: &str) -> BTreeSet<String> {
        let named = self.leaves.keys().filter(|path| path.len() > 1 && path[0] == section);
        named.map(|path| path[1].clone()).collect()
    }

    /// What nobody has taken.
    pub(crate) fn rest(&self) -> impl Iterator<Item = (&Vec<String>, &Leaf)> {
        self.leaves.iter()
    }

    /// Variables cannot hold `-` and lose their case: a name that is already known keeps its own spelling.
    fn spell(&self, mut path: Vec<String>) -> Vec<String> {
        if path.len() > 2 && NAMED.contains(&path[0].as_str()) {
            let plain = |name: &str| name.to_lowercase().replace('-', "_");
            if let Some(known) = self.names(&path[0]).into_iter().find(|known| plain(known) == path[1]) {
                path[1] = known;
            }
        }
        path
    }
}

/// The line, counted from 1, that holds a byte offset.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn flatten(
    name: &str,
    text: &str,
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    found: &mut BTreeMap<Vec<String>, Leaf>,
) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        if let DeValue::Table(inner) = value.get_ref() {
            flatten(name, text, inner, path, found);
        } else {
            let origin = Origin::File { name: name.to_owned(), line: line_of(text, key.span().start) };
            found.insert(path.clone(), Leaf { value: plain(value.get_ref()), origin });
        }
        path.pop();
    }
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("an integer that is too large"), Value::Integer),
        DeValue::Array(items) => items
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
            .map_or(Value::Other("a list that is not all text"), Value::List),
        other => Value::Other(other.type_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(layers: &mut Layers, path: &[&str]) -> Option<(String, String)> {
        layers.take(path).map(|leaf| match leaf.value {
            Value::Text(text) => (text, leaf.origin.to_string()),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn later_layers_win_and_every_value_knows_where_it_stands() {
        let mut layers = Layers::default();
        layers.file("defaults", "[server]\nlisten = 'a'\npublic_url = 'b'\nother = 'c'\n");
        layers.file("mine.toml", "# mine\n[server]\nlisten = 'A'\n");
        layers.environment([("HOTLINE_SERVER__PUBLIC_URL".to_owned(), "B".to_owned())].into_iter());
        layers.flag("--other", &["server", "other"], "C".to_owned());
        let said = |value: &str, origin: &str| Some((value.to_owned(), origin.to_owned()));
        assert_eq!(text(&mut layers, &["server", "listen"]), said("A", "mine.toml:3"));
        let variable = said("B", "environment variable HOTLINE_SERVER__PUBLIC_URL");
        assert_eq!(text(&mut layers, &["server", "public_url"]), variable);
        assert_eq!(text(&mut layers, &["server", "other"]), said("C", "flag --other"));
        assert_eq!(layers.rest().count(), 0);
    }

    #[test]
    fn a_file_with_lines_of_its_own_replaces_the_shipped_lines_only() {
        let mut layers = Layers::default();
        layers.file("defaults", "[line.a]\nzone = 'x'\n[provider.p]\ndialect = 'd'\n");
        layers.file("mine.toml", "[line.b]\nzone = 'y'\n");
        assert_eq!(layers.names("line").into_iter().collect::<Vec<_>>(), ["b"]);
        assert_eq!(layers.names("provider").into_iter().collect::<Vec<_>>(), ["p"]);
    }

    #[test]
    fn a_secret_may_come_from_a_file_and_a_name_keeps_its_spelling() {
        let path = std::env::temp_dir().join(format!("hotline-secret-{}", std::process::id()));
        std::fs::write(&path, "hush\n").unwrap();
        let mut layers = Layers::default();
        layers.file("defaults", "[provider.My-Carrier]\ndialect = 'twiml'\n");
        let variable = "HOTLINE_PROVIDER__MY_CARRIER__AUTH_TOKEN_FILE".to_owned();
        layers.environment([(variable, path.display().to_string())].into_iter());
        std::fs::remove_file(&path).unwrap();
        let (value, _) = text(&mut layers, &["provider", "My-Carrier", "auth_token"]).unwrap();
        assert_eq!(value, "hush");
        assert!(layers.problems.is_empty());
    }

    #[test]
    fn a_missing_secret_file_and_broken_toml_are_problems_with_a_place() {
        let mut layers = Layers::default();
        let variable = ("HOTLINE_STORE__URL_FILE".to_owned(), "/nowhere/at/all".to_owned());
        layers.environment([variable].into_iter());
        layers.file("mine.toml", "[server]\nlisten = \n");
        let said: Vec<String> = layers.problems.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("environment variable HOTLINE_STORE__URL_FILE: cannot read"), "{said:?}");
        assert!(said[1].starts_with("mine.toml:2: "), "{said:?}");
    }
}
