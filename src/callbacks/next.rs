//! What comes after the attempts made so far: another one at a moment that lies in the window, a person's decision,
//! or the end.

use chrono::{Days, NaiveDate, Timelike};
use chrono_tz::Tz;
use clocks::due::start_of;
use clocks::{Calendar, DaySpan};
use domain::Timestamp;

use crate::ladder::{AfterOutcome, Ladder, Step, Wait};
use crate::window::{Window, next_in};
use crate::words::{AttemptOutcome, DayPart, ParkReason};

/// Minute of the day that parts its halves, between the morning and the afternoon hours of an office.
const NOON: u16 = 13 * 60;
/// Minute of the day at which the evening begins.
const EVENING: u16 = 17 * 60;
const MIDNIGHT: u16 = 24 * 60;

/// One attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// When the telephone really rang, by the provider's word; none while it has not. Waits count from here, not
    /// from when the attempt was queued.
    pub dialled_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// None while it is under way.
    pub outcome: Option<AttemptOutcome>,
}

/// What the decision needs beside the attempts.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub ladder: &'a Ladder,
    pub window: &'a Window,
    pub calendar: &'a Calendar,
    /// The zone of the person called.
    pub zone: Tz,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// An attempt at this moment.
    At(Timestamp),
    /// An attempt is under way; no second one beside it.
    Ongoing,
    /// A person must look at it.
    Parked(ParkReason),
    /// Enough attempts in vain: close by the rule for those who cannot be reached.
    Exhausted,
    /// The conversation took place, or the person does not want it.
    Done,
}

/// How many attempts count.
pub fn dials(attempts: &[Attempt]) -> usize {
    attempts.iter().filter(|attempt| attempt.outcome.is_some_and(AttemptOutcome::is_dial)).count()
}

/// What comes after `attempts`, in the order they were made. `promised_at` is when the callback was promised.
pub fn next_attempt(plan: &Plan<'_>, promised_at: Timestamp, attempts: &[Attempt], now: Timestamp) -> Next {
    let Some(last) = attempts.last() else {
        return plan.at(plan.ladder.first, promised_at, now);
    };
    let Some(outcome) = last.outcome else {
        return Next::Ongoing;
    };
    match outcome {
        AttemptOutcome::Reached | AttemptOutcome::ReachedInbound | AttemptOutcome::Refused => {
            return Next::Done;
        }
        AttemptOutcome::WrongNumber | AttemptOutcome::InvalidNumber => {
            return Next::Parked(ParkReason::Number);
        }
        AttemptOutcome::Technical | AttemptOutcome::NotDialled => return plan.after_failure(attempts, now),
        _ => {}
    }
    if dials(attempts) >= usize::try_from(plan.ladder.most_dials).unwrap_or(usize::MAX) {
        return Next::Exhausted;
    }
    let rule_of = |outcome| plan.ladder.rule.iter().find(|rule| rule.outcome == outcome);
    // Where nothing is said of it, a message does not change when a machine is called again.
    let machine = (outcome == AttemptOutcome::MessageLeft).then_some(AttemptOutcome::Machine);
    match rule_of(outcome).or_else(|| rule_of(machine?)) {
        None => Next::Parked(ParkReason::NoRule),
        Some(rule) => plan.by_rule(rule, attempts, last, now),
    }
}

impl Plan<'_> {
    fn by_rule(&self, rule: &AfterOutcome, attempts: &[Attempt], last: &Attempt, now: Timestamp) -> Next {
        let machines = [AttemptOutcome::Machine, AttemptOutcome::MessageLeft];
        let same = |attempt: &&Attempt| {
            let outcome = attempt.outcome;
            outcome == Some(rule.outcome)
                || rule.outcome == AttemptOutcome::Machine
                    && outcome.is_some_and(|one| machines.contains(&one))
        };
        let times = attempts.iter().filter(same).count();
        let Some(step) = rule.steps.get(times.saturating_sub(1)).or(rule.steps.last()) else {
            return Next::Parked(ParkReason::NoRule);
        };
        let dialled = last.dialled_at.or(last.ended_at).unwrap_or(now);
        let day = dialled.service_day(self.zone);
        let on_day =
            |attempt: &&Attempt| attempt.dialled_at.is_some_and(|at| at.service_day(self.zone) == day);
        let today = attempts.iter().filter(same).filter(on_day).count();
        let full = rule.most_per_day.is_some_and(|most| today >= usize::try_from(most).unwrap_or(usize::MAX));
        let step = if full && matches!(step.after, Wait::Minutes(_)) {
            Step { after: Wait::Days(1), ..*step }
        } else {
            *step
        };
        self.at(step, dialled, last.ended_at.map_or(now, |ended| ended.max(now)))
    }

    fn after_failure(&self, attempts: &[Attempt], now: Timestamp) -> Next {
        let failed = |attempt: &&Attempt| {
            matches!(attempt.outcome, Some(AttemptOutcome::Technical | AttemptOutcome::NotDialled))
        };
        let in_a_row = attempts.iter().rev().take_while(failed).count();
        if in_a_row >= usize::try_from(self.ladder.most_failures).unwrap_or(usize::MAX) {
            return Next::Parked(ParkReason::Technical);
        }
        let ended = attempts.last().and_then(|last| last.ended_at).unwrap_or(now);
        self.at(Step { after: self.ladder.after_failure, part: DayPart::Any }, ended, now)
    }

    /// The first allowed moment that is a step after `base` and not before `now`.
    fn at(&self, step: Step, base: Timestamp, now: Timestamp) -> Next {
        let wanted = match step.after {
            Wait::Minutes(minutes) => base.plus_seconds(i64::from(minutes) * 60),
            Wait::Days(days) => self.days_after(base, days),
        };
        let from = wanted.max(now);
        let parts = self.parts(step.part, base);
        let find = |parts: &[DaySpan]| next_in(self.window, parts, from, self.calendar, self.zone);
        // A part of the day that the window never reaches is a wish that cannot be met, not a reason to stop.
        let moment = find(&parts).or_else(|| find(&[]));
        moment.map_or(Next::Parked(ParkReason::NoWindow), Next::At)
    }

    fn days_after(&self, base: Timestamp, days: u32) -> Timestamp {
        let day = base.service_day(self.zone);
        let later: Option<NaiveDate> = day.checked_add_days(Days::new(u64::from(days)));
        later.map_or(base, |later| start_of(later, self.zone).max(base))
    }

    fn parts(&self, part: DayPart, base: Timestamp) -> Vec<DaySpan> {
        let morning = base.local(self.zone).hour() < u32::from(NOON / 60);
        match part {
            DayPart::Any => Vec::new(),
            DayPart::Evening => vec![DaySpan { from: EVENING, until: MIDNIGHT }],
            DayPart::OtherHalf if morning => vec![DaySpan { from: NOON, until: MIDNIGHT }],
            DayPart::OtherHalf => vec![DaySpan { from: 0, until: NOON }],
        }
    }
}

#[cfg(test)]
#[path = "next_tests.rs"]
mod tests;
