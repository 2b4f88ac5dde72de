//! The calls we owe: one work-list for queue callbacks and follow-ups, and what is done with each.

use callbacks::Next;
pub use callbacks::{AttemptOutcome, CallbackState, Concern, ParkReason, Purpose};
use domain::{AttemptId, CallbackId, PersonId, Timestamp};
use queueing::AgentMove;
use store::Tx;
pub use store::attempts::Attempt;
pub use store::callbacks::Callback;
use store::people::Person;

use crate::callback_end::{End, tell_case};
use crate::messages::{self, MessageFile};
use crate::offering::Change;
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Topic, agents, calling, fresh_id};

/// Most callbacks on the work-list; more than a day's work.
const LONGEST_LIST: i64 = 500;

/// A callback with what the list shows beside it.
#[derive(Debug, Clone)]
pub struct CallbackFile {
    pub callback: Callback,
    /// The case it belongs to: its number and status.
    pub case: Option<store::cases::Case>,
    /// Oldest first.
    pub attempts: Vec<Attempt>,
    pub claimed_by: Option<Person>,
    /// The messages it answers, oldest first.
    pub messages: Vec<MessageFile>,
}

/// What was said in the talk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkResult {
    /// None: not asked, or no answer.
    pub solved: Option<bool>,
    /// 1 (worst) to 5.
    pub satisfaction: Option<u8>,
    pub note: String,
}

impl Desk<Agent> {
    /// Who is to be called, in the order to call.
    pub async fn callbacks_open(&self) -> Result<Vec<CallbackFile>> {
        let person = self.person().clone();
        self.board
            .store
            .read(move |tx| -> Result<_> {
                let open = store::callbacks::open(tx, LONGEST_LIST)?;
                open.into_iter().map(|callback| file(tx, &person, callback)).collect()
            })
            .await
    }

    /// One callback.
    pub async fn callback(&self, id: &CallbackId) -> Result<CallbackFile> {
        let (id, person) = (id.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| -> Result<_> {
                let callback = store::callbacks::get(tx, &id)?;
                file(tx, &person, callback)
            })
            .await
    }

    /// Takes a callback on, so that nobody else calls the same person.
    pub async fn claim_callback(&self, id: &CallbackId) -> Result<()> {
        self.change(id, |tx, _, person, callback, _| claim(tx, callback, &person.id)).await
    }

    /// Hands it back to the others.
    pub async fn release_callback(&self, id: &CallbackId) -> Result<()> {
        self.change(id, |tx, _, person, callback, _| {
            if callback.claimed_by.as_ref() != Some(&person.id) {
                return Err(Error::refused("refused-callback-not-yours"));
            }
            callback.claimed_by = None;
            Ok(store::callbacks::update(tx, callback)?)
        })
        .await
    }

    /// Writes down an attempt made by hand, or how one without a clear answer of the provider went.
    pub async fn log_attempt(&self, id: &CallbackId, outcome: AttemptOutcome, note: &str) -> Result<()> {
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        self.change(id, move |tx, house, person, callback, now| {
            claim(tx, callback, &person.id)?;
            let attempts = store::attempts::of_callback(tx, &callback.id)?;
            match attempts.iter().find(|attempt| attempt.outcome.is_none()) {
                Some(open) => {
                    let mut open = open.clone();
                    open.outcome = Some(outcome.as_str().to_owned());
                    open.ended_at = Some(now);
                    open.note.clone_from(&note);
                    store::attempts::update(tx, &open)?;
                    agents::advance(tx, &mut Change::new(house, now), &open.agent, AgentMove::HungUp)?;
                }
                None => {
                    let by_hand = by_hand(callback, &person.id, attempts.len(), outcome, note.clone(), now);
                    store::attempts::insert(tx, &by_hand)?;
                }
            }
            settle(tx, house, Some(person), callback, now)
        })
        .await
    }

    /// Records what was said once the person was reached. A negative answer to a follow-up reopens the case.
    pub async fn finish_callback(&self, id: &CallbackId, result: TalkResult) -> Result<()> {
        if result.satisfaction.is_some_and(|level| !(1..=5).contains(&level)) {
            return Err(Error::refused("refused-satisfaction"));
        }
        self.change(id, move |tx, house, person, callback, now| {
            claim(tx, callback, &person.id)?;
            let attempts = store::attempts::of_callback(tx, &callback.id)?;
            let reached = [AttemptOutcome::Reached.as_str(), AttemptOutcome::ReachedInbound.as_str()];
            let last = attempts.last().and_then(|last| last.outcome.as_deref());
            if !last.is_some_and(|outcome| reached.contains(&outcome)) {
                return Err(Error::refused("refused-callback-not-reached"));
            }
            callback.outcome = last.map(str::to_owned);
            callback.contacted = Some(true);
            // Only a follow-up asks for them.
            if calling::purpose_of(callback)?.concerns() == Concern::FollowUp {
                callback.solved = result.solved;
                callback.satisfaction = result.satisfaction.map(i64::from);
            }
            callback.note = Some(result.note.trim().to_owned()).filter(|note| !note.is_empty());
            done(tx, callback, Some(person), now)?;
            tell_case(tx, house, Some(person), callback, now, End::Talked)
        })
        .await
    }

    /// Ends a parked callback without having reached anybody; the case may then be closed as such.
    pub async fn give_up_callback(&self, id: &CallbackId, reason: &str) -> Result<()> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::refused("refused-needs-reason"));
        }
        self.change(id, move |tx, house, person, callback, now| {
            if callback.state != "parked" {
                return Err(Error::refused("refused-callback-not-parked"));
            }
            callback.note = Some(reason.clone());
            unreached(tx, house, Some(person), callback, now)
        })
        .await
    }

    /// Changes one open callback in a transaction of its own.
    pub(crate) async fn change<F>(&self, id: &CallbackId, work: F) -> Result<()>
    where
        F: Fn(&mut Tx<'_>, &House, &Person, &mut Callback, Timestamp) -> Result<()> + Send + 'static,
    {
        let (house, person, now, id) =
            (self.board.house.clone(), self.person().clone(), self.now(), id.clone());
        let me = person.id.as_str().to_owned();
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let mut callback = store::callbacks::get(tx, &id)?;
                if callback.done_at.is_some() {
                    return Err(Error::refused("refused-callback-done"));
                }
                work(tx, &house, &person, &mut callback, now)
            })
            .await?;
        for topic in [Topic::Callbacks, Topic::Cases, Topic::Queue, Topic::Desk(me)] {
            self.board.bulletin.post(topic);
        }
        Ok(())
    }
}

fn file(tx: &mut Tx<'_>, person: &Person, callback: Callback) -> Result<CallbackFile> {
    let case = callback.case.as_ref().map(|id| store::cases::get(tx, id)).transpose()?;
    let attempts = store::attempts::of_callback(tx, &callback.id)?;
    let claimed = callback.claimed_by.clone();
    let claimed_by = claimed.map(|id| store::people::find(tx, &id)).transpose()?.flatten();
    let messages = store::messages::of_callback(tx, &callback.id)?.into_iter();
    let messages = messages.map(|message| messages::file(tx, person, message)).collect::<Result<_>>()?;
    Ok(CallbackFile { callback, case, attempts, claimed_by, messages })
}

/// Gives the callback to `agent`, or says that somebody else has it.
pub(crate) fn claim(tx: &mut Tx<'_>, callback: &mut Callback, agent: &PersonId) -> Result<()> {
    store::callbacks::claim(tx, &callback.id, agent).map_err(|error| match error {
        store::Error::Conflict(_) => Error::refused("refused-callback-not-yours"),
        other => other.into(),
    })?;
    callback.claimed_by = Some(agent.clone());
    Ok(())
}

fn by_hand(
    callback: &Callback,
    agent: &PersonId,
    before: usize,
    outcome: AttemptOutcome,
    note: Option<String>,
    now: Timestamp,
) -> Attempt {
    Attempt {
        id: AttemptId::new(fresh_id()),
        callback: callback.id.clone(),
        ordinal: i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1),
        channel: "manual".to_owned(),
        agent: agent.clone(),
        provider_call_id: None,
        intended_at: now,
        dialled_at: outcome.is_dial().then_some(now),
        ended_at: Some(now),
        outcome: Some(outcome.as_str().to_owned()),
        note,
    }
}

/// Makes the callback follow from its attempts: the same attempts, the same state, however often it is done.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    house: &House,
    person: Option<&Person>,
    callback: &mut Callback,
    now: Timestamp,
) -> Result<()> {
    let next = calling::next_of(tx, house, callback, now)?;
    callback.attempts = calling::dials(tx, callback)?;
    callback.outcome = None;
    callback.next_at = None;
    match next {
        Next::At(moment) => {
            callback.next_at = Some(moment);
            callback.state = "due".to_owned();
            callback.claimed_by = None;
        }
        Next::Ongoing => callback.state = "dialling".to_owned(),
        Next::Parked(reason) => {
            callback.state = "parked".to_owned();
            callback.outcome = Some(reason.as_str().to_owned());
            callback.claimed_by = None;
        }
        Next::Exhausted => return unreached(tx, house, person, callback, now),
        Next::Done => return talked(tx, house, person, callback, now),
    }
    Ok(store::callbacks::update(tx, callback)?)
}

/// The talk took place: the agent has yet to write down what was said. Or the person wanted none.
fn talked(
    tx: &mut Tx<'_>,
    house: &House,
    person: Option<&Person>,
    callback: &mut Callback,
    now: Timestamp,
) -> Result<()> {
    let attempts = store::attempts::of_callback(tx, &callback.id)?;
    let last = attempts.last().and_then(|last| last.outcome.clone());
    callback.outcome.clone_from(&last);
    if last.as_deref() != Some(AttemptOutcome::Refused.as_str()) {
        callback.state = "dialling".to_owned();
        return Ok(store::callbacks::update(tx, callback)?);
    }
    callback.contacted = Some(true);
    done(tx, callback, person, now)?;
    tell_case(tx, house, person, callback, now, End::Refused)
}

/// Every attempt was in vain.
fn unreached(
    tx: &mut Tx<'_>,
    house: &House,
    person: Option<&Person>,
    callback: &mut Callback,
    now: Timestamp,
) -> Result<()> {
    callback.outcome = Some("unreached".to_owned());
    callback.contacted = Some(false);
    done(tx, callback, person, now)?;
    tell_case(tx, house, person, callback, now, End::Unreached)
}

fn done(tx: &mut Tx<'_>, callback: &mut Callback, person: Option<&Person>, now: Timestamp) -> Result<()> {
    callback.state = "done".to_owned();
    callback.next_at = None;
    callback.done_at = Some(now);
    callback.done_by = person.map(|person| person.id.clone());
    callback.attempts = calling::dials(tx, callback)?;
    Ok(store::callbacks::update(tx, callback)?)
}
