//! What the house must do because of a turn, and what the engine must know before it can go on.

use domain::Language;
use serde::{Deserialize, Serialize};

use crate::event::Recording;

/// Something to be stored in the transaction of the turn. Effects of one call may be applied in any order
/// of its turns with the same final record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Keep what the caller chose or keyed, as `request_type` = `complaint`.
    Note { key: String, value: String },
    /// The caller chose a language.
    SetLanguage(Language),
    /// The caller gave up the place in the queue for the script's other branch.
    LeaveQueue,
    /// The caller asked to be called back and keeps the place in the queue; `number` is what was keyed in,
    /// or nothing where the caller's own number will do.
    PromiseCallback { number: Option<String> },
    /// A message was recorded and must reach a person.
    TakeMessage { purpose: String, recording: Recording },
    /// The caller scored a survey question.
    Rate { question: String, score: u8 },
    /// The caller is being put through to an emergency number.
    Emergency,
}

/// What the engine asks the house within a turn; the answer comes back as [`crate::Event::Answer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Join the queue if not yet in it, and say where the caller stands. `visit`: how many conversations this call
    /// has had before; whoever asks for a person again afterwards stands in the queue anew.
    Queue { queue: String, visit: u32 },
    /// A dial to an agent ended: was the caller served, or does the waiting go on?
    AfterDial { queue: String, visit: u32, outcome: crate::event::DialOutcome },
    /// Progress of a case by number and PIN as keyed in.
    Lookup { case_number: String, pin: String },
}
