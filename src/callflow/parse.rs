//! Reads `script.toml` into settings and nodes, and the prompt files into Fluent resources.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::Language;
use fluent_bundle::FluentResource;
use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Findings};
use crate::fields::Fields;
use crate::functions::{self, Miscall};
use crate::model::{Emergency, Node, Settings};
use crate::nodes::Action;
use crate::source::{Lines, SourceFile, Sources, line_at};

/// What `script.toml` holds, as far as it could be read.
pub(crate) struct Read {
    pub(crate) settings: Settings,
    pub(crate) nodes: BTreeMap<String, Node>,
}

/// Reads the script file. Nothing comes back when it is no TOML or has no `[script]`.
pub(crate) fn script(file: &SourceFile) -> (Option<Read>, Vec<Diagnostic>) {
    let found = RefCell::new(Findings::of(&file.path));
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        let line = error.span().map_or(1, |span| line_at(&file.text, span.start));
        let double = error.message().contains("duplicate key");
        let (code, remedy) = if double {
            ("duplicate-key", "keep one of the two")
        } else {
            ("toml-syntax", "correct the TOML; texts stand in \"quotes\"")
        };
        found.borrow_mut().add(line, code, error.message().to_owned(), remedy);
    }
    let lines = Lines::of(&file.text);
    let mut top = Fields::new(document.get_ref(), &lines, &found, "the script".to_owned(), 1);
    let settings = top.table("script").map(settings);
    if settings.is_none() {
        top.report(
            1,
            "missing-key",
            "no [script] table".to_owned(),
            "begin the file with [script]; ivr-scripts/README.md shows an example",
        );
    }
    let nodes = top.table("node").map(nodes).unwrap_or_default();
    top.finish();
    let read = settings.map(|settings| Read { settings, nodes });
    (read, found.into_inner().list)
}

fn settings(mut fields: Fields<'_, '_>) -> Settings {
    let mut languages = Vec::new();
    for (tag, line) in fields.texts("languages") {
        match Language::parse(&tag) {
            Ok(language) => languages.push(language),
            Err(error) => {
                fields.report(line, "wrong-value", error.to_string(), "list language tags, the default first")
            }
        }
    }
    let (profile, profile_line) = fields.text("profile");
    let dialled = dialled(&mut fields, &languages);
    let emergency = fields.table("emergency").and_then(|mut table| {
        let (key, node) = (table.key("key"), table.link("node"));
        if key.is_none() {
            table.report(
                table.line(),
                "missing-key",
                "[script.emergency] has no `key`".to_owned(),
                "add `key = \"9\"`",
            );
        }
        table.finish();
        key.map(|(key, _)| Emergency { key, node: node.by("emergency") })
    });
    let settings = Settings {
        line: fields.text("line").0,
        languages,
        dialled,
        profile,
        profile_line,
        start: fields.link("start"),
        person: fields.link("person"),
        apology: fields.words("apology"),
        unavailable: fields.words("unavailable"),
        down: fields.link_or_none("down"),
        nothing_heard: fields.words("nothing_heard"),
        not_understood: fields.words("not_understood"),
        repeat_key: fields.key("repeat_key"),
        emergency,
    };
    fields.finish();
    settings
}

/// `[script.dialled]`: the language of each number of the line that has one of its own.
fn dialled(fields: &mut Fields<'_, '_>, languages: &[Language]) -> BTreeMap<String, (Language, u32)> {
    let Some(mut table) = fields.table("dialled") else { return BTreeMap::new() };
    let mut dialled = BTreeMap::new();
    for (number, _) in table.names() {
        let (tag, line) = table.text(&number);
        match Language::parse(&tag).ok().filter(|language| languages.contains(language)) {
            Some(language) => drop(dialled.insert(number, (language, line))),
            None => table.report(
                line,
                "unknown-language",
                format!("callers of {number} are to hear \"{tag}\", which the script does not speak"),
                "name a language of the script, as \"+4570120121\" = \"en\"",
            ),
        }
    }
    table.finish();
    dialled
}

fn nodes(mut table: Fields<'_, '_>) -> BTreeMap<String, Node> {
    let mut nodes = BTreeMap::new();
    for (name, line) in table.names() {
        let Some(fields) = table.table(&name) else { continue };
        if let Some(node) = node(&name, line, fields.named(format!("node \"{name}\""), line)) {
            nodes.insert(name, node);
        }
    }
    nodes
}

fn node(name: &str, line: u32, mut fields: Fields<'_, '_>) -> Option<Node> {
    let (kind, kind_line) = fields.text("kind");
    let note = note(&mut fields);
    let Some(action) = Action::read(&kind, &mut fields) else {
        if !kind.is_empty() {
            fields.report(
                kind_line,
                "unknown-kind",
                format!("no node is of kind \"{kind}\""),
                format!("use one of {}", Action::KINDS.join(", ")),
            );
        }
        return None;
    };
    fields.finish();
    Some(Node { name: name.to_owned(), line, note, action })
}

/// `note = { key = "value" }`, where given.
pub(crate) fn note(fields: &mut Fields<'_, '_>) -> BTreeMap<String, String> {
    let Some(mut table) = fields.table("note") else { return BTreeMap::new() };
    let note = table.names().into_iter().map(|(key, _)| (key.clone(), table.text(&key).0)).collect();
    table.finish();
    note
}

/// Reads one prompt file. What could not be read is left out and reported.
pub(crate) fn prompts(file: &SourceFile) -> (FluentResource, Vec<Diagnostic>) {
    let mut found = Findings::of(&file.path);
    let resource = FluentResource::try_new(file.text.clone()).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = line_at(&file.text, error.pos.start);
            found.add(
                line,
                "fluent-syntax",
                error.to_string(),
                "write `message-id = text`, further lines indented",
            );
        }
        resource
    });
    for (call, offset) in functions::miscalls(&resource) {
        let line = line_at(&file.text, offset);
        match call {
            Miscall::Unknown { name } => {
                let remedy = format!("call one of {}", functions::FUNCTIONS.join(", "));
                found.add(line, "unknown-function", format!("there is no function {name}"), remedy);
            }
            Miscall::Literal { name, text, wanted } => {
                found.add(
                    line,
                    "bad-literal",
                    format!("{name} cannot say \"{text}\""),
                    format!("write {wanted}"),
                );
            }
        }
    }
    (resource, found.list)
}

/// All prompt files by language.
pub(crate) fn all_prompts(sources: &Sources) -> (BTreeMap<String, FluentResource>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut resources = BTreeMap::new();
    for (language, file) in sources.prompts() {
        let (resource, mut faults) = prompts(file);
        found.append(&mut faults);
        resources.insert(language.to_owned(), resource);
    }
    (resources, found)
}
