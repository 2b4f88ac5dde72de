//! Business calendars and legal clocks: which days count, when a line is open, when a duty falls due and why.
//!
//! Is not: a place that knows what time it is, or any law. Laws and calendars are data (`config/laws.toml`,
//! `config/calendars/*.toml`); here is only the counting.
//!
//! Read in this order: [`calendar`] (what kind of day), [`easter`] (movable feasts), [`hours`] (opening hours),
//! [`law`] (the duty as data), [`mod@due`] (the count).

pub mod calendar;
mod calendar_file;
pub mod due;
pub mod easter;
pub mod hours;
pub mod law;

pub use calendar::{Calendar, Calendars, DayKind};
pub use due::{CountedDay, DayReason, Due, due};
pub use hours::{DaySpan, OpeningHours, is_open};
pub use law::{Duty, Law, Laws, StartEvent, Unit, WhenOff};
