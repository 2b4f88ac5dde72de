//! Jobs that wait for a lane: two bounded queues, callers before housekeeping. A full queue refuses at
//! once, so that a caller hears the apology instead of silence.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::job::Job;
use crate::Error;

/// Which queue a job stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// Somebody listens for the answer.
    Caller,
    /// Housekeeping.
    Later,
}

/// Why a job was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Full,
    Closed,
}

#[derive(Default)]
struct Queues {
    callers: VecDeque<Box<dyn Job>>,
    later: VecDeque<Box<dyn Job>>,
    closed: bool,
    idle: usize,
}

/// The queues before one or several lanes.
pub(super) struct Waiting {
    queues: Mutex<Queues>,
    news: Condvar,
    most: usize,
}

impl Waiting {
    /// Empty queues that hold at most `most` jobs each.
    pub(super) fn new(most: usize) -> Self {
        Self { queues: Mutex::default(), news: Condvar::new(), most }
    }

    /// Puts a job at the end of its queue, or hands it back.
    pub(super) fn push(&self, job: Box<dyn Job>, rank: Rank) -> Result<(), (Box<dyn Job>, Refused)> {
        let mut queues = self.lock();
        if queues.closed {
            return Err((job, Refused::Closed));
        }
        let queue = if rank == Rank::Caller { &mut queues.callers } else { &mut queues.later };
        if queue.len() >= self.most {
            return Err((job, Refused::Full));
        }
        queue.push_back(job);
        let wake = queues.idle > 0;
        drop(queues);
        if wake {
            self.news.notify_one();
        }
        Ok(())
    }

    /// Waits for work and takes up to `most` jobs into `group`, callers first, but always one of the
    /// others if one waits. False: closed and empty.
    pub(super) fn take(&self, group: &mut Vec<Box<dyn Job>>, most: usize) -> bool {
        let Some(mut queues) = self.waited() else { return false };
        let callers = queues.callers.len().min(most);
        group.extend(queues.callers.drain(..callers));
        // Housekeeping must not starve, and a long backlog of it must not hold callers up.
        let room = (most - callers).min(16).max(usize::from(callers > 0 || most == 1));
        let room = if most == 1 && callers == 1 { 0 } else { room };
        let others = queues.later.len().min(room);
        group.extend(queues.later.drain(..others));
        true
    }

    /// Waits until there is work, and leaves it where it is. False: closed and empty.
    pub(super) fn wait(&self) -> bool {
        self.waited().is_some()
    }

    /// Answers every job that waits with `error`.
    pub(super) fn refuse_all(&self, error: &Error) {
        let mut queues = self.lock();
        let jobs: Vec<_> = queues.callers.drain(..).collect();
        let jobs = jobs.into_iter().chain(queues.later.drain(..).collect::<Vec<_>>());
        drop(queues);
        jobs.for_each(|job| job.refuse(error.clone()));
    }

    fn waited(&self) -> Option<MutexGuard<'_, Queues>> {
        let mut queues = self.lock();
        while queues.callers.is_empty() && queues.later.is_empty() {
            if queues.closed {
                return None;
            }
            queues.idle += 1;
            queues = self.news.wait(queues).unwrap_or_else(PoisonError::into_inner);
            queues.idle -= 1;
        }
        Some(queues)
    }

    /// Takes no more jobs in; lanes end when the queues are empty.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.news.notify_all();
    }

    /// Jobs waiting now: callers', others'.
    pub(super) fn depth(&self) -> (usize, usize) {
        let queues = self.lock();
        (queues.callers.len(), queues.later.len())
    }

    fn lock(&self) -> MutexGuard<'_, Queues> {
        // A panic while the lock is held cannot leave the queues torn: every step on them is one call.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
