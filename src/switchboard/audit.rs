//! The audit trail: who did what to which object, when and why, each row chained to the one before by
//! SHA-256, so that a row changed or taken out is found.

use domain::Timestamp;
use sha2::{Digest, Sha256};
use store::Tx;
use store::audit::Entry;

use crate::{Result, Switchboard};

/// The actor of what the house does by itself.
pub const HOUSE: &str = "house";

/// Adds a row in the transaction of the deed. `object` names a thing by kind and id, as `case:0190…`;
/// neither it nor `reason` may hold a telephone number.
pub fn record(
    tx: &mut Tx<'_>,
    now: Timestamp,
    actor: &str,
    action: &str,
    object: &str,
    reason: Option<&str>,
) -> store::Result<()> {
    let last = store::audit::last(tx)?;
    let mut entry = Entry {
        ordinal: last.as_ref().map_or(1, |last| last.ordinal + 1),
        at: now,
        actor: actor.to_owned(),
        action: action.to_owned(),
        object: object.to_owned(),
        reason: reason.map(str::to_owned),
        previous: last.map(|last| last.hash).unwrap_or_default(),
        hash: String::new(),
    };
    entry.hash = seal(&entry);
    store::audit::append(tx, &entry)
}

/// SHA-256 over every field but the hash itself, each with its length, so that no two rows read alike.
fn seal(entry: &Entry) -> String {
    let mut digest = Sha256::new();
    let (ordinal, at) = (entry.ordinal.to_string(), entry.at.0.to_string());
    let reason = entry.reason.as_ref().map_or(String::from("-"), |reason| format!("+{reason}"));
    for field in [&entry.previous, &ordinal, &at, &entry.actor, &entry.action, &entry.object, &reason] {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    crate::secrets::hexadecimal(&digest.finalize())
}

/// Whether the chain holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written; how many there are.
    Whole { rows: i64 },
    /// The first row that was changed, or before which one is missing.
    BrokenAt { ordinal: i64 },
}

impl Switchboard {
    /// Walks the whole trail.
    pub async fn verify_audit(&self) -> Result<Verdict> {
        const PAGE: u32 = 1000;
        let (mut ordinal, mut previous) = (0_i64, String::new());
        loop {
            let from = ordinal;
            let rows: Vec<Entry> = self.store.read(move |tx| store::audit::after(tx, from, PAGE)).await?;
            if rows.is_empty() {
                return Ok(Verdict::Whole { rows: ordinal });
            }
            for row in rows {
                ordinal += 1;
                if row.ordinal != ordinal || row.previous != previous || row.hash != seal(&row) {
                    return Ok(Verdict::BrokenAt { ordinal });
                }
                previous = row.hash;
            }
        }
    }
}
