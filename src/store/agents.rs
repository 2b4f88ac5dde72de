//! Agents' states, and how long each lasted.

use domain::{CallId, OfferId, PersonId, Timestamp};
use queueing::AgentState;

use crate::{Error, Result, Row, Tx, params};

/// What an agent is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub person: PersonId,
    pub state: AgentState,
    /// Why there is a break, in the agent's words.
    pub reason: Option<String>,
    /// Since when in this state.
    pub since: Timestamp,
    /// Since when without a conversation: who has been idle longest is asked first.
    pub idle_since: Timestamp,
    /// The offer that rings.
    pub offer: Option<OfferId>,
    /// The call that is talked or wrapped up.
    pub call: Option<CallId>,
}

/// An agent with what the queue and the wallboard need to know of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatedAgent {
    pub agent: Agent,
    pub name: String,
    pub phone: Option<String>,
}

const COLUMNS: &str = "agents.person_id, state, reason, since, idle_since, offer_id, call_id";

/// The agent's row; nothing for one who was never at a desk.
pub fn find(tx: &mut Tx<'_>, person: &PersonId) -> Result<Option<Agent>> {
    let sql = format!("SELECT {COLUMNS} FROM agents WHERE person_id = $1");
    tx.first(&sql, params![person])?.map(|row| read(&row)).transpose()
}

/// Everybody who is not offline, by who has been in the state longest.
pub fn seated(tx: &mut Tx<'_>) -> Result<Vec<SeatedAgent>> {
    let sql = format!(
        "SELECT {COLUMNS}, people.name, people.phone FROM agents JOIN people ON people.id = agents.person_id
         WHERE state <> 'offline' ORDER BY since, agents.person_id"
    );
    let rows = tx.query(&sql, &[])?;
    rows.iter()
        .map(|row| Ok(SeatedAgent { agent: read(row)?, name: row.get(7)?, phone: row.get(8)? }))
        .collect()
}

/// Agents whose wrap-up began at or before `since`.
pub fn in_wrap_up_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Agent>> {
    let sql = format!("SELECT {COLUMNS} FROM agents WHERE state = 'wrap_up' AND since <= $1");
    tx.query(&sql, params![since])?.iter().map(read).collect()
}

/// Whether a call rings at this person's desk, is being talked or wrapped up.
pub fn on_a_call(tx: &mut Tx<'_>, person: &PersonId) -> Result<bool> {
    let row = tx.first(
        "SELECT person_id FROM agents WHERE person_id = $1 AND state IN ('ringing', 'talking', 'wrap_up')",
        params![person],
    )?;
    Ok(row.is_some())
}

/// Puts the agent into another state and logs how long the one before lasted.
pub fn change(tx: &mut Tx<'_>, before: Option<&Agent>, after: &Agent) -> Result<()> {
    // A state that lasted no time needs no row.
    if let Some(before) = before.filter(|before| before.state != after.state && before.since < after.since) {
        tx.execute(
            "INSERT INTO agent_periods (person_id, since, until, state) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, since) DO NOTHING",
            params![&before.person, before.since, after.since, before.state.as_str()],
        )?;
    }
    tx.execute(
        "INSERT INTO agents (person_id, state, reason, since, idle_since, offer_id, call_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (person_id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
            since = excluded.since, idle_since = excluded.idle_since, offer_id = excluded.offer_id,
            call_id = excluded.call_id",
        params![
            &after.person,
            after.state.as_str(),
            after.reason.as_deref(),
            after.since,
            after.idle_since,
            after.offer.as_ref(),
            after.call.as_ref()
        ],
    )?;
    Ok(())
}

/// How long an agent was in each state that ended, in order: state, from, until.
pub fn periods(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<(AgentState, Timestamp, Timestamp)>> {
    tx.query(
        "SELECT state, since, until FROM agent_periods WHERE person_id = $1 ORDER BY since",
        params![person],
    )?
    .iter()
    .map(|row| Ok((state(row, 0)?, row.get(1)?, row.get(2)?)))
    .collect()
}

fn state(row: &Row, place: usize) -> Result<AgentState> {
    let text: String = row.get(place)?;
    text.parse()
        .map_err(|_| Error::Broken(format!("agents.state holds {text}, which this version does not know")))
}

fn read(row: &Row) -> Result<Agent> {
    Ok(Agent {
        person: row.get(0)?,
        state: state(row, 1)?,
        reason: row.get(2)?,
        since: row.get(3)?,
        idle_since: row.get(4)?,
        offer: row.get(5)?,
        call: row.get(6)?,
    })
}
