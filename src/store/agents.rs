//! Agents' states, and how long each lasted.

use domain::PersonId;

use crate::{Result, Tx, params};

/// Whether a call rings at this person's desk, is being talked or wrapped up.
pub fn on_a_call(tx: &mut Tx<'_>, person: &PersonId) -> Result<bool> {
    let row = tx.first(
        "SELECT person_id FROM agents WHERE person_id = $1 AND state IN ('ringing', 'talking', 'wrap_up')",
        params![person],
    )?;
    Ok(row.is_some())
}
