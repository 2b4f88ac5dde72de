//! Conflicts of interest before a supervisor: who has an interest in which institution, and who keeps out of which case.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::PersonId;
use domain::directory::name_in;
use switchboard::House;
use switchboard::recusal::{Conflicts, Interest, Person};

use super::case_words;
use crate::Result;
use crate::auth::{OverseerDesk, SupervisorDesk};
use crate::page::{Page, html};

#[derive(Template)]
#[template(path = "conflicts.html")]
struct Screen {
    page: Page,
    people: Vec<Declared>,
    recusals: Vec<Row>,
}

/// A person with the institutions of the directory.
pub(super) struct Declared {
    pub(super) id: String,
    pub(super) name: String,
    /// Names of the institutions that the person has an interest in.
    pub(super) told: String,
    /// Every institution: code, name, declared.
    pub(super) institutions: Vec<(String, String, bool)>,
}

struct Row {
    number: String,
    name: String,
    reason: String,
    when: String,
    by: String,
    to_give: bool,
}

/// The page.
pub async fn show(at: SupervisorDesk) -> Result<Response> {
    let conflicts = at.desk.conflicts().await?;
    let (house, page) = (at.desk.house(), &at.page);
    let people = conflicts.people.iter().filter(|person| person.disabled_at.is_none());
    html(&Screen {
        people: people.map(|person| declared(house, page, person, &conflicts.interests)).collect(),
        recusals: rows(page, &conflicts),
        page: at.page.clone(),
    })
}

/// Sets what somebody has an interest in.
pub async fn declare(
    at: OverseerDesk,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let named = fields.into_iter().filter(|(name, _)| name == "institution").map(|(_, code)| code);
    at.desk.declare_interests(&PersonId::new(id), named.filter(|code| !code.is_empty()).collect()).await?;
    let supervisor = at.desk.person().role == domain::Role::Supervisor;
    Ok(at.page.done(if supervisor { "/conflicts" } else { "/accounts" }))
}

/// What a person declared, in words and as choices.
pub(super) fn declared(house: &House, page: &Page, person: &Person, interests: &[Interest]) -> Declared {
    let own = |code: &str| interests.iter().any(|one| one.person == person.id && one.institution == code);
    let all = house.directory.institutions.iter();
    let institutions: Vec<(String, String, bool)> = all
        .map(|one| (one.code.clone(), name_in(&one.names, page.lang()).to_owned(), own(&one.code)))
        .collect();
    let told = interests.iter().filter(|one| one.person == person.id);
    let told: Vec<String> = told.map(|one| case_words::institution(house, page, &one.institution)).collect();
    Declared { id: person.id.to_string(), name: person.name.clone(), told: told.join(", "), institutions }
}

fn rows(page: &Page, conflicts: &Conflicts) -> Vec<Row> {
    let name = |id: &PersonId| {
        let found = conflicts.people.iter().find(|person| person.id == *id);
        found.map_or_else(|| id.to_string(), |person| person.name.clone())
    };
    let row = |listed: &switchboard::recusal::Listed| Row {
        number: listed.number.to_string(),
        name: name(&listed.recusal.person),
        reason: listed.recusal.reason.clone(),
        when: page.time(&listed.recusal.at),
        by: name(&listed.recusal.by),
        to_give: listed.to_give,
    };
    conflicts.recusals.iter().map(row).collect()
}
