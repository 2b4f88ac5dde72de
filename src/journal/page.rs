//! Pages: files of records. A page belongs to the process that has locked it; the lock goes with the process.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::record::{self, Piece};
use crate::slip::{new_file, sync_folder};
use crate::{Error, broken};

pub(crate) const ENDING: &str = "page";
/// Folder for what cannot be read or taken over.
const ASIDE: &str = "set-aside";

/// A complete page, locked for us.
pub struct Page {
    path: PathBuf,
    /// Held for the lock.
    _file: File,
}

/// What a page holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whole records in their order, each with the place where it ends.
    pub records: Vec<(u64, Vec<u8>)>,
    /// Bytes that are no records, each with the place where they end.
    pub unreadable: Vec<(u64, Vec<u8>)>,
}

/// Complete pages in a folder, oldest first.
pub(crate) fn all(folder: &Path) -> Result<Vec<Page>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|error| broken(&error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
    // Names begin with the time.
    paths.sort();
    let mut pages = Vec::new();
    for path in paths {
        let file = File::open(&path).map_err(|error| broken(&error))?;
        // Locked: it is being written, or another process takes it over.
        if file.try_lock().is_ok() && path.exists() {
            pages.push(Page { path, _file: file });
        }
    }
    Ok(pages)
}

impl Page {
    /// Names the page among all pages there ever were.
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Reads all of it.
    pub fn read(&self) -> Result<Reading, Error> {
        let bytes = std::fs::read(&self.path).map_err(|error| broken(&error))?;
        let mut reading = Reading::default();
        for (end, piece) in record::read(&bytes) {
            match piece {
                Piece::Record(content) => reading.records.push((end as u64, content.to_vec())),
                Piece::Unreadable(bytes) => reading.unreadable.push((end as u64, bytes.to_vec())),
            }
        }
        Ok(reading)
    }

    /// Keeps bytes of this page that nobody can take over, for a person to look at; twice is once.
    pub fn set_aside(&self, end: u64, bytes: &[u8]) -> Result<(), Error> {
        let folder = self.path.with_file_name(ASIDE);
        crate::slip::make_folder(&folder)?;
        let path = folder.join(format!("{}-{end}", self.name()));
        match new_file(&path) {
            Ok(mut file) => {
                use std::io::Write;
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                written.map_err(|error| broken(&error))?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(broken(&error)),
        }
        sync_folder(&folder)
    }

    /// Removes the page; when this returns, it does not come back.
    pub fn remove(self) -> Result<(), Error> {
        std::fs::remove_file(&self.path).map_err(|error| broken(&error))?;
        self.path.parent().map_or(Ok(()), sync_folder)
    }
}
