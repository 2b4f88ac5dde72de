//! What callers said to being recorded: only ever added to; per call and purpose the last word counts.

use domain::{CallId, ConsentId, PersonId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One answer of a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub id: ConsentId,
    pub call: CallId,
    /// documentation or training.
    pub purpose: String,
    /// told, given, refused or withdrawn.
    pub answer: String,
    /// Which wording the caller heard.
    pub text_version: String,
    /// key or voice.
    pub how: String,
    pub at: Timestamp,
    /// The agent it was said to; none where a key was pressed in the menu.
    pub recorded_by: Option<PersonId>,
}

const COLUMNS: &str = "id, call_id, purpose, answer, text_version, how, at, recorded_by";

/// Adds an answer.
pub fn add(tx: &mut Tx<'_>, consent: &Consent) -> Result<()> {
    tx.execute(
        &format!("INSERT INTO recording_consents ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        params![
            &consent.id,
            &consent.call,
            &consent.purpose,
            &consent.answer,
            &consent.text_version,
            &consent.how,
            consent.at,
            consent.recorded_by.as_ref(),
        ],
    )
    .map(drop)
}

/// All answers of a call, oldest first.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Consent>> {
    let sql = format!("SELECT {COLUMNS} FROM recording_consents WHERE call_id = $1 ORDER BY at, id");
    tx.query(&sql, params![call])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Consent> {
    Ok(Consent {
        id: row.get(0)?,
        call: row.get(1)?,
        purpose: row.get(2)?,
        answer: row.get(3)?,
        text_version: row.get(4)?,
        how: row.get(5)?,
        at: row.get(6)?,
        recorded_by: row.get(7)?,
    })
}
