//! Evidence, corrective actions, learning notes and letters.

use domain::{CaseId, PersonId, Timestamp};
use store::corrections::{self, Correction};
use store::evidence::{self, Entry};
use store::learning::{self, Note};
use store::letters::{self, IssuedLetter};
use store::{Result, Store, cases};

use crate::cases::case;

fn entry(id: &str, case: &str, preserve_due_at: Option<i64>) -> Entry {
    Entry {
        id: id.to_owned(),
        case: CaseId::new(case),
        kind: "footage".to_owned(),
        what: "Camera 3".to_owned(),
        state: "promised".to_owned(),
        holder: "institution".to_owned(),
        readers: "handler,supervisor".to_owned(),
        request_due_at: Some(Timestamp(40)),
        preserve_due_at: preserve_due_at.map(Timestamp),
        sha256: None,
    }
}

fn correction(id: &str, check_at: i64) -> Correction {
    Correction {
        id: id.to_owned(),
        case: CaseId::new("a"),
        institution: Some("yunhe-first".to_owned()),
        what: "A second desk at noon".to_owned(),
        owner: "Outpatient office".to_owned(),
        due_at: Timestamp(10),
        check_at: Some(Timestamp(check_at)),
        result: None,
        remark: String::new(),
        planned_at: Timestamp(1),
    }
}

fn note(id: &str, institution: Option<&str>, category: &str, at: i64) -> Note {
    Note {
        id: id.to_owned(),
        case: CaseId::new("a"),
        institution: institution.map(str::to_owned),
        category: category.to_owned(),
        rule_gap: "no rule on call-backs".to_owned(),
        words: "Say how long it takes".to_owned(),
        noted_at: Timestamp(at),
    }
}

store::on_both_engines! {
    async fn what_may_be_overwritten_is_known_of_a_list_of_cases_until_it_is_held(store: Store) {
        store.write(|tx| -> Result<()> {
            for one in [entry("1", "a", Some(30)), entry("2", "a", Some(20)), entry("3", "b", None)] {
                evidence::put(tx, &one)?;
            }
            Ok(())
        }).await.unwrap();
        let cases = ["a", "b", "c"].map(CaseId::new).to_vec();
        let asked = cases.clone();
        let risky = store.read(move |tx| evidence::at_risk_of_cases(tx, &asked)).await.unwrap();
        assert_eq!(risky, [(CaseId::new("a"), Timestamp(20))]);
        store.write(|tx| -> Result<()> {
            let held = Entry { state: "held".to_owned(), sha256: Some("ab".to_owned()), request_due_at: None, ..entry("2", "a", None) };
            evidence::put(tx, &held)
        }).await.unwrap();
        let risky = store.read(move |tx| evidence::at_risk_of_cases(tx, &cases)).await.unwrap();
        assert_eq!(risky, [(CaseId::new("a"), Timestamp(30))]);
        assert!(store.read(|tx| evidence::at_risk_of_cases(tx, &[])).await.unwrap().is_empty());
        let of_a = store.read(|tx| evidence::of_case(tx, &CaseId::new("a"))).await.unwrap();
        assert_eq!(of_a.iter().map(|one| one.state.as_str()).collect::<Vec<_>>(), ["promised", "held"]);
        assert_eq!((of_a[1].sha256.as_deref(), of_a[1].request_due_at), (Some("ab"), None));
    }

    async fn corrections_wait_for_their_check_in_its_order(store: Store) {
        store.write(|tx| -> Result<()> {
            cases::insert(tx, &case("a", 1, 10))?;
            for one in [correction("late", 50), correction("early", 20)] {
                corrections::insert(tx, &one)?;
            }
            Ok(())
        }).await.unwrap();
        let open = store.read(|tx| corrections::to_check(tx, 10)).await.unwrap();
        assert_eq!(open.iter().map(|(one, _)| one.id.as_str()).collect::<Vec<_>>(), ["early", "late"]);
        assert_eq!(open[0].0, correction("early", 20));
        assert_eq!(store.read(|tx| corrections::overdue(tx, Timestamp(30))).await.unwrap(), 1);
        store.write(|tx| corrections::check(tx, "early", "partly", "half of it", Some(Timestamp(60)))).await.unwrap();
        store.write(|tx| corrections::check(tx, "late", "done", "", None)).await.unwrap();
        let open = store.read(|tx| corrections::to_check(tx, 10)).await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!((open[0].0.result.as_deref(), open[0].0.remark.as_str()), (Some("partly"), "half of it"));
    }

    async fn notes_are_listed_by_institution_and_category_and_letters_by_case(store: Store) {
        let letter = IssuedLetter {
            id: "l".to_owned(),
            case: CaseId::new("a"),
            kind: "result".to_owned(),
            recipient: "complainant".to_owned(),
            channel: "letter".to_owned(),
            sheet: "{}".to_owned(),
            sha256: "ab".to_owned(),
            issued_at: Timestamp(5),
            issued_by: PersonId::new("agent"),
        };
        let kept = letter.clone();
        store.write(move |tx| -> Result<()> {
            for one in [note("1", Some("x"), "fees", 1), note("2", Some("x"), "attitude", 2), note("3", None, "fees", 3)] {
                learning::insert(tx, &one)?;
            }
            letters::insert(tx, &kept)
        }).await.unwrap();
        for (institution, category, found) in [
            (None, None, "3 2 1"),
            (Some("x"), None, "2 1"),
            (None, Some("fees"), "3 1"),
            (Some("x"), Some("fees"), "1"),
        ] {
            let notes = store.read(move |tx| learning::list(tx, institution, category, 10)).await.unwrap();
            let ids: Vec<&str> = notes.iter().map(|one| one.id.as_str()).collect();
            assert_eq!(ids.join(" "), found);
        }
        assert_eq!(store.read(|tx| letters::of_case(tx, &CaseId::new("a"))).await.unwrap(), std::slice::from_ref(&letter));
        assert_eq!(store.read(|tx| letters::get(tx, "l")).await.unwrap(), letter);
        assert!(store.read(|tx| letters::of_case(tx, &CaseId::new("b"))).await.unwrap().is_empty());
    }
}
