//! Legs, rooms and transfers of live calls.

use domain::{CallId, PersonId, PhoneNumber, Timestamp, TransferId};
use store::call_rooms::Room;
use store::call_transfers::Transfer;
use store::notes::TurnNumber;
use store::{Error, Result, Store, call_legs, call_rooms, call_transfers};

fn transfer(id: &str, asked_at: i64, outcome: Option<&str>) -> Transfer {
    Transfer {
        id: TransferId::new(id),
        call: CallId::new("a"),
        line: "12320".into(),
        kind: "consult".into(),
        from: PersonId::new("wang"),
        to: PhoneNumber::parse("8002").unwrap(),
        to_agent: Some(PersonId::new("li")),
        to_department: None,
        leg: None,
        asked_at: Timestamp(asked_at),
        answered_at: None,
        joined_at: None,
        ended_at: outcome.map(|_| Timestamp(asked_at + 1)),
        outcome: outcome.map(str::to_owned),
    }
}

store::on_both_engines! {
    /// Hooks of legs come in any order: what was told first stays, and a leg that is over talks with nobody.
    async fn the_leg_that_talks_is_the_latest_that_was_answered_and_is_not_over(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let call = CallId::new("a");
                assert_eq!(call_legs::talking(tx, &call)?, None);
                call_legs::answered(tx, "p", "1", &call, Timestamp(10))?;
                call_legs::answered(tx, "p", "1", &call, Timestamp(99))?;
                call_legs::answered(tx, "p", "2", &call, Timestamp(20))?;
                let talking = call_legs::talking(tx, &call)?.unwrap();
                assert_eq!((talking.provider_call_id.as_str(), talking.answered_at), ("2", Some(Timestamp(20))));
                call_legs::ended(tx, "p", "2", &call, Timestamp(30))?;
                call_legs::answered(tx, "p", "2", &call, Timestamp(31))?;
                let talking = call_legs::talking(tx, &call)?.unwrap();
                assert_eq!((talking.provider_call_id.as_str(), talking.answered_at), ("1", Some(Timestamp(10))));
                assert!(call_legs::is_over(tx, "p", "2")? && !call_legs::is_over(tx, "p", "1")?);
                assert!(!call_legs::is_over(tx, "p", "9")?, "nothing is known of it");
                // The end came before the answer.
                call_legs::ended(tx, "p", "3", &call, Timestamp(40))?;
                call_legs::answered(tx, "p", "3", &call, Timestamp(35))?;
                assert_eq!(call_legs::talking(tx, &call)?.unwrap().provider_call_id, "1");
                Ok(())
            })
            .await
            .unwrap();
    }

    async fn a_call_has_one_room_at_a_time(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let mut room = Room {
                    call: CallId::new("a"),
                    turn: TurnNumber { branch: 1, step: 4 },
                    caller: "held".into(),
                    agent: Some(PersonId::new("wang")),
                    agent_leg: None,
                    agent_in_at: None,
                    opened_at: Timestamp(1),
                    closed_at: None,
                };
                call_rooms::open(tx, &room)?;
                assert_eq!(call_rooms::of_call(tx, &room.call)?.as_ref(), Some(&room));
                (room.caller, room.agent, room.agent_leg) = ("room".into(), None, Some("CA1".into()));
                call_rooms::update(tx, &room)?;
                assert_eq!(call_rooms::open_rooms(tx)?, [room.clone()]);
                room.closed_at = Some(Timestamp(2));
                call_rooms::update(tx, &room)?;
                assert_eq!((call_rooms::of_call(tx, &room.call)?, call_rooms::open_rooms(tx)?), (None, Vec::new()));
                assert_eq!(call_rooms::last_of_call(tx, &room.call)?.as_ref(), Some(&room));
                // Called back to a conversation of its own, the same call may be held anew.
                call_rooms::open(tx, &Room { closed_at: None, opened_at: Timestamp(3), ..room.clone() })?;
                assert_eq!(call_rooms::of_call(tx, &room.call)?.unwrap().opened_at, Timestamp(3));
                Ok(())
            })
            .await
            .unwrap();
    }

    async fn a_second_room_of_a_live_one_is_a_conflict(store: Store) {
        let open = |tx: &mut store::Tx<'_>| {
            let room = Room {
                call: CallId::new("a"),
                turn: TurnNumber { branch: 0, step: 0 },
                caller: "held".into(),
                agent: None,
                agent_leg: None,
                agent_in_at: None,
                opened_at: Timestamp(1),
                closed_at: None,
            };
            call_rooms::open(tx, &room)
        };
        store.write(open).await.unwrap();
        assert!(matches!(store.write(open).await, Err(Error::Conflict(_))));
    }

    async fn transfers_are_found_by_call_and_counted_by_line_and_number(store: Store) {
        store
            .write(|tx| -> Result<()> {
                for one in [
                    transfer("1", 100, Some("no-answer")),
                    transfer("2", 200, Some("failed")),
                    transfer("3", 300, None),
                ] {
                    call_transfers::insert(tx, &one)?;
                    assert_eq!(call_transfers::get(tx, &one.id)?, one);
                }
                let call = CallId::new("a");
                let mut open = call_transfers::pending(tx, &call)?.unwrap();
                assert_eq!(open.id.as_str(), "3");
                let count = |tx: &mut store::Tx<'_>, since, line, number| {
                    call_transfers::count_asked(tx, Timestamp(since), line, number)
                };
                // What the provider refused rang nobody.
                assert_eq!(count(tx, 0, "", "")?, 2);
                assert_eq!(count(tx, 100, "12320", "8002")?, 1);
                assert_eq!((count(tx, 0, "dialog", "")?, count(tx, 0, "", "8003")?), (0, 0));
                (open.answered_at, open.leg) = (Some(Timestamp(301)), Some("CA9".into()));
                (open.joined_at, open.ended_at) = (Some(Timestamp(302)), Some(Timestamp(303)));
                open.outcome = Some("completed".into());
                call_transfers::update(tx, &open)?;
                assert_eq!(call_transfers::of_call(tx, &call)?.last(), Some(&open));
                assert_eq!(call_transfers::pending(tx, &call)?, None);
                assert_eq!(call_transfers::pending(tx, &CallId::new("b"))?, None);
                Ok(())
            })
            .await
            .unwrap();
    }
}
