//! Prompts in turns: what one tag can say. A tag has one voice, or plays files.

use callflow::Prompt;
use domain::Language;

/// What one tag says.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn<'p> {
    /// Recorded files, one behind the other.
    Files(Vec<String>),
    /// Sentences in one language.
    Spoken { language: &'p Language, text: String },
}

/// The prompts in as few turns as can be. `file_of` tells where the recorded file of a prompt is, if there is one.
/// Prompts without words are left out.
pub fn turns_of<'p>(
    prompts: impl IntoIterator<Item = &'p Prompt>,
    file_of: impl Fn(&Prompt) -> Option<String>,
) -> Vec<Turn<'p>> {
    let mut turns: Vec<Turn<'p>> = Vec::new();
    for prompt in prompts {
        match (file_of(prompt), turns.last_mut()) {
            (Some(file), Some(Turn::Files(files))) => files.push(file),
            (Some(file), _) => turns.push(Turn::Files(vec![file])),
            (None, _) if prompt.text.trim().is_empty() => {}
            (None, Some(Turn::Spoken { language, text })) if **language == prompt.language => {
                text.push(' ');
                text.push_str(&prompt.text);
            }
            (None, _) => turns.push(Turn::Spoken { language: &prompt.language, text: prompt.text.clone() }),
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(tag: &str, text: &str, audio: bool) -> Prompt {
        let audio = audio.then(|| format!("audio/{tag}/{text}.wav"));
        Prompt { language: Language::parse(tag).unwrap(), text: text.to_owned(), audio }
    }

    #[test]
    fn a_change_of_voice_is_another_turn() {
        let prompts = [
            prompt("zh-CN", "一", false),
            prompt("zh-CN", "二", false),
            prompt("en", " ", false),
            prompt("en", "three", false),
            prompt("da", "fire", true),
            prompt("da", "fem", true),
            prompt("da", "seks", false),
        ];
        let turns = turns_of(&prompts, |prompt| prompt.audio.clone());
        let (zh, en, da) = (&prompts[0].language, &prompts[3].language, &prompts[6].language);
        assert_eq!(
            turns,
            [
                Turn::Spoken { language: zh, text: "一 二".to_owned() },
                Turn::Spoken { language: en, text: "three".to_owned() },
                Turn::Files(vec!["audio/da/fire.wav".to_owned(), "audio/da/fem.wav".to_owned()]),
                Turn::Spoken { language: da, text: "seks".to_owned() },
            ]
        );
        assert_eq!(turns_of(&[], |_| None), []);
    }
}
