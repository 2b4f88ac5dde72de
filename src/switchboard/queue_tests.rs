//! The queue, told with a clock wound by hand on both engines.

use std::sync::Arc;

use callflow::{Answer, DialOutcome};
use domain::{CallId, Caller, Language, PhoneNumber, Role, Secret, Timestamp};
use queueing::AgentState;
use store::Store;
use store::people::Person;
use store::queue::{EntryState, Outcome};
use store::turns::NewTurn;

use crate::queue::{self, Answered, Asking, TurnNumber};
use crate::rights::{Agent, Desk};
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Result, Switchboard, people::NewPerson};

struct Stage {
    board: Switchboard,
    clock: Arc<HandClock>,
}

impl Stage {
    fn new(store: Store) -> Self {
        let clock = HandClock::at("2026-03-03T10:00:00+08:00");
        Self { board: board(store, clock.clone(), Arc::new(NotedCarrier::default())), clock }
    }

    async fn agent(&self, login: &str, phone: &str) -> Desk<Agent> {
        let new = NewPerson {
            login: login.to_owned(),
            name: login.to_owned(),
            role: Role::Agent,
            department: None,
            phone: Some(PhoneNumber::parse(phone).unwrap()),
            language: Language::parse("en").unwrap(),
            password: Secret::new("long enough"),
        };
        let person: Person = self.board.add_person(new, "test").await.unwrap();
        Desk::admit(&self.board, &person).unwrap()
    }

    async fn ask(&self, call: &str, ended_at: Option<Timestamp>) -> Answer {
        self.in_turn(call, ended_at, |tx, house, asking, now| {
            queue::answer_queue(tx, house, asking, "main", now)
        })
        .await
    }

    async fn dialled(&self, call: &str, outcome: DialOutcome) -> Answer {
        self.in_turn(call, None, move |tx, house, asking, now| {
            queue::answer_after_dial(tx, house, asking, "main", outcome, now)
        })
        .await
    }

    async fn in_turn<F>(&self, call: &str, ended_at: Option<Timestamp>, work: F) -> Answer
    where
        F: Fn(&mut store::Tx<'_>, &crate::House, &Asking<'_>, Timestamp) -> Result<Answered> + Send + 'static,
    {
        self.in_step(call, (0, 0), ended_at, work).await
    }

    /// After `visit` conversations, at the turn `step`.
    async fn in_step<F>(
        &self,
        call: &str,
        (visit, step): (u32, u32),
        ended_at: Option<Timestamp>,
        work: F,
    ) -> Answer
    where
        F: Fn(&mut store::Tx<'_>, &crate::House, &Asking<'_>, Timestamp) -> Result<Answered> + Send + 'static,
    {
        let (house, now, call) = (self.board.house.clone(), self.board.now(), CallId::new(call));
        let answered = self
            .board
            .store
            .write(move |tx| {
                let caller = Caller::parse("+8613800138000");
                let language = Language::parse("zh-CN").unwrap();
                let turn = TurnNumber { branch: 0, step };
                let asking = Asking {
                    call: &call,
                    visit,
                    line: "12320",
                    caller: &caller,
                    language: &language,
                    ended_at,
                    turn,
                };
                work(tx, &house, &asking, now)
            })
            .await
            .unwrap();
        answered.answer
    }

    /// The caller asks for a person after `visit` conversations.
    async fn asks_again(&self, call: &str, visit: u32) -> Answer {
        self.in_step(call, (visit, 5 * visit), None, |tx, house, asking, now| {
            queue::answer_queue(tx, house, asking, "main", now)
        })
        .await
    }

    /// A conversation from the question to the end of the dial, with `seconds` of talk.
    async fn served(&self, call: &str, visit: u32, seconds: i64) -> Answer {
        self.picked_up(call).await;
        self.clock.advance(seconds);
        self.dial_of_visit(call, visit).await
    }

    /// The end of the dial of a visit is told.
    async fn dial_of_visit(&self, call: &str, visit: u32) -> Answer {
        self.in_step(call, (visit, 5 * visit + 1), None, |tx, house, asking, now| {
            queue::answer_after_dial(tx, house, asking, "main", DialOutcome::Completed, now)
        })
        .await
    }

    async fn picked_up(&self, call: &str) {
        let (house, now, call) = (self.board.house.clone(), self.board.now(), CallId::new(call));
        let work = move |tx: &mut store::Tx<'_>| queue::agent_answered(tx, &house, &call, now);
        self.board.store.write(work).await.unwrap();
    }

    async fn hung_up(&self, call: &str) {
        let (house, now, call) = (self.board.house.clone(), self.board.now(), CallId::new(call));
        let work = move |tx: &mut store::Tx<'_>| queue::call_ended(tx, &house, &call, now);
        self.board.store.write(work).await.unwrap();
    }

    async fn entry(&self, call: &str) -> store::queue::Entry {
        let call = CallId::new(call);
        let read =
            move |tx: &mut store::Tx<'_>| Ok::<_, store::Error>(store::queue::of_call(tx, &call)?.remove(0));
        self.board.store.read(read).await.unwrap()
    }
}

async fn state(desk: &Desk<Agent>) -> AgentState {
    desk.glance().await.unwrap().agent.state
}

fn rings(answer: &Answer, phone: &str) -> bool {
    matches!(answer, Answer::Ring { phone: ringing, .. } if ringing.as_str() == phone)
}

store::on_both_engines! {
    async fn with_nobody_signed_in_the_caller_hears_so(store: Store) {
        let stage = Stage::new(store);
        stage.agent("away", "8001").await;
        assert_eq!(stage.ask("a", None).await, Answer::NobodyThere);
        let entry = stage.entry("a").await;
        assert_eq!((entry.state, entry.outcome), (EntryState::Ended, Some(Outcome::NobodyThere)));
    }

    async fn the_longest_waiting_caller_rings_the_longest_idle_agent(store: Store) {
        let stage = Stage::new(store);
        let first = stage.agent("first", "8001").await;
        let second = stage.agent("second", "8002").await;
        first.go_ready().await.unwrap();
        stage.clock.advance(5);
        second.go_ready().await.unwrap();
        assert!(rings(&stage.ask("a", None).await, "8001"));
        assert!(rings(&stage.ask("b", None).await, "8002"));
        let third = stage.ask("c", None).await;
        assert!(matches!(third, Answer::Waiting { position: 1, .. }), "{third:?}");
        assert_eq!(state(&first).await, AgentState::Ringing);
        // Asked again, as by the waiting loop: the same offer, not a second one.
        assert!(rings(&stage.ask("a", None).await, "8001"));
    }

    async fn a_conversation_ends_in_wrap_up_and_wrap_up_ends_by_itself(store: Store) {
        let stage = Stage::new(store);
        let agent = stage.agent("agent", "8001").await;
        agent.go_ready().await.unwrap();
        stage.ask("a", None).await;
        stage.clock.advance(3);
        stage.picked_up("a").await;
        assert_eq!(state(&agent).await, AgentState::Talking);
        assert!(agent.go_ready().await.is_err(), "nobody is ready while talking");
        stage.clock.advance(60);
        assert_eq!(stage.dialled("a", DialOutcome::Completed).await, Answer::Served);
        assert_eq!(state(&agent).await, AgentState::WrapUp);
        // The status hook of the end comes after the turn: nothing more happens.
        stage.hung_up("a").await;
        assert_eq!(state(&agent).await, AgentState::WrapUp);
        let entry = stage.entry("a").await;
        assert_eq!((entry.state, entry.outcome), (EntryState::Ended, Some(Outcome::Answered)));
        assert_eq!(agent.unfinished(None).await.unwrap().len(), 1, "the record is still to be written");
        stage.clock.advance(59);
        stage.board.tick().await.unwrap();
        assert_eq!(state(&agent).await, AgentState::WrapUp);
        stage.clock.advance(1);
        stage.board.tick().await.unwrap();
        assert_eq!(state(&agent).await, AgentState::Ready);
        let id = agent.person().id.clone();
        let periods = stage.board.store.read(move |tx| store::agents::periods(tx, &id)).await.unwrap();
        let lasted: Vec<_> = periods.iter().map(|(state, from, until)| (*state, until.seconds_since(*from))).collect();
        let expected = [(AgentState::Ringing, 3), (AgentState::Talking, 60), (AgentState::WrapUp, 60)];
        assert!(lasted.ends_with(&expected), "{lasted:?}");
    }

    async fn an_offer_not_answered_goes_to_the_next_and_parks_its_agent(store: Store) {
        let stage = Stage::new(store);
        let first = stage.agent("first", "8001").await;
        let second = stage.agent("second", "8002").await;
        first.go_ready().await.unwrap();
        stage.ask("a", None).await;
        stage.clock.advance(1);
        second.go_ready().await.unwrap();
        assert!(rings(&stage.dialled("a", DialOutcome::NoAnswer).await, "8002"));
        assert_eq!(state(&first).await, AgentState::NotResponding);
        // The second lets it ring, too, and the provider never tells of the end: the agenda notices.
        stage.clock.advance(35);
        stage.board.tick().await.unwrap();
        assert_eq!(state(&second).await, AgentState::NotResponding);
        assert_eq!(stage.entry("a").await.state, EntryState::Waiting);
        // The first comes back: asked again, because nobody else is there.
        first.go_ready().await.unwrap();
        assert_eq!(state(&first).await, AgentState::Ringing);
        assert_eq!(first.glance().await.unwrap().in_hand.unwrap().contact.agent.as_ref(), Some(&first.person().id));
    }

    async fn a_caller_who_hangs_up_sets_the_agent_free(store: Store) {
        let stage = Stage::new(store);
        let agent = stage.agent("agent", "8001").await;
        agent.go_ready().await.unwrap();
        stage.ask("a", None).await;
        stage.hung_up("a").await;
        assert_eq!(state(&agent).await, AgentState::Ready);
        let entry = stage.entry("a").await;
        assert_eq!((entry.state, entry.outcome), (EntryState::Ended, Some(Outcome::Abandoned)));
        assert!(agent.unfinished(None).await.unwrap().is_empty(), "nothing was said, nothing is to be written");
        // Answered too late: the caller is gone and the agent must not be thrown into a conversation.
        stage.picked_up("a").await;
        assert_eq!(state(&agent).await, AgentState::Ready);
    }

    async fn a_call_whose_end_is_known_never_waits(store: Store) {
        let stage = Stage::new(store);
        let agent = stage.agent("agent", "8001").await;
        agent.go_ready().await.unwrap();
        let ended = stage.board.now();
        let said = stage.ask("a", Some(ended)).await;
        assert!(matches!(said, Answer::Waiting { .. }), "nobody hears it: {said:?}");
        assert_eq!(stage.entry("a").await.outcome, Some(Outcome::Abandoned));
        assert_eq!(state(&agent).await, AgentState::Ready);
    }

    async fn a_question_that_was_overtaken_is_answered_as_it_would_have_been(store: Store) {
        let stage = Stage::new(store);
        let busy = stage.agent("busy", "8001").await;
        busy.go_ready().await.unwrap();
        stage.ask("talking", None).await;
        stage
            .in_turn("a", None, |tx, house, asking, now| {
                let topics = queue::leave_queue(tx, house, asking, now)?;
                Ok(Answered { answer: Answer::Left, topics })
            })
            .await;
        // The turn that left the queue is stored as the second one; the first comes after it.
        let left = |tx: &mut store::Tx<'_>| {
            let (call, at) = (CallId::new("a"), Timestamp(0));
            let turn =
                NewTurn { call: &call, branch: 0, step: 1, at, event: "{}", reply: "[]", state: "{}", walked: "[]" };
            store::turns::keep(tx, &turn)
        };
        stage.board.store.write(left).await.unwrap();
        assert!(matches!(stage.ask("a", None).await, Answer::Waiting { .. }));
        assert_eq!(stage.entry("a").await.outcome, Some(Outcome::Abandoned), "it does not wait again");
        // The third turn is a caller who came back, however soon.
        let asks = |tx: &mut store::Tx<'_>, house: &crate::House, asking: &Asking<'_>, now| {
            queue::answer_queue(tx, house, asking, "main", now)
        };
        assert!(matches!(stage.in_step("a", (0, 2), None, asks).await, Answer::Waiting { .. }));
        assert_eq!(stage.entry("a").await.state, EntryState::Waiting);
    }

    async fn a_declined_caller_keeps_the_place(store: Store) {
        let stage = Stage::new(store);
        let first = stage.agent("first", "8001").await;
        first.go_ready().await.unwrap();
        stage.ask("a", None).await;
        let place = stage.entry("a").await.place_at;
        stage.clock.advance(2);
        first.decline().await.unwrap();
        assert_eq!(state(&first).await, AgentState::Break);
        let entry = stage.entry("a").await;
        assert_eq!((entry.state, entry.place_at), (EntryState::Waiting, place));
        let second = stage.agent("second", "8002").await;
        second.go_ready().await.unwrap();
        assert!(rings(&stage.ask("a", None).await, "8002"));
    }

    async fn a_promised_callback_keeps_the_place_and_is_made_once(store: Store) {
        let stage = Stage::new(store);
        let busy = stage.agent("busy", "8001").await;
        busy.go_ready().await.unwrap();
        stage.ask("talking", None).await;
        stage.ask("a", None).await;
        let place = stage.entry("a").await.place_at;
        for _ in 0..2 {
            stage.clock.advance(30);
            stage
                .in_turn("a", None, |tx, house, asking, now| {
                    let topics = queue::promise_callback(tx, house, asking, Some("010 1234 5678"), now)?;
                    Ok(Answered { answer: Answer::Left, topics })
                })
                .await;
        }
        assert_eq!(stage.entry("a").await.outcome, Some(Outcome::MovedToCallback));
        assert_eq!(stage.ask("a", None).await, Answer::Left);
        let number = PhoneNumber::parse("01012345678").unwrap();
        let open = stage.board.store.read(move |tx| store::callbacks::open_by_phone(tx, &number)).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].place_at, Some(place));
    }

    async fn a_promise_to_a_costly_number_is_kept_for_a_person_not_dialled(store: Store) {
        let stage = Stage::new(store);
        for number in ["16812345", "+4590123456", "120"] {
            stage.ask(number, None).await;
            stage
                .in_turn(number, None, move |tx, house, asking, now| {
                    let topics = queue::promise_callback(tx, house, asking, Some(number), now)?;
                    Ok(Answered { answer: Answer::Left, topics })
                })
                .await;
            let phone = PhoneNumber::parse(number).unwrap();
            let open = stage.board.store.read(move |tx| store::callbacks::open_by_phone(tx, &phone)).await.unwrap();
            let (state, outcome) = (open[0].state.as_str(), open[0].outcome.as_deref());
            assert_eq!((state, outcome, open[0].next_at), ("parked", Some("number"), None), "{number}");
        }
        let trail = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        assert_eq!(trail.iter().filter(|row| row.action == "deny_call" && row.actor == "house").count(), 3);
    }

    async fn who_was_served_and_asks_for_a_person_again_gets_one_and_again(store: Store) {
        let stage = Stage::new(store);
        let first = stage.agent("first", "8001").await;
        let second = stage.agent("second", "8002").await;
        first.go_ready().await.unwrap();
        assert!(rings(&stage.asks_again("a", 0).await, "8001"));
        assert_eq!(stage.served("a", 0, 60).await, Answer::Served);
        let written = first.glance().await.unwrap().in_hand.unwrap();
        second.go_ready().await.unwrap();
        stage.clock.advance(5);
        assert!(rings(&stage.asks_again("a", 1).await, "8002"));
        // The loop asks again: the same offer.
        assert!(rings(&stage.asks_again("a", 1).await, "8002"));
        let anew = second.glance().await.unwrap().in_hand.unwrap();
        assert_ne!((&written.contact.id, &written.intake), (&anew.contact.id, &anew.intake));
        assert_eq!(anew.contact.started_at, stage.board.now(), "the second waiting begins with the second question");
        // The first agent still has the record of the first conversation, and that one is over.
        let kept = first.glance().await.unwrap().in_hand.unwrap();
        assert_eq!((&kept.contact.id, &kept.intake, kept.over), (&written.contact.id, &written.intake, true));
        assert_eq!(state(&first).await, AgentState::WrapUp);
        assert_eq!(first.unfinished(None).await.unwrap().len(), 1);
        assert!(!anew.over);
        assert_eq!(stage.served("a", 1, 30).await, Answer::Served);
        // A third time, to the one who had the first conversation: another record, the old one stays.
        stage.clock.advance(60);
        stage.board.tick().await.unwrap();
        second.take_break("tea").await.unwrap();
        assert!(rings(&stage.asks_again("a", 2).await, "8001"));
        let third = first.glance().await.unwrap().in_hand.unwrap();
        assert!(third.contact.id != kept.contact.id && third.contact.id != anew.contact.id);
        assert_eq!(first.unfinished(None).await.unwrap().len(), 2);
        stage.hung_up("a").await;
        assert_eq!(first.unfinished(None).await.unwrap().len(), 1, "nothing was said the third time");
        assert_eq!(second.unfinished(None).await.unwrap().len(), 1);
        let visits = stage.board.store.read(|tx| store::queue::of_call(tx, &CallId::new("a"))).await.unwrap();
        let visits: Vec<_> = visits.iter().map(|entry| (entry.visit, entry.outcome.unwrap())).collect();
        assert_eq!(visits, [(2, Outcome::Abandoned), (1, Outcome::Answered), (0, Outcome::Answered)]);
    }

    async fn what_is_told_late_of_the_first_conversation_leaves_the_second_alone(store: Store) {
        let stage = Stage::new(store);
        let first = stage.agent("first", "8001").await;
        let second = stage.agent("second", "8002").await;
        first.go_ready().await.unwrap();
        stage.asks_again("a", 0).await;
        let answered_at = stage.board.now();
        stage.picked_up("a").await;
        stage.clock.advance(60);
        second.go_ready().await.unwrap();
        // The caller is back at the queue before the end of the first dial is taken over.
        assert!(rings(&stage.asks_again("a", 1).await, "8002"));
        assert_eq!(stage.dial_of_visit("a", 0).await, Answer::Served);
        assert_eq!((state(&first).await, state(&second).await), (AgentState::WrapUp, AgentState::Ringing));
        // The answer of the first telephone, told of the moment when it happened.
        let (house, call) = (stage.board.house.clone(), CallId::new("a"));
        let late = move |tx: &mut store::Tx<'_>| queue::agent_answered(tx, &house, &call, answered_at);
        stage.board.store.write(late).await.unwrap();
        assert_eq!(state(&second).await, AgentState::Ringing);
        assert_eq!(stage.entry("a").await.state, EntryState::Offered);
    }

    async fn nobody_there_the_second_time_is_said(store: Store) {
        let stage = Stage::new(store);
        let agent = stage.agent("agent", "8001").await;
        agent.go_ready().await.unwrap();
        stage.asks_again("a", 0).await;
        stage.served("a", 0, 60).await;
        agent.go_offline().await.unwrap();
        assert_eq!(stage.asks_again("a", 1).await, Answer::NobodyThere);
        assert_eq!(stage.entry("a").await.outcome, Some(Outcome::NobodyThere));
    }
}
