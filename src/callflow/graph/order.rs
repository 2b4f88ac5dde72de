//! The order of what stands side by side in a layer, so that few lines cross.

/// Rounds of sorting; more seldom help.
const ROUNDS: usize = 24;

/// Sorts each layer. `ties` join spots of neighbouring layers, the upper one first. The layers come in some order that
/// makes sense; the best order found comes back.
pub(super) fn sorted(mut layers: Vec<Vec<usize>>, ties: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let spots = layers.iter().flatten().max().map_or(0, |most| most + 1);
    let (mut above, mut below) = (vec![Vec::new(); spots], vec![Vec::new(); spots]);
    for (upper, lower) in ties {
        if let (Some(above), Some(below)) = (above.get_mut(*lower), below.get_mut(*upper)) {
            above.push(*upper);
            below.push(*lower);
        }
    }
    let mut best = (crossings(&layers, &below), layers.clone());
    for round in 0..ROUNDS {
        let downwards = round % 2 == 0;
        let neighbours = if downwards { &above } else { &below };
        sweep(&mut layers, neighbours, downwards);
        swap_neighbours(&mut layers, &above, &below);
        let count = crossings(&layers, &below);
        if count < best.0 {
            best = (count, layers.clone());
        }
    }
    best.1
}

fn places(layer: &[usize], spots: usize) -> Vec<usize> {
    let mut place = vec![0; spots];
    for (at, spot) in layer.iter().enumerate() {
        if let Some(place) = place.get_mut(*spot) {
            *place = at;
        }
    }
    place
}

/// Moves every spot to the middle of its neighbours in the layer before.
fn sweep(layers: &mut [Vec<usize>], neighbours: &[Vec<usize>], downwards: bool) {
    let count = layers.len();
    for step in 1..count {
        let (here, before) = if downwards { (step, step - 1) } else { (count - 1 - step, count - step) };
        let place = places(layers.get(before).map_or(&[], Vec::as_slice), neighbours.len());
        let Some(layer) = layers.get_mut(here) else { continue };
        let middle = |(at, spot): (usize, &usize)| {
            let near = neighbours.get(*spot).map_or(&[][..], Vec::as_slice);
            let sum: usize = near.iter().filter_map(|other| place.get(*other)).sum();
            // In thousandths of a place, whole numbers: the same script gives the same picture everywhere.
            let middle = (sum * 1000).checked_div(near.len()).unwrap_or(at * 1000);
            (middle, at, *spot)
        };
        let mut keyed: Vec<_> = layer.iter().enumerate().map(middle).collect();
        keyed.sort_unstable();
        *layer = keyed.into_iter().map(|(.., spot)| spot).collect();
    }
}

/// Swaps two who stand side by side wherever that saves a crossing.
fn swap_neighbours(layers: &mut [Vec<usize>], above: &[Vec<usize>], below: &[Vec<usize>]) {
    for at in 0..layers.len() {
        let upper = at.checked_sub(1).and_then(|at| layers.get(at)).cloned().unwrap_or_default();
        let lower = layers.get(at + 1).cloned().unwrap_or_default();
        let (upper, lower) = (places(&upper, above.len()), places(&lower, above.len()));
        let Some(layer) = layers.get_mut(at) else { continue };
        for left in 0..layer.len().saturating_sub(1) {
            let (Some(one), Some(other)) = (layer.get(left).copied(), layer.get(left + 1).copied()) else {
                continue;
            };
            let cost = |one: usize, other: usize| {
                between(above, one, other, &upper) + between(below, one, other, &lower)
            };
            if cost(other, one) < cost(one, other) {
                layer.swap(left, left + 1);
            }
        }
    }
}

/// Crossings of the lines of two spots of which `left` stands left.
fn between(neighbours: &[Vec<usize>], left: usize, right: usize, place: &[usize]) -> usize {
    let places = |spot: usize| {
        let near = neighbours.get(spot).map_or(&[][..], Vec::as_slice);
        near.iter().filter_map(|other| place.get(*other)).copied().collect::<Vec<_>>()
    };
    let (left, right) = (places(left), places(right));
    left.iter().map(|one| right.iter().filter(|other| *other < one).count()).sum()
}

fn crossings(layers: &[Vec<usize>], below: &[Vec<usize>]) -> usize {
    let pairs = layers.iter().zip(layers.iter().skip(1));
    let count = |(upper, lower): (&Vec<usize>, &Vec<usize>)| {
        let place = places(lower, below.len());
        let all = upper.iter().enumerate();
        all.flat_map(|(at, left)| upper.iter().skip(at + 1).map(move |right| (*left, *right)))
            .map(|(left, right)| between(below, left, right, &place))
            .sum::<usize>()
    };
    pairs.map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossed_lines_are_uncrossed() {
        let ties = [(0, 3), (1, 2)];
        let layers = sorted(vec![vec![0, 1], vec![2, 3]], &ties);
        let mut below = vec![Vec::new(); 4];
        ties.iter().for_each(|(upper, lower)| below[*upper].push(*lower));
        assert_eq!(crossings(&layers, &below), 0, "{layers:?}");
    }

    #[test]
    fn lines_that_must_cross_cross_once() {
        // Everybody is tied to everybody: one crossing cannot be avoided.
        let ties = [(0, 2), (0, 3), (1, 2), (1, 3)];
        let layers = sorted(vec![vec![1, 0], vec![3, 2]], &ties);
        let mut below = vec![Vec::new(); 4];
        ties.iter().for_each(|(upper, lower)| below[*upper].push(*lower));
        assert_eq!(crossings(&layers, &below), 1);
    }
}
