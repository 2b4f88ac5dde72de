//! Codes of a case in words: due dates, names of departments, categories, institutions.

use domain::Timestamp;
use domain::directory::name_in;
use serde_json::Value;
use switchboard::House;

use crate::page::Page;

/// A due date in words, and the class that colours it.
pub(super) struct DueWords {
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// How a time limit stands. `met_at`: when the duty was done.
pub(super) fn due_words(
    page: &Page,
    due_at: Option<Timestamp>,
    met_at: Option<Timestamp>,
    now: Timestamp,
) -> DueWords {
    let Some(due_at) = due_at else { return DueWords { text: page.t("case-due-none"), class: "quiet" } };
    match met_at {
        Some(met_at) if met_at <= due_at => return DueWords { text: page.t("case-due-met"), class: "good" },
        Some(_) => return DueWords { text: page.t("case-due-late"), class: "bad" },
        None => {}
    }
    let days = (due_at.service_day(page.zone()) - now.service_day(page.zone())).num_days();
    if now > due_at {
        DueWords { text: page.tn("case-due-overdue", "days", -days), class: "bad" }
    } else if days == 0 {
        DueWords { text: page.t("case-due-today"), class: "warn" }
    } else {
        let class = if days == 1 { "warn" } else { "" };
        DueWords { text: page.tn("case-due-in", "days", days), class }
    }
}

/// Name of a department.
pub(super) fn department(house: &House, page: &Page, code: &str) -> String {
    let found = house.directory.department(code);
    found.map_or_else(|| code.to_owned(), |found| name_in(&found.names, page.lang()).to_owned())
}

/// Name of an institution; one that is not listed stands as it was told.
pub(super) fn institution(house: &House, page: &Page, code: &str) -> String {
    let found = house.directory.institution(code);
    found.map_or_else(|| code.to_owned(), |found| name_in(&found.names, page.lang()).to_owned())
}

/// Every institution by name, with the aliases and the last day it is found by.
pub(super) fn institutions(house: &House, page: &Page) -> Vec<(String, String)> {
    let all = house.directory.institutions.iter();
    let told = |one: &domain::directory::Institution| {
        let mut more = one.aliases.clone();
        more.extend(one.valid_to.map(|last| page.tv("point-institution-until", "day", page.date(last))));
        (name_in(&one.names, page.lang()).to_owned(), more.join(", "))
    };
    all.map(told).collect()
}

/// Name of a category.
pub(super) fn category(house: &House, page: &Page, code: &str) -> String {
    if code.is_empty() {
        return page.t("case-unknown");
    }
    let found = house.categories.get(code);
    found.map_or_else(|| code.to_owned(), |found| name_in(&found.names, page.lang()).to_owned())
}

/// Name of an appeal route.
pub(super) fn route(house: &House, page: &Page, code: &str) -> String {
    let found = house.routes.get(code);
    found.map_or_else(|| code.to_owned(), |found| name_in(&found.names, page.lang()).to_owned())
}

/// Title of an article as it was told, with its version.
pub(super) fn article(house: &House, page: &Page, code: &str, version: u32) -> String {
    let found = house.articles.version(code, version);
    let title = found.map_or(code, |found| found.title(page.lang()));
    page.texts("advice-told-version", &[("title", title), ("version", &version.to_string())])
}

/// The same, of an entry in a history.
pub(super) fn article_told(house: &House, page: &Page, detail: &Value) -> String {
    let code = detail.get("article").and_then(Value::as_str).unwrap_or_default();
    let version = detail.get("version").and_then(Value::as_u64).and_then(|number| number.try_into().ok());
    article(house, page, code, version.unwrap_or_default())
}

/// Code and name of every department.
pub(super) fn departments(house: &House, page: &Page) -> Vec<(String, String)> {
    let all = house.directory.departments.iter();
    all.map(|one| (one.code.clone(), name_in(&one.names, page.lang()).to_owned())).collect()
}

/// Code and name of every category.
pub(super) fn categories(house: &House, page: &Page) -> Vec<(String, String)> {
    let all = house.categories.all().iter();
    all.map(|one| (one.code.clone(), name_in(&one.names, page.lang()).to_owned())).collect()
}

/// Code and name of every category that is given on a day.
pub(super) fn categories_on(house: &House, page: &Page, day: chrono::NaiveDate) -> Vec<(String, String)> {
    let given = house.categories.all().iter().filter(|one| one.is_given_on(day));
    given.map(|one| (one.code.clone(), name_in(&one.names, page.lang()).to_owned())).collect()
}

/// Code and name of every value of a closed set, as `prefix-code`.
pub(super) fn choices(
    page: &Page,
    prefix: &str,
    codes: impl Iterator<Item = &'static str>,
) -> Vec<(String, String)> {
    codes.map(|code| (code.to_owned(), page.tc(prefix, code))).collect()
}

#[cfg(test)]
mod tests {
    use switchboard::callbacks::{AttemptOutcome, CallbackState, ParkReason, Purpose};
    use switchboard::case_course::{ActionKind, PauseReason, Relation, StatedBy};
    use switchboard::case_file::CaseStatus;
    use switchboard::feedback::{Channel, ReopenCause};
    use switchboard::handling::{Finding, OutcomeKind, ReturnReason, StepKind};
    use switchboard::investigation::{
        CheckResult, EvidenceKind, LetterKind, Preservation, Reader, Side, StatementForm,
    };

    /// Kinds of case events: those of the rules, and those that the house adds.
    const EVENTS: [&str; 86] = [
        "opened",
        "number_told",
        "article_told",
        "point_classified",
        "point_coded",
        "point_coded_twice",
        "coding_confirmed",
        "point_added",
        "point_dropped",
        "dispatched",
        "signed_for",
        "returned",
        "step_logged",
        "point_answered",
        "answered",
        "sent_back",
        "fed_back",
        "feedback_waived",
        "route_notice_given",
        "route_notice_waived",
        "follow_up_due",
        "follow_up_scheduled",
        "follow_up_waived",
        "follow_up_done",
        "follow_up_unreached",
        "closed",
        "reopened",
        "arbitration_opened",
        "co_handler_added",
        "co_handler_signed",
        "co_handler_reported",
        "co_handler_dropped",
        "suspended",
        "resumed",
        "information_asked",
        "information_given",
        "extension_asked",
        "extended",
        "extension_refused",
        "audited",
        "termination_asked",
        "terminated",
        "termination_refused",
        "archived",
        "withdrawn",
        "forwarded",
        "entered_dialogue",
        "left_dialogue",
        "not_accepted",
        "non_acceptance_reviewed",
        "reminded",
        "same_matter_told",
        "escalated",
        "supervised",
        "handed_over",
        "death_noted",
        "autopsy_settled",
        "linked",
        "merged",
        "absorbed",
        "unmerged",
        "released",
        "points_split",
        "refused",
        "phone_revealed",
        "recused",
        "evidence_named",
        "evidence_requested",
        "evidence_received",
        "evidence_missed",
        "evidence_shared",
        "preservation_asked",
        "preservation_told",
        "statement_recorded",
        "statement_waived",
        "reply_offered",
        "finding_supported",
        "correction_planned",
        "correction_checked",
        "learning_noted",
        "letter_issued",
        "letter_acknowledged",
        "letter_mailed",
        "letter_not_mailed",
        "callback_promised",
        "callback_ended",
    ];

    #[test]
    fn every_code_has_its_words_in_every_language() {
        let mut sets: Vec<(&str, Vec<&str>)> = vec![("case-event", EVENTS.to_vec())];
        sets.push(("case-status", CaseStatus::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("attempt", AttemptOutcome::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("attempt", vec!["unreached", "under-way"]));
        sets.push(("callback-state", CallbackState::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("callback-purpose", Purpose::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("parked", ParkReason::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("channel", Channel::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("reopen", ReopenCause::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("finding", Finding::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("outcome", OutcomeKind::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("return", ReturnReason::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("step", StepKind::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push((
            "refused",
            switchboard::case_file::RefusalCode::ALL.iter().map(|one| one.as_str()).collect(),
        ));
        sets.push(("missing", switchboard::case_file::Missing::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("pause", PauseReason::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("stated-by", StatedBy::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("relation", Relation::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("intake-evidence", EvidenceKind::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("evidence-reader", Reader::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("side", Side::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("statement-form", StatementForm::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("preserve-state", Preservation::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("check-result", CheckResult::ALL.iter().map(|one| one.as_str()).collect()));
        sets.push(("letter-kind", LetterKind::ALL.iter().map(|one| one.as_str()).collect()));
        let forms = ActionKind::ALL.iter().filter(|action| super::super::case_course::has_form(**action));
        sets.push(("course", forms.map(|one| one.as_str()).collect()));
        for tongue in crate::words::tongues() {
            for (prefix, codes) in &sets {
                for code in codes {
                    let id = format!("{prefix}-{}", code.replace('_', "-"));
                    assert!(tongue.knows(&id), "{}: {id}", tongue.tag);
                }
            }
        }
    }
}
