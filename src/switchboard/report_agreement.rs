//! The report on agreement: for every axis how many points two people coded, how often alike, and Cohen's kappa; and the
//! pairs behind the numbers.

use complaints::points::{CATEGORY, Scale};
use figures::agreement::{Codes, cells, measures};
use figures::measure::Side;
use figures::{Cell, Column, Frame, PairRow, Table, TableRow};
use store::Tx;

use crate::report_lists::Behind;
use crate::report_tables::{Naming, notes};
use crate::reports::Query;
use crate::{Error, Result};

/// The pairs of the period.
pub(crate) fn rows(tx: &mut Tx<'_>, frame: &Frame, query: &Query) -> Result<Vec<PairRow>> {
    let line = query.line.as_deref().unwrap_or_default();
    let pairs = store::second_codings::pairs(tx, frame.from, frame.until, line)?.into_iter();
    let row = |pair: store::second_codings::CodedPair| PairRow {
        axis: pair.axis,
        case_id: pair.case.as_str().to_owned(),
        case_number: pair.case_number,
        ordinal: pair.ordinal,
        first: pair.first,
        second: pair.second,
        versions: [pair.first_version, pair.second_version],
        done_at: pair.done_at,
    };
    Ok(pairs.map(row).collect())
}

/// One line for each axis there is, coded or not.
pub(crate) fn table(rows: &[PairRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let axes = &naming.house().axes;
    let day = frame.period.to;
    let least = frame.targets.agreement.least_pairs;
    let line = |axis: &str, name: Cell, grades: Option<Vec<&str>>| {
        let of_axis: Vec<&PairRow> = rows.iter().filter(|row| row.axis == axis).collect();
        let codes = grades.as_deref().map_or(Codes::Names, Codes::Grades);
        let cells = std::iter::once(name).chain(cells(&of_axis, codes, least)).collect();
        TableRow { key: axis.to_owned(), cells }
    };
    let category = line(CATEGORY, Cell::Message("case-point-category".to_owned()), None);
    let others = axes.all().iter().map(|axis| {
        let system = axes.system_on(&axis.system, day).filter(|_| axis.scale == Scale::Ordinal);
        let grades = system.map(|system| system.values.iter().map(|value| value.code.as_str()).collect());
        line(&axis.code, naming.of("axis", &axis.code), grades)
    });
    let figures =
        ["pairs", "pairs-other-list", "agreement-rate", "by-chance", "kappa", "kappa-from", "kappa-to"];
    let columns = figures.map(|id| Column::figure(id, id == "agreement-rate"));
    Table {
        id: "groups".to_owned(),
        columns: std::iter::once(Column::naming(query.by)).chain(columns).collect(),
        rows: std::iter::once(category).chain(others).collect(),
        total: None,
        notes: notes(query, frame, naming),
        zone: frame.zone,
    }
}

/// The pairs behind a cell.
pub(crate) fn behind(
    rows: &[PairRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    // What is reckoned rests on every pair.
    let counted = if matches!(cell.figure.as_str(), "by-chance" | "kappa" | "kappa-from" | "kappa-to") {
        "pairs"
    } else {
        &cell.figure
    };
    let measures = measures();
    let measure = measures.iter().find(|measure| measure.id == counted).ok_or(Error::NotFound)?;
    let side = if counted.starts_with("pairs") { Side::Counted } else { cell.side };
    let chosen = rows.iter().filter(|row| row.axis == cell.key && measure.rests_on(row, side, frame));
    let line = |row: &PairRow| TableRow {
        key: row.case_number.clone(),
        cells: vec![
            Cell::Text(row.case_number.clone()),
            Cell::Count(u64::try_from(row.ordinal).unwrap_or_default()),
            naming.of_code(&row.axis, &row.first),
            naming.of_code(&row.axis, &row.second),
            Cell::Text(row.versions[0].clone()),
            Cell::Text(row.versions[1].clone()),
            Cell::Moment(Some(row.done_at)),
        ],
    };
    let ids = ["case", "point", "first", "second", "version", "second-version", "coded"];
    Ok(Table {
        id: "behind".to_owned(),
        columns: ids.iter().map(|id| Column::naming(id)).collect(),
        rows: chosen.map(line).collect(),
        total: None,
        notes: notes(query, frame, naming),
        zone: frame.zone,
    })
}
