//! What a change of the dialogue means for the case: given to the dialogue, taken back, withdrawn, forwarded; its points
//! extended and dropped.

use complaints::dialogue::{Dialogue, DialogueChange, Eligibility, Stage};
use complaints::firewall::Recipient;
use complaints::points::NewPoint;
use complaints::{Action, Channel, StatedBy, Withdrawal};
use domain::PointId;

use crate::case_work::CaseWork;
use crate::investigation::register;
use crate::{Error, Result, fresh_id, sight};

/// Lets the case follow one change; `before` is the stage that the dialogue had.
pub(super) fn follow(
    hand: &mut CaseWork<'_, '_>,
    dialogue: &Dialogue,
    before: Stage,
    change: &DialogueChange,
) -> Result<()> {
    match change {
        DialogueChange::DialogueOwned { owner, reason: None, .. } => {
            as_the_house(hand, &Action::EnterDialogue { dialogue: owner.code.clone() })?;
            // Whoever runs the dialogue works on the case while it lasts.
            hand.case.department = Some(owner.department.clone());
        }
        DialogueChange::DialogueOwned { owner, .. } => hand.case.department = Some(owner.department.clone()),
        DialogueChange::DialogueAssessed { .. } if before.is_running() && !dialogue.stage.is_running() => {
            leave(hand, dialogue.stage.as_str(), false)?;
        }
        DialogueChange::DialogueWithdrawn { statement, channel } => {
            withdraw(hand, dialogue, statement, *channel)?
        }
        DialogueChange::DialogueSatisfied { statement, channel } => {
            let house = hand.house;
            let reopens =
                house.dialogues.get(&hand.case.profile).is_some_and(|rules| rules.satisfied_reopens);
            if reopens {
                leave(hand, "satisfied", true)?
            } else {
                withdraw(hand, dialogue, statement, *channel)?
            }
        }
        DialogueChange::DialoguePointsAdded { points } => {
            for new in points {
                as_the_house(hand, &Action::AddPoint(new_point(new)))?;
            }
        }
        DialogueChange::DialoguePointsDropped { points } => drop_points(hand, points)?,
        DialogueChange::DialogueLearned { note } => learned(hand, dialogue, note)?,
        DialogueChange::DialoguePackageSent { .. } => {
            let package = dialogue.package.as_ref().ok_or(Error::NotFound)?;
            let forward = Action::Forward {
                authority: package.authority.clone(),
                package: format!("dialogue: {}", package.reason),
            };
            as_the_house(hand, &forward)?;
        }
        _ => {}
    }
    Ok(())
}

/// Code in the history of a point that fell in the dialogue; the screens have words for it.
const IN_DIALOGUE: &str = "dialogue";

/// A point that the complainant added after the talk: nothing is known of it but his words.
fn new_point(new: &complaints::dialogue::NewPoint) -> NewPoint {
    NewPoint {
        point: new.id.clone(),
        institution: None,
        place: None,
        persons: None,
        happened: None,
        payer: None,
        own_words: new.words.clone(),
        harm: None,
        category: String::new(),
        version: String::new(),
        no_dialogue: true,
        carried: None,
    }
}

/// What the site learns outlives the case, in the list that all cases share: about the point that the talk was about, and
/// without whatever tells who complains.
fn learned(hand: &mut CaseWork<'_, '_>, dialogue: &Dialogue, note: &str) -> Result<()> {
    let about = dialogue.verdicts.iter().find(|verdict| verdict.eligibility == Eligibility::Eligible);
    let point = about.map(|verdict| verdict.point.clone());
    let words = sight::screen_for(hand.tx, Recipient::Public, &hand.case)?.text(note);
    register::keep_note(hand, fresh_id(), point.as_ref(), (words, String::new()))
}

fn drop_points(hand: &mut CaseWork<'_, '_>, points: &[PointId]) -> Result<()> {
    for point in points {
        // A point that was added in the history of the dialogue alone is none of the case's.
        let stands = hand.view()?.points.iter().any(|known| known.id == *point);
        if stands {
            let (point, reason) = (point.clone(), IN_DIALOGUE.to_owned());
            as_the_house(hand, &Action::DropPoint { point, reason })?;
        }
    }
    Ok(())
}

/// What follows from a person's deed the house does, whoever that person is.
fn as_the_house(hand: &mut CaseWork<'_, '_>, action: &Action) -> Result<()> {
    let person = hand.person.take();
    let done = hand.act(action);
    hand.person = person;
    done
}

/// The case goes on where it stood before the dialogue, with whom it was then.
fn leave(hand: &mut CaseWork<'_, '_>, outcome: &str, held: bool) -> Result<()> {
    as_the_house(hand, &Action::LeaveDialogue { outcome: outcome.to_owned(), held })?;
    let last = store::dispatches::latest(hand.tx, &hand.case.id)?;
    let open = last.filter(|last| last.state == "sent" || last.state == "signed");
    hand.case.department = open.map(|last| last.department);
    Ok(())
}

fn withdraw(
    hand: &mut CaseWork<'_, '_>,
    dialogue: &Dialogue,
    statement: &str,
    channel: Channel,
) -> Result<()> {
    let by = if dialogue.representative.is_some() { StatedBy::Representative } else { StatedBy::Complainant };
    let withdrawal = Withdrawal { statement: statement.to_owned(), informed: true, channel, by };
    as_the_house(hand, &Action::Withdraw(withdrawal))
}
