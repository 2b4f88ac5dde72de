//! Files that were handed in; the bytes lie on the shelf.

use domain::{CaseId, Timestamp};

use crate::{Result, Row, Tx, params};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub case: CaseId,
    pub link: Option<String>,
    /// complainant, department or person.
    pub giver: String,
    /// Its name as it was called where it came from, without a folder.
    pub name: String,
    /// A kind of evidence.
    pub kind: String,
    /// By its content, as `application/pdf`.
    pub media_type: String,
    pub bytes: i64,
    /// In hexadecimal digits.
    pub sha256: String,
    /// Where it lies on the shelf.
    pub place: String,
    /// kept, quarantined or erased.
    pub state: String,
    /// What the scanner said: clean, infected, unclear or none.
    pub scan: String,
    /// Who may see it: hotline or department.
    pub sight: String,
    pub at: Timestamp,
}

const COLUMNS: &str =
    "id, case_id, link_id, giver, name, kind, media_type, bytes, sha256, place, state, scan, sight, at";

/// Stores a new file.
pub fn insert(tx: &mut Tx<'_>, file: &Attachment) -> Result<()> {
    let sql = format!(
        "INSERT INTO attachments ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    tx.execute(
        &sql,
        params![
            &file.id,
            &file.case,
            file.link.as_deref(),
            &file.giver,
            &file.name,
            &file.kind,
            &file.media_type,
            file.bytes,
            &file.sha256,
            &file.place,
            &file.state,
            &file.scan,
            &file.sight,
            file.at
        ],
    )?;
    Ok(())
}

/// The file with this id.
pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Attachment> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM attachments WHERE id = $1"), params![id])?)
}

/// Files of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE case_id = $1 ORDER BY at, id");
    tx.query(&sql, params![case])?.iter().map(read).collect()
}

/// How many files came by a link.
pub fn count_of_link(tx: &mut Tx<'_>, link: &str) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM attachments WHERE link_id = $1", params![link])
}

/// Lets the department see a file, or no longer.
pub fn set_sight(tx: &mut Tx<'_>, id: &str, sight: &str) -> Result<()> {
    tx.execute("UPDATE attachments SET sight = $1 WHERE id = $2", params![sight, id])?;
    Ok(())
}

fn read(row: &Row) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        case: row.get(1)?,
        link: row.get(2)?,
        giver: row.get(3)?,
        name: row.get(4)?,
        kind: row.get(5)?,
        media_type: row.get(6)?,
        bytes: row.get(7)?,
        sha256: row.get(8)?,
        place: row.get(9)?,
        state: row.get(10)?,
        scan: row.get(11)?,
        sight: row.get(12)?,
        at: row.get(13)?,
    })
}
