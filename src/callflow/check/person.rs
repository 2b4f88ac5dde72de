//! How long it takes to come to a person: the seconds that are spoken, in each language, until the call stands with the
//! people or the caller has heard the key that leads there and pressed it.

use std::collections::BTreeMap;

use super::profile::{Profile, Speech};
use super::texts::{Message, Voice};
use super::{Search, named};
use crate::model::Node;
use crate::nodes::{Action, How, On};

/// The least that a node waits for a key.
const PATIENCE_SECONDS: f64 = 8.0;

/// Holds the seconds in each language against the profile.
pub(super) fn check(search: &mut Search<'_>, profile: &Profile, speech: &Speech) {
    let Some(limit) = &profile.seconds_to_person else { return };
    for voice in search.voices {
        let seconds = Clock { search, voice, speech }.seconds();
        if seconds <= f64::from(limit.most) {
            continue;
        }
        let message = if seconds.is_finite() {
            format!(
                "a caller in {} hears words for {seconds:.0} s before a person can be reached",
                voice.language
            )
        } else {
            format!("no words in {} lead a caller to a person", voice.language)
        };
        let most = limit.most;
        let remedy = format!("let the first words say \"press 0\", within {most} s ({})", limit.source);
        let at = (search.script_file.to_owned(), search.settings.start.line);
        search.add(limit.severity, (&at.0, at.1), "slow-to-a-person", message, remedy);
    }
}

/// Reckons for callers of one language.
struct Clock<'a> {
    search: &'a Search<'a>,
    voice: &'a Voice<'a>,
    speech: &'a Speech,
}

impl<'a> Clock<'a> {
    fn seconds(&self) -> f64 {
        let nodes = self.search.nodes;
        // Each round lets the shortest ways grow by one node; no way is longer than there are nodes.
        let mut known: BTreeMap<&str, f64> = BTreeMap::new();
        for _ in 0..=nodes.len() {
            let mut better = false;
            for node in nodes.values() {
                let seconds = self.reach(node, &known);
                if known.get(node.name.as_str()).is_none_or(|before| seconds < *before) && seconds.is_finite()
                {
                    known.insert(&node.name, seconds);
                    better = true;
                }
            }
            if !better {
                break;
            }
        }
        known.get(self.search.settings.start.node.as_str()).copied().unwrap_or(f64::INFINITY)
    }

    fn reach(&self, node: &'a Node, known: &BTreeMap<&str, f64>) -> f64 {
        let to = |name: &str| known.get(name).copied().unwrap_or(f64::INFINITY);
        let exits = node.action.kind().exits();
        match &node.action {
            Action::Enqueue(_) => 0.0,
            Action::Transfer(transfer) if !transfer.emergency => 0.0,
            Action::Transfer(_) | Action::Hangup(_) => f64::INFINITY,
            // The caller does not choose: what counts is the slowest way. At night nobody can be reached.
            Action::Branch(branch) => {
                let day = exits.iter().filter(|exit| *branch.on() != On::Hours || exit.to.way != "closed");
                day.map(|exit| to(&exit.to.node)).fold(0.0, f64::max)
            }
            _ => {
                let (before, message, after) = self.words(node);
                let Some(message) = message else { return f64::INFINITY };
                let own = before + self.speech.seconds(self.voice.language, &message.heard);
                let onward = exits.iter().filter_map(|exit| match exit.how {
                    How::AtOnce => Some(own + to(&exit.to.node)),
                    How::Silence => Some(own + after + PATIENCE_SECONDS + to(&exit.to.node)),
                    How::Input | How::Ended => None,
                });
                let pressed = self.pressed(node, before, message, &to);
                onward.chain(pressed).fold(f64::INFINITY, f64::min)
            }
        }
    }

    /// Seconds spoken before and after the words in the caller's own language, and these words. A choice of
    /// languages is spoken in each of them, one after the other.
    fn words(&self, node: &Node) -> (f64, Option<&'a Message>, f64) {
        let Some(one) = node.action.kind().spoken().into_iter().next() else { return (0.0, None, 0.0) };
        let in_voice = |voice: &'a Voice<'a>| voice.messages.get(&one.words.id);
        let own = in_voice(self.voice);
        let Action::Language(choice) = &node.action else { return (0.0, own, 0.0) };
        let (mut before, mut after, mut passed) = (0.0, 0.0, false);
        for (language, _) in choice.offered() {
            if language == self.voice.language {
                passed = true;
                continue;
            }
            let other = self.search.voices.iter().find(|voice| voice.language == language);
            let seconds =
                other.and_then(in_voice).map_or(0.0, |message| self.speech.seconds(language, &message.heard));
            *(if passed { &mut after } else { &mut before }) += seconds;
        }
        (before, own, after)
    }

    /// Seconds to a person by each key that the words name.
    fn pressed(
        &self,
        node: &'a Node,
        before: f64,
        message: &'a Message,
        to: &impl Fn(&str) -> f64,
    ) -> Vec<f64> {
        let heard = named::in_order(&message.heard);
        let reached = heard.into_iter().filter_map(|named| {
            let target = self.target(node, named.key)?;
            let said = message.heard.get(..named.end).unwrap_or(&message.heard);
            Some(before + self.speech.seconds(self.voice.language, said) + to(target))
        });
        reached.collect()
    }

    /// Where a key leads from here.
    fn target(&self, node: &'a Node, key: char) -> Option<&'a str> {
        let kind = node.action.kind();
        let own =
            kind.exits().into_iter().find(|exit| exit.how == How::Input && exit.to.way.chars().eq([key]));
        if let Some(own) = own {
            return Some(&own.to.node);
        }
        match &node.action {
            Action::Language(_) if kind.keys().iter().any(|(bound, _)| *bound == key) => {
                kind.exits().into_iter().find(|exit| exit.to.way == "next").map(|exit| exit.to.node.as_str())
            }
            _ if key == '0' => Some(&self.search.settings.person.node),
            _ => None,
        }
    }
}
