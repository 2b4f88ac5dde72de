//! The document that a provider fetches when ours did not come, or could not be carried out. Where it tells
//! which address failed, the call goes on from there: a turn that was answered is answered the same, one that
//! never reached us is walked now. Otherwise the caller hears the apology and is put through.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{Path, Request, State};
use axum::http::Uri;
use axum::response::Response;
use dialect::{Dialect, Hook, Incoming, Route};
use futures_util::FutureExt;
use switchboard::Reply;

use super::{Door, No, Place, addresses, believe, ends};
use crate::App;
use crate::probes::Kind;

/// Codes of documents that did not come: asking again may help. Others tell that a document could not be carried out,
/// and the same one would fail again.
const DID_NOT_COME: std::ops::RangeInclusive<u32> = 11_000..=11_999;

/// What the provider says went wrong.
struct Asked {
    code: Option<u32>,
    /// The hook that failed, to be answered now, with the token of its address.
    failed: Option<(Option<String>, Incoming)>,
    /// Some providers tell the end of a call to the address that it was at.
    ended: Option<Incoming>,
}

pub(super) async fn fallback(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    let started = Instant::now();
    let over = addresses::query(request.uri(), "over").is_some();
    let read = |dialect: &dyn Dialect, hook: &Hook<'_>| Ok(Asked::read(dialect, hook, &place));
    let response = match believe(&app, &place, request, read).await {
        Err(no) => no.response(&app, &place),
        Ok((door, asked)) => answer(&app, &door, asked, over).await,
    };
    app.hooks.count(Kind::Fallback, response.status(), started.elapsed());
    response
}

async fn answer(app: &App, door: &Door, asked: Asked, over: bool) -> Response {
    let board = &app.switchboard;
    if let Some(ended) = asked.ended {
        // Nobody is there to hear it, and no answer would have it sent again.
        drop(board.hear(door.knock(None, ended)).await);
    }
    if over {
        return door.document(app, &Reply::goodbye());
    }
    let (provider, line, code) = (&door.provider, &door.line, asked.code.unwrap_or_default());
    tracing::warn!(provider, line, code, "the provider asked for the fallback document");
    app.hooks.count_code(code);
    if let Some((token, incoming)) = asked.failed {
        let turn = AssertUnwindSafe(board.turn(door.knock(token, incoming))).catch_unwind().await;
        // A token that is not this call's leads nowhere; the caller still hears something.
        if let Ok(Ok(reply)) = turn {
            return door.document(app, &reply);
        }
    }
    match board.fallback(line) {
        Ok(reply) => door.document(app, &reply),
        Err(error) => No::from(error).response(app, &(provider.clone(), line.clone())),
    }
}

impl Asked {
    fn read(dialect: &dyn Dialect, hook: &Hook<'_>, place: &(String, String)) -> Self {
        let code = hook.form.get("ErrorCode").and_then(|text| text.parse().ok());
        let ended = dialect.parse(hook, Route::Status).ok().filter(ends);
        let asks_again = ended.is_none() && code.is_none_or(|code| DID_NOT_COME.contains(&code));
        let address = hook.form.get("ErrorUrl").filter(|_| asks_again);
        let failed = address.and_then(|address| {
            let (route, token) = failed(address, place)?;
            let keyed = dialect.parse(hook, route).ok();
            // What was keyed is not always told again: then the question is asked again.
            let silent = Route::Step { none: true, fetched: false };
            let incoming = if route == Route::First {
                keyed
            } else {
                keyed.or_else(|| dialect.parse(hook, silent).ok())
            };
            Some((token, incoming?))
        });
        Self { code, failed, ended }
    }
}

/// Which of this line's addresses failed.
fn failed(address: &str, (provider, line): &(String, String)) -> Option<(Route, Option<String>)> {
    let uri: Uri = address.parse().ok()?;
    let first = format!("/voice/{provider}/{line}");
    if uri.path().ends_with(&first) {
        return Some((Route::First, None));
    }
    if uri.path().ends_with(&format!("{first}/step")) {
        let asked = |name| addresses::query(&uri, name).is_some_and(|value| value == "1");
        let route = Route::Step { none: asked("none"), fetched: asked("fetched") };
        return Some((route, Some(addresses::query(&uri, "t")?)));
    }
    None
}
