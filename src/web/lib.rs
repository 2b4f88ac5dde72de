//! The edges over HTTP: provider hooks, screens, live notices, assets.
//!
//! Is not: a place that decides or remembers. A handler reads the request, asks the switchboard and renders
//! what it answers. It never sees a transaction; what a person may do is the type of the desk it is handed.
//!
//! Read in this order: [`router`] (the table of contents), [`gate`], [`auth`], [`page`], [`error`],
//! [`words`], [`live`], then any screen: one `.rs` and one `.html` beside it.

pub mod assets;
pub mod auth;
pub mod error;
pub mod gate;
pub mod headers;
pub mod live;
pub mod nav;
pub mod page;
pub mod report_words;
pub mod router;
pub mod screens;
pub mod words;

pub use error::{Error, Result};
pub use router::router;

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
}

impl App {
    /// The edges of `switchboard`; `telephone` tells whether the bundled switch is on.
    pub fn new(switchboard: Switchboard, telephone: bool) -> Self {
        let house = switchboard.house();
        let secure = house.public_url.starts_with("https://");
        let zone = house.lines.values().next().map_or(Tz::UTC, |line| line.zone);
        Self { switchboard, secure, zone, telephone }
    }
}
