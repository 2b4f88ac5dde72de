//! What somebody wants to do in an investigation.

use domain::{PointId, Timestamp};

use super::change::{
    Correction, IssuedLetter, LearningNote, NewEvidence, Preserve, Receipt, Statement, Support,
};
use super::words::{CheckResult, Reader, Side};
use crate::action::ActionKind;

/// Something to do in an investigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvestigationAction {
    /// Opens an entry of the evidence register.
    NameEvidence(NewEvidence),
    /// Asks somebody for it, until a date.
    RequestEvidence {
        evidence: String,
        of: String,
        due_at: Timestamp,
    },
    /// It has come, or its file is tied to an entry that is held.
    ReceiveEvidence {
        evidence: String,
        receipt: Receipt,
    },
    /// It does not exist or cannot be had.
    MissEvidence {
        evidence: String,
        why: String,
    },
    /// Says who may read the entry.
    ShareEvidence {
        evidence: String,
        readers: Vec<Reader>,
    },
    /// Asks for it to be kept from being overwritten.
    AskPreservation {
        evidence: String,
        preserve: Preserve,
    },
    /// Tells whether it was kept.
    TellPreservation {
        evidence: String,
        kept: bool,
        remark: String,
    },
    RecordStatement(Statement),
    /// Says why a side is not heard, or why its reply is not waited for.
    WaiveStatement {
        side: Side,
        reason: String,
    },
    /// Puts what the other side says before a side, to reply until a date.
    OfferReply {
        side: Side,
        about: String,
        due_at: Timestamp,
    },
    /// Says by which standard a point was found, and on what the finding rests.
    SupportFinding {
        point: PointId,
        support: Support,
    },
    PlanCorrection(Correction),
    /// `again_at`: when it is looked at once more.
    CheckCorrection {
        correction: String,
        result: CheckResult,
        remark: String,
        again_at: Option<Timestamp>,
    },
    NoteLearning(LearningNote),
    IssueLetter(IssuedLetter),
    /// Its reader said that it came.
    AcknowledgeLetter {
        letter: String,
        /// The reader's own reference, or how it was said.
        remark: String,
    },
}

impl InvestigationAction {
    /// Its name.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::NameEvidence(_) => ActionKind::NameEvidence,
            Self::RequestEvidence { .. } => ActionKind::RequestEvidence,
            Self::ReceiveEvidence { .. } => ActionKind::ReceiveEvidence,
            Self::MissEvidence { .. } => ActionKind::MissEvidence,
            Self::ShareEvidence { .. } => ActionKind::ShareEvidence,
            Self::AskPreservation { .. } => ActionKind::AskPreservation,
            Self::TellPreservation { .. } => ActionKind::TellPreservation,
            Self::RecordStatement(_) => ActionKind::RecordStatement,
            Self::WaiveStatement { .. } => ActionKind::WaiveStatement,
            Self::OfferReply { .. } => ActionKind::OfferReply,
            Self::SupportFinding { .. } => ActionKind::SupportFinding,
            Self::PlanCorrection(_) => ActionKind::PlanCorrection,
            Self::CheckCorrection { .. } => ActionKind::CheckCorrection,
            Self::NoteLearning(_) => ActionKind::NoteLearning,
            Self::IssueLetter(_) => ActionKind::IssueLetter,
            Self::AcknowledgeLetter { .. } => ActionKind::AcknowledgeLetter,
        }
    }
}
