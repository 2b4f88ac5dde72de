//! Where everything stands: cards in ranks from top to bottom, lines with their labels between them. A label and each
//! bend of a line has a place of its own in its layer, so that nothing covers anything.

use super::chart::{Card, Chart, Line, small};
use super::order;
use super::place::{self, Spot};

/// Free space between neighbours of a layer, above and below layers, and at the edge.
const GAP: f64 = 22.0;
const MARGIN: f64 = 16.0;
/// Room of a layer of labels.
const LABEL: f64 = 20.0;
/// Lines bend in the gaps between layers: as high as they go sideways asks for.
const LEAST_BEND: f64 = 16.0;
const MOST_BEND: f64 = 46.0;

/// A box by its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line as it is drawn: down the first leg, over to the next one, down that one, and so on.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// Upright legs: x, upper end, lower end.
    pub(super) legs: Vec<(f64, f64, f64)>,
    pub(super) label: Rect,
}

/// The picture's places, cards and lines in the order of the chart.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) cards: Vec<Rect>,
    pub(super) routes: Vec<Route>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Spots in layers: the cards first, then what each line needs. Even layers hold cards, odd ones labels.
struct Grid {
    spots: Vec<Spot>,
    layers: Vec<Vec<usize>>,
    ties: Vec<(usize, usize)>,
    /// The spots of each line between its two cards.
    chains: Vec<Vec<usize>>,
}

impl Layout {
    pub(super) fn of(chart: &Chart) -> Self {
        let mut grid = Grid::of(chart);
        grid.layers = order::sorted(std::mem::take(&mut grid.layers), &grid.ties);
        grid.lay_in_order();
        let middles = place::middles(&grid.layers, &grid.spots, &grid.ties, GAP);
        let x = |spot: usize| MARGIN + middles.get(spot).copied().unwrap_or_default();
        let bands = bands(chart, &grid, &x);
        let top = |layer: usize| bands.get(layer).map_or(0.0, |band| band.0);
        let bottom = |layer: usize| bands.get(layer).map_or(0.0, |band| band.1);
        let rank = |card: usize| chart.ranks.get(card).copied().unwrap_or_default();
        let rects: Vec<Rect> = chart
            .cards
            .iter()
            .enumerate()
            .map(|(at, card)| Rect {
                x: x(at) - card.width / 2.0,
                y: top(2 * rank(at)),
                width: card.width,
                height: card.height,
            })
            .collect();
        let ports = Ports { chart, chains: &grid.chains, x: &x };
        let routes = chart.lines.iter().enumerate().map(|(at, line)| {
            let (from, to) = (2 * rank(line.from), 2 * rank(line.to));
            let chain = grid.chains.get(at).map_or(&[][..], Vec::as_slice);
            let card = rects.get(line.from).copied();
            let mut legs =
                vec![(ports.leaving(at, line), card.map_or(0.0, |card| card.y + card.height), bottom(from))];
            legs.extend(
                chain.iter().zip(from + 1..).map(|(spot, layer)| (x(*spot), top(layer), bottom(layer))),
            );
            let end = top(to);
            legs.push((ports.coming(at, line), end, end));
            let middle = chain.first().map_or(0.0, |spot| x(*spot));
            let label = Rect {
                x: middle - line.width / 2.0,
                y: top(from + 1),
                width: line.width,
                height: bottom(from + 1) - top(from + 1),
            };
            Route { legs, label }
        });
        let routes: Vec<Route> = routes.collect();
        let right = grid.spots.iter().enumerate().map(|(at, spot)| x(at) + spot.width / 2.0);
        let width = right.fold(0.0, f64::max) + MARGIN;
        let height = bands.last().map_or(0.0, |band| band.1) + MARGIN;
        Self { cards: rects, routes, width, height }
    }
}

impl Grid {
    /// Turns everything round when most choices would stand from right to left.
    fn lay_in_order(&mut self) {
        let place = |spot: usize| {
            self.layers
                .iter()
                .find_map(|layer| layer.iter().position(|other| *other == spot))
                .unwrap_or_default()
        };
        // Lines of one card follow each other in the order of their keys.
        let from = |chain: &[usize]| {
            let first = *chain.first()?;
            Some((self.ties.iter().find(|(_, lower)| *lower == first)?.0, place(first)))
        };
        let ends: Vec<_> = self.chains.iter().map(|chain| from(chain)).collect();
        let pairs = ends.windows(2).filter_map(|two| match two {
            [Some((card, one)), Some((other_card, other))] if card == other_card => Some(other < one),
            _ => None,
        });
        let (wrong, right): (Vec<bool>, Vec<bool>) = pairs.partition(|wrong| *wrong);
        if wrong.len() > right.len() {
            self.layers.iter_mut().for_each(|layer| layer.reverse());
        }
    }

    fn of(chart: &Chart) -> Self {
        let rank = |card: usize| chart.ranks.get(card).copied().unwrap_or_default();
        let spot = |card: &Card| Spot { width: card.width, pull: 1.0 };
        let mut grid = Self {
            spots: chart.cards.iter().map(spot).collect(),
            layers: vec![Vec::new(); 2 * chart.ranks.iter().max().map_or(0, |most| most + 1)],
            ties: Vec::new(),
            chains: Vec::new(),
        };
        for card in by_way(chart) {
            grid.layers.get_mut(2 * rank(card)).into_iter().for_each(|layer| layer.push(card));
        }
        for line in &chart.lines {
            let (first, last) = (2 * rank(line.from) + 1, 2 * rank(line.to));
            let mut chain = Vec::new();
            let mut before = line.from;
            for layer in first..last {
                let at = grid.spots.len();
                let label = layer == first;
                grid.spots.push(Spot {
                    width: if label { line.width } else { 8.0 },
                    pull: if label { 2.0 } else { 5.0 },
                });
                grid.layers.get_mut(layer).into_iter().for_each(|layer| layer.push(at));
                grid.ties.push((before, at));
                chain.push(at);
                before = at;
            }
            grid.ties.push((before, line.to));
            grid.chains.push(chain);
        }
        grid
    }
}

/// The cards as a walk along the lines meets them: a good order to begin with.
fn by_way(chart: &Chart) -> Vec<usize> {
    let mut seen = Vec::new();
    let mut first: Vec<usize> = (0..chart.cards.len()).collect();
    first.sort_by_key(|card| !chart.cards.get(*card).is_some_and(|card| card.begins));
    for card in first {
        let mut open = vec![card];
        while let Some(card) = open.pop() {
            if seen.contains(&card) {
                continue;
            }
            seen.push(card);
            open.extend(chart.lines.iter().rev().filter(|line| line.from == card).map(|line| line.to));
        }
    }
    seen
}

/// Upper and lower edge of every layer.
fn bands(chart: &Chart, grid: &Grid, x: &impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
    let mut bands = Vec::new();
    let mut y = MARGIN + 38.0;
    for (number, layer) in grid.layers.iter().enumerate() {
        let tallest = layer.iter().filter_map(|spot| chart.cards.get(*spot)).map(|card| card.height);
        let empty = layer.is_empty();
        let height = if number % 2 == 0 { tallest.fold(0.0, f64::max) } else { LABEL };
        bands.push((y, y + if empty { 0.0 } else { height }));
        let sideways = grid.ties.iter().filter(|(upper, _)| layer.contains(upper));
        let widest = sideways.map(|(upper, lower)| (x(*upper) - x(*lower)).abs()).fold(0.0, f64::max);
        y += if empty { 0.0 } else { height + (widest / 9.0).clamp(LEAST_BEND, MOST_BEND) };
    }
    bands
}

/// Where lines leave and reach cards: side by side, in the order of where they go.
struct Ports<'a, X: Fn(usize) -> f64> {
    chart: &'a Chart,
    chains: &'a [Vec<usize>],
    x: &'a X,
}

impl<X: Fn(usize) -> f64> Ports<'_, X> {
    fn leaving(&self, line: usize, of: &Line) -> f64 {
        let next = |at: usize, line: &Line| {
            (self.x)(self.chains.get(at).and_then(|chain| chain.first()).copied().unwrap_or(line.to))
        };
        self.port(of.from, line, |line| line.from, next)
    }

    fn coming(&self, line: usize, of: &Line) -> f64 {
        let before = |at: usize, line: &Line| {
            (self.x)(self.chains.get(at).and_then(|chain| chain.last()).copied().unwrap_or(line.from))
        };
        self.port(of.to, line, |line| line.to, before)
    }

    fn port(
        &self,
        card: usize,
        line: usize,
        end: impl Fn(&Line) -> usize,
        beside: impl Fn(usize, &Line) -> f64,
    ) -> f64 {
        let all = self.chart.lines.iter().enumerate().filter(|(_, other)| end(other) == card);
        let mut all: Vec<(f64, usize)> = all.map(|(at, other)| (beside(at, other), at)).collect();
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let place = all.iter().position(|(_, at)| *at == line).unwrap_or_default();
        let width = self.chart.cards.get(card).map_or(0.0, |card| card.width);
        let step = (width * 0.7 / small(all.len())).min(34.0);
        (self.x)(card) + step * (small(place) - (small(all.len()) - 1.0) / 2.0)
    }
}
