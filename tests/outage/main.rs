//! The store is lost for a while under load: every reply a document within 2.5 seconds, nothing that was
//! acknowledged lost, nothing doubled. `HOTLINE_OUTAGE_SECONDS` says how long; 60 is a good figure.
//!
//! A binary of its own: here time is what is tested, and cargo runs binaries one after another, so that no
//! other test takes the machine meanwhile.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "shared with the tests of the house, which use more of it")]
#[path = "../it/provider.rs"]
mod provider;
#[allow(dead_code, reason = "shared with the tests of the house, which use more of it")]
#[path = "../it/service.rs"]
mod service;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::Event;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use self::provider::{Wire, action, hook};
use self::service::{Folder, Service};

const TOKEN: &str = "a secret of the outage";
/// One test after the other.
static ALONE: Mutex<()> = Mutex::new(());
/// New calls in a second.
const CALLS: u32 = 50;
/// Load before the loss and after it, in seconds.
const AROUND: u32 = 2;

/// What one call was answered.
#[derive(Default)]
struct Told {
    /// Steps that were acknowledged with a document that leads on.
    steps: BTreeSet<u32>,
    fixed: u32,
    ended: bool,
    slowest: Duration,
}

/// A document that a provider can carry out.
fn is_document(body: &str) -> bool {
    let mut reader = Reader::from_str(body);
    let (mut open, mut root) = (Vec::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                root.get_or_insert_with(|| tag.name().as_ref().to_owned());
                open.push(tag.name().as_ref().to_owned());
            }
            Ok(Event::End(tag)) => {
                if open.pop().as_deref() != Some(tag.name().as_ref()) {
                    return false;
                }
            }
            Ok(Event::Eof) => return open.is_empty() && root.as_deref() == Some("Response"),
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// A caller at the menus, who then asks for a person and hangs up.
async fn one_call(address: SocketAddr, call: String) -> Told {
    let mut told = Told::default();
    let mut wire = Wire::open(address, TOKEN).await.unwrap();
    let mut target = "/voice/twilio/12320".to_owned();
    for (step, keys) in ["", "1", "8", "2", "8", "1", "1", "7"].into_iter().enumerate() {
        let fields: &[(&str, &str)] = if keys.is_empty() { &[] } else { &[("Digits", keys)] };
        let sent = Instant::now();
        let answer = wire.send(&hook(target.clone(), &call, "anonymous", fields)).await.unwrap();
        told.slowest = told.slowest.max(sent.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(is_document(&answer.body), "{}", answer.body);
        match action(&answer.body) {
            Some(next) if next.contains("/fallback") => {
                told.fixed += 1;
                break;
            }
            Some(next) => {
                told.steps.insert(u32::try_from(step).unwrap());
                target = next;
            }
            None => break,
        }
    }
    let ended = hook(
        "/voice/twilio/12320/status",
        &call,
        "anonymous",
        &[("CallStatus", "completed"), ("SequenceNumber", "2")],
    );
    told.ended = wire.send(&ended).await.unwrap().status == 200;
    told
}

async fn metrics(address: SocketAddr) -> BTreeMap<String, f64> {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: hotline\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let lines = text.lines().filter_map(|line| line.rsplit_once(' '));
    lines.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()
}

/// The service with the patience that it ships with.
fn shipped(folder: &Folder) -> Service {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ivr-scripts/12320");
    Service::start_patient(&folder.0, TOKEN, &script, "", 1_500)
}

/// Waits until the store has taken everything over.
async fn recovered(address: SocketAddr) -> BTreeMap<String, f64> {
    let asked = Instant::now();
    loop {
        let metrics = metrics(address).await;
        let calm = metrics["hotline_degraded{reason=\"journal\"}"] == 0.0
            && metrics["hotline_degraded{reason=\"static\"}"] == 0.0
            && metrics["hotline_journal_waiting"] == 0.0;
        if calm {
            return metrics;
        }
        assert!(asked.elapsed() < Duration::from_secs(120), "not recovered: {metrics:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Rows of turns by call and step, and of ends by call.
fn stored(database: &Path) -> (BTreeMap<(String, u32), u32>, BTreeMap<String, u32>) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut turns = BTreeMap::new();
    let sql = "SELECT c.provider_call_id, t.step FROM turns t JOIN calls c ON c.id = t.call_id";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        *turns.entry((row.get(0).unwrap(), row.get(1).unwrap())).or_default() += 1;
    }
    let mut ends = BTreeMap::new();
    let sql = "SELECT s.provider_call_id FROM call_statuses s JOIN calls c ON c.provider_call_id = s.provider_call_id \
               WHERE s.status = 'completed' AND c.ended_at IS NOT NULL";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        *ends.entry(row.get(0).unwrap()).or_default() += 1;
    }
    (turns, ends)
}

#[test]
fn a_store_that_is_lost_under_load_loses_nothing_and_keeps_nobody_waiting() {
    let _alone = ALONE.lock();
    let seconds: u32 =
        std::env::var("HOTLINE_OUTAGE_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(6);
    let folder = Folder::new("outage");
    let service = shipped(&folder);
    let (address, database) = (service.address, folder.0.join("hotline.db"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (told, metrics) = runtime.block_on(async {
        let mut pace = tokio::time::interval(Duration::from_secs(1) / CALLS);
        let (mut calls, mut thief) = (Vec::new(), None);
        for number in 0..CALLS * (seconds + 2 * AROUND) {
            pace.tick().await;
            if number == CALLS * AROUND {
                // Somebody else holds the database: nothing can be written.
                let connection = rusqlite::Connection::open(&database).unwrap();
                connection.busy_timeout(Duration::from_secs(5)).unwrap();
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                thief = Some(connection);
            }
            if number == CALLS * (AROUND + seconds) {
                thief = None;
            }
            let call = format!("CA{number:06}");
            calls.push((call.clone(), tokio::spawn(one_call(address, call))));
        }
        drop(thief);
        let mut told = BTreeMap::new();
        for (call, task) in calls {
            told.insert(call, task.await.unwrap());
        }
        (told, recovered(address).await)
    });
    service.kill();
    let (turns, ends) = stored(&database);
    let acknowledged: Vec<(String, u32)> = told
        .iter()
        .flat_map(|(call, told)| told.steps.iter().map(move |step| (call.clone(), *step)))
        .collect();
    let lost = acknowledged.iter().filter(|hook| !turns.contains_key(*hook)).count();
    let lost_ends = told.iter().filter(|(call, told)| told.ended && !ends.contains_key(*call)).count();
    let doubled = turns.values().chain(ends.values()).filter(|rows| **rows > 1).count();
    let fixed: u32 = told.values().map(|told| told.fixed).sum();
    let slowest = told.values().map(|told| told.slowest).max().unwrap();
    let journalled = metrics["hotline_journal_records_total"];
    println!(
        "outage of {seconds} s under {CALLS} calls a second: {} calls, {} turns acknowledged, {journalled} records \
         journalled, {} taken over, fixed answers: {fixed}, lost: {lost}, lost ends: {lost_ends}, doubled: {doubled}, \
         slowest reply: {slowest:?}",
        told.len(),
        acknowledged.len(),
        metrics["hotline_journal_taken_over_total"],
    );
    assert!(
        journalled > f64::from(CALLS * seconds),
        "too few turns went through the journal to prove anything"
    );
    assert_eq!((lost, lost_ends, doubled), (0, 0, 0));
    assert_eq!(metrics["hotline_journal_set_aside_total"], 0.0);
    assert!(slowest < Duration::from_millis(2500), "{slowest:?}");
}

#[test]
fn a_service_killed_in_an_outage_takes_over_after_its_restart() {
    let _alone = ALONE.lock();
    let folder = Folder::new("outage-kill");
    let database = folder.0.join("hotline.db");
    let service = shipped(&folder);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let thief = rusqlite::Connection::open(&database).unwrap();
    thief.execute_batch("BEGIN IMMEDIATE").unwrap();
    let address = service.address;
    let told: Vec<(String, Told)> = runtime.block_on(async {
        let calls: Vec<_> = (0..30).map(|number| format!("CA{number:06}")).collect();
        let tasks: Vec<_> = calls.iter().map(|call| tokio::spawn(one_call(address, call.clone()))).collect();
        let mut told = Vec::new();
        for (call, task) in calls.into_iter().zip(tasks) {
            told.push((call, task.await.unwrap()));
        }
        told
    });
    service.kill();
    drop(thief);
    assert!(stored(&database).0.is_empty(), "the store was written while it was held");
    let next = shipped(&folder);
    runtime.block_on(recovered(next.address));
    next.kill();
    let (turns, ends) = stored(&database);
    for (call, told) in &told {
        assert!(told.ended && told.steps.len() > 5, "{call}: {:?}", told.steps);
        assert!(told.steps.iter().all(|step| turns.get(&(call.clone(), *step)) == Some(&1)), "{call}");
        assert_eq!(ends.get(call), Some(&1), "{call}");
    }
}

#[test]
fn a_service_that_starts_without_its_store_answers_and_takes_over() {
    let _alone = ALONE.lock();
    let folder = Folder::new("outage-start");
    let database = folder.0.join("hotline.db");
    shipped(&folder).kill();
    let thief = rusqlite::Connection::open(&database).unwrap();
    thief.execute_batch("BEGIN IMMEDIATE").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let service = shipped(&folder);
    let address = service.address;
    let told = runtime.block_on(one_call(address, "CA000001".to_owned()));
    assert!(stored(&database).0.is_empty(), "the store was written while it was held");
    drop(thief);
    runtime.block_on(recovered(address));
    service.kill();
    let (turns, ends) = stored(&database);
    let call = "CA000001".to_owned();
    assert!(told.ended && told.steps.len() > 5, "{:?}", told.steps);
    assert!(told.steps.iter().all(|step| turns.get(&(call.clone(), *step)) == Some(&1)), "{turns:?}");
    assert_eq!(ends.get(&call), Some(&1));
    assert!(told.slowest < Duration::from_millis(2500), "{:?}", told.slowest);
}
