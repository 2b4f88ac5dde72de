//! A case as the rules see it. It is the fold of its history: [`CaseView::opened`], then [`CaseView::apply`] for
//! every change since.

use std::collections::BTreeMap;

use clocks::PauseReason;
use domain::{CaseId, PersonId, PointId, RequestType};
use serde::{Deserialize, Serialize};

use crate::change::FieldChoice;
use crate::investigation::InvestigationView;
use crate::words::{
    CaseStatus, CoHandlerState, DispatchState, Finding, OutcomeKind, Pressure, Relation, Strength,
};

/// How a case begins: what the first line of its history says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub status: CaseStatus,
    pub request_type: RequestType,
    /// Each point with its category, empty where it is not classified.
    pub points: Vec<(PointId, String)>,
    /// Who received it: the first receiver keeps it until another has signed for it. Nobody where it came without
    /// an agent.
    #[serde(default)]
    pub receiver: Option<PersonId>,
    /// The profile wants every answer audited before it is fed back.
    #[serde(default)]
    pub audit: bool,
    /// The case whose point it was.
    #[serde(default)]
    pub split_from: Option<CaseId>,
}

/// Who answers for a case now. There is no case without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Whoever received it, or took it over from the receiver.
    Person(PersonId),
    /// The hotline as a whole, where it came without an agent: the supervisor answers for it.
    Desk,
    /// The department that has signed for it.
    Department(String),
}

/// One complaint point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    pub id: PointId,
    /// Empty until it is classified.
    pub category: String,
    /// Its code on every other axis that it was coded on.
    pub codes: BTreeMap<String, String>,
    pub finding: Option<Finding>,
    pub outcome_kind: Option<OutcomeKind>,
}

impl PointView {
    /// A point that nothing was found about yet.
    pub(crate) fn new(id: PointId, category: String) -> Self {
        Self { id, category, codes: BTreeMap::new(), finding: None, outcome_kind: None }
    }
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

/// A department that helps the lead (协办).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoHandlerView {
    pub department: String,
    pub state: CoHandlerState,
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

/// How much longer the department may take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExtensionView {
    /// Asked for and not decided: how many units of the clock's law, and why.
    pub asked: Option<(u32, String)>,
    /// Units granted so far, in this round.
    pub granted: u32,
}

/// What the rules need to know of a case. Finding, feedback, notice and follow-up are those of the current round:
/// a reopened case starts a round with none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    pub status: CaseStatus,
    /// The statuses to come back to, the last one next: before the pause, the dialogue, the merger.
    pub before: Vec<CaseStatus>,
    pub request_type: RequestType,
    /// Those that stand.
    pub points: Vec<PointView>,
    /// Those that were dropped, as they were then.
    pub dropped: Vec<PointView>,
    /// Who received it, or took it over.
    pub receiver: Option<PersonId>,
    pub owner: Owner,
    pub dispatch: Option<DispatchView>,
    pub co_handlers: Vec<CoHandlerView>,
    /// Investigation steps logged in this round.
    pub steps: u32,
    /// Every answer must be audited.
    pub audit_required: bool,
    /// The answer of this round has been audited.
    pub audited: bool,
    /// The result was told, or telling it was waived with a reason.
    pub fed_back: bool,
    /// The appeal route was told, or telling it was waived with a reason.
    pub route_noticed: bool,
    pub follow_up: FollowUp,
    /// Why it waits, while it is suspended.
    pub suspended: Option<PauseReason>,
    /// What the complainant was asked for and has not given.
    pub information_asked: Option<String>,
    /// Why the department asks to end the case without an answer.
    pub termination_asked: Option<String>,
    pub extension: ExtensionView,
    /// How often the complainant has pressed (催办), in all rounds.
    pub reminders: u32,
    /// Steps of the supervision ladder taken in this round, by code, with their kind.
    pub pressed: Vec<(String, Pressure)>,
    /// An order of the hotline stands until the answer is there (督办).
    pub supervised: bool,
    /// Times it was given to a dialogue that took place or may still: never more than one.
    pub dialogues: u32,
    /// The complainant's statement, where it was withdrawn.
    pub withdrawal: Option<crate::change::Withdrawal>,
    /// Ground of the non-acceptance, and who refused.
    pub not_accepted: Option<String>,
    /// The case that holds it now.
    pub merged_into: Option<CaseId>,
    /// Cases it holds, with the choices that undoing needs.
    pub absorbed: Vec<(CaseId, Vec<FieldChoice>)>,
    pub linked: Vec<(CaseId, Relation)>,
    pub split_from: Option<CaseId>,
    /// Cases that were made of its points.
    pub split_off: Vec<CaseId>,
    pub investigation: InvestigationView,
}

impl CaseView {
    /// A case that was just opened.
    pub fn opened(opening: &Opening) -> Self {
        let point = |(id, category): &(PointId, String)| PointView::new(id.clone(), category.clone());
        Self {
            status: opening.status,
            before: Vec::new(),
            request_type: opening.request_type,
            points: opening.points.iter().map(point).collect(),
            dropped: Vec::new(),
            receiver: opening.receiver.clone(),
            owner: received_by(opening.receiver.as_ref()),
            dispatch: None,
            co_handlers: Vec::new(),
            steps: 0,
            audit_required: opening.audit,
            audited: false,
            fed_back: false,
            route_noticed: false,
            follow_up: FollowUp::None,
            suspended: None,
            information_asked: None,
            termination_asked: None,
            extension: ExtensionView::default(),
            reminders: 0,
            pressed: Vec::new(),
            supervised: false,
            dialogues: 0,
            withdrawal: None,
            not_accepted: None,
            merged_into: None,
            absorbed: Vec::new(),
            linked: Vec::new(),
            split_from: opening.split_from.clone(),
            split_off: Vec::new(),
            investigation: InvestigationView::default(),
        }
    }

    /// Whether the department may take longer than its law first said.
    pub fn is_extended(&self) -> bool {
        self.extension.granted > 0
    }

    /// Whether the complainant has been told and the follow-up callback is still to come (回访中).
    pub fn in_follow_up(&self) -> bool {
        self.status == CaseStatus::FedBack && self.follow_up == FollowUp::Scheduled
    }

    /// The co-handler of this department.
    pub fn co_handler(&self, department: &str) -> Option<&CoHandlerView> {
        self.co_handlers.iter().find(|one| one.department == department)
    }
}

/// The hotline's owner of a case.
pub(crate) fn received_by(receiver: Option<&PersonId>) -> Owner {
    receiver.map_or(Owner::Desk, |person| Owner::Person(person.clone()))
}
