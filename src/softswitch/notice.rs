//! What a telephone hears and shows.

use serde::{Deserialize, Serialize};

use crate::bridge::SignalKind;

/// Something that a telephone hears or shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Notice {
    /// This telephone placed a call.
    Calling {
        to: String,
    },
    /// It rings.
    Ringing {
        from: String,
    },
    /// The far end answered, or this telephone did.
    Answered,
    /// A voice speaks; `language` is a tag as we write them.
    Say {
        language: String,
        text: String,
    },
    /// A sound file is played.
    Play {
        url: String,
    },
    /// Keys are awaited.
    Gather {
        most: Option<usize>,
        finish_key: Option<char>,
        timeout_seconds: u32,
    },
    Pressed {
        key: char,
    },
    /// The time for a key ran out.
    Silence,
    /// The caller is asked to speak.
    Record {
        most_seconds: u32,
        silence_seconds: u32,
        finish_keys: String,
        beep: bool,
    },
    /// The caller spoke; `left` when by hanging up, `by` the key that ended it.
    Recorded {
        seconds: u32,
        left: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<char>,
    },
    /// The house took the call out of what it was doing.
    Fetched,
    /// The ringing of another telephone is heard.
    Connecting {
        to: String,
        timeout_seconds: u32,
    },
    /// Two people can talk.
    Connected {
        with: String,
    },
    /// The person at the other end says something in typed words.
    Voice {
        text: String,
    },
    /// A page that sound can be exchanged with; `offers` when this one opens the connection. Telephones without
    /// sound do not learn of it.
    Peer {
        peer: u32,
        with: String,
        offers: bool,
    },
    /// It is gone again.
    PeerGone {
        peer: u32,
    },
    /// What that page says about the connection.
    Signal {
        peer: u32,
        kind: SignalKind,
        body: String,
    },
    /// The other side lets this one wait, or takes it back.
    Held {
        on: bool,
    },
    /// These of the others wait now; nobody if the list is empty.
    Holding {
        peers: Vec<u32>,
    },
    /// Another telephone is rung to be brought in.
    Inviting {
        to: String,
    },
    /// It did not come: `busy`, `no-answer`, `failed`.
    NotJoined {
        to: String,
        outcome: String,
    },
    /// The other telephone is gone again, as `completed` or `no-answer`; the call goes on.
    Dialled {
        outcome: String,
    },
    /// The service sent something that no provider would carry out.
    Fault {
        text: String,
    },
    /// The call is over.
    Ended {
        reason: String,
    },
}

/// A notice with its number, counted from 1 for each telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    pub seq: u64,
    #[serde(flatten)]
    pub notice: Notice,
}

/// What the telephone can do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "kebab-case")]
pub enum Phase {
    Idle,
    /// On a call: something is spoken, or the service is being asked.
    Busy,
    /// A prompt is spoken that a key interrupts (not on telephones that drive time: prompts take none).
    Prompt,
    Ringing {
        from: String,
    },
    Gather,
    Record,
    Connecting {
        to: String,
    },
    Connected {
        with: String,
    },
}

/// A telephone at a glance, with what was heard after a given notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    #[serde(flatten)]
    pub phase: Phase,
    pub heard: Vec<Heard>,
}

impl std::fmt::Display for Notice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Calling { to } => write!(out, "calling {to}"),
            Self::Ringing { from } => write!(out, "ringing: {from}"),
            Self::Answered => out.write_str("answered"),
            Self::Say { language, text } => write!(out, "[{language}] {text}"),
            Self::Play { url } => write!(out, "[plays {}]", sound_name(url)),
            Self::Gather { most: Some(most), .. } => write!(out, "(keys, at most {most})"),
            Self::Gather { most: None, .. } => out.write_str("(keys)"),
            Self::Pressed { key } => write!(out, "pressed {key}"),
            Self::Silence => out.write_str("(no key in time)"),
            Self::Record { most_seconds, .. } => write!(out, "(speak, at most {most_seconds} s)"),
            Self::Recorded { seconds, left: false, .. } => write!(out, "spoke for {seconds} s"),
            Self::Recorded { seconds, left: true, .. } => write!(out, "spoke for {seconds} s and hung up"),
            Self::Fetched => out.write_str("fetched by the house"),
            Self::Connecting { to, .. } => write!(out, "connecting to {to}"),
            Self::Connected { with } => write!(out, "connected with {with}"),
            Self::Voice { text } => write!(out, "voice: {text}"),
            Self::Peer { with, .. } => write!(out, "sound with {with}"),
            Self::PeerGone { .. } => out.write_str("sound ended"),
            Self::Signal { .. } => out.write_str("(signal)"),
            Self::Holding { peers } if peers.is_empty() => out.write_str("nobody waits"),
            Self::Holding { .. } => out.write_str("the other side waits"),
            Self::Inviting { to } => write!(out, "bringing in {to}"),
            Self::NotJoined { to, outcome } => write!(out, "{to} did not come: {outcome}"),
            Self::Held { on: true } => out.write_str("on hold"),
            Self::Held { on: false } => out.write_str("no longer on hold"),
            Self::Dialled { outcome } => write!(out, "the other telephone: {outcome}"),
            Self::Fault { text } => write!(out, "fault: {text}"),
            Self::Ended { reason } => write!(out, "ended: {reason}"),
        }
    }
}

/// The part of a sound's address that a listener can use: from `audio/` on, or the whole.
pub fn sound_name(url: &str) -> &str {
    url.find("/audio/").and_then(|at| url.get(at + 1..)).unwrap_or(url)
}
