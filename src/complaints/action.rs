//! What somebody wants to do to a case, and who.

use clocks::PauseReason;
use domain::{CaseId, PersonId, PointId, Role, Timestamp, codes};
use serde::{Deserialize, Serialize};

use crate::change::{FieldChoice, Withdrawal};
use crate::dispatch::Proposal;
use crate::extendable::Extendable;
use crate::investigation::InvestigationAction;
use crate::points::{Code, NewPoint};
use crate::words::{
    AutopsyOutcome, Channel, Finding, OutcomeKind, Pressure, Relation, ReopenCause, ReturnReason,
    Satisfaction, StepKind,
};

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

/// Something to do to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Gives a point its category, from this version of the list.
    Classify {
        point: PointId,
        category: String,
        version: String,
    },
    /// Adds a point to the complaint.
    AddPoint(NewPoint),
    /// Takes a point off the complaint; it stays readable.
    DropPoint {
        point: PointId,
        reason: String,
    },
    /// Codes a point on some of its axes, or codes it anew, which needs a reason.
    Recode {
        point: PointId,
        codes: Vec<Code>,
        reason: String,
    },
    /// Passes the case on. `proposal` is what the rule table says; another department needs a reason.
    Dispatch {
        department: String,
        proposal: Option<Proposal>,
        override_reason: Option<String>,
    },
    /// Passes a returned, disputed or reopened case on again.
    Redispatch {
        department: String,
        reason: String,
    },
    /// Rules whose case it is: it cannot be returned.
    Designate {
        department: String,
        reason: String,
    },
    SignFor,
    Return {
        reason: ReturnReason,
        remark: String,
    },
    /// Lays a disputed return before the supervisor.
    Arbitrate {
        remark: String,
    },
    /// Asks another department to help the lead. `due_at` lies within the lead's limit; none means the lead's.
    AddCoHandler {
        department: String,
        task: String,
        due_at: Option<Timestamp>,
    },
    CoHandlerSign,
    /// A co-handler tells the lead what it found.
    CoHandlerReport {
        report: String,
    },
    DropCoHandler {
        department: String,
        reason: String,
    },
    LogStep {
        kind: StepKind,
        note: String,
    },
    Suspend {
        reason: PauseReason,
        remark: String,
    },
    Resume {
        remark: String,
    },
    /// Asks the complainant for something; the clock is paused until it is there.
    AskComplainant {
        what: String,
        due_at: Timestamp,
    },
    ComplainantGave {
        what: String,
    },
    /// Asks for `units` more of the clock's law. `clock` is the clock as it stands; none: none runs that could be
    /// extended.
    Extend {
        units: u32,
        reason: String,
        clock: Option<Box<Extendable>>,
    },
    /// Decides on the extension that was asked for.
    ApproveExtension {
        granted: bool,
        remark: String,
        clock: Option<Box<Extendable>>,
    },
    /// Answers every point. `without_report` says why co-handlers are not waited for.
    Answer {
        points: Vec<PointAnswer>,
        without_report: Option<String>,
    },
    /// The audit sends an answer back.
    SendBack {
        reason: String,
    },
    /// The audit finds an answer good.
    Audit {
        remark: String,
    },
    /// Asks the hotline to end the case, because the complainant does not cooperate.
    AskTermination {
        reason: String,
    },
    /// Ends it: `audit` is the hotline's written audit, `explanation` what the complainant was told, and how.
    Terminate {
        audit: String,
        explanation: String,
        channel: Channel,
    },
    RefuseTermination {
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
    Archive,
    /// The complainant withdraws, informed of what it means. Silence is no withdrawal.
    Withdraw(Withdrawal),
    /// Hands the case over to the authority that decides. `package` names what was sent.
    Forward {
        authority: String,
        package: String,
    },
    /// Gives the case to its one dialogue.
    EnterDialogue {
        dialogue: String,
    },
    /// `held`: it took place. One that never did, because no point qualified after all, is none.
    LeaveDialogue {
        outcome: String,
        held: bool,
    },
    /// Not accepted: `ground` is a code of the profile's table, `advice` where to go instead.
    RefuseAcceptance {
        ground: String,
        advice: String,
    },
    /// The review of a non-acceptance. Not `upheld`: the case is taken up after all.
    ReviewNonAcceptance {
        upheld: bool,
        remark: String,
    },
    /// The complainant presses (催办): it belongs to this case and never makes a new one.
    Remind {
        words: String,
    },
    /// The same matter without new facts: progress or result was told.
    RecordSameMatter {
        told: String,
    },
    /// A step of the supervision ladder. `told` are the roles and departments that were told.
    Escalate {
        step: String,
        pressure: Pressure,
        told: Vec<String>,
    },
    /// The hotline orders the case to be handled (督办).
    Supervise {
        order: String,
        due_at: Option<Timestamp>,
    },
    /// When the patient died, where nobody knew it at the intake, or it was wrong.
    NoteDeath {
        at: Timestamp,
    },
    /// What became of the autopsy; its limit ends. The remark says who was told, or where it was carried out.
    SettleAutopsy {
        outcome: AutopsyOutcome,
        remark: String,
    },
    /// Another of the hotline's people answers for it from now on.
    HandOver {
        to: PersonId,
    },
    Link {
        to: CaseId,
        relation: Relation,
    },
    /// Holds this case together with another, which goes on for both.
    Merge {
        into: CaseId,
        choices: Vec<FieldChoice>,
    },
    /// The other side of [`Action::Merge`], on the case that goes on.
    Absorb {
        from: CaseId,
        choices: Vec<FieldChoice>,
    },
    /// Undoes a merger: the case goes on by itself, where it stood.
    Unmerge {
        reason: String,
    },
    /// The other side of [`Action::Unmerge`].
    Release {
        from: CaseId,
    },
    /// Makes points into a case of their own.
    Split {
        points: Vec<PointId>,
        to: CaseId,
        reason: String,
    },
    /// Evidence, statements, what findings rest on, corrections, learning, letters.
    Investigate(InvestigationAction),
}

impl Action {
    /// Its name.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::Classify { .. } => ActionKind::Classify,
            Self::AddPoint(_) => ActionKind::AddPoint,
            Self::DropPoint { .. } => ActionKind::DropPoint,
            Self::Recode { .. } => ActionKind::Recode,
            Self::Dispatch { .. } => ActionKind::Dispatch,
            Self::Redispatch { .. } => ActionKind::Redispatch,
            Self::Designate { .. } => ActionKind::Designate,
            Self::SignFor => ActionKind::SignFor,
            Self::Return { .. } => ActionKind::Return,
            Self::Arbitrate { .. } => ActionKind::Arbitrate,
            Self::AddCoHandler { .. } => ActionKind::AddCoHandler,
            Self::CoHandlerSign => ActionKind::CoHandlerSign,
            Self::CoHandlerReport { .. } => ActionKind::CoHandlerReport,
            Self::DropCoHandler { .. } => ActionKind::DropCoHandler,
            Self::LogStep { .. } => ActionKind::LogStep,
            Self::Suspend { .. } => ActionKind::Suspend,
            Self::Resume { .. } => ActionKind::Resume,
            Self::AskComplainant { .. } => ActionKind::AskComplainant,
            Self::ComplainantGave { .. } => ActionKind::ComplainantGave,
            Self::Extend { .. } => ActionKind::Extend,
            Self::ApproveExtension { .. } => ActionKind::ApproveExtension,
            Self::Answer { .. } => ActionKind::Answer,
            Self::SendBack { .. } => ActionKind::SendBack,
            Self::Audit { .. } => ActionKind::Audit,
            Self::AskTermination { .. } => ActionKind::AskTermination,
            Self::Terminate { .. } => ActionKind::Terminate,
            Self::RefuseTermination { .. } => ActionKind::RefuseTermination,
            Self::FeedBack { .. } => ActionKind::FeedBack,
            Self::WaiveFeedback { .. } => ActionKind::WaiveFeedback,
            Self::GiveRouteNotice { .. } => ActionKind::GiveRouteNotice,
            Self::WaiveRouteNotice { .. } => ActionKind::WaiveRouteNotice,
            Self::WaiveFollowUp { .. } => ActionKind::WaiveFollowUp,
            Self::FinishFollowUp { .. } => ActionKind::FinishFollowUp,
            Self::FollowUpUnreached => ActionKind::FollowUpUnreached,
            Self::Close => ActionKind::Close,
            Self::Reopen { .. } => ActionKind::Reopen,
            Self::Archive => ActionKind::Archive,
            Self::Withdraw(_) => ActionKind::Withdraw,
            Self::Forward { .. } => ActionKind::Forward,
            Self::EnterDialogue { .. } => ActionKind::EnterDialogue,
            Self::LeaveDialogue { .. } => ActionKind::LeaveDialogue,
            Self::RefuseAcceptance { .. } => ActionKind::RefuseAcceptance,
            Self::ReviewNonAcceptance { .. } => ActionKind::ReviewNonAcceptance,
            Self::Remind { .. } => ActionKind::Remind,
            Self::RecordSameMatter { .. } => ActionKind::RecordSameMatter,
            Self::Escalate { .. } => ActionKind::Escalate,
            Self::Supervise { .. } => ActionKind::Supervise,
            Self::NoteDeath { .. } => ActionKind::NoteDeath,
            Self::SettleAutopsy { .. } => ActionKind::SettleAutopsy,
            Self::HandOver { .. } => ActionKind::HandOver,
            Self::Link { .. } => ActionKind::Link,
            Self::Merge { .. } => ActionKind::Merge,
            Self::Absorb { .. } => ActionKind::Absorb,
            Self::Unmerge { .. } => ActionKind::Unmerge,
            Self::Release { .. } => ActionKind::Release,
            Self::Split { .. } => ActionKind::Split,
            Self::Investigate(action) => action.kind(),
        }
    }
}

codes! {
    /// The name of an action: its row in the table of the lifecycle.
    pub enum ActionKind, "action on a case" {
        Classify = "classify",
        AddPoint = "add_point",
        DropPoint = "drop_point",
        Recode = "recode",
        Dispatch = "dispatch",
        Redispatch = "redispatch",
        Designate = "designate",
        SignFor = "sign_for",
        Return = "return",
        Arbitrate = "arbitrate",
        AddCoHandler = "add_co_handler",
        CoHandlerSign = "co_handler_sign",
        CoHandlerReport = "co_handler_report",
        DropCoHandler = "drop_co_handler",
        LogStep = "log_step",
        Suspend = "suspend",
        Resume = "resume",
        AskComplainant = "ask_complainant",
        ComplainantGave = "complainant_gave",
        Extend = "extend",
        ApproveExtension = "approve_extension",
        Answer = "answer",
        SendBack = "send_back",
        Audit = "audit",
        AskTermination = "ask_termination",
        Terminate = "terminate",
        RefuseTermination = "refuse_termination",
        FeedBack = "feed_back",
        WaiveFeedback = "waive_feedback",
        GiveRouteNotice = "give_route_notice",
        WaiveRouteNotice = "waive_route_notice",
        WaiveFollowUp = "waive_follow_up",
        FinishFollowUp = "finish_follow_up",
        FollowUpUnreached = "follow_up_unreached",
        Close = "close",
        Reopen = "reopen",
        Archive = "archive",
        Withdraw = "withdraw",
        Forward = "forward",
        EnterDialogue = "enter_dialogue",
        LeaveDialogue = "leave_dialogue",
        RefuseAcceptance = "refuse_acceptance",
        ReviewNonAcceptance = "review_non_acceptance",
        Remind = "remind",
        RecordSameMatter = "record_same_matter",
        Escalate = "escalate",
        Supervise = "supervise",
        NoteDeath = "note_death",
        SettleAutopsy = "settle_autopsy",
        HandOver = "hand_over",
        Link = "link",
        Merge = "merge",
        Absorb = "absorb",
        Unmerge = "unmerge",
        Release = "release",
        Split = "split",
        NameEvidence = "name_evidence",
        RequestEvidence = "request_evidence",
        ReceiveEvidence = "receive_evidence",
        MissEvidence = "miss_evidence",
        ShareEvidence = "share_evidence",
        AskPreservation = "ask_preservation",
        TellPreservation = "tell_preservation",
        RecordStatement = "record_statement",
        WaiveStatement = "waive_statement",
        OfferReply = "offer_reply",
        SupportFinding = "support_finding",
        PlanCorrection = "plan_correction",
        CheckCorrection = "check_correction",
        NoteLearning = "note_learning",
        IssueLetter = "issue_letter",
        AcknowledgeLetter = "acknowledge_letter",
    }
}
