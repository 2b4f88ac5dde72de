//! Corrective actions: what is to be put right, by whom, and when somebody looks whether it was.

use domain::{CaseId, CaseNumber, Timestamp};

use crate::{Result, Tx, params};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub id: String,
    pub case: CaseId,
    /// The institution of the point that caused it.
    pub institution: Option<String>,
    pub what: String,
    pub owner: String,
    pub due_at: Timestamp,
    /// When it is looked at next; none once that is over.
    pub check_at: Option<Timestamp>,
    /// done, partly or not_done.
    pub result: Option<String>,
    pub remark: String,
    pub planned_at: Timestamp,
}

const COLUMNS: &str =
    "c.id, c.case_id, c.institution, c.what, c.owner, c.due_at, c.check_at, c.result, c.remark, c.planned_at";

fn read(row: &crate::Row) -> Result<Correction> {
    Ok(Correction {
        id: row.get(0)?,
        case: row.get(1)?,
        institution: row.get(2)?,
        what: row.get(3)?,
        owner: row.get(4)?,
        due_at: row.get(5)?,
        check_at: row.get(6)?,
        result: row.get(7)?,
        remark: row.get(8)?,
        planned_at: row.get(9)?,
    })
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, one: &Correction) -> Result<()> {
    tx.execute(
        "INSERT INTO corrections (id, case_id, institution, what, owner, due_at, check_at, result, remark, planned_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &one.id,
            &one.case,
            one.institution.as_deref(),
            &one.what,
            &one.owner,
            one.due_at,
            one.check_at,
            one.result.as_deref(),
            &one.remark,
            one.planned_at,
        ],
    )
    .map(drop)
}

/// Writes what a check found, and when somebody looks again.
pub fn check(
    tx: &mut Tx<'_>,
    id: &str,
    result: &str,
    remark: &str,
    again_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        "UPDATE corrections SET result = $1, remark = $2, check_at = $3 WHERE id = $4",
        params![result, remark, again_at, id],
    )
    .map(drop)
}

/// Those that are still to be checked, with the numbers of their cases: what is due first stands first.
pub fn to_check(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(Correction, CaseNumber)>> {
    let sql = format!(
        "SELECT {COLUMNS}, cases.number FROM corrections c JOIN cases ON cases.id = c.case_id \
         WHERE c.check_at IS NOT NULL ORDER BY c.check_at, c.id LIMIT $1"
    );
    let with_number = |row: &crate::Row| {
        let number = CaseNumber::parse(&row.get::<String>(10)?);
        Ok((read(row)?, number.map_err(|error| crate::Error::Broken(error.to_string()))?))
    };
    tx.query(&sql, params![limit])?.iter().map(with_number).collect()
}

/// How many checks are overdue.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM corrections WHERE check_at IS NOT NULL AND check_at < $1", params![now])
}
