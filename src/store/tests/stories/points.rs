//! Points that are added, dropped and coded, once and a second time.

use domain::{CaseId, PersonId, PointId, Timestamp};
use store::coding_samples::{self, Progress, Sample, Stratum};
use store::codings::{self, Coding};
use store::second_codings::{self, Decision, GivenCode, SecondCoding};
use store::{Error, Result, Store, cases, points};

use crate::cases::{case, point};

fn coding(point: &str, axis: &str, code: &str, before: Option<&str>, coder: &str) -> Coding {
    Coding {
        point: PointId::new(point),
        case: CaseId::new("a"),
        ordinal: 0,
        axis: axis.into(),
        code: code.into(),
        system: "s".into(),
        version: "2016".into(),
        before: before.map(str::to_owned),
        reason: before.map(|_| "seen again".to_owned()),
        coder: PersonId::new(coder),
        at: Timestamp(20),
    }
}

fn taken(point: &str, coder: &str) -> SecondCoding {
    SecondCoding {
        point: PointId::new(point),
        case: CaseId::new("a"),
        sample: "s".to_owned(),
        coder: PersonId::new(coder),
        taken_at: Timestamp(30),
        returned_at: None,
        done_at: None,
    }
}

async fn with_points(store: &Store) {
    store
        .write(|tx| -> Result<()> {
            cases::insert(tx, &case("a", 1, 10))?;
            points::insert(tx, &point("a", 1, "attitude"))?;
            points::insert(tx, &point("a", 2, "fees"))
        })
        .await
        .unwrap();
}

store::on_both_engines! {
    async fn a_dropped_point_stays_readable_and_keeps_its_number(store: Store) {
        with_points(&store).await;
        let (a, second) = (CaseId::new("a"), PointId::new("a-2"));
        let drop = move |tx: &mut store::Tx<'_>| {
            points::take_off(tx, &CaseId::new("a"), &PointId::new("a-2"), Timestamp(11), "settled")
        };
        store.write(drop).await.unwrap();
        assert!(matches!(store.write(drop).await, Err(Error::NotFound)), "only once");
        let kept = store.read(move |tx| -> Result<_> {
            Ok((points::of_case(tx, &a)?, points::all_of_case(tx, &a)?, points::next_ordinal(tx, &a)?))
        }).await.unwrap();
        assert_eq!((kept.0.len(), kept.1.len(), kept.2), (1, 2, 3));
        let gone = &kept.1[1];
        assert_eq!((&gone.id, gone.dropped_at), (&second, Some(Timestamp(11))));
        assert_eq!((gone.drop_reason.as_deref(), gone.own_words.as_str()), (Some("settled"), "等了四个小时"));
        let first = store.read(|tx| points::first_of_cases(tx, &[CaseId::new("a")])).await.unwrap();
        assert_eq!(first[0].ordinal, 1);
    }

    async fn every_code_stays_with_who_when_from_to_and_why(store: Store) {
        with_points(&store).await;
        store.write(|tx| -> Result<()> {
            codings::append(tx, &coding("a-1", "severity", "1", None, "agent"))?;
            codings::append(tx, &coding("a-1", "severity", "3", Some("1"), "other"))?;
            codings::append(tx, &coding("a-2", "severity", "2", None, "agent"))?;
            points::recode(tx, &CaseId::new("a"), &PointId::new("a-1"), ("drugs", "2027"), &PersonId::new("other"))
        }).await.unwrap();
        let of_point = store.read(|tx| codings::of_point(tx, &PointId::new("a-1"))).await.unwrap();
        assert_eq!(of_point.iter().map(|one| one.ordinal).collect::<Vec<_>>(), [1, 2]);
        let last = &of_point[1];
        assert_eq!((last.before.as_deref(), last.code.as_str(), last.coder.as_str()), (Some("1"), "3", "other"));
        assert_eq!((last.reason.as_deref(), last.at), (Some("seen again"), Timestamp(20)));
        let all = store.read(|tx| codings::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(all.len(), 3);
        let point = store.read(|tx| points::get(tx, &PointId::new("a-1"))).await.unwrap();
        assert_eq!((point.category.as_str(), point.category_version.as_str()), ("drugs", "2027"));
    }

    async fn a_second_coding_is_taken_by_one_who_has_not_coded_it(store: Store) {
        with_points(&store).await;
        store.write(|tx| codings::append(tx, &coding("a-1", "severity", "1", None, "li"))).await.unwrap();
        let offered = |person: &str, since: i64| {
            let (store, person) = (store.clone(), PersonId::new(person));
            async move {
                let population =
                    move |tx: &mut store::Tx<'_>| second_codings::population(tx, &person, Timestamp(since), Timestamp(99), "");
                let found = store.read(population).await.unwrap();
                found.iter().map(|(id, _, _)| id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(offered("agent", 0).await, "", "the first coder never");
        assert_eq!(offered("li", 0).await, "a-2", "nor whoever coded it anew");
        assert_eq!(offered("wang", 0).await, "a-1 a-2");
        assert_eq!(offered("wang", 11).await, "", "nor what is too old");
        store.write(|tx| second_codings::give(tx, &taken("a-1", "wang"))).await.unwrap();
        let again = store.write(|tx| second_codings::give(tx, &taken("a-1", "chen"))).await;
        assert!(matches!(again, Err(Error::Conflict(_))));
        assert_eq!(offered("chen", 0).await, "a-2");
        let wang = PersonId::new("wang");
        assert_eq!(store.read(move |tx| second_codings::in_hand(tx, &wang)).await.unwrap().len(), 1);
        let finish = |coder: &'static str| move |tx: &mut store::Tx<'_>| {
            let given = |code| GivenCode { axis: "severity", code, version: "2016" };
            let (point, coder) = (PointId::new("a-1"), PersonId::new(coder));
            second_codings::finish(tx, &point, &coder, Timestamp(40), &[given("2")], &[(given("1"), given("2"))])
        };
        assert!(matches!(store.write(finish("chen")).await, Err(Error::NotFound)), "it is not hers");
        store.write(finish("wang")).await.unwrap();
        assert!(matches!(store.write(finish("wang")).await, Err(Error::NotFound)), "and is done once");
        let pairs = |from: i64, until: i64, line: &'static str| {
            let store = store.clone();
            async move {
                store.read(move |tx| second_codings::pairs(tx, Timestamp(from), Timestamp(until), line)).await.unwrap()
            }
        };
        let done = pairs(40, 41, "").await;
        assert_eq!((done[0].axis.as_str(), done[0].first.as_str(), done[0].second.as_str()), ("severity", "1", "2"));
        assert_eq!((done[0].ordinal, done[0].done_at), (1, Timestamp(40)));
        assert_eq!(pairs(0, 40, "").await, []);
        assert_eq!(pairs(40, 41, "elsewhere").await, []);
        assert_eq!(pairs(40, 41, "12320").await.len(), 1);
        store.write(|tx| second_codings::give(tx, &taken("a-2", "wang"))).await.unwrap();
        let back = |tx: &mut store::Tx<'_>| {
            second_codings::give_back(tx, &PointId::new("a-2"), &PersonId::new("wang"), Timestamp(41))
        };
        store.write(back).await.unwrap();
        assert!(matches!(store.write(back).await, Err(Error::NotFound)), "only once");
        assert_eq!(store.read(second_codings::returned).await.unwrap()[0].point, PointId::new("a-2"));
        let anew = |tx: &mut store::Tx<'_>| {
            second_codings::give_anew(tx, &PointId::new("a-2"), &PersonId::new("chen"), Timestamp(42))
        };
        store.write(anew).await.unwrap();
        assert!(matches!(store.write(anew).await, Err(Error::NotFound)), "chen has it now");
        assert_eq!(store.read(second_codings::returned).await.unwrap(), []);
    }

    async fn codes_that_differ_wait_until_they_are_decided(store: Store) {
        with_points(&store).await;
        let given = |axis, code, version| GivenCode { axis, code, version };
        store.write(move |tx| -> Result<()> {
            second_codings::give(tx, &taken("a-1", "wang"))?;
            let codes = [given("severity", "2", "2016"), given("stage", "ward", "1"), given("hcat", "x", "2")];
            let pairs = [
                (given("severity", "1", "2016"), given("severity", "2", "2016")),
                (given("stage", "ward", "1"), given("stage", "ward", "1")),
            ];
            second_codings::finish(tx, &PointId::new("a-1"), &PersonId::new("wang"), Timestamp(40), &codes, &pairs)
        }).await.unwrap();
        let open = store.read(|tx| second_codings::undecided(tx, 9)).await.unwrap();
        assert_eq!(open.iter().map(|pair| pair.axis.as_str()).collect::<Vec<_>>(), ["severity"], "what is alike does not");
        let decide = move |tx: &mut store::Tx<'_>| {
            let by = PersonId::new("boss");
            let given = given("severity", "2", "2016");
            second_codings::decide(tx, &PointId::new("a-1"), &Decision { given, by: &by, at: Timestamp(50), reason: "manual" })
        };
        store.write(decide).await.unwrap();
        assert!(matches!(store.write(decide).await, Err(Error::NotFound)), "once");
        assert_eq!(store.read(|tx| second_codings::undecided(tx, 9)).await.unwrap(), []);
        let left = store.read(|tx| second_codings::undecided_of(tx, &PointId::new("a-1"), "severity")).await.unwrap();
        assert_eq!(left, None);
    }

    async fn a_draw_stays_with_all_that_repeats_it(store: Store) {
        with_points(&store).await;
        let sample = Sample {
            id: "s".to_owned(),
            drawn_by: PersonId::new("boss"),
            drawn_at: Timestamp(30),
            coder: PersonId::new("wang"),
            from: Timestamp(0),
            until: Timestamp(99),
            category: String::new(),
            asked: "count 2".to_owned(),
            seed: 42,
            population: 2,
            digest: "00ff".to_owned(),
        };
        let stratum = |category: &str| Stratum { category: category.to_owned(), population: 1, drawn: 1 };
        let strata = [stratum("attitude"), stratum("fees")];
        let (row, rows) = (sample.clone(), strata.clone());
        store.write(move |tx| -> Result<()> {
            coding_samples::insert(tx, &row, &rows)?;
            second_codings::give(tx, &taken("a-1", "wang"))?;
            second_codings::give(tx, &taken("a-2", "wang"))?;
            second_codings::give_back(tx, &PointId::new("a-2"), &PersonId::new("wang"), Timestamp(31))?;
            second_codings::finish(tx, &PointId::new("a-1"), &PersonId::new("wang"), Timestamp(32), &[], &[])
        }).await.unwrap();
        let kept = store.read(|tx| coding_samples::latest(tx, 9)).await.unwrap();
        assert_eq!(kept, [(sample, Progress { drawn: 2, done: 1, returned: 1 })]);
        assert_eq!(store.read(|tx| coding_samples::strata(tx, "s")).await.unwrap(), strata);
    }
}
