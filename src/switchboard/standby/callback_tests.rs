//! Hooks of callbacks while the store is out of reach, told on both engines: each counts once, in any order.

use callflow::{DialOutcome, Event};
use dialect::incoming::Kind;
use dialect::{AnsweredBy, CallStatus, Incoming, StatusReport};
use domain::CallbackId;
use queueing::AgentState;
use store::Store;

use super::tests::{Folder, knock};
use super::*;
use crate::callbacks::{Attempt, AttemptOutcome, TalkResult};
use crate::case_stories::Stage;
use crate::outbound::{Answer, CallbackHook};
use crate::ports::NewCall;

const PLACE: (&str, &str) = ("twilio", "12320");

/// A callback whose agent's telephone rings, in a house with a journal.
struct Scene {
    stage: Stage,
    id: CallbackId,
    placed: NewCall,
    folder: Folder,
}

impl Scene {
    async fn set(store: Store) -> Self {
        let folder = Folder::new();
        let mut stage = Stage::set(store, "2026-03-03T09:30:00+08:00").await;
        stage.board = stage.board.clone().with_journal(Journal::open(&folder.0).unwrap());
        stage.board.wake().await;
        let (id, placed) = ring(&stage).await;
        Self { stage, id, placed, folder }
    }

    /// The talk is written down, and the next callback rings.
    async fn next(&mut self) {
        let agent = self.stage.calls("agent").await;
        agent.finish_callback(&self.id, TalkResult::default()).await.unwrap();
        (self.id, self.placed) = ring(&self.stage).await;
    }

    fn lose_store(&self) {
        self.stage.board.standby.give_up_store(self.stage.board.now(), "a test");
    }

    async fn hook(&self, url: &str) -> CallbackHook {
        let token = url.split_once("?t=").unwrap().1;
        self.stage.board.callback_hook(PLACE.0, PLACE.1, token).await.unwrap()
    }

    async fn answered(&self, by: Option<AnsweredBy>) -> Answer {
        let hook = self.hook(&self.placed.url).await;
        self.stage.board.callback_answered(PLACE, &hook, by).await.unwrap()
    }

    async fn leg_ended(&self) -> Result<()> {
        let hook = self.hook(&self.placed.status_url).await;
        self.stage.board.callback_told(&hook, &status(CallStatus::Completed)).await
    }

    async fn attempt(&self) -> Attempt {
        self.stage.calls("agent").await.callback(&self.id).await.unwrap().attempts.pop().unwrap()
    }

    async fn outcome(&self) -> Option<String> {
        self.attempt().await.outcome
    }

    /// State of the callback, and attempts that count.
    async fn callback(&self) -> (String, i64) {
        let callback = self.stage.calls("agent").await.callback(&self.id).await.unwrap().callback;
        (callback.state, callback.attempts)
    }

    async fn agent(&self) -> Option<AgentState> {
        let find = |tx: &mut store::Tx<'_>| store::agents::find(tx, &domain::PersonId::new("agent"));
        self.stage.board.store.read(find).await.unwrap().map(|agent| agent.state)
    }
}

/// The agent's telephone rings for a callback.
async fn ring(stage: &Stage) -> (CallbackId, NewCall) {
    let agent = stage.calls("agent").await;
    agent.go_ready().await.unwrap();
    let id = crate::testing::owe_callback(&stage.board).await;
    agent.dial_callback(&id).await.unwrap();
    (id, stage.carrier.calls().pop().unwrap())
}

fn incoming(kind: Kind) -> Incoming {
    knock("CA-out-1", None, kind).incoming
}

fn status(status: CallStatus) -> Incoming {
    let (sequence, duration_seconds, at, idempotency_token) = (None, None, None, None);
    incoming(Kind::Status(StatusReport { status, sequence, duration_seconds, at, idempotency_token }))
}

fn dialled(outcome: DialOutcome) -> Incoming {
    incoming(Kind::Step(Event::Dialled(outcome)))
}

store::on_both_engines! {
    async fn an_agent_who_answers_meanwhile_hears_so_and_the_callback_stays_due(store: Store) {
        let scene = Scene::set(store).await;
        scene.lose_store();
        for _ in 0..2 {
            let Answer::Later(language) = scene.answered(None).await else { panic!("somebody was connected") };
            assert_eq!(language.as_str(), "zh-CN");
        }
        scene.leg_ended().await.unwrap();
        assert_eq!(scene.stage.board.condition().waiting, 3);
        assert_eq!(scene.outcome().await, None, "nothing reached the store");
        scene.stage.clock.advance(30);
        scene.stage.board.watch_once().await;
        let attempt = scene.attempt().await;
        assert_eq!((attempt.outcome.as_deref(), attempt.dialled_at), (Some("not_dialled"), None));
        let heard = domain::Timestamp::parse("2026-03-03T09:30:00+08:00");
        assert_eq!(attempt.ended_at, heard.ok(), "when it was, not when it was taken over");
        assert_eq!(scene.callback().await, ("due".to_owned(), 0), "it costs the citizen no attempt");
        assert_eq!(scene.agent().await, Some(AgentState::WrapUp), "the agent is free again");
        assert!(scene.folder.pages().is_empty());
        assert_eq!(scene.answered(None).await, Answer::Over, "nobody is rung afterwards");
    }

    async fn how_a_callback_went_is_kept_in_any_order_and_once(store: Store) {
        let mut scene = Scene::set(store).await;
        for order in [[0, 1, 1], [1, 0, 1], [1, 1, 0]] {
            let Answer::Connect(connect) = scene.answered(None).await else { panic!("nobody was connected") };
            scene.lose_store();
            let dial = scene.hook(&format!("?t={}", connect.token)).await;
            for which in order {
                match which {
                    0 => scene.leg_ended().await.unwrap(),
                    _ => scene.stage.board.callback_dialled(&dial, &dialled(DialOutcome::Completed)).await.unwrap(),
                }
            }
            assert_eq!((scene.outcome().await, scene.agent().await), (None, Some(AgentState::Talking)));
            scene.stage.board.watch_once().await;
            assert_eq!(scene.outcome().await.as_deref(), Some("reached"), "{order:?}");
            assert_eq!(scene.callback().await, ("dialling".to_owned(), 1), "the talk is to be written down");
            assert_eq!(scene.agent().await, Some(AgentState::WrapUp));
            // The same hook once more, with the store.
            scene.stage.board.callback_dialled(&dial, &dialled(DialOutcome::NoAnswer)).await.unwrap();
            assert_eq!(scene.outcome().await.as_deref(), Some("reached"));
            scene.next().await;
        }
    }

    async fn what_the_agent_heard_counts_where_the_answer_of_the_store_was_lost(store: Store) {
        let scene = Scene::set(store).await;
        // The store commits that the citizen is dialled; its answer is lost, and the agent is told otherwise.
        assert!(matches!(scene.answered(None).await, Answer::Connect(_)));
        scene.lose_store();
        let (board, seal) = (&scene.stage.board, scene.stage.board.seal().await.unwrap());
        let attempt = scene.attempt().await;
        let told = entry::CallbackTold::NotConnected;
        let entry = |at, unsure| {
            let (attempt, told) = (attempt.id.as_str().to_owned(), told.clone());
            Entry::Callback(Box::new(entry::CallbackEntry { attempt, at, unsure, told }))
        };
        // A hook that came a second time and later takes nothing back.
        board.standby.keep(seal, &entry(board.now().plus_seconds(1), true), board.now()).await.unwrap();
        board.watch_once().await;
        assert_eq!(scene.outcome().await, None);
        scene.lose_store();
        board.standby.keep(seal, &entry(board.now(), true), board.now()).await.unwrap();
        board.watch_once().await;
        let after = scene.attempt().await;
        assert_eq!((after.outcome.as_deref(), after.dialled_at), (Some("not_dialled"), None));
    }
}

#[test]
fn a_mailbox_that_answers_for_the_agent_is_known_afterwards() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store).await;
        scene.lose_store();
        assert_eq!(scene.answered(Some(AnsweredBy::MachineStart)).await, Answer::Over);
        scene.stage.board.watch_once().await;
        assert_eq!(scene.outcome().await.as_deref(), Some(AttemptOutcome::NotDialled.as_str()));
    });
}

#[test]
fn without_a_journal_too_the_agent_hears_so_and_no_report_is_acknowledged() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store).await;
        scene.lose_store();
        std::fs::remove_dir_all(&scene.folder.0).unwrap();
        assert!(matches!(scene.answered(None).await, Answer::Later(_)));
        assert_eq!(scene.stage.board.condition().mode, Mode::Static);
        assert!(scene.leg_ended().await.is_err(), "acknowledged, and nobody kept it");
    });
}

#[test]
fn a_house_that_opens_without_its_store_knows_the_hooks_of_its_callbacks() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store.clone()).await;
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
        // The next process: the key lies beside the journal.
        let (closed, clock) = (scene.stage.board.store.clone(), scene.stage.clock.clone());
        let next = crate::testing::board(closed, clock, scene.stage.carrier.clone());
        let next = next.with_journal(Journal::open(&scene.folder.0).unwrap());
        next.wake().await;
        let token = scene.placed.url.split_once("?t=").unwrap().1;
        let hook = next.callback_hook(PLACE.0, PLACE.1, token).await.unwrap();
        assert!(matches!(next.callback_answered(PLACE, &hook, None).await.unwrap(), Answer::Later(_)));
    });
}
