//! The intake form: what an agent records during a call. Everything may be absent or unknown while the call lasts;
//! the form is saved on every change.

use domain::{RequestType, codes};
use serde::{Deserialize, Serialize};

use crate::dialogue::Payer;

codes! {
    /// How the caller stands to the patient.
    pub enum Relation, "relation to the patient" {
        Patient = "self",
        Relative = "relative",
        Guardian = "guardian",
        Heir = "heir",
        Representative = "representative",
        Staff = "staff",
        Other = "other",
    }
}

codes! {
    /// What the caller wants to come of it.
    pub enum Desired, "desired outcome" {
        Explanation = "explanation",
        Apology = "apology",
        Refund = "refund",
        Correction = "correction",
        Treatment = "treatment",
        Discipline = "discipline",
        Learning = "learning",
        Other = "other",
    }
}

codes! {
    /// A kind of evidence.
    pub enum EvidenceKind, "kind of evidence" {
        RecordCopy = "record_copy",
        Receipt = "receipt",
        Imaging = "imaging",
        /// Sound or pictures that somebody took himself.
        AudioVideo = "audio_video",
        /// Of a surveillance camera.
        Footage = "footage",
        /// Of a telephone call.
        SoundRecording = "sound_recording",
        Photo = "photo",
        Document = "document",
        /// Written down from somebody who saw or heard it.
        Statement = "statement",
        ExpertOpinion = "expert_opinion",
        Other = "other",
    }
}

codes! {
    /// Whether a piece of evidence is there.
    pub enum EvidenceStatus, "status of evidence" {
        Held = "held",
        Promised = "promised",
        NotAvailable = "not_available",
    }
}

codes! {
    /// Another way the matter is already being pursued.
    pub enum OtherRoute, "other route" {
        Court = "court",
        Mediation = "mediation",
        Petition = "petition",
        OtherHotline = "other_hotline",
        Insurance = "insurance",
        Compensation = "compensation",
    }
}

codes! {
    /// A danger that changes how the call is handled.
    pub enum Risk, "risk" {
        SelfHarm = "self_harm",
        Violence = "violence",
        Child = "child",
        OngoingHarm = "ongoing_harm",
        Outbreak = "outbreak",
        Press = "press",
    }
}

/// A key fact: said, or asked for and not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fact {
    pub text: String,
    /// The caller was asked and does not know.
    pub unknown: bool,
}

impl Fact {
    /// Whether the question is settled one way or the other.
    pub fn is_settled(&self) -> bool {
        self.unknown || !self.text.trim().is_empty()
    }
}

/// The caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallerPart {
    pub name: String,
    pub anonymous: bool,
    /// Number for the reply.
    pub phone: String,
    /// Address for letters.
    pub email: String,
    /// When to call, in the caller's words.
    pub best_times: String,
    pub relation: Option<Relation>,
    /// Power of attorney, guardianship: what was shown or promised.
    pub authority: String,
}

/// The patient.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PatientPart {
    pub name: String,
    /// Age in bands, as `0-6`, `65+`.
    pub age_band: String,
    /// The patient has died: the limit for an autopsy is running.
    pub deceased: bool,
    /// When the patient died, by the clock of the place, as `2026-03-01T04:30`; empty where it is not known.
    pub died_at: String,
}

/// Wishes and consents; none means not asked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wishes {
    pub reply: Option<bool>,
    pub confidential: Option<bool>,
    pub recording: Option<bool>,
    pub callback: Option<bool>,
    /// Letters may come by mail.
    pub mail: Option<bool>,
    /// A message may be left on the answering machine.
    pub message: Option<bool>,
    /// Language an interpreter is needed for.
    pub interpreter: String,
    /// What the caller needs, as slow speech or text instead of voice.
    pub accessibility: String,
    /// Danish profile: a dialogue is wanted.
    pub dialogue: Option<bool>,
    pub companion: Option<bool>,
    /// Whom the caller would like to take part in the dialogue.
    pub participants: String,
}

/// One complaint point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntakePoint {
    /// Code of the directory, where it is listed.
    pub institution_code: Option<String>,
    pub institution: Fact,
    pub ward: String,
    pub persons: Fact,
    pub happened: Fact,
    pub place: Fact,
    pub payer: Option<Payer>,
    /// What happened, in the caller's words.
    pub own_words: String,
    /// Confirmed by the agent.
    pub category: Option<String>,
    /// What the rules suggested, for measuring them later.
    pub suggested: Option<String>,
    /// 1 slight to 4 most serious.
    pub severity: Option<u8>,
    /// Harm as the caller tells it.
    pub harm: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub status: EvidenceStatus,
}

/// The form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Intake {
    pub request_type: Option<RequestType>,
    pub caller: CallerPart,
    pub patient: PatientPart,
    pub wishes: Wishes,
    pub points: Vec<IntakePoint>,
    pub desired: Option<Desired>,
    /// What the caller asks for, in his words.
    pub desired_words: String,
    pub evidence: Vec<Evidence>,
    pub other_routes: Vec<OtherRoute>,
    pub urgent: bool,
    pub risks: Vec<Risk>,
    /// The record was read back and confirmed.
    pub read_back: bool,
    /// The case number was told.
    pub number_told: bool,
    /// Routes open to the caller were told.
    pub route_told: bool,
    /// How the call ended, a code of `config/wrap_up.toml`.
    pub wrap_up: Option<String>,
    /// At most [`Intake::LONGEST_NOTE`] characters.
    pub note: String,
}

impl Intake {
    /// Longest note, in characters.
    pub const LONGEST_NOTE: usize = 300;
}

codes! {
    /// A key fact that has not been asked for yet.
    pub enum MissingFact, "key fact" {
        Time = "time",
        Place = "place",
        Persons = "persons",
        Content = "content",
    }
}

/// The key facts still open, over all points: time, place, persons, content. A form without a point lacks all four.
/// "Unknown" settles a fact; only the content must be told.
pub fn missing(intake: &Intake) -> Vec<MissingFact> {
    let open = |lacks: fn(&IntakePoint) -> bool| intake.points.is_empty() || intake.points.iter().any(lacks);
    [
        (open(|point| !point.happened.is_settled()), MissingFact::Time),
        (
            open(|point| {
                !point.place.is_settled()
                    && !point.institution.is_settled()
                    && point.institution_code.is_none()
            }),
            MissingFact::Place,
        ),
        (open(|point| !point.persons.is_settled()), MissingFact::Persons),
        (open(|point| point.own_words.trim().is_empty()), MissingFact::Content),
    ]
    .into_iter()
    .filter_map(|(lacking, fact)| lacking.then_some(fact))
    .collect()
}

#[cfg(test)]
#[path = "intake_tests.rs"]
mod tests;
