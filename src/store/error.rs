//! What can go wrong, in four words, because callers have four answers; and why a store does not open.

/// An error of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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

/// Why a store cannot be opened: what, where, what to do. Passwords in the address are never shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error(
        "store.url \"{0}\" names no database; write sqlite:PATH, as sqlite:data/hotline.db, or postgres://USER@HOST/DATABASE"
    )]
    WrongUrl(String),
    #[error("cannot open the database {place}: {why}; {remedy}")]
    CannotOpen { place: String, why: String, remedy: &'static str },
    /// It may be reached later: somebody else holds it, its server is not there or not ready.
    #[error("the database {place} is out of reach: {why}; {remedy}")]
    OutOfReach { place: String, why: String, remedy: &'static str },
    #[error("the database {place} lacks {} of the schema's migrations (next: {}); run `hotline migrate`", missing.len(), missing.first().map_or("", String::as_str))]
    MissingMigrations { place: String, missing: Vec<String> },
    #[error(
        "the database {place} is newer than this program: it has migration {found}; run the program version that wrote it, or a later one"
    )]
    Newer { place: String, found: String },
    #[error(
        "migrating the database {place} failed: {why}; nothing of that migration was kept, mend the cause and run `hotline migrate` again"
    )]
    CannotMigrate { place: String, why: String },
}
