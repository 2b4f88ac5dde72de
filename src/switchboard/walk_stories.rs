//! Ways of calls from the hook to the picture: in progress, hung up, counted, and counted once.

use std::sync::Arc;

use callflow::Event;
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, StatusReport};
use domain::{Caller, Role};
use store::Store;

use crate::line_graph::LineGraph;
use crate::rights::{Desk, Overseer};
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Knock, Switchboard};

const MOMENT: &str = "2026-03-03T10:00:00+08:00";

fn knock(call: &str, token: Option<&str>, kind: Kind) -> Knock {
    let incoming = Incoming {
        provider_call_id: call.to_owned(),
        parent_call_id: None,
        // Everybody calls for the first time.
        from: Caller::parse(&call.replace("CA", "+861380013800")),
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

/// A call that pressed `keys` one by one; an empty text is silence.
async fn call(board: &Switchboard, call: &str, keys: &[&str]) {
    let mut token = board.turn(knock(call, None, Kind::Start)).await.unwrap().token;
    for key in keys {
        let event = if key.is_empty() { Event::NoInput } else { Event::Digits((*key).to_owned()) };
        token = board.turn(knock(call, token.as_deref(), Kind::Step(event))).await.unwrap().token;
    }
}

async fn hang_up(board: &Switchboard, call: &str) {
    let (status, sequence) = (CallStatus::Completed, Some(9));
    let report = StatusReport { status, sequence, duration_seconds: None, at: None, idempotency_token: None };
    board.hear(knock(call, None, Kind::Status(report))).await.unwrap();
}

async fn picture(board: &Switchboard, days: u16) -> LineGraph {
    let boss = domain::PersonId::new("boss");
    let person = store::people::Person {
        id: boss,
        login: "boss".to_owned(),
        name: "Boss".to_owned(),
        role: Role::Supervisor,
        department: None,
        phone: None,
        language: domain::Language::parse("en").unwrap(),
        created_at: domain::Timestamp(0),
        disabled_at: None,
    };
    Desk::<Overseer>::admit(board, &person).unwrap().line_graph("12320", days).await.unwrap()
}

/// Calls, and for each node calls that came, that hung up there, that are there.
fn told(graph: &LineGraph) -> (u64, Vec<(String, u64, u64, u64)>) {
    let nodes = graph.figures.nodes.iter();
    let nodes = nodes.map(|(name, it)| (name.clone(), it.reached, it.hung_up, it.present));
    (graph.calls(), nodes.filter(|(name, ..)| ["choose-language", "main"].contains(&name.as_str())).collect())
}

store::on_both_engines! {
    async fn a_call_is_seen_while_it_lasts_and_counted_once_when_it_is_over(store: Store) {
        let clock = HandClock::at(MOMENT);
        let board = board(store.clone(), clock.clone(), Arc::new(NotedCarrier::default()));
        call(&board, "CA1", &["1", "", "#"]).await;
        let now = picture(&board, 1).await;
        let language = |reached| ("choose-language".to_owned(), reached, 0, 0);
        assert_eq!(told(&now).0, 1);
        // Silence and a wrong key led to a person; the language was chosen before.
        assert!(now.figures.edges.iter().any(|(edge, calls)| edge.way == "invalid" && edge.to == "agent" && *calls == 1), "{:?}", now.figures);
        call(&board, "CA2", &["1"]).await;
        let two = picture(&board, 1).await;
        assert_eq!(told(&two).1, [language(2), ("main".to_owned(), 2, 0, 1)]);
        assert_eq!(two.present().iter().map(|(_, calls)| calls).sum::<u64>(), 2);
        hang_up(&board, "CA2").await;
        let before = picture(&board, 1).await;
        assert_eq!(told(&before).1, [language(2), ("main".to_owned(), 2, 1, 0)]);
        assert_eq!(board.count_walks().await.unwrap(), 0, "its last hooks may still come");
        clock.advance(61);
        assert_eq!(board.count_walks().await.unwrap(), 1);
        assert_eq!(board.count_walks().await.unwrap(), 0, "once");
        let after = picture(&board, 1).await;
        assert_eq!(after.figures, before.figures, "counting changes no figure");
        // What callers keyed in may be forgotten, the counts stay.
        let later = board.now().plus_seconds(1);
        let gone = store.write(move |tx| store::retention::forget(tx, later, later, 100)).await.unwrap();
        assert!(gone.turns > 0);
        assert_eq!(picture(&board, 1).await.figures, before.figures, "the one who is still there is not forgotten");
        clock.advance(24 * 60 * 60);
        assert_eq!(told(&picture(&board, 1).await).0, 0, "yesterday's");
        assert_eq!(told(&picture(&board, 7).await).0, 2);
        let lost = picture(&board, 7).await.given_up();
        assert_eq!((lost[0].node.as_str(), lost[0].percent()), ("main", 50));
    }
}

store::on_both_engines! {
    async fn whoever_is_talking_has_not_given_up(store: Store) {
        let clock = HandClock::at(MOMENT);
        let board = board(store.clone(), clock.clone(), Arc::new(NotedCarrier::default()));
        // The emergency number was dialled: nobody knows what became of it, and nobody gave up.
        call(&board, "CA1", &["1", "9"]).await;
        hang_up(&board, "CA1").await;
        let graph = picture(&board, 1).await;
        assert_eq!(graph.given_up(), []);
        assert_eq!(graph.figures.nodes["emergency"].reached, 1);
        assert_eq!(graph.elsewhere(), 0);
        assert!(graph.ways().iter().any(|(edge, _)| edge.way == "emergency"));
    }
}

#[tokio::test]
async fn a_line_that_does_not_exist_has_no_picture() {
    let house = crate::testing::Fresh::at(MOMENT);
    let person = house.person("boss", Role::Supervisor, None, "en").await;
    let desk = Desk::<Overseer>::admit(&house.board, &person).unwrap();
    assert!(matches!(desk.line_graph("none", 1).await, Err(crate::Error::NotFound)));
    let agent = house.person("agent", Role::Agent, None, "en").await;
    assert!(Desk::<Overseer>::admit(&house.board, &agent).is_none());
}
