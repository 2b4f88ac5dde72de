//! How much can be said in one go: what follows without the caller becomes one document, and providers take no more
//! than 64 KiB of one.

use std::collections::BTreeMap;

use super::Search;
use super::texts::Voice;
use crate::model::Node;
use crate::nodes::{Action, How};

/// What every provider takes, in bytes.
const LONGEST_DOCUMENT: usize = 64 * 1024;
/// Kept free for what is not words: addresses with the state of the call, the sentence before an apology.
const KEPT_FREE: usize = 12 * 1024;
/// Bytes around one prompt: element, language, voice, address of a recording.
const AROUND_A_PROMPT: usize = 400;
/// Bytes of the longest escape of one character, `&quot;`.
const LONGEST_ESCAPE: usize = 6;

/// Names the longest document that may become too long, in each language.
pub(super) fn check(search: &mut Search<'_>) {
    // Where it goes round, that is the fault.
    if search.found.iter().any(|found| found.code == "loop-without-input") {
        return;
    }
    let nodes = search.nodes;
    for voice in search.voices {
        let mut sizes = BTreeMap::new();
        let longest = nodes.values().max_by_key(|node| size(nodes, voice, &node.name, &mut sizes));
        let Some((node, bytes)) = longest.and_then(|node| Some((node, *sizes.get(node.name.as_str())?)))
        else {
            continue;
        };
        if bytes > LONGEST_DOCUMENT - KEPT_FREE {
            let (kib, language) = (bytes / 1024, voice.language);
            let message = format!("from \"{}\" on, {kib} KiB are said in one go in {language}", node.name);
            let remedy = "say less, or let the caller choose on the way; providers take 64 KiB";
            search.script(node.line, "document-too-long", message, remedy);
        }
    }
}

/// Bytes that are said from here on until the caller is waited for.
fn size<'n>(
    nodes: &'n BTreeMap<String, Node>,
    voice: &Voice<'_>,
    name: &'n str,
    sizes: &mut BTreeMap<&'n str, usize>,
) -> usize {
    if let Some(known) = sizes.get(name) {
        return *known;
    }
    let Some(node) = nodes.get(name) else { return 0 };
    let kind = node.action.kind();
    let own: usize = kind.spoken().iter().map(|one| bytes(voice, &one.words.id)).sum();
    // A status is told in the same answer as what comes after it, and so is what the house says to a wait.
    let at_once = |how| how == How::AtOnce || (matches!(node.action, Action::Lookup(_)) && how == How::Input);
    // Guards against a lookup that leads back to itself.
    sizes.insert(name, own);
    let onward = kind.exits().into_iter().filter(|exit| at_once(exit.how));
    let longest = onward.map(|exit| size(nodes, voice, &exit.to.node, sizes)).max().unwrap_or_default();
    sizes.insert(name, own + longest);
    own + longest
}

fn bytes(voice: &Voice<'_>, id: &str) -> usize {
    let heard = voice.messages.get(id).map_or("", |message| message.heard.as_str());
    let escaped = |letter: char| if "&<>\"'".contains(letter) { LONGEST_ESCAPE } else { letter.len_utf8() };
    AROUND_A_PROMPT + heard.chars().map(escaped).sum::<usize>()
}
