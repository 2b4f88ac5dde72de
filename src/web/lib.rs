//! The edges over HTTP: provider hooks, screens, live notices, assets.
//!
//! Is not: a place that decides or remembers. A handler reads the request, asks the switchboard and renders
//! what it answers. It never sees a transaction; what a person may do is the type of the desk it is handed.
//!
//! Read in this order: [`mod@router`] (the table of contents), [`gate`], [`auth`], [`page`], [`error`],
//! [`words`], [`live`], then any screen: one `.rs` and one `.html` beside it.

#[cfg(test)]
mod advice_tests;
pub mod api;
pub mod assets;
pub mod auth;
#[cfg(test)]
mod canary_outputs_tests;
#[cfg(test)]
mod canary_tests;
#[cfg(test)]
mod case_tests;
#[cfg(test)]
mod course_tests;
#[cfg(test)]
mod desk_tests;
#[cfg(test)]
mod dialogue_tests;
pub mod error;
pub mod gate;
pub mod headers;
pub mod hooks;
#[cfg(test)]
mod investigation_tests;
#[cfg(test)]
mod line_tests;
pub mod listener;
pub mod live;
#[cfg(test)]
mod machine_tests;
#[cfg(test)]
mod message_tests;
pub mod nav;
pub mod page;
#[cfg(test)]
mod point_tests;
pub mod probes;
#[cfg(test)]
mod public_tests;
mod ranges;
#[cfg(test)]
mod recording_tests;
#[cfg(test)]
mod report_tests;
pub mod report_words;
pub mod router;
pub mod screens;
#[cfg(test)]
mod wallboard_tests;
pub mod words;

pub use error::{Error, Result};
pub use router::router;

use std::net::IpAddr;
use std::sync::Arc;

use chrono_tz::Tz;
use switchboard::Switchboard;

/// What every handler can reach; cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) switchboard: Switchboard,
    /// Whether people reach us over https: then cookies are bound to it.
    pub(crate) secure: bool,
    /// Zone of the screens: that of the first line.
    pub(crate) zone: Tz,
    /// Whether the bundled switch is on, and with it `/phone` and the desk's telephone.
    pub(crate) telephone: bool,
    /// Makes what the desk's page shows the bundled switch to take its own extension.
    pub(crate) permits: Arc<dyn Fn(&str) -> String + Send + Sync>,
    /// Path part of the public address, in front of the addresses that documents name.
    pub(crate) path: Arc<str>,
    /// Whether a peer is a proxy whose word on host and scheme is taken.
    pub(crate) trusts: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    /// Whether a provider may ask from an address.
    pub(crate) admits: Arc<Admits>,
    pub(crate) hooks: Arc<probes::HookCounts>,
}

/// Whether a provider (by name) may ask from an address.
type Admits = dyn Fn(&str, IpAddr) -> bool + Send + Sync;

impl App {
    /// The edges of `switchboard`; `telephone` tells whether the bundled switch is on.
    pub fn new(switchboard: Switchboard, telephone: bool) -> Self {
        let house = switchboard.house();
        let secure = house.public_url.starts_with("https://");
        let zone = house.lines.values().next().map_or(Tz::UTC, |line| line.zone);
        let path = house.public_url.split_once("://").map_or("", |(_, rest)| rest);
        let path = path.find('/').map_or("", |at| &path[at..]).into();
        let trusts = Arc::new(|_: IpAddr| false);
        let admits = Arc::new(|_: &str, _: IpAddr| true);
        let permits = Arc::new(|_: &str| String::new());
        let hooks = Arc::default();
        Self { switchboard, secure, zone, telephone, permits, path, trusts, admits, hooks }
    }

    /// Hands the desk what its telephone shows the bundled switch.
    #[must_use]
    pub fn permitting(mut self, permits: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        self.permits = Arc::new(permits);
        self
    }

    /// Lets providers ask from these addresses only.
    #[must_use]
    pub fn admitting(mut self, admits: impl Fn(&str, IpAddr) -> bool + Send + Sync + 'static) -> Self {
        self.admits = Arc::new(admits);
        self
    }

    /// Takes the word of these proxies on host and scheme.
    #[must_use]
    pub fn trusting(mut self, trusts: impl Fn(IpAddr) -> bool + Send + Sync + 'static) -> Self {
        self.trusts = Arc::new(trusts);
        self
    }
}
