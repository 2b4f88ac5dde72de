//! Which law sets a limit here: by duty, profile and day, counted on the law's calendar in the line's zone.

use clocks::{Due, Duty, Law};
use domain::Timestamp;

use crate::House;

/// The deadline of `duty` on `line` for an event at `start`; nothing where no law of the profile sets one.
pub fn for_duty(house: &House, line: &str, duty: Duty, start: Timestamp) -> Option<Due> {
    let line = house.lines.get(line)?;
    let law = house.laws.for_duty(duty, &line.profile, start.service_day(line.zone))?;
    count(house, law, line.zone, start)
}

/// The reckoning of a deadline that was set by `law` for an event at `start`: shown beside the stored moment.
pub fn by_law(house: &House, line: &str, law: &str, start: Timestamp) -> Option<Due> {
    let line = house.lines.get(line)?;
    let law = house.laws.get(law, Some(&line.profile), start.service_day(line.zone))?;
    count(house, law, line.zone, start)
}

fn count(house: &House, law: &Law, zone: chrono_tz::Tz, start: Timestamp) -> Option<Due> {
    Some(clocks::due(law, start, house.calendars.get(&law.calendar)?, zone))
}
