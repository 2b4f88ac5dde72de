//! The clock port filled with the real clock; tests wind theirs by hand.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;

/// The machine's clock, in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WallClock;

impl switchboard::Clock for WallClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
