//! The frame of a report: which days, on which wall clock, as of when, against which targets.

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use domain::Timestamp;

use crate::Targets;

/// Whole days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// The moments of the period on the wall clock of `zone`: from the first included to the first after it.
    pub fn moments(self, zone: Tz) -> (Timestamp, Timestamp) {
        let after = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        (midnight(self.from, zone), midnight(after, zone))
    }
}

/// The first moment of a day; where a clock change swallows midnight, the first moment that exists.
fn midnight(day: NaiveDate, zone: Tz) -> Timestamp {
    let start = day.and_time(NaiveTime::MIN);
    (0..24)
        .find_map(|hours| zone.from_local_datetime(&(start + chrono::TimeDelta::hours(hours))).earliest())
        .map_or_else(|| Timestamp::from(start.and_utc()), |moment| Timestamp(moment.timestamp_millis()))
}

/// What a test of a measure may know beside its row.
#[derive(Debug, Clone)]
pub struct Frame {
    pub period: Period,
    pub zone: Tz,
    /// First moment of the period.
    pub from: Timestamp,
    /// First moment after the period.
    pub until: Timestamp,
    /// The moment the rows were read; "open" and "overdue" mean: then.
    pub as_of: Timestamp,
    pub targets: Targets,
}

impl Frame {
    /// The frame of `period` as seen at `as_of`.
    pub fn new(period: Period, zone: Tz, as_of: Timestamp, targets: Targets) -> Self {
        let (from, until) = period.moments(zone);
        Self { period, zone, from, until, as_of, targets }
    }

    /// Whether the moment lies in the period.
    pub fn covers(&self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_danish_day_in_march_has_23_hours() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        let (from, until) = Period { from: day, to: day }.moments(chrono_tz::Europe::Copenhagen);
        assert_eq!(until.seconds_since(from), 23 * 3600);
    }

    #[test]
    fn a_midnight_that_does_not_exist_is_the_next_hour() {
        // Beirut put its clocks forward at midnight.
        let day = NaiveDate::from_ymd_opt(2021, 3, 28).unwrap();
        let (from, _) = Period { from: day, to: day }.moments(chrono_tz::Asia::Beirut);
        assert_eq!(from.rfc3339(chrono_tz::Asia::Beirut), "2021-03-28T01:00:00+03:00");
    }
}
