//! The waist: all that an engine must be able to do, and [`Tx`], all that a query may use.

use crate::value::FromValue;
use crate::{Error, Result, Row, Value};

/// One connection of an engine, owned by one lane.
pub trait Connection: Send {
    /// Begins a transaction.
    fn begin(&mut self) -> Result<()>;
    /// Commits it; when this returns, the data survive a power cut. An error means: not known to be stored.
    fn commit(&mut self) -> Result<()>;
    /// Undoes it; where that fails too, the connection is no longer used.
    fn rollback(&mut self);
    /// Sets the job's savepoint within the transaction.
    fn savepoint(&mut self) -> Result<()>;
    /// Forgets the savepoint and keeps what came after it.
    fn release(&mut self) -> Result<()>;
    /// Undoes what came after the savepoint.
    fn rollback_to_savepoint(&mut self) -> Result<()>;
    /// Rows changed since the connection was made: tells whether a job that gave up has written anything.
    fn changes(&self) -> u64;
    /// Whether the transaction that was begun is still there: some failures take it away.
    fn stands(&self) -> bool;
    /// Runs several statements without parameters.
    fn batch(&mut self, sql: &str) -> Result<()>;
    /// Runs one statement and reads its rows.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;
    /// Runs one statement; the number of rows it changed.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64>;
    /// Called between two transactions, for what an engine must tidy up then.
    fn between(&mut self) {}
}

/// How a transaction stands after the statements that ran in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing went wrong.
    None,
    /// A statement failed; what the job wrote must be undone.
    Failed,
    /// Somebody else was in the way: the job may succeed when it runs again.
    Retry,
}

/// An open transaction, as queries see it. After a statement has failed, the job can only give up: its
/// answer is an error on both engines, even where the job itself carries on.
pub struct Tx<'a> {
    connection: &'a mut dyn Connection,
    fault: Fault,
}

impl<'a> Tx<'a> {
    /// Wraps the connection of a lane that has begun a transaction.
    pub(crate) fn new(connection: &'a mut dyn Connection) -> Self {
        Self { connection, fault: Fault::None }
    }

    pub(crate) fn fault(&self) -> Fault {
        self.fault
    }

    /// All rows of a statement.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let result = self.connection.query(sql, params);
        self.note(result)
    }

    /// Changes rows; how many.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let result = self.connection.execute(sql, params);
        self.note(result)
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

    fn note<T>(&mut self, result: Result<T>) -> Result<T> {
        match &result {
            Err(Error::Busy(_)) => self.fault = Fault::Retry,
            Err(_) if self.fault == Fault::None => self.fault = Fault::Failed,
            _ => {}
        }
        result
    }
}
