//! The equity report: what became of cases by language, channel or region, which groups fare otherwise than all others by
//! more than chance, and the cases behind the numbers.

use figures::dialogue::few;
use figures::equity::measures;
use figures::measure::How;
use figures::table::Note;
use figures::{Cell, Column, EquityRow, Frame, Ratio, Table, TableRow, gap, grouping};
use store::Tx;
use store::report_rows::{self, Scope};

use crate::Result;
use crate::report_lists::{Behind, chosen, list};
use crate::report_tables::{Naming, grouped, message, notes};
use crate::reports::Query;

/// What groups are compared by, whatever the overview is grouped by.
const COMPARED: [&str; 3] = ["language", "channel", "region"];

/// The cases of the period, each with the region its institution lies in.
pub(crate) fn rows(tx: &mut Tx<'_>, scope: &Scope, naming: &Naming) -> Result<Vec<EquityRow>> {
    let mut rows = report_rows::cases(tx, scope)?;
    for row in &mut rows {
        let region = row.institution.as_deref().and_then(|name| naming.house().directory.region_of(name));
        row.region = region.map(str::to_owned);
    }
    Ok(rows)
}

/// Both tables. Shares of few are no percentages.
pub(crate) fn tables(rows: &[EquityRow], query: &Query, frame: &Frame, naming: &Naming) -> Vec<Table> {
    let key = |row: &EquityRow| grouping::equity(row, query.by, frame);
    let mut groups = grouped((&measures(), rows), query, frame, naming, key);
    let least = frame.targets.equity.least_share;
    for line in groups.rows.iter_mut().chain(&mut groups.total) {
        line.cells = std::mem::take(&mut line.cells).into_iter().map(|cell| few(cell, least)).collect();
    }
    vec![groups, gaps(rows, query, frame, naming)]
}

/// Each share in which a group differs from all others by more than chance explains; only where there are enough on both
/// sides.
fn gaps(rows: &[EquityRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let (least, z) = (frame.targets.equity.least_share, frame.targets.equity.confidence.standard_errors());
    let mut lines = Vec::new();
    for by in COMPARED {
        let keys: std::collections::BTreeSet<_> =
            rows.iter().map(|row| grouping::equity(row, by, frame)).collect();
        for key in keys {
            let (group, others): (Vec<&EquityRow>, Vec<&EquityRow>) =
                rows.iter().partition(|row| grouping::equity(row, by, frame) == key);
            for measure in measures().iter().filter(|measure| matches!(measure.how, How::Share { .. })) {
                let shares = [&group, &others].map(|side| measure.over(side, frame));
                let [Cell::Ratio(one), Cell::Ratio(other)] = shares else { continue };
                if apart(one, other, least, z) {
                    let figure = Cell::Message(format!("figure-{}", measure.id));
                    let by_name = Cell::Message(format!("report-column-{by}"));
                    let cells =
                        vec![by_name, naming.of(by, &key), figure, Cell::Ratio(one), Cell::Ratio(other)];
                    lines.push(TableRow { key: String::new(), cells });
                }
            }
        }
    }
    let share = |id| Column { share: true, ..Column::naming(id) };
    let naming_columns = ["compared-by", "group", "figure"].map(Column::naming);
    Table {
        id: "gaps".to_owned(),
        columns: naming_columns.into_iter().chain(["of-group", "of-others"].map(share)).collect(),
        rows: lines,
        total: None,
        notes: with_confidence(query, frame, naming),
        zone: frame.zone,
    }
}

fn with_confidence(query: &Query, frame: &Frame, naming: &Naming) -> Vec<Note> {
    let percent = format!("{} %", frame.targets.equity.confidence.percent());
    let mut notes = notes(query, frame, naming);
    notes.push(Note { id: "confidence".to_owned(), value: Cell::Text(percent) });
    notes
}

fn apart(one: Ratio, other: Ratio, least: u64, z: f64) -> bool {
    let enough = one.denominator.min(other.denominator) >= least;
    enough && gap::difference(one, other, z).is_some_and(gap::Interval::excludes_nothing)
}

/// The cases behind a cell of the first table.
pub(crate) fn behind(
    rows: &[EquityRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let key = |row: &EquityRow| grouping::equity(row, query.by, frame);
    let chosen = chosen(rows, &measures(), cell, frame, key)?;
    let line = |row: &EquityRow| TableRow {
        key: row.case_number.clone(),
        cells: vec![
            Cell::Text(row.case_number.clone()),
            naming.of("language", &row.language),
            naming.of_optional("channel", row.channel.as_deref()),
            naming.of_optional("region", row.region.as_deref()),
            naming.of_optional("category", row.category.as_deref()),
            message("case-status", &row.status),
            Cell::Moment(Some(row.received_at)),
            Cell::Moment(row.due_at),
            Cell::Moment(row.answered_at),
        ],
    };
    let ids = ["case", "language", "channel", "region", "category", "status", "received", "due", "answered"];
    Ok(list(&ids, chosen.into_iter().map(line).collect(), query, frame, naming))
}
