//! A live call with its legs, and the changes that an order or a hook makes of it.

use domain::{CallId, PersonId, Timestamp};
use queueing::{AgentMove, AgentState};
use store::Tx;
use store::call_rooms::Room;
use store::call_transfers::Transfer;
use store::calls::Call;
use store::notes::TurnNumber;
use store::people::Person;
use store::queue::EntryState;

use super::acts::Act;
use super::rules::{CallOrder, Other, Place, Situation};
use crate::offering::Change;
use crate::{Error, House, Result, agents, queue};

/// A call, who is wanted on it, and where its legs are.
pub(super) struct Live {
    pub(super) call: Call,
    /// Nothing while caller and agent are connected by a dial.
    pub(super) room: Option<Room>,
    /// Who else is wanted, without an outcome yet.
    pub(super) other: Option<Transfer>,
}

impl Live {
    pub(super) fn load(tx: &mut Tx<'_>, call: &CallId) -> Result<Self> {
        let room = store::call_rooms::of_call(tx, call)?;
        let other = store::call_transfers::pending(tx, call)?;
        Ok(Self { call: store::calls::by_id(tx, call)?, room, other })
    }

    /// The conversation of this agent, who holds it.
    pub(super) fn in_hand(tx: &mut Tx<'_>, person: &Person) -> Result<Self> {
        let nobody = || Error::refused("refused-control-no-call");
        let agent = store::agents::find(tx, &person.id)?.filter(|agent| agent.state == AgentState::Talking);
        let call = agent.and_then(|agent| agent.call).ok_or_else(nobody)?;
        let live = Self::load(tx, &call)?;
        if live.call.ended_at.is_some() {
            return Err(nobody());
        }
        if live.holder(tx)?.as_ref() == Some(&person.id) {
            Ok(live)
        } else {
            Err(Error::refused("refused-control-not-yours"))
        }
    }

    /// Who holds the call.
    fn holder(&self, tx: &mut Tx<'_>) -> Result<Option<PersonId>> {
        if let Some(room) = &self.room {
            return Ok(room.agent.clone());
        }
        let entry = queue::latest_entry(tx, &self.call.id)?;
        Ok(entry.filter(|entry| entry.state == EntryState::Talking).and_then(|entry| entry.agent))
    }

    pub(super) fn situation(&self, house: &House) -> Situation {
        Situation {
            place: Place::of(self.room.as_ref().map(|room| room.caller.as_str())),
            other: match &self.other {
                None => Other::Nobody,
                Some(other) if other.answered_at.is_some() => Other::Answered,
                Some(_) => Other::Rung,
            },
            rooms: house
                .abilities_of(&self.call.provider)
                .is_some_and(|abilities| abilities.control.has_rooms),
        }
    }

    pub(super) fn allow(&self, house: &House, order: CallOrder) -> Result<()> {
        Ok(self.situation(house).may(order)?)
    }

    /// Wants the caller at `place`; what the provider is to be asked for it.
    pub(super) fn lead(
        &mut self,
        tx: &mut Tx<'_>,
        agent: &Person,
        place: &str,
        now: Timestamp,
    ) -> Result<Vec<Act>> {
        match &mut self.room {
            Some(room) if room.caller == place => Ok(Vec::new()),
            Some(room) => {
                place.clone_into(&mut room.caller);
                store::call_rooms::update(tx, room)?;
                Ok(vec![Act::Fetch])
            }
            None => {
                let leg = store::call_legs::talking(tx, &self.call.id)?.map(|leg| leg.provider_call_id);
                self.open(tx, place, Some(agent.id.clone()), leg.clone(), now)?;
                Ok(vec![Act::Part { leg }])
            }
        }
    }

    /// The caller is being put through; nobody of ours holds the call meanwhile.
    pub(super) fn send_away(&mut self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        match &mut self.room {
            Some(room) => {
                (room.caller, room.agent) = ("away".to_owned(), None);
                store::call_rooms::update(tx, room)?;
            }
            None => self.open(tx, "away", None, None, now)?,
        }
        if let Some(mut entry) = queue::latest_entry(tx, &self.call.id)? {
            entry.agent = None;
            store::queue::update(tx, &entry)?;
        }
        Ok(())
    }

    fn open(
        &mut self,
        tx: &mut Tx<'_>,
        caller: &str,
        agent: Option<PersonId>,
        agent_leg: Option<String>,
        now: Timestamp,
    ) -> Result<()> {
        let turn = store::turns::latest(tx, &self.call.id)?;
        let turn = turn.map_or(TurnNumber { branch: 0, step: 0 }, |turn| TurnNumber {
            branch: turn.branch,
            step: turn.step,
        });
        let room = Room {
            call: self.call.id.clone(),
            turn,
            caller: caller.to_owned(),
            agent,
            agent_leg,
            agent_in_at: None,
            opened_at: now,
            closed_at: None,
        };
        store::call_rooms::open(tx, &room)?;
        self.room = Some(room);
        Ok(())
    }
}

/// Who was asked takes the call over; who asked goes to wrap-up.
pub(super) fn complete(tx: &mut Tx<'_>, change: &mut Change<'_>, live: &mut Live) -> Result<()> {
    let Some(mut other) = live.other.take() else { return Ok(()) };
    other.joined_at = other.joined_at.or(Some(change.now));
    (other.outcome, other.ended_at) = (Some("completed".to_owned()), Some(change.now));
    store::call_transfers::update(tx, &other)?;
    if let Some(room) = &mut live.room {
        (room.agent, room.agent_leg) = (other.to_agent.clone(), other.leg.clone());
        room.agent_in_at = Some(change.now);
        store::call_rooms::update(tx, room)?;
    }
    pass_on(tx, change, &other)?;
    agents::advance(tx, change, &other.from, AgentMove::HungUp)
}

/// The record goes to who has the call now. A number that belongs to nobody of ours keeps none: the record stays.
pub(super) fn pass_on(tx: &mut Tx<'_>, change: &mut Change<'_>, transfer: &Transfer) -> Result<()> {
    if let Some(mut entry) = queue::latest_entry(tx, &transfer.call)? {
        entry.agent.clone_from(&transfer.to_agent);
        store::queue::update(tx, &entry)?;
    }
    let Some(colleague) = &transfer.to_agent else { return Ok(()) };
    if let Some(contact) = queue::latest_contact(tx, &transfer.call)? {
        store::contacts::hand_to(tx, &contact.id, colleague)?;
        let draft = store::intakes::by_contact(tx, &contact.id)?;
        if let Some(draft) = draft.filter(|draft| draft.finished_at.is_none()) {
            store::intakes::hand_to(tx, &draft.id, colleague)?;
        }
    }
    agents::take_part(tx, change, colleague, &transfer.call)?;
    change.at_desk_of(colleague);
    change.at_desk_of(&transfer.from);
    Ok(())
}

/// Who was asked no longer has to do with the call.
pub(super) fn free_colleague(tx: &mut Tx<'_>, change: &mut Change<'_>, transfer: &Transfer) -> Result<()> {
    let Some(colleague) = &transfer.to_agent else { return Ok(()) };
    let agent = store::agents::find(tx, colleague)?;
    let ours = agent.is_some_and(|agent| {
        agent.state == AgentState::Talking && agent.call.as_ref().is_none_or(|call| *call == transfer.call)
    });
    if ours { agents::advance(tx, change, colleague, AgentMove::HungUp) } else { Ok(()) }
}

/// Nobody took the caller over: the old place in the queue is good again.
pub(super) fn requeue(tx: &mut Tx<'_>, change: &mut Change<'_>, call: &CallId) -> Result<()> {
    if let Some(mut entry) = queue::latest_entry(tx, call)?.filter(|entry| entry.state == EntryState::Talking)
    {
        (entry.state, entry.agent) = (EntryState::Waiting, None);
        store::queue::update(tx, &entry)?;
        change.touched();
    }
    Ok(())
}
