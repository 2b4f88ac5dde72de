//! A clock for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Timestamp;

use crate::ports::Clock;

/// A clock that stands until it is wound.
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that shows `text`, RFC 3339.
    pub fn at(text: &str) -> Arc<Self> {
        let clock = Self(AtomicI64::new(0));
        clock.set(text);
        Arc::new(clock)
    }

    /// Winds it to `text`.
    pub fn set(&self, text: &str) {
        let at = Timestamp::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Winds it on by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
