//! Hooks of callbacks that we placed, agent first: the agent's telephone was answered, the dial to the
//! citizen ended, the agent's leg tells how it stands. All come to one address; the token says which it is.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::response::Response;
use dialect::{Incoming, Links, Route};
use domain::Language;
use switchboard::outbound::{Answer, CallbackHook, Connect, Stage, the_last};

use super::{Door, No, Place, addresses, believe, ends};
use crate::App;
use crate::probes::Kind;
use crate::words;

pub(super) async fn callback(
    State(app): State<App>,
    axum::extract::Path(place): Place,
    request: Request,
) -> Response {
    let started = Instant::now();
    let token = addresses::query(request.uri(), "t").unwrap_or_default();
    let response = match believe(&app, &place, request, |_, _| Ok(())).await {
        Err(no) => no.response(&app, &place),
        Ok((door, ())) => answer(&door, &app, &token).await.unwrap_or_else(|no| no.response(&app, &place)),
    };
    app.hooks.count(Kind::Step, response.status(), started.elapsed());
    response
}

async fn answer(door: &Door, app: &App, token: &str) -> Result<Response, No> {
    let board = &app.switchboard;
    let hook = board.callback_hook(&door.provider, &door.line, token).await?;
    match hook.stage {
        Stage::AgentAnswered => {
            let incoming = door.understand(Route::First)?;
            if ends(&incoming) {
                return told(door, app, &hook, &incoming).await;
            }
            let place = (door.provider.as_str(), door.line.as_str());
            Ok(match board.callback_answered(place, &hook, incoming.answered_by).await? {
                Answer::Connect(connect) => connected(door, app, &connect),
                Answer::Later(language) => {
                    let tongue = words::choose(Some(language.as_str()), None);
                    the_end(door, app, Some((&language, tongue.say("callback-records-out", &[]))))
                }
                Answer::Over => the_end(door, app, None),
            })
        }
        Stage::Dialled => {
            let incoming = door.understand(Route::Step { none: false, fetched: false })?;
            if ends(&incoming) {
                return told(door, app, &hook, &incoming).await;
            }
            board.callback_dialled(&hook, &incoming).await?;
            Ok(the_end(door, app, None))
        }
        Stage::Citizen => {
            let incoming = door.understand(Route::First)?;
            if let Some(by) = incoming.answered_by {
                let place = (door.provider.as_str(), door.line.as_str());
                board.citizen_answered(place, &hook, &incoming.provider_call_id, by).await?;
            }
            Ok(door.xml(door.dialect.acknowledgement().to_owned()))
        }
        Stage::Message => {
            let left = board.message_to_leave(&hook).await?;
            let said = left.as_ref().map(|left| (&left.language, words::message_to_machine(left)));
            Ok(the_end(door, app, said))
        }
        Stage::Status => {
            let incoming = door.understand(Route::Status)?;
            told(door, app, &hook, &incoming).await
        }
    }
}

async fn told(door: &Door, app: &App, hook: &CallbackHook, incoming: &Incoming) -> Result<Response, No> {
    app.switchboard.callback_told(hook, incoming).await?;
    Ok(door.xml(door.dialect.acknowledgement().to_owned()))
}

/// The agent hears what the call is about, then the citizen is dialled.
fn connected(door: &Door, app: &App, connect: &Connect) -> Response {
    let tongue = words::choose(Some(connect.language.as_str()), None);
    let whisper = match &connect.case {
        // Digit by digit: a case number is no quantity.
        Some(number) => {
            let digits: Vec<String> = number.chars().map(String::from).collect();
            let told = [("purpose", connect.purpose.clone().into()), ("digits", digits.join(" ").into())];
            tongue.say("callback-whisper-case", &told)
        }
        None => tongue.say("callback-whisper-queue", &[]),
    };
    let hook =
        |token: &str| format!("{}/voice/{}/{}/callback?t={token}", door.root(app), door.provider, door.line);
    let (action, citizen) = (hook(&connect.token), hook(&connect.citizen_token));
    let links = Links {
        action: &action,
        way_out: &action,
        recording_status: None,
        dial_status: None,
        machine_status: Some(&citizen),
        audio: None,
        caller_id: connect.caller_id.as_ref().map(domain::PhoneNumber::as_str),
        again: None,
        part: 0,
    };
    door.xml(door.dialect.render(&connect.verbs(whisper), &links))
}

/// The last document of a leg; `word` is what is said before the end.
fn the_end(door: &Door, app: &App, word: Option<(&Language, String)>) -> Response {
    let over = format!("{}/voice/{}/{}/fallback?over=1", door.root(app), door.provider, door.line);
    let links = Links {
        action: &over,
        way_out: &over,
        recording_status: None,
        dial_status: None,
        machine_status: None,
        audio: None,
        caller_id: None,
        again: None,
        part: 0,
    };
    door.xml(door.dialect.render(&the_last(word), &links))
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod tests;
