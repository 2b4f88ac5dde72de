//! Clocks of cases: one row each, the log of their reckonings, and which cases are to be reckoned anew.

use domain::{CaseId, Timestamp};

use crate::case_lists::{list_order, places};
use crate::cases::Case;
use crate::{Result, Row, Tx, params};

/// One clock as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub case: CaseId,
    /// As `answer`.
    pub duty: String,
    /// The department of a co-handler, else empty.
    pub subject: String,
    /// Id of the law it was reckoned by.
    pub law: String,
    pub start_at: Timestamp,
    pub due_at: Timestamp,
    pub provisional: bool,
    /// It stands still, and `due_at` is the earliest that can be.
    pub paused: bool,
    /// When the duty was done.
    pub met_at: Option<Timestamp>,
    /// Percent of its working time at which somebody was warned last; 0: not yet.
    pub warned: i64,
    /// When somebody is warned next.
    pub warn_at: Option<Timestamp>,
    /// At which percent.
    pub next_percent: i64,
}

/// One reckoning that changed a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    pub case: CaseId,
    pub at: Timestamp,
    pub duty: String,
    pub subject: String,
    pub law: String,
    /// `history` or `books`.
    pub cause: String,
    /// Nothing where the clock was new.
    pub due_before: Option<Timestamp>,
    pub due_after: Timestamp,
    pub provisional: bool,
}

const COLUMNS: &str = "case_id, duty, subject, law, start_at, due_at, provisional, paused, met_at, warned, \
     warn_at, next_percent";

fn read(row: &Row) -> Result<Clock> {
    Ok(Clock {
        case: row.get(0)?,
        duty: row.get(1)?,
        subject: row.get(2)?,
        law: row.get(3)?,
        start_at: row.get(4)?,
        due_at: row.get(5)?,
        provisional: row.get(6)?,
        paused: row.get(7)?,
        met_at: row.get(8)?,
        warned: row.get(9)?,
        warn_at: row.get(10)?,
        next_percent: row.get(11)?,
    })
}

/// Every clock of a case.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM case_clocks WHERE case_id = $1 ORDER BY due_at, duty, subject");
    tx.query(&sql, params![case])?.iter().map(read).collect()
}

/// Clocks of these cases that run and of which somebody was warned.
pub fn warned_of_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Clock>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = places(cases);
    let sql = format!(
        "SELECT {COLUMNS} FROM case_clocks WHERE case_id IN ({places}) AND met_at IS NULL AND paused = 0 \
         AND warned > 0 ORDER BY case_id, due_at"
    );
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// Stores a clock, new or reckoned anew.
pub fn put(tx: &mut Tx<'_>, clock: &Clock) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO case_clocks ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             ON CONFLICT (case_id, duty, subject) DO UPDATE SET law = excluded.law, \
             start_at = excluded.start_at, due_at = excluded.due_at, provisional = excluded.provisional, \
             paused = excluded.paused, met_at = excluded.met_at, warned = excluded.warned, \
             warn_at = excluded.warn_at, next_percent = excluded.next_percent"
        ),
        params![
            &clock.case,
            &clock.duty,
            &clock.subject,
            &clock.law,
            clock.start_at,
            clock.due_at,
            clock.provisional,
            clock.paused,
            clock.met_at,
            clock.warned,
            clock.warn_at,
            clock.next_percent,
        ],
    )
    .map(drop)
}

/// Takes away a clock that no longer runs.
pub fn remove(tx: &mut Tx<'_>, clock: &Clock) -> Result<()> {
    tx.execute(
        "DELETE FROM case_clocks WHERE case_id = $1 AND duty = $2 AND subject = $3",
        params![&clock.case, &clock.duty, &clock.subject],
    )
    .map(drop)
}

/// Cases that were opened or changed since their clocks were reckoned.
pub fn unsettled(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<CaseId>> {
    tx.query(
        "SELECT c.id FROM cases c LEFT JOIN clocks_settled s ON s.case_id = c.id \
         WHERE (c.closed_at IS NULL AND (s.version IS NULL OR s.version <> c.version)) LIMIT $1",
        params![limit],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// Cases that were closed since their clocks were reckoned.
pub fn closed_since(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<CaseId>> {
    tx.query(
        "SELECT c.id FROM clocks_settled s JOIN cases c ON c.id = s.case_id WHERE c.closed_at IS NOT NULL LIMIT $1",
        params![limit],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// Notes that the clocks of an open case are those of its present version.
pub fn settle(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    if case.closed_at.is_some() {
        return tx.execute("DELETE FROM clocks_settled WHERE case_id = $1", params![&case.id]).map(drop);
    }
    tx.execute(
        "INSERT INTO clocks_settled (case_id, version) VALUES ($1, $2) \
         ON CONFLICT (case_id) DO UPDATE SET version = excluded.version",
        params![&case.id, case.version],
    )
    .map(drop)
}

/// Every open case is to be reckoned anew.
pub fn unsettle_all(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("UPDATE clocks_settled SET version = -1", params![]).map(drop)
}

/// The version by which a case was settled last; -1 where the books changed since.
pub fn settled_version(tx: &mut Tx<'_>, case: &CaseId) -> Result<Option<i64>> {
    let row = tx.first("SELECT version FROM clocks_settled WHERE case_id = $1", params![case])?;
    row.map(|row| row.get(0)).transpose()
}

/// Writes the limit of a case that was reckoned. Nobody's form grows stale by it: the version stays.
pub fn set_due(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    tx.execute(
        "UPDATE cases SET due_at = $1, law = $2, list_order = $3 WHERE id = $4",
        params![case.due_at, case.law.as_deref(), list_order(case), &case.id],
    )
    .map(drop)
}

/// Cases with a clock of which somebody is to be warned by `now`, the longest due first.
pub fn to_warn(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<CaseId>> {
    let rows = tx.query(
        "SELECT case_id FROM case_clocks WHERE warn_at IS NOT NULL AND warn_at <= $1 ORDER BY warn_at LIMIT $2",
        params![now, limit],
    )?;
    let mut cases: Vec<CaseId> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    cases.dedup();
    Ok(cases)
}

/// Adds a line to the log of reckonings.
pub fn log(tx: &mut Tx<'_>, reckoned: &Reckoned) -> Result<()> {
    tx.execute(
        "INSERT INTO clock_log (case_id, at, duty, subject, law, cause, due_before, due_after, provisional) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            &reckoned.case,
            reckoned.at,
            &reckoned.duty,
            &reckoned.subject,
            &reckoned.law,
            &reckoned.cause,
            reckoned.due_before,
            reckoned.due_after,
            reckoned.provisional,
        ],
    )
    .map(drop)
}

/// The log of a case's reckonings, oldest first.
pub fn log_of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Reckoned>> {
    tx.query(
        "SELECT case_id, at, duty, subject, law, cause, due_before, due_after, provisional FROM clock_log \
         WHERE case_id = $1 ORDER BY at, duty, subject",
        params![case],
    )?
    .iter()
    .map(|row| {
        Ok(Reckoned {
            case: row.get(0)?,
            at: row.get(1)?,
            duty: row.get(2)?,
            subject: row.get(3)?,
            law: row.get(4)?,
            cause: row.get(5)?,
            due_before: row.get(6)?,
            due_after: row.get(7)?,
            provisional: row.get(8)?,
        })
    })
    .collect()
}
