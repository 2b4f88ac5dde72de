//! A turn in the store: the everyday way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use store::Tx;

use super::walk::{Answered, Walk};
use super::{Knock, Reply};
use crate::seal::{Bound, Standing};
use crate::{Error, Line, Result, Switchboard};

/// Two hooks that open one call at the same moment contradict each other once.
const MOST_RUNS: u32 = 3;

impl Switchboard {
    /// Unavailable or a conflict: the store does not do its work.
    pub(super) async fn stored_turn(&self, knock: &Arc<Knock>, line: &Line, settling: bool) -> Result<Reply> {
        let patience = tokio::time::timeout(self.standby.patience.store, self.seal()).await;
        let seal =
            patience.map_err(|_| Error::Unavailable("the store did not answer in time".to_owned()))??;
        let bound = Bound::to(knock);
        let walk = match Walk::prepare(self, seal, knock, line, bound) {
            Ok(walk) => Arc::new(walk),
            // Not the store's fault: the state of the call cannot be read, or the turn not be written down.
            Err(Error::Unavailable(why)) => return Ok(self.sorry(line, None, &why)),
            Err(error) => return Err(error),
        };
        if settling && let Some(before) = self.standby.answered_before(&walk.name()) {
            return self.reply_of(seal, bound, &walk, before.turn);
        }
        let job = Arc::clone(&walk);
        let done = self.in_store(move |tx| job.run(tx)).await?;
        if done.repeated {
            self.pulse.repeated.fetch_add(1, Relaxed);
        }
        for trouble in &done.troubles {
            let (code, node) = (trouble.code.as_str(), trouble.node.as_str());
            tracing::warn!(line = line.name, code, node, detail = trouble.detail, "trouble in a script");
        }
        self.post(done.topics);
        self.pulse.walked.store(true, Relaxed);
        let Answered { verbs, state } = done.answered.unwrap_or_else(|| walk.prepared());
        let next = Standing { branch: walk.branch, step: walk.step.saturating_add(1), state };
        Ok(Reply { verbs, token: Some(seal.close(&next, bound)?) })
    }

    /// Runs a job of a hook as long as somebody waits for it. One that was given up changes nothing: its place is
    /// taken by the journal.
    pub(crate) async fn in_store<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    {
        let (job, given_up) = (Arc::new(job), Arc::new(AtomicBool::new(false)));
        let wanted = |given_up: &AtomicBool| match given_up.load(Relaxed) {
            true => Err(Error::Unavailable("nobody waits any more".to_owned())),
            false => Ok(()),
        };
        let written = async {
            let mut run = 1;
            loop {
                let (job, given_up) = (Arc::clone(&job), Arc::clone(&given_up));
                let once = self.store.write(move |tx| {
                    wanted(&given_up)?;
                    let answer = job(tx)?;
                    wanted(&given_up).map(|()| answer)
                });
                match once.await {
                    Err(Error::Conflict(_)) if run < MOST_RUNS => run += 1,
                    answered => return answered,
                }
            }
        };
        let answered = tokio::select! {
            biased;
            answered = written => answered,
            () = self.standby.store_given_up() => Err(Error::Unavailable("the store was given up".to_owned())),
            () = tokio::time::sleep(self.standby.patience.store) => Err(Error::Unavailable("the store did not answer in time".to_owned())),
        };
        given_up.store(true, Relaxed);
        answered
    }
}
