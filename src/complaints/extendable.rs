//! The clock that somebody wants to extend, as it stands. It comes with the action, because the rules know no clock.

use clocks::{ExtensionRefusal, Law, Ledger, may_extend};
use domain::{Role, Timestamp};

use crate::refusal::RefusalCode;

/// A clock with all that decides whether it may be extended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extendable {
    /// The law it runs by: how far it may be extended, how often, and by whose word.
    pub law: Law,
    /// What happened to it in this round.
    pub ledger: Ledger,
    /// When it is over as things stand.
    pub due_at: Timestamp,
    /// When more time was asked for: who asks in time is not too late because the ruling takes a day.
    pub asked_at: Timestamp,
}

impl Extendable {
    /// Whether the law allows `units` more.
    pub fn allows(&self, units: u32) -> Result<(), RefusalCode> {
        may_extend(&self.law, &self.ledger, units, self.due_at, self.asked_at).map_err(
            |refusal| match refusal {
                ExtensionRefusal::NotForeseen => RefusalCode::NoExtension,
                ExtensionRefusal::NoUnits | ExtensionRefusal::TooMuch => RefusalCode::BeyondCap,
                ExtensionRefusal::TooOften => RefusalCode::ExtendedTooOften,
                ExtensionRefusal::TooLate => RefusalCode::ExtendedTooLate,
            },
        )
    }

    /// Whether `role` may approve it, by the law.
    pub fn approved_by(&self, role: Role) -> bool {
        self.law.extension.as_ref().is_some_and(|rule| rule.approvers.contains(&role))
    }
}
