//! A turn in the form it is kept, and its keeping: the row, then its effects, once.

use callflow::Turn;
use domain::{Caller, Timestamp};
use store::Tx;
use store::calls::Found;
use store::notes::TurnNumber;
use store::turns::{self, NewTurn};

use super::effects;
use crate::queue::{self, Asking};
use crate::{Error, House, Result, Topic};

/// A finished turn in the form it is kept.
pub(super) struct Written {
    pub(super) turn: Turn,
    pub(super) reply: String,
    pub(super) state: String,
    pub(super) walked: String,
}

/// Where a turn belongs.
pub(super) struct Place<'a> {
    pub(super) house: &'a House,
    pub(super) found: &'a Found,
    pub(super) line: &'a str,
    pub(super) caller: &'a Caller,
    pub(super) turn: TurnNumber,
    /// Queue that the caller had a place in before.
    pub(super) queue: Option<&'a str>,
    /// The event, as JSON.
    pub(super) event: &'a str,
    pub(super) at: Timestamp,
}

/// What became of it.
pub(super) enum Kept {
    /// It is kept, and its effects are carried out; what is to be announced.
    First(Vec<Topic>),
    /// It was kept before: what was answered then.
    Before(turns::Answered),
}

/// Keeps a turn and carries out its effects, unless it was kept before.
pub(super) fn keep(tx: &mut Tx<'_>, place: &Place<'_>, written: &Written) -> Result<Kept> {
    match turns::keep(tx, &place.row(written))? {
        Some(before) => Ok(Kept::Before(before)),
        None => Ok(Kept::First(place.carry_out(tx, written)?)),
    }
}

/// Puts a turn that the caller heard in the place of one that nobody did. A place in the queue that only the other
/// one gave is given back.
pub(super) fn overrule(tx: &mut Tx<'_>, place: &Place<'_>, written: &Written) -> Result<Vec<Topic>> {
    turns::overrule(tx, &place.row(written))?;
    let mut topics = place.carry_out(tx, written)?;
    if written.turn.state.queue.is_none() && place.queue.is_none() {
        topics.extend(queue::give_back(tx, place.house, &place.asking(written), place.at)?);
    }
    Ok(topics)
}

impl<'a> Place<'a> {
    fn row<'b>(&'b self, written: &'b Written) -> NewTurn<'b> {
        NewTurn {
            call: &self.found.id,
            branch: self.turn.branch,
            step: self.turn.step,
            at: self.at,
            event: self.event,
            reply: &written.reply,
            state: &written.state,
            walked: &written.walked,
        }
    }

    fn asking<'b>(&'b self, written: &'b Written) -> Asking<'b> {
        Asking {
            call: &self.found.id,
            visit: written.turn.state.served,
            line: self.line,
            caller: self.caller,
            language: &written.turn.state.language,
            ended_at: self.found.ended_at,
            turn: self.turn,
        }
    }

    fn carry_out(&self, tx: &mut Tx<'_>, written: &Written) -> Result<Vec<Topic>> {
        let (house, turn, queue, now) = (self.house, self.turn, self.queue, self.at);
        let scene = effects::Scene { house, asking: self.asking(written), turn, queue, now };
        effects::apply(tx, &scene, &written.turn.effects)
    }
}

impl Written {
    pub(super) fn new(turn: Turn) -> Result<Self> {
        let (reply, state) = (to_json(&turn.verbs)?, to_json(&turn.state)?);
        Ok(Self { reply, state, walked: to_json(&turn.walked)?, turn })
    }
}

pub(super) fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Unavailable(format!("writing a turn: {error}")))
}
