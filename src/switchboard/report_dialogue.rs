//! The dialogue report: what came of every offer, why points had none, and the dialogues behind the numbers.

use complaints::dialogue::{Eligibility, Ground};
use figures::dialogue::{OF_VERDICTS, few, measures, verdict_cells};
use figures::{Cell, Column, DialogueRow, Frame, Table, TableRow, grouping};

use crate::Result;
use crate::report_lists::{Behind, chosen, list};
use crate::report_tables::{Naming, grouped, message, notes};
use crate::reports::Query;

/// Both tables. Shares of few are no percentages.
pub(crate) fn tables(rows: &[DialogueRow], query: &Query, frame: &Frame, naming: &Naming) -> Vec<Table> {
    let key = |row: &DialogueRow| grouping::dialogue(row, query.by, frame);
    let mut groups = grouped((&measures(), rows), query, frame, naming, key);
    let least = frame.targets.dialogue.least_share;
    for line in groups.rows.iter_mut().chain(&mut groups.total) {
        line.cells = std::mem::take(&mut line.cells).into_iter().map(|cell| few(cell, least)).collect();
    }
    vec![groups, verdicts(rows, query, frame, naming)]
}

/// Every verdict there is, the five grounds among them, with the points that got it.
fn verdicts(rows: &[DialogueRow], query: &Query, frame: &Frame, naming: &Naming) -> Table {
    let least = frame.targets.dialogue.least_share;
    let line = |name: Cell, code: Option<&str>| TableRow {
        key: String::new(),
        cells: std::iter::once(name).chain(verdict_cells(rows, code, least)).collect(),
    };
    let grounds = Ground::ALL.iter().map(|ground| Eligibility::Not(*ground));
    let others = [Eligibility::OtherTrack, Eligibility::Unclear];
    let all = std::iter::once(Eligibility::Eligible).chain(grounds).chain(others);
    let figures = OF_VERDICTS.iter().map(|(id, share)| Column::figure(id, *share));
    Table {
        id: "verdicts".to_owned(),
        columns: std::iter::once(Column::naming("verdict")).chain(figures).collect(),
        rows: all.map(|one| line(message("dialogue-verdict", one.code()), Some(one.code()))).collect(),
        total: Some(line(Cell::Message("report-total".to_owned()), None)),
        notes: notes(query, frame, naming),
        zone: frame.zone,
    }
}

/// The dialogues behind a cell of the first table.
pub(crate) fn behind(
    rows: &[DialogueRow],
    query: &Query,
    cell: &Behind,
    frame: &Frame,
    naming: &Naming,
) -> Result<Table> {
    let key = |row: &DialogueRow| grouping::dialogue(row, query.by, frame);
    let chosen = chosen(rows, &measures(), cell, frame, key)?;
    let told = |prefix: &str, code: Option<&str>| {
        code.map_or_else(|| Cell::Message("report-none".to_owned()), |code| message(prefix, code))
    };
    let line = |row: &DialogueRow| TableRow {
        key: row.case_number.clone(),
        cells: vec![
            Cell::Text(row.case_number.clone()),
            naming.of_optional("region", row.region.as_deref()),
            message("dialogue-stage", &row.stage),
            Cell::Moment(Some(row.answered_at)),
            Cell::Moment(row.received_at),
            Cell::Moment(row.contacted_at),
            Cell::Moment(row.due_at),
            Cell::Moment(row.held_at),
            told("dialogue-decided", row.decided.as_deref()),
            told("dialogue-forward", row.forward_reason.as_deref()),
        ],
    };
    let ids =
        ["case", "region", "stage", "asked", "received", "contacted", "due", "held", "decided", "forwarded"];
    Ok(list(&ids, chosen.into_iter().map(line).collect(), query, frame, naming))
}
