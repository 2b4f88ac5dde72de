//! What a hook means, the same for every dialect.

use callflow::Event;
use domain::{Caller, Timestamp};

use crate::status::CallStatus;

/// Which address the hook came to; it decides what the hook can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The line's voice address: the first hook of a leg.
    First,
    /// A step of a call: `none` behind the way out of a gather or record, `fetched` where the house
    /// redirected the live call.
    Step { none: bool, fetched: bool },
    /// The status address.
    Status,
    /// The recording status address.
    Recording,
}

/// Which way the call was set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Somebody called the line.
    Inbound,
    /// We placed the call; `to` is whom we called.
    Outbound,
}

/// A hook that could be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Opaque, at most [`Incoming::LONGEST_ID`] characters, unique within its provider.
    pub provider_call_id: String,
    /// The leg that caused this one, where the provider says so.
    pub parent_call_id: Option<String>,
    pub from: Caller,
    /// What was dialled, as the provider writes it.
    pub to: String,
    pub direction: Direction,
    /// How the call stands by the provider's account.
    pub status: Option<CallStatus>,
    pub kind: Kind,
    /// A recording that came with the hook itself, from providers that upload instead of keeping it.
    pub upload: Option<Upload>,
}

/// The sound of a recording, as it was uploaded.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name of the field or file, as the provider writes it.
    pub name: String,
    /// As `audio/wav`.
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Says how much it is, and nothing of what was said.
impl std::fmt::Debug for Upload {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Upload({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

impl Incoming {
    /// Longest provider call id, in characters (Telnyx's are the longest, near 90).
    pub const LONGEST_ID: usize = 128;

    /// The event that a first hook stands for.
    pub fn started(&self) -> Event {
        Event::Started { caller: self.from.clone(), dialled: self.to.clone() }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A new leg asks for its first document; see [`Incoming::started`].
    Start,
    /// The caller did something, or did nothing in time.
    Step(Event),
    /// The provider tells how the call stands.
    Status(StatusReport),
    /// The provider tells how a recording stands.
    Recording(RecordingReport),
}

/// One status hook. They arrive in any order and may repeat: merge them with [`crate::StatusMark`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    pub status: CallStatus,
    /// The provider's own count, from 0.
    pub sequence: Option<u32>,
    /// Seconds talked; only with the end.
    pub duration_seconds: Option<u32>,
    /// When it happened, by the provider's clock.
    pub at: Option<Timestamp>,
    /// The same for every repetition of one hook.
    pub idempotency_token: Option<String>,
}

/// One recording status hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingReport {
    pub recording_id: String,
    pub url: Option<String>,
    pub seconds: Option<u32>,
    pub status: RecordingStatus,
}

/// How a recording stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingStatus {
    InProgress,
    Completed,
    /// There was nothing to keep.
    Absent,
    Failed,
}
