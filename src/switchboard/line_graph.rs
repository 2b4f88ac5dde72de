//! A line's script as a picture with the calls that went through it, for whoever oversees the line: where do callers give
//! up?

use std::sync::Arc;

pub use callflow::graph::{Figures, SHEET, Style};
use callflow::{Edge, Script, graph};
use chrono::{Days, NaiveDate};
use store::Tx;

use crate::rights::{Desk, Overseer};
use crate::{Error, Result, walks};

/// A line and its calls in a period.
pub struct LineGraph {
    pub line: String,
    /// First and last service day, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Version of the script that is drawn: the newest.
    pub version: String,
    pub figures: Figures,
    script: Arc<Script>,
}

/// What callers did at one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    pub node: String,
    pub reached: u64,
    pub hung_up: u64,
}

impl GivenUp {
    /// Callers who hung up here, of a hundred who came.
    pub fn percent(&self) -> u64 {
        (self.hung_up * 100).checked_div(self.reached).unwrap_or_default()
    }
}

impl LineGraph {
    /// What the calls of `line` did on the service days from the first to the last, both included, drawn on `script`.
    pub fn read(
        tx: &mut Tx<'_>,
        line: &str,
        script: &Arc<Script>,
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Self> {
        let figures = walks::figures(tx, line, &from.to_string(), &to.to_string())?;
        let (line, version) = (line.to_owned(), script.version().to_owned());
        Ok(Self { line, from, to, version, figures, script: Arc::clone(script) })
    }

    /// The picture as SVG.
    pub fn picture(&self, style: &Style<'_>) -> String {
        graph::svg(&self.script, Some(&self.figures), style)
    }

    /// Calls that began.
    pub fn calls(&self) -> u64 {
        self.figures.edges.iter().filter(|(edge, _)| edge.from.is_empty()).map(|(_, calls)| calls).sum()
    }

    /// Where callers hung up, the place that lost most first.
    pub fn given_up(&self) -> Vec<GivenUp> {
        let nodes = self.figures.nodes.iter().filter(|(_, node)| node.hung_up > 0);
        let mut all: Vec<GivenUp> = nodes
            .map(|(name, node)| GivenUp { node: name.clone(), reached: node.reached, hung_up: node.hung_up })
            .collect();
        all.sort_by(|one, other| (other.hung_up, &one.node).cmp(&(one.hung_up, &other.node)));
        all
    }

    /// Calls that are on the line now, by node.
    pub fn present(&self) -> Vec<(String, u64)> {
        let nodes = self.figures.nodes.iter().filter(|(_, node)| node.present > 0);
        nodes.map(|(name, node)| (name.clone(), node.present)).collect()
    }

    /// Calls that took ways which the newest version no longer has, or that something broken led on.
    pub fn elsewhere(&self) -> u64 {
        let known = callflow::edges(&self.script);
        let strange = self.figures.edges.iter().filter(|(edge, _)| !known.contains(*edge));
        // A call may have taken several: the most that went along one of them.
        strange.map(|(_, calls)| *calls).max().unwrap_or_default()
    }

    /// Every way with its calls, the most walked first: the picture in words.
    pub fn ways(&self) -> Vec<(Edge, u64)> {
        let mut all: Vec<_> = self.figures.edges.iter().map(|(edge, calls)| (edge.clone(), *calls)).collect();
        all.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        all
    }
}

/// The first of so many days that end with `to`.
pub fn first_of(days: u16, to: NaiveDate) -> NaiveDate {
    to.checked_sub_days(Days::new(u64::from(days.max(1)) - 1)).unwrap_or(to)
}

impl Desk<Overseer> {
    /// The line as its calls walked it on the last `days` service days, today included.
    pub async fn line_graph(&self, line: &str, days: u16) -> Result<LineGraph> {
        let line = self.house().lines.get(line).ok_or(Error::NotFound)?;
        let script = line.script.newest();
        let to = self.now().service_day(line.zone);
        let (name, from) = (line.name.clone(), first_of(days, to));
        self.board.store.read(move |tx| LineGraph::read(tx, &name, &script, (from, to))).await
    }
}
