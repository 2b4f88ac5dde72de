//! The provider's REST door for recordings: of live calls, and the sounds that were kept.

use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use dialect::CallStatus;
use dialect::twiml::rest_server::Fault;
use serde_json::Value;

use crate::exchange::Switch;
use crate::live_recording::Standing;
use crate::rest::{Refused, authorised, find, form};

pub(crate) fn routes(switch: Switch) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Recordings/{file}", get(sound).delete(erase))
        .route("/2010-04-01/Accounts/{account}/Calls/{call}/Recordings.json", post(start))
        .route("/2010-04-01/Accounts/{account}/Calls/{call}/Recordings/{file}", post(change))
        .with_state(switch)
}

async fn sound(
    State(switch): State<Switch>,
    Path((account, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let id = file.split('.').next().unwrap_or("");
    let (media_type, sound) = switch.0.recordings.get(id).ok_or_else(|| Fault::not_found(uri.path()))?;
    Ok(([(header::CONTENT_TYPE, media_type)], sound).into_response())
}

async fn erase(
    State(switch): State<Switch>,
    Path((account, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    if switch.0.recordings.erase(file.split('.').next().unwrap_or("")) {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(Fault::not_found(uri.path()).into())
    }
}

async fn start(
    State(switch): State<Switch>,
    Path((account, call)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let call = find(&switch, &call, &uri)?;
    if call.status() != CallStatus::InProgress {
        return Err(Fault::bad_request(21_220, "Requested resource is not eligible for recording").into());
    }
    let form = form(&body)?;
    let told = form.get("RecordingStatusCallback").map(str::to_owned);
    let channels = if form.get("RecordingChannels") == Some("dual") { 2 } else { 1 };
    let live = call.record(told, channels);
    Ok((StatusCode::CREATED, json(&live.resource(&account, &call.id, Instant::now()))).into_response())
}

async fn change(
    State(switch): State<Switch>,
    Path((account, call, file)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let call = find(&switch, &call, &uri)?;
    let id = file.strip_suffix(".json").unwrap_or(&file);
    let form = form(&body)?;
    let standing = match form.get("Status") {
        Some("paused") => Standing::Paused,
        Some("in-progress") => Standing::InProgress,
        Some("stopped") => Standing::Completed,
        other => {
            let other = other.unwrap_or("(none)");
            return Err(Fault::bad_request(20_001, format!("Invalid Status: {other}")).into());
        }
    };
    match call.change_recording(id, standing) {
        None => Err(Fault::not_found(uri.path()).into()),
        Some(Err(_)) => {
            Err(Fault::bad_request(21_220, "Unable to update record: the recording is over").into())
        }
        Some(Ok(live)) => Ok(json(&live.resource(&account, &call.id, Instant::now())).into_response()),
    }
}

fn json(value: &Value) -> impl axum::response::IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string())
}
