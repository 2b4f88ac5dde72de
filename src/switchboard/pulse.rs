//! How the house is doing, in numbers without names: for probes and metrics.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use domain::Timestamp;
use store::Gauges;

use crate::ports::{CircuitStand, CircuitState};
use crate::{Result, Switchboard};

/// Counted since start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) apologies: AtomicU64,
    pub(crate) repeated: AtomicU64,
    /// Calls not placed, by the reason's place in [`callbacks::Denied::ALL`].
    pub(crate) denied: [AtomicU64; callbacks::Denied::ALL.len()],
    /// Whether some call went on since the last notice about walks.
    pub(crate) walked: AtomicBool,
    /// Whether laws, calendars and decrees were held against those of the last reckoning.
    pub(crate) books_compared: AtomicBool,
}

/// A reading of what goes on without the store; it needs no store itself.
#[derive(Debug, Clone, Copy)]
pub struct OwnPulse {
    pub condition: crate::standby::mode::Condition,
    /// Callers who heard the apology since start.
    pub apologies: u64,
    /// Of these, because nothing could be kept.
    pub static_replies: u64,
    /// Records journalled, taken over by the store, and set aside since start.
    pub journalled: u64,
    pub taken_over: u64,
    pub set_aside: u64,
}

/// A reading.
#[derive(Debug, Clone, Copy)]
pub struct Pulse {
    /// Hooks since start that had been answered before.
    pub repeated: u64,
    /// Work of the store.
    pub store: Gauges,
    /// Calls that have not ended, callers who wait.
    pub calls_open: u32,
    pub callers_waiting: u32,
    /// Checks of corrective actions, and answers to requests to preserve evidence, that are overdue.
    pub corrections_overdue: i64,
    pub preserves_overdue: i64,
}

impl Switchboard {
    /// Whether the store answers: what a load balancer asks before it sends calls.
    pub async fn ready(&self) -> Result<()> {
        self.seal().await?;
        self.store.read(|tx| store::settings::read(tx, "ready").map(drop)).await?;
        Ok(())
    }

    /// A reading that is there without the store, too.
    pub fn own_pulse(&self) -> OwnPulse {
        let counts = &self.standby.counts;
        OwnPulse {
            condition: self.condition(),
            apologies: self.pulse.apologies.load(Relaxed),
            static_replies: counts.static_replies.load(Relaxed),
            journalled: counts.journalled.load(Relaxed),
            taken_over: counts.taken_over.load(Relaxed),
            set_aside: counts.set_aside.load(Relaxed),
        }
    }

    /// How we stand with each provider's REST side.
    pub fn circuits(&self) -> Vec<CircuitStand> {
        self.carrier.circuits()
    }

    /// Providers that keep failing, each with the moment until which it is not asked; one whose moment is over is
    /// tried again with the next request.
    pub fn suspended(&self) -> Vec<(String, Timestamp)> {
        let now = self.now();
        let open = self.carrier.circuits().into_iter().filter(|stand| stand.state != CircuitState::Closed);
        let until = |rest: std::time::Duration| {
            now.0.saturating_add(i64::try_from(rest.as_millis()).unwrap_or_default())
        };
        open.map(|stand| (stand.provider, Timestamp(until(stand.rest)))).collect()
    }

    /// Calls that were not placed since start, by reason.
    pub fn calls_denied(&self) -> Vec<(&'static str, u64)> {
        let counts = callbacks::Denied::ALL.iter().zip(&self.pulse.denied);
        counts.map(|(denied, count)| (denied.as_str(), count.load(Relaxed))).collect()
    }

    /// A reading for the metrics.
    pub async fn pulse(&self) -> Result<Pulse> {
        let now = self.now();
        let counted = self.store.read(move |tx| {
            let waiting = store::queue::open(tx)?;
            let waiting = waiting.iter().filter(|entry| entry.answered_at.is_none()).count();
            let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
            let overdue = (store::corrections::overdue(tx, now)?, store::evidence::overdue(tx, now)?);
            Ok::<_, store::Error>((store::calls::count_open(tx)?, waiting, overdue))
        });
        let (calls_open, callers_waiting, (corrections_overdue, preserves_overdue)) = counted.await?;
        Ok(Pulse {
            repeated: self.pulse.repeated.load(Relaxed),
            store: self.store.gauges(),
            calls_open,
            callers_waiting,
            corrections_overdue,
            preserves_overdue,
        })
    }
}
