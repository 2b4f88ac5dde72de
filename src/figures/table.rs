//! The table that every way out shares: screen, file and terminal show the same parts of the same cells.

use chrono_tz::Tz;
use domain::Timestamp;

use crate::{Ratio, Words};

/// What stands in a cell, before anybody speaks a language.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text as it is: a name, a number that is told to callers.
    Text(String),
    /// A message of the screens: the name of an outcome, of a purpose.
    Message(String),
    Count(u64),
    Ratio(Ratio),
    /// A share of so few that a percentage would say nothing.
    FewOf(Ratio),
    /// A value with one decimal, kept in tenths; `None`: nothing to measure.
    Tenths(Option<i64>),
    /// A value with two decimals, kept in hundredths; may lie below nothing.
    Hundredths(Option<i64>),
    /// Whole seconds.
    Seconds(Option<i64>),
    Moment(Option<Timestamp>),
}

impl Cell {
    /// The cell as one text, or three for a share: percentage, numerator, denominator.
    pub fn parts(&self, words: &dyn Words, zone: Tz) -> Vec<String> {
        let none = || words.say("report-none", &[]);
        vec![match self {
            Self::Text(text) => text.clone(),
            Self::Message(id) => words.say(id, &[]),
            Self::Count(count) => count.to_string(),
            Self::Tenths(tenths) => tenths.map_or_else(none, |tenths| {
                let mark = words.decimal_mark();
                format!("{}{mark}{}", tenths.div_euclid(10), tenths.rem_euclid(10))
            }),
            Self::Hundredths(value) => value.map_or_else(none, |value| {
                let (sign, mark) = (if value < 0 { "-" } else { "" }, words.decimal_mark());
                format!("{sign}{}{mark}{:02}", value.abs() / 100, value.abs() % 100)
            }),
            Self::Seconds(seconds) => seconds.map_or_else(none, |seconds| seconds.to_string()),
            Self::Moment(moment) => moment.map_or_else(none, |moment| moment.rfc3339(zone)),
            Self::Ratio(ratio) => {
                let percent = ratio.percent(words.decimal_mark());
                let percent = percent.unwrap_or_else(|| words.say("report-not-applicable", &[]));
                return vec![percent, ratio.numerator.to_string(), ratio.denominator.to_string()];
            }
            Self::FewOf(ratio) => {
                let few = words.say("report-too-few", &[]);
                return vec![few, ratio.numerator.to_string(), ratio.denominator.to_string()];
            }
        }]
    }

    /// How many parts the cell has.
    pub fn width(&self) -> usize {
        if matches!(self, Self::Ratio(_) | Self::FewOf(_)) { 3 } else { 1 }
    }
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// A message of the screens.
    Message(String),
    /// A text as it is: the name of a region.
    Text(String),
}

impl Title {
    /// The title in the language of `words`.
    pub fn say(&self, words: &dyn Words) -> String {
        match self {
            Self::Message(id) => words.say(id, &[]),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A column: a stable id for machines, a title for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub id: String,
    pub title: Title,
    /// Message id of the formula; `None` for what the rows are grouped by.
    pub formula: Option<String>,
    /// Whether the cells of this column are shares.
    pub share: bool,
}

impl Column {
    /// A column that says which row it is.
    pub fn naming(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: Title::Message(format!("report-column-{id}")),
            formula: None,
            share: false,
        }
    }

    /// A column of figures.
    pub fn figure(id: &str, share: bool) -> Self {
        Self {
            id: id.to_owned(),
            title: Title::Message(format!("figure-{id}")),
            formula: Some(format!("figure-{id}-formula")),
            share,
        }
    }

    /// Ids of the parts of its cells.
    pub fn part_ids(&self) -> Vec<String> {
        if self.share {
            vec![self.id.clone(), format!("{}-numerator", self.id), format!("{}-denominator", self.id)]
        } else {
            vec![self.id.clone()]
        }
    }

    /// Titles of the parts of its cells.
    pub fn part_titles(&self, words: &dyn Words) -> Vec<String> {
        let title = self.title.say(words);
        if self.share {
            let part = |id| words.say(id, &[("figure", title.clone())]);
            vec![title.clone(), part("report-numerator"), part("report-denominator")]
        } else {
            vec![title]
        }
    }
}

/// A row, with the codes that lead to the list behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// The group's code; empty in the line over everything and in plain lists.
    pub key: String,
    pub cells: Vec<Cell>,
}

/// What must be known to read the table: period, zone, as-of time, filters.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// `from`, `to`, `zone`, `as-of`, `line`, …; its title is `report-note-ID`.
    pub id: String,
    pub value: Cell,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Stable within its report, as `units`; its title is `report-table-ID`.
    pub id: String,
    pub columns: Vec<Column>,
    pub rows: Vec<TableRow>,
    /// The line over everything.
    pub total: Option<TableRow>,
    pub notes: Vec<Note>,
    pub zone: Tz,
}

impl Table {
    /// All lines in the order they are shown: the rows, then the line over everything.
    pub fn lines(&self) -> impl Iterator<Item = &TableRow> {
        self.rows.iter().chain(&self.total)
    }

    /// The texts of a line, part by part, as every way out shows them.
    pub fn parts(&self, line: &TableRow, words: &dyn Words) -> Vec<String> {
        line.cells.iter().flat_map(|cell| cell.parts(words, self.zone)).collect()
    }

    /// The ids of all parts, in order.
    pub fn part_ids(&self) -> Vec<String> {
        self.columns.iter().flat_map(Column::part_ids).collect()
    }

    /// The titles of all parts, in order.
    pub fn part_titles(&self, words: &dyn Words) -> Vec<String> {
        self.columns.iter().flat_map(|column| column.part_titles(words)).collect()
    }

    /// The place of a column.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|candidate| candidate.id == column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Plain;

    #[test]
    fn cells_speak_the_same_everywhere() {
        let zone = chrono_tz::Asia::Shanghai;
        let share = Cell::Ratio(Ratio { numerator: 43, denominator: 50 });
        assert_eq!(share.parts(&Plain, zone), ["86.0%", "43", "50"]);
        assert_eq!(Cell::Ratio(Ratio::default()).parts(&Plain, zone), ["report-not-applicable", "0", "0"]);
        assert_eq!(Cell::Tenths(Some(27)).parts(&Plain, zone), ["2.7"]);
        assert_eq!(Cell::Hundredths(Some(-7)).parts(&Plain, zone), ["-0.07"]);
        assert_eq!(Cell::Hundredths(Some(140)).parts(&Plain, zone), ["1.40"]);
        assert_eq!(Cell::Tenths(None).parts(&Plain, zone), ["report-none"]);
        assert_eq!(Cell::Moment(Some(Timestamp(0))).parts(&Plain, zone), ["1970-01-01T08:00:00+08:00"]);
    }
}
