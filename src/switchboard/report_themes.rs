//! The report on new themes: what comes in more often than before, where the rules were found wanting, and the points behind
//! the numbers.

use chrono::Days;
use figures::table::Note;
use figures::themes::{COLUMNS, Theme, now, themes};
use figures::{Cell, Column, Frame, Period, Table, TableRow, ThemeRow, grouping};
use store::Tx;
use store::report_rows::{self, Scope};

use crate::report_lists::{Behind, list};
use crate::report_tables::{Naming, notes};
use crate::reports::{Asked, Query};
use crate::rights::{Desk, Supervisor};
use crate::{Error, Result};

/// What divides the two codes of a group by two things at once.
const BETWEEN: char = '|';
/// The message of a theme that is new.
const NEW: &str = "report-theme-new";

/// The points of the period and of the stretches of the same length before it.
pub(crate) fn rows(tx: &mut Tx<'_>, scope: &Scope, frame: &Frame, naming: &Naming) -> Result<Vec<ThemeRow>> {
    let length = u64::try_from((frame.period.to - frame.period.from).num_days()).unwrap_or_default() + 1;
    let back = Days::new(length * u64::from(frame.targets.themes.stretches_before.max(1)));
    let from = frame.period.from.checked_sub_days(back).unwrap_or(frame.period.from);
    let (from, _) = Period { from, to: frame.period.to }.moments(frame.zone);
    let mut rows = report_rows::themes(tx, &Scope { from, ..scope.clone() })?;
    for row in &mut rows {
        let region = row.institution.as_deref().and_then(|name| naming.house().directory.region_of(name));
        row.region = region.map(str::to_owned);
    }
    Ok(rows)
}

/// Both tables.
pub(crate) fn tables(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    frame: &Frame,
    naming: &Naming,
) -> Result<Vec<Table>> {
    let rows = rows(tx, scope, frame, naming)?;
    let since = report_rows::first_received(tx, &scope.line)?;
    let found = themes(&rows, since, frame, |row| key(row, query.by));
    let columns = COLUMNS.map(|id| Column::figure(id, false));
    let line = |theme: &Theme| TableRow { key: theme.key.clone(), cells: cells(theme, query.by, naming) };
    let overview = Table {
        id: "groups".to_owned(),
        columns: [query.by, "theme-new"].map(Column::naming).into_iter().chain(columns).collect(),
        rows: found.iter().map(line).collect(),
        total: None,
        notes: notes(query, frame, naming),
        zone: frame.zone,
    };
    Ok(vec![overview, rule_gaps(tx, scope, query, frame, naming)?])
}

fn cells(theme: &Theme, by: &str, naming: &Naming) -> Vec<Cell> {
    #[expect(clippy::cast_possible_truncation, reason = "chances and means of counts are small")]
    let whole = |value: f64, times: f64| (value * times).round() as i64;
    let new = if theme.new { NEW } else { "report-theme-usual" };
    vec![
        named(&theme.key, by, naming),
        Cell::Message(new.to_owned()),
        Cell::Count(theme.now),
        Cell::Count(theme.callers),
        Cell::Count(theme.before),
        Cell::Hundredths(theme.expected.map(|mean| whole(mean, 100.0))),
        Cell::Hundredths(theme.chance.map(|chance| whole(chance, 10_000_000.0))),
    ]
}

/// What a point is filed under.
fn key(row: &ThemeRow, by: &str) -> String {
    let or_none = |code: &Option<String>| code.clone().unwrap_or_else(|| grouping::NONE.to_owned());
    match by {
        "institution" => or_none(&row.institution),
        "region" => or_none(&row.region),
        "category-institution" => format!("{}{BETWEEN}{}", or_none(&row.category), or_none(&row.institution)),
        "category-region" => format!("{}{BETWEEN}{}", or_none(&row.category), or_none(&row.region)),
        _ => or_none(&row.category),
    }
}

fn named(key: &str, by: &str, naming: &Naming) -> Cell {
    let place = match by {
        "category-institution" => "institution",
        "category-region" => "region",
        by => return naming.of(by, key),
    };
    let (category, other) = key.split_once(BETWEEN).unwrap_or((key, ""));
    match (naming.of("category", category), naming.of(place, other)) {
        (Cell::Text(category), Cell::Text(place)) => Cell::Text(format!("{category} · {place}")),
        // The institution is not known.
        (category, _) => category,
    }
}

impl Desk<Supervisor> {
    /// How many categories are new themes of the usual period, over all lines.
    pub async fn new_themes(&self) -> Result<i64> {
        let query = Query::parse("themes", &Asked::default(), self.house(), self.now())
            .map_err(|fault| Error::Unavailable(fault.to_string()))?;
        let found = self.report(&query).await?;
        let new = Cell::Message(NEW.to_owned());
        let rows = found.tables.iter().flat_map(|table| &table.rows);
        Ok(i64::try_from(rows.filter(|row| row.cells.contains(&new)).count()).unwrap_or(i64::MAX))
    }
}

/// Where somebody noted in the period that a rule is missing or does not do.
fn rule_gaps(tx: &mut Tx<'_>, scope: &Scope, query: &Query, frame: &Frame, naming: &Naming) -> Result<Table> {
    let noted = report_rows::learned(tx, scope)?;
    let line = |note: &store::learning::Note| TableRow {
        key: String::new(),
        cells: vec![
            Cell::Moment(Some(note.noted_at)),
            naming.of("category", &note.category),
            Cell::Text(note.rule_gap.clone()),
            Cell::Text(note.words.clone()),
        ],
    };
    let basis = Cell::Message("report-basis-noted".to_owned());
    let counted = |note: Note| if note.id == "basis" { Note { value: basis.clone(), ..note } } else { note };
    Ok(Table {
        id: "rule-gaps".to_owned(),
        columns: ["noted", "category", "rule-gap", "words"].map(Column::naming).to_vec(),
        rows: noted.iter().filter(|note| !note.rule_gap.is_empty()).map(line).collect(),
        total: None,
        notes: notes(query, frame, naming).into_iter().map(counted).collect(),
        zone: frame.zone,
    })
}

/// The points behind a number of the first table.
pub(crate) fn behind(
    rows: &[ThemeRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let inside = match cell.figure.as_str() {
        "theme-points" | "theme-callers" | "theme-chance" => true,
        "theme-before" | "theme-expected" => false,
        _ => return Err(Error::NotFound),
    };
    let chosen = rows
        .iter()
        .filter(|row| now(row, frame) == inside && (cell.key.is_empty() || key(row, query.by) == cell.key));
    let line = |row: &ThemeRow| TableRow {
        key: row.case_number.clone(),
        cells: vec![
            Cell::Text(row.case_number.clone()),
            Cell::Text(row.ordinal.to_string()),
            naming.of_optional("category", row.category.as_deref()),
            naming.of_optional("institution", row.institution.as_deref()),
            Cell::Moment(Some(row.received_at)),
        ],
    };
    let ids = ["case", "point", "category", "institution", "received"];
    Ok(list(&ids, chosen.map(line).collect(), query, frame, naming))
}
