//! When somebody may be called, and what the attempts so far mean for a callback.

use callbacks::{AttemptOutcome, Ladder, Next, Plan, Purpose, Window, Wish, next_attempt};
use chrono_tz::Tz;
use clocks::{Calendar, Duty};
use domain::Timestamp;
use store::Tx;
use store::attempts::Attempt;
use store::callbacks::Callback;

use crate::{Error, House, Result};

/// Ladder, hours and calendar of one callback.
pub(crate) struct Calling<'a> {
    ladder: &'a Ladder,
    window: Window,
    calendar: &'a Calendar,
    zone: Tz,
}

impl<'a> Calling<'a> {
    /// For a purpose on a line. `wish` is what was written down; only a wish in our own form narrows the hours,
    /// one in words is read by the agent.
    pub(crate) fn new(house: &'a House, line: &str, purpose: Purpose, wish: Option<&str>) -> Result<Self> {
        let missing = |what: &str| Error::Unavailable(format!("no {what} is configured for line {line}"));
        let line = house.lines.get(line).ok_or_else(|| Error::refused("refused-line-unknown"))?;
        let ladder = house.ladders.ladder(purpose).ok_or_else(|| missing("ladder"))?;
        let hours =
            house.ladders.calling_hours(&line.profile).ok_or_else(|| missing("calling hours"))?.clone();
        let wish = wish.and_then(|text| serde_json::from_str::<Wish>(text).ok()).unwrap_or_default();
        let calendar = house.calendars.get(&line.calendar).ok_or_else(|| missing("calendar"))?;
        Ok(Self { ladder, window: Window { hours, wish }, calendar, zone: line.zone })
    }

    /// As the callbacks room wants it.
    pub(crate) fn plan(&self) -> Plan<'_> {
        Plan { ladder: self.ladder, window: &self.window, calendar: self.calendar, zone: self.zone }
    }
}

/// What the ladder says after the attempts of a callback.
pub(crate) fn next_of(tx: &mut Tx<'_>, house: &House, callback: &Callback, now: Timestamp) -> Result<Next> {
    let attempts = store::attempts::of_callback(tx, &callback.id)?;
    let attempts: Vec<callbacks::Attempt> = attempts.iter().map(as_made).collect::<Result<_>>()?;
    let calling = Calling::new(house, &callback.line, purpose_of(callback)?, callback.wish.as_deref())?;
    Ok(next_attempt(&calling.plan(), callback.promised_at, &attempts, now))
}

/// How many attempts count so far.
pub(crate) fn dials(tx: &mut Tx<'_>, callback: &Callback) -> Result<i64> {
    let attempts = store::attempts::of_callback(tx, &callback.id)?;
    let attempts: Vec<callbacks::Attempt> = attempts.iter().map(as_made).collect::<Result<_>>()?;
    Ok(i64::try_from(callbacks::dials(&attempts)).unwrap_or(i64::MAX))
}

/// The stored purpose, read.
pub(crate) fn purpose_of(callback: &Callback) -> Result<Purpose> {
    callback.purpose.parse().map_err(broken)
}

/// The stored outcome of an attempt, read.
pub(crate) fn outcome_of(attempt: &Attempt) -> Result<Option<AttemptOutcome>> {
    attempt.outcome.as_deref().map(|text| text.parse().map_err(broken)).transpose()
}

fn as_made(attempt: &Attempt) -> Result<callbacks::Attempt> {
    Ok(callbacks::Attempt {
        dialled_at: attempt.dialled_at,
        ended_at: attempt.ended_at,
        outcome: outcome_of(attempt)?,
    })
}

fn broken(error: domain::code::UnknownCode) -> Error {
    Error::Unavailable(error.to_string())
}

/// The law of the call back to who left a message on this line.
pub(crate) fn message_law<'a>(house: &'a House, line: &str, now: Timestamp) -> Option<&'a clocks::Law> {
    let line = house.lines.get(line)?;
    house.laws.for_duty(Duty::CallBack, &line.profile, now.service_day(line.zone))
}

/// The law of the callback after a result on this line.
pub(crate) fn follow_up_law<'a>(house: &'a House, line: &str, now: Timestamp) -> Option<&'a clocks::Law> {
    let line = house.lines.get(line)?;
    house.laws.for_duty(Duty::FollowUp, &line.profile, now.service_day(line.zone))
}
