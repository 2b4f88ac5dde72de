//! The coded values of a case. Each has one spelling, which is stored and is the tail of its message id.

use domain::codes;

codes! {
    /// Where a case stands.
    pub enum CaseStatus, "case status" {
        /// Arrived without an agent, as by voicemail or over the internet.
        Received = "received",
        /// Recorded by an agent.
        Recorded = "recorded",
        /// Every point has its category.
        Classified = "classified",
        /// Passed on, not yet signed for.
        Dispatched = "dispatched",
        /// Signed for by the department.
        Signed = "signed",
        /// Came back; waits to be dispatched anew, or for arbitration.
        Returned = "returned",
        /// The return is disputed; a supervisor decides whose case it is.
        Arbitration = "arbitration",
        /// Being investigated.
        InProgress = "in_progress",
        /// Waits for somebody outside; its clock is paused.
        Suspended = "suspended",
        /// In the hands of the dialogue between complainant and treatment site.
        InDialogue = "in_dialogue",
        /// Finding and outcome are there.
        Answered = "answered",
        /// The hotline has audited the answer and found it good.
        Audited = "audited",
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
        /// The complainant has withdrawn it, informed of what that means.
        Withdrawn = "withdrawn",
        /// Not accepted, on a coded ground and with advice where to go.
        NotAccepted = "not_accepted",
        /// Handed over to the authority that decides.
        Forwarded = "forwarded",
        /// Ended without an answer, because the complainant does not cooperate: audited in writing and explained.
        Terminated = "terminated",
        /// Held together with another case, whose number leads on.
        Merged = "merged",
        /// Put away; nothing more is done with it.
        Archived = "archived",
    }
}

impl CaseStatus {
    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Self::Closed
                | Self::ClosedUnreached
                | Self::Withdrawn
                | Self::NotAccepted
                | Self::Forwarded
                | Self::Terminated
                | Self::Merged
                | Self::Archived
        )
    }

    /// Whether it was closed with an answer: everything on the closing list had been done.
    pub fn is_done(self) -> bool {
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
    /// What became of the autopsy whose limit runs from a death.
    pub enum AutopsyOutcome, "outcome of an autopsy" {
        /// Carried out, or begun.
        CarriedOut = "carried_out",
        /// The family was told of the limit and does not want one.
        Declined = "declined",
        /// Nobody disputes what the patient died of.
        NotDisputed = "not_disputed",
        /// The limit had passed, or the body was no longer there.
        TooLate = "too_late",
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

codes! {
    /// Who made a statement for the complaint.
    pub enum StatedBy, "person making a statement" {
        Complainant = "complainant",
        /// With a written authority.
        Representative = "representative",
        /// Guardian of a minor or of somebody without legal capacity.
        Guardian = "guardian",
        Heir = "heir",
    }
}

codes! {
    /// Where one co-handler stands.
    pub enum CoHandlerState, "state of a co-handler" {
        Asked = "asked",
        Signed = "signed",
        Reported = "reported",
    }
}

codes! {
    /// How loudly a case is pressed (督办).
    pub enum Pressure, "kind of supervision step" {
        /// The department is reminded.
        Remind = "remind",
        /// Its head, or a higher level, is told.
        Escalate = "escalate",
        /// The hotline orders it to be handled and watches over it.
        Supervise = "supervise",
    }
}

codes! {
    /// How two cases belong together.
    pub enum Relation, "relation between cases" {
        /// The same complainant, another matter.
        SameComplainant = "same_complainant",
        /// The same event, told by others.
        SameEvent = "same_event",
        /// The same matter again after the case had ended.
        Earlier = "earlier",
        Other = "other",
    }
}
