//! Moving committed pages from the write-ahead log into the database file, on a thread and connection of
//! its own, so that no caller waits for it. The writer lends a hand only when the log has grown past
//! [`MOST_PAGES`]: under constant load the log never empties by itself.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::Connection;
use rusqlite::hooks::Wal;

/// Pages in the log that are worth a checkpoint (8 MiB).
const WORTH_PAGES: u32 = 2_048;
/// Pages beyond which the log is begun anew (64 MiB).
const MOST_PAGES: u32 = 16_384;

/// What the writer and the checkpointing thread know of each other.
#[derive(Default)]
struct Log {
    /// Pages in the log after the last commit.
    pages: AtomicU32,
    /// Pages of it that a checkpoint has taken over.
    done: AtomicU32,
    /// The log is long and nearly all of it is taken over: the writer may begin it anew at small cost.
    begin_anew: AtomicBool,
}

/// The writer's end.
pub(super) struct Checkpoints {
    log: Arc<Log>,
}

impl Checkpoints {
    /// Starts the thread; it ends when the writer's connection is closed.
    pub(super) fn start(path: &Path, writer: &mut Connection) -> Result<Self, String> {
        let connection = Connection::open(path).map_err(|error| error.to_string())?;
        connection
            .execute_batch("PRAGMA busy_timeout=0; PRAGMA synchronous=FULL; PRAGMA cache_size=-200;")
            .map_err(|error| error.to_string())?;
        let log = Arc::new(Log::default());
        let (wake, woken) = sync_channel(1);
        let theirs = Arc::clone(&log);
        std::thread::Builder::new()
            .name("store-checkpoint".to_owned())
            .spawn(move || work(&connection, &woken, &theirs))
            .map_err(|error| error.to_string())?;
        watch(writer, Arc::clone(&log), wake).map_err(|error| error.to_string())?;
        Ok(Self { log })
    }

    /// Between two transactions: empties a log that has grown too long.
    pub(super) fn between(&mut self, writer: &Connection) {
        if !self.log.begin_anew.swap(false, Relaxed) {
            return;
        }
        // Readers that still look at old pages stand in the way; then it is tried again later.
        let emptied = writer
            .execute_batch("PRAGMA busy_timeout=20;")
            .and_then(|()| checkpoint(writer, "PRAGMA wal_checkpoint(TRUNCATE)"))
            .and_then(|outcome| writer.execute_batch("PRAGMA busy_timeout=5000;").map(|()| outcome));
        match emptied {
            Ok((0, ..)) => {
                self.log.pages.store(0, Relaxed);
                self.log.done.store(0, Relaxed);
            }
            Ok(_) => tracing::debug!("the write-ahead log is still being read; emptied later"),
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be emptied"),
        }
    }
}

/// Lets the thread know when there is enough to do.
fn watch(writer: &mut Connection, log: Arc<Log>, wake: SyncSender<()>) -> rusqlite::Result<()> {
    writer.wal_hook(Some(move |_: &mut Wal, pages: i32| {
        let pages = u32::try_from(pages).unwrap_or(0);
        let done = log.done.load(Relaxed);
        if pages < done {
            // SQLite has begun the log anew by itself.
            log.done.store(0, Relaxed);
        }
        log.pages.store(pages, Relaxed);
        if pages >= log.done.load(Relaxed).saturating_add(WORTH_PAGES) {
            // Full: it has been told already. Disconnected: the thread has reported why it ended.
            let _told = wake.try_send(());
        }
        Ok(())
    }))
}

fn work(connection: &Connection, woken: &Receiver<()>, log: &Log) {
    while woken.recv().is_ok() {
        match checkpoint(connection, "PRAGMA wal_checkpoint(PASSIVE)") {
            Ok((_, pages, done)) => {
                log.done.store(done, Relaxed);
                if pages > MOST_PAGES && pages.saturating_sub(done) < WORTH_PAGES {
                    log.begin_anew.store(true, Relaxed);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a checkpoint failed; it is tried again after the next writes")
            }
        }
    }
}

/// Runs a checkpoint pragma: whether it was held up, pages in the log, pages taken over.
fn checkpoint(connection: &Connection, pragma: &str) -> rusqlite::Result<(i64, u32, u32)> {
    connection.query_row(pragma, [], |row| {
        let pages = |place| row.get::<_, i64>(place).map(|number| u32::try_from(number).unwrap_or(0));
        Ok((row.get(0)?, pages(1)?, pages(2)?))
    })
}
