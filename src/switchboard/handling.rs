//! What a department does with a case: sign for it, return it, find out, answer.

use complaints::Action;
pub use complaints::{Finding, OutcomeKind, PointAnswer, ReturnReason, StepKind};
use domain::{CaseId, PointId};

use crate::rights::{CaseWorker, Desk};
use crate::{Result, investigation};

impl Desk<CaseWorker> {
    /// Takes the case on for the own department.
    pub async fn sign_for(&self, id: &CaseId, version: i64) -> Result<()> {
        self.act_on(id, version, Action::SignFor, None).await
    }

    /// Sends the case back to the hotline, which dispatches it again.
    pub async fn return_case(
        &self,
        id: &CaseId,
        version: i64,
        reason: ReturnReason,
        remark: &str,
    ) -> Result<()> {
        self.act_on(id, version, Action::Return { reason, remark: remark.trim().to_owned() }, None).await
    }

    /// Logs a step of the investigation; footage that is asked for is entered among the evidence.
    pub async fn log_step(&self, id: &CaseId, version: i64, kind: StepKind, note: &str) -> Result<()> {
        let note = note.trim().to_owned();
        self.work_on(id, version, move |hand| {
            investigation::step_with(hand, kind, note.clone(), &serde_json::Value::Null)
        })
        .await
    }

    /// Answers every point.
    pub async fn answer_case(&self, id: &CaseId, version: i64, points: Vec<PointAnswer>) -> Result<()> {
        self.answer_without(id, version, points, None).await
    }

    /// Answers every point; `without_report` says why co-handlers who have not reported are not waited for.
    pub async fn answer_without(
        &self,
        id: &CaseId,
        version: i64,
        points: Vec<PointAnswer>,
        without_report: Option<String>,
    ) -> Result<()> {
        self.act_on(id, version, Action::Answer { points, without_report }, None).await
    }

    /// Sends an answer back to the department that gave it.
    pub async fn send_answer_back(&self, id: &CaseId, version: i64, reason: &str) -> Result<()> {
        self.act_on(id, version, Action::SendBack { reason: reason.trim().to_owned() }, None).await
    }

    /// Gives a point its category.
    pub async fn classify_point(
        &self,
        id: &CaseId,
        version: i64,
        point: &PointId,
        category: &str,
    ) -> Result<()> {
        let (point, category) = (point.clone(), category.to_owned());
        self.work_on(id, version, move |hand| {
            let version = crate::points::category_version(hand, &category)?;
            hand.act(&Action::Classify { point: point.clone(), category: category.clone(), version })
        })
        .await
    }
}
