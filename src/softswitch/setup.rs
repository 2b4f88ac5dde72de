//! What the switch is told when it starts.

use std::collections::BTreeMap;

use dialect::Account;
use domain::Secret;

use crate::permit::permits;

/// The network in the box.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Address that the switch's own doors are reached at, without the last `/`.
    pub base_url: String,
    /// Account id and token: what REST requests must show and what hooks are signed with.
    pub account: Account,
    /// The service's numbers.
    pub lines: Vec<Line>,
    /// Desk telephones; while none is registered under such a number, nobody answers there.
    pub extensions: Vec<String>,
    /// Whoever registers a desk telephone shows a permit made with this secret ([`crate::permit()`]). None: anybody
    /// may, as in tests.
    pub desk_secret: Option<Secret>,
    /// Whether telephones other than desks have the numbers they registered under: they show them when they call
    /// and are rung there. Otherwise they call without a number, and nobody can ring them.
    pub own_numbers: bool,
    /// Other telephones of the world, by number.
    pub outside: BTreeMap<String, Outside>,
    /// Any number that is named nowhere.
    pub anyone: Outside,
    /// Servers that help two pages to find each other through routers, as `stun:stun.example:3478`. None: pages
    /// reach each other only directly.
    pub ice_servers: Vec<String>,
}

/// A number of the service.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: String,
    pub voice_url: String,
    pub status_url: Option<String>,
    pub fallback_url: Option<String>,
}

/// A telephone that nobody has registered: it behaves by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    Answers {
        after_ms: u64,
        talks_ms: u64,
    },
    Busy,
    NoAnswer,
    /// No way leads there: the number does not exist, or the network is down.
    Unreachable,
}

impl Setup {
    /// What a newcomer meets: everybody answers after two seconds and talks for eight.
    pub const FRIENDLY: Outside = Outside::Answers { after_ms: 2_000, talks_ms: 8_000 };

    pub(crate) fn line(&self, number: &str) -> Option<&Line> {
        let bare = |text: &str| text.trim_start_matches('+').to_owned();
        self.lines.iter().find(|line| bare(&line.number) == bare(number))
    }

    /// Whether it is the telephone of a desk.
    pub(crate) fn is_extension(&self, number: &str) -> bool {
        let bare = user_part(number).trim_start_matches('+');
        self.extensions.iter().any(|extension| extension == bare)
    }

    /// Whether a telephone that was registered under `number` shows it and is rung there.
    pub(crate) fn has_number(&self, number: &str) -> bool {
        self.own_numbers || self.is_extension(number)
    }

    /// Whether a telephone may be registered under `number` by whoever shows `permit`.
    pub(crate) fn admits(&self, number: &str, permit: Option<&str>) -> bool {
        let bare = number.trim_start_matches('+');
        if !self.extensions.iter().any(|extension| extension == bare) {
            return true;
        }
        let Some(secret) = &self.desk_secret else { return true };
        permit.is_some_and(|shown| permits(secret, bare, shown))
    }

    /// How the number behaves while no telephone is registered under it.
    pub(crate) fn outside(&self, number: &str) -> Outside {
        let number = user_part(number);
        if self.extensions.iter().any(|extension| extension == number) {
            return Outside::NoAnswer;
        }
        self.outside.get(number).copied().unwrap_or(self.anyone)
    }
}

/// The number in a SIP address (`8001` of `sip:8001@desk.example`), or the number itself.
pub(crate) fn user_part(number: &str) -> &str {
    let address = number.strip_prefix("sip:").or_else(|| number.strip_prefix("sips:"));
    address.map_or(number, |address| address.split(['@', ';']).next().unwrap_or(address))
}
