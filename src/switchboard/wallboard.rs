//! What hangs on the wall: the queue and the day so far.

use chrono::{DateTime, Timelike};
use domain::Timestamp;
use figures::measure::Measure;
use figures::{Cell, Frame, Period, QueueRow, telephone};
use store::report_rows::{self, Scope};

use crate::rights::{Desk, Supervisor};
use crate::standby::mode::Condition;
use crate::{Result, Switchboard};

/// The wallboard at one moment.
#[derive(Debug, Clone)]
pub struct Wallboard {
    pub as_of: Timestamp,
    /// Whether the house goes on without its store.
    pub condition: Condition,
    pub zone: chrono_tz::Tz,
    /// Callers who wait now.
    pub waiting: u64,
    /// When the one who waits longest came; `None`: nobody waits.
    pub waiting_since: Option<Timestamp>,
    /// Figures since midnight and since the last full or half hour, by id.
    pub today: Vec<(&'static str, Cell)>,
    pub half_hour: Vec<(&'static str, Cell)>,
    /// Agents by state, as `ready`.
    pub agents: Vec<(String, i64)>,
    /// Callbacks that may be dialled now.
    pub callbacks_due: i64,
    /// Recordings that cannot be heard though they should.
    pub sounds_troubled: i64,
    /// Corrective actions whose check is overdue.
    pub corrections_overdue: i64,
    /// Requests to preserve evidence that nobody has answered in time.
    pub preserves_overdue: i64,
    /// Calendars whose days off of a year are missing though they should be known, with the year.
    pub calendars_missing: Vec<(String, i32)>,
}

impl Wallboard {
    /// A figure of the day so far.
    pub fn today(&self, id: &str) -> Option<&Cell> {
        self.today.iter().find(|(figure, _)| *figure == id).map(|(_, cell)| cell)
    }

    /// A figure of the running half hour.
    pub fn half_hour(&self, id: &str) -> Option<&Cell> {
        self.half_hour.iter().find(|(figure, _)| *figure == id).map(|(_, cell)| cell)
    }
}

impl Switchboard {
    /// Calendars whose days off of a year are missing though they should be known, with the year: limits that reach into
    /// it are guesses.
    pub fn calendars_missing(&self) -> Vec<(String, i32)> {
        let now = self.now();
        let year = |calendar: &clocks::Calendar| calendar.missing_year(now.service_day(calendar.zone));
        let all = self.house.calendars.iter();
        all.filter_map(|calendar| Some((calendar.id.clone(), year(calendar)?))).collect()
    }

    /// Reads the wallboard.
    pub async fn wallboard(&self) -> Result<Wallboard> {
        let (now, condition, calendars_missing) = (self.now(), self.condition(), self.calendars_missing());
        let zone = self.house.lines.values().next().map_or(chrono_tz::Tz::UTC, |line| line.zone);
        let day = now.service_day(zone);
        let today = Frame::new(Period { from: day, to: day }, zone, now, self.house.targets.clone());
        let half_hour = Frame { from: half_hour_before(now, zone), ..today.clone() };
        let scope =
            Scope { from: today.from, until: today.until, line: String::new(), department: String::new() };
        self.store
            .read(move |tx| -> Result<Wallboard> {
                let rows = report_rows::queue(tx, &scope)?;
                let waiting = report_rows::waiting(tx)?;
                Ok(Wallboard {
                    as_of: now,
                    condition,
                    zone,
                    waiting: waiting.len() as u64,
                    waiting_since: waiting.first().map(|row| row.entered_at),
                    today: figures(&rows, &today),
                    half_hour: figures(&rows, &half_hour),
                    agents: report_rows::agents_by_state(tx)?,
                    callbacks_due: store::callbacks::count_due(tx, now)?,
                    sounds_troubled: store::recordings::count_troubled(tx)?,
                    corrections_overdue: store::corrections::overdue(tx, now)?,
                    preserves_overdue: store::evidence::overdue(tx, now)?,
                    calendars_missing: calendars_missing.clone(),
                })
            })
            .await
    }
}

impl Desk<Supervisor> {
    /// Reads the wallboard.
    pub async fn wallboard(&self) -> Result<Wallboard> {
        self.board.wallboard().await
    }
}

fn figures(rows: &[QueueRow], frame: &Frame) -> Vec<(&'static str, Cell)> {
    let rows: Vec<&QueueRow> = rows.iter().collect();
    let over = |measure: &Measure<QueueRow>| (measure.id, measure.over(&rows, frame));
    telephone::measures().iter().map(over).collect()
}

fn half_hour_before(now: Timestamp, zone: chrono_tz::Tz) -> Timestamp {
    let local: DateTime<_> = now.local(zone);
    let past = i64::from(local.minute() % 30) * 60 + i64::from(local.second());
    Timestamp(now.0 - now.0.rem_euclid(1000)).plus_seconds(-past)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_hour_begins_on_the_lines_clock() {
        let now = Timestamp::parse("2026-03-02T09:47:12.345+05:45").unwrap();
        let start = half_hour_before(now, chrono_tz::Asia::Kathmandu);
        assert_eq!(start.rfc3339(chrono_tz::Asia::Kathmandu), "2026-03-02T09:30:00+05:45");
    }
}
