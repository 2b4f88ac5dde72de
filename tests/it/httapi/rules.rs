//! What a switch makes of an answer. Each rule stands for a call that was seen to be lost.

use super::document::{self, Element};
use super::wire::Answer;

/// Longest answer that is read.
const MOST_BYTES: usize = 1024 * 1024;
/// Tags of the module. Those that end the application by their mere presence are not among them, nor is `execute`, which
/// our set-up page does not permit.
const TAGS: [&str; 12] = [
    "playback",
    "speak",
    "say",
    "pause",
    "record",
    "recordCall",
    "dial",
    "conference",
    "hangup",
    "break",
    "continue",
    "getVariable",
];

/// The document in an answer that a switch carries out; what is wrong with another one.
pub(super) fn carried_out(answer: &Answer) -> Result<Element, String> {
    if answer.status != 200 {
        return Err(format!("status {}: {}", answer.status, answer.body));
    }
    if !answer.content_type.contains("text/xml") {
        return Err(format!("content type {}", answer.content_type));
    }
    if answer.body.len() > MOST_BYTES {
        return Err(format!("{} bytes", answer.body.len()));
    }
    let document = document::read(&answer.body)?;
    whole(&document).map_err(|what| format!("{what}: {}", answer.body))?;
    Ok(document)
}

fn whole(document: &Element) -> Result<(), String> {
    let kind = document.get("type") == Some("xml/freeswitch-httapi");
    if document.name != "document" || !kind || !document.text.is_empty() {
        return Err("not a document of httapi".to_owned());
    }
    let parts: Vec<&str> = document.children.iter().map(|child| child.name.as_str()).collect();
    if parts.iter().any(|part| !["params", "variables", "work"].contains(part)) {
        return Err(format!("parts {parts:?}"));
    }
    let works: Vec<&Element> = document.children.iter().filter(|child| child.name == "work").collect();
    let [work] = works[..] else { return Err("not exactly one <work>".to_owned()) };
    if work.children.is_empty() || !work.text.is_empty() {
        return Err("no instructions".to_owned());
    }
    for (at, tag) in work.children.iter().enumerate() {
        let last = work.children[at + 1..].iter().all(|after| after.name == "getVariable");
        known(tag, last)?;
    }
    dials(document, work)?;
    ends(work)
}

fn known(tag: &Element, last: bool) -> Result<(), String> {
    let name = tag.name.as_str();
    if !TAGS.contains(&name) {
        return Err(format!("<{name}>"));
    }
    let asks = tag.child("bind").is_some();
    if asks && !last {
        return Err(format!("<{name}> asks for keys and the tags behind it go on"));
    }
    let says = |what: &str| tag.get(what).is_some_and(|text| !text.is_empty());
    let complete = match name {
        "speak" => says("engine") && says("voice") && !tag.text.trim().is_empty(),
        "playback" => says("file") && tag.text.is_empty(),
        "record" => says("file") && says("name") && says("limit") && says("action"),
        "dial" => !tag.text.is_empty() && says("action"),
        "getVariable" => says("name"),
        "continue" => says("action"),
        _ => true,
    };
    if !complete {
        return Err(format!("<{name}> is not complete"));
    }
    if name != "dial"
        && [tag.text.as_str()]
            .into_iter()
            .chain(tag.attributes.iter().map(|(_, value)| value.as_str()))
            .any(|text| text.contains("${"))
    {
        return Err(format!("<{name}> holds a variable"));
    }
    let binds = tag.children.iter().filter(|child| child.name == "bind");
    let addresses = binds.chain([tag]).flat_map(|tag| [tag.get("action"), tag.get("temp-action")]).flatten();
    let files =
        tag.get("file").into_iter().flat_map(|file| file.trim_start_matches("file_string://").split('!'));
    for address in addresses.chain(files.filter(|file| !file.contains("_stream://") && name != "record")) {
        let absolute = address.starts_with("http://") || address.starts_with("https://");
        if !absolute || address.contains([' ', '@', '{', '\'']) {
            return Err(format!("address {address}"));
        }
    }
    Ok(())
}

fn dials(document: &Element, work: &Element) -> Result<(), String> {
    let Some(dial) = work.child("dial") else { return Ok(()) };
    let set = |name: &str| Some(document.child("variables")?.child(name)?.text.as_str());
    let asked = work
        .children
        .iter()
        .any(|tag| tag.name == "getVariable" && tag.get("name") == Some("originate_disposition"));
    if set("continue_on_fail") != Some("true") || set("hangup_after_bridge") != Some("false") || !asked {
        return Err("a dial after which the call does not come back".to_owned());
    }
    // Without a slash it is a transfer for good.
    if dial.text.contains('/') { Ok(()) } else { Err(format!("dial {}", dial.text)) }
}

/// Something is waited for, or the call ends, or the document is meant to be left at once.
fn ends(work: &Element) -> Result<(), String> {
    let waits = |tag: &Element| match tag.name.as_str() {
        "record" | "dial" | "hangup" | "break" | "continue" => true,
        _ => tag.child("bind").is_some(),
    };
    if work.children.iter().any(waits) {
        Ok(())
    } else {
        Err("fetched again at once, and not meant so".to_owned())
    }
}

#[test]
fn documents_that_end_a_call_are_seen() {
    let answer =
        |body: &str| Answer { status: 200, content_type: "text/xml".to_owned(), body: body.to_owned() };
    let work = |inner: &str| {
        answer(&format!("<document type=\"xml/freeswitch-httapi\"><work>{inner}</work></document>"))
    };
    assert!(carried_out(&work("<hangup/>")).is_ok());
    for wrong in [
        "",
        "<answer/><hangup/>",
        "<Say>Hi</Say><hangup/>",
        "<execute application=\"answer\"/><hangup/>",
        "<speak engine=\"e\" voice=\"v\">only spoken</speak>",
        "<speak engine=\"e\">x</speak><hangup/>",
        "<playback/><hangup/>",
        "<continue action=\"/ivr\"/>",
        "<dial action=\"http://h/\">loopback/1/x</dial>",
        "<playback file=\"/tmp/a.wav\"/><hangup/>",
        "<speak engine=\"e\" voice=\"v\">${x}</speak><hangup/>",
        "<speak engine=\"e\" voice=\"v\">x<bind>1</bind></speak><hangup/>",
        "text<hangup/>",
    ] {
        assert!(carried_out(&work(wrong)).is_err(), "{wrong}");
    }
    assert!(carried_out(&Answer { status: 204, ..work("<hangup/>") }).is_err());
    assert!(
        carried_out(&Answer { content_type: "application/xml".to_owned(), ..work("<hangup/>") }).is_err()
    );
    assert!(carried_out(&answer("<Response><Hangup/></Response>")).is_err());
}
