//! What a leg that the house leads is told when it asks, and what its hooks tell.

use callflow::{DialOutcome, Event, Prompt, Verb};
use dialect::incoming::Kind;
use dialect::{CallStatus, Incoming};
use domain::{CallId, Language, PhoneNumber};
use store::Tx;
use store::call_rooms::Room;
use store::call_transfers::Transfer;
use store::calls::Call;
use store::queue::EntryState;
use store::turns::Turn;

use super::acts::{Act, LegHook, Part, Todo};
use super::live::{Live, complete, free_colleague, pass_on, requeue};
use super::{RING_SECONDS, fail};
use crate::offering::Change;
use crate::seal::{Bound, Standing};
use crate::{Error, House, Knock, Reply, Result, Switchboard, Topic, agents, queue};

/// What a leg does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scene {
    /// Waits alone, with the provider's music, after a word of apology in the caller's language.
    Hold { room: String, language: Option<Language> },
    /// Talks with whoever else is in the room.
    Room { room: String },
    /// Is put through to another telephone.
    Dial { to: PhoneNumber, timeout_seconds: u32 },
    /// Nobody waits for it any more.
    Over,
}

impl Scene {
    /// What the leg is told; who is to wait hears `word` before the music.
    pub fn verbs(&self, word: Option<(Language, String)>) -> Vec<Verb> {
        match self {
            Self::Hold { room, .. } => {
                let said = word.map(|(language, text)| Verb::Say(Prompt { language, text, audio: None }));
                said.into_iter().chain([Verb::Meet { room: room.clone() }]).collect()
            }
            Self::Room { room } => vec![Verb::Meet { room: room.clone() }],
            Self::Dial { to, timeout_seconds } => {
                vec![Verb::Dial { to: to.clone(), timeout_seconds: *timeout_seconds }]
            }
            Self::Over => vec![Verb::Hangup],
        }
    }
}

/// A scene, or the caller's script where it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Led {
    Scene(Scene),
    Script(Reply),
}

/// What a hook of the caller's leg makes of the call.
enum Next {
    Scene(Scene),
    /// The script goes on behind the turn that dialled.
    Script {
        turn: Option<Turn>,
        outcome: DialOutcome,
    },
}

impl Switchboard {
    /// A leg asks where to go.
    pub async fn leg_asks(
        &self,
        provider: &str,
        line: &str,
        hook: &LegHook,
        incoming: Incoming,
    ) -> Result<Led> {
        let asked = match hook.part {
            Part::Caller => self.caller_asks(provider, line, hook, incoming).await,
            Part::Agent => self.agent_asks(hook, &incoming).await.map(Led::Scene),
            Part::Colleague => self.colleague_asks(hook, &incoming).await.map(Led::Scene),
        };
        match asked {
            // Whoever talks goes on talking, whatever has become of our records.
            Err(Error::Unavailable(why) | Error::Conflict(why)) if hook.part != Part::Caller => {
                tracing::error!(why, "a leg was led without the store");
                Ok(Led::Scene(Scene::Room { room: room_name(&hook.call) }))
            }
            asked => asked,
        }
    }

    /// A caller's dial ended. Where the house led the call out of it, what the leg does now, with the token of its next
    /// hooks; nothing where the script goes on.
    pub async fn led_out(&self, knock: &Knock) -> Result<Option<(Scene, String)>> {
        if !matches!(knock.incoming.kind, Kind::Step(Event::Dialled(_))) {
            return Ok(None);
        }
        let (provider, id) = (knock.provider.clone(), knock.incoming.provider_call_id.clone());
        let found = self
            .store
            .read(move |tx| -> Result<Option<(CallId, Scene)>> {
                let Some(found) = store::calls::find(tx, &provider, &id)? else { return Ok(None) };
                let Some(room) = store::call_rooms::of_call(tx, &found.id)? else { return Ok(None) };
                let call = store::calls::by_id(tx, &found.id)?;
                Ok(Some((found.id, scene_of(tx, &call, &room)?)))
            })
            .await?;
        let Some((call, scene)) = found else { return Ok(None) };
        let hook = LegHook { part: Part::Caller, tells: false, call, transfer: None };
        Ok(Some((scene, self.leg_token(&knock.provider, &knock.line, &hook).await?)))
    }

    /// A leg tells how it stands. A caller's is told to the call itself.
    pub async fn leg_tells(&self, provider: &str, hook: &LegHook, incoming: &Incoming) -> Result<()> {
        let status = match &incoming.kind {
            Kind::Status(report) => report.status,
            _ => incoming.status.unwrap_or(CallStatus::Completed),
        };
        let (house, now) = (self.house.clone(), self.now());
        let (provider, leg, hook) = (provider.to_owned(), incoming.provider_call_id.clone(), hook.clone());
        let call = hook.call.clone();
        let acted = self
            .store
            .write(move |tx| -> Result<Todo> {
                let mut change = Change::new(&house, now);
                let call = store::calls::by_id(tx, &hook.call)?;
                let mut acts = Vec::new();
                if status == CallStatus::InProgress {
                    store::call_legs::answered(tx, &provider, &leg, &hook.call, now)?;
                    if hook.part == Part::Colleague {
                        acts = colleague_answered(tx, &mut change, &hook, &leg)?;
                    }
                }
                if status.is_end() {
                    store::call_legs::ended(tx, &provider, &leg, &hook.call, now)?;
                    if let Some(id) = hook.transfer.as_ref().filter(|_| hook.part == Part::Colleague) {
                        acts = colleague_gone(tx, &mut change, id, status)?;
                    }
                }
                Ok(Todo { call, acts, topics: change.topics() })
            })
            .await?;
        self.acted(acted).await;
        if status.is_end() { self.settle_call(&call).await } else { Ok(()) }
    }

    async fn acted(&self, Todo { call, acts, topics }: Todo) {
        self.post(topics);
        if let Err(error) = self.carry(&call, acts).await {
            tracing::warn!(%error, "a leg was not led on");
        }
    }

    async fn caller_asks(
        &self,
        provider: &str,
        line: &str,
        hook: &LegHook,
        incoming: Incoming,
    ) -> Result<Led> {
        let (house, now, id) = (self.house.clone(), self.now(), hook.call.clone());
        let (event, asking) = (incoming.kind.clone(), incoming.provider_call_id.clone());
        let (next, topics) = self
            .store
            .write(move |tx| -> Result<(Next, Vec<Topic>)> {
                let mut change = Change::new(&house, now);
                let call = store::calls::by_id(tx, &id)?;
                if call.provider_call_id != asking {
                    return Err(Error::refused("refused-token"));
                }
                Ok((caller_next(tx, &mut change, &call, &event)?, change.topics()))
            })
            .await?;
        self.post(topics);
        match next {
            Next::Scene(scene) => Ok(Led::Scene(scene)),
            Next::Script { turn: None, .. } => Ok(Led::Scene(Scene::Over)),
            Next::Script { turn: Some(turn), outcome } => {
                let provider_call_id = incoming.provider_call_id.clone();
                let bound = Bound { provider, line, provider_call_id: &provider_call_id };
                let (branch, step) = (turn.branch, turn.step.saturating_add(1));
                let token = self.seal().await?.close(&Standing { branch, step, state: turn.state }, bound)?;
                let incoming = Incoming { kind: Kind::Step(Event::Dialled(outcome)), ..incoming };
                let (provider, line) = (provider.to_owned(), line.to_owned());
                self.turn(Knock { provider, line, token: Some(token), incoming }).await.map(Led::Script)
            }
        }
    }

    async fn agent_asks(&self, hook: &LegHook, incoming: &Incoming) -> Result<Scene> {
        let (now, hook, leg) = (self.now(), hook.clone(), incoming.provider_call_id.clone());
        self.store
            .write(move |tx| {
                let Some(mut room) = store::call_rooms::of_call(tx, &hook.call)? else {
                    return Ok(Scene::Over);
                };
                let call = store::calls::by_id(tx, &hook.call)?;
                if room.agent.is_none() || store::call_legs::is_over(tx, &call.provider, &leg)? {
                    return Ok(Scene::Over);
                }
                if room.agent_in_at.is_none() {
                    (room.agent_in_at, room.agent_leg) = (Some(now), Some(leg.clone()));
                    store::call_rooms::update(tx, &room)?;
                    store::call_legs::answered(tx, &call.provider, &leg, &call.id, now)?;
                }
                let ours = room.agent_leg.as_ref() == Some(&leg);
                Ok(if ours { Scene::Room { room: room_name(&call.id) } } else { Scene::Over })
            })
            .await
    }

    async fn colleague_asks(&self, hook: &LegHook, incoming: &Incoming) -> Result<Scene> {
        let (house, now, hook) = (self.house.clone(), self.now(), hook.clone());
        let leg = incoming.provider_call_id.clone();
        let (scene, acted) = self
            .store
            .write(move |tx| -> Result<(Scene, Todo)> {
                let mut change = Change::new(&house, now);
                let call = store::calls::by_id(tx, &hook.call)?;
                let acts = colleague_answered(tx, &mut change, &hook, &leg)?;
                let Some(id) = &hook.transfer else { return Err(Error::refused("refused-token")) };
                let transfer = store::call_transfers::get(tx, id)?;
                let wanted = matches!(transfer.outcome.as_deref(), None | Some("completed"))
                    && store::call_rooms::of_call(tx, &hook.call)?.is_some();
                let scene = if wanted { Scene::Room { room: room_name(&call.id) } } else { Scene::Over };
                Ok((scene, Todo { call, acts, topics: change.topics() }))
            })
            .await?;
        self.acted(acted).await;
        Ok(scene)
    }
}

/// One name for everybody on a call; nobody guesses it.
pub(super) fn room_name(call: &CallId) -> String {
    format!("hotline-{call}")
}

fn scene_of(tx: &mut Tx<'_>, call: &Call, room: &Room) -> Result<Scene> {
    Ok(match room.caller.as_str() {
        "held" => {
            Scene::Hold { room: format!("{}-held", room_name(&call.id)), language: call.language.clone() }
        }
        "room" => Scene::Room { room: room_name(&call.id) },
        _ => match store::call_transfers::pending(tx, &call.id)? {
            Some(transfer) => Scene::Dial { to: transfer.to, timeout_seconds: RING_SECONDS },
            None => Scene::Over,
        },
    })
}

fn caller_next(tx: &mut Tx<'_>, change: &mut Change<'_>, call: &Call, event: &Kind) -> Result<Next> {
    let room = store::call_rooms::last_of_call(tx, &call.id)?;
    let Some(mut room) = room else { return Ok(Next::Scene(Scene::Over)) };
    let dialled = match event {
        Kind::Step(Event::Dialled(outcome)) if room.caller == "away" => Some(*outcome),
        _ => None,
    };
    if let (None, Some(outcome)) = (room.closed_at, dialled) {
        put_through_ended(tx, change, &call.id, outcome)?;
        room.closed_at = Some(change.now);
        store::call_rooms::update(tx, &room)?;
    }
    if room.closed_at.is_none() {
        return scene_of(tx, call, &room).map(Next::Scene);
    }
    // Back in the queue the dial counts as not answered; else the caller was served.
    let entry = queue::latest_entry(tx, &call.id)?;
    let waits = entry.is_some_and(|entry| matches!(entry.state, EntryState::Waiting | EntryState::Offered));
    let outcome = if waits { DialOutcome::NoAnswer } else { DialOutcome::Completed };
    let mut turns = store::turns::of_call(tx, &call.id)?.into_iter();
    let turn = turns.find(|turn| (turn.branch, turn.step) == (room.turn.branch, room.turn.step));
    Ok(Next::Script { turn, outcome })
}

/// The dial of a caller who was put through ended.
fn put_through_ended(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    call: &CallId,
    outcome: DialOutcome,
) -> Result<()> {
    let Some(mut transfer) = store::call_transfers::pending(tx, call)? else { return Ok(()) };
    if outcome == DialOutcome::Completed {
        taken_over(tx, change, &mut transfer)
    } else {
        let word = match outcome {
            DialOutcome::Busy => "busy",
            DialOutcome::NoAnswer => "no-answer",
            _ => "failed",
        };
        fail(tx, change, &transfer.id, word)?;
        requeue(tx, change, call)
    }
}

fn taken_over(tx: &mut Tx<'_>, change: &mut Change<'_>, transfer: &mut Transfer) -> Result<()> {
    transfer.answered_at = transfer.answered_at.or(Some(change.now));
    transfer.joined_at = transfer.joined_at.or(transfer.answered_at);
    (transfer.outcome, transfer.ended_at) = (Some("completed".to_owned()), Some(change.now));
    store::call_transfers::update(tx, transfer)?;
    pass_on(tx, change, transfer)
}

/// A telephone that the caller's document dialled was answered: where the caller was being put through, the other has
/// the call, and it is an ordinary conversation again.
pub(crate) fn dialled_answered(
    tx: &mut Tx<'_>,
    house: &House,
    call: &CallId,
    now: domain::Timestamp,
) -> Result<Vec<Topic>> {
    let mut change = Change::new(house, now);
    let Some(mut room) = store::call_rooms::of_call(tx, call)?.filter(|room| room.caller == "away") else {
        return Ok(Vec::new());
    };
    if let Some(mut transfer) = store::call_transfers::pending(tx, call)? {
        taken_over(tx, &mut change, &mut transfer)?;
        room.closed_at = Some(now);
        store::call_rooms::update(tx, &room)?;
    }
    Ok(change.topics())
}

/// Who was asked is there. Where the agent has left meanwhile, the caller is brought to them at once.
fn colleague_answered(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    hook: &LegHook,
    leg: &str,
) -> Result<Vec<Act>> {
    let Some(id) = &hook.transfer else { return Ok(Vec::new()) };
    let mut transfer = store::call_transfers::get(tx, id)?;
    if transfer.leg.is_none() || transfer.answered_at.is_none() {
        transfer.leg = Some(leg.to_owned());
        transfer.answered_at = transfer.answered_at.or(Some(change.now));
        store::call_transfers::update(tx, &transfer)?;
    }
    if transfer.outcome.is_some() {
        return Ok(Vec::new());
    }
    if let Some(colleague) = &transfer.to_agent {
        agents::take_part(tx, change, colleague, &transfer.call)?;
    }
    change.at_desk_of(&transfer.from);
    let mut live = Live::load(tx, &hook.call)?;
    let left = live.room.as_ref().is_some_and(|room| room.agent.is_none());
    if !left {
        return Ok(Vec::new());
    }
    complete(tx, change, &mut live)?;
    if let Some(room) = &mut live.room {
        "room".clone_into(&mut room.caller);
        store::call_rooms::update(tx, room)?;
    }
    Ok(vec![Act::Fetch])
}

/// Who was asked did not come, or left again. Where the agent has left too, the caller waits for the next.
fn colleague_gone(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    id: &domain::TransferId,
    status: CallStatus,
) -> Result<Vec<Act>> {
    let mut transfer = store::call_transfers::get(tx, id)?;
    if transfer.outcome.is_some() {
        // Sticky; the end of a call off is told as well.
        return Ok(Vec::new());
    }
    let outcome = match status {
        _ if transfer.answered_at.is_some() => "left",
        CallStatus::Busy => "busy",
        CallStatus::Failed => "failed",
        CallStatus::Completed => "left",
        _ => "no-answer",
    };
    (transfer.outcome, transfer.ended_at) = (Some(outcome.to_owned()), Some(change.now));
    store::call_transfers::update(tx, &transfer)?;
    change.at_desk_of(&transfer.from);
    free_colleague(tx, change, &transfer)?;
    let room = store::call_rooms::of_call(tx, &transfer.call)?;
    let Some(mut room) = room.filter(|room| room.agent.is_none()) else { return Ok(Vec::new()) };
    requeue(tx, change, &transfer.call)?;
    room.closed_at = Some(change.now);
    store::call_rooms::update(tx, &room)?;
    Ok(vec![Act::Fetch])
}
