//! Hooks of the legs that the house leads about: the caller's, the agent's, and that of who is asked. All come to one
//! address; the token says whose leg it is.

use std::time::Instant;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use dialect::incoming::Kind as Told;
use dialect::{Links, Route};
use domain::Language;
use switchboard::Error;
use switchboard::call_control::{Led, Part, Scene};

use super::{Door, No, Place, addresses, believe, ends};
use crate::App;
use crate::probes::Kind;
use crate::words;

pub(super) async fn leg(State(app): State<App>, Path(place): Place, request: Request) -> Response {
    let started = Instant::now();
    let token = addresses::query(request.uri(), "t").unwrap_or_default();
    let fetched = addresses::query(request.uri(), "fetched").is_some_and(|value| value == "1");
    let response = match believe(&app, &place, request, |_, _| Ok(())).await {
        Err(no) => no.response(&app, &place),
        Ok((door, ())) => {
            answer(&door, &app, &token, fetched).await.unwrap_or_else(|no| no.response(&app, &place))
        }
    };
    app.hooks.count(Kind::Step, response.status(), started.elapsed());
    response
}

async fn answer(door: &Door, app: &App, token: &str, fetched: bool) -> Result<Response, No> {
    let board = &app.switchboard;
    let hook = board.leg_hook(&door.provider, &door.line, token).await?;
    let route = if hook.tells { Route::Status } else { Route::Step { none: false, fetched } };
    let incoming = door.understand(route)?;
    if ends(&incoming) || matches!(incoming.kind, Told::Status(_)) {
        if hook.part == Part::Caller {
            board.hear(door.knock(None, incoming)).await?;
        } else {
            board.leg_tells(&door.provider, &hook, &incoming).await?;
        }
        return Ok(door.xml(door.dialect.acknowledgement().to_owned()));
    }
    match board.leg_asks(&door.provider, &door.line, &hook, incoming).await {
        Ok(Led::Scene(scene)) => Ok(scene_document(door, app, &scene, token)),
        Ok(Led::Script(reply)) => Ok(door.document(app, &reply)),
        // Whatever breaks in here, the caller must hear something.
        Err(Error::Unavailable(why) | Error::Conflict(why)) => {
            tracing::error!(why, "a caller was not led on");
            Ok(door.document(app, &board.fallback(&door.line)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The document of a scene; `token` is that of the leg's next hooks.
pub(super) fn scene_document(door: &Door, app: &App, scene: &Scene, token: &str) -> Response {
    let root = door.root(app);
    let base = format!("{root}/voice/{}/{}", door.provider, door.line);
    let (action, again) = (format!("{base}/leg?t={token}"), format!("{base}/leg?t={token}&fetched=1"));
    let caller_id = app.switchboard.house().lines.get(&door.line).and_then(|line| line.numbers.first());
    let verbs = scene.verbs(please_wait(door, app, scene));
    let status = format!("{base}/status");
    let links = Links {
        // What a room says on leaving it is no more than that: where the leg goes, the house knows.
        action: if matches!(scene, Scene::Dial { .. }) { &action } else { &again },
        way_out: &again,
        recording_status: None,
        dial_status: Some(&status),
        machine_status: None,
        audio: None,
        caller_id: caller_id.map(domain::PhoneNumber::as_str),
        again: None,
        part: 0,
    };
    door.xml(door.dialect.render(&verbs, &links))
}

/// One sentence before the music, in the caller's language, or the line's first.
fn please_wait(door: &Door, app: &App, scene: &Scene) -> Option<(Language, String)> {
    let Scene::Hold { language, .. } = scene else { return None };
    let usual = app.switchboard.house().lines.get(&door.line).and_then(|line| line.languages.first());
    words_of(language.as_ref().or(usual).map_or("", Language::as_str))
}

/// That sentence, in the language of the screens that is nearest.
pub fn words_of(language: &str) -> Option<(Language, String)> {
    let tongue = words::choose(Some(language), Some(language));
    Some((Language::parse(tongue.tag).ok()?, tongue.say("call-please-wait", &[])))
}
