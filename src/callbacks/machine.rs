//! What is done when an answering machine, a fax or nobody knows who answers a callback. A message never names more
//! than the hotline and a reference, is left only where the person agreed to messages, and once for each callback.
//!
//! Is not: the words of the message, or how a provider says who answered.

use serde::Deserialize;

use crate::words::AttemptOutcome;

/// Whether a callback of some purpose may leave a message at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageRule {
    Never,
    /// Where the person has agreed to messages.
    IfAgreed,
}

/// Why no message may be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// Callbacks of this purpose leave none.
    Purpose,
    /// The person was not asked, or declined.
    NotAgreed,
    /// One was left before.
    LeftBefore,
}

impl WhyNot {
    /// The code, as it stands in message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::NotAgreed => "not-agreed",
            Self::LeftBefore => "left-before",
        }
    }
}

/// Whether a message may be left now; `outcomes`: of the callback's attempts so far. Nobody who was not asked has
/// agreed.
pub fn may_leave(
    rule: MessageRule,
    agreed: Option<bool>,
    outcomes: impl IntoIterator<Item = AttemptOutcome>,
) -> Result<(), WhyNot> {
    if rule == MessageRule::Never {
        return Err(WhyNot::Purpose);
    }
    if agreed != Some(true) {
        return Err(WhyNot::NotAgreed);
    }
    let left = outcomes.into_iter().any(|outcome| outcome == AttemptOutcome::MessageLeft);
    if left { Err(WhyNot::LeftBefore) } else { Ok(()) }
}

/// Who answered, as a detector tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answerer {
    Human,
    /// Detectors err: whoever this is is spoken to as a person, who has not said yet who he is.
    Unknown,
    Fax,
    /// A machine that has begun to speak.
    MachineSpeaks,
    /// A machine that has said its greeting: what is said now is recorded there.
    MachineListens,
}

/// What is done about who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAnswer {
    /// The conversation goes on; it is the agent's.
    Talk,
    /// The greeting is let come to its end.
    Wait,
    LeaveMessage,
    HangUp,
}

/// What is done when `answerer` answers; `may`: from [`may_leave`].
pub fn on_answer(answerer: Answerer, may: Result<(), WhyNot>) -> OnAnswer {
    match (answerer, may) {
        (Answerer::Human | Answerer::Unknown, _) => OnAnswer::Talk,
        (Answerer::Fax, _) | (_, Err(_)) => OnAnswer::HangUp,
        (Answerer::MachineSpeaks, Ok(())) => OnAnswer::Wait,
        (Answerer::MachineListens, Ok(())) => OnAnswer::LeaveMessage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttemptOutcome::{Machine, MessageLeft, NoAnswer};

    #[test]
    fn a_message_needs_the_purpose_the_persons_word_and_none_before() {
        use MessageRule::{IfAgreed, Never};
        for (rule, agreed, before, told) in [
            (IfAgreed, Some(true), vec![], Ok(())),
            (IfAgreed, Some(true), vec![NoAnswer, Machine], Ok(())),
            (IfAgreed, Some(true), vec![MessageLeft, NoAnswer], Err(WhyNot::LeftBefore)),
            (IfAgreed, Some(false), vec![], Err(WhyNot::NotAgreed)),
            (IfAgreed, None, vec![], Err(WhyNot::NotAgreed)),
            (Never, Some(true), vec![], Err(WhyNot::Purpose)),
            (Never, None, vec![MessageLeft], Err(WhyNot::Purpose)),
        ] {
            assert_eq!(may_leave(rule, agreed, before.clone()), told, "{rule:?} {agreed:?} {before:?}");
        }
    }

    #[test]
    fn each_answerer_is_met_in_its_own_way() {
        let denied = Err(WhyNot::NotAgreed);
        for (answerer, allowed, otherwise) in [
            (Answerer::Human, OnAnswer::Talk, OnAnswer::Talk),
            (Answerer::Unknown, OnAnswer::Talk, OnAnswer::Talk),
            (Answerer::Fax, OnAnswer::HangUp, OnAnswer::HangUp),
            (Answerer::MachineSpeaks, OnAnswer::Wait, OnAnswer::HangUp),
            (Answerer::MachineListens, OnAnswer::LeaveMessage, OnAnswer::HangUp),
        ] {
            assert_eq!(on_answer(answerer, Ok(())), allowed, "{answerer:?}");
            assert_eq!(on_answer(answerer, denied), otherwise, "{answerer:?}");
        }
    }
}
