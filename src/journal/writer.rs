//! The thread that writes: whatever waits is written and synced together, and only then acknowledged.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use tokio::sync::oneshot;

use crate::slip::{new_file, sync_folder};
use crate::{Error, broken, page, record};

/// Records that may wait for the disk.
const MOST_WAITING: usize = 4096;
/// Most records in one sync.
const MOST_IN_GROUP: usize = 256;
/// A page that is longer is closed, in bytes.
const LONG_ENOUGH: u64 = 16 * 1024 * 1024;

enum Order {
    Keep(Vec<u8>, oneshot::Sender<Result<(), Error>>),
    TurnPage(oneshot::Sender<()>),
}

/// The way to the thread.
pub(crate) struct Writer {
    orders: SyncSender<Order>,
}

impl Writer {
    pub(crate) fn start(folder: PathBuf) -> Result<Self, Error> {
        let (orders, waiting) = sync_channel(MOST_WAITING);
        let thread = std::thread::Builder::new().name("journal".to_owned());
        thread.spawn(move || work(&folder, &waiting)).map_err(|error| broken(&error))?;
        Ok(Self { orders })
    }

    pub(crate) async fn keep(&self, record: Vec<u8>) -> Result<(), Error> {
        let (reply, answer) = oneshot::channel();
        self.orders.try_send(Order::Keep(record, reply)).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => gone(),
        })?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    pub(crate) async fn turn_page(&self) {
        let (reply, answer) = oneshot::channel();
        if self.orders.try_send(Order::TurnPage(reply)).is_ok() {
            // A thread that is gone writes no page.
            drop(answer.await);
        }
    }
}

fn gone() -> Error {
    Error::Broken("the thread that writes has ended".to_owned())
}

/// The page being written.
struct Open {
    file: File,
    /// Bytes that are known to be on the disk.
    length: u64,
}

fn work(folder: &Path, orders: &Receiver<Order>) {
    let mut open: Option<Open> = None;
    while let Ok(first) = orders.recv() {
        let (mut bytes, mut replies, mut turns) = (Vec::new(), Vec::new(), Vec::new());
        for order in std::iter::once(first).chain(orders.try_iter().take(MOST_IN_GROUP - 1)) {
            match order {
                // Nobody waits for the answer any more: somebody else has answered in our place.
                Order::Keep(_, reply) if reply.is_closed() => {}
                Order::Keep(record, reply) if record::write(&mut bytes, &record) => replies.push(reply),
                Order::Keep(_, reply) => drop(reply.send(Err(Error::Broken("too long".to_owned())))),
                Order::TurnPage(reply) => turns.push(reply),
            }
        }
        let kept = if bytes.is_empty() { Ok(()) } else { write(folder, &mut open, &bytes) };
        if let Err(error) = &kept {
            tracing::error!(%error, records = replies.len(), "the journal was not written");
        }
        replies.into_iter().for_each(|reply| drop(reply.send(kept.clone())));
        if !turns.is_empty() || open.as_ref().is_some_and(|page| page.length > LONG_ENOUGH) {
            open = None;
        }
        // Who no longer waits for the page to be closed is fine.
        let _told: Vec<_> = turns.into_iter().map(|reply| reply.send(())).collect();
    }
}

fn write(folder: &Path, open: &mut Option<Open>, bytes: &[u8]) -> Result<(), Error> {
    let page = match open {
        Some(page) => page,
        None => open.insert(begin(folder)?),
    };
    match page.file.write_all(bytes).and_then(|()| page.file.sync_data()) {
        Ok(()) => {
            page.length += bytes.len() as u64;
            Ok(())
        }
        Err(error) => {
            // What the disk has of these bytes is unknown after a failed sync: take them back and never trust
            // this page's end again.
            if let Err(error) = page.file.set_len(page.length).and_then(|()| page.file.sync_data()) {
                tracing::warn!(%error, "the end of a page is not known");
            }
            *open = None;
            Err(broken(&error))
        }
    }
}

fn begin(folder: &Path) -> Result<Open, Error> {
    let name = uuid::Uuid::now_v7();
    let (fresh, path) = (folder.join(format!("{name}.new")), folder.join(format!("{name}.{}", page::ENDING)));
    // Locked before it can be found: nobody takes over, and removes, a page that is about to be written.
    let file =
        new_file(&fresh).and_then(|file| file.lock().map(|()| file)).map_err(|error| broken(&error))?;
    std::fs::rename(&fresh, &path).map_err(|error| broken(&error))?;
    sync_folder(folder)?;
    Ok(Open { file, length: 0 })
}
