//! `hotline check-config`: reads everything that is configured, changes nothing, and lists every problem.

use std::process::ExitCode;

use switchboard::Clock;

use crate::config::{Config, Flags};
use crate::furnish;
use crate::wall_clock::WallClock;

/// Prints what was found; the exit code says whether the service would start with it.
pub(crate) fn run(flags: &Flags) -> anyhow::Result<ExitCode> {
    let config = Config::load(flags)?;
    let furnished = furnish::house(&config, config.server.public_url.clone())?;
    for (name, line) in &config.lines {
        let numbers: Vec<&str> = line.numbers.iter().map(domain::PhoneNumber::as_str).collect();
        crate::printing::say!("line {name}: {} in {}, script {}", numbers.join(", "), line.zone, line.script);
    }
    for (name, provider) in &config.providers {
        let state = match provider.tokens.len() {
            0 => "no auth_token: every hook is refused".to_owned(),
            1 => "one token".to_owned(),
            tokens => format!("{tokens} tokens accepted"),
        };
        crate::printing::say!(
            "provider {name}: dialect {}, profile {}, {state}",
            provider.dialect,
            provider.profile
        );
    }
    for (table, place) in &furnished.tables {
        crate::printing::say!("table {table}: {place}");
    }
    for warning in crate::calendar::missing(furnished.house.calendars.iter(), WallClock.now()) {
        crate::printing::say!("warning: {warning}");
    }
    crate::printing::say!("the configuration is good");
    Ok(ExitCode::SUCCESS)
}
