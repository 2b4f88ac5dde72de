//! The count itself: from the start event to the last day, each day with the reason why it counted or not.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use domain::Timestamp;
use domain::directory::Names;
use serde::Serialize;

use crate::calendar::{Calendar, DayKind};
use crate::law::{Law, Unit, WhenOff};

/// Why a day was counted or passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayReason {
    /// The day of the start event, which is day 0.
    StartDay,
    WorkingDay,
    /// A weekend day worked for a holiday (调休).
    MakeUpWorkday,
    Weekend,
    Holiday(Names),
    /// Counted because the limit counts every day.
    CalendarDay,
}

/// One day of the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    pub date: NaiveDate,
    /// Its place in the count from 1; none where it was passed over.
    pub ordinal: Option<u32>,
    pub reason: DayReason,
    /// Whether the calendar is published that far.
    pub published: bool,
}

/// A deadline with its reckoning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The law that set it.
    pub law: String,
    /// The last moment that is still in time.
    pub due_at: Timestamp,
    /// The last day, in the zone of the count.
    pub day: NaiveDate,
    /// Every day from the start day to the last; empty for limits in hours.
    pub days: Vec<CountedDay>,
    pub citation: String,
    /// True where the count runs past what the authority has published: reckon again when it has.
    pub provisional: bool,
}

impl Due {
    /// The days that counted.
    pub fn counted(&self) -> impl Iterator<Item = &CountedDay> {
        self.days.iter().filter(|day| day.ordinal.is_some())
    }

    /// The days passed over.
    pub fn skipped(&self) -> impl Iterator<Item = &CountedDay> {
        self.days.iter().filter(|day| day.ordinal.is_none())
    }
}

/// When `law` falls due for an event at `start`. Days run in `zone` and end with it; hours run on.
pub fn due(law: &Law, start: Timestamp, calendar: &Calendar, zone: Tz) -> Due {
    if law.unit == Unit::Hour {
        let due_at = start.plus_seconds(i64::from(law.count) * 3600);
        return Due {
            law: law.id.clone(),
            due_at,
            day: due_at.service_day(zone),
            days: Vec::new(),
            citation: law.citation.clone(),
            provisional: false,
        };
    }
    let days = count(law, start.service_day(zone), calendar);
    let day = days.last().map_or_else(|| start.service_day(zone), |last| last.date);
    Due {
        law: law.id.clone(),
        due_at: end_of(day, zone),
        day,
        provisional: depends_on_calendar(law) && days.iter().any(|day| !day.published),
        days,
        citation: law.citation.clone(),
    }
}

fn depends_on_calendar(law: &Law) -> bool {
    law.unit == Unit::WorkingDay || law.when_off == WhenOff::NextWorkingDay
}

fn count(law: &Law, first: NaiveDate, calendar: &Calendar) -> Vec<CountedDay> {
    let wanted = if law.unit == Unit::Week { law.count * 7 } else { law.count };
    let mut days = Vec::new();
    let mut reached = 0;
    for (index, date) in first.iter_days().enumerate() {
        let kind = calendar.kind(date);
        let mut day =
            CountedDay { date, ordinal: None, reason: reason(kind), published: calendar.is_published(date) };
        let complete = reached == wanted;
        if complete {
            // Only a moved last day comes here: days off are passed over until one is worked.
        } else if index == 0 && law.day_zero {
            day.reason = DayReason::StartDay;
        } else if law.unit != Unit::WorkingDay || kind.is_working() {
            reached += 1;
            day.ordinal = Some(reached);
            if law.unit != Unit::WorkingDay {
                day.reason = DayReason::CalendarDay;
            }
        }
        days.push(day);
        if reached == wanted && (law.when_off == WhenOff::Stay || kind.is_working()) {
            break;
        }
    }
    days
}

fn reason(kind: DayKind<'_>) -> DayReason {
    match kind {
        DayKind::Working => DayReason::WorkingDay,
        DayKind::MakeUp => DayReason::MakeUpWorkday,
        DayKind::Weekend => DayReason::Weekend,
        DayKind::Holiday(names) => DayReason::Holiday(names.clone()),
    }
}

/// The last whole second of a day in `zone`.
pub fn end_of(day: NaiveDate, zone: Tz) -> Timestamp {
    day.succ_opt().map_or(Timestamp(i64::MAX), |next| start_of(next, zone).plus_seconds(-1))
}

/// The first moment of a day in `zone`.
pub fn start_of(day: NaiveDate, zone: Tz) -> Timestamp {
    at_local(day, NaiveTime::MIN, zone)
}

/// The moment at which the wall clock of `zone` shows `time` on `day`. A time that a change of the clock skips
/// is the moment of the change; a time shown twice is its first showing.
pub fn at_local(day: NaiveDate, time: NaiveTime, zone: Tz) -> Timestamp {
    let mut wall = day.and_time(time);
    // Zones have skipped at most a day; a quarter of an hour divides every change there has been since 1970.
    for _ in 0..=96 {
        if let Some(moment) = wall.and_local_timezone(zone).earliest() {
            return Timestamp(moment.timestamp_millis());
        }
        wall += TimeDelta::minutes(15);
    }
    Timestamp(wall.and_utc().timestamp_millis())
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
