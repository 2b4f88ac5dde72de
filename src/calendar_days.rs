//! Days of a published calendar: from the JSON of holiday-cn (one year, make-up workdays included), or from an
//! iCalendar file (every event of whole days is days off).

use anyhow::{Context, bail};
use chrono::NaiveDate;
use icalendar::{Component, DatePerhapsTime};
use serde::Deserialize;

/// One day that a calendar says something about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) date: NaiveDate,
    /// A day off; false: worked although it is weekend.
    pub(crate) off: bool,
    /// As the file names it.
    pub(crate) name: String,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Days {
    /// In order of their date.
    pub(crate) days: Vec<Day>,
    /// The last day the file covers, where it says so.
    pub(crate) until: Option<NaiveDate>,
    /// Where it says it was taken from.
    pub(crate) sources: Vec<String>,
    /// Entries left out, each with the reason.
    pub(crate) left_out: Vec<String>,
}

/// Reads either shape.
pub(crate) fn read(text: &str) -> anyhow::Result<Days> {
    let mut days = match text.trim_start().chars().next() {
        Some('{') => holiday_cn(text)?,
        Some('B') => icalendar(text)?,
        _ => bail!("this is neither the JSON of holiday-cn nor an iCalendar file (BEGIN:VCALENDAR)"),
    };
    days.days.sort();
    days.days.dedup_by_key(|day| day.date);
    if days.days.is_empty() {
        bail!("the file names no day; a year that has not been published yet is empty");
    }
    Ok(days)
}

#[derive(Deserialize)]
struct HolidayYear {
    year: i32,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<HolidayDay>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HolidayDay {
    name: String,
    date: NaiveDate,
    is_off_day: bool,
}

fn holiday_cn(text: &str) -> anyhow::Result<Days> {
    let year: HolidayYear = serde_json::from_str(text)
        .context("the JSON is not that of holiday-cn: {\"year\", \"papers\", \"days\": [{\"name\", \"date\", \"isOffDay\"}]}")?;
    let day = |day: HolidayDay| Day { date: day.date, off: day.is_off_day, name: day.name };
    Ok(Days {
        days: year.days.into_iter().map(day).collect(),
        until: NaiveDate::from_ymd_opt(year.year, 12, 31),
        sources: year.papers,
        left_out: Vec::new(),
    })
}

/// Longest event taken, in days: nobody is off for longer, so a longer one is a slip.
const LONGEST: i64 = 60;

fn icalendar(text: &str) -> anyhow::Result<Days> {
    let calendar: icalendar::Calendar =
        text.parse().map_err(|fault| anyhow::anyhow!("the iCalendar file cannot be read: {fault}"))?;
    let (mut days, mut left_out) = (Vec::new(), Vec::new());
    for component in &calendar.components {
        let icalendar::CalendarComponent::Event(event) = component else { continue };
        let name = event.get_summary().unwrap_or_default().trim().to_owned();
        let Some(DatePerhapsTime::Date(first)) = event.get_start() else {
            left_out.push(format!("{name}: has a time of day, and only whole days count"));
            continue;
        };
        if event.property_value("RRULE").is_some() {
            left_out.push(format!("{name}: repeats by rule; write it as a [[rule]] of the calendar"));
            continue;
        }
        // The end is the first day that no longer belongs to it.
        let end = match event.get_end() {
            Some(DatePerhapsTime::Date(end)) if end > first => end,
            _ => first.succ_opt().unwrap_or(first),
        };
        if (end - first).num_days() > LONGEST {
            left_out.push(format!("{name}: lasts longer than {LONGEST} days"));
            continue;
        }
        let dates = first.iter_days().take_while(|date| *date < end);
        days.extend(dates.map(|date| Day { date, off: true, name: name.clone() }));
    }
    Ok(Days { days, until: None, sources: Vec::new(), left_out })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str, off: bool, name: &str) -> Day {
        Day { date: date.parse().unwrap(), off, name: name.to_owned() }
    }

    #[test]
    fn holiday_cn_has_make_up_workdays() {
        let text = r#"{"$schema": "x", "year": 2027, "papers": ["http://www.gov.cn/x.htm"], "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
            {"name": "春节", "date": "2027-02-20", "isOffDay": false}]}"#;
        let read = read(text).unwrap();
        assert_eq!(read.days, [day("2027-01-01", true, "元旦"), day("2027-02-20", false, "春节")]);
        assert_eq!(read.until.unwrap().to_string(), "2027-12-31");
        assert_eq!(read.sources, ["http://www.gov.cn/x.htm"]);
    }

    #[test]
    fn icalendar_events_of_whole_days_are_days_off() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\
            BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270326\r\nDTEND;VALUE=DATE:20270328\r\nSUMMARY:Langfredag og l\u{f8}rdag\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20270101T090000Z\r\nSUMMARY:Reception\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20271225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Jul\r\nEND:VEVENT\r\n\
            END:VCALENDAR\r\n";
        let read = read(text).unwrap();
        let name = "Langfredag og l\u{f8}rdag";
        assert_eq!(read.days, [day("2027-03-26", true, name), day("2027-03-27", true, name)]);
        assert_eq!(read.left_out.len(), 2, "{:?}", read.left_out);
        assert_eq!(read.until, None);
    }

    #[test]
    fn what_is_no_calendar_is_said() {
        for (text, what) in [
            ("date,name", "neither"),
            (r#"{"year": 2027, "days": []}"#, "names no day"),
            (r#"{"days": 3}"#, "not that of holiday-cn"),
            ("BEGIN:VEVENT", "names no day"),
        ] {
            let fault = format!("{:#}", read(text).unwrap_err());
            assert!(fault.contains(what) || fault.contains("cannot be read"), "{text}: {fault}");
        }
    }
}
