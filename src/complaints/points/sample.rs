//! Drawing points for a second coding, so that anybody can draw the same again: each point gets a number from the seed and
//! its id, and the points with the smallest numbers are drawn, category by category, in the share each has of all.

use std::collections::BTreeMap;

use domain::PointId;

/// How many are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Count(u32),
    /// Percent of the points there are, rounded up.
    Share(u32),
}

impl Wanted {
    /// Points out of `population`, never more than there are.
    pub fn of(self, population: usize) -> usize {
        match self {
            Self::Count(count) => (count as usize).min(population),
            Self::Share(percent) => (population * percent.min(100) as usize).div_ceil(100),
        }
    }
}

/// What one category gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    pub category: String,
    /// Points of the category that could have been drawn.
    pub population: usize,
    /// Those that were, in the order of their numbers.
    pub drawn: Vec<PointId>,
}

/// Draws `count` points of a population of points with their categories. The same population, in whatever order, with the
/// same seed gives the same points.
pub fn draw(seed: u64, population: &[(PointId, String)], count: usize) -> Vec<Stratum> {
    let mut strata: BTreeMap<&str, Vec<(u64, &PointId)>> = BTreeMap::new();
    for (point, category) in population {
        strata.entry(category).or_default().push((number(seed, point), point));
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let shares = shares(&sizes, count);
    let drawn = strata.into_iter().zip(shares).map(|((category, mut points), share)| {
        points.sort_unstable();
        let population = points.len();
        let drawn = points.into_iter().take(share).map(|(_, point)| point.clone()).collect();
        Stratum { category: category.to_owned(), population, drawn }
    });
    drawn.collect()
}

/// `count` shared out in proportion to `sizes`; what rounding leaves goes to the largest remainders, and among equal ones
/// to the first.
fn shares(sizes: &[usize], count: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    if all == 0 {
        return vec![0; sizes.len()];
    }
    let count = count.min(all);
    let mut shares: Vec<usize> = sizes.iter().map(|size| size * count / all).collect();
    let mut rest: Vec<usize> = (0..sizes.len()).collect();
    rest.sort_by_key(|at| std::cmp::Reverse(sizes.get(*at).map_or(0, |size| size * count % all)));
    let missing = count - shares.iter().sum::<usize>();
    for at in rest.into_iter().take(missing) {
        if let Some(share) = shares.get_mut(at) {
            *share += 1;
        }
    }
    shares
}

/// The number of a point: its id after the seed by FNV-1a, stirred by the end of SplitMix64 so that ids which differ in
/// one letter lie far apart.
fn number(seed: u64, point: &PointId) -> u64 {
    let bytes = seed.to_be_bytes();
    let fnv = bytes.iter().chain(point.as_str().as_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let once = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn population(sizes: &[(&str, usize)]) -> Vec<(PointId, String)> {
        let of = |(category, size): &(&str, usize)| {
            let category = (*category).to_owned();
            (0..*size)
                .map(move |at| (PointId::new(format!("{category}-{at}")), category.clone()))
                .collect::<Vec<_>>()
        };
        sizes.iter().flat_map(of).collect()
    }

    #[test]
    fn how_many_are_wanted() {
        let table = [
            (Wanted::Count(20), 7, 7),
            (Wanted::Count(3), 7, 3),
            (Wanted::Share(10), 41, 5),
            (Wanted::Share(300), 4, 4),
            (Wanted::Share(10), 0, 0),
        ];
        for (wanted, population, count) in table {
            assert_eq!(wanted.of(population), count, "{wanted:?} of {population}");
        }
    }

    #[test]
    fn every_category_gives_its_share() {
        let drawn = draw(7, &population(&[("attitude", 60), ("fees", 30), ("drugs", 10)]), 20);
        let told: Vec<_> =
            drawn.iter().map(|one| (one.category.as_str(), one.population, one.drawn.len())).collect();
        assert_eq!(told, [("attitude", 60, 12), ("drugs", 10, 2), ("fees", 30, 6)]);
    }

    #[test]
    fn another_seed_draws_others() {
        let all = population(&[("fees", 200)]);
        let (one, other) = (draw(1, &all, 20), draw(2, &all, 20));
        assert_ne!(one, other);
        let both = one[0].drawn.iter().filter(|point| other[0].drawn.contains(point)).count();
        assert!(both < 10, "{both} of 20 drawn by both seeds");
    }

    proptest! {
        #[test]
        fn a_draw_can_be_repeated_and_has_the_number_that_was_asked(
            seed in any::<u64>(), sizes in prop::collection::vec(0_usize..30, 1..6), count in 0_usize..120,
        ) {
            let names = ["a", "b", "c", "d", "e"];
            let sizes: Vec<(&str, usize)> = names.iter().copied().zip(sizes).collect();
            let all = population(&sizes);
            let turned: Vec<_> = all.iter().rev().cloned().collect();
            let drawn = draw(seed, &all, count);
            prop_assert_eq!(&drawn, &draw(seed, &turned, count));
            let sum: usize = drawn.iter().map(|one| one.drawn.len()).sum();
            prop_assert_eq!(sum, count.min(all.len()));
            for one in &drawn {
                let fair = one.population * count.min(all.len()) / all.len();
                prop_assert!(one.drawn.len() == fair || one.drawn.len() == fair + 1);
            }
        }
    }
}
