//! Where a call stands between two turns. The state travels sealed in the address of the next hook, so
//! that a turn needs nothing but its own request, the script and the facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use domain::{Caller, Language, PhoneNumber, Timestamp};
use serde::{Deserialize, Serialize};

/// The whole memory of a call's walk through its script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallState {
    /// Version of the script that the call began with.
    #[serde(rename = "v")]
    pub version: String,
    #[serde(rename = "l")]
    pub language: Language,
    #[serde(rename = "c")]
    pub caller: Caller,
    /// Turns so far; a call that passes [`CallState::MOST_TURNS`] is led to a person or a goodbye.
    #[serde(rename = "n")]
    pub turns: u32,
    #[serde(rename = "p")]
    pub place: Place,
    /// Queue that the caller has a place in. The place outlives the waiting loop: a caller who is arranging
    /// a callback keeps it.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Conversations with an agent that this call has had; numbers its visits to the queue.
    #[serde(rename = "s", default, skip_serializing_if = "is_zero")]
    pub served: u32,
    /// Values that later nodes need: digits collected by name, notes that a branch asks for.
    #[serde(rename = "h", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub held: BTreeMap<String, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl CallState {
    /// No call takes more turns than this; a waiting caller knocks every ten to twenty seconds.
    pub const MOST_TURNS: u32 = 2_000;
}

/// What the engine waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At a node that has spoken and waits for the caller. `stage` numbers the waits within one node
    /// (a lookup asks for a number, then a PIN); `tries` counts no-input and invalid answers at it.
    At { node: String, stage: u8, tries: u8 },
    /// Asked the house; the answer resumes `node`.
    Asking { node: String, stage: u8, tries: u8 },
    /// Said goodbye; whatever still comes is answered with a hang-up.
    Ended,
}

/// What a node may consult, gathered before the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: Timestamp,
    /// `now` on the wall clock of the line, to the minute.
    pub local: NaiveDateTime,
    /// When the line opens again, on its own wall clock; nothing while it is open, and where it never does.
    pub next_open: Option<NaiveDateTime>,
    /// Whether the line's opening hours include `now`.
    pub open: bool,
    /// Whether the provider of this call can record what a caller says, and tells us of it.
    pub records: bool,
    /// Language of this caller's last call, where known.
    pub remembered: Option<Language>,
    /// Telephones that scripts call by name: `config:NAME`, `department:CODE`, `office:NAME`, and `fallback`, the line's
    /// own last resort.
    pub numbers: Arc<BTreeMap<String, PhoneNumber>>,
}

impl Facts {
    /// `today`, `tomorrow` or `later`; `unknown` where nobody knows when the line opens again.
    pub(crate) fn next_open_day(&self) -> &'static str {
        let Some(at) = self.next_open else { return "unknown" };
        match at.date().signed_duration_since(self.local.date()).num_days() {
            0 => "today",
            1 => "tomorrow",
            _ => "later",
        }
    }
}
