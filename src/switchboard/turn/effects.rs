//! What a turn decided, written down. Effects of one call may be applied in any order of its turns.

use callflow::Effect;
use domain::Timestamp;
use store::notes::TurnNumber;
use store::{Tx, calls, notes};

use crate::queue::{self, Asking};
use crate::recordings::consent;
use crate::{House, Result, Topic, messages};

/// The turn whose effects are written.
pub(super) struct Scene<'a> {
    pub(super) house: &'a House,
    pub(super) asking: Asking<'a>,
    pub(super) turn: TurnNumber,
    /// Queue that the caller had a place in before this turn.
    pub(super) queue: Option<&'a str>,
    pub(super) now: Timestamp,
}

/// Writes all effects of a turn; what is to be announced after the commit.
pub(super) fn apply(tx: &mut Tx<'_>, scene: &Scene<'_>, effects: &[Effect]) -> Result<Vec<Topic>> {
    let Scene { house, asking, turn, queue: place, now } = scene;
    let (call, turn, now) = (asking.call, *turn, *now);
    let mut topics = Vec::new();
    for effect in effects {
        if let (Effect::LeaveQueue | Effect::PromiseCallback { .. }, Some(place)) = (effect, place) {
            queue::hold_place(tx, house, asking, place, now)?;
        }
        match effect {
            Effect::Note { key, value } => {
                notes::write(tx, call, turn, key, value)?;
                if key == consent::NOTE {
                    consent::by_key(tx, house, (call, asking.line), value, now)?;
                }
            }
            Effect::SetLanguage(language) => calls::set_language(tx, call, language, mark(turn))?,
            Effect::LeaveQueue => topics.extend(queue::leave_queue(tx, house, asking, now)?),
            Effect::PromiseCallback { number } => {
                topics.extend(queue::promise_callback(tx, house, asking, number.as_deref(), now)?);
            }
            Effect::TakeMessage { purpose, recording } => {
                topics.extend(messages::keep(tx, house, asking, turn, purpose, recording, now)?);
            }
            Effect::Rate { question, score } => notes::rate(tx, call, question, *score, now)?,
            Effect::Emergency => {
                calls::mark_emergency(tx, call, now)?;
                queue::emergency(tx, call)?;
                topics.push(Topic::Queue);
            }
        }
    }
    Ok(topics)
}

/// Turns of one call in one number that grows with branch and step.
fn mark(turn: TurnNumber) -> i64 {
    i64::from(turn.branch) << 32 | i64::from(turn.step)
}
