//! Messages that callers left on a recording, and who took them on.

use domain::{CallId, CallbackId, ContactId, MessageId, PersonId, RecordingId, Timestamp};

use crate::notes::TurnNumber;
use crate::{Error, Result, Row, Tx, params};

/// A message left on a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub call: CallId,
    /// What the script asked for, as `message`.
    pub purpose: String,
    /// Where the provider keeps the sound.
    pub url: String,
    /// Length in seconds.
    pub seconds: u32,
    pub at: Timestamp,
    /// The call back that was promised with it; none where the number is withheld.
    pub callback: Option<CallbackId>,
    pub taken_by: Option<PersonId>,
    pub taken_at: Option<Timestamp>,
    /// The contact that it is written down in, once taken.
    pub contact: Option<ContactId>,
    /// Its sound.
    pub recording: Option<RecordingId>,
}

const COLUMNS: &str = "id, call_id, purpose, url, seconds, at, callback_id, taken_by, taken_at, contact_id, \
     recording_id";

/// Keeps the message of a turn; whether it is new. A repeated turn leaves no second one.
pub fn keep(tx: &mut Tx<'_>, turn: TurnNumber, message: &Message) -> Result<bool> {
    let changed = tx.execute(
        "INSERT INTO messages (id, call_id, branch, step, purpose, url, seconds, at, recording_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (call_id, branch, step) DO NOTHING",
        params![
            &message.id,
            &message.call,
            turn.branch,
            turn.step,
            &message.purpose,
            &message.url,
            message.seconds,
            message.at,
            message.recording.as_ref()
        ],
    )?;
    Ok(changed == 1)
}

/// Notes which call back was promised with a message.
pub fn promise(tx: &mut Tx<'_>, id: &MessageId, callback: &CallbackId) -> Result<()> {
    tx.execute("UPDATE messages SET callback_id = $1 WHERE id = $2", params![callback, id])?;
    Ok(())
}

/// Gives a message to one person, once; [`Error::Conflict`] where somebody has it.
pub fn take(
    tx: &mut Tx<'_>,
    id: &MessageId,
    person: &PersonId,
    contact: &ContactId,
    at: Timestamp,
) -> Result<()> {
    let changed = tx.execute(
        "UPDATE messages SET taken_by = $1, taken_at = $2, contact_id = $3 WHERE id = $4 AND taken_at IS NULL",
        params![person, at, contact, id],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("somebody has this message".to_owned())) }
}

/// The message with this id.
pub fn get(tx: &mut Tx<'_>, id: &MessageId) -> Result<Message> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM messages WHERE id = $1"), params![id])?)
}

/// The message that a contact is about.
pub fn by_contact(tx: &mut Tx<'_>, contact: &ContactId) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE contact_id = $1");
    tx.first(&sql, params![contact])?.map(|row| read(&row)).transpose()
}

/// The message whose sound a recording is.
pub fn by_recording(tx: &mut Tx<'_>, recording: &RecordingId) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE recording_id = $1");
    tx.first(&sql, params![recording])?.map(|row| read(&row)).transpose()
}

/// Messages that a call back was promised for, oldest first.
pub fn of_callback(tx: &mut Tx<'_>, callback: &CallbackId) -> Result<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE callback_id = $1 ORDER BY at, id");
    tx.query(&sql, params![callback])?.iter().map(read).collect()
}

/// Messages nobody has taken, oldest first.
pub fn waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE taken_at IS NULL ORDER BY at, id LIMIT $1");
    tx.query(&sql, params![limit])?.iter().map(read).collect()
}

/// The messages that were taken last, newest first.
pub fn taken(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE taken_at IS NOT NULL ORDER BY taken_at DESC, id LIMIT $1"
    );
    tx.query(&sql, params![limit])?.iter().map(read).collect()
}

/// How many nobody has taken.
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM messages WHERE taken_at IS NULL", &[])
}

fn read(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.get(0)?,
        call: row.get(1)?,
        purpose: row.get(2)?,
        url: row.get(3)?,
        seconds: row.get(4)?,
        at: row.get(5)?,
        callback: row.get(6)?,
        taken_by: row.get(7)?,
        taken_at: row.get(8)?,
        contact: row.get(9)?,
        recording: row.get(10)?,
    })
}
