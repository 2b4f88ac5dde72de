//! What a use case may answer instead of doing what was asked.

/// The answers of the switchboard.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this person may not know of it.
    #[error("not found")]
    NotFound,
    /// Nothing but a conflict of interest keeps the person from the case. Told to nobody: it is written down on the way out
    /// (`Switchboard::note_block`) and looks like [`Error::NotFound`].
    #[error("not found")]
    KeptOut(domain::CaseId),
    /// It may not be done now; `code` is a message id of the screens (`refused-…`), `missing` lists what lacks.
    #[error("refused: {code} {missing:?}")]
    Refused { code: String, missing: Vec<String> },
    /// Somebody else saved in between.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The store is down or too slow: try again, nothing was lost that was acknowledged.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A refusal with nothing to list.
    pub fn refused(code: &str) -> Self {
        Self::Refused { code: code.to_owned(), missing: Vec::new() }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::Conflict(what) => Self::Conflict(what),
            store::Error::Busy(why) | store::Error::Broken(why) => Self::Unavailable(why),
        }
    }
}
