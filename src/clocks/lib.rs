//! Business calendars and legal clocks: which days count, when a line is open, when a duty falls due and why.
//!
//! Is not: a place that knows what time it is, or any law. Laws, calendars and decrees are data (`config/laws.toml`,
//! `config/calendars/*.toml`, `config/decrees.toml`); here is only the counting.
//!
//! Read in this order: [`calendar`] (what kind of day), [`easter`] (movable feasts), [`hours`] (opening hours),
//! [`law`] and [`laws`] (the duty as data), [`ledger`] (pauses and extensions), [`decree`] (suspensions),
//! [`reckoning`] (all of them put together), [`mod@due`] (the answer), [`share`] (warnings).

pub mod calendar;
mod calendar_file;
mod count_days;
mod count_hours;
pub mod decree;
pub mod due;
pub mod easter;
pub mod hours;
pub mod law;
pub mod laws;
pub mod ledger;
pub mod reckoning;
mod ruled_days;
mod running;
pub mod share;

pub use calendar::{Calendar, Calendars, DayKind};
pub use decree::{Decree, Decrees};
pub use due::{CountedDay, DayReason, Due, due, governing, inside_lead, working_days_late};
pub use hours::{DaySpan, OpeningHours, is_open};
pub use law::{Duty, ExtensionRule, Law, StartEvent, Unit, WhenOff};
pub use laws::{Laws, OverdueBand, Whose};
pub use ledger::{Extension, ExtensionRefusal, Ledger, Pause, PauseReason, may_extend};
pub use reckoning::Reckoning;
pub use share::Warning;

#[cfg(test)]
mod museum_tests;
#[cfg(test)]
mod slow_count_tests;
