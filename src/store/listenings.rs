//! Who listened to which recording, and for how long.

use domain::{ListeningId, PersonId, RecordingId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One person listening to one recording once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    pub id: ListeningId,
    pub recording: RecordingId,
    pub person: PersonId,
    pub began_at: Timestamp,
    /// When a part of it was last asked for.
    pub last_at: Timestamp,
    /// How much was played, where the browser told.
    pub seconds: Option<u32>,
}

const COLUMNS: &str = "id, recording_id, person_id, began_at, last_at, seconds";

/// Stores a listening that begins.
pub fn insert(tx: &mut Tx<'_>, one: &Listening) -> Result<()> {
    tx.execute(
        &format!("INSERT INTO listenings ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)"),
        params![&one.id, &one.recording, &one.person, one.began_at, one.last_at, one.seconds],
    )
    .map(drop)
}

/// The person's listening to it that went on after `since`.
pub fn going_on(
    tx: &mut Tx<'_>,
    recording: &RecordingId,
    person: &PersonId,
    since: Timestamp,
) -> Result<Option<Listening>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM listenings WHERE recording_id = $1 AND person_id = $2 AND last_at > $3 \
         ORDER BY began_at DESC, id DESC LIMIT 1"
    );
    tx.first(&sql, params![recording, person, since])?.map(|row| read(&row)).transpose()
}

/// The listening goes on; `seconds` as told, never less than told before.
pub fn goes_on(tx: &mut Tx<'_>, id: &ListeningId, at: Timestamp, seconds: Option<u32>) -> Result<()> {
    tx.execute(
        "UPDATE listenings SET last_at = $1, \
         seconds = CASE WHEN seconds IS NULL OR seconds < $2 THEN coalesce($3, seconds) ELSE seconds END \
         WHERE id = $4",
        params![at, seconds, seconds, id],
    )
    .map(drop)
}

/// Everybody who listened to a recording, the first one first.
pub fn of_recording(tx: &mut Tx<'_>, recording: &RecordingId) -> Result<Vec<Listening>> {
    let sql = format!("SELECT {COLUMNS} FROM listenings WHERE recording_id = $1 ORDER BY began_at, id");
    tx.query(&sql, params![recording])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Listening> {
    Ok(Listening {
        id: row.get(0)?,
        recording: row.get(1)?,
        person: row.get(2)?,
        began_at: row.get(3)?,
        last_at: row.get(4)?,
        seconds: row.get(5)?,
    })
}
