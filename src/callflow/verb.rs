//! What the caller hears and may do next. Only what every provider can do: no pause, no provider queue.
//!
//! Verbs carry no addresses: after a [`Verb::Gather`], [`Verb::Record`], [`Verb::Dial`] or [`Verb::Meet`] the dialect
//! adds where to report, and a way out for the case that nothing comes. Those four, and hang-up, end a document.

use domain::{Language, PhoneNumber};
use serde::{Deserialize, Serialize};

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Speak a prompt, then go on.
    Say(Prompt),
    /// Speak prompts (a key interrupts them) and collect keys.
    Gather {
        prompts: Vec<Prompt>,
        max_digits: Option<u8>,
        finish_key: Option<char>,
        timeout_seconds: u32,
        /// Played while the keys are waited for, instead of silence; it has no words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tune: Option<Prompt>,
    },
    /// Record the caller until silence, the longest length or one of these keys; which key, the event tells.
    Record { max_seconds: u32, silence_seconds: u32, finish_keys: String, beep: bool },
    /// Connect to a telephone; the caller hears ringing.
    Dial { to: PhoneNumber, timeout_seconds: u32 },
    /// Join the room of that name, in which everybody hears everybody until fetched out or gone; who is alone hears
    /// the provider's music. No script asks for it: the house leads conversations there.
    Meet { room: String },
    /// Nothing left to say: fetch the next document at once (used to leave a document without input).
    Next,
    /// End the call.
    Hangup,
}

/// Words to speak, in the language they are in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    pub language: Language,
    pub text: String,
    /// A recorded file of the line (`audio/<language>/<message>.wav`), where one exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<String>,
}
