//! Second codings: the draws that chose them, who codes a point once more, and the two codes side by side when that is done.

use domain::{CaseId, PersonId, PointId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// A point for a second coder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondCoding {
    pub point: PointId,
    pub case: CaseId,
    /// The draw it came from.
    pub sample: String,
    pub coder: PersonId,
    pub taken_at: Timestamp,
    /// When the coder gave it back uncoded.
    pub returned_at: Option<Timestamp>,
    /// None while it is under way.
    pub done_at: Option<Timestamp>,
}

/// Both codes of one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPair {
    pub case: CaseId,
    pub case_number: String,
    pub point: PointId,
    /// The point's number in its case.
    pub ordinal: i64,
    pub axis: String,
    pub first: String,
    /// Version of the list that the first code was taken from.
    pub first_version: String,
    pub second: String,
    pub second_version: String,
    pub done_at: Timestamp,
}

/// A code of an axis with the version of its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenCode<'a> {
    pub axis: &'a str,
    pub code: &'a str,
    pub version: &'a str,
}

const COLUMNS: &str = "point_id, case_id, sample_id, coder, taken_at, returned_at, done_at";

fn read(row: &Row) -> Result<SecondCoding> {
    Ok(SecondCoding {
        point: row.get(0)?,
        case: row.get(1)?,
        sample: row.get(2)?,
        coder: row.get(3)?,
        taken_at: row.get(4)?,
        returned_at: row.get(5)?,
        done_at: row.get(6)?,
    })
}

/// Gives a point to a second coder. [`Error::Conflict`] where somebody has it, or had it, already.
pub fn give(tx: &mut Tx<'_>, given: &SecondCoding) -> Result<()> {
    if of_point(tx, &given.point)?.is_some() {
        return Err(Error::Conflict("the point is coded a second time already".to_owned()));
    }
    tx.execute(
        &format!("INSERT INTO second_codings ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        params![
            &given.point,
            &given.case,
            &given.sample,
            &given.coder,
            given.taken_at,
            given.returned_at,
            given.done_at,
        ],
    )
    .map(drop)
}

/// Gives a point that came back to somebody else.
pub fn give_anew(tx: &mut Tx<'_>, point: &PointId, coder: &PersonId, at: Timestamp) -> Result<()> {
    let given = tx.execute(
        "UPDATE second_codings SET coder = $1, taken_at = $2, returned_at = NULL \
         WHERE point_id = $3 AND returned_at IS NOT NULL AND done_at IS NULL",
        params![coder, at, point],
    )?;
    if given == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The second coding of a point.
pub fn of_point(tx: &mut Tx<'_>, point: &PointId) -> Result<Option<SecondCoding>> {
    let sql = format!("SELECT {COLUMNS} FROM second_codings WHERE point_id = $1");
    tx.query(&sql, params![point])?.first().map(read).transpose()
}

/// Second codings of a case's points.
pub fn of_case(tx: &mut Tx<'_>, case: &CaseId) -> Result<Vec<SecondCoding>> {
    let sql = format!("SELECT {COLUMNS} FROM second_codings WHERE case_id = $1 ORDER BY point_id");
    tx.query(&sql, params![case])?.iter().map(read).collect()
}

/// Points of a draw that were given back and wait for another coder, oldest first.
pub fn returned(tx: &mut Tx<'_>) -> Result<Vec<SecondCoding>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM second_codings WHERE returned_at IS NOT NULL AND done_at IS NULL \
         ORDER BY returned_at, point_id"
    );
    tx.query(&sql, params![])?.iter().map(read).collect()
}

/// What somebody has in hand, oldest first.
pub fn in_hand(tx: &mut Tx<'_>, coder: &PersonId) -> Result<Vec<SecondCoding>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM second_codings WHERE coder = $1 AND done_at IS NULL AND returned_at IS NULL \
         ORDER BY taken_at, point_id"
    );
    tx.query(&sql, params![coder])?.iter().map(read).collect()
}

/// Copies of the points that somebody has in hand, which a merger carried to other cases.
pub fn copies_in_hand(tx: &mut Tx<'_>, coder: &PersonId) -> Result<Vec<PointId>> {
    tx.query(
        "SELECT p.id FROM second_codings s JOIN points p ON p.from_point = s.point_id \
         WHERE s.coder = $1 AND s.done_at IS NULL AND s.returned_at IS NULL ORDER BY p.id",
        params![coder],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// Takes a point back from its coder, uncoded.
pub fn give_back(tx: &mut Tx<'_>, point: &PointId, coder: &PersonId, at: Timestamp) -> Result<()> {
    let gone = tx.execute(
        "UPDATE second_codings SET returned_at = $1 \
         WHERE point_id = $2 AND coder = $3 AND done_at IS NULL AND returned_at IS NULL",
        params![at, point, coder],
    )?;
    if gone == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends a second coding with every code that was given, and the pairs: first and second code of an axis.
pub fn finish(
    tx: &mut Tx<'_>,
    point: &PointId,
    coder: &PersonId,
    at: Timestamp,
    codes: &[GivenCode<'_>],
    pairs: &[(GivenCode<'_>, GivenCode<'_>)],
) -> Result<()> {
    let ended = tx.execute(
        "UPDATE second_codings SET done_at = $1 \
         WHERE point_id = $2 AND coder = $3 AND done_at IS NULL AND returned_at IS NULL",
        params![at, point, coder],
    )?;
    if ended != 1 {
        return Err(Error::NotFound);
    }
    for given in codes {
        tx.execute(
            "INSERT INTO second_codes (point_id, axis, code, version) VALUES ($1, $2, $3, $4)",
            params![point, given.axis, given.code, given.version],
        )?;
    }
    for (first, second) in pairs {
        tx.execute(
            "INSERT INTO coding_pairs (point_id, axis, first, first_version, second, second_version) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            params![point, first.axis, first.code, first.version, second.code, second.version],
        )?;
    }
    Ok(())
}

/// Points that could be drawn for somebody who has coded none of them: standing, with a category, of cases received from
/// `from` until `until`, of one category or (with an empty one) of all, given to nobody; with case and category.
pub fn population(
    tx: &mut Tx<'_>,
    coder: &PersonId,
    from: Timestamp,
    until: Timestamp,
    category: &str,
) -> Result<Vec<(PointId, CaseId, String)>> {
    tx.query(
        "SELECT p.id, p.case_id, p.category FROM points p JOIN cases c ON c.id = p.case_id \
         WHERE c.received_at >= $1 AND c.received_at < $2 AND p.category <> '' AND p.dropped_at IS NULL \
           AND p.from_point IS NULL \
           AND ($3 = '' OR p.category = $3) AND p.coder <> $4 \
           AND NOT EXISTS (SELECT 1 FROM second_codings s WHERE s.point_id = p.id) \
           AND NOT EXISTS (SELECT 1 FROM codings k WHERE k.point_id = p.id AND k.coder = $4) \
         ORDER BY p.id",
        params![from, until, category, coder],
    )?
    .iter()
    .map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    .collect()
}

const PAIR: &str = "SELECT c.id, c.number, p.id, p.ordinal, k.axis, k.first, k.first_version, k.second, k.second_version, \
     s.done_at FROM second_codings s JOIN coding_pairs k ON k.point_id = s.point_id \
     JOIN points p ON p.id = s.point_id JOIN cases c ON c.id = p.case_id";

fn read_pair(row: &Row) -> Result<CodedPair> {
    Ok(CodedPair {
        case: row.get(0)?,
        case_number: row.get(1)?,
        point: row.get(2)?,
        ordinal: row.get(3)?,
        axis: row.get(4)?,
        first: row.get(5)?,
        first_version: row.get(6)?,
        second: row.get(7)?,
        second_version: row.get(8)?,
        done_at: row.get(9)?,
    })
}

/// Every pair whose second coding was done in the period, on one line or on all, in the order they were done.
pub fn pairs(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp, line: &str) -> Result<Vec<CodedPair>> {
    let sql = format!(
        "{PAIR} WHERE s.done_at >= $1 AND s.done_at < $2 AND ($3 = '' OR c.line = $3) \
         ORDER BY s.done_at, s.point_id, k.axis"
    );
    tx.query(&sql, params![from, until, line])?.iter().map(read_pair).collect()
}

/// Pairs that differ and that nobody has decided, oldest first; of points that still stand.
pub fn undecided(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<CodedPair>> {
    let sql = format!(
        "{PAIR} WHERE k.decided_at IS NULL AND k.first <> k.second AND p.dropped_at IS NULL \
         ORDER BY s.done_at, s.point_id, k.axis LIMIT $1"
    );
    tx.query(&sql, params![limit])?.iter().map(read_pair).collect()
}

/// The undecided pair of a point on an axis.
pub fn undecided_of(tx: &mut Tx<'_>, point: &PointId, axis: &str) -> Result<Option<CodedPair>> {
    let sql = format!(
        "{PAIR} WHERE k.point_id = $1 AND k.axis = $2 AND k.decided_at IS NULL AND k.first <> k.second"
    );
    tx.query(&sql, params![point, axis])?.first().map(read_pair).transpose()
}

/// What somebody decided where two codes differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<'a> {
    pub given: GivenCode<'a>,
    pub by: &'a PersonId,
    pub at: Timestamp,
    pub reason: &'a str,
}

/// Writes down a decision. [`Error::NotFound`] where there is nothing to decide any more.
pub fn decide(tx: &mut Tx<'_>, point: &PointId, decision: &Decision<'_>) -> Result<()> {
    let decided = tx.execute(
        "UPDATE coding_pairs SET decided = $1, decided_version = $2, decided_by = $3, decided_at = $4, decided_reason = $5 \
         WHERE point_id = $6 AND axis = $7 AND decided_at IS NULL AND first <> second",
        params![
            decision.given.code,
            decision.given.version,
            decision.by,
            decision.at,
            decision.reason,
            point,
            decision.given.axis,
        ],
    )?;
    if decided == 1 { Ok(()) } else { Err(Error::NotFound) }
}
