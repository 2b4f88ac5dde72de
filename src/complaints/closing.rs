//! What must have happened before a case may be closed: nothing is filed and forgotten.

use domain::codes;

use crate::case::{CaseView, FollowUp, PointView};
use crate::investigation::lacking;

codes! {
    /// Something that is missing.
    pub enum Missing, "missing step" {
        /// A point has no category.
        Category = "category",
        /// No investigation step is logged.
        InvestigationStep = "investigation_step",
        /// A point has no finding.
        Finding = "finding",
        /// A point has no outcome.
        Outcome = "outcome",
        /// A co-handler has not reported, and nobody said why.
        CoHandlerReport = "co_handler_report",
        /// Nobody has said whether evidence that is overwritten was kept.
        Preservation = "preservation",
        /// The complainant was not heard, and nobody said why.
        ComplainantStatement = "complainant_statement",
        /// The institution complained of was not heard, and nobody said why.
        InstitutionStatement = "institution_statement",
        /// A side was given the chance to reply, and its reply is neither there nor waived.
        Reply = "reply",
        /// A finding does not say by which standard of proof it was made.
        Standard = "standard",
        /// A finding names no evidence, and nobody said why.
        EvidenceReference = "evidence_reference",
        /// The answer has not been audited.
        Audit = "audit",
        /// The complainant has not been told the result.
        Feedback = "feedback",
        /// The complainant has not been told the appeal route.
        RouteNotice = "route_notice",
        /// The follow-up callback has not been made.
        FollowUp = "follow_up",
    }
}

/// What is missing before `case` may be closed, in the order to do it. Empty means it may.
pub fn missing_to_close(case: &CaseView) -> Vec<Missing> {
    let any = |lacks: fn(&PointView) -> bool| case.points.is_empty() || case.points.iter().any(lacks);
    let finding = case.request_type.needs_finding();
    let before = [
        (any(|point| point.category.is_empty()), Missing::Category),
        (finding && any(|point| point.finding.is_none()), Missing::Finding),
        (finding && any(|point| point.outcome_kind.is_none()), Missing::Outcome),
    ];
    let after = [
        (case.audit_required && !case.audited, Missing::Audit),
        (!case.fed_back, Missing::Feedback),
        (finding && !case.route_noticed, Missing::RouteNotice),
        (case.follow_up == FollowUp::Scheduled, Missing::FollowUp),
    ];
    let of = |(lacking, missing): (bool, Missing)| lacking.then_some(missing);
    let investigated = if finding { lacking(case) } else { Vec::new() };
    before.into_iter().filter_map(of).chain(investigated).chain(after.into_iter().filter_map(of)).collect()
}
