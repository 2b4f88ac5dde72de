//! The rows of co-handlers, as the rules decided.

use complaints::Change;
use store::co_handlers::CoHandler;

use crate::case_work::CaseWork;
use crate::{Error, Result, fresh_id};

/// One change of a co-handler.
pub(crate) fn carry_out(hand: &mut CaseWork<'_, '_>, change: &Change) -> Result<()> {
    match change {
        Change::CoHandlerAdded { department, task, due_at } => {
            let one = CoHandler {
                id: fresh_id(),
                case: hand.case.id.clone(),
                department: department.clone(),
                task: task.trim().to_owned(),
                state: "asked".to_owned(),
                due_at: due_at.or(hand.case.due_at),
                asked_at: hand.now,
                signed_at: None,
                reported_at: None,
                report: None,
                ended_at: None,
            };
            Ok(store::co_handlers::insert(hand.tx, &one)?)
        }
        Change::CoHandlerSigned { department } => with(hand, department, |one, now| {
            "signed".clone_into(&mut one.state);
            one.signed_at = Some(now);
        }),
        Change::CoHandlerReported { department, report } => with(hand, department, |one, now| {
            "reported".clone_into(&mut one.state);
            one.reported_at = Some(now);
            one.report = Some(report.trim().to_owned());
        }),
        Change::CoHandlerDropped { department, .. } => {
            with(hand, department, |one, now| one.ended_at = Some(now))
        }
        _ => Ok(()),
    }
}

fn with(
    hand: &mut CaseWork<'_, '_>,
    department: &str,
    change: impl Fn(&mut CoHandler, domain::Timestamp),
) -> Result<()> {
    let all = store::co_handlers::of_case(hand.tx, &hand.case.id)?;
    let mut one = all
        .into_iter()
        .find(|one| one.department == department && one.ended_at.is_none())
        .ok_or(Error::NotFound)?;
    change(&mut one, hand.now);
    Ok(store::co_handlers::update(hand.tx, &one)?)
}
