//! The door for telephones: register, see and hear, call, answer, press, record, hang up.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Json, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use futures_util::Stream;
use serde::{Deserialize, Serialize};

use crate::bridge::{LONGEST_SIGNAL, NotRelayed, SignalKind};
use crate::exchange::{CannotCall, Switch};
use crate::notice::{Phase, Snapshot};
use crate::phone::{Habits, NotNow, Order, Phone};
use crate::recordings::LONGEST;

/// Longest time that a telephone may wait for something to happen in one request.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

pub(crate) fn routes(switch: Switch) -> Router {
    Router::new()
        .route("/switch/phones/{number}", put(register).get(look).delete(unregister))
        .route("/switch/phones/{number}/events", get(events))
        .route("/switch/phones/{number}/call", post(call))
        .route("/switch/phones/{number}/order", post(order))
        .route(
            "/switch/phones/{number}/signal",
            post(signal).layer(DefaultBodyLimit::max(2 * LONGEST_SIGNAL)),
        )
        .route("/switch/phones/{number}/recording", post(recording).layer(DefaultBodyLimit::max(LONGEST)))
        .with_state(switch)
}

/// What a telephone says when it registers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Registration {
    /// Time stands still: prompts take no time, and silence is an order.
    pub(crate) driven: bool,
    /// It can exchange sound with other pages.
    pub(crate) sound: bool,
    /// It answers by itself, as an answering machine.
    pub(crate) machine: bool,
    /// What the desk's page was given to take its own telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) permit: Option<String>,
}

/// What it is told.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Registered {
    pub(crate) number: String,
    /// To be shown with every other request.
    pub(crate) key: String,
    /// Numbers that can be called.
    pub(crate) lines: Vec<String>,
    /// Servers that help pages to find each other through routers; none: only directly.
    #[serde(default)]
    pub(crate) ice_servers: Vec<String>,
}

/// What the owner of a telephone wants.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Wish {
    Press {
        keys: String,
    },
    /// Let the time for keys run out (telephones that drive time).
    Wait,
    Answer,
    HangUp,
    Say {
        text: String,
    },
    Hold {
        on: bool,
    },
    /// Bring another telephone into the conversation; only desks may.
    Invite {
        to: String,
    },
    /// The prompt has been heard to its end.
    Heard,
    /// Speak for so many seconds into a recording.
    Record {
        seconds: u32,
        #[serde(default)]
        leave: bool,
        /// The key that ends it.
        #[serde(default)]
        by: Option<char>,
    },
}

#[derive(Debug, Deserialize)]
struct CallWish {
    to: String,
    #[serde(default)]
    withheld: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signal {
    to: u32,
    kind: SignalKind,
    body: String,
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Look {
    key: String,
    #[serde(default)]
    after: u64,
    /// Wait until something new can be heard, or with `settled` until the telephone is not busy.
    #[serde(default)]
    wait_ms: u64,
    #[serde(default)]
    settled: bool,
}

#[derive(Debug, Deserialize)]
struct RecordingMade {
    key: String,
    seconds: u32,
    by: Option<char>,
    #[serde(default)]
    left: bool,
}

async fn register(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    wish: Option<Json<Registration>>,
) -> Result<Json<Registered>, Refused> {
    let fine = (2..=16).contains(&number.len())
        && number.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit())
        && switch.0.setup.line(&number).is_none();
    if !fine {
        return Err(Refused(
            StatusCode::BAD_REQUEST,
            "a telephone has 2 to 15 digits, and not the number of a line".into(),
        ));
    }
    let Json(wish) = wish.unwrap_or_default();
    if !switch.0.setup.admits(&number, wish.permit.as_deref()) {
        return Err(Refused(
            StatusCode::FORBIDDEN,
            "this is the telephone of a desk: only the agent who is logged in there may take it".into(),
        ));
    }
    let habits = Habits { driven: wish.driven, sound: wish.sound, machine: wish.machine };
    let full = || Refused(StatusCode::SERVICE_UNAVAILABLE, "too many telephones are registered".into());
    let phone = switch.register(&number, habits).ok_or_else(full)?;
    let lines = switch.0.setup.lines.iter().map(|line| line.number.clone()).collect();
    let ice_servers = switch.0.setup.ice_servers.clone();
    Ok(Json(Registered { number, key: phone.key.clone(), lines, ice_servers }))
}

async fn unregister(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(shown): Query<Key>,
) -> Result<StatusCode, Refused> {
    let phone = owned(&switch, &number, &shown.key)?;
    switch.unregister(&phone);
    // A telephone without a call has nothing to hang up.
    let _ = phone.order(Order::HangUp);
    Ok(StatusCode::NO_CONTENT)
}

async fn look(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(look): Query<Look>,
) -> Result<Json<Snapshot>, Refused> {
    let phone = owned(&switch, &number, &look.key)?;
    let mut changes = phone.changes();
    let patience = Duration::from_millis(look.wait_ms).min(LONGEST_WAIT);
    let enough = |shown: &Snapshot| {
        if look.settled { shown.phase != Phase::Busy } else { !shown.heard.is_empty() }
    };
    let until = async {
        loop {
            changes.mark_unchanged();
            if enough(&phone.snapshot(look.after)) || changes.changed().await.is_err() {
                return;
            }
        }
    };
    // When patience ends, the telephone is shown as it is.
    let _ = tokio::time::timeout(patience, until).await;
    Ok(Json(phone.snapshot(look.after)))
}

async fn events(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(look): Query<Look>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let phone = owned(&switch, &number, &look.key)?;
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let start = (phone.changes(), resumed.unwrap_or(look.after), true);
    let stream =
        futures_util::stream::unfold((phone, start), |(phone, (mut changes, after, first))| async move {
            if !first && changes.changed().await.is_err() {
                return None;
            }
            changes.mark_unchanged();
            let shown = phone.snapshot(after);
            let last = shown.heard.last().map_or(after, |heard| heard.seq);
            let event = Event::default().id(last.to_string()).json_data(&shown).unwrap_or_default();
            Some((Ok(event), (phone, (changes, last, false))))
        });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(10))))
}

async fn call(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(shown): Query<Key>,
    Json(wish): Json<CallWish>,
) -> Result<Json<Snapshot>, Refused> {
    let phone = owned(&switch, &number, &shown.key)?;
    let shows = !wish.withheld && switch.0.setup.has_number(&phone.number);
    let from = if shows { &phone.number } else { "anonymous" };
    switch.call_line(&phone, &wish.to, from)?;
    Ok(Json(phone.snapshot(0)))
}

async fn order(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(shown): Query<Key>,
    Json(wish): Json<Wish>,
) -> Result<StatusCode, Refused> {
    let phone = owned(&switch, &number, &shown.key)?;
    match wish {
        Wish::Press { keys } => {
            if keys.is_empty() || keys.len() > 32 || !keys.bytes().all(|key| b"0123456789*#".contains(&key)) {
                return Err(Refused(StatusCode::BAD_REQUEST, "keys are 0-9, * and #".into()));
            }
            for key in keys.chars() {
                phone.order(Order::Key(key))?;
            }
        }
        Wish::Wait => phone.order(Order::TimeOut)?,
        Wish::Answer => phone.order(Order::Answer)?,
        Wish::HangUp => phone.order(Order::HangUp)?,
        Wish::Say { text } => phone.order(Order::Voice(text.chars().take(500).collect()))?,
        Wish::Invite { to } => phone.order(invitation(&switch, &phone, to)?)?,
        Wish::Hold { on } => phone.order(Order::Hold(on))?,
        Wish::Heard => phone.order(Order::HeardIt)?,
        Wish::Record { seconds, leave, by } => {
            phone.order(Order::Record { seconds, sound: None, by, left: leave })?;
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Whoever is brought in costs money at a provider: only desks do it, and only to numbers.
fn invitation(switch: &Switch, phone: &Phone, to: String) -> Result<Order, Refused> {
    let setup = &switch.0.setup;
    if !setup.is_extension(&phone.number) {
        return Err(Refused(StatusCode::FORBIDDEN, "only desks bring others into a conversation".into()));
    }
    let digits = to.trim_start_matches('+');
    let fine = (2..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !fine || setup.line(&to).is_some() || to == phone.number {
        return Err(Refused(StatusCode::BAD_REQUEST, "that is no telephone to bring in".into()));
    }
    Ok(Order::Invite(to))
}

/// Relays to the page this telephone is connected with, and to nobody else.
async fn signal(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(shown): Query<Key>,
    Json(signal): Json<Signal>,
) -> Result<StatusCode, Refused> {
    let phone = owned(&switch, &number, &shown.key)?;
    if signal.body.is_empty() || signal.body.len() > LONGEST_SIGNAL {
        return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "a signal has 1 to 16384 bytes".into()));
    }
    let (bridge, own) = phone.seated().ok_or(NotRelayed::NobodyThere)?;
    bridge.signal(own, signal.to, signal.kind, signal.body)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn recording(
    State(switch): State<Switch>,
    Path(number): Path<String>,
    Query(made): Query<RecordingMade>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let phone = owned(&switch, &number, &made.key)?;
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !media_type.starts_with("audio/") || body.is_empty() {
        return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a recording is sent as audio/…".into()));
    }
    let sound = Some((media_type.to_owned(), body));
    phone.order(Order::Record { seconds: made.seconds, sound, by: made.by, left: made.left })?;
    Ok(StatusCode::NO_CONTENT)
}

fn owned(switch: &Switch, number: &str, key: &str) -> Result<Arc<Phone>, Refused> {
    let phone = switch.phone(number);
    phone.filter(|phone| phone.key == key).ok_or_else(|| {
        Refused(
            StatusCode::GONE,
            "this telephone is not registered, or somebody else has taken its number".into(),
        )
    })
}

/// Why a wish was not granted.
struct Refused(StatusCode, String);

impl From<NotNow> for Refused {
    fn from(error: NotNow) -> Self {
        Self(StatusCode::CONFLICT, error.to_string())
    }
}

impl From<NotRelayed> for Refused {
    fn from(error: NotRelayed) -> Self {
        let status = match error {
            NotRelayed::NobodyThere => StatusCode::CONFLICT,
            NotRelayed::TooMany => StatusCode::TOO_MANY_REQUESTS,
        };
        Self(status, error.to_string())
    }
}

impl From<CannotCall> for Refused {
    fn from(error: CannotCall) -> Self {
        let status = match error {
            CannotCall::NoSuchLine { .. } => StatusCode::NOT_FOUND,
            CannotCall::NotNow(_) => StatusCode::CONFLICT,
            CannotCall::BadAddress(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, error.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(serde_json::json!({ "error": self.1 }))).into_response()
    }
}
