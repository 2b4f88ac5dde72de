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

use callflow::Verb;
use domain::Secret;

use crate::{
    Account, Dialect, Hook, Incoming, Links, Malformed, NewCall, PlacedCall, Refusal, RestError, RestRequest,
    Route,
};

/// The dialect as a value.
#[derive(Debug, Clone, Copy)]
pub struct Twiml;

impl Dialect for Twiml {
    fn verify(&self, hook: &Hook<'_>, tokens: &[Secret]) -> Result<(), Refusal> {
        signature::verify(hook, tokens)
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
}
