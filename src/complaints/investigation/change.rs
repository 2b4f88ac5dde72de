//! One change to an investigation. Serialised it is the detail of a line of the history.

use domain::{PointId, Timestamp};
use serde::{Deserialize, Serialize};

use super::words::{CheckResult, LetterKind, Reader, Side, StatementForm};
use crate::intake::{EvidenceKind, EvidenceStatus};
use crate::words::Channel;

/// A request to keep something from being overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preserve {
    /// Whoever has it must have said by then that it is kept.
    pub due_at: Timestamp,
    /// From when on it may be gone, as far as that is known.
    #[serde(default)]
    pub overwritten_at: Option<Timestamp>,
}

/// A new entry of the evidence register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvidence {
    pub evidence: String,
    pub evidence_kind: EvidenceKind,
    /// In words: which record, which camera, which call. Empty where the kind says enough.
    pub what: String,
    pub state: EvidenceStatus,
    /// Why it is not available; empty otherwise.
    #[serde(default)]
    pub why: String,
    /// Who has it.
    pub holder: Side,
    pub readers: Vec<Reader>,
    #[serde(default)]
    pub preserve: Option<Preserve>,
}

/// How a piece of evidence came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub at: Timestamp,
    /// In hexadecimal digits; none for what lies on paper.
    #[serde(default)]
    pub sha256: Option<String>,
    /// The file that was handed in.
    #[serde(default)]
    pub attachment: Option<String>,
    /// The recording of a call or message.
    #[serde(default)]
    pub recording: Option<String>,
    #[serde(default)]
    pub note: String,
}

/// What a side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub side: Side,
    /// When it was made.
    pub at: Timestamp,
    /// Who heard it, or took it in.
    pub heard_by: String,
    pub form: StatementForm,
    pub statement: String,
    /// It replies to what the other side says.
    #[serde(default)]
    pub reply: bool,
}

/// On what a finding rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// A code of the standards of proof of the profile.
    pub standard: String,
    /// Entries of the register.
    pub evidence: Vec<String>,
    /// Why it rests on none of them; empty where it does.
    #[serde(default)]
    pub without: String,
}

/// Something that is to be put right, so that it does not happen again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub correction: String,
    pub point: Option<PointId>,
    pub what: String,
    /// Who answers for it.
    pub owner: String,
    pub due_at: Timestamp,
    pub check_at: Timestamp,
}

/// What is to be learned from the case, told without anybody's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningNote {
    pub learning: String,
    pub point: Option<PointId>,
    pub words: String,
    /// Which rule is missing or does not do, for those who make rules; empty: none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule_gap: String,
}

/// A letter that went out. Its text is kept beside the history; the hash binds it to this line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedLetter {
    pub letter: String,
    pub letter_kind: LetterKind,
    pub channel: Channel,
    pub sha256: String,
}

/// One change, in the order to carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InvestigationChange {
    EvidenceNamed(NewEvidence),
    EvidenceRequested {
        evidence: String,
        of: String,
        due_at: Timestamp,
    },
    EvidenceReceived {
        evidence: String,
        #[serde(flatten)]
        receipt: Receipt,
    },
    EvidenceMissed {
        evidence: String,
        why: String,
    },
    EvidenceShared {
        evidence: String,
        readers: Vec<Reader>,
    },
    PreservationAsked {
        evidence: String,
        #[serde(flatten)]
        preserve: Preserve,
    },
    PreservationTold {
        evidence: String,
        kept: bool,
        remark: String,
    },
    StatementRecorded(Statement),
    StatementWaived {
        side: Side,
        reason: String,
    },
    ReplyOffered {
        side: Side,
        about: String,
        due_at: Timestamp,
    },
    FindingSupported {
        point: PointId,
        #[serde(flatten)]
        support: Support,
    },
    CorrectionPlanned(Correction),
    CorrectionChecked {
        correction: String,
        result: CheckResult,
        remark: String,
        again_at: Option<Timestamp>,
    },
    LearningNoted(LearningNote),
    LetterIssued(IssuedLetter),
    LetterAcknowledged {
        letter: String,
        remark: String,
    },
}

impl InvestigationChange {
    /// The code of the change, as it is stored with the event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::EvidenceNamed(_) => "evidence_named",
            Self::EvidenceRequested { .. } => "evidence_requested",
            Self::EvidenceReceived { .. } => "evidence_received",
            Self::EvidenceMissed { .. } => "evidence_missed",
            Self::EvidenceShared { .. } => "evidence_shared",
            Self::PreservationAsked { .. } => "preservation_asked",
            Self::PreservationTold { .. } => "preservation_told",
            Self::StatementRecorded(_) => "statement_recorded",
            Self::StatementWaived { .. } => "statement_waived",
            Self::ReplyOffered { .. } => "reply_offered",
            Self::FindingSupported { .. } => "finding_supported",
            Self::CorrectionPlanned(_) => "correction_planned",
            Self::CorrectionChecked { .. } => "correction_checked",
            Self::LearningNoted(_) => "learning_noted",
            Self::LetterIssued(_) => "letter_issued",
            Self::LetterAcknowledged { .. } => "letter_acknowledged",
        }
    }

    /// The entry of the register it is about.
    pub fn evidence(&self) -> Option<&str> {
        match self {
            Self::EvidenceNamed(entry) => Some(&entry.evidence),
            Self::EvidenceRequested { evidence, .. }
            | Self::EvidenceReceived { evidence, .. }
            | Self::EvidenceMissed { evidence, .. }
            | Self::EvidenceShared { evidence, .. }
            | Self::PreservationAsked { evidence, .. }
            | Self::PreservationTold { evidence, .. } => Some(evidence),
            _ => None,
        }
    }
}
