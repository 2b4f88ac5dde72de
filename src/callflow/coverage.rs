//! What golden calls have walked and said, held against what the script means.

use std::collections::{BTreeMap, BTreeSet};

use domain::Language;

use crate::edges::{Edge, edges};
use crate::model::Script;

/// What calls have seen of a script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    pub edges: BTreeSet<Edge>,
    /// Prompts by the language they were spoken in.
    pub prompts: BTreeSet<(Language, String)>,
}

impl Seen {
    /// Takes in what another call has seen.
    pub fn add(&mut self, other: Seen) {
        self.edges.extend(other.edges);
        self.prompts.extend(other.prompts);
    }
}

/// How much of something was seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    pub seen: usize,
    pub all: usize,
    /// What no call has seen, in order.
    pub missing: Vec<String>,
}

impl Share {
    fn of<T: Ord>(all: &BTreeSet<T>, seen: &BTreeSet<T>, told: impl Fn(&T) -> String) -> Self {
        let missing: Vec<String> = all.difference(seen).map(told).collect();
        Self { seen: all.len() - missing.len(), all: all.len(), missing }
    }

    /// Whole percent, rounded down; 100 only when nothing is missing.
    pub fn percent(&self) -> usize {
        (self.seen * 100).checked_div(self.all).unwrap_or(100)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} of {}", self.seen, self.all)
    }
}

/// How much of a script the golden calls cover.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Coverage {
    pub nodes: Share,
    pub edges: Share,
    /// In the order of the script's languages.
    pub prompts: Vec<(Language, Share)>,
}

impl Coverage {
    /// Holds what was seen against `script`.
    pub fn of(script: &Script, seen: &Seen) -> Self {
        let all = edges(script);
        let names: BTreeSet<&str> = script.node_names().collect();
        let come_to: BTreeSet<&str> = seen.edges.iter().map(|edge| edge.to.as_str()).collect();
        let prompts = all_prompts(script);
        let heard = |language: &Language| -> BTreeSet<String> {
            let own = seen.prompts.iter().filter(|(spoken, _)| spoken == language);
            own.map(|(_, id)| id.clone()).collect()
        };
        let of_language =
            |language: &Language| (language.clone(), Share::of(&prompts, &heard(language), String::clone));
        Self {
            nodes: Share::of(&names, &come_to, |name| (*name).to_owned()),
            edges: Share::of(&all, &seen.edges, told),
            prompts: script.languages().iter().map(of_language).collect(),
        }
    }

    /// The least percentage among edges and prompts.
    pub fn percent(&self) -> usize {
        let prompts = self.prompts.iter().map(|(_, share)| share.percent());
        prompts.chain([self.nodes.percent(), self.edges.percent()]).min().unwrap_or_default()
    }
}

/// `main -1-> agent`
fn told(edge: &Edge) -> String {
    let from = if edge.from.is_empty() { "(begin)" } else { &edge.from };
    format!("{from} -{}-> {}", edge.way, edge.to)
}

/// Every prompt that the nodes or the script itself may speak.
fn all_prompts(script: &Script) -> BTreeSet<String> {
    let settings = &script.settings;
    let own = [&settings.apology, &settings.unavailable, &settings.nothing_heard, &settings.not_understood];
    let spoken = script.nodes.values().flat_map(|node| node.action.kind().spoken());
    let ids = spoken.map(|spoken| spoken.words.into_owned().id).chain(own.map(|words| words.id.clone()));
    ids.filter(|id| !id.is_empty()).collect()
}

/// What a caller hears of the last resort, in every language: no golden call can break the house.
pub fn last_resort(script: &Script) -> Seen {
    let settings = &script.settings;
    let words = [&settings.apology, &settings.unavailable];
    let values = vec![("number".to_owned(), crate::prompts::Value::Text("1".to_owned()))];
    let spoken = script.languages().iter().flat_map(|language| {
        let said = words
            .map(|words| script.prompts.say(language, &words.id, || values.clone()).map(|it| (it, words)));
        said.into_iter().flatten().map(|(prompt, words)| (prompt.language, words.id.clone()))
    });
    Seen { edges: BTreeSet::new(), prompts: spoken.collect() }
}

/// Ways by the node they lead away from, for a report that is read.
pub fn by_node(missing: &[String]) -> BTreeMap<&str, Vec<&str>> {
    let mut nodes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (node, way) in missing.iter().filter_map(|told| told.split_once(' ')) {
        nodes.entry(node).or_default().push(way);
    }
    nodes
}
