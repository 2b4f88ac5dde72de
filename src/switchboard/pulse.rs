//! How the house is doing, in numbers without names: for probes and metrics.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use store::Gauges;

use crate::{Result, Switchboard};

/// Counted since start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) apologies: AtomicU64,
    pub(crate) repeated: AtomicU64,
    /// Whether some call went on since the last notice about walks.
    pub(crate) walked: AtomicBool,
}

/// A reading.
#[derive(Debug, Clone, Copy)]
pub struct Pulse {
    /// Callers who heard the apology since start.
    pub apologies: u64,
    /// Hooks since start that had been answered before.
    pub repeated: u64,
    /// Work of the store.
    pub store: Gauges,
    /// Calls that have not ended, callers who wait.
    pub calls_open: u32,
    pub callers_waiting: u32,
}

impl Switchboard {
    /// Whether the store answers: what a load balancer asks before it sends calls.
    pub async fn ready(&self) -> Result<()> {
        self.seal().await?;
        self.store.read(|tx| store::settings::read(tx, "ready").map(drop)).await?;
        Ok(())
    }

    /// A reading for the metrics.
    pub async fn pulse(&self) -> Result<Pulse> {
        let counted = self.store.read(|tx| {
            let waiting = store::queue::open(tx)?;
            let waiting = waiting.iter().filter(|entry| entry.answered_at.is_none()).count();
            Ok::<_, store::Error>((store::calls::count_open(tx)?, u32::try_from(waiting).unwrap_or(u32::MAX)))
        });
        let (calls_open, callers_waiting) = counted.await?;
        Ok(Pulse {
            apologies: self.pulse.apologies.load(Relaxed),
            repeated: self.pulse.repeated.load(Relaxed),
            store: self.store.gauges(),
            calls_open,
            callers_waiting,
        })
    }
}
