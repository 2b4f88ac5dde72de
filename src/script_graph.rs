//! `hotline script graph`: the walk through a script as a picture, with the calls that went each way where they are asked
//! for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use callflow::Script;
use callflow::graph::{Figures, Style, english, mermaid, svg, text};
use chrono::NaiveDate;
use chrono_tz::Tz;
use store::Store;
use switchboard::Clock as _;
use switchboard::line_graph::{LineGraph, first_of};
use tokio::runtime::Runtime;

use crate::config::Config;
use crate::house_files::Folder;
use crate::script::{each_line, sources};
use crate::wall_clock::WallClock;

/// Days that are counted where none are named, as on the supervisor's screen.
const USUAL_DAYS: u16 = 7;

/// `hotline script graph` as typed.
#[derive(Debug, clap::Args)]
pub(crate) struct GraphArgs {
    /// Folders of lines, or folders of such folders.
    #[arg(default_value = "ivr-scripts")]
    paths: Vec<PathBuf>,
    /// What the picture is written in.
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// Tell how many calls went each way, where callers hung up and where they are now, as the database has them.
    #[arg(long)]
    counts: bool,
    /// First day that is counted, as 2026-02-01; a week with the last day if left out.
    #[arg(long, value_name = "DAY", requires = "counts")]
    from: Option<NaiveDate>,
    /// Last day, included; today if left out.
    #[arg(long, value_name = "DAY", requires = "counts")]
    to: Option<NaiveDate>,
    #[command(flatten)]
    config: crate::ConfigArgs,
}

/// What the picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A picture for a browser, light and dark.
    Svg,
    /// A flow chart in the language of Mermaid.
    Mermaid,
    /// Lines for a terminal.
    Text,
}

/// Prints the pictures; false when a script cannot be walked.
pub(crate) fn run(args: GraphArgs) -> anyhow::Result<bool> {
    let GraphArgs { paths, format, counts, from, to, config } = args;
    let calls = if counts { Some(Calls::open(config, (from, to))?) } else { None };
    each_line(&paths, |folder| graph(folder, format, calls.as_ref()))
}

fn graph(folder: &Path, format: Format, calls: Option<&Calls>) -> anyhow::Result<bool> {
    let (script, found) =
        callflow::check(&sources(&Folder::Disk(folder.to_owned())).map_err(anyhow::Error::msg)?);
    // Beside the picture, not in it.
    found.iter().for_each(|diagnostic| eprintln!("{diagnostic}"));
    let Some(script) = script.map(Arc::new) else { return Ok(false) };
    let counted = calls.map(|calls| calls.of(&script)).transpose()?;
    let mut title = format!("{}, version {}", script.line(), script.version());
    if let Some(graph) = &counted {
        title.push_str(&format!(", {} to {}, {} calls", graph.from, graph.to, graph.calls()));
    }
    let picture = draw(&script, format, counted.as_ref().map(|graph| &graph.figures), &title);
    crate::printing::say!("{}", picture.trim_end());
    Ok(true)
}

fn draw(script: &Script, format: Format, figures: Option<&Figures>, title: &str) -> String {
    match format {
        Format::Mermaid => mermaid(script, figures),
        Format::Svg => svg(script, figures, &Style { title, word: &english, sheet: true }),
        Format::Text => format!("{title}\n{}", text(script, figures)),
    }
}

/// The calls of the house.
struct Calls {
    store: Store,
    runtime: Runtime,
    /// By line.
    zones: BTreeMap<String, Tz>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Calls {
    /// The service may be running.
    fn open(
        args: crate::ConfigArgs,
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> anyhow::Result<Self> {
        let config = Config::load(&args.flags())?;
        let (store, runtime) = (Store::open(config.store_url.reveal())?, crate::runtime()?);
        let zones = config.lines.into_iter().map(|(name, line)| (name, line.zone)).collect();
        Ok(Self { store, runtime, zones, from, to })
    }

    fn of(&self, script: &Arc<Script>) -> anyhow::Result<LineGraph> {
        let line = script.line().to_owned();
        let Some(zone) = self.zones.get(&line) else {
            bail!("no line is called {line:?} in the configuration; name its file with --config");
        };
        let to = self.to.unwrap_or_else(|| WallClock.now().service_day(*zone));
        let from = self.from.unwrap_or_else(|| first_of(USUAL_DAYS, to));
        if from > to {
            bail!("the first day, {from}, is after the last, {to}");
        }
        let script = Arc::clone(script);
        let read = self.store.read(move |tx| LineGraph::read(tx, &line, &script, (from, to)));
        self.runtime.block_on(read).context("reading the calls")
    }
}
