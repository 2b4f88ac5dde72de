//! Calls: one row each, found by the provider's own id. Where its walk stands is told by [`crate::turns`].

use domain::{CallId, Caller, Language, PhoneNumber, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// A call that a hook tells of for the first time. Hooks come in any order, so each carries all of it.
#[derive(Debug, Clone)]
pub struct NewCall {
    pub id: CallId,
    /// Name of the provider in the configuration.
    pub provider: String,
    pub provider_call_id: String,
    pub line: String,
    /// `inbound` or `outbound`.
    pub direction: &'static str,
    pub caller: Caller,
    pub dialled: String,
    pub script_version: Option<String>,
    pub at: Timestamp,
    pub service_day: String,
}

/// What the next turn needs of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub id: CallId,
    pub ended_at: Option<Timestamp>,
    /// Whether a turn has told which version of the script it walks; status hooks do not know.
    pub versioned: bool,
    /// Whether it was closed because it gave no sign any more; a provider has not told of its end.
    pub lost: bool,
}

/// A call as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub provider: String,
    pub provider_call_id: String,
    pub line: String,
    pub direction: String,
    pub caller: Caller,
    pub dialled: String,
    pub language: Option<Language>,
    pub script_version: Option<String>,
    /// The provider's word; nothing before its first status hook.
    pub status: Option<String>,
    pub status_sequence: Option<u32>,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub talk_seconds: Option<u32>,
    pub emergency_at: Option<Timestamp>,
    pub service_day: String,
}

const COLUMNS: &str = "SELECT id, provider, provider_call_id, line, direction, caller, dialled, language, \
     script_version, status, status_sequence, started_at, ended_at, talk_seconds, emergency_at, service_day \
     FROM calls";

/// The call of that provider id.
pub fn find(tx: &mut Tx<'_>, provider: &str, provider_call_id: &str) -> Result<Option<Found>> {
    let row = tx.first(
        "SELECT id, ended_at, script_version IS NOT NULL, status IS NOT NULL AND status = 'lost' FROM calls WHERE provider = $1 AND provider_call_id = $2",
        params![provider, provider_call_id],
    )?;
    let found = |row: Row| {
        Ok(Found { id: row.get(0)?, ended_at: row.get(1)?, versioned: row.get(2)?, lost: row.get(3)? })
    };
    row.map(found).transpose()
}

/// The call of that provider id, opened if it is not there yet.
pub fn find_or_open(tx: &mut Tx<'_>, call: &NewCall) -> Result<Found> {
    match find(tx, &call.provider, &call.provider_call_id)? {
        Some(found) => Ok(found),
        None => open(tx, call),
    }
}

/// Opens a call that [`find`] did not find.
pub fn open(tx: &mut Tx<'_>, call: &NewCall) -> Result<Found> {
    tx.execute(
        "INSERT INTO calls (id, provider, provider_call_id, line, direction, caller, dialled, language_mark, \
         script_version, started_at, service_day) VALUES ($1, $2, $3, $4, $5, $6, $7, -1, $8, $9, $10)",
        params![
            &call.id,
            &call.provider,
            &call.provider_call_id,
            &call.line,
            call.direction,
            call.caller.number().map(PhoneNumber::as_str),
            &call.dialled,
            call.script_version.as_deref(),
            call.at,
            &call.service_day,
        ],
    )?;
    Ok(Found { id: call.id.clone(), ended_at: None, versioned: call.script_version.is_some(), lost: false })
}

/// One call.
pub fn by_id(tx: &mut Tx<'_>, id: &CallId) -> Result<Call> {
    read(&tx.one(&format!("{COLUMNS} WHERE id = $1"), params![id])?)
}

/// One call by the provider's id.
pub fn by_provider_id(tx: &mut Tx<'_>, provider: &str, provider_call_id: &str) -> Result<Call> {
    let sql = format!("{COLUMNS} WHERE provider = $1 AND provider_call_id = $2");
    read(&tx.one(&sql, params![provider, provider_call_id])?)
}

/// The version of the script that a call began with, where a turn has told it; set once.
pub fn set_script_version(tx: &mut Tx<'_>, id: &CallId, version: &str) -> Result<()> {
    tx.execute(
        "UPDATE calls SET script_version = $1 WHERE id = $2 AND script_version IS NULL",
        params![version, id],
    )?;
    Ok(())
}

/// The caller chose a language in that turn; an earlier turn that arrives late changes nothing.
pub fn set_language(tx: &mut Tx<'_>, id: &CallId, language: &Language, mark: i64) -> Result<()> {
    tx.execute(
        "UPDATE calls SET language = $1, language_mark = $2 WHERE id = $3 AND language_mark <= $4",
        params![language.as_str(), mark, id, mark],
    )?;
    Ok(())
}

/// Language that this number chose in its last other call.
pub fn remembered_language(tx: &mut Tx<'_>, caller: &PhoneNumber, this: &CallId) -> Result<Option<Language>> {
    let row = tx.first(
        "SELECT language FROM calls WHERE caller = $1 AND language IS NOT NULL AND id <> $2 \
         ORDER BY started_at DESC, id DESC LIMIT 1",
        params![caller.as_str(), this],
    )?;
    // A language that a later program no longer knows is forgotten, not an error.
    Ok(row.map(|row| row.get::<String>(0)).transpose()?.and_then(|tag| Language::parse(&tag).ok()))
}

/// The caller was put through to the emergency number; the first time counts.
pub fn mark_emergency(tx: &mut Tx<'_>, id: &CallId, at: Timestamp) -> Result<()> {
    tx.execute("UPDATE calls SET emergency_at = $1 WHERE id = $2 AND emergency_at IS NULL", params![at, id])?;
    Ok(())
}

/// When the caller was put through to the emergency number; nothing too where the call is not known.
pub fn emergency_at(tx: &mut Tx<'_>, id: &CallId) -> Result<Option<Timestamp>> {
    let row = tx.first("SELECT emergency_at FROM calls WHERE id = $1", params![id])?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// What the provider last said, and its count of that hook.
pub fn status(tx: &mut Tx<'_>, id: &CallId) -> Result<(Option<String>, Option<u32>)> {
    let row = tx.one("SELECT status, status_sequence FROM calls WHERE id = $1", params![id])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// Sets the merged status. `ended_at` is kept from the first hook that told of an end.
pub fn set_status(
    tx: &mut Tx<'_>,
    id: &CallId,
    status: &str,
    sequence: Option<u32>,
    ended_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        "UPDATE calls SET status = $1, status_sequence = $2, ended_at = coalesce(ended_at, $3) WHERE id = $4",
        params![status, sequence, ended_at, id],
    )?;
    Ok(())
}

/// Seconds talked, as the provider tells with the end.
pub fn set_talk_seconds(tx: &mut Tx<'_>, id: &CallId, seconds: u32) -> Result<()> {
    tx.execute("UPDATE calls SET talk_seconds = $1 WHERE id = $2", params![seconds, id])?;
    Ok(())
}

/// Keeps a status hook as it came; a repeated one only counts.
pub fn keep_status(
    tx: &mut Tx<'_>,
    provider: &str,
    provider_call_id: &str,
    status: &str,
    sequence: Option<u32>,
    at: Timestamp,
    seconds: Option<u32>,
) -> Result<()> {
    tx.execute(
        "INSERT INTO call_statuses (provider, provider_call_id, status, sequence, at, seconds, seen) \
         VALUES ($1, $2, $3, $4, $5, $6, 1) \
         ON CONFLICT (provider, provider_call_id, status) DO UPDATE SET seen = call_statuses.seen + 1",
        params![provider, provider_call_id, status, sequence, at, seconds],
    )?;
    Ok(())
}

/// A call that has not ended and gave no sign for long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    pub id: CallId,
    /// Its latest turn or status, or its beginning.
    pub last_sign: Timestamp,
    /// The provider last said that it is in progress.
    pub in_progress: bool,
}

/// Calls that have not ended and gave no sign since then, the oldest first.
pub fn silent_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Silent>> {
    let rows = tx.query(
        "SELECT c.id, c.started_at, (SELECT max(t.at) FROM turns t WHERE t.call_id = c.id), \
         (SELECT max(s.at) FROM call_statuses s WHERE s.provider = c.provider AND s.provider_call_id = c.provider_call_id), \
         c.status IS NOT NULL AND c.status = 'in-progress' \
         FROM calls c WHERE c.ended_at IS NULL AND c.started_at <= $1 \
         AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.call_id = c.id AND t.at > $2) \
         AND NOT EXISTS (SELECT 1 FROM call_statuses s WHERE s.provider = c.provider \
             AND s.provider_call_id = c.provider_call_id AND s.at > $3) \
         ORDER BY c.started_at LIMIT 1000",
        params![since, since, since],
    )?;
    let read = |row: &Row| {
        let (began, turn, status) =
            (row.get(1)?, row.get::<Option<Timestamp>>(2)?, row.get::<Option<Timestamp>>(3)?);
        let last_sign = [turn, status].into_iter().flatten().fold(began, Timestamp::max);
        Ok(Silent { id: row.get(0)?, last_sign, in_progress: row.get(4)? })
    };
    rows.iter().map(read).collect()
}

/// Closes a call that nobody told the end of.
pub fn lose(tx: &mut Tx<'_>, id: &CallId, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE calls SET status = 'lost', status_sequence = NULL, ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        params![at, id],
    )?;
    Ok(())
}

/// A lost call gave a sign again.
pub fn find_again(tx: &mut Tx<'_>, id: &CallId) -> Result<()> {
    tx.execute(
        "UPDATE calls SET status = NULL, ended_at = NULL WHERE id = $1 AND status = 'lost'",
        params![id],
    )?;
    Ok(())
}

/// How many calls have not ended.
pub fn count_open(tx: &mut Tx<'_>) -> Result<u32> {
    tx.value("SELECT count(*) FROM calls WHERE ended_at IS NULL", &[])
}

fn read(row: &Row) -> Result<Call> {
    Ok(Call {
        id: row.get(0)?,
        provider: row.get(1)?,
        provider_call_id: row.get(2)?,
        line: row.get(3)?,
        direction: row.get(4)?,
        caller: caller(row.get::<Option<String>>(5)?)?,
        dialled: row.get(6)?,
        language: language(row.get::<Option<String>>(7)?)?,
        script_version: row.get(8)?,
        status: row.get(9)?,
        status_sequence: row.get(10)?,
        started_at: row.get(11)?,
        ended_at: row.get(12)?,
        talk_seconds: row.get(13)?,
        emergency_at: row.get(14)?,
        service_day: row.get(15)?,
    })
}

fn caller(text: Option<String>) -> Result<Caller> {
    let number = text.map(|text| PhoneNumber::parse(&text)).transpose();
    let number = number.map_err(|error| Error::Broken(format!("calls.caller: {error}")))?;
    Ok(number.map_or(Caller::Withheld, Caller::Known))
}

fn language(text: Option<String>) -> Result<Option<Language>> {
    let language = text.map(|text| Language::parse(&text)).transpose();
    language.map_err(|error| Error::Broken(format!("calls.language: {error}")))
}
