//! `hotline script list`: versions of the lines' scripts and the calls on each, as the database has them. The
//! folders are not read: what stands there may be faulty, and then this list says why it was refused.

use std::fmt::Write as _;

use anyhow::Context as _;
use store::Store;
use switchboard::scripts::{self, LineVersions};

use crate::config::Config;

/// Prints the list; the service may be running.
pub(crate) fn run(args: crate::ConfigArgs) -> anyhow::Result<bool> {
    let config = Config::load(&args.flags())?;
    crate::runtime()?.block_on(list(&config))?;
    Ok(true)
}

async fn list(config: &Config) -> anyhow::Result<()> {
    let store = Store::open(config.store_url.reveal())?;
    let lines: Vec<String> = config.lines.keys().cloned().collect();
    let told = store.read(move |tx| scripts::versions(tx, &lines)).await.context("reading the versions")?;
    let mut text = String::new();
    for line in &told {
        let zone = config.lines.get(&line.line).map_or(chrono_tz::UTC, |line| line.zone);
        write(&mut text, line, zone).context("writing the list")?;
    }
    crate::printing::say!("{}", text.trim_end());
    Ok(())
}

/// One line of the house, with its versions; times in its own zone.
fn write(text: &mut String, line: &LineVersions, zone: chrono_tz::Tz) -> std::fmt::Result {
    let moment = |at: domain::Timestamp| at.utc().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    writeln!(text, "{} ({zone})", line.line)?;
    if line.versions.is_empty() {
        writeln!(text, "  no version yet: the service has not run with this database")?;
    }
    for (place, version) in line.versions.iter().enumerate() {
        let (name, at) = (&version.version, moment(version.adopted_at));
        let (open, all) = (version.open_calls, version.all_calls);
        let mark = if place == 0 { "  new calls begin with it" } else { "" };
        writeln!(text, "  {name}  adopted {at}  {open:>5} calls open  {all:>7} in all{mark}")?;
    }
    if let Some(refused) = &line.refused {
        let (name, at) = (&refused.version, moment(refused.at));
        writeln!(text, "  {name}  refused {at}: the version above goes on")?;
        for finding in refused.diagnostics.lines() {
            writeln!(text, "    {finding}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use store::scripts::{Refusal, Version};

    use super::*;

    #[test]
    fn the_list_names_versions_calls_and_what_was_refused() {
        let at = Timestamp(1_772_496_000_000);
        let version = |name: &str, open_calls, all_calls| Version {
            version: name.to_owned(),
            adopted_at: at,
            open_calls,
            all_calls,
        };
        let refused = Refusal { version: "c".into(), at, diagnostics: "s.toml:3: dead-end: x — y".into() };
        let line = LineVersions {
            line: "12320".to_owned(),
            versions: vec![version("b", 2, 10), version("a", 1, 6_600)],
            refused: Some(refused),
        };
        let mut text = String::new();
        write(&mut text, &line, chrono_tz::Asia::Shanghai).unwrap();
        let expected = "12320 (Asia/Shanghai)\n\
            \x20 b  adopted 2026-03-03 08:00      2 calls open       10 in all  new calls begin with it\n\
            \x20 a  adopted 2026-03-03 08:00      1 calls open     6600 in all\n\
            \x20 c  refused 2026-03-03 08:00: the version above goes on\n\
            \x20   s.toml:3: dead-end: x — y\n";
        assert_eq!(text, expected);
    }
}
