//! Which vendor and voice speak each of our languages.
//!
//! A language without its voice would be read by the application's own voice, whatever that speaks; so the vendor is
//! named with the voice, and its key is entered at the platform (`docs/providers/jambonz.md`).

use domain::Language;
use serde_json::{Value, json};

/// The vendor that has a voice for each of our languages.
pub const VENDOR: &str = "microsoft";
/// Voice and language of a call that we place, until a document names its own; and what would recognise speech.
pub const FIRST: (&str, &str) = ("en-GB", "en-GB-SoniaNeural");

/// Our tag, theirs, the voice. Longer tags of a language stand before its first part.
const VOICES: [(&str, &str, &str); 4] = [
    ("zh-HK", "zh-HK", "zh-HK-HiuMaanNeural"),
    ("zh", "zh-CN", "zh-CN-XiaoxiaoNeural"),
    ("en", FIRST.0, FIRST.1),
    ("da", "da-DK", "da-DK-ChristelNeural"),
];

/// What stands at `synthesizer`; a language without a voice here is left to the application's vendor.
pub fn synthesizer(language: &Language) -> Value {
    let known = |tag: &str| VOICES.iter().find(|(ours, ..)| *ours == tag);
    match known(language.as_str()).or_else(|| known(language.primary())) {
        Some((_, tag, voice)) => json!({ "vendor": VENDOR, "language": tag, "voice": voice }),
        None => json!({ "vendor": "default", "language": language.as_str() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_vendor_and_voice() {
        for (ours, tag, voice) in [
            ("zh-CN", "zh-CN", "zh-CN-XiaoxiaoNeural"),
            ("zh-HK", "zh-HK", "zh-HK-HiuMaanNeural"),
            ("en", "en-GB", "en-GB-SoniaNeural"),
            ("da", "da-DK", "da-DK-ChristelNeural"),
        ] {
            let told = synthesizer(&Language::parse(ours).unwrap());
            assert_eq!(told, json!({ "vendor": "microsoft", "language": tag, "voice": voice }));
        }
        let told = synthesizer(&Language::parse("kl").unwrap());
        assert_eq!(told, json!({ "vendor": "default", "language": "kl" }));
        for spoken in super::super::ABILITIES.spoken {
            assert!(VOICES.iter().any(|(ours, ..)| ours == spoken), "{spoken}");
        }
    }
}
