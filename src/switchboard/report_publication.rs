//! The report for everybody: cases by category and region, and by department what was done in time. Small numbers are
//! withheld, so that the tables may be hung out as they are.

use std::collections::BTreeSet;

use figures::publication::{Published, protect};
use figures::table::{Note, Title};
use figures::transfer::Fate;
use figures::{Cell, Column, DispatchRow, EquityRow, Frame, Table, TableRow, grouping};
use store::Tx;
use store::report_rows::{self, Scope};

use crate::Result;
use crate::report_equity;
use crate::report_tables::{Naming, notes};
use crate::reports::Query;

/// Both tables.
pub(crate) fn tables(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    frame: &Frame,
    naming: &Naming,
) -> Result<Vec<Table>> {
    let cases = report_equity::rows(tx, scope, naming)?;
    let sent: Vec<DispatchRow> =
        report_rows::dispatches(tx, scope)?.into_iter().filter(|row| frame.covers(row.sent_at)).collect();
    Ok(vec![received(&cases, query, frame, naming), completed(&sent, query, frame, naming)])
}

/// Cases received: what the report is grouped by, by region.
fn received(cases: &[EquityRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let row = |case: &EquityRow| grouping::equity(case, query.by, frame);
    let column = |case: &EquityRow| grouping::equity(case, "region", frame);
    let columns: Vec<String> = cases.iter().map(column).collect::<BTreeSet<_>>().into_iter().collect();
    let heads = columns.iter().map(|region| match naming.of("region", region) {
        Cell::Message(id) => Title::Message(id),
        Cell::Text(name) => Title::Text(name),
        _ => Title::Text(region.clone()),
    });
    let place = |case: &EquityRow| columns.iter().position(|known| *known == column(case));
    let counts = counted(cases, row, place, columns.len());
    Sheet { id: "groups", by: query.by, heads: heads.collect() }.table(&counts, query, frame, naming)
}

/// Dispatches sent: department by what became of them.
fn completed(sent: &[DispatchRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    const FATES: [&str; 4] = ["done-on-time", "done-late", "returned-or-taken-back", "open"];
    let fate = |row: &DispatchRow| {
        Some(match row.fate(frame) {
            Fate::DoneOnTime => 0,
            Fate::DoneLate => 1,
            Fate::Returned | Fate::TakenBack => 2,
            Fate::Open | Fate::OpenOverdue => 3,
        })
    };
    let heads = FATES.map(|fate| Title::Message(format!("report-published-{fate}"))).to_vec();
    let counts = counted(sent, |row| row.department.clone(), fate, FATES.len());
    Sheet { id: "completion", by: "department", heads }.table(&counts, query, frame, naming)
}

/// How many rows there are of each group in each column; groups in the order of their codes.
fn counted<R>(
    rows: &[R],
    group: impl Fn(&R) -> String,
    column: impl Fn(&R) -> Option<usize>,
    width: usize,
) -> Vec<(String, Vec<u64>)> {
    let mut found = std::collections::BTreeMap::<String, Vec<u64>>::new();
    for row in rows {
        let counts = found.entry(group(row)).or_insert_with(|| vec![0; width]);
        if let Some(count) = column(row).and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    found.into_iter().collect()
}

/// A table to be: what its rows are, and what stands above its columns.
struct Sheet {
    id: &'static str,
    by: &'static str,
    heads: Vec<Title>,
}

impl Sheet {
    fn table(self, counts: &[(String, Vec<u64>)], query: &Query, frame: &Frame, naming: &Naming) -> Table {
        let bare: Vec<Vec<u64>> = counts.iter().map(|(_, counts)| counts.clone()).collect();
        let Published { cells, rows, columns, all } =
            protect(&bare, self.heads.len(), frame.targets.publication.least_cell);
        let line = |name: Cell, cells: Vec<Option<u64>>, total: Option<u64>| TableRow {
            key: String::new(),
            cells: std::iter::once(name).chain(cells.into_iter().chain([total]).map(cell)).collect(),
        };
        let named = counts.iter().map(|(code, _)| naming.of(self.by, code));
        let rows = named.zip(cells).zip(rows).map(|((name, cells), total)| line(name, cells, total));
        let total = Title::Message("report-total".to_owned());
        let head =
            |(place, title)| Column { id: format!("column-{place}"), title, formula: None, share: false };
        let heads = (1..).zip(self.heads.into_iter().chain([total])).map(head);
        let mut notes = notes(query, frame, naming);
        let least = frame.targets.publication.least_cell.to_string();
        notes.push(Note { id: "withheld".to_owned(), value: Cell::Text(least) });
        Table {
            id: self.id.to_owned(),
            columns: std::iter::once(Column::naming(self.by)).chain(heads).collect(),
            rows: rows.collect(),
            total: Some(line(Cell::Message("report-total".to_owned()), columns, all)),
            notes,
            zone: frame.zone,
        }
    }
}

fn cell(count: Option<u64>) -> Cell {
    count.map_or_else(|| Cell::Message("report-withheld".to_owned()), Cell::Count)
}
