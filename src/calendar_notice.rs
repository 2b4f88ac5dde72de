//! A published year as a notice of a calendar file: which days are new, which contradict, and the file with the
//! notice added. Nothing but the new notice and the end of what is published changes in the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::bail;
use chrono::{Datelike, NaiveDate};
use clocks::{Calendar, DayKind};
use domain::directory::Names;

use crate::calendar_days::{Day, Days};

/// What an import does to a calendar.
pub(crate) struct Notice {
    /// The days it adds.
    pub(crate) added: Vec<Day>,
    /// Days that the calendar has already, or that are weekend anyway.
    pub(crate) known: usize,
    /// The whole file, with the notice.
    pub(crate) text: String,
    /// The last published day from now on.
    pub(crate) until: Option<NaiveDate>,
}

/// Adds what `days` says to the calendar file `text`. `citation`: where it is written.
pub(crate) fn add(
    text: &str,
    calendar: &Calendar,
    days: &Days,
    citation: &str,
    until: Option<NaiveDate>,
) -> anyhow::Result<Notice> {
    let mut added = Vec::new();
    for day in &days.days {
        match (calendar.kind(day.date), day.off) {
            (DayKind::MakeUp, true) => bail!(
                "{}: the file says off, the calendar says worked; correct the older notice by hand",
                day.date
            ),
            (DayKind::Working, false) => {
                bail!("{}: the file says worked, but it is no weekend day", day.date)
            }
            (DayKind::Holiday(_) | DayKind::Closing(_), false) => {
                bail!(
                    "{}: the file says worked, the calendar says off; correct the older notice by hand",
                    day.date
                )
            }
            (DayKind::Holiday(_), true) | (DayKind::MakeUp, false) => {}
            _ => added.push(day.clone()),
        }
    }
    let known = days.days.len() - added.len();
    let until = until.or(days.until).max(calendar.published_until);
    let mut changed = published(text, until);
    if !added.is_empty() {
        changed.push_str(&notice(&added, citation, &names_of(calendar)));
    }
    // The reader has the last word on what was written.
    let file = format!("calendars/{}.toml", calendar.id);
    Calendar::parse(&changed, &file)
        .map_err(|fault| anyhow::anyhow!("the calendar would be faulty: {fault}"))?;
    Ok(Notice { added, known, text: changed, until })
}

/// The text with the last published day moved.
fn published(text: &str, until: Option<NaiveDate>) -> String {
    let Some(until) = until else { return text.to_owned() };
    let line = format!("published_until = \"{until}\"");
    let mut found = false;
    let lines = text.lines().map(|old| {
        if !found && old.trim_start().starts_with("published_until") {
            found = true;
            return line.clone();
        }
        old.to_owned()
    });
    let mut changed = lines.collect::<Vec<_>>().join("\n") + "\n";
    if !found {
        // Keys of the file itself stand above its first table.
        let at = changed.find("\n[").map_or(changed.len(), |at| at + 1);
        changed.insert_str(at, &format!("{line}\n"));
    }
    changed
}

fn notice(days: &[Day], citation: &str, names: &BTreeMap<String, Names>) -> String {
    let mut text = format!("\n[[notice]]\ncitation = {}\n", quoted(citation));
    let off: Vec<&Day> = days.iter().filter(|day| day.off).collect();
    let work: Vec<&Day> = days.iter().filter(|day| !day.off).collect();
    if !off.is_empty() {
        text.push_str("off = [\n");
        for run in runs(&off) {
            if let [first, ..] = run {
                let last = run.last().map_or(first.date, |last| last.date);
                let names = spelled(&first.name, names);
                // A String takes everything that is written into it.
                let _ =
                    writeln!(text, "    {{ from = \"{}\", to = \"{last}\", names = {names} }},", first.date);
            }
        }
        text.push_str("]\n");
    }
    if !work.is_empty() {
        text.push_str("work = [\n");
        for day in work {
            let names = spelled(&format!("{}调休上班", day.name), names);
            let _ = writeln!(text, "    {{ day = \"{}\", names = {names} }},", day.date);
        }
        text.push_str("]\n");
    }
    text
}

/// Days in a row under one name.
fn runs<'a>(days: &'a [&'a Day]) -> Vec<&'a [&'a Day]> {
    let together = |one: &&Day, next: &&Day| {
        one.name == next.name && one.date.succ_opt() == Some(next.date) && one.date.year() == next.date.year()
    };
    days.chunk_by(together).collect()
}

/// The names a day has in every language, where the calendar has had such a day before.
fn spelled(name: &str, known: &BTreeMap<String, Names>) -> String {
    let one = Names::from([("zh-CN".to_owned(), name.to_owned())]);
    let names = known.get(name).unwrap_or(&one);
    let parts: Vec<String> =
        names.iter().map(|(language, name)| format!("{language} = {}", quoted(name))).collect();
    format!("{{ {} }}", parts.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.replace(['\n', '\r'], " ")).to_string()
}

/// Every name of the calendar by each of its spellings.
fn names_of(calendar: &Calendar) -> BTreeMap<String, Names> {
    let all =
        calendar.all_names().flat_map(|names| names.values().map(move |name| (name.clone(), names.clone())));
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINA: &str = include_str!("../config/calendars/china.toml");
    const YEAR: &str = r#"{"year": 2027, "papers": [], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "春节", "date": "2027-02-05", "isOffDay": true},
        {"name": "春节", "date": "2027-02-06", "isOffDay": true},
        {"name": "春节", "date": "2027-02-20", "isOffDay": false}]}"#;

    fn china() -> Calendar {
        Calendar::parse(CHINA, "china.toml").unwrap()
    }

    fn import(year: &str) -> anyhow::Result<Notice> {
        add(CHINA, &china(), &crate::calendar_days::read(year)?, "国办发明电〔2026〕\"1\"号", None)
    }

    #[test]
    fn a_year_becomes_a_notice_and_nothing_else_changes() {
        let notice = import(YEAR).unwrap();
        let after = Calendar::parse(&notice.text, "china.toml").unwrap();
        let kind = |date: &str| after.kind(date.parse().unwrap());
        assert!(matches!(kind("2027-02-06"), DayKind::Holiday(names) if names["da"] == "Kinesisk nytår"));
        assert_eq!(kind("2027-02-20"), DayKind::MakeUp);
        assert_eq!(after.published_until.unwrap().to_string(), "2027-12-31");
        assert_eq!(after.citations.last().unwrap(), "国办发明电〔2026〕\"1\"号");
        let kept = CHINA.replace("2026-12-31", "2027-12-31");
        assert!(notice.text.starts_with(&kept), "the old text stands");
        assert_eq!((notice.added.len(), notice.known), (4, 0));
    }

    #[test]
    fn the_same_year_twice_adds_nothing() {
        let once = import(YEAR).unwrap();
        let calendar = Calendar::parse(&once.text, "china.toml").unwrap();
        let twice =
            add(&once.text, &calendar, &crate::calendar_days::read(YEAR).unwrap(), "again", None).unwrap();
        assert_eq!((twice.text, twice.added.len(), twice.known), (once.text, 0, 4));
    }

    #[test]
    fn contradictions_are_refused_with_the_day() {
        let day = |date: &str, off: bool| {
            format!(r#"{{"year": 2026, "days": [{{"name": "x", "date": "{date}", "isOffDay": {off}}}]}}"#)
        };
        for (date, off, what) in [
            ("2026-02-14", true, "the calendar says worked"),
            ("2026-02-16", false, "the calendar says off"),
            ("2026-03-04", false, "no weekend day"),
        ] {
            let fault = import(&day(date, off)).err().unwrap().to_string();
            assert!(fault.contains(what) && fault.contains(date), "{fault}");
        }
    }

    #[test]
    fn a_calendar_without_an_end_gets_one_only_where_it_is_said() {
        let bare = "id = \"x\"\nzone = \"UTC\"\nweekend = []\n\n[hours]\nmonday = [[\"09:00\", \"10:00\"]]\n";
        let calendar = Calendar::parse(bare, "x.toml").unwrap();
        let days = Days { until: None, ..crate::calendar_days::read(YEAR).unwrap() };
        let days = Days { days: days.days[..1].to_vec(), ..days };
        let open = add(bare, &calendar, &days, "c", None).unwrap();
        assert_eq!((open.until, open.added.len()), (None, 1));
        let ended = add(bare, &calendar, &days, "c", "2027-12-31".parse().ok()).unwrap();
        assert!(Calendar::parse(&ended.text, "x.toml").unwrap().published_until.is_some());
    }
}
