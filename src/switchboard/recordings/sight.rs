//! Who may hear a recording: who has the record, who is to call back, supervisors; a department only where it may
//! know who speaks.

use domain::{CaseId, Role};
use store::Tx;
use store::people::Person;

use super::{MESSAGE, Recording};
use crate::{House, Result, messages};

/// A recording as a list shows it.
#[derive(Debug, Clone)]
pub struct RecordingFile {
    pub recording: Recording,
    /// Whether the one who asks may hear it.
    pub may_hear: bool,
    /// How often it was listened to.
    pub listenings: usize,
}

/// A recording as `person` sees it.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    recording: Recording,
) -> Result<RecordingFile> {
    let may_hear = may_hear(tx, house, person, &recording)?;
    let listenings = store::listenings::of_recording(tx, &recording.id)?.len();
    Ok(RecordingFile { recording, may_hear, listenings })
}

/// Recordings of a case as `person` sees them; a department is shown only what it may hear, and what became of it.
pub(crate) fn of_case(
    tx: &mut Tx<'_>,
    house: &House,
    person: &Person,
    case: &CaseId,
) -> Result<Vec<RecordingFile>> {
    let mut files = Vec::new();
    for row in store::recordings::of_case(tx, case)? {
        let file = file(tx, house, person, row)?;
        if file.may_hear || person.role != Role::Handler {
            files.push(file);
        }
    }
    Ok(files)
}

/// Whether `person` may hear it.
pub(crate) fn may_hear(tx: &mut Tx<'_>, house: &House, person: &Person, row: &Recording) -> Result<bool> {
    Ok(by_task(tx, house, person, row)? && kept_out_of(tx, person, row)?.is_none())
}

/// The case that the recording belongs to, where a conflict of interest keeps `person` out of it.
pub(crate) fn kept_out_of(tx: &mut Tx<'_>, person: &Person, row: &Recording) -> Result<Option<CaseId>> {
    let contact = row.contact.as_ref().map(|id| store::contacts::find(tx, id)).transpose()?;
    let Some(case) = contact.and_then(|contact| contact.case) else { return Ok(None) };
    Ok(store::conflicts::blocked(tx, &person.id, &case)?.then_some(case))
}

/// Whether `person` could hear it, if no conflict of interest stood between.
pub(crate) fn by_task(tx: &mut Tx<'_>, house: &House, person: &Person, row: &Recording) -> Result<bool> {
    match person.role {
        Role::Supervisor => Ok(true),
        Role::Administrator => Ok(false),
        Role::Handler => department_may(tx, house, person, row),
        Role::Agent if row.purpose == MESSAGE => match store::messages::by_recording(tx, &row.id)? {
            Some(message) => Ok(messages::file(tx, person, message)?.may_hear),
            None => Ok(false),
        },
        Role::Agent => {
            let contact = row.contact.as_ref().map(|id| store::contacts::find(tx, id)).transpose()?;
            Ok(contact.is_some_and(|contact| contact.agent.as_ref() == Some(&person.id)))
        }
    }
}

/// A voice tells who speaks: where the complainant is not to be known, nobody in the department hears it. What was
/// recorded for training is none of its business at all.
fn department_may(tx: &mut Tx<'_>, house: &House, person: &Person, row: &Recording) -> Result<bool> {
    let contact = row.contact.as_ref().map(|id| store::contacts::find(tx, id)).transpose()?;
    let Some(case) = contact.and_then(|contact| contact.case) else { return Ok(false) };
    let case = store::cases::get(tx, &case)?;
    let voice = crate::sight::screen(tx, house, person, &case)?.sight().voice;
    Ok(voice && row.purpose != "training" && crate::sight::in_sight(tx, person, &case)?)
}
