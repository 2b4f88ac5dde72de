//! The course of a case beside its main way: pause, extension, help of others, non-acceptance, withdrawal, pressing.
//! The rules decide; here is only what they cannot know: which codes the house has, what the law allows, the hour.

pub use clocks::PauseReason;
pub use complaints::grounds::Ground;
pub use complaints::{Action, ActionKind, AutopsyOutcome, Pressure, Relation, StatedBy, Withdrawal};
use complaints::{Actor, CaseView, Extendable, lifecycle};
use domain::{CaseId, Timestamp};

use crate::case_work::{CaseWork, write_event};
use crate::clock_book::Facts;
use crate::rights::{CaseWorker, Desk, Right};
use crate::{Error, Result, clock_past};

/// Refusals that stand in the history: somebody tried what the rules protect the complainant from.
const KEPT: [&str; 11] = [
    "refused-designated-not-returnable",
    "refused-mandatory-not-returnable",
    "refused-second-dialogue",
    "refused-no-statement",
    "refused-not-informed",
    "refused-no-audit",
    "refused-no-explanation",
    "refused-beyond-cap",
    "refused-extended-too-often",
    "refused-not-approver",
    "refused-mandatory-rule",
];

impl Desk<CaseWorker> {
    /// Does one thing to a case that the person saw at `version`.
    pub async fn act(&self, id: &CaseId, version: i64, action: Action) -> Result<()> {
        self.work_on(id, version, move |hand| {
            known(hand, &action)?;
            let action = completed(hand, &action)?;
            hand.act(&action)
        })
        .await
    }

    /// What this person may do to a case now, in the order of the lifecycle.
    pub fn open_actions(&self, view: &CaseView) -> Vec<ActionKind> {
        let person = self.person();
        let actor = Actor { role: person.role, department: person.department.clone() };
        lifecycle::open_to(view, &actor).into_iter().map(|rule| rule.action).collect()
    }
}

impl<R: Right> Desk<R> {
    /// Keeps a refusal in the history, where it matters. The case itself is as it was.
    pub(crate) async fn keep_refusal(&self, id: &CaseId, error: &Error) -> Result<()> {
        let Error::Refused { code, .. } = error else { return Ok(()) };
        if !KEPT.contains(&code.as_str()) {
            return Ok(());
        }
        let (id, now, person, code) = (id.clone(), self.now(), self.person().id.clone(), code.clone());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let detail = serde_json::json!({ "code": code });
                write_event(tx, &id, now, person.as_str(), "refused", &detail)
            })
            .await
    }
}

/// Codes that only the house knows, and dates that only the clock knows.
fn known(hand: &mut CaseWork<'_, '_>, action: &Action) -> Result<()> {
    match action {
        Action::AddCoHandler { department, due_at, .. } => {
            let found = hand.house.directory.department(department).map(drop);
            found.ok_or_else(|| Error::refused("refused-department-unknown"))?;
            // The lead answers for the whole: nobody who helps has longer.
            match (due_at, hand.case.due_at) {
                (Some(due_at), _) if *due_at <= hand.now => Err(Error::refused("refused-date-past")),
                (Some(due_at), Some(lead)) if *due_at > lead => {
                    Err(Error::refused("refused-co-handler-after-lead"))
                }
                _ => Ok(()),
            }
        }
        Action::AskComplainant { due_at, .. } | Action::Supervise { due_at: Some(due_at), .. } => {
            if *due_at > hand.now { Ok(()) } else { Err(Error::refused("refused-date-past")) }
        }
        Action::NoteDeath { at } if *at > hand.now => Err(Error::refused("refused-died-at")),
        Action::RefuseAcceptance { ground, .. } => {
            let found = hand.house.grounds.get(&hand.case.profile, ground).map(drop);
            found.ok_or_else(|| Error::refused("refused-no-ground"))
        }
        Action::HandOver { to } => {
            let hotline = |person: &store::people::Person| {
                person.disabled_at.is_none()
                    && matches!(person.role, domain::Role::Agent | domain::Role::Supervisor)
            };
            let found = store::people::find(hand.tx, to)?.filter(hotline);
            found.ok_or_else(|| Error::refused("refused-no-person"))?;
            if store::conflicts::blocked(hand.tx, to, &hand.case.id)? {
                return Err(Error::refused("refused-recused"));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What stands with the house and not with who asks: the clock that is to be extended, and the advice of a ground where
/// nothing else was advised.
fn completed(hand: &mut CaseWork<'_, '_>, action: &Action) -> Result<Action> {
    Ok(match action {
        Action::Extend { units, reason, .. } => {
            let clock = extendable(hand, Some(hand.now))?;
            Action::Extend { units: *units, reason: reason.clone(), clock }
        }
        Action::ApproveExtension { granted, remark, .. } => {
            let clock = extendable(hand, None)?;
            Action::ApproveExtension { granted: *granted, remark: remark.clone(), clock }
        }
        Action::RefuseAcceptance { ground, advice } if advice.trim().is_empty() => {
            let known = hand.house.grounds.get(&hand.case.profile, ground);
            let text = known.map(|known| {
                let words = &known.advice;
                words.get(hand.case.language.as_str()).or_else(|| words.values().next()).cloned()
            });
            let advice = text.flatten().unwrap_or_default();
            Action::RefuseAcceptance { ground: ground.clone(), advice }
        }
        other => other.clone(),
    })
}

/// The clock of the answer as it stands, reckoned from the history. `asked_at`: when more time was asked for.
fn extendable(hand: &mut CaseWork<'_, '_>, asked_at: Option<Timestamp>) -> Result<Option<Box<Extendable>>> {
    let events = store::case_events::of_case(hand.tx, &hand.case.id)?;
    let dispatches = store::dispatches::of_case(hand.tx, &hand.case.id)?;
    let past = clock_past::read(hand.tx, hand.house, &events, hand.now)?;
    let (house, case, now) = (hand.house, &hand.case, hand.now);
    let facts = Facts { house, case, dispatches: &dispatches, events: &events, past: &past, now };
    let asked = || events.iter().rev().find(|event| event.kind == "extension_asked").map(|event| event.at);
    let asked_at = asked_at.or_else(asked).unwrap_or(hand.now);
    let extendable = |(law, due_at): (&clocks::Law, Timestamp)| Extendable {
        law: law.clone(),
        ledger: facts.ledger(),
        due_at,
        asked_at,
    };
    Ok(facts.answer().map(extendable).map(Box::new))
}
