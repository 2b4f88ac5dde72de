//! Probes and metrics: whether the process turns, whether it can take calls, and how it does. No number of
//! a caller and no id ever stands in a label.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use switchboard::standby::mode::{Condition, Mode};

use crate::App;

/// What a hook asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    First,
    Step,
    Status,
    Recording,
    Fallback,
}

const KINDS: [(Kind, &str); 5] = [
    (Kind::First, "first"),
    (Kind::Step, "step"),
    (Kind::Status, "status"),
    (Kind::Recording, "recording"),
    (Kind::Fallback, "fallback"),
];
const CLASSES: [&str; 3] = ["answered", "refused", "failed"];
/// Upper bounds of the histogram, in milliseconds.
const BOUNDS: [u64; 9] = [1, 2, 5, 10, 25, 50, 150, 1_000, 2_500];

/// Hooks counted since start.
#[derive(Debug, Default)]
pub(crate) struct HookCounts {
    answers: [[AtomicU64; CLASSES.len()]; KINDS.len()],
    /// One more than the bounds: what took longer than all of them.
    took: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
    /// Fallback documents, by the code that the provider gave.
    codes: Mutex<BTreeMap<u32, u64>>,
}

/// Codes that are counted apart; whatever comes beyond them is counted as 0.
const MOST_CODES: usize = 64;

impl HookCounts {
    /// Counts one hook.
    pub(crate) fn count(&self, kind: Kind, status: StatusCode, took: Duration) {
        let class = if status.is_success() { 0 } else { 1 + usize::from(status.is_server_error()) };
        self.answers[kind as usize][class].fetch_add(1, Relaxed);
        let place =
            BOUNDS.iter().position(|bound| took <= Duration::from_millis(*bound)).unwrap_or(BOUNDS.len());
        self.took[place].fetch_add(1, Relaxed);
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Counts one fallback document; 0 where the provider gave no code.
    pub(crate) fn count_code(&self, code: u32) {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let code = if codes.len() < MOST_CODES || codes.contains_key(&code) { code } else { 0 };
        *codes.entry(code).or_default() += 1;
    }

    fn write_codes(&self, out: &mut String) -> std::fmt::Result {
        let name = "hotline_fallbacks_total";
        head(out, name, "counter", "Fallback documents, by the provider's error code.")?;
        for (code, count) in self.codes.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            writeln!(out, "{name}{{code=\"{code}\"}} {count}")?;
        }
        Ok(())
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        head(
            out,
            "hotline_hooks_total",
            "counter",
            "Hooks of providers, by what they asked for and how they ended.",
        )?;
        for (kind, name) in KINDS {
            for (class, counter) in CLASSES.iter().zip(&self.answers[kind as usize]) {
                let count = counter.load(Relaxed);
                writeln!(out, "hotline_hooks_total{{kind=\"{name}\",result=\"{class}\"}} {count}")?;
            }
        }
        let name = "hotline_webhook_duration_seconds";
        head(out, name, "histogram", "Time from a hook's headers to our answer.")?;
        let mut count = 0;
        for (bound, bucket) in BOUNDS.iter().zip(&self.took) {
            count += bucket.load(Relaxed);
            let seconds = Duration::from_millis(*bound).as_secs_f64();
            writeln!(out, "{name}_bucket{{le=\"{seconds}\"}} {count}")?;
        }
        count += self.took[BOUNDS.len()].load(Relaxed);
        writeln!(out, "{name}_bucket{{le=\"+Inf\"}} {count}")?;
        let sum = Duration::from_micros(self.microseconds.load(Relaxed)).as_secs_f64();
        writeln!(out, "{name}_sum {sum}\n{name}_count {count}")
    }
}

/// The process turns.
pub(crate) async fn livez() -> &'static str {
    "ok\n"
}

/// It can take calls: with its store, or, degraded, with its journal.
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    let condition = app.switchboard.condition();
    match condition.mode {
        Mode::Normal => {}
        Mode::Journal => return degraded(StatusCode::OK, condition),
        Mode::Static => return degraded(StatusCode::SERVICE_UNAVAILABLE, condition),
    }
    let asked = tokio::time::timeout(Duration::from_secs(2), app.switchboard.ready()).await;
    match asked {
        Ok(Ok(())) => "ok\n".into_response(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store is too slow\n").into_response(),
    }
}

fn degraded(status: StatusCode, condition: Condition) -> Response {
    let drill = if condition.drill.is_some() { " (a drill)" } else { "" };
    let (mode, waiting) = (condition.mode.as_str(), condition.waiting);
    (status, format!("degraded: {mode}{drill}, {waiting} records wait for the store\n")).into_response()
}

/// Prometheus text.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let mut out = String::with_capacity(4096);
    // Writing to a text cannot fail.
    let _written = app.hooks.write(&mut out);
    let _written = app.hooks.write_codes(&mut out);
    let own = app.switchboard.own_pulse();
    let _written = write_own(&mut out, own);
    let _written = write_calls(&mut out, &app.switchboard);
    // A store that is given up is not waited for.
    let pulse = match own.condition.mode {
        Mode::Normal => tokio::time::timeout(Duration::from_secs(2), app.switchboard.pulse()).await.ok(),
        Mode::Journal | Mode::Static => None,
    };
    let pulse = pulse.and_then(Result::ok);
    let _written = write_pulse(&mut out, pulse);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], out).into_response()
}

/// The calls we place: refusals of our own, and how we stand with the providers.
fn write_calls(out: &mut String, board: &switchboard::Switchboard) -> std::fmt::Result {
    let name = "hotline_calls_denied_total";
    head(out, name, "counter", "Calls that were not placed, by the rule that forbids them.")?;
    for (reason, count) in board.calls_denied() {
        writeln!(out, "{name}{{reason=\"{reason}\"}} {count}")?;
    }
    let name = "hotline_calendar_year_missing";
    head(
        out,
        name,
        "gauge",
        "The year whose days off are missing in a calendar though they should be known.",
    )?;
    for (calendar, year) in board.calendars_missing() {
        writeln!(out, "{name}{{calendar=\"{calendar}\"}} {year}")?;
    }
    let name = "hotline_provider_circuit";
    head(out, name, "gauge", "How we stand with a provider that was asked for calls; 1 where it is so.")?;
    for stand in board.circuits() {
        let provider = &stand.provider;
        for one in switchboard::ports::CircuitState::ALL {
            let (word, on) = (one.as_str(), u8::from(one == stand.state));
            writeln!(out, "{name}{{provider=\"{provider}\",state=\"{word}\"}} {on}")?;
        }
    }
    Ok(())
}

fn write_own(out: &mut String, own: switchboard::OwnPulse) -> std::fmt::Result {
    let condition = own.condition;
    let name = "hotline_degraded";
    head(
        out,
        name,
        "gauge",
        "Whether the house goes on with less than its store, and whether that is a drill.",
    )?;
    for mode in [Mode::Journal, Mode::Static] {
        let (reason, on) = (mode.as_str(), u8::from(condition.mode == mode));
        writeln!(out, "{name}{{reason=\"{reason}\"}} {on}")?;
    }
    writeln!(out, "{name}{{reason=\"drill\"}} {}", u8::from(condition.drill.is_some()))?;
    let since =
        condition.since.map_or(0.0, |since| Duration::from_millis(since.0.unsigned_abs()).as_secs_f64());
    for (name, kind, about, value) in [
        (
            "hotline_degraded_since_seconds",
            "gauge",
            "Since when, in seconds since 1970; 0: it is not.",
            since,
        ),
        (
            "hotline_journal_waiting",
            "gauge",
            "Journalled records that wait for the store.",
            whole(condition.waiting),
        ),
        ("hotline_journal_records_total", "counter", "Records journalled.", whole(own.journalled)),
        (
            "hotline_journal_taken_over_total",
            "counter",
            "Records that the store took over.",
            whole(own.taken_over),
        ),
        (
            "hotline_journal_set_aside_total",
            "counter",
            "Records that could not be taken over.",
            whole(own.set_aside),
        ),
        (
            "hotline_static_replies_total",
            "counter",
            "Callers who heard the fixed answer.",
            whole(own.static_replies),
        ),
        ("hotline_apologies_total", "counter", "Callers who heard the apology.", whole(own.apologies)),
    ] {
        single(out, name, kind, about, value)?;
    }
    Ok(())
}

fn write_pulse(out: &mut String, pulse: Option<switchboard::Pulse>) -> std::fmt::Result {
    single(
        out,
        "hotline_store_up",
        "gauge",
        "Whether the store answered.",
        f64::from(u8::from(pulse.is_some())),
    )?;
    let Some(pulse) = pulse else { return Ok(()) };
    let store = pulse.store;
    let busy = Duration::from_nanos(store.busy_nanoseconds).as_secs_f64();
    for (name, kind, about, value) in [
        ("hotline_calls_in_progress", "gauge", "Calls that have not ended.", f64::from(pulse.calls_open)),
        (
            "hotline_callers_waiting",
            "gauge",
            "Callers waiting for an agent.",
            f64::from(pulse.callers_waiting),
        ),
        (
            "hotline_corrections_overdue",
            "gauge",
            "Corrective actions whose check is overdue.",
            pulse.corrections_overdue as f64,
        ),
        (
            "hotline_preservations_overdue",
            "gauge",
            "Requests to preserve evidence that nobody answered in time.",
            pulse.preserves_overdue as f64,
        ),
        (
            "hotline_events_duplicate_total",
            "counter",
            "Hooks that had been answered before.",
            whole(pulse.repeated),
        ),
        ("hotline_store_commits_total", "counter", "Transactions written.", whole(store.groups)),
        ("hotline_store_jobs_total", "counter", "Jobs in those transactions.", whole(store.jobs)),
        ("hotline_store_commit_seconds_total", "counter", "Time spent on those transactions.", busy),
        ("hotline_store_queue_depth", "gauge", "Jobs that wait to be written.", count(store.waiting_callers)),
        (
            "hotline_store_later_depth",
            "gauge",
            "Housekeeping that waits to be written.",
            count(store.waiting_later),
        ),
        ("hotline_store_reads_depth", "gauge", "Reads that wait.", count(store.waiting_reads)),
    ] {
        single(out, name, kind, about, value)?;
    }
    Ok(())
}

fn whole(number: u64) -> f64 {
    // Beyond 2^53 the last digits are lost; a counter of hooks does not get there.
    number as f64
}

fn count(number: usize) -> f64 {
    whole(number as u64)
}

fn head(out: &mut String, name: &str, kind: &str, about: &str) -> std::fmt::Result {
    writeln!(out, "# HELP {name} {about}\n# TYPE {name} {kind}")
}

fn single(out: &mut String, name: &str, kind: &str, about: &str, value: f64) -> std::fmt::Result {
    head(out, name, kind, about)?;
    writeln!(out, "{name} {value}")
}
