//! Figures for everybody: tables in which no small number can be read, nor reckoned from what stands around it.
//!
//! A number of cases below the least that may be told is withheld. So are as many of its neighbours and totals as it takes
//! that nobody who knows all that is shown, and that what is withheld is not zero, can tell what any withheld number is.
//! A zero is shown: it tells of nobody.

/// A table of counts with its totals; `None`: withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub cells: Vec<Vec<Option<u64>>>,
    /// Totals of the rows.
    pub rows: Vec<Option<u64>>,
    /// Totals of the columns.
    pub columns: Vec<Option<u64>>,
    pub all: Option<u64>,
}

/// What may be shown of a table of counts with so many columns. `least`: the smallest number that may be told.
pub fn protect(counts: &[Vec<u64>], columns: usize, least: u64) -> Published {
    let mut table = Extended::of(counts, columns);
    table.hide_small(least);
    table.hide_what_tells();
    table.show_what_may_be();
    table.published()
}

/// The counts with their totals as one more row and column. With the totals of rows and columns taken as negative, every row
/// and every column adds up to nothing: one rule for all.
struct Extended {
    /// Row by row.
    counts: Vec<Vec<u64>>,
    hidden: Vec<Vec<bool>>,
    /// Which cells were withheld because they are small: they stay so.
    small: Vec<Vec<bool>>,
}

/// A place in the table.
type At = (usize, usize);

/// Which way a number is moved.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
}

/// Numbers that are moved together.
struct Round {
    cells: Vec<At>,
    /// What is lost if they are all withheld.
    loss: u64,
}

impl Extended {
    fn of(counts: &[Vec<u64>], width: usize) -> Self {
        let mut rows: Vec<Vec<u64>> =
            counts.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
        let column = |place: usize| rows.iter().filter_map(|row| row.get(place)).sum();
        let totals = (0..=width).map(column).collect();
        rows.push(totals);
        let nothing = vec![vec![false; width + 1]; rows.len()];
        Self { counts: rows, hidden: nothing.clone(), small: nothing }
    }

    fn hide_small(&mut self, least: u64) {
        for (row, column) in self.places() {
            let small = (1..least).contains(&self.counts[row][column]);
            self.small[row][column] = small;
            self.hidden[row][column] = small;
        }
    }

    /// Withholds more until no withheld number can be reckoned, each time the least that helps.
    fn hide_what_tells(&mut self) {
        while let Some(told) = self.places().find(|at| self.is_told(*at)) {
            let ways = [Way::Up, Way::Down].map(|way| self.way_round(told, way));
            let Some(round) = ways.into_iter().flatten().min_by_key(|round| round.loss) else { return };
            for (row, column) in round.cells {
                self.hidden[row][column] = true;
            }
        }
    }

    /// Shows again what was withheld for nothing, the most telling first.
    fn show_what_may_be(&mut self) {
        let mut more: Vec<At> =
            self.places().filter(|at| self.is_hidden(*at) && !self.small[at.0][at.1]).collect();
        more.sort_by_key(|at| std::cmp::Reverse(self.counts[at.0][at.1]));
        for at in more {
            self.hidden[at.0][at.1] = false;
            if self.places().any(|other| self.is_told(other)) {
                self.hidden[at.0][at.1] = true;
            }
        }
    }

    /// What is lost by withholding a number: nothing where it is withheld already; a total is worth more than any number.
    fn worth(&self, at: At) -> u64 {
        let (last_row, last_column) = self.corner();
        let totals = u64::from(at.0 == last_row) + u64::from(at.1 == last_column);
        let most = self.counts[last_row][last_column] + 1;
        if self.is_hidden(at) { 0 } else { self.counts[at.0][at.1] + totals * most }
    }

    /// Whether a number is withheld, and yet what is shown leaves it only one value.
    fn is_told(&self, at: At) -> bool {
        let free = |way| self.way_round(at, way).is_some_and(|round| round.loss == 0);
        self.is_hidden(at) && !free(Way::Up) && !free(Way::Down)
    }

    /// The cheapest way to move a number by one with all sums kept: along its row to another number that moves back, along
    /// that one's column to one that moves forth, and so on until the number's own column is right again. It is free where
    /// all of them are withheld.
    fn way_round(&self, start: At, way: Way) -> Option<Round> {
        if !self.may_move(start, way) {
            return None;
        }
        let (back, forth) = if way == Way::Up { (Way::Down, Way::Up) } else { (Way::Up, Way::Down) };
        // For each row: what it costs to have it out of balance, how one came there, and whether that is settled.
        let mut reached: Vec<Option<(u64, Vec<At>)>> = vec![None; self.counts.len()];
        let mut settled = vec![false; self.counts.len()];
        reached[start.0] = Some((0, Vec::new()));
        let mut best: Option<Round> = None;
        loop {
            let open = (0..reached.len()).filter(|row| !settled[*row]);
            let next =
                open.filter_map(|row| Some((reached[row].clone()?, row))).min_by_key(|((loss, _), _)| *loss);
            let Some(((loss, cells), row)) = next else { return best };
            settled[row] = true;
            for column in 0..=self.corner().1 {
                let here = (row, column);
                if here == start || !self.may_move(here, back) {
                    continue;
                }
                let loss = loss + self.worth(here);
                let so_far: Vec<At> = cells.iter().copied().chain([here]).collect();
                if column == start.1 {
                    if best.as_ref().is_none_or(|best| loss < best.loss) {
                        best = Some(Round { loss, cells: so_far });
                    }
                    continue;
                }
                for (next, known) in reached.iter_mut().enumerate().filter(|(next, _)| *next != row) {
                    let loss = loss + self.worth((next, column));
                    if self.may_move((next, column), forth)
                        && known.as_ref().is_none_or(|known| loss < known.0)
                    {
                        *known = Some((loss, so_far.iter().copied().chain([(next, column)]).collect()));
                    }
                }
            }
        }
    }

    /// Whether a number, its sign taken into account, may be moved that way and stay above nothing.
    fn may_move(&self, at: At, way: Way) -> bool {
        let (last_row, last_column) = self.corner();
        let negative = (at.0 == last_row) != (at.1 == last_column);
        let shrinks = negative == (way == Way::Up);
        self.counts[at.0][at.1] > u64::from(shrinks)
    }

    fn is_hidden(&self, (row, column): At) -> bool {
        self.hidden[row][column]
    }

    fn corner(&self) -> At {
        (self.counts.len() - 1, self.counts.last().map_or(0, |row| row.len() - 1))
    }

    fn places(&self) -> impl Iterator<Item = At> + use<> {
        let (last_row, last_column) = self.corner();
        (0..=last_row).flat_map(move |row| (0..=last_column).map(move |column| (row, column)))
    }

    fn published(&self) -> Published {
        let (last_row, last_column) = self.corner();
        let shown =
            |row: usize, column: usize| (!self.hidden[row][column]).then_some(self.counts[row][column]);
        Published {
            cells: (0..last_row)
                .map(|row| (0..last_column).map(|column| shown(row, column)).collect())
                .collect(),
            rows: (0..last_row).map(|row| shown(row, last_column)).collect(),
            columns: (0..last_column).map(|column| shown(last_row, column)).collect(),
            all: shown(last_row, last_column),
        }
    }
}

#[cfg(test)]
#[path = "publication_tests.rs"]
mod tests;
