//! Recording the conversation in hand: asked for, started, paused, resumed and stopped from the desk, never without
//! the caller's word where the profile wants it.

use dialect::RecordOrder;
use domain::{CallId, RecordingId, Timestamp};
use queueing::AgentState;
use store::Tx;
use store::calls::Call;
use store::people::Person;

use super::consent::{self, Consent, rule_of};
use super::policy::{PURPOSES, Rule, WhyNot, may_record};
use super::{Recording, erasing, fresh};
use crate::ports::CarrierError;
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Topic, audit};

/// How the recording of a conversation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It runs, for this purpose.
    Recording(String),
    Paused(String),
    /// It does not run; by purpose, whether it may.
    Not(Vec<(String, Result<(), WhyNot>)>),
}

/// What the desk shows of recording the conversation in hand.
#[derive(Debug, Clone)]
pub struct RecordingDesk {
    pub standing: Standing,
    /// The rule of the line; nothing is recorded without one.
    pub rule: Option<Rule>,
    /// What the caller said so far, oldest first.
    pub said: Vec<Consent>,
}

/// The conversation in hand.
struct InHand {
    call: Call,
    rule: Option<Rule>,
    said: Vec<Consent>,
    /// The recording that runs or is paused.
    running: Option<Recording>,
}

impl InHand {
    fn load(tx: &mut Tx<'_>, house: &House, person: &Person) -> Result<Self> {
        let agent = store::agents::find(tx, &person.id)?.filter(|agent| agent.state == AgentState::Talking);
        let call = agent.and_then(|agent| agent.call).ok_or_else(nobody)?;
        let call = store::calls::by_id(tx, &call)?;
        let said = store::consents::of_call(tx, &call.id)?;
        let running = store::recordings::of_call(tx, &call.id)?.into_iter().find(runs);
        Ok(Self { rule: rule_of(house, &call.line).cloned(), call, said, running })
    }

    fn may(&self, purpose: &str) -> Result<domain::ConsentId, WhyNot> {
        may_record(self.rule.as_ref(), purpose, &self.said, self.call.emergency_at.is_some())
    }

    fn standing(&self) -> Standing {
        match &self.running {
            Some(row) if row.control.as_deref() == Some("paused") => Standing::Paused(row.purpose.clone()),
            Some(row) => Standing::Recording(row.purpose.clone()),
            None => {
                let allowed = self.rule.as_ref().map(|rule| rule.purposes.clone()).unwrap_or_default();
                let each = |purpose: String| (purpose.clone(), self.may(&purpose).map(drop));
                Standing::Not(allowed.into_iter().map(each).collect())
            }
        }
    }
}

fn runs(row: &Recording) -> bool {
    matches!(row.control.as_deref(), Some("recording" | "paused")) && row.state != "erased"
}

fn nobody() -> Error {
    Error::refused("refused-recording-no-call")
}

fn refused(why: WhyNot) -> Error {
    Error::refused(&format!("refused-recording-{}", why.as_str()))
}

impl Desk<Agent> {
    /// How recording stands for the conversation in hand; nothing while there is none.
    pub async fn recording_desk(&self) -> Result<Option<RecordingDesk>> {
        let (house, person) = (self.board.house.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| match InHand::load(tx, &house, &person) {
                Ok(hand) => {
                    Ok(Some(RecordingDesk { standing: hand.standing(), rule: hand.rule, said: hand.said }))
                }
                // The desk goes on, whatever is known of the call.
                Err(Error::Refused { .. } | Error::NotFound) => Ok(None),
                Err(error) => Err(error),
            })
            .await
    }

    /// Writes down what the caller said about recording for a purpose: told, given, refused or withdrawn. Who does
    /// not want it, or no more, is not recorded, and what was recorded for it is erased.
    pub async fn note_consent(&self, purpose: &str, answer: &str) -> Result<()> {
        let fits = PURPOSES.contains(&purpose) && ["told", "given", "refused", "withdrawn"].contains(&answer);
        if !fits {
            return Err(refused(WhyNot::NoRule));
        }
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.board.now());
        let (purpose, answer) = (purpose.to_owned(), answer.to_owned());
        let (call, running) = self
            .board
            .store
            .write(move |tx| -> Result<(Call, Option<Recording>)> {
                let hand = InHand::load(tx, &house, &person)?;
                let rule = hand.rule.as_ref().ok_or_else(|| refused(WhyNot::NoRule))?;
                let said = (answer.as_str(), "voice");
                consent::add(tx, rule, &hand.call.id, &purpose, said, Some(&person.id), now)?;
                let against = answer == "refused" || answer == "withdrawn";
                if against {
                    take_back(tx, &hand.call.id, &purpose, &person, now)?;
                }
                let running = hand.running.filter(|row| against && row.purpose == purpose);
                Ok((hand.call, running))
            })
            .await?;
        self.post_desk();
        match running.as_ref().and_then(|row| row.provider_id.clone()) {
            Some(recording_id) => self.order(&call, RecordOrder::Stop { recording_id }).await.map(drop),
            None => Ok(()),
        }
    }

    /// Starts recording for a purpose that the caller was told of, or agreed to.
    pub async fn start_recording(&self, purpose: &str) -> Result<()> {
        let (house, person, now) = (self.board.house.clone(), self.person().clone(), self.board.now());
        let purpose = purpose.to_owned();
        let (call, id) = self.board.store.write(move |tx| begin(tx, &house, &person, &purpose, now)).await?;
        let told = format!("{}/voice/{}/{}/recording", self.house().public_url, call.provider, call.line);
        let order = RecordOrder::Start { told: Some(told) };
        let began = self.board.carrier.record(&call.provider, &call.provider_call_id, &order).await;
        let failure = began.as_ref().err().cloned();
        let now = self.board.now();
        self.board.store.write(move |tx| begun(tx, &id, &began, now)).await?;
        self.post_desk();
        failure.map_or(Ok(()), |error| Err(untold(&error)))
    }

    /// Pauses it, for one of the reasons of the list.
    pub async fn pause_recording(&self, reason: &str) -> Result<()> {
        if !self.house().recording_rules.pause_reasons().iter().any(|known| known.code == reason) {
            return Err(Error::refused("refused-pause-reason"));
        }
        let pause = |recording_id| RecordOrder::Pause { recording_id };
        self.steer("recording", "paused", Some(reason), pause).await
    }

    /// Goes on after a pause.
    pub async fn resume_recording(&self) -> Result<()> {
        self.steer("paused", "recording", None, |recording_id| RecordOrder::Resume { recording_id }).await
    }

    /// Ends it; what was recorded is kept.
    pub async fn stop_recording(&self) -> Result<()> {
        self.steer("", "stopped", None, |recording_id| RecordOrder::Stop { recording_id }).await
    }

    /// Has the provider change a recording, and only then notes it: the desk never says paused while it runs.
    async fn steer(
        &self,
        from: &'static str,
        to: &'static str,
        reason: Option<&str>,
        order: impl FnOnce(String) -> RecordOrder,
    ) -> Result<()> {
        let (house, person) = (self.board.house.clone(), self.person().clone());
        let hand = self.board.store.read(move |tx| InHand::load(tx, &house, &person)).await?;
        let running = hand.running.ok_or_else(|| Error::refused("refused-recording-not-running"))?;
        if !from.is_empty() && running.control.as_deref() != Some(from) {
            return Err(Error::refused("refused-recording-not-running"));
        }
        let recording_id = running.provider_id.clone().unwrap_or_default();
        self.order(&hand.call, order(recording_id)).await?;
        let (id, actor, now) = (running.id, self.person().id.clone(), self.board.now());
        let reason = reason.map(str::to_owned);
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let mut row = store::recordings::get(tx, &id)?;
                if row.control.as_deref() != Some("stopped") {
                    row.control = Some(to.to_owned());
                    store::recordings::update(tx, &row)?;
                }
                let (action, object) = (format!("recording_{}", word(to)), format!("recording:{id}"));
                Ok(audit::record(tx, now, actor.as_str(), &action, &object, reason.as_deref())?)
            })
            .await?;
        self.post_desk();
        Ok(())
    }

    async fn order(&self, call: &Call, order: RecordOrder) -> Result<Option<String>> {
        let done = self.board.carrier.record(&call.provider, &call.provider_call_id, &order).await;
        done.map_err(|error| untold(&error))
    }

    fn post_desk(&self) {
        let desk = Topic::Desk(self.person().id.as_str().to_owned());
        self.board.post(vec![desk, Topic::Messages]);
    }
}

/// What a change of the control is called in the audit trail.
fn word(control: &str) -> &'static str {
    match control {
        "paused" => "paused",
        "stopped" => "stopped",
        _ => "resumed",
    }
}

/// What the agent is told where the provider did not do it, or nobody knows.
fn untold(error: &CarrierError) -> Error {
    tracing::warn!(%error, "an order about a recording was not carried out");
    match error {
        CarrierError::Refused(_) => Error::refused("refused-recording-provider"),
        CarrierError::Unclear(_) => Error::refused("refused-recording-unclear"),
    }
}

/// The row of a recording before the provider is asked: what it then tells of finds it.
fn begin(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    purpose: &str,
    now: Timestamp,
) -> Result<(Call, RecordingId)> {
    let hand = InHand::load(tx, house, person)?;
    let consent = hand.may(purpose).map_err(refused)?;
    if hand.running.is_some() {
        return Err(Error::refused("refused-recording-running"));
    }
    let contact = store::contacts::with_agent(tx, &hand.call.id, &person.id)?;
    let row = Recording {
        contact: contact.map(|contact| contact.id),
        control: Some("recording".to_owned()),
        consent: Some(consent),
        next_try_at: Some(now.plus_seconds(house.recording_rules.patience())),
        ..fresh(&hand.call.id, &hand.call.provider, purpose, now)
    };
    store::recordings::insert(tx, &row)?;
    let object = format!("recording:{}", row.id);
    audit::record(tx, now, person.id.as_str(), "recording_started", &object, Some(purpose))?;
    Ok((hand.call, row.id))
}

/// What the provider answered to the start. Where nobody knows, the row stands: perhaps it runs.
fn begun(
    tx: &mut Tx<'_>,
    id: &RecordingId,
    began: &Result<Option<String>, CarrierError>,
    now: Timestamp,
) -> Result<()> {
    let mut row = store::recordings::get(tx, id)?;
    match began {
        Ok(Some(provider_id)) => drop(row.provider_id.get_or_insert_with(|| provider_id.clone())),
        Ok(None) | Err(CarrierError::Unclear(_)) => return Ok(()),
        Err(CarrierError::Refused(_)) => {
            (row.state, row.next_try_at) = ("absent".to_owned(), None);
            row.control = Some("stopped".to_owned());
            let object = format!("recording:{id}");
            audit::record(tx, now, audit::HOUSE, "recording_not_started", &object, Some("provider"))?;
        }
    }
    Ok(store::recordings::update(tx, &row)?)
}

/// The caller does not want it: what was recorded for that purpose goes, unless it is held.
fn take_back(tx: &mut Tx<'_>, call: &CallId, purpose: &str, person: &Person, now: Timestamp) -> Result<()> {
    for mut row in store::recordings::of_call(tx, call)?.into_iter().filter(|row| row.purpose == purpose) {
        let object = format!("recording:{}", row.id);
        if row.control.is_some() {
            row.control = Some("stopped".to_owned());
            store::recordings::update(tx, &row)?;
        }
        if erasing::erase(tx, &mut row, now)? {
            audit::record(tx, now, person.id.as_str(), "recording_erased", &object, Some("consent"))?;
        }
    }
    Ok(())
}
