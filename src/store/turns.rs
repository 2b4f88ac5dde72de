//! Turns: what happened in a call and what was answered, one row each, written once and counted thereafter.

use domain::{CallId, Timestamp};

use crate::notes::TurnNumber;
use crate::{Result, Tx, params};

/// One turn, answered for the first time.
#[derive(Debug, Clone)]
pub struct NewTurn<'a> {
    pub call: &'a CallId,
    pub branch: u32,
    pub step: u32,
    pub at: Timestamp,
    /// The event, as JSON.
    pub event: &'a str,
    /// The verbs answered, as JSON.
    pub reply: &'a str,
    /// Where the call stands after it, as JSON.
    pub state: &'a str,
    /// The ways that it took, as JSON.
    pub walked: &'a str,
}

/// What was answered before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub reply: String,
    pub state: String,
}

/// A turn as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub branch: u32,
    pub step: u32,
    pub at: Timestamp,
    pub event: String,
    pub reply: String,
    pub state: String,
}

/// Keeps the turn if it is the first with its number; otherwise counts it and gives what was answered then.
pub fn keep(tx: &mut Tx<'_>, turn: &NewTurn<'_>) -> Result<Option<Answered>> {
    // The texts are long, and only a repetition needs them back.
    let row = tx.one(
        "INSERT INTO turns (call_id, branch, step, at, event, reply, state, walked, seen) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) \
         ON CONFLICT (call_id, branch, step) DO UPDATE SET seen = turns.seen + 1 \
         RETURNING seen, CASE WHEN seen > 1 THEN reply END, CASE WHEN seen > 1 THEN state END",
        params![turn.call, turn.branch, turn.step, turn.at, turn.event, turn.reply, turn.state, turn.walked],
    )?;
    let first = row.get::<i64>(0)? == 1;
    if first { Ok(None) } else { Ok(Some(Answered { reply: row.get(1)?, state: row.get(2)? })) }
}

/// Puts a turn in the place of one that is kept under its number.
pub fn overrule(tx: &mut Tx<'_>, turn: &NewTurn<'_>) -> Result<()> {
    tx.execute(
        "UPDATE turns SET at = $1, event = $2, reply = $3, state = $4, walked = $5 \
         WHERE call_id = $6 AND branch = $7 AND step = $8",
        params![turn.at, turn.event, turn.reply, turn.state, turn.walked, turn.call, turn.branch, turn.step],
    )?;
    Ok(())
}

/// What was answered in that turn, if it was; counts the repetition. A duplicate is answered by a
/// transaction that itself writes, so that "answered before" is as durable as the answer.
pub fn repeat(tx: &mut Tx<'_>, call: &CallId, branch: u32, step: u32) -> Result<Option<Answered>> {
    let row = tx.first(
        "UPDATE turns SET seen = seen + 1 WHERE call_id = $1 AND branch = $2 AND step = $3 RETURNING reply, state",
        params![call, branch, step],
    )?;
    row.map(|row| Ok(Answered { reply: row.get(0)?, state: row.get(1)? })).transpose()
}

/// Whether a later turn of the call is stored.
pub fn overtaken(tx: &mut Tx<'_>, call: &CallId, turn: TurnNumber) -> Result<bool> {
    let later = tx.first(
        "SELECT 1 FROM turns WHERE call_id = $1 AND (branch > $2 OR (branch = $2 AND step > $3)) LIMIT 1",
        params![call, turn.branch, turn.step],
    )?;
    Ok(later.is_some())
}

/// The last turn of the call's furthest branch.
pub fn latest(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Turn>> {
    let rows = tx.query(
        "SELECT branch, step, at, event, reply, state FROM turns WHERE call_id = $1 \
         ORDER BY branch DESC, step DESC LIMIT 1",
        params![call],
    )?;
    rows.first().map(read).transpose()
}

/// All turns of a call in their order.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Turn>> {
    let rows = tx.query(
        "SELECT branch, step, at, event, reply, state FROM turns WHERE call_id = $1 ORDER BY branch, step",
        params![call],
    )?;
    rows.iter().map(read).collect()
}

fn read(row: &crate::Row) -> Result<Turn> {
    Ok(Turn {
        branch: row.get(0)?,
        step: row.get(1)?,
        at: row.get(2)?,
        event: row.get(3)?,
        reply: row.get(4)?,
        state: row.get(5)?,
    })
}
