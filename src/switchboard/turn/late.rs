//! Turns and reports that were journalled, taken over by the store. Whatever it knows by then, and in whatever
//! order they come, the record is the one that the hooks themselves would have made.

use dialect::CallStatus;
use dialect::incoming::Kind;
use domain::Timestamp;
use store::calls::Found;
use store::notes::TurnNumber;
use store::{Tx, calls};

use super::keeping::{Kept, Place, Written, keep, overrule, to_json};
use super::{new_call, status};
use crate::standby::entry::{CallEntry, ReportEntry, TurnEntry};
use crate::{Error, House, Result, Topic, queue};

/// Takes over a turn; one that the store has already is only counted.
pub(crate) fn take_over_turn(tx: &mut Tx<'_>, house: &House, entry: &TurnEntry) -> Result<Vec<Topic>> {
    let (knock, now) = (entry.knock(), entry.at);
    let zone = house.zone_of(&entry.call.line);
    let found = calls::find_or_open(tx, &new_call(&knock, Some(entry.version.clone()), now, zone))?;
    if !found.versioned {
        calls::set_script_version(tx, &found.id, &entry.version)?;
    }
    let (written, event) = (Written::new(entry.turn.clone())?, to_json(&entry.event)?);
    let place = Place {
        house,
        found: &found,
        line: &entry.call.line,
        caller: &entry.call.caller,
        turn: TurnNumber { branch: entry.branch, step: entry.step },
        queue: entry.queue.as_deref(),
        event: &event,
        at: now,
    };
    let mut topics = match keep(tx, &place, &written)? {
        Kept::First(topics) => topics,
        Kept::Before(before) if entry.unsure && before.state != written.state => {
            overrule(tx, &place, &written)?
        }
        Kept::Before(_) => Vec::new(),
    };
    if let Some((visit, outcome)) = entry.after_dial {
        topics.extend(queue::dial_ended(tx, house, (&found.id, visit), outcome, now)?);
    }
    if let Some(over) = entry.over.as_deref().and_then(CallStatus::parse) {
        topics.extend(status::merge(tx, house, &found, over, None, now)?);
    }
    Ok(topics)
}

/// Takes over a status or recording hook.
pub(crate) fn take_over_report(tx: &mut Tx<'_>, house: &House, entry: &ReportEntry) -> Result<Vec<Topic>> {
    let knock = entry.knock().ok_or_else(|| Error::refused("refused-unknown-report"))?;
    status::tell(tx, house, &knock, house.zone_of(&entry.call.line), entry.at)
}

/// The call that a journalled record belongs to, opened where it is the first to tell of it.
pub(crate) fn find_or_open(tx: &mut Tx<'_>, house: &House, call: &CallEntry, at: Timestamp) -> Result<Found> {
    let new = new_call(&call.knock(Kind::Start), None, at, house.zone_of(&call.line));
    Ok(calls::find_or_open(tx, &new)?)
}
