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

/// Who or what answered a call of ours, as the provider heard it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredBy {
    Human,
    /// A machine that has begun to speak.
    MachineStart,
    /// A machine whose greeting ended with a tone: what is said now is recorded there.
    MachineEndBeep,
    /// A machine whose greeting ended in silence.
    MachineEndSilence,
    /// A machine whose greeting ended in some other way.
    MachineEndOther,
    Fax,
    /// It could not be told in time.
    Unknown,
}

impl AnsweredBy {
    /// Whether a machine answered: nothing about a complaint may be said to it.
    pub fn is_machine(self) -> bool {
        !matches!(self, Self::Human | Self::Unknown)
    }

    /// Reads the word of a provider: Twilio's, SignalWire's and Telnyx's.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "human" | "human_residence" | "human_business" => Self::Human,
            "machine_start" | "machine" => Self::MachineStart,
            "machine_end_beep" => Self::MachineEndBeep,
            "machine_end_silence" => Self::MachineEndSilence,
            "machine_end_other" => Self::MachineEndOther,
            "fax" | "fax_detected" => Self::Fax,
            "unknown" | "not_sure" | "silence" => Self::Unknown,
            _ => return None,
        })
    }
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
    /// Who or what answered a call of ours, where the provider was asked to find out.
    pub answered_by: Option<AnsweredBy>,
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

    /// Where the uploaded recording is kept, once it is.
    pub fn kept_at(&mut self, address: String) {
        match &mut self.kind {
            Kind::Step(Event::Recorded(recording)) => recording.url = address,
            Kind::Recording(report) => report.url = Some(address),
            Kind::Start | Kind::Step(_) | Kind::Status(_) => {}
        }
    }

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
