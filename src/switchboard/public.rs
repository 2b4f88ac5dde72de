//! What people do over the web without an account: hand in a complaint, ask after it by number and PIN, add to it,
//! remind us of it. A complaint from the web becomes a contact and a case at once, as a call's does, with the moment it
//! came in as its receipt; an agent takes it from the inbox, reads it and classifies it.

use complaints::intake::{Evidence, Fact, IntakePoint};
pub use complaints::intake::{EvidenceKind, EvidenceStatus};
use complaints::{Action, CaseStatus, Intake, WaitsFor, waits_for};
use domain::{CaseNumber, ContactId, Language, PersonId, PhoneNumber, RequestType, Role, Timestamp};
use serde_json::json;
use store::Tx;
use store::cases::Case;
use store::contacts::Contact;
use store::people::Person;
use store::web_reports::WebReport;

use crate::case_work::CaseWork;
use crate::cases::{NewCase, OpenedCase, open_from_intake};
use crate::{Error, House, Result, Switchboard, Topic, case_view, case_work, fresh_id, one_time, suggesting};

/// How the history names who complains by the web.
pub(crate) const COMPLAINANT: &str = "complainant";
/// Who opened a case that came by the web.
const WEB: &str = "web";
/// A quarter of an hour and an hour, in milliseconds.
const QUARTER: i64 = 15 * 60 * 1000;
const HOUR: i64 = 60 * 60 * 1000;
/// What may be handed in over the web.
pub const REQUEST_TYPES: [RequestType; 5] = [
    RequestType::Complaint,
    RequestType::Report,
    RequestType::Suggestion,
    RequestType::Help,
    RequestType::Praise,
];

/// Who asks over the web: an address, of which only a stand-in is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker(String);

impl Asker {
    /// Somebody at this address. Of the newer kind a household has many: they count as one.
    pub fn at(address: std::net::IpAddr) -> Self {
        match address.to_canonical() {
            std::net::IpAddr::V4(address) => Self(address.to_string()),
            std::net::IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(format!("{a:x}:{b:x}:{c:x}:{d:x}::"))
            }
        }
    }
}

/// A complaint as somebody wrote it. An empty fact was asked for and is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebComplaint {
    pub line: String,
    pub language: Language,
    pub request_type: RequestType,
    pub own_words: String,
    pub happened: String,
    pub place: String,
    pub persons: String,
    pub institution: String,
    pub desired: String,
    pub evidence: Vec<(EvidenceKind, EvidenceStatus)>,
    pub anonymous: bool,
    pub name: String,
    /// A number for the reply, or nothing.
    pub phone: String,
    /// How and when to reach, in own words.
    pub reach: String,
    pub reply: bool,
    pub confidential: bool,
    /// The category it was handed in under; an agent confirms it.
    pub suggested: Option<String>,
}

/// Which door it came through.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Door {
    /// page, api or open311.
    pub name: &'static str,
    pub client: Option<String>,
    pub service: Option<String>,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub long: Option<f64>,
    pub media_url: Option<String>,
}

/// What somebody is told who handed in a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    pub number: CaseNumber,
    pub pin: String,
    pub received_at: Timestamp,
    pub due_at: Option<Timestamp>,
    /// What an Open311 client calls it.
    pub public_id: String,
}

/// How a case is going, for who knows number and PIN: no name, no number, no word of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub number: CaseNumber,
    pub line: String,
    pub zone: chrono_tz::Tz,
    pub status: CaseStatus,
    pub waits_for: WaitsFor,
    pub received_at: Timestamp,
    /// When an answer is due; none once it was told or the case is closed.
    pub due_at: Option<Timestamp>,
    /// What has happened, oldest first: a kind of event, and when.
    pub moments: Vec<(String, Timestamp)>,
    pub may_remind: bool,
    /// What we asked the complainant for and wait for.
    pub asked: Option<String>,
}

/// Kinds of events that the complainant is told of.
const TOLD: [&str; 17] = [
    "opened",
    "dispatched",
    "signed_for",
    "returned",
    "answered",
    "fed_back",
    "closed",
    "reopened",
    "reminded",
    "complainant_added",
    "file_received",
    "suspended",
    "resumed",
    "extended",
    "information_asked",
    "information_given",
    "audited",
];

impl Switchboard {
    /// Takes a complaint. Refused where it says nothing, is too long, or too many come.
    pub async fn hand_in(&self, told: WebComplaint, door: Door, asker: &Asker) -> Result<HandedIn> {
        let intake = self.checked_complaint(&told)?;
        let (house, now) = (self.house.clone(), self.now());
        let limits = house.doors.web.limits;
        let counted = match &door.client {
            Some(client) => vec![(format!("client:{client}"), limits.most_of_client)],
            None => {
                let one = self.seal().await?.pseudonym(&format!("report:{}", asker.0));
                vec![(one, limits.most_of_address), ("report:all".to_owned(), limits.most_of_all)]
            }
        };
        let handed = self
            .store
            .write(move |tx| -> Result<HandedIn> {
                for (who, most) in &counted {
                    spend(tx, who, *most, now)?;
                }
                let (contact, opened) = open(tx, &house, &told, &intake, now)?;
                let report = web_report(&contact, &opened, &door, now);
                store::web_reports::insert(tx, &report)?;
                let OpenedCase { number, pin, due_at, .. } = opened;
                Ok(HandedIn { number, pin, due_at, received_at: now, public_id: report.public_id })
            })
            .await?;
        self.post(vec![Topic::Cases, Topic::Messages]);
        Ok(handed)
    }

    fn checked_complaint(&self, told: &WebComplaint) -> Result<Intake> {
        let longest = self.house.doors.web.longest_text();
        let texts = [
            &told.own_words,
            &told.happened,
            &told.place,
            &told.persons,
            &told.institution,
            &told.desired,
            &told.name,
            &told.reach,
        ];
        if texts.iter().any(|text| text.chars().count() > longest) {
            return Err(Error::refused("refused-text-long"));
        }
        let mut missing = Vec::new();
        if told.own_words.trim().is_empty() {
            missing.push("missing-fact-content".to_owned());
        }
        if !told.anonymous && told.name.trim().is_empty() {
            missing.push("missing-name-or-anonymous".to_owned());
        }
        if !missing.is_empty() {
            return Err(Error::Refused { code: "refused-report-incomplete".to_owned(), missing });
        }
        if !told.phone.trim().is_empty() && PhoneNumber::parse(&told.phone).is_err() {
            return Err(Error::refused("refused-phone-unreadable"));
        }
        if !REQUEST_TYPES.contains(&told.request_type) {
            return Err(Error::refused("refused-request-type"));
        }
        let known = |code: &String| self.house.categories.get(code).is_some();
        if !told.suggested.as_ref().is_none_or(known) {
            return Err(Error::refused("refused-category-unknown"));
        }
        let mut intake = form(told);
        if told.suggested.is_none() {
            suggesting::note_suggested(&self.house, &mut intake);
        }
        Ok(intake)
    }

    /// How a case is going.
    pub async fn progress(&self, number: &str, pin: &str, asker: &Asker) -> Result<Progress> {
        let case = self.case_by_pin(number, pin, asker).await?;
        let house = self.house.clone();
        self.store.read(move |tx| progress(tx, &house, &case)).await
    }

    /// Something more to a case, in the complainant's words: kept in its history, before the eyes of who handles it.
    pub async fn add_words(&self, number: &str, pin: &str, words: &str, asker: &Asker) -> Result<CaseNumber> {
        let words = words.trim().to_owned();
        if words.is_empty() {
            return Err(Error::Refused {
                code: "refused-report-incomplete".to_owned(),
                missing: vec!["missing-fact-content".to_owned()],
            });
        }
        if words.chars().count() > self.house.doors.web.longest_text() {
            return Err(Error::refused("refused-text-long"));
        }
        let case = self.case_by_pin(number, pin, asker).await?;
        let house = self.house.clone();
        self.by_complainant(case, move |tx, case, now| {
            let person = complainant(&house)?;
            let mut hand = CaseWork::take_up(tx, &house, Some(&person), now, &case.id)?;
            // What was asked for is there: the clock goes on.
            if hand.view()?.information_asked.is_some() {
                hand.act_saying(&Action::ComplainantGave { what: words.clone() }, &json!({ "by": WEB }))?;
                return hand.save();
            }
            hand.note("complainant_added", &json!({ "said": words }))
        })
        .await
    }

    /// Reminds us of a case (催办): it stands in the history of that case and never makes a new one.
    pub async fn remind(&self, number: &str, pin: &str, words: &str, asker: &Asker) -> Result<CaseNumber> {
        if words.chars().count() > self.house.doors.web.longest_text() {
            return Err(Error::refused("refused-text-long"));
        }
        let case = self.case_by_pin(number, pin, asker).await?;
        if waits_for(case_work::status_of(&case)?) == WaitsFor::Nobody {
            return Err(Error::refused("refused-remind-closed"));
        }
        let (house, action) = (self.house.clone(), Action::Remind { words: words.trim().to_owned() });
        self.by_complainant(case, move |tx, case, now| {
            let person = complainant(&house)?;
            let mut hand = CaseWork::take_up(tx, &house, Some(&person), now, &case.id)?;
            hand.act_saying(&action, &json!({ "by": WEB }))?;
            hand.save()
        })
        .await
    }

    /// Does something to a case that its complainant asked for; not too often in an hour.
    pub(crate) async fn by_complainant<F>(&self, case: Case, work: F) -> Result<CaseNumber>
    where
        F: Fn(&mut Tx<'_>, &Case, Timestamp) -> Result<()> + Send + 'static,
    {
        let (now, number) = (self.now(), case.number.clone());
        let most = self.house.doors.web.limits.most_additions;
        self.store
            .write(move |tx| -> Result<()> {
                spend(tx, &format!("additions:{}", case.id), most, now)?;
                work(tx, &case, now)
            })
            .await?;
        self.post(vec![Topic::Cases]);
        Ok(number)
    }

    /// The case, where number and PIN belong together. Wrong pairs count, for who asks and for the case: then nobody
    /// is told anything for a while.
    pub(crate) async fn case_by_pin(&self, number: &str, pin: &str, asker: &Asker) -> Result<Case> {
        self.check_tries(asker).await?;
        let number = CaseNumber::parse(number).ok();
        let (wanted, now, most) =
            (number.clone(), self.now(), self.house.doors.web.limits.wrong_pins_of_case);
        let case = self
            .store
            .read(move |tx| -> Result<Option<Case>> {
                let Some(number) = &wanted else { return Ok(None) };
                if tries(tx, &of_case(number), QUARTER, now)? >= most {
                    return Err(Error::refused("refused-too-many-tries"));
                }
                match store::cases::by_number(tx, number) {
                    Ok(case) => Ok(Some(case)),
                    Err(store::Error::NotFound) => Ok(None),
                    Err(error) => Err(error.into()),
                }
            })
            .await?;
        match case.filter(|case| case.pin == pin.trim()) {
            Some(case) => Ok(case),
            None => {
                self.count_wrong_try(asker, number.as_ref()).await?;
                Err(Error::refused("refused-no-such-case"))
            }
        }
    }

    /// Refused where somebody has guessed too often.
    pub(crate) async fn check_tries(&self, asker: &Asker) -> Result<()> {
        let (who, now) = (self.seal().await?.pseudonym(&format!("pin:{}", asker.0)), self.now());
        let most = self.house.doors.web.limits.wrong_pins;
        let so_far = self.store.read(move |tx| tries(tx, &who, QUARTER, now)).await?;
        if so_far >= most { Err(Error::refused("refused-too-many-tries")) } else { Ok(()) }
    }

    pub(crate) async fn count_wrong_try(&self, asker: &Asker, number: Option<&CaseNumber>) -> Result<()> {
        let who = self.seal().await?.pseudonym(&format!("pin:{}", asker.0));
        let (of_case, now) = (number.map(of_case), self.now());
        self.store
            .write(move |tx| -> Result<()> {
                for who in [Some(&who), of_case.as_ref()].into_iter().flatten() {
                    store::notes::count_lookup_try(tx, who, window(QUARTER, now))?;
                }
                Ok(())
            })
            .await
    }
}

/// The complainant at the web page. Where the table speaks of an agent, an agent would write down what was said on the
/// telephone; here the complainant writes it down himself.
fn complainant(house: &House) -> Result<Person> {
    let person = one_time::stand_in(house, COMPLAINANT, "")?;
    Ok(Person { role: Role::Agent, department: None, ..person })
}

/// Contact and case, in one.
fn open(
    tx: &mut Tx<'_>,
    house: &House,
    told: &WebComplaint,
    intake: &Intake,
    now: Timestamp,
) -> Result<(ContactId, OpenedCase)> {
    let zone = house.zone_of(&told.line);
    let contact = Contact {
        id: ContactId::new(fresh_id()),
        call: None,
        entry: None,
        channel: WEB.to_owned(),
        line: told.line.clone(),
        caller: None,
        language: Some(told.language.clone()),
        agent: None,
        started_at: now,
        ended_at: Some(now),
        request_type: Some(told.request_type),
        outcome: None,
        note: None,
        case: None,
        service_day: now.service_day(zone).to_string(),
    };
    store::contacts::insert(tx, &contact)?;
    let new = NewCase {
        contact: Some(&contact.id),
        line: &told.line,
        caller: None,
        language: &told.language,
        received_at: now,
        intake,
    };
    let opened = open_from_intake(tx, house, &new, &PersonId::new(WEB), now)?;
    let code =
        house.wrap_up.all().iter().find(|code| code.makes_case).map_or("case_opened", |code| &code.code);
    store::contacts::wrap_up(tx, &contact.id, Some(told.request_type), code, None, Some(&opened.id))?;
    Ok((contact.id, opened))
}

fn web_report(contact: &ContactId, opened: &OpenedCase, door: &Door, now: Timestamp) -> WebReport {
    WebReport {
        contact: contact.clone(),
        case: opened.id.clone(),
        public_id: crate::fresh_word(),
        door: door.name.to_owned(),
        client: door.client.clone(),
        service: door.service.clone(),
        address: door.address.clone(),
        lat: door.lat,
        long: door.long,
        media_url: door.media_url.clone(),
        received_at: now,
        taken_by: None,
        taken_at: None,
    }
}

/// The form as an agent would have filled it in.
fn form(told: &WebComplaint) -> Intake {
    let fact = |text: &str| {
        let text = text.trim().to_owned();
        Fact { unknown: text.is_empty(), text }
    };
    let point = IntakePoint {
        institution: fact(&told.institution),
        persons: fact(&told.persons),
        happened: fact(&told.happened),
        place: fact(&told.place),
        own_words: told.own_words.trim().to_owned(),
        suggested: told.suggested.clone(),
        ..IntakePoint::default()
    };
    let mut intake = Intake {
        request_type: Some(told.request_type),
        points: vec![point],
        desired_words: told.desired.trim().to_owned(),
        number_told: true,
        ..Intake::default()
    };
    intake.evidence =
        told.evidence.iter().map(|(kind, status)| Evidence { kind: *kind, status: *status }).collect();
    intake.caller.anonymous = told.anonymous;
    if !told.anonymous {
        intake.caller.name = told.name.trim().to_owned();
    }
    intake.caller.phone = told.phone.trim().to_owned();
    intake.caller.best_times = told.reach.trim().to_owned();
    intake.wishes.reply = Some(told.reply);
    intake.wishes.callback = Some(told.reply && !told.phone.trim().is_empty());
    intake.wishes.confidential = Some(told.confidential);
    intake
}

fn progress(tx: &mut Tx<'_>, house: &House, case: &Case) -> Result<Progress> {
    let status = case_work::status_of(case)?;
    let events = store::case_events::of_case(tx, &case.id)?;
    let told = events.into_iter().filter(|event| TOLD.contains(&event.kind.as_str()));
    let asked = case_view::load(tx, case)?.information_asked.filter(|_| !status.is_closed());
    let waits = if asked.is_some() { WaitsFor::Complainant } else { waits_for(status) };
    Ok(Progress {
        asked,
        number: case.number.clone(),
        line: case.line.clone(),
        zone: house.zone_of(&case.line),
        status,
        waits_for: waits,
        received_at: case.received_at,
        due_at: case.due_at.filter(|_| case.feedback_at.is_none() && case.closed_at.is_none()),
        moments: told.map(|event| (event.kind, event.at)).collect(),
        may_remind: waits != WaitsFor::Nobody,
    })
}

fn of_case(number: &CaseNumber) -> String {
    format!("pin-of:{number}")
}

fn window(length: i64, now: Timestamp) -> Timestamp {
    Timestamp(now.0.div_euclid(length) * length)
}

/// Tries in this window and the one before: otherwise the turn of the window would give them anew.
fn tries(tx: &mut Tx<'_>, who: &str, length: i64, now: Timestamp) -> Result<u32> {
    let since = Timestamp(window(length, now).0 - length);
    Ok(store::notes::lookup_tries(tx, who, since)?)
}

/// Spends one of `most` within an hour.
fn spend(tx: &mut Tx<'_>, who: &str, most: u32, now: Timestamp) -> Result<()> {
    if tries(tx, who, HOUR, now)? >= most {
        return Err(Error::refused("refused-too-many"));
    }
    Ok(store::notes::count_lookup_try(tx, who, window(HOUR, now))?)
}
