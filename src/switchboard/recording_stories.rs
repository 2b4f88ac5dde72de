//! Recordings, told with a clock wound by hand on both engines: they come late, twice or never; they are heard by
//! whom it is allowed to, and erased when it is time.

use std::sync::Arc;

use dialect::incoming::Kind;
use dialect::{Direction, Incoming, RecordingReport, RecordingStatus, Upload};
use domain::{CallId, Caller, RecordingId, Role};
use store::Store;
use store::people::Person;

use crate::people::NewPerson;
use crate::ports::Sound;
use crate::recordings::{self, Recording};
use crate::rights::{Agent, CaseWorker, Desk, Right, Supervisor};
use crate::testing::{HandClock, MemoryShelf, NotedCarrier, board};
use crate::{Error, Knock, Result, Switchboard};

const ADDRESS: &str = "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1";

/// A house at night.
pub(crate) struct Stage {
    pub(crate) board: Switchboard,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) carrier: Arc<NotedCarrier>,
    pub(crate) shelf: Arc<MemoryShelf>,
    pub(crate) store: Store,
}

impl Stage {
    pub(crate) fn new(store: Store) -> Self {
        let (clock, carrier) =
            (HandClock::at("2026-03-03T22:30:00+08:00"), Arc::new(NotedCarrier::default()));
        let shelf = Arc::new(MemoryShelf::default());
        let board = board(store.clone(), clock.clone(), carrier.clone()).with_shelf(shelf.clone());
        Self { board, clock, carrier, shelf, store }
    }

    pub(crate) async fn person(&self, login: &str, role: Role) -> Person {
        let department = (role == Role::Handler).then(|| "medical-administration".to_owned());
        let new = NewPerson {
            login: login.to_owned(),
            name: login.to_uppercase(),
            role,
            department,
            phone: None,
            language: domain::Language::parse("en").unwrap(),
            password: domain::Secret::new("long enough"),
        };
        self.board.add_person(new, "test").await.unwrap()
    }

    pub(crate) async fn desk<R: Right>(&self, login: &str, role: Role) -> Desk<R> {
        let person = self.person(login, role).await;
        Desk::admit(&self.board, &person).unwrap()
    }

    /// A message of the call `a`; its recording.
    async fn left(&self) -> RecordingId {
        crate::testing::leave_message(&self.board, "a", "+8613800138000", ADDRESS).await;
        self.of_call("a").await.remove(0).id
    }

    pub(crate) async fn of_call(&self, call: &'static str) -> Vec<Recording> {
        self.store.read(move |tx| store::recordings::of_call(tx, &CallId::new(call))).await.unwrap()
    }

    async fn row(&self, id: &RecordingId) -> Recording {
        let id = id.clone();
        self.store.read(move |tx| store::recordings::get(tx, &id)).await.unwrap()
    }

    /// The provider tells of the recording RE1 of the call `a`.
    async fn told(&self, status: RecordingStatus) {
        self.told_of("a", "RE1", Some(ADDRESS), status).await;
    }

    pub(crate) async fn told_of(
        &self,
        call: &'static str,
        id: &'static str,
        url: Option<&'static str>,
        status: RecordingStatus,
    ) {
        let (house, now) = (self.board.house.clone(), self.board.now());
        let report = RecordingReport {
            recording_id: id.to_owned(),
            url: url.map(str::to_owned),
            seconds: Some(42),
            status,
        };
        self.store
            .write(move |tx| recordings::told(tx, &house, (&CallId::new(call), "twilio"), &report, now))
            .await
            .unwrap();
    }

    /// Tends sounds for so many seconds, second by second where something falls due.
    async fn tend(&self, seconds: i64) {
        for _ in 0..seconds {
            self.clock.advance(1);
            self.board.tend_sounds().await.unwrap();
        }
    }

    pub(crate) async fn audited(&self, action: &'static str) -> Vec<(String, String, Option<String>)> {
        let rows = self.store.read(|tx| store::audit::after(tx, 0, 200)).await.unwrap();
        let of = rows.into_iter().filter(|row| row.action == action);
        of.map(|row| (row.actor, row.object, row.reason)).collect()
    }
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("expected a refusal: {other:?}"),
    }
}

pub(crate) fn sound(bytes: &[u8]) -> Sound {
    Sound { media_type: "audio/wav".to_owned(), bytes: bytes.to_vec() }
}

/// The hook of a call that a sound came with.
fn posted(call: &str) -> Knock {
    let incoming = Incoming {
        provider_call_id: call.to_owned(),
        parent_call_id: None,
        from: Caller::Withheld,
        to: "12320".to_owned(),
        direction: Direction::Inbound,
        status: None,
        answered_by: None,
        kind: Kind::Start,
        upload: None,
    };
    Knock { provider: "twilio".to_owned(), line: "12320".to_owned(), token: None, incoming }
}

store::on_both_engines! {
    async fn a_sound_is_fetched_once_the_provider_has_it(store: Store) {
        let stage = Stage::new(store);
        let id = stage.left().await;
        assert_eq!(stage.row(&id).await.state, "promised");
        stage.tend(6).await;
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.tries), ("fetching", 1), "the provider does not have it yet");
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        stage.told(RecordingStatus::Completed).await;
        stage.tend(1).await;
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.seconds, row.bytes), ("kept", Some(42), Some(4)));
        assert_eq!(stage.shelf.places(), [format!("2026/03/{id}.wav")]);
        assert_eq!(stage.carrier.sounds(), [ADDRESS], "the provider's copy stays, as configured");
        // The provider repeats itself.
        stage.told(RecordingStatus::Completed).await;
        stage.told(RecordingStatus::InProgress).await;
        stage.tend(1).await;
        assert_eq!(stage.row(&id).await, row);
        assert_eq!(stage.of_call("a").await.len(), 1);
    }

    async fn a_hook_before_its_message_is_the_same_recording(store: Store) {
        let stage = Stage::new(store);
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        stage.store.write(|tx| {
            let call = store::calls::NewCall {
                id: CallId::new("a"),
                provider: "twilio".to_owned(),
                provider_call_id: "a".to_owned(),
                line: "12320".to_owned(),
                direction: "inbound",
                caller: domain::Caller::Withheld,
                dialled: "12320".to_owned(),
                script_version: None,
                at: domain::Timestamp(0),
                service_day: "2026-03-03".to_owned(),
            };
            store::calls::find_or_open(tx, &call).map(drop)
        }).await.unwrap();
        stage.told_of("a", "RE1", None, RecordingStatus::InProgress).await;
        stage.told(RecordingStatus::Completed).await;
        stage.tend(1).await;
        let id = stage.left().await;
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.provider_id.as_deref()), ("kept", Some("RE1")));
        assert_eq!(stage.of_call("a").await.len(), 1);
    }

    async fn a_sound_that_never_comes_is_given_up_visibly(store: Store) {
        let stage = Stage::new(store);
        let id = stage.left().await;
        let waits: Vec<i64> = (0..).map_while(|tries| stage.board.house.recording_rules.wait_after(tries)).collect();
        for (tries, wait) in (1_u32..).zip(&waits) {
            stage.clock.advance(wait - 1);
            stage.board.tend_sounds().await.unwrap();
            assert_eq!(stage.row(&id).await.tries, tries - 1, "not before its time");
            stage.clock.advance(1);
            stage.board.tend_sounds().await.unwrap();
            assert_eq!(stage.row(&id).await.tries, tries);
        }
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.fault.as_deref(), row.next_try_at), ("failed", Some("not-there"), None));
        let agent: Desk<Agent> = stage.desk("agent", Role::Agent).await;
        assert_eq!(agent.messages().await.unwrap().troubled, 1);
        assert_eq!(stage.board.wallboard().await.unwrap().sounds_troubled, 1);
        // It comes after all: the provider says so, or somebody asks again.
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        stage.told(RecordingStatus::Completed).await;
        stage.tend(1).await;
        assert_eq!(stage.row(&id).await.state, "kept");
        assert_eq!(agent.messages().await.unwrap().troubled, 0);
    }

    async fn what_the_provider_never_had_is_absent(store: Store) {
        let stage = Stage::new(store);
        let id = stage.left().await;
        stage.told(RecordingStatus::Absent).await;
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.fault, row.next_try_at), ("absent", None, None));
        let desk: Desk<CaseWorker> = stage.desk("boss", Role::Supervisor).await;
        assert_eq!(code(desk.hear_recording(&id).await), "refused-sound-absent");
        assert!(stage.audited("recording_heard").await.is_empty());
    }

    async fn a_changed_or_lost_file_is_not_played(store: Store) {
        let stage = Stage::new(store);
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        let id = stage.left().await;
        let desk: Desk<CaseWorker> = stage.desk("boss", Role::Supervisor).await;
        assert_eq!(desk.hear_recording(&id).await.unwrap().sound, sound(b"RIFF"));
        stage.shelf.spoil();
        assert_eq!(code(desk.hear_recording(&id).await), "refused-sound-damaged");
        assert_eq!(code(desk.hear_recording(&id).await), "refused-sound-damaged");
        assert_eq!(stage.board.wallboard().await.unwrap().sounds_troubled, 1);
        stage.shelf.lose();
        assert_eq!(code(desk.hear_recording(&id).await), "refused-sound-damaged");
        let faults: Vec<_> = stage.audited("recording_spoiled").await.into_iter().map(|row| row.2).collect();
        assert_eq!(faults, [Some("damaged".to_owned()), Some("lost".to_owned())]);
    }

    async fn a_listening_is_one_row_however_many_pieces(store: Store) {
        let stage = Stage::new(store);
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        let id = stage.left().await;
        let desk: Desk<CaseWorker> = stage.desk("boss", Role::Supervisor).await;
        assert!(matches!(desk.heard_seconds(&id, 3).await, Err(Error::NotFound)), "nothing was heard yet");
        for _ in 0..3 {
            desk.hear_recording(&id).await.unwrap();
            stage.clock.advance(60);
        }
        desk.heard_seconds(&id, 31).await.unwrap();
        desk.heard_seconds(&id, 31).await.unwrap();
        stage.clock.advance(3600);
        desk.hear_recording(&id).await.unwrap();
        let object = format!("recording:{id}");
        let actor = desk.person().id.to_string();
        let row = |reason: Option<&str>| (actor.clone(), object.clone(), reason.map(str::to_owned));
        assert_eq!(stage.audited("recording_heard").await, [row(None), row(None)]);
        assert_eq!(stage.audited("recording_heard_for").await, [row(Some("31 s"))]);
    }

    async fn the_providers_copy_goes_where_the_house_wants_it(store: Store) {
        let mut stage = Stage::new(store);
        let mut house = crate::testing::house();
        house.sound_keeping.delete_at_provider = true;
        stage.board.house = Arc::new(house);
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        let id = stage.left().await;
        stage.tend(6).await;
        assert_eq!(stage.row(&id).await.state, "kept");
        assert!(stage.carrier.sounds().is_empty());
        assert_eq!(stage.row(&id).await.drop_at, None);
    }

    async fn what_has_been_kept_long_enough_is_erased_unless_held(store: Store) {
        let stage = Stage::new(store);
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        let id = stage.left().await;
        stage.tend(6).await;
        let boss: Desk<Supervisor> = stage.desk("boss", Role::Supervisor).await;
        let ears: Desk<CaseWorker> = Desk::admit(&stage.board, boss.person()).unwrap();
        assert_eq!(code(boss.hold_recording(&id, " ").await), "refused-hold-reason");
        boss.hold_recording(&id, "court").await.unwrap();
        let day = 24 * 60 * 60;
        stage.clock.advance(400 * day);
        stage.board.forget_old(180).await.unwrap();
        assert!(ears.hear_recording(&id).await.is_ok(), "held");
        boss.release_recording(&id).await.unwrap();
        stage.board.forget_old(180).await.unwrap();
        assert!(ears.hear_recording(&id).await.is_ok(), "the days begin anew");
        stage.clock.advance(366 * day);
        stage.board.forget_old(180).await.unwrap();
        assert_eq!(code(ears.hear_recording(&id).await), "refused-sound-erased");
        assert!(stage.shelf.places().is_empty());
        stage.board.tend_sounds().await.unwrap();
        assert!(stage.carrier.sounds().is_empty(), "the provider's copy, too");
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.place, row.drop_at), ("erased", None, None));
        assert!(row.erased_at.is_some() && row.sha256.is_some(), "what is left says that it was there");
        // A hook that comes after years brings nothing back but the order to delete.
        stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
        stage.told(RecordingStatus::Completed).await;
        stage.tend(2).await;
        assert_eq!(stage.row(&id).await.state, "erased");
        assert!(stage.shelf.places().is_empty() && stage.carrier.sounds().is_empty());
        let actions = ["recording_held", "recording_released", "recording_erased"];
        for action in actions {
            assert_eq!(stage.audited(action).await.len(), 1, "{action}");
        }
    }

    async fn an_uploaded_sound_is_kept_at_once(store: Store) {
        let stage = Stage::new(store);
        stage.left().await;
        let upload = |media_type: &str, bytes: &[u8]| Upload {
            name: "attached_file".to_owned(),
            media_type: media_type.to_owned(),
            bytes: bytes.to_vec(),
        };
        let text = upload("text/html", b"<p>");
        assert_eq!(code(stage.board.keep_upload(&posted("a"), &text).await), "refused-upload-no-sound");
        let wav = upload("audio/x-wav", b"RIFFnot quite");
        let unknown = stage.board.keep_upload(&posted("nobody's call"), &wav).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        assert!(stage.shelf.places().is_empty());
        let address = stage.board.keep_upload(&posted("a"), &wav).await.unwrap();
        assert_eq!(stage.board.keep_upload(&posted("a"), &wav).await.unwrap(), address, "posted again");
        assert_eq!(stage.shelf.places().len(), 1);
        // The turn tells of it under that address; nothing is fetched.
        let (told, house) = (address.clone(), stage.board.house.clone());
        let id = stage.store.write(move |tx| {
            let left = callflow::Recording { url: told.clone(), seconds: 9, hung_up: false, ended_by: None };
            recordings::left(tx, &house, (&CallId::new("a"), "twilio"), &left, domain::Timestamp(0))
        }).await.unwrap();
        let row = stage.row(&id).await;
        assert_eq!((row.state.as_str(), row.seconds, row.next_try_at), ("kept", Some(9), None));
        assert_eq!(row.media_type.as_deref(), Some("audio/wav"));
        assert_eq!(stage.of_call("a").await.len(), 2);
        // Another call cannot claim it.
        let house = stage.board.house.clone();
        let stolen = stage.store.write(move |tx| {
            let left = callflow::Recording { url: address.clone(), seconds: 9, hung_up: false, ended_by: None };
            recordings::left(tx, &house, (&CallId::new("b"), "twilio"), &left, domain::Timestamp(0))
        }).await.unwrap();
        assert_ne!(stolen, id);
        assert_ne!(stage.row(&stolen).await.state, "kept");
    }

    async fn a_department_hears_only_where_it_may_know_who_speaks(store: Store) {
        for (caller, confidential, report, may) in [
            ("+8613800138000", false, false, true),
            ("+8613800138001", true, false, false),
            ("+8613800138002", false, true, false),
        ] {
            let stage = Stage::new(store.clone());
            let suffix = format!("{confidential}{report}");
            stage.carrier.has_sound(ADDRESS, sound(b"RIFF"));
            let (call, agent, handler) = (
                Box::leak(format!("call-{suffix}").into_boxed_str()),
                stage.desk::<Agent>(&format!("agent-{suffix}"), Role::Agent).await,
                stage.desk::<CaseWorker>(&format!("handler-{suffix}"), Role::Handler).await,
            );
            crate::testing::leave_message(&stage.board, call, caller, ADDRESS).await;
            let message = agent.messages().await.unwrap().waiting.remove(0).message;
            let intake = agent.take_message(&message.id).await.unwrap();
            let mut form = crate::testing::complaint();
            form.wishes.confidential = Some(confidential);
            form.read_back = true;
            if report {
                form.request_type = Some(domain::RequestType::Report);
            }
            agent.save_intake(&intake, 1, form).await.unwrap();
            let opened = agent.finish_as_case(&intake, Some("medical-administration"), Some("as told")).await.unwrap();
            let id = message.recording.unwrap();
            let heard = handler.hear_recording(&id).await;
            assert_eq!(heard.is_ok(), may, "confidential {confidential}, report {report}: {heard:?}");
            assert_eq!(handler.case_file(&opened.id).await.unwrap().recordings.len(), usize::from(may));
        }
    }
}
