//! The walk in lines of text, for a terminal: each node, and the ways that lead on from it.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use super::{Figures, NodeFigures, english};
use crate::edges::{Edge, edges};
use crate::model::{Node, Script};

/// Longest column of names; a longer one stands out.
const WIDEST: usize = 28;

pub(super) fn lines(script: &Script, figures: Option<&Figures>) -> String {
    let known = edges(script);
    let walked = figures.iter().flat_map(|figures| figures.edges.keys());
    let all: BTreeSet<&Edge> = known.iter().chain(walked).collect();
    let wide = all.iter().flat_map(|edge| [&edge.way, &edge.to]).map(|name| name.chars().count()).max();
    let wide = wide.unwrap_or_default().min(WIDEST);
    let mut text = String::new();
    begins(&mut text, &all, figures);
    for node in from_the_start(script) {
        let _ = writeln!(text, "{}{}", node.name, told(node, figures));
        for edge in all.iter().filter(|edge| edge.from == node.name) {
            line(&mut text, script, edge, figures, wide);
        }
    }
    // Nodes of earlier versions, through which calls went all the same.
    let gone = all.iter().filter(|edge| !edge.from.is_empty() && !script.nodes.contains_key(&edge.from));
    for (place, edge) in gone.enumerate() {
        if place == 0 {
            text.push_str("no longer in the script\n");
        }
        let _ = writeln!(text, "  {} {} -> {} {}", edge.from, edge.way, edge.to, calls(edge, figures));
    }
    text
}

/// How many calls began, where it is known.
fn begins(text: &mut String, all: &BTreeSet<&Edge>, figures: Option<&Figures>) {
    for edge in all.iter().filter(|edge| edge.from.is_empty()) {
        let begin = format!("calls begin at {} {}", edge.to, calls(edge, figures));
        let _ = writeln!(text, "{}", begin.trim_end());
    }
}

/// A way: the keys of the whole script and being asked again stand only where somebody went them.
fn line(text: &mut String, script: &Script, edge: &Edge, figures: Option<&Figures>, wide: usize) {
    let kind = script.nodes.get(&edge.from).map(|node| node.action.kind());
    let exits = kind.map(crate::nodes::Kind::exits).unwrap_or_default();
    let own = exits.iter().any(|exit| exit.to.way == edge.way && exit.to.node == edge.to);
    let counted = figures.and_then(|figures| figures.edges.get(edge)).is_some_and(|calls| *calls > 0);
    if own || counted {
        let (way, to, calls) = (&edge.way, &edge.to, calls(edge, figures));
        let _ = writeln!(text, "  {}", format!("{way:wide$} -> {to:wide$} {calls}").trim_end());
    }
}

fn calls(edge: &Edge, figures: Option<&Figures>) -> String {
    figures
        .map(|figures| figures.edges.get(edge).copied().unwrap_or_default().to_string())
        .unwrap_or_default()
}

/// What kind of node it is, and what callers did there.
fn told(node: &Node, figures: Option<&Figures>) -> String {
    let kind = english(&format!("kind-{}", node.action.name())).unwrap_or_default();
    let mut told = format!(" ({kind})");
    let NodeFigures { reached, hung_up, present } =
        figures.and_then(|figures| figures.nodes.get(&node.name)).copied().unwrap_or_default();
    for (count, what) in [(reached, "came"), (hung_up, "hung up here"), (present, "here now")] {
        if count > 0 {
            let _ = write!(told, ", {count} {what}");
        }
    }
    told
}

/// Every node, the nearest to the start first.
fn from_the_start(script: &Script) -> Vec<&Node> {
    let mut seen = BTreeSet::new();
    let mut due = VecDeque::from([script.settings.start.node.as_str()]);
    let mut nodes = Vec::new();
    while let Some(name) = due.pop_front() {
        let Some(node) = script.nodes.get(name).filter(|node| seen.insert(&node.name)) else { continue };
        nodes.push(node);
        due.extend(node.action.kind().exits().iter().map(|exit| exit.to.node.as_str()));
    }
    nodes.extend(script.nodes.values().filter(|node| !seen.contains(&node.name)));
    nodes
}
