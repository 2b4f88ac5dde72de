//! The checker: everything that can be known to be wrong with a script before anybody dials.

mod keys;
mod texts;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::model::{Node, Script, Settings};
use crate::nodes::{Action, On};
use crate::parse;
use crate::prompts::Prompts;
use crate::source::Sources;

/// Reads and checks one line's script. A script comes back when it can be walked at all; it should be used
/// only when nothing was found.
pub fn check(sources: &Sources) -> (Option<Script>, Vec<Diagnostic>) {
    let Some(file) = sources.script() else {
        let nothing = Diagnostic {
            file: sources.files.first().map(|file| file.path.clone()).unwrap_or_default(),
            line: 1,
            code: "no-script",
            message: "no script.toml among the files".to_owned(),
            remedy: "put the nodes into script.toml beside prompts/".to_owned(),
        };
        return (None, vec![nothing]);
    };
    let (read, mut found) = parse::script(file);
    let (resources, mut faults) = parse::all_prompts(sources);
    found.append(&mut faults);
    let Some(read) = read else { return (None, found) };
    let readable = found.is_empty();
    let messages = sources.prompts().filter_map(|(language, file)| {
        Some((language.to_owned(), texts::messages(file, resources.get(language)?)))
    });
    let messages = messages.collect();
    let mut search = Search { settings: &read.settings, nodes: &read.nodes, script_file: &file.path, found };
    ways::check(&mut search);
    keys::check(&mut search);
    texts::check(&mut search, sources, &messages);
    let mut found = search.found;
    let prompts = Prompts::compile(&read.settings.languages, resources, &sources.audio);
    let branched_on = branched_on(read.nodes.values().map(|node| &node.action));
    let script = Script {
        settings: read.settings,
        nodes: read.nodes,
        prompts,
        version: sources.version(),
        branched_on,
    };
    found.sort();
    found.dedup();
    (readable.then_some(script), found)
}

/// The script, if nothing at all is wrong with it.
pub fn load(sources: &Sources) -> Result<Script, Vec<Diagnostic>> {
    match check(sources) {
        (Some(script), found) if found.is_empty() => Ok(script),
        (_, found) => Err(found),
    }
}

/// What is being searched, and what was found.
struct Search<'s> {
    settings: &'s Settings,
    nodes: &'s BTreeMap<String, Node>,
    script_file: &'s str,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    /// A finding in `script.toml`.
    fn script(
        &mut self,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let file = self.script_file.to_owned();
        self.file(&file, line, code, message, remedy);
    }

    /// A finding in any file.
    fn file(
        &mut self,
        file: &str,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let (message, remedy) = (message.into(), remedy.into());
        self.found.push(Diagnostic { file: file.to_owned(), line, code, message, remedy });
    }
}

fn branched_on<'n>(actions: impl Iterator<Item = &'n Action>) -> BTreeSet<String> {
    let names = actions.filter_map(|action| match action {
        Action::Branch(branch) => Some(branch.on()),
        _ => None,
    });
    names.filter_map(|on| if let On::Value(name) = on { Some(name.clone()) } else { None }).collect()
}
