//! The table of contents: every address, grouped by who comes there.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::screens::call_bar;
use crate::screens::public::{advice, files, gate as public_gate, handover, report as public_report, status};
use crate::screens::{
    accounts, audit, callbacks, case, case_actions, case_course, case_files, case_letters, case_points,
    cases, coding_samples, codings, conflicts, desk, desk_advice, dialogue, dialogue_letter, dialogues,
    follow_through, intake, line, log_in, mails, messages, phone, recordings, report, reports, set_up,
    wallboard,
};
use crate::{App, api, assets, gate, headers, hooks, live, probes};

/// All addresses of the service.
pub fn router(app: App) -> Router {
    let screens = Router::new()
        .merge(everybody())
        .merge(agents())
        .merge(listeners())
        .merge(second_coders())
        .merge(case_workers(&app))
        .merge(supervisors())
        .merge(overseers())
        .merge(administrators())
        .fallback(gate::nothing_here)
        .layer(from_fn_with_state(app.clone(), gate::gate));
    let public = public().layer(from_fn_with_state(app.clone(), public_gate));
    let pages = Router::new()
        .merge(machines())
        .merge(api::routes(&app))
        .merge(public)
        .merge(screens)
        .layer(from_fn(headers::secure));
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

/// People without an account: a complaint, its progress, files, a dispatch by link. Files come in pieces and are
/// measured as they come: the usual limit of a form does not hold for them.
fn public() -> Router<App> {
    let files = Router::new()
        .route("/hand-in", get(files::by_code).post(files::take_by_code))
        .route("/hand-in/{token}", get(files::by_link).post(files::take_by_link))
        .route("/status/file", post(files::take_by_pin))
        .route("/handover/{token}/file", post(handover::file))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/report", get(public_report::show).post(public_report::hand_in))
        .route("/advice", get(advice::show).post(advice::search))
        .route("/advice/{code}", get(advice::one))
        .route("/status", get(status::ask).post(status::show))
        .route("/status/add", post(status::add))
        .route("/status/remind", post(status::remind))
        .route("/handover/{token}", get(handover::show))
        .route("/handover/{token}/{act}", post(handover::act))
        .merge(files)
}

/// Everybody with an account: in, out, the first screen of the role, live notices.
fn everybody() -> Router<App> {
    Router::new()
        .route("/", get(log_in::first_screen))
        .route("/login", get(log_in::show).post(log_in::log_in))
        .route("/logout", post(log_in::log_out))
        .route("/language", post(log_in::choose_language))
        .route("/setup/{token}", get(set_up::show).post(set_up::set_up))
        .route("/live", get(live::notices))
        .route("/phone", get(phone::show))
        .route("/call/{line}", get(phone::call))
}

/// Agents: the desk.
fn agents() -> Router<App> {
    Router::new()
        .route("/desk", get(desk::show))
        .route("/desk/state", get(desk::state).post(desk::change_state))
        .route("/desk/offer", get(desk::offer))
        .route("/desk/call", get(call_bar::show).post(call_bar::order))
        .route("/desk/recording", get(recordings::controls).post(recordings::control))
        .route("/desk/advice", post(desk_advice::look_up))
        .route("/desk/advice/told", post(desk_advice::told))
        .route("/desk/unfinished", get(desk::unfinished))
        .route("/desk/work/{id}", get(desk::work))
        .route("/desk/intakes/{id}", get(intake::stored).post(intake::save))
        .route("/desk/intakes/{id}/side", get(intake::side))
        .route("/desk/intakes/{id}/finish", post(intake::finish))
        .route("/desk/intakes/{id}/case", post(intake::open_case))
        .route("/desk/intakes/{id}/told", post(intake::told))
}

/// Agents: messages that callers left.
fn listeners() -> Router<App> {
    Router::new()
        .route("/messages", get(messages::show))
        .route("/messages/count", get(messages::count))
        .route("/messages/{id}/take", post(messages::take))
        .route("/messages/web/{contact}/take", post(messages::take_web))
        .route("/messages/{id}/sound", get(messages::sound))
}

/// Agents: points that are coded a second time. Supervisors: which ones, and what holds where the codes differ.
fn second_coders() -> Router<App> {
    Router::new()
        .route("/codings", get(codings::show))
        .route("/codings/samples", get(coding_samples::show).post(coding_samples::draw))
        .route("/codings/samples/{point}/give", post(coding_samples::give))
        .route("/codings/samples/{point}/{axis}/decide", post(coding_samples::decide))
        .route("/codings/{point}/finish", post(codings::finish))
        .route("/codings/{point}/back", post(codings::give_back))
}

/// Case workers: cases, dispatches, callbacks.
fn case_workers(app: &App) -> Router<App> {
    Router::new()
        .merge(case_forms().route_layer(from_fn_with_state(app.clone(), case::refused_here)))
        .merge(dialogue_forms().route_layer(from_fn_with_state(app.clone(), dialogue::refused_here)))
        .route("/dialogues", get(dialogues::show))
        .route("/cases/{number}/dialogue", get(dialogue::show))
        .route("/cases/{number}/dialogue/letters/{kind}", get(dialogue_letter::show))
        .route("/recordings/{id}/sound", get(recordings::sound))
        .route("/recordings/{id}/heard", post(recordings::heard))
        .route("/cases", get(cases::show))
        .route("/cases/search", post(cases::search))
        .route("/cases/{number}", get(case::show))
        .route("/cases/{number}/letters/{letter}", get(case_letters::show))
        .route("/cases/{number}/files", get(case_files::show))
        .route("/cases/{number}/files/ask", post(case_files::ask))
        .route("/cases/{number}/files/{id}", get(case_files::download))
        .route("/cases/{number}/files/{id}/show", post(case_files::reveal))
        .route("/cases/{number}/files/{id}/hide", post(case_files::hide))
        .route("/callbacks", get(callbacks::show))
        .route("/callbacks/{id}", get(callbacks::one))
        .route("/callbacks/{id}/claim", post(callbacks::claim))
        .route("/callbacks/{id}/release", post(callbacks::release))
        .route("/callbacks/{id}/dial", post(callbacks::dial))
        .route("/callbacks/{id}/attempt", post(callbacks::attempt))
        .route("/callbacks/{id}/machine", post(callbacks::machine))
        .route("/callbacks/{id}/result", post(callbacks::finish))
        .route("/callbacks/{id}/give-up", post(callbacks::give_up))
}

/// What is done in the dialogue of a case.
fn dialogue_forms() -> Router<App> {
    Router::new().route("/cases/{number}/dialogue/{what}", post(dialogue::act))
}

/// What is done to a case.
fn case_forms() -> Router<App> {
    Router::new()
        .route("/cases/{number}/phone", post(case::reveal))
        .route("/cases/{number}/classify", post(case_actions::classify))
        .route("/cases/{number}/dispatch", post(case_actions::dispatch))
        .route("/cases/{number}/redispatch", post(case_actions::redispatch))
        .route("/cases/{number}/sign", post(case_actions::sign))
        .route("/cases/{number}/return", post(case_actions::give_back))
        .route("/cases/{number}/step", post(case_actions::step))
        .route("/cases/{number}/answer", post(case_actions::answer))
        .route("/cases/{number}/send-back", post(case_actions::send_back))
        .route("/cases/{number}/feedback", post(case_actions::feedback))
        .route("/cases/{number}/route", post(case_actions::route))
        .route("/cases/{number}/close", post(case_actions::close))
        .route("/cases/{number}/letters", post(case_letters::issue))
        .route("/cases/{number}/letters/preview", post(case_letters::preview))
        .route("/cases/{number}/do/{action}", post(case_course::act))
        .route("/cases/{number}/points/add", post(case_points::add))
        .route("/cases/{number}/points/{ordinal}/code", post(case_points::code))
        .route("/cases/{number}/points/{ordinal}/drop", post(case_points::take_off))
        .route("/cases/{number}/recuse", post(case_actions::recuse))
        .route("/cases/{number}/reopen", post(case_actions::reopen))
}

/// Supervisors: wallboard, reports.
fn supervisors() -> Router<App> {
    Router::new()
        .route("/recordings/{id}/hold", post(recordings::hold))
        .route("/recordings/{id}/release", post(recordings::release))
        .route("/audit", get(audit::show))
        .route("/audit/csv", get(audit::csv))
        .route("/conflicts", get(conflicts::show))
        .route("/mails", get(mails::show))
        .route("/mails/{id}/again", post(mails::again))
        .route("/follow-through", get(follow_through::show))
        .route("/wallboard", get(wallboard::show))
        .route("/wallboard/board", get(wallboard::board))
        .route("/reports", get(reports::show))
        .route("/reports/{name}", get(report::show))
        .route("/reports/{name}/list", get(report::list))
        .route("/reports/{name}/csv", get(report::csv))
        .route("/reports/{name}/json", get(report::json))
}

/// Supervisors and administrators: how calls go through the lines.
fn overseers() -> Router<App> {
    Router::new()
        .route("/people/{id}/interests", post(conflicts::declare))
        .route("/lines", get(line::all))
        .route("/lines/{line}", get(line::show))
        .route("/lines/{line}/picture", get(line::picture))
        .route("/lines/{line}/figures", get(line::figures))
        .route("/lines/{line}/ways", get(line::ways))
}

/// Administrators: accounts.
fn administrators() -> Router<App> {
    Router::new()
        .route("/accounts", get(accounts::show).post(accounts::add))
        .route("/accounts/{id}/password", post(accounts::set_password))
        .route("/accounts/{id}/disable", post(accounts::disable))
        .route("/accounts/{id}/enable", post(accounts::enable))
}
