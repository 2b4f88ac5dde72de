//! The investigation of a case: its evidence register, what both sides say, on what each finding rests, what is put
//! right, what is learned, and the letters that were issued.
//!
//! Is not: a place for files or texts of letters. The register names a file by its id and hash; what happens stands in
//! the history like every other change of the case.
//!
//! Read in this order: [`words`] (coded values), [`action`] and [`change`] (what is asked, what comes of it), [`view`]
//! (the fold), `lacking` (what is missing before a close), [`rules`] (standards of proof and what is overwritten how
//! fast, as data).

pub mod action;
pub mod change;
mod decide;
mod lacking;
pub mod rules;
pub mod view;
pub mod words;

pub use action::InvestigationAction;
pub use change::{
    Correction, InvestigationChange, IssuedLetter, LearningNote, NewEvidence, Preserve, Receipt, Statement,
    Support,
};
pub(crate) use decide::decide;
pub(crate) use lacking::lacking;
pub use rules::{EvidenceRules, PreserveRule, Standard};
pub use view::{CorrectionView, EvidenceView, InvestigationView, PreserveView, ReplyView, Request};
pub use words::{CheckResult, LetterKind, Preservation, Reader, Side, StatementForm};

#[cfg(test)]
#[path = "investigation/tests.rs"]
mod tests;
