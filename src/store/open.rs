//! Opening a store by its address, and bringing its schema up to date.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use refinery::Migration;

use crate::{OpenError, Store, postgres, sqlite};

mod migrations {
    refinery::embed_migrations!("../../db/migrations");
}

/// What an address names.
enum Place {
    Sqlite(PathBuf),
    Postgres(Box<::postgres::Config>, String),
}

impl Place {
    fn parse(url: &str) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            // `sqlite:///abs` and `sqlite:abs` are both in use.
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() || path.contains('\0') {
                Err(OpenError::WrongUrl(url.to_owned()))
            } else {
                Ok(Self::Sqlite(PathBuf::from(path)))
            };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let config = postgres::config(url)?;
            return Ok(Self::Postgres(Box::new(config), postgres::without_password(url)));
        }
        Err(OpenError::WrongUrl(postgres::without_password(url)))
    }

    fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(_, shown) => shown.clone(),
        }
    }
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://USER@HOST/DATABASE`. The schema must be up to date: see [`migrate`].
    /// Blocks; in async code it is called before the work begins.
    pub fn open(url: &str) -> Result<Self, OpenError> {
        let place = Place::parse(url)?;
        off_the_runtime(|| {
            let missing = missing(&place)?;
            if !missing.is_empty() {
                return Err(OpenError::MissingMigrations { place: place.name(), missing });
            }
            let connections = match &place {
                Place::Sqlite(path) => sqlite::connections(path)?,
                Place::Postgres(config, _) => postgres::connections(config, || Ok(())),
            };
            Self::start(connections)
        })
    }

    /// Opens it for a service: an empty database gets its tables at once, an old one is never changed unasked.
    /// Where the database is out of reach the store is there all the same; each job is then an attempt to reach
    /// it, and fails until one succeeds.
    pub fn open_or_wait(url: &str) -> Result<Self, OpenError> {
        let place = Place::parse(url)?;
        match off_the_runtime(|| fill(&place)) {
            Err(OpenError::OutOfReach { place: name, why, .. }) => {
                tracing::error!(database = name, why, "the database is out of reach; opening without it");
                Self::open_later(place)
            }
            Err(error) => Err(error),
            Ok(()) => Self::open(url),
        }
    }

    fn open_later(place: Place) -> Result<Self, OpenError> {
        let (place, done) = (Arc::new(place), Arc::new(Mutex::new(false)));
        let shared = Arc::clone(&place);
        let ready = move || {
            // One lane looks, the others wait for what it finds.
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            if !*done {
                fill(&shared)?;
                *done = true;
            }
            Ok(())
        };
        Self::start(match place.as_ref() {
            Place::Sqlite(path) => sqlite::later(path, ready),
            Place::Postgres(config, _) => postgres::connections(config, ready),
        })
    }
}

/// Gives an empty database its tables; refuses one that lacks some.
fn fill(place: &Place) -> Result<(), OpenError> {
    let missing = missing(place)?;
    let empty = missing.iter().any(|name| name.starts_with("V1__"));
    match (missing.is_empty(), empty) {
        (true, _) => Ok(()),
        (false, true) => apply(place).map(drop),
        (false, false) => Err(OpenError::MissingMigrations { place: place.name(), missing }),
    }
}

/// Brings the schema up to date; names of the migrations that were applied, none if it already was.
pub fn migrate(url: &str) -> Result<Vec<String>, OpenError> {
    let place = Place::parse(url)?;
    off_the_runtime(|| apply(&place))
}

fn apply(place: &Place) -> Result<Vec<String>, OpenError> {
    // Refuses a newer database before anything is touched.
    missing(place)?;
    let runner = migrations::migrations::runner();
    let report = match place {
        Place::Sqlite(path) => runner.run(&mut sqlite::writer(path)?),
        Place::Postgres(config, shown) => runner.run(&mut postgres::connect(config, shown)?),
    };
    let report =
        report.map_err(|error| OpenError::CannotMigrate { place: place.name(), why: error.to_string() })?;
    Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
}

/// Names of the migrations that the database at `url` lacks.
pub fn missing_migrations(url: &str) -> Result<Vec<String>, OpenError> {
    let place = Place::parse(url)?;
    off_the_runtime(|| missing(&place))
}

fn missing(place: &Place) -> Result<Vec<String>, OpenError> {
    let runner = migrations::migrations::runner();
    let applied = match place {
        Place::Sqlite(path) => {
            let mut connection = sqlite::writer(path)?;
            let known = connection
                .query_row(
                    "SELECT count(*) FROM sqlite_master WHERE name = 'refinery_schema_history'",
                    [],
                    |row| row.get::<_, i64>(0),
                )
                .map_err(|error| unreadable(place, &error.to_string()))?;
            if known == 0 { Ok(Vec::new()) } else { runner.get_applied_migrations(&mut connection) }
        }
        Place::Postgres(config, shown) => {
            let mut client = postgres::connect(config, shown)?;
            let known = client
                .query_one("SELECT to_regclass('refinery_schema_history') IS NOT NULL", &[])
                .map_err(|error| unreadable(place, &error.to_string()))?;
            if known.get::<_, bool>(0) { runner.get_applied_migrations(&mut client) } else { Ok(Vec::new()) }
        }
    };
    let applied = applied.map_err(|error| unreadable(place, &error.to_string()))?;
    compare(place, runner.get_migrations(), &applied)
}

fn compare(place: &Place, ours: &[Migration], applied: &[Migration]) -> Result<Vec<String>, OpenError> {
    let latest = ours.iter().map(Migration::version).max();
    if let Some(newer) = applied.iter().find(|theirs| Some(theirs.version()) > latest) {
        return Err(OpenError::Newer { place: place.name(), found: newer.to_string() });
    }
    let has = |migration: &&Migration| !applied.iter().any(|theirs| theirs.version() == migration.version());
    let mut lacking: Vec<&Migration> = ours.iter().filter(has).collect();
    lacking.sort_by_key(|migration| migration.version());
    Ok(lacking.into_iter().map(ToString::to_string).collect())
}

fn unreadable(place: &Place, why: &str) -> OpenError {
    OpenError::CannotOpen {
        place: place.name(),
        why: why.to_owned(),
        remedy: "check that this user may read it and that it is a database of hotline",
    }
}

/// The synchronous PostgreSQL driver runs its own small runtime, which must not be nested in ours.
fn off_the_runtime<T: Send>(work: impl FnOnce() -> Result<T, OpenError> + Send) -> Result<T, OpenError> {
    std::thread::scope(|scope| match scope.spawn(work).join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
