//! Recordings: what callers left and pieces of conversations, where their sound is, and what became of it.

use domain::{CallId, CaseId, ConsentId, ContactId, RecordingId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    pub id: RecordingId,
    pub call: CallId,
    /// The record that it belongs to; none before an agent has one.
    pub contact: Option<ContactId>,
    /// Name of the provider in the configuration.
    pub provider: String,
    /// The provider's own id of it.
    pub provider_id: Option<String>,
    /// Where the provider keeps it.
    pub url: Option<String>,
    /// message, documentation or training.
    pub purpose: String,
    /// promised, fetching, kept, absent, failed or erased.
    pub state: String,
    /// Of a conversation: recording, paused or stopped.
    pub control: Option<String>,
    pub consent: Option<ConsentId>,
    pub seconds: Option<u32>,
    /// As `audio/wav`.
    pub media_type: Option<String>,
    pub bytes: Option<i64>,
    /// Of our own file, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Our own file on the shelf, as `2026/03/ID.wav`.
    pub place: Option<String>,
    /// Why it cannot be heard though it should.
    pub fault: Option<String>,
    /// How often the provider was asked for it.
    pub tries: u32,
    pub next_try_at: Option<Timestamp>,
    /// The provider's copy is to be deleted from then on.
    pub drop_at: Option<Timestamp>,
    pub drop_tries: u32,
    pub created_at: Timestamp,
    /// Where the days until it is erased begin.
    pub counted_from: Timestamp,
    pub kept_at: Option<Timestamp>,
    pub erased_at: Option<Timestamp>,
    /// Since when a legal hold stops erasure.
    pub held_at: Option<Timestamp>,
    pub held_why: Option<String>,
}

const COLUMNS: &str = "id, call_id, contact_id, provider, provider_id, url, purpose, state, control, \
     consent_id, seconds, media_type, bytes, sha256, place, fault, tries, next_try_at, drop_at, drop_tries, \
     created_at, counted_from, kept_at, erased_at, held_at, held_why";

/// Stores a new recording.
pub fn insert(tx: &mut Tx<'_>, new: &Recording) -> Result<()> {
    let places: Vec<String> = (1..=26).map(|place| format!("${place}")).collect();
    let sql = format!("INSERT INTO recordings ({COLUMNS}) VALUES ({})", places.join(", "));
    tx.execute(
        &sql,
        params![
            &new.id,
            &new.call,
            new.contact.as_ref(),
            &new.provider,
            new.provider_id.as_deref(),
            new.url.as_deref(),
            &new.purpose,
            &new.state,
            new.control.as_deref(),
            new.consent.as_ref(),
            new.seconds,
            new.media_type.as_deref(),
            new.bytes,
            new.sha256.as_deref(),
            new.place.as_deref(),
            new.fault.as_deref(),
            new.tries,
            new.next_try_at,
            new.drop_at,
            new.drop_tries,
            new.created_at,
            new.counted_from,
            new.kept_at,
            new.erased_at,
            new.held_at,
            new.held_why.as_deref(),
        ],
    )
    .map(drop)
}

/// Writes all that may change of a recording.
pub fn update(tx: &mut Tx<'_>, row: &Recording) -> Result<()> {
    tx.execute(
        "UPDATE recordings SET contact_id = $1, provider_id = $2, url = $3, purpose = $4, state = $5, \
         control = $6, consent_id = $7, seconds = $8, media_type = $9, bytes = $10, sha256 = $11, place = $12, \
         fault = $13, tries = $14, next_try_at = $15, drop_at = $16, drop_tries = $17, counted_from = $18, \
         kept_at = $19, erased_at = $20, held_at = $21, held_why = $22 WHERE id = $23",
        params![
            row.contact.as_ref(),
            row.provider_id.as_deref(),
            row.url.as_deref(),
            &row.purpose,
            &row.state,
            row.control.as_deref(),
            row.consent.as_ref(),
            row.seconds,
            row.media_type.as_deref(),
            row.bytes,
            row.sha256.as_deref(),
            row.place.as_deref(),
            row.fault.as_deref(),
            row.tries,
            row.next_try_at,
            row.drop_at,
            row.drop_tries,
            row.counted_from,
            row.kept_at,
            row.erased_at,
            row.held_at,
            row.held_why.as_deref(),
            &row.id,
        ],
    )
    .map(drop)
}

/// The recording with this id.
pub fn get(tx: &mut Tx<'_>, id: &RecordingId) -> Result<Recording> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM recordings WHERE id = $1"), params![id])?)
}

/// Recordings of a call, in the order they were begun.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Recording>> {
    list(tx, "WHERE call_id = $1 ORDER BY created_at, id", params![call])
}

/// The recording with the provider's id, of whatever call.
pub fn by_provider_id(tx: &mut Tx<'_>, provider: &str, id: &str) -> Result<Option<Recording>> {
    let found =
        list(tx, "WHERE provider = $1 AND provider_id = $2 ORDER BY created_at, id", params![provider, id])?;
    Ok(found.into_iter().next())
}

/// The recording whose own file lies there.
pub fn by_place(tx: &mut Tx<'_>, place: &str) -> Result<Option<Recording>> {
    Ok(list(tx, "WHERE place = $1 ORDER BY created_at, id", params![place])?.into_iter().next())
}

/// Recordings of a record, in the order they were begun.
pub fn of_contact(tx: &mut Tx<'_>, contact: &ContactId) -> Result<Vec<Recording>> {
    list(tx, "WHERE contact_id = $1 ORDER BY created_at, id", params![contact])
}

/// Recordings of the records that became a case, in the order they were begun.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Recording>> {
    let rest = "WHERE contact_id IN (SELECT id FROM contacts WHERE case_id = $1) ORDER BY created_at, id";
    list(tx, rest, params![case])
}

/// Those the provider is to be asked for by now, the longest waiting first.
pub fn to_fetch(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Recording>> {
    list(tx, "WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2", params![now, limit])
}

/// Those whose copy at the provider is to be deleted by now.
pub fn to_drop(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Recording>> {
    list(tx, "WHERE drop_at <= $1 ORDER BY drop_at, id LIMIT $2", params![now, limit])
}

/// Erased ones whose file is still to be removed from the shelf.
pub fn to_clear(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Recording>> {
    list(tx, "WHERE state = 'erased' AND place IS NOT NULL ORDER BY erased_at, id LIMIT $1", params![limit])
}

/// Those of a purpose that are counted from before `before`, without a hold, and not erased yet.
pub fn outlived(tx: &mut Tx<'_>, purpose: &str, before: Timestamp, limit: i64) -> Result<Vec<Recording>> {
    let rest = "WHERE purpose = $1 AND counted_from < $2 AND held_at IS NULL AND erased_at IS NULL \
         ORDER BY counted_from, id LIMIT $3";
    list(tx, rest, params![purpose, before, limit])
}

/// A recording whose conversation is over while its call goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningOn {
    pub recording: Recording,
    /// The provider's own id of the call.
    pub provider_call_id: String,
    pub conversation_ended_at: Timestamp,
}

/// Recordings of conversations that run, or are paused, though the conversation is over; the call is not. The one
/// that ran on longest comes first.
pub fn running_on(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<RunningOn>> {
    let found = tx.query(
        "SELECT r.id, o.provider_call_id, q.ended_at FROM calls o JOIN recordings r ON r.call_id = o.id \
         JOIN contacts c ON c.id = r.contact_id JOIN queue_entries q ON q.id = c.entry_id \
         WHERE o.ended_at IS NULL AND q.ended_at IS NOT NULL AND r.control IN ('recording', 'paused') \
         ORDER BY q.ended_at, r.id LIMIT $1",
        params![limit],
    )?;
    let running = |row: &Row| {
        Ok(RunningOn {
            recording: get(tx, &row.get(0)?)?,
            provider_call_id: row.get(1)?,
            conversation_ended_at: row.get(2)?,
        })
    };
    found.iter().map(running).collect()
}

/// How many cannot be heard though they should.
pub fn count_troubled(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value("SELECT count(*) FROM recordings WHERE fault IS NOT NULL", &[])
}

fn list(tx: &mut Tx<'_>, rest: &str, values: &[crate::Value]) -> Result<Vec<Recording>> {
    tx.query(&format!("SELECT {COLUMNS} FROM recordings {rest}"), values)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Recording> {
    Ok(Recording {
        id: row.get(0)?,
        call: row.get(1)?,
        contact: row.get(2)?,
        provider: row.get(3)?,
        provider_id: row.get(4)?,
        url: row.get(5)?,
        purpose: row.get(6)?,
        state: row.get(7)?,
        control: row.get(8)?,
        consent: row.get(9)?,
        seconds: row.get(10)?,
        media_type: row.get(11)?,
        bytes: row.get(12)?,
        sha256: row.get(13)?,
        place: row.get(14)?,
        fault: row.get(15)?,
        tries: row.get(16)?,
        next_try_at: row.get(17)?,
        drop_at: row.get(18)?,
        drop_tries: row.get(19)?,
        created_at: row.get(20)?,
        counted_from: row.get(21)?,
        kept_at: row.get(22)?,
        erased_at: row.get(23)?,
        held_at: row.get(24)?,
        held_why: row.get(25)?,
    })
}
