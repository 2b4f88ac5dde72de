//! Second codings: who codes a point once more, and the two codes side by side when that is done.

use domain::{CaseId, PersonId, PointId, Timestamp};

use crate::{Error, Result, Row, Tx, params};

/// A point in the hands of a second coder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondCoding {
    pub point: PointId,
    pub case: CaseId,
    pub coder: PersonId,
    pub taken_at: Timestamp,
    /// None while it is under way.
    pub done_at: Option<Timestamp>,
}

/// Both codes of one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPair {
    pub case: CaseId,
    pub case_number: String,
    /// The point's number in its case.
    pub ordinal: i64,
    pub axis: String,
    pub first: String,
    pub second: String,
    /// Version of the list that the first code was taken from.
    pub version: String,
    pub done_at: Timestamp,
}

const COLUMNS: &str = "point_id, case_id, coder, taken_at, done_at";

fn read(row: &Row) -> Result<SecondCoding> {
    Ok(SecondCoding {
        point: row.get(0)?,
        case: row.get(1)?,
        coder: row.get(2)?,
        taken_at: row.get(3)?,
        done_at: row.get(4)?,
    })
}

/// Notes who has taken a point. [`Error::Conflict`] where somebody has it already.
pub fn take(tx: &mut Tx<'_>, taken: &SecondCoding) -> Result<()> {
    if of_point(tx, &taken.point)?.is_some() {
        return Err(Error::Conflict("the point is coded a second time already".to_owned()));
    }
    tx.execute(
        &format!("INSERT INTO second_codings ({COLUMNS}) VALUES ($1, $2, $3, $4, $5)"),
        params![&taken.point, &taken.case, &taken.coder, taken.taken_at, taken.done_at],
    )
    .map(drop)
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

/// What somebody has in hand, oldest first.
pub fn in_hand(tx: &mut Tx<'_>, coder: &PersonId) -> Result<Vec<SecondCoding>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM second_codings WHERE coder = $1 AND done_at IS NULL ORDER BY taken_at, point_id"
    );
    tx.query(&sql, params![coder])?.iter().map(read).collect()
}

/// Gives a point back without having coded it.
pub fn give_back(tx: &mut Tx<'_>, point: &PointId, coder: &PersonId) -> Result<()> {
    let gone = tx.execute(
        "DELETE FROM second_codings WHERE point_id = $1 AND coder = $2 AND done_at IS NULL",
        params![point, coder],
    )?;
    if gone == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends a second coding with its pairs: axis, first code, second code, version of the first.
pub fn finish(
    tx: &mut Tx<'_>,
    point: &PointId,
    coder: &PersonId,
    at: Timestamp,
    pairs: &[[String; 4]],
) -> Result<()> {
    let ended = tx.execute(
        "UPDATE second_codings SET done_at = $1 WHERE point_id = $2 AND coder = $3 AND done_at IS NULL",
        params![at, point, coder],
    )?;
    if ended != 1 {
        return Err(Error::NotFound);
    }
    for [axis, first, second, version] in pairs {
        tx.execute(
            "INSERT INTO coding_pairs (point_id, axis, first, second, version) VALUES ($1, $2, $3, $4, $5)",
            params![point, axis, first, second, version],
        )?;
    }
    Ok(())
}

/// Points that may be offered to somebody who has coded none of them: standing, with a category, of cases received
/// since `since`, taken by nobody. In an order that looks drawn, by the tail of the id.
pub fn offered(tx: &mut Tx<'_>, person: &PersonId, since: Timestamp, limit: i64) -> Result<Vec<PointId>> {
    tx.query(
        "SELECT p.id FROM points p JOIN cases c ON c.id = p.case_id \
         WHERE c.received_at >= $1 AND p.category <> '' AND p.dropped_at IS NULL AND p.coder <> $2 \
           AND NOT EXISTS (SELECT 1 FROM second_codings s WHERE s.point_id = p.id) \
           AND NOT EXISTS (SELECT 1 FROM codings k WHERE k.point_id = p.id AND k.coder = $2) \
         ORDER BY substr(p.id, 25), p.id LIMIT $3",
        params![since, person, limit],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// Every pair whose second coding was done in the period, on one line or on all, in the order they were done.
pub fn pairs(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp, line: &str) -> Result<Vec<CodedPair>> {
    let read = |row: &Row| {
        Ok(CodedPair {
            case: row.get(0)?,
            case_number: row.get(1)?,
            ordinal: row.get(2)?,
            axis: row.get(3)?,
            first: row.get(4)?,
            second: row.get(5)?,
            version: row.get(6)?,
            done_at: row.get(7)?,
        })
    };
    tx.query(
        "SELECT c.id, c.number, p.ordinal, k.axis, k.first, k.second, k.version, s.done_at \
         FROM second_codings s JOIN coding_pairs k ON k.point_id = s.point_id \
           JOIN points p ON p.id = s.point_id JOIN cases c ON c.id = p.case_id \
         WHERE s.done_at >= $1 AND s.done_at < $2 AND ($3 = '' OR c.line = $3) \
         ORDER BY s.done_at, s.point_id, k.axis",
        params![from, until, line],
    )?
    .iter()
    .map(read)
    .collect()
}
