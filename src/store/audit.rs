//! The audit trail: append-only rows, each with the hash of the one before. What is hashed, the
//! switchboard decides.

use domain::Timestamp;

use crate::{Result, Row, Tx, audit_search, params};

pub(crate) const COLUMNS: &str = "ordinal, at, actor, action, object, reason, previous, hash";

/// One row of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … without a gap.
    pub ordinal: i64,
    pub at: Timestamp,
    /// Person id, or `house` for what the house does by itself.
    pub actor: String,
    pub action: String,
    pub object: String,
    pub reason: Option<String>,
    /// Hash of the row before; empty for the first.
    pub previous: String,
    pub hash: String,
}

/// The last row.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<Entry>> {
    tx.first(&format!("SELECT {COLUMNS} FROM audit ORDER BY ordinal DESC LIMIT 1"), &[])?
        .map(|row| read(&row))
        .transpose()
}

/// Adds a row.
pub fn append(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    tx.execute(
        "INSERT INTO audit (ordinal, at, actor, action, object, reason, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            entry.ordinal,
            entry.at,
            &entry.actor,
            &entry.action,
            &entry.object,
            entry.reason.as_deref(),
            &entry.previous,
            &entry.hash
        ],
    )?;
    audit_search::index(tx, entry)
}

/// Up to `most` rows after `ordinal`, in order.
pub fn after(tx: &mut Tx<'_>, ordinal: i64, most: u32) -> Result<Vec<Entry>> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM audit WHERE ordinal > $1 ORDER BY ordinal LIMIT $2"),
        params![ordinal, most],
    )?
    .iter()
    .map(read)
    .collect()
}

pub(crate) fn read(row: &Row) -> Result<Entry> {
    Ok(Entry {
        ordinal: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        object: row.get(4)?,
        reason: row.get(5)?,
        previous: row.get(6)?,
        hash: row.get(7)?,
    })
}
