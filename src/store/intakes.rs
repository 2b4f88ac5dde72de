//! Intake drafts: a row from the moment a call is offered. Every save carries the version it was made from.

use domain::{CaseId, ContactId, IntakeId, PersonId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: IntakeId,
    pub contact: ContactId,
    pub agent: PersonId,
    /// Counts up with every save.
    pub version: i64,
    /// The form as JSON.
    pub fields: String,
    pub saved_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub case: Option<CaseId>,
}

const COLUMNS: &str = "id, contact_id, agent_id, version, fields, saved_at, finished_at, case_id";

/// Stores a new draft.
pub fn insert(tx: &mut Tx<'_>, draft: &Draft) -> Result<()> {
    let sql = format!("INSERT INTO intakes ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    tx.execute(
        &sql,
        params![
            &draft.id,
            &draft.contact,
            &draft.agent,
            draft.version,
            &draft.fields,
            draft.saved_at,
            draft.finished_at,
            draft.case.as_ref()
        ],
    )?;
    Ok(())
}

/// The draft with this id.
pub fn find(tx: &mut Tx<'_>, id: &IntakeId) -> Result<Draft> {
    let sql = format!("SELECT {COLUMNS} FROM intakes WHERE id = $1");
    read(&tx.one(&sql, params![id])?)
}

/// The draft of a contact.
pub fn by_contact(tx: &mut Tx<'_>, contact: &ContactId) -> Result<Option<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM intakes WHERE contact_id = $1");
    tx.first(&sql, params![contact])?.map(|row| read(&row)).transpose()
}

/// An agent's unfinished drafts, oldest first.
pub fn unfinished(tx: &mut Tx<'_>, agent: &PersonId) -> Result<Vec<Draft>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM intakes WHERE agent_id = $1 AND finished_at IS NULL ORDER BY saved_at, id"
    );
    tx.query(&sql, params![agent])?.iter().map(read).collect()
}

/// Hands an untouched draft to the next agent who is offered the caller.
pub fn hand_to(tx: &mut Tx<'_>, id: &IntakeId, agent: &PersonId) -> Result<()> {
    tx.execute("UPDATE intakes SET agent_id = $1 WHERE id = $2", params![agent, id])?;
    Ok(())
}

/// Saves the form if nobody saved since `version`; the new version. [`Error::Conflict`] otherwise.
pub fn save(tx: &mut Tx<'_>, id: &IntakeId, version: i64, fields: &str, at: Timestamp) -> Result<i64> {
    let changed = tx.execute(
        "UPDATE intakes SET fields = $1, version = $2, saved_at = $3
         WHERE id = $4 AND version = $5 AND finished_at IS NULL",
        params![fields, version + 1, at, id, version],
    )?;
    if changed == 1 {
        Ok(version + 1)
    } else {
        Err(Error::Conflict("intake was saved in between".to_owned()))
    }
}

/// Finishes a draft, once.
pub fn finish(tx: &mut Tx<'_>, id: &IntakeId, case: Option<&CaseId>, at: Timestamp) -> Result<()> {
    let changed = tx.execute(
        "UPDATE intakes SET finished_at = $1, case_id = $2 WHERE id = $3 AND finished_at IS NULL",
        params![at, case, id],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("intake is finished already".to_owned())) }
}

fn read(row: &Row) -> Result<Draft> {
    Ok(Draft {
        id: row.get(0)?,
        contact: row.get(1)?,
        agent: row.get(2)?,
        version: row.get(3)?,
        fields: row.get(4)?,
        saved_at: row.get(5)?,
        finished_at: row.get(6)?,
        case: row.get(7)?,
    })
}
