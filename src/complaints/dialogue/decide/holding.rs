//! Inviting, who comes along, who does not come, and the dialogue itself.

use domain::Timestamp;

use super::offering::nobody_left;
use super::{Code, Decision, Desk, ensure, refusal, said};
use crate::dialogue::DialogueAction as Action;
use crate::dialogue::change::{Appointment, DialogueChange as Change, Participant};
use crate::dialogue::words::{CompanionKind, Form, ForwardReason, Stage};

const BEFORE: [Stage; 4] = [Stage::Unclear, Stage::Accepted, Stage::Received, Stage::Invited];

pub(super) fn decide(at: &Desk<'_>, action: &Action) -> Decision {
    match action {
        Action::Invite { appointment } => invite(at, appointment),
        Action::NameCompanion { companion, name } => {
            at.for_complainant()?;
            at.stage(&BEFORE)?;
            said(name, Code::NeedsName)?;
            Ok(vec![Change::DialogueCompanionNamed { companion: *companion, name: name.trim().to_owned() }])
        }
        Action::RequestCompanion { adviser_helps } => {
            at.for_complainant()?;
            at.stage(&BEFORE)?;
            Ok(vec![Change::DialogueCompanionRequested { adviser_helps: *adviser_helps }])
        }
        Action::AnswerCompanionRequest { name } => scheme_answers(at, name.as_deref()),
        Action::OrderInterpreter { language } => {
            at.for_complainant()?;
            at.stage(&BEFORE)?;
            said(language, Code::NeedsLanguage)?;
            Ok(vec![Change::DialogueInterpreterOrdered { language: language.trim().to_owned() }])
        }
        Action::NoShow { absent, note, again } => {
            at.as_owner()?;
            at.stage(&[Stage::Invited])?;
            let set = at.dialogue.appointment.as_ref().map(|appointment| appointment.at);
            ensure(set.is_none_or(|set| set <= at.facts.now), Code::ImpossibleTime)?;
            let change =
                Change::DialogueNoShow { absent: *absent, note: note.trim().to_owned(), again: *again };
            Ok(with_forwarding(change, !again, ForwardReason::NoShow))
        }
        Action::Unreachable { note } => {
            at.as_owner()?;
            at.stage(&[Stage::Accepted, Stage::Received, Stage::Invited])?;
            said(note, Code::NeedsReason)?;
            let change = Change::DialogueUnreachable { note: note.trim().to_owned() };
            Ok(with_forwarding(change, true, ForwardReason::Unreachable))
        }
        Action::SiteRefuses { institution, note } => refuse(at, institution, note),
        Action::Incapacity { incapacity, representative } => {
            at.for_complainant()?;
            ensure(at.dialogue.stage.is_running(), Code::WrongStage)?;
            let representative = representative.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let change = Change::DialogueIncapacity {
                incapacity: *incapacity,
                representative: representative.map(str::to_owned),
            };
            Ok(with_forwarding(change, representative.is_none(), ForwardReason::Incapacity))
        }
        Action::Hold { at: held, form, participants, companion_came, minutes } => {
            hold(at, *held, *form, participants, *companion_came, minutes)
        }
        Action::Learn { note } => {
            at.as_owner()?;
            ensure(at.dialogue.held.is_some(), Code::WrongStage)?;
            said(note, Code::NothingSaid)?;
            Ok(vec![Change::DialogueLearned { note: note.trim().to_owned() }])
        }
        Action::Called { call, outcome, said } => {
            at.for_complainant()?;
            ensure(at.dialogue.stage.is_running(), Code::WrongStage)?;
            let said = said.trim().to_owned();
            Ok(vec![Change::DialogueCalled { call: *call, outcome: *outcome, said }])
        }
        _ => Err(refusal(Code::WrongStage)),
    }
}

/// The complaint outlives every dialogue that does not come about.
fn with_forwarding(change: Change, ends: bool, reason: ForwardReason) -> Vec<Change> {
    let forward = ends.then_some(Change::DialogueToForward { reason });
    std::iter::once(change).chain(forward).collect()
}

/// Form, time and place are the owner's; the complainant has wishes. A new invitation replaces the old one.
fn invite(at: &Desk<'_>, appointment: &Appointment) -> Decision {
    at.as_owner()?;
    at.stage(&[Stage::Received, Stage::Invited])?;
    ensure(appointment.at > at.facts.now, Code::PastAppointment)?;
    at.in_time(appointment.at)?;
    said(&appointment.place, Code::NeedsPlace)?;
    ensure(named(&appointment.participants), Code::NeedsParticipant)?;
    Ok(vec![Change::DialogueInvited { appointment: appointment.clone() }])
}

fn named(participants: &[Participant]) -> bool {
    !participants.is_empty() && participants.iter().all(|participant| !participant.name.trim().is_empty())
}

fn scheme_answers(at: &Desk<'_>, name: Option<&str>) -> Decision {
    at.for_complainant()?;
    at.stage(&BEFORE)?;
    let asked = at.dialogue.companion.as_ref();
    let awaited =
        asked.is_some_and(|companion| companion.awaited && companion.kind == CompanionKind::Volunteer);
    ensure(awaited, Code::NoCompanionRequest)?;
    Ok(vec![match name.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => Change::DialogueCompanionFound { name: name.to_owned() },
        None => Change::DialogueCompanionNotFound,
    }])
}

/// A private practitioner may refuse; a public hospital takes part. Without any site left, the complaint goes on.
fn refuse(at: &Desk<'_>, institution: &str, note: &str) -> Decision {
    at.as_owner()?;
    at.stage(&[Stage::Accepted, Stage::Received, Stage::Invited])?;
    said(note, Code::NeedsReason)?;
    let sites = at.eligible_sites();
    let site = sites.iter().find(|point| point.institution.as_deref().unwrap_or_default() == institution);
    let site = site.ok_or(refusal(Code::NoSuchPoint))?;
    ensure(site.site.may_refuse(), Code::MustTakePart)?;
    let change =
        Change::DialogueSiteRefused { institution: institution.to_owned(), note: note.trim().to_owned() };
    let mut after = at.dialogue.clone();
    after.apply(&change);
    Ok(with_forwarding(change, nobody_left(&after, &sites), ForwardReason::SiteRefused))
}

fn hold(
    at: &Desk<'_>,
    held: Timestamp,
    form: Form,
    participants: &[Participant],
    companion_came: bool,
    minutes: &str,
) -> Decision {
    at.as_owner()?;
    ensure(at.dialogue.held.is_none(), Code::SecondDialogue)?;
    at.stage(&[Stage::Received, Stage::Invited])?;
    at.has_been(held, at.dialogue.received_at.unwrap_or(at.facts.complaint_received))?;
    at.in_time(held)?;
    ensure(named(participants), Code::NeedsParticipant)?;
    said(minutes, Code::NeedsMinutes)?;
    Ok(vec![Change::DialogueHeld {
        at: held,
        form,
        participants: participants.to_vec(),
        companion_came,
        minutes: minutes.trim().to_owned(),
    }])
}
