//! People, their sessions and the audit trail.

use domain::{Language, PersonId, PhoneNumber, Role, Timestamp};
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
