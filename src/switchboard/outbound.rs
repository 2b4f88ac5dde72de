//! Callbacks dialled through the provider, agent first. The attempt is stored before the provider is asked,
//! an unclear answer is never repeated by itself, and whatever hooks come, however often and in whatever
//! order, the record ends the same.

use callbacks::{AttemptOutcome, Denied};
use callflow::{DialOutcome, Event, Prompt, Verb};
use dialect::incoming::Kind;
use dialect::{AnsweredBy, CallStatus, Incoming};
use domain::{AttemptId, CallbackId, Language, PersonId, PhoneNumber, Timestamp};
use queueing::{AgentMove, AgentState};
use store::Tx;
use store::attempts::Attempt;
use store::callbacks::Callback;
use store::unclear_calls::UnclearCall;

use crate::callbacks::{claim, settle};
use crate::offering::Change;
use crate::ports::{CarrierError, NewCall};
use crate::rights::{Agent, Desk};
use crate::seal::{Bound, Standing};
use crate::{Error, House, Result, Switchboard, Topic, agents, destination, fresh_id, unclear};

/// How long the agent's telephone, and then the citizen's, is let ring.
pub const RING_SECONDS: u32 = 30;
/// Telephones with numbers longer than this, in digits, are not the house's own.
const EXTENSION_DIGITS: usize = 5;
/// Stands in a token where a caller's token has the provider's call id; no such id has a slash.
const BOUND_TO: &str = "callback/";

/// Which hook of an attempt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The agent's telephone was answered: what now?
    AgentAnswered,
    /// The dial to the citizen ended.
    Dialled,
    /// The provider tells how the agent's leg stands.
    Status,
}

/// A hook that belongs to an attempt of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackHook {
    pub stage: Stage,
    attempt: AttemptId,
}

/// What the agent hears and who is dialled then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connect {
    /// Language of the agent.
    pub language: Language,
    pub purpose: String,
    /// Number of the case it is about, where it is about one.
    pub case: Option<String>,
    /// Whom to dial.
    pub phone: PhoneNumber,
    /// The line's public number, shown to the citizen.
    pub caller_id: Option<PhoneNumber>,
    /// Token of the hook after the dial.
    pub token: String,
}

impl Connect {
    /// What the agent's leg is told: `whisper`, then the dial.
    pub fn verbs(&self, whisper: String) -> Vec<Verb> {
        let prompt = Prompt { language: self.language.clone(), text: whisper, audio: None };
        vec![Verb::Say(prompt), Verb::Dial { to: self.phone.clone(), timeout_seconds: RING_SECONDS }]
    }
}

/// What a leg is told that nobody waits for any more.
pub fn nothing_more() -> Vec<Verb> {
    vec![Verb::Hangup]
}

/// All that is needed to ask the provider, read in the transaction that stores the attempt.
struct Intent {
    attempt: AttemptId,
    provider: String,
    line: String,
    from: PhoneNumber,
}

impl Desk<Agent> {
    /// Calls now: first the agent's own telephone, then the citizen.
    pub async fn dial_callback(&self, id: &CallbackId) -> Result<()> {
        let to = self.person().phone.clone().ok_or_else(|| Error::refused("refused-callback-no-phone"))?;
        let intent = self.intend(id, &to).await?.map_err(|denied| self.board.denied(denied))?;
        let call = self.board.new_call(&intent, to).await?;
        let placed = self.board.carrier.create(&call).await;
        self.board.placed(&intent.attempt, placed).await
    }

    /// Stores that a call is about to be placed, or that it may not be.
    async fn intend(&self, id: &CallbackId, desk: &PhoneNumber) -> Result<Result<Intent, Denied>> {
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.now());
        let (id, desk) = (id.clone(), desk.clone());
        let intended = self
            .board
            .store
            .write(move |tx| -> Result<Result<(Intent, Vec<Topic>), Denied>> {
                let mut callback = store::callbacks::get(tx, &id)?;
                if callback.done_at.is_some() {
                    return Err(Error::refused("refused-callback-done"));
                }
                let before = store::attempts::of_callback(tx, &id)?;
                if before.iter().any(|attempt| attempt.outcome.is_none()) {
                    return Err(Error::refused("refused-callback-busy"));
                }
                if let Err(denied) = destination::verdict(tx, &house, &callback, &desk, now)? {
                    destination::note(tx, person.id.as_str(), &callback, denied, now)?;
                    return Ok(Err(denied));
                }
                claim(tx, &mut callback, &person.id)?;
                let mut change = Change::new(&house, now);
                go_on_the_telephone(tx, &mut change, &person.id)?;
                let attempt = intended(&callback, &person.id, before.len(), now);
                store::attempts::insert(tx, &attempt)?;
                settle(tx, &house, Some(&person), &mut callback, now)?;
                let line = house.lines.get(&callback.line).ok_or(Error::NotFound)?;
                let from = line.numbers.first().unwrap_or(&line.fallback_number).clone();
                let provider = provider_of(tx, &house, &callback)?;
                let intent = Intent { attempt: attempt.id, provider, line: line.name.clone(), from };
                store::unclear_calls::insert(tx, &perhaps_placed(&intent, &desk, now))?;
                Ok(Ok((intent, change.topics())))
            })
            .await?;
        Ok(intended.map(|(intent, topics)| {
            self.board.post(topics);
            self.board.bulletin.post(Topic::Callbacks);
            intent
        }))
    }
}

impl Switchboard {
    async fn new_call(&self, intent: &Intent, to: PhoneNumber) -> Result<NewCall> {
        let (provider, line) = (intent.provider.as_str(), intent.line.as_str());
        Ok(NewCall {
            provider: provider.to_owned(),
            from: intent.from.as_str().to_owned(),
            // The mailbox of an agent's mobile telephone must not have a citizen rung up for it.
            detect_machine: to.as_str().starts_with('+') || to.as_str().len() > EXTENSION_DIGITS,
            most_seconds: self.house.destinations.caps.most_seconds,
            wanted_id: intent.attempt.as_str().to_owned(),
            to,
            url: self.callback_address(provider, line, &intent.attempt, Stage::AgentAnswered).await?,
            status_url: self.callback_address(provider, line, &intent.attempt, Stage::Status).await?,
            timeout_seconds: RING_SECONDS,
        })
    }

    async fn callback_address(
        &self,
        provider: &str,
        line: &str,
        attempt: &AttemptId,
        stage: Stage,
    ) -> Result<String> {
        let token = self.callback_token(provider, line, attempt, stage).await?;
        Ok(format!("{}/voice/{provider}/{line}/callback?t={token}", self.house.public_url))
    }

    async fn callback_token(
        &self,
        provider: &str,
        line: &str,
        attempt: &AttemptId,
        stage: Stage,
    ) -> Result<String> {
        let step = match stage {
            Stage::AgentAnswered => 1,
            Stage::Dialled => 2,
            Stage::Status => 3,
        };
        let standing = Standing { branch: 0, step, state: attempt.as_str().to_owned() };
        self.seal().await?.close(&standing, Bound { provider, line, provider_call_id: BOUND_TO })
    }

    /// Which attempt and which hook a token stands for; a foreign token is refused.
    pub async fn callback_hook(&self, provider: &str, line: &str, token: &str) -> Result<CallbackHook> {
        let standing =
            self.seal().await?.open(token, Bound { provider, line, provider_call_id: BOUND_TO })?;
        let stage = match standing.step {
            1 => Stage::AgentAnswered,
            2 => Stage::Dialled,
            3 => Stage::Status,
            _ => return Err(Error::refused("refused-token")),
        };
        Ok(CallbackHook { stage, attempt: AttemptId::new(standing.state) })
    }

    /// What the provider answered to our request.
    async fn placed(&self, attempt: &AttemptId, answer: Result<String, CarrierError>) -> Result<()> {
        match answer {
            Ok(provider_call_id) => {
                self.on_attempt(attempt, move |attempt, _| {
                    attempt.provider_call_id = Some(provider_call_id.clone());
                })
                .await
            }
            Err(CarrierError::Refused(why)) => {
                tracing::warn!(why, "the provider refused a callback");
                self.ended(attempt, AttemptOutcome::Technical).await?;
                Err(Error::refused("refused-callback-provider"))
            }
            Err(CarrierError::Unclear(why)) => {
                tracing::warn!(why, "no clear answer to a callback; it is asked after, not repeated");
                self.ask_soon(attempt).await?;
                Err(Error::refused("refused-callback-unclear"))
            }
        }
    }

    /// The agent's telephone was answered: whom to connect. Nothing where the attempt is over already, or where a
    /// mailbox answered for the agent: then nobody else is rung.
    pub async fn callback_answered(
        &self,
        (provider, line): (&str, &str),
        hook: &CallbackHook,
        answered_by: Option<AnsweredBy>,
    ) -> Result<Option<Connect>> {
        if answered_by.is_some_and(AnsweredBy::is_machine) {
            self.ended(&hook.attempt, AttemptOutcome::NotDialled).await?;
            return Ok(None);
        }
        let token = self.callback_token(provider, line, &hook.attempt, Stage::Dialled).await?;
        let caller_id = self.house.lines.get(line).and_then(|line| line.numbers.first().cloned());
        let (attempt, now) = (hook.attempt.clone(), self.now());
        let connect = self
            .store
            .write(move |tx| -> Result<Option<Connect>> {
                let mut attempt = store::attempts::get(tx, &attempt)?;
                // The same hook again gets the same document; a call that nobody waits for any more gets none.
                if attempt.dialled_at.is_none() {
                    if attempt.outcome.is_some() {
                        return Ok(None);
                    }
                    attempt.dialled_at = Some(now);
                    store::attempts::update(tx, &attempt)?;
                }
                let callback = store::callbacks::get(tx, &attempt.callback)?;
                let case = callback.case.as_ref().map(|id| store::cases::get(tx, id)).transpose()?;
                let agent = store::people::find(tx, &attempt.agent)?.ok_or(Error::NotFound)?;
                Ok(Some(Connect {
                    language: agent.language,
                    purpose: callback.purpose,
                    case: case.map(|case| case.number.to_string()),
                    phone: callback.phone,
                    caller_id: caller_id.clone(),
                    token: token.clone(),
                }))
            })
            .await?;
        self.bulletin.post(Topic::Callbacks);
        Ok(connect)
    }

    /// The dial to the citizen ended. A hook that tells nothing of a dial changes nothing.
    pub async fn callback_dialled(&self, hook: &CallbackHook, incoming: &Incoming) -> Result<()> {
        let Kind::Step(Event::Dialled(outcome)) = &incoming.kind else { return Ok(()) };
        let machine = incoming.answered_by.is_some_and(AnsweredBy::is_machine);
        let outcome = match outcome {
            DialOutcome::Completed if machine => AttemptOutcome::Machine,
            DialOutcome::Completed => AttemptOutcome::Reached,
            DialOutcome::Busy => AttemptOutcome::Busy,
            // Cancelled: the agent hung up while it rang there.
            DialOutcome::NoAnswer | DialOutcome::Canceled => AttemptOutcome::NoAnswer,
            DialOutcome::Failed => AttemptOutcome::Technical,
        };
        self.ended(&hook.attempt, outcome).await
    }

    /// How the agent's leg stands. Once the citizen is being dialled, only the dial's own result tells how it
    /// went.
    pub async fn callback_told(&self, hook: &CallbackHook, incoming: &Incoming) -> Result<()> {
        let Kind::Status(report) = &incoming.kind else { return Ok(()) };
        let status = report.status;
        if !status.is_end() {
            return Ok(());
        }
        self.leg_ended(&hook.attempt, status).await
    }

    /// The agent's leg is over.
    pub(crate) async fn leg_ended(&self, attempt: &AttemptId, status: CallStatus) -> Result<()> {
        let id = attempt.clone();
        let dialled = self.store.read(move |tx| store::attempts::get(tx, &id)).await?.dialled_at.is_some();
        match status {
            _ if dialled => Ok(()),
            CallStatus::Failed => self.ended(attempt, AttemptOutcome::Technical).await,
            _ => self.ended(attempt, AttemptOutcome::NotDialled).await,
        }
    }

    async fn ended(&self, attempt: &AttemptId, outcome: AttemptOutcome) -> Result<()> {
        self.on_attempt(attempt, move |attempt, now| {
            let known = attempt.outcome.as_deref().and_then(|text| text.parse().ok());
            if known.is_none_or(|known| rank(known) < rank(outcome)) {
                attempt.outcome = Some(outcome.as_str().to_owned());
                attempt.ended_at = attempt.ended_at.or(Some(now));
                if outcome.is_dial() {
                    attempt.dialled_at = attempt.dialled_at.or(Some(now));
                }
            }
        })
        .await
    }

    /// Changes an attempt, and lets its callback follow from it.
    pub(crate) async fn on_attempt<F>(&self, id: &AttemptId, work: F) -> Result<()>
    where
        F: Fn(&mut Attempt, Timestamp) + Send + 'static,
    {
        let (house, now, id) = (self.house.clone(), self.now(), id.clone());
        let topics = self
            .store
            .write(move |tx| -> Result<Vec<Topic>> {
                let mut attempt = store::attempts::get(tx, &id)?;
                let before = attempt.clone();
                work(&mut attempt, now);
                if attempt == before {
                    return Ok(Vec::new());
                }
                store::attempts::update(tx, &attempt)?;
                let mut change = Change::new(&house, now);
                if before.outcome.is_none() && attempt.outcome.is_some() {
                    agents::advance(tx, &mut change, &attempt.agent, AgentMove::HungUp)?;
                }
                let mut callback = store::callbacks::get(tx, &attempt.callback)?;
                if callback.done_at.is_none() && attempt.outcome != before.outcome {
                    settle(tx, &house, None, &mut callback, now)?;
                }
                Ok(change.topics())
            })
            .await?;
        self.post(topics);
        self.bulletin.post(Topic::Callbacks);
        self.bulletin.post(Topic::Cases);
        Ok(())
    }
}

/// Which of two outcomes of one attempt is believed: the one that tells more. What only a person can tell
/// (a machine answered, a wrong number) stands above what a provider says.
fn rank(outcome: AttemptOutcome) -> u8 {
    match outcome {
        AttemptOutcome::NotDialled => 0,
        AttemptOutcome::Technical => 1,
        AttemptOutcome::NoAnswer | AttemptOutcome::Busy | AttemptOutcome::Unreachable => 2,
        AttemptOutcome::Reached => 3,
        _ => 4,
    }
}

/// What is asked after when the provider's answer does not come, or we are gone before it does.
fn perhaps_placed(intent: &Intent, desk: &PhoneNumber, now: Timestamp) -> UnclearCall {
    UnclearCall {
        attempt: intent.attempt.clone(),
        provider: intent.provider.clone(),
        to: desk.as_str().to_owned(),
        from: intent.from.as_str().to_owned(),
        since: now,
        asked: 0,
        ask_at: now.plus_seconds(unclear::ANSWERED_BY_THEN),
    }
}

/// The agent's telephone is taken: no caller is offered meanwhile.
fn go_on_the_telephone(tx: &mut Tx<'_>, change: &mut Change<'_>, agent: &PersonId) -> Result<()> {
    let busy = [AgentState::Ringing, AgentState::Talking];
    if store::agents::find(tx, agent)?.is_some_and(|agent| busy.contains(&agent.state)) {
        return Err(Error::refused("refused-callback-on-a-call"));
    }
    agents::advance(tx, change, agent, AgentMove::Dialled)
}

fn intended(callback: &Callback, agent: &PersonId, before: usize, now: Timestamp) -> Attempt {
    Attempt {
        id: AttemptId::new(fresh_id()),
        callback: callback.id.clone(),
        ordinal: i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1),
        channel: "provider".to_owned(),
        agent: agent.clone(),
        provider_call_id: None,
        intended_at: now,
        dialled_at: None,
        ended_at: None,
        outcome: None,
        note: None,
    }
}

/// The provider that the call came in through; else the first that is configured.
fn provider_of(tx: &mut Tx<'_>, house: &House, callback: &Callback) -> Result<String> {
    let call = callback.call.as_ref().map(|id| store::calls::by_id(tx, id)).transpose()?;
    let known = call.map(|call| call.provider).filter(|name| house.providers.contains_key(name));
    known
        .or_else(|| house.providers.keys().next().cloned())
        .ok_or_else(|| Error::refused("refused-callback-no-provider"))
}
