//! Rows of reports: the right period, line and department, everything beside them, nothing twice.

use domain::{
    AttemptId, CallId, CallbackId, CaseId, Language, PersonId, PhoneNumber, QueueEntryId, Timestamp,
};
use store::attempts::Attempt;
use store::callbacks::Callback;
use store::queue::{Entry, EntryState, Outcome};
use store::report_rows::{self, Scope};
use store::{Result, Store, attempts, callbacks, cases, dispatches, points, queue};

use crate::cases::{case, dispatch, point};

fn scope(from: i64, until: i64) -> Scope {
    Scope { from: Timestamp(from), until: Timestamp(until), line: String::new(), department: String::new() }
}

fn satisfaction(name: &str, case: &str, due: i64, score: Option<i64>) -> Callback {
    Callback {
        id: CallbackId::new(name),
        purpose: "satisfaction".into(),
        line: "12320".into(),
        case: Some(CaseId::new(case)),
        call: None,
        phone: PhoneNumber::parse("+8613800138000").unwrap(),
        language: Language::parse("zh-CN").unwrap(),
        wish: None,
        law: None,
        place_at: None,
        promised_at: Timestamp(1),
        due_at: Timestamp(due),
        next_at: None,
        state: "done".into(),
        attempts: 2,
        claimed_by: None,
        outcome: Some("reached".into()),
        contacted: None,
        solved: Some(true),
        satisfaction: score,
        note: None,
        done_at: Some(Timestamp(due + 1)),
        done_by: None,
        created_at: Timestamp(1),
        service_day: "2026-02-13".into(),
    }
}

fn attempt(callback: &str, ordinal: i64, outcome: &str) -> Attempt {
    Attempt {
        id: AttemptId::new(format!("{callback}-{ordinal}")),
        callback: CallbackId::new(callback),
        ordinal,
        channel: "manual".into(),
        agent: PersonId::new("agent"),
        provider_call_id: None,
        intended_at: Timestamp(ordinal),
        dialled_at: Some(Timestamp(ordinal)),
        ended_at: None,
        outcome: Some(outcome.into()),
        note: None,
    }
}

fn waiting(name: &str, entered: i64, ended: Option<i64>) -> Entry {
    Entry {
        id: QueueEntryId::new(name),
        call: CallId::new(name),
        visit: 0,
        line: "12320".into(),
        queue: "general".into(),
        language: Language::parse("zh-CN").unwrap(),
        caller: Some(PhoneNumber::parse("+8613800138000").unwrap()),
        priority: 0,
        place_at: Timestamp(entered),
        entered_at: Timestamp(entered),
        state: if ended.is_some() { EntryState::Ended } else { EntryState::Waiting },
        answered_at: None,
        agent: None,
        ended_at: ended.map(Timestamp),
        outcome: ended.map(|_| Outcome::Abandoned),
        service_day: "2026-02-13".into(),
    }
}

store::on_both_engines! {
    /// A dispatch counts where it was sent or fell due, with its case's first point and last mark.
    async fn dispatches_of_a_period(store: Store) {
        let rows = store.write(|tx| -> Result<_> {
            cases::insert(tx, &case("one", 1, 5))?;
            points::insert(tx, &point("one", 1, "process"))?;
            points::insert(tx, &point("one", 2, "fees"))?;
            let mut returned = dispatch("one", 1, "logistics");
            returned.returned_at = Some(Timestamp(12));
            dispatches::insert(tx, &returned)?;
            let mut second = dispatch("one", 2, "operations");
            second.sent_at = Timestamp(25);
            second.due_at = Some(Timestamp(90));
            dispatches::insert(tx, &second)?;
            callbacks::insert(tx, &satisfaction("early", "one", 40, Some(2)))?;
            callbacks::insert(tx, &satisfaction("late", "one", 50, Some(4)))?;
            callbacks::insert(tx, &satisfaction("unrated", "one", 60, None))?;
            let department = Scope { department: "operations".into(), ..scope(0, 100) };
            let line = Scope { line: "dialog".into(), ..scope(0, 100) };
            [scope(0, 100), scope(0, 25), scope(90, 91), scope(31, 90), department, line]
                .iter()
                .map(|scope| report_rows::dispatches(tx, scope))
                .collect::<Result<Vec<_>>>()
        }).await.unwrap();
        let counts: Vec<usize> = rows.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 1, 1, 0, 1, 0]);
        let [first, second] = rows[0].as_slice() else { panic!("two dispatches") };
        assert!(first.sent_on && !second.sent_on);
        assert_eq!((first.ordinal, second.ordinal), (1, 2));
        assert_eq!(first.category.as_deref(), Some("process"));
        assert_eq!(first.institution.as_deref(), Some("first-hospital"));
        assert_eq!(first.satisfaction, Some(4));
        assert_eq!(first.returned_at, Some(Timestamp(12)));
    }

    /// Callbacks come with their attempts in order, and never with a whole number.
    async fn callbacks_of_a_period(store: Store) {
        let rows = store.write(|tx| -> Result<_> {
            cases::insert(tx, &case("one", 1, 5))?;
            dispatches::insert(tx, &dispatch("one", 1, "logistics"))?;
            callbacks::insert(tx, &satisfaction("a", "one", 50, Some(4)))?;
            callbacks::insert(tx, &satisfaction("b", "nobody", 60, None))?;
            callbacks::insert(tx, &satisfaction("c", "one", 100, None))?;
            attempts::insert(tx, &attempt("a", 2, "reached"))?;
            attempts::insert(tx, &attempt("a", 1, "busy"))?;
            attempts::insert(tx, &attempt("c", 1, "busy"))?;
            let department = Scope { department: "logistics".into(), ..scope(0, 100) };
            Ok([report_rows::callbacks(tx, &scope(0, 100))?, report_rows::callbacks(tx, &department)?])
        }).await.unwrap();
        let ids = |place: usize| rows[place].iter().map(|row| row.callback_id.as_str()).collect::<Vec<_>>();
        assert_eq!((ids(0), ids(1)), (vec!["a", "b"], vec!["a"]));
        let outcomes: Vec<_> = rows[0][0].attempts.iter().map(|attempt| attempt.outcome.as_deref()).collect();
        assert_eq!(outcomes, [Some("busy"), Some("reached")]);
        assert_eq!(rows[0][0].phone, "***8000");
        assert_eq!(rows[0][0].department.as_deref(), Some("logistics"));
        assert!(rows[0][0].case_number.is_some() && rows[0][1].case_number.is_none());
    }

    /// The queue of a period, and who waits now whenever he came.
    async fn callers_who_wait(store: Store) {
        let (period, now) = store.write(|tx| -> Result<_> {
            for entry in [waiting("a", 10, Some(20)), waiting("b", 90, None), waiting("c", 100, None)] {
                queue::insert(tx, &entry)?;
            }
            Ok((report_rows::queue(tx, &scope(0, 100))?, report_rows::waiting(tx)?))
        }).await.unwrap();
        let ids = |rows: &[figures::QueueRow]| rows.iter().map(|row| row.entry_id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&period), ["a", "b"]);
        assert_eq!(ids(&now), ["b", "c"]);
        assert_eq!(period[0].outcome.as_deref(), Some("abandoned"));
        assert_eq!(period[0].phone.as_deref(), Some("***8000"));
        assert!(period[1].is_waiting());
    }
}
