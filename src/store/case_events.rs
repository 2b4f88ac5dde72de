//! A case's history. Rows are only ever added.

use domain::{CaseId, Timestamp};

use crate::case_lists::places;
use crate::{Result, Row, Tx, Value, params};

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

/// What histories of `cases` say under some kinds, oldest first within a case.
pub fn of_kinds(tx: &mut Tx<'_>, cases: &[CaseId], kinds: &[&str]) -> Result<Vec<(CaseId, CaseEvent)>> {
    if cases.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let (places, mut values) = places(cases);
    let from = values.len();
    values.extend(kinds.iter().map(|kind| Value::from(*kind)));
    let asked: Vec<String> = (from + 1..=values.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT ordinal, at, actor, kind, detail, case_id FROM case_events \
         WHERE case_id IN ({places}) AND kind IN ({}) ORDER BY case_id, ordinal",
        asked.join(", ")
    );
    tx.query(&sql, &values)?.iter().map(|row| Ok((row.get(5)?, read(row)?))).collect()
}
