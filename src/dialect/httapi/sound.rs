//! What a recording holds, as far as a turn must know: how long it is, and whether anything was said at all.

/// Mean amplitude of a moment in which somebody speaks; a quiet line stays near ten, of 32,768.
const AUDIBLE: u32 = 100;
/// Moments that must be audible: a tenth of a second. A click is shorter.
const FEWEST_MOMENTS: usize = 5;
/// Moments in a second.
const MOMENTS: u32 = 50;

/// A recording in PCM of 16 bits, as the switch writes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Sound<'a> {
    samples: &'a [u8],
    /// Bytes of one second.
    rate: u32,
}

impl<'a> Sound<'a> {
    /// Reads a WAV file. Nothing where it is none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut chunks = bytes.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
        let mut rate = None;
        while let (Some(name), Some(length)) = (chunks.get(..4), number(chunks, 4)) {
            let content = chunks.get(8..)?;
            let length = usize::try_from(length).ok()?;
            match name {
                b"fmt " => rate = number(content, 8).filter(|_| content.get(14..16) == Some(&[16, 0])),
                // A file that was cut, or never closed, says more than it holds.
                b"data" => {
                    return Some(Self { samples: content.get(..length).unwrap_or(content), rate: rate? });
                }
                _ => {}
            }
            chunks = content.get(length.checked_add(length % 2)?..)?;
        }
        None
    }

    /// Whole seconds, a begun one counted.
    pub fn seconds(&self) -> u32 {
        u32::try_from(self.samples.len()).unwrap_or(u32::MAX).div_ceil(self.rate.max(1))
    }

    /// Whether nobody spoke: then the caller left no message.
    pub fn is_silent(&self) -> bool {
        let moment = usize::try_from(self.rate / MOMENTS).unwrap_or(usize::MAX).max(2);
        let audible =
            self.samples.chunks_exact(moment - moment % 2).filter(|moment| loudness(moment) >= AUDIBLE);
        audible.take(FEWEST_MOMENTS).count() < FEWEST_MOMENTS
    }
}

fn loudness(moment: &[u8]) -> u32 {
    let samples = moment.chunks_exact(2);
    let count = u32::try_from(samples.len()).unwrap_or(u32::MAX).max(1);
    let sum: u32 = samples.map(|pair| u32::from(i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs())).sum();
    sum / count
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A recording of 8,000 samples a second.
    pub(in crate::httapi) fn wav(samples: &[i16]) -> Vec<u8> {
        let data: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let length = u32::try_from(data.len()).unwrap();
        let mut bytes = b"RIFF".to_vec();
        bytes.extend((length + 36).to_le_bytes());
        bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
        bytes.extend(length.to_le_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn length_and_silence_are_heard() {
        let spoken = wav(&[900; 12_000]);
        let sound = Sound::read(&spoken).unwrap();
        assert_eq!((sound.seconds(), sound.is_silent()), (2, false));
        let quiet = wav(&[9; 40_000]);
        let sound = Sound::read(&quiet).unwrap();
        assert_eq!((sound.seconds(), sound.is_silent()), (5, true));
        let mut click = [0; 8_000];
        click[100..300].fill(20_000);
        assert!(Sound::read(&wav(&click)).unwrap().is_silent());
        assert!(Sound::read(&wav(&[])).unwrap().is_silent());
    }

    #[test]
    fn a_cut_file_holds_what_it_holds_and_others_are_none() {
        let spoken = wav(&[900; 8_000]);
        let cut = Sound::read(&spoken[..8_044]).unwrap();
        assert_eq!((cut.seconds(), cut.is_silent()), (1, false));
        for other in [&b""[..], b"RIFF", b"ID3", &spoken[..30], b"<html>"] {
            assert_eq!(Sound::read(other), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..60) {
            let mut broken = wav(&[500; 60]);
            let end = (at + bytes.len()).min(broken.len());
            broken[at..end].copy_from_slice(&bytes[..end - at]);
            for text in [&bytes, &broken] {
                let _ = Sound::read(text).map(|sound| (sound.seconds(), sound.is_silent()));
            }
        }
    }
}
