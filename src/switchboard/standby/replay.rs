//! Taking over: what the journal holds goes into the store, page by page, in the order it was written. How far
//! a page has been taken over stands in the same transaction as what was taken over, so a crash at any point
//! repeats nothing and leaves nothing out.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use journal::{Page, Reading};
use store::{Tx, settings};

use super::entry::Entry;
use super::watch::off_the_runtime;
use crate::outbound::take_over_callback;
use crate::recordings::upload::take_over_upload;
use crate::seal::Seal;
use crate::turn::{take_over_report, take_over_turn};
use crate::{Error, House, Result, Switchboard, Topic};

/// Most records in one transaction: callers of other processes must not wait behind more.
const MOST_AT_ONCE: usize = 64;
/// How often a record may make the store fail before it is set aside.
const MOST_TRIES: usize = 3;

/// Records that tell something; the others only tried whether the journal can be written.
pub(super) fn count(reading: &Reading) -> u64 {
    reading.records.iter().filter(|(_, record)| !record.is_empty()).count() as u64
}

/// The name under which the store remembers how far a page was taken over.
fn mark_of(page: &str) -> String {
    format!("journal:{page}")
}

/// A piece of a page with the place where it ends.
type Piece = (u64, Vec<u8>);

impl Switchboard {
    /// Has the store take over what the journal holds. An error: it is still out of reach.
    pub(super) async fn take_up_store(&self) -> Result<()> {
        if self.standby.lock().wants_store() {
            self.take_over_all().await?;
            if self.standby.lock().recover() {
                tracing::info!("the store answers again");
            }
        }
        if self.standby.lock().is_settling() {
            self.take_over_all().await?;
            if self.standby.lock().settle() {
                self.standby.forget_answers();
            }
        }
        Ok(())
    }

    async fn take_over_all(&self) -> Result<()> {
        self.store.write_later(probe).await?;
        let Some(journal) = self.standby.journal.clone() else { return Ok(()) };
        journal.turn_page().await;
        let pages = off_the_runtime(move || journal.pages()).await;
        let Some(Ok(pages)) = pages else {
            return Err(Error::Unavailable("the journal cannot be read".to_owned()));
        };
        if pages.is_empty() {
            self.standby.lock().nothing_found();
            return Ok(());
        }
        // Without the key nothing can be opened.
        let seal = self.seal().await?;
        for page in pages {
            self.take_over(seal, Arc::new(page)).await?;
        }
        Ok(())
    }

    async fn take_over(&self, seal: &Seal, page: Arc<Page>) -> Result<()> {
        let mark = mark_of(&page.name());
        let done = self.store.write_later({
            let mark = mark.clone();
            move |tx| settings::read(tx, &mark)
        });
        let done: u64 = done.await?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let read = Arc::clone(&page);
        let reading = off_the_runtime(move || read.read()).await;
        let Some(Ok(reading)) = reading else {
            return Err(Error::Unavailable("a page cannot be read".to_owned()));
        };
        for (end, bytes) in reading.unreadable {
            tracing::warn!(page = page.name(), bytes = bytes.len(), "a piece of the journal cannot be read");
            self.set_aside(&page, (end, bytes)).await?;
        }
        let left: Vec<Piece> = reading.records.into_iter().filter(|(end, _)| *end > done).collect();
        for batch in left.chunks(MOST_AT_ONCE) {
            self.take_over_batch(seal, &page, &mark, batch).await?;
        }
        if let Some(page) = Arc::into_inner(page)
            && let Some(Err(error)) = off_the_runtime(move || page.remove()).await
        {
            // It has been taken over, and the mark says so: the next look at it removes it.
            tracing::warn!(%error, "a page that was taken over could not be removed");
            return Ok(());
        }
        // Only now: a page that came back would be taken over a second time.
        self.store.write_later(move |tx| settings::remove(tx, &mark)).await?;
        Ok(())
    }

    /// Takes a batch over in one transaction; where that fails, record by record, and what the store will not have
    /// is set aside.
    async fn take_over_batch(&self, seal: &Seal, page: &Page, mark: &str, batch: &[Piece]) -> Result<()> {
        let mut entries = Vec::new();
        for (end, record) in batch {
            let opened = seal.show(record).and_then(|text| serde_json::from_slice::<Entry>(&text).ok());
            if opened.is_none() && !record.is_empty() {
                tracing::error!(page = page.name(), end, "a record of the journal cannot be opened");
                self.set_aside(page, (*end, record.clone())).await?;
            }
            entries.push((*end, opened));
        }
        let failed = match self.write_entries(mark, entries.clone()).await {
            Ok(()) => return self.gone(count_of(batch)),
            Err(error) => error,
        };
        if batch.len() == 1 {
            return self.give_up_record(page, mark, &batch[0], entries, failed).await;
        }
        for piece in batch {
            Box::pin(self.take_over_batch(seal, page, mark, std::slice::from_ref(piece))).await?;
        }
        Ok(())
    }

    /// One record that the store would not have: is it the record, or the store?
    async fn give_up_record(
        &self,
        page: &Page,
        mark: &str,
        piece: &Piece,
        entries: Vec<(u64, Option<Entry>)>,
        mut failed: Error,
    ) -> Result<()> {
        for _ in 1..MOST_TRIES {
            // A store that cannot even write this is out of reach; the record may be good.
            self.store.write_later(probe).await?;
            match self.write_entries(mark, entries.clone()).await {
                Ok(()) => return self.gone(1),
                Err(error) => failed = error,
            }
        }
        tracing::error!(page = page.name(), end = piece.0, %failed, "the store will not have a record");
        self.set_aside(page, piece.clone()).await?;
        self.write_entries(mark, vec![(piece.0, None)]).await?;
        self.gone(1)
    }

    async fn write_entries(&self, mark: &str, entries: Vec<(u64, Option<Entry>)>) -> Result<()> {
        let (house, mark) = (Arc::clone(&self.house), mark.to_owned());
        let topics = self.store.write_later(move |tx| {
            let mut topics = Vec::new();
            for entry in entries.iter().filter_map(|(_, entry)| entry.as_ref()) {
                topics.extend(write_entry(tx, &house, entry)?);
            }
            if let Some((end, _)) = entries.last() {
                settings::write(tx, &mark, &end.to_string())?;
            }
            Ok::<_, Error>(topics)
        });
        self.post(topics.await?);
        Ok(())
    }

    fn gone(&self, records: u64) -> Result<()> {
        let mut state = self.standby.lock();
        state.waiting = state.waiting.saturating_sub(records);
        drop(state);
        self.standby.counts.taken_over.fetch_add(records, Relaxed);
        Ok(())
    }

    async fn set_aside(&self, page: &Page, (end, bytes): Piece) -> Result<()> {
        // A few bytes, and hardly ever: not worth a thread.
        page.set_aside(end, &bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
        self.standby.counts.set_aside.fetch_add(1, Relaxed);
        Ok(())
    }
}

fn count_of(batch: &[Piece]) -> u64 {
    batch.iter().filter(|(_, record)| !record.is_empty()).count() as u64
}

/// Writes something: a store that can only be read is out of reach.
fn probe(tx: &mut Tx<'_>) -> store::Result<()> {
    settings::write(tx, "probe", "")
}

fn write_entry(tx: &mut Tx<'_>, house: &House, entry: &Entry) -> Result<Vec<Topic>> {
    match entry {
        Entry::Turn(turn) => take_over_turn(tx, house, turn),
        Entry::Report(report) => take_over_report(tx, house, report),
        Entry::Callback(hook) => take_over_callback(tx, house, hook),
        Entry::Upload(upload) => take_over_upload(tx, house, upload),
    }
}
