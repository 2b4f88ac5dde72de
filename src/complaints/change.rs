//! One change to a case. Serialised it is the detail of a line of the history.

use clocks::PauseReason;
use domain::{CaseId, PersonId, PointId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::action::PointAnswer;
use crate::case::Opening;
use crate::investigation::InvestigationChange;
use crate::points::NewPoint;
use crate::words::{
    AutopsyOutcome, CaseStatus, Channel, Pressure, Relation, ReopenCause, ReturnReason, Satisfaction,
    StatedBy, StepKind, Strength,
};

/// A complainant's statement that the complaint is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// In the complainant's words.
    pub statement: String,
    /// The complainant was told what it means before saying so.
    pub informed: bool,
    pub channel: Channel,
    pub by: StatedBy,
}

/// What was chosen for one field when two cases were merged; kept so that it can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    /// Name of the field, as `urgent`; or [`CARRIED`].
    pub field: String,
    /// What the case that goes on had.
    pub before: Option<String>,
    /// What it has now.
    pub after: Option<String>,
}

/// Field of a choice that stands for a point: `before` is the original's id, `after` its copy's in the case that goes on.
pub const CARRIED: &str = "point";

/// One change to a case, in the order to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// The first line of a history.
    Opened(Opening),
    Status {
        status: CaseStatus,
    },
    PointClassified {
        point: PointId,
        category: String,
        /// Version of the list of categories.
        #[serde(default)]
        version: String,
        /// The category it had.
        #[serde(default)]
        from: Option<String>,
        #[serde(default)]
        reason: Option<String>,
    },
    /// A point was coded on one axis.
    PointCoded {
        point: PointId,
        axis: String,
        code: String,
        system: String,
        version: String,
        /// The code it had.
        from: Option<String>,
        reason: Option<String>,
    },
    PointAdded(NewPoint),
    /// It does not stand any more, and stays readable.
    PointDropped {
        point: PointId,
        reason: String,
    },
    /// A new dispatch; an older open one is superseded.
    Dispatched {
        department: String,
        rule: Option<String>,
        strength: Strength,
        designated: bool,
        reason: Option<String>,
    },
    SignedFor,
    Returned {
        reason: ReturnReason,
        remark: String,
    },
    ArbitrationOpened {
        remark: String,
    },
    CoHandlerAdded {
        department: String,
        task: String,
        due_at: Option<Timestamp>,
    },
    CoHandlerSigned {
        department: String,
    },
    CoHandlerReported {
        department: String,
        report: String,
    },
    CoHandlerDropped {
        department: String,
        reason: String,
    },
    StepLogged {
        step: StepKind,
        note: String,
    },
    /// The clock is paused from here on.
    Suspended {
        reason: PauseReason,
        remark: String,
    },
    /// The clock runs again from here on.
    Resumed {
        remark: String,
    },
    InformationAsked {
        what: String,
        due_at: Timestamp,
    },
    InformationGiven {
        what: String,
    },
    ExtensionAsked {
        units: u32,
        reason: String,
    },
    /// The limit lies `units` of the clock's law later.
    Extended {
        units: u32,
        reason: String,
        remark: String,
    },
    ExtensionRefused {
        remark: String,
    },
    PointAnswered(PointAnswer),
    /// The department's part is done; its clock stops.
    Answered {
        #[serde(default)]
        without_report: Option<String>,
    },
    SentBack {
        reason: String,
    },
    Audited {
        remark: String,
    },
    TerminationAsked {
        reason: String,
    },
    Terminated {
        audit: String,
        explanation: String,
        channel: Channel,
    },
    TerminationRefused {
        reason: String,
    },
    FedBack {
        channel: Channel,
    },
    FeedbackWaived {
        reason: String,
    },
    RouteNoticeGiven {
        route: String,
    },
    RouteNoticeWaived {
        reason: String,
    },
    /// A follow-up callback is to be scheduled.
    FollowUpDue,
    FollowUpWaived {
        reason: String,
    },
    FollowUpDone {
        contacted: Option<bool>,
        solved: Option<bool>,
        satisfaction: Option<Satisfaction>,
    },
    FollowUpUnreached,
    Closed,
    /// A new round begins: findings, feedback, notice and follow-up of the old one stay in the history only.
    Reopened {
        cause: ReopenCause,
        remark: String,
    },
    Archived,
    Withdrawn(Withdrawal),
    Forwarded {
        authority: String,
        package: String,
    },
    EnteredDialogue {
        dialogue: String,
    },
    LeftDialogue {
        outcome: String,
        #[serde(default)]
        held: bool,
    },
    NotAccepted {
        ground: String,
        advice: String,
    },
    NonAcceptanceReviewed {
        upheld: bool,
        remark: String,
    },
    Reminded {
        words: String,
    },
    SameMatterTold {
        told: String,
    },
    Escalated {
        step: String,
        pressure: Pressure,
        told: Vec<String>,
    },
    Supervised {
        order: String,
        due_at: Option<Timestamp>,
    },
    /// The patient died then; the limits that the law counts from a death are counted from it.
    DeathNoted {
        at: Timestamp,
    },
    AutopsySettled {
        outcome: AutopsyOutcome,
        remark: String,
    },
    HandedOver {
        to: PersonId,
    },
    Linked {
        to: CaseId,
        relation: Relation,
    },
    Merged {
        into: CaseId,
        choices: Vec<FieldChoice>,
    },
    Absorbed {
        from: CaseId,
        choices: Vec<FieldChoice>,
    },
    Unmerged {
        reason: String,
    },
    Released {
        from: CaseId,
    },
    PointsSplit {
        points: Vec<PointId>,
        to: CaseId,
        reason: String,
    },
    /// Stands in the history under its own kinds.
    #[serde(untagged)]
    Investigation(InvestigationChange),
}

impl Change {
    /// The code of the change, as it is stored with the event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Status { .. } => "status",
            Self::PointClassified { .. } => "point_classified",
            Self::PointCoded { .. } => "point_coded",
            Self::PointAdded(_) => "point_added",
            Self::PointDropped { .. } => "point_dropped",
            Self::Dispatched { .. } => "dispatched",
            Self::SignedFor => "signed_for",
            Self::Returned { .. } => "returned",
            Self::ArbitrationOpened { .. } => "arbitration_opened",
            Self::CoHandlerAdded { .. } => "co_handler_added",
            Self::CoHandlerSigned { .. } => "co_handler_signed",
            Self::CoHandlerReported { .. } => "co_handler_reported",
            Self::CoHandlerDropped { .. } => "co_handler_dropped",
            Self::StepLogged { .. } => "step_logged",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::InformationAsked { .. } => "information_asked",
            Self::InformationGiven { .. } => "information_given",
            Self::ExtensionAsked { .. } => "extension_asked",
            Self::Extended { .. } => "extended",
            Self::ExtensionRefused { .. } => "extension_refused",
            Self::PointAnswered(_) => "point_answered",
            Self::Answered { .. } => "answered",
            Self::SentBack { .. } => "sent_back",
            Self::Audited { .. } => "audited",
            Self::TerminationAsked { .. } => "termination_asked",
            Self::Terminated { .. } => "terminated",
            Self::TerminationRefused { .. } => "termination_refused",
            Self::FedBack { .. } => "fed_back",
            Self::FeedbackWaived { .. } => "feedback_waived",
            Self::RouteNoticeGiven { .. } => "route_notice_given",
            Self::RouteNoticeWaived { .. } => "route_notice_waived",
            Self::FollowUpDue => "follow_up_due",
            Self::FollowUpWaived { .. } => "follow_up_waived",
            Self::FollowUpDone { .. } => "follow_up_done",
            Self::FollowUpUnreached => "follow_up_unreached",
            Self::Closed => "closed",
            Self::Reopened { .. } => "reopened",
            Self::Archived => "archived",
            Self::Withdrawn(_) => "withdrawn",
            Self::Forwarded { .. } => "forwarded",
            Self::EnteredDialogue { .. } => "entered_dialogue",
            Self::LeftDialogue { .. } => "left_dialogue",
            Self::NotAccepted { .. } => "not_accepted",
            Self::NonAcceptanceReviewed { .. } => "non_acceptance_reviewed",
            Self::Reminded { .. } => "reminded",
            Self::SameMatterTold { .. } => "same_matter_told",
            Self::Escalated { .. } => "escalated",
            Self::Supervised { .. } => "supervised",
            Self::DeathNoted { .. } => "death_noted",
            Self::AutopsySettled { .. } => "autopsy_settled",
            Self::HandedOver { .. } => "handed_over",
            Self::Linked { .. } => "linked",
            Self::Merged { .. } => "merged",
            Self::Absorbed { .. } => "absorbed",
            Self::Unmerged { .. } => "unmerged",
            Self::Released { .. } => "released",
            Self::PointsSplit { .. } => "points_split",
            Self::Investigation(change) => change.kind(),
        }
    }
}
