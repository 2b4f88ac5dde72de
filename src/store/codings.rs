//! Codings: every code that a point was given, on its category and on every other axis. Only ever added to.

use domain::{CaseId, PersonId, PointId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One code that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    pub point: PointId,
    pub case: CaseId,
    /// From 1 within the point.
    pub ordinal: i64,
    pub axis: String,
    /// Empty: taken back.
    pub code: String,
    pub system: String,
    pub version: String,
    /// The code that it took the place of.
    pub before: Option<String>,
    pub reason: Option<String>,
    pub coder: PersonId,
    pub at: Timestamp,
}

const COLUMNS: &str =
    "point_id, case_id, ordinal, axis, code, system, version, before, reason, coder, coded_at";

fn read(row: &Row) -> Result<Coding> {
    Ok(Coding {
        point: row.get(0)?,
        case: row.get(1)?,
        ordinal: row.get(2)?,
        axis: row.get(3)?,
        code: row.get(4)?,
        system: row.get(5)?,
        version: row.get(6)?,
        before: row.get(7)?,
        reason: row.get(8)?,
        coder: row.get(9)?,
        at: row.get(10)?,
    })
}

/// Adds a coding; its ordinal is the next of the point, whatever it says.
pub fn append(tx: &mut Tx<'_>, coding: &Coding) -> Result<()> {
    let ordinal: i64 = tx.value(
        "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM codings WHERE point_id = $1",
        params![&coding.point],
    )?;
    tx.execute(
        &format!("INSERT INTO codings ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        params![
            &coding.point,
            &coding.case,
            ordinal,
            &coding.axis,
            &coding.code,
            &coding.system,
            &coding.version,
            coding.before.as_deref(),
            coding.reason.as_deref(),
            &coding.coder,
            coding.at,
        ],
    )
    .map(drop)
}

/// Every coding of a case's points, point by point, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Coding>> {
    let sql = format!("SELECT {COLUMNS} FROM codings WHERE case_id = $1 ORDER BY point_id, ordinal");
    tx.query(&sql, params![case])?.iter().map(read).collect()
}

/// Every coding of one point, oldest first.
pub fn of_point(tx: &mut Tx<'_>, point: &PointId) -> Result<Vec<Coding>> {
    let sql = format!("SELECT {COLUMNS} FROM codings WHERE point_id = $1 ORDER BY ordinal");
    tx.query(&sql, params![point])?.iter().map(read).collect()
}
