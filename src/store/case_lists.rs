//! Lists of cases: which, in which order, how many. The order stands in a column of its own, so that a page of many
//! thousand cases is read from an index.

use domain::{CaseId, PersonId, PhoneNumber, Timestamp};

use crate::cases::{COLUMNS, Case, read};
use crate::conflicts::NOT_BLOCKED;
use crate::{Result, Tx, Value};

/// Cases are counted up to here; whoever has more of them on a list must narrow it down anyway.
pub const MOST_COUNTED: i64 = 10_000;
/// Digits at the end of a telephone number by which it is found, with or without the country before it.
const TAIL: usize = 8;
/// Where open cases without a clock begin, and closed ones: far behind every moment in milliseconds.
const WITHOUT_CLOCK: i64 = 1 << 50;
const CLOSED: i64 = 1 << 52;

/// Place of a case in lists, from the smallest: open cases by their due moment, then those without one, then closed
/// ones; newest first among the latter two.
pub(crate) fn list_order(case: &Case) -> i64 {
    match (case.closed_at, case.due_at) {
        (Some(closed), _) => CLOSED - closed.0,
        (None, Some(due)) => due.0,
        (None, None) => WITHOUT_CLOCK - case.received_at.0,
    }
}

/// What a number is searched by.
pub(crate) fn phone_tail(phone: &PhoneNumber) -> String {
    let text = phone.as_str();
    let long = text.bytes().filter(u8::is_ascii_digit).count() > TAIL && !text.starts_with("sip");
    if long { text[text.len() - TAIL..].to_owned() } else { text.trim_start_matches('+').to_owned() }
}

/// Which cases a list shows; an empty filter shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only cases that this department has in hand.
    pub department: Option<String>,
    /// Only cases that this department helps the lead with.
    pub helping: Option<String>,
    /// Only these lifecycle words; none: every one.
    pub statuses: Vec<String>,
    /// Only open cases due before this moment.
    pub due_before: Option<Timestamp>,
    pub request_type: Option<String>,
    /// Only cases with a point of this category.
    pub category: Option<String>,
    /// Only cases with a point about this institution.
    pub institution: Option<String>,
    /// Service days, both included, `YYYY-MM-DD`.
    pub from_day: Option<String>,
    pub to_day: Option<String>,
    /// Only unclosed cases.
    pub open: bool,
    /// Only cases of a complainant with this number.
    pub phone: Option<PhoneNumber>,
    /// Without the cases that this person must not see.
    pub not_for: Option<PersonId>,
}

impl Filter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut all = Conditions::default();
        if let Some(department) = &self.department {
            all.add("department = ?", department);
        }
        if let Some(department) = &self.helping {
            all.add(
                "EXISTS (SELECT 1 FROM co_handlers h WHERE h.case_id = cases.id AND h.ended_at IS NULL AND h.department = ?)",
                department,
            );
        }
        if !self.statuses.is_empty() {
            all.one_of("status", &self.statuses);
        }
        if let Some(moment) = self.due_before {
            all.add("closed_at IS NULL AND due_at < ?", moment);
        }
        if let Some(request_type) = &self.request_type {
            all.add("request_type = ?", request_type);
        }
        if let Some(category) = &self.category {
            all.add(
                "EXISTS (SELECT 1 FROM points p WHERE p.case_id = cases.id AND p.category = ?)",
                category,
            );
        }
        if let Some(institution) = &self.institution {
            all.add(
                "EXISTS (SELECT 1 FROM points p WHERE p.case_id = cases.id AND p.institution = ?)",
                institution,
            );
        }
        if let Some(day) = &self.from_day {
            all.add("service_day >= ?", day);
        }
        if let Some(day) = &self.to_day {
            all.add("service_day <= ?", day);
        }
        if let Some(phone) = &self.phone {
            all.add("phone_tail = ?", phone_tail(phone));
        }
        if let Some(person) = &self.not_for {
            all.values.extend([Value::from(person), Value::from(person)]);
            let last = all.values.len();
            let condition = NOT_BLOCKED.replacen('?', &format!("${}", last - 1), 1);
            all.text.push_str(" AND ");
            all.text.push_str(&condition.replacen('?', &format!("${last}"), 1));
        }
        if self.open {
            all.text.push_str(" AND closed_at IS NULL");
        }
        (all.text, all.values)
    }
}

/// A WHERE clause that grows; `?` in a condition becomes the next `$n`.
#[derive(Default)]
struct Conditions {
    text: String,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        self.text.push_str(" AND ");
        self.text.push_str(&condition.replace('?', &place));
    }

    fn one_of(&mut self, column: &str, words: &[String]) {
        let places: Vec<String> =
            (1..=words.len()).map(|place| format!("${}", self.values.len() + place)).collect();
        self.values.extend(words.iter().map(Value::from));
        self.text.push_str(&format!(" AND {column} IN ({})", places.join(", ")));
    }
}

/// Cases of the filter: what is due first stands first, what has no clock or is closed stands last, newest first
/// among those.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64, offset: i64) -> Result<Vec<Case>> {
    let (conditions, mut values) = filter.conditions();
    let (limit_place, offset_place) = (values.len() + 1, values.len() + 2);
    values.extend([Value::from(limit), Value::from(offset)]);
    let sql = format!(
        "SELECT {COLUMNS} FROM cases WHERE 1 = 1{conditions} \
         ORDER BY list_order, id LIMIT ${limit_place} OFFSET ${offset_place}"
    );
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// How many cases the filter has; one more than [`MOST_COUNTED`] where there are more.
pub fn count(tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let (conditions, values) = filter.conditions();
    let most = MOST_COUNTED + 1;
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM cases WHERE 1 = 1{conditions} LIMIT {most}) AS counted"
    );
    tx.value(&sql, &values)
}

/// Places for `cases` in a condition, and their values.
pub(crate) fn places(cases: &[CaseId]) -> (String, Vec<Value>) {
    let places: Vec<String> = (1..=cases.len()).map(|place| format!("${place}")).collect();
    (places.join(", "), cases.iter().map(Value::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_with_and_without_its_country() {
        let tail = |text: &str| phone_tail(&PhoneNumber::parse(text).unwrap());
        assert_eq!(tail("+8613800138000"), tail("13800138000"));
        assert_eq!(tail("+45 97 64 80 10"), tail("97648010"));
        assert_eq!(tail("8001"), "8001");
        assert_ne!(tail("13800138000"), tail("13900138001"));
    }
}
