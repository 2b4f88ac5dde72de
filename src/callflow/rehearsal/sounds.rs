//! What the checker finds of recorded prompts.

use super::full_sources;
use crate::check::{Profiles, Standards};
use crate::source::AudioFile;
use crate::{check_by, wave};

/// A playable file of so many seconds of silence.
fn silence(name: &str, seconds: usize) -> AudioFile {
    AudioFile::new(name, wave::written(&vec![0.0; seconds * 8_000]))
}

/// Codes and files of what is found of the full script with this file.
fn found_of(file: AudioFile) -> Vec<(&'static str, String)> {
    let table = include_str!("../../../config/script_profiles.toml");
    let profiles = Profiles::parse(table, "script_profiles.toml").unwrap();
    let standards = Standards { profiles: &profiles, today: chrono::NaiveDate::default() };
    let mut sources = full_sources();
    let (_, before) = check_by(&sources, &standards);
    sources.audio.push(file);
    let (script, found) = check_by(&sources, &standards);
    assert!(script.is_some());
    let new = found.into_iter().filter(|found| !before.contains(found));
    new.map(|found| (found.code, found.message)).collect()
}

#[test]
fn recordings_of_prompts_and_a_tune_of_one_s_own_are_fine() {
    for file in [
        silence("da/welcome.wav", 3),
        AudioFile::new("en/welcome.mp3", *b"ID3"),
        silence("tune/waiting.wav", 20),
        AudioFile::new("tune/waiting.mp3", *b"ID3"),
        // Of an earlier version only the name is known.
        AudioFile { bytes: std::sync::Arc::default(), ..silence("da/welcome.wav", 1) },
    ] {
        let name = file.name.clone();
        assert_eq!(found_of(file), [], "{name}");
    }
}

#[test]
fn what_cannot_be_played_what_nobody_hears_and_what_goes_on_too_long_is_named() {
    for (file, code, why) in [
        (AudioFile::new("da/welcome.wav", *b""), "wrong-audio", "is empty"),
        (AudioFile::new("tune/waiting.wav", *b"OggS"), "wrong-audio", "is no WAV file"),
        (silence("da/welcom.wav", 1), "unused-audio", "no prompt is called so"),
        (silence("zh-CN/welcome.wav", 1), "unused-audio", "does not speak that language"),
        (silence("welcome.wav", 1), "unused-audio", "in the folder of no language"),
        (silence("en/waiting.wav", 1), "unused-audio", "a prompt with a value is spoken"),
        (silence("tune/12.wav", 12), "unused-audio", "does not speak that language"),
        (AudioFile::new("da/welcome.ogg", *b"OggS"), "unused-audio", "neither WAV nor MP3"),
        (silence("en/welcome.wav", 200), "prompt-too-long", "the recording en/welcome.wav takes about 200 s"),
    ] {
        let name = file.name.clone();
        let found = found_of(file);
        assert!(found.len() == 1 && found[0].0 == code && found[0].1.contains(why), "{name}: {found:?}");
    }
}
