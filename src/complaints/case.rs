//! A case as the rules see it, what somebody wants to do to it, and what changes when he may.

use domain::{PointId, RequestType, Role};
use serde::{Deserialize, Serialize};

use crate::dispatch::Proposal;
use crate::words::{
    CaseStatus, Channel, DispatchState, Finding, OutcomeKind, ReopenCause, ReturnReason, Satisfaction,
    StepKind, Strength,
};

/// One complaint point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    pub id: PointId,
    /// Empty until it is classified.
    pub category: String,
    pub finding: Option<Finding>,
    pub outcome_kind: Option<OutcomeKind>,
}

/// The current dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchView {
    pub department: String,
    pub strength: Strength,
    pub state: DispatchState,
    /// Set when a supervisor decided a dispute: such a dispatch cannot be returned.
    pub designated: bool,
}

/// How far the follow-up callback of this round is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUp {
    /// None is planned yet.
    None,
    Scheduled,
    /// The complainant does not want one.
    Waived,
    Reached,
    Unreached,
}

/// What the rules need to know of a case. Finding, feedback, notice and follow-up are those of the current round:
/// a reopened case starts a round with none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    pub status: CaseStatus,
    pub request_type: RequestType,
    pub points: Vec<PointView>,
    pub dispatch: Option<DispatchView>,
    /// Investigation steps logged in this round.
    pub steps: u32,
    /// The result was told, or telling it was waived with a reason.
    pub fed_back: bool,
    /// The appeal route was told, or telling it was waived with a reason.
    pub route_noticed: bool,
    pub follow_up: FollowUp,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub role: Role,
    /// The department of a handler.
    pub department: Option<String>,
}

/// The answer to one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointAnswer {
    pub point: PointId,
    pub finding: Finding,
    pub outcome_kind: OutcomeKind,
    /// What was put right, or the opinion, in words.
    pub outcome: String,
}

/// What somebody wants to do to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Gives a point its category.
    Classify {
        point: PointId,
        category: String,
    },
    /// Passes the case on. `proposal` is what the rule table says; another department needs a reason.
    Dispatch {
        department: String,
        proposal: Option<Proposal>,
        override_reason: Option<String>,
    },
    /// Passes a returned or reopened case on again; `designated` makes it unreturnable (supervisor only).
    Redispatch {
        department: String,
        reason: String,
        designated: bool,
    },
    SignFor,
    Return {
        reason: ReturnReason,
        remark: String,
    },
    LogStep {
        kind: StepKind,
        note: String,
    },
    /// Answers every point.
    Answer {
        points: Vec<PointAnswer>,
    },
    /// The supervisor's audit sends an answer back.
    SendBack {
        reason: String,
    },
    /// Tells the complainant the result.
    FeedBack {
        channel: Channel,
        follow_up_wanted: bool,
    },
    /// No reply was wanted, or none is possible.
    WaiveFeedback {
        reason: String,
    },
    /// Tells the appeal route.
    GiveRouteNotice {
        route: String,
    },
    WaiveRouteNotice {
        reason: String,
    },
    WaiveFollowUp {
        reason: String,
    },
    /// The follow-up callback reached the complainant.
    FinishFollowUp {
        contacted: Option<bool>,
        solved: Option<bool>,
        satisfaction: Option<Satisfaction>,
    },
    /// The ladder of attempts ended without reaching anybody.
    FollowUpUnreached,
    Close,
    Reopen {
        cause: ReopenCause,
        remark: String,
    },
}

/// One change to a case, in the order to carry out. Serialised it is the detail of a case event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    Status {
        status: CaseStatus,
    },
    PointClassified {
        point: PointId,
        category: String,
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
    StepLogged {
        step: StepKind,
        note: String,
    },
    PointAnswered(PointAnswer),
    /// The department's part is done; its clock stops.
    Answered,
    SentBack {
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
}

impl Change {
    /// The code of the change, as it is stored with the event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::PointClassified { .. } => "point_classified",
            Self::Dispatched { .. } => "dispatched",
            Self::SignedFor => "signed_for",
            Self::Returned { .. } => "returned",
            Self::StepLogged { .. } => "step_logged",
            Self::PointAnswered(_) => "point_answered",
            Self::Answered => "answered",
            Self::SentBack { .. } => "sent_back",
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
        }
    }
}
