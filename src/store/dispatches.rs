//! Dispatches: each sending of a case to a department, and what the department did with it.

use domain::{CaseId, PersonId, Timestamp};

use crate::case_lists::places;
use crate::{Error, Result, Row, Tx, params};

/// One dispatch as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    pub id: String,
    pub case: CaseId,
    /// From 1; more than one after a return or a reopening.
    pub ordinal: i64,
    pub department: String,
    /// The rule that proposed a department, or empty where none did.
    pub rule: String,
    /// The rule's strength.
    pub strength: String,
    pub override_reason: Option<String>,
    pub sent_by: PersonId,
    pub sent_at: Timestamp,
    pub sign_due_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub law: Option<String>,
    /// sent, signed, returned, answered, superseded.
    pub state: String,
    pub signed_at: Option<Timestamp>,
    pub signed_by: Option<PersonId>,
    pub returned_at: Option<Timestamp>,
    pub return_reason: Option<String>,
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<PersonId>,
    pub service_day: String,
}

const COLUMNS: &str = "id, case_id, ordinal, department, rule, strength, override_reason, sent_by, sent_at, \
     sign_due_at, due_at, law, state, signed_at, signed_by, returned_at, return_reason, answered_at, \
     answered_by, service_day";

fn read(row: &Row) -> Result<Dispatch> {
    Ok(Dispatch {
        id: row.get(0)?,
        case: row.get(1)?,
        ordinal: row.get(2)?,
        department: row.get(3)?,
        rule: row.get(4)?,
        strength: row.get(5)?,
        override_reason: row.get(6)?,
        sent_by: row.get(7)?,
        sent_at: row.get(8)?,
        sign_due_at: row.get(9)?,
        due_at: row.get(10)?,
        law: row.get(11)?,
        state: row.get(12)?,
        signed_at: row.get(13)?,
        signed_by: row.get(14)?,
        returned_at: row.get(15)?,
        return_reason: row.get(16)?,
        answered_at: row.get(17)?,
        answered_by: row.get(18)?,
        service_day: row.get(19)?,
    })
}

/// Stores a new dispatch.
pub fn insert(tx: &mut Tx<'_>, dispatch: &Dispatch) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO dispatches ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19, $20)"
        ),
        params![
            dispatch.id.as_str(),
            &dispatch.case,
            dispatch.ordinal,
            &dispatch.department,
            &dispatch.rule,
            &dispatch.strength,
            dispatch.override_reason.as_deref(),
            &dispatch.sent_by,
            dispatch.sent_at,
            dispatch.sign_due_at,
            dispatch.due_at,
            dispatch.law.as_deref(),
            &dispatch.state,
            dispatch.signed_at,
            dispatch.signed_by.as_ref(),
            dispatch.returned_at,
            dispatch.return_reason.as_deref(),
            dispatch.answered_at,
            dispatch.answered_by.as_ref(),
            &dispatch.service_day,
        ],
    )
    .map(drop)
}

/// The dispatches of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Dispatch>> {
    tx.query(&format!("SELECT {COLUMNS} FROM dispatches WHERE case_id = $1 ORDER BY ordinal"), params![case])?
        .iter()
        .map(read)
        .collect()
}

/// The last dispatch of a case.
pub fn latest(tx: &mut Tx<'_>, case: &CaseId) -> Result<Option<Dispatch>> {
    tx.first(
        &format!("SELECT {COLUMNS} FROM dispatches WHERE case_id = $1 ORDER BY ordinal DESC LIMIT 1"),
        params![case],
    )?
    .as_ref()
    .map(read)
    .transpose()
}

/// The last dispatch of each of `cases` that has one.
pub fn latest_of_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Dispatch>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = places(cases);
    let sql = format!(
        "SELECT {COLUMNS} FROM dispatches d WHERE d.case_id IN ({places}) AND d.ordinal = \
         (SELECT MAX(o.ordinal) FROM dispatches o WHERE o.case_id = d.case_id) ORDER BY d.case_id"
    );
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// Writes what became of a dispatch; [`Error::Conflict`] unless it is still in state `from`.
pub fn update(tx: &mut Tx<'_>, dispatch: &Dispatch, from: &str) -> Result<()> {
    let changed = tx.execute(
        "UPDATE dispatches SET state = $1, signed_at = $2, signed_by = $3, returned_at = $4, \
         return_reason = $5, answered_at = $6, answered_by = $7 WHERE id = $8 AND state = $9",
        params![
            &dispatch.state,
            dispatch.signed_at,
            dispatch.signed_by.as_ref(),
            dispatch.returned_at,
            dispatch.return_reason.as_deref(),
            dispatch.answered_at,
            dispatch.answered_by.as_ref(),
            dispatch.id.as_str(),
            from,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("the dispatch has moved on".to_owned())) }
}

/// Whether a department ever had the case in hand.
pub fn ever_sent_to(tx: &mut Tx<'_>, case: &CaseId, department: &str) -> Result<bool> {
    let sent: i64 = tx.value(
        "SELECT COUNT(*) FROM dispatches WHERE case_id = $1 AND department = $2",
        params![case, department],
    )?;
    Ok(sent > 0)
}
