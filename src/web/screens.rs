//! One screen, one `.rs` and one `.html` beside it. A handler takes its desk from [`crate::auth`], asks the
//! switchboard, and renders a view: plain data and formatted texts.

pub mod accounts;
pub mod log_in;
pub mod set_up;
pub mod report;
mod report_table;
pub mod reports;
pub mod wallboard;
