//! Standing by: how the house goes on while the store is out of reach. Turns and reports go, sealed, into the
//! local journal, and are taken over by the store when it is back, each exactly once.
//!
//! Read in this order: [`mode`] (how the house stands), `entry` (what is journalled), `replay` (how the store
//! takes it over), `watch` (when).

pub mod drill;
pub(crate) mod entry;
pub mod mode;
mod replay;
mod watch;

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Timestamp;
use journal::Journal;
use tokio::sync::Notify;

use self::entry::{Entry, TurnEntry};
use self::mode::{Condition, Mode, State};
use crate::seal::Seal;
use crate::{Error, Result, Switchboard};

/// Turns that are remembered, so that a repeated hook hears the same.
const MOST_REMEMBERED: usize = 10_000;

/// How long somebody who listens is kept waiting. The tightest provider gives up after ten seconds, a silent caller
/// long before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// With the store: then it is given up, for all callers at once.
    pub store: Duration,
    /// With the journal: a disk that takes longer is as good as none.
    pub journal: Duration,
    /// With the journal, for a caller who has waited for the store already.
    pub rest: Duration,
}

impl Patience {
    /// With the store for `store`, and with the journal in proportion.
    pub fn with_store(store: Duration) -> Self {
        Self { store, journal: store * 6 / 5, rest: store * 7 / 15 }
    }
}

impl Default for Patience {
    /// A reply within 2.5 seconds.
    fn default() -> Self {
        Self::with_store(Duration::from_millis(1_500))
    }
}

/// Names a turn: provider, its call id, branch, step.
pub(crate) type TurnName = (String, String, u32, u32);

/// How the house stands, and the way to the journal.
#[derive(Default)]
pub(crate) struct Standby {
    journal: Option<Journal>,
    state: Mutex<State>,
    /// Told when the store is given up: who waits for it need not wait any longer.
    given_up: Notify,
    remembered: Mutex<Remembered>,
    pub(crate) counts: Counts,
    pub(crate) patience: Patience,
}

/// Counted since start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) journalled: AtomicU64,
    pub(crate) taken_over: AtomicU64,
    pub(crate) set_aside: AtomicU64,
    pub(crate) static_replies: AtomicU64,
}

/// What was answered lately without the store.
#[derive(Default)]
struct Remembered {
    turns: BTreeMap<TurnName, TurnEntry>,
    order: VecDeque<TurnName>,
}

impl Standby {
    pub(crate) fn new(journal: Journal, patience: Patience) -> Self {
        Self { journal: Some(journal), state: Mutex::new(State::with_journal()), patience, ..Self::default() }
    }

    pub(crate) fn patient(patience: Patience) -> Self {
        Self { patience, ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held leaves numbers that are at worst old.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn condition(&self) -> Condition {
        self.lock().condition()
    }

    /// Resolves when somebody gives the store up.
    pub(crate) async fn store_given_up(&self) {
        self.given_up.notified().await;
    }

    /// The store does not answer: nobody waits for it until it does.
    pub(crate) fn give_up_store(&self, now: Timestamp, why: &str) {
        let first = self.lock().store_out(now);
        if first {
            tracing::error!(why, "the store is out of reach; turns go to the journal");
        }
        self.given_up.notify_waiters();
    }

    fn give_up_journal(&self, now: Timestamp, why: &str) {
        if self.lock().journal_out(now) {
            tracing::error!(why, "the journal is out of reach too; callers hear the fixed answer");
        }
    }

    /// The entry that was answered with for the same turn before, or `fresh`, remembered from now on.
    pub(crate) fn first_answer(&self, fresh: TurnEntry) -> TurnEntry {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let name = fresh.name();
        if let Some(before) = remembered.turns.get(&name) {
            return before.clone();
        }
        if remembered.order.len() >= MOST_REMEMBERED
            && let Some(oldest) = remembered.order.pop_front()
        {
            remembered.turns.remove(&oldest);
        }
        remembered.order.push_back(name.clone());
        remembered.turns.insert(name, fresh.clone());
        fresh
    }

    /// What was answered for that turn without the store, where the store may not know it yet.
    pub(crate) fn answered_before(&self, name: &TurnName) -> Option<TurnEntry> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).turns.get(name).cloned()
    }

    /// The mode, and whether [`Standby::answered_before`] must be asked first.
    pub(crate) fn stance(&self) -> (Mode, bool) {
        let state = self.lock();
        (state.mode(), state.is_settling())
    }

    fn forget_answers(&self) {
        *self.remembered.lock().unwrap_or_else(PoisonError::into_inner) = Remembered::default();
    }

    /// Keeps an entry in the journal; returns when it is on the disk.
    pub(crate) async fn keep(&self, seal: &Seal, entry: &Entry, now: Timestamp) -> Result<()> {
        let waited = match entry {
            Entry::Turn(turn) => turn.unsure,
            Entry::Callback(hook) => hook.unsure,
            Entry::Report(_) | Entry::Upload(_) => false,
        };
        let patience = if waited { self.patience.rest } else { self.patience.journal };
        let unavailable = |why: String| Error::Unavailable(why);
        let text = serde_json::to_vec(entry).map_err(|error| unavailable(error.to_string()))?;
        let sealed = seal.hide(&text)?;
        let place = Place::take(self).ok_or_else(|| unavailable("there is no journal".to_owned()))?;
        let Some(journal) = &self.journal else { return Err(unavailable("there is no journal".to_owned())) };
        let why = match tokio::time::timeout(patience, journal.keep(sealed)).await {
            Ok(Ok(())) => {
                place.filled();
                self.counts.journalled.fetch_add(1, Relaxed);
                return Ok(());
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the journal did not answer in time".to_owned(),
        };
        drop(place);
        self.give_up_journal(now, &why);
        Err(unavailable(why))
    }
}

/// A record on its way into the journal. The store is not taken up again before it has arrived.
struct Place<'a>(&'a Standby);

impl<'a> Place<'a> {
    fn take(standby: &'a Standby) -> Option<Self> {
        let may = standby.lock().enter();
        may.then(|| Self(standby))
    }

    fn filled(self) {
        self.0.lock().waiting += 1;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.lock().leave();
    }
}

impl Switchboard {
    /// The same house with a journal to go on with while the store is out of reach.
    pub fn with_journal(self, journal: Journal) -> Self {
        let standby = Standby::new(journal, self.standby.patience);
        Self { standby: std::sync::Arc::new(standby), ..self }
    }

    /// The same, with another patience; before [`Switchboard::with_journal`].
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { standby: std::sync::Arc::new(Standby::patient(patience)), ..self }
    }

    /// How the house stands.
    pub fn condition(&self) -> Condition {
        self.standby.condition()
    }
}

#[cfg(test)]
mod callback_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod upload_tests;
