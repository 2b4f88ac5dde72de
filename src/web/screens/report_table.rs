//! A table of figures as a screen shows it: the same parts as in the files, with formulas and links.

use switchboard::reports::figures::Words;
use switchboard::reports::figures::catalogue;
use switchboard::reports::figures::table::{Cell, Column};
use switchboard::reports::figures::{Table, TableRow, Targets};

use super::reports::target_of;
use crate::page::Page;

/// A table ready for its template.
pub(crate) struct TableView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) heads: Vec<Head>,
    pub(crate) lines: Vec<Line>,
    pub(crate) notes: Vec<(String, String)>,
    /// A cell leads somewhere; else the table itself must be reached by keyboard, to be scrolled.
    pub(crate) leads_on: bool,
}

/// A column's head.
pub(crate) struct Head {
    pub(crate) title: String,
    /// Empty for what the rows are grouped by.
    pub(crate) formula: String,
    pub(crate) target: String,
    /// Its cells are figures.
    pub(crate) number: bool,
}

/// A line.
pub(crate) struct Line {
    pub(crate) total: bool,
    pub(crate) cells: Vec<CellView>,
}

/// A cell: its parts with their ids, and where it leads.
pub(crate) struct CellView {
    pub(crate) first: Part,
    /// Numerator and denominator of a share.
    pub(crate) of: Option<(Part, Part)>,
    pub(crate) heading: bool,
    pub(crate) number: bool,
    /// Empty: leads nowhere.
    pub(crate) address: String,
    /// `good` or `bad` for a figure with a target, with the word for it.
    pub(crate) verdict: Option<(&'static str, String)>,
}

/// One part of a cell.
pub(crate) struct Part {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Prepares a table. `address` tells where a cell leads, if anywhere.
pub(crate) fn view(
    page: &Page,
    table: &Table,
    targets: &Targets,
    words: &dyn Words,
    address: impl Fn(&TableRow, &Column, &Cell) -> String,
) -> TableView {
    let figures = |place: usize| {
        let figure = |cell: &Cell| !matches!(cell, Cell::Text(_) | Cell::Message(_));
        table.lines().any(|row| row.cells.get(place).is_some_and(figure))
    };
    let head = |(place, column): (usize, &Column)| Head {
        number: figures(place),
        title: column.title.say(words),
        formula: column.formula.as_ref().map(|id| words.say(id, &[])).unwrap_or_default(),
        target: target_of(&column.id, targets, words),
    };
    let cell = |row: &TableRow, column: &Column, cell: &Cell, place: usize| {
        let mut parts = column
            .part_ids()
            .into_iter()
            .zip(cell.parts(words, table.zone))
            .map(|(id, text)| Part { id, text });
        CellView {
            first: parts.next().unwrap_or(Part { id: String::new(), text: String::new() }),
            of: parts.next().zip(parts.next()),
            heading: place == 0,
            number: figures(place),
            address: address(row, column, cell),
            verdict: verdict(column, cell, targets, words),
        }
    };
    let line = |row: &TableRow| Line {
        total: table.total.as_ref() == Some(row),
        cells: table
            .columns
            .iter()
            .zip(&row.cells)
            .enumerate()
            .map(|(place, (column, value))| cell(row, column, value, place))
            .collect(),
    };
    let note = |note: &switchboard::reports::figures::table::Note| {
        let title = words.say(&format!("report-note-{}", note.id), &[]);
        let text = match &note.value {
            Cell::Moment(Some(at)) => page.time_in(at, table.zone),
            Cell::Text(text) => text.parse().map_or_else(|_| text.clone(), |day| page.date(day)),
            value => value.parts(words, table.zone).concat(),
        };
        (title, text)
    };
    let lines: Vec<Line> = table.lines().map(line).collect();
    TableView {
        id: table.id.clone(),
        title: words.say(&format!("report-table-{}", table.id), &[]),
        heads: table.columns.iter().enumerate().map(head).collect(),
        leads_on: lines.iter().flat_map(|line| &line.cells).any(|cell| !cell.address.is_empty()),
        lines,
        notes: table.notes.iter().map(note).collect(),
    }
}

/// Whether a share meets its target, as class and word.
pub(crate) fn verdict(
    column: &Column,
    cell: &Cell,
    targets: &Targets,
    words: &dyn Words,
) -> Option<(&'static str, String)> {
    let Cell::Ratio(ratio) = cell else { return None };
    let met = catalogue::target(&column.id, targets)?.met(*ratio)?;
    let (class, id) = if met { ("good", "report-target-met") } else { ("bad", "report-target-missed") };
    Some((class, words.say(id, &[])))
}
