//! SQLite: WAL, `synchronous=FULL`.

use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::connection::Connection;
use crate::{Error, Result, Row, Value};

/// A connection to one file.
pub struct Sqlite(rusqlite::Connection);

impl Sqlite {
    /// Opens (and creates) the file for writing.
    pub fn open(path: &std::path::Path) -> Result<Self> {
        let connection = rusqlite::Connection::open(path).map_err(broken)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;",
            )
            .map_err(broken)?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(Self(connection))
    }

    /// The engine's own connection, for migrations.
    pub fn raw(&mut self) -> &mut rusqlite::Connection {
        &mut self.0
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

fn read(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

fn broken(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => Error::Conflict(error.to_string()),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            Error::Busy(error.to_string())
        }
        _ => Error::Broken(error.to_string()),
    }
}

impl Connection for Sqlite {
    fn begin(&mut self) -> Result<()> {
        self.execute("BEGIN IMMEDIATE", &[]).map(drop)
    }
    fn commit(&mut self) -> Result<()> {
        self.execute("COMMIT", &[]).map(drop)
    }
    fn rollback(&mut self) -> Result<()> {
        self.execute("ROLLBACK", &[]).map(drop)
    }
    fn savepoint(&mut self) -> Result<()> {
        self.execute("SAVEPOINT job", &[]).map(drop)
    }
    fn release(&mut self) -> Result<()> {
        self.execute("RELEASE job", &[]).map(drop)
    }
    fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.execute("ROLLBACK TO job", &[]).map(drop)
    }
    fn batch(&mut self, sql: &str) -> Result<()> {
        self.0.execute_batch(sql).map_err(broken)
    }
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.0.prepare_cached(sql).map_err(broken)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(broken)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(broken)? {
            let values = (0..columns).map(|place| row.get_ref(place).map(read));
            found.push(Row(values.collect::<rusqlite::Result<_>>().map_err(broken)?));
        }
        Ok(found)
    }
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(sql).map_err(broken)?;
        let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(broken)?;
        Ok(changed as u64)
    }
}
