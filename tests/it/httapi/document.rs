//! A small strict reader of XML: elements, attributes in double quotes, text with the five entities. It shares nothing
//! with the writer.

/// One element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// Text before the first child; text behind one is a fault.
    pub(super) text: String,
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Reads a document: an optional declaration and one element.
pub(super) fn read(text: &str) -> Result<Element, String> {
    let mut rest = text;
    if let Some(after) = rest.strip_prefix("<?xml ") {
        rest = after.split_once("?>").ok_or("the declaration is not closed")?.1.trim_start();
    }
    let element = element(&mut rest)?;
    if rest.trim().is_empty() { Ok(element) } else { Err(format!("behind the document: {rest}")) }
}

fn element(rest: &mut &str) -> Result<Element, String> {
    eat(rest, "<")?;
    let mut element = Element { name: name(rest)?, ..Element::default() };
    loop {
        let spaced = rest.starts_with(' ');
        *rest = rest.trim_start();
        if rest.starts_with("/>") {
            eat(rest, "/>")?;
            return Ok(element);
        }
        if rest.starts_with('>') {
            eat(rest, ">")?;
            break;
        }
        let key = name(rest)?;
        if !spaced || element.get(&key).is_some() {
            return Err(format!("attribute {key}: glued to what stands before, or twice"));
        }
        eat(rest, "=\"")?;
        let (value, after) = rest.split_once('"').ok_or("an attribute is not closed")?;
        element.attributes.push((key, plain(value)?));
        *rest = after;
    }
    loop {
        let end = rest.find('<').ok_or(format!("<{}> is not closed", element.name))?;
        let words = plain(&rest[..end])?;
        match (words.is_empty(), element.children.is_empty()) {
            (true, _) => {}
            (false, true) => element.text.push_str(&words),
            (false, false) => return Err(format!("text behind an element in <{}>", element.name)),
        }
        *rest = &rest[end..];
        if rest.starts_with("</") {
            eat(rest, &format!("</{}>", element.name))?;
            return Ok(element);
        }
        element.children.push(self::element(rest)?);
    }
}

fn eat(rest: &mut &str, wanted: &str) -> Result<(), String> {
    let shown: String = rest.chars().take(40).collect();
    *rest = rest.strip_prefix(wanted).ok_or(format!("{wanted:?} expected, not {shown:?}"))?;
    Ok(())
}

fn name(rest: &mut &str) -> Result<String, String> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after;
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Ok(name.to_owned())
    } else {
        Err(format!("name {name:?}"))
    }
}

fn plain(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, after) = part.split_once(';').ok_or(format!("a bare & before {part:?}"))?;
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            other => return Err(format!("unknown entity &{other};")),
        });
        plain.push_str(after);
    }
    match plain.chars().find(|c| c.is_control() || *c == '\u{fffe}' || *c == '\u{ffff}') {
        None => Ok(plain),
        Some(c) => Err(format!("{c:?} in {plain:?}")),
    }
}

#[test]
fn the_reader_sees_what_is_wrong() {
    let fine = read("<?xml version=\"1.0\"?>\n<a b=\"1 &amp; 2\">x &lt; y<c/><d e=\"\"></d></a>").unwrap();
    assert_eq!((fine.get("b"), fine.text.as_str(), fine.children.len()), (Some("1 & 2"), "x < y", 2));
    for wrong in [
        "",
        "<a>",
        "<a></b>",
        "<a b='1'/>",
        "<a b=\"1\"c=\"2\"/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>&b;</a>",
        "<a>a & b</a>",
        "<a/><b/>",
        "<a/>x",
        "<a><b/>x</a>",
        "<a>\u{1}</a>",
        "<1/>",
        "<a b>",
        "text",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
