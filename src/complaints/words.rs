//! The coded values of a case. Each has one spelling, which is stored and is the tail of its message id.

use domain::codes;

codes! {
    /// Where a case stands.
    pub enum CaseStatus, "case status" {
        /// Arrived without an agent, as by voicemail.
        Received = "received",
        /// Recorded by an agent.
        Recorded = "recorded",
        /// Every point has its category.
        Classified = "classified",
        /// Passed on, not yet signed for.
        Dispatched = "dispatched",
        /// Signed for by the department.
        Signed = "signed",
        /// Came back; waits to be dispatched anew.
        Returned = "returned",
        /// Being investigated.
        InProgress = "in_progress",
        /// Finding and outcome are there.
        Answered = "answered",
        /// The complainant has been told; the follow-up callback is to come.
        FedBack = "fed_back",
        /// The complainant says it is solved; something is still missing before it may be closed.
        Solved = "solved",
        /// Done.
        Closed = "closed",
        /// Done, but the complainant could not be reached for the follow-up.
        ClosedUnreached = "closed_unreached",
        /// Taken up again; waits to be dispatched anew.
        Reopened = "reopened",
    }
}

impl CaseStatus {
    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::ClosedUnreached)
    }
}

codes! {
    /// How binding a dispatch is.
    pub enum Strength, "strength of a dispatch" {
        /// The usual department; an agent may choose another with a reason.
        Default = "default",
        /// The only lawful department; only a supervisor may choose another, and it cannot be returned.
        Mandatory = "mandatory",
    }
}

codes! {
    /// Where one dispatch stands.
    pub enum DispatchState, "dispatch state" {
        Sent = "sent",
        Signed = "signed",
        Returned = "returned",
        Answered = "answered",
        /// Replaced by a later dispatch.
        Superseded = "superseded",
    }
}

codes! {
    /// Why a department returns a case.
    pub enum ReturnReason, "reason for returning" {
        /// Outside its duty.
        NotOurs = "not_ours",
        /// Another department holds the same matter.
        Duplicate = "duplicate",
        /// Cannot be investigated with what is there.
        TooLittle = "too_little",
        /// Its own staff are complained of.
        Conflict = "conflict",
        Other = "other",
    }
}

codes! {
    /// A kind of investigation step.
    pub enum StepKind, "investigation step" {
        /// Medical records were consulted.
        RecordsConsulted = "records_consulted",
        /// Surveillance footage was asked for; it is overwritten after some days.
        FootageRequested = "footage_requested",
        /// The persons concerned were heard.
        PartiesHeard = "parties_heard",
        Other = "other",
    }
}

codes! {
    /// What the investigation found on a point.
    pub enum Finding, "finding" {
        /// The point is well founded.
        Upheld = "upheld",
        PartlyUpheld = "partly_upheld",
        NotUpheld = "not_upheld",
        /// The facts could not be established.
        NotEstablished = "not_established",
    }
}

codes! {
    /// Which kind of outcome a point has.
    pub enum OutcomeKind, "kind of outcome" {
        /// Something was put right: refund, apology, correction, treatment.
        Remedy = "remedy",
        /// A handling opinion without a remedy (处理意见).
        Opinion = "opinion",
    }
}

codes! {
    /// The way the result was told.
    pub enum Channel, "channel" {
        Phone = "phone",
        Sms = "sms",
        Email = "email",
        Letter = "letter",
        InPerson = "in_person",
    }
}

codes! {
    /// Why a case is taken up again.
    pub enum ReopenCause, "cause for reopening" {
        /// The complainant says it is not solved.
        NotSolved = "not_solved",
        NewFacts = "new_facts",
        WrongDepartment = "wrong_department",
        Other = "other",
    }
}

codes! {
    /// How satisfied a complainant is, in the five levels that are asked for.
    pub enum Satisfaction, "level of satisfaction" {
        VerySatisfied = "very_satisfied",
        Satisfied = "satisfied",
        BasicallySatisfied = "basically_satisfied",
        Dissatisfied = "dissatisfied",
        VeryDissatisfied = "very_dissatisfied",
    }
}

impl Satisfaction {
    /// 5 for the best, 1 for the worst: the stored number.
    pub fn level(self) -> u8 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::BasicallySatisfied => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }

    /// The level of a stored number.
    pub fn from_level(level: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.level() == level)
    }

    /// The two worst levels, which send a case back to be done again.
    pub fn is_bad(self) -> bool {
        self.level() <= 2
    }
}
