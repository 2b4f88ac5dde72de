//! Counters that never give the same value twice.

use crate::{Result, Tx, params};

/// The next value of `name`, from 1.
pub fn next(tx: &mut Tx<'_>, name: &str) -> Result<i64> {
    tx.value(
        "INSERT INTO counters (name, value) VALUES ($1, 1) \
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        params![name],
    )
}
