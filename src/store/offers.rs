//! Offers: one waiting caller rings one agent's telephone.

use domain::{OfferId, PersonId, PhoneNumber, QueueEntryId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferState {
    Ringing,
    Answered,
    /// Not answered in time.
    Missed,
    Declined,
    /// The caller went away first.
    Withdrawn,
}

const STATES: [(OfferState, &str); 5] = [
    (OfferState::Ringing, "ringing"),
    (OfferState::Answered, "answered"),
    (OfferState::Missed, "missed"),
    (OfferState::Declined, "declined"),
    (OfferState::Withdrawn, "withdrawn"),
];

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: OfferId,
    pub entry: QueueEntryId,
    pub agent: PersonId,
    /// What rings.
    pub phone: PhoneNumber,
    /// The walk that the caller is fetched into; 1, 2, 3 … within one call.
    pub branch: u32,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub state: OfferState,
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, entry_id, agent_id, phone, branch, made_at, expires_at, state, ended_at";

/// Stores a new offer.
pub fn insert(tx: &mut Tx<'_>, offer: &Offer) -> Result<()> {
    let sql = format!("INSERT INTO offers ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    tx.execute(
        &sql,
        params![
            &offer.id,
            &offer.entry,
            &offer.agent,
            offer.phone.as_str(),
            offer.branch,
            offer.made_at,
            offer.expires_at,
            word(offer.state),
            offer.ended_at
        ],
    )?;
    Ok(())
}

/// Ends an offer that rings; one that ended before stays as it ended.
pub fn end(tx: &mut Tx<'_>, id: &OfferId, state: OfferState, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE offers SET state = $1, ended_at = $2 WHERE id = $3 AND ended_at IS NULL",
        params![word(state), at, id],
    )?;
    Ok(())
}

/// Lets an offer ring until `until` at least, because its telephone is dialled only now.
pub fn renew(tx: &mut Tx<'_>, id: &OfferId, until: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE offers SET expires_at = $1 WHERE id = $2 AND ended_at IS NULL AND expires_at < $1",
        params![until, id],
    )?;
    Ok(())
}

/// The offer with this id.
pub fn find(tx: &mut Tx<'_>, id: &OfferId) -> Result<Offer> {
    let sql = format!("SELECT {COLUMNS} FROM offers WHERE id = $1");
    read(&tx.one(&sql, params![id])?)
}

/// Every offer of an entry, in order.
pub fn of_entry(tx: &mut Tx<'_>, entry: &QueueEntryId) -> Result<Vec<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM offers WHERE entry_id = $1 ORDER BY branch");
    tx.query(&sql, params![entry])?.iter().map(read).collect()
}

/// Offers that ring longer than they should.
pub fn expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM offers WHERE ended_at IS NULL AND expires_at <= $1");
    tx.query(&sql, params![now])?.iter().map(read).collect()
}

fn word(state: OfferState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("", |(_, word)| word)
}

fn read(row: &Row) -> Result<Offer> {
    let text: String = row.get(7)?;
    let state = STATES.iter().find(|(_, word)| *word == text).map(|(state, _)| *state);
    let phone: String = row.get(3)?;
    Ok(Offer {
        id: row.get(0)?,
        entry: row.get(1)?,
        agent: row.get(2)?,
        phone: PhoneNumber::parse(&phone)
            .map_err(|_| Error::Broken("offers.phone cannot be read".to_owned()))?,
        branch: row.get(4)?,
        made_at: row.get(5)?,
        expires_at: row.get(6)?,
        state: state.ok_or_else(|| Error::Broken(format!("offers.state holds {text}")))?,
        ended_at: row.get(8)?,
    })
}
