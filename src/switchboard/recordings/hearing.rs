//! Listening: from our own file, whole and unchanged, by whom it is allowed to; each listening stands in the audit
//! trail.

use domain::{ListeningId, RecordingId, Timestamp};
use store::Tx;
use store::listenings::Listening;
use store::people::Person;

use super::{Recording, fetching, sight};
use crate::ports::{ShelfError, Sound};
use crate::rights::{CaseWorker, Desk};
use crate::{Error, Result, Switchboard, Topic, audit, fresh_id};

/// Parts of a sound asked for within so many seconds are one listening: browsers fetch in pieces.
const PAUSE_SECONDS: i64 = 600;

/// A sound to be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub recording: RecordingId,
    pub sound: Sound,
}

impl Desk<CaseWorker> {
    /// The sound of a recording, if this person may hear it.
    pub async fn hear_recording(&self, id: &RecordingId) -> Result<Heard> {
        self.board.hear_as(self.person(), id).await
    }

    /// How much of it was played, as the browser tells it.
    pub async fn heard_seconds(&self, id: &RecordingId, seconds: u32) -> Result<()> {
        let (id, person, now) = (id.clone(), self.person().id.clone(), self.board.now());
        self.board
            .store
            .write_later(move |tx| -> Result<()> {
                let since = now.plus_seconds(-PAUSE_SECONDS.max(i64::from(seconds) + PAUSE_SECONDS));
                let known = store::listenings::going_on(tx, &id, &person, since)?.ok_or(Error::NotFound)?;
                store::listenings::goes_on(tx, &known.id, now, Some(seconds))?;
                // Told once per length, so that the trail says how long without a row per second.
                let more = known.seconds.is_none_or(|before| before < seconds);
                if more {
                    let (object, told) = (format!("recording:{id}"), format!("{seconds} s"));
                    audit::record(tx, now, person.as_str(), "recording_heard_for", &object, Some(&told))?;
                }
                Ok(())
            })
            .await
    }
}

impl Switchboard {
    /// The sound for `person`. Asked for from the provider now, where we do not have it yet.
    pub(crate) async fn hear_as(&self, person: &Person, id: &RecordingId) -> Result<Heard> {
        let row = self.allowed(person, id).await?;
        let row = if row.state == "kept" || row.state == "erased" || row.state == "absent" {
            row
        } else {
            self.fetch_now(id).await?;
            self.allowed(person, id).await?
        };
        let (place, sha256) = match (&row.place, &row.sha256, row.state.as_str()) {
            (Some(place), Some(sha256), "kept") => (place, sha256),
            (_, _, "erased") => return Err(Error::refused("refused-sound-erased")),
            (_, _, "absent") => return Err(Error::refused("refused-sound-absent")),
            _ if row.fault.as_deref() == Some("foreign") => {
                return Err(Error::refused("refused-sound-foreign"));
            }
            _ => return Err(Error::refused("refused-sound-not-there")),
        };
        let bytes = match self.shelf.read(place).await {
            Ok(bytes) if fetching::sha256(&bytes) == *sha256 => bytes,
            Ok(_) => return Err(self.spoiled(&row, "damaged").await?),
            Err(ShelfError::NotThere) => return Err(self.spoiled(&row, "lost").await?),
            Err(ShelfError::Broken(why)) => return Err(Error::Unavailable(why)),
        };
        self.note_listening(person, id).await?;
        let media_type = row.media_type.unwrap_or_default();
        Ok(Heard { recording: row.id, sound: Sound { media_type, bytes } })
    }

    /// The row, if `person` may hear it; else it does not exist.
    async fn allowed(&self, person: &Person, id: &RecordingId) -> Result<Recording> {
        let (house, asks, id) = (self.house.clone(), person.clone(), id.clone());
        let done = self
            .store
            .read(move |tx| -> Result<Recording> {
                let row = store::recordings::get(tx, &id)?;
                if !sight::by_task(tx, &house, &asks, &row)? {
                    return Err(Error::NotFound);
                }
                match sight::kept_out_of(tx, &asks, &row)? {
                    Some(case) => Err(Error::KeptOut(case)),
                    None => Ok(row),
                }
            })
            .await;
        self.note_block(&person.id, "recording", done).await
    }

    /// The file is not what was kept: a trouble that stays until somebody has looked after it. What to answer.
    async fn spoiled(&self, row: &Recording, fault: &'static str) -> Result<Error> {
        let (id, now) = (row.id.clone(), self.now());
        tracing::error!(recording = id.as_str(), fault, "a kept recording is not what it was");
        self.store
            .write(move |tx| -> Result<()> {
                let mut row = store::recordings::get(tx, &id)?;
                if row.fault.as_deref() != Some(fault) {
                    row.fault = Some(fault.to_owned());
                    store::recordings::update(tx, &row)?;
                    let object = format!("recording:{id}");
                    audit::record(tx, now, audit::HOUSE, "recording_spoiled", &object, Some(fault))?;
                }
                Ok(())
            })
            .await?;
        self.post(vec![Topic::Messages]);
        Ok(Error::refused("refused-sound-damaged"))
    }

    async fn note_listening(&self, person: &Person, id: &RecordingId) -> Result<()> {
        let (id, person, now) = (id.clone(), person.id.clone(), self.now());
        self.store
            .write(move |tx| -> Result<()> {
                let since = now.plus_seconds(-PAUSE_SECONDS);
                if let Some(known) = store::listenings::going_on(tx, &id, &person, since)? {
                    return Ok(store::listenings::goes_on(tx, &known.id, now, None)?);
                }
                begin(tx, &id, &person, now)?;
                let object = format!("recording:{id}");
                Ok(audit::record(tx, now, person.as_str(), "recording_heard", &object, None)?)
            })
            .await
    }
}

fn begin(tx: &mut Tx<'_>, id: &RecordingId, person: &domain::PersonId, now: Timestamp) -> Result<()> {
    let one = Listening {
        id: ListeningId::new(fresh_id()),
        recording: id.clone(),
        person: person.clone(),
        began_at: now,
        last_at: now,
        seconds: None,
    };
    Ok(store::listenings::insert(tx, &one)?)
}
