//! The sentences of a script in each of its languages, and their rendering with the values of a call.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use crate::functions::{self, Said, What};
use crate::source::AudioFile;
use crate::spoken::tongue;
use crate::verb::Prompt;

/// A value that a prompt may speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Spoken as a number.
    Number(u32),
    /// Spoken as it stands.
    Text(String),
    /// Spoken digit by digit, where it is nothing but digits; as it stands otherwise.
    Digits(String),
    /// Spoken as a day and a time.
    Moment(NaiveDateTime),
}

/// Values by the name of their variable.
pub(crate) type Values = Vec<(String, Value)>;

/// Variables that every prompt may use beside those of its node.
pub(crate) const EVERYWHERE: [&str; 3] = ["now", "next_open", "next_open_day"];

/// Longest text of one value: what callers and providers send is not ours.
const LONGEST_VALUE: usize = 200;

/// All prompts of a script.
pub(crate) struct Prompts {
    /// In the order of the script: the first is the default.
    voices: Vec<Voice>,
    fallback: Language,
    /// Every recorded file by its name below `audio/`.
    sounds: BTreeMap<String, AudioFile>,
}

struct Voice {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    messages: usize,
    /// Messages without variables: what they say is known beforehand, and a recording may say it.
    fixed: BTreeMap<String, Fixed>,
}

struct Fixed {
    text: String,
    audio: Option<String>,
}

impl Prompts {
    /// Compiles the parsed prompt files. Languages without a file stay silent, which the checker reports.
    pub(crate) fn compile(
        languages: &[Language],
        mut files: BTreeMap<String, FluentResource>,
        audio: &[AudioFile],
    ) -> Self {
        // A file whose sound is not at hand is as good as none.
        let present = audio.iter().filter(|file| !file.bytes.is_empty());
        let sounds: BTreeMap<_, _> = present.map(|file| (file.name.clone(), file.clone())).collect();
        let voice = |language: &Language| Voice::new(language, files.remove(language.as_str()), &sounds);
        let voices: Vec<Voice> = languages.iter().map(voice).collect();
        let fallback = voices.first().map_or_else(unknown_language, |voice| voice.language.clone());
        Self { voices, fallback, sounds }
    }

    pub(crate) fn default_language(&self) -> &Language {
        &self.fallback
    }

    /// Messages of the default language.
    pub(crate) fn count(&self) -> usize {
        self.voices.first().map_or(0, |voice| voice.messages)
    }

    /// Whether some prompt has a recorded file.
    pub(crate) fn has_recordings(&self) -> bool {
        self.voices.iter().any(|voice| voice.fixed.values().any(|fixed| fixed.audio.is_some()))
    }

    /// Whether the script speaks `language`.
    pub(crate) fn speaks(&self, language: &Language) -> bool {
        self.voices.iter().any(|voice| voice.language == *language)
    }

    /// The sound of a recorded file, by its name below `audio/`.
    pub(crate) fn sound(&self, name: &str) -> Option<&AudioFile> {
        self.sounds.get(name)
    }

    /// The name below `audio/` of the script's own waiting tune, where it has one.
    pub(crate) fn own_tune(&self) -> Option<&'static str> {
        crate::tune::OWN.into_iter().find(|name| self.sounds.contains_key(*name))
    }

    /// The prompt `id` in `language`, or else in the default language; nothing if neither has it. The values are
    /// asked for only where the prompt speaks any.
    pub(crate) fn say(
        &self,
        language: &Language,
        id: &str,
        values: impl FnOnce() -> Values,
    ) -> Option<Prompt> {
        let voice =
            self.voices.iter().find(|voice| voice.language == *language).filter(|voice| voice.has(id));
        voice.or_else(|| self.voices.first())?.say(id, values)
    }
}

impl Voice {
    fn new(language: &Language, file: Option<FluentResource>, sounds: &BTreeMap<String, AudioFile>) -> Self {
        let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks are for the eye; a voice would stumble over them.
        bundle.set_use_isolating(false);
        functions::add_to(&mut bundle, language);
        let mut ids = Vec::new();
        if let Some(file) = file {
            let named = file.entries().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            });
            ids.extend(named);
            bundle.add_resource_overriding(file);
        }
        let messages = ids.len();
        let mut voice = Self { language: language.clone(), bundle, messages, fixed: BTreeMap::new() };
        for id in ids {
            if let Some(text) = voice.without_values(&id) {
                let audio = recorded(language, &id, sounds);
                voice.fixed.insert(id, Fixed { text, audio });
            }
        }
        voice
    }

    fn has(&self, id: &str) -> bool {
        self.fixed.contains_key(id) || self.bundle.get_message(id).is_some_and(|it| it.value().is_some())
    }

    /// What a message says that speaks no value.
    fn without_values(&self, id: &str) -> Option<String> {
        let mut unresolved = Vec::new();
        let pattern = self.bundle.get_message(id)?.value()?;
        let text = self.bundle.format_pattern(pattern, None, &mut unresolved);
        unresolved.is_empty().then(|| for_the_ear(&self.language, &text))
    }

    fn say(&self, id: &str, values: impl FnOnce() -> Values) -> Option<Prompt> {
        if let Some(fixed) = self.fixed.get(id) {
            let Fixed { text, audio } = fixed;
            return Some(Prompt {
                language: self.language.clone(),
                text: text.clone(),
                audio: audio.clone(),
            });
        }
        let pattern = self.bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> =
            values().into_iter().map(|(name, value)| (name, value.fluent(&self.language))).collect();
        let mut unresolved = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut unresolved);
        // A recording cannot speak a value: prompts with variables are always spoken from their text.
        Some(Prompt {
            language: self.language.clone(),
            text: for_the_ear(&self.language, &text),
            audio: None,
        })
    }
}

/// The recorded file of a message, where there is one: as WAV before MP3.
fn recorded(language: &Language, id: &str, sounds: &BTreeMap<String, AudioFile>) -> Option<String> {
    let named = |kind: &str| format!("{language}/{id}.{kind}");
    let name = ["wav", "mp3"].map(named).into_iter().find(|name| sounds.contains_key(name))?;
    Some(format!("audio/{name}"))
}

/// Text as any voice and any document can take it: on one line, without control characters and without the signs
/// of markup, whatever a caller or a provider has put into a value.
fn for_the_ear(language: &Language, text: &str) -> String {
    if is_for_the_ear(text) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut letters = word.chars().filter(|c| is_speakable(*c)).peekable();
        if letters.peek().is_some() && !clean.is_empty() {
            clean.push(' ');
        }
        for letter in letters {
            match letter {
                '&' => clean.push_str(tongue(language).and()),
                letter => clean.push(letter),
            }
        }
    }
    clean
}

/// Whether nothing has to be changed in it.
fn is_for_the_ear(text: &str) -> bool {
    let mut before = ' ';
    for letter in text.chars() {
        let fine = match letter {
            ' ' => before != ' ',
            '&' => false,
            '!'..='~' => is_speakable(letter),
            '\u{4e00}'..='\u{9fff}' => true,
            _ => !letter.is_whitespace() && !letter.is_control() && is_speakable(letter),
        };
        if !fine {
            return false;
        }
        before = letter;
    }
    before != ' ' || text.is_empty()
}

/// Not the signs of markup, not what XML cannot carry, not marks for the eye (direction, byte order).
fn is_speakable(letter: char) -> bool {
    !matches!(
        letter,
        '<' | '>' | '{' | '}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

impl Value {
    /// The digits of a telephone number, without the `+` that no voice can read.
    pub(crate) fn number(number: &domain::PhoneNumber) -> Self {
        Self::Digits(number.as_str().trim_start_matches('+').to_owned())
    }

    fn fluent(self, language: &Language) -> FluentValue<'static> {
        let said = |what| FluentValue::Custom(Box::new(Said { what, language: language.clone() }));
        match self {
            Self::Number(number) => FluentValue::from(number),
            Self::Digits(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
                said(What::Digits(short(text)))
            }
            Self::Text(text) | Self::Digits(text) => FluentValue::from(short(text)),
            Self::Moment(at) => said(What::Moment(at)),
        }
    }
}

fn short(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_VALUE) {
        text.truncate(end);
    }
    text
}

/// The tag for "no language known"; only a script without languages, which the checker refuses, gets it.
fn unknown_language() -> Language {
    #[expect(clippy::expect_used, reason = "a constant tag of three letters is a language tag")]
    Language::parse("und").expect("und is a tag")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn danish() -> Language {
        Language::parse("da").unwrap()
    }

    fn prompts(text: &str) -> Prompts {
        let languages = [danish(), Language::parse("en").unwrap()];
        let file = FluentResource::try_new(text.to_owned()).unwrap();
        let sound = |name: &str| AudioFile::new(name, *b"RIFF");
        Prompts::compile(
            &languages,
            BTreeMap::from([("da".to_owned(), file)]),
            &[sound("da/hej.wav"), sound("da/koe.wav"), sound("da/farvel.mp3")],
        )
    }

    fn value(name: &str, value: Value) -> Values {
        vec![(name.to_owned(), value)]
    }

    #[test]
    fn values_are_spoken_without_marks_and_on_one_line() {
        let prompts =
            prompts("hej = Hej.\nkoe = Du er nummer { $position }\n    i køen.\nfarvel = { hej } Farvel.");
        let values = || value("position", Value::Number(2));
        let prompt = prompts.say(&danish(), "koe", values).unwrap();
        assert_eq!((prompt.text.as_str(), prompt.audio), ("Du er nummer 2 i køen.", None));
        for (id, text, audio) in
            [("hej", "Hej.", "audio/da/hej.wav"), ("farvel", "Hej. Farvel.", "audio/da/farvel.mp3")]
        {
            let prompt = prompts.say(&danish(), id, values).unwrap();
            assert_eq!((prompt.text.as_str(), prompt.audio.as_deref()), (text, Some(audio)));
        }
    }

    #[test]
    fn a_language_without_the_prompt_falls_back_to_the_first() {
        let prompts = prompts("hej = Hej.");
        let english = Language::parse("en").unwrap();
        assert_eq!(prompts.say(&english, "hej", Values::new).unwrap().language.as_str(), "da");
        assert_eq!(prompts.say(&english, "nej", Values::new), None);
    }

    #[test]
    fn a_file_whose_sound_is_not_at_hand_is_not_played() {
        let file = FluentResource::try_new("hej = Hej.".to_owned()).unwrap();
        let known = AudioFile { bytes: std::sync::Arc::default(), ..AudioFile::new("da/hej.wav", *b"RIFF") };
        let prompts = Prompts::compile(&[danish()], BTreeMap::from([("da".to_owned(), file)]), &[known]);
        assert_eq!(prompts.say(&danish(), "hej", Values::new).unwrap().audio, None);
        assert!(prompts.sound("da/hej.wav").is_none());
    }

    #[test]
    fn markup_and_control_characters_of_a_value_are_not_spoken() {
        let prompts = prompts("hej = Hej { $name }.");
        for (text, said) in [
            ("</Say><Dial>900", "Hej /SayDial900."),
            ("A\u{0}B\u{1b}C\tD\r\nE", "Hej A B C D E."),
            ("Tom & Ib", "Hej Tom og Ib."),
            ("{ $name }", "Hej $name ."),
            ("\u{202e}abc\u{feff}", "Hej abc."),
            ("123", "Hej 1 2 3."),
        ] {
            let prompt = prompts.say(&danish(), "hej", || value("name", Value::Digits(text.to_owned())));
            assert_eq!(prompt.unwrap().text, said);
        }
        let long = prompts.say(&danish(), "hej", || value("name", Value::Text("å".repeat(9_999)))).unwrap();
        assert_eq!(long.text.chars().count(), LONGEST_VALUE + 5);
    }

    proptest! {
        #[test]
        fn whatever_a_value_holds_the_text_is_plain(text: String) {
            let prompts = prompts("hej = Hej { $name } og { DIGITS($name) } og { PLACE($name) }.");
            let prompt = prompts.say(&danish(), "hej", || value("name", Value::Digits(text))).unwrap();
            let plain = |c: char| !c.is_control() && !"<>&{}".contains(c);
            prop_assert!(prompt.text.chars().all(plain) && prompt.text.len() < 9_000, "{}", prompt.text);
            prop_assert!(!prompt.text.contains("  "));
        }
    }
}
