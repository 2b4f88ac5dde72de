//! What a person or a program is told when something does not go: a page, or a problem document (RFC 9457)
//! where a program asked.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::page::{Page, html};

/// Result of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not signed in")]
    SignIn,
    #[error("the role does not allow it")]
    Forbidden,
    /// The form did not come from one of our pages, or from another session.
    #[error("the form is not ours")]
    ForeignForm,
    #[error("not found")]
    NotFound,
    #[error("the form is too long")]
    TooLong,
    /// A field that cannot be read; the text names it.
    #[error("cannot read {0}")]
    Unreadable(String),
    /// It may not be done now; `code` is a message id, `missing` lists message ids of what lacks.
    #[error("refused: {code}")]
    Refused { code: String, missing: Vec<String> },
    #[error("conflict: {0}")]
    Conflict(String),
    #[error("unavailable: {0}")]
    Unavailable(String),
    #[error("broken: {0}")]
    Broken(String),
}

impl From<switchboard::Error> for Error {
    fn from(error: switchboard::Error) -> Self {
        match error {
            switchboard::Error::NotFound | switchboard::Error::KeptOut(_) => Self::NotFound,
            switchboard::Error::Refused { code, missing } => Self::Refused { code, missing },
            switchboard::Error::Conflict(what) => Self::Conflict(what),
            switchboard::Error::Unavailable(why) => Self::Unavailable(why),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// A handler's error travels to the gate as an extension; there the language is known.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl Error {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::ForeignForm => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Message id of what the person reads.
    fn code(&self) -> &str {
        match self {
            Self::SignIn => "error-sign-in",
            Self::Forbidden => "error-forbidden",
            Self::ForeignForm => "error-foreign-form",
            Self::NotFound => "error-not-found",
            Self::TooLong => "error-too-long",
            Self::Unreadable(_) => "error-unreadable",
            Self::Refused { code, .. } => code,
            Self::Conflict(_) => "error-conflict",
            Self::Unavailable(_) => "error-unavailable",
            Self::Broken(_) => "error-broken",
        }
    }

    /// What the person reads: why not, and what is missing or cannot be read.
    pub fn told(&self, page: &Page) -> (String, Vec<String>) {
        let missing = match self {
            Self::Refused { missing, .. } => missing.iter().map(|what| page.t(what)).collect(),
            Self::Unreadable(field) => vec![field.clone()],
            _ => Vec::new(),
        };
        (page.t(self.code()), missing)
    }

    /// Whether it is about what was typed or has changed: whoever did it may do it otherwise.
    pub fn can_be_mended(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Conflict(_) | Self::Unreadable(_))
    }

    /// The answer, in the language and the shape of the page it happened on.
    pub fn render(self, page: &Page) -> Response {
        let status = self.status();
        if let Self::Unavailable(why) | Self::Broken(why) = &self {
            tracing::error!(status = status.as_u16(), path = page.path(), why, "request failed");
        }
        let (title, missing) = self.told(page);
        if page.wants_problem() {
            let problem = serde_json::json!({
                "type": format!("/problems/{}", self.code()),
                "title": title,
                "status": status.as_u16(),
                "missing": missing,
            });
            let kind = [(header::CONTENT_TYPE, "application/problem+json")];
            return (status, kind, problem.to_string()).into_response();
        }
        if self == Self::SignIn {
            return Redirect::to(&page.log_in_address()).into_response();
        }
        let back = page.came_from().filter(|_| self.can_be_mended() || self == Self::TooLong);
        let view = ErrorView { page, title, missing, back, status: status.as_u16() };
        html(&view).map_or_else(|_| status.into_response(), |body| (status, body).into_response())
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorView<'a> {
    page: &'a Page,
    title: String,
    missing: Vec<String>,
    /// The page whose form it was.
    back: Option<&'a str>,
    status: u16,
}
