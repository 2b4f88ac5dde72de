//! Verbs to documents: an array of verbs, carried out one after the other until a hook's reply replaces it.
//!
//! What shapes them, all of it read in the feature server: a gather speaks with one voice only, so several voices are
//! several gathers, and a key stops whichever is speaking; the reply to a silent one is an empty array, which lets the
//! next begin (see [`super::parse::MORE`]). `minDigits` must stand there or neither `interDigitTimeout` counts nor are
//! the keys of an entry told that the caller does not finish. A `text` array is a choice, not a sequence. Once the
//! call is answered nobody hears the ringing of a dial unless it is played.

use callflow::{Prompt, Verb};
use serde_json::{Map, Value, json};

use super::parse::MORE;
use super::voices::synthesizer;
use super::words::speakable;
use crate::httapi::speech::{Turn, turns_of};
use crate::httapi::words::with_query;
use crate::links::Links;

/// Every key of a telephone.
const KEYS: &str = "0123456789*#ABCD";
/// More keys than any gather of ours asks for.
const MOST_KEYS: u8 = 64;
/// Longest pause within an entry, in seconds; a longer one ends it.
const LONGEST_PAUSE: u32 = 5;
/// How long a gather that is followed by another waits after its prompt, in seconds; zero would be for ever.
const BETWEEN_VOICES: f64 = 0.1;
/// The ringing that a caller hears: one second of tone in five, as in China and in Europe.
const RINGING: &str = "tone_stream://%(1000,4000,440);loops=-1";
/// Longest document that is filled with speech, in bytes.
const MOST_SPOKEN_BYTES: usize = 48 * 1024;

/// The document for `verbs`.
pub fn render(verbs: &[Verb], links: &Links<'_>) -> String {
    let mut document = Document { verbs: Vec::new(), links, spoken: 0 };
    let says = verbs.iter().take_while(|verb| matches!(verb, Verb::Say(_))).count();
    for verb in &verbs[..says] {
        if let Verb::Say(prompt) = verb {
            document.say(prompt);
        }
    }
    // Whatever stands behind a verb that ends a document is not reached.
    document.end(verbs.get(says).unwrap_or(&Verb::Hangup));
    Value::Array(document.verbs).to_string()
}

struct Document<'d> {
    verbs: Vec<Value>,
    links: &'d Links<'d>,
    spoken: usize,
}

impl Document<'_> {
    fn end(&mut self, verb: &Verb) {
        match verb {
            Verb::Gather { prompts, max_digits, finish_key, timeout_seconds, tune } => {
                let (played, seconds) = self.links.with_tune(prompts, tune.as_ref(), *timeout_seconds);
                self.gather(&played, *max_digits, *finish_key, seconds);
            }
            Verb::Dial { to, timeout_seconds } => self.dial(to.as_str(), *timeout_seconds),
            Verb::Meet { room } => self.meet(room),
            // Messages cannot be taken: the checker refuses scripts that would. Should one come here all the same, the
            // caller goes the way of whoever says nothing.
            Verb::Record { .. } | Verb::Next => self.go_on(),
            Verb::Hangup | Verb::Say(_) => self.verbs.push(json!({ "verb": "hangup" })),
        }
    }

    /// A room that nobody ends: the house fetches each call out of it.
    fn meet(&mut self, room: &str) {
        self.verbs.push(json!({
            "verb": "conference",
            "name": room,
            "beep": false,
            "startConferenceOnEnter": true,
            "endConferenceOnExit": false,
            "actionHook": self.links.action,
        }));
    }

    fn go_on(&mut self) {
        self.verbs.push(json!({ "verb": "redirect", "actionHook": self.links.way_out }));
    }

    fn say(&mut self, prompt: &Prompt) {
        let turns = turns_of(std::slice::from_ref(prompt), |prompt| self.file_of(prompt));
        for (name, mut said) in turns.iter().filter_map(|turn| self.voice(turn)).collect::<Vec<_>>() {
            said.insert("verb".to_owned(), name.into());
            self.verbs.push(Value::Object(said));
        }
    }

    /// Asks for keys while the prompts are spoken, voice by voice. Behind the last one stands the way out, for the
    /// case that its hook could not be reached.
    fn gather(&mut self, prompts: &[&Prompt], most: Option<u8>, finish: Option<char>, seconds: u32) {
        let turns = turns_of(prompts.iter().copied(), |prompt| self.file_of(prompt));
        let voices: Vec<_> = turns.iter().filter_map(|turn| self.voice(turn)).collect();
        let last = voices.len().max(1) - 1;
        let mut voices = voices.into_iter();
        for at in 0..=last {
            let (hook, wait) = if at == last {
                (self.links.action.to_owned(), json!(seconds.max(1)))
            } else {
                (with_query(self.links.action, MORE, "1"), json!(BETWEEN_VOICES))
            };
            let mut gather = json!({
                "verb": "gather",
                "actionHook": hook,
                "input": ["digits"],
                "minDigits": 1,
                "maxDigits": most.unwrap_or(MOST_KEYS).clamp(1, MOST_KEYS),
                "interDigitTimeout": seconds.clamp(2, LONGEST_PAUSE),
                "dtmfBargein": true,
                "timeout": wait,
            });
            if let Some(key) = finish.filter(|key| KEYS.contains(*key)) {
                gather["finishOnKey"] = key.to_string().into();
            }
            if let Some((name, said)) = voices.next() {
                gather[name] = Value::Object(said);
            }
            self.verbs.push(gather);
        }
        self.go_on();
    }

    fn dial(&mut self, to: &str, seconds: u32) {
        let target = if to.starts_with("sip:") || to.starts_with("sips:") {
            json!({ "type": "sip", "sipUri": to })
        } else {
            json!({ "type": "phone", "number": to })
        };
        let mut dial = json!({
            "verb": "dial",
            "actionHook": self.links.action,
            "answerOnBridge": true,
            "dialMusic": RINGING,
            "timeout": seconds.clamp(5, 120),
            "target": [target],
        });
        if let Some(shown) = self.links.caller_id {
            dial["callerId"] = shown.into();
        }
        self.verbs.push(dial);
    }

    /// Name and fields of the verb that speaks or plays a turn, while the document has room for it.
    fn voice(&mut self, turn: &Turn<'_>) -> Option<(&'static str, Map<String, Value>)> {
        let (name, value) = match turn {
            Turn::Files(files) => match files.as_slice() {
                [file] => ("play", json!({ "url": file })),
                files => ("play", json!({ "url": files })),
            },
            Turn::Spoken { language, text } => {
                let text = speakable(text, language);
                if text.is_empty() {
                    return None;
                }
                ("say", json!({ "text": text, "synthesizer": synthesizer(language) }))
            }
        };
        // With the fields of the verb around it.
        let length = value.to_string().len() + 512 + self.links.action.len();
        if length > MOST_SPOKEN_BYTES.saturating_sub(self.spoken) {
            return None;
        }
        self.spoken += length;
        match value {
            Value::Object(fields) => Some((name, fields)),
            _ => None,
        }
    }

    /// Address of the recorded file, where there is one.
    fn file_of(&self, prompt: &Prompt) -> Option<String> {
        let (folder, audio) = (self.links.audio?, prompt.audio.as_ref()?);
        Some(format!("{folder}/{audio}"))
    }
}

#[cfg(test)]
mod tests;
