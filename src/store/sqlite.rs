//! SQLite: WAL, `synchronous=FULL`, one writer, readers that cannot write, checkpoints off the writer's way.

mod checkpoint;

use std::path::Path;

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};

use self::checkpoint::Checkpoints;
use crate::connection::Connection;
use crate::lanes::{Connections, Reach};
use crate::{Error, OpenError, Result, Row, Value};

/// Read lanes of one store.
const READERS: usize = 2;
/// Statements that stay prepared on one connection.
const PREPARED: usize = 256;

/// A connection to one file.
pub(crate) struct Sqlite {
    connection: rusqlite::Connection,
    /// On the writer only.
    checkpoints: Option<Checkpoints>,
}

/// Opens (and creates) the file for writing.
pub(crate) fn writer(path: &Path) -> Result<rusqlite::Connection, OpenError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| cannot_open(path, error.to_string()))?;
    }
    let connection = rusqlite::Connection::open(path).map_err(|error| unopened(path, &error))?;
    // Whoever opens learns soon that somebody else holds the file: callers wait at the door meanwhile.
    connection
        .execute_batch(
            "PRAGMA busy_timeout=1500; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
             PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8000; BEGIN IMMEDIATE; COMMIT; \
             PRAGMA busy_timeout=5000;",
        )
        .map_err(|error| unopened(path, &error))?;
    tune(&connection, path)?;
    Ok(connection)
}

/// Keeps statements prepared, and planned once: otherwise a statement whose plan might depend on a bound value
/// is prepared anew at every run.
fn tune(connection: &rusqlite::Connection, path: &Path) -> Result<(), OpenError> {
    connection.set_prepared_statement_cache_capacity(PREPARED);
    let stable = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
    stable.map(drop).map_err(|error| unopened(path, &error))
}

fn reader(path: &Path) -> Result<rusqlite::Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        rusqlite::Connection::open_with_flags(path, flags).map_err(|error| unopened(path, &error))?;
    connection
        .execute_batch(
            "PRAGMA busy_timeout=5000; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-2000; PRAGMA query_only=ON;",
        )
        .map_err(|error| unopened(path, &error))?;
    tune(&connection, path)?;
    Ok(connection)
}

/// All connections of a store on the file at `path`.
pub(crate) fn connections(path: &Path) -> Result<Connections, OpenError> {
    let readers =
        (0..READERS).map(|_| Ok(Reach::Made(read_lane(path)?))).collect::<Result<_, OpenError>>()?;
    Ok(Connections { writers: vec![Reach::Made(write_lane(path)?)], readers, grouped: true })
}

/// The same, each made when it is first used and `ready` says that the database can be.
pub(crate) fn later(
    path: &Path,
    ready: impl Fn() -> Result<(), OpenError> + Clone + Send + 'static,
) -> Connections {
    let make = |open: fn(&Path) -> Result<Box<dyn Connection>, OpenError>| {
        let (path, ready) = (path.to_owned(), ready.clone());
        Reach::Later(Box::new(move || ready().and_then(|()| open(&path))))
    };
    let readers = (0..READERS).map(|_| make(read_lane)).collect();
    Connections { writers: vec![make(write_lane)], readers, grouped: true }
}

fn write_lane(path: &Path) -> Result<Box<dyn Connection>, OpenError> {
    let mut connection = writer(path)?;
    let checkpoints = Checkpoints::start(path, &mut connection).map_err(|why| cannot_open(path, why))?;
    Ok(Box::new(Sqlite { connection, checkpoints: Some(checkpoints) }))
}

fn read_lane(path: &Path) -> Result<Box<dyn Connection>, OpenError> {
    Ok(Box::new(Sqlite { connection: reader(path)?, checkpoints: None }))
}

/// Tells a file that somebody else holds for now from one that cannot be opened at all.
fn unopened(path: &Path, error: &rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            OpenError::OutOfReach {
                place: path.display().to_string(),
                why: plain(error),
                remedy: "find the program that holds it, as `fuser FILE` tells, and let it finish",
            }
        }
        _ => cannot_open(path, plain(error)),
    }
}

fn cannot_open(path: &Path, why: String) -> OpenError {
    OpenError::CannotOpen {
        place: path.display().to_string(),
        why,
        remedy: "check that store.url names an SQLite file in a folder this user may write to",
    }
}

fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        other => other.to_string(),
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn read(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(
            std::str::from_utf8(text)
                .map_err(|_| Error::Broken("a text is not UTF-8".to_owned()))?
                .to_owned(),
        ),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

fn failed(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => Error::Conflict(plain(&error)),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            Error::Busy(plain(&error))
        }
        _ => Error::Broken(plain(&error)),
    }
}

impl Sqlite {
    fn run(&mut self, sql: &str) -> Result<()> {
        self.execute(sql, &[]).map(drop)
    }
}

impl Connection for Sqlite {
    fn begin(&mut self) -> Result<()> {
        // A reader's transaction must not take the write lock, nor may it be upgraded.
        self.run(if self.checkpoints.is_some() { "BEGIN IMMEDIATE" } else { "BEGIN" })
    }
    fn commit(&mut self) -> Result<()> {
        self.run("COMMIT")
    }
    fn rollback(&mut self) {
        if self.stands()
            && let Err(error) = self.run("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
    fn savepoint(&mut self) -> Result<()> {
        self.run("SAVEPOINT job")
    }
    fn release(&mut self) -> Result<()> {
        self.run("RELEASE job")
    }
    fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.run("ROLLBACK TO job")
    }
    fn changes(&self) -> u64 {
        self.connection.total_changes()
    }
    fn stands(&self) -> bool {
        !self.connection.is_autocommit()
    }
    fn batch(&mut self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(failed)
    }
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let mut values = Vec::with_capacity(columns);
            for place in 0..columns {
                values.push(read(row.get_ref(place).map_err(failed)?)?);
            }
            found.push(Row(values));
        }
        Ok(found)
    }
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(failed)?;
        Ok(changed as u64)
    }
    fn between(&mut self) {
        if let Some(checkpoints) = &mut self.checkpoints {
            checkpoints.between(&self.connection);
        }
    }
}
