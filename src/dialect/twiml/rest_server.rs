//! The provider's side of the REST interface: reads our requests, writes the replies.

use domain::Timestamp;
use serde_json::{Value, json};

use crate::form::Form;
use crate::status::CallStatus;

/// A request to create a call, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub to: String,
    pub from: String,
    pub url: String,
    pub post: bool,
    pub fallback_url: Option<String>,
    pub status_url: Option<String>,
    /// Which of initiated, ringing, answered, completed are told.
    pub status_events: Vec<String>,
    pub timeout_seconds: u32,
}

/// A request to change a live call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    Redirect {
        url: String,
        post: bool,
    },
    /// Ends a call that has not been answered.
    Cancel,
    /// Ends a call whatever its state.
    Complete,
}

/// An error reply: HTTP status, the provider's code, words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub http_status: u16,
    pub code: u32,
    pub message: String,
}

impl Fault {
    /// A 400 with one of the provider's codes.
    pub fn bad_request(code: u32, message: impl Into<String>) -> Self {
        Self { http_status: 400, code, message: message.into() }
    }

    /// Account or token is wrong.
    pub fn not_authorised() -> Self {
        Self { http_status: 401, code: 20_003, message: "Authenticate".to_owned() }
    }

    /// There is no such call.
    pub fn not_found(path: &str) -> Self {
        let message = format!("The requested resource {path} was not found");
        Self { http_status: 404, code: 20_404, message }
    }

    /// The call is over and can no longer be redirected.
    pub fn call_over() -> Self {
        Self::bad_request(21_220, "Call is not in-progress. Cannot redirect.")
    }

    /// The reply's JSON text.
    pub fn body(&self) -> String {
        let more = format!("https://www.twilio.com/docs/errors/{}", self.code);
        json!({"code": self.code, "message": self.message, "more_info": more, "status": self.http_status})
            .to_string()
    }
}

/// Reads the form of a create request.
pub fn read_create(form: &Form<'_>) -> Result<Create, Fault> {
    let field = |name: &str| form.get(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let to = field("To").ok_or_else(|| Fault::bad_request(21_201, "No 'To' number is specified"))?;
    let from = field("From").ok_or_else(|| Fault::bad_request(21_213, "No 'From' number is specified"))?;
    let events: Vec<String> =
        form.all("StatusCallbackEvent").flat_map(str::split_whitespace).map(str::to_owned).collect();
    let status_url = field("StatusCallback");
    if let Some(url) = &status_url {
        web_address(url)
            .map_err(|()| Fault::bad_request(21_609, format!("Invalid 'StatusCallback' URL: {url}")))?;
    }
    Ok(Create {
        to: dialable(&to)
            .ok_or_else(|| Fault::bad_request(21_211, format!("Invalid 'To' Phone Number: {to}")))?,
        from: dialable(&from)
            .ok_or_else(|| Fault::bad_request(21_212, format!("Invalid 'From' number: {from}")))?,
        url: document_url(field("Url"))?,
        post: is_post(form),
        fallback_url: field("FallbackUrl"),
        status_url,
        status_events: if events.is_empty() { vec!["completed".to_owned()] } else { events },
        timeout_seconds: form
            .get("Timeout")
            .and_then(|text| text.parse().ok())
            .unwrap_or(60_u32)
            .clamp(5, 600),
    })
}

/// Reads the form of an update request.
pub fn read_update(form: &Form<'_>) -> Result<Update, Fault> {
    match form.get("Status") {
        Some("canceled") => Ok(Update::Cancel),
        Some("completed") => Ok(Update::Complete),
        Some(other) => {
            Err(Fault::bad_request(20_001, format!("Invalid Status: {other}; canceled or completed")))
        }
        None => Ok(Update::Redirect {
            url: document_url(form.get("Url").map(str::to_owned))?,
            post: is_post(form),
        }),
    }
}

fn document_url(url: Option<String>) -> Result<String, Fault> {
    let url = url.ok_or_else(|| Fault::bad_request(21_205, "Url parameter is required."))?;
    web_address(&url).map_err(|()| Fault::bad_request(21_205, format!("Url is not a valid URL: {url}")))?;
    Ok(url)
}

fn is_post(form: &Form<'_>) -> bool {
    !form.get("Method").is_some_and(|method| method.eq_ignore_ascii_case("GET"))
}

fn web_address(url: &str) -> Result<(), ()> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or(())?;
    let sound = !rest.is_empty()
        && !rest.starts_with('/')
        && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    if sound { Ok(()) } else { Err(()) }
}

fn dialable(text: &str) -> Option<String> {
    domain::PhoneNumber::parse(text).ok().map(|number| number.as_str().to_owned())
}

/// A call as the provider knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallResource {
    pub call_id: String,
    pub parent_call_id: Option<String>,
    pub account: String,
    pub to: String,
    pub from: String,
    pub status: CallStatus,
    /// `inbound`, `outbound-api` or `outbound-dial`.
    pub direction: &'static str,
    pub created: Timestamp,
    pub answered: Option<Timestamp>,
    pub ended: Option<Timestamp>,
}

/// The JSON text of a call.
pub fn write_call(call: &CallResource) -> String {
    let date = |at: Timestamp| at.utc().to_rfc2822();
    let duration = match (call.answered, call.ended) {
        (Some(answered), Some(ended)) => Some(ended.seconds_since(answered).to_string()),
        (None, Some(_)) => Some("0".to_owned()),
        _ => None,
    };
    json!({
        "sid": call.call_id,
        "parent_call_sid": call.parent_call_id,
        "account_sid": call.account,
        "to": call.to,
        "to_formatted": call.to,
        "from": call.from,
        "from_formatted": call.from,
        "phone_number_sid": Value::Null,
        "status": call.status.as_str(),
        "direction": call.direction,
        "start_time": call.answered.map(date),
        "end_time": call.ended.map(date),
        "duration": duration,
        "price": Value::Null,
        "price_unit": "USD",
        "answered_by": Value::Null,
        "api_version": "2010-04-01",
        "forwarded_from": Value::Null,
        "group_sid": Value::Null,
        "caller_name": Value::Null,
        "queue_time": "0",
        "trunk_sid": Value::Null,
        "uri": format!("/2010-04-01/Accounts/{}/Calls/{}.json", call.account, call.call_id),
        "date_created": date(call.created),
        "date_updated": date(call.ended.or(call.answered).unwrap_or(call.created)),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dialect;
    use crate::outbound::{Account, NewCall};
    use crate::outbound::{Body, RestRequest};
    use crate::twiml::{Twiml, rest};
    use domain::Secret;

    fn call() -> NewCall {
        NewCall {
            to: "+4512345678".into(),
            from: "12320".into(),
            url: "https://h.example/v".into(),
            status_url: Some("https://h.example/s".into()),
            timeout_seconds: 25,
            most_seconds: None,
            detect_machine: false,
            wanted_id: None,
        }
    }

    /// The form as it arrives.
    fn sent(request: RestRequest) -> Form<'static> {
        let Body::Form(form) = request.body else { panic!("no form") };
        Form::from_pairs(form)
    }

    #[test]
    fn our_requests_are_understood() {
        let account = Account { id: "AC1".into(), token: Secret::new("t") };
        let ours = Twiml::of("generic").unwrap();
        let read = read_create(&sent(ours.place_call(&account, &call()))).unwrap();
        assert_eq!(
            (read.to.as_str(), read.from.as_str(), read.timeout_seconds),
            ("+4512345678", "12320", 25)
        );
        assert_eq!(read.status_events, ["initiated", "ringing", "answered", "completed"]);
        let redirect = sent(ours.redirect_call(&account, "CA1", "https://h.example/x"));
        assert_eq!(
            read_update(&redirect),
            Ok(Update::Redirect { url: "https://h.example/x".into(), post: true })
        );
        let end = sent(ours.end_call(&account, "CA1"));
        assert_eq!(read_update(&end), Ok(Update::Complete));
    }

    #[test]
    fn bad_requests_get_the_providers_codes() {
        for (pairs, code) in [
            (vec![("From", "12"), ("Url", "https://a/")], 21_201),
            (vec![("To", "12"), ("Url", "https://a/")], 21_213),
            (vec![("To", "me"), ("From", "12"), ("Url", "https://a/")], 21_211),
            (vec![("To", "12"), ("From", "me"), ("Url", "https://a/")], 21_212),
            (vec![("To", "12"), ("From", "12")], 21_205),
            (vec![("To", "12"), ("From", "12"), ("Url", "ftp://a")], 21_205),
            (vec![("To", "12"), ("From", "12"), ("Url", "https://a/"), ("StatusCallback", "x")], 21_609),
        ] {
            let fault = read_create(&Form::from_pairs(pairs.clone())).unwrap_err();
            assert_eq!((fault.http_status, fault.code), (400, code), "{pairs:?}");
        }
        assert_eq!(read_update(&Form::from_pairs([("Status", "ringing")])).unwrap_err().code, 20_001);
    }

    #[test]
    fn replies_are_read_back_by_our_side() {
        let resource = CallResource {
            call_id: "CA1".into(),
            parent_call_id: None,
            account: "AC1".into(),
            to: "1".into(),
            from: "2".into(),
            status: CallStatus::Completed,
            direction: "outbound-api",
            created: Timestamp(0),
            answered: Some(Timestamp(1_000)),
            ended: Some(Timestamp(62_000)),
        };
        let text = write_call(&resource);
        assert_eq!(rest::read_reply(200, text.as_bytes()).unwrap().status, Some(CallStatus::Completed));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&value["duration"], &value["end_time"]),
            (&json!("61"), &json!("Thu, 1 Jan 1970 00:01:02 +0000"))
        );
        let gone = Fault::call_over();
        assert!(matches!(
            rest::read_reply(gone.http_status, gone.body().as_bytes()),
            Err(crate::RestError::CallGone { .. })
        ));
    }
}
