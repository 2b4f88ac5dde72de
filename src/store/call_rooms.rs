//! Conversations that were led out of their dial: where the caller is wanted, and who holds the call.

use domain::{CallId, PersonId, Timestamp};

use crate::notes::TurnNumber;
use crate::{Error, Result, Row, Tx, params};

/// One such conversation; of one call there is one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub call: CallId,
    /// The turn that dialled: behind it the script goes on.
    pub turn: TurnNumber,
    /// held, room, away.
    pub caller: String,
    /// Who holds the call; nobody where it was handed to a number, or is about to be.
    pub agent: Option<PersonId>,
    /// The provider's id of that agent's leg.
    pub agent_leg: Option<String>,
    /// When that leg came to the room.
    pub agent_in_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

const COLUMNS: &str = "call_id, branch, step, caller, agent_id, agent_leg, agent_in_at, opened_at, closed_at";

/// Opens the room of a call, anew where it had one before.
pub fn open(tx: &mut Tx<'_>, room: &Room) -> Result<()> {
    tx.execute("DELETE FROM call_rooms WHERE call_id = $1 AND closed_at IS NOT NULL", params![&room.call])?;
    tx.execute(
        &format!("INSERT INTO call_rooms ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        params![
            &room.call,
            room.turn.branch,
            room.turn.step,
            &room.caller,
            room.agent.as_ref(),
            room.agent_leg.as_deref(),
            room.agent_in_at,
            room.opened_at,
            room.closed_at,
        ],
    )
    .map(drop)
}

/// The open room of a call.
pub fn of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Room>> {
    let sql = format!("SELECT {COLUMNS} FROM call_rooms WHERE call_id = $1 AND closed_at IS NULL");
    tx.first(&sql, params![call])?.as_ref().map(read).transpose()
}

/// The room of a call, open or the last that was.
pub fn last_of_call(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Room>> {
    let sql = format!("SELECT {COLUMNS} FROM call_rooms WHERE call_id = $1");
    tx.first(&sql, params![call])?.as_ref().map(read).transpose()
}

/// Every open room, the oldest first.
pub fn open_rooms(tx: &mut Tx<'_>) -> Result<Vec<Room>> {
    let sql = format!("SELECT {COLUMNS} FROM call_rooms WHERE closed_at IS NULL ORDER BY opened_at, call_id");
    tx.query(&sql, &[])?.iter().map(read).collect()
}

/// Writes how a room stands.
pub fn update(tx: &mut Tx<'_>, room: &Room) -> Result<()> {
    let changed = tx.execute(
        "UPDATE call_rooms SET caller = $1, agent_id = $2, agent_leg = $3, agent_in_at = $4, closed_at = $5 \
         WHERE call_id = $6",
        params![
            &room.caller,
            room.agent.as_ref(),
            room.agent_leg.as_deref(),
            room.agent_in_at,
            room.closed_at,
            &room.call,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

fn read(row: &Row) -> Result<Room> {
    Ok(Room {
        call: row.get(0)?,
        turn: TurnNumber { branch: row.get(1)?, step: row.get(2)? },
        caller: row.get(3)?,
        agent: row.get(4)?,
        agent_leg: row.get(5)?,
        agent_in_at: row.get(6)?,
        opened_at: row.get(7)?,
        closed_at: row.get(8)?,
    })
}
