//! The checker: everything that can be known to be wrong with a script before anybody dials.
//!
//! [`check()`] finds what is unsound in the script itself. [`check_by()`] also holds it against the profile that it
//! claims, and against the day. [`able::cannot_do()`] says what a provider could not carry out.

mod able;
mod audio;
mod choices;
mod codes;
mod dates;
mod keys;
mod named;
mod numbers;
mod opening;
mod person;
pub mod profile;
mod size;
mod speech;
mod texts;
mod ways;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Node, Script, Settings};
use crate::nodes::{Action, On};
use crate::parse;
use crate::prompts::Prompts;
use crate::source::Sources;
pub use able::cannot_do;
pub use codes::CODES;
pub use profile::Profiles;
use texts::Voice;

/// What a script is held against beside its own soundness.
#[derive(Debug, Clone, Copy)]
pub struct Standards<'p> {
    pub profiles: &'p Profiles,
    /// The day on which announcements are looked at, in the zone of the line.
    pub today: NaiveDate,
}

/// Reads and checks one line's script. A script comes back when it can be walked at all; it should be used
/// only when nothing was found.
pub fn check(sources: &Sources) -> (Option<Script>, Vec<Diagnostic>) {
    read(sources, None)
}

/// As [`check()`], and holds the script against the profile that it claims.
pub fn check_by(sources: &Sources, standards: &Standards<'_>) -> (Option<Script>, Vec<Diagnostic>) {
    read(sources, Some(standards))
}

/// The script, if nothing is wrong with it that a warning would not do for.
pub fn load(sources: &Sources) -> Result<Script, Vec<Diagnostic>> {
    sound(check(sources))
}

/// As [`load()`], and by the profile that the script claims.
pub fn load_by(sources: &Sources, standards: &Standards<'_>) -> Result<Script, Vec<Diagnostic>> {
    sound(check_by(sources, standards))
}

fn sound((script, found): (Option<Script>, Vec<Diagnostic>)) -> Result<Script, Vec<Diagnostic>> {
    match script {
        Some(script) if !found.iter().any(Diagnostic::is_fault) => Ok(script),
        _ => Err(found),
    }
}

fn read(sources: &Sources, standards: Option<&Standards<'_>>) -> (Option<Script>, Vec<Diagnostic>) {
    let Some(file) = sources.script() else {
        let nothing = Diagnostic {
            file: sources.files.first().map(|file| file.path.clone()).unwrap_or_default(),
            line: 1,
            code: "no-script",
            message: "no script.toml among the files".to_owned(),
            remedy: "put the nodes into script.toml beside prompts/".to_owned(),
            severity: Severity::Fault,
        };
        return (None, vec![nothing]);
    };
    let (read, mut found) = parse::script(file);
    let whole = found.is_empty();
    let (resources, mut faults) = parse::all_prompts(sources);
    found.append(&mut faults);
    let Some(read) = read else { return (None, found) };
    let readable = found.is_empty();
    let mut voices = texts::voices(&read.settings, sources, &resources);
    let prompts = Prompts::compile(&read.settings.languages, resources, &sources.audio);
    texts::hear(&mut voices, &prompts);
    let (settings, nodes) = (&read.settings, &read.nodes);
    let mut search = Search {
        settings,
        nodes,
        voices: &voices,
        whole,
        script_file: &file.path,
        script_text: &file.text,
        found,
    };
    ways::check(&mut search);
    keys::check(&mut search);
    texts::check(&mut search, sources);
    size::check(&mut search);
    // What could not be read would be held against the limits as if it were not there.
    if let Some(standards) = standards.filter(|_| readable) {
        by_profile(&mut search, sources, standards);
    }
    let mut found = search.found;
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

fn by_profile(search: &mut Search<'_>, sources: &Sources, standards: &Standards<'_>) {
    let Standards { profiles, .. } = standards;
    let claimed = &search.settings.profile;
    let Some(profile) = profiles.profiles.get(claimed) else {
        let names = profiles.names().collect::<Vec<_>>().join(", ");
        let message = format!("no profile is called \"{claimed}\"");
        search.script(
            search.settings.profile_line,
            "unknown-profile",
            message,
            format!("write one of {names}, or add it to script_profiles.toml"),
        );
        return;
    };
    texts::uneven(search);
    choices::check(search);
    opening::check(search, profile);
    person::check(search, profile, &profiles.speech);
    wording::check(search, profile, profiles);
    audio::check(search, sources, profile);
    numbers::check(search, profile);
    dates::check(search, standards.today);
}

/// What is being searched, and what was found.
struct Search<'s> {
    settings: &'s Settings,
    nodes: &'s BTreeMap<String, Node>,
    /// The languages of the script that have a file of prompts.
    voices: &'s [Voice<'s>],
    /// Whether every node could be read.
    whole: bool,
    script_file: &'s str,
    script_text: &'s str,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    /// A fault in `script.toml`.
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

    /// A fault in any file.
    fn file(
        &mut self,
        file: &str,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Fault, (file, line), code, message.into(), remedy.into());
    }

    /// A finding of any weight.
    fn add(
        &mut self,
        severity: Severity,
        (file, line): (&str, u32),
        code: &'static str,
        message: String,
        remedy: String,
    ) {
        self.found.push(Diagnostic { file: file.to_owned(), line, code, message, remedy, severity });
    }
}

fn branched_on<'n>(actions: impl Iterator<Item = &'n Action>) -> BTreeSet<String> {
    let names = actions.filter_map(|action| match action {
        Action::Branch(branch) => Some(branch.on()),
        _ => None,
    });
    names.filter_map(|on| if let On::Value(name) = on { Some(name.clone()) } else { None }).collect()
}
