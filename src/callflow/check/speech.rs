//! How long words take to speak: an estimate, by the pace of the language.

use domain::Language;

use super::profile::{Pace, Speech, Unit};

impl Speech {
    /// The pace of every language without one of its own.
    pub(super) const OTHER: &'static str = "other";

    /// Seconds that `text` takes.
    pub(super) fn seconds(&self, language: &Language, text: &str) -> f64 {
        let pace = self.pace.get(language.primary()).or_else(|| self.pace.get(Self::OTHER));
        let Some(Pace { unit, per_second }) = pace.copied() else { return 0.0 };
        let (mut characters, mut words, mut sentences, mut commas) = (0_u32, 0_u32, 0_u32, 0_u32);
        let mut before = ' ';
        for letter in text.chars() {
            match letter {
                '.' | '!' | '?' | ':' | '。' | '！' | '？' | '：' => sentences += 1,
                ',' | ';' | '，' | '、' | '；' => commas += 1,
                _ if is_spoken(letter) => {
                    characters += 1;
                    // A run of digits counts as its digits: that is how a voice reads the long ones.
                    words += u32::from(letter.is_ascii_digit() || !is_spoken(before));
                }
                _ => {}
            }
            before = letter;
        }
        let units = if unit == Unit::Characters { characters } else { words };
        f64::from(units) / per_second
            + f64::from(sentences) * self.sentence_pause_seconds
            + f64::from(commas) * self.comma_pause_seconds
    }
}

fn is_spoken(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || ('\u{4e00}'..='\u{9fff}').contains(&letter)
        || letter == '\''
        || (!letter.is_ascii() && letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profiles;
    use super::*;

    #[test]
    fn words_and_characters_are_counted_with_their_breaths() {
        let text = include_str!("../../../config/script_profiles.toml");
        let speech = Profiles::parse(text, "p").unwrap().speech;
        for (language, text, tenths) in [
            ("zh-CN", "投诉，请按 1。", 20),      // five characters, a comma, a full stop
            ("en", "For a person, press 0.", 26), // five words, a comma, a full stop
            ("da", "Ring 1 1 2.", 21),
            ("sv", "", 0),
        ] {
            let seconds = speech.seconds(&Language::parse(language).unwrap(), text);
            assert!((seconds * 10.0 - f64::from(tenths)).abs() < 0.6, "{text}: {seconds}");
        }
    }
}
