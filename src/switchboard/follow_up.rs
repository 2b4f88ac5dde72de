//! The callback after a result: scheduled with the feedback, its answer kept in the case.

use callbacks::{Next, Purpose, schedule_follow_up};
use complaints::{Action, Satisfaction};
use domain::CallbackId;
use serde_json::json;
use store::callbacks::Callback;

use crate::calling::{Calling, follow_up_law};
use crate::case_work::CaseWork;
use crate::{Error, Result, fresh_id};

/// Promises the callback for a result that was told now.
pub(crate) fn schedule(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let Some(phone) = hand.case.phone.clone() else {
        return Err(Error::refused("refused-follow-up-no-phone"));
    };
    let (house, now) = (hand.house, hand.now);
    let law = follow_up_law(house, &hand.case.line, now)
        .ok_or_else(|| Error::Unavailable("no law for the follow-up callback is configured".to_owned()))?;
    let intake: complaints::Intake = serde_json::from_str(&hand.case.intake).unwrap_or_default();
    let wish = Some(intake.caller.best_times.trim().to_owned()).filter(|text| !text.is_empty());
    let calling = Calling::new(house, &hand.case.line, Purpose::Satisfaction, wish.as_deref())?;
    let scheduled = schedule_follow_up(law, now, &calling.plan());
    let line = house.lines.get(&hand.case.line).ok_or(Error::NotFound)?;
    let mut callback = Callback {
        id: CallbackId::new(fresh_id()),
        purpose: Purpose::Satisfaction.as_str().to_owned(),
        line: hand.case.line.clone(),
        case: Some(hand.case.id.clone()),
        call: None,
        phone,
        language: hand.case.language.clone(),
        wish,
        law: Some(scheduled.due.law.clone()),
        place_at: None,
        promised_at: now,
        due_at: scheduled.due.due_at,
        next_at: None,
        state: "due".to_owned(),
        attempts: 0,
        claimed_by: None,
        outcome: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: now,
        service_day: now.service_day(line.zone).to_string(),
    };
    match scheduled.first {
        Next::At(moment) => callback.next_at = Some(moment),
        Next::Parked(reason) => {
            callback.state = "parked".to_owned();
            callback.outcome = Some(reason.as_str().to_owned());
        }
        Next::Ongoing | Next::Exhausted | Next::Done => {}
    }
    store::callbacks::insert(hand.tx, &callback)?;
    hand.note(
        "follow_up_scheduled",
        &json!({ "callback": callback.id, "law": callback.law, "due_at": callback.due_at, "next_at": callback.next_at }),
    )
}

/// Takes back what is still promised for the case.
pub(crate) fn cancel(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    for mut callback in store::callbacks::of_case(hand.tx, &hand.case.id)? {
        if callback.done_at.is_none() {
            callback.state = "cancelled".to_owned();
            callback.next_at = None;
            callback.done_at = Some(hand.now);
            store::callbacks::update(hand.tx, &callback)?;
        }
    }
    Ok(())
}

/// What the complainant said, into the case: closes it where nothing is missing, reopens it where it is not
/// solved.
pub(crate) fn finish(hand: &mut CaseWork<'_, '_>, callback: &Callback) -> Result<()> {
    let level = callback.satisfaction.and_then(|level| u8::try_from(level).ok());
    let action = Action::FinishFollowUp {
        contacted: callback.contacted,
        solved: callback.solved,
        satisfaction: level.and_then(Satisfaction::from_level),
    };
    hand.act_saying(&action, &json!({ "callback": callback.id, "said": callback.note }))
}
