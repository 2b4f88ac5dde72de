//! What somebody wants to do in a dialogue.

use domain::{PointId, Timestamp};

use super::calls::{Call, Called};
use super::change::{Appointment, NewPoint, Participant, Wishes};
use super::eligibility::{Payer, Topic};
use super::rules::Owner;
use super::words::{Absent, CompanionKind, Form, Incapacity, Maintained, Motive};
use crate::words::Channel;

/// What somebody wants to do. Texts are trimmed by who hands them in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogueAction {
    /// The complainant says yes or no to a dialogue.
    Answer {
        accepted: bool,
        motive: Option<Motive>,
        wishes: Wishes,
    },
    /// A person says what a point is about, or who paid.
    Clarify {
        point: PointId,
        topic: Option<Topic>,
        payer: Option<Payer>,
    },
    /// The complainant was told the way that is left for the points that do not qualify.
    TellAlternative,
    /// Another owner than the rule's, or the successor of a region.
    ChangeOwner {
        owner: Owner,
        reason: String,
    },
    /// The owner has the complaint since `at`: the four weeks run.
    RecordReceipt {
        at: Timestamp,
    },
    /// The complainant's wishes change.
    ChangeWishes {
        wishes: Wishes,
    },
    /// The owner sets form, time, place and participants.
    Invite {
        appointment: Appointment,
    },
    NameCompanion {
        companion: CompanionKind,
        name: String,
    },
    /// The volunteer scheme is to be asked.
    RequestCompanion {
        adviser_helps: bool,
    },
    /// What the scheme answered; no name: nobody is free.
    AnswerCompanionRequest {
        name: Option<String>,
    },
    OrderInterpreter {
        language: String,
    },
    /// The complainant does not want it after all. Withdrawing with it needs words.
    Decline {
        at: Timestamp,
        channel: Channel,
        maintained: Option<Maintained>,
        withdrawal: Option<Withdrawal>,
    },
    /// The answer to the question whether the complaint is maintained.
    AnswerAskBack {
        maintained: Maintained,
        withdrawal: Option<Withdrawal>,
    },
    /// Somebody did not come; `again`: a new date is to be found.
    NoShow {
        absent: Absent,
        note: String,
        again: bool,
    },
    /// The complainant cannot be reached for an invitation.
    Unreachable {
        note: String,
    },
    /// A private site does not take part.
    SiteRefuses {
        institution: String,
        note: String,
    },
    /// The complainant died or lost capacity.
    Incapacity {
        incapacity: Incapacity,
        representative: Option<String>,
    },
    /// It took place.
    Hold {
        at: Timestamp,
        form: Form,
        participants: Vec<Participant>,
        companion_came: bool,
        minutes: String,
    },
    /// What the site learns from it.
    Learn {
        note: String,
    },
    /// The complainant was called about the dialogue, or could not be reached.
    Called {
        call: Call,
        outcome: Called,
        said: String,
    },
    /// The complaint is maintained, with points added or dropped or as it was.
    Maintain {
        added: Vec<NewPoint>,
        dropped: Vec<PointId>,
    },
    /// The complaint is withdrawn.
    Withdraw(Withdrawal),
    /// The complainant is satisfied after the dialogue: the complaint ends with it, for good.
    EndSatisfied(Withdrawal),
    /// The law's time is over and nothing more happened.
    LetRunOut,
    /// Puts the package for the authority together.
    Assemble {
        statement: String,
        with_minutes: bool,
    },
    /// A person sent it, by whatever way.
    Send {
        at: Timestamp,
        channel: Channel,
    },
    /// The house is to mail it to the authority: `letter` holds it word for word, `sha256` is that of its text.
    Queue {
        letter: String,
        sha256: String,
    },
    /// The mail server took the mail with that letter.
    Mailed {
        letter: String,
    },
    /// The mail was given up: a person has to see to it.
    NotMailed {
        letter: String,
    },
    /// The authority has not acknowledged it in time.
    MissAcknowledgement,
    Acknowledge {
        at: Timestamp,
        reference: String,
    },
}

/// What withdrawing needs: the complainant's words, said after being told what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    pub statement: String,
    pub informed: bool,
    /// How it was said.
    pub channel: Channel,
}
