//! A job: the closure a caller handed in, and where its answer goes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::connection::Fault;
use crate::{Error, Result, Tx};

/// How a job's run ended, for the lane that ran it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// What it wrote is to be kept.
    Kept,
    /// It gave up; what it wrote is to be undone, its answer stands.
    GaveUp,
    /// The engine asks for another run.
    Again,
}

/// A job with its types hidden.
pub(super) trait Job: Send {
    /// Runs it and keeps the answer.
    fn run(&mut self, tx: &mut Tx<'_>) -> Fate;
    /// Sends the answer of the last run.
    fn answer(self: Box<Self>);
    /// Answers with an error in place of what the run gave.
    fn refuse(self: Box<Self>, error: Error);
}

/// The job of one caller.
pub(super) struct Task<F, T, E> {
    pub(super) work: F,
    pub(super) reply: oneshot::Sender<Result<T, E>>,
    pub(super) result: Option<Result<T, E>>,
}

impl<F, T, E> Job for Task<F, T, E>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Fate {
        // A panicking job is undone like a failing one and its values are dropped, so nobody sees them half made.
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(tx)))
            .unwrap_or_else(|_| Err(E::from(Error::Broken("a job of the store panicked".to_owned()))));
        let (result, fate) = match (result, tx.fault()) {
            (_, Fault::Retry) => {
                (Err(E::from(Error::Busy("somebody else writes the same rows".to_owned()))), Fate::Again)
            }
            (Ok(_), Fault::Failed) => {
                let why = "a job went on after a statement had failed".to_owned();
                (Err(E::from(Error::Broken(why))), Fate::GaveUp)
            }
            (Ok(value), Fault::None) => (Ok(value), Fate::Kept),
            (Err(error), _) => (Err(error), Fate::GaveUp),
        };
        self.result = Some(result);
        fate
    }

    fn answer(self: Box<Self>) {
        let result =
            self.result.unwrap_or_else(|| Err(E::from(Error::Broken("a job was not run".to_owned()))));
        // A caller that no longer waits is fine: what was stored stays stored.
        drop(self.reply.send(result));
    }

    fn refuse(self: Box<Self>, error: Error) {
        drop(self.reply.send(Err(E::from(error))));
    }
}
