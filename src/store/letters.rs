//! Letters as they were issued.

use domain::{CaseId, PersonId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLetter {
    pub id: String,
    pub case: CaseId,
    pub kind: String,
    /// What the reader is to the case, as `accused`.
    pub recipient: String,
    /// How it was sent.
    pub channel: String,
    /// The text in its pieces, as JSON.
    pub sheet: String,
    /// Of the text, in hexadecimal digits.
    pub sha256: String,
    pub issued_at: Timestamp,
    pub issued_by: PersonId,
}

const COLUMNS: &str = "id, case_id, kind, recipient, channel, sheet, sha256, issued_at, issued_by";

fn read(row: &Row) -> Result<IssuedLetter> {
    Ok(IssuedLetter {
        id: row.get(0)?,
        case: row.get(1)?,
        kind: row.get(2)?,
        recipient: row.get(3)?,
        channel: row.get(4)?,
        sheet: row.get(5)?,
        sha256: row.get(6)?,
        issued_at: row.get(7)?,
        issued_by: row.get(8)?,
    })
}

/// Keeps a letter. Nothing changes or erases one.
pub fn insert(tx: &mut Tx<'_>, letter: &IssuedLetter) -> Result<()> {
    let sql = format!("INSERT INTO letters ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    tx.execute(
        &sql,
        params![
            &letter.id,
            &letter.case,
            &letter.kind,
            &letter.recipient,
            &letter.channel,
            &letter.sheet,
            &letter.sha256,
            letter.issued_at,
            &letter.issued_by,
        ],
    )
    .map(drop)
}

/// The letter with this id.
pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<IssuedLetter> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM letters WHERE id = $1"), params![id])?)
}

/// The letters of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<IssuedLetter>> {
    let sql = format!("SELECT {COLUMNS} FROM letters WHERE case_id = $1 ORDER BY issued_at, id");
    tx.query(&sql, params![case])?.iter().map(read).collect()
}
