//! Telephones that a document dialled for a call, as their status hooks tell of them, in any order.

use domain::{CallId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One such leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub provider_call_id: String,
    pub call: CallId,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// Notes that a leg was answered; the first time counts.
pub fn answered(tx: &mut Tx<'_>, provider: &str, leg: &str, call: &CallId, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO call_legs (provider, provider_call_id, call_id, answered_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (provider, provider_call_id) \
         DO UPDATE SET answered_at = coalesce(call_legs.answered_at, excluded.answered_at)",
        params![provider, leg, call, at],
    )
    .map(drop)
}

/// Notes that a leg is over; the first time counts, and an answer that is told later does not undo it.
pub fn ended(tx: &mut Tx<'_>, provider: &str, leg: &str, call: &CallId, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO call_legs (provider, provider_call_id, call_id, ended_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (provider, provider_call_id) \
         DO UPDATE SET ended_at = coalesce(call_legs.ended_at, excluded.ended_at)",
        params![provider, leg, call, at],
    )
    .map(drop)
}

/// The leg that talks with the caller: answered, not over, the latest of them.
pub fn talking(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Leg>> {
    let row = tx.first(
        "SELECT provider_call_id, call_id, answered_at, ended_at FROM call_legs WHERE call_id = $1 \
         AND answered_at IS NOT NULL AND ended_at IS NULL ORDER BY answered_at DESC, provider_call_id DESC LIMIT 1",
        params![call],
    )?;
    row.as_ref().map(read).transpose()
}

/// Whether a leg is over.
pub fn is_over(tx: &mut Tx<'_>, provider: &str, leg: &str) -> Result<bool> {
    let row = tx.first(
        "SELECT ended_at IS NOT NULL FROM call_legs WHERE provider = $1 AND provider_call_id = $2",
        params![provider, leg],
    )?;
    row.map_or(Ok(false), |row| row.get(0))
}

fn read(row: &Row) -> Result<Leg> {
    Ok(Leg {
        provider_call_id: row.get(0)?,
        call: row.get(1)?,
        answered_at: row.get(2)?,
        ended_at: row.get(3)?,
    })
}
