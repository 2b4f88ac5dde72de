//! Who is offered to whom, carried out: offers made, answered, missed, taken back.

use callflow::Answer;
use domain::{OfferId, PersonId, PhoneNumber, QueueEntryId, Timestamp};
use queueing::{AgentMove, Idle, Load, Waiting, assign, estimate, place};
use store::Tx;
use store::agents::SeatedAgent;
use store::offers::{Offer, OfferState};
use store::queue::{Entry, EntryState};

use crate::queue::Answered;
use crate::{House, Result, Switchboard, Topic, agents, contacts, fresh_id};

/// A change of the queue in the making: the moment it happens, and whose screens it concerns.
pub(crate) struct Change<'a> {
    pub(crate) house: &'a House,
    pub(crate) now: Timestamp,
    topics: Vec<Topic>,
}

impl<'a> Change<'a> {
    pub(crate) fn new(house: &'a House, now: Timestamp) -> Self {
        Self { house, now, topics: Vec::new() }
    }

    /// The queue looks different.
    pub(crate) fn touched(&mut self) {
        self.post(Topic::Queue);
    }

    /// This person's desk looks different, and so does the queue.
    pub(crate) fn at_desk_of(&mut self, person: &PersonId) {
        self.touched();
        self.post(Topic::Desk(person.as_str().to_owned()));
    }

    fn post(&mut self, topic: Topic) {
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }

    /// What is to be posted after the commit.
    pub(crate) fn topics(self) -> Vec<Topic> {
        self.topics
    }

    pub(crate) fn answered(self, answer: Answer) -> Answered {
        Answered { answer, topics: self.topics }
    }
}

/// Offers the caller of one entry, if the order of turns gives an agent to it now.
pub(crate) fn offer_one(tx: &mut Tx<'_>, change: &mut Change<'_>, entry: &QueueEntryId) -> Result<()> {
    for pair in pairs(tx)? {
        if pair.entry == *entry {
            offer(tx, change, &pair)?;
        }
    }
    Ok(())
}

/// Offers everybody who can be offered; the offers made.
pub(crate) fn offer_all(tx: &mut Tx<'_>, change: &mut Change<'_>) -> Result<Vec<Offer>> {
    pairs(tx)?.iter().map(|pair| offer(tx, change, pair)).collect()
}

/// Whether a caller could be offered this moment.
pub(crate) fn somebody_fits(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(!pairs(tx)?.is_empty())
}

/// Ends every offer that rang too long: its agent does not respond, its caller waits for the next.
pub(crate) fn expire(tx: &mut Tx<'_>, change: &mut Change<'_>) -> Result<()> {
    for offer in store::offers::expired(tx, change.now)? {
        let entry = store::queue::find(tx, &offer.entry)?;
        give_up(tx, change, &entry, OfferState::Missed, AgentMove::Missed)?;
    }
    Ok(())
}

/// The agent answered: the conversation begins.
pub(crate) fn answered(tx: &mut Tx<'_>, change: &mut Change<'_>, mut entry: Entry) -> Result<()> {
    let Some(agent) = entry.agent.clone() else { return Ok(()) };
    if let Some(offer) = ringing(tx, &entry.id)? {
        store::offers::end(tx, &offer.id, OfferState::Answered, change.now)?;
    }
    entry.state = EntryState::Talking;
    entry.answered_at = Some(change.now);
    store::queue::update(tx, &entry)?;
    agents::advance(tx, change, &agent, AgentMove::Answered)
}

/// The offer of an entry ends unanswered; the caller goes back to the same place.
pub(crate) fn give_up(
    tx: &mut Tx<'_>,
    change: &mut Change<'_>,
    entry: &Entry,
    state: OfferState,
    by: AgentMove,
) -> Result<()> {
    let Some(offer) = ringing(tx, &entry.id)? else { return Ok(()) };
    store::offers::end(tx, &offer.id, state, change.now)?;
    let mut entry = entry.clone();
    (entry.state, entry.agent) = (EntryState::Waiting, None);
    store::queue::update(tx, &entry)?;
    agents::advance(tx, change, &offer.agent, by)
}

/// Place and estimated wait of a waiting caller.
pub(crate) fn waiting(tx: &mut Tx<'_>, entry: &Entry) -> Result<Answer> {
    let mut all = waiting_callers(tx)?;
    if !all.iter().any(|other| other.entry == entry.id) {
        all.push(waiting_caller(tx, entry.clone())?);
    }
    let position = place(&all, &entry.id).unwrap_or(1);
    let seated = store::agents::seated(tx)?;
    let count = |fits: &dyn Fn(&SeatedAgent) -> bool| {
        u32::try_from(seated.iter().filter(|seated| fits(seated)).count()).unwrap_or(u32::MAX)
    };
    let load = Load {
        agents: count(&|seated| agents::counts_as_there(seated.agent.state)),
        ready: count(&|seated| seated.agent.state.is_routable()),
        mean_handling_seconds: store::queue::mean_talk_seconds(tx, &entry.queue)?,
    };
    let range = estimate(position, load);
    // Who is next in a minute is not worth a callback; where nothing is known, the choice is the caller's.
    let callback_offered = range.is_none_or(|range| range.to_minutes > 1);
    let estimate_seconds = range.map(|range| range.to_minutes * 60);
    Ok(Answer::Waiting { position, estimate_seconds, callback_offered })
}

impl Switchboard {
    /// Fetches offered callers out of their waiting loops, so that the agent's telephone rings at once. Where the
    /// carrier does not do it, the next knock of the loop finds the offer.
    pub(crate) fn fetch(&self, offers: Vec<Offer>) {
        for offer in offers {
            let board = self.clone();
            // The provider may take seconds; nobody's click waits for it.
            tokio::spawn(async move {
                if let Err(error) = board.fetch_caller(&offer).await {
                    tracing::warn!(offer.id = %offer.id, %error, "a caller was not fetched; the loop will find the offer");
                }
            });
        }
    }
}

fn pairs(tx: &mut Tx<'_>) -> Result<Vec<queueing::Pair>> {
    let waiting = waiting_callers(tx)?;
    let seated = store::agents::seated(tx)?;
    let idle: Vec<Idle> = seated
        .into_iter()
        .filter(|seated| seated.agent.state.is_routable() && seated.phone.is_some())
        .map(|seated| Idle {
            agent: seated.agent.person,
            since: seated.agent.idle_since,
            queues: Vec::new(),
            languages: Vec::new(),
        })
        .collect();
    Ok(assign(&waiting, &idle))
}

fn waiting_callers(tx: &mut Tx<'_>) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for entry in store::queue::open(tx)? {
        if entry.state == EntryState::Waiting {
            waiting.push(waiting_caller(tx, entry)?);
        }
    }
    Ok(waiting)
}

fn waiting_caller(tx: &mut Tx<'_>, entry: Entry) -> Result<Waiting> {
    let offers = store::offers::of_entry(tx, &entry.id)?;
    Ok(Waiting {
        missed_by: offers.into_iter().map(|offer| offer.agent).collect(),
        entry: entry.id,
        place_at: entry.place_at,
        queue: entry.queue,
        language: entry.language,
        priority: entry.priority,
    })
}

fn offer(tx: &mut Tx<'_>, change: &mut Change<'_>, pair: &queueing::Pair) -> Result<Offer> {
    let mut entry = store::queue::find(tx, &pair.entry)?;
    let person = store::people::find(tx, &pair.agent)?.ok_or(store::Error::NotFound)?;
    let phone: PhoneNumber = person.phone.ok_or_else(|| crate::Error::refused("refused-no-phone"))?;
    let earlier = store::offers::of_entry(tx, &entry.id)?;
    let offer = Offer {
        id: OfferId::new(fresh_id()),
        entry: entry.id.clone(),
        agent: pair.agent.clone(),
        phone,
        branch: earlier.last().map_or(1, |last| last.branch + 1),
        made_at: change.now,
        expires_at: change.now.plus_seconds(change.house.offer_seconds.into()),
        state: OfferState::Ringing,
        ended_at: None,
    };
    store::offers::insert(tx, &offer)?;
    (entry.state, entry.agent) = (EntryState::Offered, Some(pair.agent.clone()));
    store::queue::update(tx, &entry)?;
    agents::ring(tx, change, &pair.agent, &offer.id, &entry.call)?;
    contacts::receive(tx, change.house, &entry, &pair.agent, change.now)?;
    Ok(offer)
}

fn ringing(tx: &mut Tx<'_>, entry: &QueueEntryId) -> Result<Option<Offer>> {
    Ok(store::offers::of_entry(tx, entry)?.into_iter().find(|offer| offer.ended_at.is_none()))
}
