//! XML text to a small tree of names, attributes and text.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::DocumentError;

/// Deeper documents are an attack: ours and the providers' own examples are at most four deep.
const DEEPEST: usize = 16;

/// One element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
}

#[derive(Debug)]
enum Content {
    Text(String),
    Element(Node),
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|part| match part {
            Content::Element(node) => Some(node),
            Content::Text(_) => None,
        })
    }

    /// The element's own words, without those of its children.
    pub(super) fn own_text(&self) -> String {
        let text: String = self
            .content
            .iter()
            .filter_map(|part| match part {
                Content::Text(text) => Some(text.as_str()),
                Content::Element(_) => None,
            })
            .collect();
        text.trim().to_owned()
    }

    /// What a voice says: SSML marks are passed over, a `sub` is replaced by its alias.
    pub(super) fn spoken_text(&self) -> String {
        let mut words = String::new();
        self.speak_into(&mut words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn speak_into(&self, words: &mut String) {
        for part in &self.content {
            match part {
                Content::Text(text) => words.push_str(text),
                Content::Element(node) => match (node.name.as_str(), node.attribute("alias")) {
                    ("sub", Some(alias)) => words.push_str(alias),
                    ("break" | "p" | "s", _) => {
                        words.push(' ');
                        node.speak_into(words);
                        words.push(' ');
                    }
                    _ => node.speak_into(words),
                },
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        if let Some(Content::Text(last)) = self.content.last_mut() {
            last.push_str(text);
        } else {
            self.content.push(Content::Text(text.to_owned()));
        }
    }
}

/// Reads the one element that the text consists of.
pub(super) fn read(text: &str) -> Result<Node, DocumentError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    // The bottom of the stack stands for the document itself.
    let mut open = vec![Node::default()];
    loop {
        let event = reader.read_event().map_err(|error| broken(reader.error_position(), error))?;
        let at = reader.buffer_position();
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(broken(at, "elements are nested more than 16 deep"));
                }
                open.push(element(&start, at)?);
            }
            Event::Empty(start) => {
                let node = element(&start, at)?;
                put(&mut open, node);
            }
            Event::End(_) => {
                if let Some(node) = open.pop() {
                    put(&mut open, node);
                }
            }
            Event::Text(words) => say(&mut open, &words.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(words) => say(&mut open, &words.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) => say(&mut open, &character(&name, at)?),
            Event::DocType(_) => return Err(broken(at, "a DOCTYPE is not allowed")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let at = reader.buffer_position();
    let document =
        open.pop().filter(|_| open.is_empty()).ok_or_else(|| broken(at, "an element is not closed"))?;
    let stray = !document.own_text().is_empty();
    let mut roots = document.content.into_iter().filter_map(|part| match part {
        Content::Element(node) => Some(node),
        Content::Text(_) => None,
    });
    match (roots.next(), roots.next()) {
        (Some(root), None) if !stray => Ok(root),
        (None, _) if !stray => Err(DocumentError::Empty),
        _ => Err(broken(at, "a document is exactly one <Response> element")),
    }
}

fn element(start: &BytesStart<'_>, at: u64) -> Result<Node, DocumentError> {
    let mut node = Node { name: start.name().0.to_owned(), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| broken(at, error))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(at, error))?;
        node.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(node)
}

fn put(open: &mut [Node], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.content.push(Content::Element(node));
    }
}

fn say(open: &mut [Node], text: &str) {
    if let Some(parent) = open.last_mut() {
        parent.add_text(text);
    }
}

fn character(name: &BytesRef<'_>, at: u64) -> Result<String, DocumentError> {
    if let Some(c) = name.resolve_char_ref().map_err(|error| broken(at, error))? {
        return Ok(c.to_string());
    }
    let word = name.xml_content(XmlVersion::Implicit1_0);
    let known = match word.as_ref() {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        other => return Err(broken(at, format!("unknown entity &{other};"))),
    };
    Ok(known.to_owned())
}

fn broken(at: u64, what: impl std::fmt::Display) -> DocumentError {
    DocumentError::NotXml { at, what: what.to_string() }
}
