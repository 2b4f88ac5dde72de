//! Who may do what, as types: a use case that needs a right is a method of [`Desk`] with that right, and
//! the only way to a `Desk` is [`Desk::admit`]. Forgetting the check does not compile.

use std::marker::PhantomData;

use domain::Role;
use store::people::Person;

use crate::Switchboard;

/// A right that some roles hold.
pub trait Right: Send + Sync + 'static {
    /// Whether `role` holds it.
    fn held_by(role: Role) -> bool;
}

/// To be signed in at all.
#[derive(Debug, Clone, Copy)]
pub struct Anyone;
/// To take calls and record intakes: agents, and supervisors who help out.
#[derive(Debug, Clone, Copy)]
pub struct Agent;
/// To handle a department's cases: handlers, and supervisors for every department.
#[derive(Debug, Clone, Copy)]
pub struct Handler;
/// To work on cases at all: agents, handlers, supervisors.
#[derive(Debug, Clone, Copy)]
pub struct CaseWorker;
/// To oversee queue, cases and reports.
#[derive(Debug, Clone, Copy)]
pub struct Supervisor;
/// To look at the lines and at how calls go through them.
#[derive(Debug, Clone, Copy)]
pub struct Overseer;
/// To keep accounts.
#[derive(Debug, Clone, Copy)]
pub struct Administrator;

impl Right for Anyone {
    fn held_by(_: Role) -> bool {
        true
    }
}
impl Right for Agent {
    fn held_by(role: Role) -> bool {
        matches!(role, Role::Agent | Role::Supervisor)
    }
}
impl Right for Handler {
    fn held_by(role: Role) -> bool {
        matches!(role, Role::Handler | Role::Supervisor)
    }
}
impl Right for CaseWorker {
    fn held_by(role: Role) -> bool {
        matches!(role, Role::Agent | Role::Handler | Role::Supervisor)
    }
}
impl Right for Supervisor {
    fn held_by(role: Role) -> bool {
        role == Role::Supervisor
    }
}
impl Right for Overseer {
    fn held_by(role: Role) -> bool {
        matches!(role, Role::Supervisor | Role::Administrator)
    }
}
impl Right for Administrator {
    fn held_by(role: Role) -> bool {
        role == Role::Administrator
    }
}

/// The switchboard in the hands of one person, with the right `R`.
pub struct Desk<R> {
    /// The whole switchboard, for use cases of this crate; outside only what `impl Desk<R>` offers.
    pub(crate) board: Switchboard,
    person: Person,
    right: PhantomData<R>,
}

impl<R: Right> Desk<R> {
    /// Hands the switchboard to `person`, if the role holds the right.
    pub fn admit(board: &Switchboard, person: &Person) -> Option<Self> {
        let fine = R::held_by(person.role) && person.disabled_at.is_none();
        fine.then(|| Self { board: board.clone(), person: person.clone(), right: PhantomData })
    }

    /// Who sits here.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The configured world.
    pub fn house(&self) -> &crate::House {
        self.board.house()
    }

    /// The present moment.
    pub fn now(&self) -> domain::Timestamp {
        self.board.now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_matrix() {
        let held = |role| {
            [
                Anyone::held_by(role),
                Agent::held_by(role),
                Handler::held_by(role),
                CaseWorker::held_by(role),
                Supervisor::held_by(role),
                Overseer::held_by(role),
                Administrator::held_by(role),
            ]
        };
        assert_eq!(held(Role::Agent), [true, true, false, true, false, false, false]);
        assert_eq!(held(Role::Handler), [true, false, true, true, false, false, false]);
        assert_eq!(held(Role::Supervisor), [true, true, true, true, true, true, false]);
        assert_eq!(held(Role::Administrator), [true, false, false, false, false, true, true]);
    }
}
