//! Who asks: an address, and a key where one is shown. Faults become problem documents (RFC 9457).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::de::DeserializeOwned;
use switchboard::doors::{Client, Scope};

use crate::page::Page;
use crate::screens::public;
use crate::{App, Error, Result, words};

/// The middleware before the JSON API. No cookie counts here, so that no foreign page can act in a visitor's name.
pub(super) async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tongue = words::choose(accepted.is_none().then_some("en"), accepted);
    let page = Page::new(&app, tongue, None, &Uri::from_static("/api/v1"), request.headers());
    let (mut parts, body) = request.into_parts();
    let asker = public::asker(&app, &parts);
    parts.extensions.insert(asker);
    let response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions().get::<Error>() {
        Some(error) => error.clone().render(&page),
        None => response,
    }
}

/// The program whose key is shown as a bearer token; none is shown: nobody. A key that nobody has is refused.
pub(super) fn shown<'a>(app: &'a App, headers: &HeaderMap) -> Result<Option<&'a Client>> {
    let Some(told) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let key = told.to_str().ok().and_then(|told| told.strip_prefix("Bearer ")).map(str::trim);
    key.and_then(|key| app.switchboard.client(key)).map(Some).ok_or(Error::SignIn)
}

/// The same, with a scope that is needed.
pub(super) fn needed<'a>(app: &'a App, headers: &HeaderMap, scope: Scope) -> Result<&'a Client> {
    let client = shown(app, headers)?.ok_or(Error::SignIn)?;
    if client.may(scope) { Ok(client) } else { Err(Error::Forbidden) }
}

/// What stands in a JSON body; the fault names the field.
pub(super) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T> {
    // A form of a foreign page cannot have this type without asking first.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(Error::Unreadable("content-type: application/json".to_owned()));
    }
    serde_json::from_slice(body).map_err(|error| Error::Unreadable(error.to_string()))
}
