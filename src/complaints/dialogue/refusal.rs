//! Why something in a dialogue is refused. The code is the tail of the message id that the screens show.

use domain::codes;

codes! {
    /// Why something may not be done in a dialogue.
    pub enum DialogueRefusalCode, "refusal in a dialogue" {
        /// This profile has no dialogues.
        NoDialogueHere = "no_dialogue_here",
        /// Only a complaint can have one.
        NotAComplaint = "not_a_complaint",
        /// The case is closed.
        CaseOver = "case_over",
        /// One complaint has one dialogue.
        SecondDialogue = "second_dialogue",
        /// Not at this stage.
        WrongStage = "wrong_stage",
        /// This role may not do it.
        WrongRole = "wrong_role",
        /// Another department runs it.
        NotYourDialogue = "not_your_dialogue",
        NoSuchPoint = "no_such_point",
        /// Nothing was said that changes anything.
        NothingSaid = "nothing_said",
        /// Every point qualifies: there is no other way to tell of.
        NothingToTell = "nothing_to_tell",
        /// The owner, a change of owner: the reason is missing.
        NeedsReason = "needs_reason",
        /// No such region, or no department for it.
        NeedsOwner = "needs_owner",
        /// A moment that cannot be: in the future, or before what it follows.
        ImpossibleTime = "impossible_time",
        /// An appointment in the past.
        PastAppointment = "past_appointment",
        /// After the four weeks the complaint goes to the authority.
        AfterDue = "after_due",
        /// Address of the meeting, or who calls whom.
        NeedsPlace = "needs_place",
        /// Somebody of the site or the region.
        NeedsParticipant = "needs_participant",
        NeedsMinutes = "needs_minutes",
        /// Name of the companion.
        NeedsName = "needs_name",
        NeedsLanguage = "needs_language",
        NoCompanionRequest = "no_companion_request",
        /// Whether the complaint is maintained must be asked; "not said" is an answer.
        NeedsMaintained = "needs_maintained",
        /// Withdrawing needs the complainant's words.
        NeedsStatement = "needs_statement",
        /// The complainant must have been told what withdrawing means.
        NotInformed = "not_informed",
        /// A public hospital takes part.
        MustTakePart = "must_take_part",
        /// Dropping every point is withdrawing: it needs words.
        LastPointDropped = "last_point_dropped",
        /// The time is not over.
        NotDueYet = "not_due_yet",
        /// No law sets the time.
        NoLaw = "no_law",
        /// The package has not been assembled.
        NoPackage = "no_package",
        /// The authority's reference.
        NeedsReference = "needs_reference",
        /// The package waits to be mailed already.
        PackageQueued = "package_queued",
        /// That is not the letter in which the package waits.
        NotThatLetter = "not_that_letter",
    }
}

/// A refusal.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
#[error("refused: {0}")]
pub struct DialogueRefusal(pub DialogueRefusalCode);
