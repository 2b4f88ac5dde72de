//! A message that a caller leaves, with its sound, through the whole program: spoken into the bundled switch; told
//! late, twice, in any order; and never.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::provider::{Wire, action, hook};
use crate::service::{Folder, Service};

const TOKEN: &str = "a secret of the recordings";
const LINE: &str = "/voice/away/12320";
const CALLER: &str = "+8613800138000";
const SOUND: &[u8] = b"RIFF....WAVE and what the caller said";
/// Longest wait for what the service does by itself: machines that build are slow.
const LONGEST: Duration = Duration::from_secs(60);

/// One recording as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    state: String,
    fault: Option<String>,
    place: Option<String>,
    sha256: Option<String>,
    tries: i64,
}

fn rows(folder: &Path) -> Vec<Row> {
    let connection = rusqlite::Connection::open(folder.join("hotline.db")).unwrap();
    let sql = "SELECT state, fault, place, sha256, tries FROM recordings ORDER BY created_at";
    let mut statement = connection.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let (state, fault, place) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Row { state, fault, place, sha256: row.get(3)?, tries: row.get(4)? })
    };
    statement.query_map([], read).unwrap().map(Result::unwrap).collect()
}

fn messages(folder: &Path) -> i64 {
    let connection = rusqlite::Connection::open(folder.join("hotline.db")).unwrap();
    connection.query_row("SELECT count(*) FROM messages", [], |row| row.get(0)).unwrap()
}

/// Every file on the shelf.
fn sounds(folder: &Path) -> Vec<Vec<u8>> {
    let mut open = vec![folder.join("sounds")];
    let mut found = Vec::new();
    while let Some(place) = open.pop() {
        match std::fs::read_dir(&place) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) if place.is_file() => found.push(std::fs::read(place).unwrap()),
            Err(_) => {}
        }
    }
    found
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Waits until the only recording is in that state; each look is paced by a question to the service.
async fn until(folder: &Path, address: SocketAddr, state: &str) -> Row {
    let looking = async {
        let mut wire = Wire::open(address, TOKEN).await.unwrap();
        loop {
            match rows(folder).as_slice() {
                [row] if row.state == state => return row.clone(),
                [_] | [] => {}
                more => panic!("one message, {} recordings", more.len()),
            }
            // Nobody's call: turned away, and nothing changes.
            wire.send(&hook("/voice/away/nowhere", "CAnobody", CALLER, &[])).await.unwrap();
        }
    };
    let found = tokio::time::timeout(LONGEST, looking).await;
    found.unwrap_or_else(|_| panic!("not {state}: {:?}", rows(folder)))
}

/// A provider that has the sound from its `ready`th question on; how often it was asked.
fn provider(ready: usize) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, asked) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let before = count.fetch_add(1, Ordering::SeqCst);
            answer(stream.unwrap(), (before + 1 >= ready).then_some(SOUND));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, sound: Option<&[u8]>) {
    let mut head = [0; 4096];
    let mut read = 0;
    while !head[..read].windows(4).any(|bytes| bytes == b"\r\n\r\n") {
        read += stream.read(&mut head[read..]).unwrap();
    }
    let (status, body) = sound.map_or(("404 Not Found", &b""[..]), |sound| ("200 OK", sound));
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: audio/x-wav\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
}

/// A service that asks `provider` for sounds at once and a few times, or sees to its own switch.
fn service(folder: &Folder, provider: Option<SocketAddr>) -> Service {
    let tables = folder.0.join("tables");
    std::fs::create_dir_all(&tables).unwrap();
    std::fs::write(tables.join("recording.toml"), "[fetch]\nwait_seconds = [0, 0, 0, 0]\n").unwrap();
    let (tables, sounds) = (tables.display(), folder.0.join("sounds"));
    let more = provider.map_or("[switch]\non = true\n".to_owned(), |address| {
        format!(
            "[provider.away]\ndialect = \"twiml\"\naccount = \"ACaway\"\nauth_token = \"{TOKEN}\"\n\
             api_url = \"http://{address}\"\n"
        )
    });
    let more =
        format!("[data]\ntables = \"{tables}\"\n[recordings]\nfolder = \"{}\"\n{more}", sounds.display());
    Service::start_with(&folder.0, TOKEN, &more)
}

fn address_of_sound(provider: SocketAddr) -> String {
    format!("http://{provider}/2010-04-01/Accounts/ACaway/Recordings/RE1")
}

/// Walks to the tone, and tells twice what was left.
async fn leave(wire: &mut Wire, url: &str) {
    let mut target = LINE.to_owned();
    for keys in ["", "1", "1", "1"] {
        let fields: &[(&str, &str)] = if keys.is_empty() { &[] } else { &[("Digits", keys)] };
        let answer = wire.send(&hook(&target, "CA1", CALLER, fields)).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        target = action(&answer.body).unwrap_or_default();
        if answer.body.contains("<Record") {
            break;
        }
    }
    let fields =
        [("RecordingUrl", url), ("RecordingSid", "RE1"), ("RecordingDuration", "7"), ("Digits", "#")];
    let left = hook(&target, "CA1", CALLER, &fields);
    let (first, again) = (wire.send(&left).await.unwrap(), wire.send(&left).await.unwrap());
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first, again, "a repeated hook hears the same");
}

/// The hook that tells how the recording stands.
async fn told(wire: &mut Wire, url: &str, status: &str) {
    let fields = [
        ("RecordingUrl", url),
        ("RecordingSid", "RE1"),
        ("RecordingDuration", "7"),
        ("RecordingStatus", status),
    ];
    let answer = wire.send(&hook(format!("{LINE}/recording"), "CA1", CALLER, &fields)).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn a_message_spoken_into_the_bundled_switch_lies_on_the_shelf_whole() {
    let folder = Folder::new("recording-switch");
    let service = service(&folder, None);
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["dial", "12320", "--keys", "1,1,1,wait,record:3", "--service"])
        .arg(format!("http://{}", service.address))
        .env_clear()
        .output()
        .unwrap();
    let heard = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && heard.contains("record 3s"), "{heard}");
    let row = runtime().block_on(until(&folder.0, service.address, "kept"));
    assert_eq!(messages(&folder.0), 1, "{heard}");
    let sounds = sounds(&folder.0);
    assert_eq!(sounds.len(), 1);
    assert!(sounds[0].starts_with(b"RIFF") && sounds[0].len() > 3 * 8_000, "{} bytes", sounds[0].len());
    assert_eq!(row.sha256, Some(sha256(&sounds[0])));
    assert_eq!((row.fault, row.place.is_some()), (None, true));
}

#[test]
fn a_sound_that_comes_late_and_is_told_twice_is_kept_once() {
    let folder = Folder::new("recording-late");
    let (away, asked) = provider(3);
    let service = service(&folder, Some(away));
    let url = address_of_sound(away);
    runtime().block_on(async {
        let mut wire = Wire::open(service.address, TOKEN).await.unwrap();
        // The report overtakes the turn.
        told(&mut wire, &url, "in-progress").await;
        leave(&mut wire, &url).await;
        let row = until(&folder.0, service.address, "kept").await;
        assert_eq!(row.tries, 3, "twice it was not there yet");
        told(&mut wire, &url, "completed").await;
        told(&mut wire, &url, "completed").await;
        // The whole call once more, hook by hook, as from a provider that lost our answers.
        leave(&mut wire, &url).await;
        let row = until(&folder.0, service.address, "kept").await;
        assert_eq!(row.sha256, Some(sha256(SOUND)));
    });
    assert_eq!(sounds(&folder.0), [SOUND.to_vec()]);
    assert_eq!(
        (messages(&folder.0), asked.load(Ordering::SeqCst)),
        (1, 3),
        "what is kept is not asked for again"
    );
}

#[test]
fn a_sound_that_never_comes_leaves_the_message_and_a_trouble_that_is_seen() {
    let folder = Folder::new("recording-never");
    let (away, asked) = provider(usize::MAX);
    let service = service(&folder, Some(away));
    let url = address_of_sound(away);
    runtime().block_on(async {
        let mut wire = Wire::open(service.address, TOKEN).await.unwrap();
        leave(&mut wire, &url).await;
        let row = until(&folder.0, service.address, "failed").await;
        assert_eq!((row.fault.as_deref(), row.place), (Some("not-there"), None));
        assert_eq!(row.tries, 4, "the whole ladder");
        // Told anew that it is there, it is tried anew.
        told(&mut wire, &url, "completed").await;
        until(&folder.0, service.address, "failed").await;
    });
    assert!(asked.load(Ordering::SeqCst) > 4);
    assert_eq!(messages(&folder.0), 1, "the promise to call back stands without its sound");
    assert!(sounds(&folder.0).is_empty());
}
