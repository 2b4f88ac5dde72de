//! Accounts, for the administrator.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::directory::name_in;
use domain::{Language, PersonId, PhoneNumber, Role, Secret};
use serde::Deserialize;
use switchboard::people::{NewPerson, SHORTEST_PASSWORD};

use super::conflicts::{Declared, declared};
use crate::auth::AdministratorDesk;
use crate::page::{Page, html};
use crate::{Error, Result};

#[derive(Template)]
#[template(path = "accounts.html")]
struct Accounts {
    page: Page,
    rows: Vec<Account>,
    roles: Vec<&'static str>,
    departments: Vec<(String, String)>,
    shortest: usize,
}

struct Account {
    interests: Declared,
    id: String,
    login: String,
    name: String,
    role: String,
    department: String,
    phone: String,
    disabled: bool,
    oneself: bool,
}

/// A new account as typed.
#[derive(Deserialize)]
pub struct Typed {
    login: String,
    name: String,
    role: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    phone: String,
    language: String,
    password: Secret,
}

/// A new password as typed.
#[derive(Deserialize)]
pub struct TypedPassword {
    password: Secret,
}

/// The list, and the form for a new one.
pub async fn show(at: AdministratorDesk) -> Result<Response> {
    let people = at.desk.accounts().await?;
    let directory = &at.desk.house().directory;
    let lang = at.page.lang();
    let department = |code: &str| {
        directory
            .department(code)
            .map_or_else(|| code.to_owned(), |found| name_in(&found.names, lang).to_owned())
    };
    let interests = at.desk.interests().await?;
    let rows = people.into_iter().map(|person| Account {
        interests: declared(at.desk.house(), &at.page, &person, &interests),
        oneself: person.id == at.desk.person().id,
        id: person.id.to_string(),
        role: at.page.tc("role", person.role.as_str()),
        department: person.department.as_deref().map(department).unwrap_or_default(),
        phone: person.phone.map(String::from).unwrap_or_default(),
        disabled: person.disabled_at.is_some(),
        login: person.login,
        name: person.name,
    });
    let departments =
        directory.departments.iter().map(|one| (one.code.clone(), name_in(&one.names, lang).to_owned()));
    html(&Accounts {
        rows: rows.collect(),
        roles: Role::ALL.iter().map(|role| role.as_str()).collect(),
        departments: departments.collect(),
        shortest: SHORTEST_PASSWORD,
        page: at.page,
    })
}

/// Adds an account.
pub async fn add(at: AdministratorDesk, Form(typed): Form<Typed>) -> Result<Response> {
    let unreadable = |field: &str| Error::Unreadable(at.page.t(field));
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let phone = given(&typed.phone).map(|text| PhoneNumber::parse(&text)).transpose();
    let new = NewPerson {
        role: typed.role.parse().map_err(|_| unreadable("accounts-role"))?,
        department: given(&typed.department),
        phone: phone.map_err(|_| unreadable("accounts-phone"))?,
        language: Language::parse(&typed.language).map_err(|_| unreadable("frame-language"))?,
        login: typed.login,
        name: typed.name,
        password: typed.password,
    };
    at.desk.add_account(new).await?;
    Ok(at.page.done("/accounts"))
}

/// Sets a password and ends the person's sessions.
pub async fn set_password(
    at: AdministratorDesk,
    Path(id): Path<String>,
    Form(typed): Form<TypedPassword>,
) -> Result<Response> {
    at.desk.reset_password(&PersonId::new(id), typed.password).await?;
    Ok(at.page.done("/accounts"))
}

/// Disables an account.
pub async fn disable(at: AdministratorDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.disable(&PersonId::new(id)).await?;
    Ok(at.page.done("/accounts"))
}

/// Lets a disabled account in again.
pub async fn enable(at: AdministratorDesk, Path(id): Path<String>) -> Result<Response> {
    at.desk.enable(&PersonId::new(id)).await?;
    Ok(at.page.done("/accounts"))
}
