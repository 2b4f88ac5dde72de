//! Server-side sessions: the browser holds a token, this table its SHA-256.

use domain::{PersonId, Timestamp};

use crate::{Result, Tx, params};

/// A session at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the browser's token, hexadecimal.
    pub token_hash: String,
    pub person: PersonId,
    /// What every form of this session must bring along.
    pub csrf: String,
    pub created_at: Timestamp,
    /// Last sign of life, to the minute.
    pub seen_at: Timestamp,
    /// Ends then, whatever happens.
    pub expires_at: Timestamp,
}

/// Stores a new session.
pub fn open(tx: &mut Tx<'_>, session: &Session) -> Result<()> {
    tx.execute(
        "INSERT INTO sessions (token_hash, person_id, csrf, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            &session.token_hash,
            &session.person,
            &session.csrf,
            session.created_at,
            session.seen_at,
            session.expires_at
        ],
    )?;
    Ok(())
}

/// The session of this token.
pub fn find(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Session>> {
    let row = tx.first(
        "SELECT token_hash, person_id, csrf, created_at, seen_at, expires_at FROM sessions
         WHERE token_hash = $1",
        params![token_hash],
    )?;
    row.map(|row| {
        Ok(Session {
            token_hash: row.get(0)?,
            person: row.get(1)?,
            csrf: row.get(2)?,
            created_at: row.get(3)?,
            seen_at: row.get(4)?,
            expires_at: row.get(5)?,
        })
    })
    .transpose()
}

/// Notes a sign of life.
pub fn touch(tx: &mut Tx<'_>, token_hash: &str, at: Timestamp) -> Result<()> {
    tx.execute("UPDATE sessions SET seen_at = $1 WHERE token_hash = $2", params![at, token_hash])?;
    Ok(())
}

/// Ends one session.
pub fn close(tx: &mut Tx<'_>, token_hash: &str) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE token_hash = $1", params![token_hash])?;
    Ok(())
}

/// Ends every session of a person.
pub fn close_all_of(tx: &mut Tx<'_>, person: &PersonId) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE person_id = $1", params![person])?;
    Ok(())
}

/// Removes what is past its absolute end; how many.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM sessions WHERE expires_at <= $1", params![now])
}
