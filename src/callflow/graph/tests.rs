//! Pictures of the rehearsal's scripts, and of whatever a script can be.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::chart::{Card, Chart, Line};
use super::layout::{Layout, Rect};
use super::{Figures, NodeFigures, Style, english, mermaid, svg};
use crate::Script;
use crate::edges::{Edge, edges};
use crate::rehearsal::{full, plain};
use crate::source::{SourceFile, Sources};

const STYLE: Style<'_> = Style { title: "The walk", word: &english, sheet: true };

fn overlap(one: &Rect, other: &Rect) -> bool {
    let apart = one.x + one.width <= other.x + 0.01
        || other.x + other.width <= one.x + 0.01
        || one.y + one.height <= other.y + 0.01
        || other.y + other.height <= one.y + 0.01;
    !apart
}

/// Nothing covers anything: no card, no label another one, no leg of a line a card or another line's label.
fn legible(chart: &Chart) {
    let layout = Layout::of(chart);
    assert_eq!((layout.cards.len(), layout.routes.len()), (chart.cards.len(), chart.lines.len()));
    let labels: Vec<Rect> = layout.routes.iter().map(|route| route.label).collect();
    let all: Vec<&Rect> = layout.cards.iter().chain(&labels).collect();
    for (at, one) in all.iter().enumerate() {
        for other in all.iter().skip(at + 1) {
            assert!(!overlap(one, other), "{one:?} covers {other:?}");
        }
        assert!(
            one.x >= 0.0
                && one.y >= 0.0
                && one.x + one.width <= layout.width
                && one.y + one.height <= layout.height
        );
    }
    for (number, route) in layout.routes.iter().enumerate() {
        let inner = route.legs.iter().skip(1).take(route.legs.len().saturating_sub(2));
        for (x, top, bottom) in inner {
            let leg = Rect { x: *x, y: *top, width: 0.1, height: bottom - top };
            assert!(layout.cards.iter().all(|card| !overlap(&leg, card)), "a line runs through a card");
            let others = labels.iter().enumerate().filter(|(at, _)| *at != number);
            assert!(
                others.map(|(_, label)| label).all(|label| !overlap(&leg, label)),
                "a line runs through a label"
            );
        }
    }
}

fn shipped(line: &str) -> Script {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ivr-scripts").join(line);
    let read =
        |path: String| SourceFile::new(path.clone(), std::fs::read_to_string(folder.join(&path)).unwrap());
    let prompts = std::fs::read_dir(folder.join("prompts")).unwrap();
    let mut files = vec![read("script.toml".to_owned())];
    files
        .extend(prompts.map(|file| read(format!("prompts/{}", file.unwrap().file_name().to_str().unwrap()))));
    crate::check(&Sources { files, audio: Vec::new() }).0.unwrap()
}

#[test]
fn nothing_covers_anything_in_the_pictures_of_the_shipped_lines() {
    for script in [full(), plain(), shipped("12320"), shipped("dialog")] {
        legible(&Chart::of(&script, None, &STYLE));
        let counted: BTreeMap<Edge, u64> = edges(&script).into_iter().zip((1..).step_by(997)).collect();
        let busy = NodeFigures { reached: 40, hung_up: 13, present: 2 };
        let nodes = script.node_names().map(|name| (name.to_owned(), busy)).collect();
        legible(&Chart::of(&script, Some(&Figures { edges: counted, nodes }), &STYLE));
    }
}

#[test]
fn every_way_is_a_line_a_row_or_in_the_legend() {
    let script = full();
    let counted: BTreeMap<Edge, u64> = edges(&script).into_iter().zip(1001..).collect();
    let figures = Figures { edges: counted.clone(), nodes: BTreeMap::new() };
    let chart = Chart::of(&script, Some(&figures), &STYLE);
    let told: u64 = chart.lines.iter().filter_map(|line| line.calls).sum();
    let rows = chart.cards.iter().flat_map(|card| &card.rows);
    let told = told + rows.map(|row| row.count.parse::<u64>().unwrap()).sum::<u64>();
    let all = counted.iter().filter(|(edge, _)| !edge.from.is_empty());
    assert_eq!(told, all.map(|(_, calls)| calls).sum::<u64>(), "each count stands in the picture once");
}

#[test]
fn a_picture_is_one_well_formed_document_without_anything_active() {
    let mut script = full();
    let node = script.nodes.values_mut().next().unwrap();
    node.name = "<script>&\"".to_owned();
    let figures = Figures { edges: BTreeMap::new(), nodes: BTreeMap::new() };
    let text = svg(&script, Some(&figures), &STYLE);
    assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
    assert!(!text.contains("<script>") && text.contains("&lt;script&gt;&amp;&quot;"));
    for inline in [" style=", " onclick=", "javascript:", "http://example"] {
        assert!(!text.contains(inline), "{inline}");
    }
    let opened = text.matches("<g ").count();
    assert_eq!(opened, text.matches("</g>").count());
    assert_eq!(text.matches("<text ").count(), text.matches("</text>").count());
}

#[test]
fn what_callers_do_stands_on_the_card() {
    let script = full();
    let gone = NodeFigures { reached: 200, hung_up: 34, present: 3 };
    let figures = Figures {
        edges: BTreeMap::from([(Edge::new("main", "person", "agent"), 12)]),
        nodes: BTreeMap::from([("main".to_owned(), gone)]),
    };
    let text = svg(&script, Some(&figures), &STYLE);
    for part in ["hung up here", "34 · 17 %", "gr-loss", "person → agent", "gr-never", "here now: 3"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!svg(&script, None, &STYLE).contains("hung up here"));
}

#[test]
fn mermaid_names_the_ways() {
    let text = mermaid(&full(), None);
    assert!(text.starts_with("flowchart TD\n"));
    assert!(text.contains("-->|\"1\"|") && text.contains("-.->|\"no-input\"|"), "{text}");
}

fn any_chart() -> impl Strategy<Value = Chart> {
    let card = (40.0..236.0_f64, 30.0..120.0_f64).prop_map(|(width, height)| Card {
        name: String::new(),
        kind: "say",
        kind_word: String::new(),
        words: String::new(),
        all_words: String::new(),
        rows: Vec::new(),
        figures: None,
        begins: false,
        width,
        height,
    });
    let ways = prop::collection::btree_set((0_usize..14, 0_usize..14), 0..40);
    (prop::collection::vec(card, 14), ways, 20.0..150.0_f64).prop_map(|(cards, ways, width)| {
        let ways: Vec<_> = ways.into_iter().collect();
        let (ranks, down) = super::ranks::ranks(cards.len(), &ways, 0);
        let kept = ways.iter().zip(down).filter(|(_, down)| *down);
        let line = |(from, to): (usize, usize)| Line { from, to, label: String::new(), calls: None, width };
        let lines = kept.map(|(way, _)| line(*way)).collect();
        Chart { cards, lines, ranks, legend: Vec::new() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_covers_anything_whatever_the_script(chart in any_chart()) {
        legible(&chart);
    }
}

#[test]
fn a_terminal_shows_each_node_with_its_ways_and_calls() {
    let script = plain();
    let bare = super::text(&script, None);
    assert!(
        bare.starts_with("calls begin at ") && bare.lines().all(|line| line == line.trim_end()),
        "{bare}"
    );
    for edge in edges(&script).iter().filter(|edge| edge.way == "next") {
        let (from, to) = (bare.find(&format!("\n{} (", edge.from)), bare.find(&format!("-> {}", edge.to)));
        assert!(from.is_some() && to.is_some(), "{edge:?}: {bare}");
    }
    let start = edges(&script).into_iter().find(|edge| edge.from.is_empty()).unwrap();
    let gone = Edge::new("once", "7", "upon-a-time");
    let zero = edges(&script).into_iter().find(|edge| edge.way == "person").unwrap();
    assert!(
        !bare.contains("person"),
        "the keys of the whole script stand where somebody pressed them: {bare}"
    );
    let figures = Figures {
        edges: BTreeMap::from([(start.clone(), 42), (gone, 3), (zero.clone(), 7)]),
        nodes: BTreeMap::from([(start.to.clone(), NodeFigures { reached: 42, hung_up: 5, present: 1 })]),
    };
    let told = super::text(&script, Some(&figures));
    for line in [
        format!("calls begin at {} 42\n", start.to),
        ", 42 came, 5 hung up here, 1 here now\n".to_owned(),
        "no longer in the script\n  once 7 -> upon-a-time 3\n".to_owned(),
    ] {
        assert!(told.contains(&line), "{line:?}: {told}");
    }
    let pressed =
        told.lines().filter(|line| line.trim_start().starts_with("person ") && line.ends_with(" 7"));
    assert_eq!(pressed.count(), 1, "{told}");
}
