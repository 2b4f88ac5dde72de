//! A read lane: one job at a time, each in one snapshot that is never committed.

use super::job::{Fate, Job};
use super::waiting::Waiting;
use crate::connection::Connection;
use crate::{Error, Tx};

/// How often a read is run before its caller is told that the store is busy.
const MOST_RUNS: u32 = 5;

/// Works until the queue is closed and empty.
pub(super) fn work(mut connection: Box<dyn Connection>, waiting: &Waiting) {
    let mut group = Vec::with_capacity(1);
    while waiting.take(&mut group, 1) {
        group.drain(..).for_each(|job| read(connection.as_mut(), job));
    }
}

fn read(connection: &mut dyn Connection, mut job: Box<dyn Job>) {
    for run in 1..=MOST_RUNS {
        match connection.begin() {
            Ok(()) => {}
            Err(Error::Busy(_)) if run < MOST_RUNS => continue,
            Err(error) => return job.refuse(error),
        }
        let fate = job.run(&mut Tx::new(connection));
        connection.rollback();
        if fate != Fate::Again {
            break;
        }
    }
    job.answer();
}
