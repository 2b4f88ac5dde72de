//! Requests that we send to a provider, as values; whoever owns a socket sends them.

use domain::Secret;

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
}

/// An HTTP request with a form body and Basic authorisation.
#[derive(Debug, Clone)]
pub struct RestRequest {
    pub method: &'static str,
    /// Path under the provider's `api_url`.
    pub path: String,
    pub form: Vec<(&'static str, String)>,
    pub user: String,
    pub password: Secret,
}

/// What the provider says of a call after a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedCall {
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
