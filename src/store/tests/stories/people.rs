//! People, their sessions and the audit trail.

use domain::{Language, PersonId, PhoneNumber, Role, Timestamp};
use store::audit_search::{self, Search};
use store::people::Person;
use store::sessions::Session;
use store::{Error, Result, Store, audit, people, sessions, settings};

fn person(id: &str, login: &str) -> Person {
    Person {
        id: PersonId::new(id),
        login: login.into(),
        name: "李雷".into(),
        role: Role::Handler,
        department: Some("medical-administration".into()),
        phone: Some(PhoneNumber::parse("8001").unwrap()),
        language: Language::parse("zh-CN").unwrap(),
        created_at: Timestamp(1),
        disabled_at: None,
    }
}

fn session(hash: &str, person: &str, expires_at: i64) -> Session {
    Session {
        token_hash: hash.into(),
        person: PersonId::new(person),
        csrf: "csrf".into(),
        created_at: Timestamp(1),
        seen_at: Timestamp(1),
        expires_at: Timestamp(expires_at),
    }
}

store::on_both_engines! {
    async fn a_login_belongs_to_one_person(store: Store) {
        assert!(!store.read(people::any).await.unwrap());
        let add = |id: &'static str| store.write(move |tx| people::add(tx, &person(id, "lilei"), "hash"));
        add("a").await.unwrap();
        assert!(matches!(add("b").await, Err(Error::Conflict(_))));
        assert_eq!(store.read(people::list).await.unwrap(), [person("a", "lilei")]);
        let known = store.read(|tx| people::by_login(tx, "lilei")).await.unwrap().unwrap();
        assert_eq!((known.password.as_str(), known.failed_tries, known.locked_until), ("hash", 0, None));
        assert!(store.read(|tx| people::by_login(tx, "nobody")).await.unwrap().is_none());
    }

    async fn a_new_password_lifts_a_lock(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let id = PersonId::new("a");
                people::add(tx, &person("a", "lilei"), "old")?;
                people::note_tries(tx, &id, 3, Some(Timestamp(9)))?;
                people::set_password(tx, &id, "new")?;
                people::set_disabled(tx, &id, Some(Timestamp(5)))?;
                people::set_language(tx, &id, &Language::parse("da").unwrap())
            })
            .await
            .unwrap();
        let known = store.read(|tx| people::by_login(tx, "lilei")).await.unwrap().unwrap();
        assert_eq!((known.password.as_str(), known.failed_tries, known.locked_until), ("new", 0, None));
        assert_eq!((known.person.disabled_at, known.person.language.as_str()), (Some(Timestamp(5)), "da"));
    }

    async fn sessions_end_one_by_one_by_person_and_by_age(store: Store) {
        store
            .write(|tx| -> Result<()> {
                for one in [session("1", "a", 10), session("2", "a", 90), session("3", "b", 90), session("4", "b", 90)] {
                    sessions::open(tx, &one)?;
                }
                sessions::touch(tx, "3", Timestamp(7))?;
                sessions::close(tx, "4")?;
                assert_eq!(sessions::sweep(tx, Timestamp(10))?, 1);
                sessions::close_all_of(tx, &PersonId::new("a"))
            })
            .await
            .unwrap();
        let held = |hash: &'static str| store.read(move |tx| sessions::find(tx, hash));
        for gone in ["1", "2", "4"] {
            assert_eq!(held(gone).await.unwrap(), None, "{gone}");
        }
        assert_eq!(held("3").await.unwrap().unwrap().seen_at, Timestamp(7));
    }

    async fn the_audit_trail_is_read_in_order(store: Store) {
        let entry = |ordinal: i64| audit::Entry {
            ordinal,
            at: Timestamp(ordinal),
            actor: "house".into(),
            action: "tested".into(),
            object: "case:1".into(),
            reason: (ordinal == 2).then(|| "why".into()),
            previous: format!("{}", ordinal - 1),
            hash: format!("{ordinal}"),
        };
        assert_eq!(store.read(audit::last).await.unwrap(), None);
        store.write(move |tx| (1..=3).try_for_each(|n| audit::append(tx, &entry(n)))).await.unwrap();
        assert_eq!(store.read(audit::last).await.unwrap(), Some(entry(3)));
        assert_eq!(store.read(|tx| audit::after(tx, 1, 1)).await.unwrap(), [entry(2)]);
        let again = store.write(move |tx| audit::append(tx, &entry(3))).await;
        assert!(matches!(again, Err(Error::Conflict(_))));
    }

    async fn the_audit_trail_is_searched_newest_first(store: Store) {
        let rows = [
            ("li", "file-read", "attachment:7"),
            ("li", "recused", "case:1 person:li"),
            ("house", "account-locked", "person:li"),
            ("wang", "conflict-blocked", "case:1"),
            ("wang", "conflict-blocked", "case:2 case:3"),
        ];
        store.write(move |tx| {
            (1_i64..).zip(rows).try_for_each(|(ordinal, (actor, action, object))| {
                let (actor, action, object) = (actor.to_owned(), action.to_owned(), object.to_owned());
                let (previous, hash) = (String::new(), ordinal.to_string());
                // Two rows of one moment.
                let at = Timestamp(10 * ordinal.min(4));
                audit::append(tx, &audit::Entry { ordinal, at, actor, action, object, reason: None, previous, hash })
            })
        }).await.unwrap();
        let found = |search: Search, most: usize| {
            let store = store.clone();
            async move {
                let (rows, more) = store.read(move |tx| audit_search::find(tx, &search, most)).await.unwrap();
                (rows.iter().map(|row| row.ordinal).collect::<Vec<_>>(), more)
            }
        };
        let word = |text: &str| Some(text.to_owned());
        assert_eq!(found(Search::default(), 9).await, (vec![5, 4, 3, 2, 1], false));
        assert_eq!(found(Search::default(), 2).await, (vec![5, 4], true));
        let behind = Search { behind: Some((Timestamp(40), 5)), ..Search::default() };
        assert_eq!(found(behind, 2).await, (vec![4, 3], true), "two rows of one moment are parted");
        assert_eq!(found(Search { actor: word("li"), ..Search::default() }, 9).await.0, [2, 1]);
        assert_eq!(found(Search { action: word("conflict-blocked"), ..Search::default() }, 9).await.0, [5, 4]);
        let kind = Search { kind: word("case"), ..Search::default() };
        assert_eq!(found(kind.clone(), 9).await.0, [5, 4, 2], "a row about two cases stands once");
        let person = Search { kind: word("person"), actor: word("house"), ..Search::default() };
        assert_eq!(found(person, 9).await.0, [3]);
        let things = |things: &[&str]| Some(things.iter().map(|thing| (*thing).to_owned()).collect());
        let case = Search { things: things(&["case:1", "attachment:7"]), ..Search::default() };
        assert_eq!(found(case.clone(), 9).await.0, [4, 2, 1]);
        assert_eq!(found(Search { kind: word("attachment"), ..case }, 9).await.0, [1]);
        let both = Search { things: things(&["case:2", "case:3"]), ..Search::default() };
        assert_eq!(found(both, 9).await.0, [5]);
        assert_eq!(found(Search { things: things(&[]), ..Search::default() }, 9).await.0, [] as [i64; 0]);
        let period = Search { from: Some(Timestamp(20)), until: Some(Timestamp(40)), ..Search::default() };
        assert_eq!(found(period, 9).await.0, [3, 2]);
    }

    async fn a_setting_holds_its_last_value(store: Store) {
        store
            .write(|tx| -> Result<()> {
                settings::write(tx, "name", "first")?;
                settings::write(tx, "name", "second")
            })
            .await
            .unwrap();
        assert_eq!(store.read(|tx| settings::read(tx, "name")).await.unwrap().as_deref(), Some("second"));
        store.write(|tx| settings::remove(tx, "name")).await.unwrap();
        assert_eq!(store.read(|tx| settings::read(tx, "name")).await.unwrap(), None);
    }
}

/// What the trail is searched by on the screen goes by an index that gives the order of the page, and sorts nothing.
#[tokio::test]
async fn every_search_of_the_trail_walks_its_index() {
    let fresh = store::testing::Fresh::sqlite();
    let store = Store::open(&fresh.url).unwrap();
    let word = |text: &str| Some(text.to_owned());
    let behind = Some((Timestamp(40), 5));
    let table = [
        (Search::default(), "audit_by_time"),
        (Search { behind, ..Search::default() }, "audit_by_time"),
        (
            Search { from: Some(Timestamp(1)), until: Some(Timestamp(2)), ..Search::default() },
            "audit_by_time",
        ),
        (Search { actor: word("li"), behind, ..Search::default() }, "audit_by_actor"),
        (Search { action: word("recused"), ..Search::default() }, "audit_by_action"),
        (Search { kind: word("case"), behind, ..Search::default() }, "audit_about_by_kind"),
        (
            Search { things: Some(vec!["case:1".to_owned()]), behind, ..Search::default() },
            "audit_about_by_thing",
        ),
    ];
    for (search, index) in table {
        let told = format!("{search:?}");
        let plan = store
            .read(move |tx| -> Result<String> {
                let (sql, values) = audit_search::statement(&search, 50);
                let lines = tx.query(&format!("EXPLAIN QUERY PLAN {sql}"), &values)?;
                Ok(lines.iter().map(|row| row.get::<String>(3)).collect::<Result<Vec<_>>>()?.join("; "))
            })
            .await
            .unwrap();
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{told}: {plan}");
    }
}
