//! Reads one table of `script.toml` key by key, and remembers each thing that is missing, wrong or unknown
//! with its line. Reading never stops at the first fault: an author wants to see all of them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Findings;
use crate::model::{Link, Words};
use crate::source::Lines;

/// A table being read. [`Fields::finish`] reports the keys that nobody asked for.
pub(crate) struct Fields<'t, 's> {
    table: &'t DeTable<'s>,
    lines: &'t Lines,
    found: &'t RefCell<Findings>,
    /// What the table is, for messages: `node "main"`.
    what: String,
    line: u32,
    used: BTreeSet<String>,
}

type Value<'s> = Spanned<DeValue<'s>>;

impl<'t, 's> Fields<'t, 's> {
    pub(crate) fn new(
        table: &'t DeTable<'s>,
        lines: &'t Lines,
        found: &'t RefCell<Findings>,
        what: String,
        line: u32,
    ) -> Self {
        Self { table, lines, found, what, line, used: BTreeSet::new() }
    }

    /// The same table under another name for messages.
    pub(crate) fn named(self, what: String, line: u32) -> Self {
        Self { what, line, ..self }
    }

    /// Line of the table itself.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// Reports a finding at `line`.
    pub(crate) fn report(&self, line: u32, code: &'static str, message: String, remedy: impl Into<String>) {
        self.found.borrow_mut().add(line, code, message, remedy);
    }

    fn line_of(&self, value: &Value<'s>) -> u32 {
        self.lines.at(value.span().start)
    }

    fn get(&mut self, key: &str) -> Option<&'t Value<'s>> {
        self.used.insert(key.to_owned());
        self.table.get(key)
    }

    fn missing(&self, key: &str) {
        let code = if key == "next" { "dead-end" } else { "missing-key" };
        self.report(
            self.line,
            code,
            format!("{} has no `{key}`", self.what),
            format!("add `{key} = …`; ivr-scripts/README.md shows an example"),
        );
    }

    fn wrong(&self, value: &Value<'s>, key: &str, wanted: &str) {
        let message = format!("`{key}` of {} is {}, not {wanted}", self.what, value.get_ref().type_str());
        self.report(self.line_of(value), "wrong-value", message, format!("write {wanted}"));
    }

    /// A text, where given, with its line.
    pub(crate) fn text_or_none(&mut self, key: &str) -> Option<(String, u32)> {
        let value = self.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value, key, "a text in quotes");
        }
        Some((text?.to_owned(), self.line_of(value)))
    }

    /// A text that must be there; empty when it is not, which is reported.
    pub(crate) fn text(&mut self, key: &str) -> (String, u32) {
        if self.get(key).is_none() {
            self.missing(key);
        }
        self.text_or_none(key).unwrap_or((String::new(), self.line))
    }

    /// A prompt that must be there.
    pub(crate) fn words(&mut self, key: &str) -> Words {
        let (id, line) = self.text(key);
        Words { id, line }
    }

    /// A prompt, where given.
    pub(crate) fn words_or_none(&mut self, key: &str) -> Option<Words> {
        self.text_or_none(key).map(|(id, line)| Words { id, line })
    }

    /// The node that the call goes on at.
    pub(crate) fn link(&mut self, key: &str) -> Link {
        let (node, line) = self.text(key);
        Link { way: key.replace('_', "-"), node, line }
    }

    /// A node, where given.
    pub(crate) fn link_or_none(&mut self, key: &str) -> Option<Link> {
        self.text_or_none(key).map(|(node, line)| Link { way: key.replace('_', "-"), node, line })
    }

    /// A whole number within `least..=most`, or `default`.
    pub(crate) fn number(&mut self, key: &str, default: Option<u32>, least: u32, most: u32) -> u32 {
        let Some(value) = self.get(key) else {
            if default.is_none() {
                self.missing(key);
            }
            return default.unwrap_or(least);
        };
        let number =
            value.get_ref().as_integer().and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if (least..=most).contains(&number) => number,
            Some(number) if key == "timeout" && number < least => {
                let message = format!("{} waits {number} s for a key", self.what);
                self.report(
                    self.line_of(value),
                    "short-timeout",
                    message,
                    format!("give callers at least {least} s to find the key"),
                );
                least
            }
            _ => {
                self.wrong(value, key, &format!("a whole number from {least} to {most}"));
                least
            }
        }
    }

    /// A small whole number, as [`Fields::number`].
    pub(crate) fn small(&mut self, key: &str, default: Option<u8>, least: u8, most: u8) -> u8 {
        let number = self.number(key, default.map(u32::from), u32::from(least), u32::from(most));
        u8::try_from(number).unwrap_or(least)
    }

    /// `true` or `false`; `false` when absent.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(value, key, "true or false");
            false
        })
    }

    /// A day (`2026-02-10`) or a day and a time (`2026-02-10 08:30`), where given, with its line. True: a whole day.
    pub(crate) fn local_time(&mut self, key: &str) -> Option<(NaiveDateTime, bool, u32)> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(written) if written.offset.is_none() => written.to_string(),
            _ => String::new(),
        };
        let text = text.trim().replace('T', " ");
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN));
        let time = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok());
        if day.or(time).is_none() {
            let message = format!("`{key}` of {} is no day and no time of a day", self.what);
            self.report(
                self.line_of(value),
                "wrong-value",
                message,
                "write \"2026-02-10\" or \"2026-02-10 08:30\", on the wall clock of the line",
            );
        }
        Some((day.or(time)?, day.is_some(), self.line_of(value)))
    }

    /// One telephone key: 0 to 9, * or #.
    pub(crate) fn key(&mut self, key: &str) -> Option<(char, u32)> {
        let (text, line) = self.text_or_none(key)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(pressed), None) if is_key(pressed) => Some((pressed, line)),
            _ => {
                self.report(
                    line,
                    "wrong-value",
                    format!("`{key}` of {} is \"{text}\", not a telephone key", self.what),
                    "write one of 0 to 9, * or #",
                );
                None
            }
        }
    }

    /// A table inside this one, where given.
    pub(crate) fn table(&mut self, key: &str) -> Option<Fields<'t, 's>> {
        let value = self.get(key)?;
        let what = format!("`{key}` of {}", self.what);
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, key, "a table { … }");
        }
        Some(Fields::new(table?, self.lines, self.found, what, self.line_of(value)))
    }

    /// The tables of a list.
    pub(crate) fn tables(&mut self, key: &str) -> Vec<Fields<'t, 's>> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return Vec::new();
        };
        let list: Vec<_> = value.get_ref().as_array().into_iter().flat_map(|array| array.iter()).collect();
        if list.is_empty() || list.iter().any(|item| !item.get_ref().is_table()) {
            self.wrong(value, key, "a list of tables [{ … }]");
        }
        let what = format!("`{key}` of {}", self.what);
        let table = |item: &'t Value<'s>| {
            Some(Fields::new(
                item.get_ref().as_table()?,
                self.lines,
                self.found,
                what.clone(),
                self.line_of(item),
            ))
        };
        list.into_iter().filter_map(table).collect()
    }

    /// The texts of a list.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<(String, u32)> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return Vec::new();
        };
        let list: Vec<_> = value.get_ref().as_array().into_iter().flat_map(|array| array.iter()).collect();
        if list.is_empty() || list.iter().any(|item| !item.get_ref().is_str()) {
            self.wrong(value, key, "a list of texts [\"…\"]");
        }
        list.into_iter()
            .filter_map(|item| Some((item.get_ref().as_str()?.to_owned(), self.line_of(item))))
            .collect()
    }

    /// Names of all keys of this table with their lines; each still has to be read.
    pub(crate) fn names(&self) -> Vec<(String, u32)> {
        self.table.keys().map(|key| (key.get_ref().to_string(), self.lines.at(key.span().start))).collect()
    }

    /// Whether `key` holds a plain text and not a table.
    pub(crate) fn is_text(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// Reports every key that was not read.
    pub(crate) fn finish(self) {
        for (name, line) in self.names() {
            if !self.used.contains(&name) {
                let known: Vec<&str> = self.used.iter().map(String::as_str).collect();
                self.report(
                    line,
                    "unknown-key",
                    format!("{} knows no `{name}`", self.what),
                    format!("it knows {}", known.join(", ")),
                );
            }
        }
    }
}

/// Whether a telephone has this key.
pub(crate) fn is_key(pressed: char) -> bool {
    pressed.is_ascii_digit() || matches!(pressed, '*' | '#')
}
