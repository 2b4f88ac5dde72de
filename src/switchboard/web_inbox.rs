//! The inbox of complaints from the web: an agent takes one on, reads it, classifies it and passes it on.

use domain::{CaseNumber, ContactId};
use serde_json::json;
use store::cases::Case;
use store::web_reports::WebReport;

use crate::rights::{Agent, Desk};
use crate::{Error, Result, Topic, case_work};

/// Most complaints shown in the inbox.
const MOST_WAITING: i64 = 200;

/// A complaint from the web in the inbox.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub report: WebReport,
    pub case: Case,
    pub own_words: String,
}

impl Desk<Agent> {
    /// Complaints from the web that nobody has taken, oldest first.
    pub async fn web_reports(&self) -> Result<Vec<Waiting>> {
        self.board
            .store
            .read(|tx| -> Result<Vec<Waiting>> {
                let mut waiting = Vec::new();
                for report in store::web_reports::waiting(tx, MOST_WAITING)? {
                    let case = store::cases::get(tx, &report.case)?;
                    let point = store::points::of_case(tx, &case.id)?.into_iter().next();
                    let own_words = point.map(|point| point.own_words).unwrap_or_default();
                    waiting.push(Waiting { report, case, own_words });
                }
                Ok(waiting)
            })
            .await
    }

    /// Takes one on: the case is then this agent's to classify and pass on.
    pub async fn take_web_report(&self, contact: &ContactId) -> Result<CaseNumber> {
        let (person, now, contact) = (self.person().id.clone(), self.now(), contact.clone());
        let number = self
            .board
            .store
            .write(move |tx| -> Result<CaseNumber> {
                let report = store::web_reports::get(tx, &contact)?;
                let case = store::cases::get(tx, &report.case)?;
                if report.taken_by.as_ref() == Some(&person) {
                    return Ok(case.number);
                }
                if report.taken_at.is_some() {
                    return Err(Error::refused("refused-message-taken"));
                }
                store::web_reports::take(tx, &contact, &person, now)?;
                case_work::write_event(tx, &case.id, now, person.as_str(), "taken_from_web", &json!({}))?;
                Ok(case.number)
            })
            .await?;
        self.board.post(vec![Topic::Messages, Topic::Cases]);
        Ok(number)
    }
}
