//! The demo's history: believable, the same each time, and handled by the rules to the last step.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Timestamp;
use figures::csv_text::{CsvStyle, csv_text};
use figures::words::Plain;
use figures::{Cell, Table};
use switchboard::reports::{Asked, Filled, Query};
use switchboard::rights::{Agent, CaseWorker, Desk, Supervisor};

use super::*;

/// A day in spring: the history spans a change of clocks in Denmark.
const UNTIL: &str = "2026-04-22T15:30:00+08:00";

struct Made {
    board: Switchboard,
    filled: Filled2,
    _folder: Folder,
}
type Filled2 = super::Filled;

async fn made() -> Made {
    let folder = Folder::open(None).unwrap();
    let url = format!("sqlite:{}", folder.path.join("demo.db").display());
    store::migrate(&url).unwrap();
    let store = Store::open(&url).unwrap();
    let config = Config::load(&Flags::default()).unwrap();
    let house = Arc::new(furnish::house(&config, String::new()).unwrap().house);
    let until = Timestamp::parse(UNTIL).unwrap();
    let filled = fill(&store, house.clone(), until).await.unwrap();
    let board = Switchboard::new(store, house, Arc::new(Standing(until)), Arc::new(NoCarrier));
    Made { board, filled, _folder: folder }
}

async fn report(board: &Switchboard, name: &str, by: &str) -> Filled {
    let asked =
        Asked { from: "2026-01-01".into(), to: "2026-04-22".into(), by: by.into(), ..Asked::default() };
    let query = Query::parse(name, &asked, board.house(), board.now()).unwrap();
    board.report(&query, "en").await.unwrap()
}

fn totals(table: &Table) -> BTreeMap<String, Cell> {
    let total = table.total.as_ref().unwrap();
    table.columns.iter().map(|column| column.id.clone()).zip(total.cells.iter().cloned()).collect()
}

fn count(totals: &BTreeMap<String, Cell>, id: &str) -> u64 {
    match &totals[id] {
        Cell::Count(count) => *count,
        other => panic!("{id} is {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_months_add_up() {
    let made = made().await;
    assert!((6_000..7_500).contains(&made.filled.calls), "{:?}", made.filled);
    assert!((80..160).contains(&made.filled.cases), "{:?}", made.filled);
    let filled = report(&made.board, "transfer", "department").await;
    let transfer = totals(&filled.tables[0]);
    let fates = ["done-on-time", "done-late", "returned", "taken-back", "open"];
    let sum: u64 = fates.iter().map(|id| count(&transfer, id)).sum();
    assert_eq!(sum, count(&transfer, "dispatched"));
    for id in
        ["dispatched", "signed", "done-on-time", "done-late", "returned", "by-redispatch", "reopened", "open"]
    {
        assert!(count(&transfer, id) > 0, "a believable history has {id}");
    }
    assert!(filled.tables[0].rows.len() >= 8, "several departments");
    let filled = report(&made.board, "callback", "purpose").await;
    let callback = totals(&filled.tables[0]);
    let ends: u64 =
        ["reached", "not-reached", "cancelled", "callbacks-open"].iter().map(|id| count(&callback, id)).sum();
    let promises: u64 = ["kept", "kept-late", "called-off", "broken", "not-yet-due"]
        .iter()
        .map(|id| count(&callback, id))
        .sum();
    assert_eq!(ends, count(&callback, "callbacks-due"));
    assert_eq!(promises, count(&callback, "callbacks-due"));
    assert!(count(&totals(&filled.tables[1]), "attempts") > count(&callback, "reached"));
    assert!(!filled.tables[2].rows.is_empty(), "somebody could not be reached");
    let telephone = report(&made.board, "telephone", "day").await;
    let total = totals(&telephone.tables[0]);
    let sum: u64 = ["answered", "abandoned", "moved-to-callback", "unserved", "waiting"]
        .iter()
        .map(|id| count(&total, id))
        .sum();
    assert_eq!(sum, count(&total, "offered"));
    assert_eq!(sum, made.filled.calls as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_history_is_the_same_each_time() {
    let (one, other) = (made().await, made().await);
    assert_eq!(one.filled, other.filled);
    for (name, by) in [("transfer", "institution"), ("callback", "week"), ("telephone", "hour")] {
        let (one, other) = (report(&one.board, name, by).await, report(&other.board, name, by).await);
        for (one, other) in one.tables.iter().zip(&other.tables) {
            let text = |table| csv_text(table, &Plain, CsvStyle::default()).unwrap();
            assert_eq!(text(one), text(other));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_screen_of_the_house_is_empty() {
    let made = made().await;
    let board = &made.board;
    let supervisor = board.person_by_login("supervisor").await.unwrap();
    let desk = Desk::<Supervisor>::admit(board, &supervisor).unwrap();
    let seen = desk.follow_through(None, None).await.unwrap();
    let overdue = seen.overdue();
    assert!((1..seen.corrections.len()).contains(&overdue), "{overdue} of {}", seen.corrections.len());
    assert!(!seen.notes.is_empty(), "something was learned");
    let conflicts = desk.conflicts().await.unwrap();
    assert!(conflicts.recusals.iter().any(|one| one.to_give), "a case has to be given to another");
    assert!(conflicts.recusals.iter().any(|one| !one.to_give) && !conflicts.interests.is_empty());
    let coder = Desk::<Agent>::admit(board, &supervisor).unwrap();
    assert_eq!(coder.second_codings().await.unwrap().len(), 1, "one point in hand");
    let sampling = desk.sampling().await.unwrap();
    assert!(sampling.samples.len() > 2 && sampling.samples.iter().all(|(_, at, _)| at.drawn > 0));
    assert!(!sampling.undecided.is_empty(), "two codes wait for a decision");
    let worker = Desk::<CaseWorker>::admit(board, &supervisor).unwrap();
    assert!(!worker.dialogues_to_do().await.unwrap().is_empty(), "a dialogue waits for somebody");
    let mut letters = 0;
    for (one, _) in &seen.corrections {
        letters += worker.case_file(&one.case).await.unwrap().letters.len();
    }
    assert!(letters > 0, "a letter was issued in a case that is looked at again");
}
