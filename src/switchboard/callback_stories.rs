//! Callbacks, worked by hand and dialled through the provider, with a clock wound by hand.

use callflow::{DialOutcome, Event, Verb};
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, StatusReport};
use domain::{CallbackId, Caller, CaseId, PhoneNumber, Timestamp};
use queueing::AgentState;
use store::Store;
use store::callbacks::Callback;

use crate::callbacks::{AttemptOutcome, TalkResult};
use crate::case_file::CaseStatus;
use crate::case_stories::Stage;
use crate::feedback::Channel;
use crate::outbound::{self, Answer, CallbackHook, Connect};
use crate::ports::CarrierError;
use crate::{Error, Result};

/// A stage with one follow-up callback that may be made now.
async fn owed(store: Store) -> (Stage, CaseId, CallbackId) {
    owed_from(store, crate::testing::complaint()).await
}

/// The same, with what the complainant said when it was written down.
pub(crate) async fn owed_from(store: Store, intake: complaints::Intake) -> (Stage, CaseId, CallbackId) {
    let stage = Stage::set(store, "2026-03-02T10:00:00+08:00").await;
    let id = stage.answered_from(intake).await;
    let agent = stage.cases("agent").await;
    let version = stage.file(&id).await.case.version;
    agent.feed_back(&id, version, Channel::Phone, "").await.unwrap();
    agent.give_route_notice(&id, version + 1, "cn-hospital-review", Channel::Phone).await.unwrap();
    stage.clock.set("2026-03-03T09:30:00+08:00");
    stage.calls("agent").await.go_ready().await.unwrap();
    let callback = stage.the_callback().await;
    (stage, id, callback)
}

pub(crate) async fn callback(stage: &Stage, id: &CallbackId) -> Callback {
    stage.calls("agent").await.callback(id).await.unwrap().callback
}

/// The hook of an address that the carrier was given.
pub(crate) async fn hook(stage: &Stage, url: &str) -> CallbackHook {
    let token = url.split_once("?t=").unwrap().1;
    stage.board.callback_hook("twilio", "12320", token).await.unwrap()
}

fn told(kind: Kind) -> Incoming {
    Incoming {
        provider_call_id: "CA-out-1".to_owned(),
        parent_call_id: None,
        from: Caller::Known(PhoneNumber::parse("12320").unwrap()),
        to: "8001".to_owned(),
        direction: Direction::Outbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    }
}

/// Whom the agent's leg is told to connect.
pub(crate) async fn connected(stage: &Stage, hook: &CallbackHook) -> Option<Connect> {
    match stage.board.callback_answered(("twilio", "12320"), hook, None).await.unwrap() {
        Answer::Connect(connect) => Some(*connect),
        Answer::Over | Answer::Later(_) => None,
    }
}

pub(crate) fn dialled(outcome: DialOutcome) -> Incoming {
    told(Kind::Step(Event::Dialled(outcome)))
}

fn status(status: CallStatus) -> Incoming {
    told(Kind::Status(StatusReport {
        status,
        sequence: None,
        duration_seconds: None,
        at: None,
        idempotency_token: None,
    }))
}

async fn agent_state(stage: &Stage) -> Option<AgentState> {
    let id = domain::PersonId::new("agent");
    let agent = stage.board.store.read(move |tx| store::agents::find(tx, &id)).await.unwrap();
    agent.map(|agent| agent.state)
}

pub(crate) fn code(result: Result<()>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

store::on_both_engines! {
    /// Agent first; every hook comes twice, and the agent's own leg ends before the dial's result is told.
    async fn a_follow_up_dialled_through_the_provider(store: Store) {
        let (stage, case, id) = owed(store).await;
        let calls = stage.calls("agent").await;
        calls.dial_callback(&id).await.unwrap();
        let placed = stage.carrier.calls().remove(0);
        assert_eq!((placed.to.as_str(), placed.from.as_str()), ("8001", "12320"), "the agent's telephone first");
        assert!(!placed.url.contains("13800138000"), "no number in an address");
        assert_eq!(code(calls.dial_callback(&id).await), "refused-callback-busy");
        let answered = hook(&stage, &placed.url).await;
        let mut documents = Vec::new();
        for _ in 0..2 {
            documents.push(connected(&stage, &answered).await.unwrap());
            stage.clock.advance(5);
        }
        assert_eq!(documents[0], documents[1], "the same hook gets the same document");
        let connect = documents.remove(0);
        assert_eq!(connect.phone.as_str(), "13800138000");
        assert!(matches!(connect.verbs("…".into()).as_slice(), [Verb::Say(_), Verb::Dial { .. }]));
        assert_eq!(agent_state(&stage).await, Some(AgentState::Talking));

        let leg = hook(&stage, &placed.status_url).await;
        stage.board.callback_told(&leg, &status(CallStatus::Completed)).await.unwrap();
        assert_eq!(callback(&stage, &id).await.state, "dialling", "only the dial tells how it went");
        let ended = stage.board.callback_hook("twilio", "12320", &connect.token).await.unwrap();
        for _ in 0..2 {
            stage.board.callback_dialled(&ended, &dialled(DialOutcome::Completed)).await.unwrap();
        }
        stage.board.callback_dialled(&ended, &dialled(DialOutcome::NoAnswer)).await.unwrap();
        assert_eq!(agent_state(&stage).await, Some(AgentState::WrapUp));
        let file = calls.callback(&id).await.unwrap();
        assert_eq!(file.attempts.len(), 1);
        assert_eq!(file.attempts[0].outcome.as_deref(), Some("reached"));
        assert_eq!(file.attempts[0].dialled_at, Some(Timestamp::parse("2026-03-03T09:30:00+08:00").unwrap()));
        calls.finish_callback(&id, TalkResult { solved: Some(true), satisfaction: Some(5), note: "满意".into() }).await.unwrap();
        assert_eq!(stage.file(&case).await.view.status, CaseStatus::Closed);
        assert_eq!(code(calls.finish_callback(&id, TalkResult::default()).await), "refused-callback-done");
    }

    async fn an_unclear_answer_is_never_repeated_by_itself(store: Store) {
        let (stage, _, id) = owed(store).await;
        stage.carrier.will_answer(Err(CarrierError::Unclear("timed out".into())));
        let calls = stage.calls("agent").await;
        assert_eq!(code(calls.dial_callback(&id).await), "refused-callback-unclear");
        assert_eq!(code(calls.dial_callback(&id).await), "refused-callback-busy");
        assert_eq!(stage.carrier.calls().len(), 1);
        calls.log_attempt(&id, AttemptOutcome::NotDialled, "没有响铃").await.unwrap();
        let after = callback(&stage, &id).await;
        assert_eq!((after.state.as_str(), after.attempts), ("due", 0), "nobody's telephone rang");
        assert_eq!(agent_state(&stage).await, Some(AgentState::WrapUp), "the agent is free again");
        let late = hook(&stage, &stage.carrier.calls()[0].url).await;
        assert_eq!(connected(&stage, &late).await, None, "nobody waits for that call any more");
    }
}

#[test]
fn a_refused_call_does_not_count_and_is_tried_again_soon() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _, id) = owed(store).await;
        stage.carrier.will_answer(Err(CarrierError::Refused("no credit".into())));
        assert_eq!(code(stage.calls("agent").await.dial_callback(&id).await), "refused-callback-provider");
        let after = callback(&stage, &id).await;
        assert_eq!((after.state.as_str(), after.attempts, after.claimed_by), ("due", 0, None));
        assert!(after.next_at > Some(stage.board.now()));
    });
}

#[test]
fn an_agent_who_does_not_answer_reaches_nobody() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _, id) = owed(store).await;
        stage.calls("agent").await.dial_callback(&id).await.unwrap();
        let leg = hook(&stage, &stage.carrier.calls()[0].status_url).await;
        stage.board.callback_told(&leg, &status(CallStatus::Ringing)).await.unwrap();
        assert_eq!(callback(&stage, &id).await.state, "dialling");
        stage.board.callback_told(&leg, &status(CallStatus::NoAnswer)).await.unwrap();
        let file = stage.calls("agent").await.callback(&id).await.unwrap();
        assert_eq!(file.attempts[0].outcome.as_deref(), Some("not_dialled"));
        assert_eq!((file.callback.state.as_str(), file.callback.attempts), ("due", 0));
    });
}

#[test]
fn a_ladder_that_ends_in_vain_closes_the_case_as_not_reached() {
    store::testing::on_sqlite(|store| async move {
        let (stage, case, id) = owed(store).await;
        let calls = stage.calls("agent").await;
        let mut moments = Vec::new();
        for _ in 0..10 {
            let now = callback(&stage, &id).await;
            let Some(next) = now.next_at else { break };
            if next > stage.board.now() {
                stage.clock.advance(next.seconds_since(stage.board.now()));
            }
            moments.push(stage.board.now());
            calls.log_attempt(&id, AttemptOutcome::NoAnswer, "").await.unwrap();
        }
        assert!(moments.len() >= 3, "at least three tries: {moments:?}");
        let end = callback(&stage, &id).await;
        assert_eq!(
            (end.state.as_str(), end.outcome.as_deref(), end.contacted),
            ("done", Some("unreached"), Some(false))
        );
        assert_eq!(usize::try_from(end.attempts).unwrap(), moments.len());
        assert_eq!(stage.file(&case).await.view.status, CaseStatus::ClosedUnreached);
    });
}

#[test]
fn a_wrong_number_waits_for_a_person_who_may_give_up() {
    store::testing::on_sqlite(|store| async move {
        let (stage, case, id) = owed(store).await;
        let calls = stage.calls("supervisor").await;
        assert_eq!(code(calls.give_up_callback(&id, "x").await), "refused-callback-not-parked");
        calls.log_attempt(&id, AttemptOutcome::WrongNumber, "是别人的号码").await.unwrap();
        let parked = callback(&stage, &id).await;
        assert_eq!((parked.state.as_str(), parked.outcome.as_deref()), ("parked", Some("number")));
        calls.give_up_callback(&id, "没有其他联系方式").await.unwrap();
        assert_eq!(stage.file(&case).await.view.status, CaseStatus::ClosedUnreached);
    });
}

#[test]
fn one_agent_at_a_time_and_a_result_only_after_a_talk() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _, id) = owed(store).await;
        let (agent, supervisor) = (stage.calls("agent").await, stage.calls("supervisor").await);
        agent.claim_callback(&id).await.unwrap();
        assert_eq!(code(supervisor.claim_callback(&id).await), "refused-callback-not-yours");
        assert_eq!(code(supervisor.release_callback(&id).await), "refused-callback-not-yours");
        assert_eq!(
            code(agent.finish_callback(&id, TalkResult::default()).await),
            "refused-callback-not-reached"
        );
        let wrong = TalkResult { satisfaction: Some(6), ..TalkResult::default() };
        assert_eq!(code(agent.finish_callback(&id, wrong).await), "refused-satisfaction");
        agent.release_callback(&id).await.unwrap();
        assert_eq!(code(supervisor.dial_callback(&id).await), "refused-callback-no-phone");
        supervisor.claim_callback(&id).await.unwrap();
    });
}

#[test]
fn who_wants_no_call_is_not_called_again() {
    store::testing::on_sqlite(|store| async move {
        let (stage, case, id) = owed(store).await;
        let agent = stage.calls("agent").await;
        agent.log_attempt(&id, AttemptOutcome::Refused, "不要再打").await.unwrap();
        assert_eq!(callback(&stage, &id).await.state, "done");
        let desk = stage.cases("agent").await;
        desk.close_case(&case, stage.file(&case).await.case.version).await.unwrap();
        assert_eq!(stage.file(&case).await.view.status, CaseStatus::Closed);
    });
}

#[test]
fn a_foreign_token_opens_nothing() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _, id) = owed(store).await;
        stage.calls("agent").await.dial_callback(&id).await.unwrap();
        let url = stage.carrier.calls()[0].url.clone();
        let token = url.split_once("?t=").unwrap().1;
        for (provider, line, token) in
            [("twilio", "dialog", token), ("other", "12320", token), ("twilio", "12320", "x")]
        {
            assert!(stage.board.callback_hook(provider, line, token).await.is_err());
        }
        assert_eq!(outbound::the_last(None), vec![Verb::Hangup]);
    });
}
