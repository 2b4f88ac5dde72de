//! Which law sets a limit here: by duty, profile, place and day, counted on the law's calendar in the line's zone, with
//! what happened to the case and the decrees in force.

use clocks::{Due, Duty, Law, Ledger, Reckoning, Whose};
use domain::{RequestType, Timestamp};

use crate::{House, Line};

/// The deadline of `duty` on `line` for an event at `start`; nothing where no law of the profile sets one.
pub fn for_duty(house: &House, line: &str, duty: Duty, start: Timestamp) -> Option<Due> {
    let line = house.lines.get(line)?;
    let law = law_of(house, line, duty, None, start)?;
    count(house, law, line.zone, start)
}

/// The law that sets the limit of `duty` on a line for an event at `start`.
pub(crate) fn law_of<'h>(
    house: &'h House,
    line: &Line,
    duty: Duty,
    request_type: Option<RequestType>,
    start: Timestamp,
) -> Option<&'h Law> {
    let whose = Whose { profile: &line.profile, locality: line.locality.as_deref(), request_type };
    house.laws.limit(duty, whose, start.service_day(line.zone))
}

/// The reckoning of a deadline that was set by `law` for an event at `start`: shown beside the stored moment.
pub fn by_law(house: &House, line: &str, law: &str, start: Timestamp) -> Option<Due> {
    let line = house.lines.get(line)?;
    let law = house.laws.get(law, Some(&line.profile), start.service_day(line.zone))?;
    count(house, law, line.zone, start)
}

/// How `law` is reckoned on a line with everything that happened to a case. `now`: where an open pause is taken to end.
pub(crate) fn reckoning<'h>(
    house: &'h House,
    law: &'h Law,
    zone: chrono_tz::Tz,
    ledger: &'h Ledger,
    now: Timestamp,
) -> Option<Reckoning<'h>> {
    let calendar = house.calendars.get(&law.calendar)?;
    Some(Reckoning::new(law, calendar, zone).under(&house.decrees).with(ledger, now))
}

fn count(house: &House, law: &Law, zone: chrono_tz::Tz, start: Timestamp) -> Option<Due> {
    let nothing = Ledger::default();
    reckoning(house, law, zone, &nothing, start).map(|reckoning| reckoning.due(start))
}
