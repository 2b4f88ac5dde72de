//! What is said: prompts that are missing, unused, given too few values, with digits that a voice would read
//! as one number, or naming keys that do nothing.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::Search;
use crate::model::Words;
use crate::nodes::{Action, Spoken};
use crate::source::{SourceFile, Sources, line_at};

/// Longest run of digits that is surely meant as a number: `24 hours` is, `120` may be a telephone.
const LONGEST_NUMBER: usize = 2;

/// One message of a prompt file.
#[derive(Debug, Default)]
pub(super) struct Message {
    line: u32,
    /// All that may be said, variants one after the other.
    text: String,
    variables: BTreeSet<String>,
    /// Other messages that it is put together from.
    parts: BTreeSet<String>,
    /// Whether something can be said at all; attributes alone cannot.
    has_value: bool,
}

/// The messages of one prompt file.
pub(super) fn messages(file: &SourceFile, resource: &FluentResource) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        // The name is a slice of the resource's own copy of the text, so its place in it is the offset.
        let offset = (message.id.name.as_ptr() as usize).saturating_sub(resource.source().as_ptr() as usize);
        let mut read = Message {
            line: line_at(&file.text, offset),
            has_value: message.value.is_some(),
            ..Message::default()
        };
        if let Some(pattern) = &message.value {
            read.pattern(pattern);
        }
        messages.insert(message.id.name.to_owned(), read);
    }
    messages
}

impl Message {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.text.push('\n');
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => drop(self.variables.insert(id.name.to_owned())),
            InlineExpression::MessageReference { id, .. } => drop(self.parts.insert(id.name.to_owned())),
            InlineExpression::StringLiteral { value } => self.text.push_str(value),
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|it| self.inline(it))
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

/// Everything about texts.
pub(super) fn check(
    search: &mut Search<'_>,
    sources: &Sources,
    files: &BTreeMap<String, BTreeMap<String, Message>>,
) {
    let settings = search.settings;
    let own = [&settings.apology, &settings.nothing_heard, &settings.not_understood].map(Spoken::plain);
    let mut spoken: Vec<Spoken> =
        own.into_iter().chain([Spoken::with(&settings.unavailable, &["number"])]).collect();
    spoken.extend(search.nodes.values().flat_map(|node| node.action.kind().spoken()));
    for language in &settings.languages {
        let Some(file) = sources.prompts().find(|(name, _)| *name == language.as_str()).map(|(_, file)| file)
        else {
            let remedy = format!("write prompts/{language}.ftl beside script.toml");
            search.script(1, "missing-prompt", format!("no prompt is written in {language}"), remedy);
            continue;
        };
        let Some(messages) = files.get(language.as_str()) else { continue };
        for one in spoken.iter().filter(|one| !one.words.id.is_empty()) {
            match messages.get(&one.words.id).filter(|message| message.has_value) {
                Some(message) => said(search, file, one, message),
                None => missing(search, &one.words, file),
            }
        }
        let parts = messages.values().flat_map(|message| message.parts.iter().map(String::as_str));
        let used: BTreeSet<&str> = spoken.iter().map(|one| one.words.id.as_str()).chain(parts).collect();
        for (id, message) in messages {
            if !used.contains(id.as_str()) {
                search.file(
                    &file.path,
                    message.line,
                    "unused-prompt",
                    format!("nothing says \"{id}\""),
                    "remove it, or let a node say it",
                );
            }
            digits(search, file, id, message);
        }
    }
}

fn missing(search: &mut Search<'_>, words: &Words, file: &SourceFile) {
    let message = format!("{} has no prompt \"{}\"", file.path, words.id);
    search.script(words.line, "missing-prompt", message, format!("write `{} = …` there", words.id));
}

fn said(search: &mut Search<'_>, file: &SourceFile, one: &Spoken, message: &Message) {
    let held = search.nodes.values().filter_map(|node| {
        if let Action::Collect(collect) = &node.action { Some(collect.hold()) } else { None }
    });
    let known: BTreeSet<&str> =
        one.variables.iter().copied().chain(crate::prompts::EVERYWHERE).chain(held).collect();
    let strange: Vec<&String> =
        message.variables.iter().filter(|name| !known.contains(name.as_str())).collect();
    for name in strange {
        let known: Vec<String> = known.iter().map(|name| format!("${name}")).collect();
        let remedy = if known.is_empty() {
            "say it without a value".to_owned()
        } else {
            format!("it may say {}", known.join(", "))
        };
        search.file(
            &file.path,
            message.line,
            "unknown-variable",
            format!("\"{}\" is given no ${name}", one.words.id),
            remedy,
        );
    }
    let Some(keys) = &one.keys else { return };
    let settings = search.settings;
    let everywhere = settings
        .emergency
        .as_ref()
        .map(|it| it.key)
        .into_iter()
        .chain(settings.repeat_key.map(|(key, _)| key))
        .chain(['0']);
    let bound: BTreeSet<char> = keys.iter().copied().chain(everywhere).collect();
    for key in named_keys(&message.text).difference(&bound) {
        let message_text =
            format!("\"{}\" tells callers to press {key}, which does nothing there", one.words.id);
        search.file(
            &file.path,
            message.line,
            "unbound-key",
            message_text,
            format!("bind {key}, or name another key"),
        );
    }
}

/// Keys that the text asks to press, in the ways our languages say it.
fn named_keys(text: &str) -> BTreeSet<char> {
    let text = text.to_lowercase();
    let mut keys = BTreeSet::new();
    for word in ["按", "press ", "tryk ", "tast ", "tryk på ", "按键 "] {
        for (at, _) in text.match_indices(word) {
            let after = text.get(at + word.len()..).unwrap_or_default().trim_start();
            let mut chars = after.chars();
            let key = chars.next().filter(|key| crate::fields::is_key(*key));
            // "press 1 2 3" and "tast 12" ask for digits, not for a key.
            let more = chars.as_str().trim_start().starts_with(|next: char| next.is_ascii_digit());
            keys.extend(key.filter(|_| !more));
        }
    }
    keys
}

fn digits(search: &mut Search<'_>, file: &SourceFile, id: &str, message: &Message) {
    let runs = message.text.split(|c: char| !c.is_ascii_digit());
    for run in runs.filter(|run| run.len() > LONGEST_NUMBER).collect::<BTreeSet<_>>() {
        let apart: Vec<String> = run.chars().map(String::from).collect();
        let remedy = format!("write \"{}\", so that the voice reads each digit", apart.join(" "));
        search.file(
            &file.path,
            message.line,
            "unspaced-digits",
            format!("\"{id}\" says {run} as one number"),
            remedy,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_every_language() {
        for (text, keys) in [
            ("投诉请按 1,咨询请按2,人工服务请按0", "012"),
            ("For complaints, press 1. Press # when done.", "#1"),
            ("Tryk 1 for at fastholde. Tast 2 for at trække tilbage, tryk på 3.", "123"),
            ("Please press a key. Press 1 2 3 2 0.", ""),
        ] {
            assert_eq!(named_keys(text).into_iter().collect::<String>(), keys, "{text}");
        }
    }
}
