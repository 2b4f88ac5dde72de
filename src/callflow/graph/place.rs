//! Where each thing of a layer stands from left to right: as near as can be to what it is tied to, in the order given,
//! and never closer to its neighbour than allowed.

/// Rounds of pulling; lines are straight long before.
const ROUNDS: usize = 120;

/// One spot of the layers: how wide it is, and how strongly it stays in line (bends more than cards).
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) width: f64,
    pub(super) pull: f64,
}

/// The middle of every spot. `gap` stays free between neighbours. What hangs together is placed by itself, and then moved
/// to the left as far as it goes.
pub(super) fn middles(layers: &[Vec<usize>], spots: &[Spot], ties: &[(usize, usize)], gap: f64) -> Vec<f64> {
    let group = groups(spots.len(), ties);
    let mut x = vec![0.0; spots.len()];
    // How far each layer is taken.
    let mut edge = vec![f64::NEG_INFINITY; layers.len()];
    let mut seen = Vec::new();
    for name in layers.iter().flatten().filter_map(|spot| group.get(*spot)) {
        if seen.contains(name) {
            continue;
        }
        seen.push(*name);
        let ours = |spot: &usize| group.get(*spot) == Some(name);
        let own: Vec<Vec<usize>> =
            layers.iter().map(|layer| layer.iter().copied().filter(ours).collect()).collect();
        let bodies = Body { layers: &own, spots, ties, gap };
        bodies.place(&mut x);
        let left = |x: &[f64], spot: usize| bodies.at(x, spot) - bodies.width(spot) / 2.0;
        let least = own.iter().flatten().map(|spot| left(&x, *spot)).fold(f64::INFINITY, f64::min);
        let needed = own.iter().zip(&edge).filter_map(|(layer, edge)| {
            let first = layer.iter().map(|spot| left(&x, *spot)).reduce(f64::min)?;
            // Three gaps between what is not joined.
            Some(edge + 3.0 * gap - first)
        });
        let shift = needed.fold(-least, f64::max);
        for spot in own.iter().flatten() {
            x.get_mut(*spot).into_iter().for_each(|x| *x += shift);
        }
        for (layer, edge) in own.iter().zip(&mut edge) {
            let right = layer.iter().map(|spot| bodies.at(&x, *spot) + bodies.width(*spot) / 2.0);
            *edge = right.fold(*edge, f64::max);
        }
    }
    x
}

/// What hangs together, in its layers.
struct Body<'a> {
    layers: &'a [Vec<usize>],
    spots: &'a [Spot],
    ties: &'a [(usize, usize)],
    gap: f64,
}

impl Body<'_> {
    fn width(&self, spot: usize) -> f64 {
        self.spots.get(spot).map_or(0.0, |spot| spot.width)
    }

    fn at(&self, x: &[f64], spot: usize) -> f64 {
        x.get(spot).copied().unwrap_or_default()
    }

    fn place(&self, x: &mut [f64]) {
        for layer in self.layers {
            let mut left = 0.0;
            for spot in layer {
                x.get_mut(*spot).into_iter().for_each(|x| *x = left + self.width(*spot) / 2.0);
                left += self.width(*spot) + self.gap;
            }
        }
        for round in 0..ROUNDS {
            let downwards = round % 2 == 0;
            // The second half looks both ways.
            let both = round * 2 >= ROUNDS;
            let count = self.layers.len();
            for step in 0..count {
                let Some(layer) = self.layers.get(if downwards { step } else { count - 1 - step }) else {
                    continue;
                };
                let wanted: Vec<(f64, f64)> = layer
                    .iter()
                    .map(|spot| self.wanted(x, *spot, downwards || both, !downwards || both))
                    .collect();
                let widths: Vec<f64> = layer.iter().map(|spot| self.width(*spot)).collect();
                for (spot, middle) in layer.iter().zip(apart(&wanted, &widths, self.gap)) {
                    x.get_mut(*spot).into_iter().for_each(|x| *x = middle);
                }
            }
        }
    }

    /// Where a spot is drawn to by those above and below, and how strongly.
    fn wanted(&self, x: &[f64], spot: usize, above: bool, below: bool) -> (f64, f64) {
        let near = self.ties.iter().filter_map(|(upper, lower)| match (upper, lower) {
            (upper, lower) if *lower == spot && above => Some(*upper),
            (upper, lower) if *upper == spot && below => Some(*lower),
            _ => None,
        });
        let pull = |spot: usize| self.spots.get(spot).map_or(1.0, |spot| spot.pull);
        let (mut sum, mut weight) = (0.0, 0.0);
        for other in near {
            let strong = pull(spot) * pull(other);
            sum += strong * self.at(x, other);
            weight += strong;
        }
        if weight > 0.0 { (sum / weight, weight) } else { (self.at(x, spot), 0.01) }
    }
}

/// For every spot the number of what it hangs together with.
fn groups(count: usize, ties: &[(usize, usize)]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..count).collect();
    for _ in 0..count {
        let before = group.clone();
        for (one, other) in ties {
            let least = group.get(*one).copied().min(group.get(*other).copied());
            for spot in [one, other] {
                if let (Some(group), Some(least)) = (group.get_mut(*spot), least) {
                    *group = least;
                }
            }
        }
        if group == before {
            break;
        }
    }
    group
}

/// The places nearest to those wanted (place and weight, least squares) that keep the order and the gap: neighbours who
/// want to pass each other are joined in a block that stands where its members want it on average.
fn apart(wanted: &[(f64, f64)], widths: &[f64], gap: f64) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(widths.len());
    for (at, width) in widths.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| widths.get(at));
        offset += before.map_or(0.0, |before| (before + width) / 2.0 + gap);
        offsets.push(offset);
    }
    // Blocks: place, weight, members.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((place, weight), offset) in wanted.iter().zip(&offsets) {
        blocks.push((place - offset, *weight, 1));
        while let [.., (left, light, few), (right, heavy, many)] = blocks.as_slice()
            && left > right
        {
            let joined = ((left * light + right * heavy) / (light + heavy), light + heavy, few + many);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    let places = blocks.iter().flat_map(|(place, _, members)| std::iter::repeat_n(*place, *members));
    places.zip(&offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_keep_their_order_and_their_gap() {
        let x = apart(&[(10.0, 1.0), (10.0, 1.0), (100.0, 1.0)], &[20.0, 20.0, 20.0], 5.0);
        assert_eq!(x, [-2.5, 22.5, 100.0]);
    }

    #[test]
    fn a_lonely_chain_is_straight_and_stands_at_the_left() {
        let spots = [60.0, 20.0, 100.0].map(|width| Spot { width, pull: 1.0 });
        let x = middles(&[vec![0], vec![1], vec![2]], &spots, &[(0, 1), (1, 2)], 10.0);
        assert!(x.iter().all(|x| (x - 50.0).abs() < 0.01), "{x:?}");
    }
}
