//! What stands between a caller and what the call is for: menus one behind the other, their length, and whether the
//! emergency key is named before any of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Search;
use super::profile::{Emergency, Limit, Profile};
use super::texts::Voice;
use crate::model::Node;
use crate::nodes::{Action, How};

/// Everything about the way in.
pub(super) fn check(search: &mut Search<'_>, profile: &Profile) {
    if let Some(limit) = &profile.menu_depth {
        depth(search, limit);
    }
    if let Some(limit) = &profile.menu_options {
        options(search, limit);
    }
    if let Some(wanted) = &profile.emergency {
        emergency(search, wanted);
    }
}

/// Whether the caller has to choose here.
fn is_a_choice(node: &Node) -> bool {
    matches!(node.action, Action::Menu(_) | Action::Language(_))
}

/// Whether a caller who has come here is served: menus that come later are not in front of anything.
fn serves(node: &Node) -> bool {
    !is_a_choice(node) && (node.action.kind().listens() || matches!(node.action, Action::Transfer(_)))
}

fn depth(search: &mut Search<'_>, limit: &Limit) {
    let nodes = search.nodes;
    // Choices on the shortest way to each node, that of the node itself counted.
    let mut depths: BTreeMap<&str, u32> = BTreeMap::new();
    let mut open = vec![(search.settings.start.node.as_str(), 0)];
    while let Some((name, before)) = open.pop() {
        let Some(node) = nodes.get(name) else { continue };
        let depth = before + u32::from(is_a_choice(node));
        if depths.get(name).is_some_and(|known| *known <= depth) {
            continue;
        }
        depths.insert(name, depth);
        if !serves(node) {
            open.extend(node.action.kind().exits().into_iter().map(|exit| (exit.to.node.as_str(), depth)));
        }
    }
    let menus = depths.iter().filter_map(|(name, depth)| Some((nodes.get(*name)?, *depth)));
    for (node, depth) in menus.filter(|(node, depth)| is_a_choice(node) && *depth > limit.most) {
        let message = format!("\"{}\" is the {depth}th menu that a caller has to pass", node.name);
        let message = message.replace(" 2th", " 2nd").replace(" 3th", " 3rd").replace(" 1th", " 1st");
        let remedy = format!("offer it after {} menus at the most ({})", limit.most, limit.source);
        let at = (search.script_file.to_owned(), node.line);
        search.add(limit.severity, (&at.0, at.1), "menu-too-deep", message, remedy);
    }
}

fn options(search: &mut Search<'_>, limit: &Limit) {
    for node in search.nodes.values().filter(|node| is_a_choice(node)) {
        let own = node.action.kind().keys().into_iter().filter(|(key, _)| ('1'..='9').contains(key)).count();
        if u32::try_from(own).is_ok_and(|own| own > limit.most) {
            let message = format!("\"{}\" offers {own} choices", node.name);
            let remedy = format!("offer {} at the most ({})", limit.most, limit.source);
            let at = (search.script_file.to_owned(), node.line);
            search.add(limit.severity, (&at.0, at.1), "menu-too-long", message, remedy);
        }
    }
}

fn emergency(search: &mut Search<'_>, wanted: &Emergency) {
    let file = search.script_file.to_owned();
    let Some(key) = search.settings.emergency.as_ref().map(|it| it.key) else {
        if !wanted.optional {
            let message = "no key leads to help in an emergency".to_owned();
            let remedy = format!("add [script.emergency] ({})", wanted.source);
            search.add(wanted.severity, (&file, 1), "no-emergency", message, remedy);
        }
        return;
    };
    for voice in search.voices {
        if let Some((name, line, first)) = offered_first(search, voice, key) {
            let message = format!(
                "\"{name}\" offers key {first} in {} before callers have heard of key {key} for an emergency",
                voice.language
            );
            let remedy = format!("name key {key} first ({})", wanted.source);
            search.add(wanted.severity, (&file, line), "emergency-not-first", message, remedy);
        }
    }
}

/// The first key that is offered on some way in before the emergency key was named. The keys of a language and 0 do not
/// count: they lead to somebody who understands.
fn offered_first(search: &Search<'_>, voice: &Voice<'_>, emergency: char) -> Option<(String, u32, char)> {
    let mut seen = BTreeSet::new();
    let mut open = vec![search.settings.start.node.as_str()];
    while let Some(name) = open.pop() {
        let Some(node) = search.nodes.get(name).filter(|_| seen.insert(name)) else { continue };
        let chooses_language = matches!(node.action, Action::Language(_));
        let Some(words) = node.action.kind().spoken().into_iter().next().map(|one| one.words) else {
            open.extend(node.action.kind().exits().into_iter().map(|exit| exit.to.node.as_str()));
            continue;
        };
        let heard = voice.messages.get(&words.id).map_or(&[][..], |message| &message.named);
        let mut keys = heard.iter().map(|named| named.key);
        let first = keys.find(|key| *key == emergency || (!chooses_language && ('1'..='9').contains(key)));
        match first {
            Some(key) if key == emergency => {}
            Some(key) => return Some((node.name.clone(), words.line, key)),
            None if serves(node) || matches!(node.action, Action::Menu(_)) => {}
            None => {
                let onward = node.action.kind().exits().into_iter();
                let onward = onward.filter(|exit| chooses_language || exit.how == How::AtOnce);
                open.extend(onward.map(|exit| exit.to.node.as_str()));
            }
        }
    }
    None
}
