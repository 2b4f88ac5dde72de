//! What must not be said, or not at such length: advertisements, a person's own data, long speeches.

use std::collections::BTreeSet;

use super::Search;
use super::named::lowercase;
use super::profile::{Limit, Profile, Profiles, Speech};
use super::texts::{Message, Voice};
use crate::model::Node;
use crate::nodes::{Action, Spoken};

/// Everything about wording.
pub(super) fn check(search: &mut Search<'_>, profile: &Profile, profiles: &Profiles) {
    let mut told = BTreeSet::new();
    for node in search.nodes.values() {
        for one in node.action.kind().spoken() {
            for voice in search.voices {
                let Some(message) = voice.messages.get(&one.words.id) else { continue };
                if told.insert((voice.path, one.words.id.clone(), is_a_choice(node))) {
                    length(search, profile, &profiles.speech, (node, voice, message));
                }
                personal(search, profile, &profiles.personal.names, (&one, voice, message));
            }
        }
        languages(search, profile, &profiles.speech, node);
    }
    for voice in search.voices {
        advertising(search, profile, profiles, voice);
    }
}

pub(super) fn is_a_choice(node: &Node) -> bool {
    matches!(node.action, Action::Menu(_))
}

fn length(
    search: &mut Search<'_>,
    profile: &Profile,
    speech: &Speech,
    (node, voice, message): (&Node, &Voice<'_>, &Message),
) {
    if matches!(node.action, Action::Language(_)) {
        return;
    }
    let limit = if is_a_choice(node) { &profile.menu_seconds } else { &profile.prompt_seconds };
    let seconds = message.seconds(voice, speech);
    if let Some(limit) = limit {
        too_long(search, limit, seconds, (voice.path, message.line), &format!("what \"{}\" says", node.name));
    }
}

/// A choice of languages takes as long as all of them together.
fn languages(search: &mut Search<'_>, profile: &Profile, speech: &Speech, node: &Node) {
    let (Action::Language(choice), Some(limit)) = (&node.action, &profile.menu_seconds) else { return };
    let Some(one) = node.action.kind().spoken().into_iter().next() else { return };
    let offered: BTreeSet<&str> = choice.offered().map(|(language, _)| language.as_str()).collect();
    let spoken = search.voices.iter().filter(|voice| offered.contains(voice.language.as_str()));
    let seconds = spoken.filter_map(|voice| Some(voice.messages.get(&one.words.id)?.seconds(voice, speech)));
    let (seconds, file) = (seconds.sum(), search.script_file.to_owned());
    too_long(search, limit, seconds, (&file, one.words.line), &format!("what \"{}\" says", node.name));
}

pub(super) fn too_long(search: &mut Search<'_>, limit: &Limit, seconds: f64, at: (&str, u32), what: &str) {
    if seconds > f64::from(limit.most) {
        let message = format!("{what} takes about {seconds:.0} s");
        let remedy = format!("say it within {} s, or in two steps ({})", limit.most, limit.source);
        search.add(limit.severity, at, "prompt-too-long", message, remedy);
    }
}

/// A value of the caller's that is spoken after the moment at which it was keyed in.
fn personal(
    search: &mut Search<'_>,
    profile: &Profile,
    names: &[String],
    (one, voice, message): (&Spoken<'_>, &Voice<'_>, &Message),
) {
    let Some(rule) = &profile.personal else { return };
    let is_personal =
        |name: &&String| name.split(['_', '-']).any(|part| names.iter().any(|personal| personal == part));
    let kept = message.variables.iter().filter(|name| !one.variables.contains(&name.as_str()));
    for name in kept.filter(is_personal) {
        let text = format!("\"{}\" speaks ${name}, which is somebody's own", one.words.id);
        let remedy = format!("leave it out; read it back only where it is keyed in ({})", rule.source);
        search.add(rule.severity, (voice.path, message.line), "personal-data-spoken", text, remedy);
    }
}

fn advertising(search: &mut Search<'_>, profile: &Profile, profiles: &Profiles, voice: &Voice<'_>) {
    let (Some(rule), Some(words)) =
        (&profile.advertising, profiles.advertising.get(voice.language.primary()))
    else {
        return;
    };
    // Hardly a script sells anything: each word is looked for in everything first.
    let all: String = voice.messages.values().flat_map(|message| [&*message.text, "\n"]).collect();
    let all = lowercase(&all);
    let sold: Vec<&String> =
        words.iter().filter(|word| memchr::memmem::find(all.as_bytes(), word.as_bytes()).is_some()).collect();
    for (id, message) in voice.messages.iter().filter(|_| !sold.is_empty()) {
        let heard = lowercase(&message.text);
        if let Some(word) = sold.iter().find(|word| contains(&heard, word)) {
            let text = format!("\"{id}\" says \"{word}\", which sells something");
            let remedy = format!("leave it out ({})", rule.source);
            search.add(rule.severity, (voice.path, message.line), "advertising", text, remedy);
        }
    }
}

/// Whether `text` has `word`, and not as a part of a longer word where words are set apart.
fn contains(text: &str, word: &str) -> bool {
    let chinese = !word.is_ascii() && word.chars().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let ends = |letter: Option<char>| letter.is_none_or(|letter| chinese || !letter.is_alphanumeric());
    text.match_indices(word).any(|(at, found)| {
        let (before, after) = (text.get(..at), text.get(at + found.len()..));
        ends(before.and_then(|text| text.chars().next_back()))
            && ends(after.and_then(|text| text.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        for (text, word, found) in [
            ("en rabat på alt", "rabat", true),
            ("rabatten er væk", "rabat", false),
            ("现在办理套餐享受优惠", "优惠", true),
            ("brought to you by us", "brought to you by", true),
        ] {
            assert_eq!(contains(text, word), found, "{text}");
        }
    }
}
