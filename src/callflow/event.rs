//! What happened on the caller's leg since the last turn. A dialect makes these from a provider's hook.

use domain::{Caller, OfferId, PhoneNumber};
use serde::{Deserialize, Serialize};

/// One thing that happened; the engine answers each with a [`crate::Turn`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A new call: the provider asks for the first document.
    Started { caller: Caller, dialled: String },
    /// Keys from a gather, without the finish key. Never empty.
    Digits(String),
    /// The way out behind a gather or record was taken: the caller gave nothing in time.
    NoInput,
    /// A recording ended.
    Recorded(Recording),
    /// A dial ended: the far end hung up, or never answered.
    Dialled(DialOutcome),
    /// The house itself fetched the call out of its waiting loop, because an agent is being offered.
    Fetched,
    /// The house's answer to the [`crate::Question`] of the turn before, in the same hook.
    Answer(Answer),
}

/// A recording as the provider announces it; the sound itself may arrive later or never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Where the provider keeps it.
    pub url: String,
    /// Length in seconds as told by the provider.
    pub seconds: u32,
    /// True when the caller ended it by hanging up: nobody hears the reply.
    #[serde(default)]
    pub hung_up: bool,
    /// The key that ended it, where the provider tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<char>,
}

/// How a dialled leg ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DialOutcome {
    /// Answered, talked, ended.
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
}

/// What the house answers to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Still waiting: place (1 is next), and the estimated wait in seconds where one can be given.
    Waiting { position: u32, estimate_seconds: Option<u32>, callback_offered: bool },
    /// An agent is being offered: dial this telephone.
    Ring { offer: OfferId, phone: PhoneNumber, timeout_seconds: u32 },
    /// Nobody is signed in who could answer, or the queue is closed.
    NobodyThere,
    /// The agent has talked with the caller; the conversation is over.
    Served,
    /// The place in the queue is gone (promised a callback, or removed).
    Left,
    /// Progress of a case, as a status word of the lifecycle that a prompt exists for (`case-status-…`).
    Progress { status: String },
    /// No case with that number and PIN.
    NoSuchCase,
    /// Too many wrong tries from this caller.
    TooManyTries,
    /// The house's records are out of reach: it can neither look anything up nor lead anybody into a queue.
    Down,
}
