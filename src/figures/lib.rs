//! The figures: what is counted, by which formula, and how it is laid out as a table or a chart.
//!
//! A report is a list of [`measure::Measure`]s over rows of one kind. A measure is a test that a row
//! passes or not, so that a number and the list behind it can never differ: the drill-down of a cell
//! runs the very test that counted it.
//!
//! Is not: a place that fetches rows (`store::report_rows` does), asks what time it is (the [`frame::Frame`]
//! says) or speaks a language ([`words::Words`] does).
//!
//! Read in this order: [`ratio`], [`percentile`], [`frame`], [`measure`], then the reports [`transfer`] with [`acceptance`],
//! [`callback`], [`telephone`], [`agreement`], [`dialogue`], [`equity`] with [`gap`], [`themes`], [`publication`], [`grouping`], then [`table`], [`csv_text`], [`json_text`], [`chart`], [`catalogue`].

pub mod acceptance;
pub mod agreement;
pub mod callback;
pub mod catalogue;
pub mod chart;
pub mod chart_of_table;
pub mod csv_text;
pub mod dialogue;
pub mod equity;
pub mod frame;
pub mod gap;
pub mod grouping;
pub mod json_text;
pub mod measure;
pub mod percentile;
pub mod publication;
pub mod ratio;
pub mod table;
pub mod targets;
pub mod telephone;
#[cfg(test)]
mod tests;
pub mod themes;
pub mod transfer;
pub mod words;

pub use agreement::PairRow;
pub use callback::{AttemptRow, CallbackRow};
pub use dialogue::DialogueRow;
pub use equity::EquityRow;
pub use frame::{Frame, Period};
pub use measure::{Measure, Measured};
pub use ratio::Ratio;
pub use table::{Cell, Column, Table, TableRow};
pub use targets::Targets;
pub use telephone::QueueRow;
pub use themes::ThemeRow;
pub use transfer::DispatchRow;
pub use words::Words;
