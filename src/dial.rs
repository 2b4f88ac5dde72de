//! `hotline dial`: a telephone in the terminal.
//!
//! It dials through the bundled switch of the running service, or with `--url` brings a switch of its own
//! and calls any service that speaks TwiML.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use domain::Secret;
use softswitch::{Notice, Phase, Setup, Switch, Telephone};
use tokio::sync::mpsc;

use crate::dial_lines::Lines;

/// What stands on the command line.
#[derive(Debug, Args)]
pub(crate) struct DialArgs {
    /// Number to dial, as 12320
    number: String,
    /// Voice address of any TwiML service, dialled by a switch of our own
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Secret that signs the hooks sent to --url; better given as HOTLINE_DIAL_TOKEN, where others do not see it
    #[arg(long, requires = "url")]
    token: Option<String>,
    /// The running service
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:12320", conflicts_with = "url")]
    service: String,
    /// Number to call from; "withheld" hides it
    #[arg(long, value_name = "N", default_value = "+8613800138000")]
    from: String,
    /// What to do, one after another: keys, `wait`, `record:SECONDS`, `hang-up`; then the call is hung up
    #[arg(long, value_name = "1,2,#")]
    keys: Option<String>,
    /// Dialect of --url
    #[arg(long, default_value = "twiml")]
    dialect: String,
    /// One JSON object a line instead of the transcript
    #[arg(long)]
    json: bool,
}

/// What the owner of the telephone does next.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Press(String),
    Wait,
    Record(u32),
    Say(String),
    HangUp,
}

const HELP: &str =
    "keys: type them · Enter alone: let the time run out · r 7: speak for 7 s · s TEXT: say it · h: hang up";
/// Holds `[switch] desk_secret` for the service and for who dials from a desk's extension.
const DESK_SECRET: &str = "HOTLINE_SWITCH__DESK_SECRET";
/// Under this number a caller who withholds the own one is registered.
const NAMELESS: &str = "99";

/// Makes one call. 0: the call was carried; 1: the service sent something that cannot be carried out.
pub(crate) async fn run(args: DialArgs) -> anyhow::Result<ExitCode> {
    let deeds = args.keys.as_deref().map(deeds).transpose()?;
    let withheld = args.from == "withheld";
    let own = if withheld { NAMELESS } else { args.from.as_str() };
    let address = match &args.url {
        Some(url) => own_switch(&args, url).await?,
        None => args.service.clone(),
    };
    let phone = register(&address, own).await?;
    let mut call = Call { phone, lines: Lines::default(), printed: 0, json: args.json, faults: 0 };
    if !args.json {
        let from = if withheld { "withheld" } else { own };
        crate::printing::say!("call {from}, {}", chrono::Local::now().format("%Y-%m-%d %H:%M"));
    }
    if withheld {
        call.phone.dial_withheld(&args.number).await?;
    } else {
        call.phone.dial(&args.number).await?;
    }
    call.print()?;
    match deeds {
        Some(deeds) => call.by_list(deeds).await?,
        None => call.by_hand().await?,
    }
    Ok(if call.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The telephone of a desk is taken with the secret that the service was started with.
async fn register(address: &str, own: &str) -> anyhow::Result<Telephone> {
    Ok(match std::env::var(DESK_SECRET) {
        Ok(secret) => {
            let permit = softswitch::permit(&Secret::new(secret), own.trim_start_matches('+'));
            Telephone::register_desk(address, own, permit).await?
        }
        Err(_) => Telephone::register(address, own).await?,
    })
}

/// A switch for one call, with the dialled number leading to `url`.
async fn own_switch(args: &DialArgs, url: &str) -> anyhow::Result<String> {
    if args.dialect != "twiml" {
        bail!("--dialect {}: the telephone speaks {}", args.dialect, "twiml");
    }
    let token = args.token.clone().or_else(|| std::env::var("HOTLINE_DIAL_TOKEN").ok()).unwrap_or_default();
    let listener =
        tokio::net::TcpListener::bind("127.0.0.1:0").await.context("a port for the telephone's switch")?;
    let base_url = format!("http://{}", listener.local_addr().context("the switch's own address")?);
    let switch = Switch::new(Setup {
        base_url: base_url.clone(),
        account: dialect::Account {
            id: "AC00000000000000000000000000000000".to_owned(),
            token: Secret::new(token),
        },
        lines: vec![softswitch::Line {
            number: args.number.clone(),
            voice_url: url.to_owned(),
            status_url: None,
            fallback_url: None,
        }],
        extensions: Vec::new(),
        outside: std::collections::BTreeMap::new(),
        anyone: Setup::FRIENDLY,
        ice_servers: Vec::new(),
        desk_secret: None,
        own_numbers: true,
    })
    .context("preparing the telephone's switch")?;
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, softswitch::router(switch)).await {
            tracing::error!(%error, "the telephone's switch stopped");
        }
    });
    Ok(base_url)
}

/// Reads `--keys`.
fn deeds(text: &str) -> anyhow::Result<Vec<Deed>> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(deed).collect()
}

fn deed(word: &str) -> anyhow::Result<Deed> {
    let is_key = |c: char| "0123456789*#".contains(c);
    match word {
        "wait" | "w" => Ok(Deed::Wait),
        "hang-up" | "h" => Ok(Deed::HangUp),
        keys if !keys.is_empty() && keys.chars().all(is_key) => Ok(Deed::Press(keys.to_owned())),
        other => match other.strip_prefix("record:").and_then(|seconds| seconds.parse().ok()) {
            Some(seconds) => Ok(Deed::Record(seconds)),
            None => bail!("--keys: \"{other}\" is none of 0-9 * #, wait, record:SECONDS, hang-up"),
        },
    }
}

/// Reads one line typed during a call.
fn typed(line: &str) -> anyhow::Result<Deed> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(Deed::Wait);
    }
    if let Some(text) = line.strip_prefix("s ") {
        return Ok(Deed::Say(text.to_owned()));
    }
    if let Some(seconds) = line.strip_prefix("r ").and_then(|seconds| seconds.trim().parse().ok()) {
        return Ok(Deed::Record(seconds));
    }
    deed(line).map_err(|_| anyhow::anyhow!("{HELP}"))
}

struct Call {
    phone: Telephone,
    lines: Lines,
    printed: usize,
    json: bool,
    faults: usize,
}

impl Call {
    async fn by_list(&mut self, deeds: Vec<Deed>) -> anyhow::Result<()> {
        for deed in deeds {
            if *self.phone.phase() == Phase::Idle {
                eprintln!("the call was over before every key was pressed");
                return Ok(());
            }
            self.carry_out(deed).await?;
            self.print()?;
        }
        if *self.phone.phase() != Phase::Idle {
            self.phone.hang_up().await?;
            self.print()?;
        }
        Ok(())
    }

    async fn by_hand(&mut self) -> anyhow::Result<()> {
        if std::io::stdin().is_terminal() {
            eprintln!("{HELP}");
        }
        let mut typed_lines = stdin_lines();
        while *self.phone.phase() != Phase::Idle {
            tokio::select! {
                line = typed_lines.recv() => match line.as_deref().map(typed) {
                    Some(Ok(deed)) => self.carry_out(deed).await?,
                    Some(Err(help)) => eprintln!("{help}"),
                    None => self.carry_out(Deed::HangUp).await?,
                },
                () = tokio::time::sleep(Duration::from_millis(400)) => {
                    self.phone.listen(Duration::ZERO).await?;
                }
            }
            self.print()?;
        }
        Ok(())
    }

    async fn carry_out(&mut self, deed: Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Press(keys) => self.phone.press(&keys).await?,
            Deed::Wait => self.phone.wait().await?,
            Deed::Record(seconds) => self.phone.record(seconds).await?,
            Deed::Say(text) => self.phone.say(&text).await?,
            Deed::HangUp => self.phone.hang_up().await?,
        };
        Ok(())
    }

    /// Prints what was heard since the last time.
    fn print(&mut self) -> anyhow::Result<()> {
        let new = self.phone.heard().get(self.printed..).unwrap_or_default();
        for heard in new {
            if matches!(heard.notice, Notice::Fault { .. }) {
                self.faults += 1;
            }
            if self.json {
                crate::printing::say!("{}", serde_json::to_string(heard)?);
            } else {
                for line in self.lines.take(&heard.notice) {
                    crate::printing::say!("{line}");
                }
            }
        }
        self.printed = self.phone.heard().len();
        Ok(())
    }
}

/// Lines of standard input; the channel closes with it.
fn stdin_lines() -> mpsc::Receiver<String> {
    let (lines, receiver) = mpsc::channel(8);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if lines.blocking_send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_a_list_of_deeds() {
        let read = deeds("1,2#, wait ,record:7,hang-up").unwrap();
        let press = |keys: &str| Deed::Press(keys.to_owned());
        assert_eq!(read, [press("1"), press("2#"), Deed::Wait, Deed::Record(7), Deed::HangUp]);
        for bad in ["x", "1;2", "record:", "record:soon"] {
            assert!(deeds(bad).unwrap_err().to_string().contains(bad), "{bad}");
        }
    }

    #[test]
    fn typed_lines_are_deeds() {
        assert_eq!(typed("").unwrap(), Deed::Wait);
        assert_eq!(typed("s hello there\n").unwrap(), Deed::Say("hello there".into()));
        assert_eq!(typed("r 5").unwrap(), Deed::Record(5));
        assert_eq!(typed("h").unwrap(), Deed::HangUp);
        assert!(typed("help").unwrap_err().to_string().contains("Enter alone"));
    }
}
