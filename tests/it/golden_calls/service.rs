//! The service in this process: the shipped house, a real store, the real listener and the bundled switch on one
//! loopback port. Only the clock is wound by hand, because golden calls have a date.

use std::collections::BTreeMap;
use std::sync::Arc;

use callflow::{AudioFile, SourceFile, Sources};
use domain::{Language, PhoneNumber, Secret};
use softswitch::{Outside, Setup, Switch};
use store::testing::Fresh;
use switchboard::testing::HandClock;
use switchboard::{Line, Patience, Provider, Switchboard};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::carrier::GatedCarrier;
use crate::tidy;

// Opening hours are read as the front door reads them.
#[allow(dead_code, reason = "the tests do not complain about hours")]
#[path = "../../../src/config_hours.rs"]
mod hours;

/// Name of the bundled switch among the providers.
pub(super) const SWITCH: &str = "switch";

/// A running service; stopped by [`Service::stop`].
pub(super) struct Service {
    pub(super) board: Switchboard,
    pub(super) clock: Arc<HandClock>,
    pub(super) carrier: Arc<GatedCarrier>,
    /// Where service and switch are reached.
    pub(super) base: String,
    pub(super) store: store::Store,
    database: Fresh,
    end: oneshot::Sender<()>,
    served: tokio::task::JoinHandle<()>,
}

impl Service {
    /// Starts on a fresh database. No way leads to the numbers of `unreachable`.
    pub(super) async fn start(unreachable: &[String]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let switch = Switch::new(setup(&base, unreachable)).unwrap();
        let mut house = switchboard::testing::house();
        house.public_url.clone_from(&base);
        house.lines = lines();
        house.providers = BTreeMap::from([(SWITCH.to_owned(), provider(&base))]);
        let carrier = Arc::new(GatedCarrier::new(provider(&base)));
        let clock = HandClock::at("2026-03-01T00:00:00Z");
        let database = Fresh::sqlite();
        let store = database.open();
        let board = Switchboard::new(store.clone(), Arc::new(house), clock.clone(), carrier.clone());
        // A golden call is not about a slow disk, and machines that build have one.
        let board = board.with_patience(Patience::with_store(std::time::Duration::from_secs(60)));
        let router = web::router(web::App::new(board.clone(), true)).merge(softswitch::router(switch));
        let (end, ended) = oneshot::channel::<()>();
        let served = tokio::spawn(web::listener::serve(listener, router, async move { drop(ended.await) }));
        Self { board, clock, carrier, base, store, database, end, served }
    }

    /// The database, looked into from outside.
    pub(super) fn look(&self) -> rusqlite::Connection {
        let path = self.database.url.trim_start_matches("sqlite:");
        rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }

    pub(super) async fn stop(self) {
        drop(self.end);
        // Telephones may keep a connection open until the listener's patience ends; nothing is lost with it.
        self.served.abort();
        self.board.close().await;
    }
}

fn provider(base: &str) -> Provider {
    Provider {
        name: SWITCH.to_owned(),
        dialect: "twiml".to_owned(),
        profile: "generic".to_owned(),
        account: "AC0123456789abcdef0123456789abcdef".to_owned(),
        tokens: vec![Secret::new("a secret of the golden calls")],
        api_token: None,
        api_url: base.to_owned(),
    }
}

fn setup(base: &str, unreachable: &[String]) -> Setup {
    let Provider { account, tokens, .. } = provider(base);
    let doors = lines().into_values().flat_map(|line| {
        let door = format!("{base}/voice/{SWITCH}/{}", line.name);
        line.numbers.into_iter().map(move |number| softswitch::Line {
            number: number.as_str().to_owned(),
            status_url: Some(format!("{door}/status")),
            fallback_url: Some(format!("{door}/fallback")),
            voice_url: door.clone(),
        })
    });
    Setup {
        base_url: base.to_owned(),
        account: dialect::Account { id: account, token: tokens[0].clone() },
        lines: doors.collect(),
        extensions: Vec::new(),
        outside: unreachable.iter().map(|number| (number.clone(), Outside::Unreachable)).collect(),
        anyone: Outside::NoAnswer,
        ice_servers: Vec::new(),
        desk_secret: None,
        own_numbers: true,
    }
}

/// The lines of the shipped configuration with the shipped scripts.
pub(super) fn lines() -> BTreeMap<String, Line> {
    let config: toml::Table = tidy::text("config/hotline.toml").parse().unwrap();
    let lines = config["line"].as_table().unwrap();
    lines.iter().map(|(name, table)| (name.clone(), line(name, table))).collect()
}

fn line(name: &str, table: &toml::Value) -> Line {
    let text = |key: &str| table[key].as_str().unwrap();
    let texts = |key: &str| table[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
    let number = |text: &str| PhoneNumber::parse(text).unwrap();
    Line {
        name: name.to_owned(),
        numbers: texts("numbers").map(number).collect(),
        languages: texts("languages").map(|tag| Language::parse(tag).unwrap()).collect(),
        zone: text("zone").parse().unwrap(),
        profile: text("profile").to_owned(),
        fallback_number: number(text("fallback_number")),
        sender: std::collections::BTreeMap::new(),
        mail_from: None,
        locality: None,
        emergency: number(text("emergency")),
        script: shelf(text("script").trim_start_matches("../")),
        hours: hours::gather(texts("hours").map(|entry| hours::parse(entry).unwrap()).collect()),
        calendar: text("calendar").to_owned(),
    }
}

/// The script in a folder of the repository.
pub(super) fn script(folder: &str) -> callflow::Script {
    callflow::load(&sources(folder)).unwrap_or_else(|found| panic!("{found:?}"))
}

fn shelf(folder: &str) -> switchboard::ScriptShelf {
    switchboard::ScriptShelf::new(script(folder), sources(folder))
}

fn sources(folder: &str) -> Sources {
    let files = tidy::files(folder, &["toml", "ftl"]);
    let named = |path: &String| {
        let name = path.trim_start_matches(folder).trim_start_matches('/');
        SourceFile::new(name, tidy::text(path))
    };
    Sources { files: files.iter().map(named).collect(), audio: audio(folder) }
}

/// The recorded files of that script.
fn audio(folder: &str) -> Vec<AudioFile> {
    let below = format!("{folder}/audio/");
    let recorded = tidy::files(folder, &["wav", "mp3"]).into_iter();
    recorded
        .filter_map(|path| {
            let name = path.strip_prefix(&below)?.to_owned();
            Some(AudioFile::new(name, std::fs::read(tidy::root().join(&path)).unwrap()))
        })
        .collect()
}
