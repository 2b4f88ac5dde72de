//! Why an action is refused. The code is the tail of the message id that the screens show.

use domain::codes;

use crate::closing::Missing;
use crate::words::CaseStatus;

codes! {
    /// Why something may not be done.
    pub enum RefusalCode, "refusal" {
        /// Not in this state of the case.
        WrongStatus = "wrong_status",
        /// This role may not do it.
        WrongRole = "wrong_role",
        /// The case is not with this department.
        NotYourDepartment = "not_your_department",
        /// There is no such point.
        NoSuchPoint = "no_such_point",
        /// No category was given.
        NoCategory = "no_category",
        /// No department was named.
        NoDepartment = "no_department",
        /// Another than the usual department needs a reason.
        NeedsReason = "needs_reason",
        /// The rule is mandatory; only a supervisor may choose another department.
        MandatoryRule = "mandatory_rule",
        /// A designated dispatch cannot be returned.
        DesignatedNotReturnable = "designated_not_returnable",
        /// A mandatory dispatch cannot be returned.
        MandatoryNotReturnable = "mandatory_not_returnable",
        /// An answered case cannot be returned.
        AlreadyAnswered = "already_answered",
        /// Something is missing; the list says what.
        Incomplete = "incomplete",
        /// This department helps with the case already.
        AlreadyCoHandler = "already_co_handler",
        /// The lead cannot help itself.
        LeadIsNoCoHandler = "lead_is_no_co_handler",
        /// No such department helps with the case.
        NoSuchCoHandler = "no_such_co_handler",
        /// The co-handler has signed already.
        CoHandlerSigned = "co_handler_signed",
        /// The co-handler must sign first.
        CoHandlerNotSigned = "co_handler_not_signed",
        /// Something must be written.
        NeedsWords = "needs_words",
        /// More than the law allows in all.
        BeyondCap = "beyond_cap",
        /// The law of this clock allows no extension.
        NoExtension = "no_extension",
        /// It was extended as often as the law allows.
        ExtendedTooOften = "extended_too_often",
        /// The limit was over when more time was asked for.
        ExtendedTooLate = "extended_too_late",
        /// The law does not name this role among those who approve an extension.
        NotApprover = "not_approver",
        /// An extension was asked for and not decided.
        ExtensionPending = "extension_pending",
        /// No extension was asked for.
        NoExtensionAsked = "no_extension_asked",
        /// Nothing was asked of the complainant.
        NothingAsked = "nothing_asked",
        /// The department did not ask to end it.
        NoTerminationAsked = "no_termination_asked",
        /// The department has asked already.
        TerminationPending = "termination_pending",
        /// No written audit.
        NoAudit = "no_audit",
        /// The complainant was not told why.
        NoExplanation = "no_explanation",
        /// The complainant's statement is missing.
        NoStatement = "no_statement",
        /// The complainant was not told what a withdrawal means.
        NotInformed = "not_informed",
        /// No authority was named.
        NoAuthority = "no_authority",
        /// The package of documents is missing.
        NoPackage = "no_package",
        /// There was a dialogue already; there is never a second one.
        SecondDialogue = "second_dialogue",
        /// No ground for not accepting it.
        NoGround = "no_ground",
        /// No advice where to go instead.
        NoAdvice = "no_advice",
        /// This step of the supervision ladder was taken.
        StepTaken = "step_taken",
        /// No other case was named.
        NoOtherCase = "no_other_case",
        /// They are held together already.
        AlreadyTogether = "already_together",
        /// That case is not held by this one.
        NotTogether = "not_together",
        /// No point was chosen to leave.
        NoPoints = "no_points",
        /// One point at least must stay.
        LastPoint = "last_point",
        /// It has such a point already.
        PointKnown = "point_known",
        /// The last point that stands cannot be dropped: that is a withdrawal.
        LastStandingPoint = "last_standing_point",
        /// The point has a category; another one is a recoding.
        AlreadyCoded = "already_coded",
        /// Nothing would change.
        NothingChanged = "nothing_changed",
        /// No person was named.
        NoPerson = "no_person",
        /// An entry with this id is there already.
        EvidenceKnown = "evidence_known",
        /// No such entry in the evidence register.
        NoSuchEvidence = "no_such_evidence",
        /// It is held already.
        EvidenceHeld = "evidence_held",
        /// A finding cannot rest on what is not there.
        EvidenceNotHeld = "evidence_not_held",
        /// A supervisor must be able to read every entry.
        NoReader = "no_reader",
        /// Nobody was asked to preserve it, or it was told already.
        NothingToPreserve = "nothing_to_preserve",
        /// It was asked for and not answered yet.
        PreservationAsked = "preservation_asked",
        /// The other side has said nothing yet.
        NothingToReplyTo = "nothing_to_reply_to",
        /// No such corrective action.
        NoSuchCorrection = "no_such_correction",
        /// No such letter was issued, or it was acknowledged before.
        NoSuchLetter = "no_such_letter",
        /// It was checked, and the matter is over.
        CorrectionChecked = "correction_checked",
        /// It cannot be checked before it is due.
        CheckBeforeDue = "check_before_due",
    }
}

/// A refusal: why, and what is missing.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("refused: {code}{}", list(missing))]
pub struct Refusal {
    pub code: RefusalCode,
    /// What is missing, in the order to make up for it; empty for most codes.
    pub missing: Vec<Missing>,
    /// The statuses in which this person could do it, where the case stands wrong.
    pub possible: Vec<CaseStatus>,
}

impl Refusal {
    /// A refusal for missing things.
    pub fn incomplete(missing: Vec<Missing>) -> Self {
        Self { code: RefusalCode::Incomplete, missing, possible: Vec::new() }
    }

    /// A refusal because the case stands wrong.
    pub fn wrong_status(possible: Vec<CaseStatus>) -> Self {
        Self { code: RefusalCode::WrongStatus, missing: Vec::new(), possible }
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self { code, missing: Vec::new(), possible: Vec::new() }
    }
}

fn list(missing: &[Missing]) -> String {
    let codes: Vec<_> = missing.iter().map(|missing| missing.as_str()).collect();
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) }
}
