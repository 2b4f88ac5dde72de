//! The waist: all that an engine must be able to do, and [`Tx`], all that a query may use.

use crate::value::FromValue;
use crate::{Error, Result, Row, Value};

/// One connection of an engine, owned by one lane.
pub trait Connection: Send {
    /// Begins a transaction.
    fn begin(&mut self) -> Result<()>;
    /// Commits it; when this returns, the data survive a power cut.
    fn commit(&mut self) -> Result<()>;
    /// Undoes it.
    fn rollback(&mut self) -> Result<()>;
    /// Sets the job's savepoint within the transaction.
    fn savepoint(&mut self) -> Result<()>;
    /// Forgets the savepoint and keeps what came after it.
    fn release(&mut self) -> Result<()>;
    /// Undoes what came after the savepoint.
    fn rollback_to_savepoint(&mut self) -> Result<()>;
    /// Runs several statements without parameters.
    fn batch(&mut self, sql: &str) -> Result<()>;
    /// Runs one statement and reads its rows.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;
    /// Runs one statement; the number of rows it changed.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64>;
}

/// An open transaction, as queries see it.
pub struct Tx<'a> {
    connection: &'a mut dyn Connection,
}

impl<'a> Tx<'a> {
    /// Wraps the connection of a lane that has begun a transaction.
    pub(crate) fn new(connection: &'a mut dyn Connection) -> Self {
        Self { connection }
    }

    /// All rows of a statement.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.connection.query(sql, params)
    }

    /// Changes rows; how many.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        self.connection.execute(sql, params)
    }

    /// The first row, if there is one.
    pub fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The first row, or [`Error::NotFound`].
    pub fn one(&mut self, sql: &str, params: &[Value]) -> Result<Row> {
        self.first(sql, params)?.ok_or(Error::NotFound)
    }

    /// The first column of the first row, or [`Error::NotFound`].
    pub fn value<T: FromValue>(&mut self, sql: &str, params: &[Value]) -> Result<T> {
        self.one(sql, params)?.get(0)
    }
}
