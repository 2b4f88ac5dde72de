//! A write lane: whatever waits goes into one transaction; answers leave only after the commit. There is no
//! timer: a group is what queued up while the last one was flushed.
//!
//! A job that gives up is undone alone. Savepoints would do that, but each makes the engine copy every page
//! the job touches; most jobs that give up have written nothing. So a group runs without them first, and
//! again with them only when a job gave up after writing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::job::{Fate, Job};
use super::record::Record;
use super::waiting::Waiting;
use crate::connection::Connection;
use crate::{Error, Tx};

/// How often a job is run before its caller is told that the store is busy.
const MOST_RUNS: u32 = 12;

/// Works until the queues are closed and empty.
pub(super) fn work(
    mut connection: Box<dyn Connection>,
    waiting: &Arc<Waiting>,
    record: &Record,
    most: usize,
) {
    let mut group: Vec<Box<dyn Job>> = Vec::with_capacity(most);
    while waiting.take(&mut group, most) {
        let started = Instant::now();
        let count = group.len();
        write_group(connection.as_mut(), &mut group);
        record.group(count, started.elapsed());
        connection.between();
    }
}

/// Writes all jobs of `group` in one transaction, or one by one where that is not possible.
fn write_group(connection: &mut dyn Connection, group: &mut Vec<Box<dyn Job>>) {
    if group.len() == 1 {
        group.drain(..).for_each(|job| write_alone(connection, job));
        return;
    }
    let mut undoing = Undoing::Nothing;
    loop {
        match (try_group(connection, group, undoing), undoing) {
            (Ok(()), _) => return commit(connection, group),
            (Err(Lost::Written), Undoing::Nothing) => {
                connection.rollback();
                undoing = Undoing::Savepoints;
            }
            (Err(_), _) => {
                // Nothing of the group is stored; a neighbour's failure must not become everybody's.
                connection.rollback();
                return group.drain(..).for_each(|job| write_alone(connection, job));
            }
        }
    }
}

fn commit(connection: &mut dyn Connection, group: &mut Vec<Box<dyn Job>>) {
    match connection.commit() {
        Ok(()) => group.drain(..).for_each(Job::answer),
        Err(error) => {
            connection.rollback();
            tracing::error!(jobs = group.len(), %error, "a group was not committed");
            group.drain(..).for_each(|job| job.refuse(error.clone()));
        }
    }
}

/// How what a job wrote can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undoing {
    /// Only with the whole group.
    Nothing,
    Savepoints,
}

/// Why the transaction of a group cannot be committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// A job gave up after it had written.
    Written,
    /// The engine has taken the transaction away, or asks for another run.
    Whole,
}

/// Runs every job of a group.
fn try_group(
    connection: &mut dyn Connection,
    group: &mut [Box<dyn Job>],
    undoing: Undoing,
) -> Result<(), Lost> {
    let whole = |_| Lost::Whole;
    connection.begin().map_err(whole)?;
    for job in group {
        let before = connection.changes();
        if undoing == Undoing::Savepoints {
            connection.savepoint().map_err(whole)?;
        }
        let fate = job.run(&mut Tx::new(connection));
        match (fate, undoing) {
            (Fate::Kept, _) => {}
            (Fate::Again, _) => return Err(Lost::Whole),
            (Fate::GaveUp, _) if !connection.stands() => return Err(Lost::Whole),
            (Fate::GaveUp, Undoing::Savepoints) => connection.rollback_to_savepoint().map_err(whole)?,
            (Fate::GaveUp, Undoing::Nothing) if connection.changes() == before => {}
            (Fate::GaveUp, Undoing::Nothing) => return Err(Lost::Written),
        }
        if undoing == Undoing::Savepoints {
            connection.release().map_err(whole)?;
        }
    }
    Ok(())
}

/// Runs one job in a transaction of its own, again while the engine asks for it.
fn write_alone(connection: &mut dyn Connection, mut job: Box<dyn Job>) {
    for run in 1..=MOST_RUNS {
        match connection.begin() {
            Ok(()) => {}
            Err(Error::Busy(_)) if run < MOST_RUNS => continue,
            Err(error) => return job.refuse(error),
        }
        match job.run(&mut Tx::new(connection)) {
            Fate::Kept => match connection.commit() {
                Ok(()) => return job.answer(),
                Err(Error::Busy(_)) if run < MOST_RUNS => connection.rollback(),
                Err(error) => {
                    connection.rollback();
                    return job.refuse(error);
                }
            },
            Fate::Again if run < MOST_RUNS => connection.rollback(),
            Fate::Again | Fate::GaveUp => {
                connection.rollback();
                return job.answer();
            }
        }
        // Rivals that collided once must not march in step; the wait stays far below a caller's patience.
        std::thread::sleep(Duration::from_millis(u64::from(run * run)));
    }
}
