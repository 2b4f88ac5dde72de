//! The provider's REST door: create, list, read, redirect and end calls.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dialect::twiml::rest_server::{Fault, Update, read_create, read_update, write_call};
use dialect::{CallStatus, Form};
use reqwest::Url;
use serde_json::Value;

use crate::call::Call;
use crate::exchange::Switch;
use crate::phone::Order;

pub(crate) fn routes(switch: Switch) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Calls.json", post(create).get(list))
        .route("/2010-04-01/Accounts/{account}/Calls/{file}", get(read).post(update))
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
    let detect = form.get("MachineDetection").is_some_and(|wish| !wish.is_empty());
    let call = switch.place(read_create(&form)?, detect)?;
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

/// Newest first; filtered as the provider does: by numbers, and by the day at the provider (GMT).
async fn list(
    State(switch): State<Switch>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    authorised(&switch, &account, &headers)?;
    let query = query.unwrap_or_default();
    let asked =
        Form::parse(query.as_bytes()).map_err(|error| Fault::bad_request(20_001, error.to_string()))?;
    let field = |name: &str| asked.get(name).filter(|text| !text.is_empty());
    let size = field("PageSize").and_then(|size| size.parse().ok()).unwrap_or(50_usize).clamp(1, 1_000);
    let fits = |call: &Call| {
        let day = call.created().utc().date_naive().to_string();
        field("To").is_none_or(|to| call.to == to)
            && field("From").is_none_or(|from| call.from == from)
            && field("StartTime>").is_none_or(|since| day.as_str() >= since)
            && field("StartTime<").is_none_or(|until| day.as_str() <= until)
            && field("Status").is_none_or(|status| call.status().as_str() == status)
    };
    let calls: Vec<Value> =
        switch.calls_that(fits, size).iter().map(|call| resource(&switch, call)).collect();
    let page = serde_json::json!({
        "calls": calls, "page": 0, "page_size": size, "start": 0, "end": calls.len().saturating_sub(1),
        "next_page_uri": null, "previous_page_uri": null,
    });
    Ok(([(header::CONTENT_TYPE, "application/json")], page.to_string()).into_response())
}

/// Basic authorisation with account id and token, both compared in full.
pub(crate) fn authorised(switch: &Switch, account: &str, headers: &HeaderMap) -> Result<(), Fault> {
    if switch.is_busy() {
        return Err(Fault { http_status: 429, code: 20_429, message: "Too Many Requests".to_owned() });
    }
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

pub(crate) fn form(body: &Bytes) -> Result<Form<'_>, Fault> {
    Form::parse(body).map_err(|error| Fault::bad_request(20_001, error.to_string()))
}

/// The call that a path names, with or without `.json`.
pub(crate) fn find(switch: &Switch, file: &str, uri: &Uri) -> Result<std::sync::Arc<Call>, Fault> {
    switch.call(file.strip_suffix(".json").unwrap_or(file)).ok_or_else(|| Fault::not_found(uri.path()))
}

fn json(switch: &Switch, call: &Call) -> impl axum::response::IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "application/json")], resource(switch, call).to_string())
}

fn resource(switch: &Switch, call: &Call) -> Value {
    let text = write_call(&call.resource(&switch.0.setup.account.id));
    let mut resource: Value = serde_json::from_str(&text).unwrap_or_default();
    if let (Some(who), Some(object)) = (call.who_answered(), resource.as_object_mut()) {
        object.insert("answered_by".to_owned(), who.into());
    }
    resource
}

/// A fault as a reply.
pub(crate) struct Refused(Fault);

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

#[cfg(test)]
mod tests;
