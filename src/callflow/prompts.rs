//! The sentences of a script in each of its languages, and their rendering with the values of a call.

use std::collections::{BTreeMap, BTreeSet};

use domain::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use crate::verb::Prompt;

/// A value that a prompt may speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Spoken as a number.
    Number(u32),
    /// Spoken as it stands.
    Text(String),
}

/// Values by the name of their variable.
pub(crate) type Values = Vec<(String, Value)>;

/// All prompts of a script.
pub(crate) struct Prompts {
    /// In the order of the script: the first is the default.
    voices: Vec<Voice>,
    fallback: Language,
}

struct Voice {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    messages: usize,
    /// Messages with a recorded file.
    recorded: BTreeSet<String>,
}

impl Prompts {
    /// Compiles the parsed prompt files. Languages without a file stay silent, which the checker reports.
    pub(crate) fn compile(
        languages: &[Language],
        mut files: BTreeMap<String, FluentResource>,
        audio: &[String],
    ) -> Self {
        let voice = |language: &Language| {
            let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            // Isolation marks are for the eye; a voice would stumble over them.
            bundle.set_use_isolating(false);
            let mut messages = 0;
            if let Some(resource) = files.remove(language.as_str()) {
                messages = resource.entries().filter(|entry| matches!(entry, Entry::Message(_))).count();
                bundle.add_resource_overriding(resource);
            }
            let recorded = audio.iter().filter_map(|path| {
                path.strip_prefix(language.as_str())?.strip_prefix('/')?.strip_suffix(".wav")
            });
            // A recording cannot speak a value: prompts with variables are always spoken from their text.
            let recorded = recorded.filter(|id| is_fixed(&bundle, id)).map(str::to_owned).collect();
            Voice { language: language.clone(), bundle, messages, recorded }
        };
        let voices: Vec<Voice> = languages.iter().map(voice).collect();
        let fallback = voices.first().map_or_else(unknown_language, |voice| voice.language.clone());
        Self { voices, fallback }
    }

    pub(crate) fn default_language(&self) -> &Language {
        &self.fallback
    }

    /// Messages of the default language.
    pub(crate) fn count(&self) -> usize {
        self.voices.first().map_or(0, |voice| voice.messages)
    }

    /// Whether the script speaks `language`.
    pub(crate) fn speaks(&self, language: &Language) -> bool {
        self.voices.iter().any(|voice| voice.language == *language)
    }

    /// The prompt `id` in `language`, or else in the default language; nothing if neither has it.
    pub(crate) fn say(&self, language: &Language, id: &str, values: &Values) -> Option<Prompt> {
        let voice = self.voices.iter().find(|voice| voice.language == *language);
        voice.and_then(|voice| voice.say(id, values)).or_else(|| self.voices.first()?.say(id, values))
    }
}

impl Voice {
    fn say(&self, id: &str, values: &Values) -> Option<Prompt> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (name.as_str(), value.fluent())).collect();
        let mut unresolved = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut unresolved);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let audio = self.recorded.contains(id).then(|| format!("audio/{}/{id}.wav", self.language));
        Some(Prompt { language: self.language.clone(), text, audio })
    }
}

fn is_fixed(bundle: &FluentBundle<FluentResource>, id: &str) -> bool {
    let mut unresolved = Vec::new();
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { return false };
    bundle.format_pattern(pattern, None, &mut unresolved);
    unresolved.is_empty()
}

impl Value {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Text(text) => FluentValue::from(text.as_str()),
        }
    }
}

/// The tag for "no language known"; only a script without languages, which the checker refuses, gets it.
fn unknown_language() -> Language {
    #[expect(clippy::expect_used, reason = "a constant tag of three letters is a language tag")]
    Language::parse("und").expect("und is a tag")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompts(text: &str) -> Prompts {
        let languages = [Language::parse("da").unwrap(), Language::parse("en").unwrap()];
        let file = FluentResource::try_new(text.to_owned()).unwrap();
        Prompts::compile(
            &languages,
            BTreeMap::from([("da".to_owned(), file)]),
            &["da/hej.wav".to_owned(), "da/koe.wav".to_owned()],
        )
    }

    #[test]
    fn values_are_spoken_without_marks_and_on_one_line() {
        let prompts = prompts("hej = Hej.\nkoe = Du er nummer { $position }\n    i køen.");
        let values = vec![("position".to_owned(), Value::Number(2))];
        let danish = Language::parse("da").unwrap();
        let prompt = prompts.say(&danish, "koe", &values).unwrap();
        assert_eq!((prompt.text.as_str(), prompt.audio), ("Du er nummer 2 i køen.", None));
        let prompt = prompts.say(&danish, "hej", &values).unwrap();
        assert_eq!(prompt.audio.as_deref(), Some("audio/da/hej.wav"));
    }

    #[test]
    fn a_language_without_the_prompt_falls_back_to_the_first() {
        let prompts = prompts("hej = Hej.");
        assert_eq!(
            prompts.say(&Language::parse("en").unwrap(), "hej", &vec![]).unwrap().language.as_str(),
            "da"
        );
        assert_eq!(prompts.say(&Language::parse("en").unwrap(), "nej", &vec![]), None);
    }
}
