//! mySociety's extension: what happened to a program's service requests, and words that a program adds to one.

use chrono_tz::Tz;
use switchboard::clients::ServiceUpdate;

use super::asked::Asked;
use super::format::Node;
use super::requests::span;
use super::{Answer, Fault};

/// `servicerequestupdates`: changes of status within a time.
pub(super) async fn list(asked: &Asked) -> Answer {
    let zone = asked.line()?.zone;
    let (from, to) = span(asked)?;
    let client = asked.client()?.name.clone();
    let updates = asked.app.switchboard.service_updates(&client, from, to).await;
    let updates = updates.map_err(|error| asked.fault(error))?;
    Ok(listed(updates.iter().map(|update| told(asked, update, zone)).collect()))
}

/// `POST servicerequestupdates`: words for the case, as the complainant's.
pub(super) async fn create(asked: &Asked) -> Answer {
    let client = asked.client()?.name.clone();
    asked.line()?;
    let id = asked.field("service_request_id").ok_or_else(|| Fault::missing("service_request_id"))?;
    let words = asked.field("description").ok_or_else(|| Fault::missing("description"))?;
    let added = asked.app.switchboard.add_by_client(&client, id, words).await;
    let update = added.map_err(|error| asked.fault(error))?;
    Ok(listed(vec![Node::Record(vec![("update_id", Node::Text(update))])]))
}

fn listed(updates: Vec<Node>) -> Node {
    Node::Root("service_request_updates", Box::new(Node::List("request_update", updates)))
}

fn told(asked: &Asked, update: &ServiceUpdate, zone: Tz) -> Node {
    let status = if update.status.is_closed() { "CLOSED" } else { "OPEN" };
    let words = format!("public-status-{}", update.status.as_str().replace('_', "-"));
    Node::Record(vec![
        ("update_id", Node::Text(update.id.clone())),
        ("service_request_id", Node::Text(update.request.clone())),
        ("status", Node::Text(status.to_owned())),
        ("updated_datetime", Node::Text(update.at.rfc3339(zone))),
        ("description", Node::Text(asked.say(&words))),
        ("media_url", Node::Nothing),
    ])
}
