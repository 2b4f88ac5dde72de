//! The tables and scripts the house is furnished with: on disk, or the copies built into the program.

use std::path::{Component, Path, PathBuf};

use rust_embed::RustEmbed;

/// `config/` as it was when the program was built.
#[derive(RustEmbed)]
#[folder = "config/"]
struct ShippedTables;

/// `ivr-scripts/` as it was when the program was built.
#[derive(RustEmbed)]
#[folder = "ivr-scripts/"]
struct ShippedScripts;

/// A built-in file by its path in the repository.
fn shipped(path: &str) -> Option<rust_embed::EmbeddedFile> {
    let (root, rest) = path.split_once('/')?;
    match root {
        "config" => ShippedTables::get(rest),
        "ivr-scripts" => ShippedScripts::get(rest),
        _ => None,
    }
}

/// Paths of all built-in files.
fn all_shipped() -> impl Iterator<Item = String> {
    let tables = ShippedTables::iter().map(|name| format!("config/{name}"));
    tables.chain(ShippedScripts::iter().map(|name| format!("ivr-scripts/{name}")))
}

/// A folder of text files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Folder {
    /// Built in; the path starts at the repository's root.
    Shipped(String),
    /// On disk.
    Disk(PathBuf),
}

impl std::fmt::Display for Folder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shipped(path) => write!(out, "built-in {path}"),
            Self::Disk(path) => write!(out, "{}", path.display()),
        }
    }
}

impl Folder {
    /// A built-in folder; `..` is resolved.
    pub(crate) fn shipped(path: &Path) -> Self {
        let steps = straight(path);
        Self::Shipped(steps.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/"))
    }

    /// The text of a file in this folder (`prompts/da.ftl`); `None` where there is no such file.
    pub(crate) fn text(&self, name: &str) -> std::io::Result<Option<String>> {
        match self {
            Self::Shipped(path) => match shipped(&format!("{path}/{name}")) {
                None => Ok(None),
                Some(file) => match String::from_utf8(file.data.into_owned()) {
                    Ok(text) => Ok(Some(text)),
                    Err(fault) => Err(std::io::Error::new(std::io::ErrorKind::InvalidData, fault)),
                },
            },
            Self::Disk(path) => match std::fs::read_to_string(path.join(name)) {
                Ok(text) => Ok(Some(text)),
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(fault) => Err(fault),
            },
        }
    }

    /// The bytes of a file in this folder (`audio/da/welcome.wav`); `None` where there is no such file.
    pub(crate) fn bytes(&self, name: &str) -> std::io::Result<Option<Vec<u8>>> {
        match self {
            Self::Shipped(path) => Ok(shipped(&format!("{path}/{name}")).map(|file| file.data.into_owned())),
            Self::Disk(path) => match std::fs::read(path.join(name)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(fault) => Err(fault),
            },
        }
    }

    /// Names of the files below this folder, sorted, with `/` between the steps.
    pub(crate) fn files(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        match self {
            Self::Shipped(path) => {
                let start = format!("{path}/");
                names.extend(all_shipped().filter_map(|name| name.strip_prefix(&start).map(str::to_owned)));
            }
            Self::Disk(path) => walk(path, "", &mut names)?,
        }
        names.sort();
        Ok(names)
    }
}

/// The path without `.` and with each `..` taken back; a leading `..` stays.
pub(crate) fn straight(path: &Path) -> PathBuf {
    let mut steps = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if matches!(steps.components().next_back(), Some(Component::Normal(_))) => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps
}

fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_are_found_by_the_paths_of_the_shipped_configuration() {
        let folder = Folder::shipped(Path::new("config/../config/."));
        assert_eq!(folder, Folder::Shipped("config".to_owned()));
        assert!(folder.text("hotline.toml").unwrap().is_some_and(|text| text.contains("[server]")));
        assert!(folder.text("no-such.toml").unwrap().is_none());
        assert!(folder.files().unwrap().contains(&"hotline.toml".to_owned()));
    }

    #[test]
    fn paths_are_straightened_without_looking_at_the_disk() {
        for (bent, straightened) in
            [("config/../data/x", "data/x"), ("../a/./b", "../a/b"), ("/a/../b", "/b")]
        {
            assert_eq!(straight(Path::new(bent)), PathBuf::from(straightened), "{bent}");
        }
    }

    #[test]
    fn a_folder_on_disk_reads_the_same() {
        let folder = Folder::Disk(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/config")));
        assert!(folder.text("hotline.toml").unwrap().is_some());
        assert!(folder.text("no-such.toml").unwrap().is_none());
        assert!(folder.files().unwrap().contains(&"hotline.toml".to_owned()));
    }
}
