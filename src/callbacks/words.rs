//! The coded values of a callback.

use domain::codes;

codes! {
    /// Why somebody is called back.
    pub enum Purpose, "callback purpose" {
        /// Keeps the caller's place in the queue (预约回拨).
        QueueCallback = "queue_callback",
        /// Advice that was promised.
        PromisedAdvice = "promised_advice",
        /// Facts are missing.
        AskFacts = "ask_facts",
        /// The result is to be told.
        GiveResult = "give_result",
        /// Is it solved, and how satisfied is the complainant (回访).
        Satisfaction = "satisfaction",
        /// First contact about a dialogue.
        DialogueContact = "dialogue_contact",
        /// The decision after a dialogue.
        DialogueDecision = "dialogue_decision",
        /// Weeks after closing: does it still hold.
        Recheck = "recheck",
    }
}

/// What of its case a callback is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The callback after the result: its end closes the case, or opens it again.
    FollowUp,
    /// The dialogue between complainant and treatment site.
    Dialogue,
    /// Nothing that its end decides.
    Nothing,
}

impl Purpose {
    /// What the end of a callback may act on. A call that was made for something else answers no follow-up.
    pub fn concerns(self) -> Concern {
        match self {
            Self::Satisfaction => Concern::FollowUp,
            Self::DialogueContact | Self::DialogueDecision => Concern::Dialogue,
            Self::QueueCallback
            | Self::PromisedAdvice
            | Self::AskFacts
            | Self::GiveResult
            | Self::Recheck => Concern::Nothing,
        }
    }
}

codes! {
    /// How an attempt ended.
    pub enum AttemptOutcome, "attempt outcome" {
        /// The conversation took place.
        Reached = "reached",
        /// The person called us first and the matter was settled in that call.
        ReachedInbound = "reached_inbound",
        NoAnswer = "no_answer",
        Busy = "busy",
        /// Switched off or without coverage.
        Unreachable = "unreachable",
        /// An answering machine or voice mailbox.
        Machine = "machine",
        /// A machine on which a message was left.
        MessageLeft = "message_left",
        /// Somebody answered and said nothing.
        Silent = "silent",
        /// Somebody else's number.
        WrongNumber = "wrong_number",
        /// No such number.
        InvalidNumber = "invalid_number",
        /// The person does not want to be called.
        Refused = "refused",
        /// The provider failed; nobody's telephone rang.
        Technical = "technical",
        /// Queued, but never dialled: the agent's side did not come up, or the window closed.
        NotDialled = "not_dialled",
    }
}

impl AttemptOutcome {
    /// Whether a telephone rang: only such attempts count.
    pub fn is_dial(self) -> bool {
        !matches!(self, Self::Technical | Self::NotDialled | Self::ReachedInbound)
    }
}

codes! {
    /// Where a callback stands.
    pub enum CallbackState, "callback state" {
        Due = "due",
        /// An attempt is under way.
        Dialling = "dialling",
        Done = "done",
        /// Waits for a person's decision; shown to supervisors, never dropped.
        Parked = "parked",
        Cancelled = "cancelled",
    }
}

codes! {
    /// Why a callback waits for a person.
    pub enum ParkReason, "reason for parking" {
        /// No window is left before the wish or the plan ends.
        NoWindow = "no_window",
        /// The number must be corrected by another way.
        Number = "number",
        /// The provider keeps failing.
        Technical = "technical",
        /// The ladder says nothing for this outcome.
        NoRule = "no_rule",
    }
}

codes! {
    /// Part of a day in which an attempt is wanted.
    pub enum DayPart, "part of the day" {
        Any = "any",
        /// The half of the day (before or after 13:00) in which the last attempt was not made.
        OtherHalf = "other_half",
        /// From 17:00.
        Evening = "evening",
    }
}

/// What to do with an open callback when its person calls us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inbound {
    /// Hold attempts back while the call lasts and show the callback to the agent.
    HoldAndShow,
    /// An attempt is ringing at this moment: end it, the talk takes place in the call that came in.
    EndTheAttempt,
    /// Nothing is open.
    Nothing,
}

/// Exactly one conversation takes place when both sides call at once.
pub fn when_caller_rings_in(state: CallbackState) -> Inbound {
    match state {
        CallbackState::Due | CallbackState::Parked => Inbound::HoldAndShow,
        CallbackState::Dialling => Inbound::EndTheAttempt,
        CallbackState::Done | CallbackState::Cancelled => Inbound::Nothing,
    }
}
