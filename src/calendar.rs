//! `hotline calendar`: which calendars there are and how far they reach, and the import of a published year.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use clocks::Calendar;
use domain::Timestamp;
use switchboard::Clock;

use crate::calendar_days;
use crate::calendar_notice::{self, Notice};
use crate::config::Config;
use crate::house_files::Folder;
use crate::printing::say;
use crate::wall_clock::WallClock;

/// Calendars
#[derive(Debug, Subcommand, Clone)]
pub(crate) enum CalendarCommand {
    /// List the calendars, how far each is published, and what is missing
    List,
    /// Add a published year to a calendar: the JSON of holiday-cn, or an iCalendar file
    Import(ImportArgs),
}

/// What to import
#[derive(Debug, Args, Clone)]
pub(crate) struct ImportArgs {
    /// The file
    file: PathBuf,
    /// The calendar it is added to
    #[arg(long, default_value = "china")]
    calendar: String,
    /// The notice it was published in, as it would stand in a letter; without it the file's own source
    #[arg(long)]
    citation: Option<String>,
    /// The last day it covers; the JSON of holiday-cn says it itself
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// Show what would be added and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Lists or imports.
pub(crate) fn run(command: &CalendarCommand, config: &Config) -> anyhow::Result<ExitCode> {
    match command {
        CalendarCommand::List => list(config, WallClock.now()),
        CalendarCommand::Import(args) => import(args, &config.tables),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// What `check-config` and the log say of calendars whose next year is missing.
pub(crate) fn missing<'a>(calendars: impl Iterator<Item = &'a Calendar>, now: Timestamp) -> Vec<String> {
    let told = calendars.filter_map(|calendar| {
        let year = calendar.missing_year(now.service_day(calendar.zone))?;
        Some(format!(
            "calendar {}: the days off of {year} are missing, so limits that reach into it are provisional; add them with `hotline calendar import`",
            calendar.id
        ))
    });
    told.collect()
}

fn list(config: &Config, now: Timestamp) -> anyhow::Result<()> {
    let house = crate::furnish::house(config, String::new())?.house;
    for calendar in house.calendars.iter() {
        let reach = calendar
            .published_until
            .map_or_else(|| "by rule, without end".to_owned(), |day| format!("published until {day}"));
        let hours = if calendar.hours.is_some() { "with office hours" } else { "without office hours" };
        say!("calendar {}: {reach}, {}, {hours}", calendar.id, calendar.zone);
        for citation in &calendar.citations {
            say!("  {citation}");
        }
    }
    for warning in missing(house.calendars.iter(), now) {
        say!("warning: {warning}");
    }
    Ok(())
}

fn import(args: &ImportArgs, tables: &Folder) -> anyhow::Result<()> {
    let Folder::Disk(folder) = tables else {
        bail!(
            "the tables are the program's own; name a folder of yours in `[data] tables` of the configuration first"
        );
    };
    let read = std::fs::read_to_string(&args.file)
        .with_context(|| format!("{} cannot be read", args.file.display()))?;
    let days = calendar_days::read(&read).with_context(|| args.file.display().to_string())?;
    let (text, file) = calendar_text(folder, &args.calendar)?;
    let calendar = Calendar::parse(&text, &file.display().to_string())?;
    let sources = || (!days.sources.is_empty()).then(|| days.sources.join(", "));
    let Some(citation) = args.citation.clone().or_else(sources) else {
        bail!(
            "the file does not say where it was published; write --citation, as it would stand in a letter"
        );
    };
    let notice = calendar_notice::add(&text, &calendar, &days, &citation, args.until)?;
    tell(&notice, &days.left_out);
    if args.dry_run {
        say!("nothing was written");
    } else if notice.text == text {
        say!("{} has it all already", file.display());
    } else {
        write(&file, &notice.text)?;
        say!("{} was written; start the service anew, and it reckons open cases by it", file.display());
    }
    Ok(())
}

/// The text of the calendar and where its file belongs: the deployment's own, or a copy of the shipped one.
fn calendar_text(folder: &Path, id: &str) -> anyhow::Result<(String, PathBuf)> {
    let name = format!("calendars/{id}.toml");
    let plain = !id.is_empty()
        && id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    for place in [Folder::Disk(folder.to_owned()), Folder::Shipped("config".to_owned())] {
        if let Some(text) = place.text(&name).ok().flatten().filter(|_| plain) {
            return Ok((text, folder.join(&name)));
        }
    }
    bail!("there is no calendar {id:?}; `hotline calendar list` shows them")
}

fn tell(notice: &Notice, left_out: &[String]) {
    for day in &notice.added {
        let what = if day.off { "off" } else { "worked" };
        say!("{} {}  {what}  {}", day.date, day.date.format("%a"), day.name);
    }
    for reason in left_out {
        say!("left out: {reason}");
    }
    let until = notice.until.map_or_else(|| "without end".to_owned(), |day| format!("published until {day}"));
    say!("{} days added, {} known before; {until}", notice.added.len(), notice.known);
}

/// Writes beside the file and moves it there, so that no half file is ever read.
fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let beside = file.with_extension("toml.new");
    std::fs::write(&beside, text).with_context(|| format!("{} cannot be written", beside.display()))?;
    std::fs::rename(&beside, file).with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_november_the_next_year_is_missed() {
        let china = Calendar::parse(include_str!("../config/calendars/china.toml"), "china.toml").unwrap();
        let told = |now: &str| missing([&china].into_iter(), Timestamp::parse(now).unwrap());
        assert!(told("2026-10-31T12:00:00+08:00").is_empty());
        let warned = told("2026-11-01T00:00:00+08:00");
        assert!(warned[0].contains("days off of 2027 are missing"), "{warned:?}");
    }

    #[test]
    fn a_year_is_written_into_the_deployments_own_folder() {
        let folder = std::env::temp_dir().join(format!("hotline-calendar-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let year = folder.join("2027.json");
        std::fs::write(&year, r#"{"year": 2027, "papers": ["p"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#).unwrap();
        let args = ImportArgs {
            file: year,
            calendar: "china".to_owned(),
            citation: None,
            until: None,
            dry_run: true,
        };
        let (own, written) = (Folder::Disk(folder.clone()), folder.join("calendars/china.toml"));
        import(&args, &own).unwrap();
        assert!(!written.exists(), "a dry run writes nothing");
        import(&ImportArgs { dry_run: false, ..args.clone() }, &own).unwrap();
        let calendar = Calendar::parse(&std::fs::read_to_string(&written).unwrap(), "china.toml").unwrap();
        assert!(!calendar.is_working("2027-01-01".parse().unwrap()));
        for (wrong, what) in [("../laws", "no calendar"), ("mars", "no calendar")] {
            let args = ImportArgs { calendar: wrong.to_owned(), ..args.clone() };
            assert!(import(&args, &own).unwrap_err().to_string().contains(what));
        }
        let built_in = import(&args, &Folder::Shipped("config".to_owned())).unwrap_err().to_string();
        assert!(built_in.contains("[data] tables"), "{built_in}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
