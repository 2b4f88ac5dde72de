//! `hotline script graph`: the walk through a script as a picture.

use std::path::Path;

use callflow::graph::{Style, english, mermaid, svg};

use crate::house_files::Folder;
use crate::script::sources;

/// What the picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A picture for a browser, light and dark.
    Svg,
    /// A flow chart in the language of Mermaid.
    Mermaid,
}

/// Prints the picture of the script in `folder`; false when it cannot be walked.
pub(crate) fn graph(folder: &Path, format: Format) -> anyhow::Result<bool> {
    let (script, found) =
        callflow::check(&sources(&Folder::Disk(folder.to_owned())).map_err(anyhow::Error::msg)?);
    // Beside the picture, not in it.
    found.iter().for_each(|diagnostic| eprintln!("{diagnostic}"));
    let Some(script) = script else { return Ok(false) };
    let picture = match format {
        Format::Mermaid => mermaid(&script, None),
        Format::Svg => {
            let title = format!("{}, version {}", script.line(), script.version());
            svg(&script, None, &Style { title: &title, word: &english, sheet: true })
        }
    };
    crate::printing::say!("{}", picture.trim_end());
    Ok(true)
}
