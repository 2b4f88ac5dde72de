//! Running time: the parts of each day in which a clock runs, open and not held still.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::Timestamp;

use crate::calendar::Calendar;
use crate::due::{at_local, start_of};
use crate::hours::OpeningHours;

/// A part of time, from the first moment to the one that no longer belongs to it.
pub(crate) type Span = (Timestamp, Timestamp);

/// When it is open at all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Open<'a> {
    /// Day and night.
    Always,
    /// In office hours.
    Hours(&'a OpeningHours),
    /// All day on every working day, where nobody has written office hours.
    WorkingDays,
}

impl<'a> Open<'a> {
    /// In these office hours, or on working days.
    pub(crate) fn office(hours: Option<&'a OpeningHours>) -> Self {
        match hours {
            Some(hours) if hours.always => Self::Always,
            Some(hours) => Self::Hours(hours),
            None => Self::WorkingDays,
        }
    }
}

/// A clock that runs while it is open, except where it is held still.
pub(crate) struct Running<'a> {
    pub(crate) open: Open<'a>,
    pub(crate) calendar: &'a Calendar,
    pub(crate) zone: Tz,
    /// In order, not touching.
    pub(crate) still: Vec<Span>,
}

impl Running<'_> {
    /// The parts in which it runs of the spans that begin on `date`, none of them before `after`. Nights belong
    /// to the day on which they begin.
    pub(crate) fn on(&self, date: NaiveDate, after: Timestamp) -> Vec<Span> {
        let mut parts = Vec::new();
        let mut after = after;
        for (from, until) in self.open_on(date) {
            self.cut(from.max(after), until, &mut parts);
            after = after.max(until);
        }
        parts
    }

    /// The spans that are open, in order of their start; they may overlap.
    fn open_on(&self, date: NaiveDate) -> Vec<Span> {
        let next = date.succ_opt().unwrap_or(date);
        let all_day = || (start_of(date, self.zone), start_of(next, self.zone));
        match self.open {
            Open::Always => vec![all_day()],
            Open::WorkingDays if self.calendar.is_working(date) => vec![all_day()],
            Open::WorkingDays => Vec::new(),
            Open::Hours(hours) => {
                let spans = hours.spans_on(date, self.calendar).iter();
                let mut spans: Vec<Span> =
                    spans.map(|span| (self.minute(date, span.from), self.minute(date, span.until))).collect();
                spans.sort_unstable();
                spans
            }
        }
    }

    /// The moment `minute` minutes into the wall clock's day; those of the next day count on from 1440.
    fn minute(&self, date: NaiveDate, minute: u16) -> Timestamp {
        let day = if minute >= 1440 { date.succ_opt().unwrap_or(date) } else { date };
        let minute = u32::from(minute % 1440);
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN);
        at_local(day, time, self.zone)
    }

    /// What is left of a span when the still times are cut out.
    fn cut(&self, from: Timestamp, until: Timestamp, parts: &mut Vec<Span>) {
        let mut from = from;
        for (still_from, still_until) in &self.still {
            if *still_until <= from {
                continue;
            }
            if *still_from >= until {
                break;
            }
            if *still_from > from {
                parts.push((from, *still_from));
            }
            from = *still_until;
        }
        if from < until {
            parts.push((from, until));
        }
    }
}
