//! The switch's own interface: commands over XML-RPC (`mod_xml_rpc`, `POST /RPC2`), with Basic credentials.
//!
//! Why not the event socket: it is no HTTP, keeps a connection that must be watched, and its one password opens
//! everything. Why not `/webapi/…`: there the command stands in the address, and with it numbers and tokens in the
//! switch's access log; and it may have four kilobytes only. In the body of a POST the command is one value, which
//! needs no escaping but XML's.
//!
//! Arguments of a command are words between spaces, so each is held against what it may be before it is written:
//! see [`super::words`].

use domain::Timestamp;
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, XmlVersion};
use serde::Deserialize;

use super::names::{CONTEXT, PROFILE};
use super::words::{address, id_or_nothing, number_or_nothing};
use crate::outbound::{
    Account, Authorisation, Body, CallFilter, ListedCall, NewCall, Parting, PlacedCall, RestError,
    RestRequest,
};
use crate::status::CallStatus;

/// Stands where an argument was not what it must be: no such number, no such call; the switch refuses it.
const NOBODY: &str = "invalid";
/// Longest reply that is read, in bytes: a list of all calls of a large switch.
const LONGEST_REPLY: usize = 4 * 1024 * 1024;

/// Has the switch call somebody and, once answered, fetch documents from `call.url`.
///
/// With an id of ours the command only begins: whether somebody answers is told by the hooks of the call, or by
/// [`list_calls`]. Without one, the reply comes when the call is answered or has failed.
pub fn place_call(account: &Account, call: &NewCall) -> RestRequest {
    let id = call.wanted_id.as_deref().and_then(id_or_nothing);
    let mut variables = vec![
        // Sound before the answer is no answer.
        "ignore_early_media=true".to_owned(),
        format!("originate_timeout={}", call.timeout_seconds.clamp(5, 600)),
    ];
    variables.extend(id.map(|id| format!("origination_uuid={id}")));
    if let Some(from) = number_or_nothing(&call.from) {
        variables.push(format!("origination_caller_id_name={from}"));
        variables.push(format!("origination_caller_id_number={from}"));
    }
    let limit = call.most_seconds.map(|most| format!("sched_hangup:+{most},")).unwrap_or_default();
    let to = number_or_nothing(&call.to).unwrap_or(NOBODY);
    let leg = format!("{{{}}}loopback/{to}/{CONTEXT}", variables.join(","));
    let arguments = format!("{leg} {limit}{} inline", documents_of(&call.url));
    match id {
        Some(_) => command(account, "bgapi", &format!("originate {arguments}")),
        None => command(account, "originate", &arguments),
    }
}

/// The application that fetches documents, as the inline dialplan writes it.
fn documents_of(url: &str) -> String {
    format!("httapi:{{httapi_profile={PROFILE}}}{}", address(url))
}

/// Makes a live call fetch `url` at once.
pub fn redirect_call(account: &Account, id: &str, url: &str) -> RestRequest {
    let id = id_or_nothing(id).unwrap_or(NOBODY);
    command(account, "uuid_transfer", &format!("{id} {} inline", documents_of(url)))
}

/// Parts a call from whoever it is bridged with: the other side fetches documents of its own, and the call itself goes
/// on behind its dial (`hangup_after_bridge` is false there).
pub fn part_calls(account: &Account, parting: &Parting<'_>) -> RestRequest {
    let id = id_or_nothing(parting.parent).unwrap_or(NOBODY);
    command(account, "uuid_transfer", &format!("{id} -bleg {} inline", documents_of(parting.leg_url)))
}

/// Ends a live call.
pub fn end_call(account: &Account, id: &str) -> RestRequest {
    command(account, "uuid_kill", &format!("{} NORMAL_CLEARING", id_or_nothing(id).unwrap_or(NOBODY)))
}

/// Lists live calls: the one with the id that was wished for, or all. A call that is over is in no list.
pub fn list_calls(account: &Account, filter: &CallFilter) -> RestRequest {
    match filter.wanted_id.as_deref().and_then(id_or_nothing) {
        Some(id) => command(account, "show", &format!("channels like {id} as json")),
        None => command(account, "show", "channels as json"),
    }
}

fn command(account: &Account, name: &str, arguments: &str) -> RestRequest {
    let arguments = quick_xml::escape::escape(arguments);
    let text = format!(
        "<?xml version=\"1.0\"?><methodCall><methodName>freeswitch.api</methodName><params>\
         <param><value><string>{name}</string></value></param>\
         <param><value><string>{arguments}</string></value></param></params></methodCall>"
    );
    RestRequest {
        method: "POST",
        path: "/RPC2".to_owned(),
        body: Body::Text { media_type: "text/xml", text },
        authorisation: Authorisation::Basic { user: account.id.clone(), password: account.token.clone() },
    }
}

/// Reads the reply to a command about a call: `+OK …` or `-ERR CAUSE`.
pub fn read_reply(http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
    let said = said(http_status, body)?;
    let words: Vec<&str> = said.split_whitespace().collect();
    match words[..] {
        // A job of its own: the call has the id that it was given.
        ["+OK", "Job-UUID:", ..] | ["+OK"] => Ok(placed("")),
        ["+OK", id] => Ok(placed(id_or_nothing(id).unwrap_or_default())),
        ["+OK", ..] => Ok(placed("")),
        ["-ERR", ..] if said.to_ascii_lowercase().contains("no such channel") => {
            Err(RestError::CallGone { message: said })
        }
        ["-ERR" | "-USAGE:", ..] => Err(RestError::Refused { http_status, code: 0, message: said }),
        _ => Err(RestError::Unclear { http_status }),
    }
}

fn placed(id: &str) -> PlacedCall {
    PlacedCall { provider_call_id: id.to_owned(), status: None }
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    uuid: String,
    #[serde(default)]
    dest: String,
    #[serde(default)]
    callstate: String,
    #[serde(default)]
    created_epoch: String,
}

/// Reads the reply to [`list_calls`].
pub fn read_list(http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
    let said = said(http_status, body)?;
    let list: List = serde_json::from_str(&said).map_err(|_| RestError::Unclear { http_status })?;
    Ok(list.rows.into_iter().map(Row::read).collect())
}

impl Row {
    fn read(self) -> ListedCall {
        let seconds = self.created_epoch.parse::<i64>().ok();
        ListedCall {
            status: match self.callstate.as_str() {
                "DOWN" | "DIALING" => Some(CallStatus::Initiated),
                "RINGING" | "EARLY" => Some(CallStatus::Ringing),
                "ACTIVE" | "HELD" | "UNHELD" | "RING_WAIT" => Some(CallStatus::InProgress),
                "HANGUP" => Some(CallStatus::Completed),
                _ => None,
            },
            placed_at: seconds.and_then(|seconds| seconds.checked_mul(1_000)).map(Timestamp),
            provider_call_id: self.uuid,
            to: self.dest,
        }
    }
}

/// What the command said, out of the reply to its call.
fn said(http_status: u16, body: &[u8]) -> Result<String, RestError> {
    match http_status {
        200 => {}
        401 | 403 => return Err(RestError::NotAuthorised { message: format!("HTTP {http_status}") }),
        404 | 405 => {
            let message = "nobody answers at /RPC2; is mod_xml_rpc loaded?".to_owned();
            return Err(RestError::Refused { http_status, code: 0, message });
        }
        429 => return Err(RestError::Busy { message: "HTTP 429".to_owned() }),
        _ => return Err(RestError::Unclear { http_status }),
    }
    let text = std::str::from_utf8(body).ok().filter(|text| text.len() <= LONGEST_REPLY);
    let (fault, value) = text.and_then(value_of).ok_or(RestError::Unclear { http_status })?;
    match value.trim() {
        "UNAUTHORIZED!" => Err(RestError::NotAuthorised { message: value }),
        _ if fault => Err(RestError::Refused { http_status, code: 0, message: value }),
        said => Ok(said.to_owned()),
    }
}

/// The text of the reply's value, and whether it is a fault.
fn value_of(text: &str) -> Option<(bool, String)> {
    let mut reader = Reader::from_str(text);
    let (mut fault, mut values, mut depth) = (false, String::new(), 0_u32);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.name().0 {
                "fault" => fault = true,
                "value" => depth += 1,
                _ => {}
            },
            Event::End(tag) if tag.name().0 == "value" => depth = depth.checked_sub(1)?,
            Event::Text(words) if depth > 0 => values.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) if depth > 0 => values.push(character(&name)?),
            Event::CData(words) if depth > 0 => values.push_str(&words.xml_content(XmlVersion::Implicit1_0)),
            Event::DocType(_) => return None,
            Event::Eof => return (depth == 0 && text.contains("<methodResponse")).then_some((fault, values)),
            _ => {}
        }
    }
}

/// The character that an entity stands for.
fn character(name: &BytesRef<'_>) -> Option<char> {
    if let Some(character) = name.resolve_char_ref().ok()? {
        return Some(character);
    }
    match name.xml_content(XmlVersion::Implicit1_0).as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
