//! Where each role may go, in the order in which the bar shows it: what is used all day stands in the bar, the rest is
//! folded behind one entry.

use domain::Role;

use crate::page::Page;

/// One entry of the bar.
#[derive(Debug)]
pub struct Entry {
    pub address: &'static str,
    /// Message id of its name.
    pub name: &'static str,
    /// Who uses it all day.
    daily: &'static [Role],
    /// Who needs it now and then.
    rarely: &'static [Role],
}

/// What the bar shows to a role.
#[derive(Debug, Default)]
pub struct Bar {
    pub daily: Vec<&'static Entry>,
    pub rarely: Vec<&'static Entry>,
}

impl Bar {
    /// The folded entry where `page` is: the bar tells it though it is folded.
    pub fn folded_here(&self, page: &Page) -> Option<&'static Entry> {
        self.rarely.iter().copied().find(|entry| page.here(entry.address))
    }
}

/// The inbox; its entry tells how many messages nobody has taken.
pub const MESSAGES: &str = "/messages";

const ENTRIES: [Entry; 13] = [
    entry("/desk", "nav-desk", &[Role::Agent, Role::Supervisor], &[]),
    entry("/wallboard", "nav-wallboard", &[Role::Supervisor], &[]),
    entry("/cases", "nav-cases", &[Role::Agent, Role::Handler, Role::Supervisor], &[]),
    entry(MESSAGES, "nav-messages", &[Role::Agent, Role::Supervisor], &[]),
    entry("/callbacks", "nav-callbacks", &[Role::Agent, Role::Supervisor], &[]),
    entry("/reports", "nav-reports", &[Role::Supervisor], &[]),
    entry("/accounts", "nav-accounts", &[Role::Administrator], &[]),
    entry("/follow-through", "nav-follow-through", &[], &[Role::Supervisor]),
    entry("/codings", "codings-title", &[Role::Agent], &[Role::Supervisor]),
    entry("/lines", "nav-lines", &[Role::Administrator], &[Role::Supervisor]),
    entry("/audit", "audit-title", &[Role::Administrator], &[Role::Supervisor]),
    entry("/mails", "nav-mails", &[], &[Role::Supervisor]),
    entry("/conflicts", "nav-conflicts", &[], &[Role::Supervisor]),
];

const fn entry(
    address: &'static str,
    name: &'static str,
    daily: &'static [Role],
    rarely: &'static [Role],
) -> Entry {
    Entry { address, name, daily, rarely }
}

/// What the bar shows to `role`.
pub fn bar(role: Role) -> Bar {
    let of = |roles: fn(&Entry) -> &'static [Role]| {
        ENTRIES.iter().filter(|entry| roles(entry).contains(&role)).collect()
    };
    Bar { daily: of(|entry| entry.daily), rarely: of(|entry| entry.rarely) }
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
            let bar = bar(role);
            assert!(bar.daily.iter().any(|entry| entry.address == first_screen(role)), "{role:?}");
            assert!(bar.daily.len() <= 6, "{role:?}: the bar is one row");
            assert!(bar.daily.iter().all(|one| bar.rarely.iter().all(|rare| rare.address != one.address)));
        }
    }
}
