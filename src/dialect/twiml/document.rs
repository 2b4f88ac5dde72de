//! Documents as a provider reads them: what a TwiML executor makes of a reply.
//!
//! Strict where providers are (root, element names, nesting), tolerant where they are (unknown
//! attributes, SSML). Verbs that not every provider has are refused with that reason.

mod elements;
mod tree;

use elements::verb;

/// Addresses, methods and limits as the attributes give them, defaults filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Words to speak `times` times. `language` is the provider's tag.
    Say {
        text: String,
        language: String,
        times: u32,
    },
    /// A sound file, or keys sent to the far end.
    Play {
        url: String,
        keys: String,
        times: u32,
    },
    Pause {
        seconds: u32,
    },
    Gather(Gather),
    Record(Record),
    Dial(Dial),
    Meet(Meet),
    Redirect {
        url: String,
        post: bool,
    },
    /// As the first verb it refuses the call; later it ends it.
    Reject {
        busy: bool,
    },
    Hangup,
}

/// Collects keys while its prompts are spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gather {
    /// Nothing: the address of the document itself.
    pub action: Option<String>,
    pub post: bool,
    pub timeout_seconds: u32,
    pub finish_key: Option<char>,
    pub most_digits: Option<usize>,
    pub action_on_empty: bool,
    /// Say, Play and Pause only.
    pub prompts: Vec<Element>,
}

/// Records the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub action: Option<String>,
    pub post: bool,
    pub silence_seconds: u32,
    pub most_seconds: u32,
    /// Any of these keys ends it.
    pub finish_keys: String,
    pub beep: bool,
    pub status_url: Option<String>,
}

/// Connects to other telephones; the first to answer wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    pub action: Option<String>,
    pub post: bool,
    pub timeout_seconds: u32,
    pub caller_id: Option<String>,
    pub targets: Vec<Target>,
}

/// Joins a room of calls, in which everybody hears everybody: a `Dial` to a `Conference`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meet {
    pub action: Option<String>,
    pub post: bool,
    /// Name of the room.
    pub room: String,
}

/// One telephone to ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// A number, or a SIP address.
    pub to: String,
    pub status_url: Option<String>,
    /// Which of initiated, ringing, answered, completed are told; completed if it does not say.
    pub status_events: Vec<String>,
}

/// Why a provider would not carry out a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    #[error("the document is longer than 64 KiB ({0} bytes)")]
    TooLong(usize),
    #[error("the document is empty; answer at least <Response/>")]
    Empty,
    #[error("not well-formed XML near byte {at}: {what}")]
    NotXml { at: u64, what: String },
    #[error("the outermost element is <{0}>; it must be <Response>, spelt so")]
    WrongRoot(String),
    #[error("<{name}> is not a verb that every provider carries out; use {}", KNOWN.join(", "))]
    UnknownVerb { name: String },
    #[error("<{child}> cannot stand inside <{parent}>; allowed there: {allowed}")]
    WrongPlace { parent: &'static str, child: String, allowed: &'static str },
    #[error("<{element}>: {what}")]
    BadValue { element: &'static str, what: String },
}

/// Verbs that [`parse`] knows.
pub const KNOWN: [&str; 9] =
    ["Say", "Play", "Pause", "Gather", "Record", "Dial", "Redirect", "Reject", "Hangup"];

impl DocumentError {
    /// The provider's number for such an error, as its `ErrorCode` field tells it.
    pub fn code(&self) -> u32 {
        match self {
            Self::TooLong(_) => 11_750,
            Self::Empty => 12_101,
            Self::NotXml { .. } => 12_100,
            Self::WrongRoot(_) => 12_102,
            Self::UnknownVerb { .. } | Self::WrongPlace { .. } | Self::BadValue { .. } => 12_200,
        }
    }
}

/// Longest document a provider reads, in bytes.
pub const MOST_BYTES: usize = 64 * 1024;

/// Reads a document into its verbs, in order.
pub fn parse(text: &str) -> Result<Vec<Element>, DocumentError> {
    if text.len() > MOST_BYTES {
        return Err(DocumentError::TooLong(text.len()));
    }
    let root = tree::read(text)?;
    if root.name != "Response" {
        return Err(DocumentError::WrongRoot(root.name));
    }
    if !root.own_text().is_empty() {
        let what = "text outside a verb is never spoken; put it into <Say>".to_owned();
        return Err(DocumentError::BadValue { element: "Response", what });
    }
    root.children().map(verb).collect()
}

#[cfg(test)]
mod tests;
