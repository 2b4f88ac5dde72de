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
    /// Longest recording, in seconds.
    pub record_seconds: RangeInclusive<u32>,
    /// Whether silence ends a recording.
    pub record_ends_on_silence: bool,
    /// Whether a key ends a recording.
    pub record_ends_on_key: bool,
    /// Whether recorded files can be played.
    pub plays_audio: bool,
    /// Primary languages (as `zh`) that can be spoken; empty: every one that scripts use.
    pub spoken: &'static [&'static str],
}
