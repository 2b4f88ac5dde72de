//! Provider wire formats: bytes to events, verbs to documents, signatures, outbound requests.
//!
//! One [`Dialect`] per provider family and profile. `twiml` is spoken by Twilio, SignalWire, Telnyx and
//! Somleng, `httapi` by FreeSWITCH, `jambonz` by itself.
//!
//! Is not: a client or a server. Nothing here opens a socket, reads a clock or knows a call's history.
//!
//! Read in this order: [`hook`] (what came in), [`incoming`] (what it means), [`links`] (where the next
//! hooks go), [`status`], [`outbound`], then the dialects: [`twiml`], [`httapi`], [`jambonz`].

pub mod form;
pub mod hook;
pub mod httapi;
pub mod incoming;
pub mod jambonz;
pub mod links;
pub mod outbound;
pub mod status;
pub mod twiml;

pub use form::Form;
pub use hook::{Content, Credentials, Headers, Hook, Malformed, Method, Refusal};
pub use incoming::{
    AnsweredBy, Direction, Incoming, Kind, RecordingReport, RecordingStatus, Route, StatusReport, Upload,
};
pub use links::Links;
pub use outbound::{
    Account, Authorisation, Body, CallFilter, ListedCall, NewCall, Parting, PlacedCall, PlacedRecording,
    RecordOrder, RestError, RestRequest, SoundPlace,
};
pub use status::{CallStatus, StatusMark};

use callflow::{Abilities, Verb};

/// How one family of providers talks; one value per profile (the peculiarities of one provider).
pub trait Dialect: Send + Sync {
    /// What documents of this profile can make the provider do.
    fn abilities(&self) -> &'static Abilities;

    /// Whether the hook comes from whoever holds the credentials (several tokens during a rotation).
    fn verify(&self, hook: &Hook<'_>, credentials: &Credentials<'_>) -> Result<(), Refusal>;

    /// The verdict where the headers alone prove who asks: then a body is read only of who is believed. Nothing
    /// where the body is signed too.
    fn verify_headers(
        &self,
        _headers: Headers<'_>,
        _credentials: &Credentials<'_>,
    ) -> Option<Result<(), Refusal>> {
        None
    }

    /// Longest body taken, in bytes: more than [`Hook::MOST_BYTES`] only where recordings are uploaded.
    fn most_body_bytes(&self, _content: Content) -> usize {
        Hook::MOST_BYTES
    }

    /// Where the provider's REST side is, unless the configuration says otherwise; nothing: it must be told.
    fn default_api_url(&self) -> Option<&'static str> {
        None
    }

    /// Whether every address in a document must be absolute.
    fn absolute_links(&self) -> bool {
        false
    }

    /// What the hook means; which kind it is, is known by the address it came to.
    fn parse(&self, hook: &Hook<'_>, route: Route) -> Result<Incoming, Malformed>;

    /// The document that makes the provider carry out `verbs`.
    fn render(&self, verbs: &[Verb], links: &Links<'_>) -> String;

    /// Media type of [`Dialect::render`]'s documents.
    fn content_type(&self) -> &'static str;

    /// Body of the reply to a status or recording hook, in [`Dialect::content_type`].
    fn acknowledgement(&self) -> &'static str;

    /// Asks the provider to call somebody.
    fn place_call(&self, account: &Account, call: &NewCall) -> RestRequest;

    /// Asks the provider to fetch `url` at once for a live call.
    fn redirect_call(&self, account: &Account, provider_call_id: &str, url: &str) -> RestRequest;

    /// Parts two calls that a document connected; nothing where the provider cannot, or where it needs the id of the
    /// dialled leg and told none.
    fn part_calls(&self, account: &Account, parting: &Parting<'_>) -> Option<RestRequest>;

    /// Asks the provider to end a live call.
    fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest;

    /// Reads the provider's reply to any of the three requests above.
    fn read_reply(&self, http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError>;

    /// Starts, pauses, resumes or stops the recording of a live call; nothing where the provider cannot.
    fn record_call(
        &self,
        account: &Account,
        provider_call_id: &str,
        order: &RecordOrder,
    ) -> Option<RestRequest>;

    /// Reads the reply to [`Dialect::record_call`].
    fn read_recording(&self, http_status: u16, body: &[u8]) -> Result<PlacedRecording, RestError>;

    /// Whether `url`, which a hook told, is a recording of our account, and how it is fetched; nothing where it could
    /// lead anywhere else, or where the provider keeps none.
    fn sound_place(&self, _account: &Account, _api_url: &str, _url: &str) -> Option<SoundPlace> {
        None
    }

    /// Asks for calls that the provider knows, to learn whether one was placed after all; nothing where the
    /// provider has no such list.
    fn list_calls(&self, account: &Account, filter: &CallFilter) -> Option<RestRequest>;

    /// Reads the reply to [`Dialect::list_calls`].
    fn read_list(&self, http_status: u16, body: &[u8]) -> Result<Vec<ListedCall>, RestError>;
}

/// What `[provider.NAME] dialect = …` and `profile = …` may say; a dialect's first profile is its default.
pub const NAMES: [(&str, &[&str]); 3] = [
    ("twiml", &["generic", "twilio", "signalwire", "telnyx", "somleng"]),
    ("httapi", &["freeswitch"]),
    ("jambonz", &["jambonz"]),
];

/// The dialect of that name, with the peculiarities of that profile.
pub fn by_name(name: &str, profile: &str) -> Option<&'static dyn Dialect> {
    match name {
        "twiml" => twiml::Twiml::of(profile).map(|spoken| spoken as &dyn Dialect),
        "httapi" if ["", "freeswitch"].contains(&profile) => Some(&httapi::Httapi),
        "jambonz" if ["", "jambonz"].contains(&profile) => Some(&jambonz::Jambonz),
        _ => None,
    }
}
