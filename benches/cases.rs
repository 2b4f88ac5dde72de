//! How fast a big house looks things up: 200,000 cases, a handler's inbox of 5,000 open ones, a case with 200 lines of
//! history, a search by number and by telephone; p99 of many looks, through the switchboard, on both engines.
//!
//! `cargo bench --bench cases [CASES]`; PostgreSQL needs the address of a server in `HOTLINE_TEST_POSTGRES`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on stops")]

#[path = "cases/fill.rs"]
mod fill;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{CaseNumber, PhoneNumber, Role};
use store::Store;
use store::testing::{Fresh, SERVER};
use switchboard::case_file::Filter;
use switchboard::rights::{CaseWorker, Desk};
use switchboard::testing::{HandClock, NotedCarrier, board};

/// Cases in the house.
const CASES: u64 = 200_000;
/// Looks of each kind; the ninety-ninth percentile is the tenth worst of them.
const LOOKS: u64 = 1_000;

fn main() {
    let cases = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!("{cases} cases{:>27}{:>9}{:>9}{:>9}", "p50 ms", "p99 ms", "max ms", "aim p99");
    let fresh = Fresh::sqlite();
    runtime.block_on(measure("SQLite", fresh.open(), cases));
    if std::env::var(SERVER).is_err() {
        println!("PostgreSQL: not run: {SERVER} is not set");
        return;
    }
    let fresh = Fresh::postgres();
    runtime.block_on(measure("PostgreSQL", fresh.open(), cases));
}

async fn measure(engine: &str, store: Store, cases: u64) {
    let started = Instant::now();
    fill::fill(&store, cases).await;
    println!("{engine}: filled in {:.0?}", started.elapsed());
    let clock = HandClock::at("2026-06-01T09:00:00+08:00");
    let board = board(store, clock, Arc::new(NotedCarrier::default()));
    let person = |role, department: Option<&str>| fill::person(role, department);
    let handler = Desk::<CaseWorker>::admit(&board, &person(Role::Handler, Some(fill::BUSY))).unwrap();
    let agent = Desk::<CaseWorker>::admit(&board, &person(Role::Agent, None)).unwrap();
    let (handler, agent) = (&handler, &agent);

    let long = handler.case_by_number(&CaseNumber::from_sequence(fill::LONG)).await.unwrap();
    let long = &long;
    look("case with 200 lines of history", 10, |_| async move {
        let file = handler.case_file(long).await.unwrap();
        assert!(file.events.len() >= 200);
    })
    .await;
    look("inbox of 5,000 cases, a page", 20, |turn| async move {
        let filter = Filter { open: true, ..Filter::default() };
        let list = handler.case_list(filter, i64::try_from(turn % 3).unwrap()).await.unwrap();
        assert_eq!((list.count, list.lines.len()), (5_000.min(i64::try_from(cases).unwrap()), 50));
    })
    .await;
    look("all open cases, a page", 20, |_| async move {
        let list = agent.case_list(Filter { open: true, ..Filter::default() }, 0).await.unwrap();
        assert_eq!(list.lines.len(), 50);
    })
    .await;
    look("search by number", 5, |turn| async move {
        let number = CaseNumber::from_sequence(1 + turn * 7919 % cases);
        agent.case_by_number(&number).await.unwrap();
    })
    .await;
    look("search by telephone", 5, |turn| async move {
        let phone = PhoneNumber::parse(&fill::phone(1 + turn * 7919 % cases)).unwrap();
        assert!(agent.cases_of_phone(&phone).await.unwrap().count >= 1);
    })
    .await;
}

async fn look<F: Future<Output = ()>>(what: &str, aim: u32, mut once: impl FnMut(u64) -> F) {
    let mut took: Vec<Duration> = Vec::new();
    for turn in 0..LOOKS {
        let started = Instant::now();
        once(turn).await;
        took.push(started.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)].as_secs_f64() * 1e3;
    println!("  {what:<34}{:>9.2}{:>9.2}{:>9.2}{aim:>9}", at(50), at(99), at(100));
}
