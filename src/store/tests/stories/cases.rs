//! Cases and what hangs on them: points, dispatches, investigation, numbers, history.

use domain::{CaseId, CaseNumber, Language, PersonId, PhoneNumber, PointId, Timestamp};
use store::case_lists::{self, Filter};
use store::cases::Case;
use store::dispatches::Dispatch;
use store::investigation::InvestigationStep;
use store::points::{Answer, Point};
use store::{Error, Result, Store, case_events, cases, counters, dispatches, investigation, points};

pub(crate) fn case(name: &str, sequence: u64, received: i64) -> Case {
    Case {
        id: CaseId::new(name),
        number: CaseNumber::from_sequence(sequence),
        pin: "0417".into(),
        line: "12320".into(),
        profile: "cn-gov".into(),
        contact: None,
        request_type: "complaint".into(),
        severity: 2,
        urgent: true,
        confidential: false,
        status: "classified".into(),
        department: None,
        complainant: Some("王女士".into()),
        phone: Some(PhoneNumber::parse("13800138000").unwrap()),
        language: Language::parse("zh-CN").unwrap(),
        intake: "{}".into(),
        law: Some("cn-order3-single".into()),
        received_at: Timestamp(received),
        due_at: Some(Timestamp(received + 1000)),
        answered_at: None,
        feedback_at: None,
        route_notice_at: None,
        closed_at: None,
        reopened: 0,
        created_by: PersonId::new("agent"),
        version: 1,
        service_day: "2026-02-13".into(),
    }
}

pub(crate) fn point(case: &str, ordinal: i64, category: &str) -> Point {
    Point {
        id: PointId::new(format!("{case}-{ordinal}")),
        case: CaseId::new(case),
        ordinal,
        institution: Some("first-hospital".into()),
        place: None,
        persons: Some("值班护士".into()),
        happened: Some("2026-02-12".into()),
        own_words: "等了四个小时".into(),
        category: category.into(),
        suggested: Some("attitude".into()),
        coder: PersonId::new("agent"),
        finding: None,
        outcome: None,
        outcome_kind: None,
        payer: Some("region".into()),
        harm: None,
        category_version: "2026-1".into(),
        no_dialogue: false,
        dropped_at: None,
        drop_reason: None,
        original: None,
    }
}

pub(crate) fn dispatch(case: &str, ordinal: i64, department: &str) -> Dispatch {
    Dispatch {
        id: format!("{case}-d{ordinal}"),
        case: CaseId::new(case),
        ordinal,
        department: department.into(),
        rule: "process".into(),
        strength: "default".into(),
        override_reason: None,
        sent_by: PersonId::new("agent"),
        sent_at: Timestamp(10),
        sign_due_at: Some(Timestamp(20)),
        due_at: Some(Timestamp(30)),
        law: Some("cn-order3-single".into()),
        state: "sent".into(),
        signed_at: None,
        signed_by: None,
        returned_at: None,
        return_reason: None,
        answered_at: None,
        answered_by: None,
        service_day: "2026-02-13".into(),
    }
}

store::on_both_engines! {
    async fn a_case_is_read_back_as_it_was_stored(store: Store) {
        let stored = case("a", 1, 5);
        let row = stored.clone();
        store.write(move |tx| -> Result<()> {
            cases::insert(tx, &row)?;
            points::insert(tx, &point("a", 2, "process"))?;
            points::insert(tx, &point("a", 1, "attitude"))
        }).await.unwrap();
        let read = store.read(|tx| -> Result<_> {
            let by_number = cases::by_number(tx, &CaseNumber::from_sequence(1))?;
            Ok((cases::get(tx, &CaseId::new("a"))?, by_number, points::of_case(tx, &CaseId::new("a"))?))
        }).await.unwrap();
        assert_eq!(read.0, stored);
        assert_eq!(read.1, stored);
        assert_eq!(read.2, [point("a", 1, "attitude"), point("a", 2, "process")]);
        let gone = store.read(|tx| cases::get(tx, &CaseId::new("b"))).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    }

    async fn who_writes_from_an_old_version_is_told(store: Store) {
        let first = store.write(|tx| -> Result<Case> {
            cases::insert(tx, &case("a", 1, 5))?;
            cases::get(tx, &CaseId::new("a"))
        }).await.unwrap();
        let mut mine = first.clone();
        mine.status = "dispatched".into();
        mine.department = Some("quality-control".into());
        mine.closed_at = Some(Timestamp(99));
        let write = mine.clone();
        store.write(move |tx| cases::update(tx, &write)).await.unwrap();
        let late = store.write(move |tx| cases::update(tx, &first)).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        let now = store.read(|tx| cases::get(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(now, Case { version: 2, ..mine });
    }

    async fn counters_give_each_value_once(store: Store) {
        let many: Vec<_> = (0..20).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.write(|tx| counters::next(tx, "case")).await.unwrap() })
        }).collect();
        let mut values = Vec::new();
        for one in many {
            values.push(one.await.unwrap());
        }
        values.sort_unstable();
        assert_eq!(values, (1..=20).collect::<Vec<i64>>());
    }

    async fn a_history_grows_without_gaps(store: Store) {
        let id = CaseId::new("a");
        store.write(move |tx| -> Result<()> {
            case_events::append(tx, &id, Timestamp(1), "agent", "opened", "{}")?;
            case_events::append(tx, &id, Timestamp(2), "house", "dispatched", r#"{"to":"x"}"#)?;
            case_events::append(tx, &CaseId::new("b"), Timestamp(3), "agent", "opened", "{}")
        }).await.unwrap();
        let events = store.read(|tx| case_events::of_case(tx, &CaseId::new("a"))).await.unwrap();
        let seen: Vec<_> = events.iter().map(|e| (e.ordinal, e.at, e.actor.as_str(), e.kind.as_str())).collect();
        assert_eq!(seen, [(1, Timestamp(1), "agent", "opened"), (2, Timestamp(2), "house", "dispatched")]);
    }

    async fn lists_filter_and_put_the_most_pressing_first(store: Store) {
        store.write(|tx| -> Result<()> {
            for (name, sequence, received) in [("late", 1, 10_i64), ("soon", 2, 500), ("done", 3, 1)] {
                let mut row = case(name, sequence, received);
                row.department = (name != "soon").then(|| "quality-control".into());
                row.closed_at = (name == "done").then_some(Timestamp(7));
                row.status = if name == "done" { "closed".into() } else { "dispatched".into() };
                cases::insert(tx, &row)?;
                points::insert(tx, &point(name, 1, if name == "soon" { "fees" } else { "process" }))?;
            }
            Ok(())
        }).await.unwrap();
        let names = |filter: Filter| {
            let store = store.clone();
            async move {
                let (list, count) = store.read(move |tx| -> Result<_> {
                    Ok((case_lists::list(tx, &filter, 10, 0)?, case_lists::count(tx, &filter)?))
                }).await.unwrap();
                assert_eq!(i64::try_from(list.len()).unwrap(), count);
                list.into_iter().map(|case| case.id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(names(Filter::default()).await, "late soon done");
        assert_eq!(names(Filter { open: true, ..Filter::default() }).await, "late soon");
        assert_eq!(names(Filter { department: Some("quality-control".into()), ..Filter::default() }).await, "late done");
        assert_eq!(names(Filter { due_before: Some(Timestamp(1200)), ..Filter::default() }).await, "late");
        let statuses = vec!["closed".into(), "returned".into()];
        assert_eq!(names(Filter { statuses, category: Some("process".into()), ..Filter::default() }).await, "done");
        assert_eq!(names(Filter { category: Some("fees".into()), open: true, ..Filter::default() }).await, "soon");
        assert_eq!(names(Filter { institution: Some("nowhere".into()), ..Filter::default() }).await, "");
        let day = Some("2026-02-14".to_owned());
        assert_eq!(names(Filter { from_day: day.clone(), ..Filter::default() }).await, "");
        assert_eq!(names(Filter { to_day: day, request_type: Some("complaint".into()), ..Filter::default() }).await, "late soon done");
        let page = store.read(|tx| case_lists::list(tx, &Filter::default(), 1, 1)).await.unwrap();
        assert_eq!(page[0].id.as_str(), "soon");
        for (number, found) in [("+86 138 0013 8000", "late soon done"), ("13800138001", "")] {
            let phone = PhoneNumber::parse(number).ok();
            assert_eq!(names(Filter { phone, ..Filter::default() }).await, found, "{number}");
        }
        let ids = ["soon", "late", "nobody"].map(CaseId::new);
        let first = store.read(move |tx| points::first_of_cases(tx, &ids)).await.unwrap();
        assert_eq!(first.iter().map(|point| point.case.as_str()).collect::<Vec<_>>(), ["late", "soon"]);
        assert_eq!(store.read(|tx| points::first_of_cases(tx, &[])).await.unwrap(), []);
        let phone = PhoneNumber::parse("13800138000").unwrap();
        let open = store.read(move |tx| cases::open_by_phone(tx, &phone, 5)).await.unwrap();
        assert_eq!(open.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(), ["soon", "late"]);
    }

    async fn a_dispatch_moves_on_only_from_the_state_it_was_seen_in(store: Store) {
        let last = store.write(|tx| -> Result<_> {
            dispatches::insert(tx, &dispatch("a", 1, "quality-control"))?;
            dispatches::insert(tx, &dispatch("a", 2, "drug-administration"))?;
            dispatches::latest(tx, &CaseId::new("a"))
        }).await.unwrap().unwrap();
        assert_eq!(last, dispatch("a", 2, "drug-administration"));
        let mut signed = last.clone();
        signed.state = "signed".into();
        signed.signed_at = Some(Timestamp(15));
        signed.signed_by = Some(PersonId::new("handler"));
        let write = signed.clone();
        store.write(move |tx| dispatches::update(tx, &write, "sent")).await.unwrap();
        let again = store.write(move |tx| dispatches::update(tx, &last, "sent")).await;
        assert!(matches!(again, Err(Error::Conflict(_))));
        let all = store.read(|tx| dispatches::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(all, [dispatch("a", 1, "quality-control"), signed]);
    }

    async fn points_are_answered_cleared_and_recoded_within_their_case(store: Store) {
        let (a, first) = (CaseId::new("a"), PointId::new("a-1"));
        store.write(move |tx| -> Result<()> {
            points::insert(tx, &point("a", 1, "process"))?;
            let answer = Answer { finding: "upheld", outcome: "道歉", outcome_kind: "remedy" };
            points::answer(tx, &a, &first, &answer)?;
            points::recode(tx, &a, &first, ("fees", "2026-1"), &PersonId::new("supervisor"))?;
            assert!(matches!(points::answer(tx, &CaseId::new("b"), &first, &answer), Err(Error::NotFound)));
            Ok(())
        }).await.unwrap();
        let read = store.read(|tx| points::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(read[0].finding.as_deref(), Some("upheld"));
        assert_eq!((read[0].category.as_str(), read[0].coder.as_str()), ("fees", "supervisor"));
        store.write(|tx| points::clear_answers(tx, &CaseId::new("a"))).await.unwrap();
        let cleared = store.read(|tx| points::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!((&cleared[0].finding, &cleared[0].outcome, &cleared[0].outcome_kind), (&None, &None, &None));
    }

    async fn investigation_steps_stand_in_the_order_they_were_made(store: Store) {
        let step = |id: &str, at: i64| InvestigationStep {
            id: id.into(),
            case: CaseId::new("a"),
            dispatch: "a-d1".into(),
            kind: "records_consulted".into(),
            note: "病历第3页".into(),
            at: Timestamp(at),
            actor: PersonId::new("handler"),
        };
        let (late, early) = (step("1", 9), step("2", 4));
        let rows = [late.clone(), early.clone()];
        store.write(move |tx| rows.iter().try_for_each(|row| investigation::insert(tx, row))).await.unwrap();
        let read = store.read(|tx| investigation::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(read, [early, late]);
    }
}
