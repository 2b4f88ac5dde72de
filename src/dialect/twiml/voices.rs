//! Which tag and voice a provider speaks each of our languages with.
//!
//! Say wants other tags than we write: Mandarin voices answer to `cmn-CN`.

use domain::Language;

/// One language as providers know it.
struct Voice {
    /// Our tag, or its first part.
    ours: &'static str,
    /// The provider's tag.
    tag: &'static str,
    name: &'static str,
}

/// Longer tags of a language stand before its first part.
const VOICES: [Voice; 4] = [
    Voice { ours: "zh-HK", tag: "yue-HK", name: "Polly.Hiujin-Neural" },
    Voice { ours: "zh", tag: "cmn-CN", name: "Polly.Zhiyu-Neural" },
    Voice { ours: "en", tag: "en-GB", name: "Polly.Amy-Neural" },
    Voice { ours: "da", tag: "da-DK", name: "Polly.Sofie-Neural" },
];

/// The provider's language tag, and the voice where one is known to speak it well.
pub fn voice_for(language: &Language) -> (&str, Option<&'static str>) {
    VOICES
        .iter()
        .find(|voice| voice.ours == language.as_str())
        .or_else(|| VOICES.iter().find(|voice| voice.ours == language.primary()))
        .map_or((language.as_str(), None), |voice| (voice.tag, Some(voice.name)))
}

/// Our tag for a provider's: `zh-CN` for `cmn-CN`. Others stay as they are.
pub fn our_tag(tag: &str) -> &str {
    match tag {
        "cmn-CN" | "zh" => "zh-CN",
        "yue-HK" => "zh-HK",
        "en-GB" => "en",
        "da-DK" => "da",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_three_languages_have_voices_and_come_back() {
        for (ours, tag) in [("zh-CN", "cmn-CN"), ("en", "en-GB"), ("da", "da-DK"), ("zh-HK", "yue-HK")] {
            let language = Language::parse(ours).unwrap();
            let (told, voice) = voice_for(&language);
            assert_eq!(told, tag);
            assert!(voice.is_some());
            assert_eq!(our_tag(told), ours);
        }
        let greenlandic = Language::parse("kl").unwrap();
        assert_eq!(voice_for(&greenlandic), ("kl", None));
    }
}
