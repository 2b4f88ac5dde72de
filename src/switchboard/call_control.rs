//! Orders about the conversation in hand: hold, take back, ask somebody else, bring together, hand over, put through.
//!
//! The intent is stored first; the provider is then asked to send each leg of the call to a document of its own, and
//! confirms by asking for it. No conference is steered from outside: a held caller is alone in a room, a three-way talk
//! is three legs in one room. So every provider with rooms does it the same way, with the orders it has anyway
//! (create, fetch, end), and what we believe of a leg is what its own hooks told.

mod acts;
mod live;
mod rules;
mod scenes;
mod settle;
mod view;

use self::acts::Act;
pub use self::acts::{LegHook, Part};
use self::live::{Live, complete, free_colleague};
use self::rules::Not;
pub use self::rules::{CallOrder, Other, Place, Situation};
pub(crate) use self::scenes::dialled_answered;
pub use self::scenes::{Led, Scene};
pub use self::view::{CallBar, Colleague, Whose};

use callbacks::Denied;
use domain::{PersonId, PhoneNumber, Timestamp, TransferId};
use queueing::{AgentMove, AgentState};
use store::Tx;
use store::call_rooms::Room;
use store::call_transfers::Transfer;
use store::calls::Call;
use store::people::Person;

use crate::offering::Change;
use crate::ports::{CarrierError, NewCall};
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Topic, agents, audit, destination, fresh_id, queue};

/// How long who is asked is let ring.
const RING_SECONDS: u32 = 30;

/// Whom to bring to the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Colleague(PersonId),
    /// Code of the directory.
    Department(String),
    Number(PhoneNumber),
}

/// What was stored, and what the provider is to be asked now.
struct Planned {
    call: Call,
    before: Option<Room>,
    acts: Vec<Act>,
    transfer: Option<Transfer>,
    topics: Vec<Topic>,
}

impl Desk<Agent> {
    /// Orders something about the conversation in hand. `whom` is for asking and putting through only.
    pub async fn order_call(&self, order: CallOrder, whom: Option<Whom>) -> Result<()> {
        match order {
            CallOrder::Hold => self.lead("held", order).await,
            CallOrder::Resume | CallOrder::Together => self.lead("room", order).await,
            CallOrder::HandOver => self.hand_over().await,
            CallOrder::CallOff => self.call_off().await,
            CallOrder::Consult => self.consult(whom.ok_or_else(nobody_named)?).await,
            CallOrder::PutThrough => self.put_through(whom.ok_or_else(nobody_named)?).await,
        }
    }

    /// Leads the caller to `place`.
    async fn lead(&self, place: &'static str, order: CallOrder) -> Result<()> {
        let planned = self
            .plan(order, move |tx, live, person, now| {
                let acts = live.lead(tx, person, place, now)?;
                if let (CallOrder::Together, Some(mut other)) = (order, live.other.clone()) {
                    other.joined_at = other.joined_at.or(Some(now));
                    store::call_transfers::update(tx, &other)?;
                }
                Ok(acts)
            })
            .await?;
        self.carry_out(planned).await.map(drop)
    }

    /// Leaves caller and who was asked to each other. The agent's leg ends last: nobody is left alone meanwhile.
    async fn hand_over(&self) -> Result<()> {
        let joined =
            self.plan(CallOrder::HandOver, |tx, live, person, now| live.lead(tx, person, "room", now));
        self.carry_out(joined.await?).await?;
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.board.now());
        let (call, acts, topics) = self
            .board
            .store
            .write(move |tx| -> Result<(Call, Vec<Act>, Vec<Topic>)> {
                let mut live = Live::in_hand(tx, &person)?;
                let leg = live.room.as_ref().and_then(|room| room.agent_leg.clone());
                let mut change = Change::new(&house, now);
                complete(tx, &mut change, &mut live)?;
                Ok((live.call, leg.map(|leg| Act::End { leg }).into_iter().collect(), change.topics()))
            })
            .await?;
        self.board.post(topics);
        if let Err(error) = self.board.carry(&call, acts).await {
            // Caller and colleague talk; the agent hangs up the telephone himself.
            tracing::warn!(%error, "the leg of an agent who handed over was not ended");
        }
        Ok(())
    }

    /// Lets go who was asked and takes the caller back.
    async fn call_off(&self) -> Result<()> {
        let house = self.board.house.clone();
        let planned = self
            .plan(CallOrder::CallOff, move |tx, live, person, now| {
                let mut acts = live.lead(tx, person, "room", now)?;
                if let Some(mut other) = live.other.take() {
                    acts.extend(other.leg.clone().map(|leg| Act::End { leg }));
                    (other.outcome, other.ended_at) = (Some("cancelled".to_owned()), Some(now));
                    store::call_transfers::update(tx, &other)?;
                    free_colleague(tx, &mut Change::new(&house, now), &other)?;
                }
                Ok(acts)
            })
            .await?;
        self.carry_out(planned).await.map(drop)
    }

    /// Has the caller wait, and rings whom the agent wants to ask.
    async fn consult(&self, whom: Whom) -> Result<()> {
        let planned = self.bring(CallOrder::Consult, whom).await?;
        let Some(transfer) = planned.transfer.clone() else { return Ok(()) };
        let call = planned.call.clone();
        self.carry_out(planned).await?;
        let new = self.new_call(&call, &transfer).await?;
        let placed = self.board.carrier.create(&new).await;
        self.placed(&call, &transfer.id, placed).await
    }

    /// Sends the caller to another telephone and leaves at once.
    async fn put_through(&self, whom: Whom) -> Result<()> {
        let planned = self.bring(CallOrder::PutThrough, whom).await?;
        let leg = planned.before.as_ref().and_then(|room| room.agent_leg.clone());
        let call = self.carry_out(planned).await?;
        let (house, person, now) = (self.board.house.clone(), self.person().id.clone(), self.board.now());
        let topics = self
            .board
            .store
            .write(move |tx| -> Result<Vec<Topic>> {
                let mut change = Change::new(&house, now);
                agents::advance(tx, &mut change, &person, AgentMove::HungUp)?;
                Ok(change.topics())
            })
            .await?;
        self.board.post(topics);
        // In a room the agent's leg does not end with the caller's.
        if let Err(error) =
            self.board.carry(&call, leg.map(|leg| Act::End { leg }).into_iter().collect()).await
        {
            tracing::warn!(%error, "the leg of an agent who put a caller through was not ended");
        }
        Ok(())
    }

    /// Stores that somebody else is wanted, or that this may not be.
    async fn bring(&self, order: CallOrder, whom: Whom) -> Result<Planned> {
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.board.now());
        let planned = self
            .board
            .store
            .write(move |tx| -> Result<Result<Planned, Denied>> {
                let mut live = Live::in_hand(tx, &person)?;
                live.allow(&house, order)?;
                let before = live.room.clone();
                let to = target(tx, &house, &person, whom.clone())?;
                let line = live.call.line.clone();
                let desk = to.to_agent.is_some();
                if let Err(denied) = destination::verdict_of(tx, &house, &line, &to.phone, desk, now)? {
                    let object = format!("call:{}", live.call.id);
                    audit::record(tx, now, person.id.as_str(), "deny_call", &object, Some(denied.as_str()))?;
                    return Ok(Err(denied));
                }
                let mut change = Change::new(&house, now);
                if let Some(colleague) = &to.to_agent {
                    engage(tx, &mut change, colleague)?;
                }
                let transfer = wish(&live.call, &person.id, order, to, now);
                store::call_transfers::insert(tx, &transfer)?;
                let acts = if order == CallOrder::Consult {
                    live.lead(tx, &person, "held", now)?
                } else {
                    live.send_away(tx, now)?;
                    vec![Act::Fetch]
                };
                noted(tx, &live.call, &person, order, now)?;
                change.at_desk_of(&person.id);
                let (call, transfer) = (live.call, Some(transfer));
                Ok(Ok(Planned { call, before, acts, transfer, topics: change.topics() }))
            })
            .await?;
        planned.map_err(|denied| self.board.denied(denied))
    }

    /// Stores what an order changes, where the call stands so that it may be given.
    async fn plan<F>(&self, order: CallOrder, change: F) -> Result<Planned>
    where
        F: Fn(&mut Tx<'_>, &mut Live, &Person, Timestamp) -> Result<Vec<Act>> + Send + 'static,
    {
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.board.now());
        self.board
            .store
            .write(move |tx| {
                let mut live = Live::in_hand(tx, &person)?;
                live.allow(&house, order)?;
                let (before, other) = (live.room.clone(), live.other.clone());
                let acts = change(tx, &mut live, &person, now)?;
                noted(tx, &live.call, &person, order, now)?;
                let mut topics = vec![Topic::Desk(person.id.as_str().to_owned()), Topic::Queue];
                topics.extend(
                    other.and_then(|other| other.to_agent).map(|id| Topic::Desk(id.as_str().to_owned())),
                );
                Ok(Planned { call: live.call, before, acts, transfer: None, topics })
            })
            .await
    }

    /// Asks the provider. What it refused is undone; where nobody knows, the hooks will tell.
    async fn carry_out(&self, planned: Planned) -> Result<Call> {
        let Planned { call, before, acts, transfer, topics } = planned;
        self.board.post(topics);
        let Err(why) = self.board.carry(&call, acts).await else { return Ok(call) };
        tracing::warn!(%why, "an order about a live call was not carried out");
        if let CarrierError::Refused(_) = why {
            self.undo(&call, before, transfer).await?;
        }
        Err(untold(&why))
    }

    async fn undo(&self, call: &Call, before: Option<Room>, transfer: Option<Transfer>) -> Result<()> {
        let (house, now, id) = (self.board.house.clone(), self.board.now(), call.id.clone());
        let topics = self
            .board
            .store
            .write(move |tx| -> Result<Vec<Topic>> {
                let mut change = Change::new(&house, now);
                if let Some(room) = store::call_rooms::of_call(tx, &id)? {
                    let was = before.clone().unwrap_or(Room { closed_at: Some(now), ..room.clone() });
                    let back = Room { agent_leg: room.agent_leg, agent_in_at: room.agent_in_at, ..was };
                    store::call_rooms::update(tx, &back)?;
                }
                if let Some(transfer) = &transfer {
                    fail(tx, &mut change, &transfer.id, "failed")?;
                    let entry = queue::latest_entry(tx, &id)?;
                    if let Some(mut entry) = entry.filter(|entry| entry.agent.is_none()) {
                        entry.agent = Some(transfer.from.clone());
                        store::queue::update(tx, &entry)?;
                    }
                    change.at_desk_of(&transfer.from);
                }
                Ok(change.topics())
            })
            .await?;
        self.board.post(topics);
        Ok(())
    }

    async fn new_call(&self, call: &Call, transfer: &Transfer) -> Result<NewCall> {
        let line = self.house().lines.get(&call.line).ok_or(Error::NotFound)?;
        let from = line.numbers.first().unwrap_or(&line.fallback_number);
        let part = Part::Colleague;
        Ok(NewCall {
            provider: call.provider.clone(),
            from: from.as_str().to_owned(),
            to: transfer.to.clone(),
            url: self.board.leg_address(call, part, false, Some(&transfer.id)).await?,
            status_url: self.board.leg_address(call, part, true, Some(&transfer.id)).await?,
            timeout_seconds: RING_SECONDS,
            most_seconds: self.house().destinations.caps.most_seconds,
            detect_machine: false,
            wanted_id: transfer.id.as_str().to_owned(),
        })
    }

    /// What the provider answered to the call to who is asked.
    async fn placed(
        &self,
        call: &Call,
        id: &TransferId,
        answer: std::result::Result<String, CarrierError>,
    ) -> Result<()> {
        let (house, now, id) = (self.board.house.clone(), self.board.now(), id.clone());
        let told = answer.clone();
        let (gone, topics) = self
            .board
            .store
            .write(move |tx| -> Result<(bool, Vec<Topic>)> {
                let mut change = Change::new(&house, now);
                let mut transfer = store::call_transfers::get(tx, &id)?;
                change.at_desk_of(&transfer.from);
                match &told {
                    Ok(leg) => {
                        transfer.leg.get_or_insert_with(|| leg.clone());
                        store::call_transfers::update(tx, &transfer)?;
                    }
                    Err(CarrierError::Refused(_)) => fail(tx, &mut change, &id, "failed")?,
                    // Perhaps it rings: its hooks tell, or the provider's list when nobody answers.
                    Err(CarrierError::Unclear(_)) => {}
                }
                Ok((transfer.outcome.is_some(), change.topics()))
            })
            .await?;
        self.board.post(topics);
        match answer {
            // Called off while the provider was asked.
            Ok(leg) => {
                if gone && let Err(error) = self.board.carry(call, vec![Act::End { leg }]).await {
                    tracing::warn!(%error, "a call that was called off was not ended");
                }
                Ok(())
            }
            Err(why) => Err(untold(&why)),
        }
    }
}

/// A telephone that somebody else is reached at.
struct Target {
    phone: PhoneNumber,
    to_agent: Option<PersonId>,
    to_department: Option<String>,
}

fn target(tx: &mut Tx<'_>, house: &House, asking: &Person, whom: Whom) -> Result<Target> {
    let unknown = || Error::refused("refused-control-unknown");
    let found = match whom {
        Whom::Colleague(id) => {
            let person = store::people::find(tx, &id)?.filter(|person| person.disabled_at.is_none());
            let phone = person.and_then(|person| person.phone).ok_or_else(unknown)?;
            Target { phone, to_agent: Some(id), to_department: None }
        }
        Whom::Department(code) => {
            let listed = house.directory.departments.iter().find(|one| one.code == code);
            let phone =
                listed.and_then(|one| one.phone.as_deref()).and_then(|text| PhoneNumber::parse(text).ok());
            Target { phone: phone.ok_or_else(unknown)?, to_agent: None, to_department: Some(code) }
        }
        Whom::Number(phone) => {
            let people = store::people::list(tx)?;
            let owner = people
                .into_iter()
                .find(|person| person.phone.as_ref() == Some(&phone) && person.disabled_at.is_none());
            Target { phone, to_agent: owner.map(|owner| owner.id), to_department: None }
        }
    };
    let own = found.to_agent.as_ref() == Some(&asking.id) || asking.phone.as_ref() == Some(&found.phone);
    if own { Err(unknown()) } else { Ok(found) }
}

/// The colleague's telephone is taken from now on: nobody else is offered there.
fn engage(tx: &mut Tx<'_>, change: &mut Change<'_>, colleague: &PersonId) -> Result<()> {
    use AgentState::{Break, Ready, WrapUp};
    let there = store::agents::find(tx, colleague)?.map(|agent| agent.state);
    match there {
        Some(Ready | WrapUp | Break) => agents::engage(tx, change, colleague),
        Some(AgentState::Talking | AgentState::Ringing) => Err(Error::refused("refused-control-busy")),
        _ => Err(Error::refused("refused-control-away")),
    }
}

fn wish(call: &Call, from: &PersonId, order: CallOrder, to: Target, now: Timestamp) -> Transfer {
    Transfer {
        id: TransferId::new(fresh_id()),
        call: call.id.clone(),
        line: call.line.clone(),
        kind: if order == CallOrder::Consult { "consult" } else { "blind" }.to_owned(),
        from: from.clone(),
        to: to.phone,
        to_agent: to.to_agent,
        to_department: to.to_department,
        leg: None,
        asked_at: now,
        answered_at: None,
        joined_at: None,
        ended_at: None,
        outcome: None,
    }
}

/// A wish came to nothing; an end that is known already stays.
fn fail(tx: &mut Tx<'_>, change: &mut Change<'_>, id: &TransferId, outcome: &str) -> Result<()> {
    let mut transfer = store::call_transfers::get(tx, id)?;
    if transfer.outcome.is_some() {
        return Ok(());
    }
    (transfer.outcome, transfer.ended_at) = (Some(outcome.to_owned()), Some(change.now));
    store::call_transfers::update(tx, &transfer)?;
    change.at_desk_of(&transfer.from);
    free_colleague(tx, change, &transfer)
}

fn noted(tx: &mut Tx<'_>, call: &Call, person: &Person, order: CallOrder, now: Timestamp) -> Result<()> {
    let action = format!("call_{}", order.as_str().replace('-', "_"));
    Ok(audit::record(tx, now, person.id.as_str(), &action, &format!("call:{}", call.id), None)?)
}

fn nobody_named() -> Error {
    Error::refused("refused-control-unknown")
}

/// What the agent is told where the provider did not do it, or nobody knows.
fn untold(error: &CarrierError) -> Error {
    match error {
        CarrierError::Refused(_) => Error::refused("refused-control-provider"),
        CarrierError::Unclear(_) => Error::refused("refused-control-unclear"),
    }
}

impl From<Not> for Error {
    fn from(not: Not) -> Self {
        match not {
            Not::Now => Self::refused("refused-control-not-now"),
            Not::Here => Self::refused("refused-control-not-here"),
        }
    }
}
