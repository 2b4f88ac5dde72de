//! Answering machines that a callback meets: found by the provider's detector on the citizen's own leg, or heard by the
//! agent. The message is said by a document that the citizen's leg is led to; nothing else is ever said there.

use callbacks::AttemptOutcome;
use callbacks::machine::{Answerer, OnAnswer, WhyNot, may_leave, on_answer};
use dialect::AnsweredBy;
use domain::{AttemptId, CallbackId, Language, PhoneNumber};
use queueing::AgentMove;
use store::Tx;
use store::callbacks::Callback;

use crate::callbacks::{claim, settle};
use crate::offering::Change;
use crate::outbound::told::outcome;
use crate::outbound::{CallbackHook, Stage};
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Switchboard, agents, calling, intake};

/// Whether a callback may leave a message, and what it would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageStanding {
    /// What the complainant said to messages; none: not asked.
    pub agreed: Option<bool>,
    pub may: Result<(), WhyNot>,
    pub words: MessageWords,
}

/// All that a message may tell: no name, no institution, no matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageWords {
    pub language: Language,
    /// The case number, where there is a case.
    pub reference: Option<String>,
    /// The line's public number.
    pub phone: Option<PhoneNumber>,
}

impl Desk<Agent> {
    /// Whether a message may be left, and which.
    pub async fn callback_message(&self, id: &CallbackId) -> Result<MessageStanding> {
        let (house, id) = (self.board.house.clone(), id.clone());
        self.board
            .store
            .read(move |tx| {
                let callback = store::callbacks::get(tx, &id)?;
                standing(tx, &house, &callback, None)
            })
            .await
    }

    /// The agent met an answering machine, now or in the conversation that the provider took it for, and left the
    /// message there or did not.
    pub async fn met_machine(&self, id: &CallbackId, left: bool) -> Result<()> {
        self.change(id, move |tx, house, person, callback, now| {
            claim(tx, callback, &person.id)?;
            if left && standing(tx, house, callback, None)?.may.is_err() {
                return Err(Error::refused("refused-callback-message"));
            }
            let last = store::attempts::of_callback(tx, &callback.id)?.pop();
            let mut last = last.ok_or_else(|| Error::refused("refused-callback-no-attempt"))?;
            match calling::outcome_of(&last)? {
                None => {
                    agents::advance(tx, &mut Change::new(house, now), &last.agent, AgentMove::HungUp)?;
                }
                Some(AttemptOutcome::Reached) => {}
                Some(_) => return Err(Error::refused("refused-callback-no-attempt")),
            }
            last.outcome = Some(met(left).as_str().to_owned());
            last.dialled_at = last.dialled_at.or(Some(now));
            last.ended_at = last.ended_at.or(Some(now));
            store::attempts::update(tx, &last)?;
            settle(tx, house, Some(person), callback, now)
        })
        .await
    }
}

impl Switchboard {
    /// The provider tells who answered the citizen's telephone; `leg`: its name for that leg.
    pub async fn citizen_answered(
        &self,
        (provider, line): (&str, &str),
        hook: &CallbackHook,
        leg: &str,
        by: AnsweredBy,
    ) -> Result<()> {
        let (house, attempt) = (self.house.clone(), hook.attempt().clone());
        let read = move |tx: &mut Tx<'_>| -> Result<_> { Ok(of_attempt(tx, &house, &attempt)?.may) };
        let doing = on_answer(answerer(by), self.store.read(read).await?);
        if matches!(doing, OnAnswer::Talk | OnAnswer::Wait) {
            return Ok(());
        }
        if doing == OnAnswer::HangUp {
            self.callback_tells(hook.attempt(), outcome(AttemptOutcome::Machine)).await?;
        }
        let url = self.callback_address(provider, line, hook.attempt(), Stage::Message).await?;
        let led = self.carrier.redirect(provider, leg, &url).await;
        // The agent, who hears the machine too, says how it went.
        led.map_err(|error| Error::Unavailable(error.to_string()))
    }

    /// What is said to the machine, once it may be: the same to a repeated hook, and nothing after anything else.
    pub async fn message_to_leave(&self, hook: &CallbackHook) -> Result<Option<MessageWords>> {
        let (house, attempt) = (self.house.clone(), hook.attempt().clone());
        let read = move |tx: &mut Tx<'_>| -> Result<_> {
            let known = calling::outcome_of(&store::attempts::get(tx, &attempt)?)?;
            Ok((of_attempt(tx, &house, &attempt)?, known))
        };
        let (standing, known) = self.store.read(read).await?;
        let open = matches!(known, None | Some(AttemptOutcome::Reached | AttemptOutcome::MessageLeft));
        if !open || standing.may.is_err() {
            return Ok(None);
        }
        self.callback_tells(hook.attempt(), outcome(AttemptOutcome::MessageLeft)).await?;
        Ok(Some(standing.words))
    }
}

fn met(left: bool) -> AttemptOutcome {
    if left { AttemptOutcome::MessageLeft } else { AttemptOutcome::Machine }
}

fn answerer(by: AnsweredBy) -> Answerer {
    match by {
        AnsweredBy::Human => Answerer::Human,
        AnsweredBy::Unknown => Answerer::Unknown,
        AnsweredBy::Fax => Answerer::Fax,
        AnsweredBy::MachineStart => Answerer::MachineSpeaks,
        AnsweredBy::MachineEndBeep | AnsweredBy::MachineEndSilence | AnsweredBy::MachineEndOther => {
            Answerer::MachineListens
        }
    }
}

fn of_attempt(tx: &mut Tx<'_>, house: &House, attempt: &AttemptId) -> Result<MessageStanding> {
    let attempt = store::attempts::get(tx, attempt)?;
    let callback = store::callbacks::get(tx, &attempt.callback)?;
    standing(tx, house, &callback, Some(&attempt.id))
}

/// `but`: the attempt that is going on, whose own message does not stand in its way.
fn standing(
    tx: &mut Tx<'_>,
    house: &House,
    callback: &Callback,
    but: Option<&AttemptId>,
) -> Result<MessageStanding> {
    let case = callback.case.as_ref().map(|id| store::cases::get(tx, id)).transpose()?;
    let agreed = match &case {
        Some(case) => intake::of_case(case)?.wishes.message,
        None => None,
    };
    let mut outcomes = Vec::new();
    for attempt in store::attempts::of_callback(tx, &callback.id)? {
        if but != Some(&attempt.id) {
            outcomes.extend(calling::outcome_of(&attempt)?);
        }
    }
    let ladder = house.ladders.ladder(calling::purpose_of(callback)?);
    let may = match ladder {
        Some(ladder) => may_leave(ladder.message, agreed, outcomes),
        None => Err(WhyNot::Purpose),
    };
    let phone = house.lines.get(&callback.line).and_then(|line| line.numbers.first().cloned());
    let reference = case.map(|case| case.number.to_string());
    let words = MessageWords { language: callback.language.clone(), reference, phone };
    Ok(MessageStanding { agreed, may, words })
}

#[cfg(test)]
#[path = "machine_stories.rs"]
mod stories;
