//! A shelf in memory that can be looked at and spoiled.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ports::{Answer, ShelfError, SoundShelf};

/// Sounds by place.
#[derive(Default)]
pub struct MemoryShelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemoryShelf {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where sounds lie.
    pub fn places(&self) -> Vec<String> {
        self.files().keys().cloned().collect()
    }

    /// Changes one byte of every sound, as a dying disk does.
    pub fn spoil(&self) {
        for bytes in self.files().values_mut() {
            if let Some(first) = bytes.first_mut() {
                *first ^= 1;
            }
        }
    }

    /// Loses every sound.
    pub fn lose(&self) {
        self.files().clear();
    }
}

impl SoundShelf for MemoryShelf {
    fn put<'a>(&'a self, place: &'a str, bytes: &'a [u8]) -> Answer<'a, Result<(), ShelfError>> {
        self.files().insert(place.to_owned(), bytes.to_vec());
        Box::pin(async { Ok(()) })
    }

    fn read<'a>(&'a self, place: &'a str) -> Answer<'a, Result<Vec<u8>, ShelfError>> {
        let found = self.files().get(place).cloned().ok_or(ShelfError::NotThere);
        Box::pin(async { found })
    }

    fn erase<'a>(&'a self, place: &'a str) -> Answer<'a, Result<(), ShelfError>> {
        self.files().remove(place);
        Box::pin(async { Ok(()) })
    }
}
