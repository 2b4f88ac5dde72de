//! Turns, told with a clock wound by hand on both engines: repeated, foreign, in any order, and when the
//! store does not answer.

use std::sync::Arc;
use std::time::Duration;

use callflow::Event;
use dialect::incoming::Kind;
use dialect::{CallStatus, StatusReport};
use domain::Caller;
use queueing::AgentState;
use store::Store;

use super::*;
use crate::testing::{HandClock, NotedCarrier, board};

const MOMENT: &str = "2026-03-03T10:00:00+08:00";

fn stage(store: Store) -> Switchboard {
    board(store, HandClock::at(MOMENT), Arc::new(NotedCarrier::default()))
}

fn incoming(call: &str, caller: &str, kind: Kind) -> Incoming {
    Incoming {
        provider_call_id: call.to_owned(),
        parent_call_id: None,
        from: Caller::parse(caller),
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    }
}

fn knock(call: &str, caller: &str, token: Option<&str>, kind: Kind) -> Knock {
    Knock {
        provider: "twilio".to_owned(),
        line: "12320".to_owned(),
        token: token.map(str::to_owned),
        incoming: incoming(call, caller, kind),
    }
}

fn keys(digits: &str) -> Kind {
    Kind::Step(Event::Digits(digits.to_owned()))
}

fn status(status: CallStatus, sequence: u32) -> Kind {
    let sequence = Some(sequence);
    Kind::Status(StatusReport { status, sequence, duration_seconds: None, at: None, idempotency_token: None })
}

/// A telephone that talks, so that a caller waits and is not told that nobody is there.
async fn somebody_talks(store: &Store) {
    let sql = "INSERT INTO people (id, login, name, role, phone, language, password, failed_tries, created_at) \
               VALUES ('busy', 'busy', 'Busy', 'agent', '8001', 'en', '-', 0, 0)";
    let after = store::agents::Agent {
        person: domain::PersonId::new("busy"),
        state: AgentState::Talking,
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

/// Everything the house keeps of a call, without our ids, with `caller` and `call` named the same for all.
async fn record(store: &Store, call: &str, caller: &str) -> Vec<String> {
    let (call, caller) = (call.to_owned(), caller.to_owned());
    let (id, number) = (call.clone(), domain::PhoneNumber::parse(&caller).unwrap());
    let lines = store
        .read(move |tx| {
            let row = store::calls::by_provider_id(tx, "twilio", &id)?;
            let mut lines = Vec::new();
            for turn in store::turns::of_call(tx, &row.id)? {
                lines.push(format!("{turn:?}"));
            }
            lines.push(format!("{:?}", store::notes::of_call(tx, &row.id)?));
            for entry in store::queue::of_call(tx, &row.id)? {
                lines
                    .push(format!("{} {:?} {:?} {:?}", entry.visit, entry.queue, entry.state, entry.outcome));
            }
            for promise in store::callbacks::open_by_phone(tx, &number)? {
                lines.push(format!(
                    "{} {} {:?}",
                    promise.purpose,
                    promise.language.as_str(),
                    promise.place_at
                ));
            }
            lines.push(format!("{:?} {:?} {:?}", row.status, row.ended_at, row.language));
            Ok::<_, store::Error>(lines)
        })
        .await
        .unwrap();
    lines.into_iter().map(|line| line.replace(&call, "CALL").replace(&caller, "CALLER")).collect()
}

store::on_both_engines! {
    async fn a_repeated_knock_gets_the_same_reply_and_no_second_effect(store: Store) {
        let board = stage(store.clone());
        let first = board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
        let again = board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
        assert_eq!(first, again);
        let token = first.token.as_deref();
        let second = board.turn(knock("CA1", "+8613800138000", token, keys("2"))).await.unwrap();
        // The same step with other keys, as from two hooks that crossed: the first of them counts.
        let crossed = board.turn(knock("CA1", "+8613800138000", token, keys("1"))).await.unwrap();
        assert_eq!(second, crossed);
        let turns: Vec<i64> = store
            .read(|tx| {
                let rows = tx.query("SELECT seen FROM turns ORDER BY branch, step", &[])?;
                rows.iter().map(|row| row.get(0)).collect::<store::Result<_>>()
            })
            .await
            .unwrap();
        assert_eq!(turns, [2, 2]);
        assert_eq!(board.pulse().await.unwrap().repeated, 2);
    }

    async fn a_foreign_or_forged_token_is_refused_and_changes_nothing(store: Store) {
        let board = stage(store.clone());
        let reply = board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
        let token = reply.token.unwrap();
        let mut forged = token.clone();
        forged.replace_range(5..6, if token.as_bytes()[5] == b'A' { "B" } else { "A" });
        for (call, token) in [("CA2", token.as_str()), ("CA1", &forged), ("CA1", ""), ("CA1", "!")] {
            let answer = board.turn(knock(call, "+8613800138000", Some(token), keys("1"))).await;
            assert!(matches!(answer, Err(Error::Refused { .. })), "{answer:?}");
        }
        let other = Knock { line: "none".to_owned(), ..knock("CA3", "anonymous", None, Kind::Start) };
        assert!(matches!(board.turn(other).await, Err(Error::NotFound)));
        let rows: i64 = store.read(|tx| tx.value("SELECT count(*) FROM turns", &[])).await.unwrap();
        assert_eq!(rows, 1);
    }

    async fn the_language_of_the_last_call_is_remembered(store: Store) {
        let board = stage(store);
        let reply = board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
        board.turn(knock("CA1", "+8613800138000", reply.token.as_deref(), keys("2"))).await.unwrap();
        let fresh = board.turn(knock("CA2", "+8613800138001", None, Kind::Start)).await.unwrap();
        let known = board.turn(knock("CA3", "+8613800138000", None, Kind::Start)).await.unwrap();
        assert_ne!(fresh.verbs, known.verbs);
        assert!(format!("{:?}", known.verbs).contains("Language(\"en\")"), "{:?}", known.verbs);
        // The call that chose is not its own last call: its first hook, repeated, still asks.
        let again = board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
        assert_eq!(again.verbs, reply.verbs);
    }

    async fn whom_the_ambulance_did_not_answer_stands_before_all_others(store: Store) {
        somebody_talks(&store).await;
        let clock = HandClock::at(MOMENT);
        let board = board(store.clone(), clock.clone(), Arc::new(NotedCarrier::default()));
        let mut waiting = Vec::new();
        for call in ["CA1", "CA2"] {
            let mut reply = board.turn(knock(call, "+8613800138000", None, Kind::Start)).await.unwrap();
            // The second call of the number knows its language.
            let pressed: &[&str] = if call == "CA1" { &["1", "3"] } else { &["3"] };
            for digits in pressed {
                let step = knock(call, "+8613800138000", reply.token.as_deref(), keys(digits));
                reply = board.turn(step).await.unwrap();
            }
            waiting.push(reply);
        }
        // The second caller presses the emergency key while waiting; nobody answers there.
        let danger = knock("CA2", "+8613800138000", waiting[1].token.as_deref(), keys("9"));
        let dialling = board.turn(danger).await.unwrap();
        assert!(format!("{:?}", dialling.verbs).contains("120"), "{:?}", dialling.verbs);
        clock.advance(20);
        let no_answer = Kind::Step(Event::Dialled(callflow::DialOutcome::NoAnswer));
        let mut reply =
            board.turn(knock("CA2", "+8613800138000", dialling.token.as_deref(), no_answer)).await.unwrap();
        for _ in 0..3 {
            let step = knock("CA2", "+8613800138000", reply.token.as_deref(), Kind::Step(Event::NoInput));
            reply = board.turn(step).await.unwrap();
        }
        let order = store
            .read(|tx| {
                let open = store::queue::open(tx)?;
                let mut named = Vec::new();
                for entry in &open {
                    named.push((entry.priority, store::calls::by_id(tx, &entry.call)?.provider_call_id));
                }
                Ok::<_, store::Error>(named)
            })
            .await
            .unwrap();
        assert_eq!(order, [(100, "CA2".to_owned()), (0, "CA1".to_owned())]);
    }

    async fn guessing_at_the_look_up_is_cut_short(store: Store) {
        let board = stage(store);
        let mut told = Vec::new();
        for call in 0..6 {
            let id = format!("CA{call}");
            let mut reply = board.turn(knock(&id, "+8613800138000", None, Kind::Start)).await.unwrap();
            // From the second call on, the language is known.
            let choose: &[&str] = if call == 0 { &["1"] } else { &[] };
            for digits in choose.iter().chain(&["4", "1234567890#", "0001"]) {
                let digits = digits.trim_end_matches('#');
                let step = knock(&id, "+8613800138000", reply.token.as_deref(), keys(digits));
                reply = board.turn(step).await.unwrap();
            }
            told.push(format!("{:?}", reply.verbs));
        }
        assert_eq!(told[0], told[4]);
        assert_ne!(told[4], told[5], "the sixth wrong try was looked up");
    }

    async fn a_waiting_call_leaves_the_same_record_in_any_order(store: Store) {
        somebody_talks(&store).await;
        let board = stage(store.clone());
        let (call, caller) = ("CAreference", "+8613900000000");
        let walk = [Kind::Start, keys("1"), keys("3"), keys("1"), keys("1")];
        let (mut replies, mut token) = (Vec::new(), None);
        for kind in &walk {
            let reply = board.turn(knock(call, caller, token.as_deref(), kind.clone())).await.unwrap();
            token.clone_from(&reply.token);
            replies.push(reply);
        }
        board.hear(knock(call, caller, None, status(CallStatus::Completed, 3))).await.unwrap();
        let expected = record(&store, call, caller).await;
        assert!(expected.iter().any(|line| line.contains("MovedToCallback")), "{expected:#?}");
        assert!(expected.iter().any(|line| line.starts_with("queue_callback")), "{expected:#?}");
        let seal = board.seal().await.unwrap();
        // Every seventh of the 720 orders; all 5,040 of a longer call go over HTTP in tests/it.
        for (number, order) in orders(6).into_iter().enumerate().step_by(7) {
            let (other, theirs) = (format!("CA{number}"), format!("+86138{number:08}"));
            let token = |before: usize| {
                let standing = seal.open(replies[before].token.as_deref().unwrap(), bound_to(call)).unwrap();
                let state = standing.state.replace(caller, &theirs);
                seal.close(&Standing { state, ..standing }, bound_to(&other)).unwrap()
            };
            for event in order {
                if event == walk.len() {
                    let ended = knock(&other, &theirs, None, status(CallStatus::Completed, 3));
                    board.hear(ended).await.unwrap();
                    continue;
                }
                let before = event.checked_sub(1).map(token);
                let kind = walk[event].clone();
                let reply = board.turn(knock(&other, &theirs, before.as_deref(), kind)).await.unwrap();
                assert_eq!(reply, Reply { verbs: replies[event].verbs.clone(), token: Some(token(event)) });
            }
            assert_eq!(record(&store, &other, &theirs).await, expected, "order {number}");
        }
    }
}

fn bound_to(call: &str) -> Bound<'_> {
    Bound { provider: "twilio", line: "12320", provider_call_id: call }
}

/// All orders of `count` things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(count - 1);
    let places = 0..count;
    let with = |order: &Vec<usize>, place: usize| {
        let mut order = order.clone();
        order.insert(place, count - 1);
        order
    };
    shorter.iter().flat_map(|order| places.clone().map(move |place| with(order, place))).collect()
}

#[tokio::test]
async fn a_store_that_is_down_leads_to_the_fallback_number() {
    let fresh = store::testing::Fresh::sqlite();
    let store = fresh.open();
    let board = stage(store.clone());
    board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    let reply = board.turn(knock("CA2", "+8613800138000", None, Kind::Start)).await.unwrap();
    assert_eq!(reply.token, None);
    let [Verb::Say(said), Verb::Dial { to, .. }] = &reply.verbs[..] else { panic!("{:?}", reply.verbs) };
    assert_eq!(to.as_str(), "12345");
    assert!(said.text.contains("1 2 3 4 5"), "{said:?}");
}

#[tokio::test]
async fn a_store_that_is_slow_leads_to_the_fallback_number_in_time() {
    let fresh = store::testing::Fresh::sqlite();
    let store = fresh.open();
    let board = stage(store.clone());
    board.turn(knock("CA1", "+8613800138000", None, Kind::Start)).await.unwrap();
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let (enter, entered) = tokio::sync::oneshot::channel::<()>();
    let enter = std::sync::Mutex::new(Some(enter));
    let stuck = tokio::spawn(async move {
        store
            .write(move |_| {
                enter.lock().unwrap().take().map(|enter| enter.send(()));
                let _ = held.lock().unwrap().recv();
                Ok::<(), store::Error>(())
            })
            .await
    });
    entered.await.unwrap();
    // The clock of the runtime stands still and jumps to the next timer when all wait: a busy machine
    // cannot make this test late.
    tokio::time::pause();
    let asked = tokio::time::Instant::now();
    let reply = board.turn(knock("CA2", "+8613800138000", None, Kind::Start)).await.unwrap();
    assert!(
        asked.elapsed() < board.standby.patience.store + Duration::from_millis(50),
        "{:?}",
        asked.elapsed()
    );
    assert!(matches!(reply.verbs.last(), Some(Verb::Dial { to, .. }) if to.as_str() == "12345"));
    drop(hold);
    stuck.await.unwrap().unwrap();
}
