//! What happened to a clock besides the law: when it stood still and why, and what was granted on top.
//!
//! The ledger belongs to the case and not to the law. It keeps every pause, also one that the law of today does
//! not know; when the law changes, the same ledger is counted by the new one, so no pause is lost.

use domain::{Timestamp, codes};
use serde::{Deserialize, Serialize};

use crate::law::{Duty, Law};

codes! {
    /// Why a clock stands still. Which reasons count stands with each law (`pauses`).
    pub enum PauseReason, "reason of a pause" {
        /// Asked the complainant for something without which nobody can go on.
        AwaitingComplainant = "awaiting_complainant",
        /// Asked somebody outside for evidence.
        AwaitingEvidence = "awaiting_evidence",
        /// An expert appraisal is under way (鉴定).
        Appraisal = "appraisal",
        /// A court, a mediation or another authority has the matter.
        OtherProceedings = "other_proceedings",
        /// Both sides agreed to wait.
        Agreed = "agreed",
        /// Nobody could have worked.
        ForceMajeure = "force_majeure",
    }
}

/// A time in which the clock stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Timestamp,
    /// The moment it ran on; none while it stands still.
    pub until: Option<Timestamp>,
    pub reason: PauseReason,
}

/// Units granted on top of the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// What was extended; clocks of the same family go with it, see [`Duty::same_family`].
    pub duty: Duty,
    /// How much, in the unit of the law.
    pub units: u32,
    /// When it was approved.
    pub at: Timestamp,
    /// The id of the person who approved it.
    pub approved_by: String,
    /// What the complainant is told.
    pub reason: String,
    /// When the complainant was told.
    pub told_at: Option<Timestamp>,
}

/// Every pause and every extension of a case, in the order they happened. Each change is total: a history that
/// resumes a clock that ran is read without complaint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    pub pauses: Vec<Pause>,
    pub extensions: Vec<Extension>,
}

impl Ledger {
    /// Notes that the clock stands still from `at`. The same reason twice is one pause.
    pub fn pause(&mut self, at: Timestamp, reason: PauseReason) {
        if !self.pauses.iter().any(|pause| pause.until.is_none() && pause.reason == reason) {
            self.pauses.push(Pause { from: at, until: None, reason });
        }
    }

    /// Notes that the clock runs on: every open pause ends.
    pub fn resume(&mut self, at: Timestamp) {
        for pause in self.pauses.iter_mut().filter(|pause| pause.until.is_none()) {
            pause.until = Some(at.max(pause.from));
        }
    }

    /// Notes an extension that was approved.
    pub fn extend(&mut self, extension: Extension) {
        self.extensions.push(extension);
    }

    /// The pause that is open, if one is.
    pub fn open_pause(&self) -> Option<&Pause> {
        self.pauses.iter().find(|pause| pause.until.is_none())
    }

    /// Units granted on top of `law`.
    pub fn extended_by(&self, law: &Law) -> u32 {
        let granted = self.extensions.iter().filter(|extension| extension.duty.same_family(law.duty));
        granted.fold(0, |sum, extension| sum.saturating_add(extension.units))
    }

    /// The times in which `law` stands still, joined where they overlap, in order. An open pause ends at `as_of`,
    /// as if the clock ran on there.
    pub(crate) fn still(&self, law: &Law, as_of: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let counts = self.pauses.iter().filter(|pause| law.pauses.contains(&pause.reason));
        let mut spans: Vec<_> = counts
            .map(|pause| (pause.from, pause.until.unwrap_or(as_of)))
            .filter(|(from, until)| from < until)
            .collect();
        spans.sort_unstable();
        joined(spans)
    }
}

/// Spans in order of their start, those that touch made one.
pub(crate) fn joined(spans: Vec<(Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

codes! {
    /// Why an extension is refused.
    pub enum ExtensionRefusal, "refusal of an extension" {
        /// The law knows none.
        NotForeseen = "not_foreseen",
        /// Nothing or less was asked for.
        NoUnits = "no_units",
        /// It was extended as often as may be.
        TooOften = "too_often",
        /// More than the law allows in all.
        TooMuch = "too_much",
        /// The limit is over already.
        TooLate = "too_late",
    }
}

/// Whether `units` more may be granted at `now` under `law`, which falls due at `due_at`.
pub fn may_extend(
    law: &Law,
    ledger: &Ledger,
    units: u32,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<(), ExtensionRefusal> {
    let rule = law.extension.as_ref().ok_or(ExtensionRefusal::NotForeseen)?;
    let times = ledger.extensions.iter().filter(|extension| extension.duty.same_family(law.duty)).count();
    if units == 0 {
        Err(ExtensionRefusal::NoUnits)
    } else if times >= rule.times as usize {
        Err(ExtensionRefusal::TooOften)
    } else if ledger.extended_by(law).saturating_add(units) > rule.count {
        Err(ExtensionRefusal::TooMuch)
    } else if now > due_at {
        Err(ExtensionRefusal::TooLate)
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
