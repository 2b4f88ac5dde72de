//! Coding points a second time: somebody who has coded none of a point was given it ([`crate::second_sampling`]), sees what
//! the caller said and not what others made of it, and codes it. Until that is done the first coding is kept from that
//! person everywhere; then both stand side by side and are counted in the report on agreement.

use std::collections::{BTreeMap, BTreeSet};

use complaints::points::second::{Candidate, Given, Unfit, pairs};
use domain::{PersonId, PointId, Timestamp};
use serde_json::Value;
use store::Tx;
use store::cases::Case;
use store::points::Point;
use store::second_codings::{GivenCode, SecondCoding};

use crate::case_file::CaseFile;
use crate::case_work::write_event;
use crate::points::{CATEGORY, read_code};
use crate::rights::{Agent, Desk};
use crate::sight::in_sight;
use crate::{Error, House, Result, Topic};

/// A point in the hands of a second coder, as he sees it.
#[derive(Debug, Clone)]
pub struct BlindPoint {
    pub point: Point,
    pub request_type: String,
    pub taken_at: Timestamp,
}

impl Desk<Agent> {
    /// What this person has in hand, oldest first.
    pub async fn second_codings(&self) -> Result<Vec<BlindPoint>> {
        let person = self.person().clone();
        self.board
            .store
            .read(move |tx| -> Result<Vec<BlindPoint>> {
                let mut seen = Vec::new();
                for taken in store::second_codings::in_hand(tx, &person.id)? {
                    // Somebody recused since it was given does not read what the caller said.
                    let case = store::cases::get(tx, &taken.case)?;
                    if in_sight(tx, &person, &case)? {
                        seen.push(blind_point(tx, &taken)?);
                    }
                }
                Ok(seen)
            })
            .await
    }

    /// Gives a point back without having coded it.
    pub async fn give_second_coding_back(&self, point: &PointId) -> Result<()> {
        let (point, person, now) = (point.clone(), self.person().id.clone(), self.now());
        let back = move |tx: &mut Tx<'_>| Ok(store::second_codings::give_back(tx, &point, &person, now)?);
        self.board.store.write(back).await
    }

    /// Ends a second coding with its codes, by axis.
    pub async fn finish_second_coding(&self, point: &PointId, codes: BTreeMap<String, String>) -> Result<()> {
        let (house, person, now) = (self.board.house.clone(), self.person().id.clone(), self.now());
        let point = point.clone();
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let taken = store::second_codings::of_point(tx, &point)?;
                let taken = taken.filter(|taken| taken.coder == person && taken.done_at.is_none());
                let case = store::cases::get(tx, &taken.ok_or(Error::NotFound)?.case)?;
                let second = read(&house, &case, &codes, now)?;
                let pairs = pairs(&current(tx, &point)?, &second).map_err(unfit)?;
                let codes: Vec<GivenCode<'_>> = second.iter().map(|(axis, given)| row(axis, given)).collect();
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|pair| (row(&pair.axis, &pair.first), row(&pair.axis, &pair.second)))
                    .collect();
                store::second_codings::finish(tx, &point, &person, now, &codes, &pairs)?;
                let detail = serde_json::json!({ "point": point });
                write_event(tx, &case.id, now, person.as_str(), "point_coded_twice", &detail)
            })
            .await?;
        self.board.bulletin.post(Topic::Cases);
        Ok(())
    }
}

pub(crate) fn unfit(why: Unfit) -> Error {
    Error::refused(&format!("refused-second-{}", why.as_str().replace('_', "-")))
}

pub(crate) fn candidate(tx: &mut Tx<'_>, point: &Point) -> Result<Candidate> {
    let mut coders: Vec<PersonId> =
        store::codings::of_point(tx, &point.id)?.into_iter().map(|coding| coding.coder).collect();
    coders.push(point.coder.clone());
    let given = store::second_codings::of_point(tx, &point.id)?;
    let gave_back =
        given.as_ref().filter(|given| given.returned_at.is_some()).map(|given| given.coder.clone());
    let taken = given.is_some() && gave_back.is_none();
    Ok(Candidate { coders, taken, gave_back, coded: !point.category.is_empty() })
}

fn row<'a>(axis: &'a str, given: &'a Given) -> GivenCode<'a> {
    GivenCode { axis, code: &given.code, version: &given.version }
}

/// The codes that were given, each from the list of today. An axis left open is not among them.
fn read(
    house: &House,
    case: &Case,
    codes: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<BTreeMap<String, Given>> {
    let day = now.service_day(house.zone_of(&case.line));
    let given = |(axis, code): (&String, &String)| -> Result<(String, Given)> {
        let version = if axis == CATEGORY {
            let known = house.categories.get(code).filter(|known| known.is_given_on(day));
            known.map(drop).ok_or_else(|| Error::refused("refused-category-unknown"))?;
            house.categories.edition().version.clone()
        } else {
            read_code(house, axis, code, day)?.version
        };
        Ok((axis.clone(), Given { code: code.clone(), version }))
    };
    codes.iter().filter(|(_, code)| !code.is_empty()).map(given).collect()
}

/// The code that stands on each axis of a point, with the version it was taken from.
fn current(tx: &mut Tx<'_>, point: &PointId) -> Result<BTreeMap<String, Given>> {
    let codings = store::codings::of_point(tx, point)?;
    let given =
        |coding: store::codings::Coding| (coding.axis, Given { code: coding.code, version: coding.version });
    Ok(codings.into_iter().map(given).collect())
}

/// The point without anything that somebody else made of it.
fn blind_point(tx: &mut Tx<'_>, taken: &SecondCoding) -> Result<BlindPoint> {
    let mut point = store::points::get(tx, &taken.point)?;
    blank(&mut point);
    let request_type = store::cases::get(tx, &taken.case)?.request_type;
    Ok(BlindPoint { point, request_type, taken_at: taken.taken_at })
}

fn blank(point: &mut Point) {
    point.category = String::new();
    point.category_version = String::new();
    point.suggested = None;
}

/// Points whose first coding is kept from somebody, and their copies in other cases.
pub(crate) fn blind_for(tx: &mut Tx<'_>, person: &PersonId) -> Result<BTreeSet<PointId>> {
    let in_hand = store::second_codings::in_hand(tx, person)?.into_iter().map(|taken| taken.point);
    let mut blind: BTreeSet<PointId> = in_hand.collect();
    if !blind.is_empty() {
        blind.extend(store::second_codings::copies_in_hand(tx, person)?);
    }
    Ok(blind)
}

/// Takes the first coding of these points out of a file, in the points as in the history.
pub(crate) fn blind(file: &mut CaseFile, points: &BTreeSet<PointId>) {
    if !file.points.iter().any(|point| points.contains(&point.id)) {
        return;
    }
    let kept = |point: &PointId| !points.contains(point);
    file.points.iter_mut().filter(|point| !kept(&point.id)).for_each(blank);
    file.codings.retain(|coding| kept(&coding.point));
    for view in file.view.points.iter_mut().filter(|view| !kept(&view.id)) {
        view.category = String::new();
        view.codes.clear();
    }
    file.events.retain_mut(|event| {
        let mut detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
        let of = detail.get("point").and_then(Value::as_str).map(PointId::new);
        let concerned = of.is_some_and(|point| !kept(&point));
        match event.kind.as_str() {
            "point_classified" | "point_coded" => return !concerned,
            "point_added" if concerned => {
                detail["category"] = Value::String(String::new());
                detail["carried"] = Value::Null;
            }
            "opened" => blank_opening(&mut detail, points),
            _ => return true,
        }
        event.detail = detail.to_string();
        true
    });
    // The proposal follows from the category.
    file.proposed = None;
    file.blind = points.clone();
}

/// The first line of a history names each point with its category.
fn blank_opening(detail: &mut Value, points: &BTreeSet<PointId>) {
    for pair in detail.get_mut("points").and_then(Value::as_array_mut).into_iter().flatten() {
        let of = pair.get(0).and_then(Value::as_str).map(PointId::new);
        if of.is_some_and(|point| points.contains(&point)) {
            pair[1] = Value::String(String::new());
        }
    }
}

/// Takes the category out of a line of a list.
pub(crate) fn blind_line(point: Option<&mut Point>, points: &BTreeSet<PointId>) {
    if let Some(point) = point.filter(|point| points.contains(&point.id)) {
        blank(point);
    }
}
