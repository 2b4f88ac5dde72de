//! Which tag and voice a provider speaks each of our languages with.
//!
//! Say wants other tags than we write: Mandarin voices answer to `cmn-CN`.

use domain::Language;

/// One language as a provider knows it.
#[derive(Debug)]
pub struct Voice {
    /// Our tag, or its first part.
    pub ours: &'static str,
    /// The provider's tag.
    pub tag: &'static str,
    pub name: &'static str,
}

/// Voices that speak well, where a provider has them. Longer tags of a language stand before its first part.
pub static NEURAL: [Voice; 4] = [
    Voice { ours: "zh-HK", tag: "yue-HK", name: "Polly.Hiujin-Neural" },
    Voice { ours: "zh", tag: "cmn-CN", name: "Polly.Zhiyu-Neural" },
    Voice { ours: "en", tag: "en-GB", name: "Polly.Amy-Neural" },
    Voice { ours: "da", tag: "da-DK", name: "Polly.Sofie-Neural" },
];

/// Voices that Somleng has always had: one that it does not know makes it speak with the account's own voice,
/// whatever the language.
pub static STANDARD: [Voice; 3] = [
    Voice { ours: "zh", tag: "cmn-CN", name: "Polly.Zhiyu" },
    Voice { ours: "en", tag: "en-GB", name: "Polly.Amy" },
    Voice { ours: "da", tag: "da-DK", name: "Polly.Naja" },
];

/// The provider's language tag, and the voice where one is known to speak it well.
pub fn voice_for<'l>(voices: &'static [Voice], language: &'l Language) -> (&'l str, Option<&'static str>) {
    let known = |tag: &str| voices.iter().find(|voice| voice.ours == tag);
    known(language.as_str())
        .or_else(|| known(language.primary()))
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
        for (ours, tag) in [("zh-CN", "cmn-CN"), ("en", "en-GB"), ("da", "da-DK")] {
            let language = Language::parse(ours).unwrap();
            for voices in [&NEURAL[..], &STANDARD[..]] {
                let (told, voice) = voice_for(voices, &language);
                assert_eq!(told, tag);
                assert!(voice.is_some());
                assert_eq!(our_tag(told), ours);
            }
        }
        let cantonese = Language::parse("zh-HK").unwrap();
        assert_eq!(voice_for(&NEURAL, &cantonese), ("yue-HK", Some("Polly.Hiujin-Neural")));
        let greenlandic = Language::parse("kl").unwrap();
        assert_eq!(voice_for(&NEURAL, &greenlandic), ("kl", None));
    }

    #[test]
    fn a_profile_speaks_what_it_has_voices_for() {
        for profile in crate::twiml::profiles::ALL {
            for spoken in profile.abilities.spoken {
                let name = profile.abilities.profile;
                assert!(profile.markup.voices.iter().any(|voice| voice.ours == *spoken), "{name}: {spoken}");
            }
        }
    }
}
