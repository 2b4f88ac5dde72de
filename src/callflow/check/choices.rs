//! How choices are told: keys named twice, out of order, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use super::Search;
use super::texts::{Message, Voice};
use crate::diagnostic::Severity;
use crate::model::{Node, Words};
use crate::nodes::{Action, How, Spoken};

/// Everything about choices.
pub(super) fn check(search: &mut Search<'_>) {
    let mut told = BTreeSet::new();
    for node in search.nodes.values() {
        for one in node.action.kind().spoken() {
            for voice in search.voices {
                let Some(message) = voice.messages.get(&one.words.id) else { continue };
                if told.insert((voice.path, one.words.id.clone())) {
                    order(search, voice, &one.words, message);
                }
                // A language node offers each language in its own voice; they are looked at together.
                if !matches!(node.action, Action::Language(_) | Action::Survey(_)) {
                    let heard = |key| message.speaks_of(key);
                    unsaid(search, (voice.path, message.line), &one, heard);
                }
            }
            if matches!(node.action, Action::Language(_)) {
                let voices = search.voices;
                let heard = |key| {
                    let texts = voices.iter().filter_map(|voice| voice.messages.get(&one.words.id));
                    texts.into_iter().any(|message| message.speaks_of(key))
                };
                let file = search.script_file.to_owned();
                unsaid(search, (&file, one.words.line), &one, heard);
            }
        }
    }
}

fn order(search: &mut Search<'_>, voice: &Voice<'_>, words: &Words, message: &Message) {
    let emergency = search.settings.emergency.as_ref().map(|it| it.key);
    let mut before: Vec<char> = Vec::new();
    for key in message.named.iter().map(|named| named.key) {
        if before.contains(&key) {
            let text = format!("\"{}\" names key {key} twice", words.id);
            let remedy = "name it once, or give one of the two choices another key";
            search.file(voice.path, message.line, "key-said-twice", text, remedy);
        } else if key != '0' && emergency != Some(key) && key.is_ascii_digit() {
            if let Some(later) = before.last().filter(|later| **later > key) {
                let text = format!("\"{}\" names key {key} after key {later}", words.id);
                let remedy =
                    "name keys in the order of the telephone, 0 and the emergency key where you like";
                let (at, remedy) = ((voice.path, message.line), remedy.to_owned());
                search.add(Severity::Warning, at, "keys-out-of-order", text, remedy);
            }
            before.push(key);
        }
    }
}

/// Keys that work while `one` is spoken, and that it keeps to itself.
fn unsaid(search: &mut Search<'_>, at: (&str, u32), one: &Spoken<'_>, heard: impl Fn(char) -> bool) {
    let id = &one.words.id;
    // That 0 is a person is known everywhere.
    for key in one.keys.iter().flatten().filter(|key| **key != '0' && !heard(**key)) {
        let (code, text, remedy) = match key {
            '#' | '*' => (
                "unsaid-finish-key",
                format!("\"{id}\" does not say that {key} ends what is keyed in"),
                "say it, or callers wait in silence for what comes".to_owned(),
            ),
            _ => (
                "unsaid-key",
                format!("\"{id}\" does not say what key {key} does"),
                format!("say it as \"press {key}\", or take the key away"),
            ),
        };
        search.add(Severity::Warning, at, code, text, remedy);
    }
}

/// Keys that a caller may press once the words of `node` are spoken, where the prompt itself has none: those of the node
/// and of the nodes that come next. `None`: any key may be named.
pub(super) fn keys_after(nodes: &BTreeMap<String, Node>, node: &Node) -> Option<Vec<char>> {
    match node.action {
        // Whatever is pressed while the tape is announced starts it.
        Action::Record(_) => return None,
        // Nobody listens for keys while a telephone rings, or after the goodbye.
        Action::Hangup(_) | Action::Transfer(_) => return Some(Vec::new()),
        _ => {}
    }
    let mut keys: Vec<char> = vec!['#', '*'];
    keys.extend(node.action.kind().keys().into_iter().map(|(key, _)| key));
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> =
        node.action.kind().exits().into_iter().map(|exit| exit.to.node.as_str()).collect();
    while let Some(name) = open.pop() {
        let Some(next) = nodes.get(name).filter(|_| seen.insert(name)) else { continue };
        if matches!(next.action, Action::Record(_)) {
            return None;
        }
        keys.extend(next.action.kind().keys().into_iter().map(|(key, _)| key));
        let onward = next.action.kind().exits().into_iter().filter(|exit| exit.how == How::AtOnce);
        open.extend(onward.map(|exit| exit.to.node.as_str()));
    }
    Some(keys)
}
