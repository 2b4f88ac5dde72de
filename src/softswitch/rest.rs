//! The provider's REST door: create, read, redirect and end calls; fetch recordings.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dialect::twiml::rest_server::{Fault, Update, read_create, read_update, write_call};
use dialect::{CallStatus, Form};
use reqwest::Url;

use crate::call::Call;
use crate::exchange::Switch;
use crate::phone::Order;

pub(crate) fn routes(switch: Switch) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Calls.json", post(create))
        .route("/2010-04-01/Accounts/{account}/Calls/{file}", get(read).post(update))
        .route("/2010-04-01/Accounts/{account}/Recordings/{file}", get(recording))
        .with_state(switch)
}

async fn create(
    State(switch): State<Switch>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let form = form(&body)?;
    let call = switch.place(read_create(&form)?)?;
    Ok((StatusCode::CREATED, json(&switch, &call)).into_response())
}

async fn read(
    State(switch): State<Switch>,
    Path((account, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let call = find(&switch, &file, &uri)?;
    Ok(json(&switch, &call).into_response())
}

async fn update(
    State(switch): State<Switch>,
    Path((account, file)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let call = find(&switch, &file, &uri)?;
    let wanted = read_update(&form(&body)?)?;
    if call.status().is_end() {
        return Err(Fault::call_over().into());
    }
    let order = match wanted {
        Update::Redirect { url, post } => {
            if call.status() != CallStatus::InProgress {
                return Err(Fault::call_over().into());
            }
            let url = Url::parse(&url).map_err(|_| Fault::bad_request(21_205, "Url is not a valid URL"))?;
            Order::Redirect { url, post }
        }
        Update::Cancel if call.status() == CallStatus::InProgress => return Err(Fault::call_over().into()),
        Update::Cancel => Order::Cancel,
        Update::Complete => Order::HangUp,
    };
    call.orders.try_send(order).map_err(|_| Fault::call_over())?;
    Ok(json(&switch, &call).into_response())
}

async fn recording(
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

/// Basic authorisation with account id and token, both compared in full.
fn authorised(switch: &Switch, account: &str, headers: &HeaderMap) -> Result<(), Fault> {
    let ours = &switch.0.setup.account;
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| STANDARD.decode(value).ok())
        .unwrap_or_default();
    let expected = format!("{}:{}", ours.id, ours.token.reveal());
    if account == ours.id && same(&given, expected.as_bytes()) {
        Ok(())
    } else {
        Err(Fault::not_authorised())
    }
}

/// Compares without telling by its time how much was right.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).fold(0, |differs, (left, right)| differs | (left ^ right)) == 0
}

fn form(body: &Bytes) -> Result<Form<'_>, Fault> {
    Form::parse(body).map_err(|error| Fault::bad_request(20_001, error.to_string()))
}

fn find(switch: &Switch, file: &str, uri: &Uri) -> Result<std::sync::Arc<Call>, Fault> {
    file.strip_suffix(".json").and_then(|id| switch.call(id)).ok_or_else(|| Fault::not_found(uri.path()))
}

fn json(switch: &Switch, call: &Call) -> impl axum::response::IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "application/json")], write_call(&call.resource(&switch.0.setup.account.id)))
}

/// A fault as a reply.
struct Refused(Fault);

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl axum::response::IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.http_status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, [(header::CONTENT_TYPE, "application/json")], self.0.body()).into_response()
    }
}
