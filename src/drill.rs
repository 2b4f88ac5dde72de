//! `hotline drill`: makes the running service behave as if its store, or its journal too, were out of reach.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use switchboard::Clock;
use switchboard::standby::drill;
use switchboard::standby::mode::{Drill, Mode};

use crate::config::Config;
use crate::wall_clock::WallClock;

/// `hotline drill` as typed.
#[derive(Debug, Args, Clone)]
pub(crate) struct DrillArgs {
    /// journal: as if the store were out of reach; static: as if the journal were, too
    #[arg(long, value_parser = ["journal", "static"], required_unless_present = "end")]
    mode: Option<String>,
    /// How long, as 60s or 5m; an hour at most
    #[arg(long = "for", value_name = "TIME", default_value = "60s", value_parser = seconds)]
    length: u32,
    /// End the drill that runs
    #[arg(long, conflicts_with = "mode")]
    end: bool,
}

/// Asks for the drill on the slip in the journal's folder; who may write there may drill.
pub(crate) fn run(args: &DrillArgs, config: &Config) -> anyhow::Result<ExitCode> {
    let folder = &config.journal;
    if !folder.is_dir() {
        bail!("there is no journal in {}; start the service first, or give its --config", folder.display());
    }
    if args.end {
        drill::end(folder).context("ending the drill")?;
        crate::printing::say!("the drill ends within a second");
        return Ok(ExitCode::SUCCESS);
    }
    let Some(mode) = args.mode.as_deref().and_then(Mode::parse) else {
        bail!("--mode journal or --mode static")
    };
    let until = WallClock.now().plus_seconds(args.length.into());
    drill::ask(folder, Drill { mode, until }).context("asking for the drill")?;
    crate::printing::say!(
        "drill {} for {} s: the service takes it up within a second and shows it on the wallboard and in /readyz; \
         it ends by itself, or with `hotline drill --end`",
        mode.as_str(),
        args.length
    );
    Ok(ExitCode::SUCCESS)
}

fn seconds(text: &str) -> Result<u32, String> {
    let (number, unit) = match (text.strip_suffix('s'), text.strip_suffix('m')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 60),
        _ => (text, 1),
    };
    let seconds = number.parse::<u32>().ok().and_then(|number| number.checked_mul(unit));
    let longest = drill::LONGEST_SECONDS;
    let fits = seconds.filter(|seconds| (1..=longest).contains(seconds));
    fits.ok_or_else(|| format!("write a time from 1s to {}m, as 60s", longest / 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_no_drill_is_longer_than_an_hour() {
        for (text, expected) in [("60s", Some(60)), ("5m", Some(300)), ("90", Some(90)), ("60m", Some(3600))]
        {
            assert_eq!(seconds(text).ok(), expected);
        }
        for text in ["", "0s", "61m", "1h", "-5s", "s", "4294967295m"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
