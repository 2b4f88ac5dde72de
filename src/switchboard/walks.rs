//! Which ways calls went through their scripts. A call is counted once, a minute after its end and away from the
//! callers; until then its ways are read off its turns, so that no figure waits for the counting.

use std::collections::{BTreeMap, BTreeSet};

use callflow::graph::{Figures, NodeFigures};
use callflow::{CallState, Edge, Place, Verb};
use domain::Timestamp;
use store::Tx;
use store::walks::{self, EdgeCount, Key, NodeCount, Uncounted};

use crate::{Error, Result, Switchboard};

/// Hooks of a call may come late: its ways are counted so long after its end.
const SETTLED_SECONDS: i64 = 60;
/// Calls counted in one transaction, so that no caller waits behind it.
const AT_A_TIME: i64 = 200;
/// Calls in progress that a picture takes in at most.
const MOST_OPEN: i64 = 20_000;

impl Switchboard {
    /// Counts the ways of calls that are over, in small portions behind the callers; tells how many calls.
    pub async fn count_walks(&self) -> Result<u64> {
        let now = self.now();
        let settled = now.plus_seconds(-SETTLED_SECONDS);
        let mut counted = 0;
        loop {
            let due = self.store.read(move |tx| walks::uncounted(tx, "", Some(settled), 1)).await?;
            if due.is_empty() {
                return Ok(counted);
            }
            counted += self.store.write_later(move |tx| count(tx, settled, now)).await?;
        }
    }
}

fn count(tx: &mut Tx<'_>, settled: Timestamp, now: Timestamp) -> Result<u64> {
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    let mut counted = 0;
    for call in walks::uncounted(tx, "", Some(settled), AT_A_TIME)? {
        if walks::mark_counted(tx, &call.call, now)? {
            counted += 1;
            let walk = Walk::of(&call);
            sums.entry(call.key).or_default().add(&walk);
        }
    }
    for (key, sum) in &sums {
        sum.keep(tx, key)?;
    }
    Ok::<_, Error>(counted)
}

/// The counts of `line` on the service days `from` to `to`, both included: what is counted, and what is not yet.
pub(crate) fn figures(tx: &mut Tx<'_>, line: &str, from: &str, to: &str) -> Result<Figures> {
    let mut sum = Sum::default();
    for edge in walks::edges(tx, line, from, to)? {
        *sum.edges.entry(Edge { from: edge.from, way: edge.way, to: edge.to }).or_default() += edge.calls;
    }
    for node in walks::nodes(tx, line, from, to)? {
        let figures = sum.nodes.entry(node.node).or_default();
        figures.reached += node.reached;
        figures.hung_up += node.hung_up;
    }
    for call in walks::uncounted(tx, line, None, MOST_OPEN)? {
        let walk = Walk::of(&call);
        let day = call.key.service_day.as_str();
        if from <= day && day <= to {
            sum.add(&walk);
        }
        // Who is on the line now is shown whatever the day.
        if let (false, Some(node)) = (call.over, walk.at) {
            sum.nodes.entry(node).or_default().present += 1;
        }
    }
    Ok(Figures { edges: sum.edges, nodes: sum.nodes })
}

/// One call's walk as it is counted: each way and each node once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    pub edges: BTreeSet<Edge>,
    /// Where the call stands or was when it ended; nothing after a goodbye.
    at: Option<String>,
    /// The node at which the caller hung up.
    pub hung_up: Option<String>,
}

impl Walk {
    /// A call whose turns took `edges`, and which the caller ended at `hung_up`, if so.
    pub fn new(edges: BTreeSet<Edge>, hung_up: Option<String>) -> Self {
        Self { edges, at: hung_up.clone(), hung_up }
    }

    fn of(call: &Uncounted) -> Self {
        // Ways that another version of the program wrote and this one cannot read count as none.
        let read = |text: &String| serde_json::from_str::<Vec<Edge>>(text).unwrap_or_default();
        let edges = call.walked.iter().flat_map(read).collect();
        let (at, talking) =
            call.last.as_ref().map(|(state, reply)| stands(state, reply, call.served)).unwrap_or_default();
        Self { edges, hung_up: at.clone().filter(|_| call.over && !talking), at }
    }

    fn nodes(&self) -> BTreeSet<&str> {
        self.edges.iter().map(|edge| edge.to.as_str()).collect()
    }
}

/// The node of the last turn, and whether somebody was, or may have been, talking with the caller there. An agent who was
/// rung and did not answer is nobody; of a telephone outside nobody knows.
fn stands(state: &str, reply: &str, served: bool) -> (Option<String>, bool) {
    let Ok(state) = serde_json::from_str::<CallState>(state) else { return (None, false) };
    let verbs: Vec<Verb> = serde_json::from_str(reply).unwrap_or_default();
    let rung = matches!(verbs.last(), Some(Verb::Dial { .. }));
    let node = match state.place {
        Place::At { node, .. } | Place::Asking { node, .. } => Some(node),
        Place::Ended => None,
    };
    (node, rung && (served || state.queue.is_none()))
}

/// Walks added up.
#[derive(Debug, Default)]
pub struct Sum {
    edges: BTreeMap<Edge, u64>,
    nodes: BTreeMap<String, NodeFigures>,
}

impl Sum {
    /// Adds a call.
    pub fn add(&mut self, walk: &Walk) {
        for edge in &walk.edges {
            *self.edges.entry(edge.clone()).or_default() += 1;
        }
        for node in walk.nodes() {
            self.nodes.entry(node.to_owned()).or_default().reached += 1;
        }
        if let Some(node) = &walk.hung_up {
            self.nodes.entry(node.clone()).or_default().hung_up += 1;
        }
    }

    /// Adds everything to the stored counts.
    pub fn keep(&self, tx: &mut Tx<'_>, key: &Key) -> Result<()> {
        for (edge, calls) in &self.edges {
            let Edge { from, way, to } = edge.clone();
            walks::add_edge(tx, key, &EdgeCount { from, way, to, calls: *calls })?;
        }
        for (node, figures) in &self.nodes {
            let (reached, hung_up) = (figures.reached, figures.hung_up);
            walks::add_node(tx, key, &NodeCount { node: node.clone(), reached, hung_up })?;
        }
        Ok(())
    }
}
