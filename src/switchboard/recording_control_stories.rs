//! Recording a conversation from the desk, told on both engines: no order leaves without the caller's word, and the
//! caller's word ends it.

use dialect::{RecordOrder, RecordingStatus};
use domain::{CallId, Role};
use store::Store;

use crate::intake_tests::in_conversation;
use crate::ports::CarrierError;
use crate::recording_stories::{Stage, code, sound};
use crate::recordings::control::Standing;
use crate::recordings::policy::WhyNot;
use crate::rights::{Agent, CaseWorker, Desk, Supervisor};
use crate::{Error, Result};

const ADDRESS: &str = "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE-1";

/// The stage with the call `a` on a line of that profile, and the agent who talks with the caller.
async fn talking(store: Store, profile: &str) -> (Stage, Desk<Agent>) {
    let mut stage = Stage::new(store);
    let mut house = crate::testing::house();
    house.lines.get_mut("12320").unwrap().profile = profile.to_owned();
    stage.board.house = std::sync::Arc::new(house);
    stage
        .store
        .write(|tx| {
            let call = store::calls::NewCall {
                id: CallId::new("a"),
                provider: "twilio".to_owned(),
                provider_call_id: "CA1".to_owned(),
                line: "12320".to_owned(),
                direction: "inbound",
                caller: domain::Caller::parse("+8613800138000"),
                dialled: "12320".to_owned(),
                script_version: None,
                at: domain::Timestamp(0),
                service_day: "2026-03-03".to_owned(),
            };
            store::calls::find_or_open(tx, &call).map(drop)
        })
        .await
        .unwrap();
    let desk = in_conversation(&stage.board).await;
    (stage, desk)
}

async fn standing(desk: &Desk<Agent>) -> Standing {
    desk.recording_desk().await.unwrap().unwrap().standing
}

/// Why the first purpose is not recorded.
async fn why_not(desk: &Desk<Agent>) -> WhyNot {
    match standing(desk).await {
        Standing::Not(purposes) => purposes[0].1.unwrap_err(),
        other => panic!("{other:?}"),
    }
}

fn stop(id: &str) -> RecordOrder {
    RecordOrder::Stop { recording_id: id.to_owned() }
}

store::on_both_engines! {
    async fn in_denmark_no_order_leaves_before_the_caller_agrees(store: Store) {
        let (stage, desk) = talking(store, "dk").await;
        assert_eq!(why_not(&desk).await, WhyNot::NotAsked);
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-not-asked");
        desk.note_consent("documentation", "refused").await.unwrap();
        assert_eq!(why_not(&desk).await, WhyNot::Refused);
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-refused");
        desk.note_consent("training", "given").await.unwrap();
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-refused");
        assert_eq!(code(desk.start_recording("sale").await), "refused-recording-no-rule");
        assert!(stage.carrier.orders().is_empty() && stage.of_call("a").await.is_empty());
        desk.note_consent("documentation", "given").await.unwrap();
        desk.start_recording("documentation").await.unwrap();
        let [RecordOrder::Start { told: Some(told) }] = &stage.carrier.orders()[..] else { panic!() };
        assert_eq!(told, "http://127.0.0.1:12320/voice/twilio/12320/recording");
        let said = desk.recording_desk().await.unwrap().unwrap().said;
        let last = said.last().unwrap();
        assert_eq!((last.text_version.as_str(), last.how.as_str()), ("dk-1", "voice"));
        assert_eq!(last.recorded_by.as_ref(), Some(&desk.person().id));
        assert_eq!(stage.of_call("a").await[0].consent.as_ref(), Some(&last.id));
    }

    async fn it_is_paused_for_a_reason_and_goes_on(store: Store) {
        let (stage, desk) = talking(store, "cn-gov").await;
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-not-told");
        desk.note_consent("documentation", "told").await.unwrap();
        assert_eq!(code(desk.pause_recording("identity").await), "refused-recording-not-running");
        desk.start_recording("documentation").await.unwrap();
        assert_eq!(standing(&desk).await, Standing::Recording("documentation".to_owned()));
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-running");
        assert_eq!(code(desk.pause_recording("because").await), "refused-pause-reason");
        desk.pause_recording("identity").await.unwrap();
        assert_eq!(standing(&desk).await, Standing::Paused("documentation".to_owned()));
        desk.resume_recording().await.unwrap();
        desk.stop_recording().await.unwrap();
        assert!(matches!(standing(&desk).await, Standing::Not(_)));
        let id = || "RE-1".to_owned();
        assert_eq!(
            stage.carrier.orders()[1..],
            [RecordOrder::Pause { recording_id: id() }, RecordOrder::Resume { recording_id: id() }, stop("RE-1")]
        );
        assert_eq!(stage.audited("recording_paused").await[0].2.as_deref(), Some("identity"));
        for action in ["recording_started", "recording_resumed", "recording_stopped"] {
            assert_eq!(stage.audited(action).await.len(), 1, "{action}");
        }
        // What was recorded comes like any other sound, and belongs to the record.
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        stage.told_of("a", "RE-1", Some(ADDRESS), RecordingStatus::Completed).await;
        stage.board.tend_sounds().await.unwrap();
        let row = stage.of_call("a").await.remove(0);
        assert_eq!((row.state.as_str(), row.purpose.as_str()), ("kept", "documentation"));
        let own: Desk<CaseWorker> = Desk::admit(&stage.board, desk.person()).unwrap();
        assert!(own.hear_recording(&row.id).await.is_ok());
        let other: Desk<CaseWorker> = stage.desk("other", Role::Agent).await;
        assert!(matches!(other.hear_recording(&row.id).await, Err(Error::NotFound)));
    }

    async fn taking_the_word_back_stops_and_erases_unless_held(store: Store) {
        for held in [false, true] {
            let fresh = store::testing::Fresh::sqlite();
            let (stage, desk) = talking(if held { fresh.open() } else { store.clone() }, "dk").await;
            desk.note_consent("documentation", "given").await.unwrap();
            desk.start_recording("documentation").await.unwrap();
            let id = stage.of_call("a").await[0].id.clone();
            if held {
                let boss: Desk<Supervisor> = stage.desk("boss", Role::Supervisor).await;
                boss.hold_recording(&id, "police").await.unwrap();
            }
            desk.note_consent("documentation", "withdrawn").await.unwrap();
            assert_eq!(stage.carrier.orders().last(), Some(&stop("RE-1")));
            assert_eq!(why_not(&desk).await, WhyNot::Withdrawn);
            // The provider finishes what it had; only a held one is taken in.
            stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
            stage.told_of("a", "RE-1", Some(ADDRESS), RecordingStatus::Completed).await;
            stage.board.tend_sounds().await.unwrap();
            let row = stage.of_call("a").await.remove(0);
            assert_eq!(row.state, if held { "kept" } else { "erased" });
            assert_eq!(stage.shelf.places().len(), usize::from(held));
            assert_eq!(stage.carrier.sounds().len(), usize::from(held), "the provider's copy goes, too");
            assert_eq!(stage.audited("recording_erased").await.len(), usize::from(!held));
        }
    }

    async fn a_provider_that_refuses_or_is_silent_is_said_so(store: Store) {
        let (stage, desk) = talking(store, "cn-gov").await;
        desk.note_consent("documentation", "told").await.unwrap();
        stage.carrier.will_record(Err(CarrierError::Refused("no".to_owned())));
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-provider");
        assert!(matches!(standing(&desk).await, Standing::Not(_)));
        assert_eq!(stage.of_call("a").await[0].state, "absent");
        // Perhaps it runs: the desk says so until the provider tells.
        stage.carrier.will_record(Err(CarrierError::Unclear("time".to_owned())));
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-unclear");
        assert_eq!(standing(&desk).await, Standing::Recording("documentation".to_owned()));
        stage.told_of("a", "RE-7", None, RecordingStatus::InProgress).await;
        let rows = stage.of_call("a").await;
        assert_eq!((rows.len(), rows[1].provider_id.as_deref()), (2, Some("RE-7")));
        stage.carrier.will_record(Err(CarrierError::Refused("no".to_owned())));
        assert_eq!(code(desk.pause_recording("wish").await), "refused-recording-provider");
        assert_eq!(standing(&desk).await, Standing::Recording("documentation".to_owned()), "it still runs");
    }

    async fn an_emergency_is_not_recorded_and_nobody_records_without_a_call(store: Store) {
        let (stage, desk) = talking(store, "cn-gov").await;
        desk.note_consent("documentation", "told").await.unwrap();
        let now = stage.board.now();
        stage.store.write(move |tx| store::calls::mark_emergency(tx, &CallId::new("a"), now)).await.unwrap();
        assert_eq!(why_not(&desk).await, WhyNot::Emergency);
        assert_eq!(code(desk.start_recording("documentation").await), "refused-recording-emergency");
        let idle: Desk<Agent> = stage.desk("idle", Role::Agent).await;
        assert!(idle.recording_desk().await.unwrap().is_none());
        assert_eq!(code(idle.start_recording("documentation").await), "refused-recording-no-call");
        assert_eq!(code(idle.note_consent("documentation", "given").await), "refused-recording-no-call");
    }

    async fn a_recording_ends_with_its_conversation_though_the_call_goes_on(store: Store) {
        let (stage, desk) = talking(store, "cn-gov").await;
        desk.note_consent("documentation", "told").await.unwrap();
        desk.start_recording("documentation").await.unwrap();
        stage.board.stop_running_on().await.unwrap();
        assert_eq!(stage.carrier.orders().len(), 1, "while they talk nothing is stopped");
        // The agent hangs up; the caller hears the survey.
        let (house, now) = (stage.board.house.clone(), stage.board.now());
        let (call, outcome) = (CallId::new("a"), callflow::DialOutcome::Completed);
        let ended = stage.store.write(move |tx| crate::queue::dial_ended(tx, &house, (&call, 0), outcome, now));
        ended.await.unwrap();
        stage.carrier.will_record(Err(CarrierError::Unclear("time".to_owned())));
        stage.board.stop_running_on().await.unwrap();
        assert_eq!(stage.carrier.orders()[1..], [stop("RE-1")]);
        assert_eq!(stage.of_call("a").await[0].control.as_deref(), Some("recording"), "perhaps it still runs");
        for _ in 0..2 {
            stage.clock.advance(1);
            stage.board.stop_running_on().await.unwrap();
        }
        assert_eq!(stage.carrier.orders()[1..], [stop("RE-1"), stop("RE-1")], "stopped, it is left alone");
        assert_eq!(stage.of_call("a").await[0].control.as_deref(), Some("stopped"));
        let audited = stage.audited("recording_stopped").await;
        assert_eq!((audited[0].0.as_str(), audited[0].2.as_deref()), ("house", Some("conversation_over")));
    }

    async fn a_provider_that_does_not_stop_is_asked_less_and_less_often(store: Store) {
        let (stage, desk) = talking(store, "cn-gov").await;
        desk.note_consent("documentation", "told").await.unwrap();
        desk.start_recording("documentation").await.unwrap();
        let (house, now) = (stage.board.house.clone(), stage.board.now());
        let (call, outcome) = (CallId::new("a"), callflow::DialOutcome::Completed);
        let ended = stage.store.write(move |tx| crate::queue::dial_ended(tx, &house, (&call, 0), outcome, now));
        ended.await.unwrap();
        for _ in 0..31 {
            stage.carrier.will_record(Err(CarrierError::Refused("no".to_owned())));
            stage.board.stop_running_on().await.unwrap();
            stage.clock.advance(1);
        }
        // In the seconds 0, 1, 2, 10, 20 and 30.
        assert_eq!(stage.carrier.orders()[1..], [(); 6].map(|()| stop("RE-1")));
        // With the call its recording is over.
        let now = stage.board.now();
        let over = stage.store.write(move |tx| store::calls::lose(tx, &CallId::new("a"), now));
        over.await.unwrap();
        stage.clock.advance(9);
        stage.board.stop_running_on().await.unwrap();
        assert_eq!(stage.carrier.orders().len(), 7);
    }

    async fn a_key_in_the_menu_is_the_callers_word(store: Store) {
        for (note, documentation, training) in [
            ("documentation", None, Some(WhyNot::Refused)),
            ("documentation+training", None, None),
            ("none", Some(WhyNot::Refused), Some(WhyNot::Refused)),
            ("told", Some(WhyNot::NotAsked), Some(WhyNot::NotAsked)),
        ] {
            let fresh = store::testing::Fresh::sqlite();
            let engine = if note == "none" { store.clone() } else { fresh.open() };
            let (stage, desk) = talking(engine, "dk").await;
            let (house, now) = (stage.board.house.clone(), stage.board.now());
            stage
                .store
                .write(move |tx| -> Result<()> {
                    crate::recordings::consent::by_key(tx, &house, (&CallId::new("a"), "12320"), note, now)
                })
                .await
                .unwrap();
            let found = standing(&desk).await;
            let expected = [("documentation", documentation), ("training", training)]
                .map(|(purpose, why)| (purpose.to_owned(), why.map_or(Ok(()), Err)));
            assert_eq!(found, Standing::Not(expected.to_vec()), "{note}");
            assert!(desk.recording_desk().await.unwrap().unwrap().said.iter().all(|said| said.how == "key"));
        }
    }
}
