//! A share of something: numerator and denominator are kept, because a percentage alone cannot be checked.

use serde::{Deserialize, Serialize};

/// `numerator` of `denominator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ratio {
    pub numerator: u64,
    pub denominator: u64,
}

impl Ratio {
    /// The share between 0 and 1; `None` where there is nothing to divide by: that is "n/a", never 0 % or 100 %.
    pub fn share(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }

    /// The share in tenths of a percent, rounded half up in whole numbers, so that no float decides a digit.
    pub fn permille(self) -> Option<u64> {
        let doubled = self.numerator.checked_mul(2000)?.checked_add(self.denominator)?;
        doubled.checked_div(self.denominator.checked_mul(2)?)
    }

    /// `86.0%` with the given decimal mark; `None` where there is nothing to divide by.
    pub fn percent(self, decimal_mark: char) -> Option<String> {
        self.permille().map(|permille| format!("{}{decimal_mark}{}%", permille / 10, permille % 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_divide_by_is_not_zero() {
        let none = Ratio { numerator: 0, denominator: 0 };
        assert_eq!(none.share(), None);
        assert_eq!(none.percent('.'), None);
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(Ratio { numerator: 1, denominator: 16 }.percent('.').as_deref(), Some("6.3%"));
        assert_eq!(Ratio { numerator: 880, denominator: 1060 }.percent(',').as_deref(), Some("83,0%"));
        assert_eq!(Ratio { numerator: 7, denominator: 7 }.percent('.').as_deref(), Some("100.0%"));
    }

    proptest! {
        #[test]
        fn the_rounded_share_is_never_off_by_more_than_half_a_permille(
            denominator in 1u64..1_000_000, part in 0.0f64..=1.0,
        ) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "small")]
            let numerator = (part * denominator as f64) as u64;
            let ratio = Ratio { numerator, denominator };
            let (Some(share), Some(permille)) = (ratio.share(), ratio.permille()) else {
                return Err(TestCaseError::fail("a denominator above 0 gives a share"));
            };
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let off = (share * 1000.0 - permille as f64).abs();
            prop_assert!(off <= 0.5 + 1e-6);
        }
    }
}
