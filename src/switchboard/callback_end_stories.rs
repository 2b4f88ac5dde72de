//! What the end of a callback does to its case: only what its purpose is about.

use store::Store;
use store::callbacks::Callback;

use crate::callback_stories::{callback, owed_from};
use crate::callbacks::{AttemptOutcome, Purpose, TalkResult};
use crate::case_stories::Stage;
use domain::{CallbackId, CaseId};

/// A fed back case whose follow-up is promised, and beside it a callback of another purpose.
async fn beside(store: Store, purpose: Purpose) -> (Stage, CaseId, CallbackId, CallbackId) {
    let (stage, case, follow_up) = owed_from(store, crate::testing::complaint()).await;
    let other = CallbackId::new(format!("other-{purpose}"));
    let callback = Callback {
        id: other.clone(),
        purpose: purpose.as_str().to_owned(),
        ..callback(&stage, &follow_up).await
    };
    stage.board.store.write(move |tx| store::callbacks::insert(tx, &callback)).await.unwrap();
    (stage, case, follow_up, other)
}

/// The case waits for its own follow-up as before.
async fn untouched(stage: &Stage, case: &CaseId, follow_up: &CallbackId, why: &str) {
    assert!(stage.file(case).await.view.in_follow_up(), "{why}");
    let waiting = callback(stage, follow_up).await;
    assert_eq!((waiting.state.as_str(), waiting.done_at), ("due", None), "{why}");
}

/// Lines of the history that the callback ended with.
async fn told(stage: &Stage, case: &CaseId) -> Vec<String> {
    let events = stage.file(case).await.events;
    events.into_iter().filter(|event| event.kind == "callback_ended").map(|event| event.detail).collect()
}

fn others() -> impl Iterator<Item = Purpose> {
    Purpose::ALL.iter().copied().filter(|purpose| *purpose != Purpose::Satisfaction)
}

#[test]
fn nobody_reached_for_another_purpose_leaves_the_follow_up_alone() {
    for purpose in others() {
        store::testing::on_sqlite(move |store| async move {
            let (stage, case, follow_up, id) = beside(store, purpose).await;
            let calls = stage.calls("agent").await;
            calls.log_attempt(&id, AttemptOutcome::WrongNumber, "").await.unwrap();
            calls.give_up_callback(&id, "没有其他联系方式").await.unwrap();
            assert_eq!(callback(&stage, &id).await.outcome.as_deref(), Some("unreached"));
            untouched(&stage, &case, &follow_up, purpose.as_str()).await;
            let told = told(&stage, &case).await;
            assert!(told.len() == 1 && told[0].contains("unreached"), "{purpose}: {told:?}");
        });
    }
}

#[test]
fn a_talk_for_another_purpose_answers_no_follow_up() {
    for purpose in others() {
        store::testing::on_sqlite(move |store| async move {
            let (stage, case, follow_up, id) = beside(store, purpose).await;
            let calls = stage.calls("agent").await;
            calls.log_attempt(&id, AttemptOutcome::Reached, "").await.unwrap();
            let said =
                TalkResult { solved: Some(false), satisfaction: Some(1), note: "补充了时间".into() };
            calls.finish_callback(&id, said).await.unwrap();
            untouched(&stage, &case, &follow_up, purpose.as_str()).await;
            let told = told(&stage, &case).await;
            assert!(told.len() == 1 && told[0].contains("补充了时间"), "{purpose}: {told:?}");
            let done = callback(&stage, &id).await;
            assert_eq!((done.solved, done.satisfaction), (None, None), "{purpose}: not what was asked");
        });
    }
}

#[test]
fn no_more_calls_for_another_purpose_waives_no_follow_up() {
    for purpose in others() {
        store::testing::on_sqlite(move |store| async move {
            let (stage, case, follow_up, id) = beside(store, purpose).await;
            stage.calls("agent").await.log_attempt(&id, AttemptOutcome::Refused, "").await.unwrap();
            assert_eq!(callback(&stage, &id).await.state, "done");
            untouched(&stage, &case, &follow_up, purpose.as_str()).await;
            assert!(told(&stage, &case).await[0].contains("refused"), "{purpose}");
        });
    }
}

#[test]
fn a_follow_up_that_is_waived_takes_no_other_callback_along() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _, follow_up, id) = beside(store, Purpose::AskFacts).await;
        stage.calls("agent").await.log_attempt(&follow_up, AttemptOutcome::Refused, "").await.unwrap();
        assert_eq!(callback(&stage, &follow_up).await.state, "done");
        assert_eq!(callback(&stage, &id).await.state, "due", "the facts are still missing");
    });
}
