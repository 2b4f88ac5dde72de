//! The Danish step between complaint and decision: one talk between the complainant and the place that treated him.
//!
//! [`Dialogue`] is the fold of its [`DialogueChange`]s, which stand in the history of the case; [`decide_dialogue`] says
//! what may be done and what changes. What it means for the case (in dialogue, withdrawn, forwarded) is the case's own
//! affair. Silence never withdraws a complaint, and there is never a second dialogue.
//!
//! Read in this order: `eligibility`, [`words`], [`rules`] (data), [`change`], this file, [`action`], `decide`, [`mod@tasks`],
//! [`forwarding`].

pub mod action;
pub mod calls;
pub mod change;
mod decide;
pub mod eligibility;
pub mod forwarding;
pub mod refusal;
pub mod rules;
pub mod tasks;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use domain::{PointId, Timestamp};

pub use action::{DialogueAction, Withdrawal};
pub use calls::{Call, Called, calls_owed};
pub use change::{Appointment, Deadline, DialogueChange, NewPoint, Participant, Wishes};
pub use decide::{DialogueFacts, decide_dialogue};
pub use eligibility::{Eligibility, Ground, Payer, PointFacts, Topic, Verdict, eligibility, verdict};
pub use forwarding::{Package, PackagePoint, PackageState, PointState};
pub use refusal::{DialogueRefusal, DialogueRefusalCode};
pub use rules::{DialogueRules, Dialogues, Owner, SeveralRegions};
pub use tasks::{Decided, Task, decided, tasks};
pub use words::{
    Absent, CompanionKind, Form, ForwardReason, Incapacity, Maintained, Motive, OwnerKind, ParticipantRole,
    SiteKind, Stage,
};

/// Who comes along with the complainant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    pub kind: CompanionKind,
    /// Empty while the volunteer scheme has not named anybody.
    pub name: String,
    /// The scheme was asked and has not answered yet.
    pub awaited: bool,
    /// The scheme has nobody.
    pub nobody: bool,
}

/// A dialogue that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub at: Timestamp,
    pub form: Form,
    /// Who really took part; who was planned stands in the appointment.
    pub participants: Vec<Participant>,
    pub companion_came: bool,
    pub minutes: String,
}

/// The dialogue of one complaint as its history tells it. There is always exactly one, even if nobody was asked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    pub stage: Stage,
    /// What the complainant said to a dialogue; nothing: not asked yet.
    pub accepted: Option<bool>,
    pub motive: Option<Motive>,
    pub wishes: Wishes,
    pub clarified: BTreeMap<PointId, (Option<Topic>, Option<Payer>)>,
    pub verdicts: Vec<Verdict>,
    /// Points whose other way was told.
    pub alternative_told: BTreeSet<PointId>,
    pub owner: Option<Owner>,
    pub received_at: Option<Timestamp>,
    /// The four weeks.
    pub deadline: Option<Deadline>,
    pub ask_back: Option<Deadline>,
    pub appointment: Option<Appointment>,
    pub companion: Option<Companion>,
    /// Language of the interpreter who was ordered.
    pub interpreter: Option<String>,
    pub declined: bool,
    pub no_shows: u32,
    pub refused_sites: BTreeSet<String>,
    /// Who goes on for a complainant who cannot.
    pub representative: Option<String>,
    pub held: Option<Held>,
    pub learned: Vec<String>,
    pub added: Vec<NewPoint>,
    pub dropped: BTreeSet<PointId>,
    pub forward_reason: Option<ForwardReason>,
    pub package: Option<Package>,
    /// The letter in which the package waits to be mailed.
    pub queued: Option<String>,
    /// The letter whose mail was given up, unless it was sent since.
    pub not_mailed: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub acknowledged: Option<String>,
    /// The time to acknowledge it passed.
    pub unanswered: bool,
    /// The complainant wants no calls.
    pub no_calls: bool,
    /// The stage at which calling came to nothing, so that the complainant is written to.
    pub to_write_at: Option<Stage>,
}

impl Default for Dialogue {
    fn default() -> Self {
        Self {
            stage: Stage::NotAsked,
            accepted: None,
            motive: None,
            wishes: Wishes::default(),
            clarified: BTreeMap::new(),
            verdicts: Vec::new(),
            alternative_told: BTreeSet::new(),
            owner: None,
            received_at: None,
            deadline: None,
            ask_back: None,
            appointment: None,
            companion: None,
            interpreter: None,
            declined: false,
            no_shows: 0,
            refused_sites: BTreeSet::new(),
            representative: None,
            held: None,
            learned: Vec::new(),
            added: Vec::new(),
            dropped: BTreeSet::new(),
            forward_reason: None,
            package: None,
            queued: None,
            not_mailed: None,
            sent_at: None,
            acknowledged: None,
            unanswered: false,
            no_calls: false,
            to_write_at: None,
        }
    }
}

impl Dialogue {
    /// The dialogue after all these changes, oldest first.
    pub fn of<'a>(changes: impl IntoIterator<Item = &'a DialogueChange>) -> Self {
        changes.into_iter().fold(Self::default(), |mut dialogue, change| {
            dialogue.apply(change);
            dialogue
        })
    }

    /// Carries one change out; every change fits every state.
    pub fn apply(&mut self, change: &DialogueChange) {
        use DialogueChange as C;
        match change {
            C::DialogueAnswered { accepted, motive, wishes } => {
                self.stage = if *accepted { Stage::Unclear } else { Stage::NotWanted };
                self.accepted = Some(*accepted);
                self.motive = *motive;
                self.wishes = wishes.clone();
            }
            C::DialoguePointClarified { point, topic, payer } => {
                let known = self.clarified.entry(point.clone()).or_default();
                *known = (topic.or(known.0), payer.or(known.1));
            }
            C::DialogueAssessed { verdicts } => self.assessed(verdicts),
            C::DialogueAlternativeTold { points } => {
                self.alternative_told.extend(points.iter().map(|(point, _)| point.clone()));
            }
            C::DialogueOwned { owner, deadline, .. } => {
                self.owner = Some(owner.clone());
                if self.received_at.is_none() {
                    self.deadline = deadline.clone().or(self.deadline.take());
                }
            }
            C::DialogueReceived { at, deadline } => {
                self.stage = Stage::Received;
                self.received_at = Some(*at);
                self.deadline = Some(deadline.clone());
            }
            C::DialogueWished { wishes } => self.wishes = wishes.clone(),
            C::DialogueInterpreterOrdered { language } => self.interpreter = Some(language.clone()),
            C::DialogueLearned { note } => self.learned.push(note.clone()),
            C::DialogueCalled { .. } => self.called(change),
            C::DialogueCompanionNamed { .. }
            | C::DialogueCompanionRequested { .. }
            | C::DialogueCompanionFound { .. }
            | C::DialogueCompanionNotFound => self.accompanied(change),
            C::DialogueInvited { .. }
            | C::DialogueNoShow { .. }
            | C::DialogueUnreachable { .. }
            | C::DialogueSiteRefused { .. }
            | C::DialogueIncapacity { .. }
            | C::DialogueHeld { .. } => self.met(change),
            _ => self.ended(change),
        }
    }

    fn assessed(&mut self, verdicts: &[Verdict]) {
        self.verdicts = verdicts.to_vec();
        let any = |code: Eligibility| verdicts.iter().any(|verdict| verdict.eligibility == code);
        self.stage = match self.stage {
            Stage::Unclear | Stage::NotPossible | Stage::Accepted | Stage::Received | Stage::Invited => {
                match (any(Eligibility::Eligible), any(Eligibility::Unclear)) {
                    (true, _) if self.stage.is_running() => self.stage,
                    (true, _) => Stage::Accepted,
                    (false, true) => Stage::Unclear,
                    (false, false) => Stage::NotPossible,
                }
            }
            other => other,
        };
        if matches!(self.stage, Stage::Unclear | Stage::NotPossible) {
            self.deadline = None;
            self.received_at = None;
            self.appointment = None;
        }
    }

    fn accompanied(&mut self, change: &DialogueChange) {
        let companion = |kind, name: &str, awaited, nobody| {
            Some(Companion { kind, name: name.to_owned(), awaited, nobody })
        };
        self.companion = match change {
            DialogueChange::DialogueCompanionNamed { companion: kind, name } => {
                companion(*kind, name, false, false)
            }
            DialogueChange::DialogueCompanionRequested { .. } => {
                companion(CompanionKind::Volunteer, "", true, false)
            }
            DialogueChange::DialogueCompanionFound { name } => {
                companion(CompanionKind::Volunteer, name, false, false)
            }
            DialogueChange::DialogueCompanionNotFound => companion(CompanionKind::Volunteer, "", false, true),
            _ => self.companion.take(),
        };
    }

    fn met(&mut self, change: &DialogueChange) {
        use DialogueChange as C;
        match change {
            C::DialogueInvited { appointment } => {
                self.stage = Stage::Invited;
                self.appointment = Some(appointment.clone());
                self.to_write_at = None;
            }
            C::DialogueNoShow { again, .. } => {
                self.no_shows += 1;
                if *again {
                    self.stage = Stage::Received;
                    self.appointment = None;
                }
            }
            C::DialogueSiteRefused { institution, .. } => {
                self.refused_sites.insert(institution.clone());
            }
            C::DialogueIncapacity { representative, .. } => self.representative = representative.clone(),
            C::DialogueHeld { at, form, participants, companion_came, minutes } => {
                self.stage = Stage::Held;
                self.held = Some(Held {
                    at: *at,
                    form: *form,
                    participants: participants.clone(),
                    companion_came: *companion_came,
                    minutes: minutes.clone(),
                });
            }
            _ => {}
        }
    }

    fn ended(&mut self, change: &DialogueChange) {
        use DialogueChange as C;
        match change {
            C::DialogueDeclined { .. } => self.declined = true,
            C::DialogueAskBack { deadline } => {
                self.stage = Stage::AskBack;
                self.ask_back = deadline.clone();
            }
            C::DialoguePointsDropped { points } => self.dropped.extend(points.iter().cloned()),
            C::DialoguePointsAdded { points } => self.added.extend(points.iter().cloned()),
            C::DialogueWithdrawn { .. } => {
                self.stage = Stage::Withdrawn;
                (self.queued, self.not_mailed) = (None, None);
            }
            C::DialogueSatisfied { .. } => self.stage = Stage::Satisfied,
            C::DialogueToForward { reason } => {
                self.stage = Stage::ToForward;
                self.forward_reason = Some(*reason);
            }
            _ => self.forwarded(change),
        }
    }

    fn forwarded(&mut self, change: &DialogueChange) {
        use DialogueChange as C;
        match change {
            C::DialoguePackageAssembled { package } => {
                self.package = Some(package.clone());
                // What was to be mailed is not what stands any more.
                (self.queued, self.not_mailed) = (None, None);
            }
            C::DialoguePackageQueued { letter, .. } => {
                (self.queued, self.not_mailed) = (Some(letter.clone()), None);
            }
            C::DialoguePackageNotMailed { letter } => {
                (self.queued, self.not_mailed) = (None, Some(letter.clone()));
            }
            C::DialoguePackageSent { at, .. } => {
                self.stage = Stage::Forwarded;
                self.sent_at = Some(*at);
                (self.queued, self.not_mailed) = (None, None);
            }
            C::DialoguePackageAcknowledged { reference, .. } => self.acknowledged = Some(reference.clone()),
            C::DialogueAcknowledgementMissed => self.unanswered = true,
            _ => {}
        }
    }

    /// What became of a point.
    pub fn point_state(&self, point: &PointId) -> PointState {
        if self.dropped.contains(point) {
            PointState::Dropped
        } else if self.added.iter().any(|added| added.id == *point) {
            PointState::Added
        } else {
            PointState::Maintained
        }
    }

    /// How far the package for the authority is.
    pub fn package_state(&self) -> Option<PackageState> {
        match (&self.package, self.sent_at, &self.acknowledged) {
            (_, _, Some(_)) => Some(PackageState::Acknowledged),
            (_, Some(_), None) => Some(PackageState::Sent),
            (Some(_), None, None) if self.queued.is_some() => Some(PackageState::Queued),
            (Some(_), None, None) => Some(PackageState::Assembled),
            (None, None, None) => None,
        }
    }

    /// When the house goes on by itself, if nothing happens before: the four weeks, or the time to answer whether a
    /// declined complaint is maintained, whichever ends first.
    pub fn runs_out_at(&self) -> Option<Timestamp> {
        self.limit().map(|limit| limit.due_at)
    }

    /// The same, with the law that says so.
    pub fn limit(&self) -> Option<&Deadline> {
        match self.stage {
            Stage::AskBack => {
                let both = self.deadline.iter().chain(&self.ask_back);
                both.min_by_key(|limit| limit.due_at)
            }
            stage if stage.is_running() => self.deadline.as_ref(),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "dialogue/property_tests.rs"]
mod property_tests;
#[cfg(test)]
#[path = "dialogue/scene.rs"]
mod scene;
#[cfg(test)]
#[path = "dialogue/tests.rs"]
mod tests;
