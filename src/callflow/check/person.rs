//! How long it takes to come to a person: the seconds that are spoken, in each language, until the call stands with the
//! people or the caller has heard the key that leads there and pressed it.

use std::collections::BTreeMap;

use super::Search;
use super::profile::{Profile, Speech};
use super::texts::Voice;
use crate::model::Node;
use crate::nodes::{Action, Exit, How, On};

/// The least that a node waits for a key.
const PATIENCE_SECONDS: f64 = 8.0;

/// Holds the seconds in each language against the profile.
pub(super) fn check(search: &mut Search<'_>, profile: &Profile, speech: &Speech) {
    let Some(limit) = &profile.seconds_to_person else { return };
    for voice in search.voices {
        let seconds = Clock::new(search, voice, speech).seconds();
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
    /// What the nodes say, measured once.
    told: BTreeMap<&'a str, Told<'a>>,
    /// Where they lead.
    exits: Vec<(&'a Node, Vec<Exit<'a>>)>,
}

/// What one node says before the caller can go on.
struct Told<'a> {
    /// Seconds until everything was said in the caller's own language …
    own: f64,
    /// … and after it, in the others.
    after: f64,
    /// Keys that are named in it: seconds until then, and the node behind the key.
    keys: Vec<(f64, &'a str)>,
}

impl<'a> Clock<'a> {
    fn new(search: &'a Search<'a>, voice: &'a Voice<'a>, speech: &'a Speech) -> Self {
        let told = search
            .nodes
            .values()
            .filter_map(|node| Some((node.name.as_str(), told(search, voice, speech, node)?)));
        let exits = search.nodes.values().map(|node| (node, node.action.kind().exits()));
        Self { search, told: told.collect(), exits: exits.collect() }
    }

    fn seconds(&self) -> f64 {
        let nodes = self.search.nodes;
        // Each round lets the shortest ways grow by one node; no way is longer than there are nodes.
        let mut known: BTreeMap<&str, f64> = BTreeMap::new();
        for _ in 0..=nodes.len() {
            let mut better = false;
            for (node, exits) in &self.exits {
                let seconds = self.reach(node, exits, &known);
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

    fn reach(&self, node: &'a Node, exits: &[Exit<'a>], known: &BTreeMap<&str, f64>) -> f64 {
        let to = |name: &str| known.get(name).copied().unwrap_or(f64::INFINITY);
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
                let Some(Told { own, after, keys }) = self.told.get(node.name.as_str()) else {
                    return f64::INFINITY;
                };
                let onward = exits.iter().filter_map(|exit| match exit.how {
                    How::AtOnce => Some(own + to(&exit.to.node)),
                    How::Silence => Some(own + after + PATIENCE_SECONDS + to(&exit.to.node)),
                    How::Input | How::Ended => None,
                });
                let pressed = keys.iter().map(|(seconds, target)| seconds + to(target));
                onward.chain(pressed).fold(f64::INFINITY, f64::min)
            }
        }
    }
}

/// Measures what `node` says to a caller of one language. A choice of languages is spoken in each of them, one after the
/// other.
fn told<'a>(
    search: &'a Search<'a>,
    voice: &'a Voice<'a>,
    speech: &Speech,
    node: &'a Node,
) -> Option<Told<'a>> {
    let one = node.action.kind().spoken().into_iter().next()?;
    let message = voice.messages.get(&one.words.id)?;
    let (mut before, mut after, mut passed) = (0.0, 0.0, false);
    if let Action::Language(choice) = &node.action {
        for (language, _) in choice.offered() {
            if language == voice.language {
                passed = true;
                continue;
            }
            let other = search.voices.iter().find(|voice| voice.language == language);
            let words = other.and_then(|other| other.messages.get(&one.words.id));
            let seconds = other.zip(words).map_or(0.0, |(other, message)| message.seconds(other, speech));
            *(if passed { &mut after } else { &mut before }) += seconds;
        }
    }
    let keys = message.named.iter().filter_map(|named| {
        let target = target(search, node, named.key)?;
        let said = message.heard.get(..named.end).unwrap_or(&message.heard);
        Some((before + speech.seconds(voice.language, said), target))
    });
    Some(Told { own: before + message.seconds(voice, speech), after, keys: keys.collect() })
}

/// Where a key leads from here.
fn target<'a>(search: &'a Search<'a>, node: &'a Node, key: char) -> Option<&'a str> {
    let kind = node.action.kind();
    let own = kind.exits().into_iter().find(|exit| exit.how == How::Input && exit.to.way.chars().eq([key]));
    if let Some(own) = own {
        return Some(&own.to.node);
    }
    match &node.action {
        Action::Language(_) if kind.keys().iter().any(|(bound, _)| *bound == key) => {
            kind.exits().into_iter().find(|exit| exit.to.way == "next").map(|exit| exit.to.node.as_str())
        }
        _ if key == '0' => Some(&search.settings.person.node),
        _ => None,
    }
}
