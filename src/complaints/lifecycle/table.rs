//! The rows.

use super::{Grant, Need as N, Rule, To, Who};
use crate::action::ActionKind as A;
use crate::words::CaseStatus as S;

/// Every status in which something is still to be done.
pub(super) const OPEN: &[S] = &[
    S::Received,
    S::Recorded,
    S::Classified,
    S::Dispatched,
    S::Signed,
    S::Returned,
    S::Arbitration,
    S::InProgress,
    S::Suspended,
    S::InDialogue,
    S::Answered,
    S::Audited,
    S::FedBack,
    S::Solved,
    S::Reopened,
];
const EARLY: &[S] = &[S::Received, S::Recorded, S::Classified];
const UNSENT: &[S] = &[S::Received, S::Recorded, S::Classified, S::Returned, S::Arbitration, S::Reopened];
const RULING: &[S] = &[S::Arbitration, S::Dispatched, S::Signed, S::InProgress];
const GOING_ON: &[S] = &[
    S::Dispatched,
    S::Signed,
    S::InProgress,
    S::Suspended,
    S::InDialogue,
    S::Answered,
    S::Audited,
    S::FedBack,
    S::Solved,
];
/// Where the list of points is still open: nobody has answered it.
const AMENDABLE: &[S] = &[
    S::Dispatched,
    S::Signed,
    S::Returned,
    S::Arbitration,
    S::InProgress,
    S::Suspended,
    S::InDialogue,
    S::Reopened,
];
/// Coded again where another eye sees better, as long as it is open.
const CODABLE: &[S] = &[
    S::Classified,
    S::Dispatched,
    S::Signed,
    S::Returned,
    S::Arbitration,
    S::InProgress,
    S::Suspended,
    S::InDialogue,
    S::Answered,
    S::Audited,
    S::FedBack,
    S::Solved,
    S::Reopened,
];
const DONE: &[S] = &[S::Closed, S::ClosedUnreached];
const SPLITTABLE: &[S] = &[S::Dispatched, S::Signed, S::Returned, S::Arbitration, S::InProgress, S::Reopened];
const SENT: &[S] = &[S::Dispatched, S::Signed, S::InProgress];
const WORKING: &[S] = &[S::Signed, S::InProgress];
const WAITING: &[S] = &[S::Signed, S::InProgress, S::Suspended];
const ANSWERED: &[S] = &[S::Answered, S::Audited];
/// A department has it in hand, or has just answered.
const WITH_DEPARTMENT: &[S] =
    &[S::Dispatched, S::Signed, S::InProgress, S::Suspended, S::Answered, S::Audited, S::FedBack, S::Solved];
const TOLD: &[S] = &[S::Answered, S::Audited, S::FedBack, S::Solved];
const ENDED: &[S] =
    &[S::Closed, S::ClosedUnreached, S::Withdrawn, S::NotAccepted, S::Forwarded, S::Terminated];
const ANY: &[S] = S::ALL;
/// A case is merged only while it is open, and not out of the hands of a dialogue.
const MERGEABLE: &[S] = &[
    S::Received,
    S::Recorded,
    S::Classified,
    S::Dispatched,
    S::Signed,
    S::Returned,
    S::Arbitration,
    S::InProgress,
    S::Suspended,
    S::Reopened,
];
const BEFORE_ANSWER: &[S] =
    &[S::Received, S::Recorded, S::Classified, S::Dispatched, S::Signed, S::InProgress];
const FORWARDABLE: &[S] = &[
    S::Received,
    S::Recorded,
    S::Classified,
    S::Dispatched,
    S::Signed,
    S::Returned,
    S::InProgress,
    S::InDialogue,
    S::Reopened,
];

const HOTLINE: &[Who] = &[Who::Agent, Who::Supervisor];
const SUPERVISOR: &[Who] = &[Who::Supervisor];
const LEAD: &[Who] = &[Who::Lead];
const CO_HANDLER: &[Who] = &[Who::CoHandler];
const DEPARTMENTS: &[Who] = &[Who::Lead, Who::CoHandler];
const ALL_HANDS: &[Who] = &[Who::Agent, Who::Supervisor, Who::Lead];

const fn grant(who: &'static [Who], from: &'static [S], to: &'static [To]) -> Grant {
    Grant { who, from, to }
}

const fn row(action: A, grants: &'static [Grant], needs: &'static [N]) -> Rule {
    Rule { action, grants, needs }
}

/// Hands in which an investigation lies: the hotline while the case is open, the departments while it is with them.
const INQUIRY: &[Grant] = &[grant(HOTLINE, OPEN, SAME), grant(DEPARTMENTS, WITH_DEPARTMENT, SAME)];

const SAME: &[To] = &[To::Same];
const BEFORE: &[To] = &[To::Before];

/// Every action.
pub const TABLE: &[Rule] = &[
    // Until somebody has it.
    row(
        A::Classify,
        &[
            grant(HOTLINE, &[S::Received, S::Recorded], &[To::Same, To::At(S::Classified)]),
            grant(HOTLINE, &[S::Classified, S::Returned, S::Arbitration, S::Reopened], SAME),
            grant(SUPERVISOR, GOING_ON, SAME),
        ],
        &[N::Category],
    ),
    row(
        A::AddPoint,
        &[
            grant(HOTLINE, &[S::Received, S::Recorded], SAME),
            grant(HOTLINE, &[S::Classified], &[To::Same, To::At(S::Recorded)]),
            grant(HOTLINE, AMENDABLE, SAME),
        ],
        &[N::Words],
    ),
    row(
        A::DropPoint,
        &[
            grant(HOTLINE, &[S::Received, S::Recorded], &[To::Same, To::At(S::Classified)]),
            grant(HOTLINE, &[S::Classified], SAME),
            grant(HOTLINE, AMENDABLE, SAME),
        ],
        &[N::OtherPoint, N::Reason],
    ),
    row(
        A::Recode,
        &[
            grant(HOTLINE, &[S::Received, S::Recorded], &[To::Same, To::At(S::Classified)]),
            grant(HOTLINE, CODABLE, SAME),
            grant(LEAD, WORKING, SAME),
            grant(SUPERVISOR, DONE, SAME),
        ],
        &[N::Code, N::ReasonToReplace],
    ),
    row(
        A::Dispatch,
        &[grant(HOTLINE, &[S::Classified], &[To::At(S::Dispatched)])],
        &[N::Categories, N::Department],
    ),
    row(A::RefuseAcceptance, &[grant(HOTLINE, UNSENT, &[To::At(S::NotAccepted)])], &[N::Ground, N::Advice]),
    row(
        A::ReviewNonAcceptance,
        &[grant(SUPERVISOR, &[S::NotAccepted], &[To::Same, To::Before])],
        &[N::Words],
    ),
    // The department.
    row(A::SignFor, &[grant(LEAD, &[S::Dispatched], &[To::At(S::Signed)])], &[]),
    row(A::Return, &[grant(LEAD, SENT, &[To::At(S::Returned)])], &[N::Reason, N::Returnable]),
    row(A::Arbitrate, &[grant(HOTLINE, &[S::Returned], &[To::At(S::Arbitration)])], &[N::Words]),
    row(
        A::Redispatch,
        &[
            grant(HOTLINE, &[S::Returned, S::Reopened], &[To::At(S::Dispatched)]),
            grant(SUPERVISOR, RULING, &[To::At(S::Dispatched)]),
        ],
        &[N::Department, N::Reason],
    ),
    row(
        A::Designate,
        &[
            grant(SUPERVISOR, &[S::Returned, S::Reopened], &[To::At(S::Dispatched)]),
            grant(SUPERVISOR, RULING, &[To::At(S::Dispatched)]),
        ],
        &[N::Department, N::Reason],
    ),
    row(A::AddCoHandler, &[grant(ALL_HANDS, SENT, SAME)], &[N::Department, N::Words]),
    row(A::CoHandlerSign, &[grant(CO_HANDLER, SENT, SAME)], &[]),
    row(A::CoHandlerReport, &[grant(CO_HANDLER, WAITING, SAME)], &[N::Words]),
    row(A::DropCoHandler, &[grant(ALL_HANDS, SENT, SAME)], &[N::Reason]),
    row(
        A::LogStep,
        &[grant(LEAD, &[S::Signed], &[To::At(S::InProgress)]), grant(LEAD, &[S::InProgress], SAME)],
        &[N::Words],
    ),
    row(A::Suspend, &[grant(ALL_HANDS, SENT, &[To::At(S::Suspended)])], &[N::Reason]),
    row(A::Resume, &[grant(ALL_HANDS, &[S::Suspended], BEFORE)], &[N::Words]),
    row(A::AskComplainant, &[grant(ALL_HANDS, SENT, &[To::At(S::Suspended)])], &[N::Words, N::Date]),
    row(A::ComplainantGave, &[grant(ALL_HANDS, &[S::Suspended], BEFORE)], &[N::Asked, N::Words]),
    row(A::Extend, &[grant(LEAD, WAITING, SAME)], &[N::Units, N::Reason]),
    row(A::ApproveExtension, &[grant(ALL_HANDS, WAITING, SAME)], &[N::Asked, N::Approver, N::Words]),
    row(A::Answer, &[grant(LEAD, WORKING, &[To::At(S::Answered)])], &[N::Step, N::EveryPoint, N::Reports]),
    row(A::AskTermination, &[grant(LEAD, WAITING, SAME)], &[N::Reason]),
    row(
        A::Terminate,
        &[grant(SUPERVISOR, WAITING, &[To::At(S::Terminated)])],
        &[N::Asked, N::WrittenAudit, N::Explanation, N::Channel],
    ),
    row(A::RefuseTermination, &[grant(SUPERVISOR, WAITING, SAME)], &[N::Asked, N::Reason]),
    // The answer and what comes after it.
    row(A::SendBack, &[grant(SUPERVISOR, ANSWERED, &[To::At(S::InProgress)])], &[N::Reason]),
    row(A::Audit, &[grant(SUPERVISOR, &[S::Answered], &[To::At(S::Audited)])], &[N::Words]),
    row(A::FeedBack, &[grant(HOTLINE, ANSWERED, &[To::At(S::FedBack)])], &[N::Channel]),
    row(A::WaiveFeedback, &[grant(HOTLINE, ANSWERED, &[To::At(S::FedBack)])], &[N::Reason]),
    row(A::GiveRouteNotice, &[grant(HOTLINE, TOLD, SAME)], &[N::Route]),
    row(A::WaiveRouteNotice, &[grant(HOTLINE, TOLD, SAME)], &[N::Reason]),
    row(A::WaiveFollowUp, &[grant(HOTLINE, TOLD, SAME)], &[N::Reason]),
    row(
        A::FinishFollowUp,
        &[
            grant(
                HOTLINE,
                &[S::FedBack, S::Solved],
                &[To::At(S::Solved), To::At(S::Closed), To::At(S::Reopened)],
            ),
            grant(HOTLINE, DONE, &[To::Same, To::At(S::Reopened)]),
        ],
        &[],
    ),
    row(
        A::FollowUpUnreached,
        &[grant(HOTLINE, &[S::FedBack, S::Solved], &[To::Same, To::At(S::ClosedUnreached)])],
        &[],
    ),
    row(
        A::Close,
        &[grant(HOTLINE, &[S::FedBack, S::Solved], &[To::At(S::Closed), To::At(S::ClosedUnreached)])],
        &[N::ClosingList],
    ),
    row(
        A::Reopen,
        &[grant(HOTLINE, &[S::FedBack, S::Solved, S::Closed, S::ClosedUnreached], &[To::At(S::Reopened)])],
        &[N::Reason],
    ),
    row(A::Archive, &[grant(SUPERVISOR, ENDED, &[To::At(S::Archived)])], &[]),
    // Ways out.
    row(
        A::Withdraw,
        &[grant(HOTLINE, OPEN, &[To::At(S::Withdrawn)])],
        &[N::Statement, N::Informed, N::Channel],
    ),
    row(A::Forward, &[grant(HOTLINE, FORWARDABLE, &[To::At(S::Forwarded)])], &[N::Authority, N::Package]),
    row(A::EnterDialogue, &[grant(HOTLINE, BEFORE_ANSWER, &[To::At(S::InDialogue)])], &[N::FirstDialogue]),
    row(A::LeaveDialogue, &[grant(HOTLINE, &[S::InDialogue], BEFORE)], &[N::Words]),
    // Beside the way.
    row(A::Remind, &[grant(HOTLINE, OPEN, SAME)], &[N::Words]),
    row(A::RecordSameMatter, &[grant(HOTLINE, ANY, SAME)], &[N::Words]),
    row(A::Escalate, &[grant(SUPERVISOR, OPEN, SAME)], &[]),
    row(A::Supervise, &[grant(SUPERVISOR, OPEN, SAME)], &[N::Words]),
    row(A::NoteDeath, &[grant(ALL_HANDS, OPEN, SAME)], &[N::Moment]),
    row(A::SettleAutopsy, &[grant(ALL_HANDS, OPEN, SAME)], &[N::Words]),
    row(A::HandOver, &[grant(HOTLINE, OPEN, SAME)], &[N::Person]),
    row(A::Link, &[grant(ALL_HANDS, ANY, SAME)], &[N::OtherCase]),
    row(A::Merge, &[grant(SUPERVISOR, MERGEABLE, &[To::At(S::Merged)])], &[N::OtherCase]),
    row(A::Absorb, &[grant(SUPERVISOR, OPEN, SAME)], &[N::OtherCase]),
    row(A::Unmerge, &[grant(SUPERVISOR, &[S::Merged], BEFORE)], &[N::Reason]),
    row(A::Release, &[grant(SUPERVISOR, ANY, SAME)], &[N::OtherCase]),
    row(
        A::Split,
        &[grant(HOTLINE, EARLY, SAME), grant(SUPERVISOR, SPLITTABLE, SAME)],
        &[N::SomePoints, N::Reason],
    ),
    // The investigation.
    row(A::NameEvidence, INQUIRY, &[N::Readers]),
    row(A::RequestEvidence, INQUIRY, &[N::Evidence, N::Date]),
    row(A::ReceiveEvidence, INQUIRY, &[N::Evidence]),
    row(A::MissEvidence, INQUIRY, &[N::Evidence, N::Reason]),
    row(A::ShareEvidence, &[grant(HOTLINE, ANY, SAME)], &[N::Evidence, N::Readers]),
    row(A::AskPreservation, INQUIRY, &[N::Evidence]),
    row(A::TellPreservation, INQUIRY, &[N::Evidence]),
    row(A::RecordStatement, INQUIRY, &[N::Words]),
    row(A::WaiveStatement, INQUIRY, &[N::Reason]),
    row(A::OfferReply, INQUIRY, &[N::OtherSide, N::Words, N::Date]),
    row(A::SupportFinding, &[grant(ALL_HANDS, TOLD, SAME)], &[N::EveryPoint, N::Support]),
    row(
        A::PlanCorrection,
        &[grant(HOTLINE, ANY, SAME), grant(DEPARTMENTS, WITH_DEPARTMENT, SAME)],
        &[N::Words, N::Person, N::Date],
    ),
    // A corrective action outlives the case.
    row(A::CheckCorrection, &[grant(HOTLINE, ANY, SAME)], &[N::Correction]),
    row(
        A::NoteLearning,
        &[grant(HOTLINE, ANY, SAME), grant(DEPARTMENTS, WITH_DEPARTMENT, SAME)],
        &[N::Words],
    ),
    row(A::IssueLetter, &[grant(HOTLINE, ANY, SAME)], &[]),
    row(A::AcknowledgeLetter, &[grant(HOTLINE, ANY, SAME)], &[]),
];
