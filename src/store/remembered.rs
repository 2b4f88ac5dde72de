//! First answers to requests that carry an idempotency key.

use domain::Timestamp;

use crate::{Result, Tx, params};

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// SHA-256 of what was asked.
    pub digest: String,
    /// HTTP status and body; none while the first request is still being answered.
    pub answer: Option<(u32, String)>,
}

/// Begins to answer `key` of `client`; what is known of it where it was begun before.
pub fn begin(
    tx: &mut Tx<'_>,
    client: &str,
    key: &str,
    digest: &str,
    at: Timestamp,
) -> Result<Option<Remembered>> {
    let changed = tx.execute(
        "INSERT INTO remembered_answers (client, key, digest, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (client, key) DO NOTHING",
        params![client, key, digest, at],
    )?;
    if changed == 1 {
        return Ok(None);
    }
    let sql = "SELECT digest, status, body FROM remembered_answers WHERE client = $1 AND key = $2";
    let row = tx.one(sql, params![client, key])?;
    let (status, body): (Option<u32>, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(Some(Remembered { digest: row.get(0)?, answer: status.zip(body) }))
}

/// Keeps the answer.
pub fn finish(tx: &mut Tx<'_>, client: &str, key: &str, status: u32, body: &str) -> Result<()> {
    tx.execute(
        "UPDATE remembered_answers SET status = $1, body = $2 WHERE client = $3 AND key = $4",
        params![status, body, client, key],
    )?;
    Ok(())
}

/// Forgets a request that was not done, so that it may be tried again.
pub fn give_up(tx: &mut Tx<'_>, client: &str, key: &str) -> Result<()> {
    tx.execute(
        "DELETE FROM remembered_answers WHERE client = $1 AND key = $2 AND status IS NULL",
        params![client, key],
    )?;
    Ok(())
}

/// Forgets answers given before `before`.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM remembered_answers WHERE at < $1", params![before])
}
