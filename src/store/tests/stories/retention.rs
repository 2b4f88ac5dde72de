//! What is forgotten, and what stays.

use domain::{CallId, Caller, Timestamp};
use store::calls::NewCall;
use store::turns::NewTurn;
use store::{Result, Store, calls, retention, turns};

fn call(provider_call_id: &str) -> NewCall {
    NewCall {
        id: CallId::new(provider_call_id),
        provider: "twilio".into(),
        provider_call_id: provider_call_id.into(),
        line: "12320".into(),
        direction: "inbound",
        caller: Caller::Withheld,
        dialled: "12320".into(),
        script_version: None,
        at: Timestamp(1),
        service_day: "2026-02-13".into(),
    }
}

store::on_both_engines! {
    /// Turns of calls that ended long ago go; turns of later and of open calls stay, and so do the calls.
    async fn old_turns_are_forgotten_and_calls_stay(store: Store) {
        store
            .write(|tx| -> Result<()> {
                for (name, ended) in [("old", Some(100)), ("late", Some(900)), ("open", None)] {
                    let id = calls::find_or_open(tx, &call(name))?.id;
                    let turn = NewTurn { call: &id, branch: 0, step: 1, at: Timestamp(1), event: "{}", reply: "[]", state: "{}", walked: "[]" };
                    assert!(turns::keep(tx, &turn)?.is_none());
                    calls::set_status(tx, &id, "completed", None, ended.map(Timestamp))?;
                }
                let gone = retention::forget(tx, Timestamp(500), Timestamp(500), 10)?;
                assert_eq!((gone.turns, gone.lookup_tries), (1, 0));
                for (name, kept) in [("old", 0), ("late", 1), ("open", 1)] {
                    let id = calls::by_provider_id(tx, "twilio", name)?.id;
                    assert_eq!(turns::of_call(tx, &id)?.len(), kept, "{name}");
                }
                assert_eq!(retention::forget(tx, Timestamp(500), Timestamp(500), 10)?.turns, 0);
                Ok(())
            })
            .await
            .unwrap();
    }
}
