//! Stories of the store, each told on SQLite and on PostgreSQL: `NAME::sqlite`, `NAME::postgres`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test or a measurement, a panic is the message"
)]

mod call_control;
mod callbacks;
mod calls;
mod cases;
mod clocks;
mod conflicts;
mod desk;
mod dialogues;
mod doors;
mod investigation;
mod lanes;
mod messages;
mod opening;
mod people;
mod points;
mod recordings;
mod report_rows;
mod retention;
mod statements;
mod values;
mod walks;
