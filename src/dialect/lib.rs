//! Provider wire formats: bytes to events, verbs to documents, signatures, outbound requests.
//!
//! One [`Dialect`] per provider family. `twiml` is spoken by Twilio, SignalWire, Telnyx and Somleng;
//! documents use only what every one of them executes.
//!
//! Is not: a client or a server. Nothing here opens a socket, reads a clock or knows a call's history.
//!
//! Read in this order: [`hook`] (what came in), [`incoming`] (what it means), [`links`] (where the next
//! hooks go), [`status`], [`outbound`], then the dialects: [`twiml`].

pub mod form;
pub mod hook;
pub mod incoming;
pub mod links;
pub mod outbound;
pub mod status;
pub mod twiml;

pub use form::Form;
pub use hook::{Hook, Malformed, Method, Refusal};
pub use incoming::{Direction, Incoming, Kind, RecordingReport, RecordingStatus, Route, StatusReport};
pub use links::Links;
pub use outbound::{Account, NewCall, PlacedCall, RestError, RestRequest};
pub use status::{CallStatus, StatusMark};

use callflow::Verb;
use domain::Secret;

/// How one family of providers talks.
pub trait Dialect: Send + Sync {
    /// Whether the hook was signed with one of `tokens` (several during a rotation).
    fn verify(&self, hook: &Hook<'_>, tokens: &[Secret]) -> Result<(), Refusal>;

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

    /// Asks the provider to end a live call.
    fn end_call(&self, account: &Account, provider_call_id: &str) -> RestRequest;

    /// Reads the provider's reply to any of the three requests above.
    fn read_reply(&self, http_status: u16, body: &[u8]) -> Result<PlacedCall, RestError>;
}

/// Names that `[provider.NAME] dialect = …` may have.
pub const NAMES: [&str; 1] = ["twiml"];

/// The dialect of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Dialect> {
    match name {
        "twiml" => Some(&twiml::Twiml),
        _ => None,
    }
}
