//! What can be complained of: the list of services, the fields of each, and where the interface is found.

use domain::directory::name_in;

use super::asked::Asked;
use super::format::Node;
use super::{Answer, Fault};

/// The fields beside the standard ones: code, datatype, message of its description. The key facts as they are asked for
/// on the telephone; none is required, because not knowing is an answer.
pub(super) const ATTRIBUTES: [(&str, &str, &str); 6] = [
    ("happened", "string", "public-happened"),
    ("institution", "string", "public-institution"),
    ("persons", "string", "public-persons"),
    ("desired", "string", "public-desired"),
    ("confidential", "singlevaluelist", "public-confidential"),
    ("reply", "singlevaluelist", "public-reply"),
];

/// `discovery`: the endpoint, its formats, whom to ask for a key.
pub(super) fn discovery(asked: &Asked) -> Node {
    let house = asked.app.switchboard.house();
    let words = &house.doors.web.open311;
    let text = |text: &str| Node::Text(text.to_owned());
    let endpoint = Node::Record(vec![
        ("specification", text("http://wiki.open311.org/GeoReport_v2")),
        ("url", Node::Text(format!("{}/open311/v2", house.public_url))),
        ("changeset", text("2026-01-01T00:00:00Z")),
        ("type", text("production")),
        ("formats", Node::List("format", vec![text("text/xml"), text("application/json")])),
    ]);
    let parts = vec![
        ("changeset", text("2026-01-01T00:00:00Z")),
        ("contact", text(&words.contact)),
        ("key_service", text(&words.key_service)),
        ("endpoints", Node::List("endpoint", vec![endpoint])),
    ];
    Node::Root("discovery", Box::new(Node::Record(parts)))
}

/// `services`: one per category.
pub(super) fn list(asked: &Asked) -> Answer {
    asked.line()?;
    let categories = &asked.app.switchboard.house().categories;
    let services = categories.codes().into_iter().filter_map(|code| {
        let category = categories.get(code)?;
        let name = name_in(&category.names, asked.tongue.tag).to_owned();
        let keywords: Vec<&str> = category.names.values().map(String::as_str).collect();
        Some(Node::Record(vec![
            ("service_code", Node::Text(category.code.clone())),
            ("service_name", Node::Text(name.clone())),
            ("description", Node::Text(name)),
            ("metadata", Node::Flag(true)),
            ("type", Node::Text("realtime".to_owned())),
            ("keywords", Node::Text(keywords.join(", "))),
            ("group", Node::Text(asked.say("public-name"))),
        ]))
    });
    Ok(Node::Root("services", Box::new(Node::List("service", services.collect()))))
}

/// `services/CODE`: the fields of one.
pub(super) fn definition(asked: &Asked) -> Answer {
    asked.line()?;
    let categories = &asked.app.switchboard.house().categories;
    let category = categories.get(&asked.name).ok_or_else(|| Fault::unknown("service_code"))?;
    let attribute = |(order, (code, datatype, words)): (usize, &(&str, &str, &str))| {
        let choice = |key: &str, words: &str| {
            Node::Record(vec![("key", Node::Text(key.to_owned())), ("name", Node::Text(asked.say(words)))])
        };
        let values = if *datatype == "singlevaluelist" {
            vec![choice("yes", "callback-outcome-yes"), choice("no", "callback-outcome-no")]
        } else {
            Vec::new()
        };
        Node::Record(vec![
            ("variable", Node::Flag(true)),
            ("code", Node::Text((*code).to_owned())),
            ("datatype", Node::Text((*datatype).to_owned())),
            ("required", Node::Flag(false)),
            ("datatype_description", Node::Nothing),
            ("order", Node::Whole(i64::try_from(order + 1).unwrap_or(i64::MAX))),
            ("description", Node::Text(asked.say(words))),
            ("values", Node::List("value", values)),
        ])
    };
    let attributes = ATTRIBUTES.iter().enumerate().map(attribute).collect();
    let parts = vec![
        ("service_code", Node::Text(category.code.clone())),
        ("attributes", Node::List("attribute", attributes)),
    ];
    Ok(Node::Root("service_definition", Box::new(Node::Record(parts))))
}
