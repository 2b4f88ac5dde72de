//! Callbacks: telephone calls that we owe somebody, from the promise to the outcome.

use domain::{CallId, CallbackId, CaseId, Language, PersonId, PhoneNumber, Timestamp};

use crate::cases::{language, phone};
use crate::{Error, Result, Row, Tx, params};

/// One callback as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub id: CallbackId,
    /// Why we call, as `queue_callback`.
    pub purpose: String,
    pub line: String,
    pub case: Option<CaseId>,
    /// The call that it was promised in.
    pub call: Option<CallId>,
    pub phone: PhoneNumber,
    pub language: Language,
    /// When the person would like to be called, in their words.
    pub wish: Option<String>,
    pub law: Option<String>,
    /// The place in the queue that a queue callback keeps.
    pub place_at: Option<Timestamp>,
    pub promised_at: Timestamp,
    /// Last moment of the promise.
    pub due_at: Timestamp,
    /// When the next attempt may be made; nothing while one is under way or nobody can say.
    pub next_at: Option<Timestamp>,
    /// due, dialling, done, parked, cancelled.
    pub state: String,
    /// Attempts that count.
    pub attempts: i64,
    pub claimed_by: Option<PersonId>,
    pub outcome: Option<String>,
    pub contacted: Option<bool>,
    pub solved: Option<bool>,
    /// 1 (very dissatisfied) to 5 (very satisfied).
    pub satisfaction: Option<i64>,
    pub note: Option<String>,
    pub done_at: Option<Timestamp>,
    pub done_by: Option<PersonId>,
    pub created_at: Timestamp,
    pub service_day: String,
}

const COLUMNS: &str = "id, purpose, line, case_id, call_id, phone, language, wish, law, place_at, promised_at, \
     due_at, next_at, state, attempts, claimed_by, outcome, contacted, solved, satisfaction, note, done_at, \
     done_by, created_at, service_day";

fn read(row: &Row) -> Result<Callback> {
    Ok(Callback {
        id: row.get(0)?,
        purpose: row.get(1)?,
        line: row.get(2)?,
        case: row.get(3)?,
        call: row.get(4)?,
        phone: phone(row.get(5)?)?.ok_or(Error::NotFound)?,
        language: language(&row.get::<String>(6)?)?,
        wish: row.get(7)?,
        law: row.get(8)?,
        place_at: row.get(9)?,
        promised_at: row.get(10)?,
        due_at: row.get(11)?,
        next_at: row.get(12)?,
        state: row.get(13)?,
        attempts: row.get(14)?,
        claimed_by: row.get(15)?,
        outcome: row.get(16)?,
        contacted: row.get(17)?,
        solved: row.get(18)?,
        satisfaction: row.get(19)?,
        note: row.get(20)?,
        done_at: row.get(21)?,
        done_by: row.get(22)?,
        created_at: row.get(23)?,
        service_day: row.get(24)?,
    })
}

/// Stores a new callback.
pub fn insert(tx: &mut Tx<'_>, callback: &Callback) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO callbacks ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)"
        ),
        params![
            &callback.id,
            &callback.purpose,
            &callback.line,
            callback.case.as_ref(),
            callback.call.as_ref(),
            callback.phone.as_str(),
            callback.language.as_str(),
            callback.wish.as_deref(),
            callback.law.as_deref(),
            callback.place_at,
            callback.promised_at,
            callback.due_at,
            callback.next_at,
            &callback.state,
            callback.attempts,
            callback.claimed_by.as_ref(),
            callback.outcome.as_deref(),
            callback.contacted,
            callback.solved,
            callback.satisfaction,
            callback.note.as_deref(),
            callback.done_at,
            callback.done_by.as_ref(),
            callback.created_at,
            &callback.service_day,
        ],
    )
    .map(drop)
}

/// The callback with this id.
pub fn get(tx: &mut Tx<'_>, id: &CallbackId) -> Result<Callback> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM callbacks WHERE id = $1"), params![id])?)
}

/// Writes how a callback stands, unless it is done already: what is done stays done.
pub fn update(tx: &mut Tx<'_>, callback: &Callback) -> Result<()> {
    let changed = tx.execute(
        "UPDATE callbacks SET next_at = $1, state = $2, attempts = $3, claimed_by = $4, outcome = $5, \
         contacted = $6, solved = $7, satisfaction = $8, note = $9, done_at = $10, done_by = $11 \
         WHERE id = $12 AND done_at IS NULL",
        params![
            callback.next_at,
            &callback.state,
            callback.attempts,
            callback.claimed_by.as_ref(),
            callback.outcome.as_deref(),
            callback.contacted,
            callback.solved,
            callback.satisfaction,
            callback.note.as_deref(),
            callback.done_at,
            callback.done_by.as_ref(),
            &callback.id,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("the callback is done already".to_owned())) }
}

/// Gives the callback to `agent`, unless somebody else has it or it is done.
pub fn claim(tx: &mut Tx<'_>, id: &CallbackId, agent: &PersonId) -> Result<()> {
    let changed = tx.execute(
        "UPDATE callbacks SET claimed_by = $1 \
         WHERE id = $2 AND done_at IS NULL AND (claimed_by IS NULL OR claimed_by = $1)",
        params![agent, id],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("somebody else has this callback".to_owned())) }
}

/// Callbacks still owed. Queue callbacks first, by the place they kept; then by the next attempt, and what
/// waits for a decision (no next attempt) last.
pub fn open(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Callback>> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM callbacks WHERE done_at IS NULL \
             ORDER BY CASE WHEN place_at IS NULL THEN 1 ELSE 0 END, place_at, \
             CASE WHEN next_at IS NULL THEN 1 ELSE 0 END, next_at, due_at, id LIMIT $1"
        ),
        params![limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Callbacks of a case, oldest first.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Callback>> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM callbacks WHERE case_id = $1 ORDER BY created_at, id"),
        params![case],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Callbacks still owed to a number: what the agent sees when that person rings in, and what a second
/// promise must not double.
pub fn open_by_phone(tx: &mut Tx<'_>, phone: &PhoneNumber) -> Result<Vec<Callback>> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM callbacks WHERE phone = $1 AND done_at IS NULL ORDER BY created_at, id"
        ),
        params![phone.as_str()],
    )?
    .iter()
    .map(read)
    .collect()
}

/// How many callbacks may be made by `now`.
pub fn count_due(tx: &mut Tx<'_>, now: Timestamp) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM callbacks WHERE done_at IS NULL AND next_at <= $1", params![now])
}
