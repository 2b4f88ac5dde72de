//! Versions of the lines' scripts: their text, so that a call keeps the one it began with over a restart, and
//! the newer text that was refused.

use std::collections::BTreeMap;

use domain::Timestamp;

use crate::{Result, Tx, params};

/// A version with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub version: String,
    /// JSON of the files it was made of.
    pub sources: String,
}

/// A version as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub version: String,
    /// When it was last made the one that new calls begin with.
    pub adopted_at: Timestamp,
    /// Calls in progress on it.
    pub open_calls: i64,
    /// Calls that ever began with it, as long as they are kept.
    pub all_calls: i64,
}

/// A text that was not adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub version: String,
    pub at: Timestamp,
    /// One finding a line, as the checker prints it.
    pub diagnostics: String,
}

/// Makes `version` the one that new calls of `line` begin with; what was refused before is forgotten.
pub fn adopt(tx: &mut Tx<'_>, line: &str, version: &str, sources: &str, at: Timestamp) -> Result<()> {
    tx.execute(
        "INSERT INTO script_versions (line, version, adopted_at, sources) VALUES ($1, $2, $3, $4)
         ON CONFLICT (line, version) DO UPDATE SET adopted_at = excluded.adopted_at",
        params![line, version, at, sources],
    )?;
    tx.execute("DELETE FROM script_refusals WHERE line = $1", params![line])?;
    Ok(())
}

/// Remembers the last text that was refused.
pub fn refuse(tx: &mut Tx<'_>, line: &str, refusal: &Refusal) -> Result<()> {
    tx.execute(
        "INSERT INTO script_refusals (line, version, at, diagnostics) VALUES ($1, $2, $3, $4)
         ON CONFLICT (line) DO UPDATE SET version = excluded.version, at = excluded.at,
             diagnostics = excluded.diagnostics",
        params![line, &refusal.version, refusal.at, &refusal.diagnostics],
    )?;
    Ok(())
}

/// What was refused since the last adoption.
pub fn refusal(tx: &mut Tx<'_>, line: &str) -> Result<Option<Refusal>> {
    let sql = "SELECT version, at, diagnostics FROM script_refusals WHERE line = $1";
    let read =
        |row: crate::Row| Ok(Refusal { version: row.get(0)?, at: row.get(1)?, diagnostics: row.get(2)? });
    tx.first(sql, params![line])?.map(read).transpose()
}

/// The versions that open calls of `line` are on.
pub fn wanted(tx: &mut Tx<'_>, line: &str) -> Result<Vec<Kept>> {
    let rows = tx.query(
        "SELECT version, sources FROM script_versions
         WHERE line = $1 AND version IN
             (SELECT script_version FROM calls WHERE calls.line = $1 AND ended_at IS NULL)
         ORDER BY version",
        params![line],
    )?;
    rows.iter().map(|row| Ok(Kept { version: row.get(0)?, sources: row.get(1)? })).collect()
}

/// The version that was last made the one that new calls begin with.
pub fn last_adopted(tx: &mut Tx<'_>, line: &str) -> Result<Option<Kept>> {
    let sql = "SELECT version, sources FROM script_versions WHERE line = $1 ORDER BY adopted_at DESC, version LIMIT 1";
    let read = |row: crate::Row| Ok(Kept { version: row.get(0)?, sources: row.get(1)? });
    tx.first(sql, params![line])?.map(read).transpose()
}

/// Every kept version of `line` with its calls, the last adopted first.
pub fn of_line(tx: &mut Tx<'_>, line: &str) -> Result<Vec<Version>> {
    let counts = tx.query(
        "SELECT script_version, SUM(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END), COUNT(*) FROM calls
         WHERE line = $1 AND script_version IS NOT NULL GROUP BY script_version",
        params![line],
    )?;
    let mut calls: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in &counts {
        calls.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
    }
    let rows = tx.query(
        "SELECT version, adopted_at FROM script_versions WHERE line = $1 ORDER BY adopted_at DESC, version",
        params![line],
    )?;
    let read = |row: &crate::Row| {
        let version: String = row.get(0)?;
        let (open_calls, all_calls) = calls.get(&version).copied().unwrap_or_default();
        Ok(Version { version, adopted_at: row.get(1)?, open_calls, all_calls })
    };
    rows.iter().map(read).collect()
}

/// Forgets versions adopted before `before` that no open call is on; never `newest`.
pub fn forget(tx: &mut Tx<'_>, line: &str, newest: &str, before: Timestamp) -> Result<u64> {
    tx.execute(
        "DELETE FROM script_versions WHERE line = $1 AND version <> $2 AND adopted_at < $3 AND version NOT IN
             (SELECT script_version FROM calls
              WHERE calls.line = $1 AND ended_at IS NULL AND script_version IS NOT NULL)",
        params![line, newest, before],
    )
}
