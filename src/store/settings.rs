//! Values that outlive a process, by name.

use crate::{Result, Tx, params};

/// The value under `name`.
pub fn read(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>> {
    tx.first("SELECT value FROM settings WHERE name = $1", params![name])?.map(|row| row.get(0)).transpose()
}

/// Sets the value under `name`.
pub fn write(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO settings (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// Forgets `name`.
pub fn remove(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    tx.execute("DELETE FROM settings WHERE name = $1", params![name])?;
    Ok(())
}
