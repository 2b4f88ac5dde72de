//! Lines of a case's history that belong to its dialogue, in words.

use domain::Timestamp;
use domain::directory::name_in;
use serde_json::Value;
use switchboard::House;
use switchboard::dialogue::DialogueChange as Change;

use super::case_words;
use crate::page::Page;

/// What happened, and what was said or written with it.
pub(super) fn words(house: &House, page: &Page, detail: &Value) -> (String, String) {
    let Ok(change) = serde_json::from_value::<Change>(detail.clone()) else {
        return (String::new(), String::new());
    };
    (what(house, page, &change), remark(page, &change))
}

fn what(house: &House, page: &Page, change: &Change) -> String {
    match change {
        Change::DialogueAnswered { accepted, .. } => {
            page.t(if *accepted { "intake-answer-yes" } else { "intake-answer-no" })
        }
        Change::DialogueAssessed { verdicts } => {
            let one = |verdict: &switchboard::dialogue::Verdict| {
                page.tc("dialogue-verdict", verdict.eligibility.code())
            };
            verdicts.iter().map(one).collect::<Vec<_>>().join(" · ")
        }
        Change::DialogueOwned { owner, .. } => {
            let names = house.directory.institution(&owner.code).map(|one| &one.names);
            let names = names.or_else(|| house.directory.office(&owner.code).map(|one| &one.names));
            names.map_or_else(
                || page.t("dialogue-owner-unknown"),
                |names| name_in(names, page.lang()).to_owned(),
            )
        }
        Change::DialogueReceived { at, .. } => page.day(at),
        Change::DialogueInvited { appointment } => time_and_form(page, appointment.at, appointment.form),
        Change::DialogueHeld { at, form, .. } => time_and_form(page, *at, *form),
        Change::DialogueCompanionNamed { companion, .. } => page.tc("dialogue-companion", companion),
        Change::DialogueCompanionFound { name } => name.clone(),
        Change::DialogueInterpreterOrdered { language } => language.clone(),
        Change::DialogueDeclined { maintained, .. } => page.tc("dialogue-maintained", maintained),
        Change::DialogueNoShow { absent, .. } => page.tc("dialogue-absent", absent),
        Change::DialogueSiteRefused { institution, .. } => case_words::institution(house, page, institution),
        Change::DialogueIncapacity { incapacity, .. } => page.tc("dialogue-incapacity", incapacity),
        Change::DialoguePointsDropped { points } => points.len().to_string(),
        Change::DialoguePointsAdded { points } => points.len().to_string(),
        Change::DialogueCalled { call, outcome, .. } => {
            format!("{}: {}", page.tc("dialogue-call", call), page.tc("dialogue-called", outcome))
        }
        Change::DialogueToForward { reason } => page.tc("dialogue-forward", reason),
        Change::DialoguePackageSent { channel, .. } => page.tc("channel", channel),
        Change::DialoguePackageAcknowledged { reference, .. } => reference.clone(),
        _ => String::new(),
    }
}

fn time_and_form(page: &Page, at: Timestamp, form: switchboard::dialogue::Form) -> String {
    format!("{}, {}", page.time(&at), page.tc("dialogue-form", form))
}

fn remark(page: &Page, change: &Change) -> String {
    match change {
        Change::DialogueOwned { reason: Some(reason), .. } => reason.clone(),
        Change::DialogueNoShow { note, .. }
        | Change::DialogueUnreachable { note }
        | Change::DialogueSiteRefused { note, .. }
        | Change::DialogueCalled { said: note, .. }
        | Change::DialogueLearned { note } => note.clone(),
        Change::DialogueCompanionNamed { name, .. } => name.clone(),
        Change::DialogueIncapacity { representative: Some(name), .. } => name.clone(),
        Change::DialogueWithdrawn { statement, .. } | Change::DialogueSatisfied { statement, .. } => {
            statement.clone()
        }
        Change::DialoguePointsAdded { points } => {
            points.iter().map(|point| point.words.clone()).collect::<Vec<_>>().join(" · ")
        }
        Change::DialoguePointClarified { topic, payer, .. } => {
            let topic = topic.map(|topic| page.tc("dialogue-topic", topic));
            let payer = payer.map(|payer| page.tc("dialogue-payer", payer));
            topic.into_iter().chain(payer).collect::<Vec<_>>().join(" · ")
        }
        _ => String::new(),
    }
}
