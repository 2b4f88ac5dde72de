//! Callbacks and their attempts.

use domain::{AttemptId, CallbackId, CaseId, Language, PersonId, PhoneNumber, Timestamp};
use store::attempts::Attempt;
use store::callbacks::Callback;
use store::{Error, Result, Store, attempts, callbacks};

fn callback(id: &str, place_at: Option<i64>, next_at: Option<i64>) -> Callback {
    Callback {
        id: CallbackId::new(id),
        purpose: if place_at.is_some() { "queue_callback".into() } else { "satisfaction".into() },
        line: "12320".into(),
        case: place_at.is_none().then(|| CaseId::new("a")),
        call: None,
        phone: PhoneNumber::parse("13800138000").unwrap(),
        language: Language::parse("zh-CN").unwrap(),
        wish: Some("晚上".into()),
        law: Some("cn-follow-up".into()),
        place_at: place_at.map(Timestamp),
        promised_at: Timestamp(1),
        due_at: Timestamp(100),
        next_at: next_at.map(Timestamp),
        state: "due".into(),
        attempts: 0,
        claimed_by: None,
        outcome: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: Timestamp(1),
        service_day: "2026-02-13".into(),
    }
}

fn attempt(id: &str, ordinal: i64) -> Attempt {
    Attempt {
        id: AttemptId::new(id),
        callback: CallbackId::new("a"),
        ordinal,
        channel: "provider".into(),
        agent: PersonId::new("agent"),
        provider_call_id: None,
        intended_at: Timestamp(5),
        dialled_at: None,
        ended_at: None,
        outcome: None,
        note: None,
    }
}

store::on_both_engines! {
    async fn the_work_list_keeps_places_first_then_the_next_attempt(store: Store) {
        store.write(|tx| -> Result<()> {
            for row in [
                callback("parked", None, None),
                callback("later", None, Some(50)),
                callback("sooner", None, Some(20)),
                callback("second-in-queue", Some(9), Some(9)),
                callback("first-in-queue", Some(3), Some(3)),
                Callback { done_at: Some(Timestamp(2)), ..callback("done", None, None) },
            ] {
                callbacks::insert(tx, &row)?;
            }
            Ok(())
        }).await.unwrap();
        let list = store.read(|tx| callbacks::open(tx, 100)).await.unwrap();
        let ids: Vec<_> = list.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["first-in-queue", "second-in-queue", "sooner", "later", "parked"]);
        assert_eq!(list[2], callback("sooner", None, Some(20)));
        assert_eq!(store.read(|tx| callbacks::count_due(tx, Timestamp(20))).await.unwrap(), 3);
        let of_case = store.read(|tx| callbacks::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(of_case.len(), 4);
        let phone = PhoneNumber::parse("13800138000").unwrap();
        assert_eq!(store.read(move |tx| callbacks::open_by_phone(tx, &phone)).await.unwrap().len(), 5);
    }

    async fn one_agent_has_it_and_what_is_done_stays_done(store: Store) {
        store.write(|tx| callbacks::insert(tx, &callback("a", None, Some(1)))).await.unwrap();
        let id = CallbackId::new("a");
        let claim = |who: &'static str| {
            let (store, id) = (store.clone(), id.clone());
            async move { store.write(move |tx| callbacks::claim(tx, &id, &PersonId::new(who))).await }
        };
        claim("one").await.unwrap();
        claim("one").await.unwrap();
        assert!(matches!(claim("other").await, Err(Error::Conflict(_))));
        let done = Callback {
            state: "done".into(),
            claimed_by: Some(PersonId::new("one")),
            outcome: Some("reached".into()),
            contacted: Some(true),
            solved: Some(false),
            satisfaction: Some(2),
            note: Some("还没有解决".into()),
            done_at: Some(Timestamp(8)),
            done_by: Some(PersonId::new("one")),
            next_at: None,
            attempts: 1,
            ..callback("a", None, None)
        };
        let write = done.clone();
        store.write(move |tx| callbacks::update(tx, &write)).await.unwrap();
        assert_eq!(store.read(|tx| callbacks::get(tx, &CallbackId::new("a"))).await.unwrap(), done);
        let again = store.write(move |tx| callbacks::update(tx, &done)).await;
        assert!(matches!(again, Err(Error::Conflict(_))));
        assert!(matches!(claim("one").await, Err(Error::Conflict(_))));
    }

    async fn attempts_are_kept_in_order_and_filled_in_later(store: Store) {
        let ended = Attempt {
            provider_call_id: Some("CA1".into()),
            dialled_at: Some(Timestamp(6)),
            ended_at: Some(Timestamp(9)),
            outcome: Some("no_answer".into()),
            note: Some("响铃30秒".into()),
            ..attempt("x", 1)
        };
        let write = ended.clone();
        store.write(move |tx| -> Result<()> {
            attempts::insert(tx, &attempt("y", 2))?;
            attempts::insert(tx, &attempt("x", 1))?;
            attempts::update(tx, &write)?;
            assert!(matches!(attempts::update(tx, &attempt("z", 3)), Err(Error::NotFound)));
            Ok(())
        }).await.unwrap();
        let read = store.read(|tx| attempts::of_callback(tx, &CallbackId::new("a"))).await.unwrap();
        assert_eq!(read, [ended.clone(), attempt("y", 2)]);
        assert_eq!(store.read(|tx| attempts::get(tx, &AttemptId::new("x"))).await.unwrap(), ended);
    }
}
