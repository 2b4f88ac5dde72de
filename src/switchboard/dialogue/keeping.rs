//! The row of a dialogue, for lists, the agenda and the report.

use complaints::dialogue::{
    Call, Called, CompanionKind, Dialogue, DialogueChange, Eligibility, Form, Stage, decided, tasks,
};
use store::dialogues::Dialogue as Row;

use crate::Result;
use crate::case_work::CaseWork;

/// Writes it anew after changes. What the state does not remember, the moments of first invitation, answer and
/// forwarding, is kept from the old row.
pub(super) fn keep(
    hand: &mut CaseWork<'_, '_>,
    dialogue: &Dialogue,
    changes: &[DialogueChange],
) -> Result<()> {
    let old = store::dialogues::of_case(hand.tx, &hand.case.id)?;
    let now = hand.now;
    let happened = |kind: &str| changes.iter().any(|change| change.kind() == kind).then_some(now);
    let asked = old.as_ref().filter(|old| old.stage != Stage::NotAsked.as_str());
    let answered_at = asked.map_or(now, |old| old.answered_at);
    let heard = changes.iter().any(heard_of_it).then_some(now);
    let rules = hand.house.dialogues.get(&hand.case.profile);
    let acknowledge_by = rules.and_then(|rules| dialogue.acknowledge_by(rules.acknowledge_days));
    let zone = hand.house.zone_of(&hand.case.line);
    let row = Row {
        case: hand.case.id.clone(),
        line: hand.case.line.clone(),
        stage: dialogue.stage.to_string(),
        accepted: dialogue.accepted == Some(true),
        eligible: dialogue.verdicts.iter().any(|verdict| verdict.eligibility == Eligibility::Eligible),
        verdicts: dialogue.verdicts.iter().map(|verdict| verdict.eligibility.code().to_owned()).collect(),
        tasks: tasks(dialogue).iter().map(ToString::to_string).collect(),
        motive: dialogue.motive.map(|motive| motive.to_string()),
        owner_kind: dialogue.owner.as_ref().map(|owner| owner.kind.to_string()),
        owner: dialogue.owner.as_ref().map(|owner| owner.code.clone()),
        region: dialogue.owner.as_ref().map(|owner| owner.region.clone()),
        department: dialogue.owner.as_ref().map(|owner| owner.department.clone()),
        received_at: dialogue.received_at,
        due_at: dialogue.deadline.as_ref().map(|deadline| deadline.due_at),
        runs_out_at: dialogue.runs_out_at(),
        appointment_at: dialogue.appointment.as_ref().map(|appointment| appointment.at),
        invited_at: old.as_ref().and_then(|old| old.invited_at).or_else(|| happened("dialogue_invited")),
        contacted_at: old.as_ref().and_then(|old| old.contacted_at).or(heard),
        held_at: dialogue.held.as_ref().map(|held| held.at),
        form: form(dialogue).map(|form| form.to_string()),
        companion: companion(dialogue).map(|kind| kind.to_string()),
        companion_came: dialogue.held.as_ref().is_some_and(|held| held.companion_came),
        site_refused: !dialogue.refused_sites.is_empty(),
        learned: i64::try_from(dialogue.learned.len()).unwrap_or(i64::MAX),
        decided: decided(dialogue).map(|decided| decided.to_string()),
        forward_reason: dialogue.forward_reason.map(|reason| reason.to_string()),
        to_forward_at: old
            .as_ref()
            .and_then(|old| old.to_forward_at)
            .or_else(|| happened("dialogue_to_forward")),
        sent_at: dialogue.sent_at,
        acknowledge_by,
        answered_at,
        service_day: answered_at.service_day(zone).to_string(),
    };
    Ok(store::dialogues::write(hand.tx, &row)?)
}

/// Whether the complainant hears from the owner with this change.
fn heard_of_it(change: &DialogueChange) -> bool {
    matches!(
        change,
        DialogueChange::DialogueInvited { .. }
            | DialogueChange::DialogueHeld { .. }
            | DialogueChange::DialogueCalled { call: Call::Contact, outcome: Called::Reached, .. }
    )
}

fn form(dialogue: &Dialogue) -> Option<Form> {
    let held = dialogue.held.as_ref().map(|held| held.form);
    held.or_else(|| dialogue.appointment.as_ref().map(|appointment| appointment.form))
}

/// A companion there is, or who is awaited.
fn companion(dialogue: &Dialogue) -> Option<CompanionKind> {
    dialogue.companion.as_ref().filter(|companion| !companion.nobody).map(|companion| companion.kind)
}
