//! Cases: one row each, guarded by a version that every change moves on.

use domain::{CaseId, CaseNumber, ContactId, Language, PersonId, PhoneNumber, Timestamp};

use crate::case_lists::{list_order, phone_tail};
use crate::{Error, Result, Row, Tx, params};

/// One case as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    pub number: CaseNumber,
    /// Four digits that the caller keys in beside the number.
    pub pin: String,
    pub line: String,
    pub profile: String,
    pub contact: Option<ContactId>,
    pub request_type: String,
    /// 0 (none) to 3 (high).
    pub severity: i64,
    pub urgent: bool,
    /// The complainant is not named to whom the case is about.
    pub confidential: bool,
    /// The lifecycle's word.
    pub status: String,
    /// Who has it now; nobody before the first dispatch and after a return.
    pub department: Option<String>,
    pub complainant: Option<String>,
    pub phone: Option<PhoneNumber>,
    pub language: Language,
    /// The intake form as it was confirmed, JSON.
    pub intake: String,
    /// Law of the handling clock.
    pub law: Option<String>,
    pub received_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub feedback_at: Option<Timestamp>,
    pub route_notice_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// How often it was reopened.
    pub reopened: i64,
    pub created_by: PersonId,
    pub version: i64,
    /// Day of receipt in the line's zone.
    pub service_day: String,
}

pub(crate) const COLUMNS: &str = "id, number, pin, line, profile, contact_id, request_type, severity, urgent, \
     confidential, status, department, complainant, phone, language, intake, law, received_at, due_at, \
     answered_at, feedback_at, route_notice_at, closed_at, reopened, created_by, version, service_day";

pub(crate) fn read(row: &Row) -> Result<Case> {
    Ok(Case {
        id: row.get(0)?,
        number: CaseNumber::parse(&row.get::<String>(1)?)
            .map_err(|error| Error::Broken(error.to_string()))?,
        pin: row.get(2)?,
        line: row.get(3)?,
        profile: row.get(4)?,
        contact: row.get(5)?,
        request_type: row.get(6)?,
        severity: row.get(7)?,
        urgent: row.get(8)?,
        confidential: row.get(9)?,
        status: row.get(10)?,
        department: row.get(11)?,
        complainant: row.get(12)?,
        phone: phone(row.get(13)?)?,
        language: language(&row.get::<String>(14)?)?,
        intake: row.get(15)?,
        law: row.get(16)?,
        received_at: row.get(17)?,
        due_at: row.get(18)?,
        answered_at: row.get(19)?,
        feedback_at: row.get(20)?,
        route_notice_at: row.get(21)?,
        closed_at: row.get(22)?,
        reopened: row.get(23)?,
        created_by: row.get(24)?,
        version: row.get(25)?,
        service_day: row.get(26)?,
    })
}

pub(crate) fn phone(text: Option<String>) -> Result<Option<PhoneNumber>> {
    text.map(|text| PhoneNumber::parse(&text).map_err(|error| Error::Broken(error.to_string()))).transpose()
}

pub(crate) fn language(text: &str) -> Result<Language> {
    Language::parse(text).map_err(|error| Error::Broken(error.to_string()))
}

/// Stores a new case.
pub fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO cases ({COLUMNS}, list_order, phone_tail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
             $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)"
        ),
        params![
            &case.id,
            case.number.as_str(),
            &case.pin,
            &case.line,
            &case.profile,
            case.contact.as_ref(),
            &case.request_type,
            case.severity,
            case.urgent,
            case.confidential,
            &case.status,
            case.department.as_deref(),
            case.complainant.as_deref(),
            case.phone.as_ref().map(PhoneNumber::as_str),
            case.language.as_str(),
            &case.intake,
            case.law.as_deref(),
            case.received_at,
            case.due_at,
            case.answered_at,
            case.feedback_at,
            case.route_notice_at,
            case.closed_at,
            case.reopened,
            &case.created_by,
            case.version,
            &case.service_day,
            list_order(case),
            case.phone.as_ref().map(phone_tail),
        ],
    )
    .map(drop)
}

/// The case with this id.
pub fn get(tx: &mut Tx<'_>, id: &CaseId) -> Result<Case> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM cases WHERE id = $1"), params![id])?)
}

/// The case with this number.
pub fn by_number(tx: &mut Tx<'_>, number: &CaseNumber) -> Result<Case> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM cases WHERE number = $1"), params![number.as_str()])?)
}

/// Writes what a use case may change, if nobody else wrote since `case` was read; the row's version is
/// then one higher. [`Error::Conflict`] when somebody did.
pub fn update(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let changed = tx.execute(
        "UPDATE cases SET request_type = $1, severity = $2, urgent = $3, confidential = $4, status = $5, \
         department = $6, law = $7, due_at = $8, answered_at = $9, feedback_at = $10, route_notice_at = $11, \
         closed_at = $12, reopened = $13, list_order = $14, version = version + 1 WHERE id = $15 AND version = $16",
        params![
            &case.request_type,
            case.severity,
            case.urgent,
            case.confidential,
            &case.status,
            case.department.as_deref(),
            case.law.as_deref(),
            case.due_at,
            case.answered_at,
            case.feedback_at,
            case.route_notice_at,
            case.closed_at,
            case.reopened,
            list_order(case),
            &case.id,
            case.version,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict(format!("case {} has moved on", case.number))) }
}

/// Open cases of a caller's number, newest first: what the agent sees when the telephone rings.
pub fn open_by_phone(tx: &mut Tx<'_>, phone: &PhoneNumber, limit: i64) -> Result<Vec<Case>> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM cases WHERE phone = $1 AND closed_at IS NULL \
             ORDER BY received_at DESC, id LIMIT $2"
        ),
        params![phone.as_str(), limit],
    )?
    .iter()
    .map(read)
    .collect()
}
