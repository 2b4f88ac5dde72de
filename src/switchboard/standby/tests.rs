//! The store goes and comes back, told on both engines: what was answered in between is there, once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use callflow::{DialOutcome, Event, Verb};
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, StatusReport};
use domain::Caller;
use store::Store;

use super::*;
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Knock, Reply};

pub(super) const MOMENT: &str = "2026-03-03T10:00:00+08:00";

/// A journal's folder that goes with the test.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("hotline-standby-{}-{count}", std::process::id())))
    }

    pub(super) fn pages(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "page")).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A house on `store` with its journal in `folder`, awake.
async fn house(store: Store, folder: &Folder) -> (Switchboard, Arc<HandClock>) {
    let clock = HandClock::at(MOMENT);
    let board = board(store, clock.clone(), Arc::new(NotedCarrier::default()));
    let board = board.with_journal(Journal::open(&folder.0).unwrap());
    board.wake().await;
    (board, clock)
}

pub(super) fn knock(call: &str, token: Option<&str>, kind: Kind) -> Knock {
    let incoming = Incoming {
        provider_call_id: call.to_owned(),
        parent_call_id: None,
        from: Caller::parse("+8613800138000"),
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    };
    let token = token.map(str::to_owned);
    Knock { provider: "twilio".to_owned(), line: "12320".to_owned(), token, incoming }
}

pub(super) fn step(event: Event) -> Kind {
    Kind::Step(event)
}

pub(super) fn keys(digits: &str) -> Kind {
    step(Event::Digits(digits.to_owned()))
}

fn ended() -> Kind {
    let status = CallStatus::Completed;
    Kind::Status(StatusReport {
        status,
        sequence: Some(3),
        duration_seconds: Some(61),
        at: None,
        idempotency_token: None,
    })
}

/// Sends the hooks of one call one after the other.
pub(super) async fn walk(board: &Switchboard, call: &str, mut reply: Option<Reply>, kinds: &[Kind]) -> Reply {
    for kind in kinds {
        let token = reply.as_ref().and_then(|reply| reply.token.clone());
        reply = Some(board.turn(knock(call, token.as_deref(), kind.clone())).await.unwrap());
    }
    reply.unwrap()
}

pub(super) fn said(reply: &Reply) -> String {
    format!("{:?}", reply.verbs)
}

/// As many rows as there are turns, statuses, messages, queue entries, calls.
async fn rows(store: &Store) -> [i64; 5] {
    let tables = ["turns", "call_statuses", "messages", "queue_entries", "calls"];
    let count = move |tx: &mut store::Tx<'_>| {
        let mut counts = [0; 5];
        for (count, table) in counts.iter_mut().zip(tables) {
            *count = tx.value(&format!("SELECT count(*) FROM {table}"), &[])?;
        }
        Ok::<_, store::Error>(counts)
    };
    store.read(count).await.unwrap()
}

/// The replies of a call as they are stored, and how often each was asked for.
async fn replies(store: &Store, call: &'static str) -> Vec<(i64, String, i64)> {
    let sql = "SELECT t.step, t.reply, t.seen FROM turns t JOIN calls c ON c.id = t.call_id \
               WHERE c.provider_call_id = $1 ORDER BY t.branch, t.step";
    let read = move |tx: &mut store::Tx<'_>| {
        let rows = tx.query(sql, store::params![call])?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect::<store::Result<Vec<_>>>()
    };
    store.read(read).await.unwrap()
}

store::on_both_engines! {
    async fn a_menu_goes_on_without_the_store_and_is_taken_over_once(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        let first = walk(&board, "CA1", None, &[Kind::Start]).await;
        board.standby.give_up_store(board.now(), "a test");
        assert_eq!(board.condition().mode, Mode::Journal);
        // One call goes on, one begins; both walk to their end.
        let menu = walk(&board, "CA1", Some(first.clone()), &[keys("2")]).await;
        assert!(said(&menu).contains("press 4"), "{menu:?}");
        let other = walk(&board, "CA2", None, &[Kind::Start, keys("1")]).await;
        board.hear(knock("CA1", None, ended())).await.unwrap();
        board.hear(knock("CA1", None, ended())).await.unwrap();
        assert_eq!(board.condition().waiting, 5);
        assert_eq!(rows(&store).await, [1, 0, 0, 0, 1], "nothing reached the store");
        board.watch_once().await;
        let condition = board.condition();
        assert_eq!((condition.mode, condition.waiting, condition.since), (Mode::Normal, 0, None));
        assert_eq!(rows(&store).await, [4, 1, 0, 0, 2]);
        assert!(folder.pages().is_empty(), "a page was left");
        let stored = replies(&store, "CA1").await;
        assert_eq!(stored[1].1, serde_json::to_string(&menu.verbs).unwrap());
        // The same hooks again find what was answered, and the calls go on.
        let again = board.turn(knock("CA1", first.token.as_deref(), keys("2"))).await.unwrap();
        assert_eq!(again, menu);
        let on = walk(&board, "CA2", Some(other), &[keys("4")]).await;
        assert!(on.token.is_some());
        assert_eq!(replies(&store, "CA2").await.len(), 3);
    }

    async fn a_repeated_hook_hears_the_same_before_and_after_the_store_is_back(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        board.standby.give_up_store(board.now(), "a test");
        let first = walk(&board, "CA1", None, &[Kind::Start]).await;
        let chosen = walk(&board, "CA1", Some(first.clone()), &[keys("2")]).await;
        // Two hooks that crossed: the first of them counts, without the store as with it.
        let crossed = walk(&board, "CA1", Some(first.clone()), &[keys("1")]).await;
        assert_eq!(chosen, crossed);
        // Normal again, but the journal has not been taken over: what was answered is remembered.
        assert!(board.standby.lock().recover());
        let settling = walk(&board, "CA1", Some(first.clone()), &[keys("1")]).await;
        assert_eq!(settling, chosen);
        board.watch_once().await;
        let after = walk(&board, "CA1", Some(first), &[keys("1")]).await;
        assert_eq!(after, chosen);
        let seen: Vec<i64> = replies(&store, "CA1").await.iter().map(|(_, _, seen)| *seen).collect();
        assert_eq!(seen, [1, 3]);
    }

    async fn who_needs_the_records_is_told_and_can_leave_a_message(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        board.standby.give_up_store(board.now(), "a test");
        let down = walk(&board, "CA1", None, &[Kind::Start, keys("2"), keys("3")]).await;
        assert!(said(&down).contains("our systems are down"), "{down:?}");
        let elsewhere = walk(&board, "CA1", Some(down.clone()), &[step(Event::NoInput), step(Event::NoInput)]).await;
        assert!(matches!(elsewhere.verbs.last(), Some(Verb::Dial { to, .. }) if to.as_str() == "12345"), "{elsewhere:?}");
        let looked_up = walk(&board, "CA2", None, &[Kind::Start, keys("2"), keys("4"), keys("12345678"), keys("0001")]).await;
        assert!(said(&looked_up).contains("our systems are down"), "{looked_up:?}");
        let recording = callflow::Recording { url: "https://sound.example/1".to_owned(), seconds: 42, hung_up: false, ended_by: None };
        let message = walk(&board, "CA2", Some(looked_up), &[keys("1"), step(Event::NoInput), step(Event::Recorded(recording))]).await;
        assert!(said(&message).contains("saved"), "{message:?}");
        board.watch_once().await;
        assert_eq!(rows(&store).await[2], 1, "the message reached the inbox");
    }

    async fn who_waits_keeps_hearing_the_loop_and_keeps_the_place(store: Store) {
        somebody_talks(&store).await;
        let folder = Folder::new();
        let (board, clock) = house(store.clone(), &folder).await;
        let waiting = walk(&board, "CA1", None, &[Kind::Start, keys("2"), keys("3")]).await;
        assert!(said(&waiting).contains("You are next"), "{waiting:?}");
        board.standby.give_up_store(board.now(), "a test");
        clock.advance(20);
        let held = walk(&board, "CA1", Some(waiting), &[step(Event::NoInput), step(Event::NoInput)]).await;
        assert!(said(&held).contains("Thank you for waiting"), "{held:?}");
        board.watch_once().await;
        clock.advance(20);
        let round = walk(&board, "CA1", Some(held), &[step(Event::NoInput), step(Event::NoInput)]).await;
        assert!(said(&round).contains("You are next"), "{round:?}");
        let entry = store.read(store::queue::open).await.unwrap().remove(0);
        assert_eq!(entry.entered_at, domain::Timestamp::parse(MOMENT).unwrap(), "the place was lost");
    }

    async fn a_conversation_that_ends_meanwhile_sets_the_agent_free(store: Store) {
        somebody_talks(&store).await;
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        let mut reply = walk(&board, "CA1", None, &[Kind::Start, keys("2"), keys("3")]).await;
        // The agent is offered the caller, whose loop finds it.
        let ready = "UPDATE agents SET state = 'ready'";
        store.write(move |tx| tx.execute(ready, &[])).await.unwrap();
        reply = walk(&board, "CA1", Some(reply), &[step(Event::NoInput)]).await;
        assert!(matches!(reply.verbs.last(), Some(Verb::Dial { .. })), "{reply:?}");
        board.standby.give_up_store(board.now(), "a test");
        let over = walk(&board, "CA1", Some(reply), &[step(Event::Dialled(DialOutcome::Completed))]).await;
        assert!(said(&over).contains("found our service"), "{over:?}");
        board.watch_once().await;
        let entry = store.read(|tx| tx.value::<String>("SELECT outcome FROM queue_entries", &[])).await.unwrap();
        let agent = store.read(|tx| tx.value::<String>("SELECT state FROM agents", &[])).await.unwrap();
        assert_eq!((entry.as_str(), agent.as_str()), ("answered", "wrap_up"));
    }

    async fn a_process_that_dies_leaves_the_journal_to_the_next(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        board.standby.give_up_store(board.now(), "a test");
        let menu = walk(&board, "CA1", None, &[Kind::Start, keys("2")]).await;
        drop(board);
        // The writing thread ends with its last handle; until then the page is its own.
        while Journal::open(&folder.0).unwrap().pages().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        let (next, _) = house(store.clone(), &folder).await;
        assert_eq!((next.condition().mode, next.condition().waiting), (Mode::Normal, 0));
        assert_eq!(replies(&store, "CA1").await.len(), 2);
        let on = walk(&next, "CA1", Some(menu), &[keys("4")]).await;
        assert!(on.token.is_some());
    }

    async fn a_crash_while_taking_over_repeats_nothing_and_leaves_nothing_out(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        board.standby.give_up_store(board.now(), "a test");
        walk(&board, "CA1", None, &[Kind::Start, keys("2")]).await;
        board.hear(knock("CA1", None, ended())).await.unwrap();
        board.standby.journal.as_ref().unwrap().turn_page().await;
        let path = folder.pages().remove(0);
        let bytes = std::fs::read(&path).unwrap();
        let ends: Vec<usize> = journal::record::read(&bytes).iter().map(|(end, _)| *end).collect();
        let mark = format!("journal:{}", path.file_stem().unwrap().to_str().unwrap());
        // A process took over the whole page and died before it could say so: all of it comes again.
        board.watch_once().await;
        assert_eq!(rows(&store).await, [2, 1, 0, 0, 1]);
        std::fs::write(&path, &bytes).unwrap();
        board.standby.give_up_store(board.now(), "a test");
        board.watch_once().await;
        assert_eq!(rows(&store).await, [2, 1, 0, 0, 1]);
        assert!(folder.pages().is_empty());
        // One died after two of three records: the store knows how far it came.
        store.write(|tx| { tx.execute("DELETE FROM call_statuses", &[])?; tx.execute("DELETE FROM turns", &[]) }).await.unwrap();
        std::fs::write(&path, &bytes).unwrap();
        let two = ends[1].to_string();
        store.write(move |tx| store::settings::write(tx, &mark, &two)).await.unwrap();
        board.standby.give_up_store(board.now(), "a test");
        board.watch_once().await;
        assert_eq!(rows(&store).await, [0, 1, 0, 0, 1]);
        let marks = store.read(|tx| tx.value::<i64>("SELECT count(*) FROM settings WHERE name LIKE 'journal:%'", &[])).await;
        assert_eq!(marks.unwrap(), 0, "a mark was left");
    }

    async fn what_cannot_be_taken_over_is_set_aside_and_the_rest_goes_on(store: Store) {
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        board.standby.give_up_store(board.now(), "a test");
        walk(&board, "CA1", None, &[Kind::Start]).await;
        let journal = board.standby.journal.clone().unwrap();
        // Sealed with a foreign key; and a report that this program does not know.
        journal.keep(b"nothing of ours".to_vec()).await.unwrap();
        let seal = board.seal().await.unwrap();
        let mut odd = entry::ReportEntry::of(&knock("CA9", None, ended()), board.now()).unwrap();
        odd.report = entry::Report::Status { status: "teleported".into(), sequence: None, duration_seconds: None, at: None };
        board.standby.keep(seal, &Entry::Report(Box::new(odd)), board.now()).await.unwrap();
        walk(&board, "CA2", None, &[Kind::Start]).await;
        board.watch_once().await;
        assert_eq!(board.condition().mode, Mode::Normal);
        assert_eq!(rows(&store).await, [2, 0, 0, 0, 2]);
        assert_eq!(std::fs::read_dir(folder.0.join("set-aside")).unwrap().count(), 2);
    }

    async fn the_answer_that_the_caller_heard_is_the_one_that_counts(store: Store) {
        somebody_talks(&store).await;
        let folder = Folder::new();
        let (board, _) = house(store.clone(), &folder).await;
        let menu = walk(&board, "CA1", None, &[Kind::Start, keys("2")]).await;
        // The store commits, but its answer is lost on the way; the journal answers.
        let lost = walk(&board, "CA1", Some(menu.clone()), &[keys("3")]).await;
        assert!(said(&lost).contains("You are next"));
        board.standby.give_up_store(board.now(), "a test");
        let line = &board.house.lines["12320"];
        let again = Arc::new(knock("CA1", menu.token.as_deref(), keys("3")));
        let heard = board.turn_alone(&again, line, true).await.unwrap();
        assert!(said(&heard).contains("our systems are down"));
        board.watch_once().await;
        let stored = replies(&store, "CA1").await;
        assert_eq!(stored[2].1, serde_json::to_string(&heard.verbs).unwrap());
        assert!(store.read(store::queue::open).await.unwrap().is_empty(), "still in the queue");
    }
}

/// A telephone that talks, so that a caller waits and is not told that nobody is there.
async fn somebody_talks(store: &Store) {
    let sql = "INSERT INTO people (id, login, name, role, phone, language, password, failed_tries, created_at) \
               VALUES ('busy', 'busy', 'Busy', 'agent', '8001', 'en', '-', 0, 0)";
    let after = store::agents::Agent {
        person: domain::PersonId::new("busy"),
        state: queueing::AgentState::Talking,
        reason: None,
        since: domain::Timestamp(0),
        idle_since: domain::Timestamp(0),
        offer: None,
        call: None,
    };
    let seat = move |tx: &mut store::Tx<'_>| {
        tx.execute(sql, &[])?;
        store::agents::change(tx, None, &after)
    };
    store.write(seat).await.unwrap();
}

#[tokio::test]
async fn without_a_journal_too_the_caller_hears_the_fixed_answer_and_goes_on_when_it_is_back() {
    let fresh = store::testing::Fresh::sqlite();
    let folder = Folder::new();
    let (board, _) = house(fresh.open(), &folder).await;
    let menu = walk(&board, "CA1", None, &[Kind::Start, keys("2")]).await;
    board.standby.give_up_store(board.now(), "a test");
    std::fs::remove_dir_all(&folder.0).unwrap();
    let fixed = walk(&board, "CA1", Some(menu.clone()), &[keys("4")]).await;
    assert_eq!(board.condition().mode, Mode::Static);
    // In the language that the token tells, with a telephone that is dialled.
    assert!(fixed.token.is_none() && said(&fixed).contains("1 2 3 4 5"), "{fixed:?}");
    assert!(said(&fixed).contains("We are sorry"), "{fixed:?}");
    assert!(
        board.hear(knock("CA1", None, ended())).await.is_err(),
        "a report was acknowledged that nobody kept"
    );
    journal::slip::make_folder(&folder.0).unwrap();
    board.look_around().await;
    assert_eq!(board.condition().mode, Mode::Journal);
    assert!(walk(&board, "CA1", Some(menu), &[keys("4")]).await.token.is_some());
}

#[tokio::test]
async fn a_house_that_opens_without_its_store_answers_from_the_key_beside_the_journal() {
    let fresh = store::testing::Fresh::sqlite();
    let folder = Folder::new();
    let (board, _) = house(fresh.open(), &folder).await;
    let first = walk(&board, "CA1", None, &[Kind::Start]).await;
    let closed = fresh.open();
    let gone = closed.clone();
    tokio::task::spawn_blocking(move || gone.close()).await.unwrap();
    let (next, _) = house(closed.clone(), &folder).await;
    assert_eq!(next.condition().mode, Mode::Journal);
    assert!(said(&walk(&next, "CA1", Some(first.clone()), &[keys("2")]).await).contains("press 4"));
    // Without the slip no token can be opened: the fixed answer.
    journal::slip::remove(&folder.0, "sealing-key").unwrap();
    let (last, _) = house(closed, &folder).await;
    assert!(walk(&last, "CA1", Some(first), &[keys("2")]).await.token.is_none());
}

#[tokio::test]
async fn a_drill_shows_itself_and_ends_by_itself() {
    let fresh = store::testing::Fresh::sqlite();
    let folder = Folder::new();
    let (board, clock) = house(fresh.open(), &folder).await;
    for mode in [Mode::Journal, Mode::Static] {
        let until = board.now().plus_seconds(60);
        drill::ask(&folder.0, mode::Drill { mode, until }).unwrap();
        board.watch_once().await;
        let condition = board.condition();
        assert_eq!((condition.mode, condition.drill), (mode, Some(mode::Drill { mode, until })));
        let call = mode.as_str();
        let answered = walk(&board, call, None, &[Kind::Start]).await;
        assert_eq!(answered.token.is_some(), mode == Mode::Journal);
        clock.advance(61);
        board.watch_once().await;
        assert_eq!((board.condition().mode, board.condition().drill), (Mode::Normal, None));
    }
    // Longer than any drill may last: no drill. One that is called off ends.
    let until = board.now().plus_seconds(i64::from(drill::LONGEST_SECONDS) + 1);
    drill::ask(&folder.0, mode::Drill { mode: Mode::Static, until }).unwrap();
    board.watch_once().await;
    assert_eq!(board.condition().mode, Mode::Normal);
    drill::ask(&folder.0, mode::Drill { mode: Mode::Static, until: board.now().plus_seconds(60) }).unwrap();
    board.watch_once().await;
    drill::end(&folder.0).unwrap();
    board.watch_once().await;
    assert_eq!(board.condition().mode, Mode::Normal);
}

#[tokio::test]
async fn nothing_in_the_journal_can_be_read_by_who_finds_the_disk() {
    let fresh = store::testing::Fresh::sqlite();
    let folder = Folder::new();
    let (board, _) = house(fresh.open(), &folder).await;
    board.standby.give_up_store(board.now(), "a test");
    walk(&board, "CAcanary", None, &[Kind::Start, keys("2")]).await;
    for path in folder.pages() {
        let bytes = std::fs::read(path).unwrap();
        assert!(bytes.len() > 500);
        for canary in [&b"138001"[..], b"CAcanary", b"12320"] {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary));
        }
    }
}
