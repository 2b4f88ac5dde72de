//! How a case stands beside its status: who answers for it, what it waits for, who helps, what it is joined with.

use switchboard::House;
use switchboard::case_file::{CaseFile, CoHandler, Owner};

use super::case_words;
use crate::page::Page;

/// Tags beside the status, and facts with their names.
pub(super) struct Standing {
    pub(super) tags: Vec<String>,
    pub(super) facts: Vec<(String, String)>,
    /// A co-handler has not reported yet: an answer needs a reason.
    pub(super) reports_out: bool,
}

/// Of one case.
pub(super) fn standing(house: &House, page: &Page, file: &CaseFile) -> Standing {
    let view = &file.view;
    let tags = [
        (view.is_extended(), "course-tag-extended"),
        (view.in_follow_up(), "course-tag-in-follow-up"),
        (view.supervised, "course-tag-supervised"),
        (view.extension.asked.is_some(), "course-tag-extension-asked"),
        (view.termination_asked.is_some(), "course-tag-termination-asked"),
    ];
    let mut tags: Vec<String> = tags.into_iter().filter(|(is, _)| *is).map(|(_, id)| page.t(id)).collect();
    if view.reminders > 0 {
        tags.push(page.tn("course-tag-reminders", "count", i64::from(view.reminders)));
    }
    let mut facts = Vec::new();
    if !view.status.is_closed() {
        let owner = match &view.owner {
            Owner::Person(person) => file.names.get(person.as_str()).cloned().unwrap_or_default(),
            Owner::Desk => page.t("course-owner-desk"),
            Owner::Department(code) => case_words::department(house, page, code),
        };
        facts.push((page.t("course-owner"), owner));
    }
    if let Some(reason) = view.suspended {
        facts.push((page.t("course-waits"), page.tc("pause", reason)));
    }
    if let Some(asked) = &view.information_asked {
        facts.push((page.t("course-asked"), asked.clone()));
    }
    let helping = file.co_handlers.iter().filter(|one| one.ended_at.is_none());
    facts.extend(helping.map(|one| co_handler(house, page, one)));
    let joined = view.linked.iter().map(|(id, _)| ("course-linked", id));
    let joined = joined
        .chain(view.absorbed.iter().map(|(id, _)| ("course-holds", id)))
        .chain(view.split_from.iter().map(|id| ("course-split-from", id)));
    for (what, id) in joined {
        let number = file.others.get(id.as_str()).map(ToString::to_string);
        facts.push((page.t(what), number.unwrap_or_default()));
    }
    let reports_out = file.co_handlers.iter().any(|one| one.ended_at.is_none() && one.reported_at.is_none());
    Standing { tags, facts, reports_out }
}

fn co_handler(house: &House, page: &Page, one: &CoHandler) -> (String, String) {
    let name = case_words::department(house, page, &one.department);
    let due = one.due_at.map(|due_at| page.time(&due_at)).unwrap_or_default();
    let state = page.tc("co-handler", &one.state);
    let words = one.report.as_ref().unwrap_or(&one.task);
    (page.t("course-co-handler"), format!("{name}: {state} · {due} · {words}"))
}
