//! Opening: clear words for what is wrong, and a schema that is neither too old nor too new.

use std::net::{TcpListener, TcpStream};

use store::testing::Fresh;
use store::{Error, OpenError, Store};

fn refusal(url: &str) -> String {
    match Store::open(url) {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_wrong_address_is_told_without_its_password() {
    for url in ["", "hotline.db", "sqlite:", "mysql://root:hush@db/x", "postgres://u:hush@host:port/db"] {
        let said = refusal(url);
        assert!(said.contains("store.url") && !said.contains("hush"), "{said}");
    }
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let said = refusal("postgres://nobody:hush@127.0.0.1:1/none");
    assert!(said.contains("nobody:***@127.0.0.1:1") && !said.contains("hush"), "{said}");
}

#[test]
fn a_file_that_is_no_database_and_a_folder_are_told_apart_from_a_good_one() {
    let folder = std::env::temp_dir().join(format!("hotline-opening-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = folder.join("notes.db");
    std::fs::write(&text, "this is not a database, only a text that is long enough to be looked at").unwrap();
    for (path, why) in [(&text, "not a database"), (&folder, "unable to open")] {
        let said = refusal(&format!("sqlite:{}", path.display()));
        assert!(said.contains(why) && said.contains(&path.display().to_string()), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_empty_database_is_told_to_be_migrated_first() {
    let folder = std::env::temp_dir().join(format!("hotline-empty-{}", std::process::id()));
    let url = format!("sqlite:{}", folder.join("deep/hotline.db").display());
    assert!(refusal(&url).contains("hotline migrate"));
    assert!(!store::missing_migrations(&url).unwrap().is_empty());
    assert!(!store::migrate(&url).unwrap().is_empty());
    assert_eq!(store::migrate(&url).unwrap(), Vec::<String>::new());
    Store::open(&url).unwrap().close();
    std::fs::remove_dir_all(&folder).unwrap();
}

fn a_newer_schema_is_refused(fresh: &Fresh) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let store = fresh.open();
    let sql = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) \
               VALUES (9999, 'from_tomorrow', '2030-01-01T00:00:00Z', '1')";
    runtime.block_on(store.write(move |tx| tx.execute(sql, &[]))).unwrap();
    store.close();
    let error = Store::open(&fresh.url).map(drop).unwrap_err();
    assert!(matches!(&error, OpenError::Newer { found, .. } if found.contains("from_tomorrow")), "{error}");
    assert!(matches!(store::migrate(&fresh.url), Err(OpenError::Newer { .. })));
}

#[test]
fn a_newer_schema_is_refused_on_sqlite() {
    a_newer_schema_is_refused(&Fresh::sqlite());
}

#[test]
fn a_newer_schema_is_refused_on_postgres() {
    a_newer_schema_is_refused(&Fresh::postgres());
}

/// A store that was opened while its database was out of reach: refuses, and then works without being opened anew.
fn opened_out_of_reach(url: &str, give_back: impl FnOnce()) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert!(matches!(Store::open(url).map(drop), Err(OpenError::OutOfReach { .. })));
    let store = Store::open_or_wait(url).unwrap();
    let write = || runtime.block_on(store.write(|tx| store::settings::write(tx, "here", "yes")));
    let read = || runtime.block_on(store.read(|tx| store::settings::read(tx, "here")));
    for refused in [write().unwrap_err(), read().map(drop).unwrap_err()] {
        assert!(matches!(&refused, Error::Broken(why) if why.contains("out of reach")), "{refused}");
    }
    give_back();
    write().unwrap();
    assert_eq!(read().unwrap().as_deref(), Some("yes"));
    store.close();
}

#[test]
fn a_file_that_somebody_holds_is_opened_later() {
    let fresh = Fresh::sqlite();
    let thief = rusqlite::Connection::open(fresh.url.trim_start_matches("sqlite:")).unwrap();
    thief.execute_batch("BEGIN IMMEDIATE").unwrap();
    opened_out_of_reach(&fresh.url, || drop(thief));
}

#[test]
fn a_server_that_comes_late_is_reached_later() {
    let fresh = Fresh::postgres();
    let (before, after) = fresh.url.split_once('@').unwrap();
    let (server, database) = after.split_once('/').unwrap();
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = door.local_addr().unwrap();
    drop(door);
    let server = server.to_owned();
    opened_out_of_reach(&format!("{before}@{address}/{database}"), move || {
        let door = TcpListener::bind(address).unwrap();
        std::thread::spawn(move || {
            for stream in door.incoming() {
                relay(stream.unwrap(), TcpStream::connect(&server).unwrap());
            }
        });
    });
}

/// Passes on what either side says, until it hangs up.
fn relay(near: TcpStream, far: TcpStream) {
    let back = (far.try_clone().unwrap(), near.try_clone().unwrap());
    for (mut from, mut to) in [(near, far), back] {
        std::thread::spawn(move || {
            drop(std::io::copy(&mut from, &mut to));
            drop(to.shutdown(std::net::Shutdown::Write));
        });
    }
}

#[test]
fn an_empty_database_gets_its_tables_when_a_service_opens_it() {
    let folder = std::env::temp_dir().join(format!("hotline-filled-{}", std::process::id()));
    let url = format!("sqlite:{}", folder.join("hotline.db").display());
    Store::open_or_wait(&url).unwrap().close();
    assert_eq!(store::missing_migrations(&url).unwrap(), Vec::<String>::new());
    std::fs::remove_dir_all(&folder).unwrap();
}
