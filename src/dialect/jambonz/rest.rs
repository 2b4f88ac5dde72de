//! The REST interface: calls of an account, with its API key as the bearer. `api_url` ends before `/v1`.
//!
//! A call that we place names its own hooks; with an application, the application's would be called instead. Then the
//! platform wants to know vendors, voice and language of the call, see [`super::voices`].

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::parse::status_of;
use super::voices::{FIRST, VENDOR};
use crate::outbound::{
    Account, Authorisation, Body, CallFilter, ListedCall, NewCall, Parting, PlacedCall, RestError,
    RestRequest,
};

/// Shortest and longest whole call that is asked for, in seconds.
const CALL_SECONDS: (u32, u32) = (30, 14_400);

/// `POST …/Calls`. Not idempotent at the provider: record the intent first. It rings for `ring` seconds.
pub fn place_call(account: &Account, call: &NewCall, ring: u32) -> RestRequest {
    let to = if call.to.starts_with("sip:") || call.to.starts_with("sips:") {
        json!({ "type": "sip", "sipUri": call.to })
    } else {
        json!({ "type": "phone", "number": call.to })
    };
    let mut order = json!({
        "from": call.from,
        "to": to,
        "call_hook": hook(&call.url),
        "timeout": ring,
        "speech_synthesis_vendor": VENDOR,
        "speech_synthesis_language": FIRST.0,
        "speech_synthesis_voice": FIRST.1,
        "speech_recognizer_vendor": VENDOR,
        "speech_recognizer_language": FIRST.0,
    });
    if let Some(told) = &call.status_url {
        order["call_status_hook"] = hook(told);
    }
    if let Some(most) = call.most_seconds {
        order["timeLimit"] = most.clamp(CALL_SECONDS.0, CALL_SECONDS.1).into();
    }
    request(account, "POST", "Calls", Body::Json(order))
}

/// Makes a live call fetch `url` at once.
pub fn redirect_call(account: &Account, id: &str, url: &str) -> RestRequest {
    update(account, id, json!({ "call_hook": hook(url) }))
}

/// Parts a call from the leg that its document dialled: the leg grows up and gets a document of its own. One request
/// for both, because the platform hangs up a parent that it is told nothing of.
pub fn part_calls(account: &Account, parting: &Parting<'_>) -> RestRequest {
    let hooks = json!({ "call_hook": hook(parting.parent_url), "child_call_hook": hook(parting.leg_url) });
    update(account, parting.parent, hooks)
}

/// Ends a live call.
pub fn end_call(account: &Account, id: &str) -> RestRequest {
    update(account, id, json!({ "call_status": "completed" }))
}

/// `GET …/Calls`: calls that are live; one that is over is in no list.
pub fn list_calls(account: &Account, filter: &CallFilter) -> RestRequest {
    let (to, from) = (segment(&filter.to), segment(&filter.from));
    let resource = format!("Calls?direction=outbound&from={from}&to={to}");
    request(account, "GET", &resource, Body::Nothing)
}

fn hook(url: &str) -> Value {
    json!({ "url": url, "method": "POST" })
}

fn update(account: &Account, id: &str, change: Value) -> RestRequest {
    request(account, "POST", &format!("Calls/{}", segment(id)), Body::Json(change))
}

fn request(account: &Account, method: &'static str, resource: &str, body: Body) -> RestRequest {
    RestRequest {
        method,
        path: format!("/v1/Accounts/{}/{resource}", segment(&account.id)),
        body,
        authorisation: Authorisation::Bearer(account.token.clone()),
    }
}

/// One segment of a path or one value of a query.
fn segment(text: &str) -> String {
    const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, KEEP).to_string()
}

#[derive(Deserialize)]
struct Placed {
    sid: String,
}

#[derive(Deserialize)]
struct Listed {
    call_sid: String,
    #[serde(default)]
    direction: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    call_status: Option<String>,
}

#[derive(Deserialize, Default)]
struct Fault {
    #[serde(default)]
    msg: Option<String>,
}

/// Reads the reply to a new call (201 with its id) or to a change of one (202 with nothing).
pub fn read_reply(http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
    match http_status {
        201 => {
            let Placed { sid } =
                serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
            Ok(PlacedCall { provider_call_id: sid, status: None })
        }
        200..=299 => Ok(PlacedCall { provider_call_id: String::new(), status: None }),
        _ => Err(fault_of(http_status, body)),
    }
}

/// Reads the reply to [`list_calls`]; older servers list every call, whatever was asked for.
pub fn read_list(http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
    if !(200..300).contains(&http_status) {
        return Err(fault_of(http_status, body));
    }
    let list: Vec<Listed> = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
    let ours = list.into_iter().filter(|call| call.direction.as_deref() != Some("inbound"));
    Ok(ours.map(Listed::read).collect())
}

impl Listed {
    fn read(self) -> ListedCall {
        ListedCall {
            provider_call_id: self.call_sid,
            to: self.to.unwrap_or_default(),
            status: self.call_status.as_deref().and_then(status_of),
            // It keeps no time with a call.
            placed_at: None,
        }
    }
}

fn fault_of(http_status: u16, body: &[u8]) -> RestError {
    let fault: Fault = serde_json::from_slice(body).unwrap_or_default();
    let message = fault.msg.unwrap_or_else(|| format!("HTTP {http_status}"));
    match http_status {
        // 480: no server is there that could place a call.
        429 | 480 => RestError::Busy { message },
        401 | 403 => RestError::NotAuthorised { message },
        404 => RestError::CallGone { message },
        422 if message.contains("gone") => RestError::CallGone { message },
        400..=499 => RestError::Refused { http_status, code: 0, message },
        _ => RestError::Unclear { http_status },
    }
}

#[cfg(test)]
mod tests;
