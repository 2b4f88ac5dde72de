//! How long things take on a telephone whose owner listens in real time.

use std::time::Duration;

use crate::interpreter::Sound;
use crate::sound_length;

/// Syllables of Chinese are slower to say than letters of an alphabet.
const MS_PER_HAN: u64 = 240;
const MS_PER_LETTER: u64 = 70;
const MS_PER_SOUND: u64 = 400;

/// How long a sound lasts. Speech is estimated on the long side; a telephone that really speaks tells
/// when it has finished.
pub(crate) fn duration(sound: &Sound) -> Duration {
    match sound {
        Sound::Words { text, .. } => {
            let spoken: u64 = text.chars().map(|c| if is_han(c) { MS_PER_HAN } else { MS_PER_LETTER }).sum();
            Duration::from_millis(MS_PER_SOUND + spoken)
        }
        // Until the file itself has told.
        Sound::File { .. } => sound_length::UNKNOWN,
        Sound::Keys(keys) => Duration::from_millis(MS_PER_SOUND * keys.chars().count() as u64),
        Sound::Silence { seconds } => Duration::from_secs(u64::from(*seconds)),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_as_long_as_it_takes_to_say() {
        let words = |text: &str| Sound::Words { text: text.into(), language: "cmn-CN".into() };
        assert_eq!(duration(&words("您好")), Duration::from_millis(880));
        assert_eq!(duration(&words("Hello, caller.")), Duration::from_millis(1_380));
        assert_eq!(duration(&Sound::Silence { seconds: 3 }), Duration::from_secs(3));
    }
}
