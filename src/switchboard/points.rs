//! The points of a case: added, dropped, coded and coded anew. The rules decide; here is what only the house knows:
//! which codes there are today, which institution was there on the day, and the rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
pub use complaints::dialogue::Payer;
pub use complaints::points::{
    Axes, Axis, CATEGORY, CarriedCode, CarriedPoint, Code, Crosswalks, Happened, Mapped, NewPoint, Scale,
    System,
};
use complaints::{Action, Change};
use domain::directory::name_in;
use domain::{CaseId, PersonId, PointId, Role, Timestamp};
use store::Tx;
pub use store::codings::Coding;
use store::points::Point;

use crate::case_work::CaseWork;
use crate::rights::{CaseWorker, Desk};
use crate::{Error, House, Result, accused, fresh_id};

/// A new point as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPoint {
    /// Name, alias or code of the directory; or a name that is not listed.
    pub institution: String,
    pub place: String,
    pub persons: String,
    pub happened: String,
    pub payer: Option<Payer>,
    pub own_words: String,
    pub harm: String,
    /// Empty: classified later.
    pub category: String,
}

impl Desk<CaseWorker> {
    /// Adds a point to a case that the person saw at `version`.
    pub async fn add_point(&self, id: &CaseId, version: i64, typed: TypedPoint) -> Result<()> {
        let language = self.person().language.as_str().to_owned();
        self.work_on(id, version, move |hand| {
            let new = read(hand, &typed, &language)?;
            hand.act(&Action::AddPoint(new))
        })
        .await
    }

    /// Takes a point off the complaint. It stays readable, with the reason.
    pub async fn drop_point(&self, id: &CaseId, version: i64, point: &PointId, reason: &str) -> Result<()> {
        let action = Action::DropPoint { point: point.clone(), reason: reason.trim().to_owned() };
        self.act_on(id, version, action, None).await
    }

    /// Codes a point on some axes; what stands already may be among them. A code that replaces another needs a reason.
    pub async fn code_point(
        &self,
        id: &CaseId,
        version: i64,
        point: &PointId,
        codes: BTreeMap<String, String>,
        reason: &str,
    ) -> Result<()> {
        let (point, reason) = (point.clone(), reason.trim().to_owned());
        self.work_on(id, version, move |hand| {
            let person = PersonId::new(hand.actor_id());
            if store::second_codings::in_hand(hand.tx, &person)?.iter().any(|taken| taken.point == point) {
                return Err(Error::refused("refused-second-coding-open"));
            }
            let stand = standing(hand, &point)?;
            let codes = codes
                .iter()
                .filter(|(axis, code)| stand.get(*axis).map_or("", String::as_str) != code.as_str())
                .map(|(axis, code)| known(hand, axis, code))
                .collect::<Result<Vec<Code>>>()?;
            hand.act(&Action::Recode { point: point.clone(), codes, reason: reason.clone() })
        })
        .await
    }
}

/// The codes that a point has now.
pub(crate) fn standing(hand: &mut CaseWork<'_, '_>, point: &PointId) -> Result<BTreeMap<String, String>> {
    let view = hand.view()?;
    let known = view.points.into_iter().find(|known| known.id == *point);
    Ok(known.map_or_else(BTreeMap::new, |known| {
        let mut codes = known.codes;
        codes.insert(CATEGORY.to_owned(), known.category);
        codes
    }))
}

/// The code with its system and the version of today. A handler codes only what is the department's to code.
pub(crate) fn known(hand: &CaseWork<'_, '_>, axis: &str, code: &str) -> Result<Code> {
    let handler = hand.person.is_some_and(|person| person.role == Role::Handler);
    let found = hand.house.axes.axis(axis);
    if handler && !found.is_some_and(|found| found.by_department) {
        return Err(Error::refused("refused-axis-not-yours"));
    }
    if axis == CATEGORY {
        let version = category_version(hand, code)?;
        return Ok(Code { axis: axis.to_owned(), code: code.to_owned(), system: axis.to_owned(), version });
    }
    read_code(hand.house, axis, code, today(hand))
}

/// A code of an axis on a day; an empty one takes the code of the axis back.
pub(crate) fn read_code(house: &House, axis: &str, code: &str, day: NaiveDate) -> Result<Code> {
    let found = house.axes.axis(axis).ok_or_else(|| Error::refused("refused-axis-unknown"))?;
    if code.is_empty() {
        let version = house.axes.system_on(&found.system, day).map(|system| system.version.clone());
        return Ok(Code {
            axis: axis.to_owned(),
            code: String::new(),
            system: found.system.clone(),
            version: version.unwrap_or_default(),
        });
    }
    house.axes.code(axis, code, day).ok_or_else(|| Error::refused("refused-code-unknown"))
}

/// Version of the list of categories, for a category that is given today.
pub(crate) fn category_version(hand: &CaseWork<'_, '_>, category: &str) -> Result<String> {
    let day = today(hand);
    let given = hand.house.categories.get(category).filter(|known| known.is_given_on(day));
    given.map(drop).ok_or_else(|| Error::refused("refused-category-unknown"))?;
    Ok(hand.house.categories.edition().version.clone())
}

fn today(hand: &CaseWork<'_, '_>) -> NaiveDate {
    let zone = hand.house.zone_of(&hand.case.line);
    hand.now.service_day(zone)
}

/// What was typed, read: the institution found in the directory, the dates possible.
fn read(hand: &CaseWork<'_, '_>, typed: &TypedPoint, language: &str) -> Result<NewPoint> {
    let today = today(hand);
    let happened = could_be(&typed.happened, today)?;
    let listed = hand.house.directory.institution_called(&typed.institution, happened.deciding_day(today));
    let institution = listed.map(|one| one.code.clone()).or_else(|| written(&typed.institution));
    was_there(hand.house, institution.as_deref(), &typed.happened, today, language)?;
    let category = typed.category.trim().to_owned();
    let version = if category.is_empty() { String::new() } else { category_version(hand, &category)? };
    Ok(NewPoint {
        point: PointId::new(fresh_id()),
        institution,
        place: written(&typed.place),
        persons: written(&typed.persons),
        happened: written(&typed.happened),
        payer: typed.payer,
        own_words: typed.own_words.trim().to_owned(),
        harm: written(&typed.harm),
        category,
        version,
        no_dialogue: false,
        carried: None,
    })
}

fn written(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// When it happened, as far as a day was told; refuses a day that cannot be.
pub(crate) fn could_be(told: &str, today: NaiveDate) -> Result<Happened> {
    let happened = Happened::read(told);
    let code = match happened {
        _ if Happened::is_no_day(told) => "refused-happened-no-day",
        _ if happened.is_backwards() => "refused-happened-backwards",
        _ if happened.is_after(today) => "refused-happened-later",
        happened => return Ok(happened),
    };
    Err(Error::refused(code))
}

/// Refuses an institution that had ended when the matter happened, with the name of who was there in its place.
pub(crate) fn was_there(
    house: &House,
    institution: Option<&str>,
    happened: &str,
    today: NaiveDate,
    language: &str,
) -> Result<()> {
    let day = Happened::read(happened).deciding_day(today);
    let Some(Err(ended)) = institution.map(|code| house.directory.was_there(code, day)) else {
        return Ok(());
    };
    let successor = ended.successor.map(|next| name_in(&next.names, language).to_owned());
    Err(Error::Refused {
        code: "refused-institution-ended".to_owned(),
        missing: successor.into_iter().collect(),
    })
}

/// The rows of a change to a point.
pub(crate) fn carry_out(hand: &mut CaseWork<'_, '_>, change: &Change) -> Result<()> {
    let (case, now, coder) = (hand.case.id.clone(), hand.now, PersonId::new(hand.actor_id()));
    match change {
        Change::PointAdded(new) => {
            let row = row(hand, new, &coder)?;
            accused::store_point(hand.tx, hand.house, &row)?;
            match &new.carried {
                Some(carried) => note_carried(hand.tx, &row, carried)?,
                None => note_category(hand.tx, &row, now)?,
            }
        }
        Change::PointDropped { point, reason } => {
            store::points::take_off(hand.tx, &case, point, now, reason.trim())?;
        }
        Change::PointClassified { point, category, version, from, reason } => {
            store::points::recode(hand.tx, &case, point, (category, version), &coder)?;
            let (axis, system) = (CATEGORY, CATEGORY);
            let coding = coding(point, &case, [axis, category, system, version], (from, reason), &coder, now);
            store::codings::append(hand.tx, &coding)?;
        }
        Change::PointCoded { point, axis, code, system, version, from, reason } => {
            let coding = coding(point, &case, [axis, code, system, version], (from, reason), &coder, now);
            store::codings::append(hand.tx, &coding)?;
        }
        _ => {}
    }
    Ok(())
}

fn row(hand: &mut CaseWork<'_, '_>, new: &NewPoint, coder: &PersonId) -> Result<Point> {
    let carried = new.carried.as_ref();
    let mut codings = carried.iter().flat_map(|carried| &carried.codings);
    let coded_by = codings.find(|coding| coding.code.axis == CATEGORY).map(|coding| &coding.coder);
    Ok(Point {
        id: new.point.clone(),
        case: hand.case.id.clone(),
        ordinal: store::points::next_ordinal(hand.tx, &hand.case.id)?,
        institution: new.institution.clone(),
        place: new.place.clone(),
        persons: new.persons.clone(),
        happened: new.happened.clone(),
        own_words: new.own_words.clone(),
        category: new.category.clone(),
        suggested: carried.and_then(|carried| carried.suggested.clone()),
        coder: coded_by.unwrap_or(coder).clone(),
        finding: None,
        outcome: None,
        outcome_kind: None,
        payer: new.payer.map(|payer| payer.as_str().to_owned()),
        harm: new.harm.clone(),
        category_version: new.version.clone(),
        no_dialogue: new.no_dialogue,
        dropped_at: None,
        drop_reason: None,
        original: carried.map(|carried| (carried.case.clone(), carried.original.clone())),
    })
}

/// The first coding of a point that came with a category.
pub(crate) fn note_category(tx: &mut Tx<'_>, point: &Point, at: Timestamp) -> Result<()> {
    if point.category.is_empty() {
        return Ok(());
    }
    let codes = [CATEGORY, &point.category, CATEGORY, &point.category_version];
    let coding = coding(&point.id, &point.case, codes, (&None, &None), &point.coder, at);
    Ok(store::codings::append(tx, &coding)?)
}

/// The codings that a point brought along, by whom and when they were given.
fn note_carried(tx: &mut Tx<'_>, point: &Point, carried: &CarriedPoint) -> Result<()> {
    for CarriedCode { code, coder, at, reason } in &carried.codings {
        let codes = [code.axis.as_str(), &code.code, &code.system, &code.version];
        let coding = coding(&point.id, &point.case, codes, (&None, reason), coder, *at);
        store::codings::append(tx, &coding)?;
    }
    Ok(())
}

fn coding(
    point: &PointId,
    case: &CaseId,
    [axis, code, system, version]: [&str; 4],
    (from, reason): (&Option<String>, &Option<String>),
    coder: &PersonId,
    at: Timestamp,
) -> Coding {
    Coding {
        point: point.clone(),
        case: case.clone(),
        ordinal: 0,
        axis: axis.to_owned(),
        code: code.to_owned(),
        system: system.to_owned(),
        version: version.to_owned(),
        before: from.clone(),
        reason: reason.clone(),
        coder: coder.clone(),
        at,
    }
}

/// The code that stands on each axis of a point, out of all codings of a case, axes in order.
pub(crate) fn current(codings: &[Coding], point: &PointId) -> Vec<Code> {
    let mut standing: BTreeMap<&str, Code> = BTreeMap::new();
    for coding in codings.iter().filter(|coding| coding.point == *point) {
        let (axis, code) = (coding.axis.clone(), coding.code.clone());
        let (system, version) = (coding.system.clone(), coding.version.clone());
        standing.insert(&coding.axis, Code { axis, code, system, version });
    }
    standing.into_values().filter(|code| !code.code.is_empty()).collect()
}
