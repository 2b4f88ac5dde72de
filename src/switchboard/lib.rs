//! The use cases: what the house does when something happens. Here decisions meet the store, in
//! transactions; here alone.
//!
//! Is not: a place that sees a request, a template or a socket. The outer world is reached through the
//! ports [`Clock`], [`Carrier`] and [`SoundShelf`]; what changed is announced on the [`Bulletin`], after the
//! commit, as topics without data.
//!
//! Read in this order: [`house`], [`ports`], [`error`], [`bulletin`], [`turn`] (a hook and its answer), [`standby`]
//! (the same without the store), then any use case.

mod accused;
#[cfg(test)]
mod accused_stories;
pub mod agenda;
pub mod agents;
pub mod attachments;
pub mod audit;
pub mod audit_trail;
pub mod bulletin;
pub mod call_control;
#[cfg(test)]
mod call_control_stories;
mod callback_end;
#[cfg(test)]
mod callback_end_stories;
#[cfg(test)]
mod callback_stories;
pub mod callbacks;
mod calling;
#[cfg(test)]
mod canary_stories;
mod carry_out;
mod carrying;
pub mod case_course;
pub mod case_file;
#[cfg(test)]
mod case_stories;
mod case_view;
mod case_work;
pub mod cases;
pub mod clients;
mod clock_agenda;
pub mod clock_book;
mod clock_past;
#[cfg(test)]
mod clock_stories;
mod co_handlers;
mod contacts;
#[cfg(test)]
mod course_stories;
pub mod deadlines;
pub mod desk;
mod destination;
pub mod dialogue;
#[cfg(test)]
mod dialogue_call_stories;
#[cfg(test)]
mod dialogue_stories;
pub mod dispatch;
#[cfg(test)]
mod door_stories;
pub mod doors;
pub mod error;
pub mod feedback;
mod follow_up;
pub mod handling;
pub mod house;
pub mod intake;
pub mod investigation;
#[cfg(test)]
mod investigation_stories;
mod joining;
pub mod knowledge;
pub mod line_graph;
pub mod machine;
pub mod mailing;
pub mod messages;
mod offering;
pub mod one_time;
pub mod outbound;
pub mod people;
pub mod points;
pub mod ports;
#[cfg(test)]
mod post_stories;
mod promise;
mod protected;
pub mod public;
pub mod pulse;
pub mod queue;
pub mod reaper;
pub mod recordings;
pub mod recusal;
mod report_agreement;
mod report_dialogue;
#[cfg(test)]
mod report_dialogue_stories;
mod report_equity;
#[cfg(test)]
mod report_fairness_stories;
pub mod report_lists;
mod report_publication;
mod report_tables;
mod report_themes;
mod report_transfer;
#[cfg(test)]
mod report_transfer_stories;
pub mod reports;
pub mod retention;
pub mod rights;
pub mod scripts;
mod seal;
pub mod second_coding;
pub mod second_sampling;
mod secrets;
pub mod sessions;
mod sight;
#[cfg(test)]
mod sight_stories;
pub mod standby;
pub mod suggesting;
mod supervision;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod turn;
mod unclear;
#[cfg(test)]
mod walk_stories;
pub mod walks;
pub mod wallboard;
pub mod web_inbox;

use std::sync::Arc;

pub use bulletin::{Bulletin, Topic};
pub use error::{Error, Result};
pub use house::{House, Line, Provider};
pub use ports::{Carrier, Clock, SoundShelf};
pub use pulse::{OwnPulse, Pulse};
pub use scripts::ScriptShelf;
pub use standby::Patience;
pub use turn::{Knock, Reply};

use domain::Timestamp;
use store::Store;
use tokio::sync::OnceCell;

/// The room where everything meets; cheap to clone.
#[derive(Clone)]
pub struct Switchboard {
    pub(crate) store: Store,
    pub(crate) house: Arc<House>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) shelf: Arc<dyn SoundShelf>,
    pub(crate) mailer: Arc<dyn ports::Mailer>,
    pub(crate) files: Arc<dyn ports::FileShelf>,
    pub(crate) bulletin: Bulletin,
    pub(crate) pulse: Arc<pulse::Counts>,
    pub(crate) line_facts: Arc<turn::LineFacts>,
    /// The key of the tokens, loaded when the first one is needed.
    pub(crate) seal: Arc<OnceCell<seal::Seal>>,
    pub(crate) standby: Arc<standby::Standby>,
}

impl Switchboard {
    /// Puts the parts together; done once, in the front door's `serve.rs`.
    pub fn new(store: Store, house: Arc<House>, clock: Arc<dyn Clock>, carrier: Arc<dyn Carrier>) -> Self {
        Self {
            store,
            house,
            clock,
            carrier,
            shelf: Arc::new(ports::NoShelf),
            mailer: Arc::new(ports::NoMailer),
            files: Arc::new(ports::NoFiles),
            bulletin: Bulletin::new(),
            pulse: Arc::default(),
            line_facts: Arc::default(),
            seal: Arc::default(),
            standby: Arc::default(),
        }
    }

    /// The same, with a shelf where the sound of recordings is kept.
    pub fn with_shelf(self, shelf: Arc<dyn SoundShelf>) -> Self {
        Self { shelf, ..self }
    }

    /// The same, with somebody who sends mails.
    pub fn with_mailer(self, mailer: Arc<dyn ports::Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// The same, with a shelf where files that were handed in are kept.
    pub fn with_files(self, files: Arc<dyn ports::FileShelf>) -> Self {
        Self { files, ..self }
    }

    /// The configured world: lines, providers, law, directory.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// After-commit notices, for live screens.
    pub fn bulletin(&self) -> &Bulletin {
        &self.bulletin
    }

    /// Finishes what is being written and closes the store.
    pub async fn close(&self) {
        let store = self.store.clone();
        // Waits for the disk: off the async threads.
        drop(tokio::task::spawn_blocking(move || store.close()).await);
    }

    /// The present moment, from the clock port.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A word that nobody else has, for forms: it tells nothing and opens nothing.
pub fn fresh_word() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// A fresh id: UUIDv7 text, so that ids sort by the time they were made.
pub(crate) fn fresh_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[cfg(test)]
mod intake_tests;
#[cfg(test)]
mod message_stories;
#[cfg(test)]
mod outbound_stories;
#[cfg(test)]
mod point_stories;
#[cfg(test)]
mod put_through_stories;
#[cfg(test)]
mod queue_tests;
#[cfg(test)]
mod recording_control_stories;
#[cfg(test)]
mod recording_stories;
