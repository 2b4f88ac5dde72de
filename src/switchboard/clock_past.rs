//! What a case's clocks are reckoned from besides its own rows: what happened to the clock of the case it was split
//! from, and the clocks of the cases it holds.

use clocks::{Duty, Ledger};
use domain::{CaseId, Timestamp};
use serde_json::Value;
use store::Tx;
use store::case_events::CaseEvent;

use crate::clock_book::{self, Facts};
use crate::{House, Result};

/// Changes that move clocks.
const MOVING: [&str; 4] = ["suspended", "resumed", "extended", "reopened"];

/// The past of a case's clocks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    /// What moved the clock of the case it was split from, up to the split.
    pub(crate) before: Vec<CaseEvent>,
    /// The answer's clocks of the cases it holds: what was promised to their complainants goes on.
    pub(crate) held: Vec<Held>,
}

/// The answer's clock of a case that another holds now.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// When they were merged.
    pub(crate) since: Timestamp,
    pub(crate) start: Timestamp,
    /// Id of its law.
    pub(crate) law: String,
    /// What happened to it until then.
    pub(crate) ledger: Ledger,
}

/// Reads the past of a case with this history.
pub(crate) fn read(tx: &mut Tx<'_>, house: &House, events: &[CaseEvent], now: Timestamp) -> Result<Past> {
    let mut held = Vec::new();
    for (from, since) in absorbed(events) {
        held.extend(of_held(tx, house, &from, since, now)?);
    }
    Ok(Past { before: before(tx, events)?, held })
}

fn text(event: &CaseEvent, name: &str) -> Option<String> {
    let detail: Value = serde_json::from_str(&event.detail).ok()?;
    detail.get(name)?.as_str().map(str::to_owned)
}

/// The cases that it holds, each with the moment of the merger.
fn absorbed(events: &[CaseEvent]) -> Vec<(CaseId, Timestamp)> {
    let mut held: Vec<(CaseId, Timestamp)> = Vec::new();
    for event in events.iter().filter(|event| event.kind == "absorbed" || event.kind == "released") {
        let Some(from) = text(event, "from").map(CaseId::new) else { continue };
        held.retain(|(known, _)| *known != from);
        if event.kind == "absorbed" {
            held.push((from, event.at));
        }
    }
    held
}

fn of_held(
    tx: &mut Tx<'_>,
    house: &House,
    id: &CaseId,
    since: Timestamp,
    now: Timestamp,
) -> Result<Option<Held>> {
    let case = store::cases::get(tx, id)?;
    let events = store::case_events::of_case(tx, id)?;
    let dispatches = store::dispatches::of_case(tx, id)?;
    let past = Past { before: before(tx, &events)?, held: Vec::new() };
    let facts = Facts { house, case: &case, dispatches: &dispatches, events: &events, past: &past, now };
    let answer = facts.clocks().into_iter().find(|clock| clock.duty == Duty::Answer);
    let law = answer.as_ref().and_then(|answer| Some(answer.due.as_ref()?.law.clone()));
    // While it was held, nobody waited for anything on its behalf.
    let mut ledger = clock_book::ledger(past.before.iter().chain(&events));
    ledger.resume(since);
    Ok(answer.zip(law).map(|(answer, law)| Held { since, start: answer.start_at, law, ledger }))
}

/// What moved the clock of the case it was split from: both go on by the old clock.
fn before(tx: &mut Tx<'_>, events: &[CaseEvent]) -> Result<Vec<CaseEvent>> {
    let Some(opened) = events.first().filter(|event| event.kind == "opened") else { return Ok(Vec::new()) };
    let Some(parent) = text(opened, "split_from").map(CaseId::new) else { return Ok(Vec::new()) };
    let parents = store::case_events::of_case(tx, &parent)?;
    let mut all = before(tx, &parents)?;
    let moving = |event: &CaseEvent| event.at <= opened.at && MOVING.contains(&event.kind.as_str());
    all.extend(parents.into_iter().filter(moving));
    Ok(all)
}
