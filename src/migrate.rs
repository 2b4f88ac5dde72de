//! `hotline migrate`: brings the schema of the configured database up to this program's.

use std::process::ExitCode;

use crate::config::Config;

/// Applies what is missing and says so.
pub(crate) fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let applied = store::migrate(config.store_url.reveal())?;
    for name in &applied {
        crate::printing::say!("applied {name}");
    }
    if applied.is_empty() {
        crate::printing::say!("the schema is up to date");
    }
    Ok(ExitCode::SUCCESS)
}
