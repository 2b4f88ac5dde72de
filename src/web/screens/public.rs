//! Pages for people without an account: read up, hand in a complaint, ask after it, hand in files, handle a dispatch by link.
//! They need no script and no cookie. Every request passes `gate`.

pub mod advice;
pub mod files;
pub mod handover;
pub mod report;
pub mod status;
mod upload;

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use switchboard::public::Asker;

use crate::hooks::Peer;
use crate::page::Page;
use crate::words::Tongue;
use crate::{App, Error, gate, words};

/// The middleware before every public page: in which language, from whom, and does a change come from one of our own
/// pages. Whoever is signed in is nobody here.
pub async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let tongue = tongue_of(&request);
    // Secrets stand in the addresses of links: neither log nor page repeats them.
    let shown = Uri::try_from(shown_path(request.uri())).unwrap_or_default();
    let page = Page::new(&app, tongue, None, &shown, request.headers());
    let changing = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changing && !gate::from_here(request.headers(), &app.switchboard.house().public_url) {
        return Error::ForeignForm.render(&page);
    }
    let (mut parts, body) = request.into_parts();
    let asker = asker(&app, &parts);
    parts.extensions.insert(asker);
    parts.extensions.insert(page.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(error) = response.extensions().get::<Error>() {
        response = error.clone().render(&page);
    }
    let robots = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(robots, HeaderValue::from_static("noindex, nofollow"));
    response
}

/// What is chosen in the bar, else what the browser wishes.
fn tongue_of(request: &Request) -> &'static Tongue {
    let query = request.uri().query().unwrap_or_default();
    let chosen = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    words::choose(chosen.as_ref().map(|(_, tag)| tag.as_ref()), accepted)
}

/// The first step of the path alone.
fn shown_path(uri: &Uri) -> String {
    format!("/{}", uri.path().split('/').nth(1).unwrap_or_default())
}

/// Who asks. A trusted proxy tells from where it had it.
pub(crate) fn asker(app: &App, parts: &Parts) -> Asker {
    // Tests knock without a connection.
    let Some(Peer(peer)) = parts.extensions.get::<Peer>() else {
        return Asker::at(IpAddr::V4(Ipv4Addr::LOCALHOST));
    };
    let said = parts.headers.get("x-forwarded-for").filter(|_| (app.trusts)(peer.ip()));
    let said = said.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    Asker::at(said.unwrap_or_else(|| peer.ip()))
}

/// A text in the form, without the blanks around it.
pub(super) fn text(pairs: &[(String, String)], name: &str) -> String {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

/// Whether a box was ticked.
pub(super) fn ticked(pairs: &[(String, String)], name: &str) -> bool {
    text(pairs, name) == "yes"
}

/// What was not right, as the page says it; other faults are the gate's.
pub(super) fn complaint_about(page: &Page, error: Error) -> Result<(String, Vec<String>), Error> {
    if error.can_be_mended() { Ok(error.told(page)) } else { Err(error) }
}
