//! What agents and callers can look up: phrases that calm a talk ([`phrases`]), articles on law and custom
//! ([`articles`], written in [`body`]), and how a text is found by what somebody typed ([`search`]). All of it helps; none of it is a
//! condition for being heard.

pub mod articles;
pub mod body;
pub mod phrases;
pub mod search;

pub use articles::{Article, Articles};
pub use body::{Block, Piece};
pub use phrases::{Phrase, Phrases, Situation};

/// The languages that every text is written in: those of the screens.
pub const LANGUAGES: [&str; 3] = ["zh-CN", "en", "da"];

/// The first language that lacks a text.
fn unwritten(texts: &domain::directory::Names) -> Option<&'static str> {
    LANGUAGES.into_iter().find(|tag| texts.get(*tag).is_none_or(|text| text.trim().is_empty()))
}
