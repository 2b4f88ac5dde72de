//! What a call left in the database, in the lines of a golden call.

use std::collections::{BTreeMap, BTreeSet};

use domain::Caller;
use rusqlite::Connection;

/// The last call that came in through the switch: our id of it.
pub(super) fn last_call(database: &Connection) -> String {
    let sql = "SELECT id FROM calls WHERE provider = 'switch' AND direction = 'inbound' ORDER BY rowid DESC LIMIT 1";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Everything kept of a call.
pub(super) fn kept(database: &Connection, call: &str, caller: &Caller) -> BTreeSet<String> {
    let column = |sql: &str| -> Vec<String> {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([call], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let own = caller.number().map_or("", |number| number.as_str());
    let mut kept = BTreeSet::new();
    kept.extend(column("SELECT 'note ' || key || ' = ' || value FROM notes WHERE call_id = ?1"));
    kept.extend(column("SELECT 'language ' || language FROM calls WHERE id = ?1 AND language IS NOT NULL"));
    kept.extend(column(
        "SELECT 'message ' || purpose || ', ' || seconds || ' s' FROM messages WHERE call_id = ?1",
    ));
    kept.extend(column("SELECT 'rate ' || question || ' ' || score FROM survey_answers WHERE call_id = ?1"));
    kept.extend(column("SELECT 'emergency' FROM calls WHERE id = ?1 AND emergency_at IS NOT NULL"));
    let promised = column("SELECT phone FROM callbacks WHERE call_id = ?1 AND purpose = 'queue_callback'");
    kept.extend(promised.into_iter().map(|phone| match phone {
        phone if phone == own => "promise callback".to_owned(),
        phone => format!("promise callback {phone}"),
    }));
    kept.extend(column(
        "SELECT 'leave queue' FROM queue_entries WHERE call_id = ?1 AND state = 'ended' AND outcome = 'abandoned'",
    ));
    kept
}

/// What must be kept after all these effects: of a note and of the language the last.
pub(super) fn expected<'l>(effects: impl IntoIterator<Item = &'l str>) -> BTreeSet<String> {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for effect in effects {
        let key = match effect.split_once(" = ") {
            Some((note, _)) => note,
            None if effect.starts_with("language ") => "language",
            None => effect,
        };
        last.insert(key, effect);
    }
    last.into_values().map(str::to_owned).collect()
}

/// How the call ended at the provider, if it did.
pub(super) fn end(database: &Connection, call: &str) -> Option<String> {
    let sql = "SELECT status FROM calls WHERE id = ?1 AND ended_at IS NOT NULL";
    database.query_row(sql, [call], |row| row.get(0)).ok()
}
