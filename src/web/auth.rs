//! The session cookie, and the extractors that hand a screen its desk.
//!
//! A handler that takes an [`AgentDesk`] can only be reached by who holds that right; the switchboard's use
//! cases for it are methods of `desk`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use switchboard::rights::{self, Desk, Right};
use switchboard::sessions::SignedIn;

use crate::page::Page;
use crate::{App, Error, Result};

/// A person at a desk: what may be done, and the page it is done on.
pub struct At<R: Right> {
    pub desk: Desk<R>,
    pub page: Page,
}

impl<R: Right> At<R> {
    /// The same, with times as clocks show them where `line` is answered.
    pub fn of_line(self, line: &str) -> Self {
        let page = self.page.of_line(self.desk.house(), line);
        Self { page, ..self }
    }
}

/// For whoever is signed in.
pub type AnyDesk = At<rights::Anyone>;
/// For taking calls and recording intakes.
pub type AgentDesk = At<rights::Agent>;
/// For handling a department's cases.
pub type HandlerDesk = At<rights::Handler>;
/// For working on cases at all.
pub type CaseDesk = At<rights::CaseWorker>;
/// For overseeing.
pub type SupervisorDesk = At<rights::Supervisor>;
/// For looking at the lines.
pub type OverseerDesk = At<rights::Overseer>;
/// For keeping accounts.
pub type AdministratorDesk = At<rights::Administrator>;

impl<R: Right> FromRequestParts<App> for At<R> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let page = parts.extensions.get::<Page>().cloned().ok_or(Error::SignIn)?;
        let signed_in = parts.extensions.get::<Option<SignedIn>>().cloned().flatten().ok_or(Error::SignIn)?;
        let desk = Desk::admit(&app.switchboard, &signed_in.person).ok_or(Error::Forbidden)?;
        Ok(Self { desk, page })
    }
}

impl FromRequestParts<App> for Page {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        parts.extensions.get::<Page>().cloned().ok_or(Error::SignIn)
    }
}

fn cookie_name(app: &App) -> &'static str {
    if app.secure { "__Host-hotline" } else { "hotline" }
}

/// The token that the browser brings along.
pub fn session_token<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(app);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, token)| token)
}

/// The header that gives the browser its token; an empty token takes it away.
pub fn session_cookie(app: &App, token: &str) -> Result<HeaderValue> {
    let secure = if app.secure { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", cookie_name(app));
    HeaderValue::from_str(&text).map_err(|error| Error::Broken(error.to_string()))
}
