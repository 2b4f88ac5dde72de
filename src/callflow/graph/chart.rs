//! What the picture shows: cards with their rows, and the lines between them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Figures, NodeFigures, Style};
use crate::edges::{Edge, edges};
use crate::model::{Node, Script};
use crate::nodes::How;

use super::ranks;

/// Lines that lead far to a node with so many lines are rows.
const HUB: usize = 4;
/// Cards are this wide at least and at most, in units of the picture.
const NARROW: f64 = 128.0;
const WIDE: f64 = 236.0;
/// Height of a card's head, of its words and of each row.
const HEAD: f64 = 24.0;
const WORDS: f64 = 16.0;
const ROW: f64 = 16.0;
const FOOT: f64 = 8.0;

/// Sizes of letters.
pub(super) const NAME_SIZE: f64 = 13.0;
pub(super) const ROW_SIZE: f64 = 11.0;

/// A node.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) name: String,
    pub(super) kind: &'static str,
    /// The kind in the reader's language.
    pub(super) kind_word: String,
    /// The beginning of what it says, and all of it.
    pub(super) words: String,
    pub(super) all_words: String,
    pub(super) rows: Vec<Row>,
    pub(super) figures: Option<NodeFigures>,
    pub(super) begins: bool,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// One line of text on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) text: String,
    /// At the right edge.
    pub(super) count: String,
    pub(super) class: &'static str,
}

/// A drawn way from card to card.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    /// Calls that went along; nothing where nothing is counted.
    pub(super) calls: Option<u64>,
    pub(super) width: f64,
}

/// All of it.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub(super) cards: Vec<Card>,
    pub(super) lines: Vec<Line>,
    /// Rank of each card.
    pub(super) ranks: Vec<usize>,
    /// The keys of the whole script in words.
    pub(super) legend: Vec<String>,
}

/// What leads away from a node, sorted by how it is shown.
#[derive(Default)]
struct Ways {
    /// From, to: the ways along.
    lines: BTreeMap<(usize, usize), Vec<Edge>>,
    /// Silence and wrong keys.
    ladders: BTreeMap<(usize, usize), Vec<Edge>>,
    /// Keys of the whole script.
    whole: BTreeMap<(usize, usize), Vec<Edge>>,
    stays: BTreeMap<usize, Vec<Edge>>,
}

impl Chart {
    pub(super) fn of(script: &Script, figures: Option<&Figures>, style: &Style<'_>) -> Self {
        let nodes: Vec<&Node> = script.nodes.values().collect();
        let number = |name: &str| nodes.iter().position(|node| node.name == name);
        let ways = sort(script, &nodes);
        let start = number(&script.settings.start.node).unwrap_or_default();
        let (ranks, rows) = arrange(nodes.len(), &ways, start);
        let print = Print { script, figures, style };
        let mut cards: Vec<Card> = nodes.iter().map(|node| print.card(node)).collect();
        let name = |at: usize| nodes.get(at).map_or("", |node| node.name.as_str());
        if let Some(card) = cards.get_mut(start) {
            card.begins = true;
        }
        for ((from, to), ways) in ways.ladders.iter().chain(rows.iter().map(|key| (key, &ways.lines[key]))) {
            let row = print.row(ways, name(*to), "gr-row");
            cards.get_mut(*from).into_iter().for_each(|card| card.rows.push(row.clone()));
        }
        if figures.is_some() {
            for ((from, to), ways) in ways.whole.iter().filter(|(_, ways)| print.calls(ways) > Some(0)) {
                let row = print.row(ways, name(*to), "gr-row gr-whole");
                cards.get_mut(*from).into_iter().for_each(|card| card.rows.push(row.clone()));
            }
            for (at, ways) in &ways.stays {
                let rows = print.stays(ways);
                cards.get_mut(*at).into_iter().for_each(|card| card.rows.extend(rows.clone()));
            }
        }
        cards.iter_mut().for_each(|card| print.size(card));
        let drawn = ways.lines.iter().filter(|(key, _)| !rows.contains(key));
        let mut drawn: Vec<_> = drawn.collect();
        // The lines of one card in the order of their ways.
        drawn.sort_by_key(|((from, _), ways)| (*from, ways.first().map(|edge| edge.way.clone())));
        let lines = drawn.into_iter().map(|(key, ways)| print.line(*key, ways)).collect();
        Self { cards, lines, ranks, legend: print.legend() }
    }
}

fn sort(script: &Script, nodes: &[&Node]) -> Ways {
    let number = |name: &str| nodes.iter().position(|node| node.name == name);
    let mut ways = Ways::default();
    for edge in edges(script) {
        let (Some(from), Some(to)) = (number(&edge.from), number(&edge.to)) else { continue };
        if edge.stays() {
            ways.stays.entry(from).or_default().push(edge);
            continue;
        }
        let exits = nodes.get(from).map(|node| node.action.kind().exits()).unwrap_or_default();
        let exit = exits.iter().find(|exit| exit.to.way == edge.way && exit.to.node == edge.to);
        let kept = match exit {
            None => &mut ways.whole,
            Some(exit) if exit.how == How::Silence || exit.again || edge.way == "invalid" => {
                &mut ways.ladders
            }
            Some(_) => &mut ways.lines,
        };
        kept.entry((from, to)).or_default().push(edge);
    }
    ways
}

/// Ranks, and which lines become rows: ways back up, and long ways to a hub.
fn arrange(count: usize, ways: &Ways, start: usize) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    let mut keys: Vec<(usize, usize)> = ways.lines.keys().copied().collect();
    let drawn = keys.len();
    // What no line leads to stands below what leads to it in silence or by a key of the whole script.
    for (from, to) in ways.ladders.keys().chain(ways.whole.keys()) {
        if !keys.iter().take(drawn).any(|(_, known)| known == to) && *to != start {
            keys.push((*from, *to));
        }
    }
    let (mut ranks, down) = ranks::ranks(count, &keys, start);
    close_up(&mut ranks);
    let rank = |at: usize| ranks.get(at).copied().unwrap_or_default();
    let into = |node: usize| keys.iter().take(drawn).filter(|(_, to)| *to == node).count();
    let rows = keys
        .iter()
        .zip(&down)
        .take(drawn)
        .filter(|((from, to), down)| !**down || (into(*to) >= HUB && rank(*to) > rank(*from) + 1));
    let rows = rows.map(|(key, _)| *key).collect();
    (ranks, rows)
}

/// Takes out ranks that nothing stands in.
fn close_up(ranks: &mut [usize]) {
    let used: BTreeSet<usize> = ranks.iter().copied().collect();
    for rank in ranks {
        *rank = used.range(..*rank).count();
    }
}

/// Puts nodes and ways into words.
struct Print<'a> {
    script: &'a Script,
    figures: Option<&'a Figures>,
    style: &'a Style<'a>,
}

impl Print<'_> {
    fn word(&self, id: &str) -> String {
        (self.style.word)(id).unwrap_or_else(|| id.to_owned())
    }

    fn way(&self, way: &str) -> String {
        (self.style.word)(&format!("way-{way}")).unwrap_or_else(|| way.to_owned())
    }

    /// What takes a call along; nothing has to where it just goes on.
    fn along(&self, ways: &[Edge]) -> String {
        let along = ways.iter().filter(|edge| edge.way != "next").map(|edge| self.way(&edge.way));
        along.collect::<Vec<_>>().join(", ")
    }

    /// Calls along all of `ways`.
    fn calls(&self, ways: &[Edge]) -> Option<u64> {
        let figures = self.figures?;
        Some(ways.iter().filter_map(|edge| figures.edges.get(edge)).sum())
    }

    fn count(&self, ways: &[Edge]) -> String {
        self.calls(ways).map(|calls| calls.to_string()).unwrap_or_default()
    }

    fn card(&self, node: &Node) -> Card {
        let all_words = self.words(node);
        let kind = node.action.name();
        Card {
            name: node.name.clone(),
            kind,
            kind_word: self.word(&format!("kind-{kind}")),
            words: String::new(),
            all_words,
            rows: Vec::new(),
            figures: self.figures.map(|it| it.nodes.get(&node.name).copied().unwrap_or_default()),
            begins: false,
            width: NARROW,
            height: HEAD,
        }
    }

    /// What the node says first, in the script's own language; empty where it says nothing.
    fn words(&self, node: &Node) -> String {
        let spoken = node.action.kind().spoken();
        let first = spoken.first().map(|spoken| &spoken.words.id);
        let prompts = &self.script.prompts;
        let said = first.and_then(|id| prompts.say(prompts.default_language(), id, Vec::new));
        said.map(|prompt| with_gaps(&prompt.text)).unwrap_or_default()
    }

    fn row(&self, ways: &[Edge], to: &str, class: &'static str) -> Row {
        let text = format!("{} → {to}", self.along(ways));
        Row { text: text.trim_start().to_owned(), count: self.count(ways), class }
    }

    /// Rows of those who heard it once more.
    fn stays(&self, ways: &[Edge]) -> Vec<Row> {
        let repeat = |edge: &&Edge| edge.way == Edge::REPEAT;
        let (said, asked): (Vec<_>, Vec<_>) = ways.iter().partition(repeat);
        let rows = [(asked, "again"), (said, "way-repeat")].map(|(ways, id)| {
            let ways: Vec<Edge> = ways.into_iter().cloned().collect();
            Row { text: format!("↻ {}", self.word(id)), count: self.count(&ways), class: "gr-row gr-stay" }
        });
        rows.into_iter().filter(|row| !matches!(row.count.as_str(), "" | "0")).collect()
    }

    fn line(&self, (from, to): (usize, usize), ways: &[Edge]) -> Line {
        let calls = self.calls(ways);
        let along = shortened(&self.along(ways), 140.0, ROW_SIZE);
        let parts = [along, calls.map(|calls| calls.to_string()).unwrap_or_default()];
        let label = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let width = text_width(&label, ROW_SIZE) + 12.0;
        Line { from, to, label, calls, width }
    }

    fn legend(&self) -> Vec<String> {
        let settings = &self.script.settings;
        let person = Some(format!("0 → {}", settings.person.node));
        let emergency = settings.emergency.as_ref().map(|it| format!("{} → {}", it.key, it.node.node));
        let repeat = settings.repeat_key.map(|(key, _)| format!("{key} ↻ {}", self.way(Edge::REPEAT)));
        let down = settings.down.as_ref().map(|link| format!("{} → {}", self.way(&link.way), link.node));
        let keys: Vec<String> = [person, emergency, repeat, down].into_iter().flatten().collect();
        vec![format!("{}: {}", self.word("everywhere"), keys.join("  ·  "))]
    }

    /// Gives the card its size, and cuts its words to it.
    fn size(&self, card: &mut Card) {
        let head = text_width(&card.name, NAME_SIZE) + text_width(&card.kind_word, ROW_SIZE) + 54.0;
        if let Some(figures) = card.figures.filter(|figures| figures.hung_up > 0) {
            let percent = (figures.hung_up * 100).checked_div(figures.reached).unwrap_or_default();
            let count = format!("{} · {percent} %", figures.hung_up);
            card.rows.push(Row { text: self.word("hung-up"), count, class: "gr-row gr-gone" });
        }
        let rows = card
            .rows
            .iter()
            .map(|row| text_width(&row.text, ROW_SIZE) + text_width(&row.count, ROW_SIZE) + 30.0);
        let words = text_width(&card.all_words, ROW_SIZE).min(150.0) + 20.0;
        card.width = rows.chain([head, words]).fold(NARROW, f64::max).min(WIDE);
        card.words = shortened(&card.all_words, card.width - 20.0, ROW_SIZE);
        for row in &mut card.rows {
            let room = card.width - text_width(&row.count, ROW_SIZE) - 26.0;
            row.text = shortened(&row.text, room, ROW_SIZE);
        }
        let words = if card.words.is_empty() { 0.0 } else { WORDS };
        card.height = HEAD + words + ROW * small(card.rows.len()) + FOOT;
    }
}

/// A count as a length.
pub(super) fn small(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// How wide a text is at most, in a usual letter of that size.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let wide = |letter: char| match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ' ' | '\'' | '|' => 0.34,
        'm' | 'w' | 'M' | 'W' | '→' | '↻' => 0.95,
        'A'..='Z' | 'Æ' | 'Ø' | 'Å' => 0.72,
        letter if letter > '\u{2e80}' => 1.02,
        _ => 0.6,
    };
    text.chars().map(wide).sum::<f64>() * size
}

/// A text that was given no values, with `…` where they would be spoken: Fluent writes `{$name}` or `TIME()` there.
fn with_gaps(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive(['}', ')']) {
        let words = match part.split_once("{$") {
            Some((before, _)) => Some(before),
            None => {
                part.strip_suffix("()").map(|part| part.trim_end_matches(|c: char| c.is_ascii_uppercase()))
            }
        };
        out.push_str(words.unwrap_or(part));
        if words.is_some() && !out.ends_with('…') {
            out.push('…');
        }
    }
    out
}

/// The text as far as it fits.
fn shortened(text: &str, room: f64, size: f64) -> String {
    if text_width(text, size) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if text_width(&short, size) + text_width("…m", size) > room {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_known_are_gaps() {
        assert_eq!(with_gaps("Closed. DATE()TIME() we open."), "Closed. … we open.");
        assert_eq!(with_gaps("Place {$position} of {$all}."), "Place … of ….");
        assert_eq!(with_gaps("Nothing (at all)."), "Nothing (at all).");
    }
}
