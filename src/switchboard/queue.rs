//! The queue as a call's turns see it. Everything here runs inside the transaction of the turn or status hook
//! that asks; the topics it answers with are posted after the commit.
//!
//! Whatever order the hooks of a call arrive in, the record is the same: a call whose end is known never waits,
//! and an entry that ended stays as it ended.

use callbacks::{CallbackState, Purpose};
use callflow::{Answer, DialOutcome};
use domain::{CallId, CallbackId, Caller, Language, PhoneNumber, QueueEntryId, Timestamp};
use queueing::AgentMove;
use store::Tx;
use store::callbacks::Callback;
pub use store::notes::TurnNumber;
use store::offers::OfferState;
use store::queue::{Entry, EntryState, Outcome};

use crate::offering::{self, Change};
use crate::{House, Result, Topic, agents, audit, contacts, destination, fresh_id};

/// The call that asks, as the turn knows it.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub call: &'a CallId,
    /// Conversations that the call had before: which of its places in the queue is meant.
    pub visit: u32,
    pub line: &'a str,
    pub caller: &'a Caller,
    /// The language the caller has chosen.
    pub language: &'a Language,
    /// When the call ended, if that is known already.
    pub ended_at: Option<Timestamp>,
    /// The turn that asks.
    pub turn: TurnNumber,
}

/// What is answered, and what is to be posted after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub answer: Answer,
    pub topics: Vec<Topic>,
}

/// How long after the promise a queue callback is overdue, in seconds.
const CALLBACK_PROMISE_SECONDS: i64 = 2 * 3600;

/// Answers [`callflow::Question::Queue`]: joins the queue if not in it, and tells where the caller stands.
pub fn answer_queue(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    queue: &str,
    now: Timestamp,
) -> Result<Answered> {
    let mut change = Change::new(house, now);
    let entry = match store::queue::at_visit(tx, asking.call, asking.visit)? {
        Some(entry) if entry.state == EntryState::Ended => match again(tx, asking, entry, queue)? {
            Again::Answer(answer) => return Ok(change.answered(answer)),
            Again::Waiting(entry) => *entry,
        },
        Some(entry) => entry,
        None => join(tx, house, asking, queue, now)?,
    };
    if let Some(ended_at) = asking.ended_at {
        // Nobody hears the reply; it is what would have been said had the hooks come in their order.
        let outcome = if anybody_there(tx)? { Outcome::Abandoned } else { Outcome::NobodyThere };
        let said = if outcome == Outcome::NobodyThere {
            Answer::NobodyThere
        } else {
            offering::waiting(tx, &entry)?
        };
        close(tx, &mut change, entry, ended_at, outcome)?;
        return Ok(change.answered(said));
    }
    offering::expire(tx, &mut change)?;
    let mut entry = store::queue::find(tx, &entry.id)?;
    if entry.state == EntryState::Waiting {
        change.touched();
        if !anybody_there(tx)? {
            close(tx, &mut change, entry, now, Outcome::NobodyThere)?;
            return Ok(change.answered(Answer::NobodyThere));
        }
        offering::offer_one(tx, &mut change, &entry.id)?;
        entry = store::queue::find(tx, &entry.id)?;
    }
    let answer = standing(tx, house, &entry, now)?;
    Ok(change.answered(answer))
}

/// What becomes of a question about an entry that ended.
enum Again {
    Answer(Answer),
    Waiting(Box<Entry>),
}

/// An overtaken question gets the answer it would have had and changes nothing but the name of the queue, which the
/// overtaking hook did not know. A live caller who comes back waits again, at the same place.
fn again(tx: &mut Tx<'_>, asking: &Asking<'_>, mut entry: Entry, queue: &str) -> Result<Again> {
    queue.clone_into(&mut entry.queue);
    // A later turn of the call is stored already: this hook was overtaken on its way.
    let back = asking.ended_at.is_none() && !store::turns::overtaken(tx, asking.call, asking.turn)?;
    let answer = match entry.outcome {
        Some(Outcome::Answered) => Answer::Served,
        Some(Outcome::MovedToCallback) if back => Answer::Left,
        Some(Outcome::NobodyThere) if !back => Answer::NobodyThere,
        _ if back => {
            (entry.state, entry.ended_at, entry.outcome) = (EntryState::Waiting, None, None);
            store::queue::update(tx, &entry)?;
            return Ok(Again::Waiting(Box::new(entry)));
        }
        _ => offering::waiting(tx, &entry)?,
    };
    store::queue::update(tx, &entry)?;
    Ok(Again::Answer(answer))
}

/// Answers [`callflow::Question::AfterDial`]: a dial to an agent ended. Where the agent did not answer, the
/// caller is offered to the next.
pub fn answer_after_dial(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    queue: &str,
    outcome: DialOutcome,
    now: Timestamp,
) -> Result<Answered> {
    let mut change = Change::new(house, now);
    let Some(entry) = store::queue::at_visit(tx, asking.call, asking.visit)? else {
        return answer_queue(tx, house, asking, queue, now);
    };
    match (entry.state, outcome) {
        // The answer of the agent's leg may be told later than its end, or never.
        (EntryState::Offered, DialOutcome::Completed) => {
            offering::answered(tx, &mut change, entry.clone())?;
            let entry = store::queue::find(tx, &entry.id)?;
            close(tx, &mut change, entry, now, Outcome::Answered)?;
            Ok(change.answered(Answer::Served))
        }
        (EntryState::Talking, _) => {
            close(tx, &mut change, entry, now, Outcome::Answered)?;
            Ok(change.answered(Answer::Served))
        }
        (EntryState::Offered, DialOutcome::Busy | DialOutcome::NoAnswer | DialOutcome::Failed) => {
            offering::give_up(tx, &mut change, &entry, OfferState::Missed, AgentMove::Missed)?;
            let mut next = answer_queue(tx, house, asking, queue, now)?;
            next.topics.extend(change.topics());
            Ok(next)
        }
        // The caller's end overtook the news that the agent had answered.
        (EntryState::Ended, DialOutcome::Completed) if entry.outcome == Some(Outcome::Abandoned) => {
            let answered_at = entry.answered_at.or(entry.ended_at);
            store::queue::update(tx, &Entry { outcome: Some(Outcome::Answered), answered_at, ..entry })?;
            Ok(change.answered(Answer::Served))
        }
        // Canceled: the caller hung up, or the offer was taken back while it rang.
        _ => answer_queue(tx, house, asking, queue, now),
    }
}

/// Gives up a place that only a turn gave which nobody heard.
pub(crate) fn give_back(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    match store::queue::at_visit(tx, asking.call, asking.visit)? {
        Some(_) => leave_queue(tx, house, asking, now),
        None => Ok(Vec::new()),
    }
}

/// Gives the call its place in `queue` if it has none yet: what is done with the place may be told before the
/// knock that asked for it.
pub fn hold_place(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    queue: &str,
    now: Timestamp,
) -> Result<()> {
    if store::queue::at_visit(tx, asking.call, asking.visit)?.is_none() {
        join(tx, house, asking, queue, now)?;
    }
    Ok(())
}

/// The latest visit of a call to the queue.
pub(crate) fn latest_entry(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Entry>> {
    Ok(store::queue::of_call(tx, call)?.into_iter().next())
}

/// The contact that the latest visit led to.
pub(crate) fn latest_contact(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<store::contacts::Contact>> {
    let entry = latest_entry(tx, call)?;
    entry.map_or(Ok(None), |entry| Ok(store::contacts::by_entry(tx, &entry.id)?))
}

/// The agent's telephone was answered: the dialled leg of `call` is in progress. What is told of a moment before the
/// telephone that rings now began to ring is about an earlier conversation.
pub fn agent_answered(tx: &mut Tx<'_>, house: &House, call: &CallId, now: Timestamp) -> Result<Vec<Topic>> {
    let mut change = Change::new(house, now);
    let entries = store::queue::of_call(tx, call)?;
    if let Some(entry) = entries.into_iter().find(|entry| entry.state == EntryState::Offered) {
        let offers = store::offers::of_entry(tx, &entry.id)?;
        if offers.iter().any(|offer| offer.ended_at.is_none() && offer.made_at <= now) {
            offering::answered(tx, &mut change, entry)?;
        }
    }
    Ok(change.topics())
}

/// A dial to an agent ended while nobody could be asked what comes next: who talked has been served, who was not
/// answered has the place again.
pub(crate) fn dial_ended(
    tx: &mut Tx<'_>,
    house: &House,
    (call, visit): (&CallId, u32),
    outcome: DialOutcome,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let mut change = Change::new(house, now);
    let Some(entry) = store::queue::at_visit(tx, call, visit)? else { return Ok(Vec::new()) };
    match (entry.state, outcome) {
        (EntryState::Offered, DialOutcome::Completed) => {
            offering::answered(tx, &mut change, entry.clone())?;
            let entry = store::queue::find(tx, &entry.id)?;
            close(tx, &mut change, entry, now, Outcome::Answered)?;
        }
        (EntryState::Talking, _) => close(tx, &mut change, entry, now, Outcome::Answered)?,
        (EntryState::Offered, DialOutcome::Busy | DialOutcome::NoAnswer | DialOutcome::Failed) => {
            offering::give_up(tx, &mut change, &entry, OfferState::Missed, AgentMove::Missed)?;
        }
        _ => {}
    }
    Ok(change.topics())
}

/// The caller gave up the place for another branch of the script.
pub fn leave_queue(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    give_up_place(tx, house, asking, now, Outcome::Abandoned)
}

/// The caller is promised a call and keeps the place. `number` is what was keyed in; without it the caller's own
/// number is called. A second promise to the same number changes the first one. With no number at all nothing
/// can be promised and the caller goes on waiting.
pub fn promise_callback(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    number: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Topic>> {
    let keyed = number.and_then(|text| PhoneNumber::parse(text).ok());
    let Some(phone) = keyed.or_else(|| asking.caller.number().cloned()) else { return Ok(Vec::new()) };
    let entry = store::queue::at_visit(tx, asking.call, asking.visit)?;
    let place_at = entry.as_ref().map_or(now, |entry| entry.place_at);
    let open = store::callbacks::open_by_phone(tx, &phone)?;
    let same =
        |known: &Callback| known.purpose == Purpose::QueueCallback.as_str() && known.line == asking.line;
    if let Some(mut known) = open.into_iter().find(same) {
        if known.state != "parked" {
            known.next_at = known.next_at.or(Some(now));
        }
        known.language = asking.language.clone();
        store::callbacks::update(tx, &known)?;
    } else {
        let zone = house.zone_of(asking.line);
        let mut promised = promise(asking, phone, place_at, now, now.service_day(zone).to_string());
        let profile = house.lines.get(asking.line).map_or("", |line| line.profile.as_str());
        // The promise stands, but a number that costs a euro a second is not rung: a person finds another way.
        if let Err(denied) = house.destinations.may_call(profile, &promised.phone) {
            promised.state = "parked".to_owned();
            promised.outcome = Some(callbacks::ParkReason::Number.as_str().to_owned());
            promised.next_at = None;
            destination::note(tx, audit::HOUSE, &promised, denied, now)?;
        }
        store::callbacks::insert(tx, &promised)?;
    }
    let mut topics = give_up_place(tx, house, asking, now, Outcome::MovedToCallback)?;
    topics.push(Topic::Callbacks);
    Ok(topics)
}

/// Ends the waiting by the caller's own wish, also where the question that began it, or the end of the call, was
/// overtaken or came first.
fn give_up_place(
    tx: &mut Tx<'_>,
    house: &House,
    asking: &Asking<'_>,
    now: Timestamp,
    outcome: Outcome,
) -> Result<Vec<Topic>> {
    let mut entry = match store::queue::at_visit(tx, asking.call, asking.visit)? {
        Some(entry) => entry,
        None => join(tx, house, asking, "", now)?,
    };
    if entry.state == EntryState::Ended {
        if entry.outcome == Some(Outcome::Abandoned) {
            entry.outcome = Some(outcome);
            store::queue::update(tx, &entry)?;
        }
        return Ok(vec![Topic::Queue]);
    }
    let mut change = Change::new(house, now);
    end_waiting(tx, &mut change, entry, now, outcome)?;
    Ok(change.topics())
}

/// The call is over at the provider, whatever its last turn was.
pub fn call_ended(tx: &mut Tx<'_>, house: &House, call: &CallId, at: Timestamp) -> Result<Vec<Topic>> {
    store::contacts::end_call(tx, call, at)?;
    let mut change = Change::new(house, at);
    for entry in store::queue::of_call(tx, call)? {
        end_waiting(tx, &mut change, entry, at, Outcome::Abandoned)?;
    }
    Ok(change.topics())
}

fn end_waiting(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    entry: Entry,
    at: Timestamp,
    outcome: Outcome,
) -> Result<()> {
    match entry.state {
        EntryState::Ended => Ok(()),
        EntryState::Talking => close(tx, change, entry, at, Outcome::Answered),
        EntryState::Waiting | EntryState::Offered => close(tx, change, entry, at, outcome),
    }
}

/// Ends an entry and sets its agent free: from the conversation to wrap-up, or from ringing to ready.
fn close(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    mut entry: Entry,
    at: Timestamp,
    outcome: Outcome,
) -> Result<()> {
    if entry.state == EntryState::Offered {
        offering::give_up(tx, change, &entry, OfferState::Withdrawn, AgentMove::Withdrawn)?;
        entry = store::queue::find(tx, &entry.id)?;
    } else if let Some(agent) = entry.agent.clone().filter(|_| entry.state == EntryState::Talking) {
        agents::advance(tx, change, &agent, AgentMove::HungUp)?;
    }
    if outcome != Outcome::Answered {
        contacts::drop_untouched(tx, &entry.id, at)?;
    }
    (entry.state, entry.ended_at, entry.outcome) = (EntryState::Ended, Some(at), Some(outcome));
    store::queue::update(tx, &entry)?;
    change.touched();
    Ok(())
}

/// The place in the queue of who has nothing to lose but time, and of who is in danger of life.
const ORDINARY: i64 = 0;
const EMERGENCY: i64 = 100;

/// The caller asked for the ambulance: should it not answer, nobody stands before him, wherever he stood before.
pub(crate) fn emergency(tx: &mut Tx<'_>, call: &CallId) -> Result<()> {
    Ok(store::queue::raise_priority(tx, call, EMERGENCY)?)
}

/// Asking for a place is a call's turn; stories of the queue alone have none.
fn in_danger(tx: &mut Tx<'_>, call: &CallId) -> Result<bool> {
    Ok(store::calls::emergency_at(tx, call)?.is_some())
}

fn join(tx: &mut Tx<'_>, house: &House, asking: &Asking<'_>, queue: &str, now: Timestamp) -> Result<Entry> {
    let zone = house.zone_of(asking.line);
    let entry = Entry {
        id: QueueEntryId::new(fresh_id()),
        call: asking.call.clone(),
        visit: asking.visit,
        line: asking.line.to_owned(),
        queue: queue.to_owned(),
        language: asking.language.clone(),
        caller: asking.caller.number().cloned(),
        // The call of a danger of life comes back when the ambulance did not answer.
        priority: if in_danger(tx, asking.call)? { EMERGENCY } else { ORDINARY },
        place_at: now,
        entered_at: now,
        state: EntryState::Waiting,
        answered_at: None,
        agent: None,
        ended_at: None,
        outcome: None,
        service_day: now.service_day(zone).to_string(),
    };
    store::queue::insert(tx, &entry)?;
    Ok(entry)
}

fn anybody_there(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(store::agents::seated(tx)?.iter().any(|seated| agents::counts_as_there(seated.agent.state)))
}

/// Most that is said to the caller before the agent's telephone begins to ring. The end of the dial decides
/// an offer; its own deadline is there for a provider that never tells of that end.
const SPEECH_SECONDS: u32 = 15;

/// What the caller of this entry is told now.
fn standing(tx: &mut Tx<'_>, house: &House, entry: &Entry, now: Timestamp) -> Result<Answer> {
    match (entry.state, entry.outcome) {
        (EntryState::Offered, _) => {
            let offers = store::offers::of_entry(tx, &entry.id)?;
            Ok(match offers.into_iter().find(|offer| offer.ended_at.is_none()) {
                Some(offer) => {
                    let until = now.plus_seconds((house.offer_seconds + SPEECH_SECONDS).into());
                    store::offers::renew(tx, &offer.id, until)?;
                    Answer::Ring { timeout_seconds: house.offer_seconds, offer: offer.id, phone: offer.phone }
                }
                None => offering::waiting(tx, entry)?,
            })
        }
        // The end or the promise came before this knock, which was sent while the caller still waited.
        (EntryState::Waiting, _)
        | (EntryState::Ended, Some(Outcome::Abandoned | Outcome::MovedToCallback)) => {
            Ok(offering::waiting(tx, entry)?)
        }
        (EntryState::Talking, _) | (EntryState::Ended, Some(Outcome::Answered)) => Ok(Answer::Served),
        (EntryState::Ended, Some(Outcome::NobodyThere)) => Ok(Answer::NobodyThere),
        (EntryState::Ended, _) => Ok(Answer::Left),
    }
}

fn promise(
    asking: &Asking<'_>,
    phone: PhoneNumber,
    place_at: Timestamp,
    now: Timestamp,
    service_day: String,
) -> Callback {
    Callback {
        id: CallbackId::new(fresh_id()),
        purpose: Purpose::QueueCallback.as_str().to_owned(),
        line: asking.line.to_owned(),
        case: None,
        call: Some(asking.call.clone()),
        phone,
        language: asking.language.clone(),
        wish: None,
        law: None,
        place_at: Some(place_at),
        promised_at: now,
        due_at: now.plus_seconds(CALLBACK_PROMISE_SECONDS),
        next_at: Some(now),
        state: CallbackState::Due.as_str().to_owned(),
        attempts: 0,
        claimed_by: None,
        outcome: None,
        contacted: None,
        solved: None,
        satisfaction: None,
        note: None,
        done_at: None,
        done_by: None,
        created_at: now,
        service_day,
    }
}
