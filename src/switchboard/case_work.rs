//! One person's hand on one case: load, check sight and version, let the rules decide, carry out, write
//! back, in one transaction.

use complaints::{Action, Actor, CaseStatus, CaseView, Refusal, decide};
use domain::{CaseId, RequestType, Role, Timestamp};
use serde_json::{Value, json};
use store::Tx;
use store::cases::Case;
use store::people::Person;

use crate::audit::HOUSE;
use crate::dispatch::Proposed;
use crate::rights::{Desk, Right};
use crate::sight::must_see;
use crate::{Error, House, Result, Topic, carry_out, case_view, clock_agenda, dispatch};

/// The case under the hand.
pub(crate) struct CaseWork<'a, 't> {
    pub(crate) tx: &'a mut Tx<'t>,
    pub(crate) house: &'a House,
    /// Nobody: the house itself.
    pub(crate) person: Option<&'a Person>,
    pub(crate) now: Timestamp,
    pub(crate) case: Case,
}

impl<'a, 't> CaseWork<'a, 't> {
    /// Takes up a case as it stands.
    pub(crate) fn take_up(
        tx: &'a mut Tx<'t>,
        house: &'a House,
        person: Option<&'a Person>,
        now: Timestamp,
        id: &CaseId,
    ) -> Result<Self> {
        let case = store::cases::get(tx, id)?;
        Ok(Self { tx, house, person, now, case })
    }

    /// Who acts, as the history and the audit trail name it.
    pub(crate) fn actor_id(&self) -> &str {
        self.person.map_or(HOUSE, |person| person.id.as_str())
    }

    /// The case as the rules see it.
    pub(crate) fn view(&mut self) -> Result<CaseView> {
        case_view::load(self.tx, &self.case)
    }

    /// What the rule table proposes for its points.
    pub(crate) fn proposed(&mut self) -> Result<Option<Proposed>> {
        let view = self.view()?;
        let points = store::points::of_case(self.tx, &self.case.id)?;
        let complained = dispatch::complained(self.house, &points);
        Ok(dispatch::propose(self.house, &self.case.profile, view.request_type, &complained))
    }

    /// Lets the rules decide on `action` and carries out what changes.
    pub(crate) fn act(&mut self, action: &Action) -> Result<()> {
        self.act_saying(action, &Value::Null)
    }

    /// The same; the fields of `more` go into the history beside the change they belong to.
    pub(crate) fn act_saying(&mut self, action: &Action, more: &Value) -> Result<()> {
        let view = self.view()?;
        let changes = decide(&view, action, &self.actor()).map_err(refused)?;
        for (index, change) in changes.iter().enumerate() {
            carry_out::carry_out(self, change)?;
            let mut detail =
                serde_json::to_value(change).map_err(|error| Error::Unavailable(error.to_string()))?;
            if let (0, Some(detail), Some(more)) = (index, detail.as_object_mut(), more.as_object()) {
                detail.extend(more.iter().map(|(name, value)| (name.clone(), value.clone())));
            }
            self.note(change.kind(), &detail)?;
        }
        Ok(())
    }

    /// Adds a line to the history.
    pub(crate) fn note(&mut self, kind: &str, detail: &Value) -> Result<()> {
        let actor = self.person.map_or(HOUSE, |person| person.id.as_str());
        write_event(self.tx, &self.case.id, self.now, actor, kind, detail)
    }

    /// Writes the case back. Its clocks move in the same transaction: nobody reads a limit that a pause or more time
    /// has moved.
    pub(crate) fn save(self) -> Result<()> {
        store::cases::update(self.tx, &self.case)?;
        clock_agenda::reckon(self.tx, self.house, &self.case.id, self.now).map(drop)
    }

    /// The house acts with a supervisor's rights: it does only what follows from a person's deed.
    pub(crate) fn actor(&self) -> Actor {
        self.person.map_or(Actor { role: Role::Supervisor, department: None }, |person| Actor {
            role: person.role,
            department: person.department.clone(),
        })
    }
}

/// Adds a line to a case's history. `detail` holds codes and texts of the case; never a telephone number.
pub(crate) fn write_event(
    tx: &mut Tx<'_>,
    case: &CaseId,
    now: Timestamp,
    actor: &str,
    kind: &str,
    detail: &Value,
) -> Result<()> {
    Ok(store::case_events::append(tx, case, now, actor, kind, &detail.to_string())?)
}

/// A refusal of the rules, as the screens tell it.
pub(crate) fn refused(refusal: Refusal) -> Error {
    let missing = refusal.missing.iter().map(|missing| message("missing", missing.as_str()));
    let possible = refusal.possible.iter().map(|status| message("case-status", status.as_str()));
    Error::Refused {
        code: message("refused", refusal.code.as_str()),
        missing: missing.chain(possible).collect(),
    }
}

/// Message id of a code, as the screens spell it.
fn message(prefix: &str, code: &str) -> String {
    format!("{prefix}-{}", code.replace('_', "-"))
}

/// The stored status, read.
pub(crate) fn status_of(case: &Case) -> Result<CaseStatus> {
    case.status.parse().map_err(|error: domain::code::UnknownCode| Error::Unavailable(error.to_string()))
}

/// The stored request type, read.
pub(crate) fn request_type_of(case: &Case) -> Result<RequestType> {
    case.request_type
        .parse()
        .map_err(|error: domain::code::UnknownCode| Error::Unavailable(error.to_string()))
}

impl<R: Right> Desk<R> {
    /// Works on a case that the person saw at `version`; out of sight looks like not there.
    pub(crate) async fn work_on<F>(&self, id: &CaseId, version: i64, work: F) -> Result<()>
    where
        F: Fn(&mut CaseWork<'_, '_>) -> Result<()> + Send + 'static,
    {
        let (house, person, now, at) =
            (self.board.house.clone(), self.person().clone(), self.now(), id.clone());
        let done = self
            .board
            .store
            .write(move |tx| -> Result<()> {
                let mut hand = CaseWork::take_up(tx, &house, Some(&person), now, &at)?;
                must_see(hand.tx, &person, &hand.case)?;
                if hand.case.version != version {
                    return Err(Error::Conflict(format!("case {} has moved on", hand.case.number)));
                }
                work(&mut hand)?;
                hand.save()
            })
            .await;
        if let Err(error) = self.board.note_block(&self.person().id, "deed", done).await {
            self.keep_refusal(id, &error).await?;
            return Err(error);
        }
        self.board.bulletin.post(Topic::Cases);
        self.board.bulletin.post(Topic::Callbacks);
        Ok(())
    }

    /// Does something to a case that needs nothing but the rules' consent. `remark` is kept beside it.
    pub(crate) async fn act_on(
        &self,
        id: &CaseId,
        version: i64,
        action: Action,
        remark: Option<&str>,
    ) -> Result<()> {
        let more = remark
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map_or(Value::Null, |text| json!({ "said": text }));
        self.work_on(id, version, move |hand| hand.act_saying(&action, &more)).await
    }
}
