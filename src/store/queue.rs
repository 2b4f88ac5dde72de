//! Waiting callers. One row per visit to the queue: a call that asks for a person again after a conversation gets
//! another. The place is kept by `place_at`.

use domain::{CallId, Language, PersonId, PhoneNumber, QueueEntryId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// Where a caller stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    Waiting,
    /// An agent's telephone rings.
    Offered,
    Talking,
    Ended,
}

/// How the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Answered,
    /// The caller hung up, or gave up the place.
    Abandoned,
    /// The caller will be called back and keeps the place.
    MovedToCallback,
    NobodyThere,
}

/// One waiting caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: QueueEntryId,
    pub call: CallId,
    /// Conversations that the call had before.
    pub visit: u32,
    pub line: String,
    pub queue: String,
    pub language: Language,
    /// Nothing for a withheld number.
    pub caller: Option<PhoneNumber>,
    /// Higher goes first; 0 is ordinary.
    pub priority: i64,
    pub place_at: Timestamp,
    pub entered_at: Timestamp,
    pub state: EntryState,
    pub answered_at: Option<Timestamp>,
    /// The agent who is offered the caller or talks with him.
    pub agent: Option<PersonId>,
    pub ended_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    pub service_day: String,
}

const STATES: [(EntryState, &str); 4] = [
    (EntryState::Waiting, "waiting"),
    (EntryState::Offered, "offered"),
    (EntryState::Talking, "talking"),
    (EntryState::Ended, "ended"),
];
const OUTCOMES: [(Outcome, &str); 4] = [
    (Outcome::Answered, "answered"),
    (Outcome::Abandoned, "abandoned"),
    (Outcome::MovedToCallback, "moved_to_callback"),
    (Outcome::NobodyThere, "nobody_there"),
];

const COLUMNS: &str = "id, call_id, line, queue, language, caller, priority, place_at, entered_at, state, \
     answered_at, agent_id, ended_at, outcome, service_day, visit";

/// Stores a new entry.
pub fn insert(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let sql = format!(
        "INSERT INTO queue_entries ({COLUMNS})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    tx.execute(
        &sql,
        params![
            &entry.id,
            &entry.call,
            &entry.line,
            &entry.queue,
            entry.language.as_str(),
            entry.caller.as_ref().map(PhoneNumber::as_str),
            entry.priority,
            entry.place_at,
            entry.entered_at,
            word(&STATES, entry.state),
            entry.answered_at,
            entry.agent.as_ref(),
            entry.ended_at,
            entry.outcome.map(|outcome| word(&OUTCOMES, outcome)),
            &entry.service_day,
            entry.visit
        ],
    )?;
    Ok(())
}

/// Stores what became of an entry.
pub fn update(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    tx.execute(
        "UPDATE queue_entries SET state = $1, answered_at = $2, agent_id = $3, ended_at = $4, outcome = $5,
            queue = $6, language = $7 WHERE id = $8",
        params![
            word(&STATES, entry.state),
            entry.answered_at,
            entry.agent.as_ref(),
            entry.ended_at,
            entry.outcome.map(|outcome| word(&OUTCOMES, outcome)),
            &entry.queue,
            entry.language.as_str(),
            &entry.id
        ],
    )?;
    Ok(())
}

/// Puts a call before all of lesser priority, wherever it stands in the queue.
pub fn raise_priority(tx: &mut Tx<'_>, call: &CallId, priority: i64) -> Result<()> {
    tx.execute(
        "UPDATE queue_entries SET priority = $1 WHERE call_id = $2 AND priority < $1",
        params![priority, call],
    )?;
    Ok(())
}

/// The entry of a call that had `visit` conversations before.
pub fn at_visit(tx: &mut Tx<'_>, call: &CallId, visit: u32) -> Result<Option<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM queue_entries WHERE call_id = $1 AND visit = $2");
    tx.first(&sql, params![call, visit])?.map(|row| read(&row)).transpose()
}

/// The entries of a call, its latest visit first.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM queue_entries WHERE call_id = $1 ORDER BY visit DESC");
    tx.query(&sql, params![call])?.iter().map(read).collect()
}

/// The entry with this id.
pub fn find(tx: &mut Tx<'_>, id: &QueueEntryId) -> Result<Entry> {
    let sql = format!("SELECT {COLUMNS} FROM queue_entries WHERE id = $1");
    read(&tx.one(&sql, params![id])?)
}

/// Everybody who has not ended, by priority and place.
pub fn open(tx: &mut Tx<'_>) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM queue_entries WHERE ended_at IS NULL
         ORDER BY priority DESC, place_at, id"
    );
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// Mean time of the last answered conversations of a queue in seconds, and how many there were, at most fifty.
pub fn mean_talk_seconds(tx: &mut Tx<'_>, queue: &str) -> Result<Option<u32>> {
    let rows = tx.query(
        "SELECT ended_at - answered_at FROM queue_entries
         WHERE queue = $1 AND answered_at IS NOT NULL AND ended_at IS NOT NULL
         ORDER BY answered_at DESC LIMIT 50",
        params![queue],
    )?;
    let times = rows.iter().map(|row| row.get::<i64>(0)).collect::<Result<Vec<_>>>()?;
    let few = times.len() < FEWEST;
    let mean = times.iter().sum::<i64>() / i64::try_from(times.len().max(1)).unwrap_or(1) / 1000;
    Ok((!few).then_some(u32::try_from(mean).unwrap_or(0)))
}

/// Fewer conversations than these tell nothing about the next one.
const FEWEST: usize = 5;

fn word<T: PartialEq + Copy>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn value<T: Copy>(words: &[(T, &'static str)], text: &str) -> Result<T> {
    let found = words.iter().find(|(_, word)| *word == text).map(|(value, _)| *value);
    found
        .ok_or_else(|| Error::Broken(format!("queue_entries holds {text}, which this version does not know")))
}

fn read(row: &Row) -> Result<Entry> {
    let outcome: Option<String> = row.get(13)?;
    Ok(Entry {
        id: row.get(0)?,
        call: row.get(1)?,
        line: row.get(2)?,
        queue: row.get(3)?,
        language: crate::cases::language(&row.get::<String>(4)?)?,
        caller: crate::cases::phone(row.get(5)?)?,
        priority: row.get(6)?,
        place_at: row.get(7)?,
        entered_at: row.get(8)?,
        state: value(&STATES, &row.get::<String>(9)?)?,
        answered_at: row.get(10)?,
        agent: row.get(11)?,
        ended_at: row.get(12)?,
        outcome: outcome.map(|text| value(&OUTCOMES, &text)).transpose()?,
        service_day: row.get(14)?,
        visit: row.get(15)?,
    })
}
