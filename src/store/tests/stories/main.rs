//! Stories of the store, each told on SQLite and on PostgreSQL: `NAME::sqlite`, `NAME::postgres`.

mod callbacks;
mod cases;
mod lanes;
mod opening;
mod report_rows;
mod retention;
mod statements;
mod values;
