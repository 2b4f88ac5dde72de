//! `hotline serve`: puts the parts together, once, and runs them until somebody says stop.
//!
//! The port is taken first, so that the address is known before anything refers to it, and so that a second
//! service on the same port fails before it touches the database.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use store::Store;
use switchboard::{House, Provider, Switchboard};
use tokio::net::TcpListener;

use crate::carrier::HttpCarrier;
use crate::config::{Config, Network};
use crate::file_shelf::DiskFiles;
use crate::mailer::SmtpMailer;
use crate::sound_shelf::DiskShelf;
use crate::wall_clock::WallClock;
use crate::{furnish, random, reload, telemetry};

/// Name of the bundled switch among the providers.
pub(crate) const SWITCH: &str = "switch";
/// How long the doors stay shut for what the store must take before the first call; it goes on behind them.
const OPENING: Duration = Duration::from_secs(3);
/// Pause between two attempts at that.
const AGAIN: Duration = Duration::from_secs(2);

/// A house that is ready to open its doors.
pub(crate) struct Ready {
    pub(crate) board: Switchboard,
    pub(crate) listener: TcpListener,
    pub(crate) address: SocketAddr,
}

/// Runs the service until SIGTERM or Ctrl-C.
pub(crate) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    telemetry::start(&config.log);
    let ready = open(config).await?;
    crate::printing::say!("hotline listens on http://{}", ready.address);
    let board = ready.board.clone();
    let welcoming = tokio::spawn(async move {
        let link = until_stored(|| board.setup_link()).await;
        if let Some(link) = link {
            crate::printing::say!(
                "nobody has an account yet; make the first administrator here, once: {link}"
            );
        }
    });
    until_stopped(config, ready).await?;
    welcoming.abort();
    Ok(ExitCode::SUCCESS)
}

/// Does what the store must take once, again until it does.
async fn until_stored<T, F>(mut work: impl FnMut() -> F) -> T
where
    F: Future<Output = switchboard::Result<T>>,
{
    let mut told = false;
    loop {
        match work().await {
            Ok(done) => return done,
            Err(fault) if !told => {
                tracing::warn!(%fault, "the store did not take what it must; trying again")
            }
            Err(fault) => tracing::debug!(%fault, "again"),
        }
        told = true;
        tokio::time::sleep(AGAIN).await;
    }
}

/// Takes the port, opens the store and furnishes the house.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Ready> {
    let listener = TcpListener::bind(config.server.listen).await.with_context(|| {
        let address = config.server.listen;
        format!("cannot listen on {address}; stop what holds that port, or choose another with --listen ADDR")
    })?;
    let address = listener.local_addr().context("the address listened on")?;
    let Assembled { board, refused } = assemble(config, address).await?;
    let board = with_journal(board, config);
    board.wake().await;
    let keeping = tokio::spawn(take_stock(board.clone(), refused));
    if tokio::time::timeout(OPENING, keeping).await.is_err() {
        tracing::warn!("the versions of the scripts are not kept yet; the store is slow or out of reach");
    }
    Ok(Ready { board, listener, address })
}

/// Tells the store which scripts go on and which were refused, and who is accused by the names of today.
async fn take_stock(board: Switchboard, refused: Vec<Refused>) {
    for Refused { line, version, found } in refused {
        until_stored(|| board.refuse_script(&line, &version, found.clone())).await;
    }
    until_stored(|| board.open_scripts()).await;
    until_stored(|| board.recognise_accused()).await;
}

/// A house without its journal still answers, though only with the store or the fixed answer.
fn with_journal(board: Switchboard, config: &Config) -> Switchboard {
    let board = board.with_patience(switchboard::Patience::with_store(config.store_patience));
    match journal::Journal::open(&config.journal) {
        Ok(journal) => board.with_journal(journal),
        Err(fault) => {
            let folder = config.journal.display();
            tracing::error!(%folder, %fault, "there is no journal; give journal.folder a place this user may write to");
            board
        }
    }
}

/// The same without a port: for commands that only need the store.
pub(crate) async fn open_quietly(config: &Config) -> anyhow::Result<Switchboard> {
    Ok(assemble(config, config.server.listen).await?.board)
}

/// A house put together, and which scripts it could not take.
struct Assembled {
    board: Switchboard,
    refused: Vec<Refused>,
}

/// A script that was not adopted.
struct Refused {
    line: String,
    version: String,
    found: Vec<String>,
}

async fn assemble(config: &Config, address: SocketAddr) -> anyhow::Result<Assembled> {
    let local = format!("http://{}", reachable(address));
    let public_url =
        if config.server.public_url.is_empty() { local.clone() } else { config.server.public_url.clone() };
    let furnish::Furnished { mut house, refused, .. } = furnished(config, public_url).await?;
    if config.switch.on {
        house.providers.insert(SWITCH.to_owned(), switch_provider(local));
    }
    warn_of_silence(&house);
    let store = open_store(config.store_url.reveal())?;
    let carrier = HttpCarrier::new(house.providers.clone());
    let shelf = Arc::new(DiskShelf::new(config.recordings.folder.clone()));
    let board = Switchboard::new(store, Arc::new(house), Arc::new(WallClock), Arc::new(carrier));
    let version = |line: &String| {
        let sources = crate::script::sources(&config.lines.get(line)?.script).ok()?;
        Some(sources.version())
    };
    let refused = refused.into_iter().map(|(line, found)| Refused {
        version: version(&line).unwrap_or_default(),
        line,
        found,
    });
    let board = board.with_shelf(shelf).with_files(Arc::new(DiskFiles::new(&config.doors)));
    let board = match SmtpMailer::new(&config.doors.mail).context("mail: making the way to the server")? {
        Some(mailer) => board.with_mailer(Arc::new(mailer)),
        None => board,
    };
    Ok(Assembled { board, refused: refused.collect() })
}

/// The house; where a script is faulty, with the version that was adopted before.
async fn furnished(config: &Config, public_url: String) -> anyhow::Result<furnish::Furnished> {
    let faults = match furnish::house(config, public_url.clone()) {
        Ok(furnished) => return Ok(furnished),
        Err(faults) => faults,
    };
    let adopted = last_adopted(config).await;
    if adopted.is_empty() { Err(faults.into()) } else { Ok(furnish::house_or(config, public_url, &adopted)?) }
}

/// What the database remembers of the scripts; nothing where there is no database yet.
async fn last_adopted(config: &Config) -> furnish::Adopted {
    let url = config.store_url.reveal();
    let missing = url.strip_prefix("sqlite:").is_some_and(|path| !Path::new(path).exists());
    let Some(store) = (!missing).then(|| Store::open(url).ok()).flatten() else {
        return furnish::Adopted::new();
    };
    let lines: Vec<String> = config.lines.keys().cloned().collect();
    let read = store.read(move |tx| {
        let of = |line: &String| Ok((store::scripts::last_adopted(tx, line)?, line.clone()));
        lines.iter().map(of).collect::<store::Result<Vec<_>>>()
    });
    let rows = read.await.unwrap_or_default();
    let text = |(kept, line): (Option<store::scripts::Kept>, String)| {
        Some((line, serde_json::from_str(&kept?.sources).ok()?))
    };
    rows.into_iter().filter_map(text).collect()
}

/// Opens the store, or what will reach it as soon as it is there.
fn open_store(url: &str) -> anyhow::Result<Store> {
    if let Some(folder) = url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent()) {
        std::fs::create_dir_all(folder).with_context(|| {
            format!("store.url: cannot make the folder {}; choose another place", folder.display())
        })?;
    }
    Ok(Store::open_or_wait(url)?)
}

/// The bundled switch as a provider. Its secret lives as long as the process: nobody else needs it.
fn switch_provider(local: String) -> Provider {
    Provider {
        name: SWITCH.to_owned(),
        dialect: "twiml".to_owned(),
        profile: "generic".to_owned(),
        account: "AC00000000000000000000000000012320".to_owned(),
        tokens: vec![domain::Secret::new(random::readable(32))],
        api_token: None,
        api_url: local,
    }
}

/// What desks take their telephones with: the page hands out permits, the switch checks them.
fn desk_secret(config: &Config) -> domain::Secret {
    let configured = &config.switch.desk_secret;
    if configured.reveal().is_empty() {
        domain::Secret::new(random::readable(32))
    } else {
        configured.clone()
    }
}

/// What the bundled switch must know; nothing where it is off. Everybody outside answers by himself, so that
/// a newcomer can be put through to a department or called back.
fn switch_setup(house: &House, config: &Config, desk_secret: domain::Secret) -> Option<softswitch::Setup> {
    let provider = house.providers.get(SWITCH)?;
    let lines = house.lines.values().flat_map(|line| {
        let door = format!("{}/voice/{SWITCH}/{}", house.public_url, line.name);
        line.numbers.iter().map(move |number| softswitch::Line {
            number: number.as_str().to_owned(),
            status_url: Some(format!("{door}/status")),
            fallback_url: Some(format!("{door}/fallback")),
            voice_url: door.clone(),
        })
    });
    Some(softswitch::Setup {
        base_url: provider.api_url.clone(),
        account: dialect::Account { id: provider.account.clone(), token: provider.tokens.first()?.clone() },
        lines: lines.collect(),
        extensions: config.switch.extensions.iter().map(|number| number.as_str().to_owned()).collect(),
        outside: std::collections::BTreeMap::new(),
        anyone: softswitch::Setup::FRIENDLY,
        desk_secret: Some(desk_secret),
        own_numbers: config.switch.own_numbers,
        ice_servers: config.switch.ice_servers.clone(),
    })
}

/// An address that can be called: a wildcard listens everywhere, and is reached on the loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    SocketAddr::new(ip, address.port())
}

fn warn_of_silence(house: &House) {
    for provider in house.providers.values().filter(|provider| provider.tokens.is_empty()) {
        tracing::warn!(provider = provider.name, "no auth_token: every hook of this provider is refused");
    }
}

/// TLS towards providers needs one implementation for the whole process.
pub(crate) fn choose_cryptography() {
    // An error means that it was chosen before, by this very function.
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// Whether a provider may ask from an address.
fn admitted(config: &Config) -> impl Fn(&str, IpAddr) -> bool + Send + Sync + 'static {
    let networks: BTreeMap<String, Vec<Network>> =
        config.providers.iter().map(|(name, provider)| (name.clone(), provider.networks.clone())).collect();
    move |provider, peer| match networks.get(provider) {
        Some(networks) if !networks.is_empty() => networks.iter().any(|network| network.contains(peer)),
        _ => true,
    }
}

/// Serves until the first signal, then ends in order; a second signal ends at once.
pub(crate) async fn until_stopped(config: &Config, ready: Ready) -> anyhow::Result<()> {
    let Ready { board, listener, .. } = ready;
    let proxies = config.server.trusted_proxies.clone();
    let desk_secret = desk_secret(config);
    let hands_out = desk_secret.clone();
    let app = web::App::new(board.clone(), config.switch.on)
        .trusting(move |peer| proxies.iter().any(|network| network.contains(peer)))
        .admitting(admitted(config))
        .permitting(move |extension| softswitch::permit(&hands_out, extension));
    let mut router = web::router(app);
    if let Some(setup) = switch_setup(board.house(), config, desk_secret) {
        let switch = softswitch::Switch::new(setup).context("starting the bundled switch")?;
        router = router.merge(softswitch::router(switch));
    }
    let agenda = board.clone();
    let agenda = tokio::spawn(async move { agenda.keep_agenda().await });
    let reloading = tokio::spawn(reload::watch(board.clone(), reload::watched(&board, config)));
    let watching = board.clone();
    let watching = tokio::spawn(async move { watching.keep_watch().await });
    let forgetting = tokio::spawn(forget_daily(board.clone(), config.turn_days));
    web::listener::serve(listener, router, stop()).await;
    agenda.abort();
    forgetting.abort();
    watching.abort();
    reloading.abort();
    board.close().await;
    Ok(())
}

/// Forgets what is old, at the start and then every day.
async fn forget_daily(board: Switchboard, turn_days: u32) {
    let mut days = tokio::time::interval(std::time::Duration::from_secs(24 * 60 * 60));
    loop {
        days.tick().await;
        match board.forget_old(turn_days).await {
            Ok(gone) => {
                tracing::info!(turns = gone.turns, lookup_tries = gone.lookup_tries, "forgot what is old")
            }
            Err(fault) => tracing::warn!(%fault, "could not forget what is old; tomorrow again"),
        }
    }
}

/// Resolves at SIGTERM or Ctrl-C. From then on a second signal ends the process.
async fn stop() {
    first_signal().await;
    tracing::info!("stopping: no new connections; finishing what has begun");
    tokio::spawn(async {
        first_signal().await;
        std::process::exit(1);
    });
}

async fn first_signal() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(fault) => {
            tracing::warn!(%fault, "SIGTERM cannot be heard; only Ctrl-C stops the service in order");
            // Without either signal there is nothing to wait for but the end of the process.
            if interrupt.await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
