//! What the desk shows of the call in hand: where caller and others are, and what may be ordered now.

use domain::directory::Names;
use domain::{PersonId, PhoneNumber};
use queueing::AgentState;
use store::Tx;

use super::live::Live;
use super::rules::{CallOrder, Other, Place};
use crate::rights::{Agent, Desk};
use crate::{Error, House, Result};

/// Somebody who can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub id: PersonId,
    pub name: String,
    pub state: AgentState,
}

/// The call bar of a desk.
#[derive(Debug, Clone)]
pub struct CallBar {
    pub place: Place,
    pub other: Other,
    /// Whom else: a colleague's name, a department's, or a number.
    pub whom: Option<Whose>,
    /// How the last wish ended that came to nothing.
    pub failed: Option<String>,
    pub orders: Vec<CallOrder>,
    /// Whether the provider can bring calls together.
    pub rooms: bool,
    pub colleagues: Vec<Colleague>,
    /// Departments with a telephone: code and names.
    pub departments: Vec<(String, Names)>,
}

/// Whose telephone it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Colleague(String),
    Department(Names),
    Number(PhoneNumber),
}

impl Desk<Agent> {
    /// The call bar; nothing while this agent holds no live call.
    pub async fn call_bar(&self) -> Result<Option<CallBar>> {
        let (house, person) = (self.board.house.clone(), self.person().clone());
        self.board
            .store
            .read(move |tx| match Live::in_hand(tx, &person) {
                Ok(live) => bar(tx, &house, &live, &person.id).map(Some),
                Err(Error::Refused { .. } | Error::NotFound) => Ok(None),
                Err(error) => Err(error),
            })
            .await
    }
}

fn bar(tx: &mut Tx<'_>, house: &House, live: &Live, own: &PersonId) -> Result<CallBar> {
    let situation = live.situation(house);
    let last = store::call_transfers::of_call(tx, &live.call.id)?.pop();
    let whom = match &live.other {
        Some(other) => Some(whose(tx, house, other)?),
        None => None,
    };
    let failed = last.and_then(|last| last.outcome).filter(|outcome| {
        live.other.is_none() && ["busy", "no-answer", "failed", "left"].contains(&outcome.as_str())
    });
    let there = [AgentState::Ready, AgentState::WrapUp, AgentState::Break];
    let colleagues = store::agents::seated(tx)?
        .into_iter()
        .filter(|seated| {
            seated.agent.person != *own && seated.phone.is_some() && there.contains(&seated.agent.state)
        })
        .map(|seated| Colleague { id: seated.agent.person, name: seated.name, state: seated.agent.state })
        .collect();
    let listed = house.directory.departments.iter().filter(|one| one.phone.is_some());
    Ok(CallBar {
        place: situation.place,
        other: situation.other,
        whom,
        failed,
        orders: situation.orders(),
        rooms: situation.rooms,
        colleagues,
        departments: listed.map(|one| (one.code.clone(), one.names.clone())).collect(),
    })
}

fn whose(tx: &mut Tx<'_>, house: &House, other: &store::call_transfers::Transfer) -> Result<Whose> {
    if let Some(colleague) = &other.to_agent
        && let Some(person) = store::people::find(tx, colleague)?
    {
        return Ok(Whose::Colleague(person.name));
    }
    let code = other.to_department.as_ref();
    let listed = house.directory.departments.iter().find(|one| Some(&one.code) == code);
    Ok(listed.map_or_else(|| Whose::Number(other.to.clone()), |one| Whose::Department(one.names.clone())))
}
