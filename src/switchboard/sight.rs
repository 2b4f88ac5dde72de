//! Who may know of a case, and what of it: the department it is with, nobody with a conflict of interest, and behind
//! the identity firewall only what the recipient's task needs.
//!
//! Who is one of the accused is asked here alone, of the case as it is stored: whoever a point complained of stays
//! accused when the point is dropped, and no caller can leave one out.

use std::collections::BTreeSet;
use std::slice::from_ref;

use complaints::firewall::{Recipient, Screen};
use complaints::investigation::Reader;
use domain::{CaseId, Role};
use serde_json::Value;
use store::Tx;
use store::cases::Case;
use store::people::Person;
use store::points::Point;

use crate::accused::accusing;
use crate::case_file::{CaseFile, CaseLine, Dispatch};
use crate::protected::{self, Beside};
use crate::{Error, House, Result};

/// Stands where something was taken out of a text; the same in every language.
const MARK: &str = "[…]";

/// Whether `person` may know of the case: a handler only while the own department has it or helps with it, and nobody who was
/// recused from it or has an interest in an institution complained of.
pub(crate) fn in_sight(tx: &mut Tx<'_>, person: &Person, case: &Case) -> Result<bool> {
    Ok(by_task(tx, person, case)? && !store::conflicts::blocked(tx, &person.id, &case.id)?)
}

/// Lets nobody through who may not know of the case. [`Error::KeptOut`] where nothing but a conflict of interest stands
/// between: whoever called writes that down ([`crate::Switchboard::note_block`]), for the transaction ends here.
pub(crate) fn must_see(tx: &mut Tx<'_>, person: &Person, case: &Case) -> Result<()> {
    if !by_task(tx, person, case)? {
        return Err(Error::NotFound);
    }
    if store::conflicts::blocked(tx, &person.id, &case.id)? {
        return Err(Error::KeptOut(case.id.clone()));
    }
    Ok(())
}

fn by_task(tx: &mut Tx<'_>, person: &Person, case: &Case) -> Result<bool> {
    Ok(match person.role {
        Role::Agent | Role::Supervisor => true,
        Role::Handler => match &person.department {
            Some(own) => {
                case.department.as_ref() == Some(own) || store::co_handlers::helps(tx, &case.id, own)?
            }
            None => false,
        },
        Role::Administrator => false,
    })
}

/// What somebody is to a case: the one place that says it. `accused`: a point complains, or complained, of the house
/// that the handler's department belongs to.
fn reader(role: Role, accused: bool) -> (Recipient, &'static [Reader]) {
    match (role, accused) {
        (Role::Supervisor, _) => (Recipient::House, Reader::ALL),
        (Role::Agent, _) => (Recipient::House, &[Reader::Complainant, Reader::Handler]),
        (Role::Handler, true) => (Recipient::Accused, &[Reader::Institution]),
        (Role::Handler, false) => (Recipient::Unit, &[Reader::Handler]),
        (Role::Administrator, _) => (Recipient::Public, &[]),
    }
}

/// Those of the cases in which a person is one of the accused: a handler of an accused department.
fn accusing_house_of(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    cases: &[CaseId],
) -> Result<BTreeSet<CaseId>> {
    let department = person.department.as_deref().filter(|_| person.role == Role::Handler);
    accusing(tx, house, department, cases)
}

/// The screen between a case and a person with an account.
pub(crate) fn screen(tx: &mut Tx<'_>, house: &House, person: &Person, case: &Case) -> Result<Screen> {
    let accused = accusing_house_of(tx, house, person, from_ref(&case.id))?.contains(&case.id);
    screen_for(tx, reader(person.role, accused).0, case)
}

/// What a person is to the evidence of a case.
pub(crate) fn readers(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    case: &CaseId,
) -> Result<&'static [Reader]> {
    let accused = accusing_house_of(tx, house, person, from_ref(case))?.contains(case);
    Ok(reader(person.role, accused).1)
}

/// The screen between a case and a department whose people have no accounts, and what it is to the evidence.
pub(crate) fn unit(
    tx: &mut Tx<'_>,
    house: &House,
    department: &str,
    case: &Case,
) -> Result<(Screen, &'static [Reader])> {
    let accused = accusing(tx, house, Some(department), from_ref(&case.id))?.contains(&case.id);
    let (recipient, readers) = reader(Role::Handler, accused);
    Ok((screen_for(tx, recipient, case)?, readers))
}

/// The screen between a case and somebody outside: a letter, a mail, an interface.
pub(crate) fn screen_for(tx: &mut Tx<'_>, recipient: Recipient, case: &Case) -> Result<Screen> {
    let mut besides = protected::beside(tx, from_ref(&case.id))?;
    screen_with(tx, recipient, case, &besides.remove(&case.id).unwrap_or_default())
}

fn screen_with(tx: &mut Tx<'_>, recipient: Recipient, case: &Case, beside: &Beside) -> Result<Screen> {
    let (secrecy, identity) = protected::people(tx, case, beside)?;
    Ok(Screen::new(recipient, secrecy, &identity, MARK))
}

/// Takes out of the lines of a list what their reader must not know. A line shows only the first point; another may
/// accuse.
pub(crate) fn redact_lines(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    lines: &mut [CaseLine],
) -> Result<()> {
    // Nothing is held back from the hotline's own people.
    if reader(person.role, false).0 == Recipient::House {
        return Ok(());
    }
    let ids: Vec<CaseId> = lines.iter().map(|line| line.case.id.clone()).collect();
    let accusing = accusing_house_of(tx, house, person, &ids)?;
    let besides = protected::beside(tx, &ids)?;
    for line in lines {
        let (recipient, _) = reader(person.role, accusing.contains(&line.case.id));
        let beside = besides.get(&line.case.id).cloned().unwrap_or_default();
        let screen = screen_with(tx, recipient, &line.case, &beside)?;
        if !screen.is_open() {
            strip(&mut line.case, &screen);
            line.first_point.iter_mut().for_each(|point| redact_point(point, &screen));
            line.dispatch.iter_mut().for_each(|dispatch| redact_dispatch(dispatch, &screen));
        }
    }
    Ok(())
}

/// Takes out of a file what its reader must not know. The file of the hotline's own people stays whole, but for
/// evidence that is not theirs to read.
pub(crate) fn redact(tx: &mut Tx<'_>, house: &House, person: &Person, file: &mut CaseFile) -> Result<()> {
    let screen = screen(tx, house, person, &file.case)?;
    let readers = readers(tx, house, person, &file.case.id)?;
    redact_investigation(person, readers, file, &screen);
    redact_case(file, &screen);
    Ok(())
}

fn redact_case(file: &mut CaseFile, screen: &Screen) {
    let sight = screen.sight();
    file.hidden = !sight.identity;
    if screen.is_open() {
        return;
    }
    strip(&mut file.case, screen);
    if !sight.contact {
        file.callbacks.clear();
    }
    if !sight.inner {
        file.events.retain(|event| event.kind != "phone_revealed");
    }
    if !sight.voice {
        file.recordings.clear();
    }
    file.points.iter_mut().chain(&mut file.dropped).for_each(|point| redact_point(point, screen));
    for coding in &mut file.codings {
        coding.reason = coding.reason.as_deref().map(|text| screen.text(text));
    }
    file.dispatches.iter_mut().for_each(|dispatch| redact_dispatch(dispatch, screen));
    for one in &mut file.co_handlers {
        one.task = screen.text(&one.task);
        one.report = one.report.as_deref().map(|text| screen.text(text));
    }
    for text in [&mut file.view.information_asked, &mut file.view.termination_asked] {
        *text = text.as_deref().map(|text| screen.text(text));
    }
    if let Some((_, reason)) = &mut file.view.extension.asked {
        *reason = screen.text(reason);
    }
    if let Some(withdrawal) = &mut file.view.withdrawal {
        withdrawal.statement = screen.text(&withdrawal.statement);
    }
    for step in &mut file.steps {
        step.note = screen.text(&step.note);
    }
    for event in &mut file.events {
        event.detail = detail(&event.detail, screen);
    }
}

/// Takes out of an investigation the entries that are not this person's to read, whoever he is, and out of its texts
/// what the screen holds back.
fn redact_investigation(person: &Person, readers: &[Reader], file: &mut CaseFile, screen: &Screen) {
    let view = &mut file.view.investigation;
    let hidden: Vec<String> =
        view.evidence.iter().filter(|entry| !entry.is_for(readers)).map(|entry| entry.id.clone()).collect();
    view.evidence.retain(|entry| entry.is_for(readers));
    view.support.iter_mut().for_each(|(_, support)| support.evidence.retain(|id| !hidden.contains(id)));
    file.events.retain(|event| !about_one_of(&hidden, &event.detail));
    if person.role == Role::Handler {
        file.letters.clear();
        file.posted.clear();
        view.letters.clear();
    }
    if screen.is_open() {
        return;
    }
    let scrub = |text: &mut String| *text = screen.text(text);
    for entry in &mut view.evidence {
        [&mut entry.what, &mut entry.why].into_iter().for_each(scrub);
        entry.request.iter_mut().for_each(|request| scrub(&mut request.of));
        entry.preserve.iter_mut().for_each(|asked| scrub(&mut asked.remark));
    }
    view.statements
        .iter_mut()
        .for_each(|one| [&mut one.statement, &mut one.heard_by].into_iter().for_each(scrub));
    // Written without names as they were known then; more may be known now.
    view.learning.iter_mut().for_each(|note| scrub(&mut note.words));
    view.waived.iter_mut().for_each(|(_, reason)| scrub(reason));
    view.replies.iter_mut().for_each(|reply| scrub(&mut reply.about));
    view.support.iter_mut().for_each(|(_, support)| scrub(&mut support.without));
    for one in &mut view.corrections {
        [&mut one.plan.what, &mut one.plan.owner, &mut one.remark].into_iter().for_each(scrub);
    }
}

fn about_one_of(entries: &[String], detail: &str) -> bool {
    if entries.is_empty() {
        return false;
    }
    let detail: Value = serde_json::from_str(detail).unwrap_or_default();
    let named = detail.get("evidence").and_then(Value::as_str);
    named.is_some_and(|named| entries.iter().any(|id| id == named))
}

/// The row itself: the PIN opens the status to whoever has it.
pub(crate) fn strip(case: &mut Case, screen: &Screen) {
    case.pin = String::new();
    if !screen.sight().identity {
        case.complainant = None;
        case.intake = "{}".to_owned();
    }
    if !screen.sight().contact {
        case.phone = None;
    }
}

fn redact_point(point: &mut Point, screen: &Screen) {
    point.own_words = screen.text(&point.own_words);
    for text in [
        &mut point.place,
        &mut point.persons,
        &mut point.happened,
        &mut point.outcome,
        &mut point.harm,
        &mut point.drop_reason,
        // A name as it was told, where it is not listed; codes of the directory hold nobody's name.
        &mut point.institution,
    ] {
        *text = text.as_deref().map(|text| screen.text(text));
    }
}

fn redact_dispatch(dispatch: &mut Dispatch, screen: &Screen) {
    for text in [&mut dispatch.override_reason, &mut dispatch.return_reason] {
        *text = text.as_deref().map(|text| screen.text(text));
    }
}

/// The particulars of a line of the history: every text in them passes the screen.
fn detail(stored: &str, screen: &Screen) -> String {
    match serde_json::from_str::<Value>(stored) {
        Ok(mut value) => {
            scrub(&mut value, screen);
            value.to_string()
        }
        Err(_) => screen.text(stored),
    }
}

fn scrub(value: &mut Value, screen: &Screen) {
    match value {
        Value::String(text) => *text = screen.text(text),
        Value::Array(items) => items.iter_mut().for_each(|item| scrub(item, screen)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| {
            // Ids hold long runs of digits and tell nobody's name.
            if !is_id(name) {
                scrub(field, screen);
            }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields that hold an id or code of ours.
fn is_id(name: &str) -> bool {
    matches!(
        name,
        "kind"
            | "point"
            | "department"
            | "category"
            | "person"
            | "case"
            | "rule"
            | "callback"
            | "to"
            | "into"
            | "from"
            | "axis"
            | "coder"
            | "original"
            | "suggested"
            | "code"
            | "system"
            | "version"
            | "payer"
            | "evidence"
            | "attachment"
            | "recording"
            | "correction"
            | "learning"
            | "letter"
            | "sha256"
            | "standard"
    )
}
