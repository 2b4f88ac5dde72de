//! The evidence register as lists need it; what an entry says in full stands in the history of its case.

use domain::{CaseId, Timestamp};

use crate::case_lists::places;
use crate::{Result, Tx, params};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub case: CaseId,
    pub kind: String,
    pub what: String,
    /// held, promised or not_available.
    pub state: String,
    /// The side that has it.
    pub holder: String,
    /// Codes with commas.
    pub readers: String,
    /// Until when somebody is to give it.
    pub request_due_at: Option<Timestamp>,
    /// Until when somebody is to say that it is kept from being overwritten.
    pub preserve_due_at: Option<Timestamp>,
    pub sha256: Option<String>,
}

/// Writes an entry, in the place of what was known of it.
pub fn put(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    tx.execute(
        "INSERT INTO evidence (id, case_id, kind, what, state, holder, readers, request_due_at, preserve_due_at, sha256) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO UPDATE SET what = excluded.what, state = excluded.state, readers = excluded.readers, \
         request_due_at = excluded.request_due_at, preserve_due_at = excluded.preserve_due_at, sha256 = excluded.sha256",
        params![
            &entry.id,
            &entry.case,
            &entry.kind,
            &entry.what,
            &entry.state,
            &entry.holder,
            &entry.readers,
            entry.request_due_at,
            entry.preserve_due_at,
            entry.sha256.as_deref(),
        ],
    )
    .map(drop)
}

/// The entries of a case, in the order in which they were named.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Entry>> {
    let sql = "SELECT id, case_id, kind, what, state, holder, readers, request_due_at, preserve_due_at, sha256 \
               FROM evidence WHERE case_id = $1 ORDER BY id";
    let read = |row: &crate::Row| {
        Ok(Entry {
            id: row.get(0)?,
            case: row.get(1)?,
            kind: row.get(2)?,
            what: row.get(3)?,
            state: row.get(4)?,
            holder: row.get(5)?,
            readers: row.get(6)?,
            request_due_at: row.get(7)?,
            preserve_due_at: row.get(8)?,
            sha256: row.get(9)?,
        })
    };
    tx.query(sql, params![case])?.iter().map(read).collect()
}

/// Of these cases, those in which something may be overwritten before anybody says that it is kept: until when, the
/// first of each.
pub fn at_risk_of_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<(CaseId, Timestamp)>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = places(cases);
    let sql = format!(
        "SELECT case_id, MIN(preserve_due_at) FROM evidence \
         WHERE preserve_due_at IS NOT NULL AND case_id IN ({places}) GROUP BY case_id"
    );
    tx.query(&sql, &values)?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many requests to preserve are overdue: nobody has said that the thing is kept.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM evidence WHERE preserve_due_at IS NOT NULL AND preserve_due_at < $1";
    tx.value(sql, params![now])
}
