//! The callback after a result: scheduled with the feedback, its answer kept in the case.

use callbacks::{Concern, Purpose, schedule_follow_up};
use complaints::{Action, Satisfaction};
use serde_json::json;
use store::callbacks::Callback;

use crate::calling::follow_up_law;
use crate::case_work::CaseWork;
use crate::promise::{self, Promise};
use crate::{Error, Result};

/// Promises the callback for a result that was told now.
pub(crate) fn schedule(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let Some(phone) = hand.case.phone.clone() else {
        return Err(Error::refused("refused-follow-up-no-phone"));
    };
    let law = follow_up_law(hand.house, &hand.case.line, hand.now)
        .ok_or_else(|| Error::Unavailable("no law for the follow-up callback is configured".to_owned()))?;
    let (purpose, wish) = (Purpose::Satisfaction, promise::wish_of(hand));
    let calling = promise::calling(hand, purpose, wish.as_deref())?;
    let scheduled = schedule_follow_up(law, hand.now, &calling.plan());
    let (law, due_at, first) = (scheduled.due.law, scheduled.due.due_at, scheduled.first);
    let callback = promise::keep(hand, Promise { purpose, phone, wish, law, due_at, first })?;
    hand.note(
        "follow_up_scheduled",
        &json!({ "callback": callback.id, "law": callback.law, "due_at": callback.due_at, "next_at": callback.next_at }),
    )
}

/// Takes back a follow-up that is still promised for the case; what it is called about otherwise stays.
pub(crate) fn cancel(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    promise::cancel(hand, |purpose| purpose.concerns() == Concern::FollowUp)
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
