//! Recorded prompts: files that no provider could play, that nobody hears, or that go on for too long.

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
    for file in &sources.audio {
        let path = format!("{folder}audio/{}", file.name);
        if let Err(why) = sound(file) {
            let remedy = "write a WAV file of 8 or 16 kHz, one channel, 16-bit PCM, µ-law or A-law";
            search.file(&path, 1, "wrong-audio", format!("{} {why}", file.name), remedy);
        } else if let Some(why) = unheard(search, file) {
            let remedy = "name it audio/LANGUAGE/PROMPT.wav after a prompt without values, or audio/tune/waiting.wav, or take it away";
            let message = format!("nobody hears {}: {why}", file.name);
            search.add(Severity::Warning, (&path, 1), "unused-audio", message, remedy.to_owned());
        }
    }
    lengths(search, sources, profile, &folder);
}

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
    let named = file.name.split_once('/');
    let Some((language, id)) = named.and_then(|(language, name)| Some((language, name.rsplit_once('.')?.0)))
    else {
        return Some("it lies in the folder of no language");
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

/// Holds the length of each recording against that of a spoken prompt.
fn lengths(search: &mut Search<'_>, sources: &Sources, profile: &Profile, folder: &str) {
    if sources.audio.is_empty() {
        return;
    }
    for node in search.nodes.values() {
        let limit = if is_a_choice(node) { &profile.menu_seconds } else { &profile.prompt_seconds };
        let Some(limit) = limit else { continue };
        for one in node.action.kind().spoken() {
            for voice in search.voices {
                let name = format!("{}/{}.wav", voice.language, one.words.id);
                let file = sources.audio.iter().find(|file| file.name == name);
                if let Some(Ok(Some(wave))) = file.map(sound) {
                    let at = format!("{folder}audio/{name}");
                    too_long(search, limit, wave.seconds, (&at, 1), &format!("the recording {name}"));
                }
            }
        }
    }
}
