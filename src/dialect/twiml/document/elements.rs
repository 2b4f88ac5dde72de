//! Elements of the tree to verbs: nesting, attributes, defaults.

use super::tree::Node;
use super::{Dial, DocumentError, Element, Gather, KNOWN, Meet, Record, Target};

/// `loop="0"` means until hang-up; providers stop here.
const MOST_TIMES: u32 = 1_000;

pub(super) fn verb(node: &Node) -> Result<Element, DocumentError> {
    match node.name.as_str() {
        "Say" => say(node),
        "Play" => play(node),
        "Pause" => {
            childless(node, "Pause")?;
            Ok(Element::Pause { seconds: number(node, "Pause", "length", 1)? })
        }
        "Gather" => gather(node).map(Element::Gather),
        "Record" => record(node).map(Element::Record),
        "Dial" if node.children().any(|child| child.name == "Conference") => meet(node).map(Element::Meet),
        "Dial" => dial(node).map(Element::Dial),
        "Redirect" => {
            childless(node, "Redirect")?;
            let url = node.own_text();
            if url.is_empty() {
                return Err(bad("Redirect", "the address is missing".to_owned()));
            }
            Ok(Element::Redirect { url, post: post(node, "Redirect", "method")? })
        }
        "Reject" => {
            childless(node, "Reject")?;
            Ok(Element::Reject { busy: node.attribute("reason") == Some("busy") })
        }
        "Hangup" => Ok(Element::Hangup),
        name => Err(DocumentError::UnknownVerb { name: name.to_owned() }),
    }
}

fn say(node: &Node) -> Result<Element, DocumentError> {
    if let Some(child) = node.children().find(|child| KNOWN.contains(&child.name.as_str())) {
        return Err(misplaced("Say", child, "text and SSML"));
    }
    Ok(Element::Say {
        text: node.spoken_text(),
        language: node.attribute("language").unwrap_or("en-US").to_owned(),
        times: times(node, "Say")?,
    })
}

fn play(node: &Node) -> Result<Element, DocumentError> {
    childless(node, "Play")?;
    let (url, keys) = (node.own_text(), node.attribute("digits").unwrap_or("").to_owned());
    if url.is_empty() && keys.is_empty() {
        return Err(bad("Play", "neither an address nor digits to play".to_owned()));
    }
    Ok(Element::Play { url, keys, times: times(node, "Play")? })
}

fn gather(node: &Node) -> Result<Gather, DocumentError> {
    let finish = node.attribute("finishOnKey").unwrap_or("#");
    let mut keys = finish.chars();
    let finish_key = match (keys.next(), keys.next()) {
        (None, _) => None,
        (Some(key), None) if "0123456789*#".contains(key) => Some(key),
        _ => {
            return Err(bad("Gather", format!("finishOnKey=\"{finish}\" must be one of 0-9, #, * or empty")));
        }
    };
    let prompts = node
        .children()
        .map(|child| match child.name.as_str() {
            "Say" | "Play" | "Pause" => verb(child),
            _ => Err(misplaced("Gather", child, "Say, Play, Pause")),
        })
        .collect::<Result<_, _>>()?;
    let most = number(node, "Gather", "numDigits", 0)?;
    Ok(Gather {
        action: address(node, "action"),
        post: post(node, "Gather", "method")?,
        timeout_seconds: number(node, "Gather", "timeout", 5)?,
        finish_key,
        most_digits: usize::try_from(most).ok().filter(|most| *most > 0),
        action_on_empty: flag(node, "Gather", "actionOnEmptyResult", false)?,
        prompts,
    })
}

fn record(node: &Node) -> Result<Record, DocumentError> {
    childless(node, "Record")?;
    let finish_keys = node.attribute("finishOnKey").unwrap_or("1234567890*#");
    if finish_keys.chars().any(|key| !"0123456789*#".contains(key)) {
        return Err(bad("Record", format!("finishOnKey=\"{finish_keys}\" may only hold 0-9, #, *")));
    }
    Ok(Record {
        action: address(node, "action"),
        post: post(node, "Record", "method")?,
        silence_seconds: number(node, "Record", "timeout", 5)?,
        most_seconds: number(node, "Record", "maxLength", 3_600)?.max(1),
        finish_keys: finish_keys.to_owned(),
        beep: flag(node, "Record", "playBeep", true)?,
        status_url: address(node, "recordingStatusCallback"),
    })
}

fn dial(node: &Node) -> Result<Dial, DocumentError> {
    let mut targets = Vec::new();
    for child in node.children() {
        match child.name.as_str() {
            "Number" | "Sip" => targets.push(target(child)?),
            _ => return Err(misplaced("Dial", child, "a number, Number, Sip")),
        }
    }
    let bare = node.own_text();
    if !bare.is_empty() {
        targets.push(Target { to: bare, status_url: None, status_events: vec!["completed".into()] });
    }
    if targets.is_empty() {
        return Err(bad("Dial", "nobody to dial".to_owned()));
    }
    if targets.len() > 10 {
        return Err(bad("Dial", "more than ten telephones".to_owned()));
    }
    Ok(Dial {
        action: address(node, "action"),
        post: post(node, "Dial", "method")?,
        timeout_seconds: number(node, "Dial", "timeout", 30)?.clamp(5, 600),
        caller_id: address(node, "callerId"),
        targets,
    })
}

/// A room alone: nobody else is dialled beside it. Rooms that one call begins or ends for all are refused, not carried
/// out by halves.
fn meet(node: &Node) -> Result<Meet, DocumentError> {
    if let Some(other) = node.children().find(|child| child.name != "Conference") {
        return Err(misplaced("Dial", other, "one Conference, or a number, Number, Sip"));
    }
    let mut rooms = node.children();
    let (Some(room), None) = (rooms.next(), rooms.next()) else {
        return Err(bad("Dial", "more than one Conference".to_owned()));
    };
    let name = room.own_text();
    if name.is_empty() || name.chars().count() > 128 {
        return Err(bad("Conference", "the name of a room has 1 to 128 characters".to_owned()));
    }
    let begins = flag(room, "Conference", "startConferenceOnEnter", true)?;
    if !begins || flag(room, "Conference", "endConferenceOnExit", false)? {
        return Err(bad("Conference", "rooms begin with whoever comes and end with the last".to_owned()));
    }
    Ok(Meet { action: address(node, "action"), post: post(node, "Dial", "method")?, room: name })
}

fn target(node: &Node) -> Result<Target, DocumentError> {
    let to = node.own_text();
    if to.is_empty() || to.chars().count() > 254 || to.chars().any(char::is_whitespace) {
        return Err(bad("Dial", format!("\"{to}\" cannot be dialled")));
    }
    let events = node.attribute("statusCallbackEvent").unwrap_or("completed");
    Ok(Target {
        to,
        status_url: address(node, "statusCallback"),
        status_events: events.split_whitespace().map(str::to_owned).collect(),
    })
}

fn childless(node: &Node, name: &'static str) -> Result<(), DocumentError> {
    node.children().next().map_or(Ok(()), |child| Err(misplaced(name, child, "no elements")))
}

fn misplaced(parent: &'static str, child: &Node, allowed: &'static str) -> DocumentError {
    DocumentError::WrongPlace { parent, child: child.name.clone(), allowed }
}

fn bad(element: &'static str, what: String) -> DocumentError {
    DocumentError::BadValue { element, what }
}

fn address(node: &Node, name: &str) -> Option<String> {
    node.attribute(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(node: &Node, element: &'static str, name: &str, default: u32) -> Result<u32, DocumentError> {
    let Some(text) = node.attribute(name).map(str::trim) else { return Ok(default) };
    text.parse().map_err(|_| bad(element, format!("{name}=\"{text}\" is not a whole number")))
}

fn flag(node: &Node, element: &'static str, name: &str, default: bool) -> Result<bool, DocumentError> {
    match node.attribute(name) {
        None => Ok(default),
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(text) => Err(bad(element, format!("{name}=\"{text}\" must be true or false"))),
    }
}

fn post(node: &Node, element: &'static str, name: &str) -> Result<bool, DocumentError> {
    match node.attribute(name) {
        None => Ok(true),
        Some(method) if method.eq_ignore_ascii_case("POST") => Ok(true),
        Some(method) if method.eq_ignore_ascii_case("GET") => Ok(false),
        Some(method) => Err(bad(element, format!("{name}=\"{method}\" must be GET or POST"))),
    }
}

fn times(node: &Node, element: &'static str) -> Result<u32, DocumentError> {
    let times = number(node, element, "loop", 1)?;
    Ok(if times == 0 { MOST_TIMES } else { times.min(MOST_TIMES) })
}
