//! How long a sound file lasts, read from the head of the file itself.

use std::time::Duration;

use reqwest::Url;

use crate::exchange::Exchange;

/// Longest sound that a call waits for, and what one is taken for whose length cannot be told.
pub(crate) const LONGEST: Duration = Duration::from_secs(10 * 60);
pub(crate) const UNKNOWN: Duration = Duration::from_secs(30);
/// The chunks before the samples stand within this many bytes.
const HEAD: usize = 4 * 1024;
/// Patience for a sound's head: the caller hears it meanwhile.
const PATIENCE: Duration = Duration::from_secs(5);

impl Exchange {
    /// Asks for the head of the file. Only WAV tells its length there.
    pub(crate) async fn sound_length(&self, url: Url) -> Duration {
        match tokio::time::timeout(PATIENCE, self.head_of(url)).await {
            Ok(Some(head)) => wav_length(&head).unwrap_or(UNKNOWN).min(LONGEST),
            _ => UNKNOWN,
        }
    }

    async fn head_of(&self, url: Url) -> Option<Vec<u8>> {
        let range = format!("bytes=0-{}", HEAD - 1);
        let mut reply = self.http.get(url).header("range", range).send().await.ok()?;
        if !reply.status().is_success() {
            return None;
        }
        let mut head = Vec::new();
        while head.len() < HEAD {
            match reply.chunk().await.ok()? {
                Some(part) => head.extend_from_slice(&part),
                None => break,
            }
        }
        Some(head)
    }
}

/// The length of a WAV file from the beginning of it: size of its samples through bytes a second.
fn wav_length(head: &[u8]) -> Option<Duration> {
    if head.get(..4)? != b"RIFF" || head.get(8..12)? != b"WAVE" {
        return None;
    }
    let number = |at: usize| Some(u32::from_le_bytes(head.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let (mut at, mut rate) = (12_usize, None);
    loop {
        let size = number(at + 4)?;
        match head.get(at..at + 4)? {
            b"fmt " => rate = number(at + 16).filter(|rate| *rate > 0),
            b"data" => {
                return Some(Duration::from_millis(u64::from(size) * 1_000 / u64::from(rate?)));
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = at.checked_add(8)?.checked_add(usize::try_from(size).ok()?.next_multiple_of(2))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recordings::tone;

    #[test]
    fn a_wav_tells_how_long_it_lasts() {
        assert_eq!(wav_length(&tone(7)[..64]), Some(Duration::from_secs(7)));
        // Another chunk of an odd size before the samples.
        let wav = tone(2);
        let mut longer = wav[..36].to_vec();
        longer.extend_from_slice(b"LIST\x03\x00\x00\x00abc\x00");
        longer.extend_from_slice(&wav[36..]);
        assert_eq!(wav_length(&longer), Some(Duration::from_secs(2)));
    }

    #[test]
    fn what_is_no_wav_has_no_length_and_does_no_harm() {
        let wav = tone(1);
        for end in 0..44 {
            assert_eq!(wav_length(&wav[..end]), None, "{end} bytes");
        }
        assert_eq!(wav_length(b"ID3\x04 this is another kind of file altogether"), None);
        let mut endless = wav[..36].to_vec();
        endless.extend_from_slice(b"LIST\xff\xff\xff\xff");
        assert_eq!(wav_length(&endless), None);
        let mut standing = wav.to_vec();
        standing[28..32].fill(0);
        assert_eq!(wav_length(&standing), None, "no bytes a second");
    }
}
