//! Which engine and voice of the switch speaks each of our languages. The names are those of the set-up page
//! (`docs/providers/freeswitch.md`); another engine may answer to the same names there.

use domain::Language;

/// Module that runs a command for each sentence.
const ENGINE: &str = "tts_commandline";

/// Longer tags of a language stand before its first part.
const VOICES: [(&str, &str); 4] = [("zh-HK", "yue"), ("zh", "cmn"), ("en", "en"), ("da", "da")];

/// Engine and voice; a language that is not in the table is asked for by its first part.
pub fn voice_for(language: &Language) -> (&'static str, &str) {
    let known = |tag: &str| VOICES.iter().find(|(ours, _)| *ours == tag).map(|(_, voice)| *voice);
    let voice = known(language.as_str()).or_else(|| known(language.primary()));
    (ENGINE, voice.unwrap_or_else(|| language.primary()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_voice() {
        for (tag, voice) in [("zh-CN", "cmn"), ("zh-HK", "yue"), ("en", "en"), ("da", "da"), ("kl", "kl")] {
            assert_eq!(voice_for(&Language::parse(tag).unwrap()), (ENGINE, voice));
        }
    }
}
