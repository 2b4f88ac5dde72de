//! Contacts: made the moment a call is offered, so that no call that reached a desk goes without a record.

use domain::{CallId, ContactId, IntakeId, PersonId, QueueEntryId, RequestType, Timestamp};
use store::Tx;
use store::contacts::Contact;
use store::intakes::Draft;
use store::queue::Entry;

use crate::{House, Result, fresh_id};

/// The contact and the intake draft of an offered caller: made at the first offer, handed on with the next.
pub(crate) fn receive(
    tx: &mut Tx<'_>,
    house: &House,
    entry: &Entry,
    agent: &PersonId,
    now: Timestamp,
) -> Result<()> {
    if let Some(contact) = store::contacts::by_entry(tx, &entry.id)? {
        store::contacts::hand_to(tx, &contact.id, agent)?;
        if let Some(draft) = store::intakes::by_contact(tx, &contact.id)? {
            store::intakes::hand_to(tx, &draft.id, agent)?;
        }
        return Ok(());
    }
    // Whoever talked with the caller before has talked.
    store::contacts::end_call(tx, &entry.call, now)?;
    let zone = house.zone_of(&entry.line);
    let contact = Contact {
        id: ContactId::new(fresh_id()),
        call: Some(entry.call.clone()),
        entry: Some(entry.id.clone()),
        channel: "call".to_owned(),
        line: entry.line.clone(),
        caller: entry.caller.clone(),
        language: Some(entry.language.clone()),
        agent: Some(agent.clone()),
        started_at: entry.entered_at,
        ended_at: None,
        request_type: None,
        outcome: None,
        note: None,
        case: None,
        service_day: now.service_day(zone).to_string(),
    };
    store::contacts::insert(tx, &contact)?;
    let draft = Draft {
        id: IntakeId::new(fresh_id()),
        contact: contact.id,
        agent: agent.clone(),
        version: 1,
        fields: first_fields(tx, &entry.call)?,
        saved_at: now,
        finished_at: None,
        case: None,
    };
    store::intakes::insert(tx, &draft)?;
    Ok(())
}

/// What the caller chose in the menu is not asked again: it stands in the form from the start.
pub(crate) fn first_fields(tx: &mut Tx<'_>, call: &CallId) -> Result<String> {
    let notes = store::notes::of_call(tx, call)?;
    let chosen = notes.into_iter().find(|(key, _)| key == "request_type").map(|(_, value)| value);
    let request_type = chosen.and_then(|code| code.parse::<RequestType>().ok());
    Ok(request_type
        .map_or_else(|| "{}".to_owned(), |code| serde_json::json!({ "request_type": code }).to_string()))
}

/// A caller who was offered and went away before anybody answered leaves a contact, and nothing to write down.
pub(crate) fn drop_untouched(tx: &mut Tx<'_>, entry: &QueueEntryId, at: Timestamp) -> Result<()> {
    let Some(contact) = store::contacts::by_entry(tx, entry)? else { return Ok(()) };
    match store::intakes::by_contact(tx, &contact.id)? {
        Some(draft) if draft.version == 1 && draft.finished_at.is_none() => {
            Ok(store::intakes::finish(tx, &draft.id, None, at)?)
        }
        _ => Ok(()),
    }
}
