//! The journal: a local log of opaque records, for the time that the store is out of reach. A record that
//! [`Journal::keep`] has acknowledged is on the disk; it stays there until somebody has taken it over.
//!
//! Records lie in *pages*, files that are only ever added to. A page that is complete is read, taken over
//! elsewhere, and removed. What cannot be read is set aside, never dropped.
//!
//! Is not: a place that knows what a record says, or when the store is back.
//!
//! Read in this order: [`mod@record`] (bytes to records and back), [`page`] (a file of them), `writer` (the
//! one thread that writes), [`slip`] (small files beside the pages).

pub mod page;
pub mod record;
pub mod slip;
#[cfg(test)]
mod tests;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use page::{Page, Reading};

use self::writer::Writer;

/// Why a record is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The disk is full, broken or not writable.
    #[error("the journal cannot be written: {0}")]
    Broken(String),
    /// More waits for the disk than it keeps up with.
    #[error("too much waits for the journal")]
    Busy,
}

/// A folder of pages; cheap to clone. The thread that writes ends with the last clone.
#[derive(Clone)]
pub struct Journal {
    folder: Arc<PathBuf>,
    writer: Arc<Writer>,
}

impl Journal {
    /// Opens the folder, and makes it where it is missing: readable by this user alone.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        slip::make_folder(folder)?;
        let writer = Writer::start(folder.to_owned())?;
        Ok(Self { folder: Arc::new(folder.to_owned()), writer: Arc::new(writer) })
    }

    /// Keeps a record; returns when it is on the disk. A future that is dropped before takes its record along,
    /// unless that has begun to be written.
    pub async fn keep(&self, record: Vec<u8>) -> Result<(), Error> {
        self.writer.keep(record).await
    }

    /// Closes the page that is being written, so that it can be read; the next record begins another.
    pub async fn turn_page(&self) {
        self.writer.turn_page().await;
    }

    /// The complete pages, oldest first, but those of another living process. Blocks on the disk.
    pub fn pages(&self) -> Result<Vec<Page>, Error> {
        page::all(&self.folder)
    }

    /// The folder, for [`slip`]s.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn broken(error: &std::io::Error) -> Error {
    Error::Broken(error.to_string())
}
