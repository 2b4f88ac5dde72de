//! The walk as a picture: every node a card, every choice a line, with the counts of calls where they are known.
//!
//! What would clutter the picture stands as a row on the card instead of a line: where silence and wrong keys lead, ways
//! back up, and long ways to an end that everything leads to. The keys of the whole script stand in the legend once.
//!
//! Read in this order: `chart` (what is shown), `ranks`, `order`, `place` (where it stands), `layout`, `draw`.

mod chart;
mod draw;
mod layout;
mod mermaid;
mod order;
mod place;
mod ranks;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use crate::edges::Edge;
use crate::model::Script;

/// Colours and letters of the picture, light and dark. A page that shows the picture inline links this sheet itself.
pub const SHEET: &str = include_str!("graph.css");

/// Counts of calls to be shown with a script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Calls that went each way.
    pub edges: BTreeMap<Edge, u64>,
    pub nodes: BTreeMap<String, NodeFigures>,
}

/// Counts of calls at one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NodeFigures {
    /// Calls that came here.
    pub reached: u64,
    /// Calls that the caller ended here.
    pub hung_up: u64,
    /// Calls that are here now.
    pub present: u64,
}

/// What a picture looks like.
pub struct Style<'a> {
    /// Name of the picture, for those who cannot see it.
    pub title: &'a str,
    /// The words of kinds and ways by their id (`kind-menu`, `way-no-input`, `hung-up` …); nothing for a way that is a
    /// key or an answer of a branch.
    pub word: &'a dyn Fn(&str) -> Option<String>,
    /// Whether the sheet goes into the picture; a file needs it, a page links [`SHEET`].
    pub sheet: bool,
}

/// An SVG document. With `figures` lines are as wide as they are walked, and cards tell where callers hang up.
pub fn svg(script: &Script, figures: Option<&Figures>, style: &Style<'_>) -> String {
    let chart = chart::Chart::of(script, figures, style);
    let layout = layout::Layout::of(&chart);
    draw::svg(&chart, &layout, style)
}

/// A flow chart in the language of Mermaid: solid lines are the caller's choices and what goes on by itself, dotted
/// lines are silence.
pub fn mermaid(script: &Script, figures: Option<&Figures>) -> String {
    mermaid::flowchart(script, figures)
}

/// Lines of text for a terminal: nodes with the ways on from them, and with `figures` the calls that came and went.
pub fn text(script: &Script, figures: Option<&Figures>) -> String {
    text::lines(script, figures)
}

/// The words of a picture in English, for files.
pub fn english(id: &str) -> Option<String> {
    let word = match id {
        "kind-say" => "says",
        "kind-menu" => "menu",
        "kind-collect" => "digits",
        "kind-record" => "records",
        "kind-branch" => "decides",
        "kind-lookup" => "looks up",
        "kind-enqueue" => "queue",
        "kind-callback" => "call back",
        "kind-transfer" => "transfer",
        "kind-survey" => "survey",
        "kind-language" => "language",
        "kind-hangup" => "goodbye",
        "begin" => "calls begin here",
        "everywhere" => "From every node that waits",
        "again" => "asked again",
        "way-repeat" => "said again",
        "hung-up" => "hung up here",
        "now" => "here now",
        "way-no-input" => "silence",
        "way-invalid" => "wrong key",
        "way-down" => "records out of reach",
        "way-without-recording" => "nothing can be recorded",
        _ => return None,
    };
    Some(word.to_owned())
}
