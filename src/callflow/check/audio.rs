//! Recorded prompts: files that no provider could play, that nobody hears, or that go on for too long.

use std::collections::BTreeMap;

use super::Search;
use super::profile::Profile;
use super::wording::{is_a_choice, too_long};
use crate::diagnostic::Severity;
use crate::source::{AudioFile, Sources};
use crate::tune;
use crate::wave::Wave;

/// Everything about recorded prompts.
pub(super) fn check(search: &mut Search<'_>, sources: &Sources, profile: &Profile) {
    let folder = search.script_file.strip_suffix("script.toml").unwrap_or_default().to_owned();
    let mut seconds = BTreeMap::new();
    for file in &sources.audio {
        let path = format!("{folder}audio/{}", file.name);
        match (sound(file), unheard(search, file)) {
            (Err(why), _) => {
                let remedy = "write a WAV file of 8 or 16 kHz, one channel, 16-bit PCM, µ-law or A-law";
                search.file(&path, 1, "wrong-audio", format!("{} {why}", file.name), remedy);
            }
            (Ok(_), Some(why)) => {
                let message = format!("nobody hears {}: {why}", file.name);
                search.add(Severity::Warning, (&path, 1), "unused-audio", message, REMEDY.to_owned());
            }
            (Ok(wave), None) => seconds.extend(wave.map(|wave| (file.name.as_str(), wave.seconds))),
        }
    }
    if !seconds.is_empty() {
        lengths(search, &seconds, profile, &folder);
    }
}

/// What to do about a file that nobody hears.
const REMEDY: &str = "name it audio/LANGUAGE/PROMPT.wav after a prompt without values, or audio/tune/waiting.wav, or \
                      take it away";

/// What the file holds; nothing for an MP3, which is not looked into, and where only its name is at hand.
fn sound(file: &AudioFile) -> Result<Option<Wave>, &'static str> {
    if file.is_empty() {
        return Err("is empty");
    }
    if file.bytes.is_empty() || !file.name.ends_with(".wav") {
        return Ok(None);
    }
    Wave::read(&file.bytes).map(Some)
}

/// Why the file is never played.
fn unheard(search: &Search<'_>, file: &AudioFile) -> Option<&'static str> {
    if tune::OWN.contains(&file.name.as_str()) {
        return None;
    }
    let Some((language, named)) = file.name.split_once('/') else {
        return Some("it lies in the folder of no language");
    };
    let Some(id) = named.strip_suffix(".wav").or_else(|| named.strip_suffix(".mp3")) else {
        return Some("it is neither WAV nor MP3");
    };
    let Some(voice) = search.voices.iter().find(|voice| voice.language.as_str() == language) else {
        return Some("the script does not speak that language");
    };
    match voice.messages.get(id) {
        None => Some("no prompt is called so"),
        Some(message) if !message.variables.is_empty() => Some("a prompt with a value is spoken"),
        Some(_) => None,
    }
}

/// Holds the length of each recording, by its name below `audio/`, against that of a spoken prompt.
fn lengths(search: &mut Search<'_>, seconds: &BTreeMap<&str, f64>, profile: &Profile, folder: &str) {
    for node in search.nodes.values() {
        let limit = if is_a_choice(node) { &profile.menu_seconds } else { &profile.prompt_seconds };
        let Some(limit) = limit else { continue };
        for one in node.action.kind().spoken() {
            for voice in search.voices {
                let name = format!("{}/{}.wav", voice.language, one.words.id);
                if let Some(seconds) = seconds.get(name.as_str()) {
                    let at = format!("{folder}audio/{name}");
                    too_long(search, limit, *seconds, (&at, 1), &format!("the recording {name}"));
                }
            }
        }
    }
}
