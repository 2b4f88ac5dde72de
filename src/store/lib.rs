//! The only room that speaks SQL: one store, two engines (SQLite, PostgreSQL), every query written once.
//!
//! The seam lies below the SQL: [`connection::Connection`] is the waist that both engines implement;
//! queries are plain synchronous functions over [`Tx`], one file per noun. A *lane* is a thread that owns
//! a connection; callers hand it a closure: `store.write(move |tx| cases::open(tx, &case)).await`.
//! The answer comes back only after the commit: answered means stored.
//!
//! Is not: a place for rules. It never decides; it never calls a provider; it knows no HTTP.
//!
//! Read in this order: [`value`], [`connection`], [`lanes`], `sqlite`, `postgres`, [`open`], then any noun.

pub mod accused;
pub mod agents;
pub mod attachments;
pub mod attempts;
pub mod audit;
pub mod audit_search;
pub mod call_legs;
pub mod call_rooms;
pub mod call_transfers;
pub mod callbacks;
pub mod calls;
pub mod case_events;
pub mod case_lists;
pub mod cases;
pub mod clocks;
pub mod co_handlers;
pub mod coding_samples;
pub mod codings;
pub mod conflicts;
pub mod connection;
pub mod consents;
pub mod contacts;
pub mod corrections;
pub mod counters;
pub mod dialogues;
pub mod dispatches;
pub mod error;
pub mod evidence;
pub mod intakes;
pub mod investigation;
pub mod lanes;
pub mod learning;
pub mod letters;
pub mod links;
pub mod listenings;
pub mod mails;
pub mod messages;
pub mod notes;
pub mod offers;
pub mod open;
pub mod people;
pub mod points;
mod postgres;
pub mod queue;
pub mod recordings;
pub mod remembered;
pub mod report_rows;
pub mod retention;
pub mod scripts;
pub mod second_codings;
pub mod sessions;
pub mod settings;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
pub mod told_articles;
pub mod turns;
pub mod unclear_calls;
pub mod value;
pub mod walks;
pub mod web_reports;

pub use connection::Tx;
pub use error::{Error, OpenError, Result};
pub use lanes::{Gauges, Store};
pub use open::{migrate, missing_migrations};
pub use value::{Row, Value};
