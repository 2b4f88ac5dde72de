//! Contacts: conversations and messages that reached a person, with or without a case. A call has as many contacts as
//! conversations.

use domain::{
    CallId, CaseId, ContactId, Language, PersonId, PhoneNumber, QueueEntryId, RequestType, Timestamp,
};

use crate::{Error, Result, Row, Tx, params};

/// One contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    pub call: Option<CallId>,
    /// The visit to the queue that led to it.
    pub entry: Option<QueueEntryId>,
    /// call or message.
    pub channel: String,
    pub line: String,
    /// Nothing for a withheld number.
    pub caller: Option<PhoneNumber>,
    pub language: Option<Language>,
    pub agent: Option<PersonId>,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub request_type: Option<RequestType>,
    /// The wrap-up code.
    pub outcome: Option<String>,
    pub note: Option<String>,
    pub case: Option<CaseId>,
    pub service_day: String,
}

const COLUMNS: &str = "id, call_id, channel, line, caller, language, agent_id, started_at, ended_at, \
     request_type, outcome, note, case_id, service_day, entry_id";

/// Stores a new contact.
pub fn insert(tx: &mut Tx<'_>, contact: &Contact) -> Result<()> {
    let sql = format!(
        "INSERT INTO contacts ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15)"
    );
    tx.execute(
        &sql,
        params![
            &contact.id,
            contact.call.as_ref(),
            &contact.channel,
            &contact.line,
            contact.caller.as_ref().map(PhoneNumber::as_str),
            contact.language.as_ref().map(Language::as_str),
            contact.agent.as_ref(),
            contact.started_at,
            contact.ended_at,
            contact.request_type.map(RequestType::as_str),
            contact.outcome.as_deref(),
            contact.note.as_deref(),
            contact.case.as_ref(),
            &contact.service_day,
            contact.entry.as_ref()
        ],
    )?;
    Ok(())
}

/// The contact with this id.
pub fn find(tx: &mut Tx<'_>, id: &ContactId) -> Result<Contact> {
    let sql = format!("SELECT {COLUMNS} FROM contacts WHERE id = $1");
    read(&tx.one(&sql, params![id])?)
}

/// The contact that a visit to the queue led to.
pub fn by_entry(tx: &mut Tx<'_>, entry: &QueueEntryId) -> Result<Option<Contact>> {
    let sql = format!("SELECT {COLUMNS} FROM contacts WHERE entry_id = $1");
    tx.first(&sql, params![entry])?.map(|row| read(&row)).transpose()
}

/// The latest contact of a call with this agent.
pub fn with_agent(tx: &mut Tx<'_>, call: &CallId, agent: &PersonId) -> Result<Option<Contact>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts WHERE call_id = $1 AND agent_id = $2
         ORDER BY started_at DESC, id DESC LIMIT 1"
    );
    tx.first(&sql, params![call, agent])?.map(|row| read(&row)).transpose()
}

/// The last contacts of a number before this one, newest first.
pub fn earlier(tx: &mut Tx<'_>, caller: &PhoneNumber, but: &ContactId, most: u32) -> Result<Vec<Contact>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts WHERE caller = $1 AND id <> $2 ORDER BY started_at DESC LIMIT $3"
    );
    tx.query(&sql, params![caller.as_str(), but, most])?.iter().map(read).collect()
}

/// Hands the contact to an agent: the one it is offered to.
pub fn hand_to(tx: &mut Tx<'_>, id: &ContactId, agent: &PersonId) -> Result<()> {
    tx.execute("UPDATE contacts SET agent_id = $1 WHERE id = $2", params![agent, id])?;
    Ok(())
}

/// Notes the end of the call; the first end holds.
pub fn end_call(tx: &mut Tx<'_>, call: &CallId, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE contacts SET ended_at = $1 WHERE call_id = $2 AND ended_at IS NULL",
        params![at, call],
    )?;
    Ok(())
}

/// Records how the contact ended.
pub fn wrap_up(
    tx: &mut Tx<'_>,
    id: &ContactId,
    request_type: Option<RequestType>,
    outcome: &str,
    note: Option<&str>,
    case: Option<&CaseId>,
) -> Result<()> {
    tx.execute(
        "UPDATE contacts SET request_type = $1, outcome = $2, note = $3, case_id = $4 WHERE id = $5",
        params![request_type.map(RequestType::as_str), outcome, note, case, id],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Contact> {
    let broken = |what: &str| Error::Broken(format!("contacts.{what} holds what this version does not know"));
    let language: Option<String> = row.get(5)?;
    let request_type: Option<String> = row.get(9)?;
    Ok(Contact {
        id: row.get(0)?,
        call: row.get(1)?,
        channel: row.get(2)?,
        line: row.get(3)?,
        caller: crate::cases::phone(row.get(4)?)?,
        language: language.map(|text| crate::cases::language(&text)).transpose()?,
        agent: row.get(6)?,
        started_at: row.get(7)?,
        ended_at: row.get(8)?,
        request_type: request_type
            .map(|text| text.parse())
            .transpose()
            .map_err(|_| broken("request_type"))?,
        outcome: row.get(10)?,
        note: row.get(11)?,
        case: row.get(12)?,
        service_day: row.get(13)?,
        entry: row.get(14)?,
    })
}
