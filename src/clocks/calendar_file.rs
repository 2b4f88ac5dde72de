//! The calendar file: notices with days off and days made up, yearly rules, the end of what is published.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use domain::directory::Names;
use domain::{DataFile, Fault};
use serde::Deserialize;
use toml::Spanned;

use crate::calendar::{Calendar, YearlyDay, YearlyRule};
use crate::hours::OpeningHours;
use crate::ruled_days::RuledDays;

/// Where the file says nothing: next year's notice is missed from November on.
const EXPECTED_BY: (u32, u32) = (11, 1);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    zone: Spanned<String>,
    weekend: Spanned<Vec<Weekday>>,
    #[serde(default)]
    published_until: Option<NaiveDate>,
    #[serde(default)]
    expected_by: Option<Spanned<String>>,
    #[serde(default)]
    hours: Option<Spanned<OpeningHours>>,
    #[serde(default)]
    notice: Vec<Notice>,
    #[serde(default)]
    rule: Vec<Rule>,
}

/// One notice of an authority and the days it sets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    citation: String,
    #[serde(default)]
    off: Vec<Off>,
    #[serde(default)]
    work: Vec<Work>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Off {
    from: Spanned<NaiveDate>,
    to: NaiveDate,
    names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Work {
    day: Spanned<NaiveDate>,
    names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    names: Spanned<Names>,
    #[serde(default)]
    fixed: Option<String>,
    #[serde(default)]
    easter: Option<i64>,
    #[serde(default)]
    from_year: Option<i32>,
    #[serde(default)]
    until_year: Option<i32>,
    #[serde(default)]
    closing: bool,
    #[serde(default)]
    citation: Option<String>,
}

pub(crate) fn parse(source: DataFile<'_>) -> Result<Calendar, Fault> {
    let file: File = source.read()?;
    let zone = file.zone.get_ref().parse().map_err(|_| {
        let what = format!("\"{}\" is not a time zone", file.zone.get_ref());
        source.fault(file.zone.span().start, what, "write it as in the tz database, as Asia/Shanghai")
    })?;
    let mut weekend = file.weekend.get_ref().clone();
    weekend.sort_by_key(Weekday::num_days_from_monday);
    weekend.dedup();
    if weekend.len() > 6 {
        let remedy = "leave at least one working day in the week, else no deadline could ever fall due";
        return Err(source.fault(file.weekend.span().start, "every day of the week is weekend", remedy));
    }
    if let Some(hours) = file.hours.as_ref().filter(|hours| hours.get_ref().never_opens()) {
        let remedy = "write hours for one weekday at least, as monday = [[\"09:00\", \"17:00\"]]";
        return Err(source.fault(hours.span().start, "the office hours never open", remedy));
    }
    let expected_by = match &file.expected_by {
        None => EXPECTED_BY,
        Some(text) => month_and_day(text.get_ref()).ok_or_else(|| {
            let what = format!("\"{}\" is not a month and day", text.get_ref());
            source.fault(text.span().start, what, "write expected_by = \"11-01\"")
        })?,
    };
    let mut calendar = Calendar {
        hours: file.hours.map(Spanned::into_inner),
        expected_by,
        id: file.id,
        zone,
        weekend,
        off: BTreeMap::new(),
        made_up: BTreeMap::new(),
        rules: Vec::new(),
        ruled: RuledDays::default(),
        published_until: file.published_until,
        citations: Vec::new(),
    };
    for notice in file.notice {
        add_notice(source, &mut calendar, notice)?;
    }
    for rule in file.rule {
        if let Some(citation) = &rule.citation {
            calendar.citations.push(citation.clone());
        }
        calendar.rules.push(yearly(source, rule)?);
    }
    calendar.work_out();
    Ok(calendar)
}

fn add_notice(source: DataFile<'_>, calendar: &mut Calendar, notice: Notice) -> Result<(), Fault> {
    calendar.citations.push(notice.citation);
    for off in notice.off {
        let (from, at) = (*off.from.get_ref(), off.from.span().start);
        let length = (off.to - from).num_days();
        if !(0..60).contains(&length) {
            return Err(source.fault(
                at,
                format!("days off from {from} to {}", off.to),
                "let `to` be on or after `from`, within 60 days",
            ));
        }
        for day in from.iter_days().take_while(|day| *day <= off.to) {
            calendar.off.insert(day, off.names.clone());
        }
    }
    for work in notice.work {
        let (day, at) = (*work.day.get_ref(), work.day.span().start);
        if !calendar.weekend.contains(&day.weekday()) {
            let remedy = "a make-up workday lies on a weekend; check the date against the notice";
            return Err(source.fault(at, format!("{day} is a {} already", day.weekday()), remedy));
        }
        if calendar.off.contains_key(&day) {
            return Err(source.fault(
                at,
                format!("{day} is both off and made up"),
                "check the date against the notice",
            ));
        }
        calendar.made_up.insert(day, work.names);
    }
    Ok(())
}

fn yearly(source: DataFile<'_>, rule: Rule) -> Result<YearlyRule, Fault> {
    let at = rule.names.span().start;
    let on = match (rule.fixed.as_deref(), rule.easter) {
        (Some(fixed), None) => {
            month_and_day(fixed).map(|(month, day)| YearlyDay::Fixed(month, day)).ok_or_else(|| {
                source.fault(at, format!("\"{fixed}\" is not a month and day"), "write fixed = \"12-25\"")
            })?
        }
        (None, Some(after)) if after.abs() <= 100 => YearlyDay::Easter(after),
        _ => {
            let what = "a rule needs either `fixed` or `easter`";
            return Err(source.fault(
                at,
                what,
                "write fixed = \"12-25\", or easter = 39 for days after Easter Sunday",
            ));
        }
    };
    Ok(YearlyRule {
        names: rule.names.into_inner(),
        on,
        closing: rule.closing,
        from_year: rule.from_year,
        until_year: rule.until_year,
    })
}

fn month_and_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let date = NaiveDate::from_ymd_opt(2024, month.parse().ok()?, day.parse().ok()?)?;
    Some((date.month(), date.day()))
}
