//! Cases that were not accepted, by the ground that was given, among all that came in.
//!
//! Clock basis: the cohort of cases by the day they were received; a case that was refused twice counts by its last ground.

use domain::Timestamp;

use crate::Ratio;
use crate::table::Cell;

/// A case of the period that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    pub case_number: String,
    /// Code of the ground.
    pub ground: String,
    pub at: Timestamp,
    /// What a review said: upheld, or taken up after all. None: not reviewed.
    pub upheld: Option<bool>,
}

/// Columns: ids, and whether they are shares.
pub const COLUMNS: [(&str, bool); 4] = [
    ("not-accepted", false),
    ("not-accepted-rate", true),
    ("refusals-reviewed", true),
    ("refusals-taken-up", false),
];

/// The cells of a ground, or of all; `new`: how many cases came in.
pub fn cells(rows: &[RefusedRow], ground: Option<&str>, new: u64) -> Vec<Cell> {
    let of: Vec<_> = rows.iter().filter(|row| ground.is_none_or(|ground| row.ground == ground)).collect();
    let count = of.len() as u64;
    let reviewed = of.iter().filter(|row| row.upheld.is_some()).count() as u64;
    let taken_up = of.iter().filter(|row| row.upheld == Some(false)).count() as u64;
    vec![
        Cell::Count(count),
        Cell::Ratio(Ratio { numerator: count, denominator: new }),
        Cell::Ratio(Ratio { numerator: reviewed, denominator: count }),
        Cell::Count(taken_up),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ground: &str, upheld: Option<bool>) -> RefusedRow {
        RefusedRow { case_number: "1".to_owned(), ground: ground.to_owned(), at: Timestamp(0), upheld }
    }

    #[test]
    fn refusals_by_ground_reckoned_by_hand() {
        let rows = [
            row("petition", None),
            row("petition", Some(true)),
            row("petition", Some(false)),
            row("concluded", None),
        ];
        let ratio = |numerator, denominator| Cell::Ratio(Ratio { numerator, denominator });
        assert_eq!(
            cells(&rows, Some("petition"), 50),
            [Cell::Count(3), ratio(3, 50), ratio(2, 3), Cell::Count(1)]
        );
        assert_eq!(
            cells(&rows, Some("concluded"), 50),
            [Cell::Count(1), ratio(1, 50), ratio(0, 1), Cell::Count(0)]
        );
        assert_eq!(cells(&rows, None, 50), [Cell::Count(4), ratio(4, 50), ratio(2, 4), Cell::Count(1)]);
        assert_eq!(cells(&[], None, 0), [Cell::Count(0), ratio(0, 0), ratio(0, 0), Cell::Count(0)]);
    }
}
