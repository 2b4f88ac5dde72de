//! Co-handlers: departments that help the lead of a case, and what they reported.

use domain::{CaseId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One department that helps with one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoHandler {
    pub id: String,
    pub case: CaseId,
    pub department: String,
    /// What it is asked to find out.
    pub task: String,
    /// asked, signed, reported.
    pub state: String,
    pub due_at: Option<Timestamp>,
    pub asked_at: Timestamp,
    pub signed_at: Option<Timestamp>,
    pub reported_at: Option<Timestamp>,
    pub report: Option<String>,
    /// Dropped, or the case went on to another lead or another round.
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, case_id, department, task, state, due_at, asked_at, signed_at, reported_at, report, \
     ended_at";

fn read(row: &Row) -> Result<CoHandler> {
    Ok(CoHandler {
        id: row.get(0)?,
        case: row.get(1)?,
        department: row.get(2)?,
        task: row.get(3)?,
        state: row.get(4)?,
        due_at: row.get(5)?,
        asked_at: row.get(6)?,
        signed_at: row.get(7)?,
        reported_at: row.get(8)?,
        report: row.get(9)?,
        ended_at: row.get(10)?,
    })
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, one: &CoHandler) -> Result<()> {
    tx.execute(
        &format!("INSERT INTO co_handlers ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        params![
            one.id.as_str(),
            &one.case,
            &one.department,
            &one.task,
            &one.state,
            one.due_at,
            one.asked_at,
            one.signed_at,
            one.reported_at,
            one.report.as_deref(),
            one.ended_at,
        ],
    )
    .map(drop)
}

/// Writes how far it is; [`Error::Conflict`] where it has ended.
pub fn update(tx: &mut Tx<'_>, one: &CoHandler) -> Result<()> {
    let changed = tx.execute(
        "UPDATE co_handlers SET state = $1, signed_at = $2, reported_at = $3, report = $4, ended_at = $5 \
         WHERE id = $6 AND ended_at IS NULL",
        params![
            &one.state,
            one.signed_at,
            one.reported_at,
            one.report.as_deref(),
            one.ended_at,
            one.id.as_str(),
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("the co-handler has moved on".to_owned())) }
}

/// Ends all that help with a case.
pub fn end_all(tx: &mut Tx<'_>, case: &CaseId, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE co_handlers SET ended_at = $1 WHERE case_id = $2 AND ended_at IS NULL",
        params![at, case],
    )
    .map(drop)
}

/// Everyone who ever helped with a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<CoHandler>> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM co_handlers WHERE case_id = $1 ORDER BY asked_at, id"),
        params![case],
    )?
    .iter()
    .map(read)
    .collect()
}

/// What a department is asked to help with now, what is due first standing first.
pub fn of_department(tx: &mut Tx<'_>, department: &str, limit: i64) -> Result<Vec<CoHandler>> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM co_handlers WHERE department = $1 AND ended_at IS NULL \
             ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id LIMIT $2"
        ),
        params![department, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Whether a department helps with a case now.
pub fn helps(tx: &mut Tx<'_>, case: &CaseId, department: &str) -> Result<bool> {
    let count: i64 = tx.value(
        "SELECT COUNT(*) FROM co_handlers WHERE case_id = $1 AND department = $2 AND ended_at IS NULL",
        params![case, department],
    )?;
    Ok(count > 0)
}
