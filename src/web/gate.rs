//! What every request of a screen passes: who is it, in which language, and does a change really come from
//! one of our own pages (origin, and the session's token in the form). No handler can forget it.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use switchboard::sessions::SignedIn;

use crate::auth::session_token;
use crate::page::Page;
use crate::{App, Error, Result, words};

/// Longest form that a screen accepts, in bytes.
const LONGEST_FORM: usize = 1024 * 1024;

/// The middleware before every screen.
pub async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let signed_in = match session_token(&app, request.headers()) {
        Some(token) => app.switchboard.signed_in(token).await,
        None => Ok(None),
    };
    let mut page = page_of(&app, &request, signed_in.as_ref().ok().and_then(Option::as_ref));
    if page.counts_messages(request.headers()) {
        // A bar without the number is better than no page.
        page = page.with_messages(app.switchboard.messages_waiting().await.ok());
    }
    let response = match signed_in.map_err(Error::from) {
        Ok(signed_in) => match admitted(request, signed_in.as_ref(), &app).await {
            Ok(mut request) => {
                request.extensions_mut().insert(signed_in);
                request.extensions_mut().insert(page.clone());
                next.run(request).await
            }
            Err(refused) => return refused.render(&page),
        },
        Err(error) => return error.render(&page),
    };
    match response.extensions().get::<Error>() {
        Some(error) => error.clone().render(&page),
        None => response,
    }
}

/// The answer where no screen is.
pub async fn nothing_here() -> Error {
    Error::NotFound
}

fn page_of(app: &App, request: &Request, signed_in: Option<&SignedIn>) -> Page {
    let wished = signed_in.map(|signed_in| signed_in.person.language.as_str().to_owned());
    let headers = request.headers();
    let language = words::choose(
        wished.as_deref(),
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()),
    );
    Page::new(app, language, signed_in, request.uri(), headers)
}

/// Lets a reading request through; a changing one only from our own pages.
async fn admitted(request: Request, signed_in: Option<&SignedIn>, app: &App) -> Result<Request> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(request);
    }
    if !from_here(request.headers(), &app.switchboard.house().public_url) {
        return Err(Error::ForeignForm);
    }
    let Some(signed_in) = signed_in else { return Ok(request) };
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, LONGEST_FORM).await.map_err(|_| Error::TooLong)?;
    let token = parts.headers.get("x-csrf").and_then(|value| value.to_str().ok().map(str::to_owned));
    if token.or_else(|| form_token(&bytes)).as_deref() != Some(&signed_in.csrf) {
        return Err(Error::ForeignForm);
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn form_token(body: &Bytes) -> Option<String> {
    form_urlencoded::parse(body).find(|(name, _)| name == "csrf").map(|(_, value)| value.into_owned())
}

/// Whether a browser says that the request comes from a page of ours. A request that says nothing is refused:
/// every browser in use sends one of the two headers with a form.
pub(crate) fn from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text("origin").and_then(|origin| origin.parse::<Uri>().ok()) else { return false };
    let ours = public_url.parse::<Uri>().ok();
    let same = |theirs: &Uri, ours: &Uri| theirs.authority() == ours.authority();
    ours.is_some_and(|ours| same(&origin, &ours))
        || origin.authority().is_some_and(|theirs| text("host") == Some(theirs.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(rows: &[(&'static str, &'static str)]) -> HeaderMap {
        rows.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn names(rows: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap = headers(rows);
        from_here(&headers, "https://desk.example")
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(names(&[("sec-fetch-site", "same-origin")]));
        assert!(names(&[("origin", "https://desk.example")]));
        assert!(names(&[("origin", "http://127.0.0.1:12320"), ("host", "127.0.0.1:12320")]));
        assert!(!names(&[("sec-fetch-site", "cross-site"), ("origin", "https://desk.example")]));
        assert!(!names(&[("sec-fetch-site", "same-site")]));
        assert!(!names(&[("origin", "https://evil.example"), ("host", "desk.example")]));
        assert!(!names(&[("origin", "null"), ("host", "desk.example")]));
        assert!(!names(&[("host", "desk.example")]));
    }
}
