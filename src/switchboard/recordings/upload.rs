//! Sounds that a provider posts to us instead of keeping them.

use dialect::Upload;
use domain::RecordingId;

use super::{KEPT, MESSAGE, Recording, fetching, fresh};
use crate::ports::Sound;
use crate::{Error, Result, Switchboard, fresh_id};

impl Switchboard {
    /// Keeps the sound that a provider posted with a hook of a call; what stands for its address in the turn. The
    /// same sound posted again is the same recording. With the store down the sound lies on the shelf all the same,
    /// and the turn that tells of it makes the row once it is written.
    pub async fn keep_upload(
        &self,
        provider: &str,
        provider_call_id: &str,
        upload: &Upload,
    ) -> Result<String> {
        if !upload.media_type.to_ascii_lowercase().starts_with("audio/") || upload.bytes.is_empty() {
            return Err(Error::refused("refused-upload-no-sound"));
        }
        let (provider, call_id) = (provider.to_owned(), provider_call_id.to_owned());
        let sha256 = fetching::sha256(&upload.bytes);
        match self.known(&provider, &call_id, &sha256).await {
            Ok(Some(place)) => return Ok(format!("{KEPT}{place}")),
            Ok(None) | Err(Error::Unavailable(_)) => {}
            Err(error) => return Err(error),
        }
        let id = RecordingId::new(fresh_id());
        let sound = Sound { media_type: upload.media_type.clone(), bytes: upload.bytes.clone() };
        let kept = self.shelve(&id, &sound).await;
        let kept = kept.map_err(|error| Error::Unavailable(error.to_string()))?;
        let (place, seconds, now) = (kept.place.clone(), wav_seconds(&upload.bytes), self.now());
        let written = self
            .store
            .write(move |tx| -> Result<()> {
                let call = store::calls::find(tx, &provider, &call_id)?.ok_or(Error::NotFound)?;
                let mut row = Recording { id: id.clone(), ..fresh(&call.id, &provider, MESSAGE, now) };
                row.url = Some(format!("{KEPT}{}", kept.place));
                row.seconds = seconds;
                kept.clone().into_row(&mut row, now);
                Ok(store::recordings::insert(tx, &row)?)
            })
            .await;
        match written {
            Ok(()) => {}
            Err(Error::Unavailable(why)) => tracing::error!(why, "an uploaded sound waits for its row"),
            Err(error) => {
                // Nobody's call: its sound is not ours to keep.
                drop(self.shelf.erase(&place).await);
                return Err(error);
            }
        }
        Ok(format!("{KEPT}{place}"))
    }

    /// Where the same sound of the same call lies already.
    async fn known(&self, provider: &str, call_id: &str, sha256: &str) -> Result<Option<String>> {
        let (provider, call_id, sha256) = (provider.to_owned(), call_id.to_owned(), sha256.to_owned());
        self.store
            .read(move |tx| -> Result<Option<String>> {
                let call = store::calls::find(tx, &provider, &call_id)?.ok_or(Error::NotFound)?;
                let rows = store::recordings::of_call(tx, &call.id)?;
                let same = rows.into_iter().find(|row| row.sha256.as_deref() == Some(sha256.as_str()));
                Ok(same.and_then(|row| row.place))
            })
            .await
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
