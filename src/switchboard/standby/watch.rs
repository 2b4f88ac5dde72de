//! Watching: twice a second the drill's slip is read, a lost journal is tried again, and a lost store is asked to
//! take over. Nobody on the telephone does any of this.

use std::path::PathBuf;
use std::time::Duration;

use journal::slip;

use super::drill;
use super::mode::Condition;
use crate::seal::Seal;
use crate::{Switchboard, Topic};

/// Name of the slip that holds the sealing key.
const KEY: &str = "sealing-key";
const BEAT: Duration = Duration::from_millis(500);
/// A store that needs longer when the house opens is out of reach.
const OPENING: Duration = Duration::from_secs(3);

impl Switchboard {
    /// Gets ready for hooks: the sealing key at hand, what an earlier process has left in the journal counted.
    /// With the store out of reach, the house opens all the same.
    pub async fn wake(&self) {
        let waiting = self.left_over().await;
        if waiting > 0 {
            self.standby.lock().waiting += waiting;
            self.standby.give_up_store(self.now(), "an earlier process has left records in the journal");
        }
        match tokio::time::timeout(OPENING, self.seal()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => self.standby.give_up_store(self.now(), &error.to_string()),
            Err(_) => self.standby.give_up_store(self.now(), "the store did not answer in time"),
        }
        self.watch_once().await;
    }

    /// Watches until the process ends.
    pub async fn keep_watch(&self) {
        tokio::join!(self.watch_house(), self.watch_store());
    }

    /// One beat of everything, in order; for tests, and for the start.
    pub async fn watch_once(&self) {
        self.look_around().await;
        drop(self.take_up_store().await);
    }

    async fn watch_house(&self) {
        let mut beats = tokio::time::interval(BEAT);
        beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut shown: Option<Condition> = None;
        loop {
            beats.tick().await;
            self.look_around().await;
            let condition = self.condition();
            if shown.replace(condition) != Some(condition) {
                self.bulletin.post(Topic::Condition);
            }
        }
    }

    /// Its own loop: a store that hangs holds up nothing else.
    async fn watch_store(&self) {
        let mut beats = tokio::time::interval(BEAT);
        beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = beats.tick() => {}
                () = self.standby.store_given_up() => {}
            }
            if let Err(error) = self.take_up_store().await {
                tracing::debug!(%error, "the store is still out of reach");
            }
        }
    }

    /// The drill that is asked for, and whether a lost journal can be written again.
    pub(super) async fn look_around(&self) {
        let Some(journal) = &self.standby.journal else { return };
        let (now, folder) = (self.now(), journal.folder().to_owned());
        let asked = off_the_runtime(move || drill::asked(&folder, now)).await.flatten();
        self.standby.lock().drill(asked, now);
        if self.standby.lock().journal_is_out() {
            // An empty record says nothing and is taken over as nothing.
            if let Ok(Ok(())) =
                tokio::time::timeout(self.standby.patience.journal, journal.keep(Vec::new())).await
            {
                self.standby.lock().journal_back();
                tracing::info!("the journal can be written again");
            }
        }
    }

    async fn left_over(&self) -> u64 {
        let Some(journal) = self.standby.journal.clone() else { return 0 };
        let count = move || {
            let pages = journal.pages().unwrap_or_default();
            let records =
                |page: &journal::Page| page.read().map_or(0, |reading| super::replay::count(&reading));
            pages.iter().map(records).sum()
        };
        off_the_runtime(count).await.unwrap_or_default()
    }

    /// The sealing key without asking the store: loaded before, or from the slip beside the journal.
    pub(crate) async fn seal_at_hand(&self) -> Option<&Seal> {
        if let Some(seal) = self.seal.get() {
            return Some(seal);
        }
        let folder = self.key_folder()?;
        let text = off_the_runtime(move || slip::read(&folder, KEY).ok().flatten()).await.flatten()?;
        let seal = Seal::from_text(text.trim()).ok()?;
        // Somebody may have loaded it meanwhile; it is the same one.
        drop(self.seal.set(seal));
        self.seal.get()
    }

    /// Puts the sealing key beside the journal, so that a process that begins without the store can open tokens.
    pub(crate) async fn keep_key_at_hand(&self, seal: &Seal) {
        let Some(folder) = self.key_folder() else { return };
        let text = seal.text();
        let kept = off_the_runtime(move || match slip::read(&folder, KEY) {
            Ok(Some(known)) if known.trim() == text => Ok(()),
            _ => slip::write(&folder, KEY, &format!("{text}\n")),
        });
        if let Some(Err(error)) = kept.await {
            tracing::warn!(%error, "the sealing key is not at hand beside the journal");
        }
    }

    fn key_folder(&self) -> Option<PathBuf> {
        self.standby.journal.as_ref().map(|journal| journal.folder().to_owned())
    }
}

/// Runs what blocks on the disk; none where it panicked, which the panic hook has told.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
