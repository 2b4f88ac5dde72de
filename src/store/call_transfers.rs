//! Wishes to bring somebody else to a call: whom, by whom, and what came of it.

use domain::{CallId, PersonId, PhoneNumber, Timestamp, TransferId};

use crate::{Error, Result, Row, Tx, params};

/// One wish. Its row is stored before anybody is asked to ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub call: CallId,
    pub line: String,
    /// consult, blind.
    pub kind: String,
    pub from: PersonId,
    pub to: PhoneNumber,
    /// The colleague whose telephone it is.
    pub to_agent: Option<PersonId>,
    /// Code of the department whose telephone it is.
    pub to_department: Option<String>,
    /// The provider's id of the call that was placed for it.
    pub leg: Option<String>,
    pub asked_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// When the caller was brought together with who was asked.
    pub joined_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// completed, no-answer, busy, failed, cancelled, left, caller-left.
    pub outcome: Option<String>,
}

const COLUMNS: &str = "id, call_id, line, kind, from_agent, to_number, to_agent, to_department, leg, asked_at, \
     answered_at, joined_at, ended_at, outcome";

/// Stores a wish.
pub fn insert(tx: &mut Tx<'_>, transfer: &Transfer) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO call_transfers ({COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            &transfer.id,
            &transfer.call,
            &transfer.line,
            &transfer.kind,
            &transfer.from,
            transfer.to.as_str(),
            transfer.to_agent.as_ref(),
            transfer.to_department.as_deref(),
            transfer.leg.as_deref(),
            transfer.asked_at,
            transfer.answered_at,
            transfer.joined_at,
            transfer.ended_at,
            transfer.outcome.as_deref(),
        ],
    )
    .map(drop)
}

/// The wish with this id.
pub fn get(tx: &mut Tx<'_>, id: &TransferId) -> Result<Transfer> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM call_transfers WHERE id = $1"), params![id])?)
}

/// The wishes of a call, the oldest first.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Transfer>> {
    let sql = format!("SELECT {COLUMNS} FROM call_transfers WHERE call_id = $1 ORDER BY asked_at, id");
    tx.query(&sql, params![call])?.iter().map(read).collect()
}

/// The wish of a call that has no outcome yet.
pub fn pending(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Transfer>> {
    Ok(of_call(tx, call)?.into_iter().rev().find(|transfer| transfer.outcome.is_none()))
}

/// Telephones asked to ring after `since`; an empty `line` or `number` is any. What the provider refused cost nothing
/// and is left out.
pub fn count_asked(tx: &mut Tx<'_>, since: Timestamp, line: &str, number: &str) -> Result<i64> {
    let row = tx.one(
        "SELECT COUNT(*) FROM call_transfers WHERE asked_at > $1 AND ($2 = '' OR line = $2) \
         AND ($3 = '' OR to_number = $3) AND (outcome IS NULL OR outcome <> 'failed')",
        params![since, line, number],
    )?;
    row.get(0)
}

/// Writes how a wish stands.
pub fn update(tx: &mut Tx<'_>, transfer: &Transfer) -> Result<()> {
    let changed = tx.execute(
        "UPDATE call_transfers SET leg = $1, answered_at = $2, joined_at = $3, ended_at = $4, outcome = $5 \
         WHERE id = $6",
        params![
            transfer.leg.as_deref(),
            transfer.answered_at,
            transfer.joined_at,
            transfer.ended_at,
            transfer.outcome.as_deref(),
            &transfer.id,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

fn read(row: &Row) -> Result<Transfer> {
    Ok(Transfer {
        id: row.get(0)?,
        call: row.get(1)?,
        line: row.get(2)?,
        kind: row.get(3)?,
        from: row.get(4)?,
        to: PhoneNumber::parse(&row.get::<String>(5)?)
            .map_err(|error| Error::Broken(format!("call_transfers.to_number: {error}")))?,
        to_agent: row.get(6)?,
        to_department: row.get(7)?,
        leg: row.get(8)?,
        asked_at: row.get(9)?,
        answered_at: row.get(10)?,
        joined_at: row.get(11)?,
        ended_at: row.get(12)?,
        outcome: row.get(13)?,
    })
}
