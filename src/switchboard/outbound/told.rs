//! What the hooks of a callback tell: stored, or journalled while the store is out of reach and taken over later.
//! They come late, twice and in any order, and the attempt ends the same.

use callbacks::AttemptOutcome;
use callflow::{DialOutcome, Event};
use dialect::incoming::Kind;
use dialect::{AnsweredBy, CallStatus, Incoming};
use domain::{AttemptId, Timestamp};
use queueing::AgentMove;
use store::Tx;
use store::attempts::Attempt;

use super::{Answer, CallbackHook, Connect, Stage};
use crate::callbacks::settle;
use crate::offering::Change;
use crate::standby::entry::{CallbackEntry, CallbackTold, Entry};
use crate::standby::mode::Mode;
use crate::{Error, House, Result, Switchboard, Topic, agents};

impl Switchboard {
    /// The agent's telephone was answered: whom to connect. Nobody where the attempt is over already, where a
    /// mailbox answered for the agent, or where the records are out of reach: an agent who sees no case cannot speak
    /// about it, and the callback stays due.
    pub async fn callback_answered(
        &self,
        (provider, line): (&str, &str),
        hook: &CallbackHook,
        answered_by: Option<AnsweredBy>,
    ) -> Result<Answer> {
        if answered_by.is_some_and(AnsweredBy::is_machine) {
            self.callback_tells(&hook.attempt, outcome(AttemptOutcome::NotDialled)).await?;
            return Ok(Answer::Over);
        }
        let now = self.now();
        let asked = self.standby.stance().0 == Mode::Normal;
        if asked {
            match self.connect((provider, line), hook, now).await {
                Err(Error::Unavailable(why) | Error::Conflict(why)) => self.standby.give_up_store(now, &why),
                answered => return answered,
            }
        }
        let line = self.house.lines.get(line).ok_or(Error::NotFound)?;
        let not_connected = CallbackTold::NotConnected;
        let attempt = hook.attempt.as_str().to_owned();
        let entry = CallbackEntry { attempt, at: now, unsure: asked, told: not_connected };
        // Said even if it is not kept: the end of the leg tells the same again.
        drop(self.journal_callback(entry).await);
        Ok(Answer::Later(line.languages[0].clone()))
    }

    async fn connect(
        &self,
        (provider, line): (&str, &str),
        hook: &CallbackHook,
        now: Timestamp,
    ) -> Result<Answer> {
        let token = self.callback_token(provider, line, &hook.attempt, Stage::Dialled).await?;
        let citizen_token = self.callback_token(provider, line, &hook.attempt, Stage::Citizen).await?;
        let caller_id = self.house.lines.get(line).and_then(|line| line.numbers.first().cloned());
        let attempt = hook.attempt.clone();
        let connect = self.in_store(move |tx| -> Result<Answer> {
            let mut attempt = store::attempts::get(tx, &attempt)?;
            // The same hook again gets the same document; a call that nobody waits for any more gets none.
            if attempt.dialled_at.is_none() {
                if attempt.outcome.is_some() {
                    return Ok(Answer::Over);
                }
                attempt.dialled_at = Some(now);
                store::attempts::update(tx, &attempt)?;
            }
            let callback = store::callbacks::get(tx, &attempt.callback)?;
            let case = callback.case.as_ref().map(|id| store::cases::get(tx, id)).transpose()?;
            let agent = store::people::find(tx, &attempt.agent)?.ok_or(Error::NotFound)?;
            Ok(Answer::Connect(Box::new(Connect {
                language: agent.language,
                purpose: callback.purpose,
                case: case.map(|case| case.number.to_string()),
                phone: callback.phone,
                caller_id: caller_id.clone(),
                token: token.clone(),
                citizen_token: citizen_token.clone(),
            })))
        });
        let connect = connect.await?;
        self.bulletin.post(Topic::Callbacks);
        Ok(connect)
    }

    /// The dial to the citizen ended. A hook that tells nothing of a dial changes nothing.
    pub async fn callback_dialled(&self, hook: &CallbackHook, incoming: &Incoming) -> Result<()> {
        let Kind::Step(Event::Dialled(told)) = &incoming.kind else { return Ok(()) };
        let machine = incoming.answered_by.is_some_and(AnsweredBy::is_machine);
        let ended = match told {
            DialOutcome::Completed if machine => AttemptOutcome::Machine,
            DialOutcome::Completed => AttemptOutcome::Reached,
            DialOutcome::Busy => AttemptOutcome::Busy,
            // Cancelled: the agent hung up while it rang there.
            DialOutcome::NoAnswer | DialOutcome::Canceled => AttemptOutcome::NoAnswer,
            DialOutcome::Failed => AttemptOutcome::Technical,
        };
        self.callback_tells(&hook.attempt, outcome(ended)).await
    }

    /// How the agent's leg stands. Once the citizen is being dialled, only the dial's own result tells how it
    /// went.
    pub async fn callback_told(&self, hook: &CallbackHook, incoming: &Incoming) -> Result<()> {
        let Kind::Status(report) = &incoming.kind else { return Ok(()) };
        if !report.status.is_end() {
            return Ok(());
        }
        self.leg_ended(&hook.attempt, report.status).await
    }

    /// The agent's leg is over.
    pub(crate) async fn leg_ended(&self, attempt: &AttemptId, status: CallStatus) -> Result<()> {
        self.callback_tells(attempt, CallbackTold::LegEnded(status.as_str().to_owned())).await
    }

    /// The attempt came to its end by what the provider answered to our request.
    pub(super) async fn ended(&self, attempt: &AttemptId, how: AttemptOutcome) -> Result<()> {
        self.callback_tells(attempt, outcome(how)).await
    }

    /// Keeps what a hook of an attempt tells: after the commit, or, without the store, when it is in the journal.
    pub(crate) async fn callback_tells(&self, attempt: &AttemptId, told: CallbackTold) -> Result<()> {
        let (house, now) = (self.house.clone(), self.now());
        let entry = CallbackEntry { attempt: attempt.as_str().to_owned(), at: now, unsure: false, told };
        if self.standby.stance().0 == Mode::Normal {
            let told = entry.clone();
            match self.in_store(move |tx| take_over_callback(tx, &house, &told)).await {
                Err(Error::Unavailable(why) | Error::Conflict(why)) => self.standby.give_up_store(now, &why),
                answered => return answered.map(|topics| self.post(topics)),
            }
        }
        self.journal_callback(entry).await
    }

    async fn journal_callback(&self, entry: CallbackEntry) -> Result<()> {
        let seal = self.seal_at_hand().await;
        let seal = seal.ok_or_else(|| Error::Unavailable("no sealing key is at hand".to_owned()))?;
        let at = entry.at;
        self.standby.keep(seal, &Entry::Callback(Box::new(entry)), at).await
    }

    /// Changes an attempt, and lets its callback follow from it.
    pub(crate) async fn on_attempt<F>(&self, id: &AttemptId, work: F) -> Result<()>
    where
        F: Fn(&mut Attempt, Timestamp) + Send + 'static,
    {
        let (house, now, id) = (self.house.clone(), self.now(), id.clone());
        let changed = self.store.write(move |tx| change(tx, &house, &id, now, |attempt| work(attempt, now)));
        self.post(changed.await?);
        Ok(())
    }
}

pub(crate) fn outcome(outcome: AttemptOutcome) -> CallbackTold {
    CallbackTold::Outcome(outcome.as_str().to_owned())
}

/// Writes down what a hook of an attempt tells, at once or later; what is to be announced.
pub(crate) fn take_over_callback(
    tx: &mut Tx<'_>,
    house: &House,
    entry: &CallbackEntry,
) -> Result<Vec<Topic>> {
    let unknown = || Error::refused("refused-unknown-report");
    let id = AttemptId::new(entry.attempt.clone());
    let (at, unsure) = (entry.at, entry.unsure);
    match &entry.told {
        CallbackTold::NotConnected => {
            change(tx, house, &id, at, |attempt| not_connected(attempt, at, unsure))
        }
        CallbackTold::Outcome(word) => {
            let outcome = word.parse().map_err(|_| unknown())?;
            change(tx, house, &id, at, |attempt| end(attempt, outcome, at))
        }
        CallbackTold::LegEnded(word) => {
            let status = CallStatus::parse(word).ok_or_else(unknown)?;
            change(tx, house, &id, at, |attempt| leg_over(attempt, status, at))
        }
    }
}

/// The agent was told that nobody can be connected. Whoever was connected by another hook of the same call, was.
fn not_connected(attempt: &mut Attempt, at: Timestamp, unsure: bool) {
    if unsure && attempt.dialled_at == Some(at) {
        attempt.dialled_at = None;
    }
    if attempt.dialled_at.is_none() {
        end(attempt, AttemptOutcome::NotDialled, at);
    }
}

fn leg_over(attempt: &mut Attempt, status: CallStatus, at: Timestamp) {
    match status {
        _ if attempt.dialled_at.is_some() => {}
        CallStatus::Failed => end(attempt, AttemptOutcome::Technical, at),
        _ => end(attempt, AttemptOutcome::NotDialled, at),
    }
}

fn end(attempt: &mut Attempt, outcome: AttemptOutcome, at: Timestamp) {
    let known = attempt.outcome.as_deref().and_then(|text| text.parse().ok());
    if known.is_none_or(|known| rank(known) < rank(outcome)) {
        attempt.outcome = Some(outcome.as_str().to_owned());
        attempt.ended_at = attempt.ended_at.or(Some(at));
        if outcome.is_dial() {
            attempt.dialled_at = attempt.dialled_at.or(Some(at));
        }
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

/// Changes an attempt, and lets its callback follow from it; what is to be announced.
fn change(
    tx: &mut Tx<'_>,
    house: &House,
    id: &AttemptId,
    now: Timestamp,
    work: impl FnOnce(&mut Attempt),
) -> Result<Vec<Topic>> {
    let mut attempt = store::attempts::get(tx, id)?;
    let before = attempt.clone();
    work(&mut attempt);
    if attempt == before {
        return Ok(Vec::new());
    }
    store::attempts::update(tx, &attempt)?;
    let mut change = Change::new(house, now);
    if before.outcome.is_none() && attempt.outcome.is_some() {
        agents::advance(tx, &mut change, &attempt.agent, AgentMove::HungUp)?;
    }
    let mut callback = store::callbacks::get(tx, &attempt.callback)?;
    if callback.done_at.is_none() && attempt.outcome != before.outcome {
        settle(tx, house, None, &mut callback, now)?;
    }
    let mut topics = change.topics();
    topics.extend([Topic::Callbacks, Topic::Cases]);
    Ok(topics)
}
