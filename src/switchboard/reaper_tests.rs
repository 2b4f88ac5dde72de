//! Calls that were never told to be over, on both engines: closed in time, and brought back by a late hook.

use std::sync::Arc;

use callflow::Event;
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, StatusReport};
use domain::{Caller, Timestamp};
use store::Store;

use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Knock, Reply, Switchboard};

const MOMENT: &str = "2026-03-03T10:00:00+08:00";

fn stage(store: Store) -> (Switchboard, Arc<HandClock>) {
    let clock = HandClock::at(MOMENT);
    (board(store, clock.clone(), Arc::new(NotedCarrier::default())), clock)
}

fn knock(token: Option<&str>, kind: Kind) -> Knock {
    let incoming = Incoming {
        provider_call_id: "CA1".to_owned(),
        parent_call_id: None,
        from: Caller::parse("+8613800138000"),
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    };
    Knock {
        provider: "twilio".to_owned(),
        line: "12320".to_owned(),
        token: token.map(str::to_owned),
        incoming,
    }
}

fn status(status: CallStatus) -> Kind {
    let (sequence, duration_seconds) = (Some(1), None);
    Kind::Status(StatusReport { status, sequence, duration_seconds, at: None, idempotency_token: None })
}

async fn walk(board: &Switchboard, mut reply: Option<Reply>, kinds: &[Event]) -> Reply {
    if reply.is_none() {
        reply = Some(board.turn(knock(None, Kind::Start)).await.unwrap());
    }
    for event in kinds {
        let token = reply.as_ref().and_then(|reply| reply.token.clone());
        reply = Some(board.turn(knock(token.as_deref(), Kind::Step(event.clone()))).await.unwrap());
    }
    reply.unwrap()
}

fn keys(digits: &str) -> Event {
    Event::Digits(digits.to_owned())
}

async fn call(store: &Store) -> store::calls::Call {
    store.read(|tx| store::calls::by_provider_id(tx, "twilio", "CA1")).await.unwrap()
}

async fn somebody(store: &Store, state: &'static str) {
    let people = "INSERT INTO people (id, login, name, role, phone, language, password, failed_tries, created_at) \
                  VALUES ('a', 'a', 'A', 'agent', '8001', 'en', '-', 0, 0)";
    let after = store::agents::Agent {
        person: domain::PersonId::new("a"),
        state: queueing::AgentState::Talking,
        reason: None,
        since: Timestamp(0),
        idle_since: Timestamp(0),
        offer: None,
        call: None,
    };
    let seat = move |tx: &mut store::Tx<'_>| {
        tx.execute(people, &[])?;
        store::agents::change(tx, None, &after)?;
        tx.execute("UPDATE agents SET state = $1", store::params![state])
    };
    store.write(seat).await.unwrap();
}

async fn word(store: &Store, sql: &'static str) -> String {
    store.read(move |tx| tx.value::<String>(sql, &[])).await.unwrap()
}

store::on_both_engines! {
    async fn a_lost_call_is_closed_a_quarter_of_an_hour_after_its_last_sign(store: Store) {
        somebody(&store, "talking").await;
        let (board, clock) = stage(store.clone());
        let reply = walk(&board, None, &[keys("2"), keys("3")]).await;
        clock.advance(20);
        let last = walk(&board, Some(reply), &[Event::NoInput]).await;
        let sign = board.now();
        clock.advance(899);
        assert_eq!(board.reap().await.unwrap(), 0);
        clock.advance(1);
        assert_eq!(board.reap().await.unwrap(), 1);
        assert_eq!(board.reap().await.unwrap(), 0, "closed twice");
        assert_eq!(call(&store).await.ended_at, Some(sign));
        assert_eq!(word(&store, "SELECT outcome FROM queue_entries").await, "abandoned");
        // A repeated old hook changes nothing; the caller's next knock brings the call back.
        walk(&board, None, &[]).await;
        assert_eq!(call(&store).await.ended_at, Some(sign));
        let on = walk(&board, Some(last), &[Event::NoInput]).await;
        assert!(on.token.is_some());
        assert_eq!((call(&store).await.ended_at, call(&store).await.status), (None, None));
    }

    async fn a_late_end_of_a_lost_call_is_merged(store: Store) {
        let (board, clock) = stage(store.clone());
        walk(&board, None, &[keys("2")]).await;
        let sign = board.now();
        clock.advance(1000);
        board.reap().await.unwrap();
        clock.advance(1000);
        board.hear(knock(None, status(CallStatus::Completed))).await.unwrap();
        let closed = call(&store).await;
        assert_eq!((closed.ended_at, closed.status.as_deref()), (Some(sign), Some("completed")));
    }

    async fn a_status_that_the_call_goes_on_brings_it_back(store: Store) {
        let (board, clock) = stage(store.clone());
        walk(&board, None, &[keys("2")]).await;
        clock.advance(1000);
        board.reap().await.unwrap();
        board.hear(knock(None, status(CallStatus::InProgress))).await.unwrap();
        assert_eq!((call(&store).await.ended_at, call(&store).await.status.as_deref()), (None, Some("in-progress")));
    }

    async fn a_conversation_is_left_alone_and_its_agent_is_free_in_the_end(store: Store) {
        somebody(&store, "ready").await;
        let (board, clock) = stage(store.clone());
        let ringing = walk(&board, None, &[keys("2"), keys("3")]).await;
        assert!(matches!(ringing.verbs.last(), Some(callflow::Verb::Dial { .. })), "{ringing:?}");
        clock.advance(3600);
        assert_eq!(board.reap().await.unwrap(), 0);
        clock.advance(3 * 3600);
        assert_eq!(board.reap().await.unwrap(), 1);
        assert_ne!(word(&store, "SELECT state FROM agents").await, "ringing");
    }

    async fn long_after_its_end_a_call_cannot_be_changed_by_old_hooks(store: Store) {
        let (board, clock) = stage(store.clone());
        let menu = walk(&board, None, &[keys("2")]).await;
        board.hear(knock(None, status(CallStatus::Completed))).await.unwrap();
        clock.advance(25 * 3600);
        store.write(|tx| tx.execute("DELETE FROM turns", &[])).await.unwrap();
        let again = board.turn(knock(None, Kind::Start)).await;
        let further = board.turn(knock(menu.token.as_deref(), Kind::Step(keys("3")))).await;
        assert!(matches!((again, further), (Err(crate::Error::Refused { .. }), Err(crate::Error::Refused { .. }))));
        let rows: i64 = store.read(|tx| tx.value("SELECT (SELECT count(*) FROM turns) + (SELECT count(*) FROM queue_entries)", &[])).await.unwrap();
        assert_eq!(rows, 0);
    }
}
