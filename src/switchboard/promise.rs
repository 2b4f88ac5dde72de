//! Callbacks that a case owes its complainant: written down, and taken back.

use callbacks::{Next, Purpose};
use domain::{CallbackId, PhoneNumber, Timestamp};
use store::callbacks::Callback;

use crate::calling::{Calling, purpose_of};
use crate::case_work::CaseWork;
use crate::{Error, Result, fresh_id};

/// What is promised.
pub(crate) struct Promise {
    pub(crate) purpose: Purpose,
    pub(crate) phone: PhoneNumber,
    /// When the complainant likes to be called, in their words.
    pub(crate) wish: Option<String>,
    pub(crate) law: String,
    pub(crate) due_at: Timestamp,
    /// The first attempt, or why there is none.
    pub(crate) first: Next,
}

/// When the complainant would like to be called, as the intake has it.
pub(crate) fn wish_of(hand: &CaseWork<'_, '_>) -> Option<String> {
    let intake: complaints::Intake = serde_json::from_str(&hand.case.intake).unwrap_or_default();
    Some(intake.caller.best_times.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Ladder and hours of a purpose, on the line of the case.
pub(crate) fn calling<'a>(
    hand: &CaseWork<'a, '_>,
    purpose: Purpose,
    wish: Option<&str>,
) -> Result<Calling<'a>> {
    Calling::new(hand.house, &hand.case.line, purpose, wish)
}

/// Puts the callback on the list.
pub(crate) fn keep(hand: &mut CaseWork<'_, '_>, promise: Promise) -> Result<Callback> {
    let line = hand.house.lines.get(&hand.case.line).ok_or(Error::NotFound)?;
    let mut callback = Callback {
        id: CallbackId::new(fresh_id()),
        purpose: promise.purpose.as_str().to_owned(),
        line: hand.case.line.clone(),
        case: Some(hand.case.id.clone()),
        call: None,
        phone: promise.phone,
        language: hand.case.language.clone(),
        wish: promise.wish,
        law: Some(promise.law),
        place_at: None,
        promised_at: hand.now,
        due_at: promise.due_at,
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
        created_at: hand.now,
        service_day: hand.now.service_day(line.zone).to_string(),
    };
    match promise.first {
        Next::At(moment) => callback.next_at = Some(moment),
        Next::Parked(reason) => {
            callback.state = "parked".to_owned();
            callback.outcome = Some(reason.as_str().to_owned());
        }
        Next::Ongoing | Next::Exhausted | Next::Done => {}
    }
    store::callbacks::insert(hand.tx, &callback)?;
    Ok(callback)
}

/// Takes back what is still promised for the case, of the purposes that `needless` tells.
pub(crate) fn cancel(hand: &mut CaseWork<'_, '_>, needless: impl Fn(Purpose) -> bool) -> Result<()> {
    for mut callback in store::callbacks::of_case(hand.tx, &hand.case.id)? {
        if callback.done_at.is_none() && needless(purpose_of(&callback)?) {
            callback.state = "cancelled".to_owned();
            callback.next_at = None;
            callback.done_at = Some(hand.now);
            store::callbacks::update(hand.tx, &callback)?;
        }
    }
    Ok(())
}
