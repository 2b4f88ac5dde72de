//! The audit trail, searched: by person, deed, kind of record, record and period, newest first, page by page.
//!
//! Every search walks one index backwards in the order of the page and stops when the page is full (`V1__foundation.sql`):
//! of a record or a kind of record `audit_about_by_thing` or `audit_about_by_kind`, of a person `audit_by_actor`, of a deed
//! `audit_by_action`, of anything else `audit_by_time`. What is asked besides is looked at row by row. A story holds
//! SQLite to it.

use domain::Timestamp;

use crate::audit::{COLUMNS, Entry, read};
use crate::{Result, Tx, Value, params};

/// What is looked for; everything empty finds everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Person id, or `house`.
    pub actor: Option<String>,
    pub action: Option<String>,
    /// Kind of record, as `case`.
    pub kind: Option<String>,
    /// Records, as `case:0190…`: rows about any of them.
    pub things: Option<Vec<String>>,
    pub from: Option<Timestamp>,
    /// First moment that is not looked for any more.
    pub until: Option<Timestamp>,
    /// Only what stands behind this row: its moment and ordinal.
    pub behind: Option<(Timestamp, i64)>,
}

/// Notes what a row is about: `object` holds one or several things as `kind:id`.
pub(crate) fn index(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let mut kinds: Vec<&str> = Vec::new();
    for thing in entry.object.split_whitespace() {
        let kind = thing.split_once(':').map_or(thing, |(kind, _)| kind);
        let first = !kinds.contains(&kind);
        kinds.push(kind);
        tx.execute(
            "INSERT INTO audit_about (thing, kind, first, at, ordinal) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (thing, ordinal) DO NOTHING",
            params![thing, kind, i64::from(first), entry.at, entry.ordinal],
        )?;
    }
    Ok(())
}

/// Up to `most` rows, newest first, and whether there are more.
pub fn find(tx: &mut Tx<'_>, search: &Search, most: usize) -> Result<(Vec<Entry>, bool)> {
    let (sql, values) = statement(search, i64::try_from(most).unwrap_or(i64::MAX - 1) + 1);
    let mut rows: Vec<Entry> = tx.query(&sql, &values)?.iter().map(read).collect::<Result<_>>()?;
    let more = rows.len() > most;
    rows.truncate(most);
    // A row about several of the things stands once.
    rows.dedup_by_key(|row| row.ordinal);
    Ok((rows, more))
}

/// The query and its values; public for the test that looks at its plan.
#[doc(hidden)]
pub fn statement(search: &Search, most: i64) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut conditions = String::new();
    let mut add = |condition: &str, value: Value| {
        values.push(value);
        conditions.push_str(&format!(" AND {}", condition.replace('?', &format!("${}", values.len()))));
    };
    let things = search.things.as_deref();
    // Rows of the index of things, where things are asked for: its own `at` and `ordinal` give the order.
    let from = match (things, &search.kind) {
        (None, None) => "audit a",
        _ => "audit_about b JOIN audit a ON a.ordinal = b.ordinal",
    };
    let of = if from == "audit a" { "a" } else { "b" };
    if let Some(kind) = &search.kind {
        // A row may be about several of a kind; only the first counts, unless the very things are asked for.
        add(if things.is_some() { "b.kind = ?" } else { "b.first = 1 AND b.kind = ?" }, Value::from(kind));
    }
    if let Some(actor) = &search.actor {
        add("a.actor = ?", Value::from(actor));
    }
    if let Some(action) = &search.action {
        add("a.action = ?", Value::from(action));
    }
    if let Some(from) = search.from {
        add(&format!("{of}.at >= ?"), Value::from(from));
    }
    if let Some(until) = search.until {
        add(&format!("{of}.at < ?"), Value::from(until));
    }
    if let Some((at, ordinal)) = search.behind {
        values.extend([Value::from(at), Value::from(ordinal)]);
        let (at, ordinal) = (values.len() - 1, values.len());
        conditions.push_str(&format!(" AND ({of}.at, {of}.ordinal) < (${at}, ${ordinal})"));
    }
    if let Some(things) = things {
        let places: Vec<String> =
            (1..=things.len()).map(|place| format!("${}", values.len() + place)).collect();
        values.extend(things.iter().map(Value::from));
        let places = if places.is_empty() { "NULL".to_owned() } else { places.join(", ") };
        conditions.push_str(&format!(" AND b.thing IN ({places})"));
    }
    values.push(Value::from(most));
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("a.{column}")).collect();
    let sql = format!(
        "SELECT {} FROM {from} WHERE 1 = 1{conditions} ORDER BY {of}.at DESC, {of}.ordinal DESC LIMIT ${}",
        columns.join(", "),
        values.len()
    );
    (sql, values)
}
