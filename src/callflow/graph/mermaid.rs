//! The walk in the language of Mermaid.

use std::fmt::Write as _;

use super::Figures;
use crate::edges::edges;
use crate::model::Script;

pub(super) fn flowchart(script: &Script, figures: Option<&Figures>) -> String {
    let mut text = String::from("flowchart TD\n");
    for (number, node) in script.nodes.values().enumerate() {
        let shape = if node.action.kind().listens() { ["([", "])"] } else { ["[", "]"] };
        let _ = writeln!(text, "  n{number}{}\"{}\"{}", shape[0], node.name, shape[1]);
    }
    let number = |name: &str| script.nodes.keys().position(|other| other == name);
    // The keys of the whole script lead from everywhere to the same place: they would hide all else.
    for edge in edges(script).into_iter().filter(|edge| !edge.stays()) {
        let (Some(from), Some(to)) = (number(&edge.from), number(&edge.to)) else { continue };
        let exits = script.nodes.get(&edge.from).map(|node| node.action.kind().exits()).unwrap_or_default();
        if !exits.iter().any(|exit| exit.to.way == edge.way && exit.to.node == edge.to) {
            continue;
        }
        let arrow = if matches!(edge.way.as_str(), "no-input" | "invalid") { "-.->" } else { "-->" };
        let calls = figures.and_then(|figures| figures.edges.get(&edge));
        let calls = calls.map(|calls| format!(" · {calls}")).unwrap_or_default();
        let way = edge.way.replace(['"', '|'], " ");
        let _ = writeln!(text, "  n{from} {arrow}|\"{way}{calls}\"| n{to}");
    }
    text
}
