//! Chance that falls the same way every time: the demo's history must not differ from run to run.

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and good enough for stories.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for one matter; the same seed throws the same.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = to.saturating_sub(from).max(0).unsigned_abs().saturating_add(1);
        from.saturating_add_unsigned(self.bits() % span)
    }

    /// True in `percent` of 100 throws.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of a list; `None` of an empty one.
    pub(crate) fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(list.len()).ok()? - 1;
        list.get(usize::try_from(self.between(0, last)).ok()?)
    }

    /// One of a list, as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(T, i64)], otherwise: T) -> T {
        let mut left = self.between(1, list.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in list {
            left -= weight;
            if left <= 0 {
                return *value;
            }
        }
        otherwise
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_stays_in_bounds() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..1000).map(|_| dice.between(-3, 7)).collect::<Vec<_>>()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        assert!(throw(3).iter().all(|number| (-3..=7).contains(number)));
        assert!((-3..=7).all(|number| throw(4).contains(&number)));
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::new(5);
        let heads = (0..10_000).filter(|_| dice.weighted(&[('a', 90), ('b', 10)], 'c') == 'a').count();
        assert!((8_800..9_200).contains(&heads), "{heads}");
        assert_eq!(dice.one_of::<u8>(&[]), None);
    }
}
