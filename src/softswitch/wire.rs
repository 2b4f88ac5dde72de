//! Hooks over real HTTP: the fields that every hook carries, the signature, the reply.

use std::time::Duration;

use dialect::twiml::{document, signature};
use dialect::{CallStatus, Form};
use reqwest::Url;

use crate::call::{Call, Hook};
use crate::exchange::Exchange;
use crate::interpreter::{Fetch, Input};

/// A provider's patience: to connect, and for the whole reply.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);
/// Redirects that are followed for one document.
const MOST_REDIRECTS: u32 = 10;

/// The client that hooks go out with. It follows no redirect by itself: each request is signed anew.
pub(crate) fn client() -> Result<reqwest::Client, reqwest::Error> {
    // Another part of the process may have chosen the same provider before; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("TwilioProxy/1.1")
        .no_proxy()
        .build()
}

/// The client that telephones use: the switch is near, but may hold a request while nothing happens.
pub(crate) fn phone_client() -> Result<reqwest::Client, reqwest::Error> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().connect_timeout(CONNECT).timeout(Duration::from_secs(40)).no_proxy().build()
}

impl Exchange {
    /// Asks the service for a document.
    pub(crate) async fn ask(&self, call: &Call, fetch: Fetch) -> Input {
        let fields = self.fields(call, call.status(), fetch.fields);
        let reply = match self.send_on(fetch.url, fetch.post, fields).await {
            Ok(reply) if reply.status().is_redirection() => {
                return missing(11_215, format!("more than {MOST_REDIRECTS} redirects"));
            }
            Ok(reply) => reply,
            Err(error) if error.is_timeout() => return missing(11_205, "no reply within 15 s".to_owned()),
            Err(error) => return missing(11_210, format!("cannot be reached: {}", root_cause(&error))),
        };
        if !reply.status().is_success() {
            return missing(11_200, format!("HTTP {}", reply.status()));
        }
        let kind =
            reply.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("").to_owned();
        if !["text/xml", "application/xml", "text/html"].iter().any(|known| kind.starts_with(known)) {
            return missing(12_300, format!("Content-Type \"{kind}\" is not text/xml"));
        }
        match limited(reply).await {
            Ok(text) => Input::Document(text),
            Err(why) => why,
        }
    }

    /// Delivers a hook whose reply does not matter; a second time if nobody was there.
    pub(crate) async fn deliver(&self, call: &Call, hook: Hook) {
        let Ok(url) = Url::parse(&hook.url) else {
            tracing::warn!(call = %call.id, "the status address is no address");
            return;
        };
        let fields = self.fields(call, hook.status, hook.fields);
        for _ in 0..2 {
            match self.send(url.clone(), true, fields.clone()).await {
                Ok(reply) if reply.status().is_success() => return,
                Ok(reply) => {
                    tracing::warn!(call = %call.id, status = %reply.status(), "a status hook was not accepted");
                    return;
                }
                Err(error) => tracing::warn!(call = %call.id, %error, "a status hook could not be delivered"),
            }
        }
    }

    /// Follows redirects as providers do: with GET, so that the fields of a POST are lost. Where nobody was there, a
    /// second try is made.
    async fn send_on(
        &self,
        mut url: Url,
        mut post: bool,
        mut fields: Vec<(&'static str, String)>,
    ) -> reqwest::Result<reqwest::Response> {
        let mut redirects = 0;
        loop {
            let reply = match self.send(url.clone(), post, fields.clone()).await {
                Err(error) if error.is_connect() => self.send(url.clone(), post, fields.clone()).await?,
                sent => sent?,
            };
            let place = reply.headers().get("location").and_then(|place| place.to_str().ok());
            let next = place.and_then(|place| url.join(place).ok());
            match next.filter(|_| reply.status().is_redirection() && redirects < MOST_REDIRECTS) {
                Some(next) => (url, post, fields) = (next, false, Vec::new()),
                None => return Ok(reply),
            }
            redirects += 1;
        }
    }

    async fn send(
        &self,
        mut url: Url,
        post: bool,
        fields: Vec<(&str, String)>,
    ) -> reqwest::Result<reqwest::Response> {
        let token = fields.iter().find(|(name, _)| *name == "SequenceNumber");
        let repeatable = token.map_or_else(uuid::Uuid::now_v7, |(_, count)| stable_token(&fields, count));
        let form = Form::from_pairs(fields);
        url.set_fragment(None);
        let request = if post {
            let signed = signature::sign(url.as_str(), &form, &self.setup.account.token);
            let kind = "application/x-www-form-urlencoded; charset=UTF-8";
            let body = form.encode();
            self.http.post(url).header(signature::HEADER, signed).header("content-type", kind).body(body)
        } else {
            let query = [url.query().unwrap_or(""), form.encode().as_str()].join("&");
            let query = query.trim_matches('&');
            url.set_query((!query.is_empty()).then_some(query));
            let signed = signature::sign(url.as_str(), &Form::default(), &self.setup.account.token);
            self.http.get(url).header(signature::HEADER, signed)
        };
        request
            .header("accept", "text/xml, application/xml, text/html")
            .header("i-twilio-idempotency-token", repeatable.to_string())
            .send()
            .await
    }

    /// What happened, and the fields that come with every hook.
    fn fields(
        &self,
        call: &Call,
        status: CallStatus,
        special: Vec<(&'static str, String)>,
    ) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("AccountSid", self.setup.account.id.clone()),
            ("ApiVersion", "2010-04-01".to_owned()),
            ("CallSid", call.id.clone()),
            ("CallStatus", status.as_str().to_owned()),
            ("Direction", call.direction.to_owned()),
            ("From", call.from.clone()),
            ("Caller", call.from.clone()),
            ("To", call.to.clone()),
            ("Called", call.to.clone()),
            ("StirVerstat", "TN-Validation-Passed-A".to_owned()),
        ];
        for place in [
            "FromCity",
            "FromState",
            "FromZip",
            "FromCountry",
            "CallerCity",
            "CallerState",
            "CallerZip",
            "CallerCountry",
            "ToCity",
            "ToState",
            "ToZip",
            "ToCountry",
            "CalledCity",
            "CalledState",
            "CalledZip",
            "CalledCountry",
        ] {
            fields.push((place, String::new()));
        }
        fields.extend(call.who_answered().map(|who| ("AnsweredBy", who.to_owned())));
        fields.extend(call.parent.clone().map(|parent| ("ParentCallSid", parent)));
        fields.extend(special);
        fields
    }
}

/// The same for each delivery of one status hook: made from the call's id and the hook's number.
fn stable_token(fields: &[(&str, String)], count: &str) -> uuid::Uuid {
    let id = fields.iter().find(|(name, _)| *name == "CallSid").map_or("", |(_, id)| id.as_str());
    let hex: u128 = u128::from_str_radix(id.trim_start_matches("CA"), 16).unwrap_or(0);
    uuid::Uuid::from_u128(hex ^ count.parse::<u128>().unwrap_or(0).wrapping_add(1))
}

async fn limited(mut reply: reqwest::Response) -> Result<String, Input> {
    let mut body = Vec::new();
    loop {
        match reply.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => {
                return Err(missing(11_200, format!("the reply broke off: {}", root_cause(&error))));
            }
        }
        if body.len() > document::MOST_BYTES {
            return Err(missing(11_750, "the document is longer than 64 KiB".to_owned()));
        }
    }
    String::from_utf8(body).map_err(|_| missing(12_100, "the document is not UTF-8".to_owned()))
}

fn missing(code: u32, why: String) -> Input {
    Input::NoDocument { code, why }
}

/// The innermost reason, as "Connection refused".
pub(crate) fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
