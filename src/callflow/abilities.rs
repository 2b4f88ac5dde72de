//! What a provider can be made to do, as a plain value: dialects give theirs, the checker holds scripts
//! against it, so that nothing a script asks for is dropped silently.

use std::ops::RangeInclusive;

/// Limits of one profile of one dialect. What is outside of a range is refused by the checker with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abilities {
    /// The profile's name, as `twilio`.
    pub profile: &'static str,
    /// Longest document that is taken, in bytes.
    pub most_document_bytes: usize,
    /// Seconds that a gather may wait for a key.
    pub gather_seconds: RangeInclusive<u32>,
    /// Most keys that one gather takes.
    pub most_digits: u8,
    /// Seconds that a dialled telephone may ring.
    pub ring_seconds: RangeInclusive<u32>,
    /// Longest recording, in seconds; `0..=0` where callers cannot be recorded at all.
    pub record_seconds: RangeInclusive<u32>,
    /// Whether silence ends a recording.
    pub record_ends_on_silence: bool,
    /// Whether a key ends a recording.
    pub record_ends_on_key: bool,
    /// Whether recorded files can be played.
    pub plays_audio: bool,
    /// Primary languages (as `zh`) that can be spoken; empty: every one that scripts use.
    pub spoken: &'static [&'static str],
    /// Whether SIP addresses can be dialled; numbers always can.
    pub dials_sip: bool,
    /// Whether only a number with `+` and country code can be shown to whom we dial. The line's number is left
    /// out where it is none, and the provider shows the caller's.
    pub shows_e164_only: bool,
    /// Whether the house is told when a recording that a script asked for is ready.
    pub recordings_told: bool,
    /// Whether the house is told how a dialled telephone gets on, beyond the outcome.
    pub legs_told: bool,
    /// Whether an answered call that we placed tells if a machine answered.
    pub detects_machines: bool,
    /// What can be done from outside of a document.
    pub control: Control,
}

impl Abilities {
    /// Whether callers can leave a message at all.
    pub fn takes_messages(&self) -> bool {
        *self.record_seconds.end() > 0
    }
}

/// What the provider does with a live call when it is asked over its own interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    pub places_calls: bool,
    /// Fetches a live call out of its document; without it nobody who waits can be put through.
    pub redirects_calls: bool,
    pub ends_calls: bool,
    /// Records a live call from the desk.
    pub records_calls: bool,
    /// Pauses and resumes such a recording.
    pub pauses_recordings: bool,
    /// Brings live calls together in a room, and parts two that a document has connected without ending either:
    /// holding, asking a colleague and talking with both are built on it.
    pub has_rooms: bool,
    /// Lists calls, so that after a lost answer it is known whether a call was placed.
    pub lists_calls: bool,
}

impl Control {
    /// Everything.
    pub const WHOLE: Self = Self {
        places_calls: true,
        redirects_calls: true,
        ends_calls: true,
        records_calls: true,
        pauses_recordings: true,
        has_rooms: true,
        lists_calls: true,
    };
}
