//! When the complainant is called about the dialogue, and what such a call came to. At which stages is data
//! (`config/dialogue.toml`); silence on the telephone withdraws nothing and declines nothing.
//!
//! Is not: the calls themselves, their ladder or their hours.

use domain::codes;

use super::rules::DialogueRules;
use super::words::Stage;
use super::{Dialogue, DialogueChange};

codes! {
    /// What the complainant is called about.
    pub enum Call, "call about a dialogue" {
        /// To find time and form of it, and to tell what it is.
        Contact = "contact",
        /// To ask what was decided: after it, or whether a declined complaint is maintained.
        Decision = "decision",
    }
}

codes! {
    /// What came of calling.
    pub enum Called, "outcome of calling about a dialogue" {
        Reached = "reached",
        /// Every attempt was in vain: the complainant is written to.
        Unreached = "unreached",
        /// The complainant wants no calls; about dialogue and complaint this says nothing.
        Refused = "refused",
    }
}

/// The calls that are owed at a stage. None once somebody else goes on for the complainant, whose number it is not, or
/// once the complainant wanted no more of them.
pub fn calls_owed(rules: &DialogueRules, dialogue: &Dialogue) -> Vec<Call> {
    if dialogue.no_calls || dialogue.representative.is_some() {
        return Vec::new();
    }
    Call::ALL.iter().copied().filter(|call| asked_at(rules, *call, dialogue.stage)).collect()
}

fn asked_at(rules: &DialogueRules, call: Call, stage: Stage) -> bool {
    rules.calls.get(&call).is_some_and(|stages| stages.contains(&stage))
}

impl Dialogue {
    /// Keeps what a call came to.
    pub(super) fn called(&mut self, change: &DialogueChange) {
        let DialogueChange::DialogueCalled { outcome, .. } = change else { return };
        self.no_calls |= *outcome == Called::Refused;
        self.to_write_at = (*outcome != Called::Reached).then_some(self.stage);
    }

    /// Whether the complainant is to be written to, because the telephone did not do.
    pub(super) fn to_write(&self) -> bool {
        self.to_write_at == Some(self.stage) && self.stage.is_running()
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::*;
    use super::super::*;
    use super::*;

    fn rules() -> DialogueRules {
        let text = include_str!("../../../config/dialogue.toml");
        Dialogues::parse(text, "dialogue.toml").unwrap().get("dk").unwrap().clone()
    }

    fn owed(scene: &Scene) -> Vec<Call> {
        calls_owed(&rules(), &scene.dialogue)
    }

    fn called(call: Call, outcome: Called) -> DialogueAction {
        DialogueAction::Called { call, outcome, said: " Onsdag passer ".to_owned() }
    }

    #[test]
    fn the_shipped_rules_call_for_the_invitation_and_for_the_decision() {
        assert_eq!(owed(&Scene::plain()), []);
        assert_eq!(owed(&Scene::plain().received()), [Call::Contact]);
        assert_eq!(owed(&Scene::plain().invited()), []);
        assert_eq!(owed(&Scene::plain().held()), [Call::Decision]);
        let mut declined = Scene::plain().received();
        declined.agent(decline(Some(Maintained::Unknown), None));
        assert_eq!(owed(&declined), [Call::Decision], "whether the complaint is maintained");
        let mut decided = Scene::plain().held();
        decided.agent(DialogueAction::Maintain { added: vec![], dropped: vec![] });
        assert_eq!(owed(&decided), []);
    }

    #[test]
    fn a_call_decides_nothing_whatever_came_of_it() {
        for outcome in Called::ALL {
            let mut scene = Scene::plain().held();
            let limit = scene.dialogue.runs_out_at();
            assert_eq!(scene.agent(called(Call::Decision, *outcome)), ["dialogue_called"]);
            assert_eq!(
                (scene.dialogue.stage, scene.dialogue.runs_out_at()),
                (Stage::Held, limit),
                "{outcome}"
            );
            let kept = scene.history.last();
            let said = "Onsdag passer".to_owned();
            let wanted = DialogueChange::DialogueCalled { call: Call::Decision, outcome: *outcome, said };
            assert_eq!(kept, Some(&wanted));
        }
    }

    #[test]
    fn who_is_not_reached_is_written_to_until_the_dialogue_moves_on() {
        let mut scene = Scene::plain().received();
        scene.agent(called(Call::Contact, Called::Unreached));
        assert_eq!(tasks(&scene.dialogue), [Task::Invite, Task::Write]);
        scene.region(DialogueAction::Invite { appointment: meeting("2026-02-12T10:00:00+01:00") });
        assert_eq!(tasks(&scene.dialogue), [Task::Hold]);
        scene.now = at("2026-02-12T12:00:00+01:00");
        let again = DialogueAction::NoShow { absent: Absent::Site, note: String::new(), again: true };
        scene.region(again);
        assert_eq!(tasks(&scene.dialogue), [Task::Invite], "a new round, and a new call");
        assert_eq!(owed(&scene), [Call::Contact]);
    }

    #[test]
    fn who_wants_no_calls_or_has_died_gets_none() {
        let mut refusing = Scene::plain().received();
        refusing.agent(called(Call::Contact, Called::Refused));
        assert_eq!(owed(&refusing), []);
        let mut bereft = Scene::plain().received();
        let representative = Some("Datteren".to_owned());
        bereft.agent(DialogueAction::Incapacity { incapacity: Incapacity::Died, representative });
        assert_eq!((bereft.dialogue.stage, owed(&bereft)), (Stage::Received, vec![]));
    }

    #[test]
    fn a_call_belongs_to_a_dialogue_that_runs_and_to_those_who_speak_with_the_complainant() {
        let action = called(Call::Contact, Called::Reached);
        assert_eq!(Scene::plain().refused(&agent(), &action), DialogueRefusalCode::WrongStage);
        let stranger = crate::action::Actor {
            role: domain::Role::Handler,
            department: Some("legal-affairs".to_owned()),
        };
        assert_eq!(
            Scene::plain().received().refused(&stranger, &action),
            DialogueRefusalCode::NotYourDialogue
        );
    }
}
