//! What outlives the cases: corrective actions that are still to be checked, and what was learned, for supervisors.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use switchboard::investigation::watching::Note;

use super::case_words::{self, DueWords, due_words};
use crate::Result;
use crate::auth::SupervisorDesk;
use crate::page::{Page, html};

#[derive(Template)]
#[template(path = "follow_through.html")]
struct FollowThrough {
    page: Page,
    overdue: i64,
    corrections: Vec<CorrectionRow>,
    notes: Vec<NoteRow>,
    institutions: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    asked: Asked,
}

struct CorrectionRow {
    number: String,
    institution: String,
    what: String,
    owner: String,
    result: String,
    check: String,
    due: DueWords,
}

struct NoteRow {
    when: String,
    institution: String,
    category: String,
    words: String,
    /// Which rule is wanting, in words; empty: none.
    rule_gap: String,
}

/// Which notes are shown.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    institution: String,
    category: String,
}

/// The page.
pub async fn show(at: SupervisorDesk, Query(asked): Query<Asked>) -> Result<Response> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let seen = at.desk.follow_through(given(&asked.institution), given(&asked.category)).await?;
    let (house, page, now) = (at.desk.house(), &at.page, at.desk.now());
    let site = |code: &Option<String>| {
        code.as_deref().map(|code| case_words::institution(house, page, code)).unwrap_or_default()
    };
    let note = |note: &Note| NoteRow {
        when: page.date(note.noted_at.service_day(page.zone())),
        institution: site(&note.institution),
        category: case_words::category(house, page, &note.category),
        words: note.words.clone(),
        rule_gap: match note.rule_gap.as_str() {
            "" => String::new(),
            gap => page.tv("learning-rule-gap", "gap", gap),
        },
    };
    let correction =
        |(one, number): &(switchboard::investigation::watching::PlannedCorrection, _)| CorrectionRow {
            number: domain::CaseNumber::to_string(number),
            institution: site(&one.institution),
            what: one.what.clone(),
            owner: one.owner.clone(),
            result: one.result.as_ref().map(|result| page.tc("check-result", result)).unwrap_or_default(),
            check: one.check_at.map(|check_at| page.time(&check_at)).unwrap_or_default(),
            due: due_words(page, one.check_at, None, now),
        };
    let sites = house.directory.institutions.iter().map(|one| one.code.as_str());
    html(&FollowThrough {
        overdue: i64::try_from(seen.overdue()).unwrap_or(i64::MAX),
        corrections: seen.corrections.iter().map(correction).collect(),
        notes: seen.notes.iter().map(note).collect(),
        institutions: sites
            .map(|code| (code.to_owned(), case_words::institution(house, page, code)))
            .collect(),
        categories: case_words::categories(house, page),
        asked,
        page: at.page.clone(),
    })
}
