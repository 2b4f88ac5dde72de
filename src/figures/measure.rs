//! A measure: one column of a report, as a test on rows.

use crate::percentile::{median, percentile};
use crate::table::Cell;
use crate::{Frame, Ratio};

/// A condition that a row fulfils or not.
pub type Test<R> = fn(&R, &Frame) -> bool;

/// A span in seconds, or another number to be averaged, that a row may have.
pub type Span<R> = fn(&R, &Frame) -> Option<i64>;

/// How a column comes about.
pub enum How<R> {
    /// How many rows pass.
    Count(Test<R>),
    /// How many pass `of`, among those that pass `among`; a row counts above only if it counts below.
    Share { of: Test<R>, among: Test<R> },
    /// Middle span, in days with one decimal.
    MedianDays(Span<R>),
    /// Mean of a plain number, with one decimal.
    MeanTenths(Span<R>),
    /// Mean span in seconds, rounded.
    MeanSeconds(Span<R>),
    /// The span that so many percent stay at or below.
    PercentileSeconds(Span<R>, u32),
    /// Longest span.
    LongestSeconds(Span<R>),
}

/// One column: its id (stable, in URLs and files) and how it comes about.
pub struct Measure<R> {
    /// The id; `figure-ID` names its title, `figure-ID-formula` its formula.
    pub id: &'static str,
    pub how: How<R>,
}

/// Which rows of a cell are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Those that are counted: the numerator of a share.
    Counted,
    /// Those that a share is taken among.
    Among,
}

/// Rows of one group with the cells of all measures.
pub struct Measured {
    /// What the group is called, as a code.
    pub key: String,
    pub cells: Vec<Cell>,
}

impl<R> Measure<R> {
    /// The value over `rows`.
    pub fn over(&self, rows: &[&R], frame: &Frame) -> Cell {
        let count = |test: &Test<R>| rows.iter().filter(|row| test(row, frame)).count() as u64;
        let spans = |span: &Span<R>| rows.iter().filter_map(|row| span(row, frame)).collect::<Vec<_>>();
        match &self.how {
            How::Count(test) => Cell::Count(count(test)),
            How::Share { of, among } => {
                let below: Vec<_> = rows.iter().filter(|row| among(row, frame)).collect();
                let above = below.iter().filter(|row| of(row, frame)).count();
                Cell::Ratio(Ratio { numerator: above as u64, denominator: below.len() as u64 })
            }
            How::MedianDays(span) => Cell::Tenths(median(&mut spans(span)).map(tenths_of_days)),
            How::MeanTenths(value) => Cell::Tenths(mean_tenths(&spans(value))),
            How::MeanSeconds(span) => Cell::Seconds(mean(&spans(span))),
            How::PercentileSeconds(span, percent) => Cell::Seconds(percentile(&mut spans(span), *percent)),
            How::LongestSeconds(span) => Cell::Seconds(spans(span).into_iter().max()),
        }
    }

    /// Whether the row stands behind the value.
    pub fn rests_on(&self, row: &R, side: Side, frame: &Frame) -> bool {
        match &self.how {
            How::Count(test) => test(row, frame),
            How::Share { of, among } => among(row, frame) && (side == Side::Among || of(row, frame)),
            How::MedianDays(span)
            | How::MeanTenths(span)
            | How::MeanSeconds(span)
            | How::PercentileSeconds(span, _)
            | How::LongestSeconds(span) => span(row, frame).is_some(),
        }
    }
}

/// One row of cells per group, groups in the order of their keys, and the cells over everything.
pub fn fold<R>(
    measures: &[Measure<R>],
    rows: &[R],
    frame: &Frame,
    key: impl Fn(&R) -> String,
) -> (Vec<Measured>, Vec<Cell>) {
    let mut groups = std::collections::BTreeMap::<String, Vec<&R>>::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    let cells = |rows: &[&R]| measures.iter().map(|measure| measure.over(rows, frame)).collect::<Vec<_>>();
    let all = cells(&rows.iter().collect::<Vec<_>>());
    (groups.into_iter().map(|(key, rows)| Measured { key, cells: cells(&rows) }).collect(), all)
}

fn mean(spans: &[i64]) -> Option<i64> {
    let count = i64::try_from(spans.len()).ok()?;
    (spans.iter().sum::<i64>() + count / 2).checked_div(count)
}

fn mean_tenths(values: &[i64]) -> Option<i64> {
    mean(&values.iter().map(|value| value * 10).collect::<Vec<_>>())
}

/// Seconds as tenths of days, rounded half up.
fn tenths_of_days(seconds: i64) -> i64 {
    (seconds + 4320) / 8640
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_tenth_of_a_day_is_rounded_up() {
        assert_eq!(tenths_of_days(86_400), 10);
        assert_eq!(tenths_of_days(4_319), 0);
        assert_eq!(tenths_of_days(4_320), 1);
    }

    #[test]
    fn the_mean_of_nothing_is_nothing() {
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[1, 2]), Some(2));
    }
}
