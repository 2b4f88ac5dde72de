//! The configuration: every section, read from the merged layers and checked.
//!
//! Reading never stops at the first fault: the operator gets all problems in one list, each with its file
//! and line and what to write instead. Keys that nobody reads are unknown, so the readers below are the
//! whole schema; a test holds `config/hotline.toml` against them.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::{Language, PhoneNumber, Secret};

use crate::config_layers::{Layers, Origin, Problem};
use crate::config_reader::Reader;
use crate::house_files::{Folder, straight};
use crate::{config_doors, config_hours};

/// The defaults, and the reference of every key.
pub(crate) const SHIPPED: &str = include_str!("../config/hotline.toml");
/// Name of the defaults in messages.
pub(crate) const SHIPPED_NAME: &str = "built-in config/hotline.toml";
/// Read when no `--config` is given and it exists.
const USUAL: &str = "config/hotline.toml";

/// What the operator decided, checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) server: Server,
    /// `sqlite:PATH` (absolute or relative to the working directory) or a `postgres://` address.
    pub(crate) store_url: Secret,
    /// How long a caller waits for the store before it is given up.
    pub(crate) store_patience: std::time::Duration,
    /// Folder of the journal.
    pub(crate) journal: PathBuf,
    pub(crate) log: Log,
    /// Folder of the tables; what it lacks is taken from the built-in ones.
    pub(crate) tables: Folder,
    pub(crate) queue: Queue,
    /// Days that the turns of a call are kept after its end.
    pub(crate) turn_days: u32,
    pub(crate) recordings: Recordings,
    pub(crate) doors: config_doors::Doors,
    pub(crate) switch: Switch,
    pub(crate) providers: BTreeMap<String, Provider>,
    pub(crate) lines: BTreeMap<String, Line>,
}

/// `[server]`
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    /// Without a closing slash; empty until the listener knows its port.
    pub(crate) public_url: String,
    pub(crate) trusted_proxies: Vec<Network>,
}

/// `[log]`
#[derive(Debug, Clone)]
pub(crate) struct Log {
    pub(crate) json: bool,
    pub(crate) level: String,
}

/// `[queue]`
#[derive(Debug, Clone, Copy)]
pub(crate) struct Queue {
    pub(crate) offer_seconds: i64,
    pub(crate) wrap_up_seconds: i64,
}

/// `[recordings]`, and what `[retention]` says of them.
#[derive(Debug, Clone)]
pub(crate) struct Recordings {
    pub(crate) folder: PathBuf,
    pub(crate) delete_at_provider: bool,
    /// Days kept, by purpose.
    pub(crate) days: BTreeMap<String, u32>,
}

/// `[switch]`
#[derive(Debug, Clone)]
pub(crate) struct Switch {
    pub(crate) on: bool,
    pub(crate) extensions: Vec<PhoneNumber>,
    /// Makes the permits for desk telephones; empty: made up at every start.
    pub(crate) desk_secret: Secret,
    pub(crate) ice_servers: Vec<String>,
    /// Telephones other than desks have the numbers they say they have.
    pub(crate) own_numbers: bool,
}

/// `[provider.NAME]`
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub(crate) dialect: String,
    pub(crate) profile: String,
    pub(crate) account: String,
    /// All accepted secrets, the one in use first; none: every request is refused.
    pub(crate) tokens: Vec<Secret>,
    /// Nothing: our own requests go with the first of `tokens`.
    pub(crate) api_token: Option<Secret>,
    pub(crate) api_url: String,
    /// Where its requests may come from; none: from anywhere.
    pub(crate) networks: Vec<Network>,
}

/// `[line.NAME]`
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) numbers: Vec<PhoneNumber>,
    pub(crate) script: Folder,
    pub(crate) languages: Vec<Language>,
    pub(crate) zone: chrono_tz::Tz,
    pub(crate) profile: String,
    pub(crate) hours: clocks::OpeningHours,
    pub(crate) calendar: String,
    pub(crate) emergency: PhoneNumber,
    pub(crate) fallback_number: PhoneNumber,
    /// Who its letters are from, by language.
    pub(crate) sender: std::collections::BTreeMap<String, String>,
    /// Who its mails are from; none: the sender of `[mail]`.
    pub(crate) mail_from: Option<String>,
    /// The place whose own laws come first.
    pub(crate) locality: Option<String>,
    /// Where the line was written, for complaints about its script or calendar.
    pub(crate) origin: Origin,
}

/// A network in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    pub(crate) address: IpAddr,
    /// Leading bits that count.
    pub(crate) bits: u8,
}

impl Network {
    /// Whether an address lies in it. An IPv4 address in IPv6 clothes counts as what it is.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let shared = |ours: u128, theirs: u128, width: u32| {
            let rest = width.saturating_sub(u32::from(self.bits));
            ours.checked_shr(rest).unwrap_or(0) == theirs.checked_shr(rest).unwrap_or(0)
        };
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                shared(ours.to_bits().into(), theirs.to_bits().into(), 32)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => shared(ours.to_bits(), theirs.to_bits(), 128),
            _ => false,
        }
    }
}

impl std::str::FromStr for Network {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| ()))?;
        if bits > most { Err(()) } else { Ok(Self { address, bits }) }
    }
}

/// Flags that stand above every other layer.
#[derive(Debug, Default, Clone)]
pub(crate) struct Flags {
    pub(crate) config: Option<PathBuf>,
    pub(crate) listen: Option<String>,
    pub(crate) store_url: Option<String>,
    /// The bundled switch is on and every line is open day and night: a newcomer wants to dial now.
    pub(crate) demo: bool,
}

/// Every problem of a configuration, one a line.
#[derive(Debug, thiserror::Error)]
#[error("{}", list(.0))]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl Config {
    /// Reads defaults, file, environment and flags.
    pub(crate) fn load(flags: &Flags) -> Result<Self, Problems> {
        let mut layers = Layers::default();
        layers.file(SHIPPED_NAME, SHIPPED);
        let given =
            flags.config.clone().or_else(|| Some(PathBuf::from(USUAL)).filter(|usual| usual.exists()));
        let mut base = None;
        if let Some(path) = given {
            match std::fs::read_to_string(&path) {
                Ok(text) => layers.file(&path.display().to_string(), &text),
                Err(fault) => {
                    let origin = Origin::File { name: path.display().to_string(), line: 1 };
                    let text = format!("cannot read the file ({fault}); give a readable file with --config");
                    return Err(Problems(vec![Problem { origin, text }]));
                }
            }
            base = Some(path.parent().map(Path::to_path_buf).unwrap_or_default());
        }
        layers.environment(std::env::vars());
        if let Some(listen) = &flags.listen {
            layers.flag("--listen", &["server", "listen"], listen.clone());
        }
        if let Some(url) = &flags.store_url {
            layers.flag("--data", &["store", "url"], url.clone());
            // What is thrown away with the database goes with its sounds.
            if let Some(folder) = url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent()) {
                let sounds = folder.join("recordings").display().to_string();
                layers.flag("--data", &["recordings", "folder"], sounds);
                let files = folder.join("attachments").display().to_string();
                layers.flag("--data", &["attachments", "folder"], files);
            }
        }
        if flags.demo {
            layers.flag("demo", &["switch", "on"], "true".to_owned());
            for line in layers.names("line") {
                layers.flag("demo", &["line", &line, "hours"], "always".to_owned());
            }
        }
        Self::read(layers, base.as_deref())
    }

    /// Reads merged layers; `base` is the folder of the configuration file.
    pub(crate) fn read(layers: Layers, base: Option<&Path>) -> Result<Self, Problems> {
        let mut reader = Reader::new(layers, base);
        let config = Self::sections(&mut reader);
        let mut problems = reader.finish();
        problems.extend(shared_numbers(&config.lines));
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    /// All sections; faults stay with the reader.
    pub(crate) fn sections(reader: &mut Reader) -> Self {
        let desk_secret = reader.optional(&["switch", "desk_secret"], "text", |text| Some(text.to_owned()));
        let store_url = store_url(reader);
        Self {
            server: server(reader),
            journal: journal(reader, store_url.reveal()),
            store_url,
            store_patience: std::time::Duration::from_millis(
                reader.number(&["store", "patience_ms"], "milliseconds", 100..=5_000).unsigned_abs(),
            ),
            log: log(reader),
            tables: reader.folder(&["data", "tables"]),
            queue: Queue {
                offer_seconds: reader.number(&["queue", "offer_seconds"], "seconds", 5..=120),
                wrap_up_seconds: reader.number(&["queue", "wrap_up_seconds"], "seconds", 0..=3600),
            },
            turn_days: u32::try_from(reader.number(&["retention", "turn_days"], "days", 1..=36_500))
                .unwrap_or(u32::MAX),
            recordings: recordings(reader),
            doors: config_doors::read(reader),
            switch: Switch {
                on: reader.flag(&["switch", "on"]),
                extensions: reader
                    .list(&["switch", "extensions"], PHONE, |text| PhoneNumber::parse(text).ok()),
                desk_secret: Secret::new(desk_secret.unwrap_or_default()),
                own_numbers: reader.flag(&["switch", "own_numbers"]),
                ice_servers: reader.list(&["switch", "ice_servers"], ICE, ice_server),
            },
            providers: named(reader, "provider", provider),
            lines: named(reader, "line", line),
        }
    }
}

const ICE: &str = "stun:HOST:PORT or turn:HOST:PORT";

fn ice_server(text: &str) -> Option<String> {
    let (scheme, host) = text.split_once(':')?;
    let plain = !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c == '@' || c == '/');
    (["stun", "stuns", "turn", "turns"].contains(&scheme) && plain).then(|| text.to_owned())
}

const PHONE: &str = "a telephone number: digits with an optional leading +";

fn named<T>(
    reader: &mut Reader,
    section: &str,
    read: fn(&mut Reader, &str) -> Option<T>,
) -> BTreeMap<String, T> {
    let names = reader.names(section);
    names.into_iter().filter_map(|name| read(reader, &name).map(|value| (name, value))).collect()
}

fn server(reader: &mut Reader) -> Server {
    let listen = reader.parsed(&["server", "listen"], "an address and port, as 127.0.0.1:12320", |text| {
        text.parse::<SocketAddr>().ok()
    });
    let public_url = reader.parsed(&["server", "public_url"], "empty, or http(s)://host", |text| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = host.map(|host| host.trim_end_matches('/'));
        let good =
            text.is_empty() || host.is_some_and(|host| !host.is_empty() && !host.contains(['?', '#', ' ']));
        good.then(|| text.trim_end_matches('/').to_owned())
    });
    let proxies = "a network such as 10.0.0.0/8 or 192.0.2.7";
    Server {
        listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0))),
        public_url: public_url.unwrap_or_default(),
        trusted_proxies: reader.list(&["server", "trusted_proxies"], proxies, |text| text.parse().ok()),
    }
}

fn recordings(reader: &mut Reader) -> Recordings {
    let base = reader.base_of(&["recordings", "folder"]);
    let folder = reader.parsed(&["recordings", "folder"], "the path of a folder", |text| {
        (!text.is_empty()).then(|| straight(&base.join(text)))
    });
    let purposes = ["message", "documentation", "training"];
    let days = purposes.map(|purpose| {
        let days = reader.number(&["retention", "recording_days", purpose], "days", 1..=36_500);
        (purpose.to_owned(), u32::try_from(days).unwrap_or(u32::MAX))
    });
    Recordings {
        folder: folder.unwrap_or_default(),
        delete_at_provider: reader.flag(&["recordings", "delete_at_provider"]),
        days: BTreeMap::from(days),
    }
}

fn store_url(reader: &mut Reader) -> Secret {
    let base = reader.base_of(&["store", "url"]);
    let wanted = "sqlite:PATH or postgres://user:password@host/database";
    let url = reader.parsed(&["store", "url"], wanted, |text| match text.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() => Some(format!("sqlite:{}", straight(&base.join(path)).display())),
        Some(_) => None,
        None => ["postgres://", "postgresql://"]
            .iter()
            .any(|start| text.starts_with(start))
            .then(|| text.to_owned()),
    });
    Secret::new(url.unwrap_or_default())
}

fn journal(reader: &mut Reader, store_url: &str) -> PathBuf {
    let base = reader.base_of(&["journal", "folder"]);
    let folder = reader.parsed(&["journal", "folder"], "empty, or the path of a folder", |text| {
        Some(if text.is_empty() { PathBuf::new() } else { straight(&base.join(text)) })
    });
    let folder = folder.unwrap_or_default();
    if !folder.as_os_str().is_empty() {
        return folder;
    }
    let beside = store_url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent());
    beside.unwrap_or(Path::new("data")).join("journal")
}

fn log(reader: &mut Reader) -> Log {
    Log {
        json: reader.one_of(&["log", "format"], &["text", "json"]) == "json",
        level: reader
            .parsed(&["log", "level"], "a level such as info, or info,store=debug", |text| {
                text.parse::<tracing_subscriber::filter::Targets>().ok().map(|_| text.to_owned())
            })
            .unwrap_or_default(),
    }
}

fn provider(reader: &mut Reader, name: &str) -> Option<Provider> {
    let key = |key: &'static str| ["provider", name, key];
    let first: Option<String> = reader.optional(&key("auth_token"), "text", |text| Some(text.to_owned()));
    let more = reader.list(&key("tokens"), "text", |text| Some(text.to_owned()));
    let tokens = first.into_iter().chain(more).filter(|token| !token.is_empty()).map(Secret::new).collect();
    let api_token: Option<String> = reader.optional(&key("api_token"), "text", |text| Some(text.to_owned()));
    let api_url = reader.optional(&key("api_url"), "http(s)://host", |text| {
        let good = text.is_empty() || text.starts_with("https://") || text.starts_with("http://");
        good.then(|| text.trim_end_matches('/').to_owned())
    });
    let dialects: Vec<&str> = dialect::NAMES.iter().map(|(name, _)| *name).collect();
    let dialect = reader.one_of_or(&key("dialect"), &dialects, "twiml");
    let profiles = dialect::NAMES.iter().find(|(name, _)| *name == dialect).map_or(&[][..], |(_, all)| all);
    let profile = reader.one_of_or(&key("profile"), profiles, profiles.first().copied().unwrap_or_default());
    let usual = dialect::by_name(&dialect, &profile).and_then(dialect::Dialect::default_api_url);
    let api_url = api_url.filter(|url| !url.is_empty()).or_else(|| usual.map(str::to_owned));
    let wanted = "a network such as 10.0.0.0/8 or 192.0.2.7";
    Some(Provider {
        profile,
        dialect,
        account: reader.optional(&key("account"), "text", |text| Some(text.to_owned())).unwrap_or_default(),
        tokens,
        api_token: api_token.filter(|token| !token.is_empty()).map(Secret::new),
        api_url: api_url.unwrap_or_default(),
        networks: reader.list(&key("networks"), wanted, |text| text.parse().ok()),
    })
}

/// Nothing where something that cannot be guessed is missing; the reader has complained by then.
fn line(reader: &mut Reader, name: &str) -> Option<Line> {
    let key = |key: &'static str| ["line", name, key];
    let phone = |text: &str| PhoneNumber::parse(text).ok();
    if name.is_empty()
        || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    {
        reader.complain(
            &key("script"),
            format!("the line name {name:?} stands in addresses; use letters, digits, - and _"),
        );
    }
    let origin = reader.origin(&key("script"));
    let languages: Vec<Language> =
        reader.list(&key("languages"), "a language tag, as zh-CN", |text| Language::parse(text).ok());
    if languages.is_empty() {
        reader.complain(&key("languages"), "name at least one language, as [\"da\", \"en\"]".to_owned());
    }
    let zone = reader.parsed(&key("zone"), "a time zone, as Europe/Copenhagen", |text| text.parse().ok());
    let number = |reader: &mut Reader, at: &'static str| reader.parsed(&key(at), PHONE, phone);
    let (emergency, fallback_number) = (number(reader, "emergency"), number(reader, "fallback_number"));
    let numbers = reader.list(&key("numbers"), PHONE, phone);
    if numbers.is_empty() {
        reader.complain(&key("numbers"), "name at least one number that leads here".to_owned());
    }
    let script = reader.folder(&key("script"));
    let profile = reader.one_of_or(&key("profile"), &["cn-gov", "dk", "generic"], "generic");
    let locality = reader
        .optional(&key("locality"), "a place named in laws.toml", |text| Some(text.trim().to_owned()))
        .filter(|place| !place.is_empty());
    let hours = config_hours::gather(reader.list(&key("hours"), config_hours::WANTED, config_hours::parse));
    let calendar =
        reader.parsed(&key("calendar"), "the name of a calendar, as cn", |text| Some(text.to_owned()));
    let sender = config_doors::line_sender(reader, name);
    let mail_from = config_doors::line_mail_from(reader, name);
    Some(Line {
        numbers,
        script,
        languages,
        zone: zone?,
        profile,
        hours,
        calendar: calendar?,
        emergency: emergency?,
        fallback_number: fallback_number?,
        sender,
        mail_from,
        locality,
        origin,
    })
}

/// A number can lead to one line only.
fn shared_numbers(lines: &BTreeMap<String, Line>) -> Vec<Problem> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, line) in lines {
        for number in &line.numbers {
            if let Some(other) = seen.insert(number.as_str(), name) {
                let text = format!(
                    "line.{name}.numbers: {} already leads to line {other}; give each number to one line",
                    number.as_str()
                );
                problems.push(Problem { origin: line.origin.clone(), text });
            }
        }
    }
    problems
}

/// The shipped configuration with a file laid over it.
#[cfg(test)]
pub(crate) fn shipped_with(text: &str) -> Result<Config, Problems> {
    let mut layers = Layers::default();
    layers.file(SHIPPED_NAME, SHIPPED);
    layers.file("mine.toml", text);
    Config::read(layers, None)
}
