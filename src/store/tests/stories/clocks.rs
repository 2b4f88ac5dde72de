//! Clocks of cases: rows, what is to be reckoned anew, warnings, the log.

use domain::{CaseId, Timestamp};
use store::clocks::{self, Clock, Reckoned};
use store::{Result, Store, cases};

use crate::cases::case;

fn clock(case: &str, duty: &str, warn_at: Option<i64>) -> Clock {
    Clock {
        case: CaseId::new(case),
        duty: duty.into(),
        subject: String::new(),
        law: "cn-order3-single".into(),
        start_at: Timestamp(10),
        due_at: Timestamp(500),
        provisional: true,
        paused: false,
        met_at: None,
        warned: 0,
        warn_at: warn_at.map(Timestamp),
        next_percent: 50,
    }
}

store::on_both_engines! {
async fn a_clock_is_reckoned_anew_in_its_place(store: Store) {
    store
        .write(|tx| -> Result<()> {
            let first = clock("c", "answer", Some(100));
            clocks::put(tx, &first)?;
            let later = Clock { due_at: Timestamp(900), warned: 50, provisional: false, ..first };
            clocks::put(tx, &later)?;
            clocks::put(tx, &clock("c", "sign", None))?;
            let all = clocks::of_case(tx, &CaseId::new("c"))?;
            assert_eq!(all.len(), 2);
            assert_eq!(all[1], later);
            assert_eq!(clocks::warned_of_cases(tx, &[CaseId::new("c"), CaseId::new("d")])?, std::slice::from_ref(&later));
            clocks::put(tx, &Clock { paused: true, ..later.clone() })?;
            assert!(clocks::warned_of_cases(tx, &[CaseId::new("c")])?.is_empty(), "it stands still");
            clocks::remove(tx, &later)?;
            assert_eq!(clocks::of_case(tx, &CaseId::new("c"))?.len(), 1);
            assert!(clocks::warned_of_cases(tx, &[])?.is_empty());
            Ok(())
        })
        .await
        .unwrap();
}

async fn changed_and_closed_cases_are_found(store: Store) {
    store
        .write(|tx| -> Result<()> {
            let mut open = case("open", 1, 1_000);
            cases::insert(tx, &open)?;
            assert_eq!(clocks::unsettled(tx, 9)?, [open.id.clone()]);
            clocks::settle(tx, &open)?;
            assert!(clocks::unsettled(tx, 9)?.is_empty());
            cases::update(tx, &open)?;
            assert_eq!(clocks::unsettled(tx, 9)?, [open.id.clone()]);
            open.version += 1;
            clocks::settle(tx, &open)?;
            assert_eq!(clocks::settled_version(tx, &open.id)?, Some(2));
            clocks::unsettle_all(tx)?;
            assert_eq!(clocks::unsettled(tx, 9)?, [open.id.clone()]);
            clocks::settle(tx, &open)?;
            open.closed_at = Some(Timestamp(5_000));
            cases::update(tx, &open)?;
            assert!(clocks::unsettled(tx, 9)?.is_empty(), "closed cases have no clocks");
            assert_eq!(clocks::closed_since(tx, 9)?, [open.id.clone()]);
            clocks::settle(tx, &open)?;
            assert!(clocks::closed_since(tx, 9)?.is_empty());
            Ok(())
        })
        .await
        .unwrap();
}

async fn a_reckoned_limit_moves_no_version(store: Store) {
    store
        .write(|tx| -> Result<()> {
            let mut open = case("open", 1, 1_000);
            cases::insert(tx, &open)?;
            open.due_at = None;
            open.law = Some("cn-order3-multi".into());
            clocks::set_due(tx, &open)?;
            let read = cases::get(tx, &open.id)?;
            assert_eq!((read.due_at, read.law.as_deref(), read.version), (None, Some("cn-order3-multi"), 1));
            Ok(())
        })
        .await
        .unwrap();
}

async fn warnings_fall_due_and_reckonings_are_logged(store: Store) {
    store
        .write(|tx| -> Result<()> {
            for (case, at) in [("b", Some(200)), ("a", Some(100)), ("c", None)] {
                clocks::put(tx, &clock(case, "answer", at))?;
            }
            clocks::put(tx, &clock("a", "sign", Some(120)))?;
            assert!(clocks::to_warn(tx, Timestamp(99), 9)?.is_empty());
            assert_eq!(clocks::to_warn(tx, Timestamp(200), 9)?, [CaseId::new("a"), CaseId::new("b")]);
            let line = Reckoned {
                case: CaseId::new("a"),
                at: Timestamp(7),
                duty: "answer".into(),
                subject: String::new(),
                law: "cn-order3-single".into(),
                cause: "books".into(),
                due_before: Some(Timestamp(400)),
                due_after: Timestamp(500),
                provisional: false,
            };
            clocks::log(tx, &line)?;
            assert_eq!(clocks::log_of_case(tx, &CaseId::new("a"))?, [line]);
            Ok(())
        })
        .await
        .unwrap();
}
}
