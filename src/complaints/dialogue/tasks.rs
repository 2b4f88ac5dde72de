//! What somebody has to do next in a dialogue, and what the complainant decided: read off its state.

use domain::codes;

use super::eligibility::Eligibility;
use super::words::{ForwardReason, Stage};
use super::{Dialogue, PackageState};

codes! {
    /// Something to do.
    pub enum Task, "task of a dialogue" {
        /// Ask for payer or topic of a point.
        Clarify = "clarify",
        /// Tell the complainant the other way for points that do not qualify.
        TellAlternative = "tell_alternative",
        /// Record when the owner received it.
        RecordReceipt = "record_receipt",
        Invite = "invite",
        /// The telephone did not reach the complainant: write.
        Write = "write",
        /// Ask the scheme of volunteer companions.
        AskScheme = "ask_scheme",
        OrderInterpreter = "order_interpreter",
        /// Hold it, and write down how it went.
        Hold = "hold",
        /// Ask whether the complaint is maintained.
        AskBack = "ask_back",
        /// Ask what the complainant decides after the dialogue.
        TakeDecision = "take_decision",
        Assemble = "assemble",
        Send = "send",
        /// The authority has not acknowledged the package.
        AwaitAcknowledgement = "await_acknowledgement",
        /// It should have by now: ask.
        AskAuthority = "ask_authority",
    }
}

codes! {
    /// What the complainant decided after a dialogue that took place.
    pub enum Decided, "decision after a dialogue" {
        Withdrawn = "withdrawn",
        Satisfied = "satisfied",
        Maintained = "maintained",
        Extended = "extended",
        Dropped = "dropped",
        ExtendedAndDropped = "extended_and_dropped",
        /// Nothing in time: forwarded by itself.
        Undecided = "undecided",
    }
}

/// What there is to do, in the order to do it.
pub fn tasks(dialogue: &Dialogue) -> Vec<Task> {
    let stage = dialogue.stage;
    let before = matches!(stage, Stage::Accepted | Stage::Received | Stage::Invited);
    let untold = dialogue.verdicts.iter().any(|verdict| {
        matches!(verdict.eligibility, Eligibility::Not(_))
            && !dialogue.alternative_told.contains(&verdict.point)
    });
    let interpreter = !dialogue.wishes.interpreter.is_empty() && dialogue.interpreter.is_none();
    let package = dialogue.package_state();
    let all = [
        (stage == Stage::Unclear, Task::Clarify),
        (untold && !stage.is_over(), Task::TellAlternative),
        (stage == Stage::Accepted, Task::RecordReceipt),
        (stage == Stage::Received, Task::Invite),
        (dialogue.to_write(), Task::Write),
        (before && dialogue.companion.as_ref().is_some_and(|companion| companion.awaited), Task::AskScheme),
        (before && interpreter, Task::OrderInterpreter),
        (stage == Stage::Invited, Task::Hold),
        (stage == Stage::AskBack, Task::AskBack),
        (stage == Stage::Held, Task::TakeDecision),
        (stage == Stage::ToForward && package.is_none(), Task::Assemble),
        (stage == Stage::ToForward && package == Some(PackageState::Assembled), Task::Send),
        (package == Some(PackageState::Sent) && !dialogue.unanswered, Task::AwaitAcknowledgement),
        (package == Some(PackageState::Sent) && dialogue.unanswered, Task::AskAuthority),
    ];
    all.into_iter().filter_map(|(due, task)| due.then_some(task)).collect()
}

/// What was decided; nothing where no dialogue took place or the decision is still to come.
pub fn decided(dialogue: &Dialogue) -> Option<Decided> {
    dialogue.held.as_ref()?;
    let amended = (!dialogue.added.is_empty(), !dialogue.dropped.is_empty());
    Some(match (dialogue.stage, dialogue.forward_reason, amended) {
        (Stage::Withdrawn, ..) => Decided::Withdrawn,
        (Stage::Satisfied, ..) => Decided::Satisfied,
        (_, Some(ForwardReason::Undecided), (false, false)) => Decided::Undecided,
        (_, Some(_), (true, true)) => Decided::ExtendedAndDropped,
        (_, Some(_), (true, false)) => Decided::Extended,
        (_, Some(_), (false, true)) => Decided::Dropped,
        (_, Some(_), (false, false)) => Decided::Maintained,
        (_, None, _) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::scene::*;
    use super::super::*;
    use super::*;

    #[test]
    fn each_stage_has_its_task() {
        let mut scene = Scene::plain();
        assert_eq!(tasks(&scene.dialogue), []);
        scene.agent(yes());
        assert_eq!(tasks(&scene.dialogue), [Task::RecordReceipt]);
        let mut scene = Scene::plain().received();
        assert_eq!(tasks(&scene.dialogue), [Task::Invite]);
        scene.agent(DialogueAction::RequestCompanion { adviser_helps: true });
        assert_eq!(tasks(&scene.dialogue), [Task::Invite, Task::AskScheme]);
        let mut held = Scene::plain().held();
        assert_eq!((tasks(&held.dialogue), decided(&held.dialogue)), (vec![Task::TakeDecision], None));
        held.agent(DialogueAction::Maintain { added: vec![], dropped: vec![] });
        assert_eq!(decided(&held.dialogue), Some(Decided::Maintained));
        assert_eq!(tasks(&held.dialogue), [Task::Assemble]);
        held.region(DialogueAction::Assemble { statement: String::new(), with_minutes: false });
        assert_eq!(tasks(&held.dialogue), [Task::Send]);
        held.region(DialogueAction::Send { at: held.now, channel: crate::words::Channel::Letter });
        assert_eq!(tasks(&held.dialogue), [Task::AwaitAcknowledgement]);
    }

    #[test]
    fn what_nobody_decided_is_undecided() {
        let mut scene = Scene::plain().held();
        scene.now = scene.dialogue.runs_out_at().unwrap().plus_seconds(1);
        scene.attempt(&house(), &DialogueAction::LetRunOut).unwrap();
        assert_eq!(decided(&scene.dialogue), Some(Decided::Undecided));
        let mut satisfied = Scene::plain().held();
        satisfied.agent(DialogueAction::EndSatisfied(in_words()));
        assert_eq!(decided(&satisfied.dialogue), Some(Decided::Satisfied));
        assert_eq!(decided(&Scene::plain().invited().dialogue), None, "none took place");
    }
}
