//! Whether two shares differ by more than chance explains: the interval of the difference of two proportions by
//! R. G. Newcombe (1998), method 10, from the score intervals of E. B. Wilson (1927). It holds for small counts and for
//! shares near none and all, where the usual textbook formula does not.

use crate::Ratio;

/// Where a difference of shares lies, as a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Whether no difference at all is outside of it.
    pub fn excludes_nothing(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// Wilson's score interval of a share, `z` standard errors wide to each side; `None` where there is nothing to divide by.
pub fn wilson(ratio: Ratio, z: f64) -> Option<Interval> {
    let share = ratio.share()?;
    #[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]
    let n = ratio.denominator as f64;
    let middle = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let width = 1.0 + z * z / n;
    Some(Interval { low: ((middle - half) / width).max(0.0), high: ((middle + half) / width).min(1.0) })
}

/// Newcombe's interval of `one` minus `other`.
pub fn difference(one: Ratio, other: Ratio, z: f64) -> Option<Interval> {
    let (p, q) = (one.share()?, other.share()?);
    let (of_p, of_q) = (wilson(one, z)?, wilson(other, z)?);
    let down = (p - of_p.low).hypot(of_q.high - q);
    let up = (of_p.high - p).hypot(q - of_q.low);
    Some(Interval { low: p - q - down, high: p - q + up })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(numerator: u64, denominator: u64) -> Ratio {
        Ratio { numerator, denominator }
    }

    /// The examples (a) to (d) of Newcombe's paper, method 10, 95 %.
    #[test]
    fn the_published_examples() {
        for (one, other, low, high) in [
            (ratio(56, 70), ratio(48, 80), 0.0524, 0.3339),
            (ratio(9, 10), ratio(3, 10), 0.1705, 0.8090),
            (ratio(6, 7), ratio(2, 7), 0.0582, 0.8062),
            (ratio(5, 56), ratio(0, 29), -0.0381, 0.1926),
        ] {
            let found = difference(one, other, 1.959_964).unwrap();
            assert!((found.low - low).abs() < 0.000_06 && (found.high - high).abs() < 0.000_06, "{found:?}");
        }
    }

    #[test]
    fn nothing_to_divide_by_has_no_interval() {
        assert_eq!(difference(ratio(0, 0), ratio(1, 2), 1.96), None);
    }

    proptest! {
        #[test]
        fn a_share_never_differs_from_itself(n in 1u64..10_000, part in 0u64..10_000) {
            let one = ratio(part.min(n), n);
            let same = difference(one, one, 2.576).unwrap();
            prop_assert!(!same.excludes_nothing() && same.low <= 0.0 && same.high >= 0.0);
        }

        #[test]
        fn the_interval_holds_the_difference_and_turns_with_the_order(
            a in 0u64..400, n in 1u64..400, b in 0u64..400, m in 1u64..400,
        ) {
            let (one, other) = (ratio(a.min(n), n), ratio(b.min(m), m));
            let here = difference(one, other, 2.576).unwrap();
            let there = difference(other, one, 2.576).unwrap();
            let told = one.share().unwrap() - other.share().unwrap();
            prop_assert!(here.low <= told + 1e-9 && told <= here.high + 1e-9);
            prop_assert!((here.low + there.high).abs() < 1e-9 && (here.high + there.low).abs() < 1e-9);
        }
    }
}
