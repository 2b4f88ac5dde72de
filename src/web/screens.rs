//! One screen, one `.rs` and one `.html` beside it. A handler takes its desk from [`crate::auth`], asks the
//! switchboard, and renders a view: plain data and formatted texts.

pub mod accounts;
pub mod callbacks;
pub mod case;
pub mod case_actions;
mod case_clocks;
mod case_conflict;
pub mod case_course;
pub mod case_files;
mod case_forms;
mod case_history;
mod case_standing;
mod case_words;
pub mod cases;
pub mod desk;
pub mod dialogue;
mod dialogue_forms;
mod dialogue_history;
pub mod dialogue_letter;
mod dialogue_view;
pub mod dialogues;
pub mod intake;
mod intake_form;
mod intake_view;
pub mod line;
pub mod log_in;
pub mod mails;
pub mod messages;
pub mod phone;
pub mod public;
pub mod recordings;
pub mod report;
mod report_table;
pub mod reports;
pub mod set_up;
pub mod wallboard;
mod work;
