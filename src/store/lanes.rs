//! Lanes: threads that own a connection and work through a queue of jobs; and [`Store`], the way to them.
//!
//! SQLite has one write lane that puts all that waits into one transaction (group commit); PostgreSQL
//! several, each job in its own SERIALIZABLE transaction. Both have read lanes.

mod job;
mod reach;
mod reader;
mod record;
mod waiting;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

pub use record::Gauges;

use self::job::Task;
pub(crate) use self::reach::Reach;
use self::record::Record;
use self::waiting::{Rank, Refused, Waiting};
use crate::{Error, OpenError, Result, Tx};

/// Jobs that may wait before the next one is refused. At some 12,000 jobs a second, this is a third of a second.
const MOST_WAITING: usize = 4096;
/// Most jobs in one transaction: more would only make the first of them wait.
const MOST_IN_GROUP: usize = 256;

/// The store: cheap to clone, shared by all. The lanes end when the last clone is gone.
#[derive(Clone)]
pub struct Store {
    lanes: Arc<Lanes>,
}

struct Lanes {
    writes: Arc<Waiting>,
    reads: Arc<Waiting>,
    record: Arc<Record>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Connections that a store begins with, and how its write lanes use them.
pub(crate) struct Connections {
    pub(crate) writers: Vec<Reach>,
    pub(crate) readers: Vec<Reach>,
    /// Whether a write lane may put several jobs into one transaction.
    pub(crate) grouped: bool,
}

impl Store {
    /// Starts a lane for each connection.
    pub(crate) fn start(connections: Connections) -> Result<Self, OpenError> {
        let writes = Arc::new(Waiting::new(MOST_WAITING));
        let reads = Arc::new(Waiting::new(MOST_WAITING));
        let record = Arc::new(Record::default());
        let most = if connections.grouped { MOST_IN_GROUP } else { 1 };
        let mut threads = Vec::new();
        for connection in connections.writers {
            let (waiting, record) = (Arc::clone(&writes), Arc::clone(&record));
            threads.push(lane("store-write", move || {
                if let Some(connection) = connection.connect(&waiting) {
                    writer::work(connection, &waiting, &record, most);
                }
            })?);
        }
        for connection in connections.readers {
            let waiting = Arc::clone(&reads);
            threads.push(lane("store-read", move || {
                if let Some(connection) = connection.connect(&waiting) {
                    reader::work(connection, &waiting);
                }
            })?);
        }
        Ok(Self { lanes: Arc::new(Lanes { writes, reads, record, threads: Mutex::new(threads) }) })
    }

    /// Runs `job` in a transaction and answers after its commit. An error undoes all of it. The job may
    /// run more than once: it touches nothing but `tx` and what it captured.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        run(&self.lanes.writes, Rank::Caller, job).await
    }

    /// Like [`Store::write`], for work that can stand behind callers: housekeeping, the agenda, imports.
    pub async fn write_later<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        run(&self.lanes.writes, Rank::Later, job).await
    }

    /// Runs `job` on a read lane, in one snapshot; a write in it is refused by the engine.
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        run(&self.lanes.reads, Rank::Caller, job).await
    }

    /// What the lanes did and what waits, for the metrics.
    pub fn gauges(&self) -> Gauges {
        self.lanes.record.gauges(self.lanes.writes.depth(), self.lanes.reads.depth().0)
    }

    /// Takes no more jobs, finishes those that wait, and ends the lanes. Blocks for as long as that takes.
    pub fn close(&self) {
        self.lanes.close();
    }
}

impl Lanes {
    fn close(&self) {
        self.writes.close();
        self.reads.close();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A lane that panicked has been reported by the panic hook; there is nothing left to end.
            drop(thread.join());
        }
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        // Not joined here: the last clone may go on a thread of the async runtime.
        self.writes.close();
        self.reads.close();
    }
}

fn lane(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| OpenError::CannotOpen {
        place: "lanes".to_owned(),
        why: error.to_string(),
        remedy: "allow this user more threads (ulimit -u)",
    })
}

async fn run<T, E, F>(waiting: &Waiting, rank: Rank, job: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let task = Box::new(Task { work: job, reply, result: None });
    waiting.push(task, rank).map_err(|(_, refused)| match refused {
        Refused::Full => Error::Busy("too many jobs wait".to_owned()),
        Refused::Closed => Error::Broken("the store is closed".to_owned()),
    })?;
    answer.await.map_err(|_| Error::Broken("a lane has ended".to_owned()))?
}
