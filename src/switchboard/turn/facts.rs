//! What a script may ask about the line at a moment: whether it is open, and the telephones it names.
//! Worked out once a minute, not at every hook.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use callflow::Facts;
use chrono::NaiveDate;
use domain::directory::Directory;
use domain::{PhoneNumber, Timestamp};

use crate::{House, Line};

const MINUTE: i64 = 60_000;

/// The facts of every line, as they were at the last minute that somebody asked.
#[derive(Default)]
pub(crate) struct LineFacts {
    known: Mutex<BTreeMap<String, (i64, Facts)>>,
}

impl LineFacts {
    /// The facts of `line` at `now` for a call of that provider; the caller's remembered language is added by who
    /// knows the caller.
    pub(crate) fn at(&self, house: &House, line: &Line, provider: &str, now: Timestamp) -> Facts {
        Facts { now, records: house.takes_messages(provider), ..self.of_minute(house, line, now) }
    }

    fn of_minute(&self, house: &House, line: &Line, now: Timestamp) -> Facts {
        let minute = now.0.div_euclid(MINUTE);
        // A panic while the lock is held leaves at worst an entry that is worked out again.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, facts)) = known.get(&line.name).filter(|(at, _)| *at == minute) {
            return facts.clone();
        }
        let facts = work_out(house, line, now);
        known.insert(line.name.clone(), (minute, facts.clone()));
        facts
    }
}

fn work_out(house: &House, line: &Line, now: Timestamp) -> Facts {
    let calendar = house.calendars.get(&line.calendar);
    let open = calendar.is_some_and(|days| clocks::hours::is_open(&line.hours, days, now, line.zone));
    let next_open = calendar.and_then(|days| clocks::hours::next_open(&line.hours, days, now, line.zone));
    let numbers = numbers(&house.directory, line, now.service_day(line.zone));
    let local = now.local(line.zone).naive_local();
    Facts { now, local, open, next_open, records: true, remembered: None, numbers: Arc::new(numbers) }
}

fn numbers(directory: &Directory, line: &Line, day: NaiveDate) -> BTreeMap<String, PhoneNumber> {
    let mut numbers = BTreeMap::from([
        ("fallback".to_owned(), line.fallback_number.clone()),
        ("config:fallback".to_owned(), line.fallback_number.clone()),
        ("config:emergency".to_owned(), line.emergency.clone()),
    ]);
    let mut add = |name: String, phone: Option<&str>| {
        if let Some(number) = phone.and_then(|text| PhoneNumber::parse(text).ok()) {
            numbers.insert(name, number);
        }
    };
    for department in &directory.departments {
        add(format!("department:{}", department.code), department.phone.as_deref());
    }
    for office in &directory.offices {
        let valid = directory.office_on(&office.code, day);
        add(format!("office:{}", office.code), valid.and_then(|office| office.phone.as_deref()));
    }
    numbers
}

#[cfg(test)]
#[path = "facts_tests.rs"]
mod tests;
