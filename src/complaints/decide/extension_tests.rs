//! Tests of more time: caps, number of times and approvers are those of the law (domain notes §2.1 and §7.1).

use chrono_tz::Asia::Shanghai;
use clocks::{Calendar, Duty, Extension, Laws, Ledger, Reckoning};
use domain::{PersonId, PointId, RequestType, Role, Timestamp};

use super::*;
use crate::case::Opening;
use crate::words::{CaseStatus, Strength};
use crate::{CaseView, Refusal};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn china() -> Calendar {
    Calendar::parse(include_str!("../../../config/calendars/china.toml"), "china.toml").unwrap()
}

/// The clock of the shipped law `id` for a case of `start`, with what was granted already.
fn clock(id: &str, start: &str, granted: &[u32], asked: &str) -> Option<Box<Extendable>> {
    let laws = Laws::parse(include_str!("../../../config/laws.toml"), "laws.toml").unwrap();
    let (start, asked_at) = (at(start), at(asked));
    let law = laws.get(id, None, start.service_day(Shanghai)).unwrap().clone();
    let extension = |units: &u32| Extension {
        duty: Duty::Answer,
        units: *units,
        at: asked_at,
        approved_by: "p".to_owned(),
        reason: "r".to_owned(),
        told_at: None,
    };
    let ledger = Ledger { extensions: granted.iter().map(extension).collect(), ..Ledger::default() };
    let due_at = Reckoning::new(&law, &china(), Shanghai).with(&ledger, asked_at).due(start).due_at;
    Some(Box::new(Extendable { law, ledger, due_at, asked_at }))
}

/// A case that the department has signed for.
fn signed() -> CaseView {
    let mut view = CaseView::opened(&Opening {
        status: CaseStatus::Classified,
        request_type: RequestType::Complaint,
        points: vec![(PointId::new("p1"), "quality".to_owned())],
        receiver: Some(PersonId::new("wang")),
        audit: false,
        split_from: None,
    });
    let dispatched = Change::Dispatched {
        department: "quality".to_owned(),
        rule: None,
        strength: Strength::Default,
        designated: false,
        reason: None,
    };
    for change in [dispatched, Change::SignedFor, Change::Status { status: CaseStatus::Signed }] {
        view.apply(&change);
    }
    view
}

fn actor(role: Role) -> Actor {
    Actor { role, department: (role == Role::Handler).then(|| "quality".to_owned()) }
}

fn asks(view: &CaseView, units: u32, clock: Option<Box<Extendable>>) -> Result<Vec<Change>, Refusal> {
    let action = Action::Extend { units, reason: "appraisal".to_owned(), clock };
    crate::decide(view, &action, &actor(Role::Handler))
}

fn grants(view: &CaseView, role: Role, clock: Option<Box<Extendable>>) -> Result<Vec<Change>, Refusal> {
    let action = Action::ApproveExtension { granted: true, remark: "yes".to_owned(), clock };
    crate::decide(view, &action, &actor(role))
}

fn code(result: Result<Vec<Change>, Refusal>) -> RefusalCode {
    result.unwrap_err().code
}

/// Received on Friday 13 February 2026 (§7.1): due on the 27th, extended by five on 5 March.
const RECEIVED: &str = "2026-02-13T10:00:00+08:00";
const IN_TIME: &str = "2026-02-26T10:00:00+08:00";

#[test]
fn the_house_rule_of_order_3_gives_five_days_once() {
    let view = signed();
    let fresh = || clock("cn-order3-single", RECEIVED, &[], IN_TIME);
    assert!(asks(&view, 5, fresh()).is_ok());
    assert_eq!(code(asks(&view, 6, fresh())), RefusalCode::BeyondCap);
    assert_eq!(code(asks(&view, 0, fresh())), RefusalCode::BeyondCap);
    let once = || clock("cn-order3-single", RECEIVED, &[2], IN_TIME);
    assert_eq!(code(asks(&view, 3, once())), RefusalCode::ExtendedTooOften);
    // With the five the limit lies where ten working days end, as in the table of §7.1.
    assert_eq!(
        clock("cn-order3-single", RECEIVED, &[5], IN_TIME).unwrap().due_at,
        at("2026-03-05T23:59:59+08:00")
    );
}

#[test]
fn shandong_gives_up_to_ten_working_days() {
    let view = signed();
    let fresh = || clock("cn-shandong-answer", "2026-03-02T10:00:00+08:00", &[], "2026-03-04T10:00:00+08:00");
    assert!(asks(&view, 10, fresh()).is_ok());
    assert_eq!(code(asks(&view, 11, fresh())), RefusalCode::BeyondCap);
}

#[test]
fn a_law_without_extension_gives_none() {
    let view = signed();
    for id in ["cn-jinan-answer", "cn-weifang-answer", "cn-sichuan-complaint"] {
        let clock = clock(id, "2026-03-02T10:00:00+08:00", &[], "2026-03-02T11:00:00+08:00");
        assert_eq!(code(asks(&view, 1, clock)), RefusalCode::NoExtension, "{id}");
    }
    assert_eq!(code(asks(&view, 1, None)), RefusalCode::NoExtension);
}

#[test]
fn who_asks_after_the_limit_asks_too_late() {
    let view = signed();
    let asked = |moment| asks(&view, 5, clock("cn-order3-single", RECEIVED, &[], moment));
    assert!(asked("2026-02-27T23:59:59+08:00").is_ok());
    assert_eq!(code(asked("2026-02-28T00:00:00+08:00")), RefusalCode::ExtendedTooLate);
}

#[test]
fn only_whom_the_law_names_approves() {
    let mut view = signed();
    view.apply(&Change::ExtensionAsked { units: 5, reason: "appraisal".to_owned() });
    let fresh = || clock("cn-order3-single", RECEIVED, &[], IN_TIME);
    for role in [Role::Agent, Role::Handler] {
        assert_eq!(code(grants(&view, role, fresh())), RefusalCode::NotApprover, "{role:?}");
    }
    assert!(grants(&view, Role::Supervisor, fresh()).is_ok());
    // The freezing of a body is approved by whoever hears of it.
    let autopsy = || clock("cn-autopsy", RECEIVED, &[], "2026-02-13T12:00:00+08:00");
    for role in [Role::Agent, Role::Handler, Role::Supervisor] {
        assert!(grants(&view, role, autopsy()).is_ok(), "{role:?}");
    }
}

#[test]
fn what_was_asked_for_in_time_may_still_be_beyond_what_is_left() {
    let mut view = signed();
    view.apply(&Change::ExtensionAsked { units: 5, reason: "appraisal".to_owned() });
    let used = || clock("cn-order3-single", RECEIVED, &[1], IN_TIME);
    assert_eq!(code(grants(&view, Role::Supervisor, used())), RefusalCode::ExtendedTooOften);
    let refuse = Action::ApproveExtension { granted: false, remark: "no".to_owned(), clock: used() };
    assert!(crate::decide(&view, &refuse, &actor(Role::Supervisor)).is_ok());
}
