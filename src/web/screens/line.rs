//! A line for whoever oversees it: its script as a picture with the calls that went each way, where callers hang up, and
//! who is on the line now.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use switchboard::line_graph::{LineGraph, Style};

use crate::Result;
use crate::auth::OverseerDesk;
use crate::page::{Page, html};

/// Periods that can be chosen, in service days, today included.
const PERIODS: [u16; 3] = [1, 7, 30];

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    days: Option<u16>,
}

impl Address {
    /// The period asked for, or the week where it is none that we have.
    fn days(&self) -> u16 {
        self.days.filter(|days| PERIODS.contains(days)).unwrap_or(7)
    }
}

#[derive(Template)]
#[template(path = "lines.html")]
struct LinesView {
    page: Page,
    lines: Vec<LineRow>,
}

/// A line as the list shows it.
struct LineRow {
    name: String,
    version: String,
    calls: u64,
    present: u64,
    hung_up: u64,
}

#[derive(Template)]
#[template(path = "line.html", blocks = ["picture", "figures", "ways"])]
struct LineView {
    page: Page,
    line: String,
    version: String,
    days: u16,
    from: String,
    to: String,
    calls: i64,
    elsewhere: i64,
    periods: [u16; 3],
    picture: String,
    /// Node, calls that came, calls that ended there, of a hundred.
    given_up: Vec<(String, u64, u64, u64)>,
    present: Vec<(String, u64)>,
    /// From, way, to, calls.
    ways: Vec<(String, String, String, u64)>,
}

/// All lines.
pub async fn all(at: OverseerDesk) -> Result<Response> {
    let names: Vec<String> = at.desk.house().lines.keys().cloned().collect();
    let mut lines = Vec::new();
    for name in names {
        let graph = at.desk.line_graph(&name, 1).await?;
        lines.push(LineRow {
            calls: graph.calls(),
            present: graph.present().iter().map(|(_, calls)| calls).sum(),
            hung_up: graph.given_up().iter().map(|node| node.hung_up).sum(),
            name,
            version: graph.version,
        });
    }
    html(&LinesView { page: at.page, lines })
}

/// One line.
pub async fn show(
    at: OverseerDesk,
    Path(line): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response> {
    html(&prepare(at, &line, &address).await?)
}

/// The picture alone, fetched anew after a notice.
pub async fn picture(
    at: OverseerDesk,
    Path(line): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response> {
    html(&prepare(at, &line, &address).await?.as_picture())
}

/// The tables alone.
pub async fn figures(
    at: OverseerDesk,
    Path(line): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response> {
    html(&prepare(at, &line, &address).await?.as_figures())
}

/// The picture in words alone.
pub async fn ways(
    at: OverseerDesk,
    Path(line): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response> {
    html(&prepare(at, &line, &address).await?.as_ways())
}

async fn prepare(at: OverseerDesk, line: &str, address: &Address) -> Result<LineView> {
    let days = address.days();
    let graph = at.desk.line_graph(line, days).await?;
    Ok(view(at.page, &graph, days))
}

fn view(page: Page, graph: &LineGraph, days: u16) -> LineView {
    let word = |id: &str| page.known("graph", id);
    let way = |way: &str| word(&format!("way-{way}")).unwrap_or_else(|| way.to_owned());
    let title = page.tv("line-picture", "line", &graph.line);
    let picture = graph.picture(&Style { title: &title, word: &word, sheet: false });
    let ways = graph.ways().into_iter().map(|(edge, calls)| {
        let from = if edge.from.is_empty() { page.t("line-begin") } else { edge.from };
        (from, way(&edge.way), edge.to, calls)
    });
    let given_up = graph.given_up().into_iter().map(|node| {
        let percent = node.percent();
        (node.node, node.reached, node.hung_up, percent)
    });
    LineView {
        line: graph.line.clone(),
        version: graph.version.clone(),
        days,
        from: page.date(graph.from),
        to: page.date(graph.to),
        calls: number(graph.calls()),
        elsewhere: number(graph.elsewhere()),
        periods: PERIODS,
        picture,
        given_up: given_up.collect(),
        present: graph.present(),
        ways: ways.collect(),
        page,
    }
}

fn number(calls: u64) -> i64 {
    i64::try_from(calls).unwrap_or(i64::MAX)
}
