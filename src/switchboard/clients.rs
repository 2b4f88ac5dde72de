//! Programs with a key: who they are, the cases they may read and handle, the complaints they handed in, and answers
//! that are given again when a request comes again.

use complaints::CaseStatus;
use complaints::firewall::{Recipient, Secrecy};
use domain::Timestamp;
use domain::directory::name_in;
use store::Tx;
use store::case_events::CaseEvent;
use store::cases::Case;
pub use store::remembered::Remembered;
pub use store::web_reports::Asked;
use store::web_reports::WebReport;
use subtle::ConstantTimeEq;

use crate::doors::{Client, Scope};
use crate::public::COMPLAINANT;
use crate::rights::{CaseWorker, Desk};
use crate::{Error, House, Result, Switchboard, case_work, one_time, secrets, sight};

/// Most complaints in one answer.
const MOST: i64 = 1000;

/// A complaint as an Open311 client sees it: nothing that was said, nobody's name.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceRequest {
    pub id: String,
    pub status: CaseStatus,
    /// The service code it was handed in under.
    pub service: Option<String>,
    /// Who has it, by public name in a language of the house.
    pub agency: Option<String>,
    pub requested_at: Timestamp,
    pub updated_at: Timestamp,
    /// When an answer is due.
    pub expected_at: Option<Timestamp>,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub long: Option<f64>,
    pub media_url: Option<String>,
    pub line: String,
}

/// Something that happened to one: a kind of event that the public is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceUpdate {
    pub id: String,
    pub request: String,
    /// The status the case has come to with it.
    pub status: CaseStatus,
    pub at: Timestamp,
}

impl Switchboard {
    /// The program whose key this is.
    pub fn client(&self, key: &str) -> Option<&Client> {
        let hash = secrets::at_rest(key);
        let fits = |client: &&Client| bool::from(client.key_sha256.as_bytes().ct_eq(hash.as_bytes()));
        self.house.doors.clients.iter().find(fits)
    }

    /// The cases of the program's department, in its hands. Refused without the scope.
    pub fn desk_of(&self, client: &Client, scope: Scope) -> Result<Desk<CaseWorker>> {
        let department = client.department.as_deref().filter(|_| client.may(scope));
        let department = department.ok_or_else(|| Error::refused("refused-scope"))?;
        let person = one_time::stand_in(&self.house, &format!("api:{}", client.name), department)?;
        Desk::admit(self, &person).ok_or(Error::NotFound)
    }

    /// Begins to answer a request with an idempotency key; what is known of it where it came before.
    pub async fn first_time(&self, client: &str, key: &str, digest: &str) -> Result<Option<Remembered>> {
        let (client, key, digest) = (client.to_owned(), key.to_owned(), digest.to_owned());
        let (now, keep) = (self.now(), self.house.doors.web.remember_seconds());
        self.store
            .write(move |tx| -> Result<_> {
                store::remembered::sweep(tx, now.plus_seconds(-keep))?;
                Ok(store::remembered::begin(tx, &client, &key, &digest, now)?)
            })
            .await
    }

    /// Keeps the answer to it; without one the request may be tried again.
    pub async fn remember(&self, client: &str, key: &str, answer: Option<(u32, String)>) -> Result<()> {
        let (client, key) = (client.to_owned(), key.to_owned());
        self.store
            .write(move |tx| -> Result<()> {
                match &answer {
                    Some((status, body)) => store::remembered::finish(tx, &client, &key, *status, body)?,
                    None => store::remembered::give_up(tx, &client, &key)?,
                }
                Ok(())
            })
            .await
    }

    /// Complaints that a program handed in, newest first.
    pub async fn service_requests(&self, client: &str, asked: Asked) -> Result<Vec<ServiceRequest>> {
        let (house, client) = (self.house.clone(), client.to_owned());
        self.store
            .read(move |tx| -> Result<Vec<ServiceRequest>> {
                let mut found = Vec::new();
                for report in store::web_reports::of_client(tx, &client, &asked, MOST)? {
                    found.push(service_request(tx, &house, report)?);
                }
                Ok(found)
            })
            .await
    }

    /// The complaint that a client calls so.
    pub async fn service_request(&self, id: &str) -> Result<ServiceRequest> {
        let (house, id) = (self.house.clone(), id.to_owned());
        self.store
            .read(move |tx| -> Result<ServiceRequest> {
                let report = store::web_reports::by_public_id(tx, &id)?.ok_or(Error::NotFound)?;
                service_request(tx, &house, report)
            })
            .await
    }

    /// Something more to a complaint that a program handed in; what the addition is called.
    pub async fn add_by_client(&self, client: &str, id: &str, words: &str) -> Result<String> {
        let (words, id, client) = (words.trim().to_owned(), id.to_owned(), client.to_owned());
        if words.chars().count() > self.house.doors.web.longest_text() {
            return Err(Error::refused("refused-text-long"));
        }
        let (case, public_id) = self
            .store
            .read(move |tx| -> Result<(Case, String)> {
                let report = store::web_reports::by_public_id(tx, &id)?.ok_or(Error::NotFound)?;
                if report.client.as_deref() != Some(client.as_str()) {
                    return Err(Error::NotFound);
                }
                Ok((store::cases::get(tx, &report.case)?, report.public_id))
            })
            .await?;
        let case_id = case.id.clone();
        self.by_complainant(case, move |tx, case, now| {
            let detail = serde_json::json!({ "said": words });
            case_work::write_event(tx, &case.id, now, COMPLAINANT, "complainant_added", &detail)
        })
        .await?;
        let events = self.store.read(move |tx| store::case_events::of_case(tx, &case_id)).await?;
        Ok(format!("{public_id}-{}", events.last().map_or(0, |event| event.ordinal)))
    }

    /// What happened to the complaints of a program within a time, oldest first.
    pub async fn service_updates(
        &self,
        client: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ServiceUpdate>> {
        let client = client.to_owned();
        self.store
            .read(move |tx| -> Result<Vec<ServiceUpdate>> {
                let mut updates = Vec::new();
                for report in store::web_reports::of_client(tx, &client, &Asked::default(), MOST)? {
                    for event in store::case_events::of_case(tx, &report.case)? {
                        if event.at >= from && event.at <= to {
                            updates.extend(update(&report, &event));
                        }
                    }
                }
                updates.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
                Ok(updates)
            })
            .await
    }
}

fn service_request(tx: &mut Tx<'_>, house: &House, report: WebReport) -> Result<ServiceRequest> {
    let case: Case = store::cases::get(tx, &report.case)?;
    let last = store::case_events::of_case(tx, &case.id)?.last().map(|event| event.at);
    let tag = house.lines.get(&case.line).and_then(|line| line.languages.first().cloned());
    let tag = tag.as_ref().map_or("en", |tag| tag.as_str());
    // A place in somebody's own words, its spot on the map and a picture of it can tell who complains.
    let screen = sight::screen_for(tx, Recipient::Public, &case)?;
    let intake: complaints::Intake = serde_json::from_str(&case.intake).unwrap_or_default();
    let secrecy = Secrecy::of(case_work::request_type_of(&case)?, intake.wishes.confidential);
    let open = !case.confidential && !matches!(secrecy, Secrecy::Confidential | Secrecy::Report);
    let department = case.department.as_deref().and_then(|code| house.directory.department(code));
    Ok(ServiceRequest {
        id: report.public_id,
        status: case_work::status_of(&case)?,
        service: report.service,
        agency: department.map(|department| name_in(&department.names, tag).to_owned()),
        requested_at: report.received_at,
        updated_at: last.unwrap_or(report.received_at),
        expected_at: case.due_at.filter(|_| case.closed_at.is_none()),
        address: report.address.filter(|_| open).map(|text| screen.text(&text)),
        lat: report.lat.filter(|_| open),
        long: report.long.filter(|_| open),
        media_url: report.media_url.filter(|_| open).map(|text| screen.text(&text)),
        line: case.line,
    })
}

/// Changes of status are what the public is told.
fn update(report: &WebReport, event: &CaseEvent) -> Option<ServiceUpdate> {
    let detail: serde_json::Value = serde_json::from_str(&event.detail).ok()?;
    let told = matches!(event.kind.as_str(), "status" | "opened");
    let status = detail.get("status")?.as_str().filter(|_| told)?.parse().ok()?;
    let id = format!("{}-{}", report.public_id, event.ordinal);
    Some(ServiceUpdate { id, request: report.public_id.clone(), status, at: event.at })
}
