//! `hotline due`: when a duty falls due, day by day, with the place where it is written.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use clocks::{Calendars, Decrees, Extension, Law, Laws, Ledger, Pause, PauseReason, Reckoning};
use domain::Timestamp;
use switchboard::{Clock, House};

use crate::due_printing;
use crate::wall_clock::WallClock;

/// When a duty falls due
#[derive(Debug, Args, Clone, Default)]
pub(crate) struct DueArgs {
    /// The law, as cn-order3-single; a wrong one lists them all
    #[arg(long)]
    law: String,
    /// The moment that starts the count, as 2026-02-13T09:00:00+08:00
    #[arg(long)]
    from: String,
    /// The profile whose version of the law is wanted, as cn-gov
    #[arg(long)]
    profile: Option<String>,
    /// A time in which the clock stood still, as 2026-02-16T09:00:00+08:00/2026-02-18T09:00:00+08:00/appraisal;
    /// nothing between the slashes where it still does. May be given again
    #[arg(long, value_name = "FROM/TO/REASON")]
    pause: Vec<String>,
    /// Units granted on top of the limit
    #[arg(long, value_name = "N")]
    extend: Option<u32>,
    /// Where an open pause is taken to end; without it now
    #[arg(long, value_name = "RFC3339")]
    as_of: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What limits are counted by.
pub(crate) struct Books<'a> {
    pub(crate) laws: &'a Laws,
    pub(crate) calendars: &'a Calendars,
    pub(crate) decrees: &'a Decrees,
}

/// Prints the reckoning.
pub(crate) fn run(args: &DueArgs, house: &House) -> anyhow::Result<ExitCode> {
    let books = Books { laws: &house.laws, calendars: &house.calendars, decrees: &house.decrees };
    crate::printing::say!("{}", answer(args, &books, WallClock.now())?.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &DueArgs, books: &Books<'_>, now: Timestamp) -> anyhow::Result<String> {
    let start = moment("--from", &args.from)?;
    let now = args.as_of.as_ref().map_or(Ok(now), |text| moment("--as-of", text))?;
    let Some(law) = find(args, books, start) else {
        let mut known: Vec<_> = books.laws.all().iter().map(|law| law.id.as_str()).collect();
        known.dedup();
        bail!(
            "there is no law {:?} in force at {}{}; known are {}",
            args.law,
            args.from,
            of_profile(args),
            known.join(", ")
        );
    };
    let Some(calendar) = books.calendars.get(&law.calendar) else {
        bail!(
            "law {} counts by the calendar {:?}, which is not there; add it to config/calendars",
            law.id,
            law.calendar
        );
    };
    let ledger = ledger(args, law, start)?;
    let reckoning = Reckoning::new(law, calendar, calendar.zone).with(&ledger, now).under(books.decrees);
    let (due, warnings) = (reckoning.due(start), reckoning.warnings(start, &reckoning.due(start)));
    let answer = due_printing::Answer { law, calendar, due: &due, warnings: &warnings };
    if args.json { answer.json() } else { Ok(answer.text()) }
}

fn moment(flag: &str, text: &str) -> anyhow::Result<Timestamp> {
    Timestamp::parse(text)
        .with_context(|| format!("{flag} {text:?} is not a moment; write it as 2026-02-13T09:00:00+08:00"))
}

/// What the flags say happened to the clock. A reason the law does not know is told at once: it would not count.
fn ledger(args: &DueArgs, law: &Law, start: Timestamp) -> anyhow::Result<Ledger> {
    let mut ledger = Ledger::default();
    for text in &args.pause {
        let parts: Vec<&str> = text.split('/').collect();
        let [from, until, reason] = parts[..] else {
            bail!("--pause {text:?} is not FROM/TO/REASON");
        };
        let reason: PauseReason = reason.parse().with_context(|| format!("--pause {text:?}"))?;
        if !law.pauses.contains(&reason) {
            let known: Vec<&str> = law.pauses.iter().map(|reason| reason.as_str()).collect();
            let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
            bail!("{reason} does not hold the law {} still; what does is {known}", law.id);
        }
        let from = moment("--pause", from)?;
        let until = if until.is_empty() { None } else { Some(moment("--pause", until)?) };
        if until.is_some_and(|until| until < from) {
            bail!("--pause {text:?} ends before it begins");
        }
        ledger.pauses.push(Pause { from, until, reason });
    }
    if let Some(units) = args.extend {
        let rule =
            law.extension.as_ref().with_context(|| format!("the law {} knows no extension", law.id))?;
        if units > rule.count {
            bail!("the law {} is extended by {} at most, not by {units}", law.id, rule.count);
        }
        let said = || "hotline due".to_owned();
        ledger.extend(Extension {
            duty: law.duty,
            units,
            at: start,
            approved_by: said(),
            reason: said(),
            told_at: None,
        });
    }
    Ok(ledger)
}

/// The law in force on the local day of the start.
fn find<'a>(args: &DueArgs, books: &Books<'a>, start: Timestamp) -> Option<&'a Law> {
    let any = books.laws.all().iter().find(|law| law.id == args.law)?;
    let zone = books.calendars.get(&any.calendar)?.zone;
    books.laws.get(&args.law, args.profile.as_deref(), start.service_day(zone))
}

fn of_profile(args: &DueArgs) -> String {
    args.profile.as_ref().map(|profile| format!(" for profile {profile}")).unwrap_or_default()
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
