//! The calls that a dialogue owes the complainant: promised when it reaches the stage that data names, taken back when it
//! leaves it, and what came of them kept in its history.

use callbacks::{Purpose, next_attempt};
use complaints::dialogue::{Call, Called, Dialogue, DialogueAction, calls_owed};
use serde_json::json;
use store::callbacks::Callback;

use super::{act, fold};
use crate::Result;
use crate::case_work::CaseWork;
use crate::promise::{self, Promise};

fn purpose_of(call: Call) -> Purpose {
    match call {
        Call::Contact => Purpose::DialogueContact,
        Call::Decision => Purpose::DialogueDecision,
    }
}

fn call_of(purpose: Purpose) -> Option<Call> {
    Call::ALL.iter().copied().find(|call| purpose_of(*call) == purpose)
}

/// Lets the list of callbacks follow the dialogue from `before` to `after`.
pub(super) fn follow(hand: &mut CaseWork<'_, '_>, before: &Dialogue, after: &Dialogue) -> Result<()> {
    let Some(rules) = hand.house.dialogues.get(&hand.case.profile) else { return Ok(()) };
    let (was, is) = (calls_owed(rules, before), calls_owed(rules, after));
    let gone = |purpose| call_of(purpose).is_some_and(|call| !is.contains(&call));
    promise::cancel(hand, gone)?;
    is.iter().filter(|call| !was.contains(call)).try_for_each(|call| promised(hand, after, *call))
}

/// Promises a call by the limit that runs. Who gave no number, or wants no calls back, is written to.
fn promised(hand: &mut CaseWork<'_, '_>, dialogue: &Dialogue, call: Call) -> Result<()> {
    let intake = crate::intake::of_case(&hand.case)?;
    let phone = hand.case.phone.clone().filter(|_| intake.wishes.callback != Some(false));
    let (Some(phone), Some(limit)) = (phone, dialogue.limit().cloned()) else { return Ok(()) };
    let (purpose, wish) = (purpose_of(call), promise::wish_of(hand));
    let calling = promise::calling(hand, purpose, wish.as_deref())?;
    let first = next_attempt(&calling.plan(), hand.now, &[], hand.now);
    let (law, due_at) = (limit.law, limit.due_at);
    let callback = promise::keep(hand, Promise { purpose, phone, wish, law, due_at, first })?;
    hand.note(
        "callback_promised",
        &json!({ "callback": callback.id, "purpose": purpose, "law": callback.law, "due_at": callback.due_at }),
    )
}

/// Writes into the dialogue what a call came to; false where no dialogue runs any more that it could belong to.
pub(crate) fn ended(
    hand: &mut CaseWork<'_, '_>,
    purpose: Purpose,
    callback: &Callback,
    outcome: Called,
) -> Result<bool> {
    let Some(call) = call_of(purpose) else { return Ok(false) };
    let dialogue = fold(&store::case_events::of_case(hand.tx, &hand.case.id)?);
    if !dialogue.stage.is_running() || hand.case.closed_at.is_some() {
        return Ok(false);
    }
    let said = callback.note.clone().unwrap_or_default();
    act(hand, &DialogueAction::Called { call, outcome, said }).map(|()| true)
}
