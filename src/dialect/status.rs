//! How a call stands, told by hooks that come late, twice and in any order.

use serde::{Deserialize, Serialize};

/// A provider's word for the state of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStatus {
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

impl CallStatus {
    /// Every status, in the order a call can pass through them.
    pub const ALL: [Self; 9] = [
        Self::Queued,
        Self::Initiated,
        Self::Ringing,
        Self::InProgress,
        Self::Completed,
        Self::Busy,
        Self::Failed,
        Self::NoAnswer,
        Self::Canceled,
    ];

    /// The spelling on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Initiated => "initiated",
            Self::Ringing => "ringing",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::NoAnswer => "no-answer",
            Self::Canceled => "canceled",
        }
    }

    /// Reads a provider's word; `answered` is the event that makes a call in progress.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "answered" => Some(Self::InProgress),
            "cancelled" => Some(Self::Canceled),
            _ => Self::ALL.into_iter().find(|status| status.as_str() == text),
        }
    }

    /// Whether the call is over; such a status never changes again.
    pub fn is_end(self) -> bool {
        self.rank() >= 4
    }

    fn rank(self) -> u8 {
        Self::ALL.iter().position(|status| *status == self).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
    }
}

/// What is known of a call's status after some of its hooks. [`StatusMark::merge`] gives the same result
/// in whatever order and however often the hooks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusMark {
    pub status: CallStatus,
    /// The provider's count of the hook that told it.
    pub sequence: Option<u32>,
}

impl StatusMark {
    /// The better-informed of both. An end beats everything before it; between two ends the one that
    /// the provider counted first stays; before the end, the call only moves forward.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if other.weight() > self.weight() { other } else { self }
    }

    fn weight(self) -> (bool, u32, u8, u32) {
        let sequence = self.sequence.unwrap_or(u32::MAX);
        let first_end = if self.status.is_end() { u32::MAX - sequence } else { 0 };
        (self.status.is_end(), first_end, self.status.rank(), u32::MAX - sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(status: CallStatus, sequence: Option<u32>) -> StatusMark {
        StatusMark { status, sequence }
    }

    #[test]
    fn words_survive_the_wire() {
        for status in CallStatus::ALL {
            assert_eq!(CallStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(CallStatus::parse("answered"), Some(CallStatus::InProgress));
        assert_eq!(CallStatus::parse("COMPLETED"), None);
    }

    #[test]
    fn an_end_is_sticky() {
        let failed = mark(CallStatus::Failed, Some(2));
        for late in [
            mark(CallStatus::Completed, Some(3)),
            mark(CallStatus::Ringing, Some(9)),
            mark(CallStatus::Completed, None),
        ] {
            assert_eq!(failed.merge(late), failed);
            assert_eq!(late.merge(failed), failed);
        }
    }

    #[test]
    fn without_counting_the_call_still_moves_forward_only() {
        let answered = mark(CallStatus::InProgress, None);
        assert_eq!(answered.merge(mark(CallStatus::Ringing, None)), answered);
        assert_eq!(mark(CallStatus::Queued, None).merge(answered), answered);
    }

    fn any_mark() -> impl Strategy<Value = StatusMark> {
        (0..CallStatus::ALL.len(), prop::option::of(0u32..6))
            .prop_map(|(at, sequence)| mark(CallStatus::ALL[at], sequence))
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter(marks in prop::collection::vec(any_mark(), 1..8), rotate in 0usize..8) {
            let forward = marks.iter().copied().reduce(StatusMark::merge).unwrap();
            let mut other = marks.clone();
            other.reverse();
            other.rotate_left(rotate % marks.len());
            other.extend_from_slice(&marks);
            prop_assert_eq!(other.into_iter().reduce(StatusMark::merge).unwrap(), forward);
        }
    }
}
