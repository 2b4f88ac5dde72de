//! Coding points a second time: somebody who has coded none of a point takes it, sees what the caller said and not what
//! others made of it, and codes it. Until that is done the first coding is kept from that person everywhere; then both
//! stand side by side and are counted in the report on agreement.

use std::collections::{BTreeMap, BTreeSet};

use complaints::points::second::{Candidate, Unfit, may_take, pairs};
use domain::{PersonId, PointId, Timestamp};
use serde_json::Value;
use store::Tx;
use store::cases::Case;
use store::points::Point;
use store::second_codings::SecondCoding;

use crate::case_file::CaseFile;
use crate::case_work::write_event;
use crate::points::{CATEGORY, read_code};
use crate::rights::{Agent, Desk};
use crate::sight::in_sight;
use crate::{Error, House, Result, Topic};

/// Points that are looked at before "there is none" is said.
const MOST_OFFERED: i64 = 50;
/// Points that one person may have in hand.
const MOST_IN_HAND: usize = 5;

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
        let person = self.person().id.clone();
        self.board
            .store
            .read(move |tx| -> Result<Vec<BlindPoint>> {
                let taken = store::second_codings::in_hand(tx, &person)?;
                taken.iter().map(|taken| blind_point(tx, taken)).collect()
            })
            .await
    }

    /// Takes a point that this person has not coded; refused where there is none, or enough in hand.
    pub async fn take_second_coding(&self) -> Result<()> {
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.now());
        let since = now.plus_seconds(-86_400 * i64::from(house.axes.second_coding().days));
        self.board
            .store
            .write(move |tx| -> Result<()> {
                if store::second_codings::in_hand(tx, &person.id)?.len() >= MOST_IN_HAND {
                    return Err(Error::refused("refused-second-coding-enough"));
                }
                for id in store::second_codings::offered(tx, &person.id, since, MOST_OFFERED)? {
                    let point = store::points::get(tx, &id)?;
                    let case = store::cases::get(tx, &point.case)?;
                    let fit = may_take(&candidate(tx, &point)?, &person.id).is_ok();
                    if fit && in_sight(tx, &person, &case)? {
                        let (point, case, coder) = (point.id, case.id, person.id.clone());
                        let taken = SecondCoding { point, case, coder, taken_at: now, done_at: None };
                        return Ok(store::second_codings::take(tx, &taken)?);
                    }
                }
                Err(Error::refused("refused-second-coding-none"))
            })
            .await
    }

    /// Gives a point back without having coded it.
    pub async fn give_second_coding_back(&self, point: &PointId) -> Result<()> {
        let (point, person) = (point.clone(), self.person().id.clone());
        let back = move |tx: &mut Tx<'_>| Ok(store::second_codings::give_back(tx, &point, &person)?);
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
                check(&house, &case, &codes, now)?;
                let first = current(tx, &point)?;
                let only_codes = first.iter().map(|(axis, (code, _))| (axis.clone(), code.clone())).collect();
                let rows: Vec<[String; 4]> = pairs(&only_codes, &codes)
                    .map_err(unfit)?
                    .into_iter()
                    .map(|pair| {
                        let version = first.get(&pair.axis).map(|(_, version)| version.clone());
                        [pair.axis, pair.first, pair.second, version.unwrap_or_default()]
                    })
                    .collect();
                store::second_codings::finish(tx, &point, &person, now, &rows)?;
                let detail = serde_json::json!({ "point": point });
                write_event(tx, &case.id, now, person.as_str(), "point_coded_twice", &detail)
            })
            .await?;
        self.board.bulletin.post(Topic::Cases);
        Ok(())
    }
}

fn unfit(why: Unfit) -> Error {
    Error::refused(&format!("refused-second-{}", why.as_str().replace('_', "-")))
}

fn candidate(tx: &mut Tx<'_>, point: &Point) -> Result<Candidate> {
    let mut coders: Vec<PersonId> =
        store::codings::of_point(tx, &point.id)?.into_iter().map(|coding| coding.coder).collect();
    coders.push(point.coder.clone());
    let taken = store::second_codings::of_point(tx, &point.id)?.is_some();
    Ok(Candidate { coders, taken, coded: !point.category.is_empty() })
}

fn check(house: &House, case: &Case, codes: &BTreeMap<String, String>, now: Timestamp) -> Result<()> {
    let zone = house.zone_of(&case.line);
    let day = now.service_day(zone);
    for (axis, code) in codes.iter().filter(|(_, code)| !code.is_empty()) {
        if axis == CATEGORY {
            let given = house.categories.get(code).filter(|known| known.is_given_on(day));
            given.map(drop).ok_or_else(|| Error::refused("refused-category-unknown"))?;
        } else {
            read_code(house, axis, code, day)?;
        }
    }
    Ok(())
}

/// The code that stands on each axis of a point, with the version it was taken from.
fn current(tx: &mut Tx<'_>, point: &PointId) -> Result<BTreeMap<String, (String, String)>> {
    let codings = store::codings::of_point(tx, point)?;
    Ok(codings.into_iter().map(|coding| (coding.axis, (coding.code, coding.version))).collect())
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

/// Points whose first coding is kept from somebody.
pub(crate) fn blind_for(tx: &mut Tx<'_>, person: &PersonId) -> Result<BTreeSet<PointId>> {
    Ok(store::second_codings::in_hand(tx, person)?.into_iter().map(|taken| taken.point).collect())
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
            "point_added" if concerned => detail["category"] = Value::String(String::new()),
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
