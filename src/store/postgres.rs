//! PostgreSQL by the synchronous driver: write lanes under SERIALIZABLE, read lanes under REPEATABLE READ
//! READ ONLY, statements prepared once per connection, reconnecting with a back-off.

mod values;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use ::postgres::error::SqlState;
use ::postgres::types::ToSql;
use ::postgres::{Client, Config, NoTls, Statement};

use crate::connection::Connection;
use crate::lanes::{Connections, Reach};
use crate::{Error, OpenError, Result, Row, Value};

/// Write lanes: their commits wait for the disk together.
const WRITERS: usize = 4;
/// Read lanes.
const READERS: usize = 3;
/// Longest pause between two attempts to reach the server.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Time to reach the server in: a caller waits.
const CONNECT: Duration = Duration::from_millis(1500);
/// Statements kept prepared; beyond it all are forgotten, which only costs preparing again.
const PREPARED: usize = 512;

/// A connection to one server; made anew when it breaks.
pub(crate) struct Postgres {
    config: Config,
    begin: &'static str,
    client: Option<Client>,
    prepared: HashMap<String, Statement>,
    /// A statement of the open transaction failed; PostgreSQL will only roll it back.
    aborted: bool,
    /// Statements that may have changed rows.
    changes: u64,
    pause: Duration,
    not_before: Option<Instant>,
}

/// Reads the address of a server; passwords stay out of the error.
pub(crate) fn config(url: &str) -> Result<Config, OpenError> {
    let mut config: Config = url.parse().map_err(|_| OpenError::WrongUrl(without_password(url)))?;
    config.connect_timeout(CONNECT).application_name("hotline");
    Ok(config)
}

/// The address with its password starred out.
pub(crate) fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    match rest.rsplit_once('@') {
        Some((user, server)) => {
            let user = user.split_once(':').map_or(user, |(user, _)| user);
            format!("{scheme}://{user}:***@{server}")
        }
        None => url.to_owned(),
    }
}

/// Connects, for migrations and to find out whether the server can be used at all.
pub(crate) fn connect(config: &Config, place: &str) -> Result<Client, OpenError> {
    config.connect(NoTls).map_err(|error| unconnected(place, &error))
}

/// Tells a server that is not there, or not ready, from one that refuses us.
fn unconnected(place: &str, error: &::postgres::Error) -> OpenError {
    let (place, db) = (place.to_owned(), error.as_db_error());
    let why = db.map_or_else(|| chain(error), |db| db.message().to_owned());
    let not_ready = [SqlState::CANNOT_CONNECT_NOW, SqlState::TOO_MANY_CONNECTIONS, SqlState::ADMIN_SHUTDOWN];
    let absent = std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>());
    if absent || db.is_some_and(|db| not_ready.contains(db.code())) {
        let remedy = "check that the server runs and that store.url names it";
        return OpenError::OutOfReach { place, why, remedy };
    }
    let remedy = "check store.url, and that this user may connect and create tables there";
    OpenError::CannotOpen { place, why, remedy }
}

/// All connections of a store on that server; they are made when first used and `ready` says that the database
/// can be.
pub(crate) fn connections(
    config: &Config,
    ready: impl Fn() -> Result<(), OpenError> + Clone + Send + 'static,
) -> Connections {
    let make = |begin: &'static str, count: usize| -> Vec<Reach> {
        let lane = |_| {
            let (config, ready) = (config.clone(), ready.clone());
            let connection = move || Box::new(Postgres::new(config.clone(), begin)) as Box<dyn Connection>;
            Reach::Later(Box::new(move || ready().map(|()| connection())))
        };
        (0..count).map(lane).collect()
    };
    Connections {
        writers: make("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE", WRITERS),
        readers: make("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", READERS),
        grouped: false,
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}

fn failed(error: &::postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else { return Error::Broken(chain(error)) };
    let code = db.code();
    let text = || format!("{} ({})", db.message(), code.code());
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE]
        .contains(code)
    {
        Error::Busy(text())
    } else if code.code().starts_with("23") {
        Error::Conflict(text())
    } else {
        Error::Broken(text())
    }
}

impl Postgres {
    fn new(config: Config, begin: &'static str) -> Self {
        Self {
            config,
            begin,
            client: None,
            prepared: HashMap::new(),
            aborted: false,
            changes: 0,
            pause: Duration::ZERO,
            not_before: None,
        }
    }

    /// The live connection, made anew where there is none and the back-off allows it.
    fn reach(&mut self) -> Result<()> {
        if self.client.as_ref().is_some_and(|client| !client.is_closed()) {
            return Ok(());
        }
        self.client = None;
        self.prepared.clear();
        let now = Instant::now();
        if self.not_before.is_some_and(|moment| now < moment) {
            return Err(Error::Broken("the database server cannot be reached".to_owned()));
        }
        match self.config.connect(NoTls) {
            Ok(client) => {
                self.client = Some(client);
                self.pause = Duration::ZERO;
                self.not_before = None;
                Ok(())
            }
            Err(error) => {
                self.pause = (self.pause * 2).clamp(Duration::from_millis(100), LONGEST_PAUSE);
                self.not_before = Some(Instant::now() + self.pause);
                tracing::error!(error = chain(&error), "the database server cannot be reached");
                Err(Error::Broken(chain(&error)))
            }
        }
    }

    fn client(&mut self) -> Result<&mut Client> {
        self.client.as_mut().ok_or_else(|| Error::Broken("not connected to the database server".to_owned()))
    }

    fn simple(&mut self, sql: &str) -> Result<()> {
        let result = self.client()?.batch_execute(sql).map_err(|error| failed(&error));
        self.aborted |= result.is_err();
        result
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client()?.prepare(sql).map_err(|error| failed(&error))?;
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn try_query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let statement = self.statement(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        let rows = self.client()?.query(&statement, &params).map_err(|error| failed(&error))?;
        rows.iter().map(values::row).collect()
    }

    fn try_execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        self.client()?.execute(&statement, &params).map_err(|error| failed(&error))
    }
}

impl Connection for Postgres {
    fn begin(&mut self) -> Result<()> {
        self.reach()?;
        self.aborted = false;
        let begin = self.begin;
        match self.simple(begin) {
            // The server went away since the last job; nothing has been done yet, so one more try is safe.
            Err(_) if !self.stands() => {
                self.reach()?;
                self.aborted = false;
                self.simple(begin)
            }
            other => other,
        }
    }
    fn commit(&mut self) -> Result<()> {
        // COMMIT of an aborted transaction reports success and rolls back: never let that look like stored.
        if self.aborted {
            return Err(Error::Broken(
                "a statement failed, so the transaction cannot be committed".to_owned(),
            ));
        }
        self.simple("COMMIT")
    }
    fn rollback(&mut self) {
        if self.stands() && self.simple("ROLLBACK").is_err() {
            self.client = None;
        }
        self.aborted = false;
    }
    fn savepoint(&mut self) -> Result<()> {
        self.simple("SAVEPOINT job")
    }
    fn release(&mut self) -> Result<()> {
        self.simple("RELEASE SAVEPOINT job")
    }
    fn rollback_to_savepoint(&mut self) -> Result<()> {
        self.aborted = false;
        self.simple("ROLLBACK TO SAVEPOINT job")
    }
    fn changes(&self) -> u64 {
        self.changes
    }
    fn stands(&self) -> bool {
        self.client.as_ref().is_some_and(|client| !client.is_closed())
    }
    fn batch(&mut self, sql: &str) -> Result<()> {
        self.simple(sql)
    }
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        // A query may be a write with RETURNING.
        self.changes += 1;
        let result = self.try_query(sql, params);
        self.aborted |= result.is_err();
        result
    }
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        self.changes += 1;
        let result = self.try_execute(sql, params);
        self.aborted |= result.is_err();
        result
    }
}
