//! The ways of a script: from a node, by a key or a word, to a node. What the checker follows, what a call walks, what
//! the graph draws and what is counted are the same edges.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{Link, Node, PERSON, Script, Settings};
use crate::nodes::{Action, Exit, Kind};

/// One way from node to node. Where a caller is asked again at the same node, both ends are that node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edge {
    /// Empty where a call begins.
    #[serde(rename = "f")]
    pub from: String,
    /// The key that was pressed (`1`), the answer of a branch (`open`), or a word: `next`, `no-input`, `invalid`, `person`,
    /// `emergency`, `repeat`, `served`, `nobody`, `failed` … `-` stands where the script writes `_`.
    #[serde(rename = "w")]
    pub way: String,
    #[serde(rename = "t")]
    pub to: String,
}

impl Edge {
    /// The way of a call that something broken led to a person: walked, but written in no script.
    pub const TROUBLE: &'static str = "trouble";
    /// The way back to the same node when the caller wants to hear it again.
    pub const REPEAT: &'static str = "repeat";

    pub(crate) fn new(from: &str, way: &str, to: &str) -> Self {
        Self { from: from.to_owned(), way: way.to_owned(), to: to.to_owned() }
    }

    /// Whether the caller was asked again, or had it said again.
    pub fn stays(&self) -> bool {
        self.from == self.to
    }
}

/// Every way that `script` means: the exits of its nodes, being asked again, and the keys of the whole script. Sorted.
pub fn edges(script: &Script) -> BTreeSet<Edge> {
    let start = &script.settings.start;
    let mut all = BTreeSet::from([Edge::new("", &start.way, &start.node)]);
    for node in script.nodes.values() {
        let kind = node.action.kind();
        all.extend(kind.exits().iter().flat_map(|exit| along(&node.name, exit)));
        all.extend(while_down(&script.settings, node));
        if kind.listens() {
            all.extend(of_the_whole_script(&script.settings, node, kind));
        }
    }
    all
}

fn along(from: &str, exit: &Exit<'_>) -> impl Iterator<Item = Edge> {
    let Link { way, node, .. } = exit.to;
    [exit.again.then(|| Edge::new(from, way, from)), Some(Edge::new(from, way, node))].into_iter().flatten()
}

/// The way of who asks for the house's records while they are out of reach, where the script names one for all.
fn while_down(settings: &Settings, node: &Node) -> Option<Edge> {
    let asks = match &node.action {
        Action::Enqueue(enqueue) => enqueue.down.is_none(),
        Action::Lookup(_) => true,
        _ => false,
    };
    settings.down.as_ref().filter(|_| asks).map(|link| Edge::new(&node.name, &link.way, &link.node))
}

/// The emergency key, 0 and the repeat key, where the node has no use of its own for them.
fn of_the_whole_script<'s>(
    settings: &'s Settings,
    node: &'s Node,
    kind: &'s dyn Kind,
) -> impl Iterator<Item = Edge> + 's {
    let emergency =
        settings.emergency.as_ref().map(|it| (it.key, it.node.way.as_str(), it.node.node.as_str()));
    let person = (PERSON, settings.person.way.as_str(), settings.person.node.as_str());
    let repeat = settings.repeat_key.map(|(key, _)| (key, Edge::REPEAT, node.name.as_str()));
    let own: Vec<char> = kind.keys().into_iter().map(|(key, _)| key).collect();
    let free =
        emergency.into_iter().chain([person]).chain(repeat).filter(move |(key, ..)| !own.contains(key));
    free.map(|(_, way, to)| Edge::new(&node.name, way, to))
}
