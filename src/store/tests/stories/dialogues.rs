//! Dialogues as lists and reports need them.

use domain::{CaseId, Timestamp};
use store::dialogues::Dialogue;
use store::report_rows::Scope;
use store::{Result, Store, cases, dialogues, report_rows};

use crate::cases::case;

fn dialogue(case: &str, stage: &str, runs_out: Option<i64>, tasks: &[&str]) -> Dialogue {
    Dialogue {
        case: CaseId::new(case),
        line: "dialog".into(),
        stage: stage.into(),
        accepted: true,
        eligible: true,
        verdicts: vec!["eligible".into(), "record_keeping".into()],
        tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
        motive: Some("explanation".into()),
        owner_kind: Some("site".into()),
        owner: Some("havnby-hospital".into()),
        region: Some("midtjylland".into()),
        department: Some("doctor-patient-office".into()),
        received_at: Some(Timestamp(1_000)),
        due_at: Some(Timestamp(9_000)),
        runs_out_at: runs_out.map(Timestamp),
        appointment_at: None,
        invited_at: None,
        contacted_at: Some(Timestamp(2_000)),
        held_at: None,
        form: None,
        companion: Some("volunteer".into()),
        companion_came: false,
        site_refused: false,
        learned: 0,
        decided: None,
        forward_reason: None,
        to_forward_at: None,
        sent_at: None,
        acknowledge_by: None,
        answered_at: Timestamp(500),
        service_day: "2026-02-02".into(),
    }
}

store::on_both_engines! {
    async fn a_dialogue_is_written_anew_and_listed(store: Store) {
        let ids = |cases: Vec<CaseId>| cases.iter().map(ToString::to_string).collect::<Vec<_>>();
        store
            .write(|tx| -> Result<()> {
                for (name, sequence) in [("a", 1), ("b", 2), ("c", 3)] {
                    cases::insert(tx, &case(name, sequence, 0))?;
                }
                dialogues::write(tx, &dialogue("a", "received", Some(9_000), &["invite", "ask_scheme"]))?;
                dialogues::write(tx, &dialogue("b", "held", Some(5_000), &["take_decision"]))?;
                dialogues::write(tx, &dialogue("c", "forwarded", None, &[]))
            })
            .await
            .unwrap();
        let (written, nobody) = store
            .read(|tx| Ok::<_, store::Error>((
                dialogues::of_case(tx, &CaseId::new("a"))?,
                dialogues::of_case(tx, &CaseId::new("z"))?,
            )))
            .await
            .unwrap();
        assert_eq!(written, Some(dialogue("a", "received", Some(9_000), &["invite", "ask_scheme"])));
        assert_eq!(nobody, None);
        let due = store.read(|tx| dialogues::run_out(tx, Timestamp(5_001), 10)).await.unwrap();
        assert_eq!(ids(due), ["b"]);
        let waiting = |case: &str, by| Dialogue {
            acknowledge_by: Some(Timestamp(by)),
            ..dialogue(case, "forwarded", None, &["await_acknowledgement"])
        };
        let (later, sooner) = (waiting("e", 7_000), waiting("d", 6_000));
        let late = store
            .write(move |tx| -> Result<_> {
                dialogues::write(tx, &later)?;
                dialogues::write(tx, &sooner)?;
                assert_eq!(dialogues::of_case(tx, &CaseId::new("e"))?, Some(later.clone()));
                Ok((dialogues::unacknowledged(tx, Timestamp(7_000), 9)?, dialogues::unacknowledged(tx, Timestamp(9_000), 9)?))
            })
            .await
            .unwrap();
        assert_eq!((ids(late.0), ids(late.1)), (vec!["d".to_owned()], vec!["d".to_owned(), "e".to_owned()]));
        store
            .write(|tx| -> Result<()> {
                for case in ["d", "e"] {
                    dialogues::write(tx, &Dialogue { service_day: String::new(), answered_at: Timestamp(90_000), ..dialogue(case, "forwarded", None, &[]) })?;
                }
                Ok(())
            })
            .await
            .unwrap();
        let running = store.read(|tx| dialogues::running_of_region(tx, "midtjylland", 10)).await.unwrap();
        assert_eq!(ids(running), ["b", "a"]);
        let all = store.read(|tx| dialogues::to_do(tx, None, 10)).await.unwrap();
        let names: Vec<_> = all.iter().map(|row| row.dialogue.case.as_str()).collect();
        assert_eq!(names, ["b", "a"], "what runs out first stands first; what is done is no work");
        let none = store.read(|tx| dialogues::to_do(tx, Some("legal-affairs"), 10)).await.unwrap();
        assert!(none.is_empty());
        store
            .write(|tx| dialogues::write(tx, &dialogue("b", "to_forward", None, &["assemble"])))
            .await
            .unwrap();
        let first = store.read(|tx| dialogues::to_do(tx, Some("doctor-patient-office"), 1)).await.unwrap();
        assert_eq!(first[0].dialogue.case.as_str(), "a");
        counted_by_the_answer(&store).await;
    }
}

/// The report's rows: by the moment of the answer, with the number of the case; nobody who was not asked yet.
async fn counted_by_the_answer(store: &Store) {
    let scope = |from, until, line: &str, department: &str| Scope {
        from: Timestamp(from),
        until: Timestamp(until),
        line: line.to_owned(),
        department: department.to_owned(),
    };
    let rows = |scope: Scope| store.read(move |tx| report_rows::dialogues(tx, &scope));
    let counted = rows(scope(500, 501, "", "")).await.unwrap();
    assert_eq!(counted.iter().map(|row| row.case_id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(counted[0].verdicts, ["eligible", "record_keeping"]);
    assert_eq!(counted[0].contacted_at, Some(Timestamp(2_000)));
    assert!(!counted[0].case_number.is_empty());
    let office = "doctor-patient-office";
    for (scope, many) in [
        (scope(501, 9_000, "", ""), 0),
        (scope(0, 500, "", ""), 0),
        (scope(0, 501, "dialog", office), 3),
        (scope(0, 501, "12320", ""), 0),
        (scope(0, 501, "", "legal-affairs"), 0),
    ] {
        assert_eq!(rows(scope.clone()).await.unwrap().len(), many, "{scope:?}");
    }
    store.write(|tx| dialogues::write(tx, &dialogue("a", "not_asked", None, &[]))).await.unwrap();
    assert_eq!(rows(scope(500, 501, "", "")).await.unwrap().len(), 2);
}
