//! One report: filters in the address, tables and chart, the list behind each number, files.

use askama::Template;
use axum::extract::{Path, Query as Pairs};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::directory::name_in;
use serde::Deserialize;
use switchboard::report_lists::Behind;
use switchboard::reports::figures::chart_of_table::chart_of_table;
use switchboard::reports::figures::csv_text::{CsvStyle, csv_text};
use switchboard::reports::figures::json_text::json_value;
use switchboard::reports::figures::measure::Side;
use switchboard::reports::figures::table::Column;
use switchboard::reports::figures::{Cell, TableRow, Words};
use switchboard::reports::{Asked, Filled, Query};

use super::report_table::{TableView, view};
use crate::auth::SupervisorDesk;
use crate::page::{Page, html};
use crate::report_words::Speaker;
use crate::{Error, Result};

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    from: String,
    to: String,
    by: String,
    line: String,
    department: String,
    purpose: String,
    /// Of a file: which table.
    table: String,
    /// Of a file: `0` leaves out the byte order mark.
    bom: String,
    /// Of a list: which cell.
    key: String,
    figure: String,
    side: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportView {
    page: Page,
    name: &'static str,
    title: String,
    about: String,
    query: Query,
    /// Value and text of each choice.
    by: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    /// Whether a department can be chosen.
    by_department: bool,
    departments: Vec<(String, String)>,
    purposes: Vec<(String, String)>,
    address: String,
    chart: String,
    tables: Vec<TableView>,
}

#[derive(Template)]
#[template(path = "report_list.html")]
struct ListView {
    page: Page,
    title: String,
    back: String,
    table: TableView,
}

/// The report on the screen.
pub async fn show(
    at: SupervisorDesk,
    Path(name): Path<String>,
    Pairs(address): Pairs<Address>,
) -> Result<Response> {
    let query = understand(&at, &name, &address)?;
    let filled = at.desk.report(&query).await?;
    let targets = &at.desk.house().targets;
    let words = Speaker::new(at.page.lang(), targets);
    let base = query_text(&query, &[]);
    let mut tables = Vec::new();
    for (place, table) in filled.tables.iter().enumerate() {
        let link = |row: &TableRow, column: &Column, _: &Cell| match place {
            0 if column.formula.is_some() => list_address(&query, row, column),
            _ => case_address(row, column),
        };
        tables.push(view(&at.page, table, targets, &words, link));
    }
    let chart = filled.tables.first();
    let chart = chart.and_then(|table| chart_of_table(query.report.name, query.by, table, &words));
    let house = at.desk.house();
    let lang = at.page.lang();
    let departments = &house.directory.departments;
    let purposes = if query.report.name == "callback" { PURPOSES } else { &[] };
    html(&ReportView {
        name: query.report.name,
        title: words.say(&format!("report-{}", query.report.name), &[]),
        about: words.say(&format!("report-{}-about", query.report.name), &[]),
        by: query
            .report
            .by
            .iter()
            .map(|by| ((*by).to_owned(), words.say(&format!("report-column-{by}"), &[])))
            .collect(),
        lines: house.lines.keys().map(|line| (line.clone(), line.clone())).collect(),
        by_department: query.by_department(),
        departments: departments
            .iter()
            .map(|one| (one.code.clone(), name_in(&one.names, lang).to_owned()))
            .collect(),
        purposes: purposes
            .iter()
            .map(|code| ((*code).to_owned(), at.page.tc("report-purpose", code)))
            .collect(),
        address: base,
        chart: chart.map(|chart| chart.svg()).unwrap_or_default(),
        tables,
        query,
        page: at.page,
    })
}

/// Purposes that the filter offers.
const PURPOSES: &[&str] = &[
    "queue_callback",
    "promised_advice",
    "ask_facts",
    "give_result",
    "satisfaction",
    "dialogue_contact",
    "dialogue_decision",
    "recheck",
];

/// The rows behind a number.
pub async fn list(
    at: SupervisorDesk,
    Path(name): Path<String>,
    Pairs(address): Pairs<Address>,
) -> Result<Response> {
    let query = understand(&at, &name, &address)?;
    let side = if address.side == "among" { Side::Among } else { Side::Counted };
    let cell = Behind { key: address.key, figure: address.figure.clone(), side };
    let table = at.desk.behind_report(&query, &cell).await?;
    let targets = &at.desk.house().targets;
    let words = Speaker::new(at.page.lang(), targets);
    let figure = words.say(&format!("figure-{}", address.figure), &[]);
    html(&ListView {
        title: words.say("report-behind-title", &[("figure", figure)]),
        back: format!("/reports/{}?{}", query.report.name, query_text(&query, &[])),
        table: view(&at.page, &table, targets, &words, |row, column, _| case_address(row, column)),
        page: at.page,
    })
}

/// A table as a CSV file.
pub async fn csv(
    at: SupervisorDesk,
    Path(name): Path<String>,
    Pairs(address): Pairs<Address>,
) -> Result<Response> {
    let query = understand(&at, &name, &address)?;
    let filled = at.desk.export_report(&query, "csv").await?;
    let words = Speaker::new(at.page.lang(), &at.desk.house().targets);
    let table = filled.table(&address.table).ok_or(Error::NotFound)?;
    let style = CsvStyle { byte_order_mark: address.bom != "0" };
    let text = csv_text(table, &words, style).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(file(text, "text/csv; charset=utf-8", &file_name(&filled, &table.id, "csv")))
}

/// The whole report as JSON.
pub async fn json(
    at: SupervisorDesk,
    Path(name): Path<String>,
    Pairs(address): Pairs<Address>,
) -> Result<Response> {
    let query = understand(&at, &name, &address)?;
    let filled = at.desk.export_report(&query, "json").await?;
    let words = Speaker::new(at.page.lang(), &at.desk.house().targets);
    let tables: Vec<_> = filled.tables.iter().map(|table| json_value(table, &words)).collect();
    let whole = serde_json::json!({"report": query.report.name, "by": query.by, "tables": tables});
    Ok(file(whole.to_string(), "application/json", &file_name(&filled, "all", "json")))
}

fn understand(at: &SupervisorDesk, name: &str, address: &Address) -> Result<Query> {
    let asked = Asked {
        from: address.from.clone(),
        to: address.to.clone(),
        by: address.by.clone(),
        line: address.line.clone(),
        department: address.department.clone(),
        purpose: address.purpose.clone(),
    };
    Query::parse(name, &asked, at.desk.house(), at.desk.now()).map_err(|fault| match fault {
        switchboard::reports::QueryFault::Report(..) => Error::NotFound,
        fault => Error::Refused { code: fault.message().to_owned(), missing: Vec::new() },
    })
}

fn query_text(query: &Query, more: &[(&str, &str)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(query.pairs());
    text.extend_pairs(more);
    text.finish()
}

fn list_address(query: &Query, row: &TableRow, column: &Column) -> String {
    let pairs = query_text(query, &[("key", &row.key), ("figure", &column.id)]);
    format!("/reports/{}/list?{pairs}", query.report.name)
}

/// A case number leads to its case.
fn case_address(row: &TableRow, column: &Column) -> String {
    if column.id == "case" && !row.key.is_empty() { format!("/cases/{}", row.key) } else { String::new() }
}

fn file_name(filled: &Filled, table: &str, ending: &str) -> String {
    let query = &filled.query;
    format!("{}-{table}-{}-{}.{ending}", query.report.name, query.period.from, query.period.to)
}

fn file(text: String, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text)
        .into_response()
}
