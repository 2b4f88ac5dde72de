//! The wallboard: six tiles, each with its target and a word for how it stands.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use switchboard::reports::figures::{Cell, Column, Targets, Words};
use switchboard::standby::mode::Mode;
use switchboard::wallboard::Wallboard;

use super::report_table::verdict;
use super::reports::target_of;
use crate::auth::SupervisorDesk;
use crate::live::{Suspended, suspended};
use crate::page::{Page, html};
use crate::report_words::Speaker;
use crate::{App, Result};

#[derive(Template)]
#[template(path = "wallboard.html", blocks = ["board"])]
struct BoardView {
    page: Page,
    as_of: String,
    waiting: u64,
    /// Milliseconds since 1970 at which the longest wait began, and the seconds it lasts by now.
    longest: Option<(i64, i64)>,
    longest_fine: bool,
    rates: Vec<Rate>,
    agents: Vec<(String, i64)>,
    callbacks_due: i64,
    callbacks_fine: bool,
    sounds_troubled: i64,
    corrections_overdue: i64,
    preserves_overdue: i64,
    /// Calendars that lack a year, in words.
    calendars: Vec<String>,
    /// How the house stands: its mode, whether all is well, since when and until when in milliseconds since 1970.
    mode: &'static str,
    calm: bool,
    since: i64,
    journalled: u64,
    drill_until: i64,
    /// Providers that keep failing.
    suspended: Vec<Suspended>,
}

/// A share of the day and of the half hour.
struct Rate {
    id: &'static str,
    title: String,
    formula: String,
    target: String,
    today: String,
    today_of: String,
    half_hour: String,
    /// Class and word.
    verdict: (&'static str, String),
}

/// The whole screen.
pub async fn show(at: SupervisorDesk, State(app): State<App>) -> Result<Response> {
    html(&prepare(at, &app).await?)
}

/// The tiles alone, fetched anew after a notice.
pub async fn board(at: SupervisorDesk, State(app): State<App>) -> Result<Response> {
    html(&prepare(at, &app).await?.as_board())
}

async fn prepare(at: SupervisorDesk, app: &App) -> Result<BoardView> {
    let board = at.desk.wallboard().await?;
    let targets = &at.desk.house().targets;
    let words = Speaker::new(at.page.lang(), targets);
    let seconds = |since: domain::Timestamp| board.as_of.seconds_since(since);
    let longest = board.waiting_since.map(|since| (since.0, seconds(since)));
    let agents = board.agents.iter().map(|(state, count)| (at.page.tc("wallboard-agent", state), *count));
    let rates = ["quick-rate", "connect-rate", "abandoned-rate"];
    Ok(BoardView {
        as_of: at.page.hour(&board.as_of),
        waiting: board.waiting,
        longest,
        longest_fine: longest.is_none_or(|(_, seconds)| seconds <= targets.telephone.answer_seconds),
        rates: rates.into_iter().filter_map(|id| rate(id, &board, targets, &words)).collect(),
        agents: agents.collect(),
        callbacks_due: board.callbacks_due,
        callbacks_fine: board.callbacks_due == 0,
        sounds_troubled: board.sounds_troubled,
        corrections_overdue: board.corrections_overdue,
        preserves_overdue: board.preserves_overdue,
        calendars: board.calendars_missing.iter().map(|(id, year)| format!("{id} {year}")).collect(),
        mode: board.condition.mode.as_str(),
        calm: board.condition.mode == Mode::Normal && board.condition.waiting == 0,
        since: board.condition.since.map_or(0, |since| since.0),
        journalled: board.condition.waiting,
        drill_until: board.condition.drill.map_or(0, |drill| drill.until.0),
        suspended: suspended(&app.switchboard, &at.page),
        page: at.page,
    })
}

fn rate(id: &'static str, board: &Wallboard, targets: &Targets, words: &Speaker) -> Option<Rate> {
    let column = Column::figure(id, true);
    let today: &Cell = board.today(id)?;
    let parts = today.parts(words, board.zone);
    let unknown = || ("", words.say("report-target-none", &[]));
    Some(Rate {
        id,
        title: column.title.say(words),
        formula: words.say(&format!("figure-{id}-formula"), &[]),
        target: target_of(id, targets, words),
        today: parts.first().cloned().unwrap_or_default(),
        today_of: parts.get(1..).unwrap_or_default().join("/"),
        half_hour: board.half_hour(id)?.parts(words, board.zone).into_iter().next().unwrap_or_default(),
        verdict: verdict(&column, today, targets, words).unwrap_or_else(unknown),
    })
}
