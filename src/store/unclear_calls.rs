//! Calls that a provider was asked for without our knowing yet whether it placed them. The row is stored with the
//! intent, so that a crash between the request and its answer is asked after, too.

use domain::{AttemptId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One such call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearCall {
    pub attempt: AttemptId,
    pub provider: String,
    pub to: String,
    pub from: String,
    /// When the provider was asked to place it.
    pub since: Timestamp,
    /// Lists read so far that did not have it.
    pub asked: i64,
    /// When to ask again.
    pub ask_at: Timestamp,
}

const COLUMNS: &str = "attempt_id, provider, to_number, from_number, since, asked, ask_at";

fn read(row: &Row) -> Result<UnclearCall> {
    Ok(UnclearCall {
        attempt: row.get(0)?,
        provider: row.get(1)?,
        to: row.get(2)?,
        from: row.get(3)?,
        since: row.get(4)?,
        asked: row.get(5)?,
        ask_at: row.get(6)?,
    })
}

/// Stores a call that is about to be asked for.
pub fn insert(tx: &mut Tx<'_>, call: &UnclearCall) -> Result<()> {
    tx.execute(
        &format!("INSERT INTO unclear_calls ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        params![&call.attempt, &call.provider, &call.to, &call.from, call.since, call.asked, call.ask_at,],
    )
    .map(drop)
}

/// Up to `most` calls to be asked after by now, longest due first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, most: i64) -> Result<Vec<UnclearCall>> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM unclear_calls WHERE ask_at <= $1 ORDER BY ask_at LIMIT $2"),
        params![now, most],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Writes when to ask again.
pub fn ask_again(tx: &mut Tx<'_>, attempt: &AttemptId, asked: i64, at: Timestamp) -> Result<()> {
    let changed = tx.execute(
        "UPDATE unclear_calls SET asked = $1, ask_at = $2 WHERE attempt_id = $3",
        params![asked, at, attempt],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Forgets a call: it is known by now what became of it. One that is not there is forgotten.
pub fn remove(tx: &mut Tx<'_>, attempt: &AttemptId) -> Result<()> {
    tx.execute("DELETE FROM unclear_calls WHERE attempt_id = $1", params![attempt]).map(drop)
}
