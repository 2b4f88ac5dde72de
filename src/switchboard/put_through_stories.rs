//! Callers who are put through at once, providers that refuse or do not answer, and orders that are not carried out;
//! told on both engines with a clock wound by hand.

use callflow::{DialOutcome, Event};
use dialect::CallStatus;
use dialect::incoming::Kind;
use domain::PersonId;
use queueing::AgentState;
use store::Store;

use crate::Error;
use crate::call_control::{CallOrder, Led, Other, Place, Scene, Whom};
use crate::call_control_stories::{
    CALLER, FIRST, Stage, asks_keys, bar, code, colleague, incoming, number, state, told,
};
use crate::ports::{CarrierError, ListedCall};

store::on_both_engines! {
    async fn a_caller_is_put_through_and_the_first_agent_is_free(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::PutThrough, colleague(&li)).await.unwrap();
        assert!(stage.carrier.partings().is_empty() && stage.carrier.calls().is_empty());
        assert_eq!(state(&wang).await, AgentState::WrapUp);
        let way = stage.callers_way();
        let Led::Scene(Scene::Dial { to, .. }) = stage.fetched(&way, CALLER).await else { panic!() };
        assert_eq!(to.as_str(), "8002");
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.hook("CA-second", Some(CALLER), told(CallStatus::InProgress)).await;
        stage.board.settle_rooms().await.unwrap();
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("completed"));
        assert_eq!((state(&li).await, stage.entry().await.agent), (AgentState::Talking, Some(li.person().id.clone())));
        // It is an ordinary conversation: the second agent can hold it.
        li.order_call(CallOrder::Hold, None).await.unwrap();
        assert_eq!(stage.carrier.partings()[0].1.as_deref(), Some("CA-second"));
        let ended = Kind::Step(Event::Dialled(DialOutcome::Completed));
        assert!(matches!(stage.asks(&way, CALLER, ended).await, Led::Scene(Scene::Hold { .. })));
    }

    async fn a_put_through_whose_answer_was_never_told_ends_as_answered(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::PutThrough, colleague(&li)).await.unwrap();
        stage.fetched(&stage.callers_way(), CALLER).await;
        let ended = Kind::Step(Event::Dialled(DialOutcome::Completed));
        let led = stage.asks(&stage.callers_way(), CALLER, ended).await;
        assert!(asks_keys(&led), "{led:?}");
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("completed"));
        assert_eq!(state(&li).await, AgentState::WrapUp);
    }

    async fn a_caller_whom_nobody_takes_is_back_at_the_old_place(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::PutThrough, colleague(&li)).await.unwrap();
        let way = stage.callers_way();
        stage.fetched(&way, CALLER).await;
        let ended = || Kind::Step(Event::Dialled(DialOutcome::NoAnswer));
        let led = stage.asks(&way, CALLER, ended()).await;
        assert!(asks_keys(&led), "the caller hears the place: {led:?}");
        assert_eq!(stage.asks(&way, CALLER, ended()).await, led, "told twice, answered once");
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("no-answer"));
        assert_eq!(stage.entry().await.state, store::queue::EntryState::Waiting);
        assert_eq!(state(&li).await, AgentState::WrapUp);
    }

    async fn what_the_provider_refuses_leaves_the_call_as_it_was(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        let refuse = || stage.carrier.will_not_steer(CarrierError::Refused("no".into()));
        refuse();
        assert_eq!(code(wang.order_call(CallOrder::Hold, None).await), "refused-control-provider");
        refuse();
        assert_eq!(code(wang.order_call(CallOrder::Consult, colleague(&li)).await), "refused-control-provider");
        refuse();
        assert_eq!(code(wang.order_call(CallOrder::PutThrough, number("13900000002")).await), "refused-control-provider");
        assert_eq!((bar(&wang).await, state(&wang).await), ((Place::Dial, Other::Nobody), AgentState::Talking));
        assert!(stage.carrier.calls().is_empty(), "nobody was rung");
        assert_eq!(stage.dial_ended().await, None, "the script goes on as if nothing had been ordered");
        // The agent still has the call.
        wang.order_call(CallOrder::Hold, None).await.unwrap();
        // Where who is asked cannot be rung, the caller waits and the agent takes the caller back.
        stage.carrier.will_answer(Err(CarrierError::Refused("no".into())));
        let third = stage.agent("third", "8003").await;
        third.go_ready().await.unwrap();
        assert_eq!(code(wang.order_call(CallOrder::Consult, colleague(&third)).await), "refused-control-provider");
        assert_eq!(bar(&wang).await, (Place::Held, Other::Nobody));
        wang.order_call(CallOrder::Resume, None).await.unwrap();
    }

    async fn a_call_that_was_perhaps_placed_is_not_placed_again_and_does_not_ring_on(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        stage.carrier.will_answer(Err(CarrierError::Unclear("timed out".into())));
        assert_eq!(code(wang.order_call(CallOrder::Consult, colleague(&li)).await), "refused-control-unclear");
        assert_eq!(bar(&wang).await, (Place::Held, Other::Rung));
        assert_eq!(code(wang.order_call(CallOrder::Consult, colleague(&li)).await), "refused-control-not-now");
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        let row = stage.transfers().await.remove(0);
        let since = row.asked_at;
        let listed = |id: &str, to: &str| ListedCall {
            provider_call_id: id.to_owned(),
            to: to.to_owned(),
            status: Some(CallStatus::Ringing),
            placed_at: Some(since),
        };
        stage.carrier.will_list(Ok(vec![listed("CA-out-9", "8002"), listed("CA-other", "8003")]));
        stage.clock.advance(61);
        stage.board.settle_rooms().await.unwrap();
        assert_eq!(stage.carrier.calls().len(), 1, "asked once");
        assert_eq!(stage.carrier.searches()[0].wanted_id.as_deref(), Some(row.id.as_str()));
        assert_eq!(stage.carrier.ends(), ["CA-out-9"]);
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("no-answer"));
        assert_eq!(bar(&wang).await, (Place::Held, Other::Nobody));
    }

    async fn a_parting_that_never_happened_does_not_leave_the_caller_with_music(store: Store) {
        let (stage, wang, _) = Stage::talking(store).await;
        stage.carrier.will_not_steer(CarrierError::Unclear("timed out".into()));
        assert_eq!(code(wang.order_call(CallOrder::Hold, None).await), "refused-control-unclear");
        // The two went on talking until the agent hung up; the caller's dial ended, and nobody is in the room.
        assert!(matches!(stage.dial_ended().await, Some(Scene::Hold { .. })));
        stage.clock.advance(21);
        stage.board.settle_rooms().await.unwrap();
        assert!(asks_keys(&stage.fetched(&stage.callers_way(), CALLER).await));
        assert_eq!(state(&wang).await, AgentState::WrapUp);
    }

    async fn a_provider_without_rooms_puts_through_and_says_that_it_cannot_do_more(store: Store) {
        let (stage, wang, li) = Stage::talking_at(store, "somleng").await;
        let shown = wang.call_bar().await.unwrap().unwrap();
        assert_eq!((shown.rooms, shown.orders), (false, vec![CallOrder::PutThrough]));
        for (order, whom) in [(CallOrder::Hold, None), (CallOrder::Consult, colleague(&li))] {
            assert_eq!(code(wang.order_call(order, whom).await), "refused-control-not-here", "{order}");
        }
        wang.order_call(CallOrder::PutThrough, colleague(&li)).await.unwrap();
        assert!(stage.callers_way().contains("/leg?t="));
    }

    async fn only_allowed_telephones_are_rung_and_every_order_is_in_the_trail(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        for (phone, why) in [("16812345678", "prefix"), ("+4590123456", "abroad"), ("120", "emergency")] {
            for order in [CallOrder::Consult, CallOrder::PutThrough] {
                assert_eq!(code(wang.order_call(order, number(phone)).await), format!("refused-call-{why}"));
            }
        }
        assert_eq!(code(wang.order_call(CallOrder::Consult, None).await), "refused-control-unknown");
        assert_eq!(code(wang.order_call(CallOrder::Consult, number("8001")).await), "refused-control-unknown");
        let nobody = Some(Whom::Colleague(PersonId::new("nobody")));
        assert_eq!(code(wang.order_call(CallOrder::Consult, nobody).await), "refused-control-unknown");
        li.go_offline().await.unwrap();
        assert_eq!(code(wang.order_call(CallOrder::Consult, number("8002")).await), "refused-control-away");
        assert_eq!(code(li.order_call(CallOrder::Hold, None).await), "refused-control-no-call");
        assert!(stage.carrier.calls().is_empty() && stage.carrier.redirects().is_empty());
        let most = stage.board.house.destinations.caps.per_number_per_day;
        for _ in 0..most {
            wang.order_call(CallOrder::Consult, number("13900000002")).await.unwrap();
            wang.order_call(CallOrder::CallOff, None).await.unwrap();
        }
        assert_eq!(code(wang.order_call(CallOrder::Consult, number("13900000002")).await), "refused-call-number-day");
        let trail = stage.store.read(|tx| store::audit::after(tx, 0, 1000)).await.unwrap();
        let count = |action: &str| trail.iter().filter(|row| row.action == action).count();
        assert_eq!(count("deny_call"), 7);
        let most = usize::try_from(most).unwrap();
        assert_eq!((count("call_consult"), count("call_call_off")), (most, most));
        let object = format!("call:{}", stage.call().await);
        assert!(trail.iter().filter(|row| row.action.starts_with("call_")).all(|row| row.object == object));
    }

    async fn a_strangers_leg_and_a_forged_address_lead_nowhere(store: Store) {
        let (stage, wang, _) = Stage::talking(store).await;
        wang.order_call(CallOrder::Hold, None).await.unwrap();
        wang.order_call(CallOrder::Resume, None).await.unwrap();
        let hook = stage.hook_at(&stage.callers_way()).await;
        let stranger = incoming("CA-stranger", None, Kind::Step(Event::Fetched));
        let asked = stage.board.leg_asks("twilio", "12320", &hook, stranger).await;
        assert!(matches!(asked, Err(Error::Refused { .. })), "{asked:?}");
        assert!(matches!(stage.board.leg_hook("twilio", "12320", "forged").await, Err(Error::Refused { .. })));
        let way = stage.callers_way();
        let token = way.split("t=").nth(1).unwrap().split('&').next().unwrap();
        assert!(matches!(stage.board.leg_hook("twilio", "dialog", token).await, Err(Error::Refused { .. })));
    }
}
