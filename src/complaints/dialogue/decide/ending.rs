//! How it ends: declined, decided, run out, forwarded. The complaint itself ends only in words of the complainant or
//! with the authority.

use domain::{PointId, Timestamp};

use super::{Code, Decision, Desk, ensure, in_words, refusal, said, sending};
use crate::dialogue::DialogueAction as Action;
use crate::dialogue::action::Withdrawal;
use crate::dialogue::change::{DialogueChange as Change, NewPoint};
use crate::dialogue::forwarding::assemble;
use crate::dialogue::words::{ForwardReason, Maintained, Stage};

pub(super) fn decide(at: &Desk<'_>, action: &Action) -> Decision {
    match action {
        Action::Decline { at: said_at, maintained, withdrawal, .. } => {
            decline(at, action, *said_at, *maintained, withdrawal.as_ref())
        }
        Action::AnswerAskBack { maintained, withdrawal } => {
            at.for_complainant()?;
            at.stage(&[Stage::AskBack])?;
            ensure(*maintained != Maintained::Unknown, Code::NeedsMaintained)?;
            stands(at, *maintained, withdrawal.as_ref())
        }
        Action::Maintain { added, dropped } => maintain(at, added, dropped),
        Action::Withdraw(withdrawal) => {
            at.for_complainant()?;
            let over = at.dialogue.stage.is_over() || at.dialogue.stage == Stage::NotAsked;
            ensure(!over, Code::WrongStage)?;
            Ok(vec![Change::DialogueWithdrawn {
                statement: in_words(withdrawal)?,
                channel: withdrawal.channel,
            }])
        }
        Action::EndSatisfied(withdrawal) => {
            at.for_complainant()?;
            at.stage(&[Stage::Held])?;
            Ok(vec![Change::DialogueSatisfied {
                statement: in_words(withdrawal)?,
                channel: withdrawal.channel,
            }])
        }
        Action::LetRunOut => run_out(at),
        Action::Assemble { statement, with_minutes } => package(at, statement, *with_minutes),
        _ => sending::decide(at, action),
    }
}

/// "No" after "yes" ends the dialogue, never the complaint, unless it is withdrawn in words.
fn decline(
    at: &Desk<'_>,
    action: &Action,
    said_at: Timestamp,
    maintained: Option<Maintained>,
    withdrawal: Option<&Withdrawal>,
) -> Decision {
    at.for_complainant()?;
    at.stage(&[Stage::Unclear, Stage::Accepted, Stage::Received, Stage::Invited])?;
    let maintained = maintained.ok_or(refusal(Code::NeedsMaintained))?;
    at.has_been(said_at, at.facts.complaint_received)?;
    let Action::Decline { channel, .. } = action else { return Err(refusal(Code::WrongStage)) };
    let declined = Change::DialogueDeclined {
        at: said_at,
        channel: *channel,
        after_invitation: at.dialogue.stage == Stage::Invited,
        maintained,
    };
    let rest = stands(at, maintained, withdrawal)?;
    Ok(std::iter::once(declined).chain(rest).collect())
}

/// What follows from the answer whether the complaint stands.
fn stands(at: &Desk<'_>, maintained: Maintained, withdrawal: Option<&Withdrawal>) -> Decision {
    Ok(vec![match maintained {
        Maintained::Yes => Change::DialogueToForward { reason: ForwardReason::Declined },
        Maintained::No => {
            let withdrawal = withdrawal.ok_or(refusal(Code::NeedsStatement))?;
            Change::DialogueWithdrawn { statement: in_words(withdrawal)?, channel: withdrawal.channel }
        }
        Maintained::Unknown => {
            let deadline = (at.facts.reckon)(&at.rules.ask_back_law, at.facts.now);
            Change::DialogueAskBack { deadline: Some(deadline.ok_or(refusal(Code::NoLaw))?) }
        }
    }])
}

/// Maintained, with points added or dropped; until the package is sent the complainant may say so again.
fn maintain(at: &Desk<'_>, added: &[NewPoint], dropped: &[PointId]) -> Decision {
    at.for_complainant()?;
    at.stage(&[Stage::Held, Stage::ToForward])?;
    let amends = !added.is_empty() || !dropped.is_empty();
    ensure(at.dialogue.stage == Stage::Held || amends, Code::NothingSaid)?;
    for new in added {
        said(&new.words, Code::NothingSaid)?;
    }
    let stands = |point: &PointId| !at.dialogue.dropped.contains(point);
    let known = |point: &PointId| {
        let of_case = at.facts.points.iter().any(|known| known.id == *point);
        of_case || at.dialogue.added.iter().any(|new| new.id == *point)
    };
    ensure(dropped.iter().all(|point| known(point) && stands(point)), Code::NoSuchPoint)?;
    let rest = at.facts.points.iter().any(|point| stands(&point.id) && !dropped.contains(&point.id));
    let rest_added = at.dialogue.added.iter().any(|point| stands(&point.id) && !dropped.contains(&point.id));
    ensure(rest || rest_added || !added.is_empty(), Code::LastPointDropped)?;
    let mut changes = Vec::new();
    // What is added comes first: the case follows, and is never without a point.
    if !added.is_empty() {
        changes.push(Change::DialoguePointsAdded { points: added.to_vec() });
        changes
            .push(Change::DialogueNoSecond { points: added.iter().map(|point| point.id.clone()).collect() });
    }
    if !dropped.is_empty() {
        changes.push(Change::DialoguePointsDropped { points: dropped.to_vec() });
    }
    if at.dialogue.stage == Stage::Held {
        changes.push(Change::DialogueToForward { reason: ForwardReason::Maintained });
    } else if at.dialogue.package.is_some() {
        let mut after = at.dialogue.clone();
        changes.iter().for_each(|change| after.apply(change));
        let old = at.dialogue.package.as_ref();
        let (statement, minutes) =
            old.map_or((String::new(), false), |old| (old.statement.clone(), old.minutes.is_some()));
        changes.push(assembled(at, &after, &statement, minutes)?);
    }
    Ok(changes)
}

/// Silence forwards; it never withdraws.
fn run_out(at: &Desk<'_>) -> Decision {
    ensure(at.actor.role == domain::Role::Supervisor, Code::WrongRole)?;
    ensure(at.dialogue.stage.is_running(), Code::WrongStage)?;
    let due = at.dialogue.runs_out_at().ok_or(refusal(Code::NoLaw))?;
    ensure(at.facts.now > due, Code::NotDueYet)?;
    let reason = match at.dialogue.stage {
        Stage::Held | Stage::AskBack => ForwardReason::Undecided,
        _ => ForwardReason::Overrun,
    };
    Ok(vec![Change::DialogueToForward { reason }])
}

/// Who forwards: the owner; the hotline where there never was one.
pub(super) fn forwarder(at: &Desk<'_>) -> Result<(), super::DialogueRefusal> {
    if at.dialogue.owner.is_some() { at.as_owner() } else { at.for_complainant() }
}

fn package(at: &Desk<'_>, statement: &str, with_minutes: bool) -> Decision {
    forwarder(at)?;
    let mut changes = Vec::new();
    match at.dialogue.stage {
        Stage::ToForward => {}
        Stage::NotWanted => changes.push(Change::DialogueToForward { reason: ForwardReason::NotWanted }),
        Stage::NotPossible => changes.push(Change::DialogueToForward { reason: ForwardReason::NotPossible }),
        _ => return Err(refusal(Code::WrongStage)),
    }
    let mut after = at.dialogue.clone();
    changes.iter().for_each(|change| after.apply(change));
    changes.push(assembled(at, &after, statement, with_minutes)?);
    Ok(changes)
}

fn assembled(
    at: &Desk<'_>,
    after: &crate::dialogue::Dialogue,
    statement: &str,
    with_minutes: bool,
) -> Result<Change, super::DialogueRefusal> {
    let package = assemble(
        after,
        &at.rules.authority,
        at.facts.complaint_received,
        at.facts.points,
        statement,
        with_minutes,
    );
    Ok(Change::DialoguePackageAssembled { package: package.ok_or(refusal(Code::WrongStage))? })
}
