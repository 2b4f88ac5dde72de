//! jambonz: JSON documents and hooks of the open carrier platform, its signature, its REST interface
//! (<https://github.com/jambonz/jambonz-feature-server>, <https://github.com/jambonz/jambonz-api-server>).
//!
//! It records to a socket or to its owner's storage and tells nobody when a recording is ready, so messages cannot be
//! taken here. `docs/providers/jambonz.md` is the other half of what stands here.
//!
//! Read in this order: [`signature`], [`parse`] (with [`fields`]), [`render`] (with [`words`], [`voices`]), [`rest`].

pub mod fields;
pub mod parse;
pub mod render;
pub mod rest;
pub mod signature;
pub mod voices;
pub mod words;

use callflow::abilities::Control;
use callflow::{Abilities, Verb};

use crate::{
    Account, CallFilter, Credentials, Dialect, Hook, Incoming, Links, ListedCall, Malformed, NewCall,
    Parting, PlacedCall, PlacedRecording, RecordOrder, Refusal, RestError, RestRequest, Route,
};

static ABILITIES: Abilities = Abilities {
    profile: "jambonz",
    most_document_bytes: 64 * 1024,
    gather_seconds: 1..=120,
    most_digits: 64,
    ring_seconds: 5..=120,
    // Nothing comes back from a recording: see the head of this file.
    record_seconds: 0..=0,
    record_ends_on_silence: false,
    record_ends_on_key: false,
    plays_audio: true,
    spoken: &["zh", "en", "da"],
    dials_sip: true,
    shows_e164_only: false,
    recordings_told: false,
    legs_told: true,
    // It would send the voice of whoever answers through a speech recogniser; nobody has agreed to that.
    detects_machines: false,
    control: Control {
        places_calls: true,
        redirects_calls: true,
        ends_calls: true,
        records_calls: false,
        pauses_recordings: false,
        has_rooms: true,
        lists_calls: true,
    },
};

/// The dialect as a value.
#[derive(Debug, Clone, Copy)]
pub struct Jambonz;

impl Dialect for Jambonz {
    fn abilities(&self) -> &'static Abilities {
        &ABILITIES
    }

    fn verify(&self, hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
        signature::verify(hook, credentials)
    }

    /// Sounds are fetched by its media server, which knows no address of ours.
    fn absolute_links(&self) -> bool {
        true
    }

    fn parse(&self, hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
        parse::parse(hook, route)
    }

    fn render(&self, verbs: &[Verb], links: &Links<'_>) -> String {
        render::render(verbs, links)
    }

    fn content_type(&self) -> &'static str {
        "application/json"
    }

    /// No verbs: whoever waits for them goes on with those that it has, see [`render`].
    fn acknowledgement(&self) -> &'static str {
        "[]"
    }

    fn place_call(&self, account: &Account, call: &NewCall) -> RestRequest {
        let range = &ABILITIES.ring_seconds;
        rest::place_call(account, call, call.timeout_seconds.clamp(*range.start(), *range.end()))
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

    fn part_calls(&self, account: &Account, parting: &Parting<'_>) -> Option<RestRequest> {
        Some(rest::part_calls(account, parting))
    }

    fn record_call(&self, _: &Account, _: &str, _: &RecordOrder) -> Option<RestRequest> {
        None
    }

    fn read_recording(&self, http_status: u16, _: &[u8]) -> Result<PlacedRecording, RestError> {
        Err(RestError::Unclear { http_status })
    }

    fn list_calls(&self, account: &Account, filter: &CallFilter) -> Option<RestRequest> {
        Some(rest::list_calls(account, filter))
    }

    fn read_list(&self, http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
        rest::read_list(http_status, body)
    }
}
