//! Sounds that a provider posts to us instead of keeping them. The sound goes onto the shelf first; its row follows in
//! the store, or, while the store is out of reach, by way of the journal.

use dialect::Upload;
use domain::RecordingId;
use sha2::{Digest, Sha256};
use store::{Tx, calls};

use super::fetching::Kept;
use super::{KEPT, MESSAGE, Recording, fetching, fresh};
use crate::ports::Sound;
use crate::standby::entry::{CallEntry, Entry, UploadEntry};
use crate::standby::mode::Mode;
use crate::turn::find_or_open;
use crate::{Error, House, Knock, Result, Switchboard, Topic};

impl Switchboard {
    /// Keeps the sound that a provider posted with a hook of a call; what stands for its address in the turn. The
    /// same sound posted again is the same recording. Unavailable: it is kept nowhere, and nothing must be promised.
    pub async fn keep_upload(&self, knock: &Knock, upload: &Upload) -> Result<String> {
        if !upload.media_type.to_ascii_lowercase().starts_with("audio/") || upload.bytes.is_empty() {
            return Err(Error::refused("refused-upload-no-sound"));
        }
        let id = id_of(knock, &fetching::sha256(&upload.bytes));
        let sound = Sound { media_type: upload.media_type.clone(), bytes: upload.bytes.clone() };
        let kept = self.shelve(&id, &sound).await;
        let kept = kept.map_err(|error| Error::Unavailable(error.to_string()))?;
        let entry = UploadEntry {
            call: CallEntry::of(knock),
            at: self.now(),
            id: id.as_str().to_owned(),
            place: kept.place,
            media_type: kept.media_type,
            bytes: kept.bytes,
            sha256: kept.sha256,
            seconds: wav_seconds(&upload.bytes),
        };
        let place = entry.place.clone();
        let written = self.note_upload(entry).await;
        let lies = written.as_ref().ok();
        if lies.is_none_or(|lies| *lies != place) {
            // Nobody's call, nothing that could be written down, or the same sound at its first place.
            drop(self.shelf.erase(&place).await);
        }
        written.map(|place| format!("{KEPT}{place}"))
    }

    /// Writes down that a sound lies on the shelf, in the store or in the journal; where it lies.
    async fn note_upload(&self, entry: UploadEntry) -> Result<String> {
        if self.standby.stance().0 == Mode::Normal {
            let told = entry.clone();
            let in_store = self.in_store(move |tx| {
                let call = calls::find(tx, &told.call.provider, &told.call.id)?.ok_or(Error::NotFound)?;
                uploaded(tx, &call, &told)
            });
            match in_store.await {
                Err(Error::Unavailable(why) | Error::Conflict(why)) => {
                    self.standby.give_up_store(entry.at, &why);
                }
                answered => return answered,
            }
        }
        let (place, at) = (entry.place.clone(), entry.at);
        let seal = self.seal_at_hand().await;
        let seal = seal.ok_or_else(|| Error::Unavailable("no sealing key is at hand".to_owned()))?;
        self.standby.keep(seal, &Entry::Upload(Box::new(entry)), at).await?;
        Ok(place)
    }
}

/// Id of the recording: the same for the same sound of the same call, whoever asks and whenever.
fn id_of(knock: &Knock, sha256: &str) -> RecordingId {
    let mut digest = Sha256::new().chain_update(b"upload");
    for part in [&knock.provider, &knock.incoming.provider_call_id, sha256] {
        digest = digest.chain_update([0]).chain_update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    RecordingId::new(uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string())
}

/// Takes over a sound that came while the store was out of reach.
pub(crate) fn take_over_upload(tx: &mut Tx<'_>, house: &House, entry: &UploadEntry) -> Result<Vec<Topic>> {
    let call = find_or_open(tx, house, &entry.call, entry.at)?;
    uploaded(tx, &call, entry)?;
    Ok(vec![Topic::Messages])
}

/// The row of a sound on the shelf, made once; where the sound lies. The turn that tells of it may have come before.
fn uploaded(tx: &mut Tx<'_>, call: &calls::Found, entry: &UploadEntry) -> Result<String> {
    let url = format!("{KEPT}{}", entry.place);
    let rows = store::recordings::of_call(tx, &call.id)?;
    let same = |row: &Recording| {
        row.id.as_str() == entry.id
            || row.sha256.as_deref() == Some(&entry.sha256)
            || row.url.as_deref() == Some(&url)
    };
    let kept = |row: &mut Recording| {
        let (media_type, sha256) = (entry.media_type.clone(), entry.sha256.clone());
        let kept = Kept { place: entry.place.clone(), media_type, bytes: entry.bytes, sha256 };
        kept.into_row(row, entry.at);
        row.seconds = row.seconds.or(entry.seconds);
    };
    match rows.into_iter().find(same) {
        None => {
            let id = RecordingId::new(entry.id.clone());
            let mut row = Recording { id, ..fresh(&call.id, &entry.call.provider, MESSAGE, entry.at) };
            row.url = Some(url);
            kept(&mut row);
            store::recordings::insert(tx, &row)?;
            Ok(entry.place.clone())
        }
        Some(row) if row.state == "kept" => Ok(row.place.unwrap_or_else(|| entry.place.clone())),
        Some(mut row) => {
            if row.state == "erased" {
                // It came again: what is erased stays erased, and the shelf is cleared once more.
                row.place = Some(entry.place.clone());
            } else {
                kept(&mut row);
            }
            store::recordings::update(tx, &row)?;
            Ok(entry.place.clone())
        }
    }
}

/// Length of a WAV file by its header, in whole seconds, at least one; nothing where it is none.
fn wav_seconds(bytes: &[u8]) -> Option<u32> {
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
    (bytes.get(..4)? == b"RIFF" && bytes.get(8..12)? == b"WAVE").then_some(())?;
    let (mut at, mut rate) = (12_usize, None);
    loop {
        let (name, length) = (bytes.get(at..at + 4)?, number(at + 4)?);
        match name {
            b"fmt " => rate = number(at + 16).filter(|rate| *rate > 0),
            b"data" => {
                // A header written before the end is known tells too much: what is there counts.
                let there = u32::try_from(bytes.len() - at - 8).ok()?;
                return Some(length.min(there).div_ceil(rate?).max(1));
            }
            _ => {}
        }
        at = at
            .checked_add(8)?
            .checked_add(usize::try_from(length).ok()?)?
            .checked_add((length & 1) as usize)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(rate: u32, data: u32, there: usize) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        bytes.extend(16_u32.to_le_bytes());
        bytes.extend([1, 0, 1, 0]);
        bytes.extend(8000_u32.to_le_bytes());
        bytes.extend(rate.to_le_bytes());
        bytes.extend([2, 0, 16, 0]);
        bytes.extend(b"data");
        bytes.extend(data.to_le_bytes());
        bytes.resize(bytes.len() + there, 0);
        bytes
    }

    #[test]
    fn a_wav_file_tells_how_long_it_is() {
        assert_eq!(wav_seconds(&wav(16_000, 32_000, 32_000)), Some(2));
        assert_eq!(wav_seconds(&wav(16_000, u32::MAX, 48_000)), Some(3), "written before the end was known");
        assert_eq!(wav_seconds(&wav(16_000, 10, 10)), Some(1));
        assert_eq!(wav_seconds(&wav(0, 10, 10)), None);
        for cut in 0..44 {
            assert_eq!(wav_seconds(&wav(16_000, 0, 0)[..cut]), None, "{cut}");
        }
        assert_eq!(wav_seconds(b"ID3 something else entirely, long enough"), None);
    }
}
