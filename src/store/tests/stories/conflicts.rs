//! Who must not see a case.

use domain::{CaseId, PersonId, Timestamp};
use store::case_lists::{self, Filter};
use store::conflicts::{self, Recusal};
use store::{Result, Store, cases, points};

use crate::cases::{case, point};

store::on_both_engines! {
    async fn an_interest_or_a_recusal_keeps_a_case_from_somebody(store: Store) {
        let (own, other) = (PersonId::new("own"), PersonId::new("other"));
        store.write(|tx| -> Result<()> {
            for (sequence, name, institution) in [(1, "a", Some("yunhe-first")), (2, "b", None), (3, "c", None)] {
                cases::insert(tx, &case(name, sequence, 10))?;
                points::insert(tx, &store::points::Point {
                    institution: institution.map(str::to_owned),
                    ..point(name, 1, "attitude")
                })?;
            }
            let supervisor = PersonId::new("supervisor");
            let institutions = ["yunhe-first".to_owned(), "yunhe-second".to_owned()];
            conflicts::declare(tx, &PersonId::new("own"), &institutions, Timestamp(5), &supervisor)?;
            for reason in ["his sister", "again"] {
                conflicts::recuse(tx, &Recusal {
                    case: CaseId::new("b"),
                    person: PersonId::new("own"),
                    reason: reason.to_owned(),
                    at: Timestamp(6),
                    by: supervisor.clone(),
                })?;
            }
            Ok(())
        }).await.unwrap();
        let seen = |person: PersonId| {
            let store = store.clone();
            async move {
                store.read(move |tx| -> Result<_> {
                    let blocked = ["a", "b", "c"].map(|name| conflicts::blocked(tx, &person, &CaseId::new(name)));
                    let not_for = conflicts::any_of(tx, &person)?.then(|| person.clone());
                    let list = case_lists::list(tx, &Filter { not_for, ..Filter::default() }, 10, 0)?;
                    let names = list.iter().map(|case| case.id.as_str().to_owned()).collect::<Vec<_>>();
                    Ok((blocked.map(Result::unwrap), names.join(" ")))
                }).await.unwrap()
            }
        };
        assert_eq!(seen(own.clone()).await, ([true, true, false], "c".to_owned()));
        assert_eq!(seen(other).await, ([false, false, false], "a b c".to_owned()));
        let kept = store.read(|tx| conflicts::of_case(tx, &CaseId::new("b"))).await.unwrap();
        assert_eq!(kept.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["his sister"]);
        let (latest, interests) = store.read(|tx| Ok::<_, store::Error>((conflicts::latest(tx)?, conflicts::all_interests(tx)?))).await.unwrap();
        assert_eq!(latest, kept);
        let declared: Vec<_> = interests.iter().map(|one| (one.person.as_str(), one.institution.as_str())).collect();
        assert_eq!(declared, [("own", "yunhe-first"), ("own", "yunhe-second")]);
        let write = own.clone();
        store.write(move |tx| conflicts::declare(tx, &write, &[], Timestamp(7), &write)).await.unwrap();
        assert_eq!(seen(own).await, ([false, true, false], "a c".to_owned()));
    }
}
