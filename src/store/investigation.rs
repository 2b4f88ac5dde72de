//! What a department did to find out: records consulted, footage requested, parties heard, other.

use domain::{CaseId, PersonId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One step of an investigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvestigationStep {
    pub id: String,
    pub case: CaseId,
    pub dispatch: String,
    /// From a closed list, as `records_consulted`.
    pub kind: String,
    pub note: String,
    pub at: Timestamp,
    pub actor: PersonId,
}

fn read(row: &Row) -> Result<InvestigationStep> {
    Ok(InvestigationStep {
        id: row.get(0)?,
        case: row.get(1)?,
        dispatch: row.get(2)?,
        kind: row.get(3)?,
        note: row.get(4)?,
        at: row.get(5)?,
        actor: row.get(6)?,
    })
}

/// Stores a step.
pub fn insert(tx: &mut Tx<'_>, step: &InvestigationStep) -> Result<()> {
    tx.execute(
        "INSERT INTO investigation_steps (id, case_id, dispatch_id, kind, note, at, actor) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            step.id.as_str(),
            &step.case,
            step.dispatch.as_str(),
            &step.kind,
            &step.note,
            step.at,
            &step.actor,
        ],
    )
    .map(drop)
}

/// The steps of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<InvestigationStep>> {
    tx.query(
        "SELECT id, case_id, dispatch_id, kind, note, at, actor FROM investigation_steps \
         WHERE case_id = $1 ORDER BY at, id",
        params![case],
    )?
    .iter()
    .map(read)
    .collect()
}
