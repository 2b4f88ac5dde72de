//! Holding, asking a colleague, bringing together and handing over, told on both engines with a clock wound by hand:
//! hooks come in any order, twice and never.

use std::sync::Arc;

use callflow::{DialOutcome, Event, Verb};
use dialect::incoming::Kind;
use dialect::{CallStatus, Direction, Incoming, StatusReport};
use domain::{CallId, Caller, PhoneNumber, Role, Secret};
use queueing::AgentState;
use store::Store;
use store::call_transfers::Transfer;

use crate::call_control::{CallOrder, Led, LegHook, Other, Place, Scene, Whom};
use crate::people::NewPerson;
use crate::ports::CarrierError;
use crate::rights::{Agent, Desk};
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Error, Knock, Reply, Result, Switchboard};

pub(crate) const CALLER: &str = "CA-caller";
pub(crate) const FIRST: &str = "CA-first";

pub(crate) struct Stage {
    pub(crate) board: Switchboard,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) carrier: Arc<NotedCarrier>,
    pub(crate) store: Store,
}

pub(crate) fn incoming(id: &str, parent: Option<&str>, kind: Kind) -> Incoming {
    Incoming {
        provider_call_id: id.to_owned(),
        parent_call_id: parent.map(str::to_owned),
        from: Caller::parse("+8613800138000"),
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind,
        upload: None,
    }
}

pub(crate) fn told(status: CallStatus) -> Kind {
    Kind::Status(StatusReport {
        status,
        sequence: None,
        duration_seconds: None,
        at: None,
        idempotency_token: None,
    })
}

impl Stage {
    /// A caller who came through the script talks with `wang` (8001); `li` (8002) is ready.
    pub(crate) async fn talking(store: Store) -> (Self, Desk<Agent>, Desk<Agent>) {
        Self::talking_at(store, "generic").await
    }

    pub(crate) async fn talking_at(store: Store, profile: &str) -> (Self, Desk<Agent>, Desk<Agent>) {
        let clock = HandClock::at("2026-03-03T10:00:00+08:00");
        let carrier = Arc::new(NotedCarrier::default());
        let mut board = board(store.clone(), clock.clone(), carrier.clone());
        let mut house = crate::testing::house();
        house.providers.get_mut("twilio").unwrap().profile = profile.to_owned();
        board.house = Arc::new(house);
        let stage = Self { board, clock, carrier, store };
        let (wang, li) = (stage.agent("wang", "8001").await, stage.agent("li", "8002").await);
        wang.go_ready().await.unwrap();
        stage.conversation().await;
        li.go_ready().await.unwrap();
        (stage, wang, li)
    }

    pub(crate) async fn agent(&self, login: &str, phone: &str) -> Desk<Agent> {
        let new = NewPerson {
            login: login.to_owned(),
            name: login.to_owned(),
            role: Role::Agent,
            department: None,
            phone: Some(PhoneNumber::parse(phone).unwrap()),
            language: domain::Language::parse("en").unwrap(),
            password: Secret::new("long enough"),
        };
        let person = self.board.add_person(new, "test").await.unwrap();
        Desk::admit(&self.board, &person).unwrap()
    }

    /// The caller presses 0 and is put through to the first agent, who answers.
    async fn conversation(&self) {
        let mut reply = self.turn(None, Kind::Start).await;
        while !dials(&reply) {
            let keys = Kind::Step(Event::Digits("0".to_owned()));
            reply = self.turn(reply.token, keys).await;
        }
        self.hook(FIRST, Some(CALLER), told(CallStatus::InProgress)).await;
    }

    async fn turn(&self, token: Option<String>, kind: Kind) -> Reply {
        self.board.turn(knock(token, incoming(CALLER, None, kind))).await.unwrap()
    }

    pub(crate) async fn hook(&self, id: &str, parent: Option<&str>, kind: Kind) {
        self.board.hear(knock(None, incoming(id, parent, kind))).await.unwrap();
    }

    /// The dial of the caller's script ended.
    pub(crate) async fn dial_ended(&self) -> Option<Scene> {
        let kind = Kind::Step(Event::Dialled(DialOutcome::Completed));
        self.board.led_out(&knock(None, incoming(CALLER, None, kind))).await.unwrap().map(|(scene, _)| scene)
    }

    pub(crate) async fn hook_at(&self, url: &str) -> LegHook {
        let token = url.split("t=").nth(1).unwrap().split('&').next().unwrap();
        self.board.leg_hook("twilio", "12320", token).await.unwrap()
    }

    /// A leg asks at an address that the carrier was given.
    pub(crate) async fn asks(&self, url: &str, id: &str, kind: Kind) -> Led {
        let hook = self.hook_at(url).await;
        self.board.leg_asks("twilio", "12320", &hook, incoming(id, None, kind)).await.unwrap()
    }

    pub(crate) async fn fetched(&self, url: &str, id: &str) -> Led {
        self.asks(url, id, Kind::Step(Event::Fetched)).await
    }

    pub(crate) async fn tells(&self, url: &str, id: &str, status: CallStatus) {
        let hook = self.hook_at(url).await;
        self.board.leg_tells("twilio", &hook, &incoming(id, None, told(status))).await.unwrap();
    }

    /// Where the caller was last sent.
    pub(crate) fn callers_way(&self) -> String {
        let sent = self.carrier.redirects();
        let (id, url) = sent.last().expect("the caller was not fetched");
        assert_eq!(id, CALLER);
        url.clone()
    }

    pub(crate) async fn transfers(&self) -> Vec<Transfer> {
        let call = self.call().await;
        self.store.read(move |tx| store::call_transfers::of_call(tx, &call)).await.unwrap()
    }

    pub(crate) async fn call(&self) -> CallId {
        let find = |tx: &mut store::Tx<'_>| store::calls::find(tx, "twilio", CALLER);
        self.store.read(find).await.unwrap().unwrap().id
    }

    pub(crate) async fn entry(&self) -> store::queue::Entry {
        let call = self.call().await;
        self.store.read(move |tx| crate::queue::latest_entry(tx, &call)).await.unwrap().unwrap()
    }

    /// The first agent asks the second, who answers on the leg `CA-out-1`; where the legs ask.
    async fn asked(&self, wang: &Desk<Agent>, li: &Desk<Agent>) -> (String, String) {
        wang.order_call(CallOrder::Consult, colleague(li)).await.unwrap();
        self.dial_ended().await.unwrap();
        self.fetched(&self.carrier.partings()[0].2, FIRST).await;
        let placed = self.carrier.calls().pop().unwrap();
        assert!(matches!(self.fetched(&placed.url, "CA-out-1").await, Led::Scene(Scene::Room { .. })));
        (placed.url, placed.status_url)
    }
}

fn knock(token: Option<String>, incoming: Incoming) -> Knock {
    Knock { provider: "twilio".to_owned(), line: "12320".to_owned(), token, incoming }
}

fn dials(reply: &Reply) -> bool {
    reply.verbs.iter().any(|verb| matches!(verb, Verb::Dial { .. }))
}

pub(crate) fn asks_keys(led: &Led) -> bool {
    let Led::Script(reply) = led else { return false };
    reply.verbs.iter().any(|verb| matches!(verb, Verb::Gather { .. }))
}

pub(crate) fn colleague(desk: &Desk<Agent>) -> Option<Whom> {
    Some(Whom::Colleague(desk.person().id.clone()))
}

pub(crate) fn number(text: &str) -> Option<Whom> {
    Some(Whom::Number(PhoneNumber::parse(text).unwrap()))
}

pub(crate) fn code(result: Result<()>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("not refused: {other:?}"),
    }
}

pub(crate) async fn state(desk: &Desk<Agent>) -> AgentState {
    desk.glance().await.unwrap().agent.state
}

pub(crate) async fn bar(desk: &Desk<Agent>) -> (Place, Other) {
    let bar = desk.call_bar().await.unwrap().unwrap();
    (bar.place, bar.other)
}

store::on_both_engines! {
    async fn a_caller_is_held_and_taken_back_and_the_agent_stays(store: Store) {
        let (stage, wang, _) = Stage::talking(store).await;
        assert_eq!(bar(&wang).await, (Place::Dial, Other::Nobody));
        assert_eq!(stage.dial_ended().await, None, "nobody has ordered anything");
        wang.order_call(CallOrder::Hold, None).await.unwrap();
        let (parent, leg, url) = stage.carrier.partings().remove(0);
        assert_eq!((parent.as_str(), leg.as_deref()), (CALLER, Some(FIRST)));
        // Both legs ask, in any order and twice.
        for _ in 0..2 {
            assert!(matches!(stage.dial_ended().await, Some(Scene::Hold { .. })));
            assert!(matches!(stage.fetched(&url, FIRST).await, Led::Scene(Scene::Room { .. })));
        }
        assert_eq!((bar(&wang).await, state(&wang).await), ((Place::Held, Other::Nobody), AgentState::Talking));
        assert_eq!(code(wang.order_call(CallOrder::Hold, None).await), "refused-control-not-now");
        wang.order_call(CallOrder::Resume, None).await.unwrap();
        let Led::Scene(Scene::Room { room }) = stage.fetched(&stage.callers_way(), CALLER).await else { panic!() };
        let Led::Scene(Scene::Room { room: agents }) = stage.fetched(&url, FIRST).await else { panic!() };
        assert_eq!(room, agents);
        // Held again, it is the caller alone who is led about.
        wang.order_call(CallOrder::Hold, None).await.unwrap();
        assert_eq!(stage.carrier.partings().len(), 1);
        assert!(matches!(
            stage.fetched(&stage.callers_way(), CALLER).await,
            Led::Scene(Scene::Hold { room: held, .. }) if held != room
        ));
        assert!(stage.carrier.calls().is_empty() && stage.carrier.ends().is_empty());
    }

    async fn who_hangs_up_leads_the_caller_on_and_is_in_wrap_up(store: Store) {
        let (stage, wang, _) = Stage::talking(store).await;
        wang.order_call(CallOrder::Hold, None).await.unwrap();
        stage.dial_ended().await;
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        assert_eq!(state(&wang).await, AgentState::WrapUp);
        let led = stage.fetched(&stage.callers_way(), CALLER).await;
        assert!(asks_keys(&led), "the script asks how it was: {led:?}");
        assert_eq!(stage.fetched(&stage.callers_way(), CALLER).await, led, "asked twice, answered once");
        stage.hook(CALLER, None, told(CallStatus::Completed)).await;
        assert_eq!(stage.entry().await.outcome, Some(store::queue::Outcome::Answered));
    }

    async fn with_the_caller_everybody_is_let_go(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        stage.asked(&wang, &li).await;
        stage.hook(CALLER, None, told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        stage.board.settle_rooms().await.unwrap();
        assert_eq!(stage.carrier.ends(), ["CA-out-1", FIRST]);
        assert_eq!((state(&wang).await, state(&li).await), (AgentState::WrapUp, AgentState::WrapUp));
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("caller-left"));
        assert_eq!(wang.call_bar().await.unwrap().map(|bar| bar.place), None);
    }

    async fn a_colleague_is_asked_brought_in_and_left_with_the_caller(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::Consult, colleague(&li)).await.unwrap();
        assert_eq!(state(&li).await, AgentState::Talking, "nobody else is offered there meanwhile");
        assert!(matches!(stage.dial_ended().await, Some(Scene::Hold { .. })));
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        let placed = stage.carrier.calls().remove(0);
        let row = stage.transfers().await.remove(0);
        assert_eq!((placed.to.as_str(), placed.wanted_id.as_str()), ("8002", row.id.as_str()));
        assert_eq!((bar(&wang).await, row.answered_at), ((Place::Held, Other::Rung), None));
        assert_eq!(code(wang.order_call(CallOrder::HandOver, None).await), "refused-control-not-now");
        assert_eq!(code(wang.order_call(CallOrder::Resume, None).await), "refused-control-not-now");
        // The hook of the answer may come before the document is asked for, and again afterwards.
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::InProgress).await;
        stage.fetched(&placed.url, "CA-out-1").await;
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::Ringing).await;
        assert_eq!(bar(&wang).await, (Place::Held, Other::Answered));
        let record = li.glance().await.unwrap().in_hand.expect("the colleague sees the record").intake;
        assert!(li.intake(&record).await.is_ok());
        assert_eq!(code(li.order_call(CallOrder::HandOver, None).await), "refused-control-not-yours");
        wang.order_call(CallOrder::Together, None).await.unwrap();
        assert!(matches!(stage.fetched(&stage.callers_way(), CALLER).await, Led::Scene(Scene::Room { .. })));
        let fetches = stage.carrier.redirects().len();
        wang.order_call(CallOrder::HandOver, None).await.unwrap();
        assert_eq!(stage.carrier.redirects().len(), fetches, "the caller is there already");
        assert_eq!(stage.carrier.ends(), [FIRST]);
        assert_eq!((state(&wang).await, state(&li).await), (AgentState::WrapUp, AgentState::Talking));
        assert_eq!(stage.entry().await.agent.as_ref(), Some(&li.person().id));
        assert_eq!(li.intake(&record).await.unwrap().draft.agent, li.person().id);
        assert_eq!(code(wang.order_call(CallOrder::Hold, None).await), "refused-control-no-call");
        // The end of the first leg changes nothing any more; the second agent holds the call.
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        li.order_call(CallOrder::Hold, None).await.unwrap();
        assert_eq!(bar(&li).await, (Place::Held, Other::Nobody));
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::Completed).await;
        assert_eq!(state(&li).await, AgentState::WrapUp);
        assert!(asks_keys(&stage.fetched(&stage.callers_way(), CALLER).await));
        let row = stage.transfers().await.remove(0);
        assert_eq!((row.outcome.as_deref(), row.kind.as_str()), (Some("completed"), "consult"));
        assert!(row.answered_at.is_some() && row.joined_at.is_some() && row.ended_at.is_some());
    }

    async fn handing_over_brings_the_caller_first_and_leaves_only_then(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        stage.asked(&wang, &li).await;
        stage.carrier.will_not_steer(CarrierError::Refused("no".into()));
        assert_eq!(code(wang.order_call(CallOrder::HandOver, None).await), "refused-control-provider");
        assert_eq!((bar(&wang).await, stage.carrier.ends()), ((Place::Held, Other::Answered), vec![]));
        wang.order_call(CallOrder::HandOver, None).await.unwrap();
        assert!(matches!(stage.fetched(&stage.callers_way(), CALLER).await, Led::Scene(Scene::Room { .. })));
        assert_eq!((state(&wang).await, stage.carrier.ends()), (AgentState::WrapUp, vec![FIRST.to_owned()]));
    }

    async fn who_hangs_up_while_asking_has_handed_over(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        stage.asked(&wang, &li).await;
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        assert_eq!((state(&wang).await, state(&li).await), (AgentState::WrapUp, AgentState::Talking));
        assert!(matches!(stage.fetched(&stage.callers_way(), CALLER).await, Led::Scene(Scene::Room { .. })));
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("completed"));
        li.order_call(CallOrder::Hold, None).await.unwrap();
    }

    async fn who_leaves_while_it_rings_leaves_the_caller_to_who_answers(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::Consult, colleague(&li)).await.unwrap();
        stage.dial_ended().await;
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        assert_eq!(state(&wang).await, AgentState::WrapUp);
        assert!(stage.carrier.redirects().is_empty(), "the caller waits for who is rung");
        let placed = stage.carrier.calls().remove(0);
        stage.fetched(&placed.url, "CA-out-1").await;
        assert!(matches!(stage.fetched(&stage.callers_way(), CALLER).await, Led::Scene(Scene::Room { .. })));
        assert_eq!(stage.entry().await.agent.as_ref(), Some(&li.person().id));
    }

    async fn whom_nobody_takes_after_the_agent_left_keeps_the_place_in_the_queue(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        let place = stage.entry().await.place_at;
        wang.order_call(CallOrder::Consult, colleague(&li)).await.unwrap();
        stage.dial_ended().await;
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        stage.hook(FIRST, Some(CALLER), told(CallStatus::Completed)).await;
        stage.board.settle_rooms().await.unwrap();
        stage.clock.advance(31);
        let placed = stage.carrier.calls().remove(0);
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::NoAnswer).await;
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::NoAnswer).await;
        let led = stage.fetched(&stage.callers_way(), CALLER).await;
        assert!(asks_keys(&led), "the caller hears the place: {led:?}");
        let entry = stage.entry().await;
        assert_eq!((entry.state, entry.place_at), (store::queue::EntryState::Waiting, place));
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("no-answer"));
        assert_eq!(state(&li).await, AgentState::WrapUp);
    }

    async fn who_does_not_answer_is_told_to_the_agent_who_takes_the_caller_back(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        wang.order_call(CallOrder::Consult, colleague(&li)).await.unwrap();
        stage.dial_ended().await;
        stage.fetched(&stage.carrier.partings()[0].2, FIRST).await;
        let placed = stage.carrier.calls().remove(0);
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::Busy).await;
        // A late hook of an earlier moment does not undo the end.
        stage.tells(&placed.status_url, "CA-out-1", CallStatus::Ringing).await;
        let shown = wang.call_bar().await.unwrap().unwrap();
        assert_eq!((shown.failed.as_deref(), shown.other), (Some("busy"), Other::Nobody));
        assert_eq!(state(&li).await, AgentState::WrapUp);
        wang.order_call(CallOrder::Resume, None).await.unwrap();
        wang.order_call(CallOrder::Consult, number("13900000002")).await.unwrap();
        assert_eq!(stage.carrier.calls().len(), 2);
    }

    async fn a_consultation_is_called_off(store: Store) {
        let (stage, wang, li) = Stage::talking(store).await;
        let (url, _) = stage.asked(&wang, &li).await;
        wang.order_call(CallOrder::CallOff, None).await.unwrap();
        assert!(matches!(stage.fetched(&stage.callers_way(), CALLER).await, Led::Scene(Scene::Room { .. })));
        assert_eq!(stage.carrier.ends(), ["CA-out-1"]);
        assert_eq!((bar(&wang).await, state(&li).await), ((Place::Room, Other::Nobody), AgentState::WrapUp));
        assert_eq!(stage.transfers().await[0].outcome.as_deref(), Some("cancelled"));
        assert_eq!(stage.fetched(&url, "CA-out-1").await, Led::Scene(Scene::Over), "nobody waits for it");
    }
}
