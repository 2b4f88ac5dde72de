//! How the package leaves: by a person's hand, or from the outbox of the house. It counts as sent when it has left, and no
//! earlier; whatever goes wrong on the way comes back to a person.

use domain::{Role, Timestamp};

use super::ending::forwarder;
use super::{Code, Decision, Desk, ensure, refusal, said};
use crate::dialogue::change::DialogueChange as Change;
use crate::dialogue::words::Stage;
use crate::dialogue::{DialogueAction as Action, DialogueRefusal, PackageState};
use crate::words::Channel;

/// A day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

pub(super) fn decide(at: &Desk<'_>, action: &Action) -> Decision {
    match action {
        Action::Send { at: sent, channel } => {
            ready(at)?;
            at.has_been(*sent, at.facts.complaint_received)?;
            Ok(vec![Change::DialoguePackageSent { at: *sent, channel: *channel }])
        }
        Action::Queue { letter, sha256 } => {
            ready(at)?;
            ensure(at.dialogue.queued.is_none(), Code::PackageQueued)?;
            Ok(vec![Change::DialoguePackageQueued { letter: letter.clone(), sha256: sha256.clone() }])
        }
        Action::Mailed { letter } => {
            waiting(at, letter)?;
            Ok(vec![Change::DialoguePackageSent { at: at.facts.now, channel: Channel::Email }])
        }
        Action::NotMailed { letter } => {
            waiting(at, letter)?;
            Ok(vec![Change::DialoguePackageNotMailed { letter: letter.clone() }])
        }
        Action::Acknowledge { at: acknowledged, reference } => acknowledge(at, *acknowledged, reference),
        Action::MissAcknowledgement => {
            by_the_house(at)?;
            ensure(at.dialogue.package_state() == Some(PackageState::Sent), Code::WrongStage)?;
            ensure(!at.dialogue.unanswered, Code::WrongStage)?;
            let due =
                at.dialogue.acknowledge_by(at.rules.acknowledge_days).ok_or(refusal(Code::WrongStage))?;
            ensure(at.facts.now > due, Code::NotDueYet)?;
            Ok(vec![Change::DialogueAcknowledgementMissed])
        }
        _ => Err(refusal(Code::WrongStage)),
    }
}

/// The package is there and has not left.
fn ready(at: &Desk<'_>) -> Result<(), DialogueRefusal> {
    forwarder(at)?;
    at.stage(&[Stage::ToForward])?;
    ensure(at.dialogue.package.is_some(), Code::NoPackage)
}

/// The package waits in that letter: a mail about another one is none of the dialogue's.
fn waiting(at: &Desk<'_>, letter: &str) -> Result<(), DialogueRefusal> {
    by_the_house(at)?;
    at.stage(&[Stage::ToForward])?;
    ensure(at.dialogue.queued.as_deref() == Some(letter), Code::NotThatLetter)
}

fn by_the_house(at: &Desk<'_>) -> Result<(), DialogueRefusal> {
    ensure(at.actor.role == Role::Supervisor, Code::WrongRole)
}

fn acknowledge(at: &Desk<'_>, acknowledged: Timestamp, reference: &str) -> Decision {
    forwarder(at)?;
    at.stage(&[Stage::Forwarded])?;
    said(reference, Code::NeedsReference)?;
    at.has_been(acknowledged, at.dialogue.sent_at.unwrap_or(at.facts.complaint_received))?;
    let reference = reference.trim().to_owned();
    Ok(vec![Change::DialoguePackageAcknowledged { at: acknowledged, reference }])
}

impl crate::dialogue::Dialogue {
    /// Until when the authority should have acknowledged the package; none where there is nothing to wait for.
    pub fn acknowledge_by(&self, days: i64) -> Option<Timestamp> {
        let waits = self.package_state() == Some(PackageState::Sent) && !self.unanswered;
        self.sent_at.filter(|_| waits).map(|sent| sent.plus_seconds(days * DAY_SECONDS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::scene::{Scene, house, region};
    use crate::dialogue::{Task, tasks};

    fn queue(letter: &str) -> Action {
        Action::Queue { letter: letter.to_owned(), sha256: "00".to_owned() }
    }

    /// A dialogue that was held, maintained, and whose package is assembled.
    fn assembled() -> Scene {
        let mut scene = Scene::plain().held();
        scene.agent(Action::Maintain { added: vec![], dropped: vec![] });
        scene.region(Action::Assemble { statement: String::new(), with_minutes: false });
        scene
    }

    #[test]
    fn it_is_sent_when_the_server_took_it_and_not_before() {
        let mut scene = assembled();
        scene.region(queue("a"));
        assert_eq!(scene.dialogue.package_state(), Some(PackageState::Queued));
        assert_eq!((tasks(&scene.dialogue), scene.dialogue.stage), (vec![], Stage::ToForward));
        assert_eq!(scene.refused(&region(), &queue("b")), Code::PackageQueued, "once is enough");
        let taken = |letter: &str| Action::Mailed { letter: letter.to_owned() };
        assert_eq!(scene.refused(&house(), &taken("b")), Code::NotThatLetter);
        assert_eq!(scene.refused(&region(), &taken("a")), Code::WrongRole, "only the house knows");
        scene.attempt(&house(), &taken("a")).unwrap();
        assert_eq!((scene.dialogue.stage, scene.dialogue.sent_at), (Stage::Forwarded, Some(scene.now)));
        assert_eq!(tasks(&scene.dialogue), [Task::AwaitAcknowledgement]);
    }

    #[test]
    fn what_could_not_be_mailed_comes_back_to_a_person() {
        let mut scene = assembled();
        scene.region(queue("a"));
        scene.attempt(&house(), &Action::NotMailed { letter: "a".to_owned() }).unwrap();
        assert_eq!(tasks(&scene.dialogue), [Task::Send]);
        assert_eq!(scene.dialogue.not_mailed.as_deref(), Some("a"));
        scene.region(queue("a"));
        assert_eq!((scene.dialogue.not_mailed.as_deref(), tasks(&scene.dialogue)), (None, vec![]));
        scene.region(Action::Send { at: scene.now, channel: Channel::Letter });
        assert_eq!(scene.dialogue.package_state(), Some(PackageState::Sent), "by hand it can always go");
        assert_eq!(scene.dialogue.queued, None);
    }

    #[test]
    fn what_is_put_together_anew_is_queued_anew() {
        let mut scene = assembled();
        scene.region(queue("a"));
        scene.region(Action::Assemble { statement: "Mere".to_owned(), with_minutes: true });
        assert_eq!((scene.dialogue.queued.as_deref(), tasks(&scene.dialogue)), (None, vec![Task::Send]));
    }

    #[test]
    fn silence_of_the_authority_becomes_a_duty_once() {
        let mut scene = assembled();
        scene.region(Action::Send { at: scene.now, channel: Channel::Letter });
        let days = scene.rules().acknowledge_days;
        let due = scene.dialogue.acknowledge_by(days).unwrap();
        assert_eq!(due, scene.now.plus_seconds(days * DAY_SECONDS));
        scene.now = due;
        assert_eq!(scene.refused(&house(), &Action::MissAcknowledgement), Code::NotDueYet);
        scene.now = due.plus_seconds(1);
        scene.attempt(&house(), &Action::MissAcknowledgement).unwrap();
        assert_eq!(
            (tasks(&scene.dialogue), scene.dialogue.acknowledge_by(days)),
            (vec![Task::AskAuthority], None)
        );
        assert_eq!(scene.refused(&house(), &Action::MissAcknowledgement), Code::WrongStage);
        scene.region(Action::Acknowledge { at: scene.now, reference: "26/1".to_owned() });
        assert!(tasks(&scene.dialogue).is_empty());
    }
}
