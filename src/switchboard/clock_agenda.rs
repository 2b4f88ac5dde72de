//! When clocks are reckoned: in the transaction that changes a case, when somebody is to be warned, and for every open case when the
//! books (laws, calendars, decrees) are not those of the last reckoning. Each reckoning that moved a limit is logged.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::Ordering::Relaxed;

use clocks::Duty;
use domain::{CaseId, Timestamp};
use store::Tx;
use store::cases::Case;
use store::clocks::{Clock, Reckoned};

use crate::clock_book::{CaseClock, Facts, is_over};
use crate::{House, Result, Switchboard, Topic, clock_past};

/// Looked for so often, in seconds.
const EVERY: i64 = 5;
/// Cases reckoned in one transaction: a new calendar must not hold up callers.
const AT_ONCE: i64 = 100;
/// Where the fingerprint of the books is kept.
const BOOKS: &str = "clock_books";

impl Switchboard {
    /// Reckons what is to be reckoned by now, and tells the lists where something moved.
    pub(crate) async fn tick_clocks(&self) -> Result<()> {
        let now = self.now();
        if now.0 / 1000 % EVERY != 0 {
            return Ok(());
        }
        if !self.pulse.books_compared.swap(true, Relaxed) {
            self.compare_books().await.inspect_err(|_| self.pulse.books_compared.store(false, Relaxed))?;
        }
        let cases = self.store.read(move |tx| to_reckon(tx, now)).await?;
        if cases.is_empty() {
            return Ok(());
        }
        let house = self.house.clone();
        let moved = self
            .store
            .write_later(move |tx| -> Result<bool> {
                let mut moved = false;
                for case in &cases {
                    moved |= reckon(tx, &house, case, now)?;
                }
                Ok(moved)
            })
            .await?;
        if moved {
            self.post(vec![Topic::Cases]);
        }
        Ok(())
    }

    /// Where the books are others than at the last reckoning, every open case is reckoned anew.
    async fn compare_books(&self) -> Result<()> {
        let (print, now) = (fingerprint(&self.house), self.now());
        for calendar in self.house.calendars.iter() {
            if let Some(year) = calendar.missing_year(now.service_day(calendar.zone)) {
                tracing::warn!(
                    calendar = calendar.id,
                    year,
                    "days off are missing, limits that reach into the year are provisional; add them with `hotline calendar import`"
                );
            }
        }
        self.store
            .write_later(move |tx| -> Result<()> {
                if store::settings::read(tx, BOOKS)?.as_ref() != Some(&print) {
                    store::clocks::unsettle_all(tx)?;
                    store::settings::write(tx, BOOKS, &print)?;
                }
                Ok(())
            })
            .await
    }
}

/// What tells one edition of the books from another.
fn fingerprint(house: &House) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{:?}{:?}{:?}", house.laws, house.calendars, house.decrees).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn to_reckon(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<CaseId>> {
    let mut cases = store::clocks::unsettled(tx, AT_ONCE)?;
    cases.extend(store::clocks::closed_since(tx, AT_ONCE)?);
    cases.extend(store::clocks::to_warn(tx, now, AT_ONCE)?);
    cases.sort();
    cases.dedup();
    Ok(cases)
}

/// Reckons the clocks of one case; whether a list shows something else now.
pub(crate) fn reckon(tx: &mut Tx<'_>, house: &House, id: &CaseId, now: Timestamp) -> Result<bool> {
    let mut case = store::cases::get(tx, id)?;
    let books = store::clocks::settled_version(tx, id)?.is_some_and(|version| version < 0);
    let cause = if books { "books" } else { "history" };
    let stored = store::clocks::of_case(tx, id)?;
    let clocks = if is_over(&case) {
        Vec::new()
    } else {
        let dispatches = store::dispatches::of_case(tx, id)?;
        let events = store::case_events::of_case(tx, id)?;
        let past = clock_past::read(tx, house, &events, now)?;
        Facts { house, case: &case, dispatches: &dispatches, events: &events, past: &past, now }.clocks()
    };
    let rows: Vec<Clock> = clocks.iter().map(|clock| row(&case, clock, now)).collect();
    let same = |one: &Clock, other: &Clock| one.duty == other.duty && one.subject == other.subject;
    for gone in stored.iter().filter(|old| !rows.iter().any(|new| same(old, new))) {
        store::clocks::remove(tx, gone)?;
    }
    for new in &rows {
        let old = stored.iter().find(|old| same(old, new));
        if old != Some(new) {
            store::clocks::put(tx, new)?;
            log(tx, old, new, cause, now)?;
        }
    }
    let limited = !is_over(&case) && limit(tx, &mut case, &clocks)?;
    store::clocks::settle(tx, &case)?;
    Ok(limited || rows != stored)
}

fn row(case: &Case, clock: &CaseClock, now: Timestamp) -> Clock {
    let due = clock.due.as_ref();
    let paused = due.is_some_and(|due| due.paused) && clock.met_at.is_none();
    let runs = clock.met_at.is_none() && !paused;
    let warned = clock.warnings.iter().rfind(|warning| runs && warning.at <= now);
    let next = clock.warnings.iter().find(|warning| runs && warning.at > now);
    Clock {
        case: case.id.clone(),
        duty: clock.duty.as_str().to_owned(),
        subject: clock.subject.clone(),
        law: due.map(|due| due.law.clone()).unwrap_or_default(),
        start_at: clock.start_at,
        due_at: clock.due_at,
        provisional: due.is_some_and(|due| due.provisional),
        paused,
        met_at: clock.met_at,
        warned: warned.map_or(0, |warning| i64::from(warning.percent)),
        warn_at: next.map(|warning| warning.at),
        next_percent: next.map_or(0, |warning| i64::from(warning.percent)),
    }
}

/// Logs a clock that is new, moved, or counted by another law. One that stands still moves with every look at it.
fn log(tx: &mut Tx<'_>, old: Option<&Clock>, new: &Clock, cause: &str, now: Timestamp) -> Result<()> {
    let moved = old.is_none_or(|old| {
        (old.due_at != new.due_at && !(old.paused && new.paused))
            || old.law != new.law
            || old.provisional != new.provisional
    });
    if !moved {
        return Ok(());
    }
    let line = Reckoned {
        case: new.case.clone(),
        at: now,
        duty: new.duty.clone(),
        subject: new.subject.clone(),
        law: new.law.clone(),
        cause: cause.to_owned(),
        due_before: old.map(|old| old.due_at),
        due_after: new.due_at,
        provisional: new.provisional,
    };
    Ok(store::clocks::log(tx, &line)?)
}

/// The answer's clock is the limit by which lists are ordered; while it stands still there is none.
fn limit(tx: &mut Tx<'_>, case: &mut Case, clocks: &[CaseClock]) -> Result<bool> {
    let answer = clocks.iter().find(|clock| clock.duty == Duty::Answer);
    let due = answer.and_then(|answer| answer.due.as_ref());
    let due_at = due.filter(|due| !due.paused || case.answered_at.is_some()).map(|due| due.due_at);
    // The case's own law stays: when they are parted again, it is counted by it.
    let own = answer.filter(|answer| !answer.taken_over).and(due);
    let law = own.map(|due| due.law.clone()).or_else(|| case.law.clone());
    if due_at == case.due_at && law == case.law {
        return Ok(false);
    }
    case.due_at = due_at;
    case.law = law;
    store::clocks::set_due(tx, case)?;
    Ok(true)
}
