//! The shelf of files that were handed in: one file each, readable by us alone, outside of what the web serves. They
//! come and go in pieces; a program of the operator's looks through them.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use switchboard::ports::{Answer, FileShelf, ShelfError, Verdict};

use crate::config_doors::Doors;

/// Who may read a file, and enter its folders: the user that the service runs as.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// A folder of the disk, and the program that looks through its files.
pub(crate) struct DiskFiles {
    folder: PathBuf,
    scanner: Vec<String>,
    patience: Duration,
}

impl DiskFiles {
    /// A shelf as configured; its folder is made when the first file comes.
    pub(crate) fn new(doors: &Doors) -> Self {
        Self {
            folder: doors.folder.clone(),
            scanner: doors.scanner.clone(),
            patience: doors.scanner_patience,
        }
    }

    fn path(&self, place: &str) -> Result<PathBuf, ShelfError> {
        let place = Path::new(place);
        let plain = place.components().all(|part| matches!(part, Component::Normal(_)));
        if plain && place.components().count() > 0 {
            Ok(self.folder.join(place))
        } else {
            Err(ShelfError::Broken("a place that leads out of the shelf".to_owned()))
        }
    }

    async fn look_through(&self, place: &str) -> Verdict {
        let Some((program, arguments)) = self.scanner.split_first() else { return Verdict::None };
        let Ok(path) = self.path(place) else { return Verdict::Unclear };
        let mut command = tokio::process::Command::new(program);
        command.args(arguments).arg(path).kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let ended = match command.spawn() {
            Ok(mut child) => tokio::time::timeout(self.patience, child.wait()).await,
            Err(error) => {
                tracing::error!(%error, "attachments.scanner: the program cannot be started");
                return Verdict::Unclear;
            }
        };
        match ended.ok().and_then(Result::ok).and_then(|status| status.code()) {
            Some(0) => Verdict::Clean,
            Some(1) => Verdict::Infected,
            code => {
                tracing::error!(?code, "attachments.scanner: the program gave no clear answer in time");
                Verdict::Unclear
            }
        }
    }
}

impl FileShelf for DiskFiles {
    fn append<'a>(&'a self, place: &'a str, piece: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        let piece = piece.to_vec();
        Box::pin(async move {
            let path = self.path(place)?;
            on_disk(move || {
                make_folder(&path)?;
                let mut file = OpenOptions::new().append(true).create(true).mode(FILE_MODE).open(&path)?;
                file.write_all(&piece)
            })
            .await
        })
    }

    fn finish<'a>(&'a self, from: &'a str, to: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async move {
            let (from, to) = (self.path(from)?, self.path(to)?);
            on_disk(move || {
                File::open(&from)?.sync_all()?;
                make_folder(&to)?;
                fs::rename(&from, &to)?;
                sync_folder(&to)
            })
            .await
        })
    }

    fn piece<'a>(
        &'a self,
        place: &'a str,
        start: u64,
        most: usize,
    ) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        Box::pin(async move {
            let path = self.path(place)?;
            on_disk(move || {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                let mut piece = Vec::new();
                file.take(most as u64).read_to_end(&mut piece)?;
                Ok(piece)
            })
            .await
        })
    }

    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async move {
            let path = self.path(place)?;
            match on_disk(move || fs::remove_file(path)).await {
                Err(ShelfError::NotThere) => Ok(()),
                other => other,
            }
        })
    }

    fn sweep<'a>(&'a self, folder: &'a str, older_seconds: u64) -> Answer<'a, Result<u64, ShelfError>> {
        Box::pin(async move {
            let path = self.path(folder)?;
            on_disk(move || sweep(&path, Duration::from_secs(older_seconds))).await
        })
    }

    fn scan<'a>(&'a self, place: &'a str) -> Answer<'a, Verdict> {
        Box::pin(self.look_through(place))
    }
}

/// Runs off the async threads; what goes wrong names the kind of fault, no path.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, ShelfError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|fault| ShelfError::Broken(fault.to_string()))?;
    done.map_err(|fault| match fault.kind() {
        ErrorKind::NotFound => ShelfError::NotThere,
        kind => ShelfError::Broken(kind.to_string()),
    })
}

/// Takes away the files of a folder that nobody wrote to for so long; a folder that was never made holds none.
fn sweep(folder: &Path, older: Duration) -> std::io::Result<u64> {
    let entries = match fs::read_dir(folder) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut gone = 0;
    for entry in entries {
        let entry = entry?;
        let kept = entry.metadata()?;
        // A clock that was set back makes a file look new: it goes with a later sweep.
        if kept.is_file() && kept.modified()?.elapsed().is_ok_and(|age| age >= older) {
            fs::remove_file(entry.path())?;
            gone += 1;
        }
    }
    Ok(gone)
}

fn make_folder(path: &Path) -> std::io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder)
}

/// A name is on disk only once its folder is.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A shelf whose folder goes with the test.
    struct Fresh(DiskFiles);

    impl Fresh {
        fn new(name: &str, scanner: &[&str]) -> Self {
            let folder = std::env::temp_dir().join(format!("hotline-files-{name}-{}", std::process::id()));
            let scanner = scanner.iter().map(|part| (*part).to_owned()).collect();
            Self(DiskFiles { folder, scanner, patience: Duration::from_secs(20) })
        }
    }

    impl Drop for Fresh {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0.folder));
        }
    }

    #[tokio::test]
    async fn a_file_comes_and_goes_in_pieces() {
        let fresh = Fresh::new("pieces", &[]);
        let shelf = &fresh.0;
        shelf.append("incoming/a", b"%PDF").await.unwrap();
        shelf.append("incoming/a", b"-1.7").await.unwrap();
        assert_eq!(shelf.piece("2026/02/a.pdf", 0, 9).await, Err(ShelfError::NotThere));
        shelf.finish("incoming/a", "2026/02/a.pdf").await.unwrap();
        assert_eq!(shelf.piece("2026/02/a.pdf", 4, 2).await.unwrap(), b"-1");
        assert_eq!(shelf.piece("2026/02/a.pdf", 8, 2).await.unwrap(), b"");
        let file = shelf.folder.join("2026/02/a.pdf");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        shelf.erase("2026/02/a.pdf").await.unwrap();
        shelf.erase("2026/02/a.pdf").await.unwrap();
        assert_eq!(shelf.piece("2026/02/a.pdf", 0, 9).await, Err(ShelfError::NotThere));
    }

    #[tokio::test]
    async fn no_place_leads_out_of_the_shelf() {
        let fresh = Fresh::new("led-out", &[]);
        for place in ["../x", "/etc/passwd", "a/../../x", "", "."] {
            let refused = fresh.0.append(place, b"x").await;
            assert!(matches!(refused, Err(ShelfError::Broken(_))), "{place}: {refused:?}");
            assert!(matches!(fresh.0.piece(place, 0, 1).await, Err(ShelfError::Broken(_))), "{place}");
        }
    }

    #[tokio::test]
    async fn what_was_begun_and_never_ended_is_swept() {
        let fresh = Fresh::new("swept", &[]);
        assert_eq!(fresh.0.sweep("incoming", 60).await.unwrap(), 0, "no folder yet");
        for place in ["incoming/old", "incoming/new", "2026/02/kept.pdf"] {
            fresh.0.append(place, b"x").await.unwrap();
        }
        let past = std::time::SystemTime::now() - Duration::from_secs(3600);
        for place in ["incoming/old", "2026/02/kept.pdf"] {
            let file = File::options().append(true).open(fresh.0.path(place).unwrap()).unwrap();
            file.set_modified(past).unwrap();
        }
        assert_eq!(fresh.0.sweep("incoming", 60).await.unwrap(), 1);
        assert!(fresh.0.piece("incoming/old", 0, 1).await.is_err());
        assert!(fresh.0.piece("incoming/new", 0, 1).await.is_ok());
        assert!(fresh.0.piece("2026/02/kept.pdf", 0, 1).await.is_ok(), "what was handed in stays");
    }

    #[tokio::test]
    async fn the_scanners_end_is_its_word() {
        for (program, verdict) in [
            (&["sh", "-c", "exit 0"][..], Verdict::Clean),
            (&["sh", "-c", "exit 1"][..], Verdict::Infected),
            (&["sh", "-c", "exit 2"][..], Verdict::Unclear),
            (&["no-such-scanner"][..], Verdict::Unclear),
            (&["grep", "-qv", "EICAR"][..], Verdict::Clean),
            (&[][..], Verdict::None),
        ] {
            let fresh = Fresh::new("scan", program);
            fresh.0.append("incoming/a", b"fine\n").await.unwrap();
            assert_eq!(fresh.0.scan("incoming/a").await, verdict, "{program:?}");
        }
    }
}
