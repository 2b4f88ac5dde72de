//! Takes values out of the merged layers and converts them, collecting complaints on the way.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::config_layers::{Layers, Leaf, Origin, Problem, Value};
use crate::house_files::Folder;

/// Reads values by path; what has not been read at the end is unknown.
pub(crate) struct Reader {
    layers: Layers,
    /// Folder of the configuration file, which relative paths start from.
    base: Option<PathBuf>,
    problems: Vec<Problem>,
    /// Every path that was asked for, with `*` for names: what can be suggested instead of an unknown key.
    known: BTreeSet<String>,
    /// Paths whose value was read, and where it stood.
    read: Vec<(String, Origin)>,
}

impl Reader {
    /// Starts on merged layers.
    pub(crate) fn new(mut layers: Layers, base: Option<&Path>) -> Self {
        let problems = std::mem::take(&mut layers.problems);
        let base = base.map(Path::to_path_buf);
        Self { layers, base, problems, known: BTreeSet::new(), read: Vec::new() }
    }

    /// Names in a section such as `line`.
    pub(crate) fn names(&self, section: &str) -> BTreeSet<String> {
        self.layers.names(section)
    }

    /// Adds a complaint about a key.
    pub(crate) fn complain(&mut self, path: &[&str], text: String) {
        let origin = self.origin(path);
        self.problems.push(Problem { origin, text: format!("{}: {text}", path.join(".")) });
    }

    /// Where a key was written, or where its section's first key was.
    pub(crate) fn origin(&self, path: &[&str]) -> Origin {
        let name = path.join(".");
        let read = self.read.iter().rev().find(|(read, _)| *read == name).map(|(_, origin)| origin.clone());
        let pending = || {
            self.layers
                .rest()
                .find(|(at, _)| at.iter().map(String::as_str).eq(path.iter().copied()))
                .map(|(_, leaf)| leaf)
        };
        let section = &path[..path.len().saturating_sub(1)];
        let near = || {
            let in_section =
                |at: &[String]| at.len() > section.len() && at.iter().zip(section).all(|(a, b)| a == b);
            let pending =
                self.layers.rest().find(|(at, _)| in_section(at)).map(|(_, leaf)| leaf.origin.clone());
            let start = format!("{}.", section.join("."));
            pending.or_else(|| {
                self.read.iter().find(|(at, _)| at.starts_with(&start)).map(|(_, origin)| origin.clone())
            })
        };
        read.or_else(|| pending().map(|leaf| leaf.origin.clone())).or_else(near).unwrap_or(Origin::Nowhere)
    }

    /// Text that must be there and mean something; `wanted` says what to write instead.
    pub(crate) fn parsed<T>(
        &mut self,
        path: &[&str],
        wanted: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        match self.take(path) {
            Some(leaf) => self.convert(path, leaf, wanted, parse),
            None => {
                self.complain(path, format!("is missing; write {wanted}"));
                None
            }
        }
    }

    /// Text that may be missing.
    pub(crate) fn optional<T>(
        &mut self,
        path: &[&str],
        wanted: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let leaf = self.take(path)?;
        self.convert(path, leaf, wanted, parse)
    }

    /// One of a few words; must be there.
    pub(crate) fn one_of(&mut self, path: &[&str], words: &[&'static str]) -> &'static str {
        let wanted = format!("one of {}", words.join(", "));
        self.parsed(path, &wanted, |text| words.iter().find(|word| **word == text).copied())
            .unwrap_or_default()
    }

    /// One of a few words, or `usual` where the key is missing.
    pub(crate) fn one_of_or(&mut self, path: &[&str], words: &[&'static str], usual: &str) -> String {
        let wanted = format!("one of {}", words.join(", "));
        let found = self.optional(path, &wanted, |text| words.iter().find(|word| **word == text).copied());
        found.unwrap_or(usual).to_owned()
    }

    /// A whole number of `unit` within a range; must be there.
    pub(crate) fn number(&mut self, path: &[&str], unit: &str, range: RangeInclusive<i64>) -> i64 {
        let wanted = format!("whole {unit} from {} to {}", range.start(), range.end());
        let Some(leaf) = self.take(path) else {
            self.complain(path, format!("is missing; write {wanted}"));
            return *range.start();
        };
        let number = match &leaf.value {
            Value::Integer(number) => Some(*number),
            Value::Text(text) if !matches!(leaf.origin, Origin::File { .. }) => text.parse().ok(),
            _ => None,
        };
        if let Some(number) = number.filter(|number| range.contains(number)) {
            return number;
        }
        self.complain(path, format!("is {}; write {wanted}", shown(&leaf.value)));
        *range.start()
    }

    /// `true` or `false`; must be there.
    pub(crate) fn flag(&mut self, path: &[&str]) -> bool {
        match self.take(path).map(|leaf| leaf.value) {
            Some(Value::Bool(flag)) => flag,
            Some(Value::Text(text)) if text == "true" || text == "false" => text == "true",
            Some(other) => {
                self.complain(path, format!("is {}; write true or false", shown(&other)));
                false
            }
            None => {
                self.complain(path, "is missing; write true or false".to_owned());
                false
            }
        }
    }

    /// A list of texts; a missing key is an empty list. From variables: separated by commas.
    pub(crate) fn list<T>(
        &mut self,
        path: &[&str],
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let items = match self.take(path).map(|leaf| leaf.value) {
            None => return Vec::new(),
            Some(Value::List(items)) => items,
            Some(Value::Text(text)) => {
                text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
            }
            Some(other) => {
                self.complain(path, format!("is {}; write a list, each item {wanted}", shown(&other)));
                return Vec::new();
            }
        };
        let mut parsed = Vec::new();
        for item in items {
            match parse(&item) {
                Some(value) => parsed.push(value),
                None => self.complain(path, format!("{item:?} is not understood; write {wanted}")),
            }
        }
        parsed
    }

    /// A folder; must be there. In the built-in configuration it is a built-in folder.
    pub(crate) fn folder(&mut self, path: &[&str]) -> Folder {
        let shipped = self.is_shipped(path);
        let base = self.base_of(path);
        let text =
            self.parsed(path, "the path of a folder", |text| (!text.is_empty()).then(|| text.to_owned()));
        let text = text.unwrap_or_default();
        if shipped { Folder::shipped(&Path::new("config").join(text)) } else { Folder::Disk(base.join(text)) }
    }

    /// The folder that a relative path at this key starts from: that of the file it is written in, or the
    /// working directory for variables and flags. The defaults' own paths start from `config/` there.
    pub(crate) fn base_of(&self, path: &[&str]) -> PathBuf {
        match self.origin(path) {
            Origin::File { .. } if self.is_shipped(path) => PathBuf::from("config"),
            Origin::File { .. } => self.base.clone().unwrap_or_default(),
            _ => PathBuf::new(),
        }
    }

    fn is_shipped(&self, path: &[&str]) -> bool {
        matches!(self.origin(path), Origin::File { name, .. } if name == crate::config::SHIPPED_NAME)
    }

    /// Everything wrong, unknown keys last.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for (path, leaf) in self.layers.rest() {
            let key = path.join(".");
            let near = nearest(&general(path), &self.known);
            let hint = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
            let text = format!("unknown key {key}; {hint}config/hotline.toml lists every key");
            self.problems.push(Problem { origin: leaf.origin.clone(), text });
        }
        self.problems
    }

    /// Every key there is, with `*` for names.
    #[cfg(test)]
    pub(crate) fn known(&self) -> &BTreeSet<String> {
        &self.known
    }

    fn take(&mut self, path: &[&str]) -> Option<Leaf> {
        let steps: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
        self.known.insert(general(&steps));
        let leaf = self.layers.take(path)?;
        self.read.push((path.join("."), leaf.origin.clone()));
        Some(leaf)
    }

    fn convert<T>(
        &mut self,
        path: &[&str],
        leaf: Leaf,
        wanted: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let parsed = match &leaf.value {
            Value::Text(text) => parse(text),
            _ => None,
        };
        if parsed.is_none() {
            // A secret that was mistyped must not be printed.
            let secret = path.last().is_some_and(|key| key.contains("token")) || path == ["store", "url"];
            let value = if secret { "not understood".to_owned() } else { shown(&leaf.value) };
            self.complain(path, format!("is {value}; write {wanted}"));
        }
        parsed
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::List(_) => "a list".to_owned(),
        Value::Other(kind) => (*kind).to_owned(),
    }
}

/// The path with `*` for the operator's own names.
fn general(path: &[String]) -> String {
    let named = path.first().is_some_and(|section| section == "line" || section == "provider");
    let steps = path.iter().enumerate().map(|(at, step)| if named && at == 1 { "*" } else { step.as_str() });
    steps.collect::<Vec<_>>().join(".")
}

/// The known key that differs least, if it differs by a slip of the pen.
fn nearest<'a>(key: &str, known: &'a BTreeSet<String>) -> Option<&'a str> {
    let close = known.iter().map(|known| (distance(key, known), known.as_str()));
    close.filter(|(apart, _)| *apart <= 3).min().map(|(_, known)| known)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let cost = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
