//! Complaints that came in by the web: the inbox of the agents, and what the clients know of theirs.

use domain::{CaseId, ContactId, PersonId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// One complaint as it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct WebReport {
    pub contact: ContactId,
    pub case: CaseId,
    /// What a client calls it; it tells nothing.
    pub public_id: String,
    /// page, api or open311.
    pub door: String,
    /// Name of the client in the configuration; none: a person at the page.
    pub client: Option<String>,
    /// The service code it was handed in under.
    pub service: Option<String>,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub long: Option<f64>,
    pub media_url: Option<String>,
    pub received_at: Timestamp,
    pub taken_by: Option<PersonId>,
    pub taken_at: Option<Timestamp>,
}

/// What a client asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// First moment of receipt, and the last.
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub service: Option<String>,
}

const COLUMNS: &str = "contact_id, case_id, public_id, door, client, service, address, lat, long, media_url, \
     received_at, taken_by, taken_at";

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, report: &WebReport) -> Result<()> {
    let sql = format!(
        "INSERT INTO web_reports ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    tx.execute(
        &sql,
        params![
            &report.contact,
            &report.case,
            &report.public_id,
            &report.door,
            report.client.as_deref(),
            report.service.as_deref(),
            report.address.as_deref(),
            report.lat,
            report.long,
            report.media_url.as_deref(),
            report.received_at,
            report.taken_by.as_ref(),
            report.taken_at
        ],
    )?;
    Ok(())
}

/// The one of this contact.
pub fn get(tx: &mut Tx<'_>, contact: &ContactId) -> Result<WebReport> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM web_reports WHERE contact_id = $1"), params![contact])?)
}

/// The one that a client calls so.
pub fn by_public_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<WebReport>> {
    let sql = format!("SELECT {COLUMNS} FROM web_reports WHERE public_id = $1");
    tx.first(&sql, params![id])?.map(|row| read(&row)).transpose()
}

/// Those of a client, newest first.
pub fn of_client(tx: &mut Tx<'_>, client: &str, asked: &Asked, limit: i64) -> Result<Vec<WebReport>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM web_reports WHERE client = $1 AND received_at >= $2 AND received_at <= $3 \
         AND ($4 = '' OR service = $4) ORDER BY received_at DESC, contact_id LIMIT $5"
    );
    let (from, to) = (asked.from.unwrap_or(Timestamp(0)), asked.to.unwrap_or(Timestamp(i64::MAX)));
    let service = asked.service.as_deref().unwrap_or_default();
    tx.query(&sql, params![client, from, to, service, limit])?.iter().map(read).collect()
}

/// Those nobody has taken, oldest first.
pub fn waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<WebReport>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM web_reports WHERE taken_at IS NULL ORDER BY received_at, contact_id LIMIT $1"
    );
    tx.query(&sql, params![limit])?.iter().map(read).collect()
}

/// How many nobody has taken.
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64> {
    tx.value("SELECT COUNT(*) FROM web_reports WHERE taken_at IS NULL", &[])
}

/// Gives one to a person, once; [`Error::Conflict`] where somebody has it.
pub fn take(tx: &mut Tx<'_>, contact: &ContactId, person: &PersonId, at: Timestamp) -> Result<()> {
    let changed = tx.execute(
        "UPDATE web_reports SET taken_by = $1, taken_at = $2 WHERE contact_id = $3 AND taken_at IS NULL",
        params![person, at, contact],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict("somebody has this complaint".to_owned())) }
}

fn read(row: &Row) -> Result<WebReport> {
    Ok(WebReport {
        contact: row.get(0)?,
        case: row.get(1)?,
        public_id: row.get(2)?,
        door: row.get(3)?,
        client: row.get(4)?,
        service: row.get(5)?,
        address: row.get(6)?,
        lat: row.get(7)?,
        long: row.get(8)?,
        media_url: row.get(9)?,
        received_at: row.get(10)?,
        taken_by: row.get(11)?,
        taken_at: row.get(12)?,
    })
}
