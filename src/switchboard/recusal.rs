//! Conflicts of interest: who has one keeps out of the case. People say so themselves, a supervisor says it for others,
//! and an interest in an institution is declared once, for all its cases. Each of it stands in the audit trail, and so
//! does each time that somebody was kept from a case.

use domain::{CaseId, CaseNumber, PersonId, Role};
use serde_json::json;
pub use store::conflicts::{Interest, Recusal};
pub use store::people::Person;

use crate::rights::{Administrator, CaseWorker, Desk, Overseer, Supervisor};
use crate::{Error, Result, Switchboard, audit, case_view};

/// A recusal with what a supervisor needs to see of the case.
#[derive(Debug, Clone)]
pub struct Listed {
    pub recusal: Recusal,
    pub number: CaseNumber,
    /// The recused person still answers for the open case: it must be given to another.
    pub to_give: bool,
}

/// Everything that keeps people out of cases.
#[derive(Debug, Clone)]
pub struct Conflicts {
    pub people: Vec<Person>,
    pub interests: Vec<Interest>,
    /// Newest first.
    pub recusals: Vec<Listed>,
}

impl Desk<CaseWorker> {
    /// Keeps somebody out of a case from now on: oneself, or, as a supervisor, another.
    pub async fn recuse(&self, id: &CaseId, version: i64, person: &PersonId, reason: &str) -> Result<()> {
        let (person, reason) = (person.clone(), reason.trim().to_owned());
        if person != self.person().id && self.person().role != Role::Supervisor {
            return Err(Error::refused("refused-wrong-role"));
        }
        if reason.is_empty() {
            return Err(Error::refused("refused-needs-reason"));
        }
        self.work_on(id, version, move |hand| {
            let known = store::people::find(hand.tx, &person)?.filter(|known| known.disabled_at.is_none());
            known.ok_or_else(|| Error::refused("refused-no-person"))?;
            let recusal = Recusal {
                case: hand.case.id.clone(),
                person: person.clone(),
                reason: reason.clone(),
                at: hand.now,
                by: PersonId::new(hand.actor_id()),
            };
            store::conflicts::recuse(hand.tx, &recusal)?;
            let object = format!("case:{} person:{person}", hand.case.id);
            let actor = hand.actor_id().to_owned();
            audit::record(hand.tx, hand.now, &actor, "recused", &object, Some(&reason))?;
            hand.note("recused", &json!({ "person": person, "remark": reason }))
        })
        .await
    }
}

impl Switchboard {
    /// What was done for somebody, or why not. Where a conflict of interest kept the person from a case, `way` tells in the
    /// audit trail by which way it was tried; to the person it looks like no case.
    pub(crate) async fn note_block<T>(&self, person: &PersonId, way: &str, done: Result<T>) -> Result<T> {
        let Err(Error::KeptOut(id)) = done else { return done };
        let (now, person, way) = (self.now(), person.clone(), way.to_owned());
        self.store
            .write(move |tx| -> Result<()> {
                let object = format!("case:{id}");
                Ok(audit::record(tx, now, person.as_str(), "conflict-blocked", &object, Some(&way))?)
            })
            .await?;
        Err(Error::NotFound)
    }
}

impl Desk<Overseer> {
    /// Sets the institutions that somebody has an interest in; those of before are forgotten.
    pub async fn declare_interests(&self, person: &PersonId, institutions: Vec<String>) -> Result<()> {
        let directory = &self.house().directory;
        if institutions.iter().any(|code| directory.institution(code).is_none()) {
            return Err(Error::refused("refused-institution-unknown"));
        }
        let (person, by, now) = (person.clone(), self.person().id.clone(), self.now());
        self.board
            .store
            .write(move |tx| -> Result<()> {
                store::people::find(tx, &person)?.ok_or(Error::NotFound)?;
                store::conflicts::declare(tx, &person, &institutions, now, &by)?;
                let (object, codes) = (format!("person:{person}"), institutions.join(" "));
                Ok(audit::record(tx, now, by.as_str(), "interests-declared", &object, Some(&codes))?)
            })
            .await
    }
}

impl Desk<Administrator> {
    /// Every interest that was declared.
    pub async fn interests(&self) -> Result<Vec<Interest>> {
        self.board.store.read(|tx| Ok(store::conflicts::all_interests(tx)?)).await
    }
}

impl Desk<Supervisor> {
    /// Who keeps out of what.
    pub async fn conflicts(&self) -> Result<Conflicts> {
        self.board
            .store
            .read(|tx| -> Result<Conflicts> {
                let mut recusals = Vec::new();
                for recusal in store::conflicts::latest(tx)? {
                    let case = store::cases::get(tx, &recusal.case)?;
                    let view = case_view::load(tx, &case)?;
                    let answers = view.owner == complaints::Owner::Person(recusal.person.clone());
                    let to_give = answers && case.closed_at.is_none();
                    recusals.push(Listed { recusal, number: case.number, to_give });
                }
                let (people, interests) = (store::people::list(tx)?, store::conflicts::all_interests(tx)?);
                Ok(Conflicts { people, interests, recusals })
            })
            .await
    }
}
