//! Whether a call may be placed: the table and its bounds, held against what was placed so far. A refusal is written
//! into the audit trail and counted.

use std::sync::atomic::Ordering::Relaxed;

use callbacks::{Denied, Placed};
use domain::{PhoneNumber, Timestamp};
use store::Tx;
use store::callbacks::Callback;

use crate::{Error, House, Result, Switchboard, audit};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Whether this agent's telephone and then the number of the callback may be dialled now.
pub(crate) fn verdict(
    tx: &mut Tx<'_>,
    house: &House,
    callback: &Callback,
    desk: &PhoneNumber,
    now: Timestamp,
) -> Result<Result<(), Denied>> {
    let line = house.lines.get(&callback.line).ok_or_else(|| Error::refused("refused-line-unknown"))?;
    let table = &house.destinations;
    let allowed = table
        .may_ring_desk(&line.profile, desk)
        .and_then(|()| table.may_call(&line.profile, &callback.phone));
    if allowed.is_err() { Ok(allowed) } else { bounds(tx, house, &callback.line, &callback.phone, now) }
}

/// Whether a number, or with `is_desk` the telephone of an agent, may be brought to a live call of that line now.
pub(crate) fn verdict_of(
    tx: &mut Tx<'_>,
    house: &House,
    line: &str,
    number: &PhoneNumber,
    is_desk: bool,
    now: Timestamp,
) -> Result<Result<(), Denied>> {
    let profile = &house.lines.get(line).ok_or_else(|| Error::refused("refused-line-unknown"))?.profile;
    let table = &house.destinations;
    if is_desk {
        // Colleagues are asked as often as it takes.
        return Ok(table.may_ring_desk(profile, number));
    }
    let allowed = table.may_call(profile, number);
    if allowed.is_err() { Ok(allowed) } else { bounds(tx, house, line, number, now) }
}

/// The bounds of the house, against what was placed for callbacks and for live calls.
fn bounds(
    tx: &mut Tx<'_>,
    house: &House,
    line: &str,
    number: &PhoneNumber,
    now: Timestamp,
) -> Result<Result<(), Denied>> {
    let (hour, day) = (now.plus_seconds(-HOUR), now.plus_seconds(-DAY));
    let mut count = |since, line: &str, phone: &str| -> Result<u32> {
        let placed = store::attempts::count_placed(tx, since, line, phone)?;
        let brought = store::call_transfers::count_asked(tx, since, line, phone)?;
        Ok(u32::try_from(placed.saturating_add(brought)).unwrap_or(u32::MAX))
    };
    let placed = Placed {
        in_hour: count(hour, "", "")?,
        in_hour_of_line: count(hour, line, "")?,
        to_number_in_day: count(day, "", number.as_str())?,
    };
    Ok(house.destinations.caps.verdict(placed))
}

/// Writes down that a call was not placed.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    actor: &str,
    callback: &Callback,
    denied: Denied,
    now: Timestamp,
) -> Result<()> {
    let object = format!("callback:{}", callback.id);
    Ok(audit::record(tx, now, actor, "deny_call", &object, Some(denied.as_str()))?)
}

impl Switchboard {
    /// Counts a refusal; what the agent is told.
    pub(crate) fn denied(&self, denied: Denied) -> Error {
        let place = Denied::ALL.iter().position(|one| *one == denied);
        if let Some(counter) = place.and_then(|place| self.pulse.denied.get(place)) {
            counter.fetch_add(1, Relaxed);
        }
        tracing::warn!(why = denied.as_str(), "a call was not placed");
        Error::refused(&format!("refused-call-{}", denied.as_str()))
    }
}
