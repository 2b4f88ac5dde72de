//! What goes wrong between a provider and us, each mishap by its name, over real HTTP.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::provider::{Answer, Hook, Wire, action, hook};
use crate::service::{Folder, Service};

const TOKEN: &str = "a secret of the mishaps";
const LINE: &str = "/voice/twilio/12320";
/// Keys of a call through every kind of wait: language, menu, closed hours' menu, progress, number, PIN, message.
const KEYS: [&str; 7] = ["", "1", "4", "1234567890", "0001", "0", "1"];

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn keyed(target: &str, call: &str, keys: &str) -> Hook {
    let fields: &[(&str, &str)] = if keys.is_empty() { &[] } else { &[("Digits", keys)] };
    hook(target, call, "+8613800138000", fields)
}

fn status(call: &str, word: &str, sequence: &str) -> Hook {
    let fields = [("CallStatus", word), ("SequenceNumber", sequence)];
    hook(format!("{LINE}/status"), call, "+8613800138000", &fields)
}

/// Sends the first `count` hooks of a call; what was sent and answered.
async fn walk(wire: &mut Wire, call: &str, count: usize) -> Vec<(Hook, Answer)> {
    let (mut told, mut target) = (Vec::new(), LINE.to_owned());
    for keys in KEYS.into_iter().take(count) {
        let sent = keyed(&target, call, keys);
        let answer = wire.send(&sent).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        target = action(&answer.body).unwrap_or_default();
        told.push((sent, answer));
    }
    told
}

/// All rows of all tables but counts of repetitions.
fn everything(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = rusqlite::Connection::open(folder.join("hotline.db")).unwrap();
    let mut tables = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut found = BTreeMap::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let cell = |(place, name): (usize, &String)| match row.get_ref(place).unwrap() {
                _ if name == "seen" => String::new(),
                ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                other => format!("{other:?}"),
            };
            lines.push(names.iter().enumerate().map(cell).collect::<Vec<_>>().join("|"));
        }
        lines.sort();
        found.insert(table, lines);
    }
    found
}

#[test]
fn two_hooks_at_once_for_one_call_open_it_once_and_hear_the_same() {
    let folder = Folder::new("at-once");
    let service = Service::start(&folder.0, TOKEN);
    let address = service.address;
    runtime().block_on(async {
        for round in 0..20 {
            let call = format!("CA{round}");
            let send = || {
                let first = keyed(LINE, &call, "");
                tokio::spawn(
                    async move { Wire::open(address, TOKEN).await.unwrap().send(&first).await.unwrap() },
                )
            };
            let both: Vec<_> = (0..8).map(|_| send()).collect();
            let mut heard = Vec::new();
            for one in both {
                heard.push(one.await.unwrap());
            }
            assert!(heard.iter().all(|answer| answer.status == 200 && *answer == heard[0]), "{heard:?}");
        }
    });
    service.kill();
    assert_eq!(everything(&folder.0)["calls"].len(), 20);
}

#[test]
fn a_caller_may_be_gone_at_every_node() {
    let folder = Folder::new("gone");
    let service = Service::start(&folder.0, TOKEN);
    runtime().block_on(async {
        let mut wire = Wire::open(service.address, TOKEN).await.unwrap();
        for count in 1..=KEYS.len() {
            let call = format!("CA{count}");
            let told = walk(&mut wire, &call, count).await;
            assert_eq!(wire.send(&status(&call, "completed", "3")).await.unwrap().status, 200);
            // The hook that was on its way when the caller hung up is still answered.
            if let Some(next) = told.last().and_then(|(_, answer)| action(&answer.body)) {
                let late = wire.send(&keyed(&next, &call, "1")).await.unwrap();
                assert_eq!(late.status, 200, "{}", late.body);
            }
        }
    });
    service.kill();
    let connection = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let open = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(open("SELECT count(*) FROM calls WHERE ended_at IS NULL"), 0);
    assert_eq!(open("SELECT count(*) FROM queue_entries WHERE ended_at IS NULL"), 0);
}

#[test]
fn reordered_and_repeated_statuses_end_a_call_for_good() {
    let folder = Folder::new("reordered");
    let service = Service::start(&folder.0, TOKEN);
    runtime().block_on(async {
        let mut wire = Wire::open(service.address, TOKEN).await.unwrap();
        walk(&mut wire, "CA1", 2).await;
        for (word, sequence) in [
            ("completed", "3"),
            ("ringing", "1"),
            ("completed", "3"),
            ("in-progress", "2"),
            ("initiated", "0"),
        ] {
            assert_eq!(wire.send(&status("CA1", word, sequence)).await.unwrap().status, 200);
        }
    });
    service.kill();
    let rows = &everything(&folder.0)["calls"];
    assert!(rows.len() == 1 && rows[0].contains("|completed|"), "{rows:?}");
}

#[test]
fn the_signed_requests_of_an_ended_call_sent_again_change_nothing() {
    let folder = Folder::new("replayed");
    let service = Service::start(&folder.0, TOKEN);
    let runtime = runtime();
    let mut wire = runtime.block_on(Wire::open(service.address, TOKEN)).unwrap();
    let mut told = runtime.block_on(walk(&mut wire, "CA1", KEYS.len()));
    let ended = status("CA1", "completed", "3");
    let answer = runtime.block_on(wire.send(&ended)).unwrap();
    told.push((ended, answer));
    let before = everything(&folder.0);
    for _ in 0..3 {
        for (sent, answered) in told.iter().rev() {
            assert_eq!(runtime.block_on(wire.send(sent)).unwrap(), *answered);
        }
    }
    assert_eq!(everything(&folder.0), before);
    service.kill();
}

#[test]
fn a_provider_that_sends_half_a_request_holds_up_nobody() {
    let folder = Folder::new("half");
    let service = Service::start(&folder.0, TOKEN);
    runtime().block_on(async {
        let mut halves = Vec::new();
        for _ in 0..64 {
            let mut half = tokio::net::TcpStream::connect(service.address).await.unwrap();
            let head =
                format!("POST {LINE} HTTP/1.1\r\nHost: hotline\r\nContent-Length: 500\r\n\r\nCallSid=CA");
            half.write_all(head.as_bytes()).await.unwrap();
            halves.push(half);
        }
        let mut wire = Wire::open(service.address, TOKEN).await.unwrap();
        let told = walk(&mut wire, "CA1", KEYS.len()).await;
        assert_eq!(told.len(), KEYS.len());
        // Those that sent half are turned away in time.
        let mut answer = Vec::new();
        halves.remove(0).read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.is_empty() || answer.contains(" 40"), "{answer}");
    });
}
