//! For tests (feature `testing`): the same story on a fresh SQLite file and in a fresh PostgreSQL schema.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Store;

/// The environment variable with the address of a PostgreSQL server that tests may create schemas in.
pub const SERVER: &str = "HOTLINE_TEST_POSTGRES";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Takes away every second coding, as if none had ever been drawn.
pub fn forget_second_codings(tx: &mut crate::Tx<'_>) -> crate::Result<()> {
    tx.execute("DELETE FROM second_codings", crate::params![]).map(drop)
}

/// Tells one story on both engines, as two tests: `NAME::sqlite` and `NAME::postgres`.
///
/// ```text
/// store::on_both_engines! {
///     /// A call is opened once.
///     async fn a_call_is_opened_once(store: Store) { … }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$about:meta])* async fn $name:ident($store:ident: $kind:ty) $story:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            $(#[$about])*
            async fn story($store: $kind) $story
            #[test]
            fn sqlite() {
                $crate::testing::on_sqlite(story);
            }
            #[test]
            fn postgres() {
                $crate::testing::on_postgres(story);
            }
        }
    )+};
}

/// A database that only one test knows; removed with it.
pub struct Fresh {
    /// Its address, migrated and ready for [`Store::open`].
    pub url: String,
    folder: Option<PathBuf>,
    schema: Option<(String, String)>,
}

impl Fresh {
    /// A new SQLite file.
    pub fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(unique());
        let url = format!("sqlite:{}", folder.join("hotline.db").display());
        crate::migrate(&url).unwrap_or_else(|error| panic!("{error}"));
        Self { url, folder: Some(folder), schema: None }
    }

    /// A new schema on the server of [`SERVER`]; fails without one, for a skipped test proves nothing.
    pub fn postgres() -> Self {
        let Ok(server) = std::env::var(SERVER) else {
            panic!("{SERVER} is not set: run scripts/test, which starts a PostgreSQL for the tests");
        };
        let schema = unique();
        on_server(&server, &format!("CREATE SCHEMA {schema}"));
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{joint}options=-c%20search_path%3D{schema}");
        crate::migrate(&url).unwrap_or_else(|error| panic!("{error}"));
        Self { url, folder: None, schema: Some((server, schema)) }
    }

    /// Opens it.
    pub fn open(&self) -> Store {
        Store::open(&self.url).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            drop(std::fs::remove_dir_all(folder));
        }
        if let Some((server, schema)) = &self.schema {
            on_server(server, &format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// Tells a story on a fresh SQLite file.
pub fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Store) -> F) {
    tell(&Fresh::sqlite(), story);
}

/// Tells a story in a fresh PostgreSQL schema.
pub fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(Store) -> F) {
    tell(&Fresh::postgres(), story);
}

fn tell<F: Future<Output = ()>>(fresh: &Fresh, story: impl FnOnce(Store) -> F) {
    let store = fresh.open();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    runtime.block_on(story(store.clone()));
    store.close();
}

fn unique() -> String {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let moment =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    format!("hotline_test_{}_{count}_{moment}", std::process::id())
}

fn on_server(server: &str, sql: &str) {
    let mut client = ::postgres::Client::connect(server, ::postgres::NoTls)
        .unwrap_or_else(|error| panic!("{SERVER}={server}: {error}"));
    client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}
