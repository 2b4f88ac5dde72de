//! Requests that we send to a provider, as values; whoever owns a socket sends them.

use domain::{Secret, Timestamp};

/// Our account at a provider.
#[derive(Debug, Clone)]
pub struct Account {
    /// Account id, as Twilio's `AC…`.
    pub id: String,
    /// The token or key that requests are authorised with.
    pub token: Secret,
}

/// A call to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    pub to: String,
    pub from: String,
    /// Where the answered call asks for its first document.
    pub url: String,
    /// Where its statuses are told.
    pub status_url: Option<String>,
    /// Seconds to let it ring.
    pub timeout_seconds: u32,
    /// Longest length of the whole call in seconds; nothing: the provider's own bound.
    pub most_seconds: Option<u32>,
    /// Whether the provider is to say if a machine answered.
    pub detect_machine: bool,
    /// An id of ours for the call, where the provider lets us choose it: a call that was perhaps placed can
    /// then be asked for.
    pub wanted_id: Option<String>,
}

/// An HTTP request to a provider.
#[derive(Debug, Clone)]
pub struct RestRequest {
    pub method: &'static str,
    /// Path and query under the provider's `api_url`.
    pub path: String,
    pub body: Body,
    pub authorisation: Authorisation,
}

/// What a request carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Nothing,
    Form(Vec<(&'static str, String)>),
    Json(serde_json::Value),
    /// Any other text.
    Text {
        media_type: &'static str,
        text: String,
    },
}

/// How a request is authorised.
#[derive(Debug, Clone)]
pub enum Authorisation {
    Basic { user: String, password: Secret },
    Bearer(Secret),
}

/// Two calls that a document connected, to be parted without ending either: each goes on with a document of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting<'a> {
    /// The call whose document dialled.
    pub parent: &'a str,
    /// The leg that was dialled, where the provider told its id.
    pub leg: Option<&'a str>,
    /// Where the parent asks next. Providers that go on behind the dial by themselves are not told it.
    pub parent_url: &'a str,
    /// Where the leg asks next.
    pub leg_url: &'a str,
}

/// What the recording of a live call is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordOrder {
    /// `told` is where the provider tells how the recording stands.
    Start {
        told: Option<String>,
    },
    Pause {
        recording_id: String,
    },
    Resume {
        recording_id: String,
    },
    Stop {
        recording_id: String,
    },
}

/// What the provider says of a recording after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedRecording {
    /// Nothing where the provider gives none; its orders then name the call only.
    pub recording_id: Option<String>,
}

/// How a recording is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundPlace {
    /// From our account, with its secret.
    Account,
    /// By whoever holds the address, as long as it is good; our secret must not be shown there.
    Open,
}

/// Which calls to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFilter {
    pub to: String,
    pub from: String,
    /// Calls placed at or after this moment.
    pub since: Timestamp,
    /// The id that was wished for, see [`NewCall::wanted_id`].
    pub wanted_id: Option<String>,
}

/// One call of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCall {
    pub provider_call_id: String,
    pub to: String,
    pub status: Option<crate::CallStatus>,
    /// When it was placed, where the provider says so.
    pub placed_at: Option<Timestamp>,
}

/// What the provider says of a call after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedCall {
    /// Empty where the provider says none: the call has the id that was wanted or named.
    pub provider_call_id: String,
    pub status: Option<crate::CallStatus>,
}

/// Why a request did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Refused before anything happened; may be sent again later.
    #[error("the provider is too busy ({message}); the request was not carried out and may be repeated")]
    Busy { message: String },
    /// Account or token is wrong.
    #[error("the provider does not accept account and token: {message}")]
    NotAuthorised { message: String },
    /// No such call, or it is over already.
    #[error("the provider no longer has that call: {message}")]
    CallGone { message: String },
    /// The request itself is at fault.
    #[error("the provider refused the request (HTTP {http_status}, code {code}): {message}")]
    Refused { http_status: u16, code: u32, message: String },
    /// Nobody can tell whether it was carried out.
    #[error("the provider's reply (HTTP {http_status}) does not tell whether the request was carried out")]
    Unclear { http_status: u16 },
}
