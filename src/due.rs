//! `hotline due`: when a duty falls due, day by day, with the place where it is written.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use clocks::{Calendars, CountedDay, DayReason, Due, Law, Laws, Unit};
use domain::Timestamp;
use domain::directory::name_in;

/// When a duty falls due
#[derive(Debug, Args, Clone)]
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
}

/// Prints the reckoning.
pub(crate) fn run(args: &DueArgs, laws: &Laws, calendars: &Calendars) -> anyhow::Result<ExitCode> {
    crate::printing::say!("{}", answer(args, laws, calendars)?.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &DueArgs, laws: &Laws, calendars: &Calendars) -> anyhow::Result<String> {
    let start = Timestamp::parse(&args.from).with_context(|| {
        format!("--from {:?} is not a moment; write it as 2026-02-13T09:00:00+08:00", args.from)
    })?;
    let Some(law) = find(args, laws, calendars, start) else {
        let known: Vec<_> = laws.all().iter().map(|law| law.id.as_str()).collect();
        bail!(
            "there is no law {:?} in force at {}{}; known are {}",
            args.law,
            args.from,
            of_profile(args),
            known.join(", ")
        );
    };
    let Some(calendar) = calendars.get(&law.calendar) else {
        bail!(
            "law {} counts by the calendar {:?}, which is not there; add it to config/calendars",
            law.id,
            law.calendar
        );
    };
    let due = clocks::due(law, start, calendar, calendar.zone);
    let mut text = format!("{}: {} ({} {})\n", law.id, name_in(&law.names, "en"), law.count, unit(law.unit));
    text.push_str(&format!("due: {}\n", due.due_at.rfc3339(calendar.zone)));
    text.push_str(&format!("provisional: {}\n", provisional(&due)));
    text.push_str(&format!("calendar: {}\ncitation: {}\n", calendar.id, due.citation));
    for day in &due.days {
        text.push_str(&line(day));
    }
    Ok(text)
}

/// The law in force on the local day of the start.
fn find<'a>(args: &DueArgs, laws: &'a Laws, calendars: &Calendars, start: Timestamp) -> Option<&'a Law> {
    let zone =
        laws.all().iter().find(|law| law.id == args.law).and_then(|law| calendars.get(&law.calendar))?.zone;
    laws.get(&args.law, args.profile.as_deref(), start.service_day(zone))
}

fn of_profile(args: &DueArgs) -> String {
    args.profile.as_ref().map(|profile| format!(" for profile {profile}")).unwrap_or_default()
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDay => "working days",
        Unit::CalendarDay => "calendar days",
        Unit::Week => "weeks",
        Unit::Year => "years",
        Unit::Hour => "hours",
        Unit::WorkingHour => "working hours",
    }
}

fn provisional(due: &Due) -> &'static str {
    if due.provisional {
        "yes, the calendar is published only up to an earlier day; reckon again when it is extended"
    } else {
        "no"
    }
}

fn line(day: &CountedDay) -> String {
    let place = day.ordinal.map_or_else(|| "-".to_owned(), |ordinal| ordinal.to_string());
    let reason = match &day.reason {
        DayReason::StartDay => "day of the start, not counted".to_owned(),
        DayReason::WorkingDay => "working day".to_owned(),
        DayReason::MakeUpWorkday => "make-up workday".to_owned(),
        DayReason::Weekend => "weekend".to_owned(),
        DayReason::Holiday(names) => name_in(names, "en").to_owned(),
        DayReason::CalendarDay => "calendar day".to_owned(),
        DayReason::Closed => "no office hours".to_owned(),
        DayReason::Paused(reason) => format!("paused: {reason}"),
        DayReason::Suspended { decree, citation } => format!("suspended by {decree}: {citation}"),
    };
    let guess = if day.published { "" } else { ", not published yet" };
    format!("{place:>4}  {} {}  {reason}{guess}\n", day.date, day.date.format("%a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(law: &str, from: &str, profile: Option<&str>) -> anyhow::Result<String> {
        let laws = Laws::parse(include_str!("../config/laws.toml"), "laws.toml")?;
        let mut calendars = Calendars::default();
        for text in
            [include_str!("../config/calendars/china.toml"), include_str!("../config/calendars/denmark.toml")]
        {
            calendars.add(clocks::Calendar::parse(text, "calendar")?);
        }
        let args =
            DueArgs { law: law.to_owned(), from: from.to_owned(), profile: profile.map(str::to_owned) };
        answer(&args, &laws, &calendars)
    }

    #[test]
    fn the_reckoning_shows_each_day_and_the_law() {
        let text = asked("cn-order3-single", "2026-02-13T09:00:00+08:00", Some("cn-gov")).unwrap();
        assert!(text.contains("due: 2026-02-27T23:59:59+08:00\nprovisional: no\n"), "{text}");
        assert!(text.contains("   1  2026-02-14 Sat  make-up workday\n"), "{text}");
        assert!(text.contains("   -  2026-02-16 Mon  Spring Festival\n") && text.contains("第3号"), "{text}");
    }

    #[test]
    fn weeks_and_provisional_deadlines() {
        let text = asked("dk-dialogue", "2026-02-02T10:00:00+01:00", None).unwrap();
        assert!(text.contains("due: 2026-03-02T23:59:59+01:00"), "{text}");
        let text = asked("cn-order3-single", "2026-12-29T10:00:00+08:00", None).unwrap();
        assert!(text.contains("due: 2027-01-05") && text.contains("provisional: yes"), "{text}");
    }

    #[test]
    fn wrong_use_is_explained() {
        for (law, from, profile, what) in [
            ("cn-order4", "2026-02-13T09:00:00+08:00", None, "known are cn-order3-single"),
            ("cn-order3-single", "yesterday", None, "is not a moment"),
            ("cn-order3-single", "2026-02-13T09:00:00+08:00", Some("dk"), "for profile dk"),
            ("cn-order3-single", "2018-02-13T09:00:00+08:00", None, "in force at"),
        ] {
            let error = asked(law, from, profile).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
    }
}
