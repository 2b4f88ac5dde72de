//! Cases that belong together: link, merge and its undoing, split. Each is one transaction over both cases.

use complaints::{Action, CaseStatus, Change, FieldChoice, Relation};
use domain::{CaseId, CaseNumber, PointId, Timestamp};
use store::cases::Case;

use crate::case_work::{CaseWork, write_event};
use crate::rights::{CaseWorker, Desk};
use crate::{Error, House, Result, carrying, cases, clock_agenda, fresh_id};
use store::Tx;
use store::people::Person;

impl Desk<CaseWorker> {
    /// Links a case with the one of this number, both ways.
    pub async fn link_cases(
        &self,
        id: &CaseId,
        version: i64,
        other: &CaseNumber,
        relation: Relation,
    ) -> Result<()> {
        let other = other.clone();
        self.work_on(id, version, move |hand| {
            let linked = another(hand, &other)?;
            hand.act(&Action::Link { to: linked.clone(), relation })?;
            let (own, now, person) = (hand.case.id.clone(), hand.now, hand.person);
            let mut there = CaseWork::take_up(hand.tx, hand.house, person, now, &linked)?;
            // Linked from the other side already: once is enough.
            if !there.view()?.linked.iter().any(|(known, _)| *known == own) {
                there.act(&Action::Link { to: own, relation })?;
                there.save()?;
            }
            Ok(())
        })
        .await
    }

    /// Holds a case together with the one of this number, which goes on for both: its number leads there. The stricter
    /// of both wins (severity, urgency, secrecy), the earlier limit goes on, and what the other had is kept for undoing it.
    /// `points`: those of the held case that are carried along.
    pub async fn merge_case(
        &self,
        id: &CaseId,
        version: i64,
        into: &CaseNumber,
        points: Vec<PointId>,
    ) -> Result<()> {
        let into = into.clone();
        self.work_on(id, version, move |hand| {
            let goal = another(hand, &into)?;
            let other = store::cases::get(hand.tx, &goal)?;
            let carried = carrying::copies(hand, &points)?;
            let mut choices = stricter(&other, &hand.case);
            choices.extend(carried.iter().map(|one| one.choice.clone()));
            hand.act(&Action::Merge { into: goal.clone(), choices: choices.clone() })?;
            let (own, now, person) = (hand.case.id.clone(), hand.now, hand.person);
            let mut there = CaseWork::take_up(hand.tx, hand.house, person, now, &goal)?;
            there.act(&Action::Absorb { from: own, choices: choices.clone() })?;
            choices.iter().for_each(|choice| set(&mut there.case, &choice.field, choice.after.as_deref()));
            for one in carried {
                there.act(&Action::AddPoint(one.copy))?;
            }
            there.save()
        })
        .await
    }

    /// Undoes a merger: the case held by this one goes on by itself where it stood, and this one has again what it had.
    pub async fn unmerge_case(
        &self,
        id: &CaseId,
        version: i64,
        held: &CaseNumber,
        reason: &str,
    ) -> Result<()> {
        let (held, reason) = (held.clone(), reason.trim().to_owned());
        self.work_on(id, version, move |hand| {
            let from = store::cases::by_number(hand.tx, &held).map_err(no_such)?.id;
            let view = hand.view()?;
            let choices = view.absorbed.iter().find(|(known, _)| *known == from).map(|(_, choices)| choices);
            hand.act(&Action::Release { from: from.clone() })?;
            for choice in choices.into_iter().flatten() {
                // What was changed by hand since stays.
                if get(&hand.case, &choice.field) == choice.after {
                    set(&mut hand.case, &choice.field, choice.before.as_deref());
                }
            }
            carrying::take_back(hand, choices.map_or(&[], Vec::as_slice))?;
            let (now, person) = (hand.now, hand.person);
            let mut there = CaseWork::take_up(hand.tx, hand.house, person, now, &from)?;
            there.act(&Action::Unmerge { reason: reason.clone() })?;
            there.save()
        })
        .await
    }

    /// Makes points into a case of their own, with a number and PIN of its own; the clock of both is the old one.
    pub async fn split_case(
        &self,
        id: &CaseId,
        version: i64,
        points: Vec<PointId>,
        reason: &str,
    ) -> Result<()> {
        let reason = reason.trim().to_owned();
        self.work_on(id, version, move |hand| {
            let new = CaseId::new(fresh_id());
            let split = Action::Split { points: points.clone(), to: new.clone(), reason: reason.clone() };
            hand.act(&split)?;
            let case = hand.case.clone();
            open_split(hand.tx, hand.house, hand.person, hand.now, &case, &new, &points)
        })
        .await
    }
}

/// The case of a number, as long as it is another one and not merged itself.
fn another(hand: &mut CaseWork<'_, '_>, number: &CaseNumber) -> Result<CaseId> {
    let other = store::cases::by_number(hand.tx, number).map_err(no_such)?;
    if other.id == hand.case.id || other.status == CaseStatus::Merged.as_str() {
        return Err(Error::refused("refused-no-other-case"));
    }
    Ok(other.id)
}

fn no_such(error: store::Error) -> Error {
    match error {
        store::Error::NotFound => Error::refused("refused-no-other-case"),
        other => other.into(),
    }
}

/// The new case of the points that leave, and the points that go there.
fn open_split(
    tx: &mut Tx<'_>,
    house: &House,
    person: Option<&Person>,
    now: Timestamp,
    from: &Case,
    id: &CaseId,
    points: &[PointId],
) -> Result<()> {
    let line = house.lines.get(&from.line).ok_or(Error::NotFound)?;
    let sequence = store::counters::next(tx, "case")?;
    let moved = store::points::move_to(tx, &from.id, id, points)?;
    let categories: Vec<&str> = moved.iter().map(|point| point.category.as_str()).collect();
    let status = cases::opening_status(&categories);
    let receiver = person.map_or_else(|| from.created_by.clone(), |person| person.id.clone());
    let case = Case {
        id: id.clone(),
        number: CaseNumber::from_sequence(u64::try_from(sequence).unwrap_or(0)),
        pin: cases::pin()?,
        status: status.as_str().to_owned(),
        department: None,
        answered_at: None,
        feedback_at: None,
        route_notice_at: None,
        closed_at: None,
        reopened: 0,
        created_by: receiver.clone(),
        version: 1,
        service_day: now.service_day(line.zone).to_string(),
        ..from.clone()
    };
    store::cases::insert(tx, &case)?;
    let request_type = crate::case_work::request_type_of(&case)?;
    let mut opening = cases::opening(status, request_type, &moved, Some(&receiver));
    opening.split_from = Some(from.id.clone());
    opening.audit = house.dispatch.audits(&from.profile, request_type);
    let opened = Change::Opened(opening);
    let detail = serde_json::to_value(&opened).map_err(|error| Error::Unavailable(error.to_string()))?;
    write_event(tx, id, now, receiver.as_str(), opened.kind(), &detail)?;
    clock_agenda::reckon(tx, house, id, now).map(drop)
}

/// What the case that goes on takes over from the one it holds. The earlier limit it takes over by its clocks.
fn stricter(goes_on: &Case, held: &Case) -> Vec<FieldChoice> {
    let mut wanted = goes_on.clone();
    wanted.severity = goes_on.severity.max(held.severity);
    wanted.urgent |= held.urgent;
    wanted.confidential |= held.confidential;
    ["severity", "urgent", "confidential"]
        .into_iter()
        .map(|field| FieldChoice {
            field: field.to_owned(),
            before: get(goes_on, field),
            after: get(&wanted, field),
        })
        .filter(|choice| choice.before != choice.after)
        .collect()
}

fn get(case: &Case, field: &str) -> Option<String> {
    match field {
        "severity" => Some(case.severity.to_string()),
        "urgent" => Some(case.urgent.to_string()),
        "confidential" => Some(case.confidential.to_string()),
        _ => None,
    }
}

fn set(case: &mut Case, field: &str, value: Option<&str>) {
    let yes = value == Some("true");
    match field {
        "severity" => case.severity = value.and_then(|text| text.parse().ok()).unwrap_or(case.severity),
        "urgent" => case.urgent = yes,
        "confidential" => case.confidential = yes,
        _ => {}
    }
}
