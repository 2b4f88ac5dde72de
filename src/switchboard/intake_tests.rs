//! Accounts, sessions and intakes, told with a clock wound by hand on both engines.

use std::sync::Arc;

use callflow::Answer;
use domain::{CallId, Caller, Language, PhoneNumber, RequestType, Role, Secret};
use serde_json::json;
use store::Store;

use crate::audit::Verdict;
use crate::intake::Intake;
use crate::people::NewPerson;
use crate::queue::{self, Asking};
use crate::rights::{Administrator, Agent, Desk};
use crate::testing::{HandClock, NotedCarrier, board};
use crate::{Error, Switchboard};

fn stage(store: Store) -> (Switchboard, Arc<HandClock>) {
    let clock = HandClock::at("2026-03-03T10:00:00+08:00");
    (board(store, clock.clone(), Arc::new(NotedCarrier::default())), clock)
}

fn new(login: &str, role: Role) -> NewPerson {
    NewPerson {
        login: login.to_owned(),
        name: "Somebody".to_owned(),
        role,
        department: None,
        phone: Some(PhoneNumber::parse("8001").unwrap()),
        language: Language::parse("en").unwrap(),
        password: Secret::new("long enough"),
    }
}

fn code<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(Error::Refused { code, .. }) => code,
        other => panic!("expected a refusal: {other:?}"),
    }
}

/// An agent in conversation with a caller.
pub(crate) async fn in_conversation(board: &Switchboard) -> Desk<Agent> {
    let person = board.add_person(new("agent", Role::Agent), "test").await.unwrap();
    let desk: Desk<Agent> = Desk::admit(board, &person).unwrap();
    desk.go_ready().await.unwrap();
    let (house, now) = (board.house.clone(), board.now());
    let answered = board
        .store
        .write(move |tx| {
            let (call, caller) = (CallId::new("a"), Caller::parse("+8613800138000"));
            let language = Language::parse("zh-CN").unwrap();
            let asking = Asking {
                call: &call,
                line: "12320",
                visit: 0,
                caller: &caller,
                language: &language,
                ended_at: None,
                turn: crate::queue::TurnNumber { branch: 0, step: 0 },
            };
            let turn = store::notes::TurnNumber { branch: 0, step: 1 };
            store::notes::write(tx, &call, turn, "request_type", "inquiry")?;
            let answered = queue::answer_queue(tx, &house, &asking, "main", now)?;
            queue::agent_answered(tx, &house, &call, now)?;
            Ok::<_, Error>(answered)
        })
        .await
        .unwrap();
    assert!(matches!(answered.answer, Answer::Ring { .. }));
    desk
}

fn complaint(desk: &Desk<Agent>) -> Intake {
    let category = desk.house().categories.all()[0].code.clone();
    serde_json::from_value(json!({
        "request_type": "complaint",
        "caller": { "name": "王女士" },
        "points": [{
            "institution": { "text": "市第一人民医院" },
            "happened": { "text": "昨天上午" },
            "persons": { "unknown": true },
            "own_words": "医生态度恶劣，拒绝解释检查结果。",
            "category": category,
            "severity": 2,
        }],
        "read_back": true,
    }))
    .unwrap()
}

store::on_both_engines! {
    async fn the_set_up_link_makes_one_administrator(store: Store) {
        let (board, _) = stage(store);
        let link = board.setup_link().await.unwrap().unwrap();
        let token = link.rsplit('/').next().unwrap();
        assert!(board.setup_open(token).await.unwrap());
        assert!(!board.setup_open("guessed").await.unwrap());
        assert!(matches!(board.set_up("guessed", new("eve", Role::Agent)).await, Err(Error::NotFound)));
        let first = board.set_up(token, new("Root", Role::Agent)).await.unwrap();
        assert_eq!((first.role, first.login.as_str()), (Role::Administrator, "root"));
        assert!(matches!(board.set_up(token, new("eve", Role::Agent)).await, Err(Error::NotFound)));
        assert_eq!(board.setup_link().await.unwrap(), None);
    }

    async fn ten_wrong_tries_lock_an_account_for_a_quarter_of_an_hour(store: Store) {
        let (board, clock) = stage(store);
        board.add_person(new("agent", Role::Agent), "test").await.unwrap();
        let right = || Secret::new("long enough");
        assert_eq!(code(board.log_in("nobody", right()).await), "refused-login");
        for _ in 0..10 {
            assert_eq!(code(board.log_in("agent", Secret::new("wrong")).await), "refused-login");
        }
        assert_eq!(code(board.log_in("agent", right()).await), "refused-login");
        clock.advance(15 * 60);
        assert_eq!(board.log_in(" Agent ", right()).await.unwrap().person.login, "agent");
        assert!(matches!(board.verify_audit().await.unwrap(), Verdict::Whole { rows: 3 }));
    }

    async fn a_session_ends_by_idleness_by_age_and_at_once_when_the_account_is_disabled(store: Store) {
        let (board, clock) = stage(store);
        let agent = board.add_person(new("agent", Role::Agent), "test").await.unwrap();
        let token = board.log_in("agent", Secret::new("long enough")).await.unwrap().token;
        clock.advance(29 * 60);
        assert!(board.signed_in(&token).await.unwrap().is_some());
        clock.advance(29 * 60);
        assert!(board.signed_in(&token).await.unwrap().is_some(), "the visit before was a sign of life");
        clock.advance(31 * 60);
        assert!(board.signed_in(&token).await.unwrap().is_none());
        let token = board.log_in("agent", Secret::new("long enough")).await.unwrap().token;
        for _ in 0..25 {
            clock.advance(29 * 60);
            board.signed_in(&token).await.unwrap();
        }
        assert!(board.signed_in(&token).await.unwrap().is_none(), "twelve hours are the most");
        let token = board.log_in("agent", Secret::new("long enough")).await.unwrap().token;
        board.disable_person(&agent.id, "test").await.unwrap();
        assert!(board.signed_in(&token).await.unwrap().is_none());
        assert_eq!(code(board.log_in("agent", Secret::new("long enough")).await), "refused-login");
        board.enable_person(&agent.id, "test").await.unwrap();
        board.log_in("agent", Secret::new("long enough")).await.unwrap();
    }

    async fn accounts_are_checked_before_they_are_made(store: Store) {
        let (board, _) = stage(store);
        let root = board.add_person(new("root", Role::Administrator), "test").await.unwrap();
        let desk: Desk<Administrator> = Desk::admit(&board, &root).unwrap();
        assert!(Desk::<Agent>::admit(&board, &root).is_none());
        assert_eq!(code(desk.add_account(new("ROOT", Role::Agent)).await), "refused-login-taken");
        assert_eq!(code(desk.add_account(new("a b", Role::Agent)).await), "refused-login-form");
        assert_eq!(code(desk.add_account(new("h", Role::Handler)).await), "refused-handler-without-department");
        let short = NewPerson { password: Secret::new("short"), ..new("s", Role::Agent) };
        assert_eq!(code(desk.add_account(short).await), "refused-password-short");
        assert_eq!(code(desk.disable(&root.id).await), "refused-disable-oneself");
    }

    async fn a_changed_audit_row_is_found(store: Store) {
        let (board, _) = stage(store);
        for login in ["a", "b", "c"] {
            board.add_person(new(login, Role::Agent), "test").await.unwrap();
        }
        assert_eq!(board.verify_audit().await.unwrap(), Verdict::Whole { rows: 3 });
        let tamper = |tx: &mut store::Tx<'_>| tx.execute("UPDATE audit SET actor = 'eve' WHERE ordinal = 2", &[]);
        board.store.write(tamper).await.unwrap();
        assert_eq!(board.verify_audit().await.unwrap(), Verdict::BrokenAt { ordinal: 2 });
        let remove = |tx: &mut store::Tx<'_>| tx.execute("DELETE FROM audit WHERE ordinal = 2", &[]);
        board.store.write(remove).await.unwrap();
        assert_eq!(board.verify_audit().await.unwrap(), Verdict::BrokenAt { ordinal: 2 });
    }

    async fn a_draft_is_there_from_the_offer_and_no_save_overwrites_another(store: Store) {
        let (board, _) = stage(store);
        let desk = in_conversation(&board).await;
        let in_hand = desk.glance().await.unwrap().in_hand.unwrap();
        let file = desk.intake(&in_hand.intake).await.unwrap();
        let chosen = Intake { request_type: Some(RequestType::Inquiry), ..Intake::default() };
        assert_eq!((file.draft.version, &file.intake), (1, &chosen), "what the menu asked is not asked again");
        let first = desk.save_intake(&in_hand.intake, 1, complaint(&desk)).await.unwrap();
        assert_eq!(first.version, 2);
        // The same again, as after a lost reply, is no conflict; another text over the old version is one.
        assert_eq!(desk.save_intake(&in_hand.intake, 1, complaint(&desk)).await.unwrap().version, 2);
        let other = Intake { note: "other".to_owned(), ..complaint(&desk) };
        assert!(matches!(desk.save_intake(&in_hand.intake, 1, other).await, Err(Error::Conflict(_))));
        let kept = desk.intake(&in_hand.intake).await.unwrap().intake;
        assert_eq!((kept.note.as_str(), kept.request_type), ("", Some(RequestType::Complaint)));
        // Another agent's draft does not exist for this one.
        let stranger = board.add_person(new("stranger", Role::Agent), "test").await.unwrap();
        let stranger: Desk<Agent> = Desk::admit(&board, &stranger).unwrap();
        assert!(matches!(stranger.intake(&in_hand.intake).await, Err(Error::NotFound)));
    }

    async fn a_call_ends_without_a_case_by_one_code(store: Store) {
        let (board, _) = stage(store);
        let desk = in_conversation(&board).await;
        let id = desk.glance().await.unwrap().in_hand.unwrap().intake;
        assert_eq!(code(desk.finish_without_case(&id, "case_opened").await), "refused-wrap-up-code");
        assert_eq!(code(desk.finish_without_case(&id, "no such code").await), "refused-wrap-up-code");
        desk.finish_without_case(&id, "answered").await.unwrap();
        let contact = desk.intake(&id).await.unwrap().contact;
        assert_eq!(contact.outcome.as_deref(), Some("answered"));
        assert_eq!(contact.request_type, Some(RequestType::Inquiry));
        assert!(matches!(desk.finish_without_case(&id, "answered").await, Err(Error::Conflict(_))));
        assert!(matches!(desk.save_intake(&id, 1, complaint(&desk)).await, Err(Error::Conflict(_))));
    }

    async fn a_complaint_becomes_a_case_once_nothing_is_missing(store: Store) {
        let (board, _) = stage(store);
        let desk = in_conversation(&board).await;
        let id = desk.glance().await.unwrap().in_hand.unwrap().intake;
        match desk.finish_as_case(&id, None, None).await {
            Err(Error::Refused { code, missing }) => {
                assert_eq!(code, "refused-intake-incomplete");
                assert!(missing.contains(&"missing-read-back".to_owned()), "{missing:?}");
                assert!(missing.contains(&"missing-fact-time".to_owned()), "{missing:?}");
            }
            other => panic!("{other:?}"),
        }
        desk.save_intake(&id, 1, complaint(&desk)).await.unwrap();
        desk.article_told(&id, "cn-how-long").await.unwrap();
        let opened = desk.finish_as_case(&id, None, None).await.unwrap();
        // Told before the case was there or after it, once or twice: each stands once in its history.
        for article in ["cn-routes", "cn-how-long"] {
            desk.article_told(&id, article).await.unwrap();
        }
        assert!(matches!(desk.article_told(&id, "no-such").await, Err(Error::NotFound)));
        let of_case = opened.id.clone();
        let events = board.store.read(move |tx| store::case_events::of_case(tx, &of_case)).await.unwrap();
        let told = events.iter().filter(|event| event.kind == "article_told");
        let told: Vec<(&str, &str)> = told.map(|event| (event.actor.as_str(), event.detail.as_str())).collect();
        let agent = desk.person().id.to_string();
        let detail = |code: &str| format!("{{\"article\":\"{code}\",\"language\":\"zh-CN\",\"version\":1}}");
        let (first, second) = (detail("cn-how-long"), detail("cn-routes"));
        assert_eq!(told, [(agent.as_str(), first.as_str()), (agent.as_str(), second.as_str())]);
        let case = desk.opened_case(&id).await.unwrap();
        assert_eq!((&case.id, &case.number, &case.pin), (&opened.id, &opened.number, &opened.pin));
        assert_eq!(case.phone.as_ref().map(PhoneNumber::as_str), Some("+8613800138000"));
        desk.number_told(&id).await.unwrap();
        assert!(matches!(desk.finish_as_case(&id, None, None).await, Err(Error::Conflict(_))));
        let contact = desk.intake(&id).await.unwrap().contact;
        assert_eq!((contact.case, contact.outcome.as_deref()), (Some(opened.id), Some("case_opened")));
    }
}
