//! The doors to the internet: the outbox, one-time links, files, complaints from the web, remembered answers.

use domain::{CaseId, ContactId, PersonId, Timestamp};
use store::attachments::{self, Attachment};
use store::links::{self, Link};
use store::mails::{self, Load, Mail};
use store::web_reports::{self, Asked, WebReport};
use store::{Error, Store, remembered};

fn mail(id: &str, at: i64) -> Mail {
    Mail {
        id: id.to_owned(),
        kind: "dispatch".to_owned(),
        case: CaseId::new("case"),
        load: Load::Link { dispatch: "dispatch".to_owned(), link: "link".to_owned() },
        recipient: "ward@hospital.example".to_owned(),
        language: "da".to_owned(),
        facts: "{}".to_owned(),
        sealed: Some("sealed".to_owned()),
        state: "waiting".to_owned(),
        tries: 0,
        next_try_at: Some(Timestamp(at)),
        fault: None,
        created_at: Timestamp(at),
        sent_at: None,
    }
}

fn link(id: &str, dispatch: Option<&str>) -> Link {
    Link {
        id: id.to_owned(),
        acts: "sign return".to_owned(),
        case: CaseId::new("case"),
        dispatch: dispatch.map(str::to_owned),
        department: Some("ward".to_owned()),
        created_by: "house".to_owned(),
        created_at: Timestamp(5),
        expires_at: Timestamp(50),
        used_at: None,
        used_for: None,
    }
}

fn report(contact: &str, client: Option<&str>, at: i64) -> WebReport {
    WebReport {
        contact: ContactId::new(contact),
        case: CaseId::new(format!("case of {contact}")),
        public_id: format!("public {contact}"),
        door: "open311".to_owned(),
        client: client.map(str::to_owned),
        service: Some("fees".to_owned()),
        address: Some("门诊大厅".to_owned()),
        lat: Some(31.25),
        long: Some(-0.5),
        media_url: None,
        received_at: Timestamp(at),
        taken_by: None,
        taken_at: None,
    }
}

store::on_both_engines! {
    async fn a_mail_waits_until_it_is_sent(store: Store) {
        store
            .write(|tx| {
                mails::insert(tx, &mail("late", 9))?;
                mails::insert(tx, &mail("early", 3))?;
                assert!(mails::due(tx, Timestamp(2), 9)?.is_empty());
                let mut due = mails::due(tx, Timestamp(9), 9)?;
                assert_eq!(due.iter().map(|mail| mail.id.as_str()).collect::<Vec<_>>(), ["early", "late"]);
                assert_eq!(mails::due(tx, Timestamp(9), 1)?.len(), 1);
                assert!(mails::troubled(tx, 9)?.is_empty());
                let early = &mut due[0];
                (early.sealed, early.state, early.next_try_at) = (None, "sent".to_owned(), None);
                (early.tries, early.sent_at, early.fault) = (2, Some(Timestamp(4)), Some("busy".to_owned()));
                mails::update(tx, early)?;
                assert_eq!(mails::get(tx, "early")?, *early);
                assert_eq!(mails::due(tx, Timestamp(9), 9)?.len(), 1, "what is sent is never due again");
                assert_eq!(mails::troubled(tx, 9)?.len(), 1);
                assert_eq!(mails::of_dispatch(tx, "dispatch")?.len(), 2);
                assert_eq!(mails::last(tx, 1)?[0].id, "late");
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }

    async fn a_mail_carries_a_link_or_a_letter_and_never_both(store: Store) {
        store
            .write(|tx| {
                let letter = |id: &str, at| Mail { load: Load::Letter(format!("letter of {id}")), ..mail(id, at) };
                mails::insert(tx, &mail("with a link", 1))?;
                mails::insert(tx, &letter("second", 4))?;
                mails::insert(tx, &letter("first", 3))?;
                mails::insert(tx, &Mail { case: CaseId::new("another"), ..letter("elsewhere", 3) })?;
                assert_eq!(mails::get(tx, "first")?, letter("first", 3));
                let of_case = mails::of_letters(tx, &CaseId::new("case"))?;
                let carried: Vec<_> = of_case.iter().filter_map(|mail| mail.load.letter()).collect();
                assert_eq!(carried, ["letter of first", "letter of second"]);
                assert_eq!(mails::of_dispatch(tx, "dispatch")?.len(), 1);
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        for set in ["letter_id = 'x'", "link_id = NULL", "dispatch_id = NULL", "link_id = NULL, dispatch_id = NULL"] {
            let broken = store
                .write(move |tx| tx.execute(&format!("UPDATE mails SET {set} WHERE id = 'with a link'"), &[]))
                .await;
            assert!(broken.is_err(), "{set}");
        }
    }

    async fn a_link_is_used_up_once(store: Store) {
        let again = store
            .write(|tx| {
                links::insert(tx, &link("one", Some("dispatch")), "hash of one")?;
                links::insert(tx, &link("other", Some("dispatch")), "hash of other")?;
                links::insert(tx, &link("upload", None), "hash of upload")?;
                assert_eq!(links::by_secret(tx, "hash of one")?, Some(link("one", Some("dispatch"))));
                assert_eq!(links::by_secret(tx, "one")?, None);
                links::use_up(tx, "one", "sign", Timestamp(7))?;
                links::supersede(tx, "dispatch", Timestamp(7))?;
                let used = links::of_dispatch(tx, "dispatch")?;
                let how: Vec<_> = used.iter().map(|link| link.used_for.as_deref().unwrap_or("open")).collect();
                assert_eq!(how, ["sign", "superseded"]);
                assert_eq!(links::get(tx, "upload")?.used_at, None);
                links::use_up(tx, "one", "return", Timestamp(8))
            })
            .await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    }

    async fn files_are_kept_by_case_and_link(store: Store) {
        let file = |id: &str, link: Option<&str>| Attachment {
            id: id.to_owned(),
            case: CaseId::new("case"),
            link: link.map(str::to_owned),
            giver: "complainant".to_owned(),
            name: "发票.pdf".to_owned(),
            kind: "receipt".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: 12,
            sha256: "ab".to_owned(),
            place: format!("2026/02/{id}.pdf"),
            state: "kept".to_owned(),
            scan: "clean".to_owned(),
            sight: "hotline".to_owned(),
            at: Timestamp(5),
        };
        store
            .write(move |tx| {
                attachments::insert(tx, &file("a", Some("link")))?;
                attachments::insert(tx, &file("b", None))?;
                assert_eq!(attachments::of_case(tx, &CaseId::new("case"))?, [file("a", Some("link")), file("b", None)]);
                assert_eq!(attachments::count_of_link(tx, "link")?, 1);
                attachments::set_sight(tx, "b", "department")?;
                assert_eq!(attachments::get(tx, "b")?.sight, "department");
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }

    async fn a_complaint_from_the_web_is_taken_by_one_person(store: Store) {
        store
            .write(|tx| {
                let (first, second) = (report("a", Some("city"), 5), report("b", None, 3));
                web_reports::insert(tx, &first)?;
                web_reports::insert(tx, &second)?;
                assert_eq!(web_reports::waiting(tx, 9)?, [second.clone(), first.clone()]);
                assert_eq!(web_reports::by_public_id(tx, "public a")?, Some(first.clone()));
                let asked = Asked { from: Some(Timestamp(5)), to: None, service: Some("fees".to_owned()) };
                assert_eq!(web_reports::of_client(tx, "city", &asked, 9)?, std::slice::from_ref(&first));
                let other = Asked { service: Some("safety".to_owned()), ..Asked::default() };
                assert!(web_reports::of_client(tx, "city", &other, 9)?.is_empty());
                assert_eq!(web_reports::of_client(tx, "city", &Asked::default(), 9)?.len(), 1);
                let (one, other) = (PersonId::new("one"), PersonId::new("other"));
                web_reports::take(tx, &first.contact, &one, Timestamp(8))?;
                assert_eq!(web_reports::count_waiting(tx)?, 1);
                assert_eq!(web_reports::get(tx, &first.contact)?.taken_by, Some(one));
                let again = web_reports::take(tx, &first.contact, &other, Timestamp(9));
                assert!(matches!(again, Err(Error::Conflict(_))));
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }

    async fn the_first_answer_to_a_key_stands(store: Store) {
        store
            .write(|tx| {
                assert_eq!(remembered::begin(tx, "page", "k", "digest", Timestamp(5))?, None);
                let open = remembered::begin(tx, "page", "k", "digest", Timestamp(6))?.unwrap();
                assert_eq!(open.answer, None, "still being answered");
                remembered::finish(tx, "page", "k", 201, "{}")?;
                let known = remembered::begin(tx, "page", "k", "other", Timestamp(7))?.unwrap();
                assert_eq!((known.digest.as_str(), known.answer), ("digest", Some((201, "{}".to_owned()))));
                assert_eq!(remembered::begin(tx, "other", "k", "digest", Timestamp(5))?, None);
                remembered::give_up(tx, "other", "k")?;
                assert_eq!(remembered::begin(tx, "other", "k", "digest", Timestamp(9))?, None);
                assert_eq!(remembered::sweep(tx, Timestamp(6))?, 1);
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }
}
