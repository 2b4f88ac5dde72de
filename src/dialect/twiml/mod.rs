//! TwiML: XML documents, form hooks, signatures, the 2010-04-01 REST interface; spoken by Twilio, SignalWire, Telnyx
//! and Somleng, each with its [`profiles`].
//!
//! The service's side is [`signature`], [`public_key`], [`parse`], [`render`] and [`rest`]; [`document`] and
//! [`rest_server`] are the provider's side, for the bundled switch. Wire knowledge stands here once.

pub mod document;
pub mod parse;
pub mod profiles;
pub mod public_key;
pub mod render;
pub mod rest;
pub mod rest_server;
pub mod signature;
pub mod sounds;
pub mod voices;

use callflow::{Abilities, Verb};

use crate::{
    Account, CallFilter, Credentials, Dialect, Hook, Incoming, Links, ListedCall, Malformed, NewCall,
    Parting, PlacedCall, PlacedRecording, RecordOrder, Refusal, RestError, RestRequest, Route, SoundPlace,
};
use profiles::{Profile, Signing};

/// The dialect with the peculiarities of one provider.
#[derive(Debug)]
pub struct Twiml {
    profile: &'static Profile,
}

/// One value per profile, in the order of [`profiles::ALL`].
static SPOKEN: [Twiml; profiles::ALL.len()] = [
    Twiml { profile: profiles::ALL[0] },
    Twiml { profile: profiles::ALL[1] },
    Twiml { profile: profiles::ALL[2] },
    Twiml { profile: profiles::ALL[3] },
    Twiml { profile: profiles::ALL[4] },
];

impl Twiml {
    /// The dialect with that profile; an empty name is the first profile.
    pub fn of(profile: &str) -> Option<&'static Self> {
        let known = |spoken: &&Self| profile.is_empty() || spoken.profile.abilities.profile == profile;
        SPOKEN.iter().find(known)
    }

    /// What is peculiar to the provider.
    pub fn profile(&self) -> &'static Profile {
        self.profile
    }
}

impl Dialect for Twiml {
    fn abilities(&self) -> &'static Abilities {
        &self.profile.abilities
    }

    fn default_api_url(&self) -> Option<&'static str> {
        self.profile.api_url
    }

    fn absolute_links(&self) -> bool {
        self.profile.markup.absolute_links
    }

    fn verify(&self, hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal> {
        match self.profile.signing {
            Signing::Shared(scheme) => signature::verify_as(scheme, hook, credentials.tokens),
            Signing::PublicKey => public_key::verify(hook, credentials.tokens, credentials.now),
        }
    }

    fn parse(&self, hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed> {
        parse::parse(hook, route)
    }

    fn render(&self, verbs: &[Verb], links: &Links<'_>) -> String {
        render::render(self.profile, verbs, links)
    }

    fn content_type(&self) -> &'static str {
        "text/xml; charset=utf-8"
    }

    fn acknowledgement(&self) -> &'static str {
        "<Response/>"
    }

    fn place_call(&self, account: &Account, call: &NewCall) -> RestRequest {
        let range = &self.profile.abilities.ring_seconds;
        let ring = call.timeout_seconds.clamp(*range.start(), *range.end());
        self.profile.rest.place_call(account, call, ring)
    }

    fn redirect_call(&self, account: &Account, provider_call_id: &str, url: &str) -> RestRequest {
        self.profile.rest.redirect_call(account, provider_call_id, url)
    }

    fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest {
        self.profile.rest.end_call(account, provider_call_id)
    }

    fn read_reply(&self, http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError> {
        rest::read_reply(http_status, body)
    }

    /// The dialled leg is fetched away; its parent then tells that the dial ended, and is asked what comes next.
    fn part_calls(&self, account: &Account, parting: &Parting<'_>) -> Option<RestRequest> {
        let leg = parting.leg.filter(|_| self.profile.abilities.control.has_rooms)?;
        Some(self.redirect_call(account, leg, parting.leg_url))
    }

    fn record_call(
        &self,
        account: &Account,
        provider_call_id: &str,
        order: &RecordOrder,
    ) -> Option<RestRequest> {
        let control = self.profile.abilities.control;
        let can = match order {
            RecordOrder::Start { .. } | RecordOrder::Stop { .. } => control.records_calls,
            RecordOrder::Pause { .. } | RecordOrder::Resume { .. } => control.pauses_recordings,
        };
        can.then(|| self.profile.rest.record_call(account, provider_call_id, order))
    }

    fn read_recording(&self, http_status: u16, body: &[u8]) -> Result<PlacedRecording, RestError> {
        rest::read_recording(http_status, body)
    }

    fn sound_place(&self, account: &Account, api_url: &str, url: &str) -> Option<SoundPlace> {
        sounds::place_of(self.profile, account, api_url, url)
    }

    fn list_calls(&self, account: &Account, filter: &CallFilter) -> Option<RestRequest> {
        let lists = self.profile.abilities.control.lists_calls;
        lists.then(|| self.profile.rest.list_calls(account, filter))
    }

    fn read_list(&self, http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError> {
        rest::read_list(http_status, body)
    }
}
