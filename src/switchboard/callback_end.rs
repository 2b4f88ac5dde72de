//! What the end of a callback means for the case it belongs to: by its purpose, and nothing beyond it.

use callbacks::{AttemptOutcome, Concern};
use complaints::Action;
use complaints::dialogue::Called;
use domain::Timestamp;
use serde_json::json;
use store::Tx;
use store::callbacks::Callback;
use store::people::Person;

use crate::calling::purpose_of;
use crate::case_work::CaseWork;
use crate::dialogue::calls;
use crate::{House, Result, follow_up};

/// How a callback ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The conversation took place, and what was said is written down.
    Talked,
    /// Every attempt was in vain, or a person gave it up.
    Unreached,
    /// The person wants no call.
    Refused,
}

impl End {
    fn as_called(self) -> Called {
        match self {
            Self::Talked => Called::Reached,
            Self::Unreached => Called::Unreached,
            Self::Refused => Called::Refused,
        }
    }
}

/// Lets the case of a callback follow its end, where it has one.
pub(crate) fn tell_case(
    tx: &mut Tx<'_>,
    house: &House,
    person: Option<&Person>,
    callback: &Callback,
    now: Timestamp,
    end: End,
) -> Result<()> {
    let Some(case) = &callback.case else { return Ok(()) };
    let mut hand = CaseWork::take_up(tx, house, person, now, case)?;
    let purpose = purpose_of(callback)?;
    match purpose.concerns() {
        Concern::FollowUp => follow_up_ended(&mut hand, callback, end)?,
        Concern::Dialogue if calls::ended(&mut hand, purpose, callback, end.as_called())? => {}
        // What is to be done about it a person decides, who reads it in the history.
        Concern::Dialogue | Concern::Nothing => hand.note(
            "callback_ended",
            &json!({ "callback": callback.id, "purpose": purpose, "outcome": callback.outcome, "said": callback.note }),
        )?,
    }
    hand.save()
}

fn follow_up_ended(hand: &mut CaseWork<'_, '_>, callback: &Callback, end: End) -> Result<()> {
    let action = match end {
        End::Talked => return follow_up::finish(hand, callback),
        End::Unreached => Action::FollowUpUnreached,
        End::Refused => Action::WaiveFollowUp { reason: AttemptOutcome::Refused.as_str().to_owned() },
    };
    hand.act_saying(&action, &json!({ "callback": callback.id }))
}
