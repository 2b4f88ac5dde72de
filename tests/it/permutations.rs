//! One call of seven hooks, each sent one to five times and in every order: the same record, the same replies.
//!
//! Every order is a call of its own. It is walked in order once, in a reference house, to learn its hooks and
//! replies; then its hooks are sent in their order to a second house with the same key.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use tokio::sync::Semaphore;

use crate::provider::{Answer, Hook, Wire, action, hook};
use crate::service::{Folder, Service};

const TOKEN: &str = "a secret of the permutations";
/// Calls that are on the wire at the same time.
const AT_ONCE: usize = 64;

/// The seven hooks of a call in order, with what was answered.
async fn walk(wire: &mut Wire, call: &str, caller: &str) -> Vec<(Hook, Answer)> {
    let line = "/voice/twilio/12320";
    let mut told = Vec::new();
    let mut target = line.to_owned();
    let steps: [&[(&str, &str)]; 6] = [
        &[("CallStatus", "ringing")],
        &[("Digits", "1")],
        &[("Digits", "1")],
        &[("Digits", "1")],
        &[("Digits", "1")],
        &[("RecordingUrl", "https://sound.example/RE1"), ("RecordingDuration", "7"), ("Digits", "#")],
    ];
    for fields in steps {
        let sent = hook(&target, call, caller, fields);
        let answer = wire.send(&sent).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        target = action(&answer.body).unwrap_or_default();
        told.push((sent, answer));
    }
    assert!(told[4].1.body.contains("<Record"), "the walk left its path: {}", told[4].1.body);
    assert!(told[5].1.body.contains("您的留言已经保存"), "the walk left its path: {}", told[5].1.body);
    let fields = [("CallStatus", "completed"), ("SequenceNumber", "2")];
    let sent = hook(format!("{line}/status"), call, caller, &fields);
    let answer = wire.send(&sent).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    told.push((sent, answer));
    told
}

/// All orders of `count` things (Heap's algorithm).
fn orders(count: usize) -> Vec<Vec<usize>> {
    fn heap(size: usize, things: &mut Vec<usize>, into: &mut Vec<Vec<usize>>) {
        if size <= 1 {
            into.push(things.clone());
            return;
        }
        for place in 0..size {
            heap(size - 1, things, into);
            things.swap(if size.is_multiple_of(2) { place } else { 0 }, size - 1);
        }
    }
    let mut all = Vec::new();
    heap(count, &mut (0..count).collect(), &mut all);
    all
}

/// Everything stored of each call, without ids of ours, moments and counts of repetitions.
fn records(database: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut records: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, joined) in [
        ("calls", "SELECT c.provider_call_id, t.* FROM calls t JOIN calls c ON c.id = t.id"),
        (
            "turns",
            "SELECT c.provider_call_id, t.* FROM turns t JOIN calls c ON c.id = t.call_id ORDER BY t.branch, t.step",
        ),
        (
            "notes",
            "SELECT c.provider_call_id, t.* FROM notes t JOIN calls c ON c.id = t.call_id ORDER BY t.key",
        ),
        ("messages", "SELECT c.provider_call_id, t.* FROM messages t JOIN calls c ON c.id = t.call_id"),
        (
            "queue_entries",
            "SELECT c.provider_call_id, t.* FROM queue_entries t JOIN calls c ON c.id = t.call_id",
        ),
        ("callbacks", "SELECT c.provider_call_id, t.* FROM callbacks t JOIN calls c ON c.id = t.call_id"),
        ("call_statuses", "SELECT provider_call_id, t.* FROM call_statuses t ORDER BY t.status"),
    ] {
        let mut statement = connection.prepare(joined).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let call: String = row.get(0).unwrap();
            let mut text = table.to_owned();
            for (place, name) in names.iter().enumerate().skip(1) {
                // When the house counted the call is no part of the call: it looks once a minute.
                if name == "walks_counted_at" {
                    continue;
                }
                let ours = name.ends_with("_id") && name != "provider_call_id";
                let told = ours || name.ends_with("_at") || ["at", "id", "seen"].contains(&name.as_str());
                text += &match row.get_ref(place).unwrap() {
                    ValueRef::Null => format!(" {name}:-"),
                    _ if told => format!(" {name}:*"),
                    ValueRef::Integer(number) => format!(" {name}:{number}"),
                    ValueRef::Text(bytes) => format!(" {name}:{}", String::from_utf8_lossy(bytes)),
                    other => panic!("{table}.{name}: {other:?}"),
                };
            }
            records.entry(call).or_default().push(text);
        }
    }
    records
}

#[test]
fn every_order_and_repetition_gives_the_same_record_and_replies() {
    let (reference, house) = (Folder::new("order-reference"), Folder::new("order"));
    // Both houses must have the same sealing key: the second begins as a copy of the first.
    let first = Service::start(&reference.0, TOKEN);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let mut wire = Wire::open(first.address, TOKEN).await.unwrap();
        walk(&mut wire, "CAfirst", "+8613800000000").await;
    });
    first.kill();
    for name in ["hotline.db", "hotline.db-wal"] {
        std::fs::copy(reference.0.join(name), house.0.join(name)).unwrap();
    }
    let (one, two) = (Service::start(&reference.0, TOKEN), Service::start(&house.0, TOKEN));
    let (there, here) = (one.address, two.address);
    let orders = orders(7);
    assert_eq!(orders.len(), 5_040);
    let sent = runtime.block_on(async move {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let calls: Vec<_> = orders
            .into_iter()
            .enumerate()
            .map(|(number, order)| {
                let places = Arc::clone(&places);
                tokio::spawn(async move {
                    let _place = places.acquire_owned().await.unwrap();
                    one_order(number, &order, there, here).await
                })
            })
            .collect();
        let mut sent = 0;
        for call in calls {
            sent += call.await.unwrap();
        }
        sent
    });
    drop((one, two));
    let (expected, found) = (records(&reference.0.join("hotline.db")), records(&house.0.join("hotline.db")));
    assert_eq!(expected.len(), 5_041);
    assert_eq!(found.len(), expected.len());
    for (call, record) in &expected {
        assert!(record.len() >= 11, "{call} has too small a record: {record:#?}");
        assert_eq!(found.get(call), Some(record), "{call}");
    }
    println!("permutations: 5040 orders of 7 hooks, {sent} hooks sent, 0 other replies, 0 other records");
}

/// Sends the hooks of one call in `order`, each one to five times; how many were sent.
async fn one_order(
    number: usize,
    order: &[usize],
    there: std::net::SocketAddr,
    here: std::net::SocketAddr,
) -> usize {
    let (call, caller) = (format!("CA{number:032}"), format!("+86139{number:08}"));
    let mut wire = Wire::open(there, TOKEN).await.unwrap();
    let mut told = walk(&mut wire, &call, &caller).await;
    let mut wire = Wire::open(here, TOKEN).await.unwrap();
    // The same hooks, under the second house's address: the signature covers it, the tokens do not.
    let mut sent = 0;
    for event in order {
        let (hook, expected) = &mut told[*event];
        for _ in 0..=(number + event) % 5 {
            let answer = wire.send(hook).await.unwrap();
            assert_eq!(&answer, expected, "order {order:?}, hook {event}");
            sent += 1;
        }
    }
    sent
}
