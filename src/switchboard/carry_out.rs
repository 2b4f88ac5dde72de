//! Carries out what the rules decided: each change to its rows.

use complaints::{CaseStatus, Change, ReturnReason};
use domain::PersonId;
use store::dispatches::Dispatch;
use store::investigation::InvestigationStep;

use crate::case_work::CaseWork;
use crate::dispatch::{self, Sending};
use crate::{Error, Result, co_handlers, follow_up, fresh_id, points, promise};

/// One change. The case row itself is written back by [`CaseWork::save`].
pub(crate) fn carry_out(hand: &mut CaseWork<'_, '_>, change: &Change) -> Result<()> {
    match change {
        Change::Status { status } => stand(hand, *status)?,
        Change::PointClassified { .. }
        | Change::PointCoded { .. }
        | Change::PointAdded(_)
        | Change::PointDropped { .. } => points::carry_out(hand, change)?,
        Change::Dispatched { department, rule, strength, reason, .. } => {
            let sending =
                Sending { department, rule: rule.as_deref(), strength: *strength, reason: reason.as_deref() };
            store::co_handlers::end_all(hand.tx, &hand.case.id, hand.now)?;
            dispatch::write(hand, &sending)?;
        }
        Change::CoHandlerAdded { .. }
        | Change::CoHandlerSigned { .. }
        | Change::CoHandlerReported { .. }
        | Change::CoHandlerDropped { .. } => co_handlers::carry_out(hand, change)?,
        Change::SignedFor => signed(hand)?,
        Change::Returned { reason, remark } => returned(hand, *reason, remark)?,
        Change::StepLogged { step, note } => logged(hand, step.as_str(), note)?,
        Change::PointAnswered(answer) => {
            let row = store::points::Answer {
                finding: answer.finding.as_str(),
                outcome: answer.outcome.trim(),
                outcome_kind: answer.outcome_kind.as_str(),
            };
            store::points::answer(hand.tx, &hand.case.id, &answer.point, &row)?;
        }
        Change::Answered { .. } => answered(hand)?,
        Change::SentBack { .. } => sent_back(hand)?,
        Change::FedBack { .. } => hand.case.feedback_at = Some(hand.now),
        Change::RouteNoticeGiven { .. } => hand.case.route_notice_at = Some(hand.now),
        Change::FollowUpDue => follow_up::schedule(hand)?,
        Change::FollowUpWaived { .. } => follow_up::cancel(hand)?,
        Change::Reopened { .. } => reopened(hand)?,
        Change::Absorbed { from, .. } => store::accused::take_over(hand.tx, &hand.case.id, from)?,
        Change::Released { from } => store::accused::give_back(hand.tx, &hand.case.id, from)?,
        Change::Investigation(change) => crate::investigation::carry_out(hand, change)?,
        // What stands in the history alone.
        _ => {}
    }
    Ok(())
}

/// The row follows the fold: what is closed has its moment, what goes on again has none.
fn stand(hand: &mut CaseWork<'_, '_>, status: CaseStatus) -> Result<()> {
    status.as_str().clone_into(&mut hand.case.status);
    if status.is_closed() && hand.case.closed_at.is_none() {
        hand.case.closed_at = Some(hand.now);
        if !status.is_done() {
            promise::cancel(hand, |_| true)?;
        }
    } else if !status.is_closed() {
        hand.case.closed_at = None;
    }
    Ok(())
}

fn latest(hand: &mut CaseWork<'_, '_>) -> Result<Dispatch> {
    store::dispatches::latest(hand.tx, &hand.case.id)?.ok_or(Error::NotFound)
}

fn move_on(hand: &mut CaseWork<'_, '_>, mut dispatch: Dispatch, to: &str) -> Result<()> {
    let from = std::mem::replace(&mut dispatch.state, to.to_owned());
    Ok(store::dispatches::update(hand.tx, &dispatch, &from)?)
}

fn signed(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let mut dispatch = latest(hand)?;
    dispatch.signed_at = Some(hand.now);
    dispatch.signed_by = Some(PersonId::new(hand.actor_id()));
    move_on(hand, dispatch, "signed")
}

fn returned(hand: &mut CaseWork<'_, '_>, reason: ReturnReason, remark: &str) -> Result<()> {
    let mut dispatch = latest(hand)?;
    dispatch.returned_at = Some(hand.now);
    dispatch.return_reason = Some(format!("{reason}: {}", remark.trim()));
    hand.case.department = None;
    move_on(hand, dispatch, "returned")
}

fn logged(hand: &mut CaseWork<'_, '_>, kind: &str, note: &str) -> Result<()> {
    let dispatch = latest(hand)?.id;
    let step = InvestigationStep {
        id: fresh_id(),
        case: hand.case.id.clone(),
        dispatch,
        kind: kind.to_owned(),
        note: note.trim().to_owned(),
        at: hand.now,
        actor: PersonId::new(hand.actor_id()),
    };
    Ok(store::investigation::insert(hand.tx, &step)?)
}

fn answered(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let mut dispatch = latest(hand)?;
    dispatch.answered_at = Some(hand.now);
    dispatch.answered_by = Some(PersonId::new(hand.actor_id()));
    hand.case.answered_at = Some(hand.now);
    move_on(hand, dispatch, "answered")
}

/// The department has it again: its clock runs on as if it had not answered.
fn sent_back(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    let mut dispatch = latest(hand)?;
    dispatch.answered_at = None;
    dispatch.answered_by = None;
    hand.case.answered_at = None;
    move_on(hand, dispatch, "signed")
}

/// A new round: what the old one said stays in the history only. The clock starts anew, from today.
fn reopened(hand: &mut CaseWork<'_, '_>) -> Result<()> {
    follow_up::cancel(hand)?;
    store::co_handlers::end_all(hand.tx, &hand.case.id, hand.now)?;
    store::points::clear_answers(hand.tx, &hand.case.id)?;
    let joint = hand.proposed()?.is_some_and(|proposed| proposed.joint);
    let due = crate::cases::answer_due(hand.house, &hand.case.line, joint, hand.now);
    let case = &mut hand.case;
    case.law = due.as_ref().map(|due| due.law.clone());
    case.due_at = due.map(|due| due.due_at);
    case.reopened += 1;
    case.department = None;
    case.answered_at = None;
    case.feedback_at = None;
    case.route_notice_at = None;
    case.closed_at = None;
    Ok(())
}
