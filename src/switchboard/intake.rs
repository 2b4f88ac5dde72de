//! The intake: what the agent sees of the caller, what is written down, and how it ends. A draft belongs to the
//! agent it was offered to; a supervisor may open and finish any.

pub use complaints::Intake;
pub use complaints::dialogue::Payer;
pub use complaints::intake::{Desired, EvidenceKind, EvidenceStatus, OtherRoute, Relation, Risk};
use complaints::{WrapUpCode, missing};
use domain::{IntakeId, Language, PersonId, Timestamp};
use serde_json::json;
use store::Tx;
use store::callbacks::Callback;
use store::cases::Case;
use store::contacts::Contact;
use store::intakes::Draft;
use store::people::Person;
pub use store::told_articles::Told;

use crate::cases::{NewCase, OpenedCase, open_from_intake};
use crate::messages::{self, MessageFile};
use crate::offering::Change;
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Topic, agents, case_work, dispatch, knowledge, suggesting};

/// How many earlier contacts and open cases the desk shows.
const EARLIER: u32 = 5;

/// Everything the desk shows beside the form.
#[derive(Debug, Clone)]
pub struct IntakeFile {
    pub draft: Draft,
    pub intake: Intake,
    pub contact: Contact,
    /// What the caller chose or keyed on the way here, by key.
    pub notes: Vec<(String, String)>,
    /// Whole seconds in the queue; nothing where the contact did not wait.
    pub waited_seconds: Option<i64>,
    /// The last contacts of the same number, newest first; none for a withheld one.
    pub earlier: Vec<Contact>,
    /// Open cases of the same number, newest first.
    pub cases: Vec<Case>,
    /// Calls we still owe this number.
    pub callbacks: Vec<Callback>,
    /// The message that is written down here, where it is not a call.
    pub message: Option<MessageFile>,
    /// Articles that were told to the caller.
    pub told: Vec<Told>,
}

/// An unfinished draft as the list shows it.
#[derive(Debug, Clone)]
pub struct Unfinished {
    pub draft: Draft,
    pub contact: Contact,
}

/// A save that worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub version: i64,
    pub at: Timestamp,
    /// The line that was called.
    pub line: String,
}

impl Desk<Agent> {
    /// One intake with everything around it.
    pub async fn intake(&self, id: &IntakeId) -> Result<IntakeFile> {
        let (id, person) = (id.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| {
                let draft = readable(tx, &person, &id)?;
                file(tx, &person, draft)
            })
            .await
    }

    /// One's own drafts that are not finished, oldest first; without the one in hand.
    pub async fn unfinished(&self, in_hand: Option<&IntakeId>) -> Result<Vec<Unfinished>> {
        let (person, in_hand) = (self.person().id.clone(), in_hand.cloned());
        self.board
            .store
            .read(move |tx| -> Result<_> {
                let drafts = store::intakes::unfinished(tx, &person)?;
                let others = drafts.into_iter().filter(|draft| Some(&draft.id) != in_hand.as_ref());
                others
                    .map(|draft| {
                        Ok(Unfinished { contact: store::contacts::find(tx, &draft.contact)?, draft })
                    })
                    .collect()
            })
            .await
    }

    /// Saves the form as it was typed over `version`. When somebody saved in between nothing is overwritten.
    pub async fn save_intake(&self, id: &IntakeId, version: i64, mut intake: Intake) -> Result<Saved> {
        if intake.note.chars().count() > Intake::LONGEST_NOTE {
            return Err(Error::refused("refused-note-long"));
        }
        suggesting::note_suggested(self.house(), &mut intake);
        let fields = to_json(&intake)?;
        let (id, person, at) = (id.clone(), self.person().clone(), self.board.now());
        self.board
            .store
            .write(move |tx| -> Result<Saved> {
                let draft = own(tx, &person, &id)?;
                let line = store::contacts::find(tx, &draft.contact)?.line;
                // The same text again, as after a reply that got lost: nothing to save.
                if draft.fields == fields && draft.finished_at.is_none() {
                    return Ok(Saved { version: draft.version, at, line });
                }
                Ok(Saved { version: store::intakes::save(tx, &id, version, &fields, at)?, at, line })
            })
            .await
    }

    /// Finishes the contact without a case, by a wrap-up code.
    pub async fn finish_without_case(&self, id: &IntakeId, code: &str) -> Result<()> {
        let house = self.board.house.clone();
        let code: WrapUpCode =
            house.wrap_up.get(code).filter(|code| !code.makes_case).cloned().ok_or_else(unknown)?;
        let (id, person, now) = (id.clone(), self.person().clone(), self.board.now());
        let topics = self
            .board
            .store
            .write(move |tx| -> Result<Vec<Topic>> {
                let draft = own(tx, &person, &id)?;
                let intake = read(&draft)?;
                let request_type = intake.request_type.or(code.request_type);
                let note = Some(intake.note.trim()).filter(|note| !note.is_empty());
                store::contacts::wrap_up(tx, &draft.contact, request_type, &code.code, note, None)?;
                store::intakes::finish(tx, &id, None, now)?;
                let mut change = Change::new(&house, now);
                wrapped_up(tx, &mut change, &draft)?;
                let mut topics = change.topics();
                topics.extend(messages::written_down(tx, &draft.contact, request_type, now)?);
                Ok(topics)
            })
            .await?;
        self.board.post(topics);
        self.board.fetch_waiting().await
    }

    /// Finishes the intake as a case and passes it on to `department`, with a reason where that is not the
    /// proposed one. Refused while a key fact is open or the record was not read back.
    pub async fn finish_as_case(
        &self,
        id: &IntakeId,
        department: Option<&str>,
        reason: Option<&str>,
    ) -> Result<OpenedCase> {
        let house = self.board.house.clone();
        let (id, person, now) = (id.clone(), self.person().clone(), self.board.now());
        let given =
            |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (department, reason) = (given(department), given(reason));
        let (opened, topics) = self
            .board
            .store
            .write(move |tx| -> Result<(OpenedCase, Vec<Topic>)> {
                let draft = own(tx, &person, &id)?;
                let opened = open(tx, &house, &draft, &person.id, now)?;
                let department = department.as_deref().or(opened.department.as_deref());
                if let Some(department) = department {
                    dispatch::dispatch_opened(
                        tx,
                        &house,
                        &opened.id,
                        &person,
                        department,
                        reason.as_deref(),
                        now,
                    )?;
                }
                store::intakes::finish(tx, &id, Some(&opened.id), now)?;
                knowledge::follow_into_case(tx, &draft.contact, &opened.id, now)?;
                let mut change = Change::new(&house, now);
                wrapped_up(tx, &mut change, &draft)?;
                let mut topics = change.topics();
                topics.push(Topic::Cases);
                Ok((opened, topics))
            })
            .await?;
        self.board.post(topics);
        Ok(opened)
    }

    /// The case that one's intake became.
    pub async fn opened_case(&self, id: &IntakeId) -> Result<Case> {
        let (id, person) = (id.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| {
                let case = own(tx, &person, &id)?.case.ok_or(Error::NotFound)?;
                Ok(store::cases::get(tx, &case)?)
            })
            .await
    }

    /// Notes that number and PIN were told to the caller.
    pub async fn number_told(&self, id: &IntakeId) -> Result<()> {
        let (id, person, now) = (id.clone(), self.person().clone(), self.board.now());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                let case = own(tx, &person, &id)?.case.ok_or(Error::NotFound)?;
                case_work::write_event(tx, &case, now, person.id.as_str(), "number_told", &json!({}))
            })
            .await
    }
}

/// The form of a draft.
pub(crate) fn read(draft: &Draft) -> Result<Intake> {
    serde_json::from_str(&draft.fields)
        .map_err(|error| Error::Unavailable(format!("intake {}: {error}", draft.id)))
}

/// The form that a case was opened from.
pub(crate) fn of_case(case: &Case) -> Result<Intake> {
    serde_json::from_str(&case.intake)
        .map_err(|error| Error::Unavailable(format!("intake of case {}: {error}", case.id)))
}

fn to_json(intake: &Intake) -> Result<String> {
    serde_json::to_string(intake).map_err(|error| Error::Unavailable(error.to_string()))
}

fn unknown() -> Error {
    Error::refused("refused-wrap-up-code")
}

/// The draft, if it is this person's; a supervisor may see any. What is somebody else's does not exist.
pub(crate) fn own(tx: &mut Tx<'_>, person: &Person, id: &IntakeId) -> Result<Draft> {
    let draft = store::intakes::find(tx, id)?;
    let fine = draft.agent == person.id || person.role == domain::Role::Supervisor;
    if fine { Ok(draft) } else { Err(Error::NotFound) }
}

/// The draft, for reading: a colleague who was brought to the call sees what is written so far.
fn readable(tx: &mut Tx<'_>, person: &Person, id: &IntakeId) -> Result<Draft> {
    let draft = store::intakes::find(tx, id)?;
    let contact = store::contacts::find(tx, &draft.contact)?;
    let talks = |agent: &store::agents::Agent| agent.state == queueing::AgentState::Talking;
    let agent = store::agents::find(tx, &person.id)?.filter(talks);
    let on_it = agent.is_some_and(|agent| agent.call.is_some() && agent.call == contact.call);
    if on_it { Ok(draft) } else { own(tx, person, id) }
}

fn file(tx: &mut Tx<'_>, person: &Person, draft: Draft) -> Result<IntakeFile> {
    let contact = store::contacts::find(tx, &draft.contact)?;
    let entry = contact.entry.as_ref().map(|entry| store::queue::find(tx, entry)).transpose()?;
    let message = store::messages::by_contact(tx, &contact.id)?;
    let message = message.map(|message| messages::file(tx, person, message)).transpose()?;
    let notes = match (&contact.call, &message) {
        (Some(call), _) => store::notes::of_call(tx, call)?,
        (None, Some(file)) => file.notes.clone(),
        (None, None) => Vec::new(),
    };
    let (earlier, cases, callbacks) = match &contact.caller {
        Some(number) => (
            store::contacts::earlier(tx, number, &contact.id, EARLIER)?,
            store::cases::open_by_phone(tx, number, EARLIER.into())?,
            store::callbacks::open_by_phone(tx, number)?,
        ),
        None => (Vec::new(), Vec::new(), Vec::new()),
    };
    let intake = read(&draft)?;
    let waited_seconds =
        entry.map(|entry| entry.answered_at.unwrap_or(draft.saved_at).seconds_since(entry.entered_at));
    let told = store::told_articles::of_contact(tx, &contact.id)?;
    Ok(IntakeFile { draft, intake, contact, notes, waited_seconds, earlier, cases, callbacks, message, told })
}

/// What still lacks before a case may be opened, as message ids.
pub fn lacking(intake: &Intake) -> Vec<String> {
    let mut lacking: Vec<String> =
        missing(intake).into_iter().map(|fact| format!("missing-fact-{}", fact.as_str())).collect();
    if intake.request_type.is_none() {
        lacking.push("missing-request-type".to_owned());
    }
    if !intake.caller.anonymous && intake.caller.name.trim().is_empty() {
        lacking.push("missing-caller-name".to_owned());
    }
    if intake.points.iter().any(|point| point.category.is_none()) {
        lacking.push("missing-category".to_owned());
    }
    if !intake.read_back {
        lacking.push("missing-read-back".to_owned());
    }
    lacking
}

fn open(
    tx: &mut Tx<'_>,
    house: &House,
    draft: &Draft,
    agent: &PersonId,
    now: Timestamp,
) -> Result<OpenedCase> {
    if draft.finished_at.is_some() {
        return Err(Error::Conflict("intake is finished already".to_owned()));
    }
    let intake = read(draft)?;
    let missing = lacking(&intake);
    if !missing.is_empty() {
        return Err(Error::Refused { code: "refused-intake-incomplete".to_owned(), missing });
    }
    let contact = store::contacts::find(tx, &draft.contact)?;
    let language = contact.language.clone().or_else(|| default_language(house, &contact.line));
    let new = NewCase {
        contact: Some(&contact.id),
        line: &contact.line,
        caller: contact.caller.as_ref(),
        language: language.as_ref().ok_or_else(|| Error::refused("refused-line-unknown"))?,
        received_at: contact.started_at,
        intake: &intake,
    };
    let opened = open_from_intake(tx, house, &new, agent, now)?;
    let code =
        house.wrap_up.all().iter().find(|code| code.makes_case).map_or("case_opened", |code| &code.code);
    let note = Some(intake.note.trim()).filter(|note| !note.is_empty());
    store::contacts::wrap_up(tx, &contact.id, intake.request_type, code, note, Some(&opened.id))?;
    Ok(opened)
}

fn default_language(house: &House, line: &str) -> Option<Language> {
    house.lines.get(line).and_then(|line| line.languages.first().cloned())
}

/// Finishing the record of the call in hand ends its wrap-up.
fn wrapped_up(tx: &mut Tx<'_>, change: &mut Change<'_>, draft: &Draft) -> Result<()> {
    let agent = store::agents::find(tx, &draft.agent)?;
    let contact = store::contacts::find(tx, &draft.contact)?;
    if agent.is_some_and(|agent| agent.call.is_some() && agent.call == contact.call) {
        agents::advance(tx, change, &draft.agent, queueing::AgentMove::WrappedUp)?;
    }
    change.at_desk_of(&draft.agent);
    Ok(())
}
