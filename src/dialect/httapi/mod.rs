//! httapi: the documents and hooks of a stock FreeSWITCH (`mod_httapi`), commands over its XML-RPC.
//!
//! A switch of one's own: no signature but Basic credentials, no list of calls that are over, recordings that are
//! uploaded. `docs/providers/freeswitch.md` is the other half of what stands here.
//!
//! Read in this order: [`parse`] (with [`multipart`], [`sound`], [`causes`]), [`render`] (with [`entry`], [`speech`],
//! [`words`]), [`control`], [`names`].

pub mod causes;
pub mod control;
pub mod credentials;
pub mod entry;
pub mod multipart;
pub mod names;
pub mod parse;
pub mod render;
pub mod sound;
pub mod speech;
pub mod voices;
pub mod words;

use callflow::abilities::Control;
use callflow::{Abilities, Verb};

use crate::{
    Account, CallFilter, Content, Credentials, Dialect, Headers, Hook, Incoming, Links, ListedCall,
    Malformed, NewCall, Parting, PlacedCall, PlacedRecording, RecordOrder, Refusal, RestError, RestRequest,
    Route,
};

/// Longest upload, in bytes: sixteen minutes as the switch records.
const LONGEST_UPLOAD: usize = 16 * 1024 * 1024;

static ABILITIES: Abilities = Abilities {
    profile: "freeswitch",
    most_document_bytes: 64 * 1024,
    gather_seconds: 1..=120,
    most_digits: 64,
    ring_seconds: 5..=120,
    record_seconds: 1..=900,
    record_ends_on_silence: true,
    record_ends_on_key: true,
    plays_audio: true,
    spoken: &[],
    dials_sip: false,
    shows_e164_only: false,
    recordings_told: false,
    legs_told: true,
    detects_machines: false,
    // What the switch records by command stays in a file of its own, which nobody would fetch.
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
pub struct Httapi;

impl Dialect for Httapi {
    fn abilities(&self) -> &'static Abilities {
        &ABILITIES
    }

    fn verify(&self, hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
        credentials::verify(hook.headers, credentials)
    }

    fn verify_headers(
        &self,
        headers: Headers<'_>,
        credentials: &Credentials<'_>,
    ) -> Option<Result<(), Refusal>> {
        Some(credentials::verify(headers, credentials))
    }

    fn most_body_bytes(&self, content: Content) -> usize {
        match content {
            Content::Multipart => LONGEST_UPLOAD,
            Content::Form | Content::Json => Hook::MOST_BYTES,
        }
    }

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
        "text/xml; charset=utf-8"
    }

    /// Ends the application and leaves the call alone: the leg of an agent goes on to its conversation.
    fn acknowledgement(&self) -> &'static str {
        r#"<document type="xml/freeswitch-httapi"><work><break/></work></document>"#
    }

    fn place_call(&self, account: &Account, call: &NewCall) -> RestRequest {
        control::place_call(account, call)
    }

    fn redirect_call(&self, account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
        control::redirect_call(account, provider_call_id, url)
    }

    fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest {
        control::end_call(account, provider_call_id)
    }

    fn read_reply(&self, http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
        control::read_reply(http_status, body)
    }

    fn part_calls(&self, account: &Account, parting: &Parting<'_>) -> Option<RestRequest> {
        Some(control::part_calls(account, parting))
    }

    fn record_call(&self, _: &Account, _: &str, _: &RecordOrder) -> Option<RestRequest> {
        None
    }

    fn read_recording(&self, http_status: u16, _: &[u8]) -> Result<PlacedRecording, RestError> {
        Err(RestError::Unclear { http_status })
    }

    fn list_calls(&self, account: &Account, filter: &CallFilter) -> Option<RestRequest> {
        Some(control::list_calls(account, filter))
    }

    fn read_list(&self, http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
        control::read_list(http_status, body)
    }
}
