//! The two formats of an answer, from one tree: XML with a declaration, and JSON by the Spark convention, in which a list
//! loses the names of its elements.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::Fault;

/// A format, by the ending of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Nothing,
    Text(String),
    Flag(bool),
    Whole(i64),
    Number(f64),
    /// Named parts.
    Record(Vec<(&'static str, Node)>),
    /// The name of each element, and the elements.
    List(&'static str, Vec<Node>),
    /// The name of the whole, at the root.
    Root(&'static str, Box<Node>),
}

impl Format {
    /// Name and format of `services.xml`.
    pub(super) fn of(file: &str) -> Option<(&str, Self)> {
        match file.rsplit_once('.')? {
            (name, "xml") => Some((name, Self::Xml)),
            (name, "json") => Some((name, Self::Json)),
            _ => None,
        }
    }

    /// A document.
    pub(super) fn document(self, node: &Node) -> Response {
        self.respond(StatusCode::OK, node)
    }

    /// What is wrong.
    pub(super) fn fault(self, fault: &Fault) -> Response {
        let error = Node::Record(vec![
            ("code", Node::Whole(fault.status.as_u16().into())),
            ("description", Node::Text(fault.text.clone())),
        ]);
        self.respond(fault.status, &Node::Root("errors", Box::new(Node::List("error", vec![error]))))
    }

    fn respond(self, status: StatusCode, node: &Node) -> Response {
        let (kind, text) = match self {
            Self::Xml => ("text/xml; charset=utf-8", xml(node)),
            Self::Json => ("application/json; charset=utf-8", value(node).to_string()),
        };
        (status, [(header::CONTENT_TYPE, kind)], text).into_response()
    }
}

/// The document as XML.
pub(super) fn xml(node: &Node) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    write(&mut out, node);
    out.push('\n');
    out
}

fn write(out: &mut String, node: &Node) {
    match node {
        Node::Nothing => {}
        Node::Text(text) => escape(out, text),
        Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Node::Whole(number) => out.push_str(&number.to_string()),
        Node::Number(number) => out.push_str(&number.to_string()),
        Node::Record(parts) => parts.iter().for_each(|(name, part)| element(out, name, part)),
        Node::List(name, parts) => parts.iter().for_each(|part| element(out, name, part)),
        Node::Root(name, part) => element(out, name, part),
    }
}

fn element(out: &mut String, name: &str, node: &Node) {
    let mut inner = String::new();
    write(&mut inner, node);
    if inner.is_empty() {
        out.push_str(&format!("<{name}/>"));
    } else {
        out.push_str(&format!("<{name}>{inner}</{name}>"));
    }
}

/// Signs that XML 1.0 cannot hold are left out.
fn escape(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(sign),
            sign if sign < ' ' || matches!(sign, '\u{fffe}' | '\u{ffff}') => {}
            sign => out.push(sign),
        }
    }
}

/// The document as JSON.
pub(super) fn value(node: &Node) -> Value {
    match node {
        Node::Nothing => Value::Null,
        Node::Text(text) => json!(text),
        Node::Flag(flag) => json!(flag),
        Node::Whole(number) => json!(number),
        Node::Number(number) => json!(number),
        Node::Record(parts) => {
            let parts = parts.iter().map(|(name, part)| ((*name).to_owned(), value(part)));
            Value::Object(parts.collect::<Map<_, _>>())
        }
        Node::List(_, parts) => parts.iter().map(value).collect(),
        Node::Root(_, part) => value(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tree_is_two_documents() {
        let request = Node::Record(vec![
            ("service_request_id", Node::Text("a<b&c\u{1}".to_owned())),
            ("account_id", Node::Nothing),
            ("lat", Node::Number(37.76)),
        ]);
        let tree = Node::Root("service_requests", Box::new(Node::List("request", vec![request])));
        assert_eq!(
            xml(&tree),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests><request>\
             <service_request_id>a&lt;b&amp;c</service_request_id><account_id/><lat>37.76</lat></request>\
             </service_requests>\n"
        );
        assert_eq!(
            value(&tree),
            json!([{ "service_request_id": "a<b&c\u{1}", "account_id": null, "lat": 37.76 }])
        );
    }

    #[test]
    fn the_ending_is_the_format() {
        assert_eq!(Format::of("services.xml"), Some(("services", Format::Xml)));
        assert_eq!(Format::of("a.b.json"), Some(("a.b", Format::Json)));
        assert_eq!(Format::of("services.yaml"), None);
        assert_eq!(Format::of("services"), None);
    }
}
