//! Opening a case.

use chrono::NaiveDate;
use clocks::{Due, Duty};
use complaints::intake::{Fact, IntakePoint};
use complaints::{CaseStatus, Change, Intake, Opening};
use domain::{
    CaseId, CaseNumber, ContactId, Language, PersonId, PhoneNumber, PointId, RequestType, Timestamp,
};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::cases::Case;
use store::points::Point;

use crate::{
    Error, House, Line, Result, accused, case_work, clock_agenda, clock_book, deadlines, dispatch, fresh_id,
    investigation, points,
};

/// What becomes a case: a confirmed intake and the call it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase<'a> {
    pub contact: Option<&'a ContactId>,
    /// The line it came in on: its zone, profile and law hold for the case.
    pub line: &'a str,
    /// The number that called, if it was not withheld.
    pub caller: Option<&'a PhoneNumber>,
    /// The language spoken with the caller.
    pub language: &'a Language,
    /// When the complaint reached us: the start of the legal clock.
    pub received_at: Timestamp,
    pub intake: &'a Intake,
}

/// What the agent tells the caller, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedCase {
    pub id: CaseId,
    pub number: CaseNumber,
    pub pin: String,
    /// Department the rule table proposes; nobody where no rule fits.
    pub department: Option<String>,
    /// When it must be answered by.
    pub due_at: Option<Timestamp>,
}

/// Opens a case in the transaction that finishes the intake. Refused without request type or point.
pub fn open_from_intake(
    tx: &mut Tx<'_>,
    house: &House,
    new: &NewCase<'_>,
    agent: &PersonId,
    now: Timestamp,
) -> Result<OpenedCase> {
    let line = house.lines.get(new.line).ok_or_else(|| Error::refused("refused-line-unknown"))?;
    let request_type = new.intake.request_type.ok_or_else(|| Error::refused("refused-request-type"))?;
    let day = new.received_at.service_day(line.zone);
    let told = &new.intake.points;
    check_points(house, told, day, new.language.as_str())?;
    let today = day.max(now.service_day(line.zone));
    told.iter().try_for_each(|point| points::could_be(&point.happened.text, today).map(drop))?;
    check_death(new, line)?;
    let id = CaseId::new(fresh_id());
    let edition = &house.categories.edition().version;
    let points: Vec<Point> =
        (1..).zip(&new.intake.points).map(|(n, told)| point(&id, n, told, edition, agent)).collect();
    let categories: Vec<&str> = points.iter().map(|point| point.category.as_str()).collect();
    let complained = dispatch::complained(house, &points);
    let proposed = dispatch::propose(house, &line.profile, request_type, &complained);
    let joint = proposed.as_ref().is_some_and(|proposed| proposed.joint);
    let due = answer_due(house, new.line, joint, new.received_at);
    let status = opening_status(&categories);
    let sequence = store::counters::next(tx, "case")?;
    let case = Case {
        id: id.clone(),
        number: CaseNumber::from_sequence(u64::try_from(sequence).unwrap_or(0)),
        pin: pin()?,
        line: new.line.to_owned(),
        profile: line.profile.clone(),
        contact: new.contact.cloned(),
        request_type: request_type.as_str().to_owned(),
        severity: new.intake.points.iter().filter_map(|point| point.severity).max().unwrap_or(1).into(),
        urgent: new.intake.urgent || request_type == RequestType::Emergency,
        confidential: new.intake.wishes.confidential == Some(true),
        status: status.as_str().to_owned(),
        department: None,
        complainant: complainant(new.intake),
        phone: reply_number(new),
        language: new.language.clone(),
        intake: serde_json::to_string(new.intake).map_err(|error| Error::Unavailable(error.to_string()))?,
        law: due.as_ref().map(|due| due.law.clone()),
        received_at: new.received_at,
        due_at: due.as_ref().map(|due| due.due_at),
        answered_at: None,
        feedback_at: None,
        route_notice_at: None,
        closed_at: None,
        reopened: 0,
        created_by: agent.clone(),
        version: 1,
        service_day: new.received_at.service_day(line.zone).to_string(),
    };
    store::cases::insert(tx, &case)?;
    for point in &points {
        accused::store_point(tx, house, point)?;
        points::note_category(tx, point, now)?;
    }
    let mut opening = opening(status, request_type, &points, Some(agent));
    opening.audit = house.dispatch.audits(&line.profile, request_type);
    let opened = Change::Opened(opening);
    let detail = serde_json::to_value(&opened).map_err(|error| Error::Unavailable(error.to_string()))?;
    case_work::write_event(tx, &id, now, agent.as_str(), opened.kind(), &detail)?;
    investigation::open(tx, house, &case, new.intake, (agent.as_str(), now))?;
    clock_agenda::reckon(tx, house, &id, now)?;
    Ok(OpenedCase {
        number: case.number,
        pin: case.pin,
        department: proposed.map(|proposed| proposed.proposal.department),
        // Where the law counts from the dispatch there is no limit to tell yet.
        due_at: store::cases::get(tx, &id)?.due_at,
        id,
    })
}

/// The deadline for the department's answer, counted from the receipt.
pub fn answer_due(house: &House, line: &str, joint: bool, received_at: Timestamp) -> Option<Due> {
    let duty = if joint { Duty::AnswerJoint } else { Duty::Answer };
    deadlines::for_duty(house, line, duty, received_at)
        .or_else(|| deadlines::for_duty(house, line, Duty::Answer, received_at))
}

/// A moment of death can be read and lies before the call that tells of it.
fn check_death(new: &NewCase<'_>, line: &Line) -> Result<()> {
    let untold = new.intake.patient.died_at.trim().is_empty();
    let known = clock_book::died_at(new.intake, line.zone).is_some_and(|died_at| died_at <= new.received_at);
    if untold || known { Ok(()) } else { Err(Error::refused("refused-died-at")) }
}

fn check_points(house: &House, points: &[IntakePoint], day: NaiveDate, language: &str) -> Result<()> {
    if points.is_empty() || points.iter().any(|point| point.own_words.trim().is_empty()) {
        return Err(Error::refused("refused-points"));
    }
    let mut named = points.iter().filter_map(|point| point.category.as_deref());
    let given = |code: &str| house.categories.get(code).is_some_and(|known| known.is_given_on(day));
    if named.any(|code| !code.is_empty() && !given(code)) {
        return Err(Error::refused("refused-category-unknown"));
    }
    for point in points {
        points::was_there(house, point.institution_code.as_deref(), &point.happened.text, day, language)?;
    }
    Ok(())
}

pub(crate) fn opening_status(categories: &[&str]) -> CaseStatus {
    if categories.iter().any(|category| category.is_empty()) {
        CaseStatus::Recorded
    } else {
        CaseStatus::Classified
    }
}

/// The first line of a history.
pub(crate) fn opening(
    status: CaseStatus,
    request_type: RequestType,
    points: &[Point],
    receiver: Option<&PersonId>,
) -> Opening {
    Opening {
        status,
        request_type,
        points: points.iter().map(|point| (point.id.clone(), point.category.clone())).collect(),
        receiver: receiver.cloned(),
        audit: false,
        split_from: None,
    }
}

fn point(case: &CaseId, ordinal: i64, told: &IntakePoint, edition: &str, agent: &PersonId) -> Point {
    let settled = |fact: &Fact| (!fact.text.trim().is_empty()).then(|| fact.text.trim().to_owned());
    let ward = (!told.ward.trim().is_empty()).then(|| told.ward.trim().to_owned());
    let place: Vec<String> = [settled(&told.place), ward].into_iter().flatten().collect();
    Point {
        id: PointId::new(fresh_id()),
        case: case.clone(),
        ordinal,
        institution: told.institution_code.clone().or_else(|| settled(&told.institution)),
        place: (!place.is_empty()).then(|| place.join(", ")),
        persons: settled(&told.persons),
        happened: settled(&told.happened),
        own_words: told.own_words.trim().to_owned(),
        category: told.category.clone().unwrap_or_default(),
        suggested: told.suggested.clone(),
        coder: agent.clone(),
        finding: None,
        outcome: None,
        outcome_kind: None,
        payer: told.payer.map(|payer| payer.as_str().to_owned()),
        harm: Some(told.harm.trim()).filter(|harm| !harm.is_empty()).map(str::to_owned),
        category_version: told.category.as_ref().map(|_| edition.to_owned()).unwrap_or_default(),
        no_dialogue: false,
        dropped_at: None,
        drop_reason: None,
        original: None,
    }
}

fn complainant(intake: &Intake) -> Option<String> {
    let name = intake.caller.name.trim();
    (!intake.caller.anonymous && !name.is_empty()).then(|| name.to_owned())
}

/// The number for the reply: the one given, else the one that called, unless the caller stays anonymous.
fn reply_number(new: &NewCase<'_>) -> Option<PhoneNumber> {
    let given = PhoneNumber::parse(&new.intake.caller.phone).ok();
    given.or_else(|| new.caller.filter(|_| !new.intake.caller.anonymous).cloned())
}

/// Four random digits. They keep a stranger from asking after a case whose number was overheard; the
/// look-up counts wrong tries.
pub(crate) fn pin() -> Result<String> {
    let mut bytes = [0_u8; 4];
    getrandom::fill(&mut bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(format!("{:04}", u32::from_le_bytes(bytes) % 10_000))
}
