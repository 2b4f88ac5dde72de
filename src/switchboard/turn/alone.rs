//! A turn without the store: the engine walks by the token alone, the journal keeps what was answered. Where
//! that cannot be done either, the caller hears the fixed answer.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use callflow::Turn;

use super::keeping::to_json;
use super::walk::Walk;
use super::{Knock, Reply};
use crate::seal::{Bound, Seal, Standing};
use crate::standby::entry::Entry;
use crate::{Error, Line, Result, Switchboard};

impl Switchboard {
    /// `unsure`: the store was asked first, and what it made of the turn is not known.
    pub(crate) async fn turn_alone(&self, knock: &Arc<Knock>, line: &Line, unsure: bool) -> Result<Reply> {
        let Some(seal) = self.seal_at_hand().await else {
            return Ok(self.fixed_answer(line, None, "no sealing key is at hand"));
        };
        let bound = Bound::to(knock);
        let walk = match Walk::prepare(self, seal, knock, line, bound) {
            Ok(walk) => walk,
            Err(Error::Unavailable(why)) => return Ok(self.sorry(line, None, &why)),
            Err(error) => return Err(error),
        };
        let (turn, after_dial) = walk.alone();
        // A repeated hook hears the same, and is written down again: what it hears must be on the disk.
        let entry = self.standby.first_answer(walk.entry(turn, after_dial, unsure));
        let turn = entry.turn.clone();
        match self.standby.keep(seal, &Entry::Turn(Box::new(entry)), self.now()).await {
            Ok(()) => self.reply_of(seal, bound, &walk, turn),
            Err(error) => Ok(self.fixed_answer(line, Some(walk.language()), &error.to_string())),
        }
    }

    /// The reply of a turn that is journalled.
    pub(super) fn reply_of(&self, seal: &Seal, bound: Bound<'_>, walk: &Walk, turn: Turn) -> Result<Reply> {
        let state = to_json(&turn.state)?;
        let next = Standing { branch: walk.branch, step: walk.step.saturating_add(1), state };
        Ok(Reply { verbs: turn.verbs, token: Some(seal.close(&next, bound)?) })
    }

    fn fixed_answer(&self, line: &Line, language: Option<&domain::Language>, why: &str) -> Reply {
        self.standby.counts.static_replies.fetch_add(1, Relaxed);
        self.sorry(line, language, why)
    }
}
