//! What changed in a dialogue. Serialised it is the detail of a case event: the history of the case is the truth, and
//! [`super::Dialogue`] is its fold.

use domain::{PointId, Timestamp};
use serde::{Deserialize, Serialize};

use super::calls::{Call, Called};
use super::eligibility::{Ground, Payer, Topic, Verdict};
use super::forwarding::Package;
use super::rules::Owner;
use super::words::{
    Absent, CompanionKind, Form, ForwardReason, Incapacity, Maintained, Motive, ParticipantRole,
};
use crate::words::Channel;

/// What the complainant would like; the owner decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    pub form: Option<Form>,
    /// Whom the complainant would like to meet, in his words.
    pub participants: String,
    /// Language of an interpreter, as `ar`; empty: none is needed.
    pub interpreter: String,
    /// Times and needs, in the complainant's words.
    pub other: String,
}

/// Somebody who takes part for the site or the region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub role: ParticipantRole,
    pub name: String,
}

/// A running time limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub law: String,
    pub due_at: Timestamp,
}

/// A set date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub form: Form,
    pub at: Timestamp,
    /// Address of a meeting; for a telephone dialogue, who calls whom. Never the complainant's number.
    pub place: String,
    pub participants: Vec<Participant>,
}

/// A point that the complainant added after the dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPoint {
    pub id: PointId,
    pub words: String,
}

/// One change, in the order to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DialogueChange {
    DialogueAnswered {
        accepted: bool,
        motive: Option<Motive>,
        wishes: Wishes,
    },
    /// A person settled what was not known of a point.
    DialoguePointClarified {
        point: PointId,
        topic: Option<Topic>,
        payer: Option<Payer>,
    },
    DialogueAssessed {
        verdicts: Vec<Verdict>,
    },
    /// The complainant was told to ask the site itself for a talk about these points.
    DialogueAlternativeTold {
        points: Vec<(PointId, Ground)>,
    },
    /// Who runs it. `deadline` runs until the receipt is recorded.
    DialogueOwned {
        owner: Owner,
        reason: Option<String>,
        deadline: Option<Deadline>,
    },
    DialogueReceived {
        at: Timestamp,
        deadline: Deadline,
    },
    DialogueWished {
        wishes: Wishes,
    },
    DialogueInvited {
        appointment: Appointment,
    },
    DialogueCompanionNamed {
        companion: CompanionKind,
        name: String,
    },
    /// The volunteer scheme is to be asked for a companion; `adviser_helps`: the patient adviser makes the contact.
    DialogueCompanionRequested {
        adviser_helps: bool,
    },
    DialogueCompanionFound {
        name: String,
    },
    DialogueCompanionNotFound,
    DialogueInterpreterOrdered {
        language: String,
    },
    DialogueDeclined {
        at: Timestamp,
        channel: Channel,
        after_invitation: bool,
        maintained: Maintained,
    },
    /// The complainant has to be asked whether the complaint is maintained.
    DialogueAskBack {
        deadline: Option<Deadline>,
    },
    DialogueNoShow {
        absent: Absent,
        note: String,
        again: bool,
    },
    DialogueUnreachable {
        note: String,
    },
    DialogueSiteRefused {
        institution: String,
        note: String,
    },
    DialogueIncapacity {
        incapacity: Incapacity,
        /// Who goes on in the complainant's place.
        representative: Option<String>,
    },
    DialogueHeld {
        at: Timestamp,
        form: Form,
        participants: Vec<Participant>,
        companion_came: bool,
        minutes: String,
    },
    DialogueLearned {
        note: String,
    },
    /// What a call about the dialogue came to; what was said, as it was noted.
    DialogueCalled {
        call: Call,
        outcome: Called,
        said: String,
    },
    DialoguePointsDropped {
        points: Vec<PointId>,
    },
    DialoguePointsAdded {
        points: Vec<NewPoint>,
    },
    /// The rule of one dialogue: these points never get a dialogue of their own.
    DialogueNoSecond {
        points: Vec<PointId>,
    },
    /// Withdrawn in words, after being told what it means.
    DialogueWithdrawn {
        statement: String,
        channel: Channel,
    },
    DialogueSatisfied {
        statement: String,
        channel: Channel,
    },
    DialogueToForward {
        reason: ForwardReason,
    },
    DialoguePackageAssembled {
        package: Package,
    },
    /// It waits in the outbox of the house, as the letter with that id and hash.
    DialoguePackageQueued {
        letter: String,
        sha256: String,
    },
    /// The house could not mail it.
    DialoguePackageNotMailed {
        letter: String,
    },
    DialoguePackageSent {
        at: Timestamp,
        channel: Channel,
    },
    DialoguePackageAcknowledged {
        at: Timestamp,
        reference: String,
    },
    /// The time in which the authority usually acknowledges is over: somebody asks.
    DialogueAcknowledgementMissed,
}

impl DialogueChange {
    /// Every code there is.
    pub const KINDS: [&str; 34] = [
        "dialogue_answered",
        "dialogue_point_clarified",
        "dialogue_assessed",
        "dialogue_alternative_told",
        "dialogue_owned",
        "dialogue_received",
        "dialogue_wished",
        "dialogue_invited",
        "dialogue_companion_named",
        "dialogue_companion_requested",
        "dialogue_companion_found",
        "dialogue_companion_not_found",
        "dialogue_interpreter_ordered",
        "dialogue_declined",
        "dialogue_ask_back",
        "dialogue_no_show",
        "dialogue_unreachable",
        "dialogue_site_refused",
        "dialogue_incapacity",
        "dialogue_held",
        "dialogue_learned",
        "dialogue_called",
        "dialogue_points_dropped",
        "dialogue_points_added",
        "dialogue_no_second",
        "dialogue_withdrawn",
        "dialogue_satisfied",
        "dialogue_to_forward",
        "dialogue_package_assembled",
        "dialogue_package_queued",
        "dialogue_package_not_mailed",
        "dialogue_package_sent",
        "dialogue_package_acknowledged",
        "dialogue_acknowledgement_missed",
    ];

    /// The code of the change, as it is stored with the event; every one begins with `dialogue_`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DialogueAnswered { .. } => "dialogue_answered",
            Self::DialoguePointClarified { .. } => "dialogue_point_clarified",
            Self::DialogueAssessed { .. } => "dialogue_assessed",
            Self::DialogueAlternativeTold { .. } => "dialogue_alternative_told",
            Self::DialogueOwned { .. } => "dialogue_owned",
            Self::DialogueReceived { .. } => "dialogue_received",
            Self::DialogueWished { .. } => "dialogue_wished",
            Self::DialogueInvited { .. } => "dialogue_invited",
            Self::DialogueCompanionNamed { .. } => "dialogue_companion_named",
            Self::DialogueCompanionRequested { .. } => "dialogue_companion_requested",
            Self::DialogueCompanionFound { .. } => "dialogue_companion_found",
            Self::DialogueCompanionNotFound => "dialogue_companion_not_found",
            Self::DialogueInterpreterOrdered { .. } => "dialogue_interpreter_ordered",
            Self::DialogueDeclined { .. } => "dialogue_declined",
            Self::DialogueAskBack { .. } => "dialogue_ask_back",
            Self::DialogueNoShow { .. } => "dialogue_no_show",
            Self::DialogueUnreachable { .. } => "dialogue_unreachable",
            Self::DialogueSiteRefused { .. } => "dialogue_site_refused",
            Self::DialogueIncapacity { .. } => "dialogue_incapacity",
            Self::DialogueHeld { .. } => "dialogue_held",
            Self::DialogueLearned { .. } => "dialogue_learned",
            Self::DialogueCalled { .. } => "dialogue_called",
            Self::DialoguePointsDropped { .. } => "dialogue_points_dropped",
            Self::DialoguePointsAdded { .. } => "dialogue_points_added",
            Self::DialogueNoSecond { .. } => "dialogue_no_second",
            Self::DialogueWithdrawn { .. } => "dialogue_withdrawn",
            Self::DialogueSatisfied { .. } => "dialogue_satisfied",
            Self::DialogueToForward { .. } => "dialogue_to_forward",
            Self::DialoguePackageAssembled { .. } => "dialogue_package_assembled",
            Self::DialoguePackageQueued { .. } => "dialogue_package_queued",
            Self::DialoguePackageNotMailed { .. } => "dialogue_package_not_mailed",
            Self::DialoguePackageSent { .. } => "dialogue_package_sent",
            Self::DialoguePackageAcknowledged { .. } => "dialogue_package_acknowledged",
            Self::DialogueAcknowledgementMissed => "dialogue_acknowledgement_missed",
        }
    }
}
