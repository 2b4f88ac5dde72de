//! Counts of what the write lanes did, for the metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Counters that lanes add to; never reset.
#[derive(Debug, Default)]
pub(super) struct Record {
    groups: AtomicU64,
    jobs: AtomicU64,
    nanoseconds: AtomicU64,
}

/// What the store did since it was opened, and what waits now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gauges {
    /// Transactions of the write lanes.
    pub groups: u64,
    /// Jobs in them.
    pub jobs: u64,
    /// Time the write lanes spent on them, in nanoseconds.
    pub busy_nanoseconds: u64,
    /// Jobs of callers that wait for a write lane.
    pub waiting_callers: usize,
    /// Housekeeping that waits for a write lane.
    pub waiting_later: usize,
    /// Reads that wait for a read lane.
    pub waiting_reads: usize,
}

impl Record {
    pub(super) fn group(&self, jobs: usize, took: Duration) {
        self.groups.fetch_add(1, Relaxed);
        self.jobs.fetch_add(jobs as u64, Relaxed);
        self.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    pub(super) fn gauges(&self, writes: (usize, usize), reads: usize) -> Gauges {
        Gauges {
            groups: self.groups.load(Relaxed),
            jobs: self.jobs.load(Relaxed),
            busy_nanoseconds: self.nanoseconds.load(Relaxed),
            waiting_callers: writes.0,
            waiting_later: writes.1,
            waiting_reads: reads,
        }
    }
}
