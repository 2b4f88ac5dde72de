//! What an investigation lacks before its case may be closed.

use super::words::Side;
use crate::case::CaseView;
use crate::closing::Missing;

/// What is missing, in the order to do it. Points without a finding are told of elsewhere.
pub(crate) fn lacking(case: &CaseView) -> Vec<Missing> {
    let view = &case.investigation;
    let found = || case.points.iter().filter(|point| point.finding.is_some());
    let supported = |id| view.support_of(id);
    let standard = found().any(|point| supported(&point.id).is_none_or(|one| one.standard.is_empty()));
    let reference = found().any(|point| {
        supported(&point.id).is_none_or(|one| one.evidence.is_empty() && one.without.trim().is_empty())
    });
    [
        (view.evidence.iter().any(super::EvidenceView::is_at_risk), Missing::Preservation),
        (!view.is_heard(Side::Complainant), Missing::ComplainantStatement),
        (!view.is_heard(Side::Institution), Missing::InstitutionStatement),
        (view.replies.iter().any(|reply| !reply.settled), Missing::Reply),
        (standard, Missing::Standard),
        (reference, Missing::EvidenceReference),
    ]
    .into_iter()
    .filter_map(|(lacks, missing)| lacks.then_some(missing))
    .collect()
}
