//! What can go wrong, in four words, because callers have four answers.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The row is not there.
    #[error("not found")]
    NotFound,
    /// The write contradicts what is stored: a unique key taken, a version that moved on.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Too much to do, or somebody else holds the lock: try again.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database cannot be reached, read or written.
    #[error("the database failed: {0}")]
    Broken(String),
}

/// Result of a query or a job.
pub type Result<T, E = Error> = std::result::Result<T, E>;
