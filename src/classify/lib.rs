//! What a text is about: request type, category, severity and urgency, each with the words that speak for it.
//!
//! Is not: a decision. It suggests; the agent confirms or changes. Nothing here learns or calls out; the words stand
//! in `config/classify/*.toml`.
//!
//! Read in this order: [`category`] (the labels), [`rules`] (the compiled words), [`language`] (which rules to take),
//! [`suggest()`] (the weighing).

pub mod category;
mod clauses;
pub mod language;
pub mod rules;
mod rules_file;
mod suggest;

pub use category::{Categories, Category};
pub use rules::Rules;
pub use suggest::{Because, Ranked, Suggestion, suggest};
