//! Our side of the REST interface: create, redirect and end calls.

use serde::Deserialize;

use crate::outbound::{Account, NewCall, PlacedCall, RestError, RestRequest};
use crate::status::CallStatus;

/// `POST /2010-04-01/Accounts/{id}/Calls.json`. Not idempotent at the provider: record the intent first.
pub fn place_call(account: &Account, call: &NewCall) -> RestRequest {
    let mut form = vec![
        ("To", call.to.clone()),
        ("From", call.from.clone()),
        ("Url", call.url.clone()),
        ("Method", "POST".to_owned()),
        ("Timeout", call.timeout_seconds.clamp(5, 600).to_string()),
    ];
    if let Some(told) = &call.status_url {
        form.push(("StatusCallback", told.clone()));
        form.push(("StatusCallbackMethod", "POST".to_owned()));
        for event in ["initiated", "ringing", "answered", "completed"] {
            form.push(("StatusCallbackEvent", event.to_owned()));
        }
    }
    request(account, "Calls.json", form)
}

/// Makes a live call fetch `url` at once.
pub fn redirect_call(account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
    let form = vec![("Url", url.to_owned()), ("Method", "POST".to_owned())];
    request(account, &format!("Calls/{}.json", segment(provider_call_id)), form)
}

/// Ends a live call.
pub fn end_call(account: &Account, provider_call_id: &str) -> RestRequest {
    let form = vec![("Status", CallStatus::Completed.as_str().to_owned())];
    request(account, &format!("Calls/{}.json", segment(provider_call_id)), form)
}

fn request(account: &Account, resource: &str, form: Vec<(&'static str, String)>) -> RestRequest {
    RestRequest {
        method: "POST",
        path: format!("/2010-04-01/Accounts/{}/{resource}", segment(&account.id)),
        form,
        user: account.id.clone(),
        password: account.token.clone(),
    }
}

/// An id as one segment of a path; ids of some providers hold a colon or more.
fn segment(id: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(id, KEEP).to_string()
}

#[derive(Deserialize)]
struct Resource {
    sid: String,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Deserialize)]
struct Fault {
    #[serde(default)]
    code: Option<u32>,
    #[serde(default)]
    message: Option<String>,
}

/// Reads the reply to any of the requests above.
pub fn read_reply(http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
    if (200..300).contains(&http_status) {
        let call: Resource = serde_json::from_slice(body).map_err(|_| RestError::Unclear { http_status })?;
        let status = call.status.as_deref().and_then(CallStatus::parse);
        return Ok(PlacedCall { provider_call_id: call.sid, status });
    }
    let fault = serde_json::from_slice(body).unwrap_or(Fault { code: None, message: None });
    let code = fault.code.unwrap_or(0);
    let message = fault.message.unwrap_or_else(|| format!("HTTP {http_status}"));
    Err(match (http_status, code) {
        (429, _) | (_, 20_429) => RestError::Busy { message },
        (401 | 403, _) | (_, 20_003) => RestError::NotAuthorised { message },
        (404, _) | (_, 20_404 | 21_220) => RestError::CallGone { message },
        (400..=499, _) => RestError::Refused { http_status, code, message },
        _ => RestError::Unclear { http_status },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Secret;

    fn account() -> Account {
        Account { id: "AC1".into(), token: Secret::new("t") }
    }

    #[test]
    fn requests_have_the_providers_shape() {
        let call = NewCall {
            to: "+4512345678".into(),
            from: "12320".into(),
            url: "https://h.example/v?t=1".into(),
            status_url: Some("https://h.example/s".into()),
            timeout_seconds: 25,
        };
        let placed = place_call(&account(), &call);
        assert_eq!((placed.method, placed.path.as_str()), ("POST", "/2010-04-01/Accounts/AC1/Calls.json"));
        assert_eq!((placed.user.as_str(), placed.password.reveal()), ("AC1", "t"));
        assert!(placed.form.contains(&("Timeout", "25".into())));
        assert_eq!(placed.form.iter().filter(|(name, _)| *name == "StatusCallbackEvent").count(), 4);
        let moved = redirect_call(&account(), "v3:a/b", "https://h.example/x");
        assert_eq!(moved.path, "/2010-04-01/Accounts/AC1/Calls/v3%3Aa%2Fb.json");
        assert_eq!(end_call(&account(), "CA1").form, [("Status", "completed".to_owned())]);
    }

    #[test]
    fn replies_tell_what_can_be_done_next() {
        let placed = read_reply(201, br#"{"sid":"CA1","status":"queued","duration":null}"#).unwrap();
        assert_eq!((placed.provider_call_id.as_str(), placed.status), ("CA1", Some(CallStatus::Queued)));
        let fault = |status, code| {
            read_reply(status, format!(r#"{{"code":{code},"message":"m","status":{status}}}"#).as_bytes())
                .unwrap_err()
        };
        assert!(matches!(fault(429, 20_429), RestError::Busy { .. }));
        assert!(matches!(fault(401, 20_003), RestError::NotAuthorised { .. }));
        assert!(matches!(fault(404, 20_404), RestError::CallGone { .. }));
        assert!(matches!(fault(400, 21_220), RestError::CallGone { .. }));
        assert!(matches!(fault(400, 21_211), RestError::Refused { code: 21_211, .. }));
        assert_eq!(read_reply(502, b"<html>"), Err(RestError::Unclear { http_status: 502 }));
        assert_eq!(read_reply(201, b"{}"), Err(RestError::Unclear { http_status: 201 }));
    }
}
