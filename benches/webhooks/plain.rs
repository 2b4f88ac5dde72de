//! What most services do: one transaction per event, one flush per transaction. The same kind of rows, the
//! same durability, no HTTP at all.

use std::path::Path;
use std::time::{Duration, Instant};

/// Events a second of the plain loop on that disk.
pub(crate) fn loop_rate(path: &Path, round: Duration) -> f64 {
    let connection = rusqlite::Connection::open(path).unwrap_or_else(|error| panic!("{error}"));
    let schema = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
        CREATE TABLE calls (id TEXT PRIMARY KEY, state TEXT, at INTEGER); \
        CREATE TABLE events (id INTEGER PRIMARY KEY, call TEXT, at INTEGER, form TEXT);";
    connection.execute_batch(schema).unwrap_or_else(|error| panic!("{error}"));
    let form = "x".repeat(900);
    let started = Instant::now();
    let mut events = 0_u32;
    while started.elapsed() < round {
        let call = format!("CA{:032x}", events / 6);
        let one = || -> rusqlite::Result<()> {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            let mut insert =
                connection.prepare_cached("INSERT INTO events (call, at, form) VALUES (?1, ?2, ?3)")?;
            insert.execute(rusqlite::params![call, events, form])?;
            let mut upsert = connection.prepare_cached(
                "INSERT INTO calls (id, state, at) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (id) DO UPDATE SET state = excluded.state, at = excluded.at",
            )?;
            upsert.execute(rusqlite::params![call, "in-progress", events])?;
            connection.execute_batch("COMMIT")
        };
        one().unwrap_or_else(|error| panic!("{error}"));
        events += 1;
    }
    f64::from(events) / started.elapsed().as_secs_f64()
}
