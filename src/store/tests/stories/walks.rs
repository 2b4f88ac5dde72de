//! Ways that calls walked: what is not counted yet, what is.

use domain::{CallId, Caller, Timestamp};
use store::calls::NewCall;
use store::turns::NewTurn;
use store::walks::{EdgeCount, Key, NodeCount};
use store::{Result, Store, Tx, calls, turns, walks};

fn open(tx: &mut Tx<'_>, name: &str, line: &str) -> Result<CallId> {
    let call = NewCall {
        id: CallId::new(name),
        provider: "twilio".into(),
        provider_call_id: name.into(),
        line: line.into(),
        direction: "inbound",
        caller: Caller::Withheld,
        dialled: "12320".into(),
        script_version: Some("v1".into()),
        at: Timestamp(1),
        service_day: "2026-03-03".into(),
    };
    Ok(calls::find_or_open(tx, &call)?.id)
}

fn turn(tx: &mut Tx<'_>, call: &CallId, (branch, step): (u32, u32), walked: &str, state: &str) -> Result<()> {
    let turn = NewTurn { call, branch, step, at: Timestamp(1), event: "{}", reply: "[]", state, walked };
    assert!(turns::keep(tx, &turn)?.is_none());
    Ok(())
}

fn edge(from: &str, way: &str, to: &str, calls: u64) -> EdgeCount {
    EdgeCount { from: from.into(), way: way.into(), to: to.into(), calls }
}

store::on_both_engines! {
    /// The turns of a call come in their order, with where the last one left it; who is counted comes no more.
    async fn calls_are_read_until_they_are_counted(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let (first, second) = (open(tx, "a", "12320")?, open(tx, "b", "12320")?);
                open(tx, "c", "dialog")?;
                turn(tx, &first, (1, 0), "[3]", "late")?;
                turn(tx, &first, (0, 0), "[1]", "begun")?;
                turn(tx, &first, (0, 1), "[2]", "then")?;
                calls::set_status(tx, &first, "completed", None, Some(Timestamp(100)))?;
                let all = walks::uncounted(tx, "12320", None, 10)?;
                let ids: Vec<_> = all.iter().map(|one| (one.call.as_str(), one.over, one.served)).collect();
                assert_eq!(ids, [("a", true, false), ("b", false, false)]);
                assert_eq!(all[0].walked, ["[1]", "[2]", "[3]"]);
                assert_eq!(all[0].last, Some(("late".into(), "[]".into())));
                assert_eq!((all[1].walked.len(), &all[1].last), (0, &None));
                assert_eq!(walks::uncounted(tx, "", None, 10)?.len(), 3);
                assert_eq!(walks::uncounted(tx, "", None, 2)?.len(), 2);
                assert_eq!(walks::uncounted(tx, "", Some(Timestamp(100)), 10)?.len(), 0, "not over before 100");
                assert_eq!(walks::uncounted(tx, "", Some(Timestamp(101)), 10)?.len(), 1);
                assert!(walks::mark_counted(tx, &first, Timestamp(200))?);
                assert!(!walks::mark_counted(tx, &first, Timestamp(201))?, "a call is counted once");
                assert_eq!(walks::uncounted(tx, "12320", None, 10)?[0].call, second);
                Ok(())
            })
            .await
            .unwrap();
    }
}

store::on_both_engines! {
    /// Counts add up within a day and version, and are read over days and versions.
    async fn counts_add_up(store: Store) {
        store
            .write(|tx| -> Result<()> {
                let key = |day: &str, version: &str| Key {
                    line: "12320".into(),
                    script_version: version.into(),
                    service_day: day.into(),
                };
                for (day, version, calls) in
                    [("2026-03-01", "v1", 2), ("2026-03-02", "v1", 3), ("2026-03-02", "v1", 4), ("2026-03-02", "v2", 1)]
                {
                    walks::add_edge(tx, &key(day, version), &edge("main", "1", "agent", calls))?;
                    let node = NodeCount { node: "main".into(), reached: calls, hung_up: 1 };
                    walks::add_node(tx, &key(day, version), &node)?;
                }
                walks::add_edge(tx, &key("2026-03-02", "v1"), &edge("", "start", "main", 9))?;
                assert_eq!(
                    walks::edges(tx, "12320", "2026-03-02", "2026-03-02")?,
                    [edge("", "start", "main", 9), edge("main", "1", "agent", 8)]
                );
                assert_eq!(walks::edges(tx, "12320", "2026-03-01", "2026-03-02")?[1].calls, 10);
                let nodes = walks::nodes(tx, "12320", "2026-03-02", "2026-03-31")?;
                assert_eq!(nodes, [NodeCount { node: "main".into(), reached: 8, hung_up: 3 }]);
                assert_eq!(walks::edges(tx, "dialog", "2026-03-01", "2026-03-31")?, []);
                Ok(())
            })
            .await
            .unwrap();
    }
}
