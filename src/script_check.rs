//! `hotline script check`: every fault with its file, line and remedy, before anybody dials.

use std::path::{Path, PathBuf};

use callflow::Diagnostic;
use clap::Args;

use crate::house_files::Folder;
use crate::script::{each_line, sources};
use crate::script_rules::{Rules, explain};

/// What to check, and against what.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Folders of lines, or folders of such folders.
    #[arg(default_value = "ivr-scripts")]
    paths: Vec<PathBuf>,
    /// Explain a finding by its code, and check nothing.
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// Also say what a provider of this profile could not carry out.
    #[arg(long, value_name = "NAME")]
    provider_profile: Option<String>,
    /// Profiles to hold scripts against; without it the built-in config/script_profiles.toml.
    #[arg(long, value_name = "FILE")]
    profiles: Option<PathBuf>,
}

/// Prints what was found; true when nothing was that keeps a script from being used.
pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<bool> {
    if let Some(code) = &args.explain {
        crate::printing::say!("{}", explain(code)?);
        return Ok(true);
    }
    let rules = Rules::new(args.profiles.as_deref(), args.provider_profile.as_deref())?;
    each_line(&args.paths, |folder| check(folder, &rules))
}

fn check(folder: &Path, rules: &Rules) -> anyhow::Result<bool> {
    let sources = sources(&Folder::Disk(folder.to_owned())).map_err(anyhow::Error::msg)?;
    let folder = folder.display();
    let (script, found) = rules.check(&sources);
    for diagnostic in &found {
        crate::printing::say!("{diagnostic}");
    }
    let faults = found.iter().filter(|diagnostic| Diagnostic::is_fault(diagnostic)).count();
    match script {
        Some(script) if found.is_empty() => {
            let languages: Vec<&str> = script.languages().iter().map(|language| language.as_str()).collect();
            let (nodes, prompts) = (script.node_names().count(), script.prompt_count());
            let (languages, version) = (languages.join(", "), script.version());
            crate::printing::say!(
                "{folder}: clean: {nodes} nodes, {prompts} prompts in {languages}, version {version}"
            );
        }
        _ => crate::printing::say!("{folder}: {}", counted(faults, found.len() - faults)),
    }
    Ok(faults == 0)
}

/// `1 fault, 2 warnings`; what is none is not named.
fn counted(faults: usize, warnings: usize) -> String {
    let plural = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    };
    [plural(faults, "fault"), plural(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lines_are_clean_under_the_profiles_that_they_claim() {
        let rules = Rules::new(None, None).unwrap();
        assert!(each_line(&[PathBuf::from("ivr-scripts")], |folder| check(folder, &rules)).unwrap());
    }

    #[test]
    fn findings_are_counted_by_their_weight() {
        assert_eq!(counted(1, 2), "1 fault, 2 warnings");
        assert_eq!(counted(0, 1), "1 warning");
    }
}
