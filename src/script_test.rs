//! `hotline script test`: plays the golden calls of a line and tells what of its script they cover.

use std::path::Path;

use anyhow::Context as _;
use callflow::coverage::{Coverage, Seen, Share, by_node, last_resort};
use callflow::{Script, transcript};

use crate::printing::say;
use crate::script::{checked, names_in, text};

/// What is asked of the golden calls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Write what the scripts say now into the calls.
    pub(crate) update: bool,
    /// Print the coverage as JSON, one line for each script.
    pub(crate) json: bool,
    /// Least percentage of nodes, ways and prompts that the calls must cover.
    pub(crate) cover: usize,
}

/// Plays the calls in `folder`; true when none differs and enough is covered.
pub(crate) fn test(folder: &Path, asked: Asked) -> anyhow::Result<bool> {
    let (Some(script), _) = checked(folder)? else {
        say!("{}: the script cannot be walked", folder.display());
        return Ok(false);
    };
    let scenarios = folder.join("scenarios");
    let calls = if scenarios.is_dir() { names_in(&scenarios)? } else { Vec::new() };
    let mut seen = last_resort(&script);
    let (mut played, mut differing) = (0, 0);
    for path in calls.iter().filter(|path| path.extension().is_some_and(|ext| ext == "call")) {
        played += 1;
        match golden_call(&script, path, asked.update)? {
            Some(call) => seen.add(call),
            None => differing += 1,
        }
    }
    let coverage = Coverage::of(&script, &seen);
    let enough = coverage.percent() >= asked.cover;
    if asked.json {
        let told = serde_json::json!({
            "line": script.line(), "version": script.version(), "calls": played, "differ": differing,
            "coverage": coverage,
        });
        say!("{told}");
    } else {
        report(&folder.display().to_string(), (played, differing), &coverage);
        if !enough {
            say!(
                "{}: covers {} %, not the {} % asked for",
                folder.display(),
                coverage.percent(),
                asked.cover
            );
        }
    }
    Ok(differing == 0 && enough)
}

/// A calm account: how much of everything, then what no call has walked or heard.
fn report(folder: &str, (played, differing): (usize, usize), coverage: &Coverage) {
    let prompts: Vec<String> =
        coverage.prompts.iter().map(|(language, share)| format!("{language} {share}")).collect();
    say!("{folder}: {played} calls, {differing} differ");
    let (nodes, edges, prompts) = (&coverage.nodes, &coverage.edges, prompts.join(", "));
    say!("    nodes {nodes}, edges {edges}, prompts {prompts}");
    missed("nodes that no call comes to", &coverage.nodes);
    if !coverage.edges.missing.is_empty() {
        say!("    edges that no call walks:");
        for (node, ways) in by_node(&coverage.edges.missing) {
            say!("        {node}: {}", ways.join(", "));
        }
    }
    for (language, share) in &coverage.prompts {
        missed(&format!("prompts that no call hears in {language}"), share);
    }
}

fn missed(what: &str, share: &Share) {
    if !share.missing.is_empty() {
        say!("    {what}: {}", share.missing.join(", "));
    }
}

/// Plays one call; what it has seen, or nothing when it differs from what is written.
fn golden_call(script: &Script, path: &Path, update: bool) -> anyhow::Result<Option<Seen>> {
    let shown = path.display();
    let scenario = match transcript::read(&text(path)?) {
        Ok(scenario) => scenario,
        Err(fault) => {
            say!("{shown}:{}: unreadable: {}", fault.line, fault.message);
            return Ok(None);
        }
    };
    let said = match transcript::play(script, &scenario) {
        Ok(said) => said,
        Err(fault) => {
            say!("{shown}:{}: unplayable: {}", fault.line, fault.message);
            return Ok(None);
        }
    };
    if update {
        std::fs::write(path, transcript::rewrite(&scenario, &said))
            .with_context(|| format!("{shown} cannot be written"))?;
        return Ok(Some(said.seen));
    }
    let differences = transcript::compare(&scenario, &said);
    for difference in &differences {
        say!("{shown}:{}: after `{}`", difference.line, difference.after);
        difference.lines.iter().for_each(|line| say!("    {line}"));
    }
    Ok(differences.is_empty().then_some(said.seen))
}
