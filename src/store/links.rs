//! One-time links: what a token or a short code may do, once.

use domain::{CaseId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One link. Its secret is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: String,
    /// What may be done, separated by blanks.
    pub acts: String,
    pub case: CaseId,
    pub dispatch: Option<String>,
    pub department: Option<String>,
    /// Who had it made.
    pub created_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    /// The act that used it up, or `superseded`.
    pub used_for: Option<String>,
}

const COLUMNS: &str = "id, acts, case_id, dispatch_id, department, created_by, created_at, expires_at, \
     used_at, used_for";

/// Stores a link under the SHA-256 of its secret.
pub fn insert(tx: &mut Tx<'_>, link: &Link, secret_hash: &str) -> Result<()> {
    let sql = format!(
        "INSERT INTO links ({COLUMNS}, secret_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    tx.execute(
        &sql,
        params![
            &link.id,
            &link.acts,
            &link.case,
            link.dispatch.as_deref(),
            link.department.as_deref(),
            &link.created_by,
            link.created_at,
            link.expires_at,
            link.used_at,
            link.used_for.as_deref(),
            secret_hash
        ],
    )?;
    Ok(())
}

/// The link whose secret has this SHA-256.
pub fn by_secret(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM links WHERE secret_hash = $1");
    tx.first(&sql, params![secret_hash])?.map(|row| read(&row)).transpose()
}

/// The link with this id.
pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Link> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM links WHERE id = $1"), params![id])?)
}

/// Uses a link up, once; [`Error::Conflict`] where it was used before.
pub fn use_up(tx: &mut Tx<'_>, id: &str, act: &str, at: Timestamp) -> Result<()> {
    let changed = tx.execute(
        "UPDATE links SET used_at = $1, used_for = $2 WHERE id = $3 AND used_at IS NULL",
        params![at, act, id],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("the link was used before".to_owned())) }
}

/// Ends every other open link of a dispatch.
pub fn supersede(tx: &mut Tx<'_>, dispatch: &str, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE links SET used_at = $1, used_for = 'superseded' WHERE dispatch_id = $2 AND used_at IS NULL",
        params![at, dispatch],
    )?;
    Ok(())
}

/// Links of a dispatch, oldest first.
pub fn of_dispatch(tx: &mut Tx<'_>, dispatch: &str) -> Result<Vec<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM links WHERE dispatch_id = $1 ORDER BY created_at, id");
    tx.query(&sql, params![dispatch])?.iter().map(read).collect()
}

/// A dispatch that mails are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailable {
    pub dispatch: String,
    pub case: CaseId,
    pub sent_at: Timestamp,
    pub sign_due_at: Option<Timestamp>,
}

/// Dispatches to a department that stand in `state` and that no mail of `kind` was written about, oldest first.
pub fn unmailed(
    tx: &mut Tx<'_>,
    department: &str,
    state: &str,
    kind: &str,
    limit: i64,
) -> Result<Vec<Mailable>> {
    let sql = "SELECT id, case_id, sent_at, sign_due_at FROM dispatches WHERE department = $1 AND state = $2 \
               AND NOT EXISTS (SELECT 1 FROM mails WHERE mails.dispatch_id = dispatches.id AND mails.kind = $3) \
               ORDER BY sent_at, id LIMIT $4";
    tx.query(sql, params![department, state, kind, limit])?.iter().map(mailable).collect()
}

/// Dispatches to a department that nobody has signed for though somebody should by some moment, oldest first.
pub fn unsigned(tx: &mut Tx<'_>, department: &str, limit: i64) -> Result<Vec<Mailable>> {
    let sql = "SELECT id, case_id, sent_at, sign_due_at FROM dispatches WHERE department = $1 \
               AND state = 'sent' AND sign_due_at IS NOT NULL ORDER BY sent_at, id LIMIT $2";
    tx.query(sql, params![department, limit])?.iter().map(mailable).collect()
}

fn mailable(row: &Row) -> Result<Mailable> {
    Ok(Mailable { dispatch: row.get(0)?, case: row.get(1)?, sent_at: row.get(2)?, sign_due_at: row.get(3)? })
}

fn read(row: &Row) -> Result<Link> {
    Ok(Link {
        id: row.get(0)?,
        acts: row.get(1)?,
        case: row.get(2)?,
        dispatch: row.get(3)?,
        department: row.get(4)?,
        created_by: row.get(5)?,
        created_at: row.get(6)?,
        expires_at: row.get(7)?,
        used_at: row.get(8)?,
        used_for: row.get(9)?,
    })
}
