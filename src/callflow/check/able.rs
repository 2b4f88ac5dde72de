//! What a provider could not carry out of a script: said before anybody dials, never dropped silently.

use crate::abilities::Abilities;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Node, Script};
use crate::nodes::{Action, Asks};

/// Everything in `script` that a provider with these abilities would do differently or not at all. `file` is the path of
/// the script as a person would name it.
pub fn cannot_do(script: &Script, file: &str, abilities: &Abilities) -> Vec<Diagnostic> {
    let provider = abilities.profile;
    let finding = |line: u32, what: String, remedy: String| Diagnostic {
        file: file.to_owned(),
        line,
        code: "provider-cannot",
        message: format!("{provider} cannot {what}"),
        remedy,
        severity: Severity::Fault,
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    for node in script.nodes.values() {
        // Where nothing can be recorded callers go on elsewhere, if the script says where.
        let substituted = matches!(&node.action, Action::Record(record) if record.has_substitute());
        if substituted && !abilities.takes_messages() {
            continue;
        }
        for (what, remedy) in
            node.action.kind().asks().iter().filter_map(|asks| refused(node, asks, abilities))
        {
            found.push(finding(node.line, what, remedy));
        }
    }
    for language in &script.settings.languages {
        if !abilities.spoken.is_empty() && !abilities.spoken.contains(&language.primary()) {
            let remedy = "record the prompts of this language, or choose another provider".to_owned();
            found.push(finding(1, format!("speak {language}"), remedy));
        }
    }
    if !abilities.plays_audio && script.prompts.has_recordings() {
        let remedy = "take the folder audio/ away, or choose another provider".to_owned();
        found.push(finding(1, "play recorded prompts".to_owned(), remedy));
    }
    found.sort();
    found.dedup();
    found
}

fn dials_sip(node: &Node) -> bool {
    let Action::Transfer(transfer) = &node.action else { return false };
    transfer.written().is_some_and(|(number, _)| number.as_str().starts_with("sip"))
}

fn waits_for_people(node: &Node) -> bool {
    matches!(node.action, Action::Enqueue(_))
}

/// What cannot be done, and what to do about it.
fn refused(node: &Node, asks: &Asks, abilities: &Abilities) -> Option<(String, String)> {
    let name = &node.name;
    let (gather, ring, record) =
        (&abilities.gather_seconds, &abilities.ring_seconds, &abilities.record_seconds);
    match *asks {
        Asks::Ring { .. } if !abilities.dials_sip && dials_sip(node) => Some((
            format!("dial the SIP address of \"{name}\""),
            "write a number that can be dialled from any telephone".to_owned(),
        )),
        Asks::Gather { .. } if !abilities.control.redirects_calls && waits_for_people(node) => Some((
            format!("put a caller who waits at \"{name}\" through to a person"),
            "put callers through with `transfer`, or choose another provider".to_owned(),
        )),
        Asks::Gather { seconds, .. } if !gather.contains(&seconds) => Some((
            format!("wait {seconds} s for a key at \"{name}\""),
            format!("let it wait {} to {} s", gather.start(), gather.end()),
        )),
        Asks::Gather { digits, .. } if digits > abilities.most_digits => Some((
            format!("take {digits} keys at \"{name}\""),
            format!("ask for {} at the most", abilities.most_digits),
        )),
        Asks::Ring { seconds } if !ring.contains(&seconds) => Some((
            format!("let a telephone ring for {seconds} s at \"{name}\""),
            format!("let it ring {} to {} s", ring.start(), ring.end()),
        )),
        Asks::Record { .. } if !abilities.takes_messages() => Some((
            format!("take the message of \"{name}\": it tells nobody when a recording is ready"),
            "say with `without_recording` where callers go instead, as to a callback, or choose another provider".to_owned(),
        )),
        Asks::Record { seconds } if !record.contains(&seconds) => Some((
            format!("record {seconds} s at \"{name}\""),
            format!("record {} to {} s", record.start(), record.end()),
        )),
        Asks::Record { .. } if !abilities.record_ends_on_silence && !abilities.record_ends_on_key => Some((
            format!("tell when the caller has finished speaking at \"{name}\""),
            "choose another provider for a line that takes messages".to_owned(),
        )),
        _ => None,
    }
}
