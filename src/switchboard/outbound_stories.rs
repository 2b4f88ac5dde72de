//! Calls that are not placed, and calls that were perhaps placed, with a clock wound by hand.

use callbacks::{Denied, Purpose};
use dialect::{AnsweredBy, CallStatus};
use domain::{CallbackId, PhoneNumber};
use queueing::AgentState;
use store::Store;
use store::callbacks::Callback;

use crate::callbacks::Attempt;
use crate::case_stories::Stage;
use crate::outbound::Answer;
use crate::ports::{CarrierError, ListedCall};
use crate::{Error, Result};

/// A stage with an agent who is ready, and a queue callback owed to `phone`.
async fn owed(store: Store, phone: &str) -> (Stage, CallbackId) {
    let stage = Stage::set(store, "2026-03-03T09:30:00+08:00").await;
    stage.calls("agent").await.go_ready().await.unwrap();
    let id = owe(&stage, "owed", phone).await;
    (stage, id)
}

async fn owe(stage: &Stage, id: &str, phone: &str) -> CallbackId {
    let (id, now) = (CallbackId::new(id), stage.board.now());
    let row = Callback {
        id: id.clone(),
        purpose: Purpose::QueueCallback.as_str().to_owned(),
        line: "12320".to_owned(),
        case: None,
        call: None,
        phone: PhoneNumber::parse(phone).unwrap(),
        language: domain::Language::parse("zh-CN").unwrap(),
        wish: None,
        law: None,
        place_at: Some(now),
        promised_at: now,
        due_at: now.plus_seconds(7200),
        next_at: Some(now),
        state: "due".to_owned(),
        attempts: 0,
        claimed_by: None,
        outcome: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: now,
        service_day: "2026-03-03".to_owned(),
    };
    stage.board.store.write(move |tx| store::callbacks::insert(tx, &row)).await.unwrap();
    id
}

fn code(result: Result<()>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

async fn dial(stage: &Stage, id: &CallbackId) -> Result<()> {
    stage.calls("agent").await.dial_callback(id).await
}

async fn last_attempt(stage: &Stage, id: &CallbackId) -> Attempt {
    stage.calls("agent").await.callback(id).await.unwrap().attempts.pop().unwrap()
}

async fn agent_state(stage: &Stage) -> Option<AgentState> {
    let find = |tx: &mut store::Tx<'_>| store::agents::find(tx, &domain::PersonId::new("agent"));
    stage.board.store.read(find).await.unwrap().map(|agent| agent.state)
}

/// Winds the clock and asks after what is due then.
async fn later(stage: &Stage, seconds: i64) {
    stage.clock.advance(seconds);
    stage.board.ask_after_calls().await.unwrap();
}

fn listed(stage: &Stage, id: &str, status: CallStatus) -> ListedCall {
    let placed_at = Some(stage.board.now());
    ListedCall { provider_call_id: id.to_owned(), to: "8001".to_owned(), status: Some(status), placed_at }
}

/// A callback whose call got no clear answer.
async fn unclear(store: Store) -> (Stage, CallbackId) {
    let (stage, id) = owed(store, "13800138000").await;
    stage.carrier.will_answer(Err(CarrierError::Unclear("timed out".into())));
    assert_eq!(code(dial(&stage, &id).await), "refused-callback-unclear");
    (stage, id)
}

store::on_both_engines! {
    async fn a_number_that_may_not_be_called_is_not_asked_for(store: Store) {
        let (stage, id) = owed(store, "16812345").await;
        for (name, phone, why) in
            [("b", "+4590123456", "abroad"), ("c", "120", "emergency"), ("d", "95588", "short")]
        {
            let id = owe(&stage, name, phone).await;
            assert_eq!(code(dial(&stage, &id).await), format!("refused-call-{why}"), "{phone}");
        }
        assert_eq!(code(dial(&stage, &id).await), "refused-call-prefix");
        assert!(stage.carrier.calls().is_empty(), "no provider was asked");
        assert!(stage.calls("agent").await.callback(&id).await.unwrap().attempts.is_empty());
        assert_eq!(agent_state(&stage).await, Some(AgentState::Ready), "the agent may go on");
        let trail = stage.board.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let denied: Vec<_> = trail.iter().filter(|row| row.action == "deny_call").collect();
        assert_eq!(denied.len(), 4);
        assert_eq!((denied[3].object.as_str(), denied[3].reason.as_deref()), ("callback:owed", Some("prefix")));
        assert!(stage.board.calls_denied().contains(&(Denied::Prefix.as_str(), 1)));
    }

    async fn a_number_is_dialled_so_often_a_day_and_no_more(store: Store) {
        let (stage, id) = owed(store, "13800138000").await;
        let most = stage.board.house.destinations.caps.per_number_per_day;
        for round in 0..most {
            let purpose = owe(&stage, &format!("same-{round}"), "13800138000").await;
            dial(&stage, &purpose).await.unwrap();
            stage.calls("agent").await.log_attempt(&purpose, callbacks::AttemptOutcome::NoAnswer, "").await.unwrap();
            stage.calls("agent").await.go_ready().await.unwrap();
        }
        assert_eq!(code(dial(&stage, &id).await), "refused-call-number-day");
        assert_eq!(stage.carrier.calls().len(), usize::try_from(most).unwrap());
        assert_eq!(stage.carrier.calls()[0].most_seconds, 7200, "no call is endless");
        stage.clock.advance(24 * 3600);
        dial(&stage, &id).await.unwrap();
    }

    async fn an_unclear_call_that_is_listed_goes_on(store: Store) {
        let (stage, id) = unclear(store).await;
        later(&stage, 4).await;
        assert!(stage.carrier.searches().is_empty(), "not yet");
        stage.carrier.will_list(Ok(Vec::new()));
        later(&stage, 1).await;
        assert_eq!(last_attempt(&stage, &id).await.provider_call_id, None);
        let foreign = ListedCall { to: "8009".to_owned(), ..listed(&stage, "CA-other", CallStatus::Ringing) };
        stage.carrier.will_list(Ok(vec![foreign, listed(&stage, "CA-late", CallStatus::Ringing)]));
        later(&stage, 10).await;
        let attempt = last_attempt(&stage, &id).await;
        assert_eq!((attempt.provider_call_id.as_deref(), attempt.outcome), (Some("CA-late"), None));
        assert_eq!(code(dial(&stage, &id).await), "refused-callback-busy", "it is under way");
        later(&stage, 3600).await;
        assert_eq!((stage.carrier.searches().len(), stage.carrier.calls().len()), (2, 1));
        let (search, call) = (stage.carrier.searches().remove(0), stage.carrier.calls().remove(0));
        assert_eq!((search.to.as_str(), search.wanted_id), ("8001", Some(call.wanted_id)));
    }

    async fn an_unclear_call_in_no_list_is_over_and_only_a_person_tries_again(store: Store) {
        let (stage, id) = unclear(store).await;
        for gap in [5, 10, 20, 45, 90] {
            assert_eq!(last_attempt(&stage, &id).await.outcome, None, "not given up before the last list");
            stage.carrier.will_list(Ok(Vec::new()));
            later(&stage, gap).await;
        }
        assert_eq!(last_attempt(&stage, &id).await.outcome.as_deref(), Some("technical"));
        assert_eq!(agent_state(&stage).await, Some(AgentState::WrapUp), "the agent is free again");
        let callback = stage.calls("agent").await.callback(&id).await.unwrap().callback;
        assert_eq!((callback.state.as_str(), callback.attempts), ("due", 0));
        for _ in 0..10 {
            later(&stage, 3600).await;
            stage.board.tick().await.unwrap();
        }
        assert_eq!((stage.carrier.calls().len(), stage.carrier.searches().len()), (1, 5), "nothing by itself");
        stage.calls("agent").await.go_ready().await.unwrap();
        dial(&stage, &id).await.unwrap();
        assert_eq!(stage.carrier.calls().len(), 2);
    }

    async fn a_list_that_cannot_be_had_decides_nothing(store: Store) {
        let (stage, id) = unclear(store).await;
        for _ in 0..61 {
            stage.carrier.will_list(Err(CarrierError::Unclear("down".into())));
        }
        later(&stage, 5).await;
        for _ in 0..60 {
            later(&stage, 60).await;
            assert_eq!(last_attempt(&stage, &id).await.outcome, None);
        }
        let asked = stage.carrier.searches().len();
        later(&stage, 3600).await;
        assert_eq!(stage.carrier.searches().len(), asked, "after an hour it is left to the agent");
        stage.calls("agent").await.log_attempt(&id, callbacks::AttemptOutcome::NotDialled, "").await.unwrap();
    }
}

#[test]
fn a_call_that_ended_before_it_was_found_ends_its_attempt() {
    store::testing::on_sqlite(|store| async move {
        let (stage, id) = unclear(store).await;
        stage.carrier.will_list(Ok(vec![listed(&stage, "CA-gone", CallStatus::NoAnswer)]));
        later(&stage, 5).await;
        let attempt = last_attempt(&stage, &id).await;
        assert_eq!(attempt.outcome.as_deref(), Some("not_dialled"), "the agent's telephone rang in vain");
    });
}

#[test]
fn a_hook_is_as_good_as_a_list() {
    store::testing::on_sqlite(|store| async move {
        let (stage, id) = unclear(store).await;
        let url = stage.carrier.calls()[0].url.clone();
        let token = url.split_once("?t=").unwrap().1;
        let hook = stage.board.callback_hook("twilio", "12320", token).await.unwrap();
        let connect = stage.board.callback_answered(("twilio", "12320"), &hook, None).await.unwrap();
        assert!(matches!(connect, Answer::Connect(_)), "the call is there: it goes on");
        later(&stage, 600).await;
        assert!(stage.carrier.searches().is_empty());
        assert_eq!(last_attempt(&stage, &id).await.outcome, None);
    });
}

#[test]
fn a_crash_before_the_answer_is_asked_after_too() {
    store::testing::on_sqlite(|store| async move {
        let (stage, id) = owed(store, "13800138000").await;
        // As stored before the provider is asked; the answer never comes to us.
        dial(&stage, &id).await.unwrap();
        let mut attempt = last_attempt(&stage, &id).await;
        attempt.provider_call_id = None;
        stage.board.store.write(move |tx| store::attempts::update(tx, &attempt)).await.unwrap();
        stage.carrier.will_list(Ok(vec![listed(&stage, "CA-found", CallStatus::InProgress)]));
        later(&stage, 60).await;
        assert_eq!(last_attempt(&stage, &id).await.provider_call_id.as_deref(), Some("CA-found"));
    });
}

#[test]
fn the_mailbox_of_an_agent_has_nobody_rung_up() {
    store::testing::on_sqlite(|store| async move {
        let (stage, id) = owed(store, "13800138000").await;
        dial(&stage, &id).await.unwrap();
        let placed = stage.carrier.calls().remove(0);
        assert!(!placed.detect_machine, "an extension of the house has no mailbox of a carrier");
        let token = placed.url.split_once("?t=").unwrap().1;
        let hook = stage.board.callback_hook("twilio", "12320", token).await.unwrap();
        let machine = Some(AnsweredBy::MachineStart);
        let connect = stage.board.callback_answered(("twilio", "12320"), &hook, machine).await.unwrap();
        assert_eq!(connect, Answer::Over);
        assert_eq!(last_attempt(&stage, &id).await.outcome.as_deref(), Some("not_dialled"));
    });
}
