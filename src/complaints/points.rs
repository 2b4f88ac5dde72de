//! Complaint points: what a new one says, how one is coded, and when the matter happened.
//!
//! A point is added, coded, coded anew and dropped by changes of the case's history; what the caller said of it is
//! written once and never touched again. Which axes there are and which codes is data ([`axes`]), and so is what a
//! code is called elsewhere ([`crosswalk`]). Whoever codes a second time must not know the first coding ([`second`]),
//! and which points are coded twice is drawn so that the draw can be repeated ([`sample`]).

pub mod axes;
pub mod crosswalk;
pub mod happened;
pub mod sample;
pub mod second;

use domain::{CaseId, PersonId, PointId, Timestamp};
use serde::{Deserialize, Serialize};

pub use axes::{Axes, Axis, Scale, System, Value};
pub use crosswalk::{Crosswalks, Mapped};
pub use happened::Happened;

use crate::dialogue::Payer;

/// The axis whose codes are the categories of `config/categories.toml`; every other is data.
pub const CATEGORY: &str = "category";

/// A code on one axis, with the list it was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    pub axis: String,
    pub code: String,
    /// The code system, as `hcat`.
    pub system: String,
    /// Its version on the day of coding.
    pub version: String,
}

/// A point that is added to a case that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPoint {
    /// Its id.
    pub point: PointId,
    /// Code in the directory, or the name as told.
    pub institution: Option<String>,
    pub place: Option<String>,
    /// None: not known.
    pub persons: Option<String>,
    /// A day, a period, or words.
    pub happened: Option<String>,
    pub payer: Option<Payer>,
    /// What the caller said; never changed after.
    pub own_words: String,
    /// Harm in the caller's words.
    pub harm: Option<String>,
    /// Empty: not classified yet.
    #[serde(default)]
    pub category: String,
    /// Version of the list of categories.
    #[serde(default)]
    pub version: String,
    /// The case has had its dialogue: this point gets none of its own.
    #[serde(default)]
    pub no_dialogue: bool,
    /// What it brings along where it comes from another case.
    #[serde(default)]
    pub carried: Option<CarriedPoint>,
}

/// What a point brings from the case that it was first told in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedPoint {
    /// The case.
    pub case: CaseId,
    /// The point there.
    pub original: PointId,
    /// What the classifier had suggested.
    pub suggested: Option<String>,
    /// The code that stood on each axis, the category among them.
    pub codings: Vec<CarriedCode>,
}

/// A code with who gave it when, and why where it took the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedCode {
    #[serde(flatten)]
    pub code: Code,
    pub coder: PersonId,
    pub at: Timestamp,
    pub reason: Option<String>,
}
