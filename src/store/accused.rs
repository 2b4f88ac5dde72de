//! Whom a case accuses. Every point leaves its mark here when it is written; what is dropped, carried to another case or
//! split off accuses on.

use std::collections::BTreeSet;

use domain::{CaseId, PointId};

use crate::case_lists::places;
use crate::points::Point;
use crate::{Result, Tx, params};

/// Marks a new point: what was told, as it stands there.
pub(crate) fn mark(tx: &mut Tx<'_>, point: &Point) -> Result<()> {
    let told = point.institution.as_deref().unwrap_or_default();
    add(tx, &point.case, &point.id, told, &point.case)
}

fn add(tx: &mut Tx<'_>, case: &CaseId, point: &PointId, institution: &str, origin: &CaseId) -> Result<()> {
    tx.execute(
        "INSERT INTO accused (case_id, point_id, institution, origin) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (case_id, point_id, institution) DO NOTHING",
        params![case, point, institution, origin],
    )
    .map(drop)
}

/// Notes that a point means the institution with this code, wherever the point weighs.
pub fn means(tx: &mut Tx<'_>, point: &PointId, code: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO accused (case_id, point_id, institution, origin) \
         SELECT DISTINCT case_id, point_id, $1, origin FROM accused WHERE point_id = $2 \
         ON CONFLICT (case_id, point_id, institution) DO NOTHING",
        params![code, point],
    )
    .map(drop)
}

/// Those of these cases that accuse an institution.
pub fn by_cases(tx: &mut Tx<'_>, cases: &[CaseId], institution: &str) -> Result<BTreeSet<CaseId>> {
    if cases.is_empty() {
        return Ok(BTreeSet::new());
    }
    let (places, mut values) = places(cases);
    values.push(institution.into());
    let sql = format!(
        "SELECT DISTINCT case_id FROM accused WHERE case_id IN ({places}) AND institution = ${}",
        values.len()
    );
    tx.query(&sql, &values)?.iter().map(|row| row.get(0)).collect()
}

/// `into` accuses from now on whom `held` accuses.
pub fn take_over(tx: &mut Tx<'_>, into: &CaseId, held: &CaseId) -> Result<()> {
    tx.execute(
        "INSERT INTO accused (case_id, point_id, institution, origin) \
         SELECT $1, point_id, institution, $2 FROM accused WHERE case_id = $2 \
         ON CONFLICT (case_id, point_id, institution) DO NOTHING",
        params![into, held],
    )
    .map(drop)
}

/// What `into` took over from `held` weighs there no longer.
pub fn give_back(tx: &mut Tx<'_>, into: &CaseId, held: &CaseId) -> Result<()> {
    tx.execute("DELETE FROM accused WHERE case_id = $1 AND origin = $2", params![into, held]).map(drop)
}

/// A copy of a point was taken back by who brought it.
pub fn forget_copy(tx: &mut Tx<'_>, case: &CaseId, point: &PointId) -> Result<()> {
    tx.execute("DELETE FROM accused WHERE case_id = $1 AND point_id = $2", params![case, point]).map(drop)
}

/// A case that came out of another tells of all that it told of.
pub(crate) fn split_off(tx: &mut Tx<'_>, from: &CaseId, to: &CaseId) -> Result<()> {
    tx.execute(
        "INSERT INTO accused (case_id, point_id, institution, origin) \
         SELECT $1, point_id, institution, $1 FROM accused WHERE case_id = $2 \
         ON CONFLICT (case_id, point_id, institution) DO NOTHING",
        params![to, from],
    )
    .map(drop)
}

/// Every point with what was told of where it happened: its institution, or its place where none was told.
pub fn told(tx: &mut Tx<'_>) -> Result<Vec<(PointId, String)>> {
    let sql = "SELECT id, COALESCE(institution, place) FROM points \
               WHERE institution IS NOT NULL OR place IS NOT NULL ORDER BY id";
    tx.query(sql, &[])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
