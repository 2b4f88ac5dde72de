//! Lanes: threads that own a connection and work through a queue of jobs.

use std::path::Path;
use std::sync::mpsc;

use tokio::sync::oneshot;

use crate::connection::Connection;
use crate::sqlite::Sqlite;
use crate::{Error, Result, Tx};

type Job = Box<dyn FnOnce(&mut dyn Connection) + Send>;

/// The store: cheap to clone, shared by all.
#[derive(Clone)]
pub struct Store {
    writes: mpsc::Sender<Job>,
}

mod migrations {
    refinery::embed_migrations!("../../db/migrations");
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings the schema up to date.
    pub fn open(url: &str) -> Result<Self> {
        let path = url.strip_prefix("sqlite:").ok_or_else(|| Error::Broken(format!("cannot open {url}")))?;
        let mut connection = Sqlite::open(Path::new(path))?;
        migrations::migrations::runner()
            .run(connection.raw())
            .map_err(|error| Error::Broken(error.to_string()))?;
        let (writes, jobs) = mpsc::channel::<Job>();
        std::thread::spawn(move || {
            while let Ok(job) = jobs.recv() {
                job(&mut connection);
            }
        });
        Ok(Self { writes })
    }

    /// Runs `job` in a transaction and answers after its commit. An error undoes all of it. The job may
    /// run more than once: it touches nothing but `tx` and what it captured.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.run(job).await
    }

    /// Like [`Store::write`], for work that can stand behind callers: housekeeping, the agenda, imports.
    pub async fn write_later<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.run(job).await
    }

    /// Runs `job` on a read lane, in one snapshot; a write in it is refused by the engine.
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.run(job).await
    }

    async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection.begin().map_err(E::from).and_then(|()| {
                let result = job(&mut Tx::new(connection));
                match result {
                    Ok(value) => connection.commit().map(|()| value).map_err(E::from),
                    Err(error) => {
                        // The job's own error is the answer; a failed rollback ends with the connection.
                        drop(connection.rollback());
                        Err(error)
                    }
                }
            });
            drop(reply.send(result));
        });
        let gone = || Error::Broken("the write lane has ended".to_owned());
        self.writes.send(job).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}
