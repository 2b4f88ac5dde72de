//! Service requests: handing one in, and asking how they are going.

use chrono_tz::Tz;
use domain::directory::name_in;
use domain::{Language, RequestType, Timestamp};
use switchboard::clients::{Asked as Wanted, ServiceRequest};
use switchboard::public::{Door, WebComplaint};

use super::asked::{Asked, maybe};
use super::format::Node;
use super::{Answer, Fault};

/// A search spans so many days at most, and by default.
const MOST_DAYS: i64 = 90;
/// Longest description, in characters, as the specification has it.
const LONGEST: usize = 4000;

/// `POST requests`: the answer is the id, and a notice with number and PIN for the person.
pub(super) async fn create(asked: &Asked) -> Answer {
    let client = asked.client()?.name.clone();
    let line = asked.line()?.name.clone();
    let code = asked.field("service_code").ok_or_else(|| Fault::missing("service_code"))?;
    if asked.app.switchboard.house().categories.get(code).is_none() {
        return Err(Fault::unknown("service_code"));
    }
    let (lat, long) = (asked.number("lat")?, asked.number("long")?);
    let address = asked.field("address_string").or_else(|| asked.field("address_id"));
    if address.is_none() && lat.zip(long).is_none() {
        return Err(Fault::bad("A location was not provided: lat and long, address_string or address_id."));
    }
    let description = asked.field("description").ok_or_else(|| Fault::missing("description"))?;
    if description.chars().count() > LONGEST {
        return Err(Fault::bad("description is longer than 4,000 characters."));
    }
    let door = Door {
        name: "open311",
        client: Some(client),
        service: Some(code.to_owned()),
        address: address.map(str::to_owned),
        lat,
        long,
        media_url: asked.field("media_url").map(str::to_owned),
    };
    let complaint = complaint(asked, &line, code, description)?;
    let handed = asked.app.switchboard.hand_in(complaint, door, &asked.asker).await;
    let handed = handed.map_err(|error| asked.fault(error))?;
    let notice = format!(
        "{}: {}. {}: {}. {}",
        asked.say("public-number"),
        handed.number,
        asked.say("public-pin"),
        handed.pin,
        asked.say("public-done-next")
    );
    let request = Node::Record(vec![
        ("service_request_id", Node::Text(handed.public_id)),
        ("service_notice", Node::Text(notice)),
        ("account_id", Node::Nothing),
    ]);
    Ok(listed(vec![request]))
}

fn complaint(asked: &Asked, line: &str, code: &str, description: &str) -> Result<WebComplaint, Fault> {
    let field = |name: &str| asked.field(name).unwrap_or_default().to_owned();
    let attribute = |code: &str| field(&format!("attribute[{code}]"));
    let name = format!("{} {}", field("first_name"), field("last_name")).trim().to_owned();
    let yes = |code: &str| attribute(code) == "yes";
    Ok(WebComplaint {
        line: line.to_owned(),
        language: Language::parse(asked.tongue.tag).map_err(|error| Fault::bad(error.to_string()))?,
        request_type: RequestType::Complaint,
        own_words: description.to_owned(),
        happened: attribute("happened"),
        place: field("address_string"),
        persons: attribute("persons"),
        institution: attribute("institution"),
        desired: attribute("desired"),
        evidence: Vec::new(),
        anonymous: name.is_empty(),
        name,
        phone: field("phone").replace([' ', '-'], ""),
        reach: field("email"),
        reply: yes("reply"),
        confidential: yes("confidential"),
        suggested: Some(code.to_owned()),
    })
}

/// `requests`: by their ids, or those that the program with the key handed in.
pub(super) async fn list(asked: &Asked) -> Answer {
    asked.line()?;
    let ids = asked.list("service_request_id");
    let statuses = asked.list("status");
    if let Some(odd) = statuses.iter().find(|status| !["open", "closed"].contains(status)) {
        return Err(Fault::bad(format!("status must be open or closed, not {odd}.")));
    }
    let mut found = Vec::new();
    if !ids.is_empty() {
        for id in ids {
            let request = asked.app.switchboard.service_request(id).await;
            match request {
                Ok(request) => found.push(request),
                Err(switchboard::Error::NotFound) => {}
                Err(error) => return Err(asked.fault(error)),
            }
        }
        return Ok(listed(found.iter().map(|request| told(asked, request)).collect()));
    }
    let (from, to) = span(asked)?;
    let client = asked.client()?.name.clone();
    let codes = asked.list("service_code");
    let wanted = Wanted { from: Some(from), to: Some(to), service: None };
    let all = asked.app.switchboard.service_requests(&client, wanted).await;
    for request in all.map_err(|error| asked.fault(error))? {
        let service = request.service.as_deref().unwrap_or_default();
        let fits = (codes.is_empty() || codes.contains(&service))
            && (statuses.is_empty() || statuses.contains(&open_or_closed(&request)));
        if fits {
            found.push(request);
        }
    }
    Ok(listed(found.iter().map(|request| told(asked, request)).collect()))
}

/// The span that is asked for; by default the last 90 days, and never longer.
pub(super) fn span(asked: &Asked) -> Result<(Timestamp, Timestamp), Fault> {
    let days = MOST_DAYS * 24 * 60 * 60;
    let (start, end) = (asked.moment("start_date")?, asked.moment("end_date")?);
    let now = asked.app.switchboard.now();
    let end = end.unwrap_or_else(|| start.map_or(now, |start| start.plus_seconds(days).min(now)));
    let start = start.unwrap_or_else(|| end.plus_seconds(-days));
    if end.0.saturating_sub(start.0) > days * 1000 {
        return Err(Fault::bad("start_date and end_date may not span more than 90 days."));
    }
    Ok((start, end))
}

/// `requests/ID`.
pub(super) async fn one(asked: &Asked) -> Answer {
    asked.line()?;
    let request = asked.app.switchboard.service_request(&asked.name).await;
    let request = request.map_err(|error| asked.fault(error))?;
    Ok(listed(vec![told(asked, &request)]))
}

/// `tokens/ID`: ids are given at once, so that a token is the id itself.
pub(super) async fn by_token(asked: &Asked) -> Answer {
    asked.line()?;
    let request = asked.app.switchboard.service_request(&asked.name).await;
    let request = request.map_err(|error| match error {
        switchboard::Error::NotFound => Fault::unknown("token"),
        other => asked.fault(other),
    })?;
    let parts =
        vec![("service_request_id", Node::Text(request.id.clone())), ("token", Node::Text(request.id))];
    Ok(listed(vec![Node::Record(parts)]))
}

fn listed(requests: Vec<Node>) -> Node {
    Node::Root("service_requests", Box::new(Node::List("request", requests)))
}

/// The two words that the specification knows.
pub(super) fn open_or_closed(request: &ServiceRequest) -> &'static str {
    if request.status.is_closed() { "closed" } else { "open" }
}

fn told(asked: &Asked, request: &ServiceRequest) -> Node {
    let house = asked.app.switchboard.house();
    let zone = house.lines.get(&request.line).map_or(Tz::UTC, |line| line.zone);
    let time = |at: Timestamp| Node::Text(at.rfc3339(zone));
    let name = request.service.as_deref().and_then(|code| house.categories.get(code));
    let name = name.map(|category| name_in(&category.names, asked.tongue.tag).to_owned());
    let status = format!("public-status-{}", request.status.as_str().replace('_', "-"));
    Node::Record(vec![
        ("service_request_id", Node::Text(request.id.clone())),
        ("status", Node::Text(open_or_closed(request).to_owned())),
        ("status_notes", Node::Text(asked.say(&status))),
        ("service_name", maybe(name)),
        ("service_code", maybe(request.service.clone())),
        // What was said is nobody's business but of those who handle it.
        ("description", Node::Nothing),
        ("agency_responsible", maybe(request.agency.clone())),
        ("service_notice", Node::Nothing),
        ("requested_datetime", time(request.requested_at)),
        ("updated_datetime", time(request.updated_at)),
        ("expected_datetime", request.expected_at.map_or(Node::Nothing, time)),
        ("address", maybe(request.address.clone())),
        ("address_id", Node::Nothing),
        ("zipcode", Node::Nothing),
        ("lat", request.lat.map_or(Node::Nothing, Node::Number)),
        ("long", request.long.map_or(Node::Nothing, Node::Number)),
        ("media_url", maybe(request.media_url.clone())),
    ])
}
