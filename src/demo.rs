//! `hotline demo`: the service on a throw-away database with accounts, departments and three months of calls
//! and cases, and with the bundled switch on, so that a newcomer can dial and answer at once.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::Days;
use domain::Timestamp;
use store::Store;
use switchboard::{Clock, House, Switchboard};

use crate::config::{Config, Flags};
use crate::demo_calls::{Ground, calls};
use crate::demo_fill::{self, Lines};
use crate::demo_people::{self, PASSWORD};
use crate::demo_walk::{Hall, NoCarrier, walk};
use crate::{demo_colleagues, furnish, serve, telemetry};

/// Days of history.
const DAYS: u64 = 92;

/// Setting that tells that the history was made up to its end.
const WHOLE: &str = "demo_whole";

/// `hotline demo` as typed.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Folder for the database, kept afterwards; without it a folder that is removed at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Fills the database where it is empty, and serves.
pub(crate) async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let folder = Folder::open(args.data)?;
    let url = format!("sqlite:{}", folder.path.join("demo.db").display());
    let flags = Flags { listen: args.listen, store_url: Some(url.clone()), demo: true, config: None };
    let mut config = Config::load(&flags)?;
    // The bundled switch is the only provider; a newcomer has no use for the others' warnings.
    config.providers.clear();
    config.log.level = "warn".to_owned();
    telemetry::start(&config.log);
    fill_if_empty(&config, &url).await?;
    let ready = serve::open(&config).await?;
    welcome(&config, ready.address);
    serve::until_stopped(&config, ready).await?;
    Ok(ExitCode::SUCCESS)
}

fn welcome(config: &Config, address: std::net::SocketAddr) {
    let number = config.lines.values().find_map(|line| line.numbers.first());
    let number = number.map_or("12320", |number| number.as_str());
    crate::printing::say!("hotline demo on http://{address}");
    crate::printing::say!(
        "accounts: agent, agent2, agent3, agent-da, handler, supervisor, admin; password of all: {PASSWORD}"
    );
    crate::printing::say!("(colleagues of handler log in by their department, as logistics; same password)");
    crate::printing::say!(
        "1. Open http://{address}/ as agent and set yourself to ready; a desk telephone appears."
    );
    crate::printing::say!(
        "2. Open http://{address}/phone in another window and dial {number}, or run: hotline dial {number} --service http://{address}"
    );
    crate::printing::say!(
        "3. As supervisor, see the wallboard and the transfer and callback reports; Ctrl-C ends the demo."
    );
}

/// The folder of the database; one of our own is removed at the end.
struct Folder {
    path: PathBuf,
    ours: bool,
}

impl Folder {
    fn open(given: Option<PathBuf>) -> anyhow::Result<Self> {
        let ours = given.is_none();
        let path = given.unwrap_or_else(|| {
            std::env::temp_dir().join(format!(
                "hotline-demo-{}-{}",
                std::process::id(),
                crate::random::readable(8)
            ))
        });
        let shown = path.display().to_string();
        std::fs::create_dir_all(&path)
            .with_context(|| format!("--data: cannot make the folder {shown}; choose another place"))?;
        Ok(Self { path, ours })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.ours {
            // What cannot be removed now, the system's cleaning of temporary files removes later.
            drop(std::fs::remove_dir_all(&self.path));
        }
    }
}

async fn fill_if_empty(config: &Config, url: &str) -> anyhow::Result<()> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    if !Path::new(path).exists() {
        store::migrate(url)?;
    }
    let store = Store::open(url)?;
    let (people, whole) = store
        .read(|tx| {
            Ok::<_, store::Error>((store::people::any(tx)?, store::settings::read(tx, WHOLE)?.is_some()))
        })
        .await?;
    if people && !whole {
        bail!(
            "--data: {path} holds no demo, or one that was interrupted; remove it, or choose another folder"
        );
    }
    if !people {
        let house = Arc::new(furnish::house(config, String::new())?.house);
        let started = std::time::Instant::now();
        let filled = fill(&store, house, crate::wall_clock::WallClock.now()).await?;
        crate::printing::say!(
            "made up {} calls and {} cases in {:.1} s",
            filled.calls,
            filled.cases,
            started.elapsed().as_secs_f64()
        );
    }
    store.close();
    Ok(())
}

/// How much was made up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) calls: usize,
    pub(crate) cases: usize,
}

/// Makes up the three months before `until`.
pub(crate) async fn fill(store: &Store, house: Arc<House>, until: Timestamp) -> anyhow::Result<Filled> {
    let past = Arc::new(Standing(until));
    let board = Switchboard::new(store.clone(), house.clone(), past, Arc::new(NoCarrier));
    let people = Arc::new(demo_people::add(&board, store).await?);
    let chinese = house
        .lines
        .values()
        .find(|line| line.profile == "cn-gov")
        .context("no line of the profile cn-gov")?;
    let danish = house.lines.values().find(|line| line.profile == "dk");
    let lines = Lines { chinese: chinese.name.clone(), danish: danish.map(|line| line.name.clone()) };
    let grounds: Vec<Ground> = std::iter::once(Ground { zone: chinese.zone, danish: false })
        .chain(danish.map(|line| Ground { zone: line.zone, danish: true }))
        .collect();
    let today = until.service_day(chinese.zone);
    let first = today.checked_sub_days(Days::new(DAYS - 1)).context("the calendar ends")?;
    let mut calls = calls(&grounds, first, DAYS);
    calls.retain(|call| call.ended_at() < until);
    let (count, calls) = (calls.len(), Arc::new(calls));
    let (writing, of_house, of_people) = (calls.clone(), house.clone(), people.clone());
    let opened = store.write(move |tx| demo_fill::write(tx, &of_house, &lines, &of_people, &writing)).await?;
    let cases = opened.len();
    let hall = Hall { store: store.clone(), house, people, until };
    let mut walks = tokio::task::JoinSet::new();
    for case in opened.iter().cloned() {
        walks.spawn(walk(hall.clone(), case));
    }
    while let Some(walked) = walks.join_next().await {
        walked??;
    }
    demo_colleagues::look(&hall, &opened).await?;
    store.write(|tx| store::settings::write(tx, WHOLE, "yes")).await?;
    Ok(Filled { calls: count, cases })
}

/// The moment at which the history ends.
struct Standing(Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
