//! WAV files as every provider plays them: 8 or 16 kHz, one channel, 16-bit PCM, µ-law or A-law.

/// Samples a second of the files that we write.
pub(crate) const RATE: u32 = 8_000;

/// What the head of such a file says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wave {
    pub(crate) seconds: f64,
}

const PCM: u16 = 1;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;

impl Wave {
    /// Reads the head (RIFF); the error says what is wrong with the file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let (Some(b"RIFF"), Some(b"WAVE")) = (bytes.get(..4), bytes.get(8..12)) else {
            return Err("is no WAV file");
        };
        let (mut rest, mut format) = (bytes.get(12..).unwrap_or_default(), None);
        while let (Some(name), Some(length)) = (rest.get(..4), rest.get(4..8)) {
            let length = usize::try_from(little(length)).unwrap_or(usize::MAX);
            let body = rest.get(8..).unwrap_or_default();
            match name {
                b"fmt " => format = body.get(..16).map(Format::read),
                b"data" => {
                    let format = format.ok_or("does not say how it is encoded")?;
                    if body.len() < length {
                        return Err("is cut off");
                    }
                    return format.hold(length);
                }
                _ => {}
            }
            // A part of odd length is followed by one byte that counts for nothing.
            rest = body.get(length.saturating_add(length % 2)..).unwrap_or_default();
        }
        Err("holds no sound")
    }
}

/// How the sound is encoded.
#[derive(Debug, Clone, Copy)]
struct Format {
    encoding: u16,
    channels: u16,
    rate: u32,
    bits: u16,
}

impl Format {
    fn read(part: &[u8]) -> Self {
        let short = |at: usize| u16::try_from(little(part.get(at..at + 2).unwrap_or_default())).unwrap_or(0);
        let rate = little(part.get(4..8).unwrap_or_default());
        Self { encoding: short(0), channels: short(2), rate, bits: short(14) }
    }

    /// The sound of so many bytes.
    fn hold(self, bytes: usize) -> Result<Wave, &'static str> {
        match self {
            Self { encoding: PCM, bits: 16, .. } | Self { encoding: A_LAW | MU_LAW, bits: 8, .. } => {}
            _ => return Err("is neither 16-bit PCM nor µ-law nor A-law"),
        }
        if self.channels != 1 {
            return Err("has more than one channel");
        }
        if ![8_000, 16_000].contains(&self.rate) {
            return Err("is neither of 8 nor of 16 kHz");
        }
        if bytes == 0 {
            return Err("holds no sound");
        }
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        Ok(Wave { seconds: bytes / f64::from(self.rate) / f64::from(self.bits / 8) })
    }
}

/// A file of 16-bit PCM at [`RATE`]; each sample is from -1 to 1.
pub(crate) fn written(samples: &[f64]) -> Vec<u8> {
    let length = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
    let mut file = Vec::with_capacity(44 + samples.len() * 2);
    file.extend(b"RIFF");
    file.extend(length.saturating_add(36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0");
    file.extend([PCM, 1].map(u16::to_le_bytes).concat());
    file.extend([RATE, RATE * 2].map(u32::to_le_bytes).concat());
    file.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| whole(*sample).to_le_bytes()));
    file
}

/// The sample as a whole number; what is beyond the range is cut off.
fn whole(sample: f64) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "it is held within the range of the type first")]
    let whole = (sample * f64::from(i16::MAX)).round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16;
    whole
}

/// A number of up to four bytes, the lowest first.
fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(encoding: u16, channels: u16, rate: u32, bits: u16, sound: usize) -> Vec<u8> {
        let mut file = b"RIFF\0\0\0\0WAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
        file.extend([encoding.to_le_bytes(), channels.to_le_bytes()].concat());
        file.extend(rate.to_le_bytes());
        file.extend([0; 6]);
        file.extend(bits.to_le_bytes());
        file.extend(b"data");
        file.extend(u32::try_from(sound).unwrap().to_le_bytes());
        file.extend(vec![0; sound]);
        file
    }

    #[test]
    fn what_every_provider_plays_is_read_with_its_length() {
        for (file, seconds) in [
            (wave(1, 1, 8_000, 16, 40_000), 2.5),
            (wave(7, 1, 8_000, 8, 40_000), 5.0),
            (wave(6, 1, 8_000, 8, 8_000), 1.0),
            (wave(1, 1, 16_000, 16, 320), 0.01),
        ] {
            assert_eq!(Wave::read(&file), Ok(Wave { seconds }));
        }
    }

    #[test]
    fn everything_else_is_named() {
        let cut = wave(1, 1, 8_000, 16, 100);
        for (file, why) in [
            (b"ID3\x04".to_vec(), "is no WAV file"),
            (b"RIFF".to_vec(), "is no WAV file"),
            (cut[..cut.len() - 1].to_vec(), "is cut off"),
            (cut[..40].to_vec(), "holds no sound"),
            (wave(1, 1, 8_000, 16, 0), "holds no sound"),
            (b"RIFF\0\0\0\0WAVEdata\x01\0\0\0x".to_vec(), "does not say how it is encoded"),
            (wave(1, 1, 8_000, 8, 8), "is neither 16-bit PCM nor µ-law nor A-law"),
            (wave(49, 1, 8_000, 8, 8), "is neither 16-bit PCM nor µ-law nor A-law"),
            (wave(1, 2, 8_000, 16, 8), "has more than one channel"),
            (wave(1, 1, 44_100, 16, 8), "is neither of 8 nor of 16 kHz"),
        ] {
            assert_eq!(Wave::read(&file), Err(why));
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let file = written(&[0.0, 1.0, -1.0, 9.0, f64::NAN]);
        assert_eq!(Wave::read(&file), Ok(Wave { seconds: 5.0 / 8_000.0 }));
        assert_eq!(file[44..], [0, 0, 0xff, 0x7f, 0x01, 0x80, 0xff, 0x7f, 0, 0]);
    }

    proptest::proptest! {
        #[test]
        fn no_file_breaks_the_reader(tail: Vec<u8>) {
            for head in [&b""[..], b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0", b"RIFF\0\0\0\0WAVEdata"] {
                let _ = Wave::read(&[head, &tail].concat());
            }
        }
    }
}
