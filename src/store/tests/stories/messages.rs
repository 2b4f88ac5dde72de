//! Messages on recordings: kept once per turn, taken by one person.

use domain::{CallId, CallbackId, ContactId, MessageId, PersonId, Timestamp};
use store::messages::{self, Message};
use store::notes::TurnNumber;
use store::{Error, Store};

fn message(id: &str, call: &str, at: i64) -> Message {
    Message {
        id: MessageId::new(id),
        call: CallId::new(call),
        purpose: "message".to_owned(),
        url: "https://sound.example/1".to_owned(),
        seconds: 7,
        at: Timestamp(at),
        callback: None,
        taken_by: None,
        taken_at: None,
        contact: None,
        recording: None,
    }
}

store::on_both_engines! {
    async fn a_message_is_kept_once_and_taken_by_one_person(store: Store) {
        store
            .write(|tx| {
                let turn = TurnNumber { branch: 0, step: 4 };
                let (first, second) = (message("a", "one", 5), message("b", "two", 3));
                assert!(messages::keep(tx, turn, &first)?);
                assert!(!messages::keep(tx, turn, &message("again", "one", 9))?, "the same turn, once more");
                assert!(messages::keep(tx, turn, &second)?);
                assert_eq!(messages::waiting(tx, 9)?, [second.clone(), first.clone()]);
                assert_eq!(messages::waiting(tx, 1)?, [second]);
                let (callback, contact) = (CallbackId::new("call"), ContactId::new("contact"));
                messages::promise(tx, &first.id, &callback)?;
                assert_eq!(messages::of_callback(tx, &callback)?.len(), 1);
                let (one, other) = (PersonId::new("one"), PersonId::new("other"));
                messages::take(tx, &first.id, &one, &contact, Timestamp(8))?;
                let again = messages::take(tx, &first.id, &other, &contact, Timestamp(9));
                assert!(matches!(again, Err(Error::Conflict(_))));
                let taken = messages::by_contact(tx, &contact)?.unwrap();
                assert_eq!((taken.taken_by, taken.taken_at), (Some(one), Some(Timestamp(8))));
                assert_eq!(messages::taken(tx, 9)?.len(), 1);
                assert_eq!(messages::count_waiting(tx)?, 1);
                assert!(matches!(messages::get(tx, &MessageId::new("none")), Err(Error::NotFound)));
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }
}
