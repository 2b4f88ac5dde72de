//! Forgetting what is no longer needed: the word-for-word memory of calls that are over.
//!
//! Calls, contacts and cases stay; what goes is what the caller keyed in step by step, and the counts of
//! wrong look-ups. Nothing that a report counts is touched.

use domain::Timestamp;

use crate::{Result, Tx, params};

/// How much was forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    pub turns: u64,
    pub lookup_tries: u64,
}

/// Forgets the turns of calls that ended before `turns_before`, and wrong look-ups before `tries_before`. At
/// most `limit` calls at a time, so that callers never wait behind it.
pub fn forget(
    tx: &mut Tx<'_>,
    turns_before: Timestamp,
    tries_before: Timestamp,
    limit: i64,
) -> Result<Forgotten> {
    let turns = tx.execute(
        "DELETE FROM turns WHERE call_id IN (
             SELECT calls.id FROM calls WHERE calls.ended_at < $1
             AND EXISTS (SELECT 1 FROM turns WHERE turns.call_id = calls.id)
             ORDER BY calls.ended_at, calls.id LIMIT $2)",
        params![turns_before, limit],
    )?;
    let lookup_tries =
        tx.execute("DELETE FROM lookup_tries WHERE window_start < $1", params![tries_before])?;
    Ok(Forgotten { turns, lookup_tries })
}
