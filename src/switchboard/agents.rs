//! Agents' states: what an agent does at the desk, and what a call does to an agent.

use domain::{CallId, OfferId, PersonId};
use queueing::{AgentMove, AgentState};
use store::Tx;
use store::agents::Agent;
use store::offers::OfferState;

use crate::offering::{self, Change};
use crate::rights::{self, Desk};
use crate::{Error, Result, Switchboard};

/// Whether somebody in this state will answer callers before long.
pub(crate) fn counts_as_there(state: AgentState) -> bool {
    use AgentState::{Ready, Ringing, Talking, WrapUp};
    matches!(state, Ready | Ringing | Talking | WrapUp)
}

/// Moves an agent. A move that does not exist from the present state changes nothing: a late hook must not throw
/// an agent out of the next conversation.
pub(crate) fn advance(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    person: &PersonId,
    by: AgentMove,
) -> Result<()> {
    let before = present(tx, change, person)?;
    if let Ok(state) = before.state.after(by) {
        settle(tx, change, &before, state)?;
    }
    Ok(())
}

/// The agent's telephone rings for an offer.
pub(crate) fn ring(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    person: &PersonId,
    offer: &OfferId,
    call: &CallId,
) -> Result<()> {
    let before = present(tx, change, person)?;
    let state = before.state.after(AgentMove::Offered).map_err(illegal)?;
    let mut after = next(&before, state, change);
    (after.offer, after.call) = (Some(offer.clone()), Some(call.clone()));
    store::agents::change(tx, Some(&before), &after)?;
    change.at_desk_of(person);
    Ok(())
}

/// The agent's telephone is about to ring for a colleague: nobody is offered there meanwhile.
pub(crate) fn engage(tx: &mut Tx<'_>, change: &mut Change<'_>, person: &PersonId) -> Result<()> {
    let before = present(tx, change, person)?;
    let state = before.state.after(AgentMove::Dialled).map_err(illegal)?;
    let after = Agent { call: None, ..next(&before, state, change) };
    store::agents::change(tx, Some(&before), &after)?;
    change.at_desk_of(person);
    Ok(())
}

/// The agent talks on `call`, brought to it by a colleague.
pub(crate) fn take_part(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    person: &PersonId,
    call: &CallId,
) -> Result<()> {
    let before = present(tx, change, person)?;
    let state = before.state.after(AgentMove::Dialled).unwrap_or(before.state);
    if state == AgentState::Talking && before.call.as_ref() != Some(call) {
        let mut after = next(&before, state, change);
        after.call = Some(call.clone());
        store::agents::change(tx, Some(&before), &after)?;
        change.at_desk_of(person);
    }
    Ok(())
}

fn present(tx: &mut Tx<'_>, change: &Change<'_>, person: &PersonId) -> Result<Agent> {
    let never = || Agent {
        person: person.clone(),
        state: AgentState::Offline,
        reason: None,
        since: change.now,
        idle_since: change.now,
        offer: None,
        call: None,
    };
    Ok(store::agents::find(tx, person)?.unwrap_or_else(never))
}

fn settle(tx: &mut Tx<'_>, change: &mut Change<'_>, before: &Agent, state: AgentState) -> Result<()> {
    let after = next(before, state, change);
    store::agents::change(tx, Some(before), &after)?;
    change.at_desk_of(&before.person);
    Ok(())
}

/// The row after a move. The call stays with the agent until the record is wrapped up; idle time begins anew only
/// with a conversation, or with coming to the desk.
fn next(before: &Agent, state: AgentState, change: &Change<'_>) -> Agent {
    use AgentState::{Break, NotResponding, Offline, Ready, Talking, WrapUp};
    let stays = before.state == state;
    let fresh =
        before.state == Talking || matches!((before.state, state), (Offline | Break | NotResponding, Ready));
    Agent {
        person: before.person.clone(),
        state,
        reason: None,
        since: if stays { before.since } else { change.now },
        idle_since: if fresh { change.now } else { before.idle_since },
        offer: None,
        call: before.call.clone().filter(|_| matches!(state, Talking | WrapUp)),
    }
}

fn illegal(_: queueing::IllegalMove) -> Error {
    Error::refused("refused-agent-move")
}

impl Switchboard {
    /// What the agent is doing.
    pub(crate) async fn agent(&self, person: &PersonId) -> Result<Agent> {
        let (id, now, house) = (person.clone(), self.now(), self.house.clone());
        self.store.read(move |tx| present(tx, &Change::new(&house, now), &id)).await
    }
}

impl Desk<rights::Agent> {
    /// Ready for the next caller. Whoever waits longest is offered at once.
    pub async fn go_ready(&self) -> Result<()> {
        if self.person().phone.is_none() {
            return Err(Error::refused("refused-no-phone"));
        }
        self.act(AgentMove::GoReady, None).await?;
        self.board.fetch_waiting().await
    }

    /// A break, with a reason in a few words.
    pub async fn take_break(&self, reason: &str) -> Result<()> {
        let reason: String = reason.trim().chars().take(100).collect();
        self.act(AgentMove::TakeBreak, Some(reason).filter(|reason| !reason.is_empty())).await
    }

    /// Leaves the queue.
    pub async fn go_offline(&self) -> Result<()> {
        self.act(AgentMove::GoOffline, None).await
    }

    /// Turns down the caller who rings; he goes to the next agent, this one has a break.
    pub async fn decline(&self) -> Result<()> {
        let (id, now, house) = (self.person().id.clone(), self.board.now(), self.board.house.clone());
        let topics = self
            .board
            .store
            .write(move |tx| -> Result<_> {
                let mut change = Change::new(&house, now);
                let agent = present(tx, &change, &id)?;
                let offer = agent.offer.ok_or_else(|| Error::refused("refused-agent-move"))?;
                let offer = store::offers::find(tx, &offer)?;
                let entry = store::queue::find(tx, &offer.entry)?;
                offering::give_up(tx, &mut change, &entry, OfferState::Declined, AgentMove::Declined)?;
                Ok(change.topics())
            })
            .await?;
        self.board.post(topics);
        self.board.fetch_waiting().await
    }

    async fn act(&self, by: AgentMove, reason: Option<String>) -> Result<()> {
        let (id, now, house) = (self.person().id.clone(), self.board.now(), self.board.house.clone());
        let topics = self
            .board
            .store
            .write(move |tx| -> Result<_> {
                let mut change = Change::new(&house, now);
                let before = present(tx, &change, &id)?;
                let state = before.state.after(by).map_err(illegal)?;
                let mut after = next(&before, state, &change);
                after.reason.clone_from(&reason);
                store::agents::change(tx, Some(&before), &after)?;
                change.at_desk_of(&id);
                Ok(change.topics())
            })
            .await?;
        self.board.post(topics);
        Ok(())
    }
}
