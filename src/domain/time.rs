//! Time is stored as UTC milliseconds and shown in the line's zone. "Now" is always a parameter:
//! nothing in this room or in a decision room reads a clock.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Parses RFC 3339 with an offset, as `2026-02-13T09:00:00+08:00`.
    pub fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        Ok(Self(DateTime::parse_from_rfc3339(text)?.timestamp_millis()))
    }

    /// The same moment as a UTC date and time; moments beyond chrono's years are clamped to the epoch.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// The same moment on the wall clock of `zone`.
    pub fn local(self, zone: Tz) -> DateTime<Tz> {
        self.utc().with_timezone(&zone)
    }

    /// The calendar day of this moment in `zone`: the day a report files it under.
    pub fn service_day(self, zone: Tz) -> NaiveDate {
        self.local(zone).date_naive()
    }

    /// This moment plus `seconds` (negative goes back).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this moment, never negative: a clock set back must not make a
    /// negative wait.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0.saturating_sub(earlier.0) / 1000).max(0)
    }

    /// The minute it lies in, from its start: what somebody means who gives hour and minute.
    pub fn whole_minute(self) -> Self {
        Self(self.0 - self.0.rem_euclid(60_000))
    }

    /// RFC 3339 with the offset of `zone`.
    pub fn rfc3339(self, zone: Tz) -> String {
        self.local(zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_day_follows_the_lines_zone() {
        let late = Timestamp::parse("2026-02-13T23:30:00Z").unwrap();
        assert_eq!(late.service_day(chrono_tz::Asia::Shanghai).to_string(), "2026-02-14");
        assert_eq!(late.service_day(chrono_tz::Europe::Copenhagen).to_string(), "2026-02-14");
        assert_eq!(late.service_day(chrono_tz::UTC).to_string(), "2026-02-13");
    }

    #[test]
    fn a_clock_set_back_makes_no_negative_wait() {
        assert_eq!(Timestamp(0).seconds_since(Timestamp(5_000)), 0);
    }
}
