//! Opening hours: spans per weekday (split shifts and nights included), holidays, and make-up workdays.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use chrono_tz::Tz;
use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, DayKind};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Part of a day, as `["08:00", "12:00"]`. One that ends at or before its start runs on into the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[String; 2]", into = "[String; 2]")]
pub struct DaySpan {
    /// Minutes after midnight of the first moment.
    pub from: u16,
    /// Minutes after midnight of the end, which no longer belongs to the span; above 1440 on the next day.
    pub until: u16,
}

/// A text that is no part of a day.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("[\"{from}\", \"{until}\"] is not a part of a day; write [\"08:00\", \"12:00\"], up to \"24:00\"")]
pub struct NotADaySpan {
    from: String,
    until: String,
}

impl DaySpan {
    /// Reads two wall-clock times.
    pub fn parse(from: &str, until: &str) -> Result<Self, NotADaySpan> {
        let wrong = || NotADaySpan { from: from.to_owned(), until: until.to_owned() };
        let start = minutes(from).filter(|start| *start < DAY).ok_or_else(wrong)?;
        let end = minutes(until).filter(|end| *end != start).ok_or_else(wrong)?;
        Ok(Self { from: start, until: if end <= start { end + DAY } else { end } })
    }

    /// Whether `minute` lies in the span; minutes of the next day are counted on from 1440.
    pub fn contains(self, minute: u16) -> bool {
        (self.from..self.until).contains(&minute)
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) =
        text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2)?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

fn written(minutes: u16) -> String {
    let minutes = if minutes > DAY { minutes - DAY } else { minutes };
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl TryFrom<[String; 2]> for DaySpan {
    type Error = NotADaySpan;
    fn try_from([from, until]: [String; 2]) -> Result<Self, NotADaySpan> {
        Self::parse(&from, &until)
    }
}

impl From<DaySpan> for [String; 2] {
    fn from(span: DaySpan) -> Self {
        [written(span.from), written(span.until)]
    }
}

/// When a line or an office is open. A weekday that is not named is closed; `always` beats everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpeningHours {
    /// Open day and night, every day.
    pub always: bool,
    pub monday: Vec<DaySpan>,
    pub tuesday: Vec<DaySpan>,
    pub wednesday: Vec<DaySpan>,
    pub thursday: Vec<DaySpan>,
    pub friday: Vec<DaySpan>,
    pub saturday: Vec<DaySpan>,
    pub sunday: Vec<DaySpan>,
    /// Public holidays and closing days; closed where nothing is written.
    pub holiday: Vec<DaySpan>,
    /// Weekend days that are worked; Monday's hours where nothing is written.
    pub make_up: Vec<DaySpan>,
}

impl OpeningHours {
    /// Open day and night.
    pub fn around_the_clock() -> Self {
        Self { always: true, ..Self::default() }
    }

    /// Whether there is no moment at which it opens.
    pub fn never_opens(&self) -> bool {
        let week = [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ];
        !self.always && week.iter().all(|spans| spans.is_empty())
    }

    /// The spans that begin on `date`.
    pub fn spans_on(&self, date: NaiveDate, calendar: &Calendar) -> &[DaySpan] {
        match calendar.kind(date) {
            DayKind::Holiday(_) | DayKind::Closing(_) => &self.holiday,
            DayKind::MakeUp if self.make_up.is_empty() => &self.monday,
            DayKind::MakeUp => &self.make_up,
            DayKind::Working | DayKind::Weekend => match date.weekday() {
                Weekday::Mon => &self.monday,
                Weekday::Tue => &self.tuesday,
                Weekday::Wed => &self.wednesday,
                Weekday::Thu => &self.thursday,
                Weekday::Fri => &self.friday,
                Weekday::Sat => &self.saturday,
                Weekday::Sun => &self.sunday,
            },
        }
    }
}

/// Whether it is open at `now`. A night that began yesterday still counts today.
pub fn is_open(hours: &OpeningHours, calendar: &Calendar, now: Timestamp, zone: Tz) -> bool {
    if hours.always {
        return true;
    }
    let local = now.local(zone);
    let today = local.date_naive();
    let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0);
    let since_yesterday = today.pred_opt().is_some_and(|yesterday| {
        hours.spans_on(yesterday, calendar).iter().any(|span| span.contains(minute + DAY))
    });
    since_yesterday || hours.spans_on(today, calendar).iter().any(|span| span.contains(minute))
}

/// Longest look ahead, in days: no holiday lasts longer, and a year without hours has none to find.
const LOOK_AHEAD: usize = 60;

/// When it opens next after `now`, on the wall clock of `zone`; nothing while it is open, and where no day of
/// the next two months has hours.
pub fn next_open(
    hours: &OpeningHours,
    calendar: &Calendar,
    now: Timestamp,
    zone: Tz,
) -> Option<NaiveDateTime> {
    if is_open(hours, calendar, now, zone) {
        return None;
    }
    let local = now.local(zone).naive_local();
    let opens = |day: NaiveDate| {
        let spans = hours.spans_on(day, calendar).iter();
        let starts = spans
            .filter_map(move |span| day.and_hms_opt(u32::from(span.from / 60), u32::from(span.from % 60), 0));
        starts.filter(|start| *start > local).min()
    };
    local.date().iter_days().take(1 + LOOK_AHEAD).find_map(opens)
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
