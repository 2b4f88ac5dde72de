//! The desk's rows: agents, queue, offers, contacts, intakes.

use domain::{
    CallId, ContactId, IntakeId, Language, OfferId, PersonId, PhoneNumber, QueueEntryId, RequestType,
    Timestamp,
};
use queueing::AgentState;
use store::agents::Agent;
use store::contacts::Contact;
use store::intakes::Draft;
use store::offers::{Offer, OfferState};
use store::queue::{Entry, EntryState, Outcome};
use store::told_articles::{self, Told};
use store::{Error, Result, Store, agents, contacts, intakes, offers, queue};

fn entry(id: &str, place_at: i64) -> Entry {
    Entry {
        id: QueueEntryId::new(id),
        call: CallId::new(format!("call-{id}")),
        visit: 0,
        line: "12320".into(),
        queue: "main".into(),
        language: Language::parse("zh-CN").unwrap(),
        caller: None,
        priority: 0,
        place_at: Timestamp(place_at),
        entered_at: Timestamp(place_at),
        state: EntryState::Waiting,
        answered_at: None,
        agent: None,
        ended_at: None,
        outcome: None,
        service_day: "2026-02-13".into(),
    }
}

fn offer(id: &str, branch: u32) -> Offer {
    Offer {
        id: OfferId::new(id),
        entry: QueueEntryId::new("a"),
        agent: PersonId::new("agent"),
        phone: PhoneNumber::parse("8001").unwrap(),
        branch,
        made_at: Timestamp(10),
        expires_at: Timestamp(30),
        state: OfferState::Ringing,
        ended_at: None,
    }
}

fn agent(state: AgentState, since: i64) -> Agent {
    Agent {
        person: PersonId::new("agent"),
        state,
        reason: None,
        since: Timestamp(since),
        idle_since: Timestamp(0),
        offer: None,
        call: None,
    }
}

fn contact(id: &str, call: Option<&str>, started_at: i64) -> Contact {
    Contact {
        id: ContactId::new(id),
        call: call.map(CallId::new),
        entry: call.map(QueueEntryId::new),
        channel: "call".into(),
        line: "12320".into(),
        caller: Some(PhoneNumber::parse("13800138000").unwrap()),
        language: None,
        agent: None,
        started_at: Timestamp(started_at),
        ended_at: None,
        request_type: None,
        outcome: None,
        note: None,
        case: None,
        service_day: "2026-02-13".into(),
    }
}

fn draft() -> Draft {
    Draft {
        id: IntakeId::new("d"),
        contact: ContactId::new("c"),
        agent: PersonId::new("agent"),
        version: 1,
        fields: "{}".into(),
        saved_at: Timestamp(1),
        finished_at: None,
        case: None,
    }
}

store::on_both_engines! {
    async fn the_queue_is_kept_by_place_and_a_call_stands_in_it_once(store: Store) {
        store
            .write(|tx| -> Result<()> {
                queue::insert(tx, &entry("late", 9))?;
                queue::insert(tx, &entry("early", 3))?;
                let ended = Entry { state: EntryState::Ended, ended_at: Some(Timestamp(5)), ..entry("gone", 1) };
                queue::insert(tx, &Entry { outcome: Some(Outcome::Abandoned), ..ended })
            })
            .await
            .unwrap();
        let open = store.read(queue::open).await.unwrap();
        assert_eq!(open, [entry("early", 3), entry("late", 9)]);
        let twice = Entry { id: QueueEntryId::new("other"), ..entry("late", 9) };
        assert!(matches!(store.write(move |tx| queue::insert(tx, &twice)).await, Err(Error::Conflict(_))));
        let gone = store.read(|tx| queue::at_visit(tx, &CallId::new("call-gone"), 0)).await.unwrap().unwrap();
        assert_eq!((gone.state, gone.outcome), (EntryState::Ended, Some(Outcome::Abandoned)));
    }

    async fn a_call_stands_in_the_queue_once_for_each_visit(store: Store) {
        let again = || Entry { id: QueueEntryId::new("again"), visit: 1, ..entry("first", 9) };
        let stories = move |tx: &mut store::Tx<'_>| -> Result<_> {
            queue::insert(tx, &entry("first", 3))?;
            queue::insert(tx, &again())?;
            Ok((queue::of_call(tx, &again().call)?, queue::at_visit(tx, &again().call, 2)?))
        };
        let (visits, third) = store.write(stories).await.unwrap();
        assert_eq!((visits, third), (vec![again(), entry("first", 3)], None));
    }

    async fn each_conversation_of_a_call_has_a_contact_of_its_own(store: Store) {
        let with = |id: &str, agent: &str, at| Contact {
            entry: Some(QueueEntryId::new(id)),
            agent: Some(PersonId::new(agent)),
            ..contact(id, Some("call"), at)
        };
        let find = move |tx: &mut store::Tx<'_>| -> Result<_> {
            for contact in [with("one", "ann", 1), with("two", "bo", 2), with("three", "ann", 3)] {
                contacts::insert(tx, &contact)?;
            }
            let latest = |tx: &mut store::Tx<'_>, agent: &str| {
                contacts::with_agent(tx, &CallId::new("call"), &PersonId::new(agent))
            };
            let found = [latest(tx, "ann")?, latest(tx, "bo")?, latest(tx, "cy")?];
            Ok((found, contacts::by_entry(tx, &QueueEntryId::new("one"))?))
        };
        let (found, first) = store.write(find).await.unwrap();
        assert_eq!(found.map(|one| one.map(|one| one.id.to_string())), [Some("three".to_owned()), Some("two".to_owned()), None]);
        assert_eq!(first.map(|one| one.id.to_string()), Some("one".to_owned()));
    }

    async fn few_conversations_tell_no_mean(store: Store) {
        let talked = |n: i64| Entry {
            answered_at: Some(Timestamp(0)),
            ended_at: Some(Timestamp(n * 60_000)),
            ..entry(&n.to_string(), 0)
        };
        store.write(move |tx| (1..=4).try_for_each(|n| queue::insert(tx, &talked(n)))).await.unwrap();
        assert_eq!(store.read(|tx| queue::mean_talk_seconds(tx, "main")).await.unwrap(), None);
        store.write(move |tx| queue::insert(tx, &talked(5))).await.unwrap();
        assert_eq!(store.read(|tx| queue::mean_talk_seconds(tx, "main")).await.unwrap(), Some(180));
        assert_eq!(store.read(|tx| queue::mean_talk_seconds(tx, "other")).await.unwrap(), None);
    }

    async fn an_offer_ends_once(store: Store) {
        store
            .write(|tx| -> Result<()> {
                offers::insert(tx, &offer("first", 1))?;
                offers::insert(tx, &offer("second", 2))?;
                offers::end(tx, &OfferId::new("first"), OfferState::Missed, Timestamp(20))?;
                offers::end(tx, &OfferId::new("first"), OfferState::Answered, Timestamp(25))
            })
            .await
            .unwrap();
        let first = store.read(|tx| offers::find(tx, &OfferId::new("first"))).await.unwrap();
        assert_eq!((first.state, first.ended_at), (OfferState::Missed, Some(Timestamp(20))));
        let expired = |now| store.read(move |tx| offers::expired(tx, Timestamp(now)));
        assert!(expired(29).await.unwrap().is_empty());
        assert_eq!(expired(30).await.unwrap(), [offer("second", 2)]);
        let all = store.read(|tx| offers::of_entry(tx, &QueueEntryId::new("a"))).await.unwrap();
        assert_eq!(all.iter().map(|offer| offer.branch).collect::<Vec<_>>(), [1, 2]);
    }

    async fn the_time_in_each_state_is_logged(store: Store) {
        let walk = [(AgentState::Ready, 10), (AgentState::Ringing, 10), (AgentState::Break, 40)];
        store
            .write(move |tx| -> Result<()> {
                let mut before: Option<Agent> = None;
                for (state, since) in walk {
                    let after = agent(state, since);
                    agents::change(tx, before.as_ref(), &after)?;
                    before = Some(after);
                }
                Ok(())
            })
            .await
            .unwrap();
        let id = PersonId::new("agent");
        let periods = store.read(move |tx| agents::periods(tx, &id)).await.unwrap();
        assert_eq!(periods, [(AgentState::Ringing, Timestamp(10), Timestamp(40))]);
        let now = store.read(|tx| agents::find(tx, &PersonId::new("agent"))).await.unwrap();
        assert_eq!(now, Some(agent(AgentState::Break, 40)));
        assert!(!store.read(|tx| agents::on_a_call(tx, &PersonId::new("agent"))).await.unwrap());
    }

    async fn earlier_contacts_of_a_number_come_newest_first(store: Store) {
        store
            .write(|tx| -> Result<()> {
                contacts::insert(tx, &contact("old", Some("x"), 1))?;
                contacts::insert(tx, &contact("new", Some("y"), 5))?;
                contacts::insert(tx, &contact("now", Some("z"), 9))?;
                contacts::end_call(tx, &CallId::new("z"), Timestamp(12))?;
                contacts::end_call(tx, &CallId::new("z"), Timestamp(15))?;
                let praise = Some(RequestType::Praise);
                contacts::wrap_up(tx, &ContactId::new("old"), praise, "thanked", Some("note"), None)
            })
            .await
            .unwrap();
        let number = PhoneNumber::parse("13800138000").unwrap();
        let earlier = store.read(move |tx| contacts::earlier(tx, &number, &ContactId::new("now"), 5)).await.unwrap();
        assert_eq!(earlier.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["new", "old"]);
        assert_eq!(earlier[1].request_type, Some(RequestType::Praise));
        let now = store.read(|tx| contacts::find(tx, &ContactId::new("now"))).await.unwrap();
        assert_eq!(now.ended_at, Some(Timestamp(12)), "the first end holds");
    }

    async fn a_draft_is_saved_over_its_own_version_and_finished_once(store: Store) {
        store.write(|tx| intakes::insert(tx, &draft())).await.unwrap();
        let id = || IntakeId::new("d");
        let save = |version| store.write(move |tx| intakes::save(tx, &id(), version, "{\"note\":1}", Timestamp(2)));
        assert_eq!(save(1).await.unwrap(), 2);
        assert!(matches!(save(1).await, Err(Error::Conflict(_))));
        assert_eq!(store.read(|tx| intakes::unfinished(tx, &PersonId::new("agent"))).await.unwrap().len(), 1);
        let finish = || store.write(move |tx| intakes::finish(tx, &id(), None, Timestamp(3)));
        finish().await.unwrap();
        assert!(matches!(finish().await, Err(Error::Conflict(_))));
        assert!(matches!(save(2).await, Err(Error::Conflict(_))));
        assert!(store.read(|tx| intakes::unfinished(tx, &PersonId::new("agent"))).await.unwrap().is_empty());
    }

    /// What was told twice in one call stands once; another version, and another call, stand for themselves.
    async fn what_was_told_to_a_caller_stands_once_with_its_version(store: Store) {
        let told = |contact: &str, version: u32, by: &str, at: i64| Told {
            contact: ContactId::new(contact),
            article: "cn-how-long".into(),
            version,
            language: Language::parse("zh-CN").unwrap(),
            by: PersonId::new(by),
            at: Timestamp(at),
        };
        for (one, new) in [
            (told("a", 1, "first", 10), true),
            (told("a", 1, "second", 20), false),
            (told("a", 2, "second", 30), true),
            (told("b", 1, "second", 40), true),
        ] {
            assert_eq!(store.write(move |tx| told_articles::insert(tx, &one)).await.unwrap(), new);
        }
        let of = |contact: &'static str| store.read(move |tx| told_articles::of_contact(tx, &ContactId::new(contact)));
        assert_eq!(of("a").await.unwrap(), [told("a", 1, "first", 10), told("a", 2, "second", 30)]);
        assert_eq!(of("b").await.unwrap().len(), 1);
        assert!(of("c").await.unwrap().is_empty());
    }
}
