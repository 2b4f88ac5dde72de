//! What the complainant is told, and the end of a case.

use complaints::Action;
pub use complaints::{Channel, ReopenCause};
use domain::{CaseId, PhoneNumber};
use serde_json::json;

use crate::rights::{CaseWorker, Desk};
use crate::{Error, Result, audit, sight};

impl Desk<CaseWorker> {
    /// Logs that the complainant was told the result. The follow-up callback is promised with it, if there is
    /// a number and the complainant did not decline.
    pub async fn feed_back(&self, id: &CaseId, version: i64, channel: Channel, said: &str) -> Result<()> {
        let said = said.trim().to_owned();
        self.work_on(id, version, move |hand| {
            let intake: complaints::Intake = serde_json::from_str(&hand.case.intake).unwrap_or_default();
            let follow_up_wanted = hand.case.phone.is_some() && intake.wishes.callback != Some(false);
            hand.act_saying(&Action::FeedBack { channel, follow_up_wanted }, &json!({ "said": said }))
        })
        .await
    }

    /// Logs that no reply is wanted, with the reason.
    pub async fn waive_feedback(&self, id: &CaseId, version: i64, reason: &str) -> Result<()> {
        self.act_on(id, version, Action::WaiveFeedback { reason: reason.trim().to_owned() }, None).await
    }

    /// Logs which way to appeal the complainant was told about, and how.
    pub async fn give_route_notice(
        &self,
        id: &CaseId,
        version: i64,
        route: &str,
        channel: Channel,
    ) -> Result<()> {
        let route = route.to_owned();
        self.work_on(id, version, move |hand| {
            if hand.house.routes.get(&route).is_none() {
                return Err(Error::refused("refused-route-unknown"));
            }
            let action = Action::GiveRouteNotice { route: route.clone() };
            hand.act_saying(&action, &json!({ "channel": channel }))
        })
        .await
    }

    /// Logs why no route was told.
    pub async fn waive_route_notice(&self, id: &CaseId, version: i64, reason: &str) -> Result<()> {
        self.act_on(id, version, Action::WaiveRouteNotice { reason: reason.trim().to_owned() }, None).await
    }

    /// Closes the case, or says what is missing.
    pub async fn close_case(&self, id: &CaseId, version: i64) -> Result<()> {
        self.act_on(id, version, Action::Close, None).await
    }

    /// Takes a case up again.
    pub async fn reopen_case(
        &self,
        id: &CaseId,
        version: i64,
        cause: ReopenCause,
        remark: &str,
    ) -> Result<()> {
        self.act_on(id, version, Action::Reopen { cause, remark: remark.trim().to_owned() }, None).await
    }

    /// The full telephone number of a case, for a reason that goes into the audit trail. A confidential
    /// complainant stays hidden from handlers.
    pub async fn reveal_phone(&self, id: &CaseId, reason: &str) -> Result<PhoneNumber> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(Error::refused("refused-needs-reason"));
        }
        let (house, person, now, id) =
            (self.board.house.clone(), self.person().clone(), self.now(), id.clone());
        let done = self
            .board
            .store
            .write(move |tx| -> Result<PhoneNumber> {
                let case = store::cases::get(tx, &id)?;
                sight::must_see(tx, &person, &case)?;
                let shown = sight::screen(tx, &house, &person, &case)?.sight().contact;
                if !shown {
                    return Err(Error::NotFound);
                }
                let phone = case.phone.ok_or(Error::NotFound)?;
                let actor = person.id.as_str();
                audit::record(tx, now, actor, "phone-revealed", &format!("case:{id}"), Some(&reason))?;
                crate::case_work::write_event(
                    tx,
                    &id,
                    now,
                    actor,
                    "phone_revealed",
                    &json!({ "reason": reason }),
                )?;
                Ok(phone)
            })
            .await;
        self.board.note_block(&self.person().id, "telephone", done).await
    }
}
