//! The outbox: mails written down before they are sent.

use domain::{CaseId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// What a mail carries: one or the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Load {
    /// A one-time link about a dispatch.
    Link { dispatch: String, link: String },
    /// A letter of the case, by its id.
    Letter(String),
}

impl Load {
    /// The link it carries.
    pub fn link(&self) -> Option<&str> {
        match self {
            Self::Link { link, .. } => Some(link),
            Self::Letter(_) => None,
        }
    }

    /// The letter it carries.
    pub fn letter(&self) -> Option<&str> {
        match self {
            Self::Letter(letter) => Some(letter),
            Self::Link { .. } => None,
        }
    }

    fn dispatch(&self) -> Option<&str> {
        match self {
            Self::Link { dispatch, .. } => Some(dispatch),
            Self::Letter(_) => None,
        }
    }
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub id: String,
    /// Which text of `config/mail.toml` it is.
    pub kind: String,
    pub case: CaseId,
    pub load: Load,
    /// The address.
    pub recipient: String,
    /// Tag of the language it is written in.
    pub language: String,
    /// JSON: with a link, what it may say; with a letter, what goes out, word for word.
    pub facts: String,
    /// The token of its link, encrypted; none once it is sent or given up.
    pub sealed: Option<String>,
    /// waiting, sending, sent, failed or dropped.
    pub state: String,
    pub tries: u32,
    /// None: nothing more is tried by itself.
    pub next_try_at: Option<Timestamp>,
    /// Why it was not sent, in the words of who did not take it; never an address.
    pub fault: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, kind, case_id, dispatch_id, link_id, letter_id, recipient, language, facts, sealed, state, \
     tries, next_try_at, fault, created_at, sent_at";

/// Puts a mail into the outbox.
pub fn insert(tx: &mut Tx<'_>, mail: &Mail) -> Result<()> {
    let sql = format!(
        "INSERT INTO mails ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    tx.execute(
        &sql,
        params![
            &mail.id,
            &mail.kind,
            &mail.case,
            mail.load.dispatch(),
            mail.load.link(),
            mail.load.letter(),
            &mail.recipient,
            &mail.language,
            &mail.facts,
            mail.sealed.as_deref(),
            &mail.state,
            mail.tries,
            mail.next_try_at,
            mail.fault.as_deref(),
            mail.created_at,
            mail.sent_at
        ],
    )?;
    Ok(())
}

/// Writes how far a mail is.
pub fn update(tx: &mut Tx<'_>, mail: &Mail) -> Result<()> {
    tx.execute(
        "UPDATE mails SET sealed = $1, state = $2, tries = $3, next_try_at = $4, fault = $5, sent_at = $6 \
         WHERE id = $7",
        params![
            mail.sealed.as_deref(),
            &mail.state,
            mail.tries,
            mail.next_try_at,
            mail.fault.as_deref(),
            mail.sent_at,
            &mail.id
        ],
    )?;
    Ok(())
}

/// The mail with this id.
pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Mail> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM mails WHERE id = $1"), params![id])?)
}

/// Mails that are to be sent by now, the longest waiting first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Mail>> {
    list(
        tx,
        "WHERE next_try_at IS NOT NULL AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2",
        params![now, limit],
    )
}

/// Mails about a dispatch, oldest first.
pub fn of_dispatch(tx: &mut Tx<'_>, dispatch: &str) -> Result<Vec<Mail>> {
    list(tx, "WHERE dispatch_id = $1 ORDER BY created_at, id", params![dispatch])
}

/// Mails about the letters of a case, oldest first.
pub fn of_letters(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Mail>> {
    list(tx, "WHERE case_id = $1 AND letter_id IS NOT NULL ORDER BY created_at, id", params![case])
}

/// Mails that were not sent the first time or at all, newest first.
pub fn troubled(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Mail>> {
    list(tx, "WHERE fault IS NOT NULL ORDER BY created_at DESC, id LIMIT $1", params![limit])
}

/// The last mails, newest first.
pub fn last(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Mail>> {
    list(tx, "WHERE created_at >= 0 ORDER BY created_at DESC, id LIMIT $1", params![limit])
}

fn list(tx: &mut Tx<'_>, rest: &str, values: &[crate::Value]) -> Result<Vec<Mail>> {
    tx.query(&format!("SELECT {COLUMNS} FROM mails {rest}"), values)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Mail> {
    let load = match (row.get(3)?, row.get(4)?, row.get(5)?) {
        (Some(dispatch), Some(link), None) => Load::Link { dispatch, link },
        (None, None, Some(letter)) => Load::Letter(letter),
        _ => return Err(Error::Broken("a mail carries neither a link nor a letter, or both".to_owned())),
    };
    Ok(Mail {
        id: row.get(0)?,
        kind: row.get(1)?,
        case: row.get(2)?,
        load,
        recipient: row.get(6)?,
        language: row.get(7)?,
        facts: row.get(8)?,
        sealed: row.get(9)?,
        state: row.get(10)?,
        tries: row.get(11)?,
        next_try_at: row.get(12)?,
        fault: row.get(13)?,
        created_at: row.get(14)?,
        sent_at: row.get(15)?,
    })
}
