//! `hotline script check|test|graph`: what an author of scripts needs before anybody dials.
//! Playing calls is in `script_test`, drawing in `script_graph`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use callflow::{AudioFile, Script, SourceFile, Sources};
use clap::Subcommand;

use crate::house_files::Folder;
use crate::script_test::{Asked, test};

/// What to do with the scripts.
#[derive(Debug, Subcommand)]
pub(crate) enum ScriptCommand {
    /// Name every fault with file, line and remedy.
    Check(crate::script_check::CheckArgs),
    /// Play the golden calls, and say what of the script no call has walked or heard.
    Test {
        /// Folders of lines, or folders of such folders.
        #[arg(default_value = "ivr-scripts")]
        paths: Vec<PathBuf>,
        /// Write what the scripts say now into the golden calls.
        #[arg(long)]
        update: bool,
        /// Print one line of JSON for each script.
        #[arg(long)]
        json: bool,
        /// Least percentage of nodes, edges and prompts that the calls must cover; less is a fault.
        #[arg(long, value_name = "PERCENT", default_value_t = 0)]
        cover: usize,
    },
    /// Versions of the lines' scripts, calls on each, and what was refused, as the database has them.
    List(crate::ConfigArgs),
    /// Draw the walk, with the calls that went each way where asked for.
    Graph(crate::script_graph::GraphArgs),
}

/// Exit code of bad usage: a path that does not exist, a folder without a script.
const BAD_USAGE: u8 = 2;

/// Carries the command out: 0 all good, 1 a fault was found, 2 bad usage.
pub(crate) fn run(command: ScriptCommand) -> ExitCode {
    let clean = match command {
        ScriptCommand::Check(args) => crate::script_check::run(&args),
        ScriptCommand::Test { paths, update, json, cover } => {
            let asked = Asked { update, json, cover };
            each_line(&paths, |folder| test(folder, asked))
        }
        ScriptCommand::List(args) => crate::script_list::run(args),
        ScriptCommand::Graph(args) => crate::script_graph::run(args),
    };
    match clean {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("hotline script: {error:#}");
            ExitCode::from(BAD_USAGE)
        }
    }
}

/// Runs `each` on every line below `paths`; true when all of them were clean.
pub(crate) fn each_line(
    paths: &[PathBuf],
    mut each: impl FnMut(&Path) -> anyhow::Result<bool>,
) -> anyhow::Result<bool> {
    let mut clean = true;
    for path in paths {
        for folder in lines_below(path)? {
            clean &= each(&folder)?;
        }
    }
    Ok(clean)
}

/// The folder itself if it holds a `script.toml`, or else those in it that do.
fn lines_below(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.file_name().is_some_and(|name| name == "script.toml") {
        return Ok(vec![path.parent().unwrap_or(Path::new(".")).to_owned()]);
    }
    if path.join("script.toml").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let below = names_in(path)?.into_iter().filter(|folder| folder.join("script.toml").is_file());
    let lines: Vec<PathBuf> = below.collect();
    if lines.is_empty() {
        bail!("{}: no script.toml here nor in the folders below; name the folder of a line", path.display());
    }
    Ok(lines)
}

/// What lies in a folder, in order of the alphabet.
pub(crate) fn names_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read; name an existing folder", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read as text", path.display()))
}

/// Reads one line's folder; the error names the file and what to do.
pub(crate) fn sources(folder: &Folder) -> Result<Sources, String> {
    let names = folder
        .files()
        .map_err(|fault| format!("{folder}:1: cannot be read ({fault}); name the folder of a script"))?;
    let mut sources = Sources::default();
    for name in names {
        if let Some(audio) = name.strip_prefix("audio/") {
            let bytes = folder.bytes(&name);
            let bytes = bytes.map_err(|fault| format!("{folder}/{name}:1: cannot be read ({fault})"))?;
            sources.audio.push(AudioFile::new(audio, bytes.unwrap_or_default()));
        } else if name == "script.toml" || name.ends_with(".ftl") {
            let text = folder.text(&name);
            let text = text.map_err(|fault| {
                format!("{folder}/{name}:1: cannot be read ({fault}); make it a readable UTF-8 file")
            })?;
            sources.files.push(SourceFile::new(format!("{folder}/{name}"), text.unwrap_or_default()));
        }
    }
    Ok(sources)
}

/// The script, with every finding printed.
pub(crate) fn checked(folder: &Path) -> anyhow::Result<(Option<Script>, usize)> {
    let (script, found) =
        callflow::check(&sources(&Folder::Disk(folder.to_owned())).map_err(anyhow::Error::msg)?);
    for diagnostic in &found {
        crate::printing::say!("{diagnostic}");
    }
    Ok((script, found.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: Asked = Asked { update: false, json: false, cover: 100 };

    fn paths(path: &str) -> Vec<PathBuf> {
        vec![PathBuf::from(path)]
    }

    #[test]
    fn golden_calls_of_the_shipped_lines_are_as_written_and_walk_every_way() {
        assert!(each_line(&paths("ivr-scripts"), |folder| test(folder, EVERYTHING)).unwrap());
    }

    #[test]
    fn a_line_is_named_by_its_folder_by_the_folder_above_or_by_its_script() {
        let one = paths("ivr-scripts/12320");
        assert_eq!(lines_below(Path::new("ivr-scripts/12320")).unwrap(), one);
        assert_eq!(lines_below(Path::new("ivr-scripts/12320/script.toml")).unwrap(), one);
        assert!(lines_below(Path::new("ivr-scripts")).unwrap().starts_with(&one));
        for nothing in ["no-such-folder", "ivr-scripts/12320/prompts"] {
            let said = lines_below(Path::new(nothing)).unwrap_err().to_string();
            assert!(said.contains(nothing), "{said}");
        }
    }
}
