//! Who is offered to whom: the caller who has waited longest to the agent who has been idle longest, among those
//! who fit. An agent who let this caller ring is asked again only when nobody else fits.

use std::collections::BTreeSet;

use domain::{Language, PersonId, QueueEntryId, Timestamp};
use serde::{Deserialize, Serialize};

/// A caller in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub entry: QueueEntryId,
    /// The moment of first queueing, kept through callbacks and returns: the ordering key.
    pub place_at: Timestamp,
    pub queue: String,
    pub language: Language,
    /// Higher goes first; 0 is ordinary.
    pub priority: i64,
    /// Agents who were offered this caller and did not answer.
    pub missed_by: BTreeSet<PersonId>,
}

/// An agent who is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idle {
    pub agent: PersonId,
    /// Since when without a conversation; the longest idle is asked first.
    pub since: Timestamp,
    /// Queues served; none means all.
    pub queues: Vec<String>,
    /// Languages spoken; none means all.
    pub languages: Vec<Language>,
}

/// The rules of offering, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfferRules {
    /// Seconds an offer rings before it goes to the next agent.
    pub ring_seconds: i64,
    /// Seconds of wrap-up before an agent is ready again without an act of his own; 0 waits for the act.
    pub wrap_up_seconds: i64,
    /// Seconds without a sign of the desk before an agent counts as offline.
    pub lost_sight_seconds: i64,
}

impl Default for OfferRules {
    fn default() -> Self {
        Self { ring_seconds: 20, wrap_up_seconds: 120, lost_sight_seconds: 60 }
    }
}

/// An offer to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub entry: QueueEntryId,
    pub agent: PersonId,
}

impl Idle {
    /// Whether this agent may be offered this caller.
    pub fn serves(&self, caller: &Waiting) -> bool {
        let in_queue = self.queues.is_empty() || self.queues.contains(&caller.queue);
        let speaks = |language: &Language| language.primary() == caller.language.primary();
        in_queue && (self.languages.is_empty() || self.languages.iter().any(speaks))
    }
}

/// Pairs waiting callers with idle agents. No agent and no caller stands in two pairs, and a caller is
/// passed over only by agents who do not serve him.
pub fn assign(waiting: &[Waiting], idle: &[Idle]) -> Vec<Pair> {
    let mut callers: Vec<&Waiting> = waiting.iter().collect();
    callers.sort_by(|a, b| turn(a).cmp(&turn(b)));
    let mut agents: Vec<&Idle> = idle.iter().collect();
    agents.sort_by(|a, b| (a.since, &a.agent).cmp(&(b.since, &b.agent)));
    agents.dedup_by(|a, b| a.agent == b.agent);
    let mut pairs = Vec::new();
    for caller in callers {
        let fits = |agent: &&Idle| agent.serves(caller);
        let untried = agents.iter().position(|agent| fits(agent) && !caller.missed_by.contains(&agent.agent));
        if let Some(place) = untried.or_else(|| agents.iter().position(fits)) {
            pairs.push(Pair { entry: caller.entry.clone(), agent: agents.remove(place).agent.clone() });
        }
    }
    pairs
}

/// The place of `entry` among those waiting in its queue, from 1; none where it does not wait.
pub fn place(waiting: &[Waiting], entry: &QueueEntryId) -> Option<u32> {
    let caller = waiting.iter().find(|caller| caller.entry == *entry)?;
    let before =
        waiting.iter().filter(|other| other.queue == caller.queue && turn(other) < turn(caller)).count();
    u32::try_from(before + 1).ok()
}

/// The order of turns: priority, then place, then entry, so that equal moments have one order on every machine.
fn turn(caller: &Waiting) -> (std::cmp::Reverse<i64>, Timestamp, &QueueEntryId) {
    (std::cmp::Reverse(caller.priority), caller.place_at, &caller.entry)
}

#[cfg(test)]
#[path = "assign_tests.rs"]
mod tests;
