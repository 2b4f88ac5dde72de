//! The audit trail before those who oversee: searched by person, deed, kind of record, case and period, on a screen page by
//! page and as a file. Who takes it along stands in it.

use std::collections::BTreeSet;

use domain::{CallbackId, CaseId, CaseNumber, PersonId, RecordingId, Timestamp};
use store::Tx;
pub use store::audit::Entry;
pub use store::audit_search::Search;
use store::people::Person;

use crate::audit::record;
use crate::rights::{Desk, Overseer};
use crate::{Error, Result};

/// Kinds of records that a row can be about.
pub const KINDS: [&str; 8] =
    ["case", "attachment", "recording", "call", "callback", "mail", "person", "report"];

/// Deeds that are written down, in the order of the form.
pub const DEEDS: [&str; 41] = [
    "conflict-blocked",
    "recused",
    "interests-declared",
    "phone-revealed",
    "file-read",
    "file-sight",
    "letter-previewed",
    "report-exported",
    "audit-exported",
    "mail-again",
    "sign",
    "return",
    "step",
    "answer",
    "recording_started",
    "recording_not_started",
    "recording_paused",
    "recording_resumed",
    "recording_stopped",
    "recording_heard",
    "recording_heard_for",
    "recording_spoiled",
    "recording_held",
    "recording_released",
    "recording_erased",
    "call_hold",
    "call_resume",
    "call_consult",
    "call_together",
    "call_hand_over",
    "call_call_off",
    "call_put_through",
    "deny_call",
    "logged-in",
    "account-locked",
    "account-added",
    "account-disabled",
    "account-enabled",
    "password-set",
    "first-administrator",
    "attachment-added",
];

/// Rows on one page.
pub const PAGE: usize = 50;
/// Rows in one file: the newest of what was asked for.
pub const MOST_IN_FILE: usize = 100_000;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct TrailOrder {
    /// The number of a case; its files, recordings and callbacks belong to it.
    pub case: Option<CaseNumber>,
    pub search: Search,
}

/// Rows with what their ids are called.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    pub rows: Vec<Entry>,
    pub more: bool,
    /// Everybody, for the names.
    pub people: Vec<Person>,
    /// Numbers of the cases that rows are about, by the id in them.
    pub cases: Vec<(String, CaseNumber)>,
}

impl Desk<Overseer> {
    /// One page. A case that there is not has no rows.
    pub async fn audit_trail(&self, order: TrailOrder) -> Result<Trail> {
        let person = self.person().id.clone();
        self.board.store.read(move |tx| search(tx, &order, PAGE, &person)).await
    }

    /// Everything of it, for a file; `asked` says in words what was asked for.
    pub async fn export_audit_trail(&self, order: TrailOrder, asked: String) -> Result<Trail> {
        let (now, person) = (self.now(), self.person().id.clone());
        let object = order.case.as_ref().map_or_else(|| "audit:all".to_owned(), |_| "audit:case".to_owned());
        self.board
            .store
            .write(move |tx| -> Result<Trail> {
                let trail = search(tx, &order, MOST_IN_FILE, &person)?;
                record(tx, now, person.as_str(), "audit-exported", &object, Some(&asked))?;
                Ok(trail)
            })
            .await
    }
}

fn search(tx: &mut Tx<'_>, order: &TrailOrder, most: usize, person: &PersonId) -> Result<Trail> {
    let mut search = order.search.clone();
    if let Some(number) = &order.case {
        search.things = Some(things(tx, number)?);
    }
    let (mut rows, more) = store::audit_search::find(tx, &search, most)?;
    let hidden = keep_out(tx, person, &mut rows)?;
    let cases = numbers(tx, &rows)?.into_iter().filter(|(id, _)| !hidden.contains(id)).collect();
    Ok(Trail { rows, more, people: store::people::list(tx)?, cases })
}

/// Takes the reasons out of the rows about cases that the person keeps out of: they are written in free words. Gives the ids
/// of those cases. That something was done stays to be seen: a trail without gaps is what it is for.
fn keep_out(tx: &mut Tx<'_>, person: &PersonId, rows: &mut [Entry]) -> Result<BTreeSet<String>> {
    let mut hidden = BTreeSet::new();
    if !store::conflicts::any_of(tx, person)? {
        return Ok(hidden);
    }
    for row in rows {
        for thing in row.object.split_whitespace() {
            let Some(case) = case_of(tx, thing)? else { continue };
            if store::conflicts::blocked(tx, person, &case)? {
                row.reason = None;
                hidden.insert(case.to_string());
            }
        }
    }
    Ok(hidden)
}

/// The case that a thing of the trail belongs to.
fn case_of(tx: &mut Tx<'_>, thing: &str) -> Result<Option<CaseId>> {
    let Some((kind, id)) = thing.split_once(':') else { return Ok(None) };
    let found = match kind {
        "case" => return Ok(Some(CaseId::new(id))),
        "attachment" => store::attachments::get(tx, id).map(|file| Some(file.case)),
        "recording" => of_recording(tx, &RecordingId::new(id)),
        "callback" => store::callbacks::get(tx, &CallbackId::new(id)).map(|call| call.case),
        "mail" => store::mails::get(tx, id).map(|mail| Some(mail.case)),
        _ => return Ok(None),
    };
    match found {
        Err(store::Error::NotFound) => Ok(None),
        found => Ok(found?),
    }
}

fn of_recording(tx: &mut Tx<'_>, id: &RecordingId) -> store::Result<Option<CaseId>> {
    let Some(contact) = store::recordings::get(tx, id)?.contact else { return Ok(None) };
    Ok(store::contacts::find(tx, &contact)?.case)
}

/// A case with what hangs on it, as the trail names them.
fn things(tx: &mut Tx<'_>, number: &CaseNumber) -> Result<Vec<String>> {
    let case = match store::cases::by_number(tx, number) {
        Ok(case) => case.id,
        Err(store::Error::NotFound) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut things = vec![format!("case:{case}")];
    things
        .extend(store::attachments::of_case(tx, &case)?.iter().map(|file| format!("attachment:{}", file.id)));
    things
        .extend(store::recordings::of_case(tx, &case)?.iter().map(|sound| format!("recording:{}", sound.id)));
    things.extend(store::callbacks::of_case(tx, &case)?.iter().map(|call| format!("callback:{}", call.id)));
    Ok(things)
}

fn numbers(tx: &mut Tx<'_>, rows: &[Entry]) -> Result<Vec<(String, CaseNumber)>> {
    let mut ids: Vec<&str> = rows
        .iter()
        .flat_map(|row| row.object.split_whitespace())
        .filter_map(|thing| thing.strip_prefix("case:"))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut numbers = Vec::new();
    for id in ids {
        match store::cases::get(tx, &domain::CaseId::new(id)) {
            Ok(case) => numbers.push((id.to_owned(), case.number)),
            Err(store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(numbers)
}

impl Trail {
    /// Where the next page begins.
    pub fn behind(&self) -> Option<(Timestamp, i64)> {
        self.rows.last().filter(|_| self.more).map(|row| (row.at, row.ordinal))
    }
}

/// Reads the mark that a page ended with.
pub fn mark(text: &str) -> Result<Option<(Timestamp, i64)>> {
    if text.is_empty() {
        return Ok(None);
    }
    let parts =
        text.split_once('-').and_then(|(at, ordinal)| Some((at.parse().ok()?, ordinal.parse().ok()?)));
    parts.map(|(at, ordinal)| Some((Timestamp(at), ordinal))).ok_or(Error::NotFound)
}
