//! A case's history. Rows are only ever added.

use domain::{CaseId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One thing that was done to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseEvent {
    /// From 1, without gaps.
    pub ordinal: i64,
    pub at: Timestamp,
    /// A person's id, or `house` for what happened by itself.
    pub actor: String,
    /// What was done, as `dispatched`.
    pub kind: String,
    /// Its particulars, JSON.
    pub detail: String,
}

fn read(row: &Row) -> Result<CaseEvent> {
    Ok(CaseEvent {
        ordinal: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        kind: row.get(3)?,
        detail: row.get(4)?,
    })
}

/// Adds an event behind the last one.
pub fn append(
    tx: &mut Tx<'_>,
    case: &CaseId,
    at: Timestamp,
    actor: &str,
    kind: &str,
    detail: &str,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_events (case_id, ordinal, at, actor, kind, detail) \
         SELECT $1, COALESCE(MAX(ordinal), 0) + 1, $2, $3, $4, $5 FROM case_events WHERE case_id = $1",
        params![case, at, actor, kind, detail],
    )
    .map(drop)
}

/// The history of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<CaseEvent>> {
    tx.query(
        "SELECT ordinal, at, actor, kind, detail FROM case_events WHERE case_id = $1 ORDER BY ordinal",
        params![case],
    )?
    .iter()
    .map(read)
    .collect()
}
