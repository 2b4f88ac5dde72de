//! The complainant is called about the dialogue: when it is promised, when it is needless, and what came of it.

use domain::Timestamp;
use store::Store;
use store::callbacks::Callback;

use crate::callbacks::{AttemptOutcome, TalkResult};
use crate::dialogue::{Appointment, DialogueAction as A, Form, ForwardReason, Stage, Task};
use crate::dialogue_stories::{Scene, doctor, tick_at, yes};
use crate::rights::{Agent, Desk};

impl Scene {
    async fn calls(&self, login: &str) -> Desk<Agent> {
        Desk::admit(&self.board, &self.board.person_by_login(login).await.unwrap()).unwrap()
    }

    /// Purpose and state of every callback of the case, oldest first.
    async fn promised(&self) -> Vec<(String, String)> {
        self.callbacks().await.into_iter().map(|one| (one.purpose, one.state)).collect()
    }

    async fn callbacks(&self) -> Vec<Callback> {
        let case = self.case.clone();
        self.board.store.read(move |tx| store::callbacks::of_case(tx, &case)).await.unwrap()
    }

    async fn the_open_one(&self) -> Callback {
        let mut open = self.callbacks().await;
        open.retain(|one| one.done_at.is_none());
        assert_eq!(open.len(), 1, "{open:?}");
        open.remove(0)
    }

    /// Tries until the ladder ends; how often a telephone rang.
    async fn in_vain(&self) -> i64 {
        let (calls, id) = (self.calls("agent").await, self.the_open_one().await.id);
        loop {
            let now = calls.callback(&id).await.unwrap().callback;
            let Some(next) = now.next_at else { return now.attempts };
            if next > self.board.now() {
                self.clock.advance(next.seconds_since(self.board.now()));
            }
            calls.log_attempt(&id, AttemptOutcome::NoAnswer, "").await.unwrap();
        }
    }

    async fn kinds(&self) -> Vec<String> {
        let file = self.desk("supervisor").await.case_file(&self.case).await.unwrap();
        file.events.into_iter().map(|event| event.kind).collect()
    }
}

fn one(purpose: &str, state: &str) -> (String, String) {
    (purpose.to_owned(), state.to_owned())
}

fn invitation(scene: &Scene) -> A {
    let at = scene.board.now().plus_seconds(3 * 86_400);
    A::Invite {
        appointment: Appointment {
            form: Form::Telephone,
            at,
            place: "Vi ringer".to_owned(),
            participants: doctor(),
        },
    }
}

store::on_both_engines! {
    /// Received: the complainant is called, by the four weeks; once invited there is nothing to call about.
    async fn who_said_yes_is_called_and_what_was_said_stands_in_the_dialogue(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.act("agent", yes()).await;
        assert_eq!(scene.promised().await, [], "nobody has it yet");
        scene.act("region", A::RecordReceipt { at: scene.board.now() }).await;
        let owed = scene.the_open_one().await;
        assert_eq!((owed.purpose.as_str(), owed.law.as_deref()), ("dialogue_contact", Some("dk-dialogue")));
        assert_eq!(Some(owed.due_at), scene.file().await.dialogue.runs_out_at(), "the four weeks");
        assert_eq!(owed.next_at, Some(scene.board.now()), "within calling hours: at once");
        let calls = scene.calls("agent").await;
        calls.log_attempt(&owed.id, AttemptOutcome::Reached, "").await.unwrap();
        let said = TalkResult { note: "Helst onsdag efter 16".into(), ..TalkResult::default() };
        calls.finish_callback(&owed.id, said).await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.dialogue.stage, file.case.status.as_str()), (Stage::Received, "in_dialogue"));
        assert!(scene.kinds().await.ends_with(&["dialogue_called".to_owned()]));
        scene.act("region", invitation(&scene)).await;
        assert_eq!(scene.promised().await, [one("dialogue_contact", "done")], "one call for one round");
    }

    async fn an_invitation_makes_the_call_needless(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.received().await;
        scene.act("region", invitation(&scene)).await;
        assert_eq!(scene.promised().await, [one("dialogue_contact", "cancelled")]);
    }

    /// After the talk the decision is asked for; nobody there means: write, and then the four weeks forward it.
    async fn nobody_reached_withdraws_nothing(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.held().await;
        let held = scene.file().await;
        let owed = scene.the_open_one().await;
        assert_eq!(owed.purpose, "dialogue_decision");
        assert!(owed.next_at.is_some_and(|next| next > scene.board.now()), "not on the day of the talk");
        let rang = scene.in_vain().await;
        assert!((3..=5).contains(&rang), "{rang} dials");
        let file = scene.file().await;
        assert_eq!((file.dialogue.stage, file.case.status.as_str()), (Stage::Held, "in_dialogue"));
        assert_eq!(file.tasks, [Task::Write, Task::TakeDecision]);
        assert_eq!(file.dialogue.runs_out_at(), held.dialogue.runs_out_at());
        assert_eq!(scene.promised().await[1], one("dialogue_decision", "done"));
        tick_at(&scene, "2026-03-03T00:00:00+01:00").await;
        assert_eq!(scene.file().await.dialogue.forward_reason, Some(ForwardReason::Undecided));
    }

    /// The four weeks end while the list still has the call: it goes, with the dialogue.
    async fn what_is_forwarded_is_called_about_no_more(store: Store) {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.received().await;
        tick_at(&scene, "2026-03-03T00:00:00+01:00").await;
        assert_eq!(scene.promised().await, [one("dialogue_contact", "cancelled")]);
    }
}

#[test]
fn who_wants_no_calls_gets_no_second_one_and_keeps_the_dialogue() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.received().await;
        let id = scene.the_open_one().await.id;
        let calls = scene.calls("agent").await;
        calls.log_attempt(&id, AttemptOutcome::Refused, "").await.unwrap();
        let file = scene.file().await;
        assert_eq!((file.dialogue.stage, file.tasks), (Stage::Received, vec![Task::Invite, Task::Write]));
        scene.act("region", invitation(&scene)).await;
        scene.clock.advance(3 * 86_400 + 3_600);
        let hold = A::Hold {
            at: scene.board.now(),
            form: Form::Telephone,
            participants: doctor(),
            companion_came: false,
            minutes: "Talt".to_owned(),
        };
        scene.act("region", hold).await;
        assert_eq!(scene.promised().await, [one("dialogue_contact", "done")]);
    });
}

#[test]
fn a_decline_without_a_word_on_the_complaint_is_asked_back_by_telephone() {
    store::testing::on_sqlite(|store| async move {
        let scene = Scene::set(store, "2026-02-02T09:00:00+01:00").await;
        scene.received().await;
        let decline = A::Decline {
            at: scene.board.now(),
            channel: complaints::Channel::Email,
            maintained: Some(crate::dialogue::Maintained::Unknown),
            withdrawal: None,
        };
        scene.act("agent", decline).await;
        let owed = scene.the_open_one().await;
        assert_eq!(owed.purpose, "dialogue_decision");
        let due = scene.file().await.dialogue.ask_back.unwrap().due_at;
        assert_eq!(owed.due_at, due.min(Timestamp::parse("2026-03-02T23:59:59+01:00").unwrap()));
        assert_eq!(scene.promised().await[0], one("dialogue_contact", "cancelled"));
    });
}
