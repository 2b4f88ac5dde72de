//! The program is killed again and again under load: what it has acknowledged is there, once, and nothing is
//! there that nobody sent. The client keeps a ledger of its own, each entry on the disk before it goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::provider::{Wire, action, hook};
use crate::service::{Folder, Service};

const TOKEN: &str = "a secret of the kills";
const KILLS: u64 = 24;
const CALLERS: u64 = 16;
/// Keys of a call that never ends: it goes round the menu of the closed hours.
const STEPS: u32 = 12;

/// What the provider's side knows. An entry names a hook: call and step.
struct Ledger {
    file: Mutex<std::fs::File>,
    sent: Mutex<BTreeSet<(String, u32)>>,
    acknowledged: Mutex<BTreeSet<(String, u32)>>,
}

impl Ledger {
    fn new(folder: &Folder) -> Self {
        let file = std::fs::File::create(folder.0.join("ledger")).unwrap();
        Self { file: Mutex::new(file), sent: Mutex::default(), acknowledged: Mutex::default() }
    }

    fn write(&self, what: &str, call: &str, step: u32) {
        let mut file = self.file.lock().unwrap();
        writeln!(file, "{what} {call} {step}").unwrap();
        file.sync_data().unwrap();
    }

    fn sending(&self, call: &str, step: u32) {
        self.write("sent", call, step);
        self.sent.lock().unwrap().insert((call.to_owned(), step));
    }

    fn acknowledge(&self, call: &str, step: u32) {
        self.write("acknowledged", call, step);
        self.acknowledged.lock().unwrap().insert((call.to_owned(), step));
    }
}

/// Where the service is reached now; none while it is down.
type Where = Arc<Mutex<Option<SocketAddr>>>;

/// One caller after another on one connection. A hook without an answer is sent again, as providers do.
async fn calls(
    caller: u64,
    place: Where,
    ledger: Arc<Ledger>,
    stop: Arc<AtomicBool>,
    repeated: Arc<AtomicU64>,
) {
    let mut wire: Option<(SocketAddr, Wire)> = None;
    for number in 0.. {
        let call = format!("CA{caller:04}{number:08}");
        let mut target = "/voice/twilio/12320".to_owned();
        for step in 0..STEPS {
            // Language, complaint, then back and forth between "what happened to my case" and nothing keyed.
            let keys = if step < 3 { "1" } else { "7" };
            let hook = hook(target.clone(), &call, "anonymous", &[("Digits", keys)]);
            ledger.sending(&call, step);
            let mut tries = 0;
            let body = loop {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let now = *place.lock().unwrap();
                let Some(now) = now else {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    continue;
                };
                if wire.as_ref().is_none_or(|(address, _)| *address != now) {
                    wire = Wire::open(now, TOKEN).await.ok().map(|wire| (now, wire));
                }
                let Some((_, open)) = &mut wire else { continue };
                tries += 1;
                match open.send(&hook).await {
                    Ok(answer) if answer.status == 200 => break answer.body,
                    Ok(answer) => panic!("{} {}", answer.status, answer.body),
                    Err(_) => wire = None,
                }
            };
            repeated.fetch_add(u64::from(tries > 1), Ordering::Relaxed);
            let Some(next) = action(&body) else { break };
            // The apology acknowledges nothing: it leads to the fallback document.
            if next.contains("/fallback") {
                break;
            }
            ledger.acknowledge(&call, step);
            target = next;
        }
    }
}

/// Every stored turn, by call and step, with how many rows there are of it.
fn stored(folder: &Folder) -> BTreeMap<(String, u32), u32> {
    let connection = rusqlite::Connection::open(folder.0.join("hotline.db")).unwrap();
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let sql = "SELECT c.provider_call_id, t.step FROM turns t JOIN calls c ON c.id = t.call_id";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next().unwrap() {
        *found.entry((row.get(0).unwrap(), row.get(1).unwrap())).or_default() += 1;
    }
    found
}

#[test]
fn a_killed_service_has_lost_nothing_it_acknowledged() {
    let folder = Folder::new("kill");
    let ledger = Arc::new(Ledger::new(&folder));
    let (place, stop) = (Where::default(), Arc::new(AtomicBool::new(false)));
    let repeated = Arc::new(AtomicU64::new(0));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let load: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (place, ledger) = (Arc::clone(&place), Arc::clone(&ledger));
            let (stop, repeated) = (Arc::clone(&stop), Arc::clone(&repeated));
            runtime.spawn(calls(caller, place, ledger, stop, repeated))
        })
        .collect();
    for kill in 0..KILLS {
        let service = Service::start(&folder.0, TOKEN);
        *place.lock().unwrap() = Some(service.address);
        let before = ledger.acknowledged.lock().unwrap().len();
        // Killed at another moment each time, but never before it has done something worth losing.
        std::thread::sleep(Duration::from_millis(40 + kill * 37 % 160));
        while ledger.acknowledged.lock().unwrap().len() < before + 20 {
            std::thread::sleep(Duration::from_millis(5));
        }
        service.kill();
        *place.lock().unwrap() = None;
    }
    stop.store(true, Ordering::Relaxed);
    for caller in load {
        runtime.block_on(caller).unwrap();
    }
    // A last start, so that the database is recovered the way the program does it.
    Service::start(&folder.0, TOKEN).kill();
    let found = stored(&folder);
    let (sent, acknowledged) = (ledger.sent.lock().unwrap(), ledger.acknowledged.lock().unwrap());
    let lost: Vec<_> = acknowledged.iter().filter(|hook| !found.contains_key(*hook)).collect();
    let invented: Vec<_> = found.keys().filter(|hook| !sent.contains(*hook)).collect();
    let doubled = found.values().filter(|rows| **rows > 1).count();
    println!(
        "kills: {KILLS}, acknowledged: {}, sent again after a kill: {}, lost: {}, invented: {}, doubled: {doubled}",
        acknowledged.len(),
        repeated.load(Ordering::Relaxed),
        lost.len(),
        invented.len()
    );
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(invented.is_empty(), "invented: {invented:?}");
    assert_eq!(doubled, 0);
    assert!(acknowledged.len() > 500, "too little load to prove anything");
}
