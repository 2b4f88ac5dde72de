//! The answer to "when is it due": the moment, and every day of the count with the reason why it counted or not.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use domain::Timestamp;
use domain::directory::Names;
use serde::Serialize;

use crate::calendar::{Calendar, DayKind};
use crate::law::Law;
use crate::ledger::PauseReason;
use crate::reckoning::Reckoning;

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
    /// A public holiday or a closing day, with its name.
    Holiday(Names),
    /// Counted because the limit counts every day.
    CalendarDay,
    /// A working day without office hours, in a count of working hours.
    Closed,
    /// The clock stood still when the day ended.
    Paused(PauseReason),
    /// Suspended by decree.
    Suspended {
        /// Id of the decree.
        decree: String,
        citation: String,
    },
}

/// One day of the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    pub date: NaiveDate,
    /// Its place in the count from 1; none where it was passed over, and in counts of hours.
    pub ordinal: Option<u32>,
    /// In counts of hours: the seconds counted in the span of this day.
    pub seconds: Option<u32>,
    pub reason: DayReason,
    /// Whether it was granted by an extension.
    pub extended: bool,
    /// Whether the calendar is published that far.
    pub published: bool,
}

impl CountedDay {
    /// Whether anything of the day was counted.
    pub fn counts(&self) -> bool {
        self.ordinal.is_some() || self.seconds.is_some_and(|seconds| seconds > 0)
    }
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
    /// Every day from the start day to the last.
    pub days: Vec<CountedDay>,
    pub citation: String,
    /// Units granted on top of the limit.
    pub extended_by: u32,
    /// True while the clock stands still: the moment is then the earliest that can be, as if it ran on now.
    pub paused: bool,
    /// True where the count runs past what the authority has published: reckon again when it has.
    pub provisional: bool,
}

impl Due {
    /// The days that counted.
    pub fn counted(&self) -> impl Iterator<Item = &CountedDay> {
        self.days.iter().filter(|day| day.counts())
    }

    /// The days passed over.
    pub fn skipped(&self) -> impl Iterator<Item = &CountedDay> {
        self.days.iter().filter(|day| !day.counts())
    }

    /// Whether it is past at `now`. A clock that stands still is overdue only where it was before.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.due_at < now
    }
}

/// When `law` falls due for an event at `start`, with nothing paused, extended or suspended. Days run in `zone`
/// and end with it; hours run on.
pub fn due(law: &Law, start: Timestamp, calendar: &Calendar, zone: Tz) -> Due {
    Reckoning::new(law, calendar, zone).due(start)
}

/// The earliest of several limits for the same matter, as of a case that came in by two doors: it governs, and
/// the duties of the others stay.
pub fn governing<'a>(limits: impl IntoIterator<Item = &'a Due>) -> Option<&'a Due> {
    limits.into_iter().min_by_key(|due| due.due_at)
}

/// The limit of a co-handler: its own law's, but not after `latest`, the moment at which the lead must have it.
#[must_use]
pub fn inside_lead(own: Due, latest: Timestamp, zone: Tz) -> Due {
    if latest >= own.due_at {
        return own;
    }
    let day = latest.service_day(zone);
    let days = own.days.into_iter().filter(|counted| counted.date <= day).collect();
    Due { due_at: latest, day, days, ..own }
}

/// Working days that have begun since the day on which it was due; 0 up to the first of them.
pub fn working_days_late(due_at: Timestamp, now: Timestamp, calendar: &Calendar, zone: Tz) -> u32 {
    let (last, today) = (due_at.service_day(zone), now.service_day(zone));
    let later = last.iter_days().skip(1).take_while(|day| *day <= today);
    u32::try_from(later.filter(|day| calendar.is_working(*day)).count()).unwrap_or(u32::MAX)
}

/// What an ordinary day of the calendar gives as reason.
pub(crate) fn reason(kind: DayKind<'_>) -> DayReason {
    match kind {
        DayKind::Working => DayReason::WorkingDay,
        DayKind::MakeUp => DayReason::MakeUpWorkday,
        DayKind::Weekend => DayReason::Weekend,
        DayKind::Holiday(names) | DayKind::Closing(names) => DayReason::Holiday(names.clone()),
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
