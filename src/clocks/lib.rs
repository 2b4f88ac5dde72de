//! Business calendars and legal clocks.
