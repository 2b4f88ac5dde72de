//! Slips: small files beside the pages, replaced as a whole: a key that must be at hand, a drill that is asked for.
//! Only this user may read them.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::{Error, broken};

const ONLY_US: u32 = 0o600;

/// Makes the folder with what is above it.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder).map_err(|error| broken(&error))?;
    std::fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(|error| broken(&error))
}

/// What stands on the slip; none where there is no such slip.
pub fn read(folder: &Path, name: &str) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(broken(&error)),
    }
}

/// Writes the slip; when this returns, it is on the disk, whole.
pub fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let fresh = folder.join(format!("{name}.new"));
    let written = || {
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(ONLY_US).open(&fresh)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&fresh, folder.join(name))
    };
    written().map_err(|error| broken(&error))?;
    sync_folder(folder)
}

/// Takes the slip away; one that is not there is fine.
pub fn remove(folder: &Path, name: &str) -> Result<(), Error> {
    match std::fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(broken(&error)),
        _ => sync_folder(folder),
    }
}

/// Makes names that came and went durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| broken(&error))
}

/// A new file that only this user may read.
pub(crate) fn new_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().append(true).create_new(true).mode(ONLY_US).open(path)
}
