//! How far two coders agree: the share of equal codes, and Cohen's kappa, which takes off what chance alone would give.
//! On an ordered axis the weighted kappa counts neighbours as half agreed, by linear weights.
//!
//! J. Cohen, *A coefficient of agreement for nominal scales*, 1960; *Weighted kappa*, 1968. All sums are whole numbers, so
//! that no float decides a digit.

use domain::Timestamp;

use crate::measure::{How, Measure};
use crate::table::Cell;
use crate::{Frame, Ratio};

/// One axis of a point, coded by two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    pub axis: String,
    pub case_id: String,
    pub case_number: String,
    /// Number of the point in its case.
    pub ordinal: i64,
    pub first: String,
    pub second: String,
    /// Versions of the lists that the first and the second code are from.
    pub versions: [String; 2],
    pub done_at: Timestamp,
}

impl PairRow {
    /// Whether both chose from the same list. Where a new version came between, two codes say nothing of the coders.
    pub fn comparable(&self) -> bool {
        let [first, second] = &self.versions;
        first == second
    }
}

/// Columns that are counted row by row; kappa is none of them.
pub fn measures() -> Vec<Measure<PairRow>> {
    let comparable = |row: &PairRow, _: &Frame| row.comparable();
    let other = |row: &PairRow, _: &Frame| !row.comparable();
    let same = |row: &PairRow, _: &Frame| row.comparable() && row.first == row.second;
    vec![
        Measure { id: "pairs", how: How::Count(comparable) },
        Measure { id: "pairs-other-list", how: How::Count(other) },
        Measure { id: "agreement-rate", how: How::Share { of: same, among: comparable } },
    ]
}

/// How the codes of an axis stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes<'a> {
    /// Equal or not.
    Names,
    /// Grades in their order.
    Grades(&'a [&'a str]),
}

/// What a set of pairs says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Equal codes among all pairs.
    pub same: Ratio,
    /// Agreement to be expected by chance, in hundredths; weighted where the codes are grades. None without a pair.
    pub chance: Option<i64>,
    /// Kappa in hundredths, -100 to 100. None where there is no pair, or where both used one and the same code only: then
    /// chance explains everything and kappa is not defined.
    pub kappa: Option<i64>,
    /// Half the width of the interval that holds kappa in 95 of 100 samples, in hundredths, rounded up. None where kappa is
    /// none, and where every pair agrees to the same degree: then the sample shows no spread to reckon from.
    pub margin: Option<i64>,
}

/// Reckons over pairs of first and second code.
pub fn agreement(pairs: &[(&str, &str)], codes: Codes<'_>) -> Agreement {
    let same = pairs.iter().filter(|(first, second)| first == second).count();
    let same = Ratio { numerator: same as u64, denominator: pairs.len() as u64 };
    let (count, full) = (pairs.len() as i128, full(codes));
    let seen: i128 = pairs.iter().map(|(first, second)| weight(codes, first, second)).sum();
    // Every first code with every second one: what independent coders with these habits would give.
    let firsts = tally(pairs.iter().map(|(first, _)| *first));
    let seconds = tally(pairs.iter().map(|(_, second)| *second));
    let expected: i128 = firsts
        .iter()
        .flat_map(|(first, often)| {
            seconds.iter().map(move |(second, also)| weight(codes, first, second) * often * also)
        })
        .sum();
    let all = count * count * full;
    let squares: i128 = pairs.iter().map(|(first, second)| weight(codes, first, second).pow(2)).sum();
    Agreement {
        same,
        chance: hundredths(expected, all),
        kappa: hundredths(seen * count - expected, all - expected),
        margin: margin((squares * count - seen * seen) * count, all - expected),
    }
}

/// 1.96 standard errors in hundredths, rounded up. The error is Cohen's of 1968, chance taken as fixed: the spread of the
/// weights over the pairs by (1 − chance); with all sums whole it is the root of `spread` by `below`.
fn margin(spread: i128, below: i128) -> Option<i64> {
    let error = u128::try_from(spread).ok().filter(|spread| *spread > 0)? * 196 * 196;
    let below = u128::try_from(below).ok().filter(|below| *below > 0)?;
    let root = error.isqrt() + u128::from(error.isqrt().pow(2) < error);
    i64::try_from(root.div_ceil(below)).ok()
}

/// Weight of full agreement.
fn full(codes: Codes<'_>) -> i128 {
    match codes {
        Codes::Names => 1,
        Codes::Grades(order) => (order.len() as i128 - 1).max(1),
    }
}

/// How far two codes agree: fully, not at all, or in between where they are grades. A grade that is in no list agrees with
/// itself alone.
fn weight(codes: Codes<'_>, first: &str, second: &str) -> i128 {
    if first == second {
        return full(codes);
    }
    let Codes::Grades(order) = codes else { return 0 };
    let place = |code: &str| order.iter().position(|known| *known == code);
    match (place(first), place(second)) {
        (Some(first), Some(second)) => full(codes) - first.abs_diff(second) as i128,
        _ => 0,
    }
}

fn tally<'a>(codes: impl Iterator<Item = &'a str>) -> std::collections::BTreeMap<&'a str, i128> {
    let mut tally = std::collections::BTreeMap::new();
    for code in codes {
        *tally.entry(code).or_insert(0) += 1;
    }
    tally
}

/// A fraction in hundredths, halves rounded away from nothing; none where there is nothing to divide by.
fn hundredths(above: i128, below: i128) -> Option<i64> {
    if below == 0 {
        return None;
    }
    let (sign, above) = (if (above < 0) != (below < 0) { -1 } else { 1 }, above.abs());
    let below = below.abs();
    i64::try_from(sign * ((above * 200 + below) / (below * 2))).ok()
}

/// The cells of one axis: pairs, pairs left out, agreement, chance, kappa, and from where to where it lies. Fewer than
/// `least` pairs give no kappa and no interval; pairs from different lists are told and not reckoned with.
pub fn cells(rows: &[&PairRow], codes: Codes<'_>, least: u64) -> Vec<Cell> {
    let comparable = rows.iter().filter(|row| row.comparable());
    let pairs: Vec<(&str, &str)> = comparable.map(|row| (row.first.as_str(), row.second.as_str())).collect();
    let found = agreement(&pairs, codes);
    let few = found.same.denominator < least;
    let of = |value: Option<i64>| match value {
        _ if few => Cell::Message("report-too-few".to_owned()),
        Some(value) => Cell::Hundredths(Some(value)),
        None => Cell::Message("report-one-code".to_owned()),
    };
    let bound = |sign: i64| match found.kappa.zip(found.margin) {
        _ if few => Cell::Message("report-too-few".to_owned()),
        Some((kappa, margin)) => Cell::Hundredths(Some((kappa + sign * margin).clamp(-100, 100))),
        None => Cell::Message("report-no-spread".to_owned()),
    };
    vec![
        Cell::Count(found.same.denominator),
        Cell::Count((rows.len() - pairs.len()) as u64),
        Cell::Ratio(found.same),
        of(found.chance),
        of(found.kappa),
        bound(-1),
        bound(1),
    ]
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;
