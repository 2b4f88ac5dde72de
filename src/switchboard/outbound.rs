//! Callbacks dialled through the provider, agent first. The attempt is stored before the provider is asked,
//! an unclear answer is never repeated by itself, and whatever hooks come, however often and in whatever
//! order, the record ends the same.

pub(crate) mod told;

use callbacks::{AttemptOutcome, Denied};
use callflow::{Prompt, Verb};
use domain::{AttemptId, CallbackId, Language, PersonId, PhoneNumber, Timestamp};
use queueing::{AgentMove, AgentState};
use store::Tx;
use store::attempts::Attempt;
use store::callbacks::Callback;
use store::unclear_calls::UnclearCall;

pub(crate) use self::told::take_over_callback;
use crate::callbacks::{claim, settle};
use crate::offering::Change;
use crate::ports::{CarrierError, NewCall};
use crate::rights::{Agent, Desk};
use crate::seal::{Bound, Seal, Standing};
use crate::{Error, House, Result, Switchboard, Topic, agents, destination, fresh_id, unclear};

/// How long the agent's telephone, and then the citizen's, is let ring.
pub const RING_SECONDS: u32 = 30;
/// Telephones with numbers longer than this, in digits, are not the house's own.
const EXTENSION_DIGITS: usize = 5;
/// Stands in a token where a caller's token has the provider's call id; no such id has a slash.
const BOUND_TO: &str = "callback/";

/// What the agent's telephone is told when it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Whom to connect.
    Connect(Box<Connect>),
    /// Nobody waits for this call any more.
    Over,
    /// The records are out of reach: nobody is connected now. In the first language of the line.
    Later(Language),
}

/// Which hook of an attempt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The agent's telephone was answered: what now?
    AgentAnswered,
    /// The dial to the citizen ended.
    Dialled,
    /// The provider tells how the agent's leg stands.
    Status,
    /// A detector tells who answered the citizen's telephone.
    Citizen,
    /// The citizen's leg, at which a machine listens: what is said to it?
    Message,
}

/// A hook that belongs to an attempt of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackHook {
    pub stage: Stage,
    attempt: AttemptId,
}

impl CallbackHook {
    pub(crate) fn attempt(&self) -> &AttemptId {
        &self.attempt
    }
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
    /// Token of the hook that tells who answered the citizen's telephone.
    pub citizen_token: String,
}

impl Connect {
    /// What the agent's leg is told: `whisper`, then the dial.
    pub fn verbs(&self, whisper: String) -> Vec<Verb> {
        let prompt = Prompt { language: self.language.clone(), text: whisper, audio: None };
        vec![Verb::Say(prompt), Verb::Dial { to: self.phone.clone(), timeout_seconds: RING_SECONDS }]
    }
}

/// What a leg is told that nobody waits for any more: `word`, in this language, and the end.
pub fn the_last(word: Option<(&Language, String)>) -> Vec<Verb> {
    let said = word.map(|(language, text)| Prompt { language: language.clone(), text, audio: None });
    said.map(Verb::Say).into_iter().chain([Verb::Hangup]).collect()
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

    pub(crate) async fn callback_address(
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
            Stage::Citizen => 4,
            Stage::Message => 5,
        };
        let standing = Standing { branch: 0, step, state: attempt.as_str().to_owned() };
        self.hook_seal().await?.close(&standing, Bound { provider, line, provider_call_id: BOUND_TO })
    }

    /// The sealing key, without the store where it is at hand.
    async fn hook_seal(&self) -> Result<&Seal> {
        match self.seal_at_hand().await {
            Some(seal) => Ok(seal),
            None => self.seal().await,
        }
    }

    /// Which attempt and which hook a token stands for; a foreign token is refused.
    pub async fn callback_hook(&self, provider: &str, line: &str, token: &str) -> Result<CallbackHook> {
        let standing =
            self.hook_seal().await?.open(token, Bound { provider, line, provider_call_id: BOUND_TO })?;
        let stage = match standing.step {
            1 => Stage::AgentAnswered,
            2 => Stage::Dialled,
            3 => Stage::Status,
            4 => Stage::Citizen,
            5 => Stage::Message,
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
