//! What is said: prompts that are missing, unused, given too few values, with digits that a voice would read
//! as one number, or naming keys that do nothing.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use domain::Language;
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::named::Named;
use super::profile::Speech;
use super::{Search, named};
use crate::diagnostic::Severity;
use crate::model::{Settings, Words};
use crate::nodes::{Action, Spoken};
use crate::prompts::{EVERYWHERE, Prompts, Value, Values};
use crate::source::{Lines, SourceFile, Sources};

/// Longest run of digits that is surely meant as a number: `24 hours` is, `120` may be a telephone.
const LONGEST_NUMBER: usize = 2;

/// Stands for a value when a prompt is measured: a telephone number of eight digits, read one by one.
const SAMPLE: &str = "12345678";
/// Stands for a place in the queue and for minutes.
const SAMPLE_NUMBER: u32 = 12;

/// The prompts of one language.
#[derive(Debug)]
pub(super) struct Voice<'s> {
    pub(super) language: &'s Language,
    pub(super) path: &'s str,
    pub(super) messages: BTreeMap<String, Message>,
}

/// One message of a prompt file.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) line: u32,
    /// All that may be said, variants one after the other.
    pub(super) text: String,
    pub(super) variables: BTreeSet<String>,
    /// What is heard when it is spoken with sample values.
    pub(super) heard: String,
    /// The keys that are heard in it, in order.
    pub(super) named: Vec<Named>,
    /// Seconds that it takes, once somebody asked.
    seconds: OnceCell<f64>,
    /// The keys that any of its variants asks for, once somebody asked.
    asked_for: OnceCell<BTreeSet<char>>,
    /// Other messages that it is put together from.
    parts: BTreeSet<String>,
    /// Whether something can be said at all; attributes alone cannot.
    has_value: bool,
}

/// The languages of the script that have a file.
pub(super) fn voices<'s>(
    settings: &'s Settings,
    sources: &'s Sources,
    resources: &BTreeMap<String, FluentResource>,
) -> Vec<Voice<'s>> {
    let voice = |language: &'s Language| {
        let (_, file) = sources.prompts().find(|(name, _)| *name == language.as_str())?;
        let messages = messages(file, resources.get(language.as_str())?);
        Some(Voice { language, path: &file.path, messages })
    };
    settings.languages.iter().filter_map(voice).collect()
}

/// Has every prompt spoken once, with sample values.
pub(super) fn hear(voices: &mut [Voice<'_>], prompts: &Prompts) {
    for voice in voices {
        for (id, message) in &mut voice.messages {
            let sample = |name: &String| (name.clone(), sample(name));
            let values = || -> Values { message.variables.iter().map(sample).collect() };
            message.heard = prompts.say(voice.language, id, values).map(|it| it.text).unwrap_or_default();
            message.named = named::in_order(&message.heard);
        }
    }
}

/// What a variable is measured with: a long value of its kind.
fn sample(name: &str) -> Value {
    match name {
        "position" | "minutes" => Value::Number(SAMPLE_NUMBER),
        "now" | "next_open" => Value::Moment(chrono::DateTime::UNIX_EPOCH.naive_utc()),
        "next_open_day" => Value::Text("later".to_owned()),
        _ => Value::Digits(SAMPLE.to_owned()),
    }
}

/// The messages of one prompt file.
fn messages(file: &SourceFile, resource: &FluentResource) -> BTreeMap<String, Message> {
    let (mut messages, lines) = (BTreeMap::new(), Lines::of(&file.text));
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        // The name is a slice of the resource's own copy of the text, so its place in it is the offset.
        let offset = (message.id.name.as_ptr() as usize).saturating_sub(resource.source().as_ptr() as usize);
        let mut read =
            Message { line: lines.at(offset), has_value: message.value.is_some(), ..Message::default() };
        if let Some(pattern) = &message.value {
            read.pattern(pattern);
        }
        messages.insert(message.id.name.to_owned(), read);
    }
    messages
}

impl Message {
    /// Seconds that it takes to hear it.
    pub(super) fn seconds(&self, voice: &Voice<'_>, speech: &Speech) -> f64 {
        *self.seconds.get_or_init(|| speech.seconds(voice.language, &self.heard))
    }

    /// The keys that any of its variants asks for, not only the one that the sample values lead to.
    fn asked_for(&self) -> &BTreeSet<char> {
        self.asked_for.get_or_init(|| named::keys(&self.text))
    }

    /// Whether it is heard of `key`, by its digit or by what it is called.
    pub(super) fn speaks_of(&self, key: char) -> bool {
        self.named.iter().any(|named| named.key == key) || named::calls(&self.heard, key)
    }

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
                // What is written out in a call, as in `DATE("2026-03-05")`, is not spoken as it stands.
                let values = arguments.positional.iter();
                values
                    .filter(|it| !matches!(it, InlineExpression::StringLiteral { .. }))
                    .for_each(|it| self.inline(it))
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

/// Everything about texts.
pub(super) fn check(search: &mut Search<'_>, sources: &Sources) {
    let settings = search.settings;
    let own = [&settings.apology, &settings.nothing_heard, &settings.not_understood].map(Spoken::plain);
    let mut spoken: Vec<Spoken<'_>> =
        own.into_iter().chain([Spoken::with(&settings.unavailable, &["number"])]).collect();
    for node in search.nodes.values() {
        let heard = super::choices::keys_after(search.nodes, node);
        let of_node = node.action.kind().spoken().into_iter();
        spoken.extend(of_node.map(|one| Spoken { keys: one.keys.or_else(|| heard.clone()), ..one }));
    }
    let held = search.nodes.values().filter_map(|node| {
        if let Action::Collect(collect) = &node.action { Some(collect.hold()) } else { None }
    });
    let held: BTreeSet<&str> = held.collect();
    unlisted(search, sources);
    let silent =
        settings.languages.iter().filter(|it| !search.voices.iter().any(|voice| voice.language == *it));
    for language in silent {
        let remedy = format!("write prompts/{language}.ftl beside script.toml");
        search.script(1, "missing-prompt", format!("no prompt is written in {language}"), remedy);
    }
    let (voices, whole) = (search.voices, search.whole);
    for voice in voices {
        let torn = search.found.iter().any(|found| found.code == "fluent-syntax" && found.file == voice.path);
        for one in spoken.iter().filter(|one| !one.words.id.is_empty()) {
            match voice.messages.get(&one.words.id).filter(|message| message.has_value) {
                Some(message) => said(search, voice, one, message, &held),
                // What could not be read is not missing.
                None if torn => {}
                None => missing(search, &one.words, voice.path),
            }
        }
        if whole {
            unused(search, voice, &spoken);
        }
        for (id, message) in &voice.messages {
            digits(search, voice.path, id, message);
        }
    }
}

/// Prompt files of languages that the script does not list.
fn unlisted(search: &mut Search<'_>, sources: &Sources) {
    for (language, file) in sources.prompts() {
        if !search.settings.languages.iter().any(|listed| listed.as_str() == language) {
            let message = format!("prompts are written in {language}, which the script does not speak");
            let remedy = format!("add \"{language}\" to `languages`, or remove the file");
            search.add(Severity::Warning, (&file.path, 1), "unlisted-language", message, remedy);
        }
    }
}

fn missing(search: &mut Search<'_>, words: &Words, path: &str) {
    let message = format!("{path} has no prompt \"{}\"", words.id);
    search.script(words.line, "missing-prompt", message, format!("write `{} = …` there", words.id));
}

fn unused(search: &mut Search<'_>, voice: &Voice<'_>, spoken: &[Spoken<'_>]) {
    let parts = voice.messages.values().flat_map(|message| message.parts.iter().map(String::as_str));
    let used: BTreeSet<&str> = spoken.iter().map(|one| one.words.id.as_str()).chain(parts).collect();
    for (id, message) in voice.messages.iter().filter(|(id, _)| !used.contains(id.as_str())) {
        let remedy = "remove it, or let a node say it";
        search.file(voice.path, message.line, "unused-prompt", format!("nothing says \"{id}\""), remedy);
    }
}

/// What one language leaves out that another says.
pub(super) fn uneven(search: &mut Search<'_>) {
    for voice in search.voices {
        for (id, message) in &voice.messages {
            unspoken(search, voice, id, message);
        }
    }
}

/// A value that callers of another language hear.
fn unspoken(search: &mut Search<'_>, voice: &Voice<'_>, id: &str, message: &Message) {
    for other in search.voices {
        let Some(told) = other.messages.get(id) else { continue };
        for name in told.variables.difference(&message.variables) {
            let text = format!("\"{id}\" does not say ${name}, which {} says", other.language);
            let remedy = format!("say {{ ${name} }} in {} too", voice.language);
            search.file(voice.path, message.line, "unspoken-value", text, remedy);
        }
    }
}

fn said(
    search: &mut Search<'_>,
    voice: &Voice<'_>,
    one: &Spoken<'_>,
    message: &Message,
    held: &BTreeSet<&str>,
) {
    let known =
        |name: &str| one.variables.contains(&name) || held.contains(name) || EVERYWHERE.contains(&name);
    for name in message.variables.iter().filter(|name| !known(name)) {
        let known: BTreeSet<&str> = one.variables.iter().copied().chain(held.iter().copied()).collect();
        let known: Vec<String> = known.iter().map(|name| format!("${name}")).collect();
        let remedy = if known.is_empty() {
            "say it without a value".to_owned()
        } else {
            format!("it may say {}", known.join(", "))
        };
        let text = format!("\"{}\" is given no ${name}", one.words.id);
        search.file(voice.path, message.line, "unknown-variable", text, remedy);
    }
    let Some(keys) = &one.keys else { return };
    let settings = search.settings;
    let emergency = settings.emergency.as_ref().map(|it| it.key);
    let everywhere = emergency.into_iter().chain(settings.repeat_key.map(|(key, _)| key)).chain(['0']);
    let bound: BTreeSet<char> = keys.iter().copied().chain(everywhere).collect();
    for key in message.asked_for().difference(&bound) {
        let text = format!("\"{}\" tells callers to press {key}, which does nothing there", one.words.id);
        let remedy = format!("bind {key}, or name another key");
        search.file(voice.path, message.line, "unbound-key", text, remedy);
    }
}

fn digits(search: &mut Search<'_>, path: &str, id: &str, message: &Message) {
    let runs = message.text.split(|c: char| !c.is_ascii_digit());
    for run in runs.filter(|run| run.len() > LONGEST_NUMBER).collect::<BTreeSet<_>>() {
        let apart: Vec<String> = run.chars().map(String::from).collect();
        let remedy = format!("write \"{}\", so that the voice reads each digit", apart.join(" "));
        let text = format!("\"{id}\" says {run} as one number");
        search.file(path, message.line, "unspaced-digits", text, remedy);
    }
}
