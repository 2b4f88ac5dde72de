//! Messages that callers left: kept with the promise of a call back, taken by one agent who writes them down
//! like a call, and heard.

use callbacks::{CallbackState, Next, Purpose, schedule_follow_up};
use callflow::Recording;
use domain::{CallbackId, ContactId, IntakeId, MessageId, PhoneNumber, RequestType, Timestamp};
use store::Tx;
use store::callbacks::Callback;
use store::calls::Call;
use store::contacts::Contact;
use store::intakes::Draft;
pub use store::messages::Message;
use store::notes::TurnNumber;
use store::people::Person;

use crate::calling::{Calling, message_law};
pub use crate::ports::Sound;
use crate::queue::Asking;
use crate::recordings::{self, Heard, Recording as SoundRow};
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result, Switchboard, Topic, callbacks as owed, contacts, fresh_id};

/// Most messages shown that nobody has taken, and that were taken last.
const MOST_WAITING: i64 = 500;
const MOST_TAKEN: i64 = 50;

/// A message with what the list shows beside it.
#[derive(Debug, Clone)]
pub struct MessageFile {
    pub message: Message,
    pub call: Call,
    /// What the caller chose or keyed before, by key.
    pub notes: Vec<(String, String)>,
    /// The call back that was promised with it.
    pub callback: Option<Callback>,
    pub taken_by: Option<Person>,
    /// The record it is written down in; only for who may open it.
    pub intake: Option<IntakeId>,
    /// Whether the one who asks may hear it.
    pub may_hear: bool,
    /// Its sound, as far as we have it.
    pub sound: Option<SoundRow>,
}

/// The inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    /// Recordings that cannot be heard though they should: of messages and of conversations.
    pub troubled: i64,
    /// Nobody has taken these, oldest first.
    pub waiting: Vec<MessageFile>,
    /// Those taken last, newest first.
    pub taken: Vec<MessageFile>,
}

/// Keeps the message of a turn, and with a new one the promise to call back where the number is known.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    turn: TurnNumber,
    purpose: &str,
    recording: &Recording,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let call = store::calls::by_id(tx, asking.call)?;
    let sound = recordings::left(tx, house, (&call.id, &call.provider), recording, now)?;
    let message = Message {
        id: MessageId::new(fresh_id()),
        call: call.id,
        purpose: purpose.to_owned(),
        url: recording.url.clone(),
        seconds: recording.seconds,
        at: now,
        callback: None,
        taken_by: None,
        taken_at: None,
        contact: None,
        recording: Some(sound),
    };
    if !store::messages::keep(tx, turn, &message)? {
        return Ok(Vec::new());
    }
    let mut topics = vec![Topic::Messages];
    if let Some(phone) = asking.caller.number() {
        let callback = promised(tx, house, asking, phone, now)?;
        store::messages::promise(tx, &message.id, &callback)?;
        topics.push(Topic::Callbacks);
    }
    Ok(topics)
}

/// The call back that a number is owed for its messages: one, however many it left.
fn promised(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    phone: &PhoneNumber,
    now: Timestamp,
) -> Result<CallbackId> {
    let purpose = Purpose::PromisedAdvice;
    let open = store::callbacks::open_by_phone(tx, phone)?;
    if let Some(known) =
        open.into_iter().find(|known| known.purpose == purpose.as_str() && known.line == asking.line)
    {
        return Ok(known.id);
    }
    let line = house.lines.get(asking.line).ok_or(Error::NotFound)?;
    let calling = Calling::new(house, asking.line, purpose, None)?;
    let law = message_law(house, asking.line, now).ok_or_else(|| {
        Error::Unavailable("no law for the call back after a message is configured".to_owned())
    })?;
    let scheduled = schedule_follow_up(law, now, &calling.plan());
    let (state, next_at, outcome) = match scheduled.first {
        Next::At(moment) => (CallbackState::Due, Some(moment), None),
        Next::Parked(reason) => (CallbackState::Parked, None, Some(reason.as_str().to_owned())),
        Next::Ongoing | Next::Exhausted | Next::Done => (CallbackState::Due, Some(now), None),
    };
    let callback = Callback {
        id: CallbackId::new(fresh_id()),
        purpose: purpose.as_str().to_owned(),
        line: asking.line.to_owned(),
        case: None,
        call: Some(asking.call.clone()),
        phone: phone.clone(),
        language: asking.language.clone(),
        wish: None,
        law: Some(scheduled.due.law),
        place_at: None,
        promised_at: now,
        due_at: scheduled.due.due_at,
        next_at,
        state: state.as_str().to_owned(),
        attempts: 0,
        claimed_by: None,
        outcome,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: now,
        service_day: now.service_day(line.zone).to_string(),
    };
    store::callbacks::insert(tx, &callback)?;
    Ok(callback.id)
}

/// The record of a message is finished. One in which nobody said anything of use is not called back, unless
/// somebody has tried already.
pub(crate) fn written_down(
    tx: &mut Tx<'_>,
    contact: &ContactId,
    request_type: Option<RequestType>,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let Some(message) = store::messages::by_contact(tx, contact)? else { return Ok(Vec::new()) };
    let (Some(id), Some(RequestType::Invalid)) = (message.callback, request_type) else {
        return Ok(vec![Topic::Messages]);
    };
    let mut callback = store::callbacks::get(tx, &id)?;
    let others = store::messages::of_callback(tx, &id)?.len() > 1;
    if callback.done_at.is_none() && callback.attempts == 0 && !others {
        callback.state = CallbackState::Cancelled.as_str().to_owned();
        (callback.next_at, callback.done_at) = (None, Some(now));
        store::callbacks::update(tx, &callback)?;
    }
    Ok(vec![Topic::Messages, Topic::Callbacks])
}

impl Switchboard {
    /// How many messages and complaints from the web nobody has taken.
    pub async fn messages_waiting(&self) -> Result<i64> {
        let count = |tx: &mut Tx<'_>| -> Result<i64> {
            Ok(store::messages::count_waiting(tx)? + store::web_reports::count_waiting(tx)?)
        };
        self.store.read(count).await
    }
}

impl Desk<Agent> {
    /// Messages that wait, and those taken last.
    pub async fn messages(&self) -> Result<Inbox> {
        let person = self.person().clone();
        self.board
            .store
            .read(move |tx| -> Result<Inbox> {
                let (waiting, taken) =
                    (store::messages::waiting(tx, MOST_WAITING)?, store::messages::taken(tx, MOST_TAKEN)?);
                let mut files = |messages: Vec<Message>| {
                    messages.into_iter().map(|message| file(tx, &person, message)).collect::<Result<Vec<_>>>()
                };
                let (waiting, taken) = (files(waiting)?, files(taken)?);
                Ok(Inbox { waiting, taken, troubled: store::recordings::count_troubled(tx)? })
            })
            .await
    }

    /// Takes a message on: from now on it is a contact with a record, and the call back that goes with it is this
    /// person's. Asked again, the same record. Refused where a colleague has the message or calls already.
    pub async fn take_message(&self, id: &MessageId) -> Result<IntakeId> {
        let (house, person, now, id) =
            (self.board.house.clone(), self.person().clone(), self.board.now(), id.clone());
        let (intake, topics) = self
            .board
            .store
            .write(move |tx| -> Result<(IntakeId, Vec<Topic>)> {
                let message = store::messages::get(tx, &id)?;
                match (&message.taken_by, &message.contact) {
                    (Some(taker), Some(contact)) if *taker == person.id => {
                        let draft = store::intakes::by_contact(tx, contact)?.ok_or(Error::NotFound)?;
                        return Ok((draft.id, Vec::new()));
                    }
                    (Some(_), _) => return Err(Error::refused("refused-message-taken")),
                    (None, _) => {}
                }
                if let Some(callback) = &message.callback {
                    let mut callback = store::callbacks::get(tx, callback)?;
                    if callback.done_at.is_none() {
                        owed::claim(tx, &mut callback, &person.id)
                            .map_err(|_| Error::refused("refused-message-called"))?;
                    }
                }
                let intake = write_down(tx, &house, &message, &person, now)?;
                let desk = Topic::Desk(person.id.as_str().to_owned());
                Ok((intake, vec![Topic::Messages, Topic::Callbacks, desk]))
            })
            .await?;
        self.board.post(topics);
        Ok(intake)
    }

    /// The sound of a message. Each listening stands in the audit trail.
    pub async fn hear_message(&self, id: &MessageId) -> Result<Heard> {
        let id = id.clone();
        let message =
            self.board.store.read(move |tx| store::messages::get(tx, &id)).await.map_err(Error::from)?;
        let sound = message.recording.ok_or_else(|| Error::refused("refused-sound-not-there"))?;
        self.board.hear_as(self.person(), &sound).await
    }
}

/// Contact and intake draft of a message, as a call has them.
fn write_down(
    tx: &mut Tx<'_>,
    house: &House,
    message: &Message,
    person: &Person,
    now: Timestamp,
) -> Result<IntakeId> {
    let call = store::calls::by_id(tx, &message.call)?;
    let zone = house.zone_of(&call.line);
    let contact = Contact {
        id: ContactId::new(fresh_id()),
        // The call may have a contact of its own: who was offered first and left a message when nobody answered.
        call: None,
        entry: None,
        channel: "message".to_owned(),
        line: call.line.clone(),
        caller: call.caller.number().cloned(),
        language: call.language.clone(),
        agent: Some(person.id.clone()),
        started_at: message.at,
        ended_at: Some(message.at),
        request_type: None,
        outcome: None,
        note: None,
        case: None,
        service_day: message.at.service_day(zone).to_string(),
    };
    store::contacts::insert(tx, &contact)?;
    store::messages::take(tx, &message.id, &person.id, &contact.id, now)?;
    if let Some(sound) = &message.recording {
        let mut sound = store::recordings::get(tx, sound)?;
        sound.contact = Some(contact.id.clone());
        store::recordings::update(tx, &sound)?;
    }
    let draft = Draft {
        id: IntakeId::new(fresh_id()),
        contact: contact.id,
        agent: person.id.clone(),
        version: 1,
        fields: contacts::first_fields(tx, &message.call)?,
        saved_at: now,
        finished_at: None,
        case: None,
    };
    store::intakes::insert(tx, &draft)?;
    Ok(draft.id)
}

/// A message as `person` sees it. One that somebody has taken is heard by that person, by who is to call back, and
/// by supervisors.
pub(crate) fn file(tx: &mut Tx<'_>, person: &Person, message: Message) -> Result<MessageFile> {
    let call = store::calls::by_id(tx, &message.call)?;
    let notes = store::notes::of_call(tx, &message.call)?;
    let callback = message.callback.as_ref().map(|id| store::callbacks::get(tx, id)).transpose()?;
    let taken_by = match &message.taken_by {
        Some(id) => store::people::find(tx, id)?,
        None => None,
    };
    let supervisor = person.role == domain::Role::Supervisor;
    let calls = callback.as_ref().is_some_and(|callback| callback.claimed_by.as_ref() == Some(&person.id));
    let mine = message.taken_by.as_ref() == Some(&person.id);
    let draft = match &message.contact {
        Some(contact) if mine || supervisor => store::intakes::by_contact(tx, contact)?,
        _ => None,
    };
    let may_hear = message.taken_by.is_none() || mine || calls || supervisor;
    let sound = message.recording.as_ref().map(|id| store::recordings::get(tx, id)).transpose()?;
    Ok(MessageFile {
        sound,
        message,
        call,
        notes,
        callback,
        taken_by,
        intake: draft.map(|draft| draft.id),
        may_hear,
    })
}
