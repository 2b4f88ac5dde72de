//! Rooms whose caller or agent has left, or where nobody came: what is to be done is read from the rows, so that it does
//! not matter which hook told it, when, or whether the house was started anew in between.

use domain::{CallId, Timestamp};
use queueing::AgentMove;
use store::Tx;
use store::calls::Call;

use super::acts::{Act, Todo};
use super::live::{Live, complete, requeue};
use super::{RING_SECONDS, fail};
use crate::offering::Change;
use crate::ports::CallFilter;
use crate::{Result, Switchboard, agents, queue};

/// Seconds within which the agent's leg comes to the room, or the two were never parted.
const COMES_WITHIN: i64 = 20;
/// Seconds after which who was asked no longer rings, whatever the provider told.
const RINGS_WITHIN: i64 = RING_SECONDS as i64 + 30;

/// What has happened to a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    CallerGone,
    /// Who held the call hung up.
    HolderGone,
    /// The agent's leg did not come to the room.
    NeverCame,
    /// Nobody told what became of who was asked.
    NobodyCame,
}

impl Switchboard {
    /// Looks after every room of a live call.
    pub async fn settle_rooms(&self) -> Result<()> {
        let now = self.now();
        let due = self
            .store
            .read(move |tx| -> Result<Vec<CallId>> {
                let mut due = Vec::new();
                for room in store::call_rooms::open_rooms(tx)? {
                    let live = Live::load(tx, &room.call)?;
                    if look(tx, &live, now)? != Found::Nothing {
                        due.push(room.call);
                    }
                }
                Ok(due)
            })
            .await?;
        for call in due {
            self.settle_call(&call).await?;
        }
        Ok(())
    }

    /// Looks after the room of one call.
    pub(crate) async fn settle_call(&self, call: &CallId) -> Result<()> {
        let (house, now, id) = (self.house.clone(), self.now(), call.clone());
        let (Todo { call, acts, topics }, seek) = self
            .store
            .write(move |tx| -> Result<(Todo, Option<CallFilter>)> {
                let mut change = Change::new(&house, now);
                let mut live = Live::load(tx, &id)?;
                let found = look(tx, &live, now)?;
                let seek = (found == Found::NobodyCame).then(|| wanted(&house, &live)).flatten();
                let acts = settle(tx, &mut change, &mut live, found)?;
                Ok((Todo { call: live.call, acts, topics: change.topics() }, seek))
            })
            .await?;
        self.post(topics);
        for act in acts {
            if let Err(error) = self.carry(&call, vec![act]).await {
                tracing::warn!(%error, "a leg was not settled");
            }
        }
        if let Some(filter) = seek {
            self.end_wanted(&call, &filter).await;
        }
        Ok(())
    }

    /// A call that was perhaps placed must not go on ringing when nobody wants it any more.
    async fn end_wanted(&self, call: &Call, filter: &CallFilter) {
        let listed = match self.carrier.find(&call.provider, filter).await {
            Ok(listed) => listed.unwrap_or_default(),
            Err(error) => return tracing::warn!(%error, "calls to who was asked could not be listed"),
        };
        let since = filter.since;
        let ours = listed.into_iter().filter(|one| {
            Some(&one.provider_call_id) == filter.wanted_id.as_ref()
                || one.to == filter.to && one.placed_at.is_some_and(|at| at >= since)
        });
        for one in ours.filter(|one| one.status.is_none_or(|status| !status.is_end())) {
            if let Err(error) = self.carrier.end(&call.provider, &one.provider_call_id).await {
                tracing::warn!(%error, "a call that nobody wants was not ended");
            }
        }
    }
}

fn look(tx: &mut Tx<'_>, live: &Live, now: Timestamp) -> Result<Found> {
    let Some(room) = &live.room else { return Ok(Found::Nothing) };
    if live.call.ended_at.is_some() {
        return Ok(Found::CallerGone);
    }
    if room.caller == "away" {
        return Ok(Found::Nothing);
    }
    let over = match &room.agent_leg {
        Some(leg) => store::call_legs::is_over(tx, &live.call.provider, leg)?,
        None => false,
    };
    let unanswered = live.other.as_ref().filter(|other| other.answered_at.is_none());
    Ok(if over {
        Found::HolderGone
    } else if room.agent_in_at.is_none() && now.seconds_since(room.opened_at) > COMES_WITHIN {
        Found::NeverCame
    } else if unanswered.is_some_and(|other| now.seconds_since(other.asked_at) > RINGS_WITHIN) {
        Found::NobodyCame
    } else {
        Found::Nothing
    })
}

/// Who was asked without a clear answer, where only the provider's list can tell the call.
fn wanted(house: &crate::House, live: &Live) -> Option<CallFilter> {
    let other = live.other.as_ref().filter(|other| other.leg.is_none())?;
    let line = house.lines.get(&live.call.line)?;
    Some(CallFilter {
        to: other.to.as_str().to_owned(),
        from: line.numbers.first().unwrap_or(&line.fallback_number).as_str().to_owned(),
        since: other.asked_at,
        wanted_id: Some(other.id.as_str().to_owned()),
    })
}

fn settle(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live, found: Found) -> Result<Vec<Act>> {
    match found {
        Found::Nothing => Ok(Vec::new()),
        Found::CallerGone => caller_gone(tx, change, live),
        Found::HolderGone => holder_gone(tx, change, live),
        Found::NeverCame => {
            let acts = drop_other(tx, change, live, "cancelled")?;
            released(tx, change, live, acts)
        }
        Found::NobodyCame => {
            let acts = drop_other(tx, change, live, "no-answer")?;
            let left = live.room.as_ref().is_some_and(|room| room.agent.is_none());
            if !left {
                return Ok(acts);
            }
            requeue(tx, change, &live.call.id)?;
            released(tx, change, live, acts)
        }
    }
}

/// With the caller everybody's reason to be there is gone.
fn caller_gone(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live) -> Result<Vec<Act>> {
    let mut acts = drop_other(tx, change, live, "caller-left")?;
    let Some(mut room) = live.room.take() else { return Ok(acts) };
    if let Some(leg) = room.agent_leg.clone() {
        acts.push(Act::End { leg });
    }
    if let Some(agent) = &room.agent {
        agents::advance(tx, change, agent, AgentMove::HungUp)?;
    }
    room.closed_at = Some(change.now);
    store::call_rooms::update(tx, &room)?;
    Ok(acts)
}

/// Who held the call has hung up: who was asked takes it over, now or on answering; with nobody else it is over.
fn holder_gone(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live) -> Result<Vec<Act>> {
    match &live.other {
        Some(other) if other.answered_at.is_some() => {
            complete(tx, change, live)?;
            let Some(room) = live.room.as_mut().filter(|room| room.caller != "room") else {
                return Ok(Vec::new());
            };
            "room".clone_into(&mut room.caller);
            store::call_rooms::update(tx, room)?;
            Ok(vec![Act::Fetch])
        }
        Some(_) => {
            leave(tx, change, live)?;
            if let Some(mut entry) = queue::latest_entry(tx, &live.call.id)? {
                entry.agent = None;
                store::queue::update(tx, &entry)?;
            }
            Ok(Vec::new())
        }
        None => released(tx, change, live, Vec::new()),
    }
}

/// The caller goes on behind the dial, where the script leads to.
fn released(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    live: &mut Live,
    mut acts: Vec<Act>,
) -> Result<Vec<Act>> {
    leave(tx, change, live)?;
    if let Some(room) = &mut live.room {
        room.closed_at = Some(change.now);
        store::call_rooms::update(tx, room)?;
    }
    acts.push(Act::Fetch);
    Ok(acts)
}

fn leave(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live) -> Result<()> {
    let Some(room) = &mut live.room else { return Ok(()) };
    if let Some(agent) = room.agent.take() {
        agents::advance(tx, change, &agent, AgentMove::HungUp)?;
    }
    room.agent_leg = None;
    Ok(store::call_rooms::update(tx, room)?)
}

fn drop_other(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live, outcome: &str) -> Result<Vec<Act>> {
    let Some(other) = live.other.take() else { return Ok(Vec::new()) };
    fail(tx, change, &other.id, outcome)?;
    Ok(other.leg.map(|leg| Act::End { leg }).into_iter().collect())
}
