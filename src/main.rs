//! hotline: the call-handling backend of a public complaint line.
//!
//! The front door: one file per command, and `serve.rs` where the parts are put together.
//! Exit codes: 0 good, 1 found a fault, 2 wrong use or wrong configuration.

/// A turn makes some hundred small values that live for microseconds; the C library's allocator takes an eighth of
/// its processor time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod calendar;
mod calendar_days;
mod calendar_notice;
mod carrier;
mod carrier_circuit;
mod carrier_sounds;
mod check_config;
mod classify_texts;
mod config;
mod config_doors;
mod config_hours;
mod config_layers;
mod config_reader;
mod demo;
mod demo_calls;
mod demo_colleagues;
mod demo_dice;
mod demo_fill;
mod demo_people;
mod demo_stories;
mod demo_walk;
mod demo_ways;
mod dial;
mod dial_lines;
mod drill;
mod due;
mod due_printing;
mod file_shelf;
mod furnish;
mod house_files;
mod mailer;
mod migrate;
mod printing;
mod random;
mod reload;
mod report;
mod script;
mod script_check;
mod script_graph;
mod script_list;
mod script_rules;
mod script_test;
mod serve;
mod sound_shelf;
mod telemetry;
mod user;
mod wall_clock;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Flags};

/// The call-handling backend of a public complaint line.
#[derive(Debug, Parser)]
#[command(name = "hotline", version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service (the same as no command)
    Serve(ServeArgs),
    /// Read the whole configuration, list every problem, change nothing
    CheckConfig(ConfigArgs),
    /// Bring the database's schema up to this program's
    Migrate(ConfigArgs),
    /// A telephone in the terminal
    Dial(dial::DialArgs),
    /// Check, test and draw the scripts that callers walk
    #[command(subcommand)]
    Script(script::ScriptCommand),
    /// The service on a throw-away database with three months of made-up history
    Demo(demo::DemoArgs),
    /// Print a report of the catalogue
    Report {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(flatten)]
        report: report::ReportArgs,
    },
    /// When a duty falls due, day by day, with its law
    Due {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(flatten)]
        due: due::DueArgs,
    },
    /// List business calendars, add a published year
    Calendar {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: calendar::CalendarCommand,
    },
    /// Rehearse an outage: the service goes on without its store, or without its journal too
    Drill {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(flatten)]
        drill: drill::DrillArgs,
    },
    /// Suggest request type, category, severity and urgency: JSON lines in, JSON lines out
    Classify(ConfigArgs),
    /// Add, list and disable accounts
    User {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: user::UserCommand,
    },
}

#[derive(Debug, Args, Clone)]
struct ConfigArgs {
    /// Configuration file; without it config/hotline.toml, if there is one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ServeArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl ConfigArgs {
    fn flags(self) -> Flags {
        Flags { config: self.config, ..Flags::default() }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    serve::choose_cryptography();
    match run(cli) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("hotline: {fault:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => {
            let flags = Flags { listen: args.listen, ..args.config.flags() };
            runtime()?.block_on(serve::run(&Config::load(&flags)?))
        }
        Command::CheckConfig(args) => check_config::run(&args.flags()),
        Command::Migrate(args) => migrate::run(&Config::load(&args.flags())?),
        Command::Dial(args) => runtime()?.block_on(dial::run(args)),
        Command::Script(command) => Ok(script::run(command)),
        Command::Demo(args) => runtime()?.block_on(demo::run(args)),
        Command::Report { config, report } => {
            let config = Config::load(&config.flags())?;
            runtime()?.block_on(async { report::run(&serve::open_quietly(&config).await?, report).await })
        }
        Command::Due { config, due } => {
            let house = furnish::house(&Config::load(&config.flags())?, String::new())?.house;
            due::run(&due, &house)
        }
        Command::Calendar { config, command } => calendar::run(&command, &Config::load(&config.flags())?),
        Command::Drill { config, drill } => drill::run(&drill, &Config::load(&config.flags())?),
        Command::Classify(args) => {
            let house = furnish::house(&Config::load(&args.flags())?, String::new())?.house;
            classify_texts::run(&house.classify, std::io::stdin().lock(), std::io::stdout().lock())
        }
        Command::User { config, command } => {
            let config = Config::load(&config.flags())?;
            runtime()?.block_on(async { user::run(&serve::open_quietly(&config).await?, command).await })
        }
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
