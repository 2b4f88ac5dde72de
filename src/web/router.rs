//! The table of contents: every address, grouped by who comes there.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::screens::{accounts, log_in, report, reports, set_up, wallboard};
use crate::{App, assets, gate, headers, hooks, live, probes};

/// All addresses of the service.
pub fn router(app: App) -> Router {
    let screens = Router::new()
        .merge(everybody())
        .merge(agents())
        .merge(case_workers())
        .merge(supervisors())
        .merge(administrators())
        .fallback(gate::nothing_here)
        .layer(from_fn_with_state(app.clone(), gate::gate));
    let pages = Router::new().merge(machines()).merge(screens).layer(from_fn(headers::secure));
    // Hooks answer machines: they need none of a browser's headers.
    pages.merge(hooks::routes()).with_state(app)
}

/// Machines: files, probes. Providers' hooks have their own gate, the signature.
fn machines() -> Router<App> {
    Router::new()
        .route("/assets/{*path}", get(assets::file))
        .route("/livez", get(probes::livez))
        .route("/readyz", get(probes::readyz))
        .route("/metrics", get(probes::metrics))
}

/// Everybody: in, out, the first screen of the role, live notices.
fn everybody() -> Router<App> {
    Router::new()
        .route("/", get(log_in::first_screen))
        .route("/login", get(log_in::show).post(log_in::log_in))
        .route("/logout", post(log_in::log_out))
        .route("/language", post(log_in::choose_language))
        .route("/setup/{token}", get(set_up::show).post(set_up::set_up))
        .route("/live", get(live::notices))
}

/// Agents: the desk.
fn agents() -> Router<App> {
    Router::new()
}

/// Case workers: cases, dispatches, callbacks.
fn case_workers() -> Router<App> {
    Router::new()
}

/// Supervisors: wallboard, reports.
fn supervisors() -> Router<App> {
    Router::new()
        .route("/wallboard", get(wallboard::show))
        .route("/wallboard/board", get(wallboard::board))
        .route("/reports", get(reports::show))
        .route("/reports/{name}", get(report::show))
        .route("/reports/{name}/list", get(report::list))
        .route("/reports/{name}/csv", get(report::csv))
        .route("/reports/{name}/json", get(report::json))
}

/// Administrators: accounts.
fn administrators() -> Router<App> {
    Router::new()
        .route("/accounts", get(accounts::show).post(accounts::add))
        .route("/accounts/{id}/password", post(accounts::set_password))
        .route("/accounts/{id}/disable", post(accounts::disable))
        .route("/accounts/{id}/enable", post(accounts::enable))
}
