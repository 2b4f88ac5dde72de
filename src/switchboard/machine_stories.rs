//! Callbacks that meet answering machines, on both engines.

use callflow::DialOutcome;
use dialect::AnsweredBy;
use domain::CallbackId;
use store::Store;

use crate::callback_stories::{callback, code, connected, dialled, hook, owed_from};
use crate::callbacks::{AttemptOutcome, TalkResult};
use crate::case_stories::Stage;
use crate::outbound::CallbackHook;

const PLACE: (&str, &str) = ("twilio", "12320");

/// A follow-up callback to somebody who said `message` to messages.
async fn owed(store: Store, message: Option<bool>) -> (Stage, CallbackId) {
    let mut intake = crate::testing::complaint();
    intake.wishes.message = message;
    let (stage, _, id) = owed_from(store, intake).await;
    (stage, id)
}

/// Dials, and the agent answers: the hooks of the dial's end and of who answered the citizen's telephone.
async fn ringing(stage: &Stage, id: &CallbackId) -> (CallbackHook, CallbackHook) {
    stage.calls("agent").await.go_ready().await.unwrap();
    stage.calls("agent").await.dial_callback(id).await.unwrap();
    let placed = stage.carrier.calls().pop().unwrap();
    let connect = connected(stage, &hook(stage, &placed.url).await).await.unwrap();
    let token =
        |token: String| async move { stage.board.callback_hook(PLACE.0, PLACE.1, &token).await.unwrap() };
    (token(connect.token).await, token(connect.citizen_token).await)
}

async fn outcomes(stage: &Stage, id: &CallbackId) -> Vec<String> {
    let attempts = stage.calls("agent").await.callback(id).await.unwrap().attempts;
    attempts.into_iter().map(|attempt| attempt.outcome.unwrap_or_default()).collect()
}

/// Where the citizen's leg was led to, the last time.
async fn led(stage: &Stage) -> CallbackHook {
    let (leg, url) = stage.carrier.redirects().pop().unwrap();
    assert_eq!(leg, "CA-citizen");
    assert!(!url.contains("13800138000"), "no number in an address");
    hook(stage, &url).await
}

store::on_both_engines! {
    async fn a_machine_that_listens_is_told_the_agreed_message_once(store: Store) {
        let (stage, id) = owed(store, Some(true)).await;
        let (dial, citizen) = ringing(&stage, &id).await;
        for by in [AnsweredBy::Human, AnsweredBy::Unknown, AnsweredBy::MachineStart] {
            stage.board.citizen_answered(PLACE, &citizen, "CA-citizen", by).await.unwrap();
            assert!(stage.carrier.redirects().is_empty(), "{by:?}: the agent talks, or the greeting goes on");
        }
        stage.board.citizen_answered(PLACE, &citizen, "CA-citizen", AnsweredBy::MachineEndBeep).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, [""], "nothing was said yet");
        // The dial ends because the leg was led away; then the message is asked for, twice.
        stage.board.callback_dialled(&dial, &dialled(DialOutcome::Completed)).await.unwrap();
        let message = led(&stage).await;
        let words = stage.board.message_to_leave(&message).await.unwrap().unwrap();
        assert_eq!(words.language.as_str(), "zh-CN");
        assert_eq!(words.phone.as_ref().map(domain::PhoneNumber::as_str), Some("12320"));
        assert!(words.reference.is_some());
        assert_eq!(stage.board.message_to_leave(&message).await.unwrap(), Some(words));
        assert_eq!(outcomes(&stage, &id).await, ["message_left"]);
        let after = callback(&stage, &id).await;
        assert_eq!((after.state.as_str(), after.attempts, after.next_at.is_some()), ("due", 1, true), "called again");
        // The next time a machine answers, nothing is said.
        stage.clock.set("2026-03-03T14:30:00+08:00");
        let (_, citizen) = ringing(&stage, &id).await;
        stage.board.citizen_answered(PLACE, &citizen, "CA-citizen", AnsweredBy::MachineEndSilence).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, ["message_left", "machine"]);
        assert_eq!(stage.board.message_to_leave(&led(&stage).await).await.unwrap(), None);
    }

    async fn without_the_complainants_word_nothing_is_said_to_a_machine(store: Store) {
        let (stage, id) = owed(store, None).await;
        let (dial, citizen) = ringing(&stage, &id).await;
        stage.board.citizen_answered(PLACE, &citizen, "CA-citizen", AnsweredBy::MachineEndBeep).await.unwrap();
        stage.board.callback_dialled(&dial, &dialled(DialOutcome::Completed)).await.unwrap();
        assert_eq!(stage.board.message_to_leave(&led(&stage).await).await.unwrap(), None);
        assert_eq!(outcomes(&stage, &id).await, ["machine"], "a machine is nobody reached");
        assert_eq!(callback(&stage, &id).await.state, "due");
    }

    async fn the_agent_says_so_where_no_detector_does(store: Store) {
        let (stage, id) = owed(store, Some(false)).await;
        let calls = stage.calls("agent").await;
        assert_eq!(code(calls.met_machine(&id, false).await), "refused-callback-no-attempt");
        let (dial, _) = ringing(&stage, &id).await;
        assert_eq!(code(calls.met_machine(&id, true).await), "refused-callback-message");
        // The provider took the machine for a person.
        stage.board.callback_dialled(&dial, &dialled(DialOutcome::Completed)).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, ["reached"]);
        calls.met_machine(&id, false).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, ["machine"]);
        let after = callback(&stage, &id).await;
        assert_eq!((after.state.as_str(), after.outcome), ("due", None));
        assert_eq!(code(calls.finish_callback(&id, TalkResult::default()).await), "refused-callback-not-reached");
        assert_eq!(code(calls.met_machine(&id, false).await), "refused-callback-no-attempt");
    }

    async fn a_message_that_the_agent_left_is_kept_and_the_second_refused(store: Store) {
        let (stage, id) = owed(store, Some(true)).await;
        let calls = stage.calls("agent").await;
        let (dial, _) = ringing(&stage, &id).await;
        calls.met_machine(&id, true).await.unwrap();
        stage.board.callback_dialled(&dial, &dialled(DialOutcome::Completed)).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, [AttemptOutcome::MessageLeft.as_str()]);
        stage.clock.set("2026-03-03T14:30:00+08:00");
        ringing(&stage, &id).await;
        assert_eq!(code(calls.met_machine(&id, true).await), "refused-callback-message");
        calls.met_machine(&id, false).await.unwrap();
        assert_eq!(outcomes(&stage, &id).await, ["message_left", "machine"]);
    }
}
