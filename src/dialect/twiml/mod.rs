//! TwiML: XML documents, form hooks, `X-Twilio-Signature`, the 2010-04-01 REST interface.
//!
//! The service's side is [`signature`], [`parse`], [`render`] and [`rest`]; [`document`] and
//! [`rest_server`] are the provider's side, for the bundled switch. Wire knowledge stands here once.

pub mod document;
pub mod parse;
pub mod render;
pub mod rest;
pub mod rest_server;
pub mod signature;
pub mod voices;

use callflow::{Abilities, Verb};

use crate::{
    Account, CallFilter, Credentials, Dialect, Hook, Incoming, Links, ListedCall, Malformed, NewCall,
    PlacedCall, PlacedRecording, RecordOrder, Refusal, RestError, RestRequest, Route,
};

/// What every executor of TwiML can do.
const ABILITIES: Abilities = Abilities {
    profile: "generic",
    most_document_bytes: 64 * 1024,
    gather_seconds: 1..=120,
    most_digits: 64,
    ring_seconds: 5..=120,
    record_seconds: 1..=3_600,
    record_ends_on_silence: true,
    record_ends_on_key: true,
    plays_audio: true,
    spoken: &[],
};

/// The dialect as a value.
#[derive(Debug, Clone, Copy)]
pub struct Twiml;

impl Dialect for Twiml {
    fn abilities(&self) -> &'static Abilities {
        &ABILITIES
    }

    fn verify(&self, hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
        signature::verify(hook, credentials.tokens)
    }

    fn parse(&self, hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
        parse::parse(hook, route)
    }

    fn render(&self, verbs: &[Verb], links: &Links<'_>) -> String {
        render::render(verbs, links)
    }

    fn content_type(&self) -> &'static str {
        "text/xml; charset=utf-8"
    }

    fn acknowledgement(&self) -> &'static str {
        "<Response/>"
    }

    fn place_call(&self, account: &Account, call: &NewCall) -> RestRequest {
        rest::place_call(account, call)
    }

    fn redirect_call(&self, account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
        rest::redirect_call(account, provider_call_id, url)
    }

    fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest {
        rest::end_call(account, provider_call_id)
    }

    fn read_reply(&self, http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
        rest::read_reply(http_status, body)
    }

    fn record_call(
        &self,
        account: &Account,
        provider_call_id: &str,
        order: &RecordOrder,
    ) -> Option<RestRequest> {
        Some(rest::record_call(account, provider_call_id, order))
    }

    fn read_recording(&self, http_status: u16, body: &[u8]) -> Result<PlacedRecording, RestError> {
        rest::read_recording(http_status, body)
    }

    fn list_calls(&self, account: &Account, filter: &CallFilter) -> Option<RestRequest> {
        Some(rest::list_calls(account, filter))
    }

    fn read_list(&self, http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
        rest::read_list(http_status, body)
    }
}
