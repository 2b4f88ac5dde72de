//! What the program says about itself: lines of text for people, or JSON for machines, on standard error.
//!
//! No personal data: telephone numbers print as `***` and their last digits by their own type, secrets as
//! stars, and nothing a caller said is ever logged. The level comes from `[log]`; there is no other way in.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

use crate::config::Log;

/// Starts logging; later calls do nothing, because a process has one log.
pub(crate) fn start(log: &Log) {
    // Checked when the configuration was read.
    let level: Targets =
        log.level.parse().unwrap_or_else(|_| Targets::new().with_default(tracing::Level::INFO));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(true);
    let registry = tracing_subscriber::registry();
    let started = if log.json {
        registry.with(lines.json().flatten_event(true).with_filter(level)).try_init()
    } else {
        registry.with(lines.with_ansi(false).with_filter(level)).try_init()
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
