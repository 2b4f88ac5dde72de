//! Attempts to reach somebody for a callback. The row is stored before the provider is asked to dial, so
//! that no telephone can ring without a record.

use domain::{AttemptId, CallbackId, PersonId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One attempt as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    pub callback: CallbackId,
    /// From 1.
    pub ordinal: i64,
    /// provider or manual.
    pub channel: String,
    pub agent: PersonId,
    pub provider_call_id: Option<String>,
    pub intended_at: Timestamp,
    /// When the citizen's telephone was dialled.
    pub dialled_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub note: Option<String>,
}

const COLUMNS: &str = "id, callback_id, ordinal, channel, agent_id, provider_call_id, intended_at, dialled_at, \
     ended_at, outcome, note";

fn read(row: &Row) -> Result<Attempt> {
    Ok(Attempt {
        id: row.get(0)?,
        callback: row.get(1)?,
        ordinal: row.get(2)?,
        channel: row.get(3)?,
        agent: row.get(4)?,
        provider_call_id: row.get(5)?,
        intended_at: row.get(6)?,
        dialled_at: row.get(7)?,
        ended_at: row.get(8)?,
        outcome: row.get(9)?,
        note: row.get(10)?,
    })
}

/// Stores an attempt.
pub fn insert(tx: &mut Tx<'_>, attempt: &Attempt) -> Result<()> {
    tx.execute(
        &format!("INSERT INTO attempts ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        params![
            &attempt.id,
            &attempt.callback,
            attempt.ordinal,
            &attempt.channel,
            &attempt.agent,
            attempt.provider_call_id.as_deref(),
            attempt.intended_at,
            attempt.dialled_at,
            attempt.ended_at,
            attempt.outcome.as_deref(),
            attempt.note.as_deref(),
        ],
    )
    .map(drop)
}

/// The attempt with this id.
pub fn get(tx: &mut Tx<'_>, id: &AttemptId) -> Result<Attempt> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM attempts WHERE id = $1"), params![id])?)
}

/// The attempts of a callback, oldest first.
pub fn of_callback(tx: &mut Tx<'_>, callback: &CallbackId) -> Result<Vec<Attempt>> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM attempts WHERE callback_id = $1 ORDER BY ordinal"),
        params![callback],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Whether an attempt has this call of the provider.
pub fn has_call(tx: &mut Tx<'_>, provider_call_id: &str) -> Result<bool> {
    let found = tx.first("SELECT id FROM attempts WHERE provider_call_id = $1", params![provider_call_id])?;
    Ok(found.is_some())
}

/// Calls asked of providers after `since`; an empty `line` or `phone` is any. What the provider refused cost nothing
/// and is left out.
pub fn count_placed(tx: &mut Tx<'_>, since: Timestamp, line: &str, phone: &str) -> Result<i64> {
    let row = tx.one(
        "SELECT COUNT(*) FROM attempts a JOIN callbacks c ON c.id = a.callback_id \
         WHERE a.channel = 'provider' AND a.intended_at > $1 AND ($2 = '' OR c.line = $2) \
         AND ($3 = '' OR c.phone = $3) AND (a.outcome IS NULL OR a.outcome <> 'technical')",
        params![since, line, phone],
    )?;
    row.get(0)
}

/// Writes how an attempt stands.
pub fn update(tx: &mut Tx<'_>, attempt: &Attempt) -> Result<()> {
    let changed = tx.execute(
        "UPDATE attempts SET provider_call_id = $1, dialled_at = $2, ended_at = $3, outcome = $4, note = $5 \
         WHERE id = $6",
        params![
            attempt.provider_call_id.as_deref(),
            attempt.dialled_at,
            attempt.ended_at,
            attempt.outcome.as_deref(),
            attempt.note.as_deref(),
            &attempt.id,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}
