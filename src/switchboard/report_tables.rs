//! Fills the tables of a report: folds the rows, names the groups, adds the notes.

use std::sync::Arc;

use domain::directory::name_in;
use figures::measure::{How, Measure, fold};
use figures::table::Note;
use figures::{
    AttemptRow, CallbackRow, Cell, Column, DispatchRow, Frame, QueueRow, Table, TableRow, callback, grouping,
    telephone, transfer,
};

use crate::House;
use crate::reports::Query;

/// Names of what codes stand for, in one language.
pub(crate) struct Naming {
    house: Arc<House>,
    language: String,
}

impl Naming {
    pub(crate) fn new(house: Arc<House>, language: &str) -> Self {
        Self { house, language: language.to_owned() }
    }

    /// The name of a group; a code that the directory no longer knows is shown as it is.
    pub(crate) fn of(&self, by: &str, code: &str) -> Cell {
        if code == grouping::NONE {
            return Cell::Message("report-group-none".to_owned());
        }
        let directory = &self.house.directory;
        let names = match by {
            "department" => directory.department(code).map(|found| &found.names),
            "institution" => directory.institution(code).map(|found| &found.names),
            "category" => self.house.categories.get(code).map(|found| &found.names),
            "purpose" => return message("report-purpose", code),
            "request-type" => return message("report-request-type", code),
            "axis" => return Cell::Text(self.axis(code)),
            "region" => directory.office(code).map(|found| &found.names),
            "language" => return message("language", code),
            "channel" => return message("report-channel", code),
            "owner" => return message("dialogue-owner", code),
            "motive" => return message("dialogue-motive", code),
            "weekday" => return Cell::Message(format!("report-weekday-{code}")),
            "hour" => return Cell::Text(format!("{code}:00–{code}:59")),
            _ => None,
        };
        Cell::Text(names.map_or(code, |names| name_in(names, &self.language)).to_owned())
    }

    fn axis(&self, code: &str) -> String {
        let names = self.house.axes.axis(code).map(|axis| &axis.names);
        names.map_or(code, |names| name_in(names, &self.language)).to_owned()
    }

    /// What a code of an axis is called; one that nobody knows any more stands as it is.
    pub(crate) fn of_code(&self, axis: &str, code: &str) -> Cell {
        let system = self.house.axes.axis(axis).map(|axis| axis.system.as_str());
        let value = system.and_then(|system| self.house.axes.value(system, code));
        value.map_or_else(
            || self.of("category", code),
            |value| Cell::Text(name_in(&value.names, &self.language).to_owned()),
        )
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    pub(crate) fn house(&self) -> &House {
        &self.house
    }

    pub(crate) fn of_optional(&self, by: &str, code: Option<&str>) -> Cell {
        self.of(by, code.unwrap_or(grouping::NONE))
    }
}

/// The message of a code: `prefix-code`, with `-` for `_`.
pub(crate) fn message(prefix: &str, code: &str) -> Cell {
    Cell::Message(format!("{prefix}-{}", code.replace('_', "-")))
}

/// What every table says of itself.
pub(crate) fn notes(query: &Query, frame: &Frame, naming: &Naming) -> Vec<Note> {
    let mut notes = vec![
        ("from", Cell::Text(frame.period.from.to_string())),
        ("to", Cell::Text(frame.period.to.to_string())),
        ("zone", Cell::Text(frame.zone.name().to_owned())),
        ("as-of", Cell::Moment(Some(frame.as_of))),
        ("basis", Cell::Message(query.report.basis.message().to_owned())),
    ];
    let every = || Cell::Message("report-filter-all".to_owned());
    notes.push(("filter-line", query.line.clone().map_or_else(every, Cell::Text)));
    if query.by_department() {
        let department = query.department.as_deref();
        notes
            .push(("filter-department", department.map_or_else(every, |code| naming.of("department", code))));
    }
    if query.report.name == "callback" {
        let purpose = query.purpose.as_deref();
        notes.push(("filter-purpose", purpose.map_or_else(every, |code| naming.of("purpose", code))));
    }
    notes.into_iter().map(|(id, value)| Note { id: id.to_owned(), value }).collect()
}

/// A column of figures for each measure.
fn columns<R>(measures: &[Measure<R>]) -> Vec<Column> {
    let column = |measure: &Measure<R>| Column::figure(measure.id, matches!(measure.how, How::Share { .. }));
    measures.iter().map(column).collect()
}

/// One row per group, and the line over everything.
pub(crate) fn grouped<R>(
    (measures, rows): (&[Measure<R>], &[R]),
    query: &Query,
    frame: &Frame,
    naming: &Naming,
    key: impl Fn(&R) -> String,
) -> Table {
    let (groups, all) = fold(measures, rows, frame, key);
    let line = |name: Cell, key: String, cells: Vec<Cell>| TableRow {
        key,
        cells: std::iter::once(name).chain(cells).collect(),
    };
    let total = Cell::Message("report-total".to_owned());
    Table {
        id: "groups".to_owned(),
        columns: std::iter::once(Column::naming(query.by)).chain(columns(measures)).collect(),
        rows: groups
            .into_iter()
            .map(|group| line(naming.of(query.by, &group.key), group.key, group.cells))
            .collect(),
        total: Some(line(total, String::new(), all)),
        notes: notes(query, frame, naming),
        zone: frame.zone,
    }
}

/// The transfer report.
pub(crate) fn transfer(rows: &[DispatchRow], query: &Query, frame: &Frame, naming: &Naming) -> Vec<Table> {
    let measures = transfer::measures();
    let key = |row: &DispatchRow| grouping::dispatch(row, query.by, frame);
    vec![grouped((&measures, rows), query, frame, naming, key)]
}

/// The callback report: by purpose, by attempt, and the list of those who could not be reached.
pub(crate) fn callback(rows: &[CallbackRow], query: &Query, frame: &Frame, naming: &Naming) -> Vec<Table> {
    let measures = callback::measures();
    let key = |row: &CallbackRow| grouping::callback(row, query.by, frame);
    vec![
        grouped((&measures, rows), query, frame, naming, key),
        attempts(rows, query, frame, naming),
        unreachable(rows, query, frame, naming),
    ]
}

/// Purpose × attempt number × day-part, outcomes as columns.
fn attempts(rows: &[CallbackRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    const NAMING: usize = 3;
    let measures = callback::attempt_measures();
    let tried: Vec<AttemptRow> = rows.iter().flat_map(|row| row.attempts.iter().cloned()).collect();
    let key = |row: &AttemptRow| {
        let part = row.day_part(frame);
        // The figure before the part keeps the parts in the order of the day.
        let order = ["morning", "afternoon", "evening", "none"].iter().position(|known| *known == part);
        format!("{}|{:03}|{}{part}", row.purpose, row.ordinal, order.unwrap_or(9))
    };
    let (groups, all) = fold(&measures, &tried, frame, key);
    let named = |key: &str| -> [Cell; NAMING] {
        let mut parts = key.split('|');
        let mut part = || parts.next().unwrap_or_default();
        let purpose = naming.of("purpose", part());
        let number = part().parse().map_or(Cell::Count(0), Cell::Count);
        [purpose, number, Cell::Message(format!("report-day-part-{}", part().get(1..).unwrap_or_default()))]
    };
    let total =
        [Cell::Message("report-total".to_owned()), Cell::Text(String::new()), Cell::Text(String::new())];
    let line = |names: [Cell; NAMING], cells: Vec<Cell>| TableRow {
        key: String::new(),
        cells: names.into_iter().chain(cells).collect(),
    };
    let names = ["purpose", "attempt", "day-part"].map(Column::naming);
    Table {
        id: "attempts".to_owned(),
        columns: names.into_iter().chain(columns(&measures)).collect(),
        rows: groups.into_iter().map(|group| line(named(&group.key), group.cells)).collect(),
        total: Some(line(total, all)),
        notes: notes(query, frame, naming),
        zone: frame.zone,
    }
}

fn unreachable(rows: &[CallbackRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let missed = rows.iter().filter(|row| callback::unreachable(row, frame));
    Table { id: "unreachable".to_owned(), ..crate::report_lists::callback_list(missed, query, frame, naming) }
}

/// The telephone report.
pub(crate) fn telephone(rows: &[QueueRow], query: &Query, frame: &Frame, naming: &Naming) -> Vec<Table> {
    let measures = telephone::measures();
    let key = |row: &QueueRow| grouping::queue(row, query.by, frame);
    vec![grouped((&measures, rows), query, frame, naming, key)]
}
