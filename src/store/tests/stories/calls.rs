//! Calls, turns and what callers leave: written once, found by the provider's id, the same in any order.

use domain::{CallId, Caller, Language, PhoneNumber, Timestamp};
use store::calls::{self, NewCall};
use store::notes::{self, TurnNumber};
use store::turns::{self, NewTurn};
use store::{Error, Store, Tx};

fn new(id: &str, provider_call_id: &str, at: i64) -> NewCall {
    NewCall {
        id: CallId::new(id),
        provider: "twilio".to_owned(),
        provider_call_id: provider_call_id.to_owned(),
        line: "12320".to_owned(),
        direction: "inbound",
        caller: Caller::Known(PhoneNumber::parse("+8613800138000").unwrap()),
        dialled: "12320".to_owned(),
        script_version: None,
        at: Timestamp(at),
        service_day: "2026-03-03".to_owned(),
    }
}

fn turn<'a>(call: &'a CallId, step: u32, reply: &'a str) -> NewTurn<'a> {
    NewTurn {
        call,
        branch: 0,
        step,
        at: Timestamp(1),
        event: "\"fetched\"",
        reply,
        state: "{}",
        walked: "[]",
    }
}

fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

async fn in_tx<T: Send + 'static>(store: &Store, job: fn(&mut Tx<'_>) -> Result<T, Error>) -> T {
    store.write(job).await.unwrap()
}

store::on_both_engines! {
    async fn a_call_is_opened_once_and_found_by_the_providers_id(store: Store) {
        in_tx(&store, |tx| {
            let first = calls::find_or_open(tx, &new("a", "CA1", 1))?;
            let again = calls::find_or_open(tx, &new("b", "CA1", 2))?;
            assert_eq!((first.id.as_str(), &first), ("a", &again));
            assert!(!first.versioned);
            calls::set_script_version(tx, &first.id, "v1")?;
            calls::set_script_version(tx, &first.id, "v2")?;
            let call = calls::by_id(tx, &first.id)?;
            assert_eq!((call.script_version.as_deref(), call.started_at), (Some("v1"), Timestamp(1)));
            assert_eq!(calls::by_provider_id(tx, "twilio", "CA1")?, call);
            assert!(matches!(calls::by_provider_id(tx, "other", "CA1"), Err(Error::NotFound)));
            assert_eq!(calls::count_open(tx)?, 1);
            Ok(())
        })
        .await;
    }

    async fn a_turn_is_kept_once_and_then_counted(store: Store) {
        in_tx(&store, |tx| {
            let call = CallId::new("a");
            assert_eq!(turns::repeat(tx, &call, 0, 0)?, None);
            assert_eq!(turns::keep(tx, &turn(&call, 0, "[1]"))?, None);
            let before = turns::keep(tx, &turn(&call, 0, "[2]"))?.unwrap();
            assert_eq!(before.reply, "[1]");
            assert_eq!(turns::repeat(tx, &call, 0, 0)?, Some(before));
            let seen: i64 = tx.value("SELECT seen FROM turns", &[])?;
            assert_eq!(seen, 3);
            turns::keep(tx, &turn(&call, 10, "[10]"))?;
            turns::keep(tx, &turn(&call, 9, "[9]"))?;
            turns::keep(tx, &NewTurn { branch: 1, ..turn(&call, 0, "[branch]") })?;
            assert_eq!(turns::latest(tx, &call)?.unwrap().reply, "[branch]");
            let replies: Vec<_> = turns::of_call(tx, &call)?.into_iter().map(|turn| turn.reply).collect();
            assert_eq!(replies, ["[1]", "[9]", "[10]", "[branch]"]);
            Ok(())
        })
        .await;
    }

    async fn the_latest_turn_wins_whatever_comes_first(store: Store) {
        in_tx(&store, |tx| {
            let call = calls::find_or_open(tx, &new("a", "CA1", 1))?.id;
            let at = |branch, step| TurnNumber { branch, step };
            for (turn, value) in [(at(0, 5), "late"), (at(0, 2), "early"), (at(1, 0), "last"), (at(0, 9), "no")] {
                notes::write(tx, &call, turn, "request_type", value)?;
            }
            assert_eq!(notes::of_call(tx, &call)?, [("request_type".to_owned(), "last".to_owned())]);
            calls::set_language(tx, &call, &language("en"), 7)?;
            calls::set_language(tx, &call, &language("da"), 3)?;
            assert_eq!(calls::by_id(tx, &call)?.language, Some(language("en")));
            let other = calls::find_or_open(tx, &new("b", "CA2", 2))?.id;
            let number = PhoneNumber::parse("+8613800138000").unwrap();
            assert_eq!(calls::remembered_language(tx, &number, &other)?, Some(language("en")));
            assert_eq!(calls::remembered_language(tx, &number, &call)?, None);
            Ok(())
        })
        .await;
    }

    async fn scores_are_kept_once(store: Store) {
        in_tx(&store, |tx| {
            let call = CallId::new("a");
            notes::rate(tx, &call, "satisfaction", 4, Timestamp(6))?;
            notes::rate(tx, &call, "satisfaction", 1, Timestamp(7))?;
            let score: i64 = tx.value("SELECT score FROM survey_answers", &[])?;
            assert_eq!(score, 4);
            Ok(())
        })
        .await;
    }

    async fn an_end_is_kept_from_the_first_hook_that_told_it(store: Store) {
        in_tx(&store, |tx| {
            let call = calls::find_or_open(tx, &new("a", "CA1", 1))?.id;
            assert_eq!(calls::status(tx, &call)?, (None, None));
            calls::set_status(tx, &call, "completed", Some(3), Some(Timestamp(10)))?;
            calls::set_status(tx, &call, "completed", Some(2), Some(Timestamp(20)))?;
            calls::set_talk_seconds(tx, &call, 61)?;
            calls::mark_emergency(tx, &call, Timestamp(4))?;
            calls::mark_emergency(tx, &call, Timestamp(5))?;
            let row = calls::by_id(tx, &call)?;
            assert_eq!((row.ended_at, row.talk_seconds), (Some(Timestamp(10)), Some(61)));
            assert_eq!(row.emergency_at, Some(Timestamp(4)));
            for _ in 0..3 {
                calls::keep_status(tx, "twilio", "CA1", "completed", Some(3), Timestamp(10), Some(61))?;
            }
            let seen: i64 = tx.value("SELECT seen FROM call_statuses", &[])?;
            assert_eq!((seen, calls::count_open(tx)?), (3, 0));
            Ok(())
        })
        .await;
    }

    async fn wrong_tries_are_counted_by_window(store: Store) {
        in_tx(&store, |tx| {
            for window in [0, 900, 900, 1_800] {
                notes::count_lookup_try(tx, "who", Timestamp(window))?;
            }
            notes::count_lookup_try(tx, "else", Timestamp(900))?;
            assert_eq!(notes::lookup_tries(tx, "who", Timestamp(900))?, 3);
            assert_eq!(notes::lookup_tries(tx, "nobody", Timestamp(0))?, 0);
            Ok(())
        })
        .await;
    }
}
