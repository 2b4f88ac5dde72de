//! Percentiles by nearest rank: the answer is always a value that occurred.

/// The smallest value below or at which at least `percent` of 100 of all values lie; `None` for no values.
pub fn percentile<T: Ord + Copy>(values: &mut [T], percent: u32) -> Option<T> {
    values.sort_unstable();
    let rank = (values.len() as u64 * u64::from(percent.min(100))).div_ceil(100).max(1);
    values.get(usize::try_from(rank - 1).ok()?).copied()
}

/// The value in the middle; of two in the middle the lower one.
pub fn median<T: Ord + Copy>(values: &mut [T]) -> Option<T> {
    percentile(values, 50)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nearest_rank() {
        assert_eq!(median::<i64>(&mut []), None);
        assert_eq!(median(&mut [3]), Some(3));
        assert_eq!(median(&mut [4, 1, 3, 2]), Some(2));
        assert_eq!(percentile(&mut [15, 20, 35, 40, 50], 30), Some(20));
        assert_eq!(percentile(&mut [15, 20, 35, 40, 50], 40), Some(20));
        assert_eq!(percentile(&mut [15, 20, 35, 40, 50], 100), Some(50));
        assert_eq!(percentile(&mut [15, 20], 0), Some(15));
    }

    proptest! {
        #[test]
        fn at_least_that_many_lie_at_or_below(mut values in prop::collection::vec(0i64..100, 1..50), percent in 0u32..=100) {
            let Some(found) = percentile(&mut values, percent) else {
                return Err(TestCaseError::fail("values were given"));
            };
            let below = values.iter().filter(|value| **value <= found).count();
            prop_assert!(below * 100 >= values.len() * percent as usize);
        }
    }
}
