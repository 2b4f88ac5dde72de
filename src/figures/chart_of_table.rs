//! The chart of a table: the same groups, the columns that add up to the whole.

use crate::chart::{Chart, Kind, Series};
use crate::table::Cell;
use crate::{Table, Words};

/// The columns of a report's chart: parts of one whole, so that they may be stacked.
fn parts_of(report: &str) -> &'static [&'static str] {
    match report {
        "transfer" => &["done-on-time", "done-late", "returned", "taken-back", "open"],
        "callback" => &["reached", "not-reached", "cancelled", "callbacks-open"],
        "agreement" => &["pairs"],
        "dialogue" => &[
            "dialogue-not-wanted",
            "dialogue-not-eligible",
            "dialogue-open",
            "dialogue-held",
            "dialogue-not-held",
        ],
        // A line that leaves out what is withheld would say it is nothing.
        "publication" => &[],
        "themes" => &["theme-points"],
        "equity" => &["cases-refused", "cases-ended-otherwise", "cases-answered", "cases-open"],
        _ => &["answered", "abandoned", "moved-to-callback", "unserved"],
    }
}

/// The chart of a report's first table: lines over time, bars over everything else. None where nothing can be drawn.
pub fn chart_of_table(report: &str, by: &str, table: &Table, words: &dyn Words) -> Option<Chart> {
    if parts_of(report).is_empty() || table.rows.is_empty() {
        return None;
    }
    let title = words.say(&format!("report-{report}"), &[]);
    let series = parts_of(report).iter().filter_map(|id| {
        let place = table.place(id)?;
        Some(Series {
            name: table.columns.get(place)?.title.say(words),
            values: table.rows.iter().map(|row| row.cells.get(place).and_then(height)).collect(),
        })
    });
    let name = |cells: &[Cell]| {
        cells.first().and_then(|cell| cell.parts(words, table.zone).into_iter().next()).unwrap_or_default()
    };
    Some(Chart {
        id: format!("chart-{report}"),
        title: words.say("report-chart-title", &[("title", title)]),
        description: words.say("report-chart-description", &[]),
        kind: if matches!(by, "day" | "week" | "hour") { Kind::Lines } else { Kind::Stacked },
        categories: table.rows.iter().map(|row| name(&row.cells)).collect(),
        series: series.collect(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^53")]
fn height(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Count(count) => Some(*count as f64),
        _ => None,
    }
}
