//! What may be done to a case now, by whom looks at it; each form stands on the page only then. The rules
//! themselves stand in the house: a form that comes too late is refused there.

use domain::Role;
use domain::directory::name_in;
use switchboard::House;
use switchboard::case_file::{CaseFile, CaseStatus, Strength};
use switchboard::feedback::{Channel, ReopenCause};
use switchboard::handling::{Finding, OutcomeKind, ReturnReason, StepKind};

use super::case_words;
use crate::page::Page;

/// Which forms stand on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Forms {
    pub(super) classify: bool,
    pub(super) dispatch: bool,
    pub(super) redispatch: bool,
    /// A department has the case: to take it away from there is not what is done next.
    pub(super) taken_away: bool,
    /// A dispatch may be made unreturnable.
    pub(super) ruling: bool,
    pub(super) sign: bool,
    pub(super) give_back: bool,
    /// It came by ruling or mandatory rule: no return, and why.
    pub(super) not_returnable: bool,
    pub(super) step: bool,
    pub(super) answer: bool,
    pub(super) send_back: bool,
    pub(super) feedback: bool,
    pub(super) route: bool,
    pub(super) close: bool,
    pub(super) reopen: bool,
}

impl Forms {
    /// For a role and a case.
    pub(super) fn of(role: Role, file: &CaseFile) -> Self {
        use CaseStatus as At;
        let status = file.view.status;
        let hotline = matches!(role, Role::Agent | Role::Supervisor);
        let (handler, supervisor) = (role == Role::Handler, role == Role::Supervisor);
        let with_department = matches!(status, At::Dispatched | At::Signed | At::InProgress);
        let told = matches!(status, At::Answered | At::Audited | At::FedBack | At::Solved);
        let bound = file
            .view
            .dispatch
            .as_ref()
            .is_some_and(|sent| sent.designated || sent.strength == Strength::Mandatory);
        Self {
            classify: hotline && matches!(status, At::Received | At::Recorded | At::Classified),
            dispatch: hotline && status == At::Classified,
            redispatch: (hotline && matches!(status, At::Returned | At::Reopened))
                || (supervisor && (with_department || status == At::Arbitration)),
            taken_away: supervisor && with_department,
            ruling: supervisor,
            sign: handler && status == At::Dispatched,
            give_back: handler && with_department && !bound,
            not_returnable: handler && with_department && bound,
            step: handler && matches!(status, At::Signed | At::InProgress),
            answer: handler && matches!(status, At::Signed | At::InProgress),
            send_back: supervisor && matches!(status, At::Answered | At::Audited),
            feedback: hotline && matches!(status, At::Answered | At::Audited),
            route: hotline && told && !file.view.route_noticed,
            close: hotline && matches!(status, At::Answered | At::Audited | At::FedBack | At::Solved),
            reopen: hotline && (status.is_done() || matches!(status, At::FedBack | At::Solved)),
        }
    }

    /// Whether there is nothing to do.
    pub(super) fn none(self) -> bool {
        self == Self { ruling: self.ruling, ..Self::default() }
    }
}

/// What the forms offer to choose from: codes with names.
pub(super) struct Choices {
    pub(super) departments: Vec<(String, String)>,
    pub(super) categories: Vec<(String, String)>,
    pub(super) return_reasons: Vec<(String, String)>,
    pub(super) steps: Vec<(String, String)>,
    pub(super) findings: Vec<(String, String)>,
    pub(super) outcomes: Vec<(String, String)>,
    pub(super) channels: Vec<(String, String)>,
    pub(super) reopen_causes: Vec<(String, String)>,
    /// Code, name, and the text to read to the complainant in his language.
    pub(super) routes: Vec<(String, String, String)>,
}

impl Choices {
    /// For a case.
    pub(super) fn of(house: &House, page: &Page, file: &CaseFile) -> Self {
        let words = |prefix: &str, codes: &mut dyn Iterator<Item = &'static str>| {
            case_words::choices(page, prefix, codes)
        };
        Self {
            departments: case_words::departments(house, page),
            categories: case_words::categories(house, page),
            return_reasons: words("return", &mut ReturnReason::ALL.iter().map(|one| one.as_str())),
            steps: words("step", &mut StepKind::ALL.iter().map(|one| one.as_str())),
            findings: words("finding", &mut Finding::ALL.iter().map(|one| one.as_str())),
            outcomes: words("outcome", &mut OutcomeKind::ALL.iter().map(|one| one.as_str())),
            channels: words("channel", &mut Channel::ALL.iter().map(|one| one.as_str())),
            reopen_causes: words("reopen", &mut ReopenCause::ALL.iter().map(|one| one.as_str())),
            routes: routes(house, page, file),
        }
    }
}

fn routes(house: &House, page: &Page, file: &CaseFile) -> Vec<(String, String, String)> {
    let category = file.points.first().map(|point| point.category.as_str()).unwrap_or_default();
    let fitting = house.routes.for_case(&file.case.profile, file.view.request_type, category);
    let language = file.case.language.as_str();
    let row = |route: &switchboard::case_file::Route| {
        let text = name_in(&route.texts, language).to_owned();
        (route.code.clone(), name_in(&route.names, page.lang()).to_owned(), text)
    };
    fitting.into_iter().map(row).collect()
}
