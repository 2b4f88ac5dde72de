//! Messages, told with a clock wound by hand on both engines: left at night, taken, heard, called back.

use std::sync::Arc;

use domain::{Language, MessageId, RequestType, Role, Secret, Timestamp};
use store::Store;

use crate::callbacks::{AttemptOutcome, TalkResult};
use crate::messages::Sound;
use crate::people::NewPerson;
use crate::rights::{Agent, Desk};
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Error, Result, Switchboard, Topic};

const ADDRESS: &str = "https://api.example/2010-04-01/Accounts/AC1/Recordings/RE1";

struct Stage {
    board: Switchboard,
    clock: Arc<HandClock>,
    carrier: Arc<NotedCarrier>,
    store: Store,
}

impl Stage {
    /// A Tuesday night.
    fn new(store: Store) -> Self {
        let (clock, carrier) =
            (HandClock::at("2026-03-03T22:30:00+08:00"), Arc::new(NotedCarrier::default()));
        let board = board(store.clone(), clock.clone(), carrier.clone());
        Self { board, clock, carrier, store }
    }

    async fn desk(&self, login: &str, role: Role) -> Desk<Agent> {
        let new = NewPerson {
            login: login.to_owned(),
            name: login.to_uppercase(),
            role,
            department: None,
            phone: None,
            language: Language::parse("en").unwrap(),
            password: Secret::new("long enough"),
        };
        let person = self.board.add_person(new, "test").await.unwrap();
        Desk::admit(&self.board, &person).unwrap()
    }

    /// A message of a call, as its turn keeps it; the notices of it.
    async fn left(&self, call: &'static str, caller: &'static str) -> Vec<Topic> {
        crate::testing::leave_message(&self.board, call, caller, ADDRESS).await
    }

    async fn only_message(&self, desk: &Desk<Agent>) -> MessageId {
        desk.messages().await.unwrap().waiting[0].message.id.clone()
    }

    async fn audited(&self) -> Vec<(String, String)> {
        let rows = self.store.read(|tx| store::audit::after(tx, 0, 100)).await.unwrap();
        let heard = rows.into_iter().filter(|row| row.action == "recording_heard");
        heard.map(|row| (row.actor, row.object)).collect()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("expected a refusal: {other:?}"),
    }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

store::on_both_engines! {
    async fn a_message_at_night_promises_a_call_on_the_next_working_day(store: Store) {
        let stage = Stage::new(store);
        assert_eq!(stage.left("a", "+8613800138000").await, [Topic::Messages, Topic::Callbacks]);
        assert_eq!(stage.left("a", "+8613800138000").await, [], "the same turn once more");
        let desk = stage.desk("agent", Role::Agent).await;
        let inbox = desk.messages().await.unwrap();
        let [file] = &inbox.waiting[..] else { panic!("{inbox:?}") };
        assert_eq!((file.message.seconds, file.call.line.as_str()), (42, "12320"));
        assert_eq!(file.notes, [("request_type".to_owned(), "complaint".to_owned())]);
        let promised = file.callback.clone().unwrap();
        assert_eq!(promised.purpose, "promised_advice");
        assert_eq!(promised.next_at, Some(moment("2026-03-04T09:00:00+08:00")));
        assert_eq!(promised.due_at.service_day(chrono_tz::Asia::Shanghai).to_string(), "2026-03-04");
        assert_eq!(promised.law.as_deref(), Some("cn-message"));
        assert_eq!(stage.board.messages_waiting().await.unwrap(), 1);
        // Two messages of one person, one call; a withheld number, none.
        stage.left("b", "+8613800138000").await;
        assert_eq!(stage.left("c", "anonymous").await, [Topic::Messages]);
        assert_eq!(desk.callbacks_open().await.unwrap().len(), 1);
        assert_eq!(stage.board.messages_waiting().await.unwrap(), 3);
    }

    async fn a_message_is_taken_once_and_written_down_like_a_call(store: Store) {
        let stage = Stage::new(store);
        stage.left("a", "+8613800138000").await;
        let (one, other) = (stage.desk("one", Role::Agent).await, stage.desk("other", Role::Agent).await);
        let id = stage.only_message(&one).await;
        stage.clock.set("2026-03-04T09:10:00+08:00");
        let intake = one.take_message(&id).await.unwrap();
        assert_eq!(one.take_message(&id).await.unwrap(), intake, "a second click");
        assert_eq!(code(other.take_message(&id).await), "refused-message-taken");
        let file = one.intake(&intake).await.unwrap();
        assert_eq!((file.contact.channel.as_str(), &file.contact.call), ("message", &None));
        assert_eq!(file.contact.started_at, moment("2026-03-03T22:30:00+08:00"));
        assert_eq!(file.intake.request_type, Some(RequestType::Complaint), "the menu has asked already");
        assert_eq!(file.message.unwrap().message.id, id);
        assert!(matches!(other.intake(&intake).await, Err(Error::NotFound)));
        // The call back came along; who calls has the message, and is not done before the record is.
        let callback = one.callbacks_open().await.unwrap().remove(0);
        assert_eq!(callback.claimed_by.unwrap().login, "one");
        assert_eq!(code(other.claim_callback(&callback.callback.id).await), "refused-callback-not-yours");
        one.log_attempt(&callback.callback.id, AttemptOutcome::Reached, "").await.unwrap();
        one.finish_callback(&callback.callback.id, TalkResult::default()).await.unwrap();
        assert_eq!(one.unfinished(None).await.unwrap().len(), 1);
        one.finish_without_case(&intake, "answered").await.unwrap();
        assert_eq!(one.unfinished(None).await.unwrap().len(), 0);
        assert_eq!(one.callbacks_open().await.unwrap().len(), 0);
        assert_eq!(one.messages().await.unwrap().taken.len(), 1);
    }

    async fn whoever_calls_back_already_has_the_message_too(store: Store) {
        let stage = Stage::new(store);
        stage.left("a", "+8613800138000").await;
        let (one, other) = (stage.desk("one", Role::Agent).await, stage.desk("other", Role::Agent).await);
        let id = stage.only_message(&one).await;
        let callback = one.callbacks_open().await.unwrap().remove(0).callback.id;
        one.claim_callback(&callback).await.unwrap();
        assert_eq!(code(other.take_message(&id).await), "refused-message-called");
        one.take_message(&id).await.unwrap();
        assert_eq!(one.callback(&callback).await.unwrap().messages.len(), 1);
    }

    async fn a_silent_message_is_not_called_back(store: Store) {
        let stage = Stage::new(store);
        stage.left("a", "+8613800138000").await;
        let desk = stage.desk("agent", Role::Agent).await;
        let id = stage.only_message(&desk).await;
        let intake = desk.take_message(&id).await.unwrap();
        desk.save_intake(&intake, 1, crate::intake::Intake::default()).await.unwrap();
        desk.finish_without_case(&intake, "silent").await.unwrap();
        assert!(desk.callbacks_open().await.unwrap().is_empty());
        assert_eq!(desk.messages().await.unwrap().taken[0].callback.clone().unwrap().state, "cancelled");
    }

    async fn every_listening_stands_in_the_audit_trail(store: Store) {
        let stage = Stage::new(store);
        stage.left("a", "+8613800138000").await;
        let (one, other) = (stage.desk("one", Role::Agent).await, stage.desk("other", Role::Agent).await);
        let boss = stage.desk("boss", Role::Supervisor).await;
        let id = stage.only_message(&one).await;
        assert_eq!(code(one.hear_message(&id).await), "refused-sound-not-there");
        let sound = Sound { media_type: "audio/wav".to_owned(), bytes: vec![1, 2, 3] };
        stage.carrier.has_sound(ADDRESS, sound.clone());
        assert_eq!(other.hear_message(&id).await.unwrap().sound, sound);
        one.take_message(&id).await.unwrap();
        assert!(matches!(other.hear_message(&id).await, Err(Error::NotFound)), "it is a colleague's now");
        assert_eq!(one.hear_message(&id).await.unwrap().sound, sound);
        assert_eq!(boss.hear_message(&id).await.unwrap().sound, sound);
        let listeners: Vec<String> = [&other, &one, &boss].map(|desk| desk.person().id.to_string()).into();
        let (actors, objects): (Vec<_>, Vec<_>) = stage.audited().await.into_iter().unzip();
        assert_eq!(actors, listeners);
        assert!(objects.iter().all(|object| *object == objects[0] && object.starts_with("recording:")));
    }
}
