//! The one-time link of an empty house: it makes the first administrator.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Language, Role, Secret};
use serde::Deserialize;
use switchboard::people::{NewPerson, SHORTEST_PASSWORD};

use crate::page::{Page, html};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "set_up.html")]
struct SetUp {
    page: Page,
    login: String,
    name: String,
    shortest: usize,
    refused: Option<String>,
}

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    login: String,
    name: String,
    password: Secret,
}

/// The form, while the link holds.
pub async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result<Response> {
    if !app.switchboard.setup_open(&token).await? {
        return Err(Error::NotFound);
    }
    html(&SetUp {
        page,
        login: String::new(),
        name: String::new(),
        shortest: SHORTEST_PASSWORD,
        refused: None,
    })
}

/// Makes the account and burns the link.
pub async fn set_up(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let new = NewPerson {
        login: typed.login.clone(),
        name: typed.name.clone(),
        role: Role::Administrator,
        department: None,
        phone: None,
        language: Language::parse(page.lang()).map_err(|error| Error::Broken(error.to_string()))?,
        password: typed.password,
    };
    match app.switchboard.set_up(&token, new).await {
        Ok(_) => Ok(Redirect::to("/login").into_response()),
        Err(switchboard::Error::Refused { code, .. }) => {
            let refused = Some(page.t(&code));
            let (login, name) = (typed.login, typed.name);
            let view = SetUp { page, login, name, shortest: SHORTEST_PASSWORD, refused };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&view)?).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
