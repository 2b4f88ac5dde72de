//! The shelf of sounds on disk: one file per recording, readable by us alone.
//!
//! A file appears whole or not at all: it is written beside its place, synced, renamed, and the folder synced. Its
//! place is made by the switchboard; one that would lead out of the folder is refused all the same.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use switchboard::ports::{Answer, ShelfError, SoundShelf};

/// Who may read a sound, and enter its folders: the user that the service runs as.
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// A folder of the disk.
pub(crate) struct DiskShelf {
    folder: PathBuf,
}

impl DiskShelf {
    /// A shelf in `folder`, which is made when the first sound comes.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
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
}

impl SoundShelf for DiskShelf {
    fn put<'a>(&'a self, place: &'a str, bytes: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        let bytes = bytes.to_vec();
        Box::pin(async move {
            let path = self.path(place)?;
            on_disk(move || put(&path, &bytes)).await
        })
    }

    fn read<'a>(&'a self, place: &'a str) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        Box::pin(async move {
            let path = self.path(place)?;
            on_disk(move || fs::read(path)).await
        })
    }

    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        Box::pin(async move {
            let path = self.path(place)?;
            let erased = on_disk(move || {
                fs::remove_file(&path)?;
                sync_folder(&path)
            });
            match erased.await {
                Err(ShelfError::NotThere) => Ok(()),
                other => other,
            }
        })
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

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder)?;
    }
    // A name of its own: the same sound may be posted twice at once.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let beside = path.with_extension(format!("{}.part", COUNT.fetch_add(1, Relaxed)));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(FILE_MODE).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// A name is on disk only once its folder is.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A folder that goes with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("hotline-shelf-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    #[test]
    fn a_sound_is_put_read_and_erased() {
        let folder = Folder::new("kept");
        let shelf = DiskShelf::new(folder.0.join("recordings"));
        run(async {
            assert_eq!(shelf.read("2026/03/a.wav").await, Err(ShelfError::NotThere));
            shelf.put("2026/03/a.wav", b"RIFF").await.unwrap();
            shelf.put("2026/03/a.wav", b"RIFF again").await.unwrap();
            assert_eq!(shelf.read("2026/03/a.wav").await.unwrap(), b"RIFF again");
        });
        let file = folder.0.join("recordings/2026/03/a.wav");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
        let beside: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().collect();
        assert_eq!(beside.len(), 1, "nothing half-written is left");
        run(async {
            shelf.erase("2026/03/a.wav").await.unwrap();
            shelf.erase("2026/03/a.wav").await.unwrap();
            assert_eq!(shelf.read("2026/03/a.wav").await, Err(ShelfError::NotThere));
        });
    }

    #[test]
    fn no_place_leads_out_of_the_shelf() {
        let folder = Folder::new("led-out");
        let shelf = DiskShelf::new(folder.0.clone());
        for place in ["../x.wav", "/etc/passwd", "2026/../../x.wav", "", "."] {
            let refused = run(shelf.read(place));
            assert!(matches!(refused, Err(ShelfError::Broken(_))), "{place}: {refused:?}");
            assert!(matches!(run(shelf.put(place, b"x")), Err(ShelfError::Broken(_))), "{place}");
        }
    }

    #[test]
    fn a_full_or_missing_disk_is_told_without_a_path() {
        let folder = Folder::new("full");
        fs::write(folder.0.join("2026"), b"a file where a folder should be").unwrap();
        let shelf = DiskShelf::new(folder.0.clone());
        let refused = run(shelf.put("2026/03/a.wav", b"x")).unwrap_err();
        assert!(matches!(&refused, ShelfError::Broken(why) if !why.contains("2026")), "{refused:?}");
    }
}
