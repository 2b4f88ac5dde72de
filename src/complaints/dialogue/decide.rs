//! The rules of the dialogue: may this actor do this now, and what changes if he may.

mod ending;
mod holding;
mod offering;
mod sending;

use domain::{Role, Timestamp};

use super::action::{DialogueAction, Withdrawal};
use super::change::{Deadline, DialogueChange};
use super::eligibility::PointFacts;
use super::refusal::{DialogueRefusal, DialogueRefusalCode as Code};
use super::rules::DialogueRules;
use super::words::Stage;
use super::{Dialogue, Eligibility};
use crate::action::Actor;

type Decision = Result<Vec<DialogueChange>, DialogueRefusal>;

/// What the rules need to know beside the dialogue itself.
#[derive(Clone, Copy)]
pub struct DialogueFacts<'a> {
    /// The rules of the case's profile; none: it has no dialogues.
    pub rules: Option<&'a DialogueRules>,
    /// Whether the case is a complaint.
    pub complaint: bool,
    /// Whether the case is still open.
    pub case_open: bool,
    /// When the complaint reached the office.
    pub complaint_received: Timestamp,
    /// The points of the case, in their order.
    pub points: &'a [PointFacts],
    pub now: Timestamp,
    /// The deadline that a law sets for something at a moment.
    pub reckon: &'a dyn Fn(&str, Timestamp) -> Option<Deadline>,
}

/// Decides on an action. The changes are to be carried out together, in their order.
pub fn decide_dialogue(
    dialogue: &Dialogue,
    facts: &DialogueFacts<'_>,
    action: &DialogueAction,
    actor: &Actor,
) -> Decision {
    use DialogueAction as A;
    let at = Desk { dialogue, facts, rules: facts.rules.ok_or(refusal(Code::NoDialogueHere))?, actor };
    ensure(facts.complaint, Code::NotAComplaint)?;
    let traces = matches!(action, A::Acknowledge { .. } | A::Learn { .. } | A::MissAcknowledgement);
    ensure(facts.case_open || traces, Code::CaseOver)?;
    match action {
        A::Answer { .. }
        | A::Clarify { .. }
        | A::TellAlternative
        | A::ChangeOwner { .. }
        | A::RecordReceipt { .. }
        | A::ChangeWishes { .. } => offering::decide(&at, action),
        A::Invite { .. }
        | A::NameCompanion { .. }
        | A::RequestCompanion { .. }
        | A::AnswerCompanionRequest { .. }
        | A::OrderInterpreter { .. }
        | A::NoShow { .. }
        | A::Unreachable { .. }
        | A::SiteRefuses { .. }
        | A::Incapacity { .. }
        | A::Hold { .. }
        | A::Called { .. }
        | A::Learn { .. } => holding::decide(&at, action),
        A::Decline { .. }
        | A::AnswerAskBack { .. }
        | A::Maintain { .. }
        | A::Withdraw(_)
        | A::EndSatisfied(_)
        | A::LetRunOut
        | A::Assemble { .. }
        | A::Send { .. }
        | A::Queue { .. }
        | A::Mailed { .. }
        | A::NotMailed { .. }
        | A::MissAcknowledgement
        | A::Acknowledge { .. } => ending::decide(&at, action),
    }
}

/// The dialogue on the desk of one actor.
struct Desk<'a> {
    dialogue: &'a Dialogue,
    facts: &'a DialogueFacts<'a>,
    rules: &'a DialogueRules,
    actor: &'a Actor,
}

impl Desk<'_> {
    /// What the complainant says may be written down by whom he says it to: the hotline, which is the neutral patient
    /// office, or the owner.
    fn for_complainant(&self) -> Result<(), DialogueRefusal> {
        match self.actor.role {
            Role::Agent | Role::Supervisor => Ok(()),
            _ => self.as_owner(),
        }
    }

    /// What the region or the hospital decides is for its own staff; a patient adviser is no party.
    fn as_owner(&self) -> Result<(), DialogueRefusal> {
        match self.actor.role {
            Role::Supervisor => Ok(()),
            Role::Handler => {
                let own = self.dialogue.owner.as_ref().map(|owner| owner.department.as_str());
                ensure(own.is_some() && own == self.actor.department.as_deref(), Code::NotYourDialogue)
            }
            Role::Agent | Role::Administrator => Err(refusal(Code::WrongRole)),
        }
    }

    fn stage(&self, allowed: &[Stage]) -> Result<(), DialogueRefusal> {
        ensure(allowed.contains(&self.dialogue.stage), Code::WrongStage)
    }

    /// A moment that has been, and not before `earliest`; people give it to the minute.
    fn has_been(&self, at: Timestamp, earliest: Timestamp) -> Result<(), DialogueRefusal> {
        ensure(at <= self.facts.now && at >= earliest.whole_minute(), Code::ImpossibleTime)
    }

    /// A moment within the four weeks.
    fn in_time(&self, at: Timestamp) -> Result<(), DialogueRefusal> {
        let due = self.dialogue.deadline.as_ref().map(|deadline| deadline.due_at);
        ensure(due.is_none_or(|due| at <= due), Code::AfterDue)
    }

    /// The points of the case as they stand, with what people clarified.
    fn points(&self) -> Vec<PointFacts> {
        let known = |point: &PointFacts| {
            let (topic, payer) = self.dialogue.clarified.get(&point.id).copied().unwrap_or_default();
            PointFacts { topic: topic.or(point.topic), payer: payer.unwrap_or(point.payer), ..point.clone() }
        };
        self.facts.points.iter().map(known).collect()
    }

    /// The institutions of the points that qualify.
    fn eligible_sites(&self) -> Vec<&PointFacts> {
        let eligible = |point: &&PointFacts| {
            self.dialogue
                .verdicts
                .iter()
                .any(|verdict| verdict.point == point.id && verdict.eligibility == Eligibility::Eligible)
        };
        self.facts.points.iter().filter(eligible).collect()
    }
}

fn refusal(code: Code) -> DialogueRefusal {
    DialogueRefusal(code)
}

fn ensure(holds: bool, code: Code) -> Result<(), DialogueRefusal> {
    if holds { Ok(()) } else { Err(refusal(code)) }
}

fn said(text: &str, code: Code) -> Result<(), DialogueRefusal> {
    ensure(!text.trim().is_empty(), code)
}

/// Withdrawing is always words, said after being told what they mean.
fn in_words(withdrawal: &Withdrawal) -> Result<String, DialogueRefusal> {
    said(&withdrawal.statement, Code::NeedsStatement)?;
    ensure(withdrawal.informed, Code::NotInformed)?;
    Ok(withdrawal.statement.trim().to_owned())
}
