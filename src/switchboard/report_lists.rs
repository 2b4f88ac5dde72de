//! The lists behind the numbers: which dispatches, callbacks or callers a cell stands for.

use figures::measure::{Measure, Side};
use figures::transfer::Fate;
use figures::{
    CallbackRow, Cell, Column, DispatchRow, Frame, QueueRow, Table, TableRow, callback, grouping, telephone,
    transfer,
};

use crate::report_tables::{Naming, message, notes};
use crate::reports::Query;
use crate::{Error, Result};

/// A cell of the first table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Code of the group; empty: the line over everything.
    pub key: String,
    /// Id of the figure.
    pub figure: String,
    pub side: Side,
}

/// The rows that the cell rests on.
pub(crate) fn chosen<'a, R>(
    rows: &'a [R],
    measures: &[Measure<R>],
    cell: &Behind,
    frame: &Frame,
    key: impl Fn(&R) -> String,
) -> Result<Vec<&'a R>> {
    let measure = measures.iter().find(|measure| measure.id == cell.figure).ok_or(Error::NotFound)?;
    let fits =
        |row: &&R| (cell.key.is_empty() || key(row) == cell.key) && measure.rests_on(row, cell.side, frame);
    Ok(rows.iter().filter(fits).collect())
}

/// A list with these columns.
pub(crate) fn list(
    ids: &[&str],
    rows: Vec<TableRow>,
    query: &Query,
    frame: &Frame,
    naming: &Naming,
) -> Table {
    Table {
        id: "behind".to_owned(),
        columns: ids.iter().map(|id| Column::naming(id)).collect(),
        rows,
        total: None,
        notes: notes(query, frame, naming),
        zone: frame.zone,
    }
}

pub(crate) fn dispatches(
    rows: &[DispatchRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let key = |row: &DispatchRow| grouping::dispatch(row, query.by, frame);
    let chosen = chosen(rows, &transfer::measures(), cell, frame, key)?;
    let line = |row: &DispatchRow| TableRow {
        key: row.case_number.clone(),
        cells: vec![
            Cell::Text(row.case_number.clone()),
            naming.of("department", &row.department),
            naming.of_optional("institution", row.institution.as_deref()),
            naming.of_optional("category", row.category.as_deref()),
            Cell::Moment(Some(row.sent_at)),
            Cell::Moment(row.signed_at),
            Cell::Moment(row.due_at),
            Cell::Moment(row.answered_at),
            Cell::Message(fate(row.fate(frame)).to_owned()),
        ],
    };
    let ids = ["case", "department", "institution", "category", "sent", "signed", "due", "answered", "fate"];
    Ok(list(&ids, chosen.into_iter().map(line).collect(), query, frame, naming))
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::DoneOnTime => "report-fate-done-on-time",
        Fate::DoneLate => "report-fate-done-late",
        Fate::Returned => "report-fate-returned",
        Fate::TakenBack => "report-fate-taken-back",
        Fate::Open => "report-fate-open",
        Fate::OpenOverdue => "report-fate-open-overdue",
    }
}

pub(crate) fn callbacks(
    rows: &[CallbackRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let key = |row: &CallbackRow| grouping::callback(row, query.by, frame);
    let chosen = chosen(rows, &callback::measures(), cell, frame, key)?;
    Ok(callback_list(chosen.into_iter(), query, frame, naming))
}

/// Callbacks as a list; its rows lead to their cases.
pub(crate) fn callback_list<'a>(
    rows: impl Iterator<Item = &'a CallbackRow>,
    query: &Query,
    frame: &Frame,
    naming: &Naming,
) -> Table {
    let outcome =
        |row: &CallbackRow| message("report-outcome", row.outcome.as_deref().unwrap_or(grouping::NONE));
    let line = |row: &CallbackRow| TableRow {
        key: row.case_number.clone().unwrap_or_default(),
        cells: vec![
            Cell::Text(row.case_number.clone().unwrap_or_default()),
            naming.of("purpose", &row.purpose),
            Cell::Text(row.phone.clone()),
            Cell::Moment(Some(row.due_at)),
            Cell::Moment(row.first_dial()),
            Cell::Moment(row.last_dial()),
            Cell::Count(row.attempts.len() as u64),
            outcome(row),
            Cell::Tenths(row.satisfaction.map(|score| score * 10)),
        ],
    };
    let ids = ["case", "purpose", "phone", "due", "first-dial", "last-dial", "tries", "outcome", "score"];
    list(&ids, rows.map(line).collect(), query, frame, naming)
}

pub(crate) fn queue(
    rows: &[QueueRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let key = |row: &QueueRow| grouping::queue(row, query.by, frame);
    let chosen = chosen(rows, &telephone::measures(), cell, frame, key)?;
    let line = |row: &QueueRow| TableRow {
        key: String::new(),
        cells: vec![
            Cell::Moment(Some(row.entered_at)),
            Cell::Text(row.line.clone()),
            Cell::Text(row.queue.clone()),
            row.phone.clone().map_or_else(|| Cell::Message("report-group-none".to_owned()), Cell::Text),
            Cell::Seconds(Some(row.wait(frame))),
            message("report-queue-outcome", queue_outcome(row)),
        ],
    };
    let ids = ["entered", "line", "queue", "phone", "wait", "queue-outcome"];
    Ok(list(&ids, chosen.into_iter().map(line).collect(), query, frame, naming))
}

fn queue_outcome(row: &QueueRow) -> &str {
    match row.outcome.as_deref() {
        _ if row.answered_at.is_some() => "answered",
        Some(outcome @ ("abandoned" | "moved_to_callback")) => outcome,
        _ if row.is_waiting() => "waiting",
        _ => "unserved",
    }
}
