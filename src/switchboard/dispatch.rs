//! Passing a case on: what the rule table proposes, and the department that gets it.

use complaints::dispatch::Complained;
use complaints::{Action, Proposal, Strength};
use domain::directory::name_in;
use domain::{CaseId, RequestType, Timestamp};
use store::Tx;
use store::dispatches::Dispatch;
use store::people::Person;
use store::points::Point;

use crate::case_work::CaseWork;
use crate::rights::{CaseWorker, Desk};
use crate::{Error, House, Result, deadlines, fresh_id};

/// What the table says for a whole case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The rule that names the lead.
    pub proposal: Proposal,
    /// Several departments must answer together: the longer clock holds.
    pub joint: bool,
}

/// The lead is the department of the first mandatory rule, else of the first point that has one.
pub fn propose(
    house: &House,
    profile: &str,
    request_type: RequestType,
    points: &[Complained<'_>],
) -> Option<Proposed> {
    let proposals: Vec<Proposal> =
        points.iter().filter_map(|point| house.dispatch.propose(profile, request_type, *point)).collect();
    let lead = proposals
        .iter()
        .find(|proposal| proposal.strength == Strength::Mandatory)
        .or_else(|| proposals.first())?
        .clone();
    let joint = !lead.co_handlers.is_empty()
        || proposals.iter().any(|proposal| proposal.department != lead.department);
    Some(Proposed { proposal: lead, joint })
}

/// What the table is asked for: the points that stand, each with the region of its institution.
pub(crate) fn complained<'a>(house: &'a House, points: &'a [Point]) -> Vec<Complained<'a>> {
    let region =
        |point: &Point| point.institution.as_deref().and_then(|name| house.directory.region_of(name));
    let standing = points.iter().filter(|point| point.dropped_at.is_none());
    standing.map(|point| Complained { category: &point.category, region: region(point) }).collect()
}

/// Dispatches in the transaction that opened the case: the agent has confirmed the department on the form.
pub fn dispatch_opened(
    tx: &mut Tx<'_>,
    house: &House,
    id: &CaseId,
    agent: &Person,
    department: &str,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let mut hand = CaseWork::take_up(tx, house, Some(agent), now, id)?;
    send(&mut hand, department, reason)?;
    hand.save()
}

impl Desk<CaseWorker> {
    /// Passes a classified case on. Another department than the proposed one needs a reason.
    pub async fn dispatch(
        &self,
        id: &CaseId,
        version: i64,
        department: &str,
        reason: Option<&str>,
    ) -> Result<()> {
        let (department, reason) = (department.to_owned(), reason.map(str::to_owned));
        self.work_on(id, version, move |hand| send(hand, &department, reason.as_deref())).await
    }

    /// Passes a returned or reopened case on again. `designated`: by ruling, not to be returned.
    pub async fn redispatch(
        &self,
        id: &CaseId,
        version: i64,
        department: &str,
        reason: &str,
        designated: bool,
    ) -> Result<()> {
        let (department, reason) = (department.to_owned(), reason.to_owned());
        self.work_on(id, version, move |hand| {
            known(hand.house, &department)?;
            let (department, reason) = (department.clone(), reason.clone());
            hand.act(&if designated {
                Action::Designate { department, reason }
            } else {
                Action::Redispatch { department, reason }
            })
        })
        .await
    }
}

fn send(hand: &mut CaseWork<'_, '_>, department: &str, reason: Option<&str>) -> Result<()> {
    known(hand.house, department)?;
    let proposal = hand.proposed()?.map(|proposed| proposed.proposal);
    hand.act(&Action::Dispatch {
        department: department.to_owned(),
        proposal: proposal.clone(),
        override_reason: reason.map(str::to_owned),
    })?;
    let Some(followed) = proposal.filter(|proposal| proposal.department == department) else { return Ok(()) };
    // Whoever the table names beside the lead is asked with the dispatch.
    let task = name_in(&followed.remarks, hand.case.language.as_str()).to_owned();
    for helper in followed.co_handlers.iter().filter(|helper| *helper != department) {
        hand.act(&Action::AddCoHandler { department: helper.clone(), task: task.clone(), due_at: None })?;
    }
    Ok(())
}

fn known(house: &House, department: &str) -> Result<()> {
    house
        .directory
        .department(department)
        .map(drop)
        .ok_or_else(|| Error::refused("refused-department-unknown"))
}

/// What the rules decided about one sending.
pub(crate) struct Sending<'a> {
    pub(crate) department: &'a str,
    pub(crate) rule: Option<&'a str>,
    pub(crate) strength: Strength,
    pub(crate) reason: Option<&'a str>,
}

/// Writes the new dispatch; an older open one is superseded.
pub(crate) fn write(hand: &mut CaseWork<'_, '_>, sending: &Sending<'_>) -> Result<()> {
    let last = store::dispatches::latest(hand.tx, &hand.case.id)?;
    let ordinal = last.as_ref().map_or(1, |last| last.ordinal + 1);
    if let Some(mut open) = last.filter(|last| matches!(last.state.as_str(), "sent" | "signed")) {
        let from = std::mem::replace(&mut open.state, "superseded".to_owned());
        store::dispatches::update(hand.tx, &open, &from)?;
    }
    let line = hand.house.lines.get(&hand.case.line).ok_or(Error::NotFound)?;
    let sign = deadlines::for_duty(hand.house, &hand.case.line, clocks::Duty::Sign, hand.now);
    let dispatch = Dispatch {
        id: fresh_id(),
        case: hand.case.id.clone(),
        ordinal,
        department: sending.department.to_owned(),
        rule: sending.rule.unwrap_or_default().to_owned(),
        strength: sending.strength.as_str().to_owned(),
        override_reason: sending.reason.map(str::to_owned),
        sent_by: domain::PersonId::new(hand.actor_id()),
        sent_at: hand.now,
        sign_due_at: sign.map(|due| due.due_at),
        due_at: hand.case.due_at,
        law: hand.case.law.clone(),
        state: "sent".to_owned(),
        signed_at: None,
        signed_by: None,
        returned_at: None,
        return_reason: None,
        answered_at: None,
        answered_by: None,
        service_day: hand.now.service_day(line.zone).to_string(),
    };
    hand.case.department = Some(dispatch.department.clone());
    Ok(store::dispatches::insert(hand.tx, &dispatch)?)
}
