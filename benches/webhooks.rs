//! How much the real program carries: signed six-hook calls over HTTP, each event stored before its answer.
//!
//! `scripts/bench` runs it. Every rate stands beside a plain loop on the same disk in the same run, because a
//! disk's mood changes by the minute.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on stops")]

#[path = "webhooks/callers.rs"]
mod callers;
#[path = "webhooks/plain.rs"]
mod plain;
#[path = "webhooks/process.rs"]
mod process;
#[path = "../tests/it/provider.rs"]
mod provider;
#[path = "../tests/it/service.rs"]
mod service;

use std::time::{Duration, Instant};

use crate::callers::Measured;
use crate::service::{Folder, Service};

const TOKEN: &str = "a secret of the bench";
/// How long each closed loop runs.
const ROUND: Duration = Duration::from_secs(5);
/// Calls a second of the open loop: 900 hooks.
const STEADY: u32 = 150;
/// Calls that are open at once for the memory and start figures.
const OPEN_CALLS: u32 = 10_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    let folder = Folder::new("bench");
    println!(
        "{:<34}{:>10}{:>9}{:>9}{:>9}{:>11}{:>9}",
        "", "hooks/s", "p50 ms", "p99 ms", "max ms", "CPU µs", "× plain"
    );
    for callers in [1, 64, 256] {
        let plain = plain::loop_rate(&folder.0.join(format!("plain-{callers}.db")), Duration::from_secs(2));
        let service = Service::start(&folder.0, TOKEN);
        runtime.block_on(callers::closed(service.address, TOKEN, callers, Duration::from_millis(700)));
        let before = process::cpu(service.id());
        let measured = runtime.block_on(callers::closed(service.address, TOKEN, callers, ROUND));
        let cpu = process::cpu(service.id()) - before;
        row(&format!("{callers} concurrent calls"), &measured, cpu, Some(plain));
        println!("{:<34}{plain:>10.0}", "  plain loop, one commit an event");
    }
    let service = Service::start(&folder.0, TOKEN);
    let before = process::cpu(service.id());
    let measured = runtime.block_on(callers::steady(service.address, TOKEN, STEADY, ROUND * 2));
    row(&format!("{} hooks/s, open loop", STEADY * 6), &measured, process::cpu(service.id()) - before, None);
    drop(service);
    memory_and_start(&runtime);
}

fn memory_and_start(runtime: &tokio::runtime::Runtime) {
    let folder = Folder::new("bench-open");
    let service = Service::start(&folder.0, TOKEN);
    runtime.block_on(callers::ready(service.address));
    std::thread::sleep(Duration::from_secs(1));
    let idle = process::resident_kib(service.id());
    runtime.block_on(callers::open_calls(service.address, TOKEN, 1_000, "warm"));
    let warm = process::resident_kib(service.id());
    runtime.block_on(callers::open_calls(service.address, TOKEN, OPEN_CALLS, "open"));
    let full = process::resident_kib(service.id());
    println!(
        "idle RSS {:.1} MiB; after 1,000 calls {:.1} MiB; with {OPEN_CALLS} more open {:.1} MiB",
        mib(idle),
        mib(warm),
        mib(full)
    );
    println!("KiB per open call: {:.2}", full.saturating_sub(warm) as f64 / f64::from(OPEN_CALLS));
    service.kill();
    let started = Instant::now();
    let service = Service::start(&folder.0, TOKEN);
    runtime.block_on(callers::first_answer(service.address, TOKEN));
    println!(
        "start to first answer with {} open calls: {:.0} ms",
        OPEN_CALLS + 1_000,
        started.elapsed().as_secs_f64() * 1e3
    );
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn row(name: &str, measured: &Measured, cpu: Duration, plain: Option<f64>) {
    let rate = measured.rate();
    let micros = cpu.as_secs_f64() * 1e6 / measured.count().max(1) as f64;
    let ratio = plain.map_or(String::new(), |plain| format!("{:.1}", rate / plain));
    let [half, most, worst] = [0.5, 0.99, 1.0].map(|share| measured.quantile(share).as_secs_f64() * 1e3);
    println!("{name:<34}{rate:>10.0}{half:>9.2}{most:>9.2}{worst:>9.1}{micros:>11.1}{ratio:>9}");
    assert_eq!(measured.errors, 0, "hooks without a proper answer");
}
