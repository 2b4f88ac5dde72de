//! Which node stands above which: a circle is opened at its least natural way, and every node stands below all that
//! lead to it.

use std::collections::{BTreeMap, VecDeque};

/// A way from node to node, by their numbers.
pub(super) type Way = (usize, usize);

/// The rank of each of `count` nodes, the top is 0, and for each way whether it leads down.
pub(super) fn ranks(count: usize, ways: &[Way], start: usize) -> (Vec<usize>, Vec<bool>) {
    let down = opened(count, ways, start);
    let kept: Vec<Way> = ways.iter().zip(&down).filter(|(_, down)| **down).map(|(way, _)| *way).collect();
    let mut rank = vec![0; count];
    // Longest way from above: after as many rounds as nodes nothing moves any more.
    for _ in 0..count {
        for (from, to) in &kept {
            let least = rank_of(&rank, *from) + 1;
            if let Some(rank) = rank.get_mut(*to) {
                *rank = (*rank).max(least);
            }
        }
    }
    // Where nothing leads to, a node stands right above what it leads to, not at the top.
    for node in (0..count).filter(|node| *node != start && !kept.iter().any(|(_, to)| to == node)) {
        let below = kept.iter().filter(|(from, _)| *from == node).map(|(_, to)| rank_of(&rank, *to)).min();
        if let (Some(below), Some(rank)) = (below, rank.get_mut(node)) {
            *rank = below.saturating_sub(1);
        }
    }
    (rank, down)
}

fn rank_of(ranks: &[usize], node: usize) -> usize {
    ranks.get(node).copied().unwrap_or_default()
}

/// Takes the ways one by one, the most natural first, and leaves out each that would close a circle. Natural is the only
/// way on from a node, then what leads further away from the start.
fn opened(count: usize, ways: &[Way], start: usize) -> Vec<bool> {
    let depth = depths(count, ways, start);
    let deep = |node: usize| i64::try_from(rank_of(&depth, node)).unwrap_or_default();
    let mut exits: BTreeMap<usize, usize> = BTreeMap::new();
    ways.iter().for_each(|(from, _)| *exits.entry(*from).or_default() += 1);
    let mut order: Vec<(usize, Way)> = ways.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, (from, to))| (exits.get(from) != Some(&1), deep(*from) - deep(*to)));
    let mut below = vec![Vec::new(); count];
    let mut down = vec![false; ways.len()];
    for (number, (from, to)) in order {
        if from == to || reaches(&below, to, from) {
            continue;
        }
        if let (Some(below), Some(down)) = (below.get_mut(from), down.get_mut(number)) {
            below.push(to);
            *down = true;
        }
    }
    down
}

/// Fewest steps from the start; what the start does not reach counts as far away.
fn depths(count: usize, ways: &[Way], start: usize) -> Vec<usize> {
    let mut depth = vec![count; count];
    let mut open = VecDeque::from([start]);
    if let Some(depth) = depth.get_mut(start) {
        *depth = 0;
    }
    while let Some(node) = open.pop_front() {
        let next = rank_of(&depth, node) + 1;
        for (_, to) in ways.iter().filter(|(from, _)| *from == node) {
            if let Some(depth) = depth.get_mut(*to).filter(|depth| **depth > next) {
                *depth = next;
                open.push_back(*to);
            }
        }
    }
    depth
}

fn reaches(below: &[Vec<usize>], from: usize, to: usize) -> bool {
    let (mut open, mut seen) = (vec![from], vec![false; below.len()]);
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if let Some(seen) = seen.get_mut(node).filter(|seen| !**seen) {
            *seen = true;
            open.extend(below.get(node).into_iter().flatten());
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stands_below_everything_that_leads_to_it() {
        let (rank, down) = ranks(4, &[(0, 1), (1, 2), (0, 2), (2, 3)], 0);
        assert_eq!((rank, down), (vec![0, 1, 2, 3], vec![true; 4]));
    }

    #[test]
    fn a_circle_is_opened_at_the_way_back() {
        let (rank, down) = ranks(3, &[(0, 1), (1, 2), (2, 1), (2, 0), (1, 1)], 0);
        assert_eq!((rank, down), (vec![0, 1, 2], vec![true, true, false, false, false]));
    }

    #[test]
    fn the_only_way_on_is_kept() {
        // 1 has other ways, 2 only the one to 1: the circle opens elsewhere.
        let (rank, down) = ranks(4, &[(0, 1), (1, 2), (2, 1), (1, 3), (0, 2)], 0);
        assert_eq!(down, [true, false, true, true, true]);
        assert_eq!(rank, [0, 2, 1, 3]);
    }

    #[test]
    fn what_nothing_leads_to_stands_close_to_what_it_leads_to() {
        assert_eq!(ranks(5, &[(0, 1), (1, 2), (2, 3), (4, 3)], 0).0, [0, 1, 2, 3, 2]);
    }
}
