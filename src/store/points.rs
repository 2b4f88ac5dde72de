//! Complaint points: a case has one or more, each with its own codes, finding and outcome.

use domain::{CaseId, PersonId, PointId, Timestamp};

use crate::case_lists::places;
use crate::{Error, Result, Row, Tx, accused, params};

/// One point as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub id: PointId,
    pub case: CaseId,
    /// From 1.
    pub ordinal: i64,
    /// Code in the directory, or the name as told.
    pub institution: Option<String>,
    pub place: Option<String>,
    pub persons: Option<String>,
    /// When it happened, as told: a date, a period, or "unknown".
    pub happened: Option<String>,
    pub own_words: String,
    pub category: String,
    /// What the classifier had suggested.
    pub suggested: Option<String>,
    /// Who set the category.
    pub coder: PersonId,
    /// What was found.
    pub finding: Option<String>,
    /// What was done or said about it.
    pub outcome: Option<String>,
    /// The kind of outcome, from a closed list.
    pub outcome_kind: Option<String>,
    /// Who paid for the treatment, as a code.
    pub payer: Option<String>,
    /// Harm in the caller's words.
    pub harm: Option<String>,
    /// Version of the list that the category is from.
    pub category_version: String,
    /// It came when the case had its dialogue already.
    pub no_dialogue: bool,
    /// It does not stand any more.
    pub dropped_at: Option<Timestamp>,
    pub drop_reason: Option<String>,
    /// The case and the point that it is a copy of, where a merger brought it.
    pub original: Option<(CaseId, PointId)>,
}

const COLUMNS: &str = "id, case_id, ordinal, institution, place, persons, happened, own_words, category, \
     suggested, coder, finding, outcome, outcome_kind, payer, harm, category_version, no_dialogue, dropped_at, \
     drop_reason, from_case, from_point";

fn read(row: &Row) -> Result<Point> {
    Ok(Point {
        id: row.get(0)?,
        case: row.get(1)?,
        ordinal: row.get(2)?,
        institution: row.get(3)?,
        place: row.get(4)?,
        persons: row.get(5)?,
        happened: row.get(6)?,
        own_words: row.get(7)?,
        category: row.get(8)?,
        suggested: row.get(9)?,
        coder: row.get(10)?,
        finding: row.get(11)?,
        outcome: row.get(12)?,
        outcome_kind: row.get(13)?,
        payer: row.get(14)?,
        harm: row.get(15)?,
        category_version: row.get(16)?,
        no_dialogue: row.get(17)?,
        dropped_at: row.get(18)?,
        drop_reason: row.get(19)?,
        original: row.get::<Option<CaseId>>(20)?.zip(row.get(21)?),
    })
}

/// Stores a new point, and whom it accuses.
pub fn insert(tx: &mut Tx<'_>, point: &Point) -> Result<()> {
    tx.execute(
        &format!(
            "INSERT INTO points ({COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"
        ),
        params![
            &point.id,
            &point.case,
            point.ordinal,
            point.institution.as_deref(),
            point.place.as_deref(),
            point.persons.as_deref(),
            point.happened.as_deref(),
            &point.own_words,
            &point.category,
            point.suggested.as_deref(),
            &point.coder,
            point.finding.as_deref(),
            point.outcome.as_deref(),
            point.outcome_kind.as_deref(),
            point.payer.as_deref(),
            point.harm.as_deref(),
            &point.category_version,
            point.no_dialogue,
            point.dropped_at,
            point.drop_reason.as_deref(),
            point.original.as_ref().map(|(case, _)| case.as_str()),
            point.original.as_ref().map(|(_, original)| original.as_str()),
        ],
    )?;
    accused::mark(tx, point)
}

/// The points of a case that stand, in order.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Point>> {
    let mut points = all_of_case(tx, case)?;
    points.retain(|point| point.dropped_at.is_none());
    Ok(points)
}

/// Every point that a case has or had, in order. Who is complained of does not end with a point that was dropped.
pub fn all_of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<Point>> {
    tx.query(&format!("SELECT {COLUMNS} FROM points WHERE case_id = $1 ORDER BY ordinal"), params![case])?
        .iter()
        .map(read)
        .collect()
}

/// One point.
pub fn get(tx: &mut Tx<'_>, point: &PointId) -> Result<Point> {
    read(&tx.one(&format!("SELECT {COLUMNS} FROM points WHERE id = $1"), params![point])?)
}

/// The number that the next point of a case gets; those that were dropped keep theirs.
pub fn next_ordinal(tx: &mut Tx<'_>, case: &CaseId) -> Result<i64> {
    tx.value("SELECT COALESCE(MAX(ordinal), 0) + 1 FROM points WHERE case_id = $1", params![case])
}

/// Notes that a point of `case` does not stand any more.
pub fn take_off(tx: &mut Tx<'_>, case: &CaseId, point: &PointId, at: Timestamp, reason: &str) -> Result<()> {
    let changed = tx.execute(
        "UPDATE points SET dropped_at = $1, drop_reason = $2 WHERE id = $3 AND case_id = $4 AND dropped_at IS NULL",
        params![at, reason, point, case],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The first standing point of each of `cases`: what a case is about in a word.
pub fn first_of_cases(tx: &mut Tx<'_>, cases: &[CaseId]) -> Result<Vec<Point>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = places(cases);
    let sql = format!(
        "SELECT {COLUMNS} FROM points p WHERE p.case_id IN ({places}) AND p.ordinal = \
         (SELECT MIN(o.ordinal) FROM points o WHERE o.case_id = p.case_id AND o.dropped_at IS NULL) ORDER BY p.case_id"
    );
    tx.query(&sql, &values)?.iter().map(read).collect()
}

/// Moves points to another case, numbered from 1 there; the points as they are then.
pub fn move_to(tx: &mut Tx<'_>, from: &CaseId, to: &CaseId, points: &[PointId]) -> Result<Vec<Point>> {
    for (ordinal, point) in (1_i64..).zip(points) {
        let moved = tx.execute(
            "UPDATE points SET case_id = $1, ordinal = $2 WHERE id = $3 AND case_id = $4",
            params![to, ordinal, point, from],
        )?;
        if moved != 1 {
            return Err(Error::NotFound);
        }
        tx.execute("UPDATE codings SET case_id = $1 WHERE point_id = $2", params![to, point])?;
        tx.execute("UPDATE second_codings SET case_id = $1 WHERE point_id = $2", params![to, point])?;
    }
    accused::split_off(tx, from, to)?;
    of_case(tx, to)
}

/// What the department found about a point, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    pub finding: &'a str,
    pub outcome: &'a str,
    pub outcome_kind: &'a str,
}

/// Writes the answer to a point of `case`.
pub fn answer(tx: &mut Tx<'_>, case: &CaseId, point: &PointId, answer: &Answer<'_>) -> Result<()> {
    let changed = tx.execute(
        "UPDATE points SET finding = $1, outcome = $2, outcome_kind = $3 WHERE id = $4 AND case_id = $5",
        params![answer.finding, answer.outcome, answer.outcome_kind, point, case],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Writes a new category of a point of `case`, from which version of the list, and who set it.
pub fn recode(
    tx: &mut Tx<'_>,
    case: &CaseId,
    point: &PointId,
    (category, version): (&str, &str),
    coder: &PersonId,
) -> Result<()> {
    let changed = tx.execute(
        "UPDATE points SET category = $1, category_version = $2, coder = $3 WHERE id = $4 AND case_id = $5",
        params![category, version, coder, point, case],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Takes the answers off every point of `case`: it is being answered anew.
pub fn clear_answers(tx: &mut Tx<'_>, case: &CaseId) -> Result<()> {
    tx.execute(
        "UPDATE points SET finding = NULL, outcome = NULL, outcome_kind = NULL WHERE case_id = $1",
        params![case],
    )
    .map(drop)
}
