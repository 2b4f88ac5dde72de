//! Erasing: by the clock, by the caller's word, never against a legal hold. What is left is a row that says that
//! there was a recording, and since when it is gone.

use domain::{RecordingId, Timestamp};
use store::Tx;

use super::{KEPT, Recording};
use crate::ports::SoundError;
use crate::rights::{Desk, Supervisor};
use crate::{Error, Result, Switchboard, Topic, audit};

/// Recordings handled in one transaction.
const AT_A_TIME: i64 = 100;

/// Erases a recording in the transaction that decides it; the files go right after. A held one stays: whether it
/// went.
pub(super) fn erase(tx: &mut Tx<'_>, row: &mut Recording, now: Timestamp) -> Result<bool> {
    if row.held_at.is_some() || row.state == "erased" {
        return Ok(false);
    }
    row.state = "erased".to_owned();
    row.erased_at = Some(now);
    (row.fault, row.next_try_at) = (None, None);
    let theirs = row.url.as_deref().is_some_and(|url| !url.starts_with(KEPT));
    (row.drop_at, row.drop_tries) = (theirs.then_some(now), 0);
    store::recordings::update(tx, row)?;
    Ok(true)
}

impl Switchboard {
    /// Erases what has been kept for as many days as its purpose allows; how many.
    pub async fn erase_outlived(&self) -> Result<u64> {
        let (now, house) = (self.now(), self.house.clone());
        let mut all = 0;
        for (purpose, days) in &house.sound_keeping.days {
            let before = now.plus_seconds(-i64::from(*days) * 24 * 60 * 60);
            loop {
                let gone = self.erase_some(purpose.clone(), before, now).await?;
                all += gone;
                if gone == 0 {
                    break;
                }
            }
        }
        if all > 0 {
            self.clear_shelf().await?;
            self.post(vec![Topic::Messages]);
        }
        Ok(all)
    }

    async fn erase_some(&self, purpose: String, before: Timestamp, now: Timestamp) -> Result<u64> {
        self.store
            .write_later(move |tx| -> Result<u64> {
                let mut gone = 0;
                for mut row in store::recordings::outlived(tx, &purpose, before, AT_A_TIME)? {
                    gone += u64::from(erase(tx, &mut row, now)?);
                    let object = format!("recording:{}", row.id);
                    audit::record(tx, now, audit::HOUSE, "recording_erased", &object, Some("outlived"))?;
                }
                Ok(gone)
            })
            .await
    }

    /// Removes the files of what was erased; one that cannot be removed is tried again with the next tick.
    pub(super) async fn clear_shelf(&self) -> Result<()> {
        let rows =
            self.store.read(|tx| store::recordings::to_clear(tx, AT_A_TIME)).await.map_err(Error::from)?;
        for row in rows {
            let Some(place) = &row.place else { continue };
            self.shelf.erase(place).await.map_err(|error| Error::Unavailable(error.to_string()))?;
            let id = row.id.clone();
            self.store
                .write_later(move |tx| -> Result<()> {
                    let mut row = store::recordings::get(tx, &id)?;
                    row.place = None;
                    Ok(store::recordings::update(tx, &row)?)
                })
                .await?;
        }
        Ok(())
    }

    /// Has the provider delete its copies of what is due.
    pub(super) async fn drop_due(&self, now: Timestamp) -> Result<()> {
        let rows = self
            .store
            .read(move |tx| store::recordings::to_drop(tx, now, AT_A_TIME))
            .await
            .map_err(Error::from)?;
        for row in rows {
            let done = match &row.url {
                Some(url) => self.carrier.delete_sound(&row.provider, url).await,
                None => Ok(()),
            };
            self.note_drop(row.id, done).await?;
        }
        Ok(())
    }

    async fn note_drop(&self, id: RecordingId, done: Result<(), SoundError>) -> Result<()> {
        let (now, house) = (self.now(), self.house.clone());
        self.store
            .write_later(move |tx| -> Result<()> {
                let mut row = store::recordings::get(tx, &id)?;
                row.drop_tries += 1;
                row.drop_at = match &done {
                    Ok(()) | Err(SoundError::NotThere) => None,
                    Err(error) => {
                        tracing::warn!(recording = id.as_str(), %error, "the provider's copy was not deleted");
                        let wait = house.recording_rules.wait_after(row.drop_tries);
                        if wait.is_none() {
                            row.fault = Some("provider-copy".to_owned());
                        }
                        wait.map(|wait| now.plus_seconds(wait))
                    }
                };
                Ok(store::recordings::update(tx, &row)?)
            })
            .await
    }
}

impl Desk<Supervisor> {
    /// Holds a recording against erasure, for a reason that is kept: mediation, court, supervision.
    pub async fn hold_recording(&self, id: &RecordingId, reason: &str) -> Result<()> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::refused("refused-hold-reason"));
        }
        self.change_hold(id, Some(reason)).await
    }

    /// Ends the hold; the days until it is erased begin anew.
    pub async fn release_recording(&self, id: &RecordingId) -> Result<()> {
        self.change_hold(id, None).await
    }

    async fn change_hold(&self, id: &RecordingId, why: Option<String>) -> Result<()> {
        let (id, now, actor) = (id.clone(), self.board.now(), self.person().id.clone());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let mut row = store::recordings::get(tx, &id)?;
                if row.state == "erased" {
                    return Err(Error::refused("refused-sound-erased"));
                }
                if why.is_some() == row.held_at.is_some() {
                    return Ok(());
                }
                let action = if why.is_some() { "recording_held" } else { "recording_released" };
                if why.is_none() {
                    row.counted_from = now;
                }
                row.held_at = why.is_some().then_some(now);
                row.held_why.clone_from(&why);
                store::recordings::update(tx, &row)?;
                let object = format!("recording:{id}");
                Ok(audit::record(tx, now, actor.as_str(), action, &object, why.as_deref())?)
            })
            .await
    }
}
