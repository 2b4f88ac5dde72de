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
        let units = match unit {
            Unit::Characters => text.chars().filter(|letter| letter.is_alphanumeric()).count(),
            Unit::Words => words(text),
        };
        let count = |marks: &[char]| text.chars().filter(|letter| marks.contains(letter)).count();
        let sentences = count(&['.', '!', '?', ':', '。', '！', '？', '：']);
        let commas = count(&[',', ';', '，', '、', '；']);
        decimal(units) / per_second
            + decimal(sentences) * self.sentence_pause_seconds
            + decimal(commas) * self.comma_pause_seconds
    }
}

/// Words of a text; a run of digits counts as its digits, because that is how a voice reads the long ones.
fn words(text: &str) -> usize {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let weight = |word: &str| match word.chars().filter(char::is_ascii_digit).count() {
        0 => usize::from(!word.is_empty()),
        digits => digits,
    };
    words.map(weight).sum()
}

fn decimal(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
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
