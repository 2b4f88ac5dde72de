//! `hotline report`: any report of the catalogue on the command line, from the same query as the screen.

use std::fmt::Write;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context, bail};
use figures::csv_text::{CsvStyle, csv_text};
use figures::json_text::json_value;
use figures::{Table, Words, catalogue};
use switchboard::Switchboard;
use switchboard::reports::{Asked, Filled, Query};
use web::report_words::Speaker;

/// Who the audit trail names for what is done here.
const ACTOR: &str = "command-line";

/// `hotline report` as typed.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Name of the report, or `list`
    name: String,
    /// First day, as 2026-02-01; the last 30 days if left out
    #[arg(long, value_name = "DAY", default_value = "")]
    from: String,
    /// Last day, included; today if left out
    #[arg(long, value_name = "DAY", default_value = "")]
    to: String,
    /// What to group by; `report list` shows the choice
    #[arg(long, value_name = "WHAT", default_value = "")]
    by: String,
    /// Only this line
    #[arg(long, default_value = "")]
    line: String,
    /// Only this department, by its code
    #[arg(long, default_value = "")]
    department: String,
    /// Only callbacks of this purpose, by its code
    #[arg(long, default_value = "")]
    purpose: String,
    /// Which table of the report a CSV file holds; the first if left out
    #[arg(long, default_value = "")]
    table: String,
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Language of titles and names: zh-CN, en or da
    #[arg(long, default_value = "en")]
    language: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Columns for people
    Table,
    /// UTF-8 with byte order mark, for spreadsheets
    Csv,
    /// For programs
    Json,
}

/// Prints a report, or the catalogue.
pub(crate) async fn run(board: &Switchboard, args: ReportArgs) -> anyhow::Result<ExitCode> {
    let words = Speaker::new(&args.language, &board.house().targets);
    if args.name == "list" {
        print(&list(&words))?;
        return Ok(ExitCode::SUCCESS);
    }
    let asked = Asked {
        from: args.from,
        to: args.to,
        by: args.by,
        line: args.line,
        department: args.department,
        purpose: args.purpose,
    };
    let query = Query::parse(&args.name, &asked, board.house(), board.now())?;
    let filled = board.report(&query, &args.language).await?;
    let text = render(&filled, args.format, &args.table, &words)?;
    let format = match args.format {
        Format::Table => "table",
        Format::Csv => "csv",
        Format::Json => "json",
    };
    board.note_export(&query, ACTOR, format).await?;
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn render(filled: &Filled, format: Format, table: &str, words: &Speaker) -> anyhow::Result<String> {
    let Some(chosen) = filled.table(table) else {
        let ids: Vec<_> = filled.tables.iter().map(|table| table.id.as_str()).collect();
        bail!("--table: there is no table {table:?} in this report; write one of {}", ids.join(", "));
    };
    Ok(match format {
        Format::Table => {
            filled.tables.iter().map(|table| columns(table, words)).collect::<Vec<_>>().join("\n")
        }
        Format::Csv => csv_text(chosen, words, CsvStyle::default())?,
        Format::Json => {
            let tables: Vec<_> = filled.tables.iter().map(|table| json_value(table, words)).collect();
            let query = &filled.query;
            let whole = serde_json::json!({"report": query.report.name, "by": query.by, "tables": tables});
            format!("{whole:#}\n")
        }
    })
}

fn list(words: &Speaker) -> String {
    let mut text = String::new();
    for report in catalogue::REPORTS {
        let title = words.say(&format!("report-{}", report.name), &[]);
        let about = words.say(&format!("report-{}-about", report.name), &[]);
        let _ =
            writeln!(text, "{:<10} {title}: {about}\n{:<10} --by {}", report.name, "", report.by.join("|"));
    }
    text
}

/// The table in aligned columns, with its notes above.
fn columns(table: &Table, words: &Speaker) -> String {
    let mut text = words.say(&format!("report-table-{}", table.id), &[]);
    text.push('\n');
    for note in &table.notes {
        let title = words.say(&format!("report-note-{}", note.id), &[]);
        let _ = writeln!(text, "  {title}: {}", note.value.parts(words, table.zone).concat());
    }
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.say(words)).collect();
    let lines = table.lines().map(|line| {
        let joined = line.cells.iter().map(|cell| match cell.parts(words, table.zone).as_slice() {
            [percent, above, below] => format!("{percent} {above}/{below}"),
            parts => parts.concat(),
        });
        joined.collect::<Vec<_>>()
    });
    let rows: Vec<Vec<String>> = std::iter::once(titles).chain(lines).collect();
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|place| rows.iter().filter_map(|row| row.get(place)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    for row in &rows {
        let cells =
            row.iter().zip(&widths).map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell))));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Columns that a terminal needs: Chinese characters and full-width marks take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffef}') { 2 } else { 1 })
        .sum()
}

fn print(text: &str) -> anyhow::Result<()> {
    std::io::stdout().write_all(text.as_bytes()).context("standard output")
}
