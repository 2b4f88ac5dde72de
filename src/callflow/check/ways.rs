//! Where the walk can go: targets that do not exist, nodes that nothing leads to, ends that are none,
//! circles without the caller, and the way to a person.

use std::collections::{BTreeMap, BTreeSet};

use super::Search;
use crate::model::{Link, Node, Settings};
use crate::nodes::{Action, Exit, How, On};

/// Everything about ways.
pub(super) fn check(search: &mut Search<'_>) {
    let nodes = search.nodes;
    let ways = nodes.iter().map(|(name, node)| (name.as_str(), (node, node.action.kind().exits()))).collect();
    targets(search, &ways);
    circles(search, &ways);
    dead_ends(search, &ways);
    unreachable(search, &ways);
    person(search, &ways);
    emergency(search, &ways);
    languages(search);
    long_way(search, &ways);
    silent_goodbye(search, &ways);
}

/// Each node with its exits, which are asked for often and worked out once.
type Ways<'n> = BTreeMap<&'n str, (&'n Node, Vec<Exit<'n>>)>;

/// The links of the script itself.
fn roots(settings: &Settings) -> Vec<&Link> {
    let emergency = settings.emergency.as_ref().map(|emergency| &emergency.node);
    [&settings.start, &settings.person].into_iter().chain(emergency).chain(&settings.down).collect()
}

/// Nodes that can be come to from `from`, itself included, over exits that `along` allows.
fn reached<'n>(ways: &Ways<'n>, from: &[&'n str], along: impl Fn(&Node, How) -> bool) -> BTreeSet<&'n str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = from.to_vec();
    while let Some(name) = open.pop() {
        let Some((node, exits)) = ways.get(name) else { continue };
        if seen.insert(node.name.as_str()) {
            let onward = exits.iter().filter(|exit| along(node, exit.how));
            open.extend(onward.map(|exit| exit.to.node.as_str()));
        }
    }
    seen
}

fn targets(search: &mut Search<'_>, ways: &Ways<'_>) {
    let links = ways.values().flat_map(|(_, exits)| exits).map(|exit| exit.to).chain(roots(search.settings));
    // A node that is there and could not be read is not missing.
    let written = |name: &str| !search.whole && search.script_text.contains(&format!("[node.{name}]"));
    let lost = links.filter(|link| {
        !link.node.is_empty() && !search.nodes.contains_key(&link.node) && !written(&link.node)
    });
    for link in lost.cloned().collect::<Vec<_>>() {
        let near = nearest(&link.node, search.nodes.keys());
        search.script(link.line, "unknown-target", format!("no node is called \"{}\"", link.node), near);
    }
}

/// A remedy that names what was probably meant.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n String>) -> String {
    let close = names.map(|other| (distance(name, other), other)).min();
    match close {
        Some((steps, other)) if steps <= 2 => {
            format!("did you mean \"{other}\"? otherwise add [node.{name}]")
        }
        _ => format!("add [node.{name}] or correct the name"),
    }
}

/// Letters to add, drop or change between two names (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(&b) {
            let here = (diagonal + usize::from(letter != *other)).min(left + 1).min(*cell + 1);
            diagonal = std::mem::replace(cell, here);
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Faults that cut off what lies behind them: nodes that nothing leads to are then no news.
const CUTS: [&str; 8] = [
    "toml-syntax",
    "duplicate-key",
    "missing-key",
    "wrong-value",
    "unknown-kind",
    "unknown-target",
    "dead-end",
    "loop-without-input",
];

fn unreachable(search: &mut Search<'_>, ways: &Ways<'_>) {
    if search.found.iter().any(|found| CUTS.contains(&found.code)) {
        return;
    }
    let from: Vec<&str> = roots(search.settings).into_iter().map(|link| link.node.as_str()).collect();
    let seen = reached(ways, &from, |_, _| true);
    for node in search.nodes.values().filter(|node| !seen.contains(node.name.as_str())) {
        search.script(
            node.line,
            "unreachable-node",
            format!("nothing leads to \"{}\"", node.name),
            "lead a node to it, or remove it",
        );
    }
}

/// Whether a call can end here or be somebody else's.
fn is_an_end(node: &Node) -> bool {
    matches!(node.action, Action::Hangup(_) | Action::Enqueue(_) | Action::Transfer(_))
}

fn dead_ends(search: &mut Search<'_>, ways: &Ways<'_>) {
    // Whoever goes round comes to no end, of course.
    if search.found.iter().any(|found| found.code == "loop-without-input") {
        return;
    }
    let ending = leading_to(ways, |node, _| is_an_end(node));
    // Where a target is missing, that is the fault, and it is reported as such.
    let torn =
        leading_to(ways, |_, exits| exits.iter().any(|exit| !ways.contains_key(exit.to.node.as_str())));
    for (node, _) in ways.values() {
        let name = node.name.as_str();
        if !ending.contains(name) && !torn.contains(name) {
            let message = format!("from \"{name}\" no call ever ends or reaches a person");
            search.script(node.line, "dead-end", message, "lead it to a hangup, enqueue or transfer node");
        }
    }
}

/// Nodes from which some way leads to a node that is `wanted`, those themselves included.
fn leading_to<'n>(ways: &Ways<'n>, wanted: impl Fn(&Node, &[Exit<'_>]) -> bool) -> BTreeSet<&'n str> {
    let wanted = ways.iter().filter(|(_, (node, exits))| wanted(node, exits));
    let mut found: BTreeSet<&str> = wanted.map(|(name, _)| *name).collect();
    let mut open: Vec<(&str, &[Exit<'_>])> =
        ways.iter().map(|(name, (_, exits))| (*name, exits.as_slice())).collect();
    loop {
        let before = open.len();
        open.retain(|(name, exits)| {
            let leads =
                found.contains(name) || exits.iter().any(|exit| found.contains(exit.to.node.as_str()));
            if leads {
                found.insert(name);
            }
            !leads
        });
        if open.len() == before {
            return found;
        }
    }
}

/// Whether the call goes on by itself, as the caller does nothing.
fn by_itself(how: How) -> bool {
    how == How::AtOnce
}

fn circles(search: &mut Search<'_>, ways: &Ways<'_>) {
    circles_along(
        search,
        ways,
        by_itself,
        "loop-without-input",
        "goes round without ever waiting for the caller",
        "let one node of the circle wait, or break it",
    );
    // Whoever answers a silent line hangs up again: a talk that ended leads on, too, and must not ring for ever.
    let silent = |how| how != How::Input;
    circles_along(
        search,
        ways,
        silent,
        "silent-loop",
        "goes round for ever when the caller is silent",
        "lead `no_input` of one node towards a person or a goodbye",
    );
}

/// Reports each circle of exits that `along` allows, unless it was reported for itself already.
fn circles_along(
    search: &mut Search<'_>,
    ways: &Ways<'_>,
    along: impl Fn(How) -> bool + Copy,
    code: &'static str,
    message: &str,
    remedy: &str,
) {
    if !goes_round(ways, along) {
        return;
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (node, exits) in ways.values() {
        let onward = exits.iter().filter(|exit| along(exit.how));
        let next: Vec<&str> = onward.map(|exit| exit.to.node.as_str()).collect();
        let seen = reached(ways, &next, |_, how| along(how));
        let known =
            search.found.iter().any(|found| found.code == "loop-without-input" && found.line == node.line);
        if seen.contains(node.name.as_str()) && !told.contains(node.name.as_str()) && !known {
            // One finding for a circle: its other nodes are those that lead back here.
            told.extend(
                seen.iter()
                    .filter(|name| reached(ways, &[*name], |_, how| along(how)).contains(node.name.as_str())),
            );
            search.script(node.line, code, format!("\"{}\" {message}", node.name), remedy);
        }
    }
}

/// Whether there is any circle: what is left when every node is taken away that leads to none of the others.
fn goes_round(ways: &Ways<'_>, along: impl Fn(How) -> bool) -> bool {
    let mut left: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, (_, exits)) in ways {
        let onward = exits.iter().filter(|exit| along(exit.how));
        left.insert(name, onward.map(|exit| exit.to.node.as_str()).collect());
    }
    loop {
        let gone: Vec<&str> = left
            .iter()
            .filter(|(_, onward)| !onward.iter().any(|next| left.contains_key(next)))
            .map(|(name, _)| *name)
            .collect();
        if gone.is_empty() {
            return !left.is_empty();
        }
        for name in gone {
            left.remove(name);
        }
    }
}

/// Whether everybody who comes to `name` is led to a person without pressing a key.
fn leads_to_a_person(ways: &Ways<'_>, name: &str, depth: usize) -> bool {
    let Some((node, exits)) = ways.get(name) else { return false };
    if node.action.reaches_a_person() {
        return true;
    }
    let mut onward = exits.iter().filter(|exit| by_itself(exit.how)).peekable();
    let somewhere = onward.peek().is_some();
    somewhere && onward.all(|exit| depth > 0 && leads_to_a_person(ways, &exit.to.node, depth - 1))
}

fn person(search: &mut Search<'_>, ways: &Ways<'_>) {
    let depth = search.nodes.len();
    let person = &search.settings.person;
    if search.nodes.contains_key(&person.node) && !leads_to_a_person(ways, &person.node, depth) {
        let message = format!("`person` is \"{}\", which does not lead to a person", person.node);
        search.script(
            person.line,
            "no-way-to-a-person",
            message,
            "name an enqueue or transfer node, or one that goes on to it by itself",
        );
    }
    for (node, zero) in search.nodes.values().filter_map(|node| Some((node, node.action.zero()?))) {
        if search.nodes.contains_key(&zero.node) && !leads_to_a_person(ways, &zero.node, depth) {
            let message = format!("key 0 of \"{}\" leads to \"{}\", not to a person", node.name, zero.node);
            search.script(zero.line, "no-way-to-a-person", message, "leave 0 out, or lead it to a person");
        }
    }
}

fn emergency(search: &mut Search<'_>, ways: &Ways<'_>) {
    let Some(emergency) = &search.settings.emergency else { return };
    let nodes = search.nodes;
    let put_through = |node: &Node| matches!(&node.action, Action::Transfer(transfer) if transfer.emergency);
    let way = reached(ways, &[&emergency.node.node], |node, how| by_itself(how) && !put_through(node));
    let stops = |node: &&Node| {
        !put_through(node) && (node.action.kind().listens() || matches!(node.action, Action::Say(_)))
    };
    if let Some(node) = way.iter().filter_map(|name| nodes.get(*name)).find(stops) {
        let message = format!("the emergency key is held up at \"{}\"", node.name);
        search.script(
            node.line,
            "emergency-delayed",
            message,
            "lead it straight to a transfer with `emergency = true`",
        );
    } else if nodes.contains_key(&emergency.node.node)
        && !way.iter().filter_map(|name| nodes.get(*name)).any(put_through)
    {
        let message = "the emergency key reaches no transfer with `emergency = true`";
        search.script(emergency.node.line, "emergency-delayed", message, "lead it to such a transfer");
    }
    for node in nodes.values().filter(|node| put_through(node)) {
        let Action::Transfer(transfer) = &node.action else { continue };
        let after = reached(ways, &[&transfer.next.node], |_, _| true);
        let asked = after
            .iter()
            .filter_map(|name| nodes.get(*name))
            .find(|node| matches!(node.action, Action::Survey(_) | Action::Record(_)));
        if let Some(asked) = asked {
            let message = format!("after the emergency call of \"{}\" comes \"{}\"", node.name, asked.name);
            search.script(
                transfer.next.line,
                "emergency-survey",
                message,
                "end with a goodbye: no survey, no recording after an emergency",
            );
        }
    }
}

/// So many nodes may be entered before the caller is heard again.
const MOST_IN_SILENCE: usize = 20;

/// The longest way that a call goes without the caller: a turn stays short, and a silent caller comes to an end.
fn long_way(search: &mut Search<'_>, ways: &Ways<'_>) {
    // Where it goes round, that is the fault.
    if search.found.iter().any(|found| matches!(found.code, "loop-without-input" | "silent-loop")) {
        return;
    }
    let mut lengths = BTreeMap::new();
    let nodes = search.nodes;
    for name in nodes.keys() {
        length_in_silence(ways, name, &mut lengths);
    }
    let longest = nodes.values().rev().max_by_key(|node| lengths.get(node.name.as_str()).copied());
    let Some((node, length)) = longest.and_then(|node| Some((node, *lengths.get(node.name.as_str())?)))
    else {
        return;
    };
    if length > MOST_IN_SILENCE {
        let message = format!("from \"{}\" {length} nodes follow one another without the caller", node.name);
        let remedy = format!("let the caller choose after {MOST_IN_SILENCE} nodes at the most");
        search.script(node.line, "long-way", message, remedy);
    }
}

fn length_in_silence<'n>(ways: &Ways<'n>, name: &'n str, lengths: &mut BTreeMap<&'n str, usize>) -> usize {
    if let Some(known) = lengths.get(name) {
        return *known;
    }
    let Some((_, exits)) = ways.get(name) else { return 0 };
    let onward = exits.iter().filter(|exit| matches!(exit.how, How::AtOnce | How::Silence));
    let longest = onward.map(|exit| length_in_silence(ways, &exit.to.node, lengths)).max();
    let length = longest.unwrap_or_default() + 1;
    lengths.insert(name, length);
    length
}

/// Calls that end without a word: after anything but a conversation, somebody says goodbye.
fn silent_goodbye(search: &mut Search<'_>, ways: &Ways<'_>) {
    let nodes = search.nodes;
    let silent =
        |node: &&Node| matches!(node.action, Action::Hangup(_)) && node.action.kind().spoken().is_empty();
    for node in nodes.values().filter(silent) {
        let speaks = |action: &Action| match action {
            // An announcement is not always said.
            Action::Say(say) => say.valid == Default::default(),
            other => matches!(other, Action::Callback(_) | Action::Lookup(_)),
        };
        let from = ways.values().filter(|(from, exits)| {
            exits.iter().any(|exit| {
                let told = exit.how == How::Ended || (speaks(&from.action) && exit.to.way == "next");
                exit.to.node == node.name && !told
            })
        });
        let from = from.map(|(from, _)| from.name.as_str()).next();
        let from = from.or_else(|| {
            roots(search.settings).iter().any(|link| link.node == node.name).then_some("the script itself")
        });
        if let Some(from) = from {
            let message =
                format!("\"{}\" ends the call without a word to whoever comes from \"{from}\"", node.name);
            search.script(node.line, "silent-goodbye", message, "give it a prompt that says goodbye");
        }
    }
}

/// Branches on languages and offers of languages, held against the script's own.
fn languages(search: &mut Search<'_>) {
    let spoken = &search.settings.languages;
    for node in search.nodes.values() {
        match &node.action {
            Action::Branch(branch) if *branch.on() == On::Language => {
                for language in spoken.iter().filter(|language| !branch.covers(language.as_str())) {
                    let message = format!("\"{}\" leads nowhere for {language}", node.name);
                    search.script(
                        node.line,
                        "dead-end",
                        message,
                        format!("add `{language}` to its cases, or `otherwise`"),
                    );
                }
            }
            Action::Language(choice) => {
                for (language, line) in choice.offered().filter(|(language, _)| !spoken.contains(language)) {
                    let message =
                        format!("\"{}\" offers {language}, which the script does not speak", node.name);
                    search.script(
                        *line,
                        "unknown-language",
                        message,
                        "add it to `languages` with its prompts, or do not offer it",
                    );
                }
            }
            _ => {}
        }
    }
}
