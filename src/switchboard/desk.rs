//! What an agent's desk shows at one glance: own state, the call in hand, the queue.

use domain::{CallId, IntakeId, Timestamp};
use store::agents::Agent as AgentRow;
use store::contacts::Contact;
use store::queue::EntryState;

use crate::rights::{Agent, Desk};
use crate::{Result, queue};

/// The desk at one moment.
#[derive(Debug, Clone)]
pub struct DeskView {
    pub agent: AgentRow,
    /// The call that rings, is talked or wrapped up.
    pub in_hand: Option<InHand>,
    /// Callers who wait.
    pub waiting: usize,
    /// Since when the one waits who has waited longest.
    pub longest_since: Option<Timestamp>,
    /// Agents who are ready.
    pub ready: usize,
    /// When wrap-up ends by itself.
    pub wrap_up_until: Option<Timestamp>,
}

/// The call in hand.
#[derive(Debug, Clone)]
pub struct InHand {
    pub call: CallId,
    pub contact: Contact,
    pub intake: IntakeId,
    /// Nothing is left to write down.
    pub finished: bool,
    /// Whether the caller has hung up.
    pub over: bool,
}

impl Desk<Agent> {
    /// The desk as it stands.
    pub async fn glance(&self) -> Result<DeskView> {
        let agent = self.board.agent(&self.person().id).await?;
        let seconds = i64::from(self.board.house.wrap_up_seconds);
        self.board
            .store
            .read(move |tx| -> Result<DeskView> {
                let open = store::queue::open(tx)?;
                let waiting: Vec<_> =
                    open.iter().filter(|entry| entry.state == EntryState::Waiting).collect();
                let seated = store::agents::seated(tx)?;
                let in_hand = match &agent.call {
                    Some(call) => in_hand(tx, call, &agent)?,
                    None => None,
                };
                let wraps_up = agent.state == queueing::AgentState::WrapUp && seconds > 0;
                Ok(DeskView {
                    waiting: waiting.len(),
                    longest_since: waiting.iter().map(|entry| entry.entered_at).min(),
                    ready: seated.iter().filter(|seated| seated.agent.state.is_routable()).count(),
                    wrap_up_until: wraps_up.then(|| agent.since.plus_seconds(seconds)),
                    in_hand,
                    agent: agent.clone(),
                })
            })
            .await
    }
}

/// Who was brought to a call sees what its agent has written down so far.
fn in_hand(tx: &mut store::Tx<'_>, call: &CallId, agent: &AgentRow) -> Result<Option<InHand>> {
    let contact = match store::contacts::with_agent(tx, call, &agent.person)? {
        None if agent.state == queueing::AgentState::Talking => queue::latest_contact(tx, call)?,
        known => known,
    };
    let Some(contact) = contact else { return Ok(None) };
    let Some(draft) = store::intakes::by_contact(tx, &contact.id)? else { return Ok(None) };
    Ok(Some(InHand {
        call: call.clone(),
        over: contact.ended_at.is_some(),
        finished: draft.finished_at.is_some(),
        intake: draft.id,
        contact,
    }))
}
