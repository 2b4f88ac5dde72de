//! Where each role may go, in the order in which the bar shows it.

use domain::Role;

/// One entry of the bar.
pub struct Entry {
    pub address: &'static str,
    /// Message id of its name.
    pub name: &'static str,
    roles: &'static [Role],
}

/// The inbox; its entry tells how many messages nobody has taken.
pub const MESSAGES: &str = "/messages";

const ENTRIES: [Entry; 11] = [
    Entry { address: "/desk", name: "nav-desk", roles: &[Role::Agent, Role::Supervisor] },
    Entry { address: "/wallboard", name: "nav-wallboard", roles: &[Role::Supervisor] },
    Entry { address: "/cases", name: "nav-cases", roles: &[Role::Agent, Role::Handler, Role::Supervisor] },
    Entry { address: MESSAGES, name: "nav-messages", roles: &[Role::Agent, Role::Supervisor] },
    Entry { address: "/callbacks", name: "nav-callbacks", roles: &[Role::Agent, Role::Supervisor] },
    Entry { address: "/follow-through", name: "nav-follow-through", roles: &[Role::Supervisor] },
    Entry { address: "/reports", name: "nav-reports", roles: &[Role::Supervisor] },
    Entry { address: "/lines", name: "nav-lines", roles: &[Role::Supervisor, Role::Administrator] },
    Entry { address: "/mails", name: "nav-mails", roles: &[Role::Supervisor] },
    Entry { address: "/conflicts", name: "nav-conflicts", roles: &[Role::Supervisor] },
    Entry { address: "/accounts", name: "nav-accounts", roles: &[Role::Administrator] },
];

/// What the bar shows to `role`.
pub fn entries(role: Role) -> Vec<&'static Entry> {
    ENTRIES.iter().filter(|entry| entry.roles.contains(&role)).collect()
}

/// The screen a role starts at.
pub fn first_screen(role: Role) -> &'static str {
    match role {
        Role::Agent => "/desk",
        Role::Handler => "/cases",
        Role::Supervisor => "/wallboard",
        Role::Administrator => "/accounts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_see_its_first_screen() {
        for role in Role::ALL {
            assert!(entries(role).iter().any(|entry| entry.address == first_screen(role)), "{role:?}");
        }
    }
}
