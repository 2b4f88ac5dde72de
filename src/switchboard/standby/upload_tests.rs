//! Sounds that are posted while the store is out of reach, told on both engines: on the shelf at once, one row after.

use callflow::{Event, Recording as Left};
use dialect::Upload;
use dialect::incoming::Kind;
use domain::CallId;
use store::Store;

use super::tests::{Folder, keys, knock, said, step, walk};
use super::*;
use crate::Reply;
use crate::recording_stories::Stage;
use crate::recordings::Recording;

const KEPT: &str = "kept:";

fn wav() -> Upload {
    let (name, media_type) = ("attached_file".to_owned(), "audio/x-wav".to_owned());
    Upload { name, media_type, bytes: b"RIFFnot quite".to_vec() }
}

async fn set(store: Store) -> (Stage, Folder) {
    let (mut stage, folder) = (Stage::new(store), Folder::new());
    stage.board = stage.board.clone().with_journal(Journal::open(&folder.0).unwrap());
    stage.board.wake().await;
    (stage, folder)
}

/// The recordings of a call by the provider's id.
async fn of(stage: &Stage, call: &'static str) -> Vec<Recording> {
    let read = move |tx: &mut store::Tx<'_>| {
        let found = store::calls::find(tx, "twilio", call)?;
        let id = found.map_or_else(|| CallId::new("none"), |found| found.id);
        store::recordings::of_call(tx, &id)
    };
    stage.store.read(read).await.unwrap()
}

/// Leaves a message that comes as a sound, as a switch posts it.
async fn leave(stage: &Stage, call: &str, reply: Option<Reply>) -> Reply {
    let posted = knock(call, reply.as_ref().and_then(|reply| reply.token.as_deref()), Kind::Start);
    let url = stage.board.keep_upload(&posted, &wav()).await.unwrap();
    let left = Left { url, seconds: 9, hung_up: false, ended_by: None };
    walk(&stage.board, call, reply, &[step(Event::Recorded(left))]).await
}

store::on_both_engines! {
    async fn a_message_that_is_posted_meanwhile_is_heard_once_afterwards(store: Store) {
        let (stage, folder) = set(store).await;
        let path = [Kind::Start, keys("2"), keys("4"), keys("12345678"), keys("0001"), keys("1"), step(Event::NoInput)];
        stage.board.standby.give_up_store(stage.board.now(), "a test");
        let before = walk(&stage.board, "CA1", None, &path).await;
        // Posted twice, as a switch that lost our answer does.
        let heard = leave(&stage, "CA1", Some(before.clone())).await;
        assert!(said(&heard).contains("saved"), "{heard:?}");
        assert_eq!(leave(&stage, "CA1", Some(before)).await, heard);
        assert_eq!(stage.shelf.places().len(), 1);
        assert!(of(&stage, "CA1").await.is_empty(), "nothing reached the store");
        stage.board.watch_once().await;
        let rows = of(&stage, "CA1").await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!((rows[0].state.as_str(), rows[0].place.as_ref()), ("kept", stage.shelf.places().first()));
        assert_eq!((rows[0].next_try_at, rows[0].media_type.as_deref()), (None, Some("audio/wav")));
        let inbox: i64 = stage.store.read(|tx| tx.value("SELECT count(*) FROM messages", &[])).await.unwrap();
        assert_eq!(inbox, 1);
        assert!(folder.pages().is_empty());
    }

    async fn the_sound_and_the_turn_that_tells_of_it_are_taken_over_in_any_order(store: Store) {
        for (call, sound_first) in [("CA1", true), ("CA2", false)] {
            let (stage, _folder) = set(store.clone()).await;
            stage.board.standby.give_up_store(stage.board.now(), "a test");
            let address = stage.board.keep_upload(&knock(call, None, Kind::Start), &wav()).await.unwrap();
            let place = address.strip_prefix(KEPT).unwrap().to_owned();
            let call_entry = entry::CallEntry::of(&knock(call, None, Kind::Start));
            let (house, at) = (stage.board.house.clone(), stage.board.now());
            let turn = move |tx: &mut store::Tx<'_>| {
                let found = crate::turn::find_or_open(tx, &house, &call_entry, at)?;
                let left = Left { url: address.clone(), seconds: 9, hung_up: false, ended_by: None };
                crate::recordings::left(tx, &house, (&found.id, "twilio"), &left, at)
            };
            if sound_first {
                stage.board.watch_once().await;
                stage.store.write(turn).await.unwrap();
            } else {
                stage.store.write(turn).await.unwrap();
                stage.board.watch_once().await;
            }
            let rows = of(&stage, call).await;
            assert_eq!(rows.len(), 1, "{rows:?}");
            let row = &rows[0];
            assert_eq!((row.state.as_str(), row.place.as_deref(), row.seconds), ("kept", Some(&*place), Some(9)));
            assert_eq!(row.next_try_at, None, "nothing is left to fetch");
        }
    }

    async fn a_sound_posted_before_and_after_the_loss_is_one(store: Store) {
        let (stage, _folder) = set(store).await;
        walk(&stage.board, "CA1", None, &[Kind::Start]).await;
        let posted = knock("CA1", None, Kind::Start);
        let first = stage.board.keep_upload(&posted, &wav()).await.unwrap();
        stage.board.standby.give_up_store(stage.board.now(), "a test");
        assert_eq!(stage.board.keep_upload(&posted, &wav()).await.unwrap(), first);
        stage.board.watch_once().await;
        assert_eq!(stage.board.keep_upload(&posted, &wav()).await.unwrap(), first);
        assert_eq!((of(&stage, "CA1").await.len(), stage.shelf.places().len()), (1, 1));
    }
}

#[test]
fn a_sound_that_can_be_written_down_nowhere_is_not_kept() {
    store::testing::on_sqlite(|store| async move {
        let (stage, folder) = set(store).await;
        stage.board.standby.give_up_store(stage.board.now(), "a test");
        std::fs::remove_dir_all(&folder.0).unwrap();
        let kept = stage.board.keep_upload(&knock("CA1", None, Kind::Start), &wav()).await;
        assert!(matches!(kept, Err(Error::Unavailable(_))), "{kept:?}");
        assert!(stage.shelf.places().is_empty(), "a sound that nobody knows of lies on the shelf");
    });
}

#[test]
fn what_was_erased_stays_erased_when_it_is_posted_again() {
    store::testing::on_sqlite(|store| async move {
        let (stage, _folder) = set(store).await;
        walk(&stage.board, "CA1", None, &[Kind::Start]).await;
        let posted = knock("CA1", None, Kind::Start);
        stage.board.keep_upload(&posted, &wav()).await.unwrap();
        let now = stage.board.now();
        let erased = Recording {
            state: "erased".to_owned(),
            erased_at: Some(now),
            ..of(&stage, "CA1").await.remove(0)
        };
        stage.store.write(move |tx| store::recordings::update(tx, &erased)).await.unwrap();
        stage.board.tend_sounds().await.unwrap();
        assert!(stage.shelf.places().is_empty());
        stage.board.keep_upload(&posted, &wav()).await.unwrap();
        stage.board.tend_sounds().await.unwrap();
        assert!(stage.shelf.places().is_empty(), "an erased sound came back");
        assert_eq!(of(&stage, "CA1").await[0].state, "erased");
    });
}
