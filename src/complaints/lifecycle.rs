//! The lifecycle as one table: for each action who may do it, from which statuses, where it leads and what it needs.
//! [`decide`](crate::decide()) looks it up, and `docs/lifecycle.md` is written from it.

mod page;
mod table;

use domain::{Role, codes};

pub use page::page;
pub use table::TABLE;

use crate::action::{ActionKind, Actor};
use crate::case::CaseView;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::CaseStatus;

codes! {
    /// Who acts, seen from the case.
    pub enum Who, "party of a case" {
        Agent = "agent",
        Supervisor = "supervisor",
        /// A handler of the department that the case was dispatched to.
        Lead = "lead",
        /// A handler of a department that helps the lead.
        CoHandler = "co_handler",
    }
}

codes! {
    /// What an action needs to be said or done with it.
    pub enum Need, "need of an action" {
        /// A reason in words.
        Reason = "reason",
        /// A remark or report in words.
        Words = "words",
        Department = "department",
        Category = "category",
        /// Every point has a category.
        Categories = "categories",
        /// At least one step of the investigation.
        Step = "step",
        /// Finding and outcome for every point.
        EveryPoint = "every_point",
        /// Every co-handler has reported, or a reason why not.
        Reports = "reports",
        /// The dispatch is neither designated nor mandatory.
        Returnable = "returnable",
        /// A number of units within what the law allows.
        Units = "units",
        /// The law of the clock names this role among those who approve.
        Approver = "approver",
        /// It was asked for before.
        Asked = "asked",
        /// A date that is still to come.
        Date = "date",
        /// A moment that has been.
        Moment = "moment",
        Channel = "channel",
        Route = "route",
        /// Everything on the closing list.
        ClosingList = "closing_list",
        /// The complainant's statement.
        Statement = "statement",
        /// The complainant was informed of what it means.
        Informed = "informed",
        /// The hotline's written audit.
        WrittenAudit = "written_audit",
        /// What the complainant was told.
        Explanation = "explanation",
        /// A ground from the profile's table.
        Ground = "ground",
        /// Advice where to go instead.
        Advice = "advice",
        Authority = "authority",
        /// The package of documents.
        Package = "package",
        /// There was no dialogue before.
        FirstDialogue = "first_dialogue",
        /// Another case.
        OtherCase = "other_case",
        /// At least one point that leaves, and one that stays.
        SomePoints = "some_points",
        Person = "person",
        /// Another point that stands.
        OtherPoint = "other_point",
        /// A code that the point does not have.
        Code = "code",
        /// A reason where a code is replaced.
        ReasonToReplace = "reason_to_replace",
        /// An entry of the evidence register.
        Evidence = "evidence",
        /// Who may read it.
        Readers = "readers",
        /// Standard of proof, and evidence or a reason why none.
        Support = "support",
        /// What the other side says.
        OtherSide = "other_side",
        /// A corrective action that is not over.
        Correction = "correction",
    }
}

/// Where an action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// The status does not change.
    Same,
    /// To this status.
    At(CaseStatus),
    /// To the status before the pause, the dialogue, the non-acceptance or the merger.
    Before,
}

/// Who may act while the case stands where, and where it then leads.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    pub who: &'static [Who],
    pub from: &'static [CaseStatus],
    pub to: &'static [To],
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub action: ActionKind,
    pub grants: &'static [Grant],
    pub needs: &'static [Need],
}

/// The row of an action; every action has one, as a test shows.
pub fn rule(action: ActionKind) -> Option<&'static Rule> {
    TABLE.iter().find(|rule| rule.action == action)
}

/// The parties that an actor is of this case.
pub fn parties(case: &CaseView, actor: &Actor) -> Vec<Who> {
    let of = |department: &str| actor.department.as_deref() == Some(department);
    match actor.role {
        Role::Agent => vec![Who::Agent],
        Role::Supervisor => vec![Who::Supervisor],
        Role::Administrator => Vec::new(),
        Role::Handler => {
            let lead = case.dispatch.as_ref().is_some_and(|dispatch| of(&dispatch.department));
            let helps = case.co_handlers.iter().any(|one| of(&one.department));
            [(lead, Who::Lead), (helps, Who::CoHandler)]
                .into_iter()
                .filter_map(|(is, who)| is.then_some(who))
                .collect()
        }
    }
}

/// Whether the actor may do such a thing while the case stands where it stands; what the action needs besides is not
/// looked at.
pub fn permit(case: &CaseView, action: ActionKind, actor: &Actor) -> Result<(), Refusal> {
    let grants = rule(action).map_or(&[] as &[Grant], |rule| rule.grants);
    let parties = parties(case, actor);
    let own: Vec<&Grant> =
        grants.iter().filter(|grant| grant.who.iter().any(|who| parties.contains(who))).collect();
    let handlers = |grant: &Grant| grant.who.contains(&Who::Lead) || grant.who.contains(&Who::CoHandler);
    if own.is_empty() {
        let of_departments = actor.role == Role::Handler && grants.iter().any(handlers);
        let code = if of_departments { RefusalCode::NotYourDepartment } else { RefusalCode::WrongRole };
        return Err(code.into());
    }
    if own.iter().any(|grant| grant.from.contains(&case.status)) {
        return Ok(());
    }
    if grants.iter().any(|grant| grant.from.contains(&case.status)) {
        return Err(RefusalCode::WrongRole.into());
    }
    let possible = own.iter().flat_map(|grant| grant.from.iter().copied()).collect();
    Err(Refusal::wrong_status(possible))
}

/// What the actor may do to the case now, in the order of the table.
pub fn open_to(case: &CaseView, actor: &Actor) -> Vec<&'static Rule> {
    TABLE.iter().filter(|rule| permit(case, rule.action, actor).is_ok()).collect()
}

#[cfg(test)]
#[path = "lifecycle/tests.rs"]
mod tests;

#[cfg(test)]
#[path = "lifecycle/random_inquiries.rs"]
mod random_inquiries;

#[cfg(test)]
#[path = "lifecycle/random_actors.rs"]
mod random_actors;
