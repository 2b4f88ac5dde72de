//! Stories of the store, each told on SQLite and on PostgreSQL: `NAME::sqlite`, `NAME::postgres`.

mod callbacks;
mod calls;
mod cases;
mod desk;
mod lanes;
mod opening;
mod people;
mod report_rows;
mod retention;
mod statements;
mod values;
