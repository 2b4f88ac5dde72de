//! Recordings, consents and listenings: what is due, what is over, and whose word counts.

use domain::{CallId, ConsentId, ContactId, ListeningId, PersonId, RecordingId, Timestamp};
use store::consents::{self, Consent};
use store::listenings::{self, Listening};
use store::recordings::{self, Recording};
use store::{Error, Result, Store};

fn recording(id: &str, call: &str) -> Recording {
    Recording {
        id: RecordingId::new(id),
        call: CallId::new(call),
        contact: None,
        provider: "twilio".to_owned(),
        provider_id: None,
        url: None,
        purpose: "message".to_owned(),
        state: "promised".to_owned(),
        control: None,
        consent: None,
        seconds: None,
        media_type: None,
        bytes: None,
        sha256: None,
        place: None,
        fault: None,
        tries: 0,
        next_try_at: None,
        drop_at: None,
        drop_tries: 0,
        created_at: Timestamp(1),
        counted_from: Timestamp(1),
        kept_at: None,
        erased_at: None,
        held_at: None,
        held_why: None,
    }
}

fn full(id: &str, call: &str) -> Recording {
    Recording {
        contact: Some(ContactId::new("contact")),
        provider_id: Some("RE1".to_owned()),
        url: Some("https://sound.example/RE1".to_owned()),
        control: Some("stopped".to_owned()),
        consent: Some(ConsentId::new("consent")),
        seconds: Some(7),
        media_type: Some("audio/wav".to_owned()),
        bytes: Some(5_000_000_000),
        sha256: Some("00ff".to_owned()),
        place: Some("2026/03/full.wav".to_owned()),
        fault: Some("damaged".to_owned()),
        tries: 3,
        next_try_at: Some(Timestamp(10)),
        drop_at: Some(Timestamp(20)),
        drop_tries: 2,
        kept_at: Some(Timestamp(5)),
        erased_at: Some(Timestamp(6)),
        held_at: Some(Timestamp(7)),
        held_why: Some("court".to_owned()),
        ..recording(id, call)
    }
}

store::on_both_engines! {
    async fn a_recording_is_stored_whole_and_found_again(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let (bare, full) = (recording("a", "one"), full("b", "one"));
                recordings::insert(tx, &bare)?;
                recordings::insert(tx, &full)?;
                assert_eq!(recordings::get(tx, &bare.id)?, bare);
                assert_eq!(recordings::get(tx, &full.id)?, full);
                let now_full = Recording { place: None, provider_id: None, ..full.clone() };
                recordings::update(tx, &Recording { id: bare.id.clone(), ..now_full.clone() })?;
                assert_eq!(recordings::get(tx, &bare.id)?, Recording { id: bare.id.clone(), ..now_full });
                assert_eq!(recordings::of_call(tx, &CallId::new("one"))?.len(), 2);
                assert_eq!(recordings::of_contact(tx, &ContactId::new("contact"))?.len(), 2);
                assert_eq!(recordings::by_provider_id(tx, "twilio", "RE1")?.map(|row| row.id), Some(full.id.clone()));
                assert_eq!(recordings::by_provider_id(tx, "other", "RE1")?, None);
                assert_eq!(recordings::by_place(tx, "2026/03/full.wav")?.map(|row| row.id), Some(full.id));
                assert!(matches!(recordings::get(tx, &RecordingId::new("none")), Err(Error::NotFound)));
                Ok(())
            })
            .await
            .unwrap();
    }

    async fn the_provider_cannot_have_two_recordings_of_one_id(store: Store) {
        let twice = store
            .write(|tx| -> Result<()> {
                recordings::insert(tx, &full("a", "one"))?;
                recordings::insert(tx, &Recording { place: None, ..full("b", "two") })
            })
            .await;
        assert!(twice.is_err());
    }

    async fn what_is_due_and_what_is_over(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let due = |id: &str, at: i64| Recording { next_try_at: Some(Timestamp(at)), ..recording(id, "c") };
                for row in [due("late", 30), due("first", 10), due("second", 20), recording("never", "c")] {
                    recordings::insert(tx, &row)?;
                }
                let ids = |rows: Vec<Recording>| rows.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
                assert_eq!(ids(recordings::to_fetch(tx, Timestamp(20), 9)?), ["first", "second"]);
                assert_eq!(ids(recordings::to_fetch(tx, Timestamp(99), 1)?), ["first"]);
                let held = Recording { held_at: Some(Timestamp(2)), ..recording("held", "c") };
                let gone = Recording {
                    state: "erased".to_owned(),
                    erased_at: Some(Timestamp(3)),
                    place: Some("here".to_owned()),
                    drop_at: Some(Timestamp(4)),
                    ..recording("gone", "c")
                };
                let young = Recording { counted_from: Timestamp(80), ..recording("young", "c") };
                let training = Recording { purpose: "training".to_owned(), ..recording("training", "c") };
                let troubled = Recording { fault: Some("gone".to_owned()), ..recording("troubled", "c") };
                for row in [held, gone, young, training, troubled] {
                    recordings::insert(tx, &row)?;
                }
                let over = ids(recordings::outlived(tx, "message", Timestamp(50), 99)?);
                assert_eq!(over, ["first", "late", "never", "second", "troubled"]);
                assert_eq!(ids(recordings::to_clear(tx, 9)?), ["gone"]);
                assert_eq!(ids(recordings::to_drop(tx, Timestamp(4), 9)?), ["gone"]);
                assert_eq!(recordings::count_troubled(tx)?, 1);
                Ok(())
            })
            .await
            .unwrap();
    }

    async fn consents_are_kept_in_the_order_they_were_said(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let said = |id: &str, answer: &str, at: i64| Consent {
                    id: ConsentId::new(id),
                    call: CallId::new("one"),
                    purpose: "documentation".to_owned(),
                    answer: answer.to_owned(),
                    text_version: "dk-1".to_owned(),
                    how: "voice".to_owned(),
                    at: Timestamp(at),
                    recorded_by: Some(PersonId::new("agent")),
                };
                let (given, withdrawn) = (said("b", "given", 5), said("a", "withdrawn", 9));
                consents::add(tx, &withdrawn)?;
                consents::add(tx, &given)?;
                assert_eq!(consents::of_call(tx, &CallId::new("one"))?, [given, withdrawn]);
                assert_eq!(consents::of_call(tx, &CallId::new("two"))?, []);
                Ok(())
            })
            .await
            .unwrap();
    }

    async fn a_listening_goes_on_and_never_gets_shorter(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let (recording, person) = (RecordingId::new("r"), PersonId::new("p"));
                let one = Listening {
                    id: ListeningId::new("l"),
                    recording: recording.clone(),
                    person: person.clone(),
                    began_at: Timestamp(10),
                    last_at: Timestamp(10),
                    seconds: None,
                };
                listenings::insert(tx, &one)?;
                assert_eq!(listenings::going_on(tx, &recording, &person, Timestamp(9))?, Some(one.clone()));
                assert_eq!(listenings::going_on(tx, &recording, &person, Timestamp(10))?, None);
                assert_eq!(listenings::going_on(tx, &recording, &PersonId::new("q"), Timestamp(0))?, None);
                for (at, seconds, known) in [(11, None, None), (12, Some(7), Some(7)), (13, Some(3), Some(7)), (14, None, Some(7))] {
                    listenings::goes_on(tx, &one.id, Timestamp(at), seconds)?;
                    let now = listenings::of_recording(tx, &recording)?.remove(0);
                    assert_eq!((now.last_at, now.seconds), (Timestamp(at), known));
                }
                Ok(())
            })
            .await
            .unwrap();
    }
}
