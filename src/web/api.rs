//! Programs: the JSON API below `/api/v1` with its description in OpenAPI, and Open311 below `/open311`.
//!
//! Read in this order: `door` (who asks, and with which key), `once` (the same answer to the same request), then
//! `cases` (complaints, for everybody), `department` (cases, for programs of a department), `open311`.

mod cases;
mod department;
mod door;
mod once;
mod open311;
#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::App;

/// The description of the JSON API.
const DESCRIPTION: &str = include_str!("api/openapi.json");
/// Longest body of a request, in bytes; files have limits of their own.
const LONGEST: usize = 64 * 1024;

/// Every address of the JSON API with its method: what the description is held against.
fn json_routes() -> Vec<(&'static str, &'static str, MethodRouter<App>)> {
    vec![
        ("/api/v1/cases", "post", post(cases::hand_in)),
        ("/api/v1/cases/status", "post", post(cases::status)),
        ("/api/v1/cases/facts", "post", post(cases::add)),
        ("/api/v1/cases/reminders", "post", post(cases::remind)),
        ("/api/v1/department/cases", "get", get(department::list)),
        ("/api/v1/department/cases/{number}", "get", get(department::one)),
        ("/api/v1/department/cases/{number}/sign", "post", post(department::sign)),
        ("/api/v1/department/cases/{number}/return", "post", post(department::give_back)),
        ("/api/v1/department/cases/{number}/steps", "post", post(department::step)),
        ("/api/v1/department/cases/{number}/answer", "post", post(department::answer)),
    ]
}

/// All addresses for programs.
pub(crate) fn routes(app: &App) -> Router<App> {
    let json = json_routes().into_iter().fold(Router::new(), |router, (path, _, at)| router.route(path, at));
    json.route("/api/openapi.json", get(description))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(from_fn_with_state(app.clone(), door::gate))
        .merge(open311::routes().layer(DefaultBodyLimit::max(LONGEST)))
}

async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}
