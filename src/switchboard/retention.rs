//! Forgetting by the clock: what callers keyed in is kept as long as the operator decided, and no longer.

use domain::Timestamp;
use store::retention::Forgotten;

use crate::{Error, Result, Switchboard, attachments};

/// Wrong look-ups count within windows of minutes; after a day nobody asks for them.
const TRIES_KEPT_SECONDS: i64 = 24 * 60 * 60;
/// Calls forgotten in one transaction.
const AT_A_TIME: i64 = 200;
/// A file that was begun and not ended for so long never will be.
const BEGUN_KEPT_SECONDS: u64 = 24 * 60 * 60;

impl Switchboard {
    /// Forgets the turns of calls that ended more than `turn_days` ago, and the sounds that have been kept long
    /// enough. Small portions, behind the callers.
    pub async fn forget_old(&self, turn_days: u32) -> Result<Forgotten> {
        let now = self.now();
        let turns_before = now.plus_seconds(-i64::from(turn_days) * 24 * 60 * 60);
        let tries_before = now.plus_seconds(-TRIES_KEPT_SECONDS);
        self.forget_scripts(turns_before).await?;
        self.erase_outlived().await?;
        let gone = self.files.sweep(attachments::BEGUN, BEGUN_KEPT_SECONDS).await;
        let gone = gone.map_err(|error| Error::Unavailable(error.to_string()))?;
        if gone > 0 {
            tracing::info!(gone, "files that were begun and never ended were taken away");
        }
        let mut all = Forgotten { turns: 0, lookup_tries: 0 };
        loop {
            let gone = self.forget_some(turns_before, tries_before).await?;
            all.turns += gone.turns;
            all.lookup_tries += gone.lookup_tries;
            if gone.turns == 0 {
                return Ok(all);
            }
        }
    }

    async fn forget_some(&self, turns_before: Timestamp, tries_before: Timestamp) -> Result<Forgotten> {
        self.store
            .write_later(move |tx| {
                Ok::<_, Error>(store::retention::forget(tx, turns_before, tries_before, AT_A_TIME)?)
            })
            .await
    }
}
