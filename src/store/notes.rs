//! What callers leave in the walk through a script: notes, survey scores, tries at the look-up.

use domain::{CallId, Timestamp};

use crate::{Result, Tx, params};

/// Number of a turn within its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TurnNumber {
    pub branch: u32,
    pub step: u32,
}

/// Keeps what the caller chose or keyed; the latest turn wins, in whatever order they arrive. Within one
/// turn, what is written last counts.
pub fn write(tx: &mut Tx<'_>, call: &CallId, turn: TurnNumber, key: &str, value: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO notes (call_id, key, value, branch, step) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (call_id, key) DO UPDATE \
         SET value = excluded.value, branch = excluded.branch, step = excluded.step \
         WHERE excluded.branch > notes.branch \
         OR (excluded.branch = notes.branch AND excluded.step >= notes.step)",
        params![call, key, value, turn.branch, turn.step],
    )?;
    Ok(())
}

/// All notes of a call, by key.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<(String, String)>> {
    let rows = tx.query("SELECT key, value FROM notes WHERE call_id = $1 ORDER BY key", params![call])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Keeps the score of a survey question; the first answer of the call stands.
pub fn rate(tx: &mut Tx<'_>, call: &CallId, question: &str, score: u8, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO survey_answers (call_id, question, score, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (call_id, question) DO NOTHING",
        params![call, question, i64::from(score), at],
    )?;
    Ok(())
}

/// Wrong tries of `who` at the look-up since `since`.
pub fn lookup_tries(tx: &mut Tx<'_>, who: &str, since: Timestamp) -> Result<u32> {
    tx.value(
        "SELECT CAST(coalesce(sum(tries), 0) AS BIGINT) FROM lookup_tries WHERE who = $1 AND window_start >= $2",
        params![who, since],
    )
}

/// Counts a wrong try in its window.
pub fn count_lookup_try(tx: &mut Tx<'_>, who: &str, window_start: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO lookup_tries (who, window_start, tries) VALUES ($1, $2, 1) \
         ON CONFLICT (who, window_start) DO UPDATE SET tries = lookup_tries.tries + 1",
        params![who, window_start],
    )?;
    Ok(())
}
