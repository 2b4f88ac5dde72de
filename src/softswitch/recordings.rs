//! Recordings that telephones made, kept in memory until newer ones push them out.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// Newest recordings kept, and the longest one taken, in bytes.
const MOST: usize = 64;
pub(crate) const LONGEST: usize = 8 * 1024 * 1024;
/// Samples a second of the test tone: telephone quality.
const RATE: u32 = 8_000;
/// Longest test tone, in seconds.
const LONGEST_TONE: u32 = 600;

#[derive(Default)]
pub(crate) struct Recordings {
    /// Beginning of their addresses, up to the id.
    folder: String,
    kept: Mutex<VecDeque<(String, String, Bytes)>>,
}

impl Recordings {
    /// Recordings reached under `folder`.
    pub(crate) fn at(folder: String) -> Self {
        Self { folder, kept: Mutex::default() }
    }

    /// A name for a recording that is to be.
    pub(crate) fn name() -> String {
        format!("RE{}", uuid::Uuid::now_v7().simple())
    }

    /// Where a recording is fetched.
    pub(crate) fn url(&self, id: &str) -> String {
        format!("{}/{id}", self.folder)
    }

    /// Keeps a recording and names it.
    pub(crate) fn keep(&self, media_type: String, sound: Bytes) -> String {
        let id = Self::name();
        self.keep_as(id.clone(), media_type, sound);
        id
    }

    /// Keeps a recording that has its name.
    pub(crate) fn keep_as(&self, id: String, media_type: String, sound: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((id, media_type, sound));
        if kept.len() > MOST {
            kept.pop_front();
        }
    }

    /// Forgets a recording; whether there was one.
    pub(crate) fn erase(&self, id: &str) -> bool {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.len();
        kept.retain(|(known, _, _)| known != id);
        kept.len() < before
    }

    /// Media type and sound.
    pub(crate) fn get(&self, id: &str) -> Option<(String, Bytes)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter()
            .find(|(known, _, _)| known == id)
            .map(|(_, media_type, sound)| (media_type.clone(), sound.clone()))
    }
}

/// What a telephone without a microphone speaks: a quiet square tone of that length, as WAV.
pub(crate) fn tone(seconds: u32) -> Bytes {
    let samples = seconds.min(LONGEST_TONE) * RATE;
    let mut wav = Vec::with_capacity(44 + samples as usize);
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + samples).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16_u32.to_le_bytes());
    // PCM, one channel, 8 bits.
    for half in [1_u16, 1] {
        wav.extend_from_slice(&half.to_le_bytes());
    }
    wav.extend_from_slice(&RATE.to_le_bytes());
    wav.extend_from_slice(&RATE.to_le_bytes());
    for half in [1_u16, 8] {
        wav.extend_from_slice(&half.to_le_bytes());
    }
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&samples.to_le_bytes());
    wav.extend((0..samples).map(|at| if at / 10 % 2 == 0 { 136_u8 } else { 120 }));
    Bytes::from(wav)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_a_wav_of_its_length() {
        let wav = tone(2);
        assert_eq!((&wav[..4], &wav[8..12], wav.len()), (&b"RIFF"[..], &b"WAVE"[..], 44 + 16_000));
    }

    #[test]
    fn old_recordings_make_room() {
        let recordings = Recordings::default();
        let first = recordings.keep("audio/wav".into(), tone(0));
        assert!(recordings.get(&first).is_some());
        for _ in 0..MOST {
            recordings.keep("audio/wav".into(), tone(0));
        }
        assert!(recordings.get(&first).is_none());
    }
}
