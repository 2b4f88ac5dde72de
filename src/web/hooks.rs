//! The providers' door: hooks come in as bytes, are believed or refused, understood by their dialect,
//! answered by the switchboard and rendered. With the right signature the answer is always a document that
//! a caller can hear; without it nothing is read and nothing changes. Where the headers alone prove who asks,
//! a stranger's body is not read either.

mod addresses;
mod audio;
mod body;
mod callback;
mod fallback;
mod leg;

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{any, get};
use dialect::incoming::Kind as Told;
use dialect::{CallStatus, Credentials, Dialect, Hook, Incoming, Links, Malformed, Refusal, Route};
use futures_util::FutureExt;
use http::request::Parts;
use switchboard::call_control::Scene;
use switchboard::{Knock, Provider, Reply, Switchboard};

use self::addresses::Addresses;
use crate::App;
use crate::probes::Kind;

/// Address of the peer, put into each request by the listener.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

pub use leg::words_of as please_wait;

/// The addresses that providers use.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/voice/{provider}/{line}", any(first))
        .route("/voice/{provider}/{line}/step", any(step))
        .route("/voice/{provider}/{line}/status", any(status))
        .route("/voice/{provider}/{line}/recording", any(recording))
        .route("/voice/{provider}/{line}/callback", any(callback::callback))
        .route("/voice/{provider}/{line}/leg", any(leg::leg))
        .route("/voice/{provider}/{line}/fallback", any(fallback::fallback))
        .route("/voice/{provider}/{line}/audio/{language}/{file}", get(audio::file))
}

type Place = Path<(String, String)>;

async fn first(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    answer(app, place, request, Route::First).await
}

async fn step(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    let route = {
        let asked = |name| addresses::query(request.uri(), name).is_some_and(|value| value == "1");
        Route::Step { none: asked("none"), fetched: asked("fetched") }
    };
    answer(app, place, request, route).await
}

async fn status(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    answer(app, place, request, Route::Status).await
}

async fn recording(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    answer(app, place, request, Route::Recording).await
}

async fn answer(app: App, place: (String, String), request: Request, route: Route) -> Response {
    let started = Instant::now();
    let (kind, token) = match route {
        Route::First => (Kind::First, None),
        Route::Step { .. } => (Kind::Step, Some(addresses::query(request.uri(), "t").unwrap_or_default())),
        Route::Status => (Kind::Status, None),
        Route::Recording => (Kind::Recording, None),
    };
    let read = |dialect: &dyn Dialect, hook: &Hook<'_>| dialect.parse(hook, route);
    let response = match believe(&app, &place, request, read).await {
        Err(no) => no.response(&app, &place),
        Ok((door, incoming)) => {
            let answered = door.answer(&app, token, incoming).await;
            answered.unwrap_or_else(|no| no.response(&app, &place))
        }
    };
    app.hooks.count(kind, response.status(), started.elapsed());
    response
}

/// Whether the hook tells that the call is over, and nothing else.
fn ends(incoming: &Incoming) -> bool {
    matches!(&incoming.kind, Told::Status(report) if report.status.is_end())
}

/// Why a hook is turned away.
enum No {
    /// No such provider, or it has no such line.
    Unknown,
    Refused(Refusal),
    Malformed(Malformed),
    /// The token of the address is not one of ours for this call.
    Foreign,
    TooSlow,
    /// The store would not keep what the hook tells; the provider is to send it again.
    NotKept,
}

impl No {
    /// Tells the log who was turned away and why, without a word of what was sent.
    fn response(self, app: &App, (provider, line): &(String, String)) -> Response {
        let house = app.switchboard.house();
        // A name that is not ours may be anything.
        let ours = |known: bool, name: &'_ str| if known { name.to_owned() } else { "unknown".to_owned() };
        let provider = ours(house.providers.contains_key(provider), provider);
        let line = ours(house.lines.contains_key(line), line);
        let (status, text) = match self {
            Self::Unknown => {
                (StatusCode::NOT_FOUND, "no such provider or line; see [provider.…] and [line.…]".to_owned())
            }
            Self::Refused(refusal) => (StatusCode::FORBIDDEN, refusal.to_string()),
            Self::Malformed(why) => {
                (StatusCode::from_u16(why.http_status()).unwrap_or(StatusCode::BAD_REQUEST), why.to_string())
            }
            Self::Foreign => (StatusCode::FORBIDDEN, "the address was not made for this call".to_owned()),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "the body did not come in time".to_owned()),
            Self::NotKept => (StatusCode::SERVICE_UNAVAILABLE, "not kept; send it again".to_owned()),
        };
        tracing::warn!(provider, line, status = status.as_u16(), why = text, "a hook was turned away");
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = status;
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, plain);
        response
    }
}

/// A hook whose signature is right.
struct Door {
    parts: Parts,
    body: bytes::Bytes,
    /// The address it was signed for.
    url: String,
    provider: String,
    line: String,
    dialect: &'static dyn Dialect,
}

/// Checks the signature, and reads the hook with `read` while its fields are decoded.
async fn believe<T>(
    app: &App,
    (provider, line): &(String, String),
    request: Request,
    read: impl Fn(&dyn Dialect, &Hook<'_>) -> Result<T, Malformed>,
) -> Result<(Door, T), No> {
    let house = app.switchboard.house();
    let known: &Provider = house.providers.get(provider).ok_or(No::Unknown)?;
    let dialect = dialect::by_name(&known.dialect, &known.profile).ok_or(No::Unknown)?;
    if !house.lines.contains_key(line) {
        return Err(No::Unknown);
    }
    let (parts, body) = request.into_parts();
    if !addresses::admitted(app, &parts, provider) {
        return Err(No::Refused(Refusal::WrongNetwork));
    }
    let now = app.switchboard.now();
    let credentials = Credentials { tokens: &known.tokens, account: &known.account, now };
    let by_headers = {
        let headers = |name: &str| parts.headers.get(name)?.to_str().ok();
        dialect.verify_headers(&headers, &credentials)
    };
    by_headers.unwrap_or(Ok(())).map_err(No::Refused)?;
    let body = body::read(&parts, body, dialect).await?;
    let mut refusal = Refusal::WrongSignature;
    for url in addresses::signed(app, &parts) {
        let verdict = {
            let headers = |name: &str| parts.headers.get(name)?.to_str().ok();
            let hook = Hook::new(parts.method.as_str(), &url, &headers, &body).map_err(No::Malformed)?;
            match dialect.verify(&hook, &credentials) {
                Ok(()) => Ok(read(dialect, &hook).map_err(No::Malformed)?),
                Err(why) => Err(why),
            }
        };
        match verdict {
            Ok(seen) => {
                let (provider, line) = (provider.clone(), line.clone());
                return Ok((Door { parts, body, url, provider, line, dialect }, seen));
            }
            Err(why) => refusal = why,
        }
    }
    Err(No::Refused(refusal))
}

impl Door {
    async fn answer(self, app: &App, token: Option<String>, incoming: Incoming) -> Result<Response, No> {
        let board = &app.switchboard;
        let mut knock = self.knock(token, incoming);
        if let Some(upload) = knock.incoming.upload.take() {
            // The sound first: a message is not taken without it.
            match board.keep_upload(&knock, &upload).await {
                Ok(address) => knock.incoming.kept_at(address),
                Err(error) => return self.not_kept(app, &knock.incoming, error),
            }
        }
        match knock.incoming.kind {
            Told::Start | Told::Step(_) => {
                if let Some((scene, token)) = self.led_out(board, &knock).await {
                    return Ok(leg::scene_document(&self, app, &scene, &token));
                }
                // Whatever breaks in here, the caller must hear something.
                let reply = AssertUnwindSafe(board.turn(knock)).catch_unwind().await;
                let reply = reply.unwrap_or_else(|_| board.fallback(&self.line));
                reply.map(|reply| self.document(app, &reply)).map_err(No::from)
            }
            Told::Status(_) | Told::Recording(_) => {
                board.hear(knock).await.map_err(No::from)?;
                Ok(self.xml(self.dialect.acknowledgement().to_owned()))
            }
        }
    }

    /// Where the house has led this call out of its dial, what comes next; if that cannot be told, the script goes on.
    async fn led_out(&self, board: &Switchboard, knock: &Knock) -> Option<(Scene, String)> {
        board.led_out(knock).await.unwrap_or_else(|error| {
            tracing::error!(%error, "whether a call was led out of its dial could not be told");
            None
        })
    }

    fn knock(&self, token: Option<String>, incoming: Incoming) -> Knock {
        Knock { provider: self.provider.clone(), line: self.line.clone(), token, incoming }
    }

    /// An uploaded sound could not be kept: a caller who is still there hears so.
    fn not_kept(&self, app: &App, incoming: &Incoming, error: switchboard::Error) -> Result<Response, No> {
        let gone = incoming.status.is_some_and(CallStatus::is_end);
        match (error, app.switchboard.fallback(&self.line)) {
            (error @ switchboard::Error::Unavailable(_), Ok(reply)) if !gone => {
                tracing::error!(%error, "an uploaded sound was not kept");
                Ok(self.document(app, &reply))
            }
            (error, _) => Err(No::from(error)),
        }
    }

    fn understand(&self, route: Route) -> Result<Incoming, No> {
        let headers = |name: &str| self.parts.headers.get(name)?.to_str().ok();
        let hook = Hook::new(self.parts.method.as_str(), &self.url, &headers, &self.body);
        hook.and_then(|hook| self.dialect.parse(&hook, route)).map_err(No::Malformed)
    }

    /// What addresses in a document begin with.
    fn root<'a>(&self, app: &'a App) -> &'a str {
        if self.dialect.absolute_links() { &app.switchboard.house().public_url } else { &app.path }
    }

    fn document(&self, app: &App, reply: &Reply) -> Response {
        let root = self.root(app);
        let addresses = Addresses::new(root, &self.provider, &self.line, reply.token.as_deref());
        let again = addresses::again(root, &self.parts.uri);
        let caller_id = app.switchboard.house().lines.get(&self.line).and_then(|line| line.numbers.first());
        let links = Links {
            action: &addresses.action,
            way_out: &addresses.way_out,
            recording_status: Some(&addresses.recording),
            dial_status: Some(&addresses.status),
            machine_status: None,
            audio: Some(&addresses.base),
            caller_id: caller_id.map(domain::PhoneNumber::as_str),
            again: Some(&again),
            part: addresses::part(&self.parts.uri),
        };
        self.xml(self.dialect.render(&reply.verbs, &links))
    }

    fn xml(&self, text: String) -> Response {
        let mut response = Response::new(Body::from(text));
        let kind = HeaderValue::from_static(self.dialect.content_type());
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl From<switchboard::Error> for No {
    fn from(error: switchboard::Error) -> Self {
        match error {
            switchboard::Error::NotFound | switchboard::Error::KeptOut(_) => Self::Unknown,
            switchboard::Error::Refused { .. } => Self::Foreign,
            switchboard::Error::Conflict(why) | switchboard::Error::Unavailable(why) => {
                tracing::error!(why, "a status hook was not kept");
                Self::NotKept
            }
        }
    }
}

#[cfg(test)]
mod bad_input_tests;
#[cfg(test)]
mod fallback_tests;
#[cfg(test)]
mod tests;
