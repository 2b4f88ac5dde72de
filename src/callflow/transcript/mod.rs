//! Golden calls: a call written down so that a supervisor can read it, played through the engine and
//! compared line by line. The same words describe a call that was really made.
//!
//! ```text
//! # At night the caller leaves a message.
//! call +8613800138000, 2026-03-03 23:40, closed
//!   say 您好
//!   gather 1 key, 8 s
//! press 1
//!   …
//! hang up
//! ```
//!
//! Lines at the margin are what the caller, the telephone or the house did; indented lines are ours.

mod lines;
mod play;
mod read;

pub use lines::{effect_line, event_line, header_line, question_line, trouble_line, verb_lines};
pub use play::{Difference, PlayFault, Transcript, compare, play, rewrite};
pub use read::{ReadFault, read};

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use domain::{Caller, Language, PhoneNumber};

use crate::Event;

/// One golden call as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    pub header: Header,
    /// The header's own part first, then one part for each thing that happened.
    pub parts: Vec<Part>,
    /// Comments behind the last line.
    pub epilogue: Vec<String>,
}

/// Who calls, when, and what the house knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub caller: Caller,
    /// On the wall clock of the line.
    pub at: NaiveDateTime,
    pub open: bool,
    /// When the line opens again, as [`crate::Facts::next_open`].
    pub next_open: Option<NaiveDateTime>,
    pub remembered: Option<Language>,
    /// Whether the provider takes messages, as [`crate::Facts::records`].
    pub records: bool,
    /// Telephones by the names that scripts use, as in [`crate::Facts::numbers`].
    pub numbers: BTreeMap<String, PhoneNumber>,
}

/// Something that happened, and what we are expected to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Comment lines before it, as written.
    pub comments: Vec<String>,
    /// Line of the file, 1 is the first.
    pub line: u32,
    /// The line as written.
    pub text: String,
    pub input: Input,
    /// Our lines, without indentation.
    pub expected: Vec<String>,
}

/// What a line at the margin means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The header: the call begins.
    Begin,
    Event(Event),
    /// The caller is gone; nothing is answered.
    HangUp,
}
