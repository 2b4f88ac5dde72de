//! The fold of a case's history: what each change makes of the view. Total, because the history is the truth: a
//! change that was written down has happened.

use crate::case::{
    CaseView, CoHandlerView, DispatchView, ExtensionView, FollowUp, Opening, Owner, PointView, received_by,
};
use crate::change::Change;
use crate::points::CATEGORY;
use crate::words::{CaseStatus, CoHandlerState, DispatchState};

impl CaseView {
    /// The case after its whole history.
    pub fn replay<'a>(opening: &Opening, changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut view = Self::opened(opening);
        changes.into_iter().for_each(|change| view.apply(change));
        view
    }

    /// The case after one more change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Opened(_) => {}
            Change::Status { status } => self.stand(*status),
            Change::PointClassified { .. }
            | Change::PointCoded { .. }
            | Change::PointAdded(_)
            | Change::PointDropped { .. } => self.apply_to_points(change),
            Change::PointAnswered(answer) => {
                for known in self.points.iter_mut().filter(|known| known.id == answer.point) {
                    known.finding = Some(answer.finding);
                    known.outcome_kind = Some(answer.outcome_kind);
                }
            }
            Change::PointsSplit { points, to, .. } => {
                self.points.retain(|point| !points.contains(&point.id));
                self.split_off.push(to.clone());
            }
            Change::StepLogged { .. } => self.steps += 1,
            Change::Audited { .. } => self.audited = true,
            Change::FedBack { .. } | Change::FeedbackWaived { .. } => self.fed_back = true,
            Change::RouteNoticeGiven { .. } | Change::RouteNoticeWaived { .. } => self.route_noticed = true,
            Change::FollowUpDue => self.follow_up = FollowUp::Scheduled,
            Change::FollowUpWaived { .. } => self.follow_up = FollowUp::Waived,
            Change::FollowUpDone { .. } => self.follow_up = FollowUp::Reached,
            Change::FollowUpUnreached => self.follow_up = FollowUp::Unreached,
            Change::Reopened { .. } => self.begin_round(),
            Change::Reminded { .. } => self.reminders += 1,
            Change::Escalated { step, pressure, .. } => self.pressed.push((step.clone(), *pressure)),
            Change::Supervised { .. } => self.supervised = true,
            Change::Closed | Change::Archived | Change::Forwarded { .. } | Change::SameMatterTold { .. } => {}
            Change::Withdrawn(withdrawal) => self.withdrawal = Some(withdrawal.clone()),
            Change::Investigation(change) => self.investigation.apply(change),
            change => self.apply_rest(change),
        }
    }

    fn apply_rest(&mut self, change: &Change) {
        match change {
            Change::Dispatched { .. }
            | Change::SignedFor
            | Change::Returned { .. }
            | Change::ArbitrationOpened { .. }
            | Change::Answered { .. }
            | Change::SentBack { .. }
            | Change::CoHandlerAdded { .. }
            | Change::CoHandlerSigned { .. }
            | Change::CoHandlerReported { .. }
            | Change::CoHandlerDropped { .. } => self.apply_to_departments(change),
            Change::Suspended { reason, .. } => {
                self.suspended = Some(*reason);
                self.before.push(self.status);
            }
            Change::Resumed { .. } => self.suspended = None,
            Change::InformationAsked { what, .. } => self.information_asked = Some(what.clone()),
            Change::InformationGiven { .. } => self.information_asked = None,
            Change::ExtensionAsked { units, reason } => self.extension.asked = Some((*units, reason.clone())),
            Change::Extended { units, .. } => {
                self.extension.asked = None;
                self.extension.granted += units;
            }
            Change::ExtensionRefused { .. } => self.extension.asked = None,
            Change::TerminationAsked { reason } => self.termination_asked = Some(reason.clone()),
            Change::Terminated { .. } | Change::TerminationRefused { .. } => self.termination_asked = None,
            Change::EnteredDialogue { .. } => {
                self.dialogues += 1;
                self.before.push(self.status);
            }
            Change::LeftDialogue { held: false, .. } => self.dialogues = self.dialogues.saturating_sub(1),
            Change::NotAccepted { ground, .. } => {
                self.not_accepted = Some(ground.clone());
                self.before.push(self.status);
            }
            Change::NonAcceptanceReviewed { upheld: false, .. } => self.not_accepted = None,
            Change::HandedOver { to } => {
                self.receiver = Some(to.clone());
                if !matches!(self.owner, Owner::Department(_)) {
                    self.owner = Owner::Person(to.clone());
                }
            }
            Change::Linked { to, relation } => self.linked.push((to.clone(), *relation)),
            Change::Merged { into, .. } => {
                self.merged_into = Some(into.clone());
                self.before.push(self.status);
            }
            Change::Unmerged { .. } => self.merged_into = None,
            Change::Absorbed { from, choices } => self.absorbed.push((from.clone(), choices.clone())),
            Change::Released { from } => self.absorbed.retain(|(held, _)| held != from),
            _ => {}
        }
    }

    fn apply_to_points(&mut self, change: &Change) {
        match change {
            Change::PointClassified { point, category, .. } => {
                for known in self.points.iter_mut().filter(|known| known.id == *point) {
                    known.category.clone_from(category);
                }
            }
            Change::PointCoded { point, axis, code, .. } => {
                for known in self.points.iter_mut().filter(|known| known.id == *point) {
                    known.codes.insert(axis.clone(), code.clone());
                }
            }
            Change::PointAdded(new) => {
                let mut point = PointView::new(new.point.clone(), new.category.clone());
                let codings = new.carried.iter().flat_map(|carried| &carried.codings);
                let axes = codings.map(|coding| &coding.code).filter(|code| code.axis != CATEGORY);
                point.codes.extend(axes.map(|code| (code.axis.clone(), code.code.clone())));
                self.points.push(point);
            }
            Change::PointDropped { point, .. } => {
                self.dropped.extend(self.points.extract_if(.., |known| known.id == *point));
            }
            _ => {}
        }
        self.classify_before();
    }

    /// Where the points changed while the case rested, it comes back classified exactly if every point is.
    fn classify_before(&mut self) {
        let complete = self.points.iter().all(|point| !point.category.is_empty());
        for status in &mut self.before {
            match status {
                CaseStatus::Received | CaseStatus::Recorded if complete => *status = CaseStatus::Classified,
                CaseStatus::Classified if !complete => *status = CaseStatus::Recorded,
                _ => {}
            }
        }
    }

    fn apply_to_departments(&mut self, change: &Change) {
        match change {
            Change::Dispatched { department, strength, designated, .. } => {
                self.dispatch = Some(DispatchView {
                    department: department.clone(),
                    strength: *strength,
                    state: DispatchState::Sent,
                    designated: *designated,
                });
                self.co_handlers.clear();
                self.take_back();
            }
            Change::SignedFor => {
                self.dispatch_is(DispatchState::Signed);
                self.give_to_department();
            }
            Change::Returned { .. } => {
                self.dispatch_is(DispatchState::Returned);
                self.take_back();
            }
            Change::Answered { .. } => {
                self.dispatch_is(DispatchState::Answered);
                self.supervised = false;
                self.take_back();
            }
            Change::SentBack { .. } => {
                self.dispatch_is(DispatchState::Signed);
                self.audited = false;
                self.give_to_department();
            }
            Change::CoHandlerAdded { department, .. } => {
                self.co_handlers
                    .push(CoHandlerView { department: department.clone(), state: CoHandlerState::Asked });
            }
            Change::CoHandlerSigned { department } => self.co_handler_is(department, CoHandlerState::Signed),
            Change::CoHandlerReported { department, .. } => {
                self.co_handler_is(department, CoHandlerState::Reported);
            }
            Change::CoHandlerDropped { department, .. } => {
                self.co_handlers.retain(|one| one.department != *department);
            }
            _ => {}
        }
    }

    /// Coming back to the status that was left leaves the list of those to come back to.
    fn stand(&mut self, status: CaseStatus) {
        let resting =
            [CaseStatus::Suspended, CaseStatus::InDialogue, CaseStatus::NotAccepted, CaseStatus::Merged];
        if resting.contains(&self.status) && self.before.last() == Some(&status) {
            self.before.pop();
        }
        self.status = status;
        if status.is_closed() && status != CaseStatus::Merged && status != CaseStatus::NotAccepted {
            self.before.clear();
            self.suspended = None;
        }
    }

    fn begin_round(&mut self) {
        for point in &mut self.points {
            point.finding = None;
            point.outcome_kind = None;
        }
        self.investigation.support.clear();
        self.co_handlers.clear();
        self.steps = 0;
        self.audited = false;
        self.fed_back = false;
        self.route_noticed = false;
        self.follow_up = FollowUp::None;
        self.extension = ExtensionView::default();
        self.information_asked = None;
        self.termination_asked = None;
        self.pressed.clear();
        self.supervised = false;
        self.take_back();
    }

    fn dispatch_is(&mut self, state: DispatchState) {
        if let Some(dispatch) = &mut self.dispatch {
            dispatch.state = state;
        }
    }

    fn co_handler_is(&mut self, department: &str, state: CoHandlerState) {
        for one in self.co_handlers.iter_mut().filter(|one| one.department == department) {
            one.state = state;
        }
    }

    /// The hotline's own answers for it again.
    fn take_back(&mut self) {
        self.owner = received_by(self.receiver.as_ref());
    }

    fn give_to_department(&mut self) {
        if let Some(dispatch) = &self.dispatch {
            self.owner = Owner::Department(dispatch.department.clone());
        }
    }
}
