//! The waiting tune: calm notes for who waits, made here, so that it is nobody's property. A script may bring its own.
//!
//! One round of waiting is one tune, so there is one of each length that a round may have.

use std::f64::consts::TAU;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use crate::source::AudioFile;
use crate::wave;

/// Folder below `audio/` for tunes; no language is called so.
pub(crate) const FOLDER: &str = "tune";
/// A script's own tune, by its names below `audio/`, the first that is there.
pub(crate) const OWN: [&str; 2] = ["tune/waiting.wav", "tune/waiting.mp3"];
/// Seconds that a round of waiting may last.
pub(crate) const ROUND: RangeInclusive<u32> = 10..=20;

/// Four chords (C, a, F, G), each broken from below and back, in hertz: within what a telephone carries.
const CHORDS: [[f64; 4]; 4] = [
    [261.6, 329.6, 392.0, 523.3],
    [220.0, 329.6, 440.0, 523.3],
    [261.6, 349.2, 440.0, 523.3],
    [293.7, 392.0, 493.9, 587.3],
];
/// In which order the notes of a chord are struck.
const BROKEN: [usize; 6] = [0, 1, 2, 3, 2, 1];
/// Loudness of one note at its beginning, of 1: quiet under a voice.
const LOUDNESS: f64 = 0.11;
/// How long a note takes to begin, to fall to a third, and to be gone, in seconds.
const ATTACK: f64 = 0.04;
const FALL: f64 = 0.55;
const GONE: f64 = 1.8;
/// The whole fades in and out over so many seconds, so that one round joins the next.
const FADE: f64 = 0.5;

/// The name below `audio/` of the house's tune for a round of so many seconds.
pub(crate) fn name(round_seconds: u32) -> String {
    format!("{FOLDER}/{round_seconds}.wav")
}

/// How long the house's tune at that address lasts, in seconds; nothing where another sound is.
pub fn seconds_of(address: &str) -> Option<u32> {
    let (folder, file) = address.rsplit_once('/')?;
    let seconds = file.strip_suffix(".wav")?.parse().ok().filter(|seconds| ROUND.contains(seconds))?;
    (folder == FOLDER || folder.ends_with("audio/tune")).then_some(seconds)
}

/// The house's tune of that name below `audio/`; made once.
pub(crate) fn named(wanted: &str) -> Option<AudioFile> {
    static MADE: [OnceLock<AudioFile>; 11] = [const { OnceLock::new() }; 11];
    let seconds = seconds_of(wanted).filter(|seconds| name(*seconds) == wanted)?;
    let place = MADE.get(usize::try_from(seconds - ROUND.start()).ok()?)?;
    Some(place.get_or_init(|| AudioFile::new(wanted, wave::written(&samples(seconds)))).clone())
}

/// So many seconds of the tune, from -1 to 1.
fn samples(seconds: u32) -> Vec<f64> {
    let rate = f64::from(wave::RATE);
    let whole = f64::from(seconds);
    let notes = CHORDS.iter().flat_map(|chord| BROKEN.map(|at| chord[at]));
    // The last note has time to fade.
    let beat = (whole - FADE) / 24.0;
    let struck: Vec<(f64, f64)> = (0_u32..).map(|at| f64::from(at) * beat).zip(notes).collect();
    let sample = |at: u32| {
        let now = f64::from(at) / rate;
        let heard = struck.iter().filter(|(begun, _)| (*begun..*begun + GONE).contains(&now));
        let sound: f64 = heard.map(|(begun, pitch)| note(*pitch, now - begun)).sum();
        sound * (now / FADE).min((whole - now) / FADE).min(1.0)
    };
    (0..seconds * wave::RATE).map(sample).collect()
}

/// A note so many seconds after it was struck: a soft tone with a little of its octave.
fn note(pitch: f64, age: f64) -> f64 {
    let begins = (age / ATTACK).min(1.0);
    let ends = ((GONE - age) / ATTACK).min(1.0);
    let tone = (TAU * pitch * age).sin() + 0.25 * (TAU * 2.0 * pitch * age).sin();
    LOUDNESS * begins * ends * (-age / FALL).exp() * tone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wave::Wave;

    #[test]
    fn a_tune_fills_its_round_and_is_quiet_at_its_ends() {
        for seconds in [10, 12, 20] {
            let sound = samples(seconds);
            assert_eq!(sound.len(), usize::try_from(seconds * wave::RATE).unwrap());
            let loudest = |part: &[f64]| part.iter().fold(0.0_f64, |most, sample| most.max(sample.abs()));
            assert!((0.05..0.5).contains(&loudest(&sound)), "{}", loudest(&sound));
            assert!(loudest(&sound[..40]) < 0.01 && loudest(&sound[sound.len() - 40..]) < 0.01);
            // No second of it is silence.
            assert!(sound.chunks(8_000).all(|second| loudest(second) > 0.02));
        }
    }

    #[test]
    fn every_length_of_a_round_has_its_tune_and_nothing_else_is_one() {
        for seconds in ROUND {
            let file = named(&name(seconds)).unwrap();
            assert_eq!(Wave::read(&file.bytes), Ok(Wave { seconds: f64::from(seconds) }));
        }
        for other in [
            "tune/9.wav",
            "tune/21.wav",
            "tune/+12.wav",
            "tune/012.wav",
            "tune/12.mp3",
            "da/12.wav",
            "12.wav",
            "",
        ] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn its_length_is_told_of_its_address() {
        for (address, seconds) in [
            ("http://h.example/voice/p/12320/audio/tune/12.wav", Some(12)),
            ("tune/20.wav", Some(20)),
            ("http://h.example/voice/p/12320/audio/tune/waiting.wav", None),
            ("http://h.example/tune/12.wav", None),
            ("/audio/da/12.wav", None),
        ] {
            assert_eq!(seconds_of(address), seconds, "{address}");
        }
    }
}
