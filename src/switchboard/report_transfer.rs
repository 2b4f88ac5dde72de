//! What stands below the transfer report: cases that were not accepted, by ground, and what was learned.

use complaints::Change;
use domain::directory::name_in;
use figures::acceptance::{COLUMNS, RefusedRow, cells};
use figures::table::Note;
use figures::{Cell, Column, Frame, Table, TableRow};
use store::Tx;
use store::report_rows::{self, Refusal, Scope};

use crate::Result;
use crate::report_tables::{Naming, notes};
use crate::reports::Query;

/// Both tables; none where one department is asked for: what was never dispatched, and what is learned, is no
/// department's.
pub(crate) fn tables(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    frame: &Frame,
    naming: &Naming,
) -> Result<Vec<Table>> {
    if query.department.is_some() {
        return Ok(Vec::new());
    }
    let new = report_rows::received(tx, scope)?;
    let refused: Vec<RefusedRow> = report_rows::refusals(tx, scope)?.iter().filter_map(refused).collect();
    let learned = report_rows::learned(tx, scope)?;
    let learned = learned.iter().map(|note| TableRow {
        key: String::new(),
        cells: vec![
            Cell::Moment(Some(note.noted_at)),
            naming.of_optional("institution", note.institution.as_deref()),
            naming.of("category", &note.category),
            Cell::Text(note.words.clone()),
        ],
    });
    let ids = ["noted", "institution", "category", "words"];
    let learning = Table {
        id: "learning".to_owned(),
        columns: ids.iter().map(|id| Column::naming(id)).collect(),
        rows: learned.collect(),
        total: None,
        notes: counted_by("report-basis-noted", query, frame, naming),
        zone: frame.zone,
    };
    Ok(vec![by_ground(&refused, new, query, frame, naming), learning])
}

/// The stored refusal and its review, read.
fn refused(row: &Refusal) -> Option<RefusedRow> {
    let Ok(Change::NotAccepted { ground, .. }) = serde_json::from_str(&row.detail) else { return None };
    let review = row.review.as_deref().and_then(|detail| serde_json::from_str::<Change>(detail).ok());
    let upheld = match review {
        Some(Change::NonAcceptanceReviewed { upheld, .. }) => Some(upheld),
        _ => None,
    };
    Some(RefusedRow { case_number: row.case_number.clone(), ground, at: row.at, upheld })
}

/// One line for each ground of the lines asked for, given or not, and for grounds that are in no list any more.
fn by_ground(rows: &[RefusedRow], new: u64, query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let house = naming.house();
    let asked = |line: &crate::Line| query.line.as_ref().is_none_or(|name| *name == line.name);
    let mut grounds: Vec<(String, String)> = Vec::new();
    for line in house.lines.values().filter(|line| asked(line)) {
        for ground in house.grounds.of(&line.profile) {
            let name = name_in(&ground.names, naming.language()).to_owned();
            if grounds.iter().all(|(code, _)| *code != ground.code) {
                grounds.push((ground.code.clone(), name));
            }
        }
    }
    for row in rows {
        if grounds.iter().all(|(code, _)| *code != row.ground) {
            grounds.push((row.ground.clone(), row.ground.clone()));
        }
    }
    let line = |name: Cell, code: Option<&str>| TableRow {
        key: String::new(),
        cells: std::iter::once(name).chain(cells(rows, code, new)).collect(),
    };
    let figures = COLUMNS.iter().map(|(id, share)| Column::figure(id, *share));
    Table {
        id: "non-acceptance".to_owned(),
        columns: std::iter::once(Column::naming("ground")).chain(figures).collect(),
        rows: grounds.iter().map(|(code, name)| line(Cell::Text(name.clone()), Some(code))).collect(),
        total: Some(line(Cell::Message("report-total".to_owned()), None)),
        notes: counted_by("report-basis-received", query, frame, naming),
        zone: frame.zone,
    }
}

/// The notes of the report, with the basis of this table.
fn counted_by(basis: &str, query: &Query, frame: &Frame, naming: &Naming) -> Vec<Note> {
    let mut notes = notes(query, frame, naming);
    for note in notes.iter_mut().filter(|note| note.id == "basis") {
        note.value = Cell::Message(basis.to_owned());
    }
    notes
}
